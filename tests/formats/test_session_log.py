"""Session logs: what was written is read again, and every change to a line is found."""

import json
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.action import Action, Tier
from coach.domain.pose import Pose
from coach.domain.rating import Feel, News, Place, RestAnswer, SetAnswers
from coach.domain.screening import Lock, Reply
from coach.engine.inputs import (
    Acknowledge,
    BaselinePlaces,
    BaselineTingling,
    Input,
    Rated,
    Replied,
    Report,
    RestReply,
    SomethingWrong,
    Tick,
)
from coach.formats.bad_file import BadFile
from coach.formats.session_log import (
    FORMAT,
    LogRecord,
    canonical,
    chained,
    input_data,
    input_from,
    log_text,
    plain,
    read_log,
    read_verified,
)


def log_of(length: int = 5) -> tuple[LogRecord, ...]:
    records = [chained(None, "header", 0, "2026-06-01T18:30:00+02:00", {"format": FORMAT})]
    for n in range(1, length):
        records.append(chained(records[-1], "input", n * 1000, "", {"kind": "Pause", "n": n}))
    return tuple(records)


def faults(text: str | bytes) -> str:
    with pytest.raises(BadFile) as bad:
        read_log(text, "a.jsonl")
    return str(bad.value)


def test_a_log_is_read_as_it_was_written() -> None:
    records = log_of()
    assert read_log(log_text(records), "a.jsonl") == records
    assert read_log(log_text(records).encode(), "a.jsonl") == records


def test_lines_are_sorted_and_compact() -> None:
    line = log_text(log_of(1)).rstrip("\n")
    assert line == canonical(json.loads(line))
    assert list(json.loads(line)) == ["data", "h", "ms", "seq", "type", "wall"]
    assert ": " not in line


@pytest.mark.hazard("H18")
@pytest.mark.parametrize("number", range(5))
@pytest.mark.parametrize(
    "edit",
    [
        lambda line: {**line, "ms": line["ms"] + 1},
        lambda line: {**line, "wall": "later"},
        lambda line: {
            **line,
            "type": "decision" if line["seq"] else "header",
            "data": {**line["data"], "x": 1},
        },
        lambda line: {**line, "h": "0" * 64},
    ],
    ids=["ms", "wall", "data", "h"],
)
def test_a_changed_line_breaks_the_chain_there(
    number: int, edit: Callable[[dict[str, object]], dict[str, object]]
) -> None:
    lines = log_text(log_of()).splitlines()
    lines[number] = canonical(edit(json.loads(lines[number])))
    assert faults("\n".join(lines) + "\n").startswith(f"a.jsonl:{number + 1}: h: the chain breaks")


@pytest.mark.parametrize("number", range(1, 4))
def test_a_lost_a_doubled_and_a_moved_line_are_named(number: int) -> None:
    lines = log_text(log_of()).splitlines()
    lost = lines[:number] + lines[number + 1 :]
    assert faults("\n".join(lost) + "\n").startswith(f"a.jsonl:{number + 1}: seq: must be")
    doubled = [*lines[: number + 1], *lines[number:]]
    assert faults("\n".join(doubled) + "\n").startswith(f"a.jsonl:{number + 2}: seq: must be")


def test_two_logs_cannot_be_mixed() -> None:
    lines = log_text(log_of()).splitlines()
    other = log_text([chained(None, "header", 0, "another day", {"format": FORMAT})]).splitlines()
    assert faults("\n".join([*other, *lines[1:]]) + "\n").startswith("a.jsonl:2: h: ")


@pytest.mark.hazard("H18")
@pytest.mark.parametrize("cut", range(1, 40, 3))
def test_a_torn_last_line_is_dropped(cut: int) -> None:
    """A crash while writing leaves half a line; everything before it still counts."""
    whole = log_text(log_of())
    assert read_log(whole[:-cut], "a.jsonl") == log_of(4)


