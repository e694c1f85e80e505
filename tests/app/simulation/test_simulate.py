"""Playing plans on a virtual clock: the table by tingling, missing answers, what is printed."""

import json
import re

import pytest

from coach.app.phrasing import Phrasing
from coach.app.simulation.simulate import Played, as_object, as_table, simulate, simulated_id
from coach.domain.action import Action
from coach.domain.outcome import Outcome
from coach.domain.screening import Reply
from coach.formats.answers_file import Answers, read_answers
from coach.formats.plan_file import read_plan
from coach.formats.questions_file import QUESTION_IDS
from coach.formats.session_log import log_text, read_log
from playing import SHIPPED, plan_text
from reference_sessions import wall

PHRASING = Phrasing(SHIPPED.phrases, "112")
SET_KEYS = {
    "n",
    "exercise",
    "side",
    "level",
    "reps",
    "rest_s",
    "angles",
    "tingling",
    "pain",
    "action",
    "rules",
    "levers",
    "words",
}
FIRST_WEEK = (SHIPPED.plans_folder / "first-week.toml").read_text(encoding="utf-8")
TWO = plan_text('id = "S3", side = "left", level = "B", sets = 3', 'id = "H1", side = "left"')


def answers_of(text: str) -> Answers:
    return read_answers('format = "nerve-coach.answers/1"\n' + text, "answers.toml")


def rated(t0: int, tingling: int, p0: int = 0, pain: int = 0) -> Answers:
    """A calm check-in, one rating for every set, settled in half a minute."""
    return answers_of(
        f'[check_in]\nall = "no"\ntingling = {t0}\npain = {p0}\n'
        f"[[set]]\ntingling = {tingling}\npain = {pain}\nsettled_s = 30\n"
    )


def played(answers: Answers, text: str = FIRST_WEEK) -> Played:
    plan = read_plan(text, "plan.toml", SHIPPED.catalogue)
    return simulate(SHIPPED, plan, text, answers, wall)


def first_action(answers: Answers) -> Action:
    decision = played(answers, TWO).ledger.sets[0].decision
    assert decision is not None
    return decision.action


GO_ON, HOLD, EASE1, EASE2, EXERCISE, SESSION = tuple(Action)[:6]

#: Action by tingling 0-10 for a check-in of 0 to 5 (the result line under clinical.md 9.3).
BY_TINGLING = {
    0: [GO_ON] * 3 + [HOLD, EASE2] + [EXERCISE] * 2 + [SESSION] * 4,
    1: [GO_ON] * 3 + [HOLD, EASE1, EASE2, EXERCISE] + [SESSION] * 4,
    2: [GO_ON] * 3 + [HOLD, EASE1, EASE2, EXERCISE] + [SESSION] * 4,
    3: [GO_ON] * 3 + [HOLD, EASE1, EASE2, EXERCISE] + [SESSION] * 4,
    4: [GO_ON] * 3 + [HOLD, HOLD, EASE2, EXERCISE] + [SESSION] * 4,
    5: [GO_ON] * 3 + [HOLD, HOLD, HOLD, EXERCISE] + [SESSION] * 4,
}


@pytest.mark.parametrize(("t0", "tingling"), [(t0, t) for t0 in BY_TINGLING for t in range(11)])
def test_the_result_by_tingling_and_by_pain(t0: int, tingling: int) -> None:
    expected = BY_TINGLING[t0][tingling]
    assert first_action(rated(t0, tingling)) is expected
    assert first_action(rated(0, 0, t0, tingling)) is expected


@pytest.mark.parametrize(
    ("settled_s", "rule", "action"),
    [
        (0, "REC-01", GO_ON),
        (60, "REC-01", GO_ON),
        (61, "REC-02", EASE1),
        (120, "REC-02", EASE1),
        (121, "REC-03", SESSION),
        (600, "REC-03", SESSION),
        (-1, "REC-04", SESSION),
    ],
)
def test_the_settling_time_of_the_file_is_what_the_rules_see(
    settled_s: int, rule: str, action: Action
) -> None:
    answers = answers_of(
        '[check_in]\nall = "no"\ntingling = 0\npain = 0\n'
        f"[[set]]\ntingling = 2\npain = 0\nsettled_s = {settled_s}\n"
    )
    decision = played(answers).ledger.sets[0].decision
    assert decision is not None
    assert decision.action is action
    assert rule in decision.rules


