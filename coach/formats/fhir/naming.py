"""Names that depend on nothing but the record: the same record gets the same names every time."""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from unicodedata import category
from uuid import NAMESPACE_URL, UUID, uuid5

from coach.domain.record import PlayedSession
from coach.formats.fhir.lexicon import Resource

_PLAIN = re.compile(r"[A-Za-z0-9._/-]{1,200}")


@dataclass(frozen=True, slots=True)
class Entry:
    """A resource with the name that others of its bundle refer to it by."""

    url: str
    resource: Resource

    @property
    def reference(self) -> Resource:
        """A reference to it."""
        return {"reference": self.url}


class Naming:
    """Identifiers and urns. base: what the names of our own systems begin with."""

    def __init__(self, base: str) -> None:
        self._base = base

    def urn(self, kind: str, key: str) -> str:
        """The name of a resource inside its bundle."""
        return _urn(self._base, f"{kind}|{key}")

    def reference(self, kind: str, key: str) -> Resource:
        """A reference to a resource of the same bundle."""
        return {"reference": self.urn(kind, key)}

    def identifier(self, kind: str, key: str) -> Resource:
        """The name of a resource on any server; fit to stand in a search as it is."""
        value = key if _PLAIN.fullmatch(key) else sha256(key.encode()).hexdigest()
        return {"system": f"{self._base}/id/{kind}", "value": value}


# A session's own name and those of its person, program and plan come again in every resource.
@lru_cache(maxsize=4096)
def _urn(base: str, name: str) -> str:
    return f"urn:uuid:{uuid5(_space(base), name)}"


@lru_cache
def _space(base: str) -> UUID:
    return uuid5(NAMESPACE_URL, base)


def program_key(session: PlayedSession) -> str:
    """Which version of the program, with which rules."""
    return f"nerve-coach/{session.engine}/{session.rules_sha256[:16]}"


def plan_key(session: PlayedSession) -> str:
    """Whose plan, and which text of it; "any" where that was left out."""
    return f"{session.person}/{session.plan_sha256 or 'any'}"


def written(moment: datetime) -> str:
    """A moment as a FHIR dateTime, to the second, with its offset."""
    return moment.isoformat(timespec="seconds")


def cleaned(text: str) -> str:
    """Free text with nothing in it that FHIR's string refuses; possibly empty."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return "".join(map(_allowed, text)).strip()


def _allowed(character: str) -> str:
    if character in " \n\t":
        return character
    if character.isspace():
        return " "
    return "" if category(character) in ("Cc", "Cs") else character
