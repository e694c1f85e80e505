"""The questions before a session, as they are shown."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from coach.domain.exercise import LevelName
from coach.domain.plan import PlanItem
from coach.domain.rating import Place
from coach.domain.screening import Reply
from coach.domain.side import Side, Sides
from coach.engine.control import CheckIn, Move, WarmUp
from coach.engine.inputs import BaselinePlaces, Replied
from coach.rules.check_in import SHORTEST_THOUGHT_MS
from coach.ui.pages.check_in import CheckInPage
from coach.ui.theme import Choice
from coach_fake import PLAN, FakeCoach
from window_driver import Driver, play_to


def page(driver: Driver) -> CheckInPage:
    shown = driver.page
    assert isinstance(shown, CheckInPage)
    QApplication.processEvents()
    return shown


def texts(driver: Driver) -> list[str]:
    QApplication.processEvents()
    return [one.text() for one in driver.page.findChildren(QLabel) if one.isVisible()]


def test_the_answers_are_quiet_while_there_is_time_to_read(driver: Driver) -> None:
    """Never dead: for two seconds they look quiet and the page says why, at every question."""
    driver.press(Qt.Key.Key_Return)
    reading = driver.coach.phrases.say("ui.check_in.reading")
    for _ in range(2):
        assert reading in texts(driver)
        assert all(one.property("waiting") == "yes" for one in page(driver).reply_buttons)
        assert all(one.isEnabled() for one in page(driver).reply_buttons)
        driver.wait(SHORTEST_THOUGHT_MS)
        assert reading not in texts(driver)
        assert all(one.property("waiting") == "" for one in page(driver).reply_buttons)
        driver.press("n")


def test_not_sure_is_as_large_as_yes_and_no(driver: Driver) -> None:
    """And none of the three is chosen or focused."""
    driver.press(Qt.Key.Key_Return)
    sizes = [one.size() for one in page(driver).reply_buttons]
    assert max(size.width() for size in sizes) - min(size.width() for size in sizes) <= 1
    assert len({size.height() for size in sizes}) == 1
    for one in page(driver).reply_buttons:
        assert not (one.hasFocus() or one.isChecked() or one.isDefault() or one.autoDefault())


def to_places(driver: Driver) -> None:
    driver.press(Qt.Key.Key_Return)
    driver.check_in("1", "0")


def test_the_places_are_chosen_on_the_picture_by_keys(driver: Driver) -> None:
    """Down and Space choose at once; the button below goes on."""
    driver.coach.choose_side(Side.LEFT)
    to_places(driver)
    assert page(driver).places.isVisible()
    driver.press(Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Space)
    for _ in range(12):
        driver.press(Qt.Key.Key_Right)
        if page(driver).places_button.hasFocus():
            break
    driver.press(Qt.Key.Key_Return)
    given = driver.session.given[-1]
    assert given == BaselinePlaces(frozenset({Place.BACK, Place.BUTTOCK}))


def test_the_picture_is_ready_for_keys_when_it_opens(driver: Driver) -> None:
    """Its first place has the focus; Space chooses it and Return goes on, from wherever it is."""
    driver.coach.choose_side(Side.LEFT)
    to_places(driver)
    assert page(driver).places.button(Place.BACK).hasFocus()
    driver.press(Qt.Key.Key_Space, Qt.Key.Key_Return)
    assert driver.session.given[-1] == BaselinePlaces(frozenset({Place.BACK}))


def test_no_place_at_all_is_asked_about_once(driver: Driver) -> None:
    """The first Return says that nothing is chosen, the second goes on with nothing."""
    driver.coach.choose_side(Side.LEFT)
    to_places(driver)
    driver.press(Qt.Key.Key_Return)
    said = driver.coach.phrases.say("ui.body.none")
    assert said in texts(driver)
    assert isinstance(driver.stage, CheckIn)
    driver.press(Qt.Key.Key_Space)
    assert said not in texts(driver)
    driver.press(Qt.Key.Key_Space, Qt.Key.Key_Return)
    assert isinstance(driver.stage, CheckIn)
    driver.press(Qt.Key.Key_Return)
    assert driver.session.given[-1] == BaselinePlaces(frozenset())


def test_an_answer_on_the_page_is_not_called_missing(driver: Driver) -> None:
    """Neither a rating that waits nor a place that is ticked."""
    driver.coach.choose_side(Side.LEFT)
    said = driver.coach.phrases.say("ui.check_in.again")
    driver.press(Qt.Key.Key_Return)
    driver.check_in()
    driver.wait(61_000)
    assert said in texts(driver)
    driver.press("1")
    driver.wait(200)
    assert said not in texts(driver)
    driver.press(Qt.Key.Key_Right, "0", Qt.Key.Key_Right)
    driver.wait(61_000)
    assert said in texts(driver)
    driver.press(Qt.Key.Key_Space)
    driver.wait(200)
    assert said not in texts(driver)


def test_the_arrows_bring_every_place_into_view_at_twice_the_text_size(
    make_driver: Callable[..., Driver],
) -> None:
    """The picture is then taller than the window."""
    coach = FakeCoach()
    coach.settings = coach.settings.changed(welcomed=True, text_scale=200, sore_side="left")
    driver = make_driver(coach, scale=2.0)
    to_places(driver)
    for place, one in enumerate(page(driver).places.buttons):
        if place:
            driver.press(Qt.Key.Key_Right)
        QApplication.processEvents()
        assert one.hasFocus()
        assert one.visibleRegion().boundingRect().height() >= one.height() - 1, one.text()
    driver.wardrobe.choose(Choice.LIGHT, 1.0)


def test_the_picture_shows_the_sore_leg(driver: Driver) -> None:
    """Said before, it is not asked again."""
    driver.coach.choose_side(Side.RIGHT)
    to_places(driver)
    assert page(driver).places.side is Side.RIGHT
    assert not any(one.isVisible() for one in page(driver).leg_buttons.values())


def test_an_unsaid_leg_is_asked_for_beside_the_picture(driver: Driver) -> None:
    """Neither is preset, and the choice is kept."""
    to_places(driver)
    legs = page(driver).leg_buttons
    assert all(one.isVisible() and not one.isChecked() for one in legs.values())
    driver.press(Qt.Key.Key_Left, Qt.Key.Key_Return)
    assert driver.coach.settings.sore_side == Side.RIGHT
    assert page(driver).places.side is Side.RIGHT
    assert [one.isChecked() for one in legs.values()] == [False, True]
    assert driver.coach.phrases.say("ui.body.from_next") in texts(driver)
    assert isinstance(driver.stage, CheckIn)


def test_what_the_answers_take_out_is_said_at_the_end_of_the_check_in(
    make_driver: Callable[..., Driver],
) -> None:
    """What and why, until the first set begins."""
    items = (*PLAN.items, PlanItem("S9", Sides.LEFT, LevelName.A))
    coach = FakeCoach(replace(PLAN, items=items), full=True)
    coach.change_setting("welcomed", True)
    driver = make_driver(coach)
    driver.press(Qt.Key.Key_Return)
    while (asked := driver.session.view().question) != "T0":
        driver.window.give(Replied(asked, Reply.YES if asked == "A3" else Reply.NO))
    driver.press("0", Qt.Key.Key_Right, "0", Qt.Key.Key_Right)
    said = "\n".join(texts(driver))
    assert isinstance(driver.stage, WarmUp)
    assert coach.phrases.say("tier.advise") in said
    assert "Standing slider (no standing exercises)" in said
    driver.press(Qt.Key.Key_Right)
    driver.wait_for(Move)
    assert "Standing slider" not in "\n".join(texts(driver))


def test_a_check_in_without_signs_says_just_that(driver: Driver) -> None:
    """Never that anything is safe (clinical.md 10 H21)."""
    play_to(driver, WarmUp)
    assert driver.coach.phrases.say("tier.ok") in texts(driver)


@pytest.mark.parametrize("pain", ["4", "5"])
def test_an_easy_day_is_announced(driver: Driver, pain: str) -> None:
    """Before the first movement."""
    driver.press(Qt.Key.Key_Return)
    driver.check_in("0", pain)
    driver.press(Qt.Key.Key_Return, Qt.Key.Key_Return)
    assert driver.coach.phrases.say("ui.check_in.easy_day") in "\n".join(texts(driver))
