"""The check from the floor in the window, by keys alone."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea

from coach.app.sound.hear_and_see import Step
from coach.ui.pages.hear_and_see import HearAndSeePage
from coach.ui.theme import Choice
from coach_fake import FakeCoach
from window_driver import Driver


def opened(driver: Driver) -> HearAndSeePage:
    driver.window.open_check()
    page = driver.page
    assert isinstance(page, HearAndSeePage)
    return page


def look(driver: Driver, ms: int = 100) -> HearAndSeePage:
    """Time goes by, and the page looks."""
    driver.coach.clock.pass_ms(ms)
    page = driver.page
    assert isinstance(page, HearAndSeePage)
    page.pass_time()
    QApplication.processEvents()
    return page


def test_it_comes_before_the_first_check_in_and_never_again(
    driver: Driver, coach: FakeCoach
) -> None:
    """Answered by two keys and Enter, the session begins."""
    coach.check_due = True
    driver.press(Qt.Key.Key_Return)
    assert driver.window.page_name == "hear_and_see"
    assert coach.sessions == []
    driver.press("y", "y")
    assert coach.sound.check.view().step is Step.DONE
    assert not coach.settings.heard_and_seen
    driver.press(Qt.Key.Key_Return)
    assert coach.settings.heard_and_seen
    assert driver.window.page_name == "check_in"
    assert len(coach.sessions) == 1


def test_it_can_be_left_out_by_one_key_which_is_remembered(
    driver: Driver, coach: FakeCoach
) -> None:
    coach.check_due = True
    driver.press(Qt.Key.Key_Return, Qt.Key.Key_Escape)
    assert coach.settings.heard_and_seen
    assert driver.window.page_name == "check_in"
    assert not coach.sound.check.view().heard


def test_from_the_settings_it_leads_back_to_them(driver: Driver, coach: FakeCoach) -> None:
    driver.window.open_settings()
    driver.page.check_button.click()
    assert driver.window.page_name == "hear_and_see"
    driver.press(Qt.Key.Key_Escape)
    assert driver.window.page_name == "settings"
    assert coach.sessions == []


def test_enter_answers_nothing(driver: Driver, coach: FakeCoach) -> None:
    """Nothing has the focus until a clicker or Tab moves it there."""
    opened(driver)
    driver.press(Qt.Key.Key_Return, Qt.Key.Key_Space)
    assert coach.sound.check.view().step is Step.HEARING
    driver.press(Qt.Key.Key_PageDown, Qt.Key.Key_Return)
    assert coach.sound.check.view().step is Step.SEEING, "the clicker reached Yes"


def test_plus_and_minus_change_the_volume_and_it_is_heard_at_once(
    driver: Driver, coach: FakeCoach
) -> None:
    page = opened(driver)
    said = len(coach.voice.texts)
    driver.press("+")
    assert coach.settings.voice_volume == 90
    assert len(coach.voice.texts) == said + 1
    driver.press("-", "-")
    assert coach.settings.voice_volume == 70
    assert coach.voice.configured[-1].volume == 0.7
    look(driver)
    assert page._volume.text() == coach.phrases.say("ui.check.volume", n=70)


def test_v_takes_the_next_voice(driver: Driver, coach: FakeCoach) -> None:
    page = opened(driver)
    driver.press("v")
    assert coach.settings.voice_id == "liz"
    driver.press("v")
    assert coach.settings.voice_id == "amy"
    assert look(driver).voice.currentText() == "Amy"
    assert page.voice.currentData() == "amy"


def test_the_arrows_change_the_text_size(driver: Driver, coach: FakeCoach) -> None:
    """The page stays open, and everything grows."""
    page = opened(driver)
    driver.press(Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Down)
    assert coach.settings.text_scale == 125
    assert driver.wardrobe.text_scale == 1.25
    assert driver.page is page
    driver.wardrobe.choose(Choice.LIGHT, 1.0)


def test_no_leads_to_what_helps(driver: Driver, coach: FakeCoach) -> None:
    """Louder and another output for hearing; larger text and floor view for seeing."""
    page = opened(driver)
    assert not page.device.isVisible()
    driver.press("n")
    assert coach.phrases.say("ui.check.hear_louder") in page.advice.text()
    assert page.device.isVisible()
    page.device.activated.emit(page.device.findData("ls"))
    assert coach.settings.sound_device == "ls"
    driver.press("y", "n")
    assert coach.phrases.say("ui.check.see_text") in page.advice.text()
    assert page.floor.isVisible()
    page.floor.setChecked(True)
    assert coach.settings.floor_view


@pytest.mark.parametrize("broken", ["has_no_output", "has_no_engine"])
def test_what_could_not_be_played_is_named_with_what_to_install(
    driver: Driver, coach: FakeCoach, broken: str
) -> None:
    """Nobody is asked whether they heard a voice that did not come."""
    getattr(coach.voice, broken)()
    page = opened(driver)
    assert page.question.text() != coach.phrases.say("ui.check.hear_voice")
    assert page.advice.isVisible()
    assert page.advice.text() == "\n".join(coach.sound.check.view().advice)
    came = coach.sound.check.view().came
    assert came in (page.question.text(), page.came.text())
    assert page.yes_button.isVisible() is (broken == "has_no_engine")
    driver.press("y" if broken == "has_no_engine" else "n")
    page.go_on_button.click()
    assert coach.sound.check.view().step is not Step.HEARING


def test_the_caption_is_what_is_said_word_for_word(driver: Driver, coach: FakeCoach) -> None:
    page = opened(driver)
    assert coach.voice.texts == [page.words.accessibleName()]


def test_another_page_is_silence_and_rest(driver: Driver, coach: FakeCoach) -> None:
    """No timer runs on, and nothing more is said."""
    page = opened(driver)
    said, hushes = len(coach.voice.heard), coach.voice.hushes
    driver.press("w")
    assert driver.window.page_name == "stop_signs"
    assert not page._timer.isActive()
    assert not coach.sound.check.plays
    assert coach.voice.hushes > hushes
    coach.clock.pass_ms(20_000)
    QApplication.processEvents()
    assert len(coach.voice.heard) == said


@pytest.mark.parametrize("broken", [False, True])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_nothing_has_to_be_scrolled_to_in_a_usual_window(
    make_driver: Callable[..., Driver], coach: FakeCoach, scale: float, broken: bool
) -> None:
    """Somebody on the floor cannot: figure, question and answers are all there at 1280 by 800."""
    coach.change_setting("text_scale", round(scale * 100))
    if broken:
        coach.voice.has_no_engine()
    driver = make_driver(coach, scale=scale)
    page = opened(driver)
    driver.press("n")
    look(driver)
    (area,) = page.findChildren(QScrollArea)
    assert area.verticalScrollBar().maximum() == 0
    for shown in (*page.findChildren(QAbstractButton), page.device, page.advice, page.came):
        if shown.isVisible():
            assert shown.parentWidget().rect().contains(shown.geometry()), shown
            assert shown.height() >= shown.minimumSizeHint().height(), shown
    driver.wardrobe.choose(Choice.LIGHT, 1.0)


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_everything_can_be_reached_in_the_smallest_window(
    make_driver: Callable[..., Driver], coach: FakeCoach, scale: float
) -> None:
    """With the longest words there are, what does not fit is scrolled to and stays whole."""
    coach.change_setting("text_scale", round(scale * 100))
    coach.voice.has_no_engine()
    driver = make_driver(coach, scale=scale)
    page = opened(driver)
    QApplication.processEvents()
    driver.window.resize(880, 600)
    look(driver)
    for one in (page.yes_button, page.advice, page.came, page.question, page.skip_button):
        assert one.height() >= one.minimumSizeHint().height()
        assert one.width() >= min(one.minimumSizeHint().width(), 800)
    assert page.figure.height() >= page.figure.minimumHeight()
    assert driver.window.width() == 880
    for shown in page.findChildren(QAbstractButton):
        if shown.isVisible():
            assert shown.mapTo(page, shown.rect().topRight()).x() < page.width(), shown.text()
    driver.wardrobe.choose(Choice.LIGHT, 1.0)
