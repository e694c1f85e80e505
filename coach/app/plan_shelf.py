"""The plans to choose from, and the one in use."""

from collections.abc import Callable
from pathlib import Path

from coach.app.daily.today import PlanChoice
from coach.app.shipped import Shipped
from coach.domain.plan import Plan
from coach.formats.bad_file import BadFile
from coach.store.errors import KnownError

FIRST_PLAN = "first-week"


class PlanShelf:
    """Ready-made plans by name, others by their file's path.

    id, text, plan: the one in use. note: why the plan asked for is not in use, "" when it is.
    allowed: exercises whose home limits a physiotherapist has lifted.
    """

    def __init__(self, shipped: Shipped, allowed: Callable[[], frozenset[str]]) -> None:
        self._shipped = shipped
        self._allowed = allowed
        self.note = ""
        self.id = FIRST_PLAN
        self.text, self.plan = self._read(FIRST_PLAN)

    def take(self, plan_id: str) -> None:
        """Use another plan from now on. Raises BadFile or KnownError when it cannot be used."""
        self.text, self.plan = self._read(plan_id)
        self.id = plan_id

    def take_if_usable(self, plan_id: str) -> None:
        """Use the plan chosen earlier; a choice that is lost is noted, the first plan stays."""
        try:
            self.take(plan_id)
        except (BadFile, KnownError) as error:
            self.note = str(error)

    def choices(self) -> tuple[PlanChoice, ...]:
        """The ready-made plans, and the file in use if it is none of them."""
        choices = [PlanChoice(name, plan.title) for name, plan in self._shipped.plans.items()]
        if self.id not in {choice.id for choice in choices}:
            choices.append(PlanChoice(self.id, self.plan.title))
        return tuple(choices)

    def _read(self, plan_id: str) -> tuple[str, Plan]:
        shipped = self._shipped.plans.get(plan_id)
        if shipped is not None:
            return self._shipped.plan_files[plan_id].decode(), shipped
        from coach.formats.plan_file import read_plan  # only a plan from elsewhere needs checking

        path = Path(plan_id)
        try:
            content = path.read_bytes()
        except OSError as error:
            raise KnownError(f"{path}: {error.strerror or error}") from None
        plan = read_plan(content, str(path), self._shipped.catalogue, self._allowed())
        return content.decode(), plan
