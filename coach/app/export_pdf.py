"""The record as one page for a clinician, a PDF; about one person."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time

from coach import __version__
from coach.app.clinician_report.page import Subject, clinician_report
from coach.app.clinician_report.rule_words import RuleWords
from coach.app.coach_app import DEFAULT_PROFILE
from coach.app.exporting import Job
from coach.domain.action import Tier
from coach.domain.past import lived_day
from coach.domain.record import PlayedSession, Selection, SetLock
from coach.formats.deidentified import FIRST_DAY
from coach.formats.report_page import report_pdf
from coach.store.errors import BugError, KnownError
from coach.store.records import LockRow, Profile
from coach.store.sessions import SessionStore


def write(job: Job) -> Iterator[None]:
    """Write the page, with every session behind it where that is wished."""
    draw = job.source.draw
    if draw is None:
        raise BugError("a PDF needs somebody who draws its charts")
    person = _person(job)
    file = job.file(job.wish.out)
    sessions: list[PlayedSession] = []
    originals: list[PlayedSession] = []
    for session, original in job.with_originals():
        sessions.append(session)
        originals.append(original)
        yield
    stops = _other_stops(job.source.store, person, job.wish.selection, originals)
    say = job.source.shipped.phrases.say
    name = say("report.unnamed") if person.name == DEFAULT_PROFILE else person.name
    if job.mask is not None:
        stops = _masked(stops, originals)
        name = job.mask.person(person.pseudonym)
    about = Subject(
        name,
        job.wish.selection,
        __version__,
        stops,
        pseudonymised=job.mask is not None,
        appendix=job.wish.appendix,
    )
    shipped = job.source.shipped
    report = clinician_report(sessions, about, shipped.phrases, RuleWords(shipped), draw)
    yield
    file.write(report_pdf(report, shipped.report_layout))


def _person(job: Job) -> Profile:
    people = job.source.store.profiles()
    wanted = job.wish.selection.profile
    found = [one for one in people if wanted in (None, one.id)]
    say = job.source.shipped.phrases.say
    if len(found) > 1:
        names = ", ".join(one.name for one in found)
        raise KnownError(say("report.trouble.several", names=names))
    return found[0] if found else Profile("", say("report.nobody"), "")


def _other_stops(
    store: SessionStore, person: Profile, wanted: Selection, sessions: Sequence[PlayedSession]
) -> tuple[SetLock, ...]:
    """The person's stops in the period that none of these sessions carries."""
    known = {lock.id for one in sessions for lock in one.locks}
    since, until = wanted.since or date.min, wanted.until or date.max
    rows = (*store.active_locks(person.id), *store.lifted_locks(person.id))
    stops = [_stop(row) for row in rows if row.id not in known]
    return tuple(stop for stop in stops if since <= lived_day(stop.set_at) <= until)


def _stop(row: LockRow) -> SetLock:
    lifted = None if row.lifted_wall is None else datetime.fromisoformat(row.lifted_wall)
    set_at = datetime.fromisoformat(row.set_wall)
    tier = Tier[row.tier.upper()]
    return SetLock(row.id, tier, row.rule, set_at, lifted, row.lifted_by, row.note)


def _masked(stops: Sequence[SetLock], originals: Sequence[PlayedSession]) -> tuple[SetLock, ...]:
    """The stops on the days that a de-identified export counts from the first session."""
    if not originals:
        return ()
    back = originals[0].day - FIRST_DAY

    def moved(moment: datetime) -> datetime:
        return datetime.combine(lived_day(moment) - back, time(12), moment.tzinfo)

    return tuple(
        replace(
            stop,
            set_at=moved(stop.set_at),
            lifted_at=None if stop.lifted_at is None else moved(stop.lifted_at),
            lifted_by=None,
            note=None,
        )
        for stop in stops
    )
