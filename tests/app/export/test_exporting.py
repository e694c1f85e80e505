"""An export is whole or not there: private, given up without a trace, plain about what fails."""

import errno
import os
import stat
import tempfile
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from coach.app.export import exporting
from coach.app.export.exporting import (
    Format,
    Job,
    Wish,
    export,
    in_background,
    person_named,
    steps,
)
from coach.domain.record import Selection
from coach.store.errors import KnownError
from small_record import exported, small_source, whole


def wish(out: Path, kind: Format = Format.CSV) -> Wish:
    return Wish(kind, whole(kind), out)


def sessions_in(kind: Format) -> int:
    """How many sessions of the small record an export of a format holds."""
    return small_source(Path()).store.record.count(whole(kind))


def left_in(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


@pytest.mark.parametrize("kind", Format)
def test_every_file_is_its_owners_alone(tmp_path: Path, kind: Format) -> None:
    made = exported(tmp_path, kind)
    assert made.sessions == sessions_in(kind)
    assert made.files
    for path in made.files:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert sorted(map(str, made.files)) == sorted(
        str(path) for path in tmp_path.rglob("*") if path.is_file()
    )


@pytest.mark.parametrize("kind", Format)
def test_the_same_record_gives_the_same_bytes(tmp_path: Path, kind: Format) -> None:
    once, again = (
        [path.read_bytes() for path in exported(folder, kind).files]
        for folder in (tmp_path / "one", tmp_path / "two")
        if not folder.mkdir()
    )
    assert once == again


@pytest.mark.parametrize("kind", Format)
def test_given_up_at_any_step_nothing_is_left(tmp_path: Path, kind: Format) -> None:
    """However often it pauses: after each session, or after each entry of a bundle."""
    scratch = set(Path(tempfile.gettempdir()).glob("nerve-coach-*"))
    out, total = tmp_path / "out", sessions_in(kind)
    for after in count(1):
        work = steps(small_source(tmp_path / "home"), wish(out, kind))
        told = list(islice(work, after))
        if out.exists() and len(told) < after:
            break
        work.close()
        assert left_in(tmp_path) == []
        assert set(Path(tempfile.gettempdir()).glob("nerve-coach-*")) == scratch
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert {of for _, of in told} == {total}
    assert told[0].done == 0
    assert told[-1].done in (total - 1, total)


@pytest.mark.parametrize("kind", Format)
def test_given_up_what_was_there_before_is_still_there(tmp_path: Path, kind: Format) -> None:
    (first, *_) = exported(tmp_path, kind).files
    before = first.read_bytes()
    work = steps(small_source(tmp_path / "home"), wish(first, kind))
    next(work)
    work.close()
    assert first.read_bytes() == before


def test_an_export_takes_the_place_of_an_earlier_one(tmp_path: Path) -> None:
    first, again = exported(tmp_path, Format.CSV), exported(tmp_path, Format.CSV, semicolon=True)
    assert first.files == again.files
    assert b";" in again.files[0].read_bytes()[:20]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the device that is always full")
@pytest.mark.parametrize("kind", Format)
def test_a_full_disk_is_told_and_leaves_nothing(
    tmp_path: Path, kind: Format, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int, mode: str) -> Any:
        os.close(handle)
        return Path("/dev/full").open(mode)

    monkeypatch.setattr(os, "fdopen", full)
    out = tmp_path / "out"
    with pytest.raises(KnownError) as told:
        export(small_source(tmp_path / "home"), wish(out, kind))
    assert str(out) in str(told.value)
    assert os.strerror(errno.ENOSPC) in str(told.value)
    assert left_in(tmp_path) == []


@pytest.mark.parametrize("kind", Format)
def test_a_disk_that_may_not_be_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: Format
) -> None:
    def refuse(**_wanted: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    file = "x/sets.csv" if kind is Format.CSV else "x"
    with pytest.raises(KnownError, match=rf"{file}: cannot write this file: Read-only"):
        export(small_source(tmp_path / "home"), wish(tmp_path / "x", kind))
    assert left_in(tmp_path) == []


@pytest.mark.parametrize("kind", Format)
def test_a_folder_that_is_missing_is_told(tmp_path: Path, kind: Format) -> None:
    out = tmp_path / "gone" / "deeper" / "x"
    with pytest.raises(KnownError, match="gone"):
        export(small_source(tmp_path / "home"), wish(out, kind))
    assert left_in(tmp_path) == []


@pytest.mark.parametrize("kind", [kind for kind in Format if kind is not Format.CSV])
def test_a_folder_cannot_be_a_file(tmp_path: Path, kind: Format) -> None:
    with pytest.raises(KnownError, match="this is a folder"):
        export(small_source(tmp_path / "home"), wish(tmp_path, kind))
    assert left_in(tmp_path) == []


@pytest.mark.parametrize("inside", ["data/nerve-coach.db", "settings/x", "logs/x", "cache/x"])
def test_the_programs_own_files_are_never_written_over(tmp_path: Path, inside: str) -> None:
    source = small_source(tmp_path / "home")
    out = tmp_path / "home" / inside
    out.parent.mkdir(parents=True)
    out.write_bytes(b"precious")
    with pytest.raises(KnownError, match="its own files"):
        export(source, wish(out, Format.XLSX))
    assert out.read_bytes() == b"precious"


@pytest.mark.parametrize("name", ["sessions.csv", "datapackage.json"])
def test_somebody_elses_file_beside_the_sets_is_never_written_over(
    tmp_path: Path, name: str
) -> None:
    """Only the sets were named; the other two files are found beside them."""
    (tmp_path / name).write_text('{"name": "precious"}', encoding="utf-8")
    with pytest.raises(KnownError, match=f"{name}: this file is there already"):
        export(small_source(tmp_path / "home"), wish(tmp_path / "x.csv"))
    assert left_in(tmp_path) == [name]


def test_somebody_elses_sets_in_a_folder_that_was_named_are_never_written_over(
    tmp_path: Path,
) -> None:
    """The name of that file was ours, not theirs; an export that is there is replaced."""
    theirs, ours = tmp_path / "theirs", tmp_path / "ours"
    theirs.mkdir()
    (theirs / "sets.csv").write_text("tennis", encoding="utf-8")
    source = small_source(tmp_path / "home")
    with pytest.raises(KnownError, match="this file is there already"):
        export(source, wish(theirs))
    assert (theirs / "sets.csv").read_text("utf-8") == "tennis"
    assert left_in(theirs) == ["sets.csv"]
    for _ in range(2):
        export(source, wish(ours))
    assert left_in(ours) == ["datapackage.json", "sessions.csv", "sets.csv"]


def test_the_sets_cannot_have_the_name_of_the_sessions(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="choose another"):
        export(small_source(tmp_path / "home"), wish(tmp_path / "sessions.csv"))


def test_an_unknown_group_of_columns_is_named(tmp_path: Path) -> None:
    wanted = Wish(Format.CSV, Selection(), tmp_path / "x.csv", fields=("ratings", "colour"))
    with pytest.raises(KnownError, match="colour: no such group"):
        export(small_source(tmp_path / "home"), wanted)


def test_a_writer_that_breaks_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(job: Job) -> Iterator[None]:
        job.file(tmp_path / "x").write(b"half")
        yield
        raise ZeroDivisionError

    monkeypatch.setattr(exporting, "WRITERS", {Format.CSV: broken})
    with pytest.raises(ZeroDivisionError):
        export(small_source(tmp_path / "home"), wish(tmp_path / "x"))
    assert left_in(tmp_path) == []


def test_what_runs_in_the_background_is_waited_for(tmp_path: Path) -> None:
    """Given up while a workbook is put together, nobody writes into files that are gone."""
    work = steps(small_source(tmp_path / "home"), wish(tmp_path / "x.xlsx", Format.XLSX))
    for progress in work:
        if progress.done == progress.total:
            break
    next(work, None)
    work.close()
    assert left_in(tmp_path) in ([], ["x.xlsx"])


@pytest.mark.parametrize("awaited", [True, False])
def test_only_what_is_awaited_holds_up_who_gives_it_up(awaited: bool) -> None:
    """A look that is outdated ends by itself."""
    goes_on, ended = Event(), Event()

    def work() -> None:
        goes_on.wait(0.5)
        ended.set()

    doing = in_background(work, awaited=awaited)
    next(doing)
    doing.close()
    assert ended.is_set() is awaited
    goes_on.set()


def test_a_profile_is_found_by_name_or_the_names_are_listed(tmp_path: Path) -> None:
    store = small_source(tmp_path).store
    assert person_named(store, "Ben Example") == "ben"
    with pytest.raises(KnownError, match="Anna Example, Ben Example"):
        person_named(store, "Nobody")
