"""What is asked after a session, on Today and on the last page of the session, by keys alone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from coach.app.daily.today import Ask, AskView, AssessmentDays, ClosedView, LockView
from coach.domain.outcome import Outcome
from coach.domain.past import Morning
from coach.domain.rating import RestAnswer
from coach.engine.control import LeadIn, Rate, RestPosition, Settle, Summary, WarmUp
from coach.ui.main_window import AFTERWARDS_MS
from coach.ui.pages.summary import SummaryPage
from coach.ui.pages.today import TodayPage
from coach.ui.session.rating_row import CHANGE_MS
from coach_fake import FULL, FakeCoach
from window_driver import Driver, end_with_strong_tingling, play_to, rate_set, reach

DAYS = AssessmentDays(date(2026, 11, 19), date(2026, 11, 21), "19 November", "21 November")
MORNING = AskView(Ask.MORNING, "About the morning after Tuesday's session", ("tuesday",))
TEN = AskView(Ask.TEN_MINUTES, "About the session you have just done", ("now",))


def texts(driver: Driver) -> list[str]:
    """All words the page shows."""
    QApplication.processEvents()
    page = driver.page
    shown = [*page.findChildren(QLabel), *page.findChildren(QAbstractButton)]
    return [one.text() for one in shown if one.isVisible()]


def offers_start(driver: Driver) -> bool:
    QApplication.processEvents()
    start = driver.coach.phrases.say("ui.today.start")
    shown = driver.page.findChildren(QAbstractButton)
    return any(one.isVisible() and one.accessibleName() == start for one in shown)


def asked_today(driver: Driver, ask: AskView) -> None:
    driver.coach.ask = ask
    driver.window.open_today()
    assert driver.page.findChildren(QLabel)


def question(driver: Driver) -> str | None:
    page = driver.page
    assert isinstance(page, TodayPage)
    return page.questions.question if page.questions is not None else None


def test_the_morning_is_asked_before_anything_may_begin(driver: Driver, coach: FakeCoach) -> None:
    """Tingling, pain, woken: answered by keys; then there is a start."""
    asked_today(driver, MORNING)
    assert MORNING.text in texts(driver)
    assert not offers_start(driver)
    driver.press("2", Qt.Key.Key_Return, "1", Qt.Key.Key_Right, "y")
    assert coach.later == [Morning(2, 1, woken=True)]
    assert question(driver) is None
    assert offers_start(driver)
    assert coach.sessions == []


def test_tingling_and_numbness_are_told_apart_where_tingling_is_asked(driver: Driver) -> None:
    """Both definitions stand beside the question (clinical.md 10 H23)."""
    asked_today(driver, MORNING)
    shown = "\n".join(texts(driver))
    for feeling in ("tingling", "numb"):
        assert driver.coach.phrases.say(f"feel_help.{feeling}") in shown


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_answers_nothing_that_was_not_chosen(
    driver: Driver, coach: FakeCoach, key: Qt.Key
) -> None:
    """No rating is preset, no reply has the focus, and no session begins."""
    asked_today(driver, MORNING)
    driver.press(key, key)
    assert question(driver) == coach.phrases.say("ask.morning_tingling")
    driver.press("0", key, "0", key)
    assert question(driver) == coach.phrases.say("ask.morning_woken")
    driver.press(key)
    assert (coach.later, coach.sessions) == ([], [])


def test_what_is_left_out_is_missing_and_never_zero(driver: Driver, coach: FakeCoach) -> None:
    """One left out, then all."""
    asked_today(driver, MORNING)
    driver.press("u", "0", Qt.Key.Key_Return, "n")
    asked_today(driver, MORNING)
    driver.press("u", "u", "u")
    assert coach.later == [Morning(None, 0, woken=False), Morning()]


def test_a_rating_can_be_taken_back_before_it_counts(driver: Driver, coach: FakeCoach) -> None:
    """Backspace, and the last one chosen counts; time alone takes none."""
    asked_today(driver, TEN)
    driver.press("7", Qt.Key.Key_Backspace, "3")
    assert coach.later == []
    driver.press(Qt.Key.Key_Return, "n")
    assert coach.later == [RestAnswer(3, numb=False)]


def test_leaving_a_question_out_is_open_to_tab_and_enter(driver: Driver, coach: FakeCoach) -> None:
    """The way out is a button like any other."""
    asked_today(driver, TEN)
    for _ in range(2):
        page = driver.page
        assert isinstance(page, TodayPage)
        assert page.questions is not None
        for _ in range(40):
            if page.questions.skip_button.hasFocus():
                break
            driver.press(Qt.Key.Key_Tab)
        driver.press(Qt.Key.Key_Return)
    assert coach.later == [RestAnswer()]


def test_answers_that_cannot_be_kept_are_asked_for_again(driver: Driver, coach: FakeCoach) -> None:
    """A full disk is told beside the last question; nothing of what was said is lost."""
    coach.full_disk = True
    asked_today(driver, MORNING)
    driver.press("3", Qt.Key.Key_Return, "1", Qt.Key.Key_Return, "n")
    assert FULL in texts(driver)
    assert question(driver) == coach.phrases.say("ask.morning_woken")
    assert coach.voice.texts[-1] == coach.phrases.say("ask.morning_woken")
    driver.press("y")
    assert FULL in texts(driver)
    coach.full_disk = False
    driver.press("n")
    assert coach.later == [Morning(3, 1, woken=False)]
    assert question(driver) is None


def test_a_reply_that_could_not_be_kept_may_be_left_out(driver: Driver, coach: FakeCoach) -> None:
    """What was answered before it still counts."""
    coach.full_disk = True
    asked_today(driver, TEN)
    driver.press("3", Qt.Key.Key_Return, "n")
    coach.full_disk = False
    driver.press("u")
    assert coach.later == [RestAnswer(3)]


def test_a_question_goes_on_where_it_stood_when_the_page_is_opened_again(
    driver: Driver, coach: FakeCoach
) -> None:
    """By Esc, a reminder or another page; only another question begins anew."""
    asked_today(driver, MORNING)
    driver.press("3", Qt.Key.Key_Return, Qt.Key.Key_Escape)
    assert question(driver) == coach.phrases.say("ask.morning_pain")
    driver.window.open_settings()
    asked_today(driver, replace(MORNING, text="About yesterday"))
    assert "About yesterday" in texts(driver)
    driver.press("1", Qt.Key.Key_Return, "n")
    assert coach.later == [Morning(3, 1, woken=False)]
    asked_today(driver, MORNING)
    driver.press("3", Qt.Key.Key_Return)
    asked_today(driver, TEN)
    assert question(driver) == coach.phrases.say("ask.settle")


def test_a_lock_is_seen_while_a_question_is_open(driver: Driver, coach: FakeCoach) -> None:
    """What was said about last time does not hide why sessions are closed."""
    coach.lock = LockView("Closed", "See a doctor.", "Later.", may_open=False, days=DAYS)
    asked_today(driver, MORNING)
    assert "Closed" in texts(driver)
    assert question(driver) is not None


def test_a_closed_day_says_why_and_until_when(driver: Driver, coach: FakeCoach) -> None:
    """There is no start, and Enter begins nothing."""
    coach.closed = ClosedView("No session now", "Two sessions are enough for a day.", "Tomorrow.")
    driver.window.open_today()
    for words in ("No session now", "Two sessions are enough for a day.", "Tomorrow."):
        assert words in texts(driver)
    assert not offers_start(driver)
    driver.press(Qt.Key.Key_Return)
    assert coach.sessions == []


def test_advice_stands_beside_the_start(driver: Driver, coach: FakeCoach) -> None:
    """It closes nothing."""
    coach.advice = "Four weeks without change: have it reviewed."
    driver.window.open_today()
    assert coach.advice in texts(driver)
    assert offers_start(driver)


def test_every_reason_stands_on_its_own_line(driver: Driver) -> None:
    """Why this session is as it is."""
    for sentence in driver.coach.today().why:
        assert sentence in texts(driver)


def to_the_end(driver: Driver) -> None:
    """A whole session with light tingling."""
    play_to(driver, WarmUp)
    driver.press(Qt.Key.Key_Right)
    for _ in range(3):
        driver.wait_for(Rate)
        rate_set(driver, "1", "0")
        driver.wait_for(Settle)
        driver.press("0")
        driver.wait(CHANGE_MS + 400)
        driver.wait_for(LeadIn, RestPosition)
    driver.wait_for(Summary)
    assert driver.session.run.ledger.outcome is Outcome.COMPLETED


def summary(driver: Driver) -> SummaryPage:
    page = driver.page
    assert isinstance(page, SummaryPage)
    return page


def test_the_ten_minute_question_is_announced_and_asked_on_the_last_page(
    driver: Driver, coach: FakeCoach
) -> None:
    """The page says that it comes, looks for it now and then, and asks it when it is due."""
    to_the_end(driver)
    assert coach.phrases.say("ui.later.to_come") in texts(driver)
    assert driver.window.timer_interval == AFTERWARDS_MS
    coach.ask = TEN
    driver.window.tick()
    assert summary(driver).later.isVisible()
    driver.press(Qt.Key.Key_Return, Qt.Key.Key_Space)
    assert driver.window.page_name == "summary", "an open question was left by a stray key"
    driver.press("2", Qt.Key.Key_Return, "n")
    assert coach.later == [RestAnswer(2, numb=False)]
    assert coach.phrases.say("ui.later.tomorrow") in texts(driver)
    assert not summary(driver).later.isVisible()
    driver.window.tick()
    assert driver.window.timer_interval is None
    driver.press(Qt.Key.Key_Return)
    assert driver.window.page_name == "today"


def test_a_question_whose_hour_is_over_is_still_answered(driver: Driver, coach: FakeCoach) -> None:
    """clinical.md 9.3 CHR-04: numbness is never dropped, and what it asks for is told."""
    to_the_end(driver)
    coach.ask = TEN
    driver.window.tick()
    coach.ask = None
    driver.window.tick()
    assert summary(driver).later.isVisible()
    coach.lock = LockView("Closed", "See a doctor.", "Later.", may_open=False, days=DAYS)
    driver.press("5", Qt.Key.Key_Return, "y")
    assert (coach.later, coach.later_about) == ([RestAnswer(5, numb=True)], [TEN])
    assert "See a doctor." in texts(driver)


def test_a_question_that_nobody_began_makes_room_for_the_next_morning(
    driver: Driver, coach: FakeCoach
) -> None:
    """Today asks about it; the keys of last night's question answer nothing any more."""
    to_the_end(driver)
    coach.ask = TEN
    driver.window.tick()
    coach.ask = MORNING
    driver.window.tick()
    assert not summary(driver).later.isVisible()
    assert driver.window.timer_interval is None
    assert coach.phrases.say("ui.later.tomorrow") not in texts(driver)
    driver.press("u", "u", Qt.Key.Key_Return)
    assert coach.later == []
    assert question(driver) == coach.phrases.say("ask.morning_tingling")


