"""What each leg begins with today, and why (clinical.md 9.5, 7.0 caps).

At most one lever of one exercise on one leg moves up; everything else stays or comes down.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby, pairwise

from coach.domain.day_rule import DayTable
from coach.domain.dose import Dose
from coach.domain.exercise import Catalogue, Exercise, LevelName, Tag
from coach.domain.lever import Lever
from coach.domain.past import PastSession, lived_day
from coach.domain.plan import PlanItem
from coach.domain.side import Side
from coach.rules.harder import gentler_of, gentlest, level_down, next_harder, restarted
from coach.rules.levers import base_dose
from coach.rules.next_day import aftermath, aftermath_of_day
from coach.rules.plan_load import Portion, plan_dose, within_caps
from coach.rules.progression import Leg, LegKey, Legs, levers_up

#: What an easy day plays (clinical.md 8 B*).
EASY_DAY_EXERCISES = ("S1", "S2")
#: A hip hinge with a back that must stay flat, in degrees (clinical.md 7.3, tag no-slump).
FLAT_BACK_HINGE = 15


@dataclass(frozen=True, slots=True)
class Reason:
    """Why today is as it is: a rule, and the leg, lever, count or moment it speaks of."""

    rule: str
    leg: LegKey | None = None
    lever: Lever | None = None
    count: int | None = None
    moment: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Today's doses, what is left out today, and the reasons, most telling first."""

    doses: Mapping[LegKey, Dose] = field(default_factory=dict)
    withheld: Mapping[LegKey, Tag] = field(default_factory=dict)
    reasons: tuple[Reason, ...] = ()

    @property
    def rules(self) -> tuple[str, ...]:
        """The ids of the rules that shaped today, each once."""
        return tuple(dict.fromkeys(reason.rule for reason in self.reasons))


@dataclass(frozen=True, slots=True)
class Day:
    """The day a session is planned for.

    plan: fingerprint of the plan's text. work: its items, each with the leg it works today.
    allowed: exercises whose home limits a physiotherapist's code lifted.
    locked: when locks were set. lost: earlier days cannot be trusted (clock or file): first level.
    """

    now: datetime
    plan: str
    work: tuple[tuple[PlanItem, Side | None], ...]
    allowed: frozenset[str] = frozenset()
    tags: frozenset[Tag] = frozenset()
    locked: tuple[datetime, ...] = ()
    lost: bool = False


def standing(
    day: Day, legs: Legs, pasts: Sequence[PastSession], catalogue: Catalogue, table: DayTable
) -> Standing:
    """Today's doses for every leg the plan works.

    pasts: closed sessions, oldest first; legs: what they leave (see ``legs_after``).
    """
    builder = _Builder(day, legs, pasts, catalogue, table)
    builder.look_back()
    builder.gather()
    builder.leave_out_doubles()
    builder.keep_caps()
    builder.step_up()
    builder.remember_gentlest()
    return Standing(builder.doses, builder.withheld, tuple(builder.reasons))


def clock_went_back(pasts: Sequence[PastSession], now: datetime, table: DayTable) -> bool:
    """Whether the last session is dated far ahead of now, or far before the session before it.

    Then a clock was wrong, and nobody knows how many days lie between. pasts: in the order they
    happened.
    """
    far = timedelta(days=table["PRG-11"].days)
    dates = [past.began for past in pasts[-2:]]
    return any(later + far < earlier for earlier, later in pairwise([*dates, now]))


def ceiling_of(exercise: Exercise, allowed: frozenset[str]) -> LevelName | None:
    """The highest level at home; None when the exercise needs a physiotherapist's code."""
    return LevelName.D if exercise.id in allowed else exercise.home_ceiling


