"""H08: the leg that is worked is the leg that is named, spoken and drawn."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from coach.domain.decision import Phrase
from coach.domain.plan import Plan
from coach.domain.side import Side, Sides
from coach.engine.control import LeadIn, Move, Rate
from coach_fake import PLAN, FakeCoach
from window_driver import Driver

OTHER = {Side.LEFT: "right", Side.RIGHT: "left"}


class HeardCoach(FakeCoach):
    """Remembers everything that was put into words."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan)
        self.heard: list[str] = []

    def words(self, phrase: Phrase) -> str:
        self.heard.append(super().words(phrase))
        return self.heard[-1]


@pytest.mark.hazard("H08")
@pytest.mark.parametrize("side", Side)
def test_figure_words_voice_and_record_name_one_leg(
    make_driver: Callable[..., Driver], side: Side
) -> None:
    """All four come from the set itself, and none of them names the other leg."""
    items = tuple(
        item if item.exercise == "W1" else replace(item, sides=Sides(side.value))
        for item in PLAN.items
    )
    coach = HeardCoach(replace(PLAN, items=items))
    coach.change_setting("welcomed", True)
    driver = make_driver(coach)
    driver.press(Qt.Key.Key_Return)
    driver.check_in("0", "0")
    driver.press(Qt.Key.Key_Right)
    driver.wait_for(LeadIn)
    driver.wait_for(Move)
    driver.wait(400)
    QApplication.processEvents()

    spoken = " ".join(coach.heard).lower()
    assert f"{side.value} leg" in spoken
    assert f"{OTHER[side]} leg" not in spoken
    shown = [one.text().lower() for one in driver.page.findChildren(QLabel) if one.isVisible()]
    assert any(f"{side.value} leg" in text for text in shown)
    assert not any(f"{OTHER[side]} leg" in text for text in shown)
    assert driver.page.figure.mirrored is (side is Side.LEFT)
    driver.wait_for(Rate)
    assert driver.session.view().ledger.sets[-1].side is side
