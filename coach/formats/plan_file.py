"""Plan files: what a session plays, checked against the catalogue and the built-in caps.

A plan may be stricter than the program, never laxer (clinical.md 7.0 caps, 9.5 home ceiling).
"""

import difflib
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any

from pydantic import Field

from coach.domain.exercise import Catalogue, Exercise, Kind, LevelName
from coach.domain.plan import Limits, Plan, PlanItem
from coach.domain.side import Side, Sides
from coach.formats.fields import Language, LevelField, SidesField, Words
from coach.formats.reading import Reading, Shape
from coach.rules.exercise_safety import MOST_SETS, MOST_SLIDER_REPS, MOST_STRETCH_S
from coach.rules.levers import FEWEST_REPS
from coach.rules.plan_load import (
    LONGEST_SESSION_S,
    legs,
    planned_seconds,
    portions,
    slider_reps,
    stretch_seconds,
)
from coach.rules.todays_dose import ceiling_of

FORMAT = "nerve-coach.plan/1"
MOST_EXERCISES = 30


_BUILT_IN = Limits()


class _LimitsShape(Shape):
    end_exercise_at: Annotated[int, Field(ge=1, le=_BUILT_IN.end_exercise_at)] = (
        _BUILT_IN.end_exercise_at
    )
    sessions_per_day: Annotated[int, Field(ge=1, le=_BUILT_IN.sessions_per_day)] = (
        _BUILT_IN.sessions_per_day
    )


class _ItemShape(Shape):
    id: str
    side: SidesField | None = None
    level: LevelField = LevelName.A
    sets: Annotated[int, Field(ge=1, le=MOST_SETS)] | None = None
    reps: Annotated[int, Field(ge=1, le=MOST_SLIDER_REPS)] | None = None

    def item(self) -> PlanItem:
        return PlanItem(self.id, self.side or Sides.LEFT, self.level, self.sets, self.reps)


class _PlanShape(Shape):
    """A plan for Nerve Coach."""

    format: str
    title: Words
    author: Words
    revision: Annotated[int, Field(ge=1, le=1_000_000)]
    language: Language
    valid_until: date | None = None
    limits: _LimitsShape = _LimitsShape()
    exercise: Annotated[list[_ItemShape], Field(min_length=1, max_length=MOST_EXERCISES)]


def read_plan(
    text: bytes | str, name: str, catalogue: Catalogue, allowed: frozenset[str] = frozenset()
) -> Plan:
    """The plan of one file. Raises BadFile with every mistake in it.

    allowed: exercises whose home limits a physiotherapist's code lifted (clinical.md 9.5).
    """
    reading = Reading(text, name, FORMAT)
    shape = reading.shaped(_PlanShape, reading.content)
    items = (
        _well_formed_items(reading.content) if shape is None else dict(enumerate(shape.exercise))
    )
    seen: list[_ItemShape] = []
    for place, item in items.items():
        for key, message in _item_faults(item, seen, catalogue, allowed):
            reading.fault(("exercise", place, key), message)
        seen.append(item)
    shape = reading.accepted(shape)
    played = tuple(item.item() for item in shape.exercise)
    for message in _session_faults(played, catalogue):
        reading.fault(("exercise",), message)
    reading.stop_if_faulty()
    return Plan(
        title=shape.title,
        author=shape.author,
        revision=shape.revision,
        language=shape.language,
        items=played,
        limits=Limits(shape.limits.end_exercise_at, shape.limits.sessions_per_day),
        valid_until=shape.valid_until,
    )


def plan_schema() -> dict[str, Any]:
    """The JSON Schema of plan files, for editors that check while typing."""
    schema = _PlanShape.model_json_schema()
    schema["properties"]["format"] = {"const": FORMAT, "type": "string"}
    return schema


def _well_formed_items(content: dict[str, Any]) -> dict[int, _ItemShape]:
    """The exercises that can be looked at although another part of the file is wrong."""
    entries = content.get("exercise")
    items = {}
    for place, raw in enumerate(entries if isinstance(entries, list) else ()):
        try:
            items[place] = _ItemShape.model_validate(raw)
        except ValueError:
            continue
    return items


def _item_faults(
    item: _ItemShape, before: list[_ItemShape], catalogue: Catalogue, allowed: frozenset[str]
) -> Iterator[tuple[str, str]]:
    exercise = catalogue.get(item.id)
    if exercise is None:
        near = difflib.get_close_matches(item.id, catalogue, n=1, cutoff=0.5)
        yield "id", f"there is no exercise {item.id!a}" + (f"; {near[0]}?" if near else "")
        return
    if exercise.sided and item.side is None:
        yield "side", "is missing; left, right or both"
    worked = set(legs(item.item(), exercise))
    if any(other.id == item.id and worked & set(legs(other.item(), exercise)) for other in before):
        yield "id", f"{item.id} is there twice for the same leg"
    levels = [level.name for level in exercise.levels]
    if item.level not in levels:
        yield "level", f"{item.id} has only the levels {', '.join(levels)}"
    elif (ceiling := ceiling_of(exercise, allowed)) is None:
        yield "id", f"{item.id} needs a physiotherapist's code"
    elif item.level > ceiling:
        yield (
            "level",
            f"{item.id} goes up to level {ceiling} at home without a physiotherapist's code",
        )
    if not exercise.kind.rated and (item.sets or 1) != 1:
        yield "sets", f"{item.id} is played once"
    yield from _reps_faults(item, exercise)


def _reps_faults(item: _ItemShape, exercise: Exercise) -> Iterator[tuple[str, str]]:
    most = max(level.reps for level in exercise.levels)
    if item.reps is None:
        return
    if most == 1 and item.reps != 1:
        what = "a set of a stretch is one hold" if exercise.kind is Kind.STRETCH else "it has none"
        yield "reps", f"must be 1 for {exercise.id}: {what}"
    elif most > 1 and not FEWEST_REPS <= item.reps <= most:
        yield "reps", f"must be {FEWEST_REPS} to {most} for {exercise.id} (found {item.reps})"


def _session_faults(items: tuple[PlanItem, ...], catalogue: Catalogue) -> Iterator[str]:
    session = portions(items, catalogue)
    for side in Side:
        reps = slider_reps(session, side)
        if reps > MOST_SLIDER_REPS:
            allowed = f"at most {MOST_SLIDER_REPS} a session"
            yield f"{reps} slider repetitions for the {side} leg, {allowed}"
        seconds = stretch_seconds(session, side)
        if seconds > MOST_STRETCH_S:
            allowed = f"at most {MOST_STRETCH_S} a session"
            yield f"{seconds} seconds of stretch for the {side} leg, {allowed}"
    total_s = planned_seconds(session)
    if total_s > LONGEST_SESSION_S:
        minutes = -(-total_s // 60)
        yield f"the session takes about {minutes} minutes, at most {LONGEST_SESSION_S // 60}"
