"""Days and times in the settings file: what is written is what is read, and nothing else."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.store.weekly import days_text, read_days, read_times, times_text

minutes = st.builds(time, st.integers(0, 23), st.integers(0, 59))


@given(st.frozensets(st.integers(1, 7)))
def test_days_come_back(days: frozenset[int]) -> None:
    """Any choice of them, none too."""
    assert read_days(days_text(days)) == days


@given(st.sets(minutes, min_size=1, max_size=2))
def test_times_come_back_in_order(times: set[time]) -> None:
    """The earliest comes first however they were chosen."""
    assert read_times(times_text(tuple(times)), 2) == tuple(sorted(times))


def test_days_are_those_of_iso() -> None:
    """Monday is 1; spaces do not matter, the order neither."""
    assert read_days("sun, mon") == frozenset({1, 7})
    assert days_text(frozenset({7, 1})) == "mon,sun"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Mon", "must be days such as"),
        ("mon,,tue", "must be days such as"),
        ("mon,mon", "names a day twice"),
    ],
)
def test_other_days_are_refused_in_words(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        read_days(text)


@pytest.mark.parametrize(
    ("text", "most", "words"),
    [
        ("24:00", 1, 'such as "18:30"'),
        ("7:00", 2, 'such as "12:30,18:30"'),
        ("07:00:00", 2, "must be a time of day"),
        ("07:00+01:00", 2, "must be a time of day"),
        ("07:0x", 1, "must be a time of day"),
        ("07:00,08:00", 1, "must be a single time"),
        ("07:00,08:00,09:00", 2, "must be at most 2 times"),
        ("07:00,07:00", 2, "names a time twice"),
    ],
)
def test_other_times_are_refused_in_words(text: str, most: int, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        read_times(text, most)
