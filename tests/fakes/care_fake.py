"""Care of the data as the settings see it, without a data file."""

from collections.abc import Generator, Iterable, Sequence
from pathlib import Path

from coach.app.data_care import CopyView, DataView
from coach.app.importing import FileReport, Progress
from coach.formats.bad_file import FileFault
from coach.store.errors import KnownError

WORD = "delete everything"


class FakeCare:
    """Remembers what it was asked for. `trouble` is raised by the next wish."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.trouble = ""
        self.stopped = False
        self.may_be_own = True
        self.faults: list[FileFault] = []

    def _do(self, what: str) -> None:
        if self.trouble:
            raise KnownError(self.trouble)
        self.done.append(what)

    def view(self) -> DataView:
        return DataView("/data/nerve-coach", "Sessions kept: 12. Last copy: today.")

    def back_up(self) -> str:
        self._do("back up")
        return "A copy was made: /data/nerve-coach/backups/nerve-coach-2025-11-20.db"

    def copies(self) -> tuple[CopyView, ...]:
        days = ("today", "19 November 2025", "16 November 2025")
        return tuple(CopyView(Path(day), f"{day}: 12 sessions, 0.4 MB") for day in days)

    def restore(self, copy: Path) -> tuple[str, ...]:
        self._do(f"restore {copy}")
        return ("The copy is in place.",)

    def bring_in(
        self, paths: Sequence[Path], *, own: bool = False
    ) -> Generator[Progress, None, tuple[FileReport, ...]]:
        try:
            for number in range(3):
                yield Progress(number, 3)
        finally:
            self.done.append("brought in own" if own else "brought in")
        if self.trouble:
            raise KnownError(self.trouble)
        return tuple(FileReport(str(path), new=3, left_out=self.faults) for path in paths)

    def told(self, reports: Iterable[FileReport]) -> tuple[str, ...]:
        return tuple(f"{report.file}: {report.new} new" for report in reports)

    @property
    def delete_word(self) -> str:
        return WORD

    def warnings(self) -> tuple[str, ...]:
        stop = ("A stop stands here now.",) if self.stopped else ()
        return ("It cannot be undone.", *stop)

    def delete_everything(self, typed: str) -> tuple[str, ...]:
        if typed != WORD:
            raise KnownError("Nothing was deleted.")
        self._do("delete")
        return ("Files deleted: 7.",)
