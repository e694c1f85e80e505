"""A whole session in the window, by keys alone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from coach.domain.action import Action
from coach.domain.outcome import Outcome
from coach.domain.rating import Feel, News, Place, SetAnswers
from coach.engine.control import (
    CheckIn,
    LeadIn,
    Message,
    Move,
    Paused,
    Rate,
    Recover,
    Rest,
    RestPosition,
    Settle,
    Summary,
    TenMinutes,
    WarmUp,
    Wrong,
)
from coach.engine.inputs import Rated, Replied, RestReply
from coach.ui.keys import KEYS
from coach.ui.main_window import AFTERWARDS_MS, MOVING_MS, STILL_MS
from coach.ui.notice import STAYS_MS
from coach.ui.pages.message import READING_MS
from coach.ui.pages.player import PlayerPage
from coach.ui.pages.rating import Asking, RatingPage
from coach.ui.session.rating_row import CHANGE_MS
from coach.ui.wake_lock import LEFT_ALONE_MS
from window_driver import Driver, play_to, rate_set, reach


def test_a_session_goes_from_today_to_summary_by_keys_alone(driver: Driver) -> None:
    """Three questions more than the screening ones, three sets, and the outcome on the page."""
    assert driver.window.page_name == "today"
    driver.press(Qt.Key.Key_Return)
    assert driver.window.page_name == "check_in"
    driver.check_in("1", "0")
    driver.press(Qt.Key.Key_PageDown, Qt.Key.Key_Space)  # a place, by a clicker
    driver.page.places_button.setFocus()
    driver.press(Qt.Key.Key_Return)
    assert driver.window.page_name == "player"
    assert isinstance(driver.stage, WarmUp)
    driver.press(Qt.Key.Key_Right)
    for _ in range(3):
        driver.wait_for(Rate)
        assert driver.window.page_name == "rating"
        rate_set(driver, "2", "1")
        assert driver.window.page_name == "decision"
        driver.wait_for(Settle)
        driver.press("1")
        driver.wait(CHANGE_MS + 400)
        assert isinstance(driver.stage, Recover | LeadIn | RestPosition)
    driver.wait_for(Summary)
    assert driver.window.page_name == "summary"
    assert driver.session.run.ledger.outcome is Outcome.COMPLETED
    assert driver.page.title == "Session completed."
    driver.press(Qt.Key.Key_Return)
    assert driver.window.page_name == "today"
    assert driver.window.timer_interval is None


def test_the_ring_empties_once_over_a_whole_walk(driver: Driver) -> None:
    play_to(driver, WarmUp)
    page = driver.page
    assert isinstance(page, PlayerPage)
    whole, shares = driver.session.view().left_ms, []
    assert whole is not None
    while isinstance(driver.stage, WarmUp):
        left = driver.session.view().left_ms or 0
        share = page._ring._state[0]
        shares.append(share)
        assert share == pytest.approx(left / whole)
        driver.wait(30_000)
    assert shares == sorted(shares, reverse=True) and shares[0] == 1.0 and len(shares) > 5


def test_a_pause_of_the_walk_tells_the_time_that_is_left(driver: Driver) -> None:
    play_to(driver, WarmUp)
    page = driver.page
    assert isinstance(page, PlayerPage)
    for waited_ms, big in ((0, "5:00"), (160_000, "2:20")):
        driver.wait(waited_ms)
        driver.press(Qt.Key.Key_Space)
        assert isinstance(driver.stage, Paused)
        share, said, *_ = page._ring._state
        assert said == big
        driver.press(Qt.Key.Key_Space)
        assert page._ring._state[:2] == (pytest.approx(share), big)


@pytest.mark.hazard("H22")
@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_and_space_answer_no_screening_question(driver: Driver, key: Qt.Key) -> None:
    """Nothing is preselected and nothing has the focus, at the first question and after one."""
    driver.press(Qt.Key.Key_Return)
    for answered in range(3):
        driver.press(key, key)
        replies = [given for given in driver.session.given if isinstance(given, Replied)]
        assert len(replies) == answered
        driver.press("n")


@pytest.mark.hazard("H22")
def test_a_clicked_answer_leaves_no_focus_behind(driver: Driver, qtbot: QtBot) -> None:
    """After a click, Space does not answer the next question as well."""
    driver.press(Qt.Key.Key_Return)
    qtbot.mouseClick(driver.page.reply_buttons[1], Qt.MouseButton.LeftButton)
    assert len(driver.session.given) == 1
    driver.press(Qt.Key.Key_Space, Qt.Key.Key_Return)
    assert len(driver.session.given) == 1


def test_a_held_key_answers_one_question_only(driver: Driver) -> None:
    """Key repeat is ignored."""
    assert all(not shortcut.autoRepeat() for shortcut in driver.window._shortcuts.values())


def test_not_sure_about_an_emergency_sign_stops_with_its_message(driver: Driver) -> None:
    """U answers not sure; the message stands until it is read."""
    driver.press(Qt.Key.Key_Return, "u")
    while isinstance(driver.stage, CheckIn):
        driver.press("n")
    assert isinstance(driver.stage, Message)
    assert driver.window.page_name == "message"
    driver.press(Qt.Key.Key_Return, Qt.Key.Key_Space)
    assert isinstance(driver.stage, Message), "a stray key closed the message"
    driver.wait(READING_MS + 200)
    driver.press(Qt.Key.Key_Right, Qt.Key.Key_Return)
    assert isinstance(driver.stage, Summary)
    assert "urgent" in driver.session.run.ledger.outcome


@pytest.mark.hazard("H04")
@pytest.mark.hazard("H05")
def test_no_rating_is_preset_and_silence_gives_none(driver: Driver) -> None:
    """Ratings come from the person or not at all."""
    play_to(driver, WarmUp)
    driver.press(Qt.Key.Key_Right)
    driver.wait_for(Rate)
    driver.wait(1000)
    assert driver.page.rating.choice is None
    assert not any(one.hasFocus() or one.isDefault() for one in driver.page.rating.buttons)
    driver.press(Qt.Key.Key_Return, Qt.Key.Key_Space)
    assert driver.page.rating.choice is None
    driver.wait_for(Summary)
    assert driver.session.run.ledger.outcome is Outcome.INCOMPLETE
    assert not any(isinstance(given, Rated) for given in driver.session.given)


@pytest.mark.hazard("H05")
def test_a_high_rating_counts_also_when_no_other_answer_follows(driver: Driver) -> None:
    """Nine, and then nothing: it is on record, and the second answer is nobody's zero."""
    play_to(driver, WarmUp)
    reach(driver, Rate)
    driver.press("9", Qt.Key.Key_Right)
    assert driver.page.asking is Asking.PAIN
    driver.wait_for(Summary)

    (record,) = driver.session.view().ledger.sets
    assert record.answers == SetAnswers(tingling=9)
    assert record.decision.action is Action.END_SESSION
    texts = [one.text() for one in driver.page.findChildren(QLabel)]
    assert "9" in texts
    assert driver.window._desk.say("ui.summary.not_answered") in texts
    assert "None" not in texts


