"""The page for a clinician, in the order of interop.md 5 (One page for clinicians)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from coach.app.clinician_report.appendix import appendix_block, entries
from coach.app.clinician_report.charts import report_charts
from coach.app.clinician_report.course import course_block, where_block
from coach.app.clinician_report.done import done_block, early_block
from coach.app.clinician_report.own_words import corrections_block, quotes, words_block
from coach.app.clinician_report.routine import routine_block
from coach.app.clinician_report.rule_words import RuleWords
from coach.app.clinician_report.stops import stops_block, stops_of
from coach.app.clinician_report.words import LONGEST_NAME, ReportWords, shortened
from coach.app.history.chart import TrendChart
from coach.domain.record import PlayedSession, Selection, SetLock
from coach.formats.phrases import Phrases
from coach.formats.report_page import Chart, Report


@dataclass(frozen=True, slots=True)
class Subject:
    """Who and what the page is about.

    name: the person's, or a pseudonym where pseudonymised. version: of the program. stops: the
    person's stops that came from no session. appendix: every session after the page.
    """

    name: str
    selection: Selection
    version: str
    stops: tuple[SetLock, ...] = ()
    pseudonymised: bool = False
    appendix: bool = False


_NO_DAY = date(2000, 1, 1)
"""Dates a page without a session: an archival PDF has to have a date."""

Draw = Callable[[TrendChart], bytes]
"""Draws a chart as SVG."""


def report_words(
    sessions: Sequence[PlayedSession], about: Subject, phrases: Phrases
) -> ReportWords:
    """How this page names days: by date, or counted from the first session."""
    first = min((one.day for one in sessions), default=_NO_DAY)
    return ReportWords(phrases, first if about.pseudonymised else None)


def clinician_report(
    sessions: Sequence[PlayedSession],
    about: Subject,
    phrases: Phrases,
    rules: RuleWords,
    draw: Draw,
) -> Report:
    """What is on the page about one person's sessions, handed over oldest first."""
    words = report_words(sessions, about, phrases)
    say = phrases.say
    stops = stops_of(sessions, about.stops)
    name = shortened(about.name, LONGEST_NAME)
    written = quotes(sessions, stops, words)
    appendix = about.appendix and bool(sessions)
    return Report(
        language=phrases.language,
        title=say("report.title"),
        person=say("report.anonymous", pseudonym=name) if about.pseudonymised else name,
        period=words.period(about.selection, (one.day for one in sessions)),
        page_of=say("report.foot.page", n="{n}", m="{m}"),
        made=_made(sessions),
        alarming=bool(stops),
        stops=stops_block(stops, words, rules),
        done=done_block(sessions, words),
        early=early_block(sessions, words, rules),
        course=course_block(sessions, words),
        charts=tuple(
            Chart(
                say("report.chart.titled", title=one.words.title, caption=one.words.caption),
                one.words.summary,
                draw(one),
            )
            for one in report_charts(sessions, stops, words)
        ),
        where=where_block(sessions, words),
        routine=routine_block(sessions, words),
        words=words_block(written, words),
        quotes=written,
        corrections=corrections_block(sessions, words),
        foot=tuple(_foot(words)),
        marks=tuple(_marks(sessions, about, phrases)),
        appendix=appendix_block(words) if appendix else None,
        entries=tuple(entries(sessions, words, rules)) if appendix else (),
    )


def _made(sessions: Sequence[PlayedSession]) -> date:
    """The day of the last thing recorded: the same record makes the same page on any day."""
    moments = [
        moment
        for one in sessions
        for moment in (
            one.closed,
            *(said.said for said in one.later),
            *(correction.made for correction in one.corrections),
        )
    ]
    return max(moments).date() if moments else _NO_DAY


def _foot(words: ReportWords) -> Iterator[str]:
    say = words.phrases.say
    yield say("report.foot.self_reported")
    yield say("report.foot.conventions")
    if words.pseudonymised:
        yield say("report.foot.pseudonymised")


def _marks(sessions: Sequence[PlayedSession], about: Subject, phrases: Phrases) -> Iterator[str]:
    """What says which program and which rules decided, and names these very sessions."""
    say = phrases.say
    engines = dict.fromkeys(one.engine for one in sessions)
    if set(engines) <= {about.version}:
        yield say("report.foot.version", version=about.version)
    else:
        recorded = ", ".join(engines)
        yield say("report.foot.recorded", version=about.version, versions=recorded)
    tables = dict.fromkeys(one.rules_sha256 for one in reversed(sessions))
    for newest in tuple(tables)[:1]:
        earlier = len(tables) - 1
        if earlier:
            yield say("report.foot.rules_more", hash=newest, n=earlier)
        else:
            yield say("report.foot.rules", hash=newest)
    heads = [one.fingerprint for one in sessions if one.fingerprint]
    if heads:
        together = sha256("\n".join(heads).encode()).hexdigest()
        yield say("report.foot.fingerprint", hash=together)
