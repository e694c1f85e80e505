"""What to do after a set: every row of the table runs, the strongest action wins.

The rows with their numbers are data (``assets/rules/after_set.toml``); this module says how a row
of each id reads the answers. A rating that is missing makes no row fire: asking again is the
engine's business, and a missing rating is never taken for zero.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum

from coach.domain.action import Action
from coach.domain.plan import Limits
from coach.domain.rating import HIGHEST, Feel, News, Place, SetAnswers
from coach.domain.rule import Rule, RuleStage, RuleTable

#: Seconds after which the rest is judged to have ended (clinical.md 9.1 Q5: 30-60 s).
REST_JUDGED_S = 60
#: "Settled" means resting tingling no more than this above the check-in (clinical.md 9.1 Q5).
SETTLED_WITHIN = 1

_BUILT_IN = Limits()


class Settled(Enum):
    """How long tingling took to settle, in the classes the rules tell apart (seconds)."""

    BY_60 = 60
    BY_120 = 120
    BY_600 = 600
    NOT_BY_600 = 601


def settled_class(seconds: int) -> Settled:
    """The class of a settling time in seconds; -1 stands for "not within ten minutes"."""
    if seconds < 0:
        return Settled.NOT_BY_600
    for known in (Settled.BY_60, Settled.BY_120, Settled.BY_600):
        if seconds <= known.value:
            return known
    return Settled.NOT_BY_600


def is_settled(tingling: int, start: int | None) -> bool:
    """Whether tingling (0-10) counts as back at where it started (clinical.md 9.1 Q5).

    start: tingling at the check-in, 0-10; None where none was said, which leaves the least room.
    """
    return tingling <= (start or 0) + SETTLED_WITHIN


@dataclass(frozen=True, slots=True)
class Baseline:
    """Check-in ratings: tingling T0 and pain P0 (0-10), and the lowest zone felt (0 = none)."""

    tingling: int
    pain: int
    zone: int = 0


@dataclass(frozen=True, slots=True)
class History:
    """What earlier sets of this session left behind, as far as a rule may look at it.

    tingling: rating 0-10 of the set before on this side, None before the first.
    rose: whether that set's tingling was above the one before it.
    zone: the lowest zone named last, 0 when none was. unsettled: sets not settled by 60 s.
    """

    tingling: int | None = None
    rose: bool = False
    zone: int = 0
    eases_here: int = 0
    eases: int = 0
    ended: int = 0
    electric: int = 0
    unsettled: int = 0


@dataclass(frozen=True, slots=True)
class SetContext:
    """Everything the rows may look at.

    settled: None until the settle check was answered.
    numb: still numb at the settle check, None when not asked.
    pain_after_rest: pain 0-10 after two minutes of rest, None until asked (only after pain 8+).
    levers_left: whether the exercise's ease order still holds a lever that changes something.
    stopped: the person stopped the set before its end.
    end_exercise_at: the plan's own limit, a rating 0-10.
    """

    answers: SetAnswers
    baseline: Baseline
    history: History = History()
    settled: Settled | None = None
    numb: bool | None = None
    pain_after_rest: int | None = None
    levers_left: bool = True
    stopped: bool = False
    end_exercise_at: int = 6

    @property
    def worst(self) -> int | None:
        """The higher of tingling and pain, 0-10."""
        given = [r for r in (self.answers.tingling, self.answers.pain) if r is not None]
        return max(given, default=None)

    @property
    def rise(self) -> int | None:
        """The larger rise above the check-in, in points."""
        pairs = (
            (self.answers.tingling, self.baseline.tingling),
            (self.answers.pain, self.baseline.pain),
        )
        rises = [rating - start for rating, start in pairs if rating is not None]
        return max(rises, default=None)

    @property
    def zone_before(self) -> int:
        """The zone to compare with: the last one named, else the check-in's; 0 when unknown."""
        return self.history.zone or self.baseline.zone

    @property
    def lower_down(self) -> bool:
        """True when it is now felt further down the leg than before."""
        return 0 < self.zone_before < self.answers.zone

    def stays(self, after_s: int) -> bool:
        """True when it is known not to have settled within ``after_s`` seconds."""
        return self.settled is not None and self.settled.value > after_s


def _scales(context: SetContext) -> tuple[tuple[int, int], ...]:
    """(rating, check-in) of each scale that was answered."""
    answers, start = context.answers, context.baseline
    both = ((answers.tingling, start.tingling), (answers.pain, start.pain))
    return tuple((rating, begin) for rating, begin in both if rating is not None)


