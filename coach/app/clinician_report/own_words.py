"""What the person wrote, and the answers they corrected."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from coach.app.clinician_report.numbers import first_said
from coach.app.clinician_report.words import LONGEST_WORDS, ReportWords, shortened
from coach.domain.record import Correction, Moment, PlayedSession, SetLock
from coach.formats.report_page import Block, Quote

LAST = 3
"""How many of the person's own words and corrections the page shows (interop.md 5)."""

#: The program's own note of the day of an assessment: no words of the person's.
_NOTED_DAY = re.compile(r"assessed \d{4}-\d{2}-\d{2}|")


def quotes(
    sessions: Sequence[PlayedSession], stops: Sequence[SetLock], words: ReportWords
) -> tuple[Quote, ...]:
    """The last three things the person wrote, newest first; none where pseudonymised."""
    if words.pseudonymised:
        return ()
    said = sorted(_said(sessions, stops, words), key=lambda one: one[0], reverse=True)
    return tuple(quote for _, quote in said[:LAST])


def _said(
    sessions: Sequence[PlayedSession], stops: Sequence[SetLock], words: ReportWords
) -> Iterator[tuple[datetime, Quote]]:
    say = words.phrases.say
    for session in sessions:
        for one in session.corrections:
            if one.reason.strip():
                about = say("report.words.correction", day=words.moment(one.made))
                yield one.made, Quote(shortened(one.reason, LONGEST_WORDS), about)
    for lock in stops:
        note = (lock.note or "").strip()
        if lock.lifted_at is not None and not _NOTED_DAY.fullmatch(note):
            about = say("report.words.note", day=words.moment(lock.lifted_at))
            yield lock.lifted_at, Quote(shortened(note, LONGEST_WORDS), about)


def words_block(written: Sequence[Quote], words: ReportWords) -> Block:
    """The title over the person's own words, and what to say when there are none."""
    say = words.phrases.say
    title = say("report.words.title")
    if written:
        return Block(title)
    none = "report.words.left_out" if words.pseudonymised else "report.words.none"
    return Block(title, (say(none),))


def corrections_block(sessions: Sequence[PlayedSession], words: ReportWords) -> Block:
    """The last three corrections with both answers."""
    say = words.phrases.say
    title = say("report.corrections.title")
    made = sorted(
        ((one, session) for session in sessions for one in session.corrections),
        key=lambda pair: pair[0].made,
        reverse=True,
    )
    if not made:
        return Block(title, (say("report.corrections.none"),))
    lines = [_line(one, session, words) for one, session in made[:LAST]]
    if len(made) > LAST:
        lines.append(say("report.more_rows", n=len(made) - LAST))
    return Block(title, tuple(lines), below=(say("report.corrections.no_effect"),))


def _line(one: Correction, session: PlayedSession, words: ReportWords) -> str:
    say = words.phrases.say
    asked = say(f"report.corrections.{one.asked}")
    what = (
        say("report.corrections.set", asked=asked, n=one.n)
        if one.moment is Moment.SET
        else say(f"report.corrections.{one.moment}", asked=asked)
    )
    value = say("report.corrections.taken_back") if one.value is None else str(one.value)
    first = words.rating(first_said(session, one.moment, one.asked, one.n))
    day = words.day(session.day)
    return say("report.corrections.line", day=day, what=what, first=first, value=value)
