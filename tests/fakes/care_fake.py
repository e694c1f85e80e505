"""Care of the data as the settings see it, without a data file."""

from collections.abc import Generator, Iterable, Sequence
from pathlib import Path

from coach.app.data_care import CopyView, DataView
from coach.app.encrypting import EncryptionView, RecoveryCode
from coach.app.incoming.importing import FileReport, Progress
from coach.formats.bad_file import FileFault
from coach.store.errors import KnownError

WORD = "delete everything"


class FakeEncrypting:
    """A keyring is there unless `wanted` asks for a passphrase; groups 2, 5 and 9 are asked for."""

    def __init__(self, care: "FakeCare") -> None:
        self._care = care
        self.on = False
        self.wanted = ""
        self.passphrases: list[str | None] = []

    def view(self) -> EncryptionView:
        return EncryptionView(self.on, "encrypted" if self.on else "The data are not encrypted.")

    def to_know(self) -> tuple[str, ...]:
        self._care._do("told")
        return ("Without the recovery code they are gone.", "No log files.")

    @property
    def passphrase_wanted(self) -> str:
        return self.wanted

    def begin(self, passphrase: str | None = None, again: str | None = None) -> RecoveryCode:
        self.passphrases += [passphrase, again]
        self._care._do("begun")
        return RecoveryCode(tuple(f"AB{n:02}" for n in range(1, 15)), (2, 5, 9))

    def give_up(self) -> None:
        self._care.done.append("given up")

    def turn_on(self, typed: Sequence[str]) -> tuple[str, ...]:
        self._care._do(f"on {' '.join(typed)}")
        return ("The data and their copies are encrypted.",)

    def turn_off(self) -> tuple[str, ...]:
        self._care._do("off")
        return ("The data are readable again.",)


class FakeCare:
    """Remembers what it was asked for. `trouble` is raised by the next wish."""

    def __init__(self) -> None:
        self.encrypting = FakeEncrypting(self)
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

    def may_delete(self, typed: str) -> bool:
        return typed == WORD

    def delete_everything(self, typed: str) -> tuple[str, ...]:
        if not self.may_delete(typed):
            raise KnownError("Nothing was deleted.")
        self._do("delete")
        return ("Files deleted: 7.",)
