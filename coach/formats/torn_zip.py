"""What is left of a zip whose end is missing, and with it its table of contents."""

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

_FILE = struct.Struct("<4s5H3I2H")
"""What stands before each file: signature, version, flags, packing, time, day, CRC-32, packed size,
size, length of the name and of what follows it."""

_BEGINS = b"PK\x03\x04"
_SIZES_FOLLOW = 0x08
"""Flag: how long a file is stands behind it, where a torn zip may have nothing."""
_UTF8 = 0x800


def whole_files(torn: IO[bytes], most_bytes: int) -> Iterator[tuple[str, bytes]]:
    """Name and content of each file from the beginning on, up to the first that is not whole.

    most_bytes: what a file may have, packed or not; a longer one counts as not whole.
    """
    torn.seek(0)
    while len(head := torn.read(_FILE.size)) == _FILE.size:
        begins, _, flags, packing, _, _, crc, packed, size, name, more = _FILE.unpack(head)
        if begins != _BEGINS or flags & _SIZES_FOLLOW or max(packed, size) > most_bytes:
            return
        coding = "utf-8" if flags & _UTF8 else "cp437"
        shown = torn.read(name).decode(coding, "replace")
        torn.seek(more, 1)
        content = _unpacked(torn.read(packed), packing, size)
        if not shown or content is None or zlib.crc32(content) != crc:
            return
        yield shown, content


def _unpacked(content: bytes, packing: int, size: int) -> bytes | None:
    if packing == ZIP_STORED:
        return content
    if packing != ZIP_DEFLATED:
        return None
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(content, size)
    except zlib.error:
        return None


def mended(torn: IO[bytes], most_bytes: int, most_files: int) -> ZipFile | None:
    """A zip of the files that are whole, None where there is not one. Limits: as above."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, content in islice(whole_files(torn, most_bytes), most_files):
            archive.writestr(name, content)
        found = bool(archive.namelist())
    return ZipFile(made) if found else None
