"""What the one who demonstrates has switched on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """nerve: the line is drawn. angles: degrees are written. still: nothing moves by itself."""

    nerve: bool
    angles: bool
    still: bool
