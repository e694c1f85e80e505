"""The physiotherapist's code in the window, by keys alone."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget

from coach.app.daily.today import AssessmentDays, CodeAnswer, LockView
from coach.rules.locks import Assessment, StillLocked
from coach.store.errors import KnownError
from coach.ui.pages.settings import SettingsPage
from coach.ui.settings.physio_section import PhysioSection
from coach.ui.unlock_form import UnlockForm
from coach_fake import FULL, FakeCoach
from window_driver import Driver

DAYS = AssessmentDays(date(2026, 11, 19), date(2026, 11, 21), "19 November", "21 November")
LOCK = LockView("Sessions are closed", "Stop here.", "They open later.", may_open=True, days=DAYS)


def section(driver: Driver) -> PhysioSection:
    driver.window.open_settings()
    page = driver.page
    assert isinstance(page, SettingsPage)
    return page.physio


def go_to(driver: Driver, wanted: QWidget) -> None:
    """Press Tab until something has the focus, as somebody without a mouse does."""
    for _ in range(60):
        if wanted.hasFocus():
            return
        driver.press(Qt.Key.Key_Tab)
    pytest.fail("Tab does not lead there")


def enter(driver: Driver, field: QLineEdit, code: str) -> None:
    go_to(driver, field)
    field.clear()
    driver.press(*code)


def test_the_first_code_is_set_without_an_old_one(driver: Driver, coach: FakeCoach) -> None:
    """Digits typed into the field are digits, not ratings; nothing can be read afterwards."""
    shown = section(driver)
    assert not shown.code.isVisible()
    assert shown.allow_buttons == {}
    enter(driver, shown.new_code, "482913")
    assert shown.new_code.echoMode() is QLineEdit.EchoMode.Password
    go_to(driver, shown.set_button)
    driver.press(Qt.Key.Key_Return)
    assert coach.code == "482913"
    assert shown.answer.text() == "The code is set."
    assert (shown.code.text(), shown.new_code.text()) == ("", "")
    assert shown.code.isVisible()


def test_a_code_that_cannot_be_one_is_refused_in_words(driver: Driver, coach: FakeCoach) -> None:
    """The use case says what a code has to be."""
    shown = section(driver)
    enter(driver, shown.new_code, "12")
    shown.set_button.click()
    assert coach.code == ""
    assert shown.answer.text() == "A code has 6 to 12 digits."


def test_an_exercise_is_allowed_with_the_code(driver: Driver, coach: FakeCoach) -> None:
    """Not with a wrong one; once it is, the page says so and the button is gone."""
    coach.code = "482913"
    shown = section(driver)
    enter(driver, shown.code, "111111")
    go_to(driver, shown.allow_buttons["S8"])
    driver.press(Qt.Key.Key_Return)
    assert coach.allowed == set()
    assert shown.answer.text() == coach.phrases.say("ui.code.wrong")
    enter(driver, shown.code, "482913")
    go_to(driver, shown.allow_buttons["S8"])
    driver.press(Qt.Key.Key_Return)
    assert coach.allowed == {"S8"}
    assert set(shown.allow_buttons) == {"S5"}


def test_the_code_is_changed_only_by_who_knows_it(driver: Driver, coach: FakeCoach) -> None:
    """The old one has to be entered first."""
    coach.code = "482913"
    shown = section(driver)
    enter(driver, shown.new_code, "555555")
    shown.set_button.click()
    assert coach.code == "482913"
    enter(driver, shown.code, "482913")
    shown.set_button.click()
    assert coach.code == "555555"


def unlock_form(driver: Driver) -> UnlockForm:
    driver.coach.lock = LOCK
    driver.window.open_today()
    QApplication.processEvents()
    (form,) = driver.page.findChildren(UnlockForm)
    return form


def test_the_code_opens_sessions_again(driver: Driver, coach: FakeCoach) -> None:
    """A wrong one is told; the right one leads back to the start."""
    coach.code = "482913"
    form = unlock_form(driver)
    enter(driver, form.code, "999999")
    go_to(driver, form.code_button)
    driver.press(Qt.Key.Key_Return)
    assert form.code_trouble.text() == coach.phrases.say("ui.code.wrong")
    enter(driver, form.code, "482913")
    go_to(driver, form.code_button)
    driver.press(Qt.Key.Key_Return)
    assert coach.lock is None
    assert driver.coach.sessions == []


def test_the_assessment_is_entered_by_keys_alone(driver: Driver, coach: FakeCoach) -> None:
    """Who, the day typed as digits, the tick, the button; Tab leads on."""
    form = unlock_form(driver)
    go_to(driver, form.who)
    driver.press(*"GP", Qt.Key.Key_Tab, *"20261120")
    go_to(driver, form.cleared)
    driver.press(Qt.Key.Key_Space, Qt.Key.Key_Tab, Qt.Key.Key_Return)
    assert coach.assessments == [Assessment("GP", date(2026, 11, 20), cleared=True)]


def test_a_lock_that_stays_in_spite_of_the_code_says_why(driver: Driver, coach: FakeCoach) -> None:
    """Such as before 24 hours have passed."""
    coach.code, coach.code_opens = "482913", StillLocked.TOO_SOON
    form = unlock_form(driver)
    enter(driver, form.code, "482913")
    form.code_button.click()
    assert form.code_trouble.text() == coach.phrases.say("lock.too_soon")
    assert coach.lock is not None


def test_no_code_is_asked_for_where_none_was_set(driver: Driver) -> None:
    """Only the assessment opens the lock then."""
    form = unlock_form(driver)
    assert not form.code.isVisible()
    assert not form.code_button.isVisible()
    assert form.who.isVisible()


@pytest.mark.parametrize("answer", CodeAnswer)
def test_every_answer_to_a_code_has_words(coach: FakeCoach, answer: CodeAnswer) -> None:
    """None is told by its name in the program."""
    assert f"ui.code.{answer}" in coach.phrases


def test_neck_movements_come_back_by_the_same_form(driver: Driver, coach: FakeCoach) -> None:
    """What keeps them out is told beside the session, which may begin all the same (NEW-03)."""
    coach.neck = replace(LOCK, title="Neck movements are left out.")
    driver.window.open_today()
    QApplication.processEvents()
    (form,) = driver.page.findChildren(UnlockForm)
    go_to(driver, form.who)
    driver.press(*"GP", Qt.Key.Key_Tab, *"20261120")
    go_to(driver, form.cleared)
    driver.press(Qt.Key.Key_Space, Qt.Key.Key_Tab, Qt.Key.Key_Return)
    assert coach.assessments == [Assessment("GP", date(2026, 11, 20), cleared=True)]
    starts = [one.accessibleName() for one in driver.page.findChildren(QPushButton)]
    assert coach.phrases.say("ui.today.start") in starts


def test_allowing_and_taking_back_keep_the_focus_in_the_row(
    driver: Driver, coach: FakeCoach
) -> None:
    """Somebody without a mouse goes on where they are."""
    coach.code = "482913"
    shown = section(driver)
    enter(driver, shown.code, "482913")
    go_to(driver, shown.allow_buttons["S8"])
    driver.press(Qt.Key.Key_Return)
    assert shown.take_back_buttons["S8"].hasFocus()
    driver.press(Qt.Key.Key_Return)
    assert coach.allowed == set()
    assert shown.allow_buttons["S8"].hasFocus()
    assert shown.answer.text() == coach.phrases.say(
        "ui.physio.taken_back", exercise=coach.phrases.say("S8.name")
    )


def test_a_full_disk_is_told_and_the_list_stays_as_it_is(
    driver: Driver, coach: FakeCoach, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where what the code allows cannot be looked up at all."""
    coach.code = "482913"
    coach.allowed = {"S5"}
    shown = section(driver)

    def fail(*_given: object) -> None:
        raise KnownError(FULL)

    for name in ("allow", "take_back", "physio"):
        monkeypatch.setattr(coach, name, fail)
    for act in (shown.allow_buttons["S8"].click, shown.take_back_buttons["S5"].click):
        shown.answer.clear()
        act()
        assert shown.answer.text() == FULL
    shown.answer.clear()
    driver.window.open_today()
    driver.window.open_settings()
    assert shown.answer.text() == FULL
    assert (set(shown.allow_buttons), set(shown.take_back_buttons)) == ({"S8"}, {"S5"})


def test_a_changed_code_is_told_as_changed(driver: Driver, coach: FakeCoach) -> None:
    """The first one is set, a later one changed."""
    coach.code = "482913"
    shown = section(driver)
    enter(driver, shown.code, "482913")
    enter(driver, shown.new_code, "555555")
    shown.set_button.click()
    assert shown.answer.text() == "The code is changed."


@pytest.mark.hazard("H16")
def test_while_sessions_are_closed_no_first_code_can_be_entered(
    driver: Driver, coach: FakeCoach
) -> None:
    """And the page says why."""
    coach.lock = LOCK
    shown = section(driver)
    assert not shown.new_code.isEnabled()
    assert not shown.set_button.isEnabled()
    assert shown.barred.isVisible()
    coach.lock = None
    driver.window.open_today()
    driver.window.open_settings()
    assert shown.new_code.isEnabled()
    assert not shown.barred.isVisible()
