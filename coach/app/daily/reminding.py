"""Reminders as the window asks for them: by the real clock, with what was told kept in a file."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Any, Protocol

from coach.app.daily.reminders import (
    Due,
    Facts,
    Kind,
    Look,
    Memory,
    PutOff,
    Snooze,
    look,
    put_off,
    wish_of,
)
from coach.app.ports import Clock
from coach.store.autostart import Autostart
from coach.store.errors import KnownError
from coach.store.settings import Settings

_KINDS = [kind.value for kind in Kind]


class Reminded(Protocol):
    """Where what was told is kept."""

    def read(self) -> Mapping[str, Any]:
        """What was written last."""

    def write(self, document: Mapping[str, Any]) -> None:
        """Keep this instead."""


class Reminders:
    """One person's reminders.

    facts: what the diary says now. autostart: how the program starts when its user logs in, None
    where there is no way. off: there are never any.
    """

    def __init__(
        self,
        settings: Callable[[], Settings],
        clock: Clock,
        facts: Callable[[], Facts],
        reminded: Reminded,
        *,
        autostart: Autostart | None = None,
        off: bool = False,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._facts = facts
        self._reminded = reminded
        self.autostart = autostart
        self._off = off
        self._memory: Memory | None = None
        self._last: Due | None = None

    @property
    def wanted(self) -> bool:
        """Whether any reminder can come."""
        return not self._off and not wish_of(self._settings()).nothing

    @property
    def in_tray(self) -> bool:
        """Whether closing the window leaves the program in the tray."""
        return not self._off and self._settings().stay_in_tray

    def look(self, *, running: bool, disturbs: Callable[[], bool]) -> Look:
        """What is due now; what is handed out counts as told. See ``daily.reminders.look``."""
        if not self.wanted:
            return Look(None, None, Memory())
        before = self._remembered()
        wish = wish_of(self._settings())
        seen = look(wish, before, self._now(), self._facts, running=running, disturbs=disturbs)
        if seen.due is not None:
            self._last = seen.due
        self._remember(seen.memory)
        return seen

    def stands(self, due: Due) -> bool:
        """Whether a reminder that was told still has its day."""
        return self.wanted and due.slot.date() == self._now().date()

    def snooze(self, how_long: Snooze) -> None:
        """Put off what was told last, and everything else with it."""
        self._remember(put_off(self._remembered(), how_long, self._now(), self._last))
        self._last = None

    def followed(self) -> None:
        """What was told last has been seen to; a later snooze does not bring it back."""
        self._last = None

    def end(self) -> None:
        """Nothing more is reminded of, nor kept: the program has to be closed."""
        self._off = True

    def _now(self) -> datetime:
        return datetime.fromisoformat(self._clock.wall())

    def _remembered(self) -> Memory:
        if self._memory is None:
            self._memory = memory_from(self._reminded.read())
        return self._memory

    def _remember(self, memory: Memory) -> None:
        """Where it cannot be written it still holds until the program ends."""
        if memory != self._memory and not self._off:
            self._memory = memory
            with suppress(KnownError):
                self._reminded.write(document_of(memory))


def document_of(memory: Memory) -> dict[str, Any]:
    """The memory as a document; :func:`memory_from` reads it back."""
    document: dict[str, Any] = {"told": {kind.value: at for kind, at in memory.told.items()}}
    if memory.quiet_on is not None:
        document["quiet_on"] = memory.quiet_on
    if memory.put_off is not None:
        kept: dict[str, Any] = {"until": memory.put_off.until}
        if memory.put_off.again is not None:
            kept |= {"kind": memory.put_off.again.kind.value, "slot": memory.put_off.again.slot}
        document["put_off"] = kept
    return document


def memory_from(document: Mapping[str, Any]) -> Memory:
    """The memory of a document; whatever in it makes no sense was never told."""
    told, kept, quiet = (document.get(key) for key in ("told", "put_off", "quiet_on"))
    return Memory(
        told={
            Kind(kind): at
            for kind, at in (told.items() if isinstance(told, Mapping) else ())
            if kind in _KINDS and isinstance(at, datetime) and at.tzinfo is None
        },
        put_off=_put_off_from(kept) if isinstance(kept, Mapping) else None,
        quiet_on=quiet if isinstance(quiet, date) and not isinstance(quiet, datetime) else None,
    )


def _put_off_from(kept: Mapping[str, Any]) -> PutOff | None:
    until, kind, slot = (kept.get(key) for key in ("until", "kind", "slot"))
    if not isinstance(until, datetime) or until.tzinfo is None:
        return None
    if kind not in _KINDS or not isinstance(slot, datetime) or slot.tzinfo is not None:
        return PutOff(until)
    return PutOff(until, Due(Kind(kind), slot))
