"""What is asked outside a session is read aloud, said back, and captioned word for word."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from coach.app.daily.today import Ask, AskView
from coach.app.sound.cues import Felt, reply_heard
from coach.domain.rating import Feel, Place, RestAnswer
from coach.domain.screening import Reply
from coach.engine.control import Rate, Settle, TenMinutes, WarmUp
from coach.ui.session.rating_row import CHANGE_MS
from coach.voice.interface import Reason
from coach_fake import FakeCoach
from window_driver import Driver, end_with_strong_tingling, play_to, reach

MORNING = AskView(Ask.MORNING, "About the morning after Tuesday's session", ("tuesday",))
TEN = AskView(Ask.TEN_MINUTES, "About the session you have just done", ("now",))


def asked(driver: Driver, ask: AskView) -> None:
    driver.coach.ask = ask
    driver.window.open_today()


def caption(driver: Driver) -> str:
    return driver.window.speech._strip.words


def test_the_morning_is_asked_and_answered_by_ear(driver: Driver, coach: FakeCoach) -> None:
    """Each question once, each answer said back, in the order of the keys."""
    say = coach.phrases.say
    asked(driver, MORNING)
    assert coach.voice.texts == [say("ask.morning_tingling")]
    driver.press("2")
    assert coach.voice.texts[1:] == ["Tingling two."]
    assert caption(driver) == "Tingling two."
    driver.press(Qt.Key.Key_Return)
    assert caption(driver) == say("ask.morning_pain")
    driver.press("0", Qt.Key.Key_Return)
    assert coach.voice.texts[2:] == [
        say("ask.morning_pain"),
        "Pain zero.",
        say("ask.morning_woken"),
    ]
    driver.press("n")
    assert coach.voice.texts[-1] == say("heard.no")
    assert caption(driver) == say("heard.no")
    assert coach.ask is None


def test_a_reply_is_said_before_the_next_question(driver: Driver, coach: FakeCoach) -> None:
    """Nothing is said back for a question that was left out."""
    asked(driver, TEN)
    driver.press("u")
    assert coach.voice.texts[-1] == coach.phrases.say("ask.numb_still")
    driver.press("u")
    assert coach.voice.texts[-1] == coach.phrases.say("ask.numb_still")
    assert coach.later == [RestAnswer()]


def test_a_reply_goes_before_whatever_question_follows(
    driver: Driver, coach: FakeCoach, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In whatever order things are asked."""
    turned = (("numb", "ask.numb_still"), ("tingling", "ask.settle"))
    monkeypatch.setattr("coach.ui.session.later_questions._QUESTIONS", {Ask.TEN_MINUTES: turned})
    asked(driver, TEN)
    driver.press("n")
    assert caption(driver) == " ".join(coach.phrases.say(key) for key in ("heard.no", "ask.settle"))


def test_every_caption_is_what_was_handed_to_the_voice(driver: Driver, coach: FakeCoach) -> None:
    for ask, keys in ((MORNING, ["3", "\r", "4", "\r", "y"]), (TEN, ["1", "\r", "n"])):
        coach.voice.heard.clear()
        asked(driver, ask)
        for key in keys:
            before = len(coach.voice.texts)
            driver.press(Qt.Key.Key_Return if key == "\r" else key)
            new = coach.voice.texts[before:]
            assert new
            assert caption(driver) == " ".join(new)


def test_the_question_of_the_morning_waits_for_the_voice(driver: Driver, coach: FakeCoach) -> None:
    """The window asks before its helpers are up; nobody has to press anything for it."""
    coach.voice.is_starting()
    asked(driver, MORNING)
    assert coach.voice.texts == []
    assert driver.window.speech.waits
    coach.voice.has_started()
    driver.window.speech._timer.timeout.emit()
    assert coach.voice.texts == [coach.phrases.say("ask.morning_tingling")]
    coach.clock.pass_ms(10_000)
    driver.window.speech._timer.timeout.emit()
    assert caption(driver) == ""
    assert not driver.window.speech.waits, "a timer runs with nothing to do"


