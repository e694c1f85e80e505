"""Levels over time: every change of what a leg plays, and why."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from coach.app.history.chart import StairChart, Stairs, Step, Table, Turn, Words
from coach.app.history.words import DayWords, Grain, known_name, leg_name
from coach.domain.dose import Dose
from coach.domain.exercise import Catalogue, LevelName
from coach.domain.lever import Lever
from coach.domain.past import Worked, lived_day
from coach.domain.side import Side
from coach.formats.phrases import Phrases
from coach.formats.values import from_data
from coach.rules.progression import LegKey, levers_up
from coach.store.history_reader import HistoryReader, WorkedLine

#: Below level A: a gentler exercise in its place.
_GENTLER = "↓"
_LETTERS = tuple(LevelName)
#: The days' rules that make a session easier, and those that make it harder or start it anew.
_EASIER = ("DAY-04", "REC-04", "DAY-03", "PRG-05", "PRG-04", "PRG-10", "PRG-11", "PRG-07")
_COLUMNS = ("day", "leg", "change", "why")
#: Rules that were met in a set beside the one that made it easier.
_MILD = frozenset({"SET-01", "SET-02", "SET-07", "REC-01", "LOC-01"})
_EITHER = ("PRG-12", "PRG-06", "CAP-03", "PRG-03")


@dataclass(frozen=True, slots=True)
class Change:
    """One change: on which day and leg, what it was, and why, in words.

    session: the one in which it shows first.
    """

    day: date
    session: str
    leg: LegKey
    turn: Turn
    level: str
    height: int
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class _Found:
    """A change before its words: from what to what; within: in the course of the session."""

    line: WorkedLine
    leg: LegKey
    before: Dose | None
    after: Dose
    within: bool


class LevelsMaker:
    """Makes the chart of levels in words."""

    def __init__(self, phrases: Phrases, catalogue: Catalogue, reader: HistoryReader) -> None:
        self._phrases = phrases
        self._say = phrases.say
        self._catalogue = catalogue
        self._reader = reader
        self._days = DayWords(phrases)

    def chart(
        self,
        period: tuple[date, date],
        lines: Iterable[WorkedLine],
        *,
        side: Side | None = None,
        exercise: str | None = None,
    ) -> StairChart:
        """The chart of a period, of one leg or one exercise where that is wanted."""
        played = ((line, _worked(line.worked)) for line in lines)
        found, lasts = self._found(
            (line, worked)
            for line, worked in played
            if side in (None, worked.side) and exercise in (None, worked.exercise)
        )
        changes = self._worded(found)
        rows = []
        for leg, until in lasts.items():
            steps = tuple(
                Step(one.day, one.level, one.height, one.turn) for one in changes if one.leg == leg
            )
            rows.append(Stairs(self._name(leg), steps, until))
        table = Table(
            tuple(
                self._say(f"ui.history.column_{name}") for name in ("day", "leg", "change", "why")
            ),
            tuple(
                (self._days.named(one.day), self._name(one.leg), one.what, one.why)
                for one in reversed(changes)
            ),
        )
        words = Words(
            self._say("ui.history.levels.title"),
            self._say("ui.history.levels.caption"),
            self._summary(period, rows),
        )
        axis = self._days.axis(*period, Grain.EACH)
        return StairChart(words, axis, tuple(rows), len(_LETTERS) + 1, table)

    def _name(self, leg: LegKey) -> str:
        exercise, side = leg
        if exercise not in self._catalogue:
            return exercise
        return leg_name(self._phrases, exercise, side)

    def _summary(self, period: tuple[date, date], rows: Sequence[Stairs]) -> str:
        parts = [self._days.stretch(*period) + "."]
        for row in rows:
            last = row.steps[-1]
            level = self._say("ui.history.levels.level", letter=last.letter)
            if last.letter == _GENTLER:
                level = self._say("ui.history.levels.gentler_now")
            many = len(row.steps) - 1
            key = "now_one" if many == 1 else "now"
            blanks = {} if many == 1 else {"n": many}
            parts.append(
                self._say(f"ui.history.levels.{key}", name=row.name, level=level, **blanks)
            )
        return " ".join(parts)

    # What changed

    def _found(
        self, lines: Iterable[tuple[WorkedLine, Worked]]
    ) -> tuple[list[_Found], dict[LegKey, date]]:
        stands: dict[LegKey, Dose] = {}
        lasts: dict[LegKey, date] = {}
        found: list[_Found] = []
        for line, worked in lines:
            known = {worked.exercise, worked.began.exercise, worked.ended.exercise}
            if not worked.own or not known <= self._catalogue.keys():
                continue
            leg = (worked.exercise, worked.side)
            before = stands.get(leg)
            if before != worked.began:
                found.append(_Found(line, leg, before, worked.began, within=False))
            if worked.ended != worked.began:
                found.append(_Found(line, leg, worked.began, worked.ended, within=True))
            stands[leg] = worked.ended
            lasts[leg] = lived_day(line.began)
        return found, lasts

    def _worded(self, found: Sequence[_Found]) -> list[Change]:
        between = {one.line.session for one in found if not one.within and one.before}
        within = {one.line.session for one in found if one.within}
        rules = {session: _rules(text) for session, text in self._reader.headers(between).items()}
        decided = self._reader.decided(within)
        return [self._change(one, rules, decided) for one in found]

    def _change(
        self,
        one: _Found,
        rules: Mapping[str, tuple[str, ...]],
        decided: Mapping[str, list[tuple[str, str | None, str, str]]],
    ) -> Change:
        turn = self._turn(one)
        if one.within:
            why = self._why_within(one, decided.get(one.line.session, []))
        elif one.before is None:
            why = ""
        else:
            why = self._why_between(turn, rules.get(one.line.session, ()))
        return Change(
            day=lived_day(one.line.began),
            session=one.line.session,
            leg=one.leg,
            turn=turn,
            level=_letter(one),
            height=_height(one),
            what=self._what(one, turn),
            why=why,
        )

    def _turn(self, one: _Found) -> Turn:
        if one.before is None:
            return Turn.START
        if one.before.level != one.after.level and one.before.exercise == one.after.exercise:
            up = _LETTERS.index(one.after.level) > _LETTERS.index(one.before.level)
            return Turn.HARDER if up else Turn.EASIER
        if levers_up(one.before, one.after, self._catalogue):
            return Turn.HARDER
        if levers_up(one.after, one.before, self._catalogue):
            return Turn.EASIER
        return Turn.OTHER

    def _what(self, one: _Found, turn: Turn) -> str:
        level = self._say("ui.history.levels.level", letter=one.after.level)
        if one.before is None:
            return self._say("ui.history.levels.start", level=level)
        if one.before.exercise != one.after.exercise:
            if one.after.exercise == one.leg[0]:
                return self._say("ui.history.levels.back", level=level)
            name = known_name(self._phrases, self._catalogue, one.after.exercise)
            return self._say("ui.history.levels.gentler", exercise=name)
        parts = []
        if one.before.level != one.after.level:
            parts.append(self._say("ui.history.levels.to_level", level=level))
        if turn is Turn.HARDER:
            ups = levers_up(one.before, one.after, self._catalogue)
            parts += [self._say(f"step.{lever}") for lever in ups]
        elif turn is Turn.EASIER:
            downs = levers_up(one.after, one.before, self._catalogue)
            parts += [self._say(f"lever.{lever}") for lever in downs if lever is not Lever.POS]
        return " ".join(parts) or self._say("ui.history.levels.other")

    # Why

    def _why_between(self, turn: Turn, rules: Sequence[str]) -> str:
        wanted = ("PRG-01", *_EITHER) if turn is Turn.HARDER else (*_EASIER, *_EITHER)
        rule = next((one for one in wanted if one in rules), None)
        if rule is None:
            return self._say("ui.history.levels.reason_days")
        return f"{self._say(f'ui.history.levels.reason_{rule}')}  ({rule})"

    def _why_within(self, one: _Found, decided: Sequence[tuple[str, str | None, str, str]]) -> str:
        side = None if one.leg[1] is None else str(one.leg[1])
        played = {one.leg[0], one.after.exercise, one.before.exercise if one.before else ""}
        mine = [each for each in decided if each[1] == side and each[0] in played]
        easing = [each for each in mine if json.loads(each[3])] or mine
        said = dict.fromkeys(rule for each in easing for rule in json.loads(each[2]))
        telling = [rule for rule in said if rule not in _MILD] or list(said)
        known = [rule for rule in telling if f"why.{rule}" in self._phrases]
        texts = [f"{self._say(f'why.{rule}')}  ({rule})" for rule in known]
        return " ".join(texts) or self._say("ui.history.levels.reason_reported")


def _letter(one: _Found) -> str:
    return one.after.level.value if one.after.exercise == one.leg[0] else _GENTLER


def _height(one: _Found) -> int:
    gentler = one.after.exercise != one.leg[0]
    return 0 if gentler else 1 + _LETTERS.index(one.after.level)


# The same few pairs of doses come again and again.
@lru_cache(maxsize=4096)
def _worked(text: str) -> Worked:
    worked: Worked = from_data(Worked, json.loads(text))
    return worked


def _rules(header: str) -> tuple[str, ...]:
    standing = json.loads(header).get("standing", {})
    return tuple(standing.get("rules", ())) if isinstance(standing, dict) else ()
