"""Today: its keys when the day has changed meanwhile, and what Enter never begins."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QWidget,
)

from coach.app.daily.today import Ask, AskView, AssessmentDays, LockView, TodayView
from coach.domain.past import Morning
from coach.domain.side import Side
from coach.store.errors import KnownError
from coach.ui.pages.today import TodayPage
from coach_fake import FakeCoach, FakeSession
from window_driver import Driver

MORNING = AskView(Ask.MORNING, "About the morning after Tuesday's session", ("tuesday",))
DAYS = AssessmentDays(date(2026, 11, 19), date(2026, 11, 21), "19 November", "21 November")
NECK = LockView("No neck movements", "Dizzy.", "They come back.", may_open=True, days=DAYS)
DAMAGED = "coach.db: cannot be read: Input/output error"


class OverNight(FakeCoach):
    """The page was left open: what it shows is of yesterday."""

    def begin(self) -> FakeSession:
        if self.ask is not None:
            raise KnownError(self.phrases.say("ask.first"))
        return super().begin()


class Unknowing(FakeCoach):
    """Cannot read the data file for a while."""

    broken = True

    def today(self) -> TodayView:
        if self.broken:
            raise KnownError(DAMAGED)
        return super().today()


def today(driver: Driver) -> TodayPage:
    QApplication.processEvents()
    page = driver.page
    assert isinstance(page, TodayPage)
    return page


def texts(driver: Driver) -> list[str]:
    page = today(driver)
    shown = [*page.findChildren(QLabel), *page.findChildren(QAbstractButton)]
    return [one.text() for one in shown if one.isVisible()]


def stale_start(driver: Driver) -> None:
    driver.press(Qt.Key.Key_Return)


def stale_leg(driver: Driver) -> None:
    today(driver).side_buttons[Side.RIGHT].click()


def stale_plan(driver: Driver) -> None:
    (plans,) = (one for one in today(driver).findChildren(QComboBox) if one.isVisible())
    plans.activated.emit(1)


@pytest.mark.parametrize("act", [stale_start, stale_leg, stale_plan])
def test_a_question_that_comes_up_on_an_open_page_is_answered_by_its_keys(
    make_driver: Callable[..., Driver], act: Callable[[Driver], None]
) -> None:
    """Left open over night, whatever is pressed brings the morning's question, and its keys."""
    coach = OverNight()
    coach.change_setting("welcomed", True)
    driver = make_driver(coach)
    coach.ask = MORNING
    act(driver)
    questions = today(driver).questions
    assert questions is not None
    assert questions.isVisible()
    driver.press("3", Qt.Key.Key_Return, "u", "n")
    assert coach.later == [Morning(3, None, woken=False)]
    driver.press(Qt.Key.Key_Return)
    assert len(coach.sessions) == 1


@pytest.mark.parametrize("kind", [QComboBox, QLineEdit, QCheckBox])
def test_enter_where_something_is_filled_in_begins_nothing(
    driver: Driver, coach: FakeCoach, kind: type[QWidget]
) -> None:
    """The list of plans, who assessed the neck and when, and whether exercise was allowed."""
    coach.neck = NECK
    driver.window.open_today()
    fields = [one for one in today(driver).findChildren(kind) if one.isVisible()]
    assert fields
    for field in fields:
        field.setFocus()
        driver.press(Qt.Key.Key_Return)
        assert coach.sessions == []


def test_a_day_that_cannot_be_known_is_told_and_tried_again(
    make_driver: Callable[..., Driver],
) -> None:
    """No session is offered meanwhile, and no key of the page before is left."""
    coach = Unknowing()
    coach.change_setting("welcomed", True)
    coach.broken = False
    driver = make_driver(coach)
    coach.ask, coach.broken = MORNING, True
    driver.window.open_today()
    assert DAMAGED in texts(driver)
    assert coach.phrases.say("ui.today.start") not in "".join(texts(driver))
    driver.press("3", "n", Qt.Key.Key_Return)
    assert DAMAGED in texts(driver)
    assert coach.sessions == []
    coach.broken = False
    driver.press(Qt.Key.Key_Return)
    assert MORNING.text in texts(driver)
    driver.press("3", Qt.Key.Key_Return, "u", "n")
    assert coach.later == [Morning(3, None, woken=False)]
