"""A zip of session logs: what is in it, read one file at a time and never more than is allowed."""

import io
import json
import lzma
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePosixPath
from typing import IO

from coach.formats.bad_file import BadFile, FileFault
from coach.formats.session_log import MOST_BYTES
from coach.formats.torn_zip import mended

MANIFEST, LATER = "manifest.json", "later.jsonl"
FORMAT = "nerve-coach.logs/1"

#: More than a large clinic plays in years; a zip that claims more is no record of sessions.
MOST_FILES = 200_000
MOST_BYTES_IN_ALL = 2 * 1024**3
MOST_LATER_BYTES = 64 * 1024 * 1024

#: Bytes read at once: a piece that ends in damage is lost whole, so it is only a few lines long.
_PIECE = 1024


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the zip as far as it could be read; fault says why it ends early or is doubtful."""

    content: bytes
    fault: FileFault | None


class LogArchive:
    """An open zip, or what is left of one. Raises BadFile when nothing of it can be read.

    logs: names of the logs, in order. people: whose they are by the manifest, empty without one.
    deidentified: whether the manifest says that it is a copy without names and days.
    """

    def __init__(self, file: IO[bytes], name: str) -> None:
        self._name = name
        self._left = MOST_BYTES_IN_ALL
        self.faults: list[FileFault] = []
        self._zip = self._opened(file)
        names = self._zip.namelist()
        if len(names) > MOST_FILES:
            raise BadFile([FileFault(name, 1, "file", f"holds more than {MOST_FILES} files")])
        self.logs = self._wanted(names)
        self.has_later = LATER in names
        self._sums: Mapping[str, str] = {}
        self.people: tuple[str, ...] = ()
        self.deidentified = False
        if MANIFEST in names:
            self._sums = self._manifest()

    def _opened(self, file: IO[bytes]) -> zipfile.ZipFile:
        try:
            return zipfile.ZipFile(file)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            rest = mended(file, MOST_BYTES, MOST_FILES)
            if rest is None:
                raise BadFile([FileFault(self._name, 1, "file", f"is no zip ({error})")]) from None
        message = "breaks off; the files before that are read, what was said later is missing"
        self.faults.append(FileFault(self._name, 1, "file", message))
        return rest

    def read(self, name: str) -> Entry:
        """One file of the zip."""
        most = MOST_LATER_BYTES if name in (LATER, MANIFEST) else MOST_BYTES
        shown, content = self.shown(name), io.BytesIO()

        def entry(message: str) -> Entry:
            return Entry(content.getvalue(), FileFault(shown, 1, "file", message))

        try:
            with self._zip.open(name) as file:
                while piece := file.read(_PIECE):
                    self._left -= len(piece)
                    if content.tell() + len(piece) > most:
                        return entry(f"is longer than {most} bytes")
                    if self._left < 0:
                        return entry("is left out: the zip unpacks to too much")
                    content.write(piece)
        except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError) as error:
            return entry(f"is damaged ({error})")
        except (RuntimeError, NotImplementedError) as error:
            return entry(f"cannot be unpacked ({error})")
        found = content.getvalue()
        if name in self._sums and sha256(found).hexdigest() != self._sums[name]:
            return entry("differs from what the manifest says")
        return Entry(found, None)

    def shown(self, name: str) -> str:
        """How a file of the zip is named in messages."""
        return f"{self._name}/{_printable(name)}"

    def _wanted(self, names: list[str]) -> list[str]:
        wanted: dict[str, None] = {}
        for name in names:
            if name.endswith("/") or name in (MANIFEST, LATER):
                continue
            if _leaves(name):
                self._refuse(name, "leaves the folder of the zip")
            elif not name.endswith(".jsonl"):
                self._refuse(name, "is no log")
            elif name in wanted:
                self._refuse(name, "is there twice; the last one is read")
            else:
                wanted[name] = None
        return list(wanted)

    def _refuse(self, name: str, why: str) -> None:
        self.faults.append(FileFault(self.shown(name), 1, "name", why))

    def _manifest(self) -> Mapping[str, str]:
        """SHA-256 of every file by its name. Raises BadFile for one of another format."""

        def fault(field: str, message: str) -> BadFile:
            return BadFile([FileFault(self.shown(MANIFEST), 1, field, message)])

        entry = self.read(MANIFEST)
        if entry.fault is not None:
            raise BadFile([entry.fault])
        try:
            content = json.loads(entry.content)
        except (ValueError, RecursionError):
            raise fault("file", "is not JSON") from None
        if not isinstance(content, dict) or content.get("format") != FORMAT:
            raise fault("format", f"must be {FORMAT}")
        sums = content.get("files")
        if not isinstance(sums, dict):
            raise fault("files", "must name every file with its sha256")
        self.deidentified = bool(content.get("deidentified"))
        people = content.get("people")
        if isinstance(people, list):
            self.people = tuple(one for one in people if isinstance(one, str))
        return {name: total for name, total in sums.items() if isinstance(total, str)}


def _leaves(name: str) -> bool:
    path = PurePosixPath(name)
    return (
        path.is_absolute()
        or ".." in path.parts
        or "\\" in name
        or re.match(r"[A-Za-z]:", name) is not None
    )


def _printable(name: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in name)
