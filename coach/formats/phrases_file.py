"""The phrase catalogue: every word the coach says or shows, one file a language."""

import string
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from coach.formats.fields import Language
from coach.formats.reading import Reading, Shape

FORMAT = "nerve-coach.phrases/1"


class Phrases:
    """Texts of one language by dotted key, such as ``cue.rest``.

    A text may hold blanks in curly brackets, each a plain name: ``{exercise}``.
    """

    def __init__(self, language: str, texts: Mapping[str, str]) -> None:
        self.language = language
        self._texts = MappingProxyType(dict(texts))

    def __contains__(self, key: object) -> bool:
        return key in self._texts

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def keys(self) -> frozenset[str]:
        """All keys there are."""
        return frozenset(self._texts)

    def blanks(self, key: str) -> frozenset[str]:
        """The names of a text's blanks. Raises KeyError for an unknown key."""
        return frozenset(_blanks(self._texts[key]))

    def say(self, key: str, **blanks: str | int) -> str:
        """The text with its blanks filled in.

        Raises KeyError for an unknown key, ValueError when a blank is missing or too many.
        """
        text = self._texts[key]
        wanted = self.blanks(key)
        if wanted != blanks.keys():
            given = ", ".join(sorted(blanks)) or "none"
            needed = ", ".join(sorted(wanted)) or "none"
            raise ValueError(f"{key}: blanks given: {given}; needed: {needed}")
        return text.format(**blanks)


class _Head(Shape):
    format: str
    language: Language


def read_phrases(text: bytes | str, name: str) -> Phrases:
    """The phrases of one file. Raises BadFile with every mistake in it."""
    reading = Reading(text, name, FORMAT)
    content = dict(reading.content)
    said = {key: content.pop(key) for key in ("format", "language") if key in content}
    head = reading.shaped(_Head, said)
    texts = {}
    for path, value in _flat(content, ()):
        key = ".".join(path)
        fault = _text_fault(value)
        if fault:
            reading.fault(path, fault)
        elif key in texts:
            reading.fault(path, "has this key twice")
        else:
            texts[key] = value
    return Phrases(reading.accepted(head).language, texts)


def _flat(
    table: Mapping[str, Any], above: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], Any]]:
    for key, value in table.items():
        path = (*above, key)
        if isinstance(value, dict):
            yield from _flat(value, path)
        else:
            yield path, value


def _text_fault(value: object) -> str:
    if not isinstance(value, str):
        return 'must be text in "quotes"'
    if not value.strip():
        return "is empty"
    if not value.replace("\n", "").isprintable():
        return "contains characters that cannot be printed"
    try:
        blanks = _blanks(value)
    except ValueError as error:
        return f"has a broken blank: {error}"
    strange = [blank for blank in blanks if not blank.isidentifier()]
    return f"has a blank without a plain name: {{{strange[0]}}}" if strange else ""


def _blanks(text: str) -> list[str]:
    """Names of the blanks; one with a format or conversion counts as strange."""
    return [
        field + (f":{spec}" if spec else "") + (f"!{conversion}" if conversion else "")
        for _, field, spec, conversion in string.Formatter().parse(text)
        if field is not None
    ]
