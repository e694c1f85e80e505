"""Days of the week and times of day as they stand in the settings file."""

from datetime import time

#: Names of the days in the file, Monday first.
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def read_days(text: str) -> frozenset[int]:
    """ISO weekdays (Monday is 1) of ``mon,wed``; none of an empty text. Raises ValueError."""
    words = [word.strip() for word in text.split(",")] if text.strip() else []
    if any(word not in DAYS for word in words):
        raise ValueError(f'must be days such as "mon,wed,fri", out of {", ".join(DAYS)}')
    if len(set(words)) < len(words):
        raise ValueError("names a day twice")
    return frozenset(DAYS.index(word) + 1 for word in words)


def days_text(days: frozenset[int]) -> str:
    """The text that :func:`read_days` reads as these days."""
    return ",".join(DAYS[day - 1] for day in sorted(days))


def read_times(text: str, most: int) -> tuple[time, ...]:
    """Times of day of ``18:30`` or ``12:30,18:30``, the earliest first. Raises ValueError.

    most: how many there may be; there is at least one.
    """
    words = [word.strip() for word in text.split(",")]
    example = "18:30" if most == 1 else "12:30,18:30"
    try:
        times = sorted(_time(word) for word in words)
    except ValueError:
        raise ValueError(f'must be a time of day such as "{example}"') from None
    if len(times) > most:
        raise ValueError("must be a single time" if most == 1 else f"must be at most {most} times")
    if len(set(times)) < len(times):
        raise ValueError("names a time twice")
    return tuple(times)


def times_text(times: tuple[time, ...]) -> str:
    """The text that :func:`read_times` reads as these times."""
    return ",".join(f"{one:%H:%M}" for one in sorted(times))


def _time(word: str) -> time:
    """HH:MM and nothing else: ``time.fromisoformat`` also takes seconds and offsets."""
    hour, colon, minute = word.partition(":")
    if not (colon and len(hour) == len(minute) == 2 and (hour + minute).isascii()):
        raise ValueError(word)
    if not (hour + minute).isdigit():
        raise ValueError(word)
    return time(int(hour), int(minute))
