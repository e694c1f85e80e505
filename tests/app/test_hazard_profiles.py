"""H19: what one person did is not another's."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from coach.app.coach_app import CoachApp
from coach.app.export.exporting import Format, Source, Wish, export
from coach.domain.rating import News, SetAnswers
from coach.domain.record import Selection
from coach.engine.control import Move
from coach.engine.inputs import Acknowledge, Report, SomethingWrong
from live_player import LivePlayer, shipped_answers
from opened_program import SHIPPED, OpenedProgram

Open = Callable[..., OpenedProgram]


def of(program: OpenedProgram, profile: str) -> CoachApp:
    """The same home, used by somebody else."""
    return CoachApp(
        SHIPPED,
        program.home,
        program.store,
        program.clock,
        program.voice,
        program.clock.seconds,
        profile=profile,
    )


@pytest.mark.hazard("H19")
def test_another_profile_has_no_session_no_lock_and_no_answer_of_the_first(
    program: OpenedProgram,
) -> None:
    """Nor does it take one over: each is asked for what is theirs."""
    player = LivePlayer(program.app.begin(), program.clock, shipped_answers("calm-day"))
    player.until(Move)
    player.live.give(SomethingWrong())
    player.live.give(Report(SetAnswers(new=frozenset({News.SWOLLEN_CALF}))))
    player.live.give(Acknowledge())
    assert program.app.today().lock is not None

    other = of(program, "Ben")
    today = other.today()
    assert (today.lock, today.unfinished, today.ask, today.closed) == (None, None, None, None)
    assert today.full_check_in
    assert today.why == (other.phrases.say("today.why_first"),)
    theirs = other._profile.id
    assert theirs != program.profile
    store = program.store
    assert len(store.sessions(program.profile)) == 1
    assert store.sessions(theirs) == []
    assert (store.active_locks(theirs), store.pasts(theirs), store.afterwards(theirs)) == (
        [],
        [],
        [],
    )
    assert {store.last_answer(theirs, q.id) for q in SHIPPED.screen} == {None}

    LivePlayer(other.begin(), program.clock, shipped_answers("calm-day")).play()
    assert len(store.sessions(theirs)) == 1
    assert len(store.sessions(program.profile)) == 1
    assert of(program, "Ben").today().lock is None
    assert program.app.today().lock is not None


@pytest.mark.hazard("H19")
def test_a_log_carries_a_pseudonym_and_no_name(program: OpenedProgram) -> None:
    """What may leave the computer does not say whose it is."""
    other = of(program, "Ada Lovelace")
    LivePlayer(other.begin(), program.clock, shipped_answers("calm-day")).play()
    (path,) = program.home.session_logs.iterdir()
    text = path.read_text(encoding="utf-8")
    assert other._profile.pseudonym in text
    assert "Ada" not in text and "Lovelace" not in text
    assert other._profile.id not in text


def contents(path: Path) -> bytes:
    """Every byte of a file, of those packed in it too."""
    if not zipfile.is_zipfile(path):
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        return b"".join(one.encode() + archive.read(one) for one in archive.namelist())


@pytest.mark.hazard("H19")
@pytest.mark.parametrize("deidentify", [False, True])
@pytest.mark.parametrize("kind", [Format.CSV, Format.XLSX, Format.JSON, Format.FHIR])
def test_an_export_of_one_person_holds_nothing_of_another(
    program: OpenedProgram, tmp_path: Path, kind: Format, deidentify: bool
) -> None:
    """And de-identified nothing that names the one it is about."""
    LivePlayer(program.app.begin(), program.clock, shipped_answers("calm-day")).play()
    ada = of(program, "Ada Lovelace")
    LivePlayer(ada.begin(), program.clock, shipped_answers("emergency-after-a-set")).play()
    own, other = program.app._profile, ada._profile
    (mine,), (theirs,) = (program.store.sessions(one.id) for one in (own, other))
    source = Source(program.store, SHIPPED, program.home, program.clock.wall(), lambda: "f00d")
    wish = Wish(kind, Selection(own.id), tmp_path / "out", deidentify=deidentify)
    made = export(source, wish)
    assert made.sessions == 1
    written = b"".join(map(contents, made.files))
    for word in (theirs.id, other.pseudonym, other.id, "Ada", "Lovelace"):
        assert word.encode() not in written
    for word in (mine.id, own.pseudonym):
        assert (word.encode() in written) is not deidentify
