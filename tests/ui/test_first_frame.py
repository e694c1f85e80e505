"""What the first frame may load, and what the window says when the rest cannot be opened."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from coach.app.shipped import Shipped
from coach.app.shipped_place import shipped_root
from coach.store.call_file import CallFile
from coach.store.single_instance import SingleInstance
from coach.ui.frame import SMALLEST, Frame

ROOT = Path(__file__).resolve().parents[2]
SAY = Shipped(shipped_root()).phrases.say

#: Not loaded unless somebody uses what needs them.
NEVER = ("PySide6.QtMultimedia", "numpy", "pydantic", "pyttsx3", "typst", "xlsxwriter")
#: Loaded after the first frame.
LATER = (
    "coach.app.coach_app",
    "coach.body",
    "coach.domain",
    "coach.engine",
    "coach.formats.reading",
    "coach.rules",
    "coach.store.database",
    "coach.ui.main_window",
    "coach.ui.pages",
    "coach.voice.interface",
    "coach.voice.speaker",
    "sqlite3",
    "subprocess",
)
#: Loaded when a session begins, or when their page is opened.
WHEN_OPENED = (
    "coach.body",
    "coach.ui.figure",
    "coach.ui.session.session_pages",
    "coach.ui.pages.settings",
)


def opened(home: Path, *arguments: str) -> tuple[int, list[Any], str]:
    """Status, told lines and standard error of the program in a process of its own."""
    path = os.pathsep.join(map(str, (ROOT, ROOT / "tests" / "support")))
    done = subprocess.run(
        [sys.executable, "-m", "first_frame_process", "--home", str(home), *arguments],
        env={**os.environ, "PYTHONPATH": path, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home where the program ran before and the notice of the first run was read."""
    made = tmp_path_factory.mktemp("home")
    (made / "settings").mkdir()
    (made / "settings" / "settings.toml").write_text("welcomed = true\n", encoding="utf-8")
    status, _, trouble = opened(made)
    assert (status, trouble) == (0, "")
    return made


def loaded(modules: list[str], unwanted: tuple[str, ...]) -> list[str]:
    return [one for one in modules if any(f"{one}.".startswith(f"{name}.") for name in unwanted)]


def test_the_first_frame_and_todays_page_load_only_what_they_need(home: Path) -> None:
    """And what is loaded later is really loaded by then, under these names."""
    status, (painted, filled), trouble = opened(home)
    assert (status, trouble) == (0, "")
    assert loaded(painted, (*NEVER, *LATER, *WHEN_OPENED)) == []
    assert loaded(filled, (*NEVER, *WHEN_OPENED)) == []
    assert set(loaded(filled, LATER)) >= set(LATER) - {
        "coach.body",
        "coach.formats.reading",
    }


def test_a_plan_that_cannot_be_used_is_told_in_the_window_and_on_the_terminal(
    home: Path, tmp_path: Path
) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text("format = 3\n", encoding="utf-8")
    status, (_, words), trouble = opened(home, "--plan", str(plan))
    assert status == 2
    assert f"{plan}:1: format" in trouble
    assert "Traceback" not in trouble
    assert SAY("ui.opening.failed") in words
    assert trouble.strip() in words


def test_a_second_window_on_the_same_home_is_refused_before_there_is_one(home: Path) -> None:
    with SingleInstance(home / "data" / "nerve-coach.lock"):
        status, told, trouble = opened(home)
    assert (status, told) == (2, [])
    assert "already running" in trouble


def test_a_second_start_calls_the_window_that_is_open(home: Path) -> None:
    """Only where nothing else was asked for: another plan or a demonstration is refused."""
    with (
        SingleInstance(home / "data" / "nerve-coach.lock"),
        CallFile(home / "data" / "nerve-coach.call") as file,
    ):
        assert opened(home) == (0, [], "")
        assert file.read_text() != ""
        assert opened(home, "--demo")[0] == 2


def test_a_start_in_the_tray_fills_without_being_painted(home: Path) -> None:
    """Here is no tray, so the window is there, minimised; it is filled in any case."""
    status, told, trouble = opened(home, "--tray")
    assert (status, trouble) == (0, "")
    assert "coach.ui.main_window" in told[-1]


def test_a_damaged_data_file_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "data" / "nerve-coach.db").mkdir(parents=True)
    status, (_, words), trouble = opened(tmp_path)
    assert status == 2
    assert SAY("ui.opening.failed") in words
    assert "Traceback" not in trouble


class Stubborn(QWidget):
    """Agrees to be closed only when told to."""

    agrees = False

    def closeEvent(self, event: QCloseEvent) -> None:
        event.setAccepted(self.agrees)


@pytest.fixture
def make_frame(qtbot: QtBot, tmp_path: Path) -> Callable[[], Frame]:
    def make() -> Frame:
        frame = Frame(SAY, tmp_path / "window-place")
        qtbot.addWidget(frame)
        with qtbot.waitExposed(frame):
            frame.show()
        return frame

    return make


def test_a_frame_shows_its_name_and_waits(make_frame: Callable[[], Frame]) -> None:
    frame = make_frame()
    words = [one.text() for one in frame.findChildren(QLabel)]
    assert words == [SAY("ui.header.name"), SAY("ui.today.title"), SAY("ui.opening.wait")]
    assert frame.held is None


def test_what_a_frame_holds_decides_whether_it_closes(make_frame: Callable[[], Frame]) -> None:
    frame = make_frame()
    content = Stubborn()
    frame.hold(content)
    assert not frame.close()
    content.agrees = True
    assert frame.close()


def test_a_frame_opens_where_it_was_closed(make_frame: Callable[[], Frame], tmp_path: Path) -> None:
    """Only its owner may read where that was; a damaged note of it is as none."""
    first = make_frame()
    first.resize(SMALLEST + QSize(0, 50))
    first.close()
    file = tmp_path / "window-place"
    if sys.platform != "win32":
        assert file.stat().st_mode & 0o777 == 0o600
    assert make_frame().size() == SMALLEST + QSize(0, 50)
    file.write_bytes(b"nowhere")
    assert make_frame().isVisible()


def test_a_frame_tells_why_it_stays_empty(make_frame: Callable[[], Frame]) -> None:
    """In words that can be copied, and a button that the next Enter presses."""
    frame = make_frame()
    frame.tell("a.toml:1: title: is missing")
    assert "a.toml:1: title: is missing" in [one.text() for one in frame.findChildren(QLabel)]
    (close,) = frame.findChildren(QPushButton)
    assert frame.focusWidget() is close
    close.click()
    assert not frame.isVisible()
    assert QApplication.activeModalWidget() is None
