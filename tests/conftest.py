"""The nets under every test: nothing left running, nothing logged unasked, no real home touched.

Qt is looked at only when a test has loaded it, so the core's tests run where there is none.
"""

import gc
import logging
import os
import sys
import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import Phase, settings

# How long one example takes says something about the machine, not about the program; and the
# same program has the same verdict every time it is asked.
settings.register_profile("facts", deadline=None, derandomize=True)
# For a look further than that: other examples every time, and more of them.
settings.register_profile("search", deadline=None, database=None, max_examples=1000)
# For who only asks whether a test fails, and not how: no smaller example is looked for.
settings.register_profile(
    "verdict", deadline=None, database=None, phases=(Phase.explicit, Phase.generate)
)
settings.load_profile(os.environ.get("TEST_PROFILE", "facts"))

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

_homes = count()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Let a test that is marked ``alone`` run while no other process of the same run tests."""
    if not hasattr(item.config, "workerinput") or item.config.cache is None:
        return (yield)
    alone = item.get_closest_marker("alone") is not None
    with _turn(item.config.cache.mkdir("turns"), alone=alone):
        return (yield)


@contextmanager
def _turn(folder: Path, *, alone: bool) -> Iterator[None]:
    """Hold one test's turn: beside others, or alone.

    Who wants to be alone keeps the door while waiting for the room, so nobody else slips in.
    """
    import fcntl  # not on Windows, where make test does not run

    with (folder / "door").open("w") as door, (folder / "room").open("w") as room:
        fcntl.flock(door, fcntl.LOCK_EX)
        fcntl.flock(room, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        fcntl.flock(door, fcntl.LOCK_UN)
        yield


@pytest.fixture(autouse=True)
def _nothing_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a timer, a thread or a window; set up first, so torn down last.

    Looking for timers goes through every object there is, so it is done for tests with an
    application only: no other test can have started one.
    """
    threads_before = set(threading.enumerate())
    yield
    left = _qt_leftovers() if "qapp" in request.fixturenames else []
    left += _thread_leftovers(threads_before)
    if left:
        pytest.fail("left behind: " + "; ".join(left), pytrace=False)


@pytest.fixture(autouse=True)
def _home_of_its_own(
    _nothing_left_behind: None,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Keep a test that forgets --home away from the data of whoever runs it."""
    home = tmp_path_factory.getbasetemp() / f"home-{next(_homes)}"
    monkeypatch.setenv("NERVE_COACH_HOME", str(home))


@pytest.fixture(autouse=True)
def _nothing_logged(
    _nothing_left_behind: None,
    request: pytest.FixtureRequest,
    caplog: pytest.LogCaptureFixture,
) -> Iterator[None]:
    """Fail on a log record at WARNING or above, or on a test that expected one and got none."""
    yield
    loud = [
        f"{record.levelname} {record.name}: {record.getMessage()}"
        for when in ("setup", "call")
        for record in caplog.get_records(when)
        if record.levelno >= logging.WARNING
    ]
    if request.node.get_closest_marker("expects_log") is None:
        if loud:
            pytest.fail("unexpected log: " + "; ".join(loud), pytrace=False)
    elif not loud:
        pytest.fail("expects_log, but nothing was logged", pytrace=False)


def _thread_leftovers(before: set[threading.Thread]) -> list[str]:
    left = []
    for thread in set(threading.enumerate()) - before:
        if thread.name.startswith("Dummy-"):
            continue  # stands for a thread Python did not start; Qt's own are looked at apart
        thread.join(0.2)  # one that is just returning is no leak
        if thread.is_alive():
            left.append(f"thread {thread.name}")
    return left


def _qt_leftovers() -> list[str]:
    core = sys.modules.get("PySide6.QtCore")
    if core is None or core.QCoreApplication.instance() is None:
        return []
    # Objects told to delete themselves are gone as far as the test is concerned.
    core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete)
    running = _running(core)
    if running:
        gc.collect()
        running = _running(core)
    left = []
    for thing in running:
        left.append(f"{type(thing).__name__} {thing.objectName() or repr(thing)}")
        _end(core, thing)
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is not None:
        for window in widgets.QApplication.topLevelWidgets():
            if window.isVisible():
                left.append(f"window {window.windowTitle() or repr(window)}")
                window.hide()
                window.deleteLater()
    return left


def _running(core: ModuleType) -> list[Any]:
    is_valid = sys.modules["shiboken6"].isValid
    # The main thread has a QThread of its own, which always runs.
    main = core.QCoreApplication.instance().thread()
    kinds = (core.QTimer, core.QThread)
    found = [thing for thing in gc.get_objects() if issubclass(type(thing), kinds)]
    return [
        thing
        for thing in found
        if is_valid(thing)
        and (
            thing.isActive()
            if isinstance(thing, core.QTimer)
            else thing != main and thing.isRunning()
        )
    ]


def _end(core: ModuleType, thing: Any) -> None:
    """Stop what was found, so that only the test that left it fails."""
    if isinstance(thing, core.QTimer):
        thing.stop()
    else:
        thing.requestInterruption()
        thing.quit()
        thing.wait(1000)
