"""Every session has pages of its own: nothing of the last one is shown, waits or is given again."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QLabel
from shiboken6 import isValid

from coach.app.session.session_view import PLACES_ITEM
from coach.domain.outcome import Outcome
from coach.domain.rating import SetAnswers
from coach.engine.control import LeadIn, Move, Paused, Rate, Recover, Rest, Settle, WarmUp
from coach.engine.inputs import Rated, RestReply
from coach.ui.page import SessionPage
from coach.ui.pages.rating import Asking
from coach.ui.session.rating_row import CHANGE_MS
from window_driver import Driver, play_to, rate_set, reach


def first_set_rated(driver: Driver, tingling: str, pain: str) -> None:
    """From Today to the rest after the first set."""
    play_to(driver, WarmUp)
    reach(driver, Rate)
    rate_set(driver, tingling, pain)
    assert isinstance(driver.stage, Rest)


def leave(driver: Driver) -> None:
    """Leave the session at once, and its last page."""
    driver.press(Qt.Key.Key_Escape, "l", Qt.Key.Key_Return)
    assert driver.window.session is None
    assert driver.window.page_name == "today"


def shown(driver: Driver) -> str:
    texts = [one.text() for one in driver.page.findChildren(QLabel) if one.isVisible()]
    return "\n".join(texts)


@pytest.mark.hazard("H04")
@pytest.mark.hazard("H05")
def test_no_rating_of_the_last_session_is_offered_for_a_new_set(driver: Driver) -> None:
    """Although both are the first set of their session: one key would have recorded it."""
    first_set_rated(driver, "2", "1")
    leave(driver)
    play_to(driver, WarmUp)
    reach(driver, Rate)
    assert driver.page.asking is Asking.TINGLING
    driver.press("n", Qt.Key.Key_Return, Qt.Key.Key_Space)
    assert isinstance(driver.stage, Rate)
    assert not any(isinstance(given, Rated) for given in driver.session.given)
    rate_set(driver, "1", "0")
    (rated,) = [given for given in driver.session.given if isinstance(given, Rated)]
    assert rated.answers == SetAnswers(tingling=1, pain=0)


@pytest.mark.hazard("H05")
def test_no_settle_answer_waits_from_the_last_session(driver: Driver) -> None:
    """A digit pressed before leaving answers nothing in the next one."""
    first_set_rated(driver, "1", "0")
    driver.press("1")
    leave(driver)
    first_set_rated(driver, "2", "1")
    assert driver.page.questions.rating.choice is None
    driver.wait(CHANGE_MS * 2)
    assert isinstance(driver.stage, Rest)
    assert not any(isinstance(given, RestReply) for given in driver.session.given)
    driver.wait_for(Settle)
    driver.wait(CHANGE_MS * 2)
    assert driver.session.view().ledger.sets[-1].checks == ()


def test_the_decision_told_is_of_this_session(driver: Driver) -> None:
    """Also where both sessions decide the same."""
    for tingling in ("1", "2"):
        first_set_rated(driver, tingling, "0")
        answered = driver.window._desk.say("ui.decision.answered", tingling=tingling, pain="0")
        assert answered in shown(driver)
        leave(driver)


def test_what_the_check_in_found_is_of_this_session(driver: Driver) -> None:
    """The first was left before its first set, so its words were never put away."""
    said = []
    for rating in ("4", "0"):
        driver.press(Qt.Key.Key_Return)
        driver.check_in(rating, "0")
        if driver.session.view().question == PLACES_ITEM:
            driver.press(Qt.Key.Key_Space, Qt.Key.Key_Return)
        driver.wait_for(WarmUp, LeadIn)
        said.append(driver.page._found.text())
        leave(driver)
    assert said[0] != said[1]


def test_the_pages_of_the_last_session_are_gone(driver: Driver) -> None:
    """Widgets, timers and connections with them; the new page alone hears keys."""
    first_set_rated(driver, "1", "0")
    leave(driver)
    old = [page for page in driver.window._pages.values() if isinstance(page, SessionPage)]
    assert len(old) >= 4
    play_to(driver, Move)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not any(isValid(page) for page in old)
    kept = [page for page in driver.window._pages.values() if isinstance(page, SessionPage)]
    assert all(driver.window._stack.indexOf(page) >= 0 for page in kept)
    assert driver.window._stack.count() == len(driver.window._pages)
    driver.press(Qt.Key.Key_Space)
    assert isinstance(driver.stage, Paused)


def test_a_second_session_is_played_to_its_end_by_keys(driver: Driver) -> None:
    """What was made anew works as the first did."""
    for _ in range(2):
        play_to(driver, WarmUp)
        reach(driver, Recover)
        driver.press("s")
        driver.press(Qt.Key.Key_Right)
        driver.wait(200)
        assert driver.session.run.ledger.outcome is Outcome.ENDED
        driver.press(Qt.Key.Key_Return)
        assert driver.window.session is None
