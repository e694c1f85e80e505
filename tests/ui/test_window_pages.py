"""The pages outside a session, and what holds for every page."""

import subprocess
import sys
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import NoReturn

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QFrame,
    QLabel,
    QMenu,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from coach.app.daily.today import AssessmentDays, LockView, UnfinishedView
from coach.app.emergency import CountryChoice
from coach.domain.action import Action, Tier
from coach.domain.exercise import Phase
from coach.domain.rating import Feel, News, Place
from coach.engine.control import LeadIn, Move, Rate, WarmUp
from coach.formats.bad_file import BadFile, FileFault
from coach.rules.locks import Assessment
from coach.store.errors import KnownError
from coach.ui.frame import SMALLEST
from coach.ui.keys import KEYS, Command, key_name, sequence
from coach.ui.page_maker import made_page
from coach.ui.parts import FlowLayout, Toggle
from coach.ui.session.phase_look import Shape, look_of
from coach.ui.session.session_pages import _PAGES
from coach.ui.theme import Choice
from coach.ui.unlock_form import UnlockForm
from coach_fake import SHIPPED, FakeCoach
from window_driver import Driver

DAYS = AssessmentDays(date(2026, 11, 19), date(2026, 11, 21), "19 November", "21 November")


def texts(page: QWidget) -> list[str]:
    """All words a page shows."""
    QApplication.processEvents()
    shown = [*page.findChildren(QLabel), *page.findChildren(QAbstractButton)]
    return [one.text() for one in shown if one.isVisible()]


def offers_start(driver: Driver) -> bool:
    QApplication.processEvents()
    start = driver.coach.phrases.say("ui.today.start")
    shown = driver.page.findChildren(QAbstractButton)
    return any(one.isVisible() and one.accessibleName() == start for one in shown)


def test_the_first_start_says_what_the_program_is_not(
    qtbot: QtBot, make_driver: Callable[..., Driver]
) -> None:
    """Evidence and limits in full, one button, and never again once it was read."""
    coach = FakeCoach()
    driver = make_driver(coach)
    assert driver.window.page_name == "welcome"
    shown = texts(driver.page)
    for key in ("evidence.honest", "notice.first_run", "notice.conventions", "notice.stop_signs"):
        assert coach.phrases.say(key) in shown
    driver.press(Qt.Key.Key_Return)
    assert driver.window.page_name == "today"
    assert coach.settings.welcomed


@pytest.mark.hazard("H01")
def test_a_lock_stands_where_the_start_would_be(driver: Driver, coach: FakeCoach) -> None:
    """No button of the page and no key begins a session."""
    coach.lock = LockView(
        "Sessions are closed",
        "Please see a doctor first.",
        "They open later.",
        may_open=True,
        days=DAYS,
    )
    driver.window.open_today()
    assert "Sessions are closed" in texts(driver.page)
    assert not offers_start(driver)
    driver.press(Qt.Key.Key_Return)
    assert coach.sessions == []


def test_an_unfinished_session_is_offered_before_a_new_one(
    driver: Driver, coach: FakeCoach
) -> None:
    """It can be gone on with or closed, and closing offers today's session again."""
    coach.unfinished = UnfinishedView("2026-11-21 18:20", 2, resumable=True)
    driver.window.open_today()
    assert not offers_start(driver)
    driver.window.finish_unfinished()
    assert offers_start(driver)


@pytest.mark.parametrize(
    "error", [KnownError("The disk is full."), BadFile([FileFault("x.toml", 3, "title", "is bad")])]
)
def test_what_keeps_a_session_from_starting_is_said_on_the_page(
    driver: Driver, coach: FakeCoach, error: Exception
) -> None:
    """No traceback, no silence."""

    def fails() -> NoReturn:
        raise error

    coach.begin = fails
    driver.press(Qt.Key.Key_Return)
    assert driver.window.page_name == "today"
    assert str(error) in texts(driver.page)


def test_another_plan_and_another_leg_are_chosen_on_the_page(
    driver: Driver, coach: FakeCoach
) -> None:
    """Both choices reach the use cases."""
    chooser = driver.page.findChild(QComboBox)
    chooser.activated.emit(1)
    assert coach.settings.plan == "desk-day"
    QApplication.processEvents()
    legs = {one.text(): one for one in driver.page.findChildren(Toggle) if one.isVisible()}
    legs["Right leg"].click()
    assert coach.side.value == "right"


