"""What came after sessions, one canonical JSON line each: answers, corrections and stops.

A line names its kind, the session it is about (null for a stop that days and not one session
asked for), the pseudonym of the person, and under ``what`` the value itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC

from coach.domain.record import Correction, Moment, SaidLater, SetLock
from coach.formats.bad_file import FileFault
from coach.formats.session_log import NAME, RULE, TooLongError, canonical, parsed
from coach.formats.values import as_data, from_data

_KINDS: Mapping[str, type[SaidLater | Correction | SetLock]] = {
    "said": SaidLater,
    "correction": Correction,
    "lock": SetLock,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}
_KEYS = {"kind", "session", "person", "what"}


@dataclass(frozen=True, slots=True)
class Later:
    """One line. session: None only for a lock that no session set; person: a pseudonym.

    line: where it was read, from 1.
    """

    session: str | None
    person: str
    what: SaidLater | Correction | SetLock
    line: int = field(default=0, compare=False)


def later_line(later: Later) -> str:
    """The line, without its end."""
    content = {
        "kind": _NAMES[type(later.what)],
        "session": later.session,
        "person": later.person,
        "what": as_data(later.what),
    }
    return canonical(content)


def read_later(content: bytes, name: str) -> tuple[list[Later], list[FileFault]]:
    """Every line that can be used, and what is wrong with the others."""
    lines: list[Later] = []
    faults: list[FileFault] = []
    for number, line in enumerate(content.split(b"\n"), 1):
        if not line:
            continue
        try:
            lines.append(replace(_read(line), line=number))
        except ValueError as error:
            field, _, message = str(error).partition(": ")
            faults.append(FileFault(name, number, field, message))
    return lines, faults


def _read(line: bytes) -> Later:
    try:
        raw = parsed(line)
        canonical(raw).encode()
    except TooLongError as error:
        raise ValueError(f"line: {error}") from None
    except UnicodeEncodeError:
        raise ValueError("line: holds what is no text") from None
    except (ValueError, RecursionError):
        raise ValueError("line: is not a JSON object") from None
    if not isinstance(raw, dict) or raw.keys() != _KEYS:
        raise ValueError(f"line: must have the keys {', '.join(sorted(_KEYS))}")
    kind, session, person = raw["kind"], raw["session"], raw["person"]
    if kind not in _KINDS:
        raise ValueError(f"kind: must be one of {', '.join(_KINDS)}")
    if not _is_name(person):
        raise ValueError("person: must be letters, digits, - and _, at most 64")
    if not _is_name(session) and (session is not None or kind != "lock"):
        raise ValueError("session: must be letters, digits, - and _, at most 64")
    what: SaidLater | Correction | SetLock = from_data(_KINDS[kind], raw["what"])
    _check_ratings(what)
    _check_times(what)
    return Later(session, person, what)


def _is_name(value: object) -> bool:
    return isinstance(value, str) and NAME.fullmatch(value) is not None


def _check_ratings(what: SaidLater | Correction | SetLock) -> None:
    rated = {
        SaidLater: ("tingling", "pain"),
        Correction: ("value",),
        SetLock: (),
    }[type(what)]
    for name in rated:
        value = getattr(what, name)
        if value is not None and not 0 <= value <= 10:
            raise ValueError(f"{name}: must be 0 to 10 (found {value})")
    if isinstance(what, SaidLater) and what.moment not in (Moment.MORNING, Moment.TEN_MINUTES):
        raise ValueError(f"moment: must be after the session (found {what.moment})")
    if isinstance(what, Correction) and what.n < 0:
        raise ValueError(f"n: must not be negative (found {what.n})")


def _check_times(what: SaidLater | Correction | SetLock) -> None:
    times = {
        SaidLater: ("said",),
        Correction: ("made",),
        SetLock: ("set_at", "lifted_at"),
    }[type(what)]
    for name in times:
        moment = getattr(what, name)
        if moment is None:
            continue
        if moment.tzinfo is None:
            raise ValueError(f"{name}: needs an offset such as +01:00")
        try:
            moment.astimezone(UTC)
        except OverflowError:
            raise ValueError(f"{name}: is in no year that can be reckoned with") from None
    if isinstance(what, SetLock) and not RULE.fullmatch(what.rule):
        raise ValueError("rule: is no rule")
    if isinstance(what, SetLock) and (what.lifted_at is None) != (what.lifted_by is None):
        raise ValueError("lifted_by: must be said exactly when lifted_at is")
