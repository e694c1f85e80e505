"""H13: nobody has to look; the session goes on while the window cannot be seen."""

import pytest
from PySide6.QtCore import Qt

from coach.engine.control import Move, Rate
from coach.ui.main_window import MOVING_MS
from window_driver import Driver


@pytest.mark.hazard("H13")
def test_a_set_is_played_to_its_question_while_the_window_is_out_of_sight(driver: Driver) -> None:
    """Minimised it keeps its pace, its cues and its clock."""
    driver.press(Qt.Key.Key_Return)
    driver.check_in("0", "0")
    driver.press(Qt.Key.Key_Right)
    driver.wait_for(Move)
    driver.window.showMinimized()
    assert driver.window.isMinimized()
    assert driver.window.timer_interval == MOVING_MS
    cues = set()
    while not isinstance(driver.stage, Rate):
        driver.wait(200)
        cues.add(driver.session.caption)
    say = driver.coach.phrases.say
    assert {say("S3.out"), say("S3.back"), say("cue.last_one")} <= cues
    assert driver.session.caption == say("ask.tingling")
