"""Deciding recorded sessions again: nothing differs, and what was changed is named."""

import json
from pathlib import Path

import pytest

import reference_sessions
from coach.app.session.replaying import replay
from coach.formats.bad_file import BadFile
from coach.formats.session_log import LogRecord, chained, log_text, read_log
from playing import SHIPPED

LOGS = sorted((SHIPPED.root / reference_sessions.LOGS).glob("*.jsonl"))
BY_NAME = {path.stem: path for path in LOGS}
DECIDED = (
    "check_in",
    "set_begins",
    "reached",
    "set_ends",
    "decision",
    "report_decision",
    "lock",
    "asked_again",
    "closed",
)


def rewritten(path: Path, change: str, index: int, **data: object) -> str:
    """The log with one record's data changed and the chain made good again.

    change: the type of the record; index: which of that type.
    """
    records = read_log(path.read_bytes(), path.name)
    wanted = [record.seq for record in records if record.type == change][index]
    again: list[LogRecord] = []
    for record in records:
        content = {**record.data, **data} if record.seq == wanted else record.data
        before = again[-1] if again else None
        again.append(chained(before, record.type, record.ms, record.wall, content))
    return log_text(again)


def decided(text: str) -> list[tuple[str, int, str]]:
    return [
        (record.type, record.ms, json.dumps(record.data, sort_keys=True))
        for record in read_log(text, "log")
        if record.type in DECIDED
    ]


def test_the_reference_sessions_cover_every_way_a_session_ends() -> None:
    outcomes = {read_log(path.read_bytes(), path.name)[-1].data["outcome"] for path in LOGS}
    assert outcomes == {"completed", "ended", "clinician", "urgent", "emergency", "incomplete"}


@pytest.mark.parametrize("name", BY_NAME)
def test_a_reference_session_is_decided_the_same_again(name: str) -> None:
    path = BY_NAME[name]
    result = replay(SHIPPED, path.read_bytes(), path.name)
    assert result.differences == ()
    records = read_log(path.read_bytes(), path.name)
    assert result.decisions == sum(record.type == "decision" for record in records)


def test_recording_the_reference_sessions_anew_gives_the_same_decisions() -> None:
    anew = reference_sessions.recorded(SHIPPED)
    assert sorted(anew) == sorted(BY_NAME), f"run: {reference_sessions.COMMAND}"
    for name, text in anew.items():
        committed = BY_NAME[name].read_text(encoding="utf-8")
        assert decided(text) == decided(committed), f"{name}; run: {reference_sessions.COMMAND}"


def test_every_decision_names_the_input_that_caused_it() -> None:
    for path in LOGS:
        records = read_log(path.read_bytes(), path.name)
        for record in records:
            if record.type == "decision":
                cause = records[record.data["because"]]
                assert cause.type == "input"
                assert cause.ms == record.ms


def test_every_lock_stands_in_the_log_before_the_session_closes() -> None:
    for path in LOGS:
        types = [record.type for record in read_log(path.read_bytes(), path.name)]
        assert types[0] == "header"
        assert types[-1] == "closed"
        if "lock" in types:
            assert "set_begins" not in types[types.index("lock") :]


@pytest.mark.parametrize(
    ("change", "index", "data", "expected"),
    [
        ("decision", 1, {"action": "HOLD"}, '"action":"HOLD"'),
        ("decision", 3, {"rules": ["SET-02"]}, '"rules":["SET-02"]'),
        ("decision", 1, {"levers": ["ANK"]}, '"levers":["ANK"]'),
        ("set_ends", 0, {"reps_done": 7}, '"reps_done":7'),
        ("closed", 0, {"outcome": "ended"}, '"outcome":"ended"'),
    ],
)
def test_a_changed_outcome_is_named_with_its_line(
    change: str, index: int, data: dict[str, object], expected: str
) -> None:
    """Even when the chain was made good again."""
    text = rewritten(BY_NAME["calm"], change, index, **data)
    (difference,) = replay(SHIPPED, text, "calm").differences
    assert expected in difference.logged
    assert expected not in difference.now
    line = text.splitlines()[difference.line - 1]
    assert expected in line
    assert f"line {difference.line}: the log says" in str(difference)