@pytest.mark.hazard("H01")
def test_a_stop_sign_that_is_chosen_stops_when_nothing_more_is_said(driver: Driver) -> None:
    """Nobody has to press "Go on" for it; who takes it back in time has made a slip."""
    play_to(driver, WarmUp)
    reach(driver, Rate)
    driver.press("5", Qt.Key.Key_Right, "0", Qt.Key.Key_Right)
    assert driver.page.asking is Asking.DETAILS
    saddle = next(one for place, one in driver.page.where._areas.items() if place is Place.SADDLE)
    saddle.click()
    saddle.click()
    driver.wait(61_000)
    assert isinstance(driver.stage, Rate)
    saddle.click()
    driver.wait_for(Message)

    assert driver.stage == Message(Action.EMERGENCY)
    assert driver.window.page_name == "message"


def test_a_rating_can_be_changed_for_five_seconds(driver: Driver) -> None:
    """Backspace takes it back, another digit replaces it, and only the last one counts."""
    play_to(driver, WarmUp)
    driver.press(Qt.Key.Key_Right)
    driver.wait_for(Rate)
    driver.press("7")
    driver.wait(CHANGE_MS - 200)
    driver.press(Qt.Key.Key_Backspace)
    driver.wait(CHANGE_MS)
    assert driver.page.rating.choice is None
    driver.press("t")
    driver.press("2")
    driver.wait(CHANGE_MS + 400)
    driver.press("0")
    driver.wait(CHANGE_MS + 400)
    driver.press("n")
    (rated,) = [given for given in driver.session.given if isinstance(given, Rated)]
    assert rated.answers == SetAnswers(tingling=2, pain=0)


