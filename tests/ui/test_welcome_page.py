"""The first start: nothing goes past what is to be read."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea

from coach.app.emergency import CountryChoice
from coach.domain.side import Side
from coach.ui.pages.today import TodayPage
from coach.ui.pages.welcome import WelcomePage
from coach.ui.settings.country_field import CountryField
from coach_fake import FakeCoach
from window_driver import Driver


@pytest.fixture
def newcomer() -> FakeCoach:
    made = FakeCoach()
    made.side = None
    made.assumed = CountryChoice("DE", "Germany", "112")
    return made


def welcome(driver: Driver) -> WelcomePage:
    page = driver.page
    assert isinstance(page, WelcomePage)
    return page


@pytest.mark.hazard("H24")
def test_welcome_cannot_be_gone_round(
    make_driver: Callable[..., Driver], newcomer: FakeCoach
) -> None:
    """The stop signs lead back to it, and while they are open nothing else can be reached."""
    driver = make_driver(newcomer)
    driver.press("w")
    assert driver.window.page_name == "stop_signs"
    assert not driver.window._header.isVisible()
    driver.press(Qt.Key.Key_Escape)
    assert driver.window.page_name == "welcome"
    driver.press(Qt.Key.Key_Escape)
    driver.window.open_today()
    assert driver.window.page_name == "welcome"
    assert newcomer.sessions == []
    driver.press(Qt.Key.Key_Return)
    assert driver.window.page_name == "today"
    assert driver.window._header.isVisible()


def test_the_stop_signs_are_one_button_away(
    make_driver: Callable[..., Driver], newcomer: FakeCoach
) -> None:
    """With its key on it."""
    driver = make_driver(newcomer)
    assert welcome(driver).signs_button.text().endswith("W")
    assert welcome(driver).begin_button.text().endswith("Return")
    welcome(driver).signs_button.click()
    assert driver.window.page_name == "stop_signs"


def test_country_and_leg_are_asked_and_can_be_left(
    make_driver: Callable[..., Driver], newcomer: FakeCoach
) -> None:
    """The assumed country stands there with its number; no leg is preset."""
    driver = make_driver(newcomer)
    page = welcome(driver)
    assert page.country.currentText() == "Assumed: Germany: 112"
    assert [side for side, one in page.side_buttons.items() if one.isChecked()] == [None]
    driver.press(Qt.Key.Key_Return)
    assert (newcomer.settings.country, newcomer.settings.sore_side) == ("", "")


def test_country_and_leg_are_kept_at_once(
    make_driver: Callable[..., Driver], newcomer: FakeCoach
) -> None:
    """And a leg can be taken back."""
    driver = make_driver(newcomer)
    page = welcome(driver)
    page.country.activated.emit(page.country.findData("GB"))
    page.side_buttons[Side.RIGHT].click()
    assert (newcomer.settings.country, newcomer.settings.sore_side) == ("GB", "right")
    assert [side for side, one in page.side_buttons.items() if one.isChecked()] == [Side.RIGHT]
    page.side_buttons[None].click()
    assert newcomer.settings.sore_side == ""


def test_a_country_is_found_by_part_of_its_name(
    make_driver: Callable[..., Driver], newcomer: FakeCoach
) -> None:
    """Typing lists what has these letters; half a name changes nothing."""
    driver = make_driver(newcomer)
    field = welcome(driver).country
    field.setFocus()
    driver.press(*"king")
    found = field.completer().completionModel()
    assert [found.index(n, 0).data() for n in range(found.rowCount())] == [
        "United Kingdom: 999 or 112"
    ]
    field.completer().popup().hide()
    welcome(driver).begin_button.setFocus()
    QApplication.processEvents()
    assert field.currentText() == "Assumed: Germany: 112"
    assert newcomer.settings.country == ""


def to_country(driver: Driver) -> CountryField:
    """Its page in front, and the field under the mouse."""
    field = welcome(driver).country
    welcome(driver).findChild(QScrollArea).ensureWidgetVisible(field)
    QTest.mouseClick(field.lineEdit(), Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    return field


def test_a_click_on_the_country_opens_the_list(
    make_driver: Callable[..., Driver], newcomer: FakeCoach
) -> None:
    """On its name as on its arrow; Down does the same by keys."""
    driver = make_driver(newcomer)
    field = to_country(driver)
    assert field.view().isVisible()
    field.hidePopup()
    assert field.hasFocus()
    driver.press(Qt.Key.Key_Down)
    assert field.view().isVisible()
    assert newcomer.settings.country == ""
    field.hidePopup()


def test_typing_replaces_the_country_and_enter_takes_it(
    make_driver: Callable[..., Driver], newcomer: FakeCoach
) -> None:
    """Enter never leaves the page while the field has the focus, whatever is in it."""
    driver = make_driver(newcomer)
    field = to_country(driver)
    field.hidePopup()
    driver.press(*"germ")
    assert field.currentText() == "germ"
    popup = field.completer().popup()
    QTest.keyClick(popup if popup.isVisible() else field, Qt.Key.Key_Return)
    assert newcomer.settings.country == "DE"
    assert field.currentText() == "Germany: 112"
    driver.press(Qt.Key.Key_Return, Qt.Key.Key_Return)
    assert driver.window.page_name == "welcome"
    driver.press(*"unit")
    field.completer().popup().hide()
    driver.press(Qt.Key.Key_Return)
    assert newcomer.settings.country == "GB"


def test_a_country_that_is_none_is_told(
    make_driver: Callable[..., Driver], newcomer: FakeCoach
) -> None:
    """Beside the field; what was chosen before stays, and typing again takes the words away."""
    driver = make_driver(newcomer)
    field = to_country(driver)
    field.hidePopup()
    driver.press(*"atlantis", Qt.Key.Key_Return)
    assert field.trouble.isVisible()
    assert "No country here is called “atlantis”" in field.trouble.text()
    welcome(driver).begin_button.setFocus()
    assert field.currentText() == "Assumed: Germany: 112"
    assert newcomer.settings.country == ""
    field.setFocus()
    driver.press("g")
    assert not field.trouble.isVisible()
    field.completer().popup().hide()


def test_a_text_that_fits_several_countries_takes_none(
    make_driver: Callable[..., Driver], newcomer: FakeCoach
) -> None:
    """It stays to be typed on."""
    driver = make_driver(newcomer)
    field = to_country(driver)
    field.hidePopup()
    driver.press("1")
    field.completer().popup().hide()
    driver.press(Qt.Key.Key_Return)
    assert "Several countries fit “1”" in field.trouble.text()
    assert field.currentText() == "1"
    assert newcomer.settings.country == ""


def test_return_on_a_leg_presses_it_once_and_then_goes_on(
    make_driver: Callable[..., Driver], newcomer: FakeCoach
) -> None:
    """The button of the page names Return, so it is not lost after a choice."""
    driver = make_driver(newcomer)
    page = welcome(driver)
    page.side_buttons[Side.RIGHT].setFocus()
    driver.press(Qt.Key.Key_Return)
    assert newcomer.settings.sore_side == "right"
    assert driver.window.page_name == "welcome"
    driver.press(Qt.Key.Key_Return)
    assert driver.window.page_name == "today"


def test_no_session_starts_before_the_leg_is_said(driver: Driver, coach: FakeCoach) -> None:
    """Where a plan works one leg; Enter leads to the choice, and the choice opens the start."""
    coach.side = None
    driver.window.open_today()
    page = driver.page
    assert isinstance(page, TodayPage)
    driver.press(Qt.Key.Key_Return)
    assert coach.sessions == []
    assert page.side_buttons[Side.LEFT].hasFocus()
    driver.press(Qt.Key.Key_Return)
    assert coach.side is Side.LEFT
    assert coach.sessions == []
    driver.press(Qt.Key.Key_Return)
    assert len(coach.sessions) == 1
