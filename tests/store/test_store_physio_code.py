"""A physiotherapist's code: who has it, how often it may be tried, what is kept of it."""

import hashlib
from collections.abc import Callable

import pytest

from coach.store import physio_code
from coach.store.database import Database
from coach.store.errors import BugError, KnownError
from coach.store.paths import Home
from coach.store.physio_code import CLOSED_MS, MOST_WRONG, PhysioCode, Tried
from coach.store.sessions import SessionStore

NOW = 1_763_660_000_000
RIGHT = "482913"
OTHER = "000000"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashing as it should be takes a quarter of a second a try."""
    monkeypatch.setattr(physio_code, "_N", 2)


@pytest.fixture
def code(opened: Callable[[], Database]) -> PhysioCode:
    """A code that is set to RIGHT."""
    made = PhysioCode(opened())
    assert made.set(RIGHT, None, NOW) is Tried.RIGHT
    return made


def closed_at(code: PhysioCode, now_utc_ms: int) -> None:
    """Wrong tries until the code is closed."""
    tried = [code.check(OTHER, now_utc_ms) for _ in range(MOST_WRONG)]
    assert tried == [Tried.WRONG] * (MOST_WRONG - 1) + [Tried.TOO_MANY]


def test_there_is_no_code_until_one_is_set(opened: Callable[[], Database]) -> None:
    """And it is still there at the next start."""
    code = PhysioCode(opened())
    assert not code.is_set
    with pytest.raises(BugError, match="none is set"):
        code.check(RIGHT, NOW)
    code.set(RIGHT, None, NOW)
    assert code.is_set
    assert PhysioCode(opened()).is_set


def test_only_the_code_itself_is_right(code: PhysioCode) -> None:
    """Nothing shorter, longer, spaced, empty or unspeakable is."""
    for other in (RIGHT[:-1], f"{RIGHT}0", f" {RIGHT}", "", "\ud800", "٤٨٢٩١٣"):
        assert code.check(other, NOW) is Tried.WRONG
        assert code.check(RIGHT, NOW) is Tried.RIGHT


@pytest.mark.parametrize(
    "bad", ["", "12345", "1234567890123", "12345a", "123 456", "٤٨٢٩١٣", "²²²²²²"]
)
def test_a_code_has_six_to_twelve_digits(code: PhysioCode, bad: str) -> None:
    """Any other is refused without a word of what it was, and the old one stays."""
    with pytest.raises(KnownError, match="6 to 12 digits") as refusal:
        code.set(bad, RIGHT, NOW)
    assert str(refusal.value) == "this code needs 6 to 12 digits"
    assert code.check(RIGHT, NOW) is Tried.RIGHT


@pytest.mark.parametrize("good", ["123456", "012345678901"])
def test_a_new_code_takes_the_old_one_with_it(code: PhysioCode, good: str) -> None:
    """Whoever knows the old may set the new."""
    assert code.set(good, RIGHT, NOW) is Tried.RIGHT
    assert code.check(good, NOW) is Tried.RIGHT
    assert code.check(RIGHT, NOW) is Tried.WRONG


def test_a_code_cannot_be_changed_by_guessing(code: PhysioCode) -> None:
    """A wrong old one, or none, is a try like any other, and closes the code like any other."""
    olds = [OTHER, None, "", OTHER, OTHER]
    tried = [code.set("111111", old, NOW) for old in olds]
    assert tried == [Tried.WRONG] * 4 + [Tried.TOO_MANY]
    assert code.set("111111", RIGHT, NOW) is Tried.TOO_MANY
    assert code.check(RIGHT, NOW + CLOSED_MS) is Tried.RIGHT


def test_five_wrong_tries_close_it_for_a_quarter_of_an_hour(code: PhysioCode) -> None:
    """To the right code as well, up to the last millisecond."""
    closed_at(code, NOW)
    assert CLOSED_MS == 900_000
    assert code.check(RIGHT, NOW + CLOSED_MS - 1) is Tried.TOO_MANY
    assert code.check(RIGHT, NOW + CLOSED_MS) is Tried.RIGHT


def test_after_the_wait_there_are_five_tries_again(code: PhysioCode) -> None:
    """And then the next wait; tries while closed do not lengthen the first."""
    closed_at(code, NOW)
    assert code.check(OTHER, NOW + CLOSED_MS // 2) is Tried.TOO_MANY
    closed_at(code, NOW + CLOSED_MS)
    assert code.check(RIGHT, NOW + 2 * CLOSED_MS - 1) is Tried.TOO_MANY


def test_only_wrong_tries_in_a_row_count(code: PhysioCode) -> None:
    """The right code, even as the fifth try, starts the count again."""
    for _ in range(2):
        for _ in range(MOST_WRONG - 1):
            assert code.check(OTHER, NOW) is Tried.WRONG
        assert code.check(RIGHT, NOW) is Tried.RIGHT


def test_a_clock_set_back_does_not_open_it_early(code: PhysioCode) -> None:
    """Nor a restart: what counts is the moment noted when it closed."""
    closed_at(code, NOW)
    assert code.check(RIGHT, NOW - 10 * CLOSED_MS) is Tried.TOO_MANY
    assert code.check(RIGHT, 0) is Tried.TOO_MANY
    assert code.check(RIGHT, NOW + CLOSED_MS - 1) is Tried.TOO_MANY


def test_wrong_tries_are_counted_across_restarts(
    code: PhysioCode, opened: Callable[[], Database]
) -> None:
    """Starting the program again gives no further tries."""
    tried = [PhysioCode(opened()).check(OTHER, NOW) for _ in range(MOST_WRONG)]
    assert tried[-1] is Tried.TOO_MANY


def test_a_try_costs_what_makes_guessing_from_a_stolen_file_slow(
    code: PhysioCode, monkeypatch: pytest.MonkeyPatch
) -> None:
    """32 MiB and three passes, whatever is tried."""
    monkeypatch.undo()
    costs: list[dict[str, int]] = []

    def note(typed: bytes, *, salt: bytes, **cost: int) -> bytes:
        costs.append(cost)
        return typed + salt

    monkeypatch.setattr(hashlib, "scrypt", note)
    code.check(OTHER, NOW)
    (cost,) = costs
    assert 128 * cost["n"] * cost["r"] == 32 * 2**20
    assert cost["p"] == 3


def test_nobody_can_read_the_code_from_the_file(code: PhysioCode, home: Home) -> None:
    """Only what scrypt made of it."""
    assert RIGHT.encode() not in home.database.read_bytes()


def test_two_settings_of_one_code_have_different_hashes(
    code: PhysioCode, opened: Callable[[], Database]
) -> None:
    """A table of all codes made once is of no use."""
    database = opened()
    before = tuple(database.query("SELECT salt, hash FROM physio_code")[0])
    code.set(RIGHT, RIGHT, NOW)
    after = tuple(database.query("SELECT salt, hash FROM physio_code")[0])
    assert before[0] != after[0]
    assert before[1] != after[1]


def test_the_code_stands_apart_from_the_sessions(
    code: PhysioCode, opened: Callable[[], Database]
) -> None:
    """A profile made later needs no code of its own."""
    assert SessionStore(opened()).profiles() == []
    assert code.check(RIGHT, NOW) is Tried.RIGHT
