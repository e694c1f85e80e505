"""Stops that the bytes of a log tell, however damaged it is.

The chain says what of a log may be believed. A stop is believed without it: damage somewhere else
in the file lifts nothing (clinical.md 10 H01, H18).
"""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from coach.domain.action import Tier
from coach.formats.session_log import MOST_LINE_BYTES, NAME, RULE
from coach.store.records import LockRow


class ToldStops(NamedTuple):
    """What a log says of stops.

    person, session: pseudonym and id by its first line, None where that cannot be read. real:
    False for a demonstration and for a de-identified copy. locks: without their profile, each
    under the session's id and its rule.
    """

    person: str | None
    session: str | None
    real: bool
    locks: tuple[LockRow, ...]


def told_stops(content: bytes, wall: str, session: str | None = None) -> ToldStops:
    """Every stop in a log, whether the chain reaches it or not.

    wall: stands in for a time that cannot be read. session: its id where another place than the
    first line tells it.
    """
    lines = content.split(b"\n")
    _, header = _parsed(lines[0], "header")
    person, named = _name(header.get("profile")), session or _name(header.get("session"))
    real = not header.get("demo") and "deidentified" not in header
    locks = {row.id: row for row in _rows(lines[1:], wall, named)} if named else {}
    return ToldStops(person, named, real, tuple(locks.values()))


def _rows(lines: list[bytes], wall: str, session: str) -> Iterator[LockRow]:
    for line in lines:
        if b'"lock"' not in line:
            continue
        at, data = _parsed(line, "lock")
        tier, rule = data.get("tier"), data.get("rule")
        if not isinstance(tier, str) or tier not in Tier.__members__:
            continue
        if isinstance(rule, str) and RULE.fullmatch(rule):
            yield LockRow(f"{session}-{rule}", "", session, tier.lower(), rule, _time(at) or wall)


def _parsed(line: bytes, kind: str) -> tuple[object, dict[str, Any]]:
    """When a line of that type was written, and its data; no data when it is none."""
    if len(line) > MOST_LINE_BYTES:
        return None, {}
    try:
        raw = json.loads(line)
    except (ValueError, RecursionError):
        return None, {}
    if not isinstance(raw, dict) or raw.get("type") != kind:
        return None, {}
    data = raw.get("data")
    return raw.get("wall"), data if isinstance(data, dict) else {}


def _name(value: object) -> str | None:
    return value if isinstance(value, str) and NAME.fullmatch(value) else None


def _time(value: object) -> str | None:
    """A time as it is written, None when it is none with an offset."""
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return None if moment is None or moment.tzinfo is None else str(value)
