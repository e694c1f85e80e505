"""Bringing in sessions that were played elsewhere: checked, decided again, merged.

A session that is here is never overwritten, and a stop that stands here is never lifted. Done in
small steps, so that a window stays awake; what a finished step has brought in stays.
"""

import secrets
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from coach.app.incoming.imported_log import ImportedLog, decided
from coach.app.incoming.told_stops import told_stops
from coach.app.shipped import Shipped
from coach.domain.decision import Phrase
from coach.domain.record import Correction, Moment, SaidLater, SetLock
from coach.formats.bad_file import BadFile, FileFault
from coach.formats.later_lines import Later, read_later
from coach.formats.log_archive import LATER, LogArchive
from coach.formats.session_log import MOST_BYTES, log_text, read_verified
from coach.rules.locks import NUMB
from coach.store.merging import Batch, CorrectionRow
from coach.store.paths import Home
from coach.store.records import AfterwardsRow, LockRow, Profile
from coach.store.sessions import SessionStore, keep_log

#: Logs that are decided and then kept in one transaction.
BATCH = 25
#: A clock may go a little wrong; a session dated further ahead than this is named.
AHEAD = timedelta(hours=1)
_ZIP_BEGINS = (b"PK\x03\x04", b"PK\x05\x06")


class Progress(NamedTuple):
    """How many logs have been looked at, of how many."""

    done: int
    total: int


@dataclass(slots=True)
class FileReport:
    """What became of one file.

    new, here, continued, conflicts: sessions that were not here; that were; of which the file says
    more; of which it says something else. left_out: what could not be used, with its place. notes:
    what one should know besides. strangers: names of people of whom nothing was here before.
    usable: False when nothing in it could be read.
    """

    file: str
    new: int = 0
    here: int = 0
    continued: int = 0
    conflicts: int = 0
    left_out: list[FileFault] = field(default_factory=list)
    notes: list[Phrase] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    usable: bool = True

    @property
    def summary(self) -> Phrase:
        """How many sessions there were of each kind."""
        counts = {"new": self.new, "here": self.here, "continued": self.continued}
        counts |= {"conflicts": self.conflicts, "left_out": len(self.left_out)}
        blanks = tuple((name, str(count)) for name, count in counts.items())
        return Phrase("ui.data.imported", blanks)

    @property
    def clean(self) -> bool:
        """Whether everything in the file could be used."""
        return self.usable and not self.left_out and not self.conflicts


class _Log(NamedTuple):
    """A log as it comes from a file: its bytes, its name, and what is wrong with it already."""

    name: str
    content: bytes
    fault: FileFault | None = None


@dataclass
class _Came:
    """What a file brings besides sessions.

    told: locks by their id as the file tells what became of them. locks: all of them, with the
    pseudonym of whom they stop. people: profile ids by pseudonym. owner: the profile whose
    sessions these are said to be; sole: whether the file is about one person only. strangers: the
    names of those who were not here before.
    """

    owner: str | None = None
    sole: bool = True

    told: dict[str, LockRow] = field(default_factory=dict)
    locks: dict[str, tuple[str, LockRow]] = field(default_factory=dict)
    later: list[Later] = field(default_factory=list)
    people: dict[str, str] = field(default_factory=dict)
    strangers: list[str] = field(default_factory=list)


