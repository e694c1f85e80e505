"""Texts of one language, apart from how they are read so that saying one costs no more."""

import string
from collections.abc import Iterator, Mapping
from types import MappingProxyType


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

    @property
    def texts(self) -> Mapping[str, str]:
        """All texts by key, with their blanks."""
        return self._texts

    def keys(self) -> frozenset[str]:
        """All keys there are."""
        return frozenset(self._texts)

    def blanks(self, key: str) -> frozenset[str]:
        """The names of a text's blanks. Raises KeyError for an unknown key."""
        return frozenset(blanks_in(self._texts[key]))

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


def blanks_in(text: str) -> list[str]:
    """Names of the blanks; one with a format or conversion counts as strange."""
    return [
        field + (f":{spec}" if spec else "") + (f"!{conversion}" if conversion else "")
        for _, field, spec, conversion in string.Formatter().parse(text)
        if field is not None
    ]
