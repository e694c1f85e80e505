"""The owner's hands on the data: where they are, copies, going back, bringing in, deleting."""

from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from coach.app.encrypting import Encrypting
from coach.app.incoming.importing import FileReport, Importer, Progress
from coach.app.phrasing import Phrasing
from coach.app.ports import Clock
from coach.app.shipped import Shipped
from coach.store.deletion import Deleted
from coach.store.errors import KnownError
from coach.store.paths import Home
from coach.store.sessions import SessionStore

MEGABYTE = 1_000_000
#: So many places of a file are named one by one.
_NAMED = 8


@dataclass(frozen=True, slots=True)
class CopyView:
    """A backup in words."""

    path: Path
    text: str


@dataclass(frozen=True, slots=True)
class DataView:
    """Where the data are, and how they are kept, in words."""

    folder: str
    state: str


class DataCare:
    """Everything that the settings let one do with all data at once.

    profile: whose window it is. changed: called when sessions have come in. forget: takes away
    what lies outside the program's folders, such as the entry that starts it; called before
    everything is deleted.
    """

    def __init__(
        self,
        store: SessionStore,
        shipped: Shipped,
        home: Home,
        clock: Clock,
        phrasing: Phrasing,
        profile: str,
        *,
        changed: Callable[[], None],
        forget: Callable[[], None],
    ) -> None:
        self._store = store
        self._clock = clock
        self._phrasing = phrasing
        self._profile = profile
        self._changed = changed
        self._forget = forget
        self.encrypting = Encrypting(store, home, clock.wall, phrasing)
        self._importer = Importer(store, shipped, home, clock.wall)

    @property
    def _say(self) -> Callable[..., str]:
        return self._phrasing.phrases.say

    def view(self) -> DataView:
        """How it is now."""
        custody = self._store.custody
        last = custody.last_backup()
        kept = self._say("ui.data.sessions", count=len(self._store.session_ids()))
        made = self._say("ui.data.no_backup")
        if last is not None:
            made = self._say("ui.data.last_backup", when=self._day(last))
        return DataView(str(custody.folder), f"{kept} {made}")

    # Copies

    def back_up(self) -> str:
        """Make a copy now; what was done comes back."""
        made = self._store.custody.back_up(self._today())
        return self._say("ui.data.backed_up", path=str(made))

    def copies(self) -> tuple[CopyView, ...]:
        """Every copy there is, newest first."""
        views = []
        for one in self._store.custody.copies():
            when, size = self._day(one.backup.day), f"{one.size / MEGABYTE:.1f}"
            if one.sessions is None:
                text = self._say("ui.data.copy_unreadable", when=when, size=size)
            else:
                key = "ui.data.copy_routine" if one.backup.routine else "ui.data.copy_before"
                text = self._say(key, when=when, count=one.sessions, size=size)
            views.append(CopyView(one.backup.path, text))
        return tuple(views)

    def restore(self, copy: Path) -> tuple[str, ...]:
        """Go back to a copy; what was done comes back, and the program is to be opened anew.

        Raises KnownError when the copy is damaged; then nothing was changed.
        """
        kept = self._store.custody.restore(copy, self._today())
        told = [self._say("ui.data.restored"), self._say("ui.data.kept_aside", path=str(kept))]
        if self._stopped():
            told.append(self._say("ui.data.stop_stays"))
        return (*told, self._say("ui.data.asked_again"))

    # Bringing in

    @property
    def may_be_own(self) -> bool:
        """Whether this person has no session here yet, so that brought in ones may be theirs."""
        return not self._store.sessions(self._profile, limit=1)

    def bring_in(
        self, paths: Sequence[Path], *, own: bool = False
    ) -> Generator[Progress, None, tuple[FileReport, ...]]:
        """Bring files in a little at a time; closing the generator keeps what is in so far.

        own: they are this person's own sessions.
        """
        owner = self._profile if own else None
        reports: list[FileReport] = []
        try:
            for path in paths:
                report = yield from self._importer.steps(path, owner)
                reports.append(report)
        finally:
            self._changed()
        return tuple(reports)

    def told(self, reports: Iterable[FileReport]) -> tuple[str, ...]:
        """What became of files, a line each, with what was left out and what to know."""
        lines = []
        for report in reports:
            name = Path(report.file).name
            if report.usable:
                lines.append(f"{name}: {self._phrasing.words(report.summary)}")
            else:
                lines.append(self._say("ui.data.unusable", name=name))
            lines += [self._phrasing.words(note) for note in report.notes[:_NAMED]]
            if report.strangers:
                names = ", ".join(report.strangers[:_NAMED])
                lines.append(self._say("ui.data.strangers", names=names))
            lines += [str(fault) for fault in report.left_out[:_NAMED]]
            more = max(len(report.notes) - _NAMED, 0) + max(len(report.left_out) - _NAMED, 0)
            lines += [self._say("ui.data.and_more", count=more)] if more else []
        return tuple(lines)

    # Deleting

    @property
    def delete_word(self) -> str:
        """What has to be typed before everything is deleted."""
        return self._say("ui.data.delete_word")

    def warnings(self) -> tuple[str, ...]:
        """What one should know before deleting everything."""
        told = [self._say("ui.data.delete_what"), self._say("ui.data.delete_not")]
        if self._stopped():
            told.append(self._say("ui.data.delete_stop"))
        return tuple(told)

    def may_delete(self, typed: str) -> bool:
        """Whether just that was typed."""
        return typed.strip().casefold() == self.delete_word.casefold()

    def delete_everything(self, typed: str) -> tuple[str, ...]:
        """Delete everything; what was deleted comes back, and the program is to be closed.

        Raises KnownError when something else was typed; then nothing was changed.
        """
        if not self.may_delete(typed):
            raise KnownError(self._say("ui.data.delete_mistyped", word=self.delete_word))
        self._forget()
        deleted = self._store.custody.delete_everything()
        return (self._say("ui.data.deleted", count=len(deleted.gone)), *self._listed(deleted))

    def _listed(self, deleted: Deleted) -> Iterable[str]:
        folders: dict[Path, int] = {}
        for path in deleted.gone:
            folders[path.parent] = folders.get(path.parent, 0) + 1
        for folder, count in folders.items():
            yield self._say("ui.data.deleted_in", folder=str(folder), count=count)
        for path in deleted.left[:_NAMED]:
            yield self._say("ui.data.left", path=str(path))
        if len(deleted.left) > _NAMED:
            yield self._say("ui.data.and_more", count=len(deleted.left) - _NAMED)

    def _stopped(self) -> bool:
        return any(self._store.active_locks(one.id) for one in self._store.profiles())

    def _today(self) -> date:
        return datetime.fromisoformat(self._clock.wall()).date()

    def _day(self, day: date) -> str:
        if day == self._today():
            return self._say("ui.data.today")
        return f"{self._phrasing.dated(day)} {day.year}"


def bring_back_lost(
    store: SessionStore, shipped: Shipped, home: Home, wall: str
) -> tuple[str, ...]:
    """After a damaged data file: bring sessions back from their own logs, and tell what is lost.

    Nothing to tell where no backup had to be used.
    """
    recovery = store.custody.recovery
    if recovery is None:
        return ()
    known = store.session_ids()
    importer = Importer(store, shipped, home, lambda: wall)
    logs = [path for path in sorted(home.session_logs.glob("*.jsonl")) if path.stem not in known]
    back = sum(importer.bring_in(path).new for path in logs)
    phrases, found = shipped.phrases, []
    if back:
        found.append(phrases.say("ui.data.brought_back", count=back))
    lost = [day for session, day in recovery.lost if session not in store.session_ids()]
    if lost:
        days = ", ".join(dict.fromkeys(lost))
        found.append(phrases.say("ui.data.lost", days=days))
    return tuple(found)
