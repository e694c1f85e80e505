"""The settings of reminders: all off at first, kept at once, honest about what cannot be."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt, QTime
from PySide6.QtWidgets import QApplication, QTimeEdit

from coach.store.errors import KnownError
from coach.store.settings import Settings
from coach.ui.pages.settings import SettingsPage
from coach.ui.settings.reminder_section import ReminderSection
from coach_fake import FakeCoach
from window_driver import Driver


class FakeEntry:
    """An entry for starting with the computer; `broken` refuses to change."""

    def __init__(self) -> None:
        self.on = False
        self.broken = False

    def turn_on(self) -> None:
        self._change(on=True)

    def turn_off(self) -> None:
        self._change(on=False)

    def _change(self, *, on: bool) -> None:
        if self.broken:
            raise KnownError("/users/mo/.config: cannot write this file")
        self.on = on


def section(driver: Driver) -> ReminderSection:
    driver.window.open_settings()
    page = driver.page
    assert isinstance(page, SettingsPage)
    return page.reminders


def type_time(driver: Driver, field: QTimeEdit, digits: str) -> None:
    """Click into the field, type, and leave it by Tab, as somebody would."""
    field.setFocus()
    field.setSelectedSection(QTimeEdit.Section.HourSection)
    driver.press(*digits, Qt.Key.Key_Tab)


def test_everything_is_off_on_the_first_day(driver: Driver) -> None:
    """And what belongs to a kind shows only when it is on."""
    shown = section(driver)
    switches = (shown.session, shown.morning, shown.breaks, shown.stay, shown.start)
    assert not any(one.isChecked() for one in switches)
    assert not shown.days.isVisible()
    assert not shown.morning_at.isVisible()
    assert not shown.every.isVisible()
    assert driver.window.reminding.interval is None


def test_turning_one_on_shows_its_fields_and_begins_to_look(
    driver: Driver, coach: FakeCoach
) -> None:
    """The others stay as they were; off again, nobody looks."""
    shown = section(driver)
    shown.session.click()
    assert coach.settings == Settings(welcomed=True, remind_session=True)
    assert shown.days.isVisible()
    assert shown.at.isVisible()
    assert not shown.every.isVisible()
    assert driver.window.reminding.interval is not None
    shown.session.click()
    assert not shown.days.isVisible()
    assert driver.window.reminding.interval is None


def test_days_are_chosen_one_by_one(driver: Driver, coach: FakeCoach) -> None:
    """None at all is possible and said."""
    shown = section(driver)
    shown.session.click()
    shown.days.buttons[7].click()
    assert coach.settings.remind_days == "mon,wed,fri,sun"
    assert not shown.days.none.isVisible()
    for day in (1, 3, 5, 7):
        shown.days.buttons[day].click()
    assert coach.settings.remind_days == ""
    assert shown.days.none.isVisible()


def test_a_time_is_typed_as_digits(driver: Driver, coach: FakeCoach) -> None:
    """They are no ratings here; what is half typed is not kept."""
    shown = section(driver)
    shown.session.click()
    shown.at.setFocus()
    shown.at.setSelectedSection(QTimeEdit.Section.HourSection)
    driver.press("0")
    assert coach.settings.remind_at == "18:00"
    driver.press("7", "4", "5", Qt.Key.Key_Tab)
    assert coach.settings.remind_at == "07:45"


def test_a_second_time_is_added_and_taken_away(driver: Driver, coach: FakeCoach) -> None:
    """Both are kept in order; the same time twice is one."""
    shown = section(driver)
    shown.session.click()
    shown.second.click()
    assert coach.settings.remind_at == "18:00,20:00"
    type_time(driver, shown.second_at, "0730")
    assert coach.settings.remind_at == "07:30,18:00"
    shown.second_at.setTime(QTime(18, 0))
    assert coach.settings.remind_at == "18:00"
    shown.second.click()
    assert coach.settings.remind_at == "18:00"
    assert not shown.second_at.isEnabled()


def test_mornings_and_breaks_are_kept(driver: Driver, coach: FakeCoach) -> None:
    """Each field under its own name."""
    shown = section(driver)
    shown.morning.click()
    shown.morning_at.setTime(QTime(8, 15))
    shown.breaks.click()
    shown.every.setCurrentIndex(shown.every.findData(90))
    shown.every.activated.emit(shown.every.currentIndex())
    shown.break_from.setTime(QTime(10, 0))
    shown.break_until.setTime(QTime(16, 30))
    shown.break_days.buttons[5].click()
    assert coach.settings == Settings(
        welcomed=True,
        remind_morning=True,
        remind_morning_at="08:15",
        remind_break=True,
        remind_break_every=90,
        remind_break_from="10:00",
        remind_break_until="16:30",
        remind_break_days="mon,tue,wed,thu",
    )


def test_what_was_chosen_in_the_file_is_shown(driver: Driver, coach: FakeCoach) -> None:
    """Also an interval that the list does not offer by itself."""
    for name, value in {
        "remind_session": True,
        "remind_days": "sat",
        "remind_at": "06:15,21:05",
        "remind_break": True,
        "remind_break_every": 37,
    }.items():
        coach.change_setting(name, value)
    shown = section(driver)
    assert [day for day, one in shown.days.buttons.items() if one.isChecked()] == [6]
    assert (shown.at.text(), shown.second_at.text()) == ("06:15", "21:05")
    assert shown.every.currentText() == coach.phrases.say("ui.reminders.minutes", n=37)


@pytest.fixture
def entry(coach: FakeCoach) -> FakeEntry:
    made = FakeEntry()
    coach.reminders.autostart = made
    return made


def test_the_entry_of_the_desktop_is_what_counts(driver: Driver, entry: FakeEntry) -> None:
    """Switched on here, and seen when it was switched off elsewhere."""
    shown = section(driver)
    shown.start.click()
    assert entry.on
    entry.on = False
    driver.window.open_today()
    assert section(driver) is shown
    assert not shown.start.isChecked()
    assert not entry.on


def test_an_entry_that_cannot_be_written_is_told(driver: Driver, entry: FakeEntry) -> None:
    """The box goes back to what is so."""
    entry.broken = True
    shown = section(driver)
    shown.start.click()
    assert not shown.start.isChecked()
    assert "cannot write" in shown.trouble.text()
    assert shown.trouble.isVisible()
    entry.broken = False
    shown.start.click()
    assert shown.start.isChecked()
    assert not shown.trouble.isVisible()


def test_where_there_is_no_way_to_start_it_the_box_is_grey(driver: Driver) -> None:
    """And the words say so."""
    shown = section(driver)
    assert not shown.start.isEnabled()


@pytest.fixture
def without_tray(driver: Driver) -> Iterator[ReminderSection]:
    desk = driver.page._desk
    made = ReminderSection(desk, has_tray=lambda: False)
    made.show()
    yield made
    made.hide()
    made.deleteLater()


def test_without_a_tray_nothing_stays_in_it(without_tray: ReminderSection) -> None:
    """It is said, and cannot be turned on."""
    assert without_tray.no_tray.isVisible()
    assert not without_tray.stay.isEnabled()


def test_no_word_of_a_reminder_blames(coach: FakeCoach) -> None:
    """No guilt, no streak, no exclamation (clinical.md 6 has the same tone)."""
    words = [
        coach.phrases.say(f"ui.reminders.{key}").lower()
        for key in (
            *(f"told_{kind}" for kind in ("session", "session_first", "morning", "break")),
            *("help", "session_help", "morning_help", "break_help", "second_help"),
            *("today", "close", "snooze"),
        )
    ]
    for blame in ("streak", "miss", "forg", "should", "must", "!", "already", "in a row", "late"):
        assert not [text for text in words if blame in text and text != "remind me later"]


def test_the_section_is_usable_with_twice_the_text(coach: FakeCoach, make_driver: object) -> None:
    """Nothing is cut off at the side of the smallest window."""
    for name in ("remind_session", "remind_morning", "remind_break"):
        coach.change_setting(name, True)
    driver = make_driver(coach, scale=2.0)  # type: ignore[operator]
    driver.window.resize(880, 600)
    shown = section(driver)
    QApplication.processEvents()
    assert shown.minimumSizeHint().width() <= shown.width()