def test_the_stop_signs_are_one_key_away_before_a_session(driver: Driver) -> None:
    """W opens the card, Esc closes it; all the check-in asks for that stops at once is on it."""
    driver.press("w")
    assert driver.window.page_name == "stop_signs"
    asked = [q.question for q in SHIPPED.screen if q.question.tier >= Tier.URGENT]
    assert len(asked) > 20
    for sign in asked:
        assert driver.coach.phrases.say(f"ui.stop_sign.{sign.id}") in texts(driver.page)
    driver.press(Qt.Key.Key_Escape)
    assert driver.window.page_name == "today"


def test_a_setting_is_kept_at_once_and_changes_the_look(driver: Driver, coach: FakeCoach) -> None:
    """Colours and text size, and the pages are made anew for the size."""
    driver.window.open_settings()
    theme, size = driver.page.findChildren(QComboBox)[:2]
    theme.activated.emit(theme.findData("dark"))
    size.activated.emit(size.findData(200))
    assert (coach.settings.theme, coach.settings.text_scale) == ("dark", 200)
    assert driver.wardrobe.theme.is_dark
    assert driver.wardrobe.text_scale == 2.0
    driver.wardrobe.choose(Choice.LIGHT, 1.0)


def country_field(driver: Driver) -> QComboBox:
    driver.window.open_settings()
    fields = driver.page.findChildren(QComboBox)
    (found,) = (one for one in fields if one.accessibleName() == "Country")
    return found


def test_the_country_is_chosen_by_name_with_its_number(driver: Driver, coach: FakeCoach) -> None:
    """So that everybody sees what a stop message will say to call."""
    field = country_field(driver)
    assert [field.itemText(place) for place in range(field.count())] == [
        "Not chosen",
        "Germany: 112",
        "United Kingdom: 999 or 112",
        "Not in this list",
    ]
    assert field.currentIndex() == 0
    field.activated.emit(2)
    assert coach.settings.country == "GB"
    field.activated.emit(3)
    assert coach.settings.country == "ZZ"


def test_the_country_assumed_is_shown(driver: Driver, coach: FakeCoach) -> None:
    """Nobody is told to call a number of a country they did not know was meant."""
    coach.assumed = CountryChoice("US", "United States", "911")
    assert country_field(driver).currentText() == "Assumed: United States: 911"


def test_a_country_we_know_no_number_of_stays_chosen(driver: Driver, coach: FakeCoach) -> None:
    """As from a settings file edited by hand."""
    coach.change_setting("country", "AQ")
    assert country_field(driver).currentText().startswith("Not in this list")
    assert country_field(driver).currentData() == "AQ"


def all_pages(driver: Driver) -> list[QWidget]:
    """Every page there is, made and filled by a session that has run a little."""
    window = driver.window
    window.open_settings()
    window.open_stop_signs()
    window.open_today()
    driver.press(Qt.Key.Key_Return)
    driver.check_in("0", "0")
    assert isinstance(driver.stage, WarmUp)
    driver.press(Qt.Key.Key_Right)
    driver.wait_for(Rate)
    for name in (*_PAGES, "leave", "welcome", "hear_and_see"):
        if name not in window._pages:
            window._pages[name] = made_page(name, window._desk, window._ways)
            window._stack.addWidget(window._pages[name])
    return list(window._pages.values())


@pytest.mark.hazard("H24")
def test_everything_that_takes_the_focus_has_a_name(driver: Driver) -> None:
    """A screen reader has something to say about every button and field of every page."""
    for page in all_pages(driver):
        for widget in page.findChildren(QWidget):
            inside_a_field = isinstance(widget.window(), QMenu | QFrame)
            if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or inside_a_field:
                continue
            interface = QAccessible.queryAccessibleInterface(widget)
            name = interface.text(QAccessible.Text.Name)
            assert name, f"{type(page).__name__}: {type(widget).__name__} has no name"


def test_no_page_leaves_its_words_out_at_twice_the_text_size(
    make_driver: Callable[..., Driver], coach: FakeCoach
) -> None:
    """Every button is at least as wide as its words, at 1280 by 800 and 200 %."""
    coach.change_setting("text_scale", 200)
    driver = make_driver(coach, scale=2.0)
    for page in all_pages(driver):
        driver.window._stack.setCurrentWidget(page)
        for shown in page.findChildren(QAbstractButton):
            if not shown.isVisible() or shown.size().isEmpty():
                continue
            words = shown.fontMetrics().horizontalAdvance(shown.text())
            assert words <= shown.width(), f"{type(page).__name__}: {shown.text()!r} is cut off"
    driver.wardrobe.choose(Choice.LIGHT, 1.0)


