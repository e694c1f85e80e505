"""Drives a window by keys on a clock that only the test moves."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from coach.engine.control import (
    CheckIn,
    LeadIn,
    Move,
    Paused,
    Rate,
    Recover,
    Rest,
    RestPosition,
    Settle,
    Stage,
    SwitchSides,
    TenMinutes,
    WarmUp,
)
from coach.ui.desktop import Desktop
from coach.ui.main_window import MainWindow
from coach.ui.page import Page
from coach.ui.session.rating_row import CHANGE_MS
from coach.ui.theme import Choice, Wardrobe
from coach.ui.wake_lock import WakeLock
from coach_fake import FakeCoach, FakeSession


class FakeKeeper:
    """Counts how often the screen was kept awake and let go."""

    name = "fake"

    def __init__(self) -> None:
        self.held = 0
        self.released = 0

    def hold(self) -> bool:
        self.held += 1
        return True

    def release(self) -> None:
        self.released += 1


class Driver:
    """Drives a window by keys, as a person would, and moves its clock."""

    def __init__(
        self,
        qtbot: QtBot,
        coach: FakeCoach,
        *,
        scale: float = 1.0,
        desktop: Desktop | None = None,
    ) -> None:
        self.coach = coach
        self.keeper = FakeKeeper()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self.wardrobe = Wardrobe(app, Choice.LIGHT, scale)
        self.window = MainWindow(coach, self.wardrobe, WakeLock((self.keeper,)), desktop)
        self.window.resize(1280, 800)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()

    @property
    def page(self) -> Page:
        return self.window.page

    @property
    def session(self) -> FakeSession:
        return self.coach.sessions[-1]

    @property
    def stage(self) -> Stage:
        return self.session.view().stage

    def press(self, *keys: Qt.Key | str) -> None:
        """Press keys one after another on whatever has the focus, else on the window."""
        for key in keys:
            QApplication.processEvents()
            target: QWidget = QApplication.focusWidget() or self.window
            QTest.keyClick(target, key)

    def wait(self, ms: int) -> None:
        """Let session time pass, in steps as short as the window's own."""
        while ms > 0:
            step = min(ms, 200)
            self.session.now_ms += step
            self.window.tick()
            ms -= step

    def wait_for(self, *kinds: type) -> None:
        """Let session time pass until a stage of that kind; fails after half an hour."""
        for _ in range(9_000):
            if isinstance(self.stage, kinds):
                return
            self.wait(200)
        pytest.fail(f"never came to {kinds}, stands at {self.stage}")

    def check_in(self, *ratings: str) -> None:
        """Answer every question with no, then the ratings by their keys."""
        while self.session.view().question != "T0":
            self.press("n")
        for rating in ratings:
            self.press(rating)
            self.wait(200)
            self.press(Qt.Key.Key_Right)

    def close(self) -> None:
        """The first attempt may ask; the second closes."""
        self.window.close()
        self.window.close()
        self.window.deleteLater()
        self.wardrobe.deleteLater()


def rate_set(driver: Driver, tingling: str, pain: str) -> None:
    """Both ratings and nothing new."""
    for key in (tingling, pain):
        driver.press(key)
        driver.wait(200)
        driver.press(Qt.Key.Key_Right)
    driver.press("n")


def play_to(driver: Driver, *kinds: type) -> None:
    """From Today to a stage of the first exercise."""
    driver.press(Qt.Key.Key_Return)
    driver.check_in("0", "0")
    driver.wait_for(*kinds)


def reach(driver: Driver, stage: type) -> None:
    """Any stage of a session, from its warm-up."""
    if stage is WarmUp:
        return
    driver.press(Qt.Key.Key_Right)
    if stage in (LeadIn, Move):
        driver.wait_for(stage)
        return
    if stage is Paused:
        driver.wait_for(Move)
        driver.press(Qt.Key.Key_Space)
        return
    while True:
        driver.wait_for(Rate)
        if stage is Rate:
            return
        if stage is TenMinutes:
            end_with_strong_tingling(driver)
            return
        rate_set(driver, "1", "0")
        if stage is Rest:
            return
        if stage is Recover:
            driver.press("0", Qt.Key.Key_Right)
            driver.wait(200)
            return
        driver.wait_for(Settle)
        if stage is Settle:
            return
        driver.press("0")
        driver.wait(CHANGE_MS + 400)
        driver.wait_for(LeadIn, SwitchSides, RestPosition)
        if isinstance(driver.stage, stage):
            return


def end_with_strong_tingling(driver: Driver) -> None:
    """Tingling 7 ends the session; ten minutes later it is asked once more."""
    for key in ("7", "0"):
        driver.press(key)
        driver.wait(200)
        driver.press(Qt.Key.Key_Right)
    driver.press(Qt.Key.Key_Return, Qt.Key.Key_Return, "n")  # nowhere in particular
    while not isinstance(driver.stage, TenMinutes):
        driver.wait_for(Settle, TenMinutes)
        if isinstance(driver.stage, Settle):
            driver.press("0")
            driver.wait(CHANGE_MS + 400)


def arrive(driver: Driver, stage: type) -> None:
    """Any stage of a session, from Today."""
    if stage is CheckIn:
        driver.press(Qt.Key.Key_Return)
        return
    play_to(driver, WarmUp)
    reach(driver, stage)
