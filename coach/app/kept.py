"""What was read from the shipped files, kept so that the next start need not check them again.

Reading them takes pydantic and a third of a second; what came out of it is kept in the cache
folder as plain JSON below a line that seals it together with all it was read from. Another
program version, a changed file or a damaged copy breaks the seal, and the files are read again.
"""

import contextlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from coach import __version__
from coach.formats.values import as_data, from_data
from coach.store.errors import KnownError
from coach.store.private_file import make_folder, write_private


@dataclass(frozen=True, slots=True)
class Kept:
    """A folder of values; None keeps nothing."""

    folder: Path | None

    def value(self, name: str, kind: Any, sources: Iterable[bytes], read: Callable[[], Any]) -> Any:
        """What ``read`` makes of ``sources``, a value of type ``kind``; its errors pass through."""
        if self.folder is None:
            return read()
        file = self.folder / f"{name}.json"
        origin = _origin(sources)
        with contextlib.suppress(OSError, ValueError):
            seal, _, body = file.read_bytes().partition(b"\n")
            if seal == _seal(origin, body):
                return from_data(kind, json.loads(body))
        value = read()
        body = json.dumps(as_data(value), ensure_ascii=False).encode()
        with contextlib.suppress(KnownError):  # without it the next start is only slower
            make_folder(self.folder)
            write_private(file, _seal(origin, body) + b"\n" + body)
        return value


def _origin(sources: Iterable[bytes]) -> bytes:
    """Fingerprint of the program version and of everything a value is read from, in order."""
    digest = sha256(__version__.encode())
    for content in sources:
        digest.update(sha256(content).digest())
    return digest.digest()


def _seal(origin: bytes, body: bytes) -> bytes:
    return sha256(origin + body).hexdigest().encode()
