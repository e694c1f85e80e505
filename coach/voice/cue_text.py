"""Cue text made fit to be spoken."""

import re
import unicodedata

LIMIT = 200
"""Characters; a spoken cue longer than this is a mistake, not a cue."""

_MARKUP = re.compile(r"<[^<>]*>|\[\[[^\[\]]*\]\]")
_SPOKEN_MARKS = frozenset(" .,;:!?'\u2019-\u2013%/&()")
_SPACES = re.compile(r"\s+")


def clean(text: str) -> str:
    """Return the words a speech engine should read, or "" when there is nothing to say.

    Engines read markup and emoji aloud by name, and stop at control characters, so all of those go.
    Accents are composed (NFC). What is longer than `LIMIT` ends at the last whole word.
    """
    composed = unicodedata.normalize("NFC", _MARKUP.sub(" ", text))
    kept = "".join(mark if _is_spoken(mark) else " " for mark in composed)
    words = _SPACES.sub(" ", kept).strip()
    if not any(mark.isalnum() for mark in words):
        return ""
    if len(words) > LIMIT:
        words = words[: LIMIT + 1].rpartition(" ")[0] or words[:LIMIT]
    return words


def _is_spoken(mark: str) -> bool:
    # Combining marks (M*) carry the vowels of several scripts, so NFC alone does not cover them.
    # U+FE00..FE0F only choose between an emoji and its plain form.
    if "\ufe00" <= mark <= "\ufe0f":
        return False
    return mark in _SPOKEN_MARKS or unicodedata.category(mark)[0] in "LMN"
