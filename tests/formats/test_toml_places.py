"""The line of every key, found by a second walk over the text."""

import tomllib

import pytest

from coach.formats.toml_places import places

TEXT = '''# comment with [brackets] = "and quotes"
title = "a # b"  # after
"quoted key".inner = 1
[limits]
first = 2027-06-30 07:00:00
lines = [1, 2,
  # between
  3,
]
text = """
looks = "like a key"
[header]
"""
literal = \'\'\'
[[no]]
\'\'\'
[[exercise]]
id = "S3"
[[exercise]]
id = "S4"
inside = { a = 1, b = [ { c = 2 },
  { c = 3 } ] }
[exercise.more]
deep = \'x\'
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 2),
        (("quoted key",), 3),
        (("quoted key", "inner"), 3),
        (("limits",), 4),
        (("limits", "first"), 5),
        (("limits", "lines", 0), 6),
        (("limits", "lines", 2), 8),
        (("limits", "text"), 10),
        (("limits", "literal"), 14),
        (("exercise", 0), 17),
        (("exercise", 0, "id"), 18),
        (("exercise", 1, "id"), 20),
        (("exercise", 1, "inside", "b", 0, "c"), 21),
        (("exercise", 1, "inside", "b", 1, "c"), 22),
        (("exercise", 1, "more"), 23),
        (("exercise", 1, "more", "deep"), 24),
    ],
)
def test_every_key_is_found_on_its_line(path: tuple[str | int, ...], line: int) -> None:
    tomllib.loads(TEXT)
    assert places(TEXT)[path] == line


def test_text_inside_strings_is_no_key() -> None:
    """A header or key inside a string would otherwise send people to the wrong line."""
    found = places(TEXT)
    assert ("limits", "looks") not in found
    assert ("header",) not in found
    assert ("no",) not in found


def test_escaped_quotes_do_not_end_a_string() -> None:
    assert places('a = "x\\"y"\nb = 2\n')[("b",)] == 2


def test_a_long_string_may_end_in_quotes() -> None:
    """Up to two quotes right before the closing three belong to the text."""
    text = 'a = """x"""""\nb = \'\'\'y\'\'\'\'\nc = 3\n'
    assert tomllib.loads(text)["a"] == 'x""'
    assert places(text) == {("a",): 1, ("b",): 2, ("c",): 3}


def test_an_escaped_key_is_known_by_what_it_means() -> None:
    assert places('"a\\u0062\\t" = 1\n')[("ab\t",)] == 1