def test_no_page_is_wider_than_the_smallest_window_at_twice_the_text_size(
    make_driver: Callable[..., Driver], coach: FakeCoach
) -> None:
    """Nothing is cut at the right, and nothing has to be scrolled sideways."""
    coach.change_setting("text_scale", 200)
    driver = make_driver(coach, scale=2.0)
    driver.window.resize(SMALLEST)
    for page in all_pages(driver):
        driver.window._stack.setCurrentWidget(page)
        QApplication.processEvents()
        for area in page.findChildren(QScrollArea):
            if area.isVisible():
                needed = area.widget().minimumSizeHint().width()
                assert needed <= area.viewport().width(), type(page).__name__
    driver.wardrobe.choose(Choice.LIGHT, 1.0)


def test_every_key_is_known_to_qt_and_reaches_one_command() -> None:
    """A misspelt key would silently do nothing."""
    assert all(sequence(key).count() == 1 for key in KEYS)
    shown = {sequence(key).toString() for key in KEYS}
    assert len(shown) == len(KEYS)
    assert [KEYS[str(number)].number for number in range(10)] == list(range(10))
    assert key_name(Command.PAUSE) == "Space"


@pytest.mark.hazard("H24")
def test_every_value_a_page_may_show_has_words(coach: FakeCoach) -> None:
    """Places, feels, news, actions and ratings are all in the catalogue."""
    for group, values in (("place", Place), ("feel", Feel), ("news", News)):
        for value in values:
            assert f"{group}.{value}" in coach.phrases
    for action in Action:
        assert f"action.{action.name.lower()}" in coach.phrases


@pytest.mark.hazard("H24")
def test_phases_that_follow_each_other_differ_in_shape_and_colour(coach: FakeCoach) -> None:
    """Never colour alone, and never the same mark twice running, in any exercise."""

    def shown(phase: Phase) -> tuple[Shape, str]:
        look = look_of(phase.name)
        return look.shape, look.colour

    for exercise in SHIPPED.catalogue.values():
        looks = [shown(phase) for phase in exercise.phases]
        for before, after in pairwise(looks):
            assert before != after, exercise.id


def test_the_page_name_follows_the_stage(driver: Driver) -> None:
    """Asking, moving and resting each have their page."""
    driver.press(Qt.Key.Key_Return)
    driver.check_in("0", "0")
    driver.press(Qt.Key.Key_Right)
    for stage, page in ((LeadIn, "player"), (Move, "player"), (Rate, "rating")):
        driver.wait_for(stage)
        assert driver.window.page_name == page


def test_a_row_that_is_too_narrow_wraps(qtbot: QtBot) -> None:
    """Three buttons in half their width stand in more rows, none outside."""
    outer = QWidget()
    qtbot.addWidget(outer)
    flow = FlowLayout(spacing=10)
    buttons = [Toggle("a longer choice") for _ in range(3)]
    for one in buttons:
        flow.addWidget(one)
    outer.setLayout(flow)
    outer.resize(buttons[0].sizeHint().width() * 2, 400)
    flow.setGeometry(outer.rect())
    assert len({one.y() for one in buttons}) == 3
    assert all(one.geometry().right() < outer.width() for one in buttons)


def test_the_first_page_loads_nothing_slow() -> None:
    """No speech, sound, numbers, bus or figure before a session asks for them."""
    slow = {
        "numpy",
        "pyttsx3",
        "typst",
        "xlsxwriter",
        "PySide6.QtDBus",
        "PySide6.QtMultimedia",
        "coach.ui.figure.view",
        "coach.ui.pages.hear_and_see",
        "coach.ui.pages.settings",
        "coach.ui.session.session_pages",
    }
    code = f"import sys, coach.ui.app; print(sorted({slow!r} & set(sys.modules)))"
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert found.stdout.strip() == "[]"


def test_a_lock_opens_only_with_everything_filled_in(driver: Driver, coach: FakeCoach) -> None:
    """Nothing is preset; what is missing is told in words."""
    coach.lock = LockView("Closed", "Stop here.", "They open later.", may_open=True, days=DAYS)
    driver.window.open_today()
    (form,) = driver.page.findChildren(UnlockForm)
    assert (form.who.text(), form.cleared.isChecked()) == ("", False)
    form.open_button.click()
    assert form.troubles[form.cleared].text() == coach.phrases.say("lock.not_cleared")

    form.who.setText("GP")
    form.day.show_day(date(2026, 11, 20))
    form.cleared.setChecked(True)
    form.open_button.click()

    assert coach.assessments == [Assessment("GP", date(2026, 11, 20), cleared=True)]
    assert offers_start(driver)


def test_a_lock_that_cannot_open_yet_asks_nothing(driver: Driver, coach: FakeCoach) -> None:
    """Before 24 hours have passed there is nothing to fill in."""
    coach.lock = LockView("Closed", "Stop here.", "Tomorrow.", may_open=False, days=DAYS)
    driver.window.open_today()
    assert driver.page.findChildren(UnlockForm) == []
