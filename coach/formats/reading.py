"""The one room where TOML files are read: limits, syntax, shape, and every fault with its line.

The limits come before parsing because the standard reader needs time that grows with the square
of a key's length, and because nesting is read by recursion (interop.md 4).
"""

import difflib
import re
import tomllib
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from coach.formats.bad_file import BadFile, FileFault
from coach.formats.toml_places import Path, places

MOST_BYTES = 64 * 1024
MOST_WORDS_BYTES = 256 * 1024  # of all the words of a language, which come with the program
MOST_CHARACTERS = 500  # in one line
MOST_FAULTS = 100  # more than anyone reads

_WHERE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_FORMAT = re.compile(r"nerve-coach\.([a-z]+)/(\d{1,4})")


class Shape(BaseModel):
    """Base of everything a file may contain: exact types, no unknown keys, never changed."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)


_Shape = TypeVar("_Shape", bound=Shape)
_Value = TypeVar("_Value")


class Reading:
    """One file while it is read: its content, and the faults found so far.

    ``file_format`` is what the file's ``format`` key must say, such as ``nerve-coach.plan/1``;
    ``most`` is how many bytes it may have.
    Raises BadFile at once when the text is no TOML or belongs to another format.
    """

    def __init__(
        self, text: bytes | str, name: str, file_format: str, most: int = MOST_BYTES
    ) -> None:
        self.name = name
        self.faults: list[FileFault] = []
        self.content, self._places = _parsed(text, name, most)
        wrong = _wrong_format(self.content, file_format)
        if wrong:
            self.fault(("format",), wrong)
            self.stop_if_faulty()

    def line(self, path: Path) -> int:
        """The line of a key or list place, or of the nearest thing around it."""
        while path:
            if path in self._places:
                return self._places[path]
            path = path[:-1]
        return 1

    def fault(self, path: Path, message: str) -> None:
        """Note a mistake."""
        # A message may quote the file, which may hold anything.
        words = _spelt_out(message)
        self.faults.append(FileFault(self.name, self.line(path), _dotted(path), words))

    def fault_at(self, field: str, message: str) -> None:
        """Note a mistake at a dotted field whose list places count from 1."""
        steps = field.split(".")
        self.fault(tuple(int(s) - 1 if s.isdecimal() else s for s in steps), message)

    def shaped(self, shape: type[_Shape], raw: object, at: Path = ()) -> _Shape | None:
        """``raw`` as a checked value; None when it has another shape, with all faults noted."""
        try:
            return shape.model_validate(raw)
        except ValidationError as error:
            for detail in error.errors(include_url=False, include_context=True):
                self.fault((*at, *detail["loc"]), _in_words(detail, shape))
            return None

    def stop_if_faulty(self) -> None:
        """Raise BadFile with everything found, top of the file first."""
        if self.faults:
            ordered = sorted(dict.fromkeys(self.faults), key=lambda fault: fault.line)
            raise BadFile(ordered[:MOST_FAULTS])

    def accepted(self, value: _Value | None) -> _Value:
        """The finished value of a file without faults. Raises BadFile when there are some."""
        self.stop_if_faulty()
        if value is None:
            raise ValueError(f"{self.name} was neither read nor found faulty")
        return value


def file_format(text: bytes | str, name: str) -> str:
    """What the ``format`` key of a TOML text says, "" when it says nothing usable."""
    said = _parsed(text, name, MOST_WORDS_BYTES)[0].get("format")
    return said if isinstance(said, str) else ""


def _parsed(text: bytes | str, name: str, most: int) -> tuple[dict[str, Any], Mapping[Path, int]]:
    whole = _decoded(text, name, most)
    for number, line in enumerate(whole.split("\n"), 1):
        if len(line) > MOST_CHARACTERS:
            length = f"the line has {len(line)} characters, at most {MOST_CHARACTERS} are allowed"
            raise BadFile([FileFault(name, number, "file", length)])
        if "\0" in line:
            raise BadFile([FileFault(name, number, "file", "contains a NUL character")])
    try:
        return tomllib.loads(whole), places(whole.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        where = _WHERE.search(str(error))
        at_end = whole.rstrip("\n").count("\n") + 1
        number = int(where[1]) if where and where[1] else at_end
        message = _WHERE.sub("", str(error))
        raise BadFile([FileFault(name, number, "file", _printable(message))]) from None
    except RecursionError:
        raise BadFile([FileFault(name, 1, "file", "is nested too deeply")]) from None
    except ValueError as error:  # an impossible date or an endless number
        raise BadFile([FileFault(name, 1, "file", _printable(str(error)))]) from None


def _decoded(text: bytes | str, name: str, most: int) -> str:
    raw = text.encode(errors="surrogatepass") if isinstance(text, str) else text
    if len(raw) > most:
        size = f"is {len(raw)} bytes long, at most {most} are allowed"
        raise BadFile([FileFault(name, 1, "file", size)])
    try:
        whole = raw.decode()
    except UnicodeDecodeError as error:
        number = raw.count(b"\n", 0, error.start) + 1
        raise BadFile([FileFault(name, number, "file", "is not UTF-8 text")]) from None
    if whole.startswith("\ufeff"):
        raise BadFile([FileFault(name, 1, "file", "starts with a byte order mark; save without")])
    return whole


def _wrong_format(content: Mapping[str, Any], wanted: str) -> str:
    said = content.get("format")
    if said == wanted:
        return ""
    if said is None:
        return f'is missing; the first key must be format = "{wanted}"'
    found = _FORMAT.fullmatch(said) if isinstance(said, str) else None
    kind, version = wanted.removeprefix("nerve-coach.").split("/")
    if found and found[1] == kind and int(found[2]) > int(version):
        return f"is newer than this program reads ({wanted})"
    return f'must be "{wanted}"{_found(said)}'


def _dotted(path: Path) -> str:
    steps = (str(step + 1) if isinstance(step, int) else _printable(step) for step in path)
    return ".".join(steps) or "file"


def _spelt_out(text: str) -> str:
    """The text with every character that cannot be printed named by its escape."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


