"""What the desktop tells about being disturbed, and the mark in its tray."""

import ctypes
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from coach.ui.desktop import disturbs
from coach.ui.mark import program_mark
from coach.ui.tokens import THEMES, ThemeName, contrast


@pytest.mark.parametrize("platform", ["linux", "win32", "darwin", "plan9"])
def test_where_nobody_tells_somebody_may_be_disturbed(
    platform: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qtbot: QtBot
) -> None:
    """No session bus, no Windows: not knowing keeps no reminder away."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/nothing")
    assert not disturbs(platform)


@pytest.mark.parametrize(
    ("state", "failed", "quiet"),
    [(5, 0, False), (2, 0, True), (3, 0, True), (4, 0, True), (6, 0, True), (2, 1, False)],
)
def test_windows_says_whether_it_would_show_a_notification(
    state: int, failed: int, quiet: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stand-in for SHQueryUserNotificationState: 5 accepts them; a failed call says nothing."""

    def answer(place: object) -> int:
        ctypes.cast(place, ctypes.POINTER(ctypes.c_int))[0] = state  # type: ignore[arg-type]
        return failed

    shell = SimpleNamespace(SHQueryUserNotificationState=answer)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(shell32=shell), raising=False)
    assert disturbs("win32") == quiet


def test_the_mark_can_be_seen_in_every_size_a_tray_has(qtbot: QtBot) -> None:
    """Its line stands out from its ground, which fills the corners of no square."""
    light = THEMES[ThemeName.LIGHT]
    assert contrast(light.on_accent, light.accent) >= 4.5
    for size in (16, 22, 24, 32, 48, 64):
        image = program_mark().pixmap(QSize(size, size)).toImage()
        assert image.pixelColor(0, 0).alpha() == 0
        colours = {image.pixel(x, y) for x in range(size) for y in range(size)}
        assert QColor(light.accent).rgba() in colours
        assert QColor(light.on_accent).rgba() in colours