def test_a_calm_first_week_is_completed() -> None:
    done = played(rated(1, 1))
    assert done.ledger.outcome is Outcome.COMPLETED
    assert len(done.ledger.sets) == 4


def test_the_last_answers_repeat_for_later_sets() -> None:
    text = (
        '[check_in]\nall = "no"\ntingling = 1\npain = 0\n'
        "[[set]]\ntingling = 3\npain = 0\nsettled_s = 5\n"
        "[[set]]\ntingling = 1\npain = 2\nsettled_s = 5\n"
    )
    sets = as_object(played(answers_of(text)), PHRASING)["sets"]
    assert [(s["tingling"], s["pain"]) for s in sets] == [(3, 0), (1, 2), (1, 2), (1, 2)]


@pytest.mark.parametrize(
    ("plan", "answers"),
    [(FIRST_WEEK, rated(1, 1)), (TWO, rated(0, 4)), (TWO, rated(2, 6)), (TWO, Answers())],
)
def test_the_object_has_the_keys_that_were_promised(plan: str, answers: Answers) -> None:
    shown = as_object(played(answers, plan), PHRASING)
    assert set(shown) == {"plan", "outcome", "check_in", "sets", "locks", "seconds"}
    assert set(shown["check_in"]) == {"tier", "rules", "tags"}
    for entry in shown["sets"]:
        assert set(entry) >= SET_KEYS
        assert set(entry["angles"]) == {"hip", "knee", "ankle", "trunk", "neck"}
    assert json.loads(json.dumps(shown)) == shown


def test_a_set_is_what_was_played_so_a_lever_shows_in_the_next_one() -> None:
    first, second, *_ = as_object(played(rated(0, 4), TWO), PHRASING)["sets"]
    assert first["action"] == "EASE2"
    assert first["levers"] == ["RNG", "HIP"]
    assert second["angles"]["knee"] - first["angles"]["knee"] == 15
    assert first["angles"]["hip"] - second["angles"]["hip"] == 10
    assert "RNG" not in second["levers"]


def test_each_set_says_in_words_why() -> None:
    for entry in as_object(played(rated(0, 4), TWO), PHRASING)["sets"]:
        assert entry["words"]
        assert entry["words"][0].isupper()


def test_the_table_has_a_line_for_each_set() -> None:
    done = played(rated(1, 3))
    text = as_table(done, PHRASING)
    assert text.count(" HOLD SET-02") == len(done.ledger.sets)
    assert "min" in text.splitlines()[-1]


@pytest.mark.parametrize("question", QUESTION_IDS)
def test_an_item_left_out_is_unanswered_and_the_session_incomplete(question: str) -> None:
    others = "".join(f'{name} = "no"\n' for name in QUESTION_IDS if name != question)
    answers = answers_of(f"[check_in]\n{others}tingling = 1\npain = 1\n[[set]]\ntingling = 1\n")
    assert answers.check_in.reply(question) is None
    done = played(answers)
    assert done.ledger.outcome is Outcome.INCOMPLETE
    assert done.ledger.sets == ()
    assert f'"{question}"' not in "".join(log_text(done.records).splitlines()[1:])


@pytest.mark.parametrize("missing", ["tingling", "pain"])
def test_a_missing_check_in_rating_is_not_taken_for_zero(missing: str) -> None:
    other = {"tingling": "pain", "pain": "tingling"}[missing]
    answers = answers_of(f'[check_in]\nall = "no"\n{other} = 3\n[[set]]\ntingling = 1\npain = 1\n')
    done = played(answers)
    assert done.ledger.outcome is Outcome.INCOMPLETE
    assert done.ledger.sets == ()
    assert '"rating":0' not in log_text(done.records)


