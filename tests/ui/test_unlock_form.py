"""Opening a lock in the window: the day, and what is told beside which field."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView

from coach.app.daily.today import AssessmentDays, LockView
from coach.rules.locks import Assessment, StillLocked
from coach.store.errors import KnownError
from coach.ui.day_field import CalendarPopup, DayField, day_in
from coach.ui.unlock_form import UnlockForm
from coach_fake import FULL, FakeCoach
from window_driver import Driver

DAYS = AssessmentDays(date(2026, 11, 19), date(2026, 11, 21), "19 November", "21 November")
ANY_DAY = AssessmentDays(date.min, date(2026, 11, 21), "", "21 November")


class LockedCoach(FakeCoach):
    """Locked, and asks for everything in its turn as the rules do."""

    def unlock(self, assessment: Assessment) -> StillLocked | None:
        if not assessment.who:
            return StillLocked.WHO
        if assessment.day is None or not DAYS.first <= assessment.day <= DAYS.last:
            return StillLocked.WHEN
        return super().unlock(assessment)


def opened(make_driver: Callable[..., Driver], days: AssessmentDays = DAYS) -> UnlockForm:
    coach = LockedCoach()
    coach.change_setting("welcomed", True)
    coach.lock = LockView("Closed", "Stop.", "They open.", may_open=True, days=days)
    coach.code = "482913"
    driver = make_driver(coach)
    (form,) = driver.page.findChildren(UnlockForm)
    form.setProperty("driver", driver)
    return form


def told(form: UnlockForm) -> list[str]:
    lines = [*form.troubles.values(), form.code_trouble]
    return [line.text() for line in lines if line.text().strip()]


@pytest.mark.parametrize("text", ["2026-11-20", "20261120", " 2026-11-20 ", "2026/11/20"])
def test_a_day_is_read_in_every_usual_spelling(text: str) -> None:
    """With or without what stands between its parts."""
    assert day_in(text) == date(2026, 11, 20)


@pytest.mark.parametrize(
    "text", ["", "2026-11", "2026-02-30", "20.11.2026", "\N{ARABIC-INDIC DIGIT TWO}0261120"]
)
def test_what_names_no_day_is_none(text: str) -> None:
    """Half a day, a day there never was, another order, other digits."""
    assert day_in(text) is None


def test_the_day_is_empty_at_first_and_shows_how_it_is_written(
    make_driver: Callable[..., Driver],
) -> None:
    """Nothing is preset; the example is today."""
    field = opened(make_driver).day
    assert (field.empty, field.day) == (True, None)
    assert "2026-11-21" in field.text.placeholderText()


def test_typing_takes_the_place_of_what_was_chosen(make_driver: Callable[..., Driver]) -> None:
    """Ctrl+A, Home and digits do what they do in every text."""
    field = opened(make_driver).day
    field.show_day(date(2026, 11, 21))
    field.text.setFocus()
    QTest.keyClick(field.text, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field.text, "20261119")
    assert field.day == date(2026, 11, 19)
    QTest.keyClick(field.text, Qt.Key.Key_Tab)
    assert field.text.text() == "2026-11-19"
    field.text.setFocus()
    QTest.keyClick(field.text, Qt.Key.Key_Home)
    QTest.keyClick(field.text, Qt.Key.Key_Delete)
    QTest.keyClicks(field.text, "1")
    assert field.day == date(1026, 11, 19)


def test_today_is_one_press_away(make_driver: Callable[..., Driver]) -> None:
    """By its button, and by Up or Down in the empty field; then they move by a day."""
    field = opened(make_driver).day
    field.text.setFocus()
    QTest.keyClick(field.text, Qt.Key.Key_Up)
    assert field.day == date(2026, 11, 21)
    QTest.keyClick(field.text, Qt.Key.Key_Down)
    assert field.day == date(2026, 11, 20)
    for _ in range(3):
        QTest.keyClick(field.text, Qt.Key.Key_Down)
    assert field.day == DAYS.first
    field.today_button.click()
    assert field.day == DAYS.last
    for _ in range(3):
        QTest.keyClick(field.text, Qt.Key.Key_Up)
    assert field.day == DAYS.last


def calendar_of(field: DayField) -> CalendarPopup:
    field.calendar_button.click()
    QApplication.processEvents()
    assert field.popup is not None
    return field.popup


def month_in(popup: CalendarPopup) -> QTableView:
    (view,) = popup.findChildren(QTableView)
    return view


def test_the_calendar_opens_at_today_and_offers_only_days_that_count(
    make_driver: Callable[..., Driver],
) -> None:
    """The month of today, with the first and last day as its bounds; a click takes a day."""
    field = opened(make_driver).day
    popup = calendar_of(field)
    month = popup.calendar
    assert (month.yearShown(), month.monthShown()) == (2026, 11)
    assert month.minimumDate() == QDate(2026, 11, 19)
    assert month.maximumDate() == QDate(2026, 11, 21)
    month.clicked.emit(QDate(2026, 11, 20))
    assert field.day == date(2026, 11, 20)


def test_the_calendar_of_a_lasting_condition_reaches_back(
    make_driver: Callable[..., Driver],
) -> None:
    """Only tomorrow is barred where an earlier assessment counts too."""
    popup = calendar_of(opened(make_driver, ANY_DAY).day)
    assert popup.calendar.minimumDate() < QDate(2020, 1, 1)
    popup.close()


def test_the_calendar_is_whole_and_on_the_screen(make_driver: Callable[..., Driver]) -> None:
    """Every cell is as large as its number, every weekday has its name."""
    popup = calendar_of(opened(make_driver).day)
    assert popup.screen().availableGeometry().contains(popup.geometry())
    assert popup.calendar.geometry().bottom() < popup.height()
    view = month_in(popup)
    cell = view.fontMetrics()
    assert view.width() / 7 >= cell.horizontalAdvance("Wed")
    assert view.height() / 7 >= cell.height()
    popup.close()


def dark_dots(shown: QImage) -> int:
    """How many points differ clearly from the corner."""
    ground = shown.pixelColor(QPoint(1, 1)).lightness()
    across = [(x, y) for x in range(0, shown.width(), 2) for y in range(0, shown.height(), 2)]
    return sum(abs(shown.pixelColor(x, y).lightness() - ground) > 80 for x, y in across)


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_every_row_of_the_calendar_can_be_read(
    make_driver: Callable[..., Driver], theme: str
) -> None:
    """Names of the weekdays and two-figure days are drawn, in every theme."""
    form = opened(make_driver)
    driver = form.property("driver")
    driver.coach.change_setting("theme", theme)
    driver.window._setting_changed("theme")
    driver.window.open_today()
    QApplication.processEvents()
    (form,) = [one for one in driver.page.findChildren(UnlockForm) if one.isVisible()]
    popup = calendar_of(form.day)
    view = month_in(popup)
    picture = view.grab().toImage()
    high = picture.height() // 7
    for n in range(7):
        strip = picture.copy(0, n * high, picture.width(), high)
        assert dark_dots(strip) > 40, f"row {n} is empty"
    popup.close()
    driver.coach.change_setting("theme", "light")
    driver.window._setting_changed("theme")


def test_what_is_missing_is_told_at_its_field_and_goes_when_it_is_filled(
    make_driver: Callable[..., Driver],
) -> None:
    """One line at a time, and the buttons stay where they are."""
    form = opened(make_driver)
    QApplication.processEvents()
    spot = form.open_button.mapTo(form, QPoint(0, 0))
    form.open_button.click()
    assert told(form) == [form.troubles[form.who].text()] == ["Please enter who assessed you."]
    form.who.setText("GP")
    assert told(form) == []
    form.open_button.click()
    assert told(form) == ["Please enter a day from 19 November to 21 November."]
    form.day.text.setText("2026-13-01")
    assert told(form) == []
    form.open_button.click()
    assert told(form) == ["That is no day. Write it like 2026-11-21."]
    assert form.troubles[form.day].text() == told(form)[0]
    QApplication.processEvents()
    assert form.open_button.mapTo(form, QPoint(0, 0)) == spot
    form.day.show_day(date(2026, 11, 20))
    form.open_button.click()
    assert told(form) == [form.troubles[form.cleared].text()]
    form.cleared.setChecked(True)
    assert told(form) == []


def test_the_first_day_is_named_only_where_there_is_one(
    make_driver: Callable[..., Driver],
) -> None:
    """A condition of long standing has no first day."""
    form = opened(make_driver, ANY_DAY)
    form.who.setText("GP")
    form.open_button.click()
    assert told(form) == ["Please enter a day, 21 November at the latest."]


def test_a_wrong_code_is_told_at_the_code(make_driver: Callable[..., Driver]) -> None:
    """And goes when another one is typed."""
    form = opened(make_driver)
    form.code.setText("111111")
    form.code_button.click()
    assert told(form) == [form.code_trouble.text()] == ["That is not the code."]
    form.code.setText("4")
    assert told(form) == []


def test_a_full_disk_is_told_where_it_was_tried(
    make_driver: Callable[..., Driver], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The form stays as it was filled in, and works once there is room."""
    form = opened(make_driver)
    coach = form.property("driver").coach

    def fail(_given: object) -> None:
        raise KnownError(FULL)

    with monkeypatch.context() as broken:
        broken.setattr(coach, "unlock", fail)
        broken.setattr(coach, "unlock_with_code", fail)
        form.who.setText("GP")
        form.day.show_day(DAYS.last)
        form.cleared.setChecked(True)
        form.open_button.click()
        assert form.troubles[form.open_button].text() == FULL
        form.code.setText("482913")
        form.code_button.click()
        assert form.code_trouble.text() == FULL
    form.open_button.click()
    assert coach.assessments == [Assessment("GP", DAYS.last, cleared=True)]


def test_the_calendar_fits_at_twice_the_text_size(make_driver: Callable[..., Driver]) -> None:
    """The names of the weekdays are not cut off."""
    coach = LockedCoach()
    coach.settings = coach.settings.changed(welcomed=True, text_scale=200)
    coach.lock = LockView("Closed", "Stop.", "They open.", may_open=True, days=DAYS)
    driver = make_driver(coach, scale=2.0)
    (form,) = driver.page.findChildren(UnlockForm)
    popup = calendar_of(form.day)
    view = month_in(popup)
    assert view.fontMetrics().height() > 25
    assert view.width() / 7 >= view.fontMetrics().horizontalAdvance("Wed")
    assert view.height() / 7 >= view.fontMetrics().height()
    popup.close()