class Importer:
    """Brings files in. wall: local time with offset at which it is done."""

    def __init__(
        self, store: SessionStore, shipped: Shipped, home: Home, wall: Callable[[], str]
    ) -> None:
        self._store = store
        self._merging = store.merging
        self._shipped = shipped
        self._home = home
        self._wall = wall

    def bring_in(self, path: Path, owner: str | None = None) -> FileReport:
        """Bring one file in, whole. Raises KnownError when the data file cannot be written."""
        steps = self.steps(path, owner)
        while True:
            try:
                next(steps)
            except StopIteration as end:
                report: FileReport = end.value
                return report

    def steps(self, path: Path, owner: str | None = None) -> Generator[Progress, None, FileReport]:
        """The same a little at a time; closing the generator keeps what was brought in so far.

        owner: a profile without any session, whose own sessions these are; they become its own
        where the file is about one person only.
        """
        report = FileReport(str(path))
        came = _Came(owner=owner)
        with ExitStack() as until_read:
            try:
                logs, total = self._opened(path, report, came, until_read)
            except BadFile as error:
                report.left_out += error.faults
                report.usable = False
                return report
            yield Progress(0, total)
            waiting: list[ImportedLog] = []
            for done, log in enumerate(logs, 1):
                found = self._looked_at(log, report, came)
                if found is not None:
                    waiting.append(found)
                if len(waiting) == BATCH:
                    self._keep(waiting, report, came)
                    waiting = []
                yield Progress(done, total)
            self._keep(waiting, report, came)
        self._keep_later(report, came)
        if owner is not None and came.people and owner not in came.people.values():
            report.notes.append(_note("not_owned"))
        report.strangers = came.strangers
        known = report.new or report.here or report.continued or report.conflicts
        report.usable = bool(known) or not report.left_out
        return report

    def _opened(
        self, path: Path, report: FileReport, came: _Came, until_read: ExitStack
    ) -> tuple[Iterator[_Log], int]:
        try:
            file = until_read.enter_context(path.open("rb"))
            begins = file.read(len(_ZIP_BEGINS[0]))
            file.seek(0)
            if begins not in _ZIP_BEGINS:
                return iter([_Log(str(path), file.read(MOST_BYTES + 1))]), 1
        except OSError as error:
            raise BadFile([FileFault(str(path), 1, "file", error.strerror or str(error))]) from None
        archive = LogArchive(file, str(path))
        report.left_out += archive.faults
        came.sole = len(archive.people) == 1
        if archive.has_later:
            self._read_later(archive, report, came)
            self._set_standing(came)
            if came.locks:
                self._store.back_up_stops(self._wall())
        return self._unpacked(archive), len(archive.logs)

    def _read_later(self, archive: LogArchive, report: FileReport, came: _Came) -> None:
        """What came after the sessions; of a file that was changed only what closes sessions."""
        if archive.deidentified:
            message = "a de-identified copy has no real days, so it cannot join a record"
            report.left_out.append(FileFault(archive.shown(LATER), 1, "file", message))
            return
        entry = archive.read(LATER)
        lines, faults = read_later(entry.content, archive.shown(LATER))
        report.left_out += faults if entry.fault is None else [entry.fault]
        if entry.fault is None:
            came.later = lines
        for line in lines:
            lock = _lock_of(line)
            if lock is None or (entry.fault is not None and lock.lifted_wall is not None):
                continue
            if isinstance(line.what, SetLock) and entry.fault is None:
                came.told[lock.id] = lock
            if isinstance(line.what, SetLock) or entry.fault is not None:
                came.locks[lock.id] = (line.person, lock)

    @staticmethod
    def _unpacked(archive: LogArchive) -> Iterator[_Log]:
        for name in archive.logs:
            entry = archive.read(name)
            yield _Log(archive.shown(name), entry.content, entry.fault)

    # One log

    def _looked_at(self, log: _Log, report: FileReport, came: _Came) -> ImportedLog | None:
        """The log decided again, None when it is here already or cannot be used."""
        records, fault = read_verified(log.content, log.name)
        # Of two reasons the one with a line of the log says more, where anything was read of it.
        fault = (fault or log.fault) if records else (log.fault or fault)
        if fault is not None:
            report.left_out.append(fault)
            self._stops_of(log, came)
        if not records:
            return None
        try:
            found = decided(self._shipped, records, log.name)
        except BadFile as error:
            report.left_out += error.faults
            self._stops_of(log, came)
            return None
        for lock in found.locks:
            told = came.told.get(lock.id)
            if told is not None and not _same_stop(told, lock):
                del came.told[lock.id]
            came.locks[lock.id] = (found.person, came.told.get(lock.id, lock))
        return found

    def _stops_of(self, log: _Log, came: _Came) -> None:
        """A log that is damaged or cannot be decided still stops whoever it is about (H01)."""
        told = told_stops(log.content, self._wall())
        if told.person is not None and told.real:
            for lock in told.locks:
                came.locks.setdefault(lock.id, (told.person, lock))
            self._set_standing(came)

    def _set_standing(self, came: _Came) -> None:
        """Set what stands before any session is kept, so that a run cut off here loses none."""
        stops = [one for one in came.locks.values() if one[1].lifted_wall is None]
        with self._merging.batch() as batch:
            for person, lock in stops:
                batch.set_locks([replace(lock, profile=self._profile(batch, person, came))])

    def _keep(self, logs: Sequence[ImportedLog], report: FileReport, came: _Came) -> None:
        if not logs:
            return
        files: list[ImportedLog] = []
        with self._merging.batch() as batch:
            arrived: dict[str, list[str]] = {}
            for log in logs:
                if self._merged(batch, log, report, came):
                    files.append(log)
                    arrived.setdefault(came.people[log.person], []).append(log.id)
            for profile, sessions in arrived.items():
                batch.put_in_order(profile, frozenset(sessions))
        for log in files:
            keep_log(self._home, log.id, log_text(log.records))

    def _merged(self, batch: Batch, log: ImportedLog, report: FileReport, came: _Came) -> bool:
        """Whether its log is the one that counts from now on. Its stops stand in any case."""
        known = self._merging.known(log.id)
        chain = tuple(record.h for record in log.records)
        if known is not None and known.person != log.person:
            fault = FileFault(log.name, 1, "data.profile", "this session is somebody else's here")
            report.left_out.append(fault)
            return False
        profile = self._profile(batch, log.person, came)
        stops = (came.told.get(lock.id, lock) for lock in log.locks)
        batch.set_locks(replace(lock, profile=profile) for lock in stops)
        if known is None:
            batch.add(log.rows(profile))
            report.new += 1
            self._note(log, report)
            return True
        if known.chain[: len(chain)] == chain:
            report.here += 1
            return False
        if not known.closed:
            fault = FileFault(log.name, 1, "data.session", "this session is still open here")
            report.left_out.append(fault)
            return False
        if chain[: len(known.chain)] == known.chain and not known.ended:
            batch.go_on(log.rows(profile))
            report.continued += 1
            self._note(log, report)
            return True
        batch.add_conflict(log.id, log_text(log.records), self._wall())
        report.conflicts += 1
        report.notes.append(_note("conflict", session=log.id))
        return False

    def _note(self, log: ImportedLog, report: FileReport) -> None:
        """Say what one should know about a log that counts from now on."""
        if log.began - datetime.fromisoformat(self._wall()) > AHEAD:
            day = log.began.date().isoformat()
            report.notes.append(_note("future", session=log.id, day=day))
        if log.differences:
            count = str(len(log.differences))
            report.notes.append(_note("differs", session=log.id, count=count))
        elif not log.ended:
            report.notes.append(_note("open", session=log.id))

    def _profile(self, batch: Batch, pseudonym: str, came: _Came) -> str:
        """The profile of a person; a new one is named by their pseudonym."""
        if pseudonym not in came.people:
            known = self._merging.person(pseudonym)
            if known is None and came.owner and came.sole and batch.adopt(came.owner, pseudonym):
                known = self._merging.person(pseudonym)
            if known is None:
                taken = {one.name for one in self._store.profiles()}
                number, name = 1, pseudonym
                while name in taken:
                    number += 1
                    name = f"{pseudonym} {number}"
                known = Profile(secrets.token_hex(8), name, pseudonym)
                batch.add_person(known)
                came.strangers.append(name)
            came.people[pseudonym] = known.id
        return came.people[pseudonym]

    # What was said later, and stops

    def _keep_later(self, report: FileReport, came: _Came) -> None:
        said: list[AfterwardsRow] = []
        corrections: list[CorrectionRow] = []
        for line in came.later:
            what = line.what
            if line.session is None or isinstance(what, SetLock):
                continue
            owner, person = self._merging.whose(line.session), self._merging.person(line.person)
            if owner is None or person is None or person.id != owner:
                place = f"{report.file}/{LATER}"
                message = f"no session {line.session} of this person is here"
                report.left_out.append(FileFault(place, line.line, "session", message))
            elif isinstance(what, Correction):
                corrections.append(_correction_row(what, line.session))
            else:
                said.append(_said_row(what, line.session))
                if what.numb:
                    lock = _numb_lock(what, line.session)
                    came.locks.setdefault(lock.id, (line.person, lock))
        with self._merging.batch() as batch:
            batch.add_later(said, corrections)
            for pseudonym, lock in came.locks.values():
                stood = self._merging.active(lock.id)
                batch.set_locks([replace(lock, profile=self._profile(batch, pseudonym, came))])
                if stood and lock.lifted_wall is not None:
                    report.notes.append(_note("lock_stays", rule=lock.rule))
        if came.locks:
            self._store.back_up_stops(self._wall())


