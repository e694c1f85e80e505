"""From a plan and a check-in to the blocks one session really plays."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from coach.domain.dose import Dose
from coach.domain.exercise import Exercise, Kind, LevelName, Tag
from coach.domain.lever import Lever, LeverStep
from coach.domain.plan import Plan, PlanItem
from coach.domain.pose import Joint
from coach.domain.side import Side, Sides
from coach.rules.check_in import Clearance
from coach.rules.harder import gentler_of, gentlest
from coach.rules.plan_load import plan_dose, todays_work
from coach.rules.progression import LegKey
from coach.rules.todays_dose import EASY_DAY_EXERCISES, FLAT_BACK_HINGE

REHEARSAL_REPS = 5  # clinical.md 7.0, sides
EASY_DAY_STAND_IN = "S1"


@dataclass(frozen=True, slots=True)
class Block:
    """One exercise on one side: all its sets, or the warm-up.

    ease: the exercise's ease order without changes to exercises that a tag bars today.
    rehearsal: the first set is shortened to 5 repetitions (more comfortable leg of a pair).
    item: the plan's exercise, for which a gentler one may stand in.
    """

    exercise: str
    kind: Kind
    dose: Dose
    side: Side | None = None
    ease: tuple[LeverStep, ...] = ()
    rehearsal: bool = False
    item: str = ""

    @property
    def place(self) -> tuple[str, Side | None]:
        """The plan's exercise and the leg, as later days tell them apart."""
        return self.item, self.side


@dataclass(frozen=True, slots=True)
class Course:
    """The blocks in order, and what was left out of the plan and why."""

    blocks: tuple[Block, ...] = ()
    left_out: tuple[tuple[str, Tag], ...] = ()

    @property
    def playable(self) -> bool:
        """True when at least one exercise with a rating remains."""
        return any(block.kind.rated for block in self.blocks)


def _flat_back(dose: Dose) -> Dose:
    """Cap a hip hinge at 15 degrees, taking the same angle off the hip."""
    over = dose.out.trunk - FLAT_BACK_HINGE
    if over <= 0:
        return dose
    out = dose.out.moved(Joint.TRUNK, FLAT_BACK_HINGE).moved(Joint.HIP, dose.out.hip - over)
    return replace(dose, out=out)


def _dose(dose: Dose, exercise: Exercise, clearance: Clearance) -> Dose:
    if exercise.hinge and Tag.NO_SLUMP in clearance.bars:
        return _flat_back(dose)
    return dose


def _open_order(
    exercise: Exercise, exercises: Mapping[str, Exercise], clearance: Clearance
) -> tuple[LeverStep, ...]:
    """The ease order without changes to an exercise that is barred today."""
    return tuple(
        step
        for step in exercise.ease
        if step.target is None or not exercises[step.target].barred_by & clearance.bars
    )


def _without_repetitions(ease: tuple[LeverStep, ...]) -> tuple[LeverStep, ...]:
    """The ease order of a rehearsed leg: eased, its sets are at the fewest repetitions already."""
    return tuple(step for step in ease if step.lever is not Lever.REP)


def _easy_day(items: tuple[PlanItem, ...], exercises: Mapping[str, Exercise]) -> list[PlanItem]:
    """Only S1 and S2 at level A remain; other sliders become S1, everything else goes.

    What several sliders become is played once a leg, with no more repetitions than any of them.
    """
    wanted: dict[str, list[PlanItem]] = {}
    for item in items:
        if exercises[item.exercise].kind is not Kind.SLIDER:
            continue
        name = item.exercise if item.exercise in EASY_DAY_EXERCISES else EASY_DAY_STAND_IN
        wanted.setdefault(name, []).append(item)
    gentle = []
    for name, same in wanted.items():
        sides = {item.sides for item in same}
        usual = exercises[name].level(LevelName.A).reps
        reps = min([usual, *(item.reps for item in same if item.reps)])
        one = sides.pop() if len(sides) == 1 else Sides.BOTH
        gentle.append(PlanItem(name, one, LevelName.A, reps=reps))
    return gentle


def _begins_with(
    item: PlanItem,
    side: Side | None,
    exercises: Mapping[str, Exercise],
    doses: Mapping[LegKey, Dose],
    *,
    easy_day: bool,
) -> Dose:
    """What a leg begins with: where it stands, and on an easy day the first level at most."""
    planned = plan_dose(item, exercises[item.exercise])
    dose = doses.get((item.exercise, side), planned)
    return gentler_of(dose, planned, exercises) if easy_day else dose


def _only_stand_in_barred(planned: Exercise, played: Exercise, clearance: Clearance) -> bool:
    """Whether a gentler stand-in cannot be played today while the plan's own exercise can."""
    bars = clearance.bars
    return bool(played.barred_by & bars) and not planned.barred_by & bars


def build_course(
    plan: Plan,
    exercises: Mapping[str, Exercise],
    clearance: Clearance,
    *,
    sore: Side | None,
    side: Side | None,
    doses: Mapping[LegKey, Dose] = MappingProxyType({}),
    withheld: Mapping[LegKey, Tag] = MappingProxyType({}),
) -> Course:
    """The session for this plan after this check-in. Pure; raises KeyError for unknown ids.

    A plan that gives each leg its own work keeps it: ``side`` would put one leg's dose on top of
    the other's. doses: where a leg stands in an exercise, if earlier sessions say so; withheld:
    what is left out for a reason of theirs.
    """
    items: list[PlanItem] = list(plan.items)
    if clearance.easy_day:
        items = _easy_day(plan.items, exercises)
    blocks: list[Block] = []
    left_out: dict[tuple[str, Tag], None] = {}
    for item, leg in todays_work(plan, items, exercises, sore=sore, side=side):
        planned = exercises[item.exercise]
        if planned.kind is Kind.REST:
            continue  # every session ends in the rest position, listed or not
        began = _begins_with(item, leg, exercises, doses, easy_day=clearance.easy_day)
        if _only_stand_in_barred(planned, exercises[began.exercise], clearance):
            began = gentlest(planned)
        exercise = exercises[began.exercise]
        barred = sorted((planned.barred_by | exercise.barred_by) & clearance.bars)
        reason = barred[0] if barred else withheld.get((item.exercise, leg))
        if reason is not None:
            left_out[item.exercise, reason] = None
            continue
        dose = _dose(began, exercise, clearance)
        order = _open_order(exercise, exercises, clearance)
        first_of_two = item.sides is Sides.BOTH and leg is (sore or Side.RIGHT).other
        rehearsal = first_of_two and exercise.kind is Kind.SLIDER
        order = _without_repetitions(order) if rehearsal else order
        blocks.append(Block(exercise.id, exercise.kind, dose, leg, order, rehearsal, item.exercise))
    return Course(tuple(blocks), tuple(left_out))


def set_dose(block: Block, dose: Dose, set_n: int, used: int) -> Dose:
    """The dose of one set (0-based) of a block: the rehearsal set is shorter.

    Once a lever was used (``used`` entries of the ease order) no later set is longer either.
    """
    if block.rehearsal and (set_n == 0 or used):
        return replace(dose, reps=min(dose.reps, REHEARSAL_REPS))
    return dose
