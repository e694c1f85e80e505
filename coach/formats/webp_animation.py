"""Single WebP pictures put together into one that moves.

Follows the WebP container specification: a RIFF file with a header of the whole (VP8X), how often
it repeats (ANIM), and each picture with its duration (ANMF).
"""

from collections.abc import Iterator, Sequence

LONGEST_MS = 0xFFFFFF
_ANIMATED = 0x02
_ALPHA = 0x10
_PICTURE_CHUNKS = (b"ALPH", b"VP8 ", b"VP8L")
_WITHOUT_BLENDING = 0x02


def animated(pictures: Sequence[bytes], width: int, height: int, ms: int) -> bytes:
    """Whole WebP files of one size (pixels), each shown for so long, repeated without end.

    Raises ValueError when there is none, when one is no WebP picture, or for a size or duration the
    format cannot hold.
    """
    if not pictures:
        raise ValueError("an animation needs at least one picture")
    if not 0 < ms <= LONGEST_MS:
        raise ValueError(f"a picture cannot be shown for {ms} ms")
    if not (0 < width <= 1 << 14 and 0 < height <= 1 << 14):
        raise ValueError(f"a picture cannot be {width} by {height} pixels large")
    size = _three(width - 1) + _three(height - 1)
    frames = [_picture_data(picture) for picture in pictures]
    alpha = _ALPHA if any(frame[:4] != b"VP8 " for frame in frames) else 0
    around = _three(0) * 2 + size + _three(ms) + bytes([_WITHOUT_BLENDING])
    body = b"".join(
        (
            _chunk(b"VP8X", bytes([_ANIMATED | alpha, 0, 0, 0]) + size),
            _chunk(b"ANIM", bytes(6)),
            *(_chunk(b"ANMF", around + frame) for frame in frames),
        )
    )
    return b"RIFF" + (len(body) + 4).to_bytes(4, "little") + b"WEBP" + body


def _picture_data(picture: bytes) -> bytes:
    """The chunks of one file that hold the picture itself."""
    if picture[:4] != b"RIFF" or picture[8:12] != b"WEBP":
        raise ValueError("one of the pictures is no WebP file")
    kept = b"".join(_chunk(name, data) for name, data in _chunks(picture[12:]))
    if not kept:
        raise ValueError("one of the WebP files holds no picture")
    return kept


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + 8 <= len(content):
        name, length = content[at : at + 4], int.from_bytes(content[at + 4 : at + 8], "little")
        if name in _PICTURE_CHUNKS:
            yield name, content[at + 8 : at + 8 + length]
        at += 8 + length + length % 2


def _chunk(name: bytes, data: bytes) -> bytes:
    return name + len(data).to_bytes(4, "little") + data + bytes(len(data) % 2)


def _three(number: int) -> bytes:
    return number.to_bytes(3, "little")
