"""The stop message: what it is for, and how it is left."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from coach.app.daily.today import AssessmentDays, LockView
from coach.domain.rating import News
from coach.engine.control import Message, Rate, Summary, WarmUp
from coach.ui.pages.leave import LeavePage
from coach.ui.pages.message import READING_MS, MessagePage
from coach.ui.pages.summary import SummaryPage
from coach_fake import FakeCoach
from window_driver import Driver, play_to, reach


def texts(driver: Driver) -> list[str]:
    QApplication.processEvents()
    return [one.text() for one in driver.page.findChildren(QLabel) if one.isVisible()]


def stopped_at_check_in(driver: Driver) -> MessagePage:
    driver.press(Qt.Key.Key_Return, "y")
    page = driver.page
    assert isinstance(page, MessagePage)
    return page


def stopped_by_report(driver: Driver) -> MessagePage:
    play_to(driver, WarmUp)
    driver.press("w")
    driver.page.items[list(News).index(News.CHEST_BREATH)].click()
    page = driver.page
    assert isinstance(page, MessagePage)
    return page


def test_the_stop_page_names_the_answer(driver: Driver, coach: FakeCoach) -> None:
    """Below the words of the tier, which stay as they are; and again at the end."""
    page = stopped_at_check_in(driver)
    why = f"You answered yes to: {coach.question_text('E1')}"
    said = texts(driver)
    assert why in said
    assert said.index(why) == said.index(page._text.text()) + 1
    assert page.title.endswith(why)
    assert coach.phrases.say("ui.message.slip") in said
    driver.wait(READING_MS + 200)
    driver.press(Qt.Key.Key_Return)
    assert isinstance(driver.page, SummaryPage)
    assert why in texts(driver)


def test_the_stop_page_names_the_report(driver: Driver, coach: FakeCoach) -> None:
    """In the words of its line; no question of the check-in is blamed."""
    stopped_by_report(driver)
    assert "You reported: Chest pain, or short of breath." in texts(driver)
    assert coach.phrases.say("ui.message.slip") not in texts(driver)


def test_the_closed_sessions_of_today_say_why(driver: Driver, coach: FakeCoach) -> None:
    """Between what to do and what opens them."""
    days = AssessmentDays(date(2026, 6, 1), date(2026, 6, 2), "1 June", "2 June")
    coach.lock = LockView("Closed", "Stop here.", "Tomorrow.", False, days, "You were dizzy.")
    driver.window.open_today()
    said = texts(driver)
    assert said.index("Stop here.") + 1 == said.index("You were dizzy.")
    assert said.index("You were dizzy.") + 1 == said.index("Tomorrow.")


@pytest.mark.hazard("H01")
def test_escape_reads_the_message_once_there_was_time(driver: Driver) -> None:
    """It never asks about last questions, because none are left."""
    stopped_by_report(driver)
    driver.press(Qt.Key.Key_Escape)
    assert isinstance(driver.stage, Message)
    assert driver.window.page_name == "message"
    driver.wait(READING_MS + 200)
    driver.press(Qt.Key.Key_Escape)
    assert isinstance(driver.stage, Summary)
    assert driver.window.page_name == "summary"


def test_closing_the_window_on_a_message_promises_no_questions(
    driver: Driver, coach: FakeCoach
) -> None:
    """It asks once, without the way that would ask them."""
    play_to(driver, WarmUp)
    reach(driver, Rate)
    driver.press("w")
    driver.page.items[list(News).index(News.CHEST_BREATH)].click()
    driver.window.close()
    assert isinstance(driver.page, LeavePage)
    assert coach.phrases.say("ui.leave.stopped") in texts(driver)
    stay, stop, _leave = driver.page.buttons
    assert not stop.isVisible()
    stay.click()
    assert driver.window.page_name == "message"
