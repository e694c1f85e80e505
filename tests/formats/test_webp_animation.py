"""Pictures put together into one that moves."""

import pytest

from coach.formats.webp_animation import animated


def riff(*chunks: tuple[bytes, bytes]) -> bytes:
    body = b"".join(
        name + len(data).to_bytes(4, "little") + data + bytes(len(data) % 2)
        for name, data in chunks
    )
    return b"RIFF" + (len(body) + 4).to_bytes(4, "little") + b"WEBP" + body


PICTURE = riff((b"VP8 ", b"abc"))


def test_the_file_says_its_length_size_and_pictures() -> None:
    made = animated([PICTURE, PICTURE], 640, 360, 40)
    assert made[:4] == b"RIFF" and made[8:16] == b"WEBPVP8X"
    assert int.from_bytes(made[4:8], "little") == len(made) - 8
    assert made[24:30] == (639).to_bytes(3, "little") + (359).to_bytes(3, "little")
    assert made.count(b"ANMF") == 2
    assert made.count((40).to_bytes(3, "little") + b"\x02VP8 ") == 2


def test_only_the_picture_itself_is_taken_along() -> None:
    """A file's own header and what a camera wrote into it stay behind."""
    full = riff((b"VP8X", bytes(10)), (b"ALPH", b"tr"), (b"VP8 ", b"abcd"), (b"EXIF", b"private"))
    made = animated([full], 10, 10, 100)
    assert b"ALPH" in made and b"abcd" in made
    assert b"private" not in made
    assert made[20] & 0x10


@pytest.mark.parametrize(
    ("pictures", "size", "ms"),
    [
        ([], (10, 10), 40),
        ([b"\x89PNG and more of it"], (10, 10), 40),
        ([riff((b"EXIF", b"x"))], (10, 10), 40),
        ([PICTURE], (0, 10), 40),
        ([PICTURE], (10, 20_000), 40),
        ([PICTURE], (10, 10), 0),
        ([PICTURE], (10, 10), 1 << 24),
    ],
)
def test_what_cannot_be_put_together_is_refused(
    pictures: list[bytes], size: tuple[int, int], ms: int
) -> None:
    with pytest.raises(ValueError):
        animated(pictures, *size, ms)
