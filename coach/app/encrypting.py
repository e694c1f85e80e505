"""Turning encryption on and off: what is asked, what is shown, and what has to be known."""

import contextlib
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from coach.app.incoming.left_logs import bring_back_stops
from coach.app.phrasing import Phrasing
from coach.app.session.keeping import kept_records
from coach.formats.bad_file import BadFile
from coach.formats.session_log import log_text
from coach.store.encryption import (
    SHORTEST_PASSPHRASE,
    new_key,
    require_installed,
    require_passphrase,
)
from coach.store.errors import KnownError
from coach.store.key_file import Way
from coach.store.paths import Home
from coach.store.recovery_code import GROUPS, code_of, tidied
from coach.store.sessions import SessionStore, log_file
from coach.store.system_keyring import keyring_there

#: So many groups of the recovery code are typed back. Our own convention.
ASKED_GROUPS = 3


@dataclass(frozen=True, slots=True)
class EncryptionView:
    """Whether it is on, and that in words."""

    on: bool
    text: str


@dataclass(frozen=True, slots=True)
class RecoveryCode:
    """Shown once. asked: the numbers, from 1, of the groups to be typed back."""

    groups: tuple[str, ...]
    asked: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Begun:
    key: bytes
    passphrase: str | None
    code: RecoveryCode


class Encrypting:
    """Nothing is written before the recovery code was typed back in part."""

    def __init__(
        self, store: SessionStore, home: Home, wall: Callable[[], str], phrasing: Phrasing
    ) -> None:
        self._store = store
        self._home = home
        self._wall = wall
        self._phrasing = phrasing
        self._begun: _Begun | None = None

    @property
    def _say(self) -> Callable[..., str]:
        return self._phrasing.phrases.say

    def view(self) -> EncryptionView:
        """How it is now."""
        now = self._store.custody.encryption
        if not now.on:
            return EncryptionView(on=False, text=self._say("ui.encryption.off"))
        text = self._say(f"ui.encryption.on_{now.way}")
        if now.left:
            text = f"{text} {self._say('ui.encryption.left', count=now.left)}"
        return EncryptionView(on=True, text=text)

    def to_know(self) -> tuple[str, ...]:
        """What to know before it is turned on. Raises KnownError where libraries are missing."""
        require_installed()
        return tuple(self._say(f"ui.encryption.know_{about}") for about in ("code", "logs", "disk"))

    @property
    def passphrase_wanted(self) -> str:
        """Why a passphrase has to be chosen, "" where the keyring holds the key."""
        if keyring_there():
            return ""
        return self._say("ui.encryption.no_keyring", count=SHORTEST_PASSPHRASE)

    def begin(self, passphrase: str | None = None, again: str | None = None) -> RecoveryCode:
        """Make a key; its recovery code comes back. Raises KnownError for a poor passphrase."""
        if passphrase != again:
            raise KnownError(self._say("ui.encryption.different"))
        require_passphrase(passphrase)
        key = new_key()
        asked = sorted(secrets.SystemRandom().sample(range(1, GROUPS + 1), ASKED_GROUPS))
        self._begun = _Begun(key, passphrase, RecoveryCode(code_of(key), tuple(asked)))
        return self._begun.code

    def give_up(self) -> None:
        """Forget the key that was made; nothing was written with it."""
        self._begun = None

    def turn_on(self, typed: Sequence[str]) -> tuple[str, ...]:
        """Encrypt everything; what was done comes back, and the program is to be closed.

        typed: the groups that were asked for. Raises KnownError when one is wrong, or when it
        could not be done.
        """
        begun = self._begun
        if begun is None:
            raise ValueError("a recovery code has to be shown first")
        for number, group in zip(begun.code.asked, typed, strict=True):
            if tidied(group) != begun.code.groups[number - 1]:
                raise KnownError(self._say("ui.encryption.mistyped", number=number))
        for profile in self._store.profiles():  # of logs that nobody will read any more
            bring_back_stops(self._home, self._store, profile, self._wall())
        self._store.custody.encrypt(begun.key, begun.passphrase, self._today())
        self._begun = None
        way = Way.KEYRING if begun.passphrase is None else Way.PASSPHRASE
        return self._say("ui.encryption.turned_on"), self._say(f"ui.encryption.opens_{way}")

    def turn_off(self) -> tuple[str, ...]:
        """Make everything readable again, with a log for each session, as it was before.

        The logs come first, while an interruption still leaves the way back to encrypted files.
        """
        for profile in self._store.profiles():
            for session in self._store.sessions(profile.id):
                if session.closed_wall is not None:
                    with contextlib.suppress(BadFile):  # what cannot be read was no log before
                        text = log_text(kept_records(self._store, session.id))
                        log_file(self._home.session_log(session.id), text)
        left = self._store.custody.decrypt(self._today())
        told = [self._say("ui.encryption.turned_off")]
        told += [self._say("ui.encryption.unreadable", path=str(path)) for path in left]
        return tuple(told)

    def _today(self) -> date:
        return datetime.fromisoformat(self._wall()).date()
