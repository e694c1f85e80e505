"""The record of a session as JSON Lines: a header, what happened, what was decided, a hash chain.

One line is one record: ``seq``, ``ms`` (monotonic milliseconds since the session began), ``wall``
(local time with offset, for people), ``type``, ``data`` and ``h``. Numbers are integers only, so
that the sorted compact form is the same on every machine. ``h`` is the SHA-256 over the ``h``
before it and the record without ``h``: it finds damage and hand edits, it does not stop a forger.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum, IntEnum
from hashlib import sha256
from typing import Any, get_args

from coach.engine.inputs import Input
from coach.formats.bad_file import BadFile, FileFault
from coach.formats.values import from_data

FORMAT = "nerve-coach.session/1"
MOST_BYTES = 8 * 1024 * 1024
MOST_LINE_BYTES = 128 * 1024
#: Type of the record that ends a whole log.
CLOSED = "closed"

#: Ids of sessions and pseudonyms of people, and ids of rules, as files may have them.
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
RULE = re.compile(r"[A-Za-z0-9-]{1,20}")

#: So many digits fit the 64 bits that the data file has for a whole number.
_MOST_DIGITS = 17
_FIRST_LINK = ""


@dataclass(frozen=True, slots=True)
class LogRecord:
    """One line of a log; ``h`` chains it to the line before."""

    seq: int
    type: str
    ms: int
    wall: str
    data: dict[str, Any]
    h: str


def canonical(value: object) -> str:
    """Sorted, compact JSON: the same text for the same integers-only value everywhere."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class TooLongError(ValueError):
    """A whole number of a file that has more digits than anything that is counted here."""


def parsed(line: bytes | str) -> Any:
    """The value of a JSON text. Raises ValueError, TooLongError among them, and RecursionError."""
    return json.loads(line, parse_int=_whole)


def _whole(digits: str) -> int:
    if len(digits) > _MOST_DIGITS:
        raise TooLongError("has a number with too many digits")
    return int(digits)


def plain(value: object) -> Any:
    """A domain value as JSON values: enums by value, sets sorted, whole numbers as integers."""
    if isinstance(value, IntEnum):
        return value.name
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, float):
        return int(value) if value.is_integer() else round(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, frozenset | set):
        return sorted(plain(item) for item in value)
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value


_INPUTS: dict[str, type] = {kind.__name__: kind for kind in get_args(Input)}


def input_data(given: Input) -> dict[str, Any]:
    """An input as log data: its kind and its fields."""
    data = plain(given)
    assert isinstance(data, dict)  # noqa: S101 - inputs are dataclasses
    return {"kind": type(given).__name__, **data}


def input_from(data: dict[str, Any]) -> Input:
    """The input a log line holds. Raises ValueError when it is none."""
    content = dict(data)
    kind = _INPUTS.get(str(content.pop("kind", "")))
    if kind is None:
        raise ValueError("is not a known input")
    given: Input = from_data(kind, content)
    return given


def link(previous: str, seq: int, kind: str, ms: int, wall: str, data: dict[str, Any]) -> str:
    """The chain value of a record that follows one whose chain value is ``previous``."""
    body = {"data": data, "ms": ms, "seq": seq, "type": kind, "wall": wall}
    return sha256((previous + canonical(body)).encode()).hexdigest()


def chained(
    previous: LogRecord | None, kind: str, ms: int, wall: str, data: dict[str, Any]
) -> LogRecord:
    """The next record of a log."""
    seq = 0 if previous is None else previous.seq + 1
    before = _FIRST_LINK if previous is None else previous.h
    return LogRecord(seq, kind, ms, wall, data, link(before, seq, kind, ms, wall, data))


def log_text(records: Iterable[LogRecord]) -> str:
    """The whole log as JSON Lines."""
    return "".join(canonical(plain(record)) + "\n" for record in records)


def _record(content: bytes, number: int, name: str) -> LogRecord:
    def fault(field: str, message: str) -> BadFile:
        return BadFile([FileFault(name, number, field, message)])

    try:
        line = content.decode()
    except UnicodeDecodeError:
        raise fault("line", "is not UTF-8 text") from None
    try:
        raw = parsed(line)
    except TooLongError as error:
        raise fault("line", str(error)) from None
    except (ValueError, RecursionError):  # no JSON, or nested too deeply
        raise fault("line", "is not a JSON object") from None
    if not isinstance(raw, dict):
        raise fault("line", "is not a JSON object")
    for field, kind in _FIELDS.items():
        value = raw.get(field)
        if not isinstance(value, kind) or isinstance(value, bool):
            raise fault(field, f"must be {_KIND_WORDS[kind]}")
    unknown = sorted(raw.keys() - _FIELDS.keys())
    if unknown:
        raise fault(unknown[0], "is not a known key")
    return LogRecord(**raw)


_FIELDS = {"seq": int, "type": str, "ms": int, "wall": str, "data": dict, "h": str}
_KIND_WORDS = {int: "a whole number", str: "text", dict: "an object"}


def read_log(text: bytes | str, name: str) -> tuple[LogRecord, ...]:
    """The records of a log whose chain holds.

    A torn last line (no line end) is dropped. Raises BadFile with the line at which a record is
    damaged, out of order, or where the chain breaks.
    """
    records, fault = read_verified(
        text.encode(errors="surrogatepass") if isinstance(text, str) else text, name
    )
    if fault is not None and fault.field != TORN:
        raise BadFile([fault])
    return records


#: The field that a fault names when only the last line is not whole.
TORN = "line end"


def read_verified(content: bytes, name: str) -> tuple[tuple[LogRecord, ...], FileFault | None]:
    """The records up to the first fault, and that fault; no records when the first is bad."""
    if len(content) > MOST_BYTES:
        return (), FileFault(name, 1, "file", f"is longer than {MOST_BYTES} bytes")
    *lines, torn = content.split(b"\n")
    records: list[LogRecord] = []
    try:
        for number, line in enumerate(lines, 1):
            if len(line) > MOST_LINE_BYTES:
                raise BadFile([FileFault(name, number, "line", "is too long")])  # noqa: TRY301 - the faults of a line end alike
            record = _record(line, number, name)
            _check_place(records, record, number, name)
            records.append(record)
    except BadFile as error:
        return tuple(records), error.faults[0]
    if not records:
        return (), FileFault(name, 1, "file", "holds no complete record")
    if torn:
        return tuple(records), FileFault(name, len(lines) + 1, TORN, "is missing")
    return tuple(records), None


def _check_place(before: Sequence[LogRecord], record: LogRecord, number: int, name: str) -> None:
    previous = before[-1] if before else None
    fault = None
    if record.seq != len(before):
        fault = ("seq", f"must be {len(before)} (found {record.seq})")
    elif previous is None and (record.type != "header" or record.data.get("format") != FORMAT):
        fault = ("type", f"the first record must be a header of {FORMAT}")
    elif previous is not None and record.ms < previous.ms:
        fault = ("ms", "goes back in time")
    else:
        chain = previous.h if previous else _FIRST_LINK
        try:
            found = link(chain, record.seq, record.type, record.ms, record.wall, record.data)
        except (UnicodeEncodeError, RecursionError):
            fault = ("line", "holds what is no text, or is nested too deeply")
        else:
            if record.h != found:
                fault = ("h", "the chain breaks here: this line or the one before was changed")
    if fault:
        raise BadFile([FileFault(name, number, *fault)])
