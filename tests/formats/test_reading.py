"""Limits and syntax come before anything else is looked at."""

import pytest

from coach.formats.bad_file import BadFile, FileFault
from coach.formats.reading import MOST_BYTES, MOST_CHARACTERS, Reading

HEAD = b'format = "nerve-coach.test/1"\n'


def fault_of(text: bytes | str) -> FileFault:
    with pytest.raises(BadFile) as caught:
        Reading(text, "a.toml", "nerve-coach.test/1")
    (fault,) = caught.value.faults
    return fault


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (HEAD + b"a = 1\n# " + b"x" * MOST_CHARACTERS, 3, "characters"),
        (HEAD + b"# 0123456\n" * (MOST_BYTES // 10), 1, "bytes"),
        (HEAD + b'a = "\xff\xfe"\n', 2, "UTF-8"),
        (b"\xef\xbb\xbf" + HEAD, 1, "byte order mark"),
        (HEAD + b'a = 1\nb = "\x00"\n', 3, "NUL"),
        (HEAD + b"a = 1\na = 2\n", 3, "overwrite"),
        (HEAD + b"[t]\n[t]\n", 3, "twice"),
        (HEAD + b"a = \n", 2, ""),
        (HEAD + b"a = [1,\n2,\n", 3, ""),
        (HEAD + b"a = " + b"[\n" * 20_000, 1, "nested"),
        (HEAD + b"a = 2027-02-30\n", 2, ""),
        (HEAD + b"a = 1\r\nb = \x0b\r\n", 3, ""),
        ("a = '\ud800'\n", 1, "UTF-8"),
        (b"", 1, 'format = "nerve-coach.test/1"'),
        (b'format = "nerve-coach.plan/1"\n', 1, "must be"),
        (b'# x\nformat = "nerve-coach.test/2"\n', 2, "newer"),
        (b"format = 1\n", 1, "must be"),
        (b'format = ["nerve-coach.test/1"]\n', 1, "must be"),
    ],
)
def test_unusable_text_is_refused_with_its_line(text: bytes | str, line: int, words: str) -> None:
    fault = fault_of(text)
    assert fault.line == line
    assert words in fault.message


def test_limits_themselves_are_still_allowed() -> None:
    line = b"# " + b"x" * (MOST_CHARACTERS - 2) + b"\n"
    whole = HEAD + line * ((MOST_BYTES - len(HEAD)) // len(line))
    assert Reading(whole, "a.toml", "nerve-coach.test/1").content.keys() == {"format"}


def test_a_fault_reads_as_file_line_field_message() -> None:
    assert str(FileFault("a.toml", 3, "exercise.2.reps", "is missing")) == (
        "a.toml:3: exercise.2.reps: is missing"
    )


def test_a_field_without_its_own_line_gets_the_line_around_it() -> None:
    reading = Reading(HEAD + b"[limits]\na = 1\n", "a.toml", "nerve-coach.test/1")
    reading.fault_at("limits.b.3", "is missing")
    assert reading.faults == [FileFault("a.toml", 2, "limits.b.3", "is missing")]


def test_a_message_that_quotes_the_file_can_be_printed() -> None:
    """A tab in a quoted word arrives as its escape."""
    reading = Reading('format = "nerve-coach.plan/1"\n', "x.toml", "nerve-coach.plan/1")
    reading.fault(("format",), "there is no text a\tb")

    assert str(reading.faults[0]) == "x.toml:1: format: there is no text a\\tb"
