"""Wherever the program says a phrase, the phrase is there and gets the blanks it has."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from opened_program import SHIPPED

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "coach").rglob("*.py"))

FILLED = {"number": "whom to call is filled in by the phrasing"}
"""Blanks that nobody who names a phrase has to give."""


@dataclass(frozen=True)
class Use:
    """A place that names a phrase. key: a pattern, since a part may be known only later.

    blanks: None where they are made elsewhere.
    """

    place: str
    key: str
    blanks: frozenset[str] | None

    def wrong(self) -> str | None:
        keys = [key for key in SHIPPED.phrases if re.fullmatch(self.key, key)]
        if not keys:
            return f"{self.place}: no phrase is called {self.key}"
        if self.blanks is None:
            return None
        fits = any(self.blanks - FILLED.keys() == needed(key) for key in keys)
        return None if fits else f"{self.place}: {keys} do not have just {set(self.blanks)}"


def needed(key: str) -> frozenset[str]:
    return SHIPPED.phrases.blanks(key) - FILLED.keys()


def pattern(node: ast.expr) -> str | None:
    """A dotted key as a pattern; None for what is not one."""
    match node:
        case ast.Constant(value=str(text)):
            found = re.escape(text)
        case ast.JoinedStr(values=parts):
            found = "".join(
                re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[\w.-]+"
                for part in parts
            )
        case _:
            return None
    return found if re.fullmatch(r"[\w.\\+\[\]-]+", found) and r"\." in found else None


def pairs(node: ast.expr) -> frozenset[str] | None:
    """The names in ``(("name", value), ...)``."""
    if not isinstance(node, ast.Tuple):
        return None
    names = []
    for each in node.elts:
        match each:
            case ast.Tuple(elts=[ast.Constant(value=str(name)), _]):
                names.append(name)
            case _:
                return None
    return frozenset(names)


def uses(tree: ast.AST, place: str) -> Iterator[Use]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr="say") | ast.Name(id="say")):
                given = {word.arg for word in node.keywords}
                blanks = None if None in given else frozenset(name for name in given if name)
            case ast.Call(func=ast.Name(id="Phrase"), args=[_]):
                blanks = frozenset()
            case ast.Call(func=ast.Name(id="Phrase"), args=[_, named]):
                blanks = pairs(named)
            case _:
                continue
        key = pattern(node.args[0]) if node.args else None
        if key is not None:
            yield Use(f"{place}:{node.lineno}", key, blanks)


def all_uses() -> list[Use]:
    return [
        use
        for file in SOURCES
        for use in uses(ast.parse(file.read_text(encoding="utf-8")), str(file.relative_to(ROOT)))
    ]


def test_every_phrase_that_is_named_exists_and_gets_its_blanks() -> None:
    found = all_uses()
    assert len(found) > 250
    assert [wrong for use in found if (wrong := use.wrong())] == []


@pytest.mark.parametrize(
    "line",
    [
        'phrases.say("cue.nowhere")',
        'phrases.say("cue.next")',
        'phrases.say("cue.next", exercise="x", more=1)',
        'say("cue.halfway", n="1")',
        'Phrase("cue.next")',
        'Phrase("cue.next", (("exercise", "@S1.name"), ("m", "2")))',
        'Phrase(f"nothing.{name}")',
    ],
)
def test_the_search_finds_what_it_is_for(line: str) -> None:
    (use,) = uses(ast.parse(line), "a.py")
    assert use.wrong()


def test_no_phrase_is_named_by_another_that_is_missing() -> None:
    """A blank's value that begins with "@" is a key itself."""
    named = {
        match
        for file in SOURCES
        for match in re.findall(r'"@([\w.]+)"', file.read_text(encoding="utf-8"))
    }
    assert named
    assert named - SHIPPED.phrases.keys() == set()
