"""Voice, language, output, trying out, and sound and display in the settings."""

import threading

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from coach.app.doctor import Finding, Part
from coach.ui.pages.settings import SettingsPage
from coach_fake import FakeCoach
from window_driver import Driver

BROKEN = Finding(Part.VOICE, works=False, text="No engine.", advice="sudo apt install it")
WORKS = Finding(Part.DATA, works=True, text="Data can be kept.")


def settings(driver: Driver) -> SettingsPage:
    driver.window.open_settings()
    page = driver.page
    assert isinstance(page, SettingsPage)
    return page


def items(field: object) -> list[str]:
    return [field.itemText(place) for place in range(field.count())]


def test_each_list_begins_with_the_usual_one_by_name(driver: Driver, coach: FakeCoach) -> None:
    page = settings(driver)
    say = coach.phrases.say
    assert items(page.voice) == [say("ui.sound.usual_named", name="Liz"), "Liz", "Amy"]
    assert items(page.device)[0] == say("ui.sound.usual_named", name="Loudspeaker")
    assert items(page.language) == [say("ui.sound.usual"), "British English", "American English"]
    assert [one.currentIndex() for one in (page.voice, page.language, page.device)] == [0, 0, 0]


def test_a_choice_is_kept_and_used_at_once(driver: Driver, coach: FakeCoach) -> None:
    page = settings(driver)
    page.voice.activated.emit(2)
    page.device.activated.emit(1)
    page.language.activated.emit(2)
    kept = coach.settings
    assert (kept.voice_id, kept.sound_device, kept.language) == ("amy", "ls", "en-US")
    assert coach.voice.settings.choice.voice == "amy"
    assert coach.voice.settings.choice.language == "en-US"
    assert coach.voice.settings.device == "ls"
    page.voice.activated.emit(0)
    page.language.activated.emit(0)
    assert (coach.settings.voice_id, coach.settings.language) == ("", "system")
    assert page.voice.currentIndex() == 0


def test_a_list_that_is_not_known_yet_says_so_and_fills_by_itself(
    driver: Driver, coach: FakeCoach
) -> None:
    coach.voice.is_starting()
    page = settings(driver)
    unknown = coach.phrases.say("ui.sound.unknown")
    assert items(page.voice) == items(page.device) == [unknown]
    assert page._timer.isActive()
    coach.voice.has_started()
    page._timer.timeout.emit()
    assert items(page.voice)[1:] == ["Liz", "Amy"]
    assert items(page.device)[1:] == ["Loudspeaker"]


def test_what_was_kept_and_is_gone_stays_chosen_and_is_named(
    driver: Driver, coach: FakeCoach
) -> None:
    coach.change_setting("voice_id", "old-voice")
    coach.change_setting("sound_device", "headphones")
    page = settings(driver)
    for field, kept in ((page.voice, "old-voice"), (page.device, "headphones")):
        assert field.currentText() == coach.phrases.say("ui.sound.missing", name=kept)
        assert field.currentData() == kept
    assert coach.settings.voice_id == "old-voice"


def test_what_was_kept_is_not_called_missing_before_it_is_known(
    driver: Driver, coach: FakeCoach
) -> None:
    coach.change_setting("voice_id", "amy")
    coach.voice.is_starting()
    page = settings(driver)
    assert page.voice.currentText() == coach.phrases.say("ui.sound.unknown")
    assert page.voice.currentData() == "amy"
    coach.voice.has_started()
    page.pass_time()
    assert page.voice.currentText() == "Amy"


def test_trying_speaks_with_the_settings_of_now_and_tells_what_came_out(
    driver: Driver, coach: FakeCoach
) -> None:
    page = settings(driver)
    page.voice.activated.emit(2)
    page.trial.voice_button.click()
    assert coach.voice.texts == [coach.sound.sample]
    assert coach.voice.settings.choice.voice == "amy"
    assert "Loudspeaker" in page.trial.came.text()
    coach.voice.has_no_output()
    page.trial.voice_button.click()
    assert coach.phrases.say("sound.no_sound_device") in page.trial.came.text()


