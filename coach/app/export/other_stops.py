"""Stops that come with no session of an export: of other days, of logs, of an open session."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from coach.app.export.exporting import Job, stop_of
from coach.domain.past import lived_day
from coach.domain.record import Selection, SetLock
from coach.store.records import Profile
from coach.store.sessions import SessionStore


class OtherStop(NamedTuple):
    """A stop as an export has it. session: where it came from, None when that is masked."""

    session: str | None
    person: str
    lock: SetLock


def other_stops(job: Job) -> Iterator[OtherStop]:
    """Those of everybody who is wanted.

    Read them after the sessions: a masked one needs the person's first day.
    """
    wanted, store = job.wish.selection, job.source.store
    for profile in store.profiles():
        if wanted.profile not in (None, profile.id):
            continue
        person = profile.pseudonym
        for session, stop in stops_apart(store, profile, wanted):
            if job.mask is None:
                yield OtherStop(session, person, stop)
            else:
                masked = job.mask.stop(stop, person)
                yield OtherStop(None, job.mask.person(person), masked)


def stops_apart(
    store: SessionStore, person: Profile, wanted: Selection
) -> Iterator[tuple[str | None, SetLock]]:
    """A person's stops that none of the wanted sessions carries, each with its session.

    However small the part of the record, a stop that stands now is told (clinical.md 10 H01), and
    so is one that stood on a day of the period.
    """
    carried = frozenset(store.record.ids(wanted))
    since, until = wanted.since or date.min, wanted.until or date.max
    for row in (*store.active_locks(person.id), *store.lifted_locks(person.id)):
        if row.session in carried:
            continue
        stop = stop_of(row)
        lifted = stop.lifted_at
        if lifted is None or (lived_day(stop.set_at) <= until and since <= lived_day(lifted)):
            yield row.session, stop
