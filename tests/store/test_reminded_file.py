"""What was reminded of survives a restart; whatever is wrong with its file reminds once more."""

from datetime import datetime
from pathlib import Path

import pytest

from coach.store.reminded import RemindedFile


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    """Times come back as times."""
    document = {"told": {"session": datetime(2026, 11, 21, 18, 30)}}  # noqa: DTZ001 - as in TOML
    RemindedFile(tmp_path / "reminded").write(document)
    assert RemindedFile(tmp_path / "reminded").read() == document


@pytest.mark.parametrize(
    "content", [None, b"told = ", b"\xff", b"x = 1\n" * 2000, b"x = " + b"[" * 3000]
)
def test_a_file_that_cannot_be_read_says_nothing(tmp_path: Path, content: bytes | None) -> None:
    """Missing, torn, no text, far too long, nested without end."""
    file = tmp_path / "reminded"
    if content is not None:
        file.write_bytes(content)
    assert RemindedFile(file).read() == {}
