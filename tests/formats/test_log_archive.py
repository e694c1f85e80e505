"""A zip of logs: damage in it is told of the file that it is in, however that was packed."""

import io
import zipfile

import pytest

from coach.formats.bad_file import BadFile
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


def torn_after(names: list[str], packed: int = zipfile.ZIP_DEFLATED) -> tuple[bytes, list[int]]:
    """A zip, and where each of its files begins."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", packed) as archive:
        for name in names:
            archive.writestr(name, f"{name} ".encode() + CONTENT)
        begins = [one.header_offset for one in archive.infolist()]
    return made.getvalue(), begins


@pytest.mark.parametrize("packed", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_of_a_zip_that_breaks_off_every_whole_file_is_read(packed: int) -> None:
    """Wherever it breaks off, and with a word about it."""
    names = [f"logs/{n}.jsonl" for n in range(4)]
    whole, begins = torn_after(names, packed)
    for cut in range(begins[1], len(whole) - 22, 50):
        archive = LogArchive(io.BytesIO(whole[:cut]), "x.zip")
        complete = sum(end <= cut for end in (*begins[1:], whole.index(b"PK\x01\x02")))
        assert archive.logs == names[:complete]
        assert [fault.field for fault in archive.faults] == ["file"]
        for name in archive.logs:
            entry = archive.read(name)
            assert (entry.fault, entry.content) == (None, f"{name} ".encode() + CONTENT)


def test_of_a_zip_whose_table_of_contents_is_damaged_every_file_is_read() -> None:
    whole, _ = torn_after(["a.jsonl", "später.jsonl"])
    damaged = whole.replace(b"PK\x05\x06", b"PK\x00\x00")
    assert LogArchive(io.BytesIO(damaged), "x.zip").logs == ["a.jsonl", "später.jsonl"]


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"PK\x03\x04" + bytes(200), b"PK\x03\x04" + b"\xff" * 99]
)
def test_what_holds_no_whole_file_is_no_zip(content: bytes) -> None:
    with pytest.raises(BadFile, match=r"x\.zip:1: file: is no zip"):
        LogArchive(io.BytesIO(content), "x.zip")


def test_a_file_that_claims_too_much_is_not_unpacked() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.jsonl", CONTENT)
        archive.writestr("b.jsonl", bytes(9 * 1024 * 1024))
    torn = made.getvalue()[:-30]
    assert LogArchive(io.BytesIO(torn), "x.zip").logs == ["a.jsonl"]