def test_t_means_ten(driver: Driver) -> None:
    """The only rating with a letter."""
    play_to(driver, WarmUp)
    driver.press(Qt.Key.Key_Right)
    driver.wait_for(Rate)
    driver.press("t")
    assert driver.page.rating.choice == 10


def test_ratings_from_three_ask_where_and_what_it_was_like(driver: Driver) -> None:
    """Below three the question is skipped, at three it is asked."""
    play_to(driver, WarmUp)
    driver.press(Qt.Key.Key_Right)
    driver.wait_for(Rate)
    for key in ("3", "0"):
        driver.press(key)
        driver.wait(CHANGE_MS + 400)
    page = driver.page
    assert page.title == "Where did you feel it?"
    page.where.buttons[2].click()
    page.feels.buttons[4].click()
    page.details_button.click()
    driver.press("n")
    (rated,) = [given for given in driver.session.given if isinstance(given, Rated)]
    assert {place.value for place in rated.answers.where} == {"thigh"}
    assert rated.answers.feels == {Feel.NUMB}


def to_details(driver: Driver) -> RatingPage:
    play_to(driver, WarmUp)
    driver.press(Qt.Key.Key_Right)
    driver.wait_for(Rate)
    for key in ("3", "0"):
        driver.press(key)
        driver.wait(CHANGE_MS + 400)
    page = driver.page
    assert isinstance(page, RatingPage)
    return page


def test_return_goes_on_from_whatever_it_was_like(driver: Driver) -> None:
    """The arrows and Space choose, on the picture and beside it; Return ticks nothing."""
    page = to_details(driver)
    assert page.where.buttons[0].hasFocus()
    driver.press(Qt.Key.Key_Space)
    page.feels.buttons[0].setFocus()
    driver.press(Qt.Key.Key_Return)
    assert page.asking is Asking.NEW
    assert page.feels.on == frozenset()


def test_no_place_after_a_set_is_asked_about_once(driver: Driver) -> None:
    """A second time it goes on."""
    page = to_details(driver)
    driver.press(Qt.Key.Key_Return)
    assert page.asking is Asking.DETAILS
    assert driver.coach.phrases.say("ui.body.none") in words(page)
    driver.press(Qt.Key.Key_Return)
    assert page.asking is Asking.NEW


