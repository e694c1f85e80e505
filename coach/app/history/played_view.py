"""One session as its own page shows it: a timeline in words, and whether its record holds."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from coach.app.history.words import DayWords, known_name, leg_name
from coach.app.phrasing import Phrasing
from coach.app.session.keeping import kept_records
from coach.app.shipped import Shipped
from coach.domain.decision import Phrase
from coach.domain.rating import Place
from coach.domain.record import (
    Asked,
    Correction,
    Moment,
    PlayedSession,
    PlayedSet,
    SaidLater,
    SetLock,
)
from coach.domain.screening import Reply
from coach.engine.inputs import ClockGap, Pause, Resume, SomethingWrong, Stop
from coach.formats.bad_file import BadFile
from coach.formats.phrases import Phrases
from coach.formats.session_log import LogRecord, link
from coach.store.sessions import SessionStore

_NEVER = -1
_MOVES = {
    Pause.__name__: "paused",
    Resume.__name__: "went_on",
    Stop.__name__: "stopped_by",
    SomethingWrong.__name__: "something_wrong",
    ClockGap.__name__: "gap",
}


class Tone(StrEnum):
    """What an entry of the timeline is about."""

    PLAIN = "plain"
    RATED = "rated"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the timeline; when: a time of day, "" where none is known."""

    when: str
    title: str
    lines: tuple[str, ...] = ()
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Seal:
    """Whether the record of the session is as it was written, in words."""

    holds: bool
    text: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Correctable:
    """An answer that can be corrected: which one, and what it says so far."""

    moment: Moment
    n: int
    asked: Asked
    text: str
    value: int | None


@dataclass(frozen=True, slots=True)
class PlayedView:
    """Everything on a session's own page."""

    id: str
    title: str
    facts: str
    outcome: str
    entries: tuple[Entry, ...]
    corrections: tuple[str, ...]
    answers: tuple[Correctable, ...]
    seal: Seal


def verified(store: SessionStore, played: PlayedSession, phrases: Phrases) -> Seal:
    """Work out the chain of a session's log again and compare it with what is kept.

    What is kept beside the log has a seal of its own, which the store looks at when it reads.
    """
    say = phrases.say
    shown = say("ui.played.fingerprint", hash=played.fingerprint)
    try:
        records = kept_records(store, played.id)
    except BadFile:
        return Seal(holds=False, text=say("ui.played.unreadable"), fingerprint=shown)
    before = ""
    for place, one in enumerate(records):
        expected = link(before, one.seq, one.type, one.ms, one.wall, one.data)
        if one.seq != place or one.h != expected:
            return Seal(
                holds=False, text=say("ui.played.broken", line=place + 1), fingerprint=shown
            )
        before = one.h
    if before != played.fingerprint:
        return Seal(holds=False, text=say("ui.played.other_head"), fingerprint=shown)
    return Seal(holds=True, text=say("ui.played.holds", n=len(records)), fingerprint=shown)