def test_a_changed_answer_changes_what_follows() -> None:
    answers = {"tingling": 6, "pain": 0, "where": [], "feels": [], "new": []}
    records = read_log(BY_NAME["calm"].read_bytes(), "calm")
    inputs = [record for record in records if record.type == "input"]
    index = next(i for i, record in enumerate(inputs) if record.data["kind"] == "Rated")
    text = rewritten(BY_NAME["calm"], "input", index, answers=answers)
    differences = replay(SHIPPED, text, "calm").differences
    assert "END_EXERCISE" in differences[0].now


@pytest.mark.parametrize("name", BY_NAME)
def test_a_log_that_was_cut_off_is_noticed(name: str) -> None:
    """The chain of what is left holds, so only the missing end tells."""
    records = read_log(BY_NAME[name].read_bytes(), name)
    assert not replay(SHIPPED, log_text(records), name).ends_open
    for length in (1, len(records) // 2, len(records) - 1):
        result = replay(SHIPPED, log_text(records[:length]), name)
        assert result.ends_open
        assert all(difference.logged == "nothing" for difference in result.differences)


def test_a_missing_decision_is_a_difference() -> None:
    records = read_log(BY_NAME["calm"].read_bytes(), "calm")
    lost = next(record.seq for record in records if record.type == "decision")
    again: list[LogRecord] = []
    for record in records:
        if record.seq != lost:
            before = again[-1] if again else None
            again.append(chained(before, record.type, record.ms, record.wall, record.data))
    assert replay(SHIPPED, log_text(again), "calm").differences


@pytest.mark.hazard("H25")
def test_a_log_of_another_rule_table_says_so() -> None:
    assert not replay(SHIPPED, reference_sessions.recorded(SHIPPED)["calm"], "calm").other_rules
    text = rewritten(BY_NAME["calm"], "header", 0, rules_sha256="0" * 64)
    assert replay(SHIPPED, text, "calm").other_rules


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("plan", 3, "log:1: data.plan: must be the plan's text"),
        ("plan", "title = 3\n", "log:1: data.plan_sha256: is not that of the plan in this header"),
        ("questions", "E1", "log:1: data.questions: must be a list of known question ids"),
        ("questions", ["E99"], "log:1: data.questions: must be a list of known question ids"),
        ("questions", [["E1"]], "log:1: data.questions: must be a list of known question ids"),
        ("sore_side", "up", "log:1: data.sore_side: must be left, right or null"),
        ("side", 1, "log:1: data.side: must be left, right or null"),
        ("lead_in_ms", -1, "log:1: data.lead_in_ms: must be a whole number up to 60000"),
        ("lead_in_ms", "15", "log:1: data.lead_in_ms: must be a whole number up to 60000"),
        ("lead_in_ms", True, "log:1: data.lead_in_ms: must be a whole number up to 60000"),
    ],
)
def test_a_header_that_cannot_be_used_is_refused(field: str, value: object, message: str) -> None:
    text = rewritten(BY_NAME["calm"], "header", 0, **{field: value})
    with pytest.raises(BadFile) as bad:
        replay(SHIPPED, text, "log")
    assert str(bad.value).startswith(message)


@pytest.mark.parametrize(
    "data",
    [
        {"kind": "Dance"},
        {"kind": None},
        {"kind": "Replied", "question": "E1", "reply": "perhaps"},
        {"kind": "Replied", "question": ["E1"], "reply": {}},
        {"kind": "BaselineTingling", "rating": "a lot"},
    ],
)
def test_an_input_that_is_none_is_named_with_its_line(data: dict[str, object]) -> None:
    text = rewritten(BY_NAME["calm"], "input", 0, **data)
    with pytest.raises(BadFile, match=r"log:2: data"):
        replay(SHIPPED, text, "log")
