"""Where each key and list place of a TOML text stands.

The standard reader says nothing about the lines of values, so a second walk over text it has
already accepted finds them. Because the text is known to be valid, the walk checks nothing.
"""

import re
from collections.abc import Mapping

#: A key's way from the top: names, and places in lists counted from 0.
Path = tuple[str | int, ...]

_BLANK = re.compile(r"[ \t]*")
_GAP = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_BARE_VALUE = re.compile(r"[^,\]}\n#]*")
_STRINGS = (
    re.compile(r'"""(?:[^\\]|\\.)*?"{3,5}', re.DOTALL),
    re.compile(r"'''.*?'{3,5}", re.DOTALL),
    re.compile(r'"(?:[^"\\]|\\.)*"'),
    re.compile(r"'[^']*'"),
)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))")
_CONTROL = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r"}


def places(text: str) -> Mapping[Path, int]:
    """The line (from 1) of every key and list place in valid TOML text."""
    return _Walk(text).lines


def _unescaped(found: re.Match[str]) -> str:
    short, long, letter = found.groups()
    return _CONTROL.get(letter, letter) if letter else chr(int(short or long, 16))


class _Walk:
    """One pass over the text; ``at`` is how far it has come."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[Path, int] = {}
        self._counts: dict[Path, int] = {}
        self._counted_to, self._line = 0, 1
        table: Path = ()
        self._skip(_GAP)
        while self.at < len(text):
            if text[self.at] == "[":
                table = self._header()
            else:
                self._entry(table)
            self._skip(_GAP)

    def _skip(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.at)
        if found is None:
            return ""
        self.at = found.end()
        return found.group()

    def _note(self, path: Path) -> None:
        self._line += self.text.count("\n", self._counted_to, self.at)
        self._counted_to = self.at
        self.lines.setdefault(path, self._line)

    def _key(self) -> list[str]:
        parts = []
        while True:
            self._skip(_BLANK)
            if self.text[self.at] in "\"'":
                parts.append(self._quoted_key())
            else:
                parts.append(self._skip(_BARE_KEY))
            self._skip(_BLANK)
            if self.text[self.at] != ".":
                return parts
            self.at += 1

    def _quoted_key(self) -> str:
        literal = self.text[self.at] == "'"
        inner = self._skip(_STRINGS[3] if literal else _STRINGS[2])[1:-1]
        return inner if literal else _ESCAPE.sub(_unescaped, inner)

    def _header(self) -> Path:
        is_list = self.text.startswith("[[", self.at)
        self.at += 2 if is_list else 1
        keys = self._key()
        path: Path = ()
        for depth, key in enumerate(keys, 1):
            path = (*path, key)
            self._note(path)
            if is_list and depth == len(keys):
                self._counts[path] = self._counts.get(path, 0) + 1
            if path in self._counts:
                path = (*path, self._counts[path] - 1)
                self._note(path)
        self.at += 2 if is_list else 1
        return path

    def _entry(self, table: Path) -> None:
        path = table
        for key in self._key():
            path = (*path, key)
            self._note(path)
        self.at += 1
        self._skip(_BLANK)
        self._value(path)

    def _value(self, path: Path) -> None:
        match self.text[self.at]:
            case "[":
                self._items(path)
            case "{":
                self._inline_table(path)
            case '"' | "'":
                for pattern in _STRINGS:
                    if self._skip(pattern):
                        break
            case _:
                self._skip(_BARE_VALUE)

    def _items(self, path: Path) -> None:
        self.at += 1
        place = 0
        self._skip(_GAP)
        while self.text[self.at] != "]":
            self._note((*path, place))
            self._value((*path, place))
            place += 1
            self._skip(_GAP)
            self.at += self.text[self.at] == ","
            self._skip(_GAP)
        self.at += 1

    def _inline_table(self, path: Path) -> None:
        self.at += 1
        self._skip(_GAP)
        while self.text[self.at] != "}":
            self._entry(path)
            self._skip(_GAP)
            self.at += self.text[self.at] == ","
            self._skip(_GAP)
        self.at += 1
