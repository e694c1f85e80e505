"""What a voice is given to read where it would say the words of a cue wrongly."""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

#: By engine and language: words that are said wrongly, and what to write instead. A voice that
#: nobody has looked into is given the words as they are.
FIXES: Mapping[tuple[str, str], Mapping[str, str]] = MappingProxyType(
    {
        ("espeak", "en"): {
            "hamstring tear": "hamstring tare",  # else as in weeping
            "osteoporosis": "osteo-porosis",
            "physiotherapist": "physio-therapist",  # else it rhymes with "drape"
        },
    }
)

_NUMBER_TO_CALL = re.compile(r"\b\d{3,}\b")
"""No cue counts as far as a hundred, so whatever is that long is a number to call."""


def respelled(text: str, engine: str, languages: Iterable[str]) -> str:
    """Return what a voice should read so that `text` is heard.

    Every voice reads a number to call figure by figure: "one one two" is dialled as it is heard,
    "one hundred and twelve" is not. engine: the name its helper gives; languages: the voice's own,
    as BCP 47 tags.
    """
    told = _NUMBER_TO_CALL.sub(lambda number: " ".join(number.group()), text)
    spoken = {tag.partition("-")[0] for tag in languages}
    for (name, language), fixes in FIXES.items():
        if engine.startswith(name) and language in spoken:
            for wrong, right in fixes.items():
                told = re.sub(rf"\b{wrong}\b", right, told)
    return told