class PlayedMaker:
    """Puts one session into words."""

    def __init__(self, store: SessionStore, shipped: Shipped, phrasing: Phrasing) -> None:
        self._store = store
        self._shipped = shipped
        self._phrasing = phrasing
        self._phrases = phrasing.phrases
        self._say = phrasing.phrases.say
        self._days = DayWords(phrasing.phrases)

    def view(self, played: PlayedSession) -> PlayedView:
        """The session's page."""
        say = self._say
        minutes = round((played.closed - played.began) / timedelta(minutes=1))
        sets = (
            say("ui.history.sessions.sets_one")
            if len(played.sets) == 1
            else say("ui.history.sessions.sets", n=len(played.sets))
        )
        return PlayedView(
            id=played.id,
            title=self._days.at(played.began),
            facts=say("ui.played.facts", plan=played.plan_title, minutes=minutes, sets=sets),
            outcome=say(f"outcome.{played.outcome}"),
            entries=tuple(self._entries(played)),
            corrections=tuple(self._corrections(played)),
            answers=tuple(self._answers(played)),
            seal=verified(self._store, played, self._phrases),
        )

    # The timeline

    def _entries(self, played: PlayedSession) -> Iterator[Entry]:
        records = self._records(played)
        yield self._check_in(played)
        yield from self._course(played, records)
        said = [(later.said, self._later(played, later)) for later in played.later]
        locks = [(lock.set_at, self._lock(lock)) for lock in played.locks]
        yield from (entry for at, entry in locks if at <= played.closed)
        outcome = self._say(f"outcome.{played.outcome}")
        yield Entry(f"{played.closed:%H:%M}", self._say("ui.played.ended"), (outcome,))
        after = [*said, *((at, entry) for at, entry in locks if at > played.closed)]
        yield from (entry for _, entry in sorted(after, key=lambda one: one[0]))

    def _records(self, played: PlayedSession) -> Sequence[LogRecord]:
        try:
            return kept_records(self._store, played.id)
        except BadFile:
            return ()

    def _check_in(self, played: PlayedSession) -> Entry:
        lines = [self._ratings(played, Moment.CHECK_IN, played.tingling, played.pain)]
        said_no = [one for one, reply in played.replies.items() if reply == Reply.NO]
        if said_no:
            key = "all_no" if len(said_no) == len(played.replies) else "said_no"
            lines.append(self._say(f"ui.played.{key}", n=len(said_no)))
        texts = {one.id: one.text for one in self._shipped.screen}
        for question, reply in played.replies.items():
            if reply == Reply.NO:
                continue
            said = (
                self._say("ui.history.not_answered")
                if reply is None
                else self._say(f"reply.{Reply(reply).name.lower()}")
            )
            text = texts.get(question, question)
            lines.append(self._say("ui.played.asked", question=text, reply=said))
        return Entry(f"{played.began:%H:%M}", self._say("ui.played.check_in"), tuple(lines))

    def _course(self, played: PlayedSession, records: Sequence[LogRecord]) -> Iterator[Entry]:
        sets = {one.n: one for one in played.sets}
        begun = 0
        for record in records:
            when = record.wall[11:16]
            if record.type == "set_begins" and begun + 1 in sets:
                begun += 1
                yield self._set(played, sets.pop(begun), when)
            elif record.type == "input" and record.data.get("kind") in _MOVES:
                move = _MOVES[record.data["kind"]]
                wrong = move in ("something_wrong", "stopped_by")
                tone = Tone.STOP if wrong else Tone.PLAIN
                yield Entry(when, self._say(f"ui.played.{move}"), (), tone)
            elif record.type == "report_decision":
                yield Entry(when, self._decided(record), tuple(self._rules(record)), Tone.STOP)
        for one in sets.values():  # a log that tells less than the rows beside it
            yield self._set(played, one, "")

    def _decided(self, record: LogRecord) -> str:
        action = str(record.data.get("action", "")).lower()
        return self._say("ui.played.action", action=self._say(f"action.{action}"))

    def _rules(self, record: LogRecord) -> Iterator[str]:
        for rule in record.data.get("rules", ()):
            yield self._rule(rule)

    def _rule(self, rule: str) -> str:
        text = self._say(f"why.{rule}") if f"why.{rule}" in self._phrases else rule
        return self._say("ui.played.rule", text=text, rule=rule)

    def _set(self, played: PlayedSession, one: PlayedSet, when: str) -> Entry:
        say = self._say
        known = one.exercise in self._shipped.catalogue
        name = leg_name(self._phrases, one.exercise, one.side) if known else one.exercise
        level = say("ui.history.levels.level", letter=one.level)
        lines = [
            self._ratings(played, Moment.SET, one.tingling, one.pain, one.n),
            say("ui.played.done_one", dose=level)
            if one.reps == 1
            else say("ui.played.done", dose=level, reps=one.reps),
        ]
        felt = []
        for key, group, named in (
            ("where", "place", tuple(place for place in Place if place in one.where)),
            ("like", "feel", one.feels),
            ("new", "news", one.new),
        ):
            if named:
                words = ", ".join(say(f"{group}.{item}") for item in named)
                blank = {"where": "places", "like": "feels", "new": "news"}[key]
                felt.append(say(f"ui.played.{key}", **{blank: words}))
        if felt:
            lines.append("  ·  ".join(felt))
        if one.settled_s is not None:
            never = one.settled_s == _NEVER
            lines.append(
                say("ui.played.not_settled") if never else say("ui.played.settled", n=one.settled_s)
            )
        if one.action is not None:
            action = say(f"action.{one.action.name.lower()}")
            lines.append(say("ui.played.action", action=action))
        lines += [self._rule(rule) for rule in one.rules]
        lines += [self._lever(lever) for lever in one.levers]
        tone = Tone.STOP if one.action is not None and one.action.stops_session else Tone.RATED
        return Entry(when, say("ui.played.set", n=one.n, exercise=name), tuple(lines), tone)

    def _lever(self, written: str) -> str:
        code, _, target = written.partition(":")
        if not target:
            return self._say(f"lever.{code}")
        name = known_name(self._phrases, self._shipped.catalogue, target)
        return self._say(f"lever.{code}", exercise=name)

    def _lock(self, lock: SetLock) -> Entry:
        lines = [self._say("ui.played.lock_rule", rule=self._lock_rule(lock.rule))]
        if lock.lifted_at is None:
            lines.append(self._say("ui.played.lock_stands"))
        else:
            day = self._days.dated(lock.lifted_at.date())
            who = lock.lifted_by or "?"
            lines.append(self._say("ui.played.lock_lifted", day=day, who=who))
        tier = self._say(f"ui.played.lock_{lock.tier.name.lower()}")
        return Entry(f"{lock.set_at:%H:%M}", tier, tuple(lines), Tone.STOP)

    def _lock_rule(self, rule: str) -> str:
        if f"why.{rule}" in self._phrases:
            return self._rule(rule)
        questions = {one.id: one.text for one in self._shipped.screen}
        if rule in questions:
            return self._say("ui.played.rule", text=questions[rule], rule=rule)
        day = f"day.{rule}"
        if day in self._phrases and not self._phrases.blanks(day):
            return self._say("ui.played.rule", text=self._phrasing.words(Phrase(day)), rule=rule)
        return rule

    def _later(self, played: PlayedSession, later: SaidLater) -> Entry:
        title = self._say(f"ui.played.{later.moment}")
        when = f"{later.said:%H:%M}"
        given = (later.tingling, later.pain, later.woken, later.numb)
        if all(one is None for one in given):
            return Entry(when, title, (self._say("ui.played.skipped"),))
        lines = [self._ratings(played, later.moment, later.tingling, later.pain)]
        if later.woken is not None:
            lines.append(self._say("ui.played.woken" if later.woken else "ui.played.not_woken"))
        if later.numb:
            lines.append(self._say("ui.played.numb"))
        return Entry(when, title, tuple(lines))

    def _ratings(
        self,
        played: PlayedSession,
        moment: Moment,
        tingling: int | None,
        pain: int | None,
        n: int = 0,
    ) -> str:
        said = []
        for asked, value in ((Asked.TINGLING, tingling), (Asked.PAIN, pain)):
            text = self._value(value, played.corrected(moment, asked, n))
            name = self._say(f"ui.history.{asked}")
            said.append(self._say("ui.played.rated", name=name, value=text))
        return "  ·  ".join(said)

    def _value(self, first: int | None, made: Correction | None) -> str:
        """What is said now, with what was first said beside it."""
        was = self._say("ui.history.not_answered") if first is None else str(first)
        if made is None:
            return was
        if made.value is None:
            return self._say("ui.history.taken_back", first=was)
        return self._say("ui.history.was", value=made.value, first=was)

    # Corrections

    def _corrections(self, played: PlayedSession) -> Iterator[str]:
        texts = {(one.moment, one.n, one.asked): one for one in self._answers(played, first=True)}
        for one in played.corrections:
            about = texts.get((one.moment, one.n, one.asked))
            value = self._say("ui.played.taken_back") if one.value is None else str(one.value)
            first = None if about is None else about.value
            name = self._say(f"ui.history.{one.asked}")
            yield self._say(
                "ui.played.corrected",
                when=self._days.at(one.made),
                name=f"{self._place(one.moment, one.n, played)}, {name}",
                first=self._say("ui.history.not_answered") if first is None else str(first),
                value=value,
                reason=one.reason,
            )

    def _place(self, moment: Moment, n: int, played: PlayedSession) -> str:
        if moment is not Moment.SET:
            return self._say(f"ui.played.{moment}")
        one = next((each for each in played.sets if each.n == n), None)
        exercise = "" if one is None else one.exercise
        name = known_name(self._phrases, self._shipped.catalogue, exercise)
        return self._say("ui.played.set", n=n, exercise=name)

    def _answers(self, played: PlayedSession, *, first: bool = False) -> Iterator[Correctable]:
        for moment, n, ratings in _asked(played):
            for asked, value in ratings.items():
                made = None if first else played.corrected(moment, asked, n)
                now = value if made is None else made.value
                text = self._say(
                    "ui.correct.choice",
                    where=self._place(moment, n, played),
                    name=self._say(f"ui.history.{asked}"),
                    value=self._value(value, made),
                )
                yield Correctable(moment, n, asked, text, now)


def _asked(
    played: PlayedSession,
) -> Iterator[tuple[Moment, int, Mapping[Asked, int | None]]]:
    """Every moment at which ratings were asked for, and what was first said."""
    if played.tingling is not None or played.pain is not None:
        yield Moment.CHECK_IN, 0, {Asked.TINGLING: played.tingling, Asked.PAIN: played.pain}
    for one in played.sets:
        yield Moment.SET, one.n, {Asked.TINGLING: one.tingling, Asked.PAIN: one.pain}
    lasts = {one.moment: one for one in played.later}
    for moment, later in lasts.items():
        yield moment, 0, {Asked.TINGLING: later.tingling, Asked.PAIN: later.pain}
