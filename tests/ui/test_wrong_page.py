"""Something is wrong: every sign, from everywhere, in two presses."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from coach.domain.exercise import LevelName
from coach.domain.plan import PlanItem
from coach.domain.rating import Feel, News, Place, SetAnswers
from coach.domain.side import Sides
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
    SwitchSides,
    TenMinutes,
    WarmUp,
    Wrong,
)
from coach.engine.inputs import Report
from coach.ui.keyed_button import KeyedButton
from coach.ui.pages.wrong import WrongPage
from coach_fake import PLAN, FakeCoach
from window_driver import Driver, arrive, play_to

STAGES = (
    CheckIn,
    WarmUp,
    SwitchSides,
    LeadIn,
    Move,
    Paused,
    Rate,
    Rest,
    Settle,
    Recover,
    RestPosition,
    TenMinutes,
)
BOTH = replace(PLAN, items=(PLAN.items[0], PlanItem("S3", Sides.BOTH, LevelName.A, sets=1)))

#: clinical.md 9.1 Q6 and 9.3 LOC and CHR: what has to be within two presses.
SIGNS = {
    *(SetAnswers(new=frozenset({item})) for item in News),
    *(
        SetAnswers(feels=frozenset({feel}))
        for feel in (Feel.NUMB, Feel.ELECTRIC, Feel.BURNING, Feel.CRAMP, Feel.TIGHT_SWOLLEN)
    ),
    *(SetAnswers(where=frozenset({place})) for place in Place if place.zone),
}


@pytest.mark.parametrize("stage", STAGES)
def test_every_sign_is_two_presses_away_in_every_stage(
    make_driver: Callable[..., Driver], stage: type
) -> None:
    """W, then the key drawn on the line; together the lines are all the signs there are."""
    coach = FakeCoach(BOTH if stage is SwitchSides else PLAN)
    coach.change_setting("welcomed", True)
    driver = make_driver(coach)
    arrive(driver, stage)
    assert isinstance(driver.stage, stage)
    before = driver.session.run
    driver.press("w")
    keys = [one.key for one in lines(driver)]
    driver.press(Qt.Key.Key_Escape)
    reported = set()
    for key in keys:
        driver.session.run = before
        driver.session.given.clear()
        driver.window.tick()
        driver.press("w")
        assert isinstance(driver.stage, Wrong)
        driver.press(key.lower())
        _, report = driver.session.given
        assert isinstance(report, Report), key
        assert not isinstance(driver.stage, Wrong)
        reported.add(report.answers)
    assert reported == SIGNS


def lines(driver: Driver) -> list[KeyedButton]:
    page = driver.page
    assert isinstance(page, WrongPage)
    return [one for one in page.items if isinstance(one, KeyedButton)]


def test_every_key_of_the_list_is_its_own(driver: Driver) -> None:
    """No two lines share one, none is the key that opened the list, and each is told."""
    play_to(driver, WarmUp)
    driver.press("w")
    keys = [one.key for one in lines(driver)]
    assert len(keys) == len(set(keys)) == len(SIGNS)
    assert "W" not in keys
    for one in lines(driver):
        assert one.accessibleDescription() == f"Key {one.key}"


def test_the_keys_of_the_list_do_nothing_elsewhere(driver: Driver) -> None:
    """What is a report on the list is a rating or nothing on the other pages."""
    play_to(driver, WarmUp)
    driver.press("w", Qt.Key.Key_Escape, "9", "a", "b", "c")
    assert not any(isinstance(given, Report) for given in driver.session.given)


def test_the_list_is_open_to_tab_and_enter(driver: Driver) -> None:
    """Without knowing any key."""
    play_to(driver, WarmUp)
    driver.press("w", Qt.Key.Key_Right, Qt.Key.Key_Return)
    assert isinstance(driver.stage, Message)


@pytest.mark.parametrize(("country", "named"), [("GB", "United Kingdom"), ("", None), ("ZZ", None)])
def test_an_emergency_message_says_whose_number_it_names(
    driver: Driver, coach: FakeCoach, country: str, named: str | None
) -> None:
    """Nobody abroad calls a number that is not theirs without being told."""
    coach.change_setting("country", country)
    play_to(driver, WarmUp)
    driver.press("w", lines_key(driver, News.CHEST_BREATH))
    told = driver.page.number.text()
    assert (named in told) if named else not told


def lines_key(_driver: Driver, news: News) -> str:
    return "1234567890ab"[list(News).index(news)]
