"""How much a plan asks for in one session: repetitions, seconds of stretch, time."""

from coach.domain.exercise import Catalogue, Exercise, Kind, Level
from coach.domain.plan import PlanItem
from coach.domain.side import Side, Sides

LONGEST_SESSION_S = 25 * 60  # seconds, clinical.md 7.0 caps
SWITCH_S = 10  # seconds announced for a change of sides, clinical.md 7.3b


def legs(item: PlanItem, exercise: Exercise) -> tuple[Side, ...]:
    """The legs an item works; both for exercises without sides."""
    if item.sides is Sides.BOTH or not exercise.sided:
        return (Side.LEFT, Side.RIGHT)
    return (Side(item.sides.value),)


def sets_and_reps(item: PlanItem, level: Level) -> tuple[int, int]:
    """What an item plays on each side: the plan's own figures, else the level's."""
    return item.sets or level.sets, item.reps or level.reps


def slider_reps(items: tuple[PlanItem, ...], catalogue: Catalogue, side: Side) -> int:
    """Slider repetitions of one leg in the session (clinical.md 7.0 caps)."""
    total = 0
    for item in items:
        exercise = catalogue[item.exercise]
        if exercise.kind is Kind.SLIDER and side in legs(item, exercise):
            sets, reps = sets_and_reps(item, exercise.level(item.level))
            total += sets * reps
    return total


def stretch_seconds(items: tuple[PlanItem, ...], catalogue: Catalogue, side: Side) -> int:
    """Seconds one leg's hamstrings are held; every stretch we have is one of those muscles."""
    total = 0
    for item in items:
        exercise = catalogue[item.exercise]
        if exercise.kind is Kind.STRETCH and side in legs(item, exercise):
            level = exercise.level(item.level)
            sets, reps = sets_and_reps(item, level)
            total += sets * reps * level.hold_s
    return total


def planned_seconds(items: tuple[PlanItem, ...], catalogue: Catalogue) -> int:
    """About how long the session takes in seconds: movement, rests, changes of side."""
    total = 0
    for item in items:
        exercise = catalogue[item.exercise]
        level = exercise.level(item.level)
        sets, reps = sets_and_reps(item, level)
        one_ms = sum(level.hold_s * 1000 if p.hold else p.ms for p in exercise.phases)
        once = sets * (reps * one_ms // 1000 + level.rest_s)
        blocks = len(legs(item, exercise)) if exercise.sided else 1
        total += blocks * once + (blocks - 1) * SWITCH_S
    return total
