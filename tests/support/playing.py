"""Playing sessions in tests: the shipped files, plans written on the spot, a virtual clock."""

from collections.abc import Iterable
from functools import cache

from coach.app.shipped import Shipped
from coach.app.shipped_place import shipped_root
from coach.domain.plan import Plan
from coach.domain.rating import Feel, News, Place, RestAnswer, SetAnswers
from coach.domain.screening import Reply
from coach.domain.side import Side
from coach.engine.control import CheckIn, Stage
from coach.engine.effects import Effect
from coach.engine.inputs import (
    BaselinePain,
    BaselinePlaces,
    BaselineTingling,
    Input,
    Rated,
    Replied,
    RestReply,
)
from coach.engine.ledger import Ledger
from coach.engine.run import Run, advance, give
from coach.engine.script import Script
from coach.formats.plan_file import read_plan

SHIPPED = Shipped(shipped_root())

_HEADER = """format = "nerve-coach.plan/1"
title = "Test"
author = "Tests"
revision = 1
language = "en"
"""


@cache
def shipped_plan(name: str) -> Plan:
    """One of the ready-made plans, such as "first-week"."""
    path = SHIPPED.plans_folder / f"{name}.toml"
    return read_plan(path.read_bytes(), path.name, SHIPPED.catalogue)


def plan_text(*items: str, limits: str = "") -> str:
    """A plan file; an item is a line such as ``id = "S3", sets = 3``."""
    tables = [f"[limits]\n{limits}\n"] if limits else []
    tables += ["[[exercise]]\n" + item.replace(", ", "\n") + "\n" for item in items]
    return _HEADER + "".join(tables)


def plan_of(*items: str, limits: str = "") -> Plan:
    """The plan of :func:`plan_text`."""
    return read_plan(plan_text(*items, limits=limits), "test.toml", SHIPPED.catalogue)


def script_of(plan: Plan, *, full: bool = False, sore: Side | None = None) -> Script:
    """A script of the shipped catalogue, questions and rules."""
    return Script(
        plan, SHIPPED.catalogue, SHIPPED.questions(full=full), SHIPPED.after_set, sore=sore
    )


class Playing:
    """A session on a virtual clock, driven by a test; ``effects`` are those of the last move."""

    def __init__(self, plan: Plan, *, full: bool = False, sore: Side | None = None) -> None:
        self.run = Run(script_of(plan, full=full, sore=sore))
        self.effects: tuple[Effect, ...] = ()

    @property
    def stage(self) -> Stage:
        return self.run.control.stage

    @property
    def ledger(self) -> Ledger:
        return self.run.ledger

    def give(self, given: Input, *, after_ms: int = 0) -> tuple[Effect, ...]:
        """Give an input; the effects it caused, without those of deadlines before it."""
        self.run, moments = give(self.run, given, self.run.now_ms + after_ms)
        self.effects = moments[-1][1]
        return self.effects

    def wait(self, ms: int) -> tuple[Effect, ...]:
        """Let time pass; the effects of every deadline in it."""
        self.run, moments = advance(self.run, self.run.now_ms + ms)
        self.effects = tuple(effect for _, caused in moments for effect in caused)
        return self.effects

    def until(self, *kinds: type) -> "Playing":
        """Let deadlines pass until a stage of one of these kinds has begun."""
        for _ in range(2000):
            if isinstance(self.stage, kinds):
                return self
            deadline = self.run.deadline_ms
            assert deadline is not None, f"{self.stage} waits, {kinds} never came"
            self.run, moments = advance(self.run, deadline)
            self.effects = moments[-1][1]
        raise AssertionError(f"{kinds} never came; still in {self.stage}")

    def check_in(
        self,
        tingling: int = 0,
        pain: int = 0,
        *,
        where: Iterable[Place] = (),
        replies: dict[str, Reply] | None = None,
    ) -> "Playing":
        """Answer the check-in, "no" where ``replies`` says nothing."""
        count = len(self.run.script.questions)
        while isinstance(stage := self.stage, CheckIn):
            given: Input
            if stage.item < count:
                name = self.run.script.questions[stage.item].id
                given = Replied(name, (replies or {}).get(name, Reply.NO))
            elif stage.item == count:
                given = BaselineTingling(tingling)
            elif stage.item == count + 1:
                given = BaselinePain(pain)
            else:
                given = BaselinePlaces(frozenset(where))
            self.give(given, after_ms=1000)
            assert self.stage != stage, f"{given} was not taken: {self.effects}"
        return self

    def rate(
        self,
        tingling: int | None,
        pain: int | None = 0,
        *,
        where: Iterable[Place] = (),
        feels: Iterable[Feel] = (),
        new: Iterable[News] = (),
        after_ms: int = 5000,
    ) -> "Playing":
        """Answer the questions after a set."""
        answers = SetAnswers(tingling, pain, frozenset(where), frozenset(feels), frozenset(new))
        self.give(Rated(answers), after_ms=after_ms)
        return self

    def rest_reply(
        self, tingling: int | None = 0, *, pain: int | None = None, numb: bool | None = None
    ) -> "Playing":
        """Answer the question how it is now."""
        self.give(RestReply(RestAnswer(tingling, pain, numb)), after_ms=1000)
        return self
