"""What was reminded of, in a small file: losing it means at most one reminder told twice."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from coach.store.private_file import write_private
from coach.store.toml_text import to_toml

_LARGEST_BYTES = 4096


class RemindedFile:
    """The file between two starts of the program."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> Mapping[str, Any]:
        """What was written last; nothing where that cannot be read."""
        try:
            content = self._path.read_bytes()
            return tomllib.loads(content.decode()) if len(content) <= _LARGEST_BYTES else {}
        except (OSError, ValueError, RecursionError):
            return {}

    def write(self, document: Mapping[str, Any]) -> None:
        """Keep this instead. Raises KnownError when it cannot be written."""
        write_private(self._path, to_toml(document).encode())
