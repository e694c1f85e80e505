"""The exercise library: what is known of each exercise, in words, and how it is found."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coach.app.daily.today import dose_text
from coach.app.shipped import Shipped
from coach.domain.dose import Dose
from coach.domain.exercise import Exercise, LevelName, Posture
from coach.domain.lever import Lever, LeverStep
from coach.domain.library import Wrong
from coach.domain.pose import Joint, Pose
from coach.rules.levers import base_dose, pulled
from coach.rules.repetition import phase_ms

if TYPE_CHECKING:
    from coach.body.stage import Stage

LONGEST_SHOWN_MS = 4_000
"""A hold or a walk is shown no longer than this before the movement goes on."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A common error in words. wrong: how it is drawn, None when it cannot be seen."""

    text: str
    wrong: Wrong | None


@dataclass(frozen=True, slots=True)
class LevelRow:
    """A level and its dose; dose_text: sets and repetitions in words."""

    name: LevelName
    dose: Dose
    text: str


@dataclass(frozen=True, slots=True)
class Lead:
    """Another exercise, and the level it is begun at."""

    exercise: str
    level: LevelName


@dataclass(frozen=True, slots=True)
class Entry:
    """An exercise as the library shows it.

    easier, harder: where it leads to when its own levers are used up. barred: what
    at check-in keeps it out. sources: where its shape comes from; doses and angles are ours.
    """

    exercise: Exercise
    name: str
    kind: str
    posture: str
    do: str
    setup: str
    feel: str
    mistakes: tuple[Mistake, ...]
    levels: tuple[LevelRow, ...]
    easier: tuple[Lead, ...]
    harder: tuple[Lead, ...]
    barred: tuple[str, ...]
    sources: tuple[str, ...]

    def matches(self, words: str, posture: Posture | None) -> bool:
        """Whether every word is found in its texts, and it is done in this posture."""
        if posture is not None and self.exercise.posture is not posture:
            return False
        said = f"{self.exercise.id} {self.name} {self.kind} {self.posture} {self.do} {self.setup}"
        return all(word in said.casefold() for word in words.casefold().split())


def entries(shipped: Shipped) -> tuple[Entry, ...]:
    """Every exercise of the catalogue, gentle to strong within its kind."""
    return tuple(_entry(exercise, shipped) for exercise in shipped.catalogue.values())


def _entry(exercise: Exercise, shipped: Shipped) -> Entry:
    say, file = shipped.phrases.say, shipped.library
    return Entry(
        exercise=exercise,
        name=say(f"{exercise.id}.name"),
        kind=say(f"kind.{exercise.kind}"),
        posture=say(f"posture.{exercise.posture}"),
        do=say(f"{exercise.id}.do"),
        setup=say(f"{exercise.id}.setup"),
        feel=say(f"{exercise.id}.feel"),
        mistakes=tuple(
            Mistake(say(f"{exercise.id}.error.{error}"), file.look(exercise, error))
            for error in exercise.errors
        ),
        levels=tuple(_level(exercise, level.name, shipped) for level in exercise.levels),
        easier=_leads(exercise, exercise.ease, shipped),
        harder=_leads(exercise, exercise.harder, shipped),
        barred=tuple(say(f"tag.{tag}") for tag in sorted(exercise.barred_by)),
        sources=file.sources.get(exercise.id, ()),
    )


def _leads(exercise: Exercise, steps: Sequence[LeverStep], shipped: Shipped) -> tuple[Lead, ...]:
    """Either way the other exercise is begun as an ease begins it."""
    dose = base_dose(exercise, exercise.levels[0].name)
    begun = [pulled(dose, step, shipped.catalogue) for step in steps if step.lever is Lever.POS]
    return tuple(Lead(dose.exercise, dose.level) for dose in begun)


def _level(exercise: Exercise, name: LevelName, shipped: Shipped) -> LevelRow:
    dose = base_dose(exercise, name)
    return LevelRow(name, dose, dose_text(exercise, dose, shipped.phrases))


def shown_seconds(exercise: Exercise, dose: Dose) -> float:
    """How long one repetition takes as it is shown."""
    return sum(_shown_ms(exercise, dose)) / 1000


def _shown_ms(exercise: Exercise, dose: Dose) -> list[int]:
    return [min(phase_ms(dose, phase), LONGEST_SHOWN_MS) for phase in exercise.phases]


def moment(exercise: Exercise, dose: Dose, seconds: float) -> tuple[int, float]:
    """The phase, and the share 0-1 of it, at which a movement shown over and over has arrived."""
    lengths = _shown_ms(exercise, dose)
    left = seconds * 1000 % sum(lengths)
    for index, length in enumerate(lengths):
        if left < length:
            return index, left / length
        left -= length
    return len(lengths) - 1, 1.0


def found(library: Sequence[Entry], words: str, posture: Posture | None) -> tuple[Entry, ...]:
    """The entries that match a search and a posture."""
    return tuple(entry for entry in library if entry.matches(words, posture))


def shown_wrong(dose: Dose, wrong: Wrong) -> Dose:
    """The dose with a mistake in its movement, inside every joint's limits."""
    return replace(dose, home=_changed(dose.home, wrong.home), out=_changed(dose.out, wrong.out))


def wrong_stage(exercise: Exercise, dose: Dose, wrong: Wrong) -> "Stage":
    """Where a mistake is drawn: wall and pillows stand as they do for the right dose.

    Somebody who stands has put the heel half way to where the wrong movement would end: both ends
    are then reached with hardly any leaning.
    """
    from coach.body.mistakes import mistaken
    from coach.body.staging import stage_for

    shown = shown_wrong(dose, wrong)
    if exercise.posture is Posture.STANDING:
        dose = replace(dose, out=dose.out.toward(shown.out, tuple(Joint), 0.5))
    return mistaken(stage_for(exercise, dose), shown, wrong)


def _changed(pose: Pose, by: Pose) -> Pose:
    from coach.body.limits import within  # the window opens without any body

    return within(Pose(**{joint.value: pose[joint] + by[joint] for joint in Joint}))
