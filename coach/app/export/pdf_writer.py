"""The record as one page for a clinician, a PDF; about one person."""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from coach import __version__
from coach.app.clinician_report.page import Subject, clinician_report
from coach.app.clinician_report.rule_words import RuleWords
from coach.app.export.exporting import Job
from coach.app.export.other_stops import stops_apart
from coach.app.people import DEFAULT_NAME
from coach.domain.past import lived_day
from coach.domain.record import PlayedSession, Selection, SetLock
from coach.formats.deidentified import FIRST_DAY
from coach.formats.report_page import Report, report_pdf
from coach.store.errors import BugError, KnownError
from coach.store.records import Profile


def write(job: Job) -> Iterator[None]:
    """Write the page, with every session behind it where that is wished."""
    person = person_of(job)
    file = job.file(job.wish.out)
    report = yield from report_of(job, person, appendix=job.wish.appendix)
    yield
    file.write(report_pdf(report, job.source.shipped.report_layout))


def report_of(job: Job, person: Profile, *, appendix: bool) -> Generator[None, None, Report]:
    """What stands on the page, and behind it where wished; read a session at a time."""
    draw = job.source.draw
    if draw is None:
        raise BugError("a PDF needs somebody who draws its charts")
    sessions: list[PlayedSession] = []
    originals: list[PlayedSession] = []
    for session, original in job.with_originals():
        sessions.append(session)
        originals.append(original)
        yield
    wanted = job.wish.selection
    apart = stops_apart(job.source.store, person, wanted)
    stops = tuple(stop for _, stop in apart)
    say = job.source.shipped.phrases.say
    unnamed = person.name == DEFAULT_NAME
    name = job.wish.name or (say("report.unnamed") if unnamed else person.name)
    if job.mask is not None:
        back = _first_day(originals, stops, wanted) - FIRST_DAY
        stops = _masked(stops, back)
        wanted = replace(
            wanted,
            since=None if wanted.since is None else wanted.since - back,
            until=None if wanted.until is None else wanted.until - back,
        )
        name = job.mask.person(person.pseudonym)
    about = Subject(
        name,
        wanted,
        __version__,
        stops,
        pseudonymised=job.mask is not None,
        appendix=appendix,
    )
    shipped = job.source.shipped
    return clinician_report(sessions, about, shipped.phrases, RuleWords(shipped), draw)


def person_of(job: Job) -> Profile:
    """Whom the page is about. Raises KnownError where that could be several."""
    people = job.source.store.profiles()
    wanted = job.wish.selection.profile
    found = [one for one in people if wanted in (None, one.id)]
    say = job.source.shipped.phrases.say
    if len(found) > 1:
        names = ", ".join(one.name for one in found)
        raise KnownError(say("report.trouble.several", names=names))
    return found[0] if found else Profile("", say("report.nobody"), "")


def _first_day(
    originals: Sequence[PlayedSession], stops: Sequence[SetLock], wanted: Selection
) -> date:
    """The day that counts as the first: of sessions, else of stops, else of the period."""
    days = [one.day for one in originals[:1]] or [lived_day(stop.set_at) for stop in stops]
    period = [day for day in (wanted.since, wanted.until) if day is not None]
    return min(days or period, default=FIRST_DAY)


def _masked(stops: Sequence[SetLock], back: timedelta) -> tuple[SetLock, ...]:
    """The stops as many days earlier as a de-identified export moves everything."""

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
