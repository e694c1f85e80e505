"""A zip of logs: damage in it is told of the file that it is in, however that was packed."""

import io
import zipfile

import pytest

from coach.formats.log_archive import LogArchive

CONTENT = b"".join(b"%d: a line of a log\n" % number for number in range(500))


@pytest.mark.parametrize(
    "packed", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
)
def test_damage_in_any_kind_of_packing_is_a_fault_of_that_file(packed: int) -> None:
    """Every twentieth byte, one at a time; the archive itself can still be opened."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", packed) as archive:
        archive.writestr("a.jsonl", CONTENT)
        size = archive.getinfo("a.jsonl").compress_size
    whole = made.getvalue()
    begins = 30 + len("a.jsonl")
    for at in range(begins, begins + size, 20):
        torn = bytearray(whole)
        torn[at] ^= 0xFF
        entry = LogArchive(io.BytesIO(torn), "x.zip").read("a.jsonl")
        assert entry.fault is not None or entry.content == CONTENT