class _Builder:
    """One look at one day; every step only adds to what the steps before have found."""

    def __init__(
        self,
        day: Day,
        legs: Legs,
        pasts: Sequence[PastSession],
        catalogue: Catalogue,
        table: DayTable,
    ) -> None:
        self._day = day
        self._legs = legs
        self._pasts = pasts
        self._catalogue = catalogue
        self._table = table
        self.doses: dict[LegKey, Dose] = {}
        self.withheld: dict[LegKey, Tag] = {}
        self.reasons: list[Reason] = []

    def look_back(self) -> None:
        """What the last session, its morning and any lock since mean for today."""
        played = [past for past in self._pasts if past.worked]
        if not played:
            return
        last = played[-1]
        day = [past for past in played if past.day == last.day]
        after = aftermath_of_day(day, lived_day(self._day.now), self._table)
        spoken = [rule for rule in after.rules if rule != "DAY-01"]
        self.reasons += [Reason(rule, moment=last.began) for rule in spoken]
        if last.outcome.sought_help or any(at >= last.began for at in self._day.locked):
            self.reasons.append(Reason("PRG-10"))
        elif not (after.restarts or after.level_down):
            eased = {(one.exercise, one.side) for one in last.worked if one.ended != one.began}
            worked = [(item.exercise, side) for item, side in self._day.work]
            self.reasons += [Reason("PRG-03", key) for key in worked if key in eased]

    def gather(self) -> None:
        """Every leg's dose without a step up."""
        for item, side in self._day.work:
            exercise = self._catalogue[item.exercise]
            if not exercise.kind.rated:
                continue
            key = (item.exercise, side)
            ceiling = ceiling_of(exercise, self._day.allowed)
            if ceiling is None or not self._earned(exercise, side):
                self.withheld[key] = Tag.NOT_YET
                self.reasons.append(Reason("PRG-09", key))
                continue
            self.doses[key] = self._without_step(key, plan_dose(item, exercise), ceiling)

    def _earned(self, exercise: Exercise, side: Side | None) -> bool:
        """Whether an easier exercise was passed at its level on this leg, where one must be."""
        passed = (
            (self._legs[name, side].passed, level)
            for name, level in exercise.earned_by
            if (name, side) in self._legs
        )
        return not exercise.earned_by or any(best and best >= level for best, level in passed)

    def _without_step(self, key: LegKey, start: Dose, ceiling: LevelName) -> Dose:
        leg = self._legs.get(key)
        dose = start if leg is None else leg.dose
        if self._day.lost:
            self.reasons.append(Reason("PRG-11", key))
            return self._capped(key, restarted(dose, self._catalogue), ceiling)
        if leg is None:
            return self._capped(key, self._unplayed(start), ceiling)
        away = (self._day.now - leg.played).days
        if away >= self._table["PRG-05"].days:
            dose = restarted(dose, self._catalogue)
            self.reasons.append(Reason("PRG-05", key, count=away))
        elif away >= self._table["PRG-04"].days:
            dose = level_down(dose, self._catalogue)
            self.reasons.append(Reason("PRG-04", key, count=away))
        if leg.plan != self._day.plan and levers_up(start, dose, self._catalogue):
            milder = gentler_of(dose, start, self._catalogue)
            if milder != dose:
                self.reasons.append(Reason("PRG-12", key))
            dose = milder
        return self._capped(key, dose, ceiling)

    def _unplayed(self, start: Dose) -> Dose:
        """A first dose of an exercise on a leg: the plan's, unless days before speak against it."""
        pasts, table = self._pasts, self._table
        if not pasts:
            return start
        today = lived_day(self._day.now)
        days = [list(same) for _, same in groupby(pasts, key=lambda past: past.day)]
        afters = [aftermath_of_day(day, today, table) for day in days]
        away = (self._day.now - pasts[-1].began).days
        stopped = self._day.locked or any(past.outcome.sought_help for past in pasts)
        if stopped or away >= table["PRG-05"].days or any(after.restarts for after in afters):
            return restarted(start, self._catalogue)
        return level_down(start, self._catalogue) if afters[-1].level_down else start

    def _capped(self, key: LegKey, dose: Dose, ceiling: LevelName) -> Dose:
        """The dose under the home ceiling of what is really played."""
        exercise = self._catalogue[dose.exercise]
        highest = base_dose(exercise, min(ceiling, exercise.levels[-1].name))
        if dose.exercise == key[0] and dose.level > highest.level:
            self.reasons.append(Reason("PRG-08", key))
            return gentler_of(dose, highest, self._catalogue)
        return dose

    def remember_gentlest(self) -> None:
        """On an easy day the gentlest exercises stand in for others: their standing counts."""
        for key, leg in self._legs.items():
            if key[0] in EASY_DAY_EXERCISES:
                self.doses.setdefault(key, restarted(leg.dose, self._catalogue))

    def leave_out_doubles(self) -> None:
        """A gentler stand-in is played once a leg: not beside itself, nor for two exercises."""
        taken = set(self.doses)
        for key, dose in list(self.doses.items()):
            if dose.exercise == key[0]:
                continue
            if (dose.exercise, key[1]) in taken:
                del self.doses[key]
                self.withheld[key] = Tag.STOOD_IN
                self.reasons.append(Reason("PRG-13", key))
            taken.add((dose.exercise, key[1]))

    def _portions(self, doses: Mapping[LegKey, Dose]) -> list[Portion]:
        session = []
        for item, side in self._day.work:
            exercise, key = self._catalogue[item.exercise], (item.exercise, side)
            if key not in self.withheld:
                dose = doses.get(key) or plan_dose(item, exercise)
                session.append(Portion(self._catalogue[dose.exercise], dose, side))
        return session

    def keep_caps(self) -> None:
        """What grew under another plan comes down to this plan's own doses, last ones first."""
        for item, side in reversed(self._day.work):
            if within_caps(self._portions(self.doses)):
                return
            key = (item.exercise, side)
            if key in self.doses:
                start = plan_dose(item, self._catalogue[item.exercise])
                milder = gentler_of(self.doses[key], start, self._catalogue)
                if milder != self.doses[key]:
                    self.doses[key] = milder
                    self.reasons.append(Reason("CAP-03", key))

    def step_up(self) -> None:
        """One lever of one exercise on one leg, where enough calm sessions have earned it."""
        waiting = [key for key in self.doses if self._may_rise_later(key)]
        ready = [key for key in waiting if self._is_due(self._legs[key])]
        for key in sorted(ready, key=self._waited_longest):
            if self._raised(key):
                return
        if waiting and not ready:
            nearest = min(waiting, key=lambda key: self._still_needed(self._legs[key]))
            leg = self._legs[nearest]
            missing = self._still_needed(leg)
            self.reasons.append(Reason("PRG-02", nearest, count=missing, moment=leg.played))

    def _may_rise_later(self, key: LegKey) -> bool:
        """Whether the leg goes on from where it stood; what came down today does not rise."""
        leg = self._legs.get(key)
        return leg is not None and self.doses[key] == leg.dose and not self._day.lost

    def _waited_longest(self, key: LegKey) -> tuple[bool, datetime]:
        """Sorts the exercise whose last step up is longest ago first; those without one before."""
        leg = self._legs[key]
        return leg.raised_at is not None, leg.raised_at or leg.changed

    def _still_needed(self, leg: Leg) -> int:
        return max(leg.needs - leg.calm, 0)

    def _is_due(self, leg: Leg) -> bool:
        hours = timedelta(hours=self._table["PRG-01"].hours)
        open_morning = any(
            past.worked and aftermath(past, lived_day(self._day.now), self._table).open
            for past in self._pasts
        )
        rested = self._day.now - leg.changed >= hours
        return not self._still_needed(leg) and rested and not open_morning

    def _raised(self, key: LegKey) -> bool:
        dose, exercise = self.doses[key], self._catalogue[key[0]]
        closed: list[Reason] = []

        def may(lever: Lever, stronger: Dose) -> bool:
            shut = self._shut(key, lever, stronger)
            if shut:
                closed.append(Reason(shut, key, lever))
            return not shut

        if dose.exercise != key[0]:
            back = gentlest(exercise)
            step = (Lever.POS, back) if may(Lever.POS, back) else None
        else:
            ceiling = ceiling_of(exercise, self._day.allowed) or exercise.levels[0].name
            step = next_harder(exercise, dose, ceiling, may)
        if step is None:
            self.reasons += closed or [Reason("PRG-08", key)]
            return False
        lever, self.doses[key] = step
        self.reasons.insert(0, Reason("PRG-01", key, lever))
        return True

    def _shut(self, key: LegKey, lever: Lever, stronger: Dose) -> str:
        """The rule against a step; "" when there is none."""
        failures = [fail for fail in self._legs[key].failures if fail.lever is lever]
        if len(failures) >= self._table["PRG-07"].times:
            return "PRG-07"
        twice = self._table["PRG-06"]
        locked_for = timedelta(days=twice.days)
        if len(failures) >= twice.times and self._day.now - failures[-1].at < locked_for:
            return "PRG-06"
        if Tag.NO_SLUMP in self._day.tags and stronger.out.trunk > FLAT_BACK_HINGE:
            return "PRG-08"
        if not within_caps(self._portions({**self.doses, key: stronger})):
            return "CAP-03"
        return ""
