"""The nets of conftest.py catch what they are for, and nothing else."""

import subprocess
import sys
import textwrap
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

ROOT = Path(__file__).parents[2]

SUITE = '''
import logging
import os
import sys
import threading
from pathlib import Path

import pytest


def test_bad_timer(qapp):
    """A running timer that something still holds."""
    from PySide6.QtCore import QTimer

    qapp.forgotten = QTimer(objectName="forgotten")
    qapp.forgotten.start(60_000)


def test_bad_qthread(qapp):
    from PySide6.QtCore import QThread

    qapp.worker = QThread(objectName="worker")
    qapp.worker.start()


def test_bad_thread():
    threading.Thread(target=threading.Event().wait, name="stuck", daemon=True).start()


def test_bad_window(qapp):
    from PySide6.QtWidgets import QWidget

    qapp.window = QWidget()
    qapp.window.setWindowTitle("still open")
    qapp.window.show()


def test_bad_log():
    logging.getLogger("coach.anything").warning("not asked for")


def test_bad_qt_message(qapp):
    from PySide6.QtCore import qWarning

    qWarning("Qt is not pleased")


def test_bad_python_warning():
    import warnings

    warnings.warn("old", DeprecationWarning)


@pytest.mark.expects_log
def test_bad_expectation():
    """Nothing is logged although the test says so."""


@pytest.mark.expects_log
def test_good_log():
    logging.getLogger("coach.anything").error("asked for")


def test_good_information():
    logging.getLogger("coach.anything").info("below the net")


def test_good_timer(qapp):
    from PySide6.QtCore import QTimer

    qapp.stopped = QTimer()
    qapp.stopped.start(60_000)
    qapp.stopped.stop()


def test_good_window(qtbot):
    """Closed by qtbot, its timer goes with it."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QWidget

    window = QWidget()
    qtbot.addWidget(window)
    QTimer(window).start(60_000)
    window.show()


def test_good_thread():
    thread = threading.Thread(target=int)
    thread.start()
    thread.join()


def test_good_home():
    assert not Path(os.environ["NERVE_COACH_HOME"]).is_relative_to(Path.home())
'''


@pytest.fixture(name="outcomes", scope="module")
def _outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Each inner test's name with what was said about it, empty when it passed."""
    folder = tmp_path_factory.mktemp("nets")
    (folder / "conftest.py").write_text((ROOT / "tests" / "conftest.py").read_text())
    (folder / "test_inner.py").write_text(textwrap.dedent(SUITE))
    report = folder / "report.xml"
    command = [sys.executable, "-m", "pytest", "-c", str(ROOT / "pyproject.toml")]
    command += [f"--rootdir={folder}", f"--junitxml={report}", "-p", "no:cacheprovider"]
    ran = subprocess.run(
        [*command, str(folder / "test_inner.py")], capture_output=True, text=True, check=False
    )
    assert report.exists(), ran.stdout + ran.stderr
    said: dict[str, str] = {}
    for case in ET.parse(report).iter("testcase"):
        troubles = [*case.iter("failure"), *case.iter("error")]
        name = case.get("name", "")
        said[name] = said.get(name, "") + "".join(
            f"{trouble.get('message')} {trouble.text}" for trouble in troubles
        )
    return said


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("test_bad_timer", "left behind: QTimer forgotten"),
        ("test_bad_qthread", "left behind: QThread worker"),
        ("test_bad_thread", "left behind: thread stuck"),
        ("test_bad_window", "left behind: window still open"),
        ("test_bad_log", "unexpected log: WARNING coach.anything: not asked for"),
        ("test_bad_qt_message", "Qt is not pleased"),
        ("test_bad_python_warning", "DeprecationWarning"),
        ("test_bad_expectation", "expects_log, but nothing was logged"),
    ],
)
def test_a_careless_test_fails_and_says_why(
    outcomes: dict[str, str], name: str, reason: str
) -> None:
    assert reason in outcomes[name]


def test_careful_tests_pass_even_beside_careless_ones(outcomes: dict[str, str]) -> None:
    good = {name: said for name, said in outcomes.items() if name.startswith("test_good_")}

    assert good == dict.fromkeys(good, "")
    assert len(good) == SUITE.count("def test_good_")
