"""Everything a session needs to know before it starts, gathered once."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from coach.domain.dose import Dose
from coach.domain.exercise import Exercise, Tag
from coach.domain.lever import LeverStep
from coach.domain.plan import Plan
from coach.domain.screening import Question
from coach.domain.side import Side
from coach.engine.course import Block, Course, build_course
from coach.engine.timing import LEAD_IN_FIRST_MS
from coach.rules.after_set import AfterSet
from coach.rules.check_in import Clearance, StillUp
from coach.rules.levers import eased, next_levers
from coach.rules.progression import LegKey

CourseKey = tuple[bool, frozenset[Tag]]


@dataclass(frozen=True, eq=False)
class Script:
    """A plan with the catalogue, the questions to ask and the decision table it is played by.

    sore: the leg that troubles the person, if known; it goes second when both are worked.
    side: the leg that one-sided exercises work today; None leaves it to the plan.
    lead_in_ms: time to get into a new position.
    cleared: CLEARANCE items a clinician has been seen about since they were reported.
    tags: what an earlier check-in found and today's does not ask about again.
    doses: what each leg begins with where earlier sessions say so; else as the plan has it.
    withheld: exercises left out today and why, by leg (clinical.md 9.5).
    still_up: check-in ratings that are the second running too high after a session (DAY-05).
    Courses, doses and levers are remembered: they are looked up on every step.
    """

    plan: Plan
    exercises: Mapping[str, Exercise]
    questions: tuple[Question, ...]
    after_set: AfterSet
    sore: Side | None = None
    side: Side | None = None
    lead_in_ms: int = LEAD_IN_FIRST_MS
    cleared: frozenset[str] = frozenset()
    tags: frozenset[Tag] = frozenset()
    doses: Mapping[LegKey, Dose] = field(default_factory=dict)
    withheld: Mapping[LegKey, Tag] = field(default_factory=dict)
    still_up: StillUp | None = None
    _courses: dict[CourseKey, Course] = field(default_factory=dict, repr=False)
    _doses: dict[tuple[Block, int], Dose] = field(default_factory=dict, repr=False)
    _levers: dict[tuple[Block, int, int], tuple[tuple[LeverStep, ...], int]] = field(
        default_factory=dict, repr=False
    )

    def levers(self, block: Block, used: int, count: int) -> tuple[tuple[LeverStep, ...], int]:
        """The block's next ``count`` levers after ``used`` entries, and the entries used then."""
        key = (block, used, count)
        if key not in self._levers:
            dose = self.dose(block, used)
            self._levers[key] = next_levers(dose, block.ease, used, count, self.exercises)
        return self._levers[key]

    def course(self, clearance: Clearance) -> Course:
        """The blocks played after this check-in."""
        key = (clearance.easy_day, clearance.bars)
        if key not in self._courses:
            self._courses[key] = build_course(
                self.plan,
                self.exercises,
                clearance,
                sore=self.sore,
                side=self.side,
                doses=self.doses,
                withheld=self.withheld,
            )
        return self._courses[key]

    def dose(self, block: Block, used: int) -> Dose:
        """The block's dose after the first ``used`` entries of its exercise's ease order."""
        key = (block, used)
        if key not in self._doses:
            self._doses[key] = eased(block.dose, block.ease, used, self.exercises)
        return self._doses[key]