def _excused(rating: int, begin: int, easy_day: Rule) -> bool:
    """SET-07: on an easy day a rating no higher than at check-in does not ease."""
    return easy_day.low <= begin <= easy_day.high and rating <= begin


def _calm(context: SetContext, rule: Rule) -> bool:
    return (
        context.answers.complete
        and context.worst is not None
        and rule.low <= context.worst <= rule.high
    )


def _band(context: SetContext, rule: Rule) -> bool:
    return any(rule.low <= rating <= rule.high for rating, _ in _scales(context))


def _easing_band(easy_day: Rule) -> Callable[[SetContext, Rule], bool]:
    def fires(context: SetContext, rule: Rule) -> bool:
        return any(
            rule.low <= rating <= rule.high and not _excused(rating, begin, easy_day)
            for rating, begin in _scales(context)
        )

    return fires


def _rise(context: SetContext, rule: Rule) -> bool:
    return context.rise is not None and rule.low <= context.rise <= rule.high


def _easy_day(eases: tuple[Rule, ...]) -> Callable[[SetContext, Rule], bool]:
    def fires(context: SetContext, rule: Rule) -> bool:
        return any(
            _excused(rating, begin, rule) and any(row.low <= rating <= row.high for row in eases)
            for rating, begin in _scales(context)
        )

    return fires


def _pain_stays(context: SetContext, rule: Rule) -> bool:
    if rule.new:  # said to be constant and unbearable, it is not waited for
        return _news(context, rule)
    pain, later = context.answers.pain, context.pain_after_rest
    if pain is None or later is None:
        return False
    return pain >= rule.low and pain - later < rule.drop


def _settling(context: SetContext, rule: Rule) -> bool:
    if context.settled is None:
        return False
    seconds = context.settled.value
    return seconds > rule.above_s and (rule.up_to_s is None or seconds <= rule.up_to_s)


def _not_lower(context: SetContext, _rule: Rule) -> bool:
    return 0 < context.answers.zone <= context.zone_before


def _lower_settled(context: SetContext, _rule: Rule) -> bool:
    return context.lower_down


def _lower_stays(context: SetContext, rule: Rule) -> bool:
    return context.lower_down and context.stays(rule.after_s)


def _place(context: SetContext, rule: Rule) -> bool:
    place = rule.place
    return place is not None and (
        place in context.answers.where or NEWS_OF_PLACE[place] in context.answers.new
    )


#: The line of "Something is wrong" that names a place too.
NEWS_OF_PLACE = {
    Place.OTHER_LEG: News.OTHER_LEG,
    Place.BOTH_LEGS: News.BOTH_LEGS,
    Place.SADDLE: News.SADDLE_OR_TOILET,
}


def _feel(context: SetContext, rule: Rule) -> bool:
    return rule.feel in context.answers.feels


def _electric(context: SetContext, rule: Rule) -> bool:
    if Feel.ELECTRIC not in context.answers.feels:
        return False
    weak = context.answers.new & {News.ONE_LEG_WEAK, News.BOTH_LEGS_WEAK}
    return context.history.electric + 1 >= rule.times and (bool(weak) or not rule.alarming)


def _numb(context: SetContext, rule: Rule) -> bool:
    if rule.alarming:
        return News.NUMB_STAYS in context.answers.new
    if Feel.NUMB not in context.answers.feels:
        return False
    return context.stays(rule.after_s) if context.numb is None else context.numb


def _swollen(context: SetContext, rule: Rule) -> bool:
    if Feel.TIGHT_SWOLLEN not in context.answers.feels:
        return False
    severe = (context.answers.pain or 0) >= rule.low
    return not rule.alarming or severe or News.COLD_PALE_FOOT in context.answers.new


def _news(context: SetContext, rule: Rule) -> bool:
    return not context.answers.new.isdisjoint(rule.new)


def _rose_twice(context: SetContext, rule: Rule) -> bool:
    now, before = context.answers.tingling, context.history.tingling
    if now is None or before is None:
        return False
    return context.history.rose and now > before and now >= rule.low


def _rose_fast(context: SetContext, rule: Rule) -> bool:
    now, before = context.answers.tingling, context.history.tingling
    return now is not None and before is not None and now - before >= rule.rise


def _unsettled_twice(context: SetContext, rule: Rule) -> bool:
    now = context.stays(REST_JUDGED_S)
    return now and context.history.unsettled + 1 >= rule.checks


