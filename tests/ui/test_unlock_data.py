"""The page that asks for what opens encrypted data, and the start around it."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from coach.app.shipped import Shipped
from coach.app.shipped_place import shipped_root
from coach.store.errors import KnownError
from coach.store.opener import LockedError
from coach.ui.frame import Frame
from coach.ui.unlock_data import UnlockData

SAY = Shipped(shipped_root()).phrases.say


class Door:
    """Opens with the word sesame."""

    def __init__(self) -> None:
        self.opened = 0

    def unlock(self, typed: str) -> None:
        if typed != "sesame":
            raise KnownError("This is not the passphrase. Nothing was changed.")

    def go_on(self) -> None:
        self.opened += 1


@pytest.fixture
def door() -> Door:
    return Door()


@pytest.fixture
def page(qtbot: QtBot, door: Door, tmp_path: Path) -> Iterator[UnlockData]:
    frame = Frame(SAY, tmp_path / "place")
    qtbot.addWidget(frame)
    shown = UnlockData(SAY, door.unlock, door.go_on, by_passphrase=True)
    frame.ask(shown)
    frame.show()
    yield shown
    frame.close()


def test_the_right_word_opens(page: UnlockData, door: Door, qtbot: QtBot) -> None:
    assert page.typed.accessibleName() == "Passphrase or recovery code"
    qtbot.keyClicks(page.typed, "sesame\r")
    assert door.opened == 1 and not page.trouble.isVisible()


def test_the_wrong_word_is_told_and_can_be_mended(
    page: UnlockData, door: Door, qtbot: QtBot
) -> None:
    page.open_button.click()
    assert not page.trouble.isVisible()
    qtbot.keyClicks(page.typed, "rosemary")
    page.open_button.click()
    assert "Nothing was changed" in page.trouble.text() and page.trouble.isVisible()
    assert door.opened == 0 and page.typed.selectedText() != ""
    qtbot.keyClicks(page.typed, "sesame")
    assert not page.trouble.isVisible()
    page.open_button.click()
    assert door.opened == 1


def test_what_is_typed_is_shown_only_when_asked_for(page: UnlockData) -> None:
    assert page.typed.echoMode() is QLineEdit.EchoMode.Password
    page.show_box.click()
    assert page.typed.echoMode() is QLineEdit.EchoMode.Normal


def test_without_a_keyring_entry_only_the_code_is_asked_for(qtbot: QtBot, door: Door) -> None:
    page = UnlockData(SAY, door.unlock, door.go_on, by_passphrase=False)
    qtbot.addWidget(page)
    assert page.typed.accessibleName() == "Recovery code"


def test_the_start_asks_and_then_goes_on(
    qtbot: QtBot, door: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What opens the coach is called again once it was unlocked."""
    from PySide6.QtWidgets import QApplication

    from coach.store.settings import Settings
    from coach.ui.app import Look, _Filling
    from coach.ui.theme import Choice, Wardrobe

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    frame = Frame(SAY, tmp_path / "place")
    qtbot.addWidget(frame)
    tried: list[bool] = []

    def open_coach() -> object:
        tried.append(bool(door.opened))
        if not unlocked:
            raise LockedError("locked", by_passphrase=True)
        raise KnownError("far enough")

    unlocked: list[str] = []

    def unlock(typed: str) -> None:
        door.unlock(typed)
        unlocked.append(typed)

    look = Look(Shipped(shipped_root()).phrases, Settings(), tmp_path / "place")
    filling = _Filling(
        frame,
        Wardrobe(app, Choice("light"), 1.0),
        open_coach,  # type: ignore[arg-type]
        unlock,
        look,
    )
    frame.show()
    qtbot.waitUntil(lambda: frame.findChild(UnlockData) is not None)
    page = frame.findChild(UnlockData)
    assert page is not None and tried == [False] and not filling.failed
    monkeypatch.setattr(sys, "stderr", None)
    qtbot.keyClicks(page.typed, "sesame")
    page.open_button.click()
    qtbot.waitUntil(lambda: filling.failed)
    assert len(tried) == 2
    filling.close()
    frame.close()
