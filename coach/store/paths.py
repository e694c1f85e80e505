"""Where the program keeps things."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import platformdirs

from coach.store.errors import KnownError
from coach.store.opener import Opener
from coach.store.private_file import make_folder

PROGRAM = "nerve-coach"
#: The environment variable that moves everything, as ``--home`` does.
HOME_VARIABLE = "NERVE_COACH_HOME"

#: Session ids become file names, so nothing in them may lead to another folder.
_SESSION_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


@dataclass(frozen=True, slots=True)
class Home:
    """The four folders of one user: data, settings, cache (may be deleted) and program logs.

    opener: what opens the data where they are encrypted.
    """

    data: Path
    settings: Path
    cache: Path
    logs: Path
    opener: Opener = field(default_factory=Opener, compare=False, repr=False)

    @classmethod
    def under(cls, folder: Path) -> "Home":
        """All four side by side in one folder."""
        root = folder.expanduser().absolute()
        return cls(root / "data", root / "settings", root / "cache", root / "logs")

    @classmethod
    def of_platform(cls) -> "Home":
        """Where this operating system wants them."""
        return cls(
            data=platformdirs.user_data_path(PROGRAM, appauthor=False),
            settings=platformdirs.user_config_path(PROGRAM, appauthor=False),
            cache=platformdirs.user_cache_path(PROGRAM, appauthor=False),
            logs=platformdirs.user_log_path(PROGRAM, appauthor=False),
        )

    @classmethod
    def find(cls, folder: Path | None, environment: Mapping[str, str]) -> "Home":
        """The folder asked for, else the one NERVE_COACH_HOME names, else the platform's."""
        if folder is not None:
            return cls.under(folder)
        named = environment.get(HOME_VARIABLE)
        return cls.under(Path(named)) if named else cls.of_platform()

    def prepare(self) -> None:
        """Make every folder, for the owner alone (0700). Raises KnownError when one cannot be."""
        for folder in (
            *(self.data, self.settings, self.cache, self.logs),
            *(self.backups, self.session_logs),
        ):
            make_folder(folder)

    @property
    def database(self) -> Path:
        """The one source of truth."""
        return self.data / f"{PROGRAM}.db"

    @property
    def key_file(self) -> Path:
        """Says how encrypted data are opened; see ``coach.store.key_file``."""
        return self.data / f"{PROGRAM}.key"

    @property
    def backups(self) -> Path:
        """Copies of the database: daily, weekly, and one before each change of its format."""
        return self.data / "backups"

    @property
    def session_logs(self) -> Path:
        """One ``.jsonl`` for each closed session."""
        return self.data / "logs"

    @property
    def settings_file(self) -> Path:
        """The settings a user may also edit by hand."""
        return self.settings / "settings.toml"

    @property
    def window_file(self) -> Path:
        """Where the window stood when it was last closed; losing it loses nothing else."""
        return self.settings / "window-place"

    @property
    def reminded_file(self) -> Path:
        """What was reminded of; losing it loses nothing else."""
        return self.settings / "reminded"

    @property
    def lock_file(self) -> Path:
        """Held by the running program; it guards the data, so it lies beside them."""
        return self.data / f"{PROGRAM}.lock"

    @property
    def call_file(self) -> Path:
        """Written to by a second start; see ``coach.store.call_file``."""
        return self.data / f"{PROGRAM}.call"

    def session_log(self, session: str) -> Path:
        """The log file of a session. Raises KnownError for an id that cannot be a file name."""
        if not _SESSION_ID.fullmatch(session):
            raise KnownError(
                f"session id {session!r}: only letters, digits, - and _ are allowed, at most 64"
            )
        return self.session_logs / f"{session}.jsonl"
