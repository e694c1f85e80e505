"""H23: tingling (extra feeling) and numbness (less feeling) are told apart where they are rated."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from coach.domain.rating import Feel
from coach.engine.control import Rate
from coach.ui.session.feeling_sketch import Feeling, FeelingSketch
from window_driver import Driver

TINGLING, NUMB = "extra feeling", "less feeling"


@pytest.mark.hazard("H23")
def test_both_definitions_stand_with_the_rating_and_are_read_out(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two drawings that differ, the words beside them, and the same words for a screen reader."""
    read: list[str] = []

    def note(_widget: QWidget, text: str) -> None:
        read.append(text)

    monkeypatch.setattr("coach.ui.pages.rating.announce", note)
    driver.press(Qt.Key.Key_Return)
    driver.check_in("0", "0")
    driver.press(Qt.Key.Key_Right)
    driver.wait_for(Rate)
    QApplication.processEvents()

    say = driver.coach.phrases.say
    definitions = [say(f"feel_help.{feeling}") for feeling in Feeling]
    assert TINGLING in definitions[0] and NUMB not in definitions[0]
    assert NUMB in definitions[1] and TINGLING not in definitions[1]
    shown = {one.text() for one in driver.page.findChildren(QLabel) if one.isVisible()}
    assert shown >= set(definitions)
    assert read[-3:] == [say("ask.tingling"), *definitions]
    sketches = [one for one in driver.page.findChildren(FeelingSketch) if one.isVisible()]
    assert [one.accessibleName() for one in sketches] == definitions
    first, second = (one.grab().toImage() for one in sketches)
    assert first != second


@pytest.mark.hazard("H23")
def test_numb_is_offered_as_less_feeling(driver: Driver) -> None:
    """The choice itself says so, and no other choice does."""
    names = {feel: driver.coach.phrases.say(f"feel.{feel}") for feel in Feel}
    assert [feel for feel, name in names.items() if NUMB in name] == [Feel.NUMB]