def test_trying_waits_for_a_voice_that_is_starting(driver: Driver, coach: FakeCoach) -> None:
    coach.voice.is_starting()
    page = settings(driver)
    page.trial.voice_button.click()
    assert page.trial.came.text() == coach.phrases.say("ui.sound.trying")
    coach.voice.has_started()
    page._timer.timeout.emit()
    assert coach.voice.texts == [coach.sound.sample]
    assert "Loudspeaker" in page.trial.came.text()


def test_the_tones_are_sounded(driver: Driver, coach: FakeCoach) -> None:
    page = settings(driver)
    page.trial.tones_button.click()
    assert len(coach.voice.heard) == 4
    assert not page.trial.came.isVisible()


def test_tick_and_flash_come_together_until_stopped(driver: Driver, coach: FakeCoach) -> None:
    page = settings(driver)
    slow = page._timer.interval()
    page.offset.begin_button.click()
    page.pass_time()
    assert page._timer.interval() < 20 < slow
    coach.clock.pass_ms(1_050)
    page.pass_time()
    assert page.offset.lamp.on
    coach.clock.pass_ms(100)
    page.pass_time()
    assert not page.offset.lamp.on
    assert page.offset.begin_button.text() == coach.phrases.say("ui.sound.offset_stop")
    page.offset.begin_button.click()
    page.pass_time()
    assert not page.offset.runs
    assert page._timer.interval() == slow


def words(page: SettingsPage) -> list[str]:
    QApplication.processEvents()
    return [one.text() for one in page.doctor.findChildren(QLabel) if one.isVisible()]


def test_what_works_and_what_to_install_is_found_out_without_stopping_the_window(
    driver: Driver, coach: FakeCoach
) -> None:
    """The button rests meanwhile; then the doctor's own words stand there."""
    go_on = threading.Event()

    def examine(_doctor: object) -> tuple[Finding, ...]:
        go_on.wait(10)
        return (BROKEN, WORKS)

    coach.sound._examine = examine
    page = settings(driver)
    page.doctor.examine_button.click()
    page.pass_time()
    assert coach.phrases.say("ui.sound.examining") in words(page)
    assert not page.doctor.examine_button.isEnabled()
    go_on.set()
    coach.sound._examining.join(10)
    page._timer.timeout.emit()
    shown = words(page)
    for text in (BROKEN.text, BROKEN.advice, WORKS.text, coach.phrases.say("doctor.trouble")):
        assert text in shown
    assert coach.phrases.say("ui.sound.examining") not in shown
    assert page.doctor.examine_button.isEnabled()
    assert page.doctor.examine_button.text() == coach.phrases.say("ui.sound.examine_again")


def test_looking_again_shows_what_has_changed(driver: Driver, coach: FakeCoach) -> None:
    coach.found = (BROKEN,)
    page = settings(driver)
    for found in ((BROKEN,), (WORKS,)):
        coach.found = found
        page.doctor.examine_button.click()
        coach.sound._examining.join(10)
        page.pass_time()
    assert WORKS.text in words(page)
    assert BROKEN.text not in words(page)


def test_another_page_ends_what_was_tried(driver: Driver, coach: FakeCoach) -> None:
    """Silence, and no timer behind the page in front."""
    page = settings(driver)
    page.offset.begin_button.click()
    hushes = coach.voice.hushes
    driver.window.open_today()
    assert not page._timer.isActive()
    assert not coach.sound.offset.runs
    assert coach.voice.hushes > hushes


@pytest.mark.parametrize("mode", ["voice", "silent"])
def test_tones_that_were_not_chosen_are_told(driver: Driver, coach: FakeCoach, mode: str) -> None:
    coach.change_setting("voice_mode", mode)
    page = settings(driver)
    page.trial.tones_button.click()
    assert (page.trial.came.text() == coach.phrases.say("sound.chosen")) is (mode == "voice")