def test_leaving_the_page_silences_the_question(driver: Driver, coach: FakeCoach) -> None:
    coach.voice.is_starting()
    asked(driver, MORNING)
    driver.window.open_settings()
    coach.voice.has_started()
    QApplication.processEvents()
    driver.window.speech._timer.timeout.emit()
    assert coach.voice.texts == []


@pytest.mark.parametrize("silent", [True, False])
def test_silence_that_was_chosen_is_kept(driver: Driver, coach: FakeCoach, silent: bool) -> None:
    coach.change_setting("voice_mode", "silent" if silent else "both")
    asked(driver, TEN)
    driver.press("1", Qt.Key.Key_Return, "y")
    assert bool(coach.voice.texts) is not silent


def test_in_a_session_the_session_says_it(driver: Driver, coach: FakeCoach) -> None:
    """Nothing is said twice."""
    play_to(driver, WarmUp)
    reach(driver, Rate)
    driver.press("1")
    assert driver.session.said_back[-1] == (Felt.TINGLING, 1)
    assert coach.voice.texts == []


def test_an_answer_about_numbness_is_said_back_before_the_next_question(
    driver: Driver, coach: FakeCoach
) -> None:
    """The reply travels with the question that follows it."""
    page = settle_page(driver)
    page._tingling = 1
    page._ask("ask.numb_still")
    assert driver.session.answers_said[-1] == ()
    page.numb_buttons[1].click()
    page._ask("ask.pain_after_rest")
    assert driver.session.asked[-1] == "ask.pain_after_rest"
    assert driver.session.answers_said[-1] == (reply_heard(Reply.NO),)


def test_both_questions_about_a_strong_rating_are_read_and_what_is_chosen_said_back(
    driver: Driver,
) -> None:
    """The two stand on one screen; the answers come back before what is asked next."""
    play_to(driver, WarmUp)
    reach(driver, Rate)
    for key in ("3", "0"):
        driver.press(key)
        driver.wait(CHANGE_MS + 400)
    assert driver.session.asked[-2:] == ["ask.where", "ask.feels"]
    page = driver.page
    for place in (Place.HEEL, Place.CALF):
        page.where.buttons[[*Place].index(place)].click()
    page.feels.buttons[[*Feel].index(Feel.NUMB)].click()
    page.details_button.click()
    assert driver.session.asked[-1] == "ask.new"
    heard = [driver.coach.words(phrase) for phrase in driver.session.answers_said[-1]]
    assert heard == ["Calf.", "Heel.", "Numb: less feeling."]


def settle_page(driver: Driver):  # noqa: ANN201 - a widget that the page keeps for itself
    play_to(driver, WarmUp)
    reach(driver, Settle)
    return driver.page.questions


def test_what_could_not_be_spoken_stands_on_the_last_page(driver: Driver, coach: FakeCoach) -> None:
    play_to(driver, WarmUp)
    reach(driver, Rate)
    end_with_strong_tingling(driver)
    assert isinstance(driver.stage, TenMinutes)
    shown = [one.text() for one in driver.page.findChildren(QLabel) if one.isVisible()]
    assert not any("could not be spoken" in text for text in shown)
    coach.voice.has_no_output()
    for _ in range(3):
        coach.voice.say("Out.")
    driver.wait(200)
    reason = coach.phrases.say(Reason.NO_SOUND_DEVICE.key)
    line = coach.phrases.say("ui.summary.unspoken", n=3, reason=reason)
    shown = [one.text() for one in driver.page.findChildren(QLabel) if one.isVisible()]
    assert line in shown


def test_what_a_session_says_is_captioned_where_somebody_is_asked(driver: Driver) -> None:
    """The player has its own place for it."""
    driver.press(Qt.Key.Key_Return)
    driver.session.caption = "No. And the next question?"
    driver.window.tick()
    assert caption(driver) == "No. And the next question?"
    driver.check_in("0", "0")
    driver.window.tick()
    assert driver.window.page_name == "player"
    assert caption(driver) == ""