def profile_named(store: SessionStore, name: str) -> Profile:
    """The profile of that name, made where there is none."""
    for profile in store.profiles():
        if profile.name == name:
            return profile
    made = Profile(secrets.token_hex(8), name, f"p-{secrets.token_hex(4)}")
    store.add_profile(made)
    return made


def _lock_row(lock: SetLock, session: str | None) -> LockRow:
    return LockRow(
        lock.id,
        "",
        session,
        lock.tier.name.lower(),
        lock.rule,
        _text(lock.set_at),
        None if lock.lifted_at is None else _text(lock.lifted_at),
        lock.lifted_by,
        lock.note,
    )


def _lock_of(line: Later) -> LockRow | None:
    """The stop that a line sets, or asks for: numbness that is still there."""
    if isinstance(line.what, SetLock):
        return _lock_row(line.what, line.session)
    if isinstance(line.what, SaidLater) and line.what.numb and line.session is not None:
        return _numb_lock(line.what, line.session)
    return None


def _same_stop(one: LockRow, other: LockRow) -> bool:
    """Whether two files mean the same stop."""
    return (one.session, one.rule, one.tier) == (other.session, other.rule, other.tier)


def _numb_lock(said: SaidLater, session: str) -> LockRow:
    wall = _text(said.said)
    tier = NUMB.tier.name.lower()
    return LockRow(f"{session}-{NUMB.rule}-{wall}", "", session, tier, NUMB.rule, wall)


def _said_row(said: SaidLater, session: str) -> AfterwardsRow:
    kind = "morning" if said.moment is Moment.MORNING else "ten_minutes"
    rated = said.tingling, said.pain, said.woken, said.numb
    return AfterwardsRow(session, kind, _text(said.said), *rated)


def _correction_row(made: Correction, session: str) -> CorrectionRow:
    about = made.moment.value, made.n, made.asked.value
    return CorrectionRow(session, *about, made.value, made.reason, _text(made.made))


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")


def _note(key: str, **blanks: str) -> Phrase:
    return Phrase(f"ui.data.note.{key}", tuple(blanks.items()))
