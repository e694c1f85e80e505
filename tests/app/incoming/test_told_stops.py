"""A stop is read from any line of a log that still says it."""

import json

import pytest

from coach.app.incoming.told_stops import told_stops

WALL = "2025-11-20T18:30:00.000+01:00"
FOUND = "2025-12-01T09:00:00.000+01:00"


def line(kind: str, wall: object = WALL, **data: object) -> bytes:
    record = {"seq": 0, "type": kind, "ms": 0, "wall": wall, "data": data, "h": "broken"}
    return json.dumps(record).encode()


HEADER = line("header", session="s1", profile="p-1")
LOCK = line("lock", rule="LOC-06", tier="EMERGENCY")


def test_every_lock_line_counts_without_its_chain_and_without_the_lines_around_it() -> None:
    """Also the torn last one, where it is whole but for its end."""
    content = b"\n".join([HEADER, b"\xff{", LOCK, b"[]", line("lock", rule="E1", tier="URGENT")])
    told = told_stops(content, FOUND)
    assert (told.person, told.session, told.real) == ("p-1", "s1", True)
    assert [(one.id, one.session, one.tier, one.rule, one.set_wall) for one in told.locks] == [
        ("s1-LOC-06", "s1", "emergency", "LOC-06", WALL),
        ("s1-E1", "s1", "urgent", "E1", WALL),
    ]


@pytest.mark.parametrize("wall", ["yesterday", "2025-11-20T18:30:00", 7, None])
def test_a_stop_without_a_time_stands_from_when_it_was_found(wall: object) -> None:
    content = HEADER + b"\n" + line("lock", wall, rule="E1", tier="URGENT")
    (lock,) = told_stops(content, FOUND).locks
    assert lock.set_wall == FOUND


@pytest.mark.parametrize(
    "bad",
    [
        line("lock", rule="E1", tier="SEVERE"),
        line("lock", rule="E 1", tier="URGENT"),
        line("lock", rule=["E1"], tier="URGENT"),
        line("input", rule="E1", tier="lock"),
        b'{"type":"lock"}',
        b'{"type":"lock","data":[]}',
        b'["lock"]',
        b"[" * 200_000 + b'"lock"',
        b'"lock"' + b" " * 200_000,
    ],
)
def test_what_is_no_lock_sets_none(bad: bytes) -> None:
    assert told_stops(HEADER + b"\n" + bad, FOUND).locks == ()


def test_with_its_first_line_damaged_a_log_is_nobodys() -> None:
    """Its file still tells which session it is."""
    told = told_stops(b"nonsense\n" + LOCK, FOUND, "s1")
    assert (told.person, told.session) == (None, "s1")
    assert [one.id for one in told.locks] == ["s1-LOC-06"]
    assert told_stops(b"nonsense\n" + LOCK, FOUND).locks == ()


@pytest.mark.parametrize("change", [{"demo": True}, {"deidentified": "yes"}])
def test_a_demonstration_and_a_de_identified_copy_are_not_real(change: dict[str, object]) -> None:
    header = line("header", session="s1", profile="p-1", **change)
    assert not told_stops(header, FOUND).real


@pytest.mark.parametrize("name", ["", "../x", "a b", 7, None, "x" * 65])
def test_a_name_that_is_none_is_nobodys(name: object) -> None:
    told = told_stops(line("header", session=name, profile=name) + b"\n" + LOCK, FOUND)
    assert (told.person, told.session, told.locks) == (None, None, ())
