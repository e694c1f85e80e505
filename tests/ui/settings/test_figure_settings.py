"""How the figure looks is chosen once and holds wherever it is shown."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel

from coach.engine.control import Move, WarmUp
from coach.store.settings import CLOTHES, SKINS
from coach.ui.figure import look
from coach.ui.figure.view import FigureView
from coach.ui.pages.demonstrate import DemonstratePage
from coach.ui.pages.library import LibraryPage
from coach.ui.pages.player import PlayerPage
from coach.ui.tokens import ThemeName
from coach_fake import FakeCoach
from window_driver import Driver, play_to


def player(driver: Driver) -> PlayerPage:
    shown = driver.window._pages["player"]
    assert isinstance(shown, PlayerPage)
    return shown


def to_first_set(driver: Driver) -> PlayerPage:
    play_to(driver, WarmUp)
    driver.press(Qt.Key.Key_Right)
    driver.wait_for(Move)
    return player(driver)


def field(driver: Driver, name: str, kind: type) -> QComboBox | QCheckBox:
    driver.window.open_settings()
    found = driver.page.findChildren(kind)
    return next(one for one in found if one.accessibleName() == name)


def test_what_can_be_chosen_is_what_can_be_drawn() -> None:
    """At least four of each, one of them neutral, and everything chosen differs from the rest."""
    assert set(SKINS) == set(look.SKINS)
    assert set(CLOTHES) == set(look.CLOTHES)
    assert len(SKINS) >= 4 and len(CLOTHES) >= 4
    for theme in ThemeName:
        worn = {
            (found.skin.base, found.shirt.base)
            for found in (look.look_for(theme, s, c) for s in SKINS for c in CLOTHES)
        }
        assert len(worn) == len(SKINS) * len(CLOTHES)


def test_in_high_contrast_other_clothes_keep_their_outline() -> None:
    for clothes in CLOTHES:
        found = look.look_for(ThemeName.CONTRAST, "neutral", clothes)
        assert found.shirt.rim and found.shorts_far.rim


def test_skin_and_clothes_are_chosen_in_the_settings(driver: Driver, coach: FakeCoach) -> None:
    skins = field(driver, "Skin and hair of the figure", QComboBox)
    skins.activated.emit(skins.findData("deep"))
    clothes = field(driver, "Clothes of the figure", QComboBox)
    clothes.activated.emit(clothes.findData("plum"))
    assert (coach.settings.figure_skin, coach.settings.figure_clothes) == ("deep", "plum")
    driver.window.open_library()
    assert isinstance(driver.page, LibraryPage)
    assert driver.page.detail.figure._worn == ("deep", "plum")


def test_the_player_wears_what_was_chosen(driver: Driver, coach: FakeCoach) -> None:
    coach.change_setting("figure_skin", "brown")
    assert to_first_set(driver).figure._worn == ("brown", "teal")


def test_the_player_shows_nerve_and_gauges(driver: Driver, coach: FakeCoach) -> None:
    assert coach.settings.show_nerve
    page = to_first_set(driver)
    assert page.figure._nerve
    assert page.gauges.isVisible()
    driver.wait(2400)
    assert page.figure.nerve is not None
    assert page.gauges.nerve._level == pytest.approx(page.figure.nerve.gauge, abs=0.5)


def test_the_few_words_beside_the_gauges_can_be_had_whole(driver: Driver) -> None:
    gauges = to_first_set(driver).gauges
    (few,) = [one for one in gauges.findChildren(QLabel) if one.text() == "Illustration only"]
    for one in (gauges, few):
        assert one.toolTip().endswith("It does not measure your nerve.")
        assert one.accessibleDescription() == one.toolTip()


def test_whoever_switches_the_nerve_off_sees_neither(driver: Driver, coach: FakeCoach) -> None:
    switch = field(driver, "Show the nerve", QCheckBox)
    switch.click()
    assert not coach.settings.show_nerve
    driver.window.open_today()
    page = to_first_set(driver)
    assert not page.figure._nerve
    assert page.gauges.isHidden()


def test_library_and_demonstration_follow_the_setting_when_it_changes(
    driver: Driver, coach: FakeCoach
) -> None:
    """Also when they have been open before; what is switched there stays there."""
    driver.window.open_library()
    library = driver.page
    assert isinstance(library, LibraryPage)
    library.detail.demonstrate.click()
    page = driver.page
    assert isinstance(page, DemonstratePage)
    assert library.detail.figure._nerve and page.show_area.movement.figure._nerve
    coach.change_setting("show_nerve", False)
    driver.window.open_library()
    assert not library.detail.nerve.isChecked() and not library.detail.figure._nerve
    library.detail.demonstrate.click()
    assert not page.nerve.isChecked() and not page.show_area.movement.figure._nerve
    page.nerve.click()
    assert not coach.settings.show_nerve


def test_where_there_is_little_room_only_the_line_is_shown(
    make_driver: Callable[..., Driver], coach: FakeCoach
) -> None:
    """Twice the text in the same window: the figure needs the place."""
    driver = make_driver(coach, scale=2.0)
    page = to_first_set(driver)
    assert page.figure._nerve
    assert page.gauges.isHidden()


def test_another_shirt_is_another_picture(driver: Driver) -> None:
    driver.window.open_library()
    (figure,) = driver.page.findChildren(FigureView)
    before = figure.grab().toImage()
    figure.set_clothes("moss")
    assert figure.grab().toImage() != before