def _printable(text: str) -> str:
    return _spelt_out(text)[:200]


def _found(value: object) -> str:
    """The value in brackets, when it is short enough to help."""
    if isinstance(value, dict | list):
        return ""
    shown = repr(value) if isinstance(value, str) else str(value)
    shown = shown.lower() if isinstance(value, bool) else _printable(shown)
    return f" (found {shown})" if len(shown) <= 40 else ""


def _in_words(detail: ErrorDetails, shape: type[Shape]) -> str:
    say = _WORDS.get(detail["type"])
    if detail["type"] == "extra_forbidden":
        return _unknown_key(str(detail["loc"][-1]), detail["loc"], shape)
    message = say(detail.get("ctx", {})) if say else detail["msg"].removeprefix("Value error, ")
    return message if detail["type"] == "missing" else message + _found(detail["input"])


def _unknown_key(key: str, loc: tuple[int | str, ...], shape: type[Shape]) -> str:
    """A likely typing mistake gets the key that was probably meant."""
    known = shape.model_fields if len(loc) == 1 else {}
    names = [field.alias or name for name, field in known.items()]
    near = difflib.get_close_matches(key, names, n=1)
    return "is not a known key" + (f"; did you mean {near[0]}?" if near else "")


_WORDS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "missing": lambda _: "is missing",
    "int_type": lambda _: "must be a whole number",
    "float_type": lambda _: "must be a number",
    "finite_number": lambda _: "must be a number with an end",
    "string_type": lambda _: 'must be text in "quotes"',
    "bool_type": lambda _: "must be true or false",
    "date_type": lambda _: "must be a date such as 2027-06-30",
    "list_type": lambda _: "must be a list in [brackets]",
    "dict_type": lambda _: "must be a table",
    "model_type": lambda _: "must be a table",
    "enum": lambda ctx: f"must be {ctx['expected']}",
    "literal_error": lambda ctx: f"must be {ctx['expected']}",
    "greater_than_equal": lambda ctx: f"must be at least {ctx['ge']}",
    "less_than_equal": lambda ctx: f"must be at most {ctx['le']}",
    "string_too_short": lambda ctx: f"must have at least {ctx['min_length']} characters",
    "string_too_long": lambda ctx: f"must have at most {ctx['max_length']} characters",
    "too_short": lambda ctx: f"must have at least {ctx['min_length']} entries",
    "too_long": lambda ctx: f"must have at most {ctx['max_length']} entries",
}
