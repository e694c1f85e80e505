"""The wheel and the keys that turn pages change no setting."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QScrollArea,
    QScrollBar,
    QWidget,
)

from coach_fake import FakeCoach
from window_driver import Driver


def turn(driver: Driver, over: QWidget) -> None:
    """Turn the wheel down over the middle of a widget, as the window system says it."""
    window = driver.window
    spot = over.mapToGlobal(over.rect().center())
    event = QWheelEvent(
        QPointF(window.mapFromGlobal(spot)),
        QPointF(spot),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(window.windowHandle(), event)
    QApplication.processEvents()


def bar_of(driver: Driver) -> QScrollBar:
    return driver.page.findChildren(QScrollArea)[0].verticalScrollBar()


def value_of(field: QComboBox | QAbstractSlider | QAbstractSpinBox) -> object:
    match field:
        case QComboBox():
            return field.currentIndex()
        case QAbstractSlider():
            return field.value()
        case _:
            return field.text()


def test_the_wheel_over_a_setting_turns_the_page_and_changes_nothing(
    driver: Driver, coach: FakeCoach
) -> None:
    """Lists, sliders and number fields, with the focus and without it."""
    driver.window.open_settings()
    QApplication.processEvents()
    before = coach.settings
    area = driver.page.findChildren(QScrollArea)[0]
    bar = bar_of(driver)
    kinds = (QComboBox, QAbstractSlider, QAbstractSpinBox)
    fields = [
        one
        for kind in kinds
        for one in driver.page.findChildren(kind)
        if not isinstance(one, QScrollBar) and area.widget().isAncestorOf(one)
    ]
    shown = [value_of(one) for one in fields]
    assert len(fields) > 10
    moved = 0
    for one in fields:
        one.setFocus()
        area.ensureWidgetVisible(one)
        QApplication.processEvents()
        stood = bar.value()
        turn(driver, one)
        moved += bar.value() != stood
    assert coach.settings == before
    assert [value_of(one) for one in fields] == shown
    assert moved > len(fields) / 2, "the page did not turn"


def test_the_wheel_on_todays_plan_changes_no_plan(driver: Driver, coach: FakeCoach) -> None:
    """Pages are built anew, and are looked after all the same."""
    driver.window.open_today()
    chooser = driver.page.findChild(QComboBox)
    chooser.setFocus()
    turn(driver, chooser)
    assert (chooser.currentIndex(), coach.settings.plan) == (0, "first-week")


def test_page_keys_turn_long_pages(driver: Driver) -> None:
    """Page down, End, page up and Home, with nothing in the focus or a button."""
    for opened in (driver.window.open_settings, driver.window.open_stop_signs):
        opened()
        QApplication.processEvents()
        bar = bar_of(driver)
        assert bar.maximum() > 0
        driver.press(Qt.Key.Key_PageDown)
        assert bar.value() > 0
        driver.press(Qt.Key.Key_End)
        assert bar.value() == bar.maximum()
        driver.press(Qt.Key.Key_PageUp)
        assert bar.value() < bar.maximum()
        driver.press(Qt.Key.Key_Home)
        assert bar.value() == 0


def test_page_keys_change_no_setting_that_has_the_focus(driver: Driver, coach: FakeCoach) -> None:
    """A closed list would take them for its own."""
    driver.window.open_settings()
    before = coach.settings
    driver.page.findChild(QComboBox).setFocus()
    driver.press(Qt.Key.Key_PageDown, Qt.Key.Key_End)
    assert coach.settings == before
    assert bar_of(driver).value() == bar_of(driver).maximum()
