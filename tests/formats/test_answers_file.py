"""Answers and life files: what was left out stays unanswered."""

from datetime import time

import pytest

from coach.domain.past import Morning
from coach.domain.rating import Feel, News, Place, RestAnswer, SetAnswers
from coach.domain.screening import Reply
from coach.domain.side import Side
from coach.formats.answers_file import CheckIn, SetScript, read_answers
from coach.formats.bad_file import BadFile
from coach.formats.life_file import Unlock, read_life

ANSWERS = """format = "nerve-coach.answers/1"
[check_in]
all = "no"
E1 = "not sure"
tingling = 1
pain = 0
where = ["thigh"]
sore_side = "left"
[[set]]
tingling = 2
pain = 1
settled_s = -1
where = ["thigh", "calf"]
feels = ["pull"]
new = ["dizzy"]
[[set]]
pain = 9
pain_2min = 8
"""

LIFE = """format = "nerve-coach.life/1"
[[day]]
day = 0
time = "18:30"
check_in = { all = "no", tingling = 1, pain = 0 }
set = [{ tingling = 2, pain = 1, settled_s = 30 }]
ten_minutes = { tingling = 1 }
morning = { tingling = 1, pain = 0, woken = false }
[[day]]
day = 0
time = "22:30"
unlock = { who = "GP", cleared = true }
"""


def test_good_answers_become_values() -> None:
    answers = read_answers(ANSWERS, "a.toml")
    assert answers.check_in == CheckIn(
        Reply.NO, (("E1", Reply.NOT_SURE),), 1, 0, frozenset({Place.THIGH}), Side.LEFT
    )
    first = SetAnswers(
        2,
        1,
        frozenset({Place.THIGH, Place.CALF}),
        frozenset({Feel.PULL}),
        frozenset({News.DIZZY}),
    )
    assert answers.sets == (SetScript(first, -1), SetScript(SetAnswers(None, 9), None, 8))


def test_what_is_left_out_is_unanswered_and_never_zero_or_no() -> None:
    answers = read_answers('format = "nerve-coach.answers/1"\n[[set]]\n', "a.toml")
    assert answers.check_in.reply("E1") is None
    assert answers.check_in.tingling is None
    assert answers.check_in.pain is None
    assert answers.sets == (SetScript(SetAnswers()),)
    assert answers.sets[0].answers.tingling is None
    assert answers.sets[0].settled_s is None


def test_a_reply_of_its_own_wins_over_the_reply_to_all() -> None:
    check_in = read_answers(ANSWERS, "a.toml").check_in
    assert check_in.reply("E1") is Reply.NOT_SURE
    assert check_in.reply("E2") is Reply.NO


def test_a_good_life_becomes_values() -> None:
    first, second = read_life(LIFE, "l.toml").days
    assert (first.day, first.time) == (0, time(18, 30))
    assert first.ten_minutes == RestAnswer(1)
    assert first.morning == Morning(1, 0, woken=False)
    assert first.answers.sets == (SetScript(SetAnswers(2, 1), 30),)
    assert second.unlock == Unlock("GP", cleared=True)
    assert second.morning is None
    assert second.ten_minutes is None


BROKEN_ANSWERS = [
    ("answers/1", "answer/1", 1, "format"),
    ("[check_in]", "[checkin]", 2, "checkin"),
    ('all = "no"', 'all = "never"', 3, "check_in.all"),
    ('all = "no"', "all = false", 3, "check_in.all"),
    ("E1 =", "E11 =", 4, "check_in.E11"),
    ("E1 =", "e1 =", 4, "check_in.e1"),
    ("E1 =", "tingle =", 4, "check_in.tingle"),
    ('"not sure"', '"maybe"', 4, "check_in.E1"),
    ('"not sure"', "1", 4, "check_in.E1"),
    ("tingling = 1", "tingling = 11", 5, "check_in.tingling"),
    ("tingling = 1", "tingling = -1", 5, "check_in.tingling"),
    ("tingling = 1", "tingling = 1.5", 5, "check_in.tingling"),
    ("tingling = 1", "tingling = true", 5, "check_in.tingling"),
    ("tingling = 1", 'tingling = ""', 5, "check_in.tingling"),
    ("pain = 0", "pain = nan", 6, "check_in.pain"),
    ('where = ["thigh"]', 'where = "thigh"', 7, "check_in.where"),
    ('where = ["thigh"]', 'where = ["knee"]', 7, "check_in.where.1"),
    ('"left"', '"both"', 8, "check_in.sore_side"),
    ("[[set]]\ntingling", "[set]\ntingling", 16, "file"),
    ("[[set]]\ntingling", "[[sets]]\ntingling", 9, "sets"),
    ("tingling = 2", "tingling = 99999999999999999999999", 10, "set.1.tingling"),
    ("settled_s = -1", "settled_s = -2", 12, "set.1.settled_s"),
    ("settled_s = -1", "settled_s = 601", 12, "set.1.settled_s"),
    ("settled_s = -1", "settle_s = 30", 12, "set.1.settle_s"),
    ('"calf"', '"shin"', 13, "set.1.where.2"),
    ('"calf"', "4", 13, "set.1.where.2"),
    ('"pull"', '"hurts"', 14, "set.1.feels.1"),
    ('["dizzy"]', '["dizzy", "tired"]', 15, "set.1.new.2"),
    ('["dizzy"]', "[[]]", 15, "set.1.new.1"),
    ("pain = 9", "pain = 2027-01-01", 17, "set.2.pain"),
    ("pain_2min = 8", "pain_2min = 12", 18, "set.2.pain_2min"),
]

BROKEN_LIFE = [
    ("life/1", "life/0", 1, "format"),
    ("[[day]]\nday = 0\n", "[[day]]\nday = -1\n", 3, "day.1.day"),
    ("[[day]]\nday = 0\n", "[[day]]\n", 2, "day.1.day"),
    ('"18:30"', '"24:30"', 4, "day.1.time"),
    ('"18:30"', '"6:30"', 4, "day.1.time"),
    ('"18:30"', "18:30:00", 4, "day.1.time"),
    ("pain = 0 }", "pain = 0, E99 = 'no' }", 5, "day.1.check_in.E99"),
    ("settled_s = 30", "settled_s = 30.5", 6, "day.1.set.1.settled_s"),
    ("ten_minutes = { tingling = 1 }", "ten_minutes = 1", 7, "day.1.ten_minutes"),
    ("woken = false", 'woken = "no"', 8, "day.1.morning.woken"),
    ('"22:30"', '"18:30"', 10, "day.2.day"),
    ('who = "GP", ', "", 12, "day.2.unlock.who"),
    ("cleared = true", "cleared = 1", 12, "day.2.unlock.cleared"),
]


@pytest.mark.parametrize(("old", "new", "line", "field"), BROKEN_ANSWERS)
def test_broken_answers_name_line_and_field(old: str, new: str, line: int, field: str) -> None:
    assert old in ANSWERS
    with pytest.raises(BadFile) as caught:
        read_answers(ANSWERS.replace(old, new, 1), "a.toml")
    assert [(fault.line, fault.field) for fault in caught.value.faults] == [(line, field)]


@pytest.mark.parametrize(("old", "new", "line", "field"), BROKEN_LIFE)
def test_a_broken_life_names_line_and_field(old: str, new: str, line: int, field: str) -> None:
    assert old in LIFE
    with pytest.raises(BadFile) as caught:
        read_life(LIFE.replace(old, new, 1), "l.toml")
    assert [(fault.line, fault.field) for fault in caught.value.faults] == [(line, field)]