def test_time_cannot_go_back() -> None:
    first, second = log_of(2)
    third = chained(second, "input", 500, "", {})
    assert faults(log_text([first, second, third])).startswith("a.jsonl:3: ms: goes back in time")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "a.jsonl:1: file: holds no complete record"),
        ("{}", "a.jsonl:1: file: holds no complete record"),
        ("\n", "a.jsonl:1: line: is not a JSON object"),
        ("{}\n", "a.jsonl:1: seq: must be a whole number"),
        ("[1]\n", "a.jsonl:1: line: is not a JSON object"),
        ("[" * 5000 + "\n", "a.jsonl:1: line: is not a JSON object"),
        ("1" * 5000 + "\n", "a.jsonl:1: line: has a number with too many digits"),
        ("x" * 200_000 + "\n", "a.jsonl:1: line: is too long"),
        (b"\xff\n", "a.jsonl:1: line: is not UTF-8 text"),
        (b"\0\n", "a.jsonl:1: line: is not a JSON object"),
        ("x\n" * 5_000_000, "a.jsonl:1: file: is longer than"),
    ],
    ids=lambda value: str(value)[:12],
)
def test_what_is_no_log_is_refused_with_a_place(text: str | bytes, message: str) -> None:
    assert faults(text).startswith(message)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("seq", "1", "seq: must be a whole number"),
        ("seq", True, "seq: must be a whole number"),
        ("ms", 1.5, "ms: must be a whole number"),
        ("type", None, "type: must be text"),
        ("wall", 3, "wall: must be text"),
        ("data", [], "data: must be an object"),
        ("h", 3, "h: must be text"),
        ("extra", 1, "extra: is not a known key"),
    ],
)
def test_a_record_of_another_shape_is_refused(field: str, value: object, message: str) -> None:
    lines = log_text(log_of()).splitlines()
    lines[2] = canonical({**json.loads(lines[2]), field: value})
    assert faults("\n".join(lines) + "\n") == f"a.jsonl:3: {message}"


@pytest.mark.parametrize(
    ("planted", "message"),
    [
        (rb'"x":"\ud800"', "is no text"),
        (b'"x":' + b"9" * 18, "too many digits"),
        (b'"x":-' + b"9" * 5000, "too many digits"),
        (b'"x":' + b"[" * 900 + b"]" * 900, "chain breaks|nested too deeply|not a JSON object"),
    ],
)
def test_what_no_data_file_can_hold_is_a_fault_of_its_line(planted: bytes, message: str) -> None:
    """Half a character, a number past 64 bits: the log ends before it, as at any damage."""
    lines = log_text(log_of()).encode().split(b"\n")
    lines[3] = lines[3].replace(b'"data":{', b'"data":{' + planted + b",", 1)
    records, fault = read_verified(b"\n".join(lines), "x")
    assert len(records) == 3
    assert fault is not None and fault.line == 4
    assert re.search(message, fault.message)


def test_the_first_record_has_to_be_a_header_of_this_format() -> None:
    for kind, data in (("input", {"format": FORMAT}), ("header", {"format": "other/1"})):
        record = chained(None, kind, 0, "", data)
        assert faults(log_text([record])).startswith("a.jsonl:1: type: the first record must be")


@given(st.binary(max_size=200))
def test_any_bytes_are_a_log_or_a_fault(text: bytes) -> None:
    with pytest.raises(BadFile) as bad:
        read_log(text, "a.jsonl")
    assert all(fault.line >= 1 and fault.message for fault in bad.value.faults)


INPUTS: list[Input] = [
    Tick(5),
    Replied("E1", Reply.NOT_SURE),
    BaselineTingling(3),
    BaselinePlaces(frozenset({Place.CALF, Place.BACK})),
    Rated(SetAnswers(10, 0, frozenset({Place.HEEL}), frozenset({Feel.NUMB}), frozenset()), 7),
    Rated(SetAnswers()),
    RestReply(RestAnswer(1, None, numb=False), 45),
    Report(SetAnswers(new=frozenset({News.DIZZY, News.CHEST_BREATH}))),
    SomethingWrong(),
    Acknowledge(),
]


@pytest.mark.parametrize("given_input", INPUTS, ids=lambda item: type(item).__name__)
def test_an_input_survives_the_log(given_input: Input) -> None:
    assert input_from(json.loads(canonical(input_data(given_input)))) == given_input


@pytest.mark.hazard("H05")
def test_an_unanswered_rating_is_null_in_the_log_and_never_zero() -> None:
    data = canonical(input_data(Rated(SetAnswers())))
    assert '"tingling":null' in data
    assert '"pain":null' in data


@pytest.mark.parametrize(
    "data", [{}, {"kind": "Nap"}, {"kind": "Tick"}, {"kind": "Tick", "elapsed_ms": "soon"}]
)
def test_data_that_is_no_input_is_refused(data: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        input_from(data)


def test_values_become_plain_json() -> None:
    assert plain(Action.EASE1) == "EASE1"
    assert plain(Lock(Tier.URGENT, "U1")) == {"tier": "URGENT", "rule": "U1"}
    assert plain(frozenset({Place.CALF, Place.BACK})) == ["back", "calf"]
    assert plain(Pose(70.0, 60.4)) == {"hip": 70, "knee": 60, "ankle": 0, "trunk": 0, "neck": 0}
    assert plain((None, Reply.NO)) == [None, "no"]
