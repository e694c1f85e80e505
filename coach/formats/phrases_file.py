"""The phrase catalogue: every word the coach says or shows, one file a language."""

from collections.abc import Iterator, Mapping
from typing import Any

from coach.formats.fields import Language
from coach.formats.phrases import Phrases, blanks_in
from coach.formats.reading import MOST_WORDS_BYTES, Reading, Shape

FORMAT = "nerve-coach.phrases/1"


class _Head(Shape):
    format: str
    language: Language


def read_phrases(text: bytes | str, name: str) -> Phrases:
    """The phrases of one file. Raises BadFile with every mistake in it."""
    reading = Reading(text, name, FORMAT, MOST_WORDS_BYTES)
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
        blanks = blanks_in(value)
    except ValueError as error:
        return f"has a broken blank: {error}"
    strange = [blank for blank in blanks if not blank.isidentifier()]
    return f"has a blank without a plain name: {{{strange[0]}}}" if strange else ""
