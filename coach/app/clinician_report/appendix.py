"""Every session with its sets, for who asks for more than one page."""

from collections.abc import Iterator, Sequence

from coach.app.clinician_report.numbers import first_said, last_said
from coach.app.clinician_report.rule_words import RuleWords
from coach.app.clinician_report.words import ReportWords
from coach.domain.rating import Rating
from coach.domain.record import Asked, Moment, PlayedSession, PlayedSet, SaidLater
from coach.formats.report_page import Block, Cell, Entry, Table

_COLUMNS = ("exercise", "reps", "seconds", "tingling", "pain", "felt", "settled", "then")
_SECOND_MS = 1000
_NEVER_SETTLED = -1  # DESIGN 4, answers file


def appendix_block(words: ReportWords) -> Block:
    """The title of the appendix and how to read it."""
    say = words.phrases.say
    return Block(say("report.appendix.title"), (say("report.appendix.intro"),))


def entries(
    sessions: Sequence[PlayedSession], words: ReportWords, rules: RuleWords
) -> Iterator[Entry]:
    """One entry a session, oldest first."""
    say = words.phrases.say
    head = tuple(say(f"report.appendix.{column}") for column in _COLUMNS)
    for session in sessions:
        rows = tuple(_set_row(session, played, words) for played in session.sets)
        lines = tuple(_lines(session, words, rules))
        outcome = say(f"report.outcome.{session.outcome}")
        began = session.began
        time = (
            say("report.appendix.hour", hour=began.hour)
            if words.pseudonymised
            else f"{began:%H:%M}"
        )
        title = say(
            "report.appendix.session", day=words.day(session.day), time=time, outcome=outcome
        )
        yield Entry(title, lines, Table(head, rows) if rows else None)


def _lines(session: PlayedSession, words: ReportWords, rules: RuleWords) -> Iterator[str]:
    say = words.phrases.say
    said = []
    for key, moment, asked in (
        ("before", Moment.CHECK_IN, tuple(Asked)),
        ("ten_minutes", Moment.TEN_MINUTES, (Asked.TINGLING,)),
        ("morning", Moment.MORNING, tuple(Asked)),
    ):
        later = last_said(session, moment)
        if moment is not Moment.CHECK_IN and later is None:
            continue
        blanks = {str(one): _said(session, moment, one, words) for one in asked}
        if moment is Moment.MORNING:
            blanks["woken"] = _yes_no(later, words)
        said.append(say(f"report.appendix.{key}", **blanks))
    yield " ".join(said)
    for lock in session.locks:
        yield say("report.appendix.stop", text=rules.stop(lock.rule, lock.tier))
    if not session.sets:
        yield say("report.appendix.no_sets")


def _set_row(session: PlayedSession, played: PlayedSet, words: ReportWords) -> tuple[Cell, ...]:
    say = words.phrases.say
    done, planned = (round(ms / _SECOND_MS) for ms in (played.done_ms, played.planned_ms))
    felt = [
        *(say(f"place.{place}") for place in played.where),
        *(say(f"feel.{feel}") for feel in played.feels),
        *(say(f"news.{news}") for news in played.new),
    ]
    decided = "" if played.action is None else say(f"action.{played.action.name.lower()}")
    because = ", ".join((*played.rules, *played.levers))
    level = say("report.appendix.level", level=played.level)
    return (
        Cell(words.exercise(played.exercise, played.side), level),
        Cell(str(played.reps)),
        Cell(say("report.appendix.done_of", done=done, planned=planned)),
        Cell(_said(session, Moment.SET, Asked.TINGLING, words, played.n)),
        Cell(_said(session, Moment.SET, Asked.PAIN, words, played.n)),
        Cell(", ".join(felt)),
        Cell(_settled(played, words)),
        Cell(decided, because),
    )


def _said(
    session: PlayedSession, moment: Moment, asked: Asked, words: ReportWords, n: int = 0
) -> str:
    """An answer, and what it was corrected to."""
    first = _rating(first_said(session, moment, asked, n), words)
    correction = session.corrected(moment, asked, n)
    if correction is None:
        return first
    value = _rating(correction.value, words)
    return words.phrases.say("report.appendix.corrected", first=first, value=value)


def _rating(rating: Rating | None, words: ReportWords) -> str:
    return words.phrases.say("report.appendix.none") if rating is None else str(rating)


def _yes_no(said: SaidLater | None, words: ReportWords) -> str:
    say = words.phrases.say
    if said is None or said.woken is None:
        return say("report.appendix.none")
    return say("report.appendix.yes") if said.woken else say("report.appendix.no")


def _settled(played: PlayedSet, words: ReportWords) -> str:
    say = words.phrases.say
    if played.settled_s is None:
        return say("report.appendix.none")
    if played.settled_s == _NEVER_SETTLED:
        return say("report.appendix.unsettled")
    return say("report.appendix.settled_s", n=played.settled_s)
