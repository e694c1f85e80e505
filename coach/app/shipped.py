"""The one place that reads the files shipped with the program.

The readers are imported where they are used: a start that finds everything kept needs none.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from coach.app.kept import Kept
from coach.app.shipped_phrases import shipped_phrases
from coach.domain.action import Tier
from coach.domain.day_rule import DayRule, DayTable
from coach.domain.demonstration import Demonstrations
from coach.domain.exercise import Catalogue, Exercise
from coach.domain.library import LibraryFacts
from coach.domain.plan import Plan
from coach.domain.rule import Rule, RuleTable
from coach.domain.screening import Question
from coach.formats.phrases import Phrases
from coach.formats.screen_question import ScreenQuestion
from coach.rules.after_set import AfterSet

if TYPE_CHECKING:  # only exports need it
    from coach.formats.fhir.codes import CodeTable


@dataclass(frozen=True)
class Shipped:
    """Catalogue, words, questions, rules and plans; each read when first asked for.

    keep: the folder in which what was read is kept for the next start, if it should be.
    Raises BadFile when a file has been damaged, OSError when one is missing.
    """

    root: Path
    language: str = "en"
    keep: Path | None = None

    def _read(self, *parts: str) -> bytes:
        return self.root.joinpath("assets", *parts).read_bytes()

    @cached_property
    def _kept(self) -> Kept:
        return Kept(self.keep)

    @cached_property
    def phrases(self) -> Phrases:
        """Every word of the program in one language."""
        return shipped_phrases(self.root, self.language, self._kept)

    @cached_property
    def exercise_files(self) -> Mapping[str, bytes]:
        """The catalogue's files by name."""
        folder = self.root / "assets" / "exercises"
        return {path.name: path.read_bytes() for path in sorted(folder.glob("*.toml"))}

    @property
    def _catalogue_sources(self) -> list[bytes]:
        texts = self.phrases.texts
        names = "\n".join((*self.exercise_files, *texts, *texts.values())).encode()
        return [names, *self.exercise_files.values()]

    @cached_property
    def catalogue(self) -> Catalogue:
        """All exercises by id."""

        def read() -> Catalogue:
            from coach.formats.exercise_file import catalogue_from

            return catalogue_from(self.exercise_files, self.phrases)

        sources = self._catalogue_sources
        catalogue: Catalogue = self._kept.value("exercises", dict[str, Exercise], sources, read)
        return catalogue

    @cached_property
    def screen(self) -> tuple[ScreenQuestion, ...]:
        """All check-in questions with their words."""
        name = f"{self.language}.toml"
        text = self._read("questions", name)

        def read() -> tuple[ScreenQuestion, ...]:
            from coach.formats.questions_file import read_questions

            return read_questions(text, name)

        kind = tuple[ScreenQuestion, ...]
        screen: tuple[ScreenQuestion, ...]
        screen = self._kept.value(f"questions-{self.language}", kind, [text], read)
        return screen

    def questions(self, *, full: bool) -> tuple[Question, ...]:
        """The questions of a full or a short check-in, in order (clinical.md 8)."""
        return tuple(q.question for q in self.screen if full or q.question.every_time)

    def stop_signs(self, tier: Tier) -> tuple[str, ...]:
        """What the check-in asks for in a tier, as statements and in its order."""
        asked = (one.question for one in self.screen)
        say = self.phrases.say
        return tuple(say(f"ui.stop_sign.{one.id}") for one in asked if one.tier is tier)

    @cached_property
    def report_layout(self) -> bytes:
        """How the page for a clinician is laid out, as typst."""
        return self._read("report", "page.typ")

    @cached_property
    def fhir_codes(self) -> "CodeTable":
        """The outside codes that a FHIR export may carry."""
        from coach.formats.fhir.codes import read_codes

        return read_codes(self._read("fhir_codes.toml"), "fhir_codes.toml")

    @cached_property
    def rules_text(self) -> bytes:
        """The decision table as it is on disk."""
        return self._read("rules", "after_set.toml")

    @cached_property
    def across_days_text(self) -> bytes:
        """The rules from one day to the next as they are on disk."""
        return self._read("rules", "across_days.toml")

    @cached_property
    def rules_sha256(self) -> str:
        """Fingerprint of both rule tables, catalogue and questions: what decisions rest on."""
        digest = sha256(self.rules_text + self.across_days_text)
        for name, content in self.exercise_files.items():
            digest.update(name.encode() + content)
        for asked in self.screen:
            digest.update(repr(asked.question).encode())
        return digest.hexdigest()

    @cached_property
    def after_set(self) -> AfterSet:
        """The decision table, ready to run."""

        def read() -> RuleTable:
            from coach.formats.rules_file import read_rules

            return read_rules(self.rules_text, "after_set.toml")

        return AfterSet(self._kept.value("rules", tuple[Rule, ...], [self.rules_text], read))

    @cached_property
    def across_days(self) -> DayTable:
        """The rules from one day to the next, by id."""

        def read() -> DayTable:
            from coach.formats.day_rules_file import read_day_rules

            return read_day_rules(self.across_days_text, "across_days.toml")

        rules: DayTable
        rules = self._kept.value("days", dict[str, DayRule], [self.across_days_text], read)
        return rules

    @cached_property
    def library(self) -> LibraryFacts:
        """Sources of the exercises, and the mistakes that can be drawn."""
        from coach.formats.library_file import read_library

        return read_library(self._read("library.toml"), "library.toml", self.catalogue)

    @cached_property
    def demonstrations(self) -> Demonstrations:
        """What is demonstrated besides the exercises."""
        from coach.formats.demonstration_file import read_demonstrations

        text = self._read("demonstration.toml")
        return read_demonstrations(text, "demonstration.toml", self.catalogue)

    @property
    def plans_folder(self) -> Path:
        """Ready-made plans."""
        return self.root / "sessions" / "plans"

    @cached_property
    def plan_files(self) -> Mapping[str, bytes]:
        """The ready-made plans' files by the plan's name."""
        return {path.stem: path.read_bytes() for path in sorted(self.plans_folder.glob("*.toml"))}

    @cached_property
    def plans(self) -> Mapping[str, Plan]:
        """The ready-made plans by name."""

        def read() -> Mapping[str, Plan]:
            from coach.formats.plan_file import read_plan

            return {
                name: read_plan(text, f"{name}.toml", self.catalogue)
                for name, text in self.plan_files.items()
            }

        names = "\n".join(self.plan_files).encode()
        sources = [*self._catalogue_sources, names, *self.plan_files.values()]
        plans: Mapping[str, Plan] = self._kept.value("plans", dict[str, Plan], sources, read)
        return plans
