"""A button says its key, and Enter does the one thing a page is for."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coach.engine.control import Message, Move, Rate, WarmUp
from coach.engine.inputs import Acknowledge
from coach.ui.frame import Frame
from coach.ui.pages.leave import LeavePage
from coach.ui.pages.message import READING_MS, MessagePage
from coach.ui.parts import button, set_waiting
from coach.ui.theme import Choice
from coach.ui.tokens import contrast
from coach_fake import SHIPPED, FakeCoach
from window_driver import Driver, play_to, rate_set, reach


def test_the_strip_at_the_top_names_its_keys(driver: Driver) -> None:
    """W for the stop signs, Esc for Today; in a session W is for what is wrong."""
    header = driver.window._header
    assert header.stop_signs_button.text() == "Stop signs  ·  W"
    assert header._pages["today"].text() == "Today"
    driver.window.open_settings()
    assert header._pages["today"].text() == "Today  ·  Esc"
    driver.press(Qt.Key.Key_Escape, Qt.Key.Key_Return)
    assert header.stop_signs_button.text() == "Stop signs"


def test_leaving_has_a_key_for_each_way(driver: Driver) -> None:
    """Esc or Enter stays, S stops properly, L leaves at once."""
    play_to(driver, WarmUp)
    reach(driver, Rate)
    rate_set(driver, "1", "0")
    driver.press(Qt.Key.Key_Escape)
    page = driver.page
    assert isinstance(page, LeavePage)
    assert [one.text()[-3:].strip() for one in page.buttons] == ["Esc", "S", "L"]
    driver.press("s")
    assert not driver.session.closed
    assert driver.window.page_name != "leave"


def test_before_a_set_there_is_nothing_to_stop(driver: Driver) -> None:
    """S does nothing where its button is not shown."""
    play_to(driver, WarmUp)
    reach(driver, Move)
    driver.press(Qt.Key.Key_Escape)
    page = driver.page
    assert isinstance(page, LeavePage)
    if page.buttons[1].isHidden():
        driver.press("s")
        assert driver.window.page_name == "leave"


def test_ratings_say_how_ten_is_typed(driver: Driver) -> None:
    """The one number that is no single digit."""
    play_to(driver, WarmUp)
    reach(driver, Rate)
    shown = [one.text() for one in driver.page.rating.findChildren(type(driver.page._question))]
    assert "Keys: 0 to 9, and T for 10." in shown
    driver.press("t")
    assert driver.page.rating.choice == 10
    assert driver.page.rating.confirm_button.text() == "That is right  ·  →"


def stopped(driver: Driver) -> MessagePage:
    driver.press(Qt.Key.Key_Return)
    driver.press("y")
    driver.wait(2400)
    driver.press("y")
    page = driver.page
    assert isinstance(page, MessagePage)
    return page


@pytest.mark.hazard("H01")
def test_enter_closes_a_stop_message_only_after_time_to_read(driver: Driver) -> None:
    """Before that its button does not name the key either."""
    page = stopped(driver)
    driver.press(Qt.Key.Key_Return)
    assert isinstance(driver.stage, Message)
    assert page.read_button.text() == "I have read this"
    driver.wait(READING_MS + 200)
    assert page.read_button.text() == "I have read this  ·  Return"
    driver.press(Qt.Key.Key_Return)
    assert isinstance(driver.session.given[-1], Acknowledge)


@pytest.mark.hazard("H01")
def test_a_double_click_does_not_close_the_stop_message_it_brought(driver: Driver) -> None:
    """Nor does any other way of pressing its button, which looks as if it waited until then."""
    page = stopped(driver)
    presses: list[Callable[[], None]] = [
        lambda: QTest.mouseClick(page.read_button, Qt.MouseButton.LeftButton),
        page.read_button.click,
        lambda: driver.press(Qt.Key.Key_Right, Qt.Key.Key_Space),
        lambda: driver.press(Qt.Key.Key_Return),
    ]
    for press in presses:
        press()
        assert isinstance(driver.stage, Message)
    assert page.read_button.property("waiting") == "yes"
    driver.wait(READING_MS + 200)
    assert not page.read_button.property("waiting")
    QTest.mouseClick(page.read_button, Qt.MouseButton.LeftButton)
    assert isinstance(driver.session.given[-1], Acknowledge)


@pytest.mark.parametrize("choice", [Choice.LIGHT, Choice.DARK, Choice.CONTRAST])
def test_a_button_that_waits_can_be_read(qtbot: QtBot, driver: Driver, choice: Choice) -> None:
    """Whatever fill its role has otherwise."""
    driver.wardrobe.choose(choice)
    made = button("", lambda: None, "primary")
    set_waiting(made, waiting=True)
    qtbot.addWidget(made)
    made.resize(160, 48)
    made.show()
    theme = driver.wardrobe.theme
    assert made.grab().toImage().pixelColor(80, 24).name() == QColor(theme.raised).name()
    driver.wardrobe.choose(Choice.LIGHT)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_return_closes_the_window_that_could_not_open(
    qtbot: QtBot, tmp_path: Path, key: Qt.Key
) -> None:
    """Its only button is Close."""
    frame = Frame(SHIPPED.phrases.say, tmp_path / "place")
    qtbot.addWidget(frame)
    frame.tell("bad.toml:3: title: is missing")
    with qtbot.waitActive(frame):
        frame.show()
        frame.activateWindow()
    QTest.keyClick(QApplication.focusWidget() or frame, key)
    assert not frame.isVisible()


def test_ctrl_q_closes_as_the_window_does(
    qtbot: QtBot, tmp_path: Path, make_driver: Callable[..., Driver], coach: FakeCoach
) -> None:
    """During a session it asks first."""
    driver = make_driver(coach)
    play_to(driver, WarmUp)
    frame = Frame(SHIPPED.phrases.say, tmp_path / "place")
    qtbot.addWidget(frame)
    frame.hold(driver.window)
    with qtbot.waitActive(frame):
        frame.show()
        frame.activateWindow()
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(driver.window, Qt.Key.Key_Q, control)
    assert frame.isVisible()
    assert driver.window.page_name == "leave"
    QTest.keyClick(driver.window, Qt.Key.Key_Q, control)
    assert not frame.isVisible()
    frame.takeCentralWidget()


@pytest.mark.parametrize("choice", [Choice.LIGHT, Choice.DARK, Choice.CONTRAST])
@pytest.mark.parametrize("role", ["primary", "danger"])
def test_the_focus_of_a_filled_button_is_seen(
    qtbot: QtBot, driver: Driver, choice: Choice, role: str
) -> None:
    """Ring and gap, and gap and fill, differ by 3 to 1 (WCAG 2.2, 1.4.11)."""
    driver.wardrobe.choose(choice)
    made = button("Go on", lambda: None, role)
    qtbot.addWidget(made)
    made.resize(160, 48)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.setFocus()
    picture = made.grab().toImage()
    middle = made.height() // 2
    ring, gap, fill = (picture.pixelColor(x, middle).name() for x in (1, 4, 8))
    assert contrast(ring, gap) >= 3
    assert contrast(gap, fill) >= 3
    driver.wardrobe.choose(Choice.LIGHT)