def test_a_question_that_was_begun_is_answered_for_its_own_session(
    driver: Driver, coach: FakeCoach
) -> None:
    """Also when a new day has begun meanwhile."""
    to_the_end(driver)
    coach.ask = TEN
    driver.window.tick()
    driver.press("6", Qt.Key.Key_Return)
    coach.ask = MORNING
    driver.window.tick()
    driver.press("n")
    assert (coach.later, coach.later_about) == ([RestAnswer(6, numb=False)], [TEN])
    driver.window.tick()
    driver.press(Qt.Key.Key_Return)
    assert question(driver) == coach.phrases.say("ask.morning_tingling")


def test_a_session_that_was_left_early_is_asked_about_as_well(
    driver: Driver, coach: FakeCoach
) -> None:
    """Once a set began (clinical.md 9.1 Q5)."""
    play_to(driver, WarmUp)
    reach(driver, Settle)
    driver.press(Qt.Key.Key_Escape, "l")
    driver.wait_for(Summary)
    assert driver.session.run.ledger.outcome is Outcome.INCOMPLETE
    assert coach.phrases.say("ui.later.to_come") in texts(driver)
    coach.ask = TEN
    driver.window.tick()
    assert summary(driver).later.isVisible()


def test_the_last_page_can_be_left_before_the_question_comes(
    driver: Driver, coach: FakeCoach
) -> None:
    """Today then asks it, and no timer runs any more."""
    to_the_end(driver)
    driver.press(Qt.Key.Key_Return)
    assert driver.window.page_name == "today"
    assert driver.window.timer_interval is None
    asked_today(driver, TEN)
    assert question(driver) == coach.phrases.say("ask.settle")


def test_a_question_about_another_day_waits_for_today(driver: Driver, coach: FakeCoach) -> None:
    """The last page asks about its own session only."""
    to_the_end(driver)
    coach.ask = MORNING
    driver.window.tick()
    assert not summary(driver).later.isVisible()


def test_what_the_session_asked_itself_is_not_announced_again(
    make_driver: Callable[..., Driver], coach: FakeCoach
) -> None:
    """Ended early, the session waits for its own ten-minute question."""
    driver = make_driver(coach)
    play_to(driver, WarmUp)
    reach(driver, Rate)
    end_with_strong_tingling(driver)
    while driver.session.view().stage.asking is False:
        driver.wait(10_000)
    driver.press("1")
    driver.wait(CHANGE_MS + 400)
    driver.wait_for(Summary)
    assert driver.session.run.ledger.outcome is Outcome.ENDED
    assert coach.phrases.say("ui.later.to_come") not in texts(driver)
    assert coach.phrases.say("ui.later.tomorrow") in texts(driver)
    assert driver.window.timer_interval is None