def test_nothing_comes_to_where_go_on_was(driver: Driver) -> None:
    """A second click there presses nothing, least of all Stop."""
    page = to_details(driver)
    page.where.buttons[2].click()
    QApplication.processEvents()
    at = page.details_button.mapTo(page, page.details_button.rect().center())
    QTest.mouseClick(page.details_button, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert page.asking is Asking.NEW
    assert not isinstance(page.childAt(at), QPushButton)


def test_after_the_last_set_it_is_said_for_when_it_changes(driver: Driver) -> None:
    """There is no next set today."""
    play_to(driver, WarmUp)
    driver.press(Qt.Key.Key_Right)
    driver.wait_for(Rate)
    rate_set(driver, "1", "0")
    driver.wait_for(Settle)
    driver.press("0")
    driver.wait(CHANGE_MS + 400)
    driver.wait_for(Rate)
    for key in ("4", "0"):
        driver.press(key)
        driver.wait(CHANGE_MS + 400)
    driver.press(Qt.Key.Key_Space, Qt.Key.Key_Return, "n")
    assert driver.page.title.startswith("That was the last set of this exercise.")
    assert "What changes next time" in words(driver.page)


def test_numbness_is_asked_about_again_at_the_settle_check(driver: Driver) -> None:
    """Y answers it, and the answer is part of what is given."""
    test_ratings_from_three_ask_where_and_what_it_was_like(driver)
    driver.wait_for(Settle)
    driver.press("0")
    driver.wait(CHANGE_MS + 400)
    assert driver.page.title == "Is there still less feeling than usual?"
    driver.press("n")
    driver.wait(400)
    (reply,) = [given for given in driver.session.given if isinstance(given, RestReply)]
    assert (reply.answer.tingling, reply.answer.numb) == (0, False)


def test_a_digit_answers_early_while_resting(driver: Driver) -> None:
    """The rest need not be waited out once it has settled."""
    play_to(driver, WarmUp)
    driver.press(Qt.Key.Key_Right)
    driver.wait_for(Rate)
    rate_set(driver, "1", "0")
    assert isinstance(driver.stage, Rest)
    driver.press("0")
    driver.wait(CHANGE_MS + 400)
    assert isinstance(driver.stage, Recover)


def test_what_changes_is_shown_as_before_and_after(driver: Driver) -> None:
    """Tingling 4 bends the knee more; the page names both angles."""
    play_to(driver, WarmUp)
    driver.press(Qt.Key.Key_Right)
    driver.wait_for(Rate)
    for key in ("4", "0"):
        driver.press(key)
        driver.wait(CHANGE_MS + 400)
    driver.press(Qt.Key.Key_Space, Qt.Key.Key_Return, "n")
    assert isinstance(driver.stage, Rest)
    assert "What changes" in words(driver.page)
    change = "knee bent 60°   →   knee bent 75°"
    assert change in words(driver.page)
    driver.press("0", Qt.Key.Key_Right)
    driver.wait(200)
    assert isinstance(driver.stage, Recover)
    assert change in words(driver.page)
    assert driver.page.title == "The next set is two steps easier."
    driver.wait_for(LeadIn)
    driver.wait(200)
    assert any("knee stays a little more bent" in text for text in words(driver.page))
    driver.wait_for(Move)
    assert driver.session.view().dose.out.knee == 75


def words(page: QWidget) -> list[str]:
    """All words a page shows."""
    QApplication.processEvents()
    return [shown.text() for shown in page.findChildren(QLabel) if shown.isVisible()]


@pytest.mark.parametrize("stage", [WarmUp, LeadIn, Move, Rate, Rest, Settle, Recover, RestPosition])
def test_something_is_wrong_is_one_key_away_in_every_stage(driver: Driver, stage: type) -> None:
    """W opens the list, one click reports, Esc goes back."""
    play_to(driver, WarmUp)
    reach(driver, stage)
    driver.press("w")
    assert isinstance(driver.stage, Wrong)
    assert driver.window.page_name == "wrong"
    driver.press(Qt.Key.Key_Escape)
    assert not isinstance(driver.stage, Wrong)
    driver.press("w")
    chest = list(News).index(News.CHEST_BREATH)
    driver.page.items[chest].click()
    assert isinstance(driver.stage, Message)
    assert driver.window.page_name == "message"


def test_something_is_wrong_works_during_the_check_in(driver: Driver) -> None:
    """Before any movement, too."""
    driver.press(Qt.Key.Key_Return, "w")
    assert isinstance(driver.stage, Wrong)
    driver.press(Qt.Key.Key_Escape)
    assert isinstance(driver.stage, CheckIn)


def shown_words(driver: Driver) -> list[str]:
    return [one.text() for one in driver.page.findChildren(QLabel) if one.isVisible()]


def test_space_pauses_and_goes_on_wherever_the_focus_is(driver: Driver) -> None:
    """A focused Stop button does not catch the space bar."""
    play_to(driver, WarmUp)
    reach(driver, Move)
    driver.page.bar.buttons[list(driver.page.bar.buttons)[1]].setFocus()
    driver.press(Qt.Key.Key_Space)
    assert isinstance(driver.stage, Paused)
    driver.press(Qt.Key.Key_Space)
    assert isinstance(driver.stage, LeadIn)


def test_a_pause_says_how_to_go_on_and_why_when_nobody_asked_for_it(driver: Driver) -> None:
    play_to(driver, WarmUp)
    reach(driver, Move)
    driver.press(Qt.Key.Key_Space)
    assert "Press Space to go on." in shown_words(driver)
    driver.session.stalled = True
    driver.window.tick()
    assert any(text.startswith("It paused by itself") for text in shown_words(driver))
    driver.session.stalled = False
    driver.press(Qt.Key.Key_Space)
    assert not any("to go on" in text for text in shown_words(driver))


def test_the_reminder_to_answer_goes_once_something_was_answered(driver: Driver) -> None:
    play_to(driver, WarmUp)
    driver.press(Qt.Key.Key_Right)
    driver.wait_for(Rate)
    driver.wait(61_000)
    assert any(text.startswith("No answer yet") for text in shown_words(driver))
    driver.press("1")
    driver.wait(200)
    assert not any(text.startswith("No answer yet") for text in shown_words(driver))
    driver.wait(6_000)
    assert driver.page.asking is Asking.PAIN
    assert not any(text.startswith("No answer yet") for text in shown_words(driver))


def test_leaving_a_check_in_offers_no_last_questions(driver: Driver) -> None:
    """Nothing was played that could be asked about."""
    driver.window.begin()
    driver.press(Qt.Key.Key_Escape)
    assert driver.window.page_name == "leave"
    assert [one.isVisible() for one in driver.page.buttons] == [True, False, True]
    driver.press(Qt.Key.Key_Escape)
    play_to(driver, WarmUp)
    reach(driver, Move)
    driver.press(Qt.Key.Key_Escape)
    assert all(one.isVisible() for one in driver.page.buttons)


def test_stop_asks_the_last_questions_and_ends_the_session(driver: Driver) -> None:
    """S during a set leads to the rating, then to the end."""
    play_to(driver, WarmUp)
    reach(driver, Move)
    driver.press("s")
    assert isinstance(driver.stage, Rate)
    rate_set(driver, "0", "0")
    driver.press("0")
    driver.wait_for(Summary)
    assert driver.session.run.ledger.outcome is Outcome.ENDED


def test_leaving_is_asked_about_and_pauses_the_movement(driver: Driver) -> None:
    """Esc asks, Esc again or Enter stays; leaving at once ends as incomplete."""
    play_to(driver, WarmUp)
    reach(driver, Move)
    driver.press(Qt.Key.Key_Escape)
    assert driver.window.page_name == "leave"
    assert isinstance(driver.stage, Paused)
    driver.press(Qt.Key.Key_Return)
    assert not driver.session.closed, "a stray Enter left the session"
    assert driver.window.page_name == "player"
    driver.press(Qt.Key.Key_Escape, Qt.Key.Key_Escape)
    assert driver.window.page_name == "player"
    driver.press(Qt.Key.Key_Escape, "l")
    assert driver.session.run.ledger.outcome is Outcome.INCOMPLETE


@pytest.mark.parametrize("name", ["wrong", "leave", "stop_signs"])
def test_the_header_offers_no_way_out_where_that_key_leads_back(driver: Driver, name: str) -> None:
    """A press on "Leave" never means that nothing is wrong, nor that somebody stays."""
    play_to(driver, WarmUp)
    reach(driver, Move)
    leave_button = driver.window._header.leave_button
    assert leave_button.isVisible()
    ways = {
        "wrong": lambda: driver.press("w"),
        "leave": lambda: driver.press(Qt.Key.Key_Escape),
        "stop_signs": driver.window.open_stop_signs,
    }
    ways[name]()
    assert driver.window.page_name == name
    assert not leave_button.isVisible()
    driver.press(Qt.Key.Key_Escape)
    assert driver.window.page_name == "player"
    assert leave_button.isVisible()


@pytest.mark.parametrize("name", ["leave", "stop_signs"])
def test_what_lies_over_a_session_keeps_the_focus(driver: Driver, name: str) -> None:
    """It opens once, however often the session is looked at meanwhile."""
    play_to(driver, WarmUp)
    if name == "leave":
        driver.press(Qt.Key.Key_Escape)
    else:
        driver.window.open_stop_signs()
    assert driver.window.page_name == name
    driver.press(Qt.Key.Key_Tab)
    focused = QApplication.focusWidget()
    assert focused is not None
    driver.wait(1_000)
    assert QApplication.focusWidget() is focused


def test_floor_view_is_left_by_escape_before_anything_is_asked(driver: Driver) -> None:
    """F fills the screen; the first Esc only leaves it."""
    play_to(driver, WarmUp)
    driver.press("f")
    assert driver.window.page_name == "floor"
    assert driver.window.isFullScreen()
    driver.press(Qt.Key.Key_Escape)
    assert driver.window.page_name == "player"
    assert not driver.window.isFullScreen()
    assert isinstance(driver.stage, WarmUp)


def test_a_clicker_and_media_keys_do_what_the_arrows_and_space_do(driver: Driver) -> None:
    """PageDown starts now; a headset's key is in the same table as Space."""
    play_to(driver, WarmUp)
    driver.press(Qt.Key.Key_PageDown)
    assert isinstance(driver.stage, LeadIn)
    assert KEYS["Toggle Media Play/Pause"] == KEYS["Space"]
    assert driver.window._shortcuts["Toggle Media Play/Pause"].isEnabled()


def test_a_refusal_is_told_in_words_for_a_while(driver: Driver) -> None:
    """What is not possible now changes nothing and says so; each note has its whole time."""
    play_to(driver, WarmUp)
    notice = driver.window._notice
    driver.press(Qt.Key.Key_Left)
    assert notice.isVisible()
    assert notice.stays_ms == STAYS_MS
    notice._timer.timeout.emit()
    assert not notice.isVisible()
    assert notice.stays_ms is None


def test_a_note_goes_also_where_session_time_stands_still(driver: Driver) -> None:
    """A session that is over has no time; the note has its own."""
    play_to(driver, WarmUp)
    driver.press(Qt.Key.Key_Escape, "l", "s")
    assert driver.window.timer_interval is None
    notice = driver.window._notice
    assert notice.isVisible()
    assert notice.words == driver.coach.phrases.say("refused.closed")
    assert notice.stays_ms == STAYS_MS
    notice._timer.timeout.emit()
    assert not notice.isVisible()


def test_the_cue_can_be_repeated(driver: Driver) -> None:
    """R asks the session for its last cue."""
    play_to(driver, WarmUp)
    driver.press("r")
    assert driver.session.cues_repeated == 1


def test_the_timer_runs_fast_only_while_something_moves(driver: Driver) -> None:
    """Slow while a person is waited for or a question to come; not at all outside a session."""
    assert driver.window.timer_interval is None
    driver.press(Qt.Key.Key_Return)
    assert driver.window.timer_interval == STILL_MS
    driver.check_in("0", "0")
    reach(driver, Move)
    assert driver.window.timer_interval == MOVING_MS
    driver.press(Qt.Key.Key_Space)
    assert driver.window.timer_interval == STILL_MS
    driver.press(Qt.Key.Key_Escape)
    driver.page.buttons[2].click()
    assert driver.window.page_name == "summary"
    assert driver.window.timer_interval == AFTERWARDS_MS
    driver.press(Qt.Key.Key_Return)
    assert driver.window.timer_interval is None


def test_the_screen_stays_awake_only_during_the_session(driver: Driver) -> None:
    """Held once at its start, released once at its end, and not at a pause."""
    assert (driver.keeper.held, driver.keeper.released) == (0, 0)
    play_to(driver, WarmUp)
    driver.press(Qt.Key.Key_Space)
    assert (driver.keeper.held, driver.keeper.released) == (1, 0)
    driver.press(Qt.Key.Key_Escape)
    driver.page.buttons[2].click()
    assert (driver.keeper.held, driver.keeper.released) == (1, 1)


@pytest.mark.parametrize("waits", [Paused, Wrong, Message])
def test_a_session_left_alone_lets_the_screen_sleep(driver: Driver, waits: type) -> None:
    """After five minutes, such as at night; whoever comes back and goes on keeps it awake again."""
    play_to(driver, WarmUp)
    driver.press(Qt.Key.Key_Space if waits is Paused else "w")
    if waits is Message:
        driver.page.items[list(News).index(News.CHEST_BREATH)].click()
    assert isinstance(driver.stage, waits)
    driver.wait(LEFT_ALONE_MS - 1000)
    assert (driver.keeper.held, driver.keeper.released) == (1, 0)
    driver.wait(2000)
    assert (driver.keeper.held, driver.keeper.released) == (1, 1)
    if waits is Message:
        return
    driver.press(Qt.Key.Key_Space if waits is Paused else Qt.Key.Key_Escape)
    driver.press(*([Qt.Key.Key_Space] if isinstance(driver.stage, Paused) else []))
    driver.wait(1000)
    assert (driver.keeper.held, driver.keeper.released) == (2, 1)


def test_a_long_rest_keeps_the_screen_awake(driver: Driver) -> None:
    """Ten minutes of it end by themselves, with a question."""
    play_to(driver, WarmUp)
    reach(driver, TenMinutes)
    driver.wait_for(Summary)
    assert driver.keeper.held == 1


def test_closing_the_window_during_a_session_asks_first(driver: Driver) -> None:
    """The second attempt closes, and the timer stands still."""
    play_to(driver, WarmUp)
    driver.window.close()
    assert driver.window.isVisible()
    assert driver.window.page_name == "leave"
    driver.window.close()
    assert not driver.window.isVisible()
    assert driver.window.timer_interval is None


def test_no_page_opens_a_window_of_its_own(driver: Driver) -> None:
    """Everything happens inside the one window."""
    play_to(driver, WarmUp)
    reach(driver, Settle)
    driver.press("w", Qt.Key.Key_Escape)
    driver.window.open_stop_signs()
    shown = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
    assert shown == [driver.window]


def test_enter_goes_on_from_the_places(driver: Driver) -> None:
    """At check-in and after a set; whether something is new it never answers."""
    driver.press(Qt.Key.Key_Return)
    driver.check_in("1", "0")
    driver.press(Qt.Key.Key_Space, Qt.Key.Key_Return)
    driver.wait_for(WarmUp)
    driver.press(Qt.Key.Key_Right)
    driver.wait_for(Rate)
    for key in ("3", "0"):
        driver.press(key)
        driver.wait(CHANGE_MS + 400)
    driver.press(Qt.Key.Key_Space, Qt.Key.Key_Return)
    assert driver.page.title == "Is anything new?"
    driver.press(Qt.Key.Key_Return)
    assert isinstance(driver.stage, Rate)
    driver.press("n")
    assert isinstance(driver.stage, Rest)


@pytest.mark.parametrize("floor", [False, True])
def test_a_paused_rest_position_is_still_the_rest_position(driver: Driver, floor: bool) -> None:
    """Name, figure and what to do are its own, and no set of the last exercise is counted."""
    play_to(driver, WarmUp)
    reach(driver, RestPosition)
    name = driver.coach.phrases.say("R1.name")
    assert driver.page.title == name
    if floor:
        driver.press("f")
    driver.press(Qt.Key.Key_Space)
    assert driver.stage == Paused(RestPosition())
    assert driver.session.view().exercise.id == "R1"
    if floor:
        assert "Set" not in driver.page.accessibleName()
        driver.press("f")
    assert driver.page.title == name
    shown = [one.text() for one in driver.page.findChildren(QLabel) if one.isVisible()]
    assert not any(text.startswith(("Set ", "Exercise ")) for text in shown)
