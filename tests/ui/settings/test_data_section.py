"""The owner's data in the settings: what cannot be undone is asked for twice, and then is done."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget

from coach.formats.bad_file import FileFault
from coach.ui.in_view import area_of
from coach.ui.pages.settings import SettingsPage
from coach.ui.settings.data_section import DataSection
from coach_fake import FakeCoach
from window_driver import Driver


@pytest.fixture
def ended() -> list[str]:
    return []


@pytest.fixture
def section(driver: Driver, ended: list[str]) -> Iterator[DataSection]:
    driver.window.open_settings()
    page = driver.page
    assert isinstance(page, SettingsPage)
    shown = page.data
    shown._end = lambda: ended.append("ended")
    shown._choose = lambda _parent, _headline, _kinds: ["a.zip"]
    yield shown
    shown._timer.stop()
    if shown.over is not None:
        shown.over.close()
        shown.over.deleteLater()


def pressed(section: DataSection, text: str) -> None:
    (found,) = [
        one for one in section.findChildren(QPushButton) if one.text() == text and one.isVisible()
    ]
    found.click()


def settle(section: DataSection) -> None:
    """Let an import come to its end."""
    for _ in range(50):
        QApplication.processEvents()
    assert not section._timer.isActive()


def test_it_says_where_the_data_are_and_when_they_were_last_copied(section: DataSection) -> None:
    assert "nerve-coach" in section.folder.text()
    assert "Last copy: today" in section.state.text()
    assert section.copies.count() == 3


def test_a_copy_is_made_at_once_and_named(section: DataSection, coach: FakeCoach) -> None:
    section.back_up_button.click()
    assert coach.care.done == ["back up"]
    assert "2025-11-20.db" in section.copy_answer.text()
    coach.care.trouble = "/data: the disk is full"
    section.back_up_button.click()
    assert section.copy_answer.text() == "/data: the disk is full"


def test_going_back_is_asked_for_once_more_and_ends_the_program(
    section: DataSection, coach: FakeCoach, ended: list[str]
) -> None:
    section.copies.setCurrentIndex(1)
    section.restore_button.click()
    assert coach.care.done == []
    assert section.sure.isVisible()
    pressed(section, "Cancel")
    assert not section.sure.isVisible() and coach.care.done == []
    section.restore_button.click()
    pressed(section, "Go back and close")
    assert coach.care.done == ["restore 19 November 2025"]
    assert section.over is not None and section.over.isModal() and ended == []
    section.over.reject()
    assert ended == ["ended"]


def test_a_damaged_copy_changes_nothing(
    section: DataSection, coach: FakeCoach, ended: list[str]
) -> None:
    coach.care.trouble = "this backup is damaged; choose another"
    section.restore_button.click()
    pressed(section, "Go back and close")
    assert "choose another" in section.copy_answer.text()
    assert section.over is None and ended == []


def test_files_are_brought_in_step_by_step(section: DataSection, coach: FakeCoach) -> None:
    section.import_button.click()
    section._next()
    assert section.progress.text() == "0 of 3 logs"
    assert not section.import_button.isEnabled()
    settle(section)
    assert section.told.text() == "a.zip: 3 new"
    assert section.told.property("tone") == "good"
    assert section.import_button.isEnabled() and not section.cancel_button.isVisible()


def test_what_was_left_out_is_not_shown_as_good(section: DataSection, coach: FakeCoach) -> None:
    coach.care.faults = [FileFault("a", 1, "line", "is too long")]
    section.import_button.click()
    settle(section)
    assert section.told.property("tone") == "warn"
    coach.care.trouble = "/data: the disk is full"
    section.import_button.click()
    settle(section)
    assert section.told.text() == "/data: the disk is full"


def test_an_import_can_be_stopped(section: DataSection, coach: FakeCoach) -> None:
    section.import_button.click()
    section._next()
    section.cancel_button.click()
    assert coach.care.done == ["brought in"]
    assert "Stopped" in section.told.text()
    assert section.import_button.isEnabled()


def test_own_sessions_are_said_to_be_only_while_there_are_none_here(
    section: DataSection, coach: FakeCoach
) -> None:
    section.own.click()
    section.import_button.click()
    coach.care.may_be_own = False
    settle(section)
    assert coach.care.done == ["brought in own"]
    assert not section.own.isVisible()
    section.import_button.click()
    settle(section)
    assert coach.care.done[-1] == "brought in"


def test_choosing_no_file_changes_nothing(section: DataSection, coach: FakeCoach) -> None:
    section._choose = lambda _parent, _headline, _kinds: []
    section.import_button.click()
    assert coach.care.done == [] and not section._timer.isActive()


def test_everything_is_deleted_only_when_its_words_are_typed(
    section: DataSection, coach: FakeCoach, ended: list[str]
) -> None:
    """And a stop that stands is spoken of before."""
    coach.care.stopped = True
    section.delete_button.click()
    assert "A stop stands" in section.warnings.text()
    assert not section.delete_now.isEnabled()
    QTest.keyClicks(section.typed, "delete")
    assert not section.delete_now.isEnabled() and section.delete_answer.text() == ""
    QTest.keyClick(section.typed, Qt.Key.Key_Return)
    assert coach.care.done == [] and "Nothing was deleted" in section.delete_answer.text()
    section.typed.clear()
    assert section.delete_answer.text() == ""
    QTest.keyClicks(section.typed, "delete everything")
    assert section.typed.text() == "delete everything"
    QTest.keyClick(section.typed, Qt.Key.Key_Return)
    assert coach.care.done == []
    pressed(section, "Delete now")
    assert coach.care.done == ["delete"]
    assert section.over is not None
    section.over.accept()
    assert ended == ["ended"]


def openers(section: DataSection) -> list[tuple[QPushButton, QWidget]]:
    part = section.encryption
    return [
        (section.restore_button, section.sure),
        (part.begin_button, part.first),
        (section.delete_button, section.confirm),
    ]


def test_what_opens_is_seen_whole(section: DataSection) -> None:
    area = area_of(section)
    assert area is not None
    for opener, panel in openers(section):
        area.ensureWidgetVisible(opener)
        QApplication.processEvents()
        opener.click()
        QApplication.processEvents()
        top = panel.mapTo(area.viewport(), QPoint()).y()
        assert top >= 0, opener.text()
        assert top + panel.height() <= area.viewport().height(), opener.text()
        section.cancel_panel()


def test_esc_closes_what_is_asked_first_and_leaves_then(
    driver: Driver, section: DataSection
) -> None:
    for opener, panel in openers(section):
        opener.setFocus()
        opener.click()
        driver.press(Qt.Key.Key_Escape)
        assert not panel.isVisible() and driver.window.page_name == "settings"
        assert opener.hasFocus()
    driver.press(Qt.Key.Key_Escape)
    assert driver.window.page_name != "settings"


def test_no_question_waits_from_an_earlier_visit(driver: Driver, section: DataSection) -> None:
    for opener, panel in openers(section):
        opener.click()
        driver.window.open_today()
        driver.window.open_settings()
        assert not panel.isVisible()
        assert not opener.hasFocus()


def test_cancel_gives_the_focus_back_to_what_opened_it(section: DataSection) -> None:
    for opener, panel in openers(section):
        opener.setFocus()
        opener.click()
        (cancel,) = [b for b in panel.findChildren(QPushButton) if b.text() == "Cancel"]
        cancel.setFocus()
        cancel.click()
        assert opener.hasFocus()


def test_while_files_are_brought_in_the_focus_is_on_what_stops_it(section: DataSection) -> None:
    section.import_button.setFocus()
    section.import_button.click()
    assert section.cancel_button.hasFocus()
    settle(section)
    assert section.import_button.hasFocus()


def test_encryption_is_turned_on_once_the_code_was_typed_back(
    section: DataSection, coach: FakeCoach, ended: list[str]
) -> None:
    part = section.encryption
    part.begin_button.click()
    assert part.first.isVisible() and not part.passphrase.isVisible()
    assert "recovery code" in part.to_know.text()
    pressed(section, "Show the recovery code")
    shown = [one.text() for one in part.second.findChildren(QLabel)]
    assert [text for text in shown if text.startswith("AB")] == [f"AB{n:02}" for n in range(1, 15)]
    assert [one.accessibleName() for one in part.groups] == ["Group 2", "Group 5", "Group 9"]
    for field, text in zip(part.groups, ("ab02", "ab05", "ab09"), strict=True):
        QTest.keyClicks(field, text)
    pressed(section, "Encrypt now and close")
    assert coach.care.done == ["told", "begun", "on ab02 ab05 ab09"]
    assert coach.care.encrypting.passphrases == [None, None]
    assert section.over is not None and section.over.isVisible()
    assert not part.second.isVisible() and part.code.count() == 0
    section.over.accept()
    assert ended == ["ended"]


def test_without_a_keyring_a_passphrase_is_typed_twice(
    section: DataSection, coach: FakeCoach
) -> None:
    coach.care.encrypting.wanted = "This system has no keyring."
    part = section.encryption
    part.begin_button.click()
    for field in (part.passphrase, part.again):
        assert field.isVisible() and field.echoMode() is QLineEdit.EchoMode.Password
        QTest.keyClicks(field, "correct horse")
    pressed(section, "Show the recovery code")
    assert coach.care.encrypting.passphrases == ["correct horse", "correct horse"]
    pressed(section, "Cancel")
    assert coach.care.done[-1] == "given up"
    assert not part.second.isVisible() and part.passphrase.text() == ""


def test_what_cannot_be_encrypted_is_told_and_nothing_closes(
    section: DataSection, coach: FakeCoach
) -> None:
    part = section.encryption
    coach.care.trouble = "Encryption needs two libraries"
    part.begin_button.click()
    assert not part.first.isVisible() and "two libraries" in part.trouble.text()
    coach.care.trouble = ""
    part.begin_button.click()
    assert not part.trouble.isVisible()
    pressed(section, "Show the recovery code")
    coach.care.trouble = "Group 5 is another one."
    pressed(section, "Encrypt now and close")
    assert part.second.isVisible() and part.trouble.isVisible() and section.over is None


def test_encryption_is_turned_off_after_asking_once_more(
    section: DataSection, coach: FakeCoach
) -> None:
    coach.care.encrypting.on = True
    section.show_now()
    part = section.encryption
    assert not part.begin_button.isVisible()
    part.off_button.click()
    assert coach.care.done == []
    pressed(section, "Decrypt and close")
    assert coach.care.done == ["off"]
    assert section.over is not None