def _plan_limit(context: SetContext, _rule: Rule) -> bool:
    own = context.end_exercise_at < _BUILT_IN.end_exercise_at
    return own and context.worst is not None and context.worst >= context.end_exercise_at


def _stopped(context: SetContext, _rule: Rule) -> bool:
    return context.stopped


_FIRST: Mapping[str, Callable[[SetContext, Rule], bool]] = {
    "SET-01": _calm,
    "SET-02": _band,
    "SET-05": _band,
    "SET-06": _rise,
    "SET-08": _pain_stays,
    "REC-01": _settling,
    "REC-02": _settling,
    "REC-03": _settling,
    "REC-04": _settling,
    "LOC-01": _not_lower,
    "LOC-02": _lower_settled,
    "LOC-03": _lower_stays,
    "LOC-04": _place,
    "LOC-05": _place,
    "LOC-06": _place,
    "CHR-01": _feel,
    "CHR-02": _feel,
    "CHR-03": _electric,
    "CHR-04": _numb,
    "CHR-05": _swollen,
    "NEW-01": _news,
    "NEW-02": _news,
    "NEW-03": _news,
    "NEW-04": _news,
    "TRD-01": _rose_twice,
    "TRD-02": _rose_fast,
    "TRD-06": _unsettled_twice,
    "LIMIT": _plan_limit,
    "SYS-01": _stopped,
}


def _no_lever(context: SetContext, asked: Action, _rule: Rule) -> bool:
    return asked.eases and not context.levers_left


def _often_here(context: SetContext, asked: Action, rule: Rule) -> bool:
    return asked.eases and context.history.eases_here + 1 >= rule.times


def _often(context: SetContext, asked: Action, rule: Rule) -> bool:
    # Ending the exercise asks for more than easing it, so it may not get a milder answer.
    asks = asked.eases or asked is Action.END_EXERCISE
    return asks and context.history.eases + 1 >= rule.times


def _ended_twice(context: SetContext, asked: Action, rule: Rule) -> bool:
    return asked is Action.END_EXERCISE and context.history.ended + 1 >= rule.times


_THEN: Mapping[str, Callable[[SetContext, Action, Rule], bool]] = {
    "SET-09": _no_lever,
    "TRD-03": _often_here,
    "TRD-04": _often,
    "TRD-05": _ended_twice,
}

#: Ids this module can read; a table with any other id is refused when it is loaded.
KNOWN_IDS = frozenset(_FIRST) | frozenset(_THEN) | {"SET-03", "SET-04", "SET-07"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """The strongest action, and the ids of all rows that fired, strongest first."""

    action: Action
    rules: tuple[str, ...]


class AfterSet:
    """The decision table, ready to run. Raises KeyError for a row whose id it cannot read."""

    def __init__(self, table: RuleTable) -> None:
        """Pair every row with the test of its id, once."""
        easy_day = next(rule for rule in table if rule.id == "SET-07")
        eases = tuple(rule for rule in table if rule.id in ("SET-03", "SET-04"))
        easing = _easing_band(easy_day)
        first = {**_FIRST, "SET-03": easing, "SET-04": easing, "SET-07": _easy_day(eases)}
        self.table = table
        #: Pain from which it is asked again after two minutes (SET-08).
        asked_again = (rule.low for rule in table if rule.id == "SET-08" and rule.drop)
        self.strong_pain_from = min(asked_again, default=HIGHEST + 1)
        self._first = [(r, first[r.id]) for r in table if r.stage is RuleStage.FIRST]
        self._then = [(r, _THEN[r.id]) for r in table if r.stage is RuleStage.THEN]

    def judge(self, context: SetContext) -> Verdict:
        """Run every row. Total: any context gives a verdict."""
        fired = [(rule.action, rule.id) for rule, fires in self._first if fires(context, rule)]
        asked = max((action for action, _ in fired), default=Action.CONTINUE)
        for rule, fires in self._then:
            if fires(context, asked, rule):
                fired.append((rule.action, rule.id))
        # A row of the THEN stage may end the exercise; TRD-05 has to see that as well.
        strongest = max((action for action, _ in fired), default=Action.CONTINUE)
        if strongest is not asked:
            fired += [
                (rule.action, rule.id)
                for rule, fires in self._then
                if fires(context, strongest, rule)
            ]
        fired.sort(key=lambda entry: -entry[0])
        final = fired[0][0] if fired else Action.CONTINUE
        return Verdict(final, tuple(dict.fromkeys(rule_id for _, rule_id in fired)))
