"""Lines about what came after sessions: what cannot be kept is a fault of the file, never ours."""

import pytest

from coach.formats.later_lines import read_later

LINE = (
    '{"kind":"correction","person":"p-1","session":"s-1","what":{"asked":"pain",'
    '"made":"2025-12-20T09:00:00+01:00","moment":"set","n":1,"reason":"R","value":1}}'
)


def test_the_line_itself_is_good() -> None:
    lines, faults = read_later(LINE.encode(), "later.jsonl")
    assert len(lines) == 1
    assert not faults


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"n":1', '"n":' + "9" * 30, "too many digits"),
        ('"value":1', '"value":-' + "9" * 30, "too many digits"),
        ('"R"', r'"\ud800"', "is no text"),
        ("2025-12-20T09:00:00+01:00", "0001-01-01T00:00:00+14:00", "no year"),
        ("2025-12-20T09:00:00+01:00", "9999-12-31T23:59:59-14:00", "no year"),
        ('"value":1', '"value":' + "[" * 5000 + "]" * 5000, ""),
    ],
)
def test_what_no_data_file_can_hold_is_left_out_and_the_rest_is_read(
    old: str, new: str, message: str
) -> None:
    """Numbers past 64 bits, half characters, and times that are in no year in UTC."""
    lines, faults = read_later(f"{LINE.replace(old, new)}\n{LINE}".encode(), "later.jsonl")
    assert [one.line for one in lines] == [2]
    (fault,) = faults
    assert fault.line == 1
    assert message in fault.message
