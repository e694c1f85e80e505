"""Any text at all gives faults with a place, never another error."""

import string
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from coach.domain.exercise import Catalogue
from coach.formats.bad_file import BadFile
from coach.formats.check import faults_in, kind_of_file
from coach.formats.phrases import Phrases


@pytest.fixture(scope="session")
def shipped(root: Path) -> dict[str, bytes]:
    folders = ("assets/exercises", "assets/phrases", "assets/questions", "assets/rules", "sessions")
    return {
        str(file.relative_to(root)): file.read_bytes()
        for folder in folders
        for file in sorted((root / folder).rglob("*.toml"))
    } | {"assets/emergency_numbers.toml": (root / "assets/emergency_numbers.toml").read_bytes()}


def test_every_shipped_file_is_without_fault(
    shipped: dict[str, bytes], catalogue: Catalogue, phrases: Phrases
) -> None:
    assert len(shipped) > 30
    found = [
        fault
        for name, text in shipped.items()
        for fault in faults_in(name, text, catalogue, phrases)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("sessions/plans/first-week.toml", "plan"),
        ("sessions/answers/calm-day.toml", "answers"),
        ("assets/exercises/S3.toml", "exercise"),
        ("assets/phrases/en.toml", "phrases"),
        ("assets/questions/en.toml", "questions"),
        ("assets/rules/after_set.toml", "rules"),
        ("assets/rules/across_days.toml", "days"),
        ("assets/emergency_numbers.toml", "numbers"),
    ],
)
def test_the_format_key_says_what_a_file_is(
    name: str, kind: str, shipped: dict[str, bytes]
) -> None:
    assert kind_of_file(name, shipped[name]) == kind
    assert kind_of_file(name, shipped[name].decode()) == kind


def test_a_log_is_known_by_its_first_brace() -> None:
    assert kind_of_file("a.jsonl", b'{"format": "nerve-coach.log/1"}\n') == "log"
    assert kind_of_file("a.jsonl", '{"format": "nerve-coach.log/1"}\n') == "log"


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(BadFile, match=r"a\.toml:1: format: must be one of nerve-coach\.plan/1"):
        kind_of_file("a.toml", b'format = "nerve-coach.soup/1"\n')


VALUES = (
    "true",
    '""',
    '"x"',
    "-1",
    "0",
    "1e400",
    "nan",
    "[]",
    "{}",
    "[[1]]",
    "2027-01-01",
    "9" * 40,
)
JUNK = (b"\0", b"\xff", b'"', b"'''", b"[", b"]]", b"{", b"=", b"\\", b"\n", b"\r", b"#", b".")


@st.composite
def mutated(draw: st.DrawFn) -> tuple[int, list[tuple[str, int, str | bytes]]]:
    """A file number and some changes: a line's value, a lost or doubled line, a stray byte."""
    change = st.one_of(
        st.tuples(st.just("value"), st.integers(0, 500), st.sampled_from(VALUES)),
        st.tuples(st.just("drop"), st.integers(0, 500), st.just("")),
        st.tuples(st.just("double"), st.integers(0, 500), st.just("")),
        st.tuples(
            st.just("rename"), st.integers(0, 500), st.text(string.ascii_letters, max_size=5)
        ),
        st.tuples(st.just("junk"), st.integers(0, 20_000), st.sampled_from(JUNK)),
    )
    return draw(st.integers(0, 500)), draw(st.lists(change, min_size=1, max_size=4))


def changed(text: bytes, changes: list[tuple[str, int, str | bytes]]) -> bytes:
    for how, place, what in changes:
        lines = text.split(b"\n")
        at = place % len(lines)
        key, equals, _ = lines[at].partition(b" = ")
        if how == "junk" and isinstance(what, bytes):
            cut = place % (len(text) + 1)
            text = text[:cut] + what + text[cut:]
            continue
        if how == "value" and equals:
            lines[at] = key + equals + str(what).encode()
        elif how == "rename" and equals:
            lines[at] = str(what).encode() + lines[at][len(key) :]
        elif how == "drop":
            del lines[at]
        elif how == "double":
            lines.insert(at, lines[at])
        text = b"\n".join(lines)
    return text


@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mutation=mutated())
def test_a_damaged_file_gives_faults_with_a_place(
    mutation: tuple[int, list[tuple[str, int, str | bytes]]],
    shipped: dict[str, bytes],
    catalogue: Catalogue,
    phrases: Phrases,
) -> None:
    """Whatever happened to a file, the answer is a list of places, and it never comes twice."""
    number, changes = mutation
    names = sorted(shipped)
    name = names[number % len(names)]
    text = changed(shipped[name], changes)
    found = faults_in(name, text, catalogue, phrases)
    assert len(found) == len(set(found))
    for fault in found:
        assert fault.file == name
        assert 1 <= fault.line <= text.count(b"\n") + 1
        assert fault.field
        assert fault.message
        assert str(fault).isprintable()


@pytest.mark.hazard("H20")
@settings(max_examples=200)
@example(text=b'format = "nerve-coach.plan/1"\n"\\u0000" = 1\n')
@example(text=b'format = "nerve-coach.plan/1"\nexercise = 3\n')
@example(text=b'format = "nerve-coach.plan/1"\nexercise = [3, [], { id = [] }]\n')
@example(text=b'format = "nerve-coach.answers/1"\nset = [1]\ncheck_in = []\n')
@example(text=b'format = "nerve-coach.exercise/1"\nlevel.A.home = 1e309\nphase = [{ name = {} }]\n')
@given(text=st.binary(max_size=300))
def test_any_bytes_give_faults_or_nothing(
    text: bytes, catalogue: Catalogue, phrases: Phrases
) -> None:
    for fault in faults_in("any.toml", text, catalogue, phrases):
        assert str(fault).isprintable()