@pytest.mark.hazard("H05")
@pytest.mark.parametrize("missing", ["tingling", "pain", "tingling and pain"])
def test_a_missing_rating_ends_as_incomplete_with_no_zero_anywhere(missing: str) -> None:
    """Everything that was answered is above zero, so a zero could only have been made up."""
    given = "".join(f"{name} = 3\n" for name in ("tingling", "pain") if name not in missing)
    answers = answers_of(f'[check_in]\nall = "no"\ntingling = 1\npain = 1\n[[set]]\n{given}')
    done = played(answers)
    shown = as_object(done, PHRASING)
    assert shown["outcome"] == "incomplete"
    (entry,) = shown["sets"]
    known = {name: None if name in missing else 3 for name in ("tingling", "pain")}
    assert {"tingling": entry["tingling"], "pain": entry["pain"]} == known
    assert entry["action"] is None
    log = log_text(done.records)
    for name in ("tingling", "pain", "rating"):
        assert f'"{name}":0' not in log
    assert "-" in as_table(done, PHRASING)


def test_a_missing_settling_time_is_not_taken_for_settled() -> None:
    answers = answers_of(
        '[check_in]\nall = "no"\ntingling = 0\npain = 0\n[[set]]\ntingling = 4\npain = 0\n'
    )
    done = played(answers)
    assert done.ledger.outcome is Outcome.INCOMPLETE
    assert done.ledger.sets[0].settled is None


def test_no_answers_at_all_are_incomplete() -> None:
    done = played(Answers())
    assert done.ledger.outcome is Outcome.INCOMPLETE
    assert done.seconds == 300


@pytest.mark.parametrize(
    ("reply", "outcome", "lock"),
    [
        (Reply.YES, "emergency", {"tier": "EMERGENCY", "rule": "E2"}),
        (Reply.NOT_SURE, "urgent", {"tier": "URGENT", "rule": "E2"}),
    ],
)
def test_a_stop_sign_at_check_in_plays_nothing(
    reply: Reply, outcome: str, lock: dict[str, str]
) -> None:
    answers = answers_of(f'[check_in]\nall = "no"\nE2 = "{reply}"\ntingling = 1\npain = 1\n')
    shown = as_object(played(answers), PHRASING)
    assert (shown["outcome"], shown["locks"], shown["sets"]) == (outcome, [lock], [])
    assert shown["check_in"]["rules"] == ["E2"]


def test_an_easy_day_plays_the_gentlest_slider_only() -> None:
    shown = as_object(played(rated(4, 2)), PHRASING)
    assert {entry["exercise"] for entry in shown["sets"]} == {"S1"}
    assert shown["check_in"]["rules"] == ["B"]


def test_the_same_answers_give_the_same_log() -> None:
    first, second = played(rated(1, 4), TWO), played(rated(1, 4), TWO)
    assert log_text(first.records) == log_text(second.records)


@pytest.mark.parametrize("plan", sorted(path.stem for path in SHIPPED.plans_folder.glob("*.toml")))
@pytest.mark.parametrize("tingling", range(11))
def test_six_never_goes_on_with_the_exercise_and_seven_never_with_the_session(
    plan: str, tingling: int
) -> None:
    text = (SHIPPED.plans_folder / f"{plan}.toml").read_text(encoding="utf-8")
    sets = played(rated(1, tingling), text).ledger.sets
    if tingling >= 7:
        assert len(sets) == 1
    if tingling >= 6:
        names = [(record.dose.exercise, record.side) for record in sets]
        assert len(names) == len(set(names)) <= 2


def test_simulated_sessions_have_ids_of_their_own_and_always_the_same() -> None:
    """So that logs of made-up sessions can be brought in side by side."""
    calm, other = rated(1, 2), rated(1, 3)
    began = "2026-06-01T18:30:00.000+02:00"
    first = simulated_id(began, FIRST_WEEK, calm)
    assert first == simulated_id(began, FIRST_WEEK, rated(1, 2))
    assert re.fullmatch(r"20260601T183000-[0-9a-f]{8}", first)
    others = {
        simulated_id("2026-06-01T18:30:00.001+02:00", FIRST_WEEK, calm),
        simulated_id(began, TWO, calm),
        simulated_id(began, FIRST_WEEK, other),
    }
    assert len(others | {first}) == 4
    header = played(calm).records[0].data
    assert header["session"] == simulated_id(wall(0), FIRST_WEEK, calm)


def test_every_reference_log_is_of_another_session() -> None:
    logs = sorted((SHIPPED.root / "sessions" / "logs").glob("*.jsonl"))
    ids = {read_log(path.read_bytes(), path.name)[0].data["session"] for path in logs}
    assert len(ids) == len(logs) > 10
