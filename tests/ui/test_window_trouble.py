"""What could not be kept, and a session that was left alone: the window says so."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from coach.domain.rating import SetAnswers
from coach.engine.control import CheckIn, Move, Rate, Rest, Settle, Stage, WarmUp
from coach.engine.inputs import BaselineTingling, Leave, Rated
from coach.ui.main_window import AFTERWARDS_MS
from window_driver import Driver, arrive, play_to, rate_set, reach

FULL = "coach/data/coach.db: the disk is full; make room on it and then try it all once again"


def told(driver: Driver) -> str:
    """The note that is shown."""
    notice = driver.window._notice
    return notice.words if notice.isVisible() else ""


def shown(driver: Driver) -> list[str]:
    return [one.text() for one in driver.page.findChildren(QLabel) if one.isVisible()]


def answer(driver: Driver, stage: type[Stage]) -> None:
    if stage is CheckIn:
        driver.press("n")
    elif stage is Rate:
        rate_set(driver, "2", "1")
    else:
        driver.press("0", Qt.Key.Key_Right)
        driver.wait(200)


@pytest.mark.hazard("H05")
@pytest.mark.parametrize("stage", [CheckIn, Rate, Settle])
def test_an_answer_that_could_not_be_saved_is_told_with_its_reason(
    driver: Driver, stage: type[Stage]
) -> None:
    """The question stands, and so it can be answered once there is room."""
    arrive(driver, stage)
    before = driver.stage
    driver.session.full_disk = FULL
    answer(driver, stage)
    assert told(driver) == f"{driver.coach.phrases.say('refused.not_saved')} {FULL}"
    assert driver.stage == before


@pytest.mark.parametrize("stage", [Move, Rate, Settle])
def test_a_stop_that_could_not_be_saved_is_told_too(driver: Driver, stage: type[Stage]) -> None:
    arrive(driver, stage)
    driver.session.full_disk = FULL
    driver.press("s")
    assert FULL in told(driver)


@pytest.mark.hazard("H05")
def test_a_rating_at_check_in_that_could_not_be_saved_is_asked_afresh(driver: Driver) -> None:
    """It is not left standing there as if it counted."""
    driver.press(Qt.Key.Key_Return)
    driver.check_in()
    driver.session.full_disk = FULL
    driver.press("4")
    driver.press(Qt.Key.Key_Right)
    assert FULL in told(driver)
    assert driver.page.rating.choice is None
    assert all(one.isVisible() for one in driver.page.rating.buttons)
    driver.session.full_disk = ""
    driver.press("3")
    driver.press(Qt.Key.Key_Right)
    assert driver.session.given[-1] == BaselineTingling(3)


def test_the_answers_of_a_set_are_given_once_there_is_room(driver: Driver) -> None:
    """They stay on the page, and one key gives them again."""
    arrive(driver, Rate)
    driver.session.full_disk = FULL
    rate_set(driver, "2", "1")
    driver.session.full_disk = ""
    driver.press("n")
    (rated,) = [given for given in driver.session.given if isinstance(given, Rated)]
    assert rated.answers == SetAnswers(tingling=2, pain=1)
    assert isinstance(driver.stage, Rest)


@pytest.mark.parametrize("width", [1280, 880])
def test_a_long_note_stays_within_the_window(driver: Driver, width: int) -> None:
    driver.window.resize(width, 600)
    arrive(driver, Rate)
    driver.session.full_disk = f"{FULL}. {FULL}"
    driver.press("s")
    notice = driver.window._notice
    assert driver.window.rect().contains(notice.geometry())
    inside = notice.findChild(QLabel)
    assert inside.height() >= inside.heightForWidth(inside.width())


def test_the_last_page_says_why_a_session_left_alone_is_over(driver: Driver) -> None:
    play_to(driver, WarmUp)
    reach(driver, Move)
    why = driver.coach.phrases.say("ui.summary.lapsed")
    driver.session.lapsed = True
    driver.session.give(Leave())
    driver.window.tick()
    assert driver.window.page_name == "summary"
    assert why in shown(driver)


def test_the_last_page_says_what_could_not_be_saved_and_looks_again(driver: Driver) -> None:
    """Until it is saved; then the timer stands still."""
    play_to(driver, WarmUp)
    driver.session.give(Leave())
    driver.session.trouble = FULL
    driver.window.tick()
    assert driver.window.page_name == "summary"
    assert FULL in shown(driver)
    assert driver.window.timer_interval == AFTERWARDS_MS
    driver.session.trouble = None
    driver.window.tick()
    assert FULL not in shown(driver)
    assert driver.window.timer_interval is None
