"""FHIR out of a real store: what was played, in one private file."""

import json
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from coach.app.export.exporting import Format, Source, Wish, export, steps
from coach.domain.record import Asked, Correction, Moment, Selection
from coach.store.errors import KnownError
from coach.store.records import LockRow
from fake_clock import DAY_MS, FakeClock
from fhir_gate import checkers, judged
from fhir_own_checks import own_faults, resources
from live_player import LivePlayer, shipped_answers
from opened_program import SHIPPED, OpenedProgram


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenedProgram]:
    """Two sessions, of which the first was corrected."""
    clock = FakeClock()
    with OpenedProgram(tmp_path_factory.mktemp("home"), clock) as opened:
        for day in ("eased-day", "calm-day"):
            LivePlayer(opened.app.begin(), clock, shipped_answers(day)).play()
            clock.pass_ms(2 * DAY_MS)
            opened.skip_question()
        first = next(opened.store.record.sessions(Selection()))
        made = first.closed
        correction = Correction(Moment.SET, 1, Asked.TINGLING, 2, "it was two", made)
        opened.store.add_correction(first.id, correction)
        yield opened


def source(program: OpenedProgram) -> Source:
    return Source(program.store, SHIPPED, program.home, program.clock.wall(), lambda: "4f1c09ab")


def exported(program: OpenedProgram, out: Path, **wishes: Any) -> dict[str, Any]:
    wish = Wish(Format.FHIR, wishes.pop("selection", Selection()), out, **wishes)
    done = export(source(program), wish)
    assert done is not None and done.files == (out,)
    whole: dict[str, Any] = json.loads(out.read_bytes())
    return whole


def test_what_was_really_played_passes_every_checker(
    program: OpenedProgram, tmp_path: Path
) -> None:
    whole = [
        exported(program, tmp_path / "a.json"),
        exported(program, tmp_path / "b.json", document=True),
        exported(program, tmp_path / "c.json", deidentify=True),
        exported(program, tmp_path / "d.json", deidentify=True, document=True),
    ]
    assert judged(whole) == [{checker: [] for checker in checkers()}] * 4
    assert len(resources(whole[0], "Procedure")) == 2


def test_it_is_one_private_file_and_the_same_each_time(
    program: OpenedProgram, tmp_path: Path
) -> None:
    out = tmp_path / "a.json"
    exported(program, out)
    before = out.read_bytes()
    exported(program, out)
    assert out.read_bytes() == before
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


def test_a_correction_is_beside_what_was_said(program: OpenedProgram, tmp_path: Path) -> None:
    whole = exported(program, tmp_path / "a.json")
    (amended,) = [one for one in resources(whole, "Observation") if one["status"] == "amended"]
    (first,) = [
        one["resource"]
        for one in whole["entry"]
        if one["fullUrl"] == amended["derivedFrom"][0]["reference"]
    ]
    assert (first["valueQuantity"]["value"], amended["valueQuantity"]["value"]) == (4, 2)
    assert amended["note"][0]["text"] == "it was two"


def test_a_masked_file_holds_nothing_of_the_person(program: OpenedProgram, tmp_path: Path) -> None:
    exported(program, tmp_path / "a.json", deidentify=True)
    text = (tmp_path / "a.json").read_text(encoding="utf-8")
    (profile,) = program.store.profiles()
    session = next(program.store.record.sessions(Selection()))
    for secret in (profile.pseudonym, session.id, session.fingerprint, session.plan_title, "2025-"):
        assert secret not in text
    assert "2000-01-01" in text


def test_a_part_without_sessions_is_an_empty_transaction(
    program: OpenedProgram, tmp_path: Path
) -> None:
    nobody = Selection(exercise="S9")
    whole = exported(program, tmp_path / "a.json", selection=nobody)
    assert ("entry" in whole, own_faults(whole)) == (False, [])


def test_a_document_about_nothing_is_refused_and_leaves_nothing(
    program: OpenedProgram, tmp_path: Path
) -> None:
    wish = Wish(Format.FHIR, Selection(exercise="S9"), tmp_path / "a.json", document=True)
    with pytest.raises(KnownError, match=r"a\.json: there are no sessions"):
        export(source(program), wish)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("wishes", [{}, {"deidentify": True}, {"document": True}])
def test_a_stop_found_in_a_log_that_was_left_is_told(
    tmp_path: Path, wishes: dict[str, bool]
) -> None:
    """Its session is in none of the tables, and it closes sessions all the same."""
    clock = FakeClock()
    with OpenedProgram(tmp_path / "home", clock) as opened:
        LivePlayer(opened.app.begin(), clock, shipped_answers("calm-day")).play()
        lock = LockRow("gone-E1", opened.profile, None, "emergency", "E1", clock.wall())
        opened.store.set_locks([lock])
        whole = exported(opened, tmp_path / "a.json", **wishes)
    assert [flag["status"] for flag in resources(whole, "Flag")] == ["active"]
    assert own_faults(whole) == []


def test_given_up_half_way_nothing_is_left(program: OpenedProgram, tmp_path: Path) -> None:
    work = steps(source(program), Wish(Format.FHIR, Selection(), tmp_path / "a.json"))
    assert [next(work).total for _ in range(3)] == [2, 2, 2]
    work.close()
    assert list(tmp_path.iterdir()) == []
