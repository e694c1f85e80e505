"""Stops that no session of the record left: found in logs, or kept from sessions that are gone."""

from collections.abc import Iterator
from typing import NamedTuple

from coach.app.exporting import Job, stop_of
from coach.domain.record import Selection, SetLock


class OtherStop(NamedTuple):
    """A stop as an export has it. session: where it came from, None when that is masked."""

    session: str | None
    person: str
    lock: SetLock


def other_stops(job: Job) -> Iterator[OtherStop]:
    """They belong to the whole of a person's record, so none where only a part is wanted.

    Read them after the sessions: a masked one needs the person's first day.
    """
    wanted, store = job.wish.selection, job.source.store
    if wanted != Selection(profile=wanted.profile):
        return
    known = store.session_ids()
    for profile in store.profiles():
        if wanted.profile not in (None, profile.id):
            continue
        for row in (*store.active_locks(profile.id), *store.lifted_locks(profile.id)):
            if row.session in known:
                continue
            stop, person = stop_of(row), profile.pseudonym
            if job.mask is None:
                yield OtherStop(row.session, person, stop)
            elif (masked := job.mask.stop(stop, person)) is not None:
                yield OtherStop(None, job.mask.person(person), masked)
