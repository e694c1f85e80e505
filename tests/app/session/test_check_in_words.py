"""What the check-in found is said in whole sentences, whatever was found."""

from dataclasses import replace

import pytest

from coach.app.session.check_in_words import easy_day, found, left_out
from coach.domain.exercise import Tag
from coach.engine.ledger import Ledger
from coach.rules.check_in import Clearance
from playing import SHIPPED

PHRASES = SHIPPED.phrases


@pytest.mark.parametrize("tag", Tag)
def test_every_reason_to_leave_an_exercise_out_has_words(tag: Tag) -> None:
    (said,) = left_out(PHRASES, Ledger(left_out=(("S5", tag),)))
    name = PHRASES.say("S5.name")
    assert said.startswith(f"Left out today: {name} (")
    assert len(said) > len(f"Left out today: {name} (a reason).")


def test_an_easy_day_is_told_and_an_unfinished_check_in_tells_nothing() -> None:
    easy = Ledger(clearance=Clearance(tingling=4, pain=0), left_out=(("S7", Tag.NO_NECK),))
    assert easy_day(PHRASES, easy) == ["Today is an easy day: only the gentlest exercises."]
    assert found(PHRASES, easy)[1:] == [*easy_day(PHRASES, easy), *left_out(PHRASES, easy)]
    assert found(PHRASES, replace(easy, clearance=None)) == []
    assert easy_day(PHRASES, Ledger(clearance=Clearance(tingling=1, pain=0))) == []
