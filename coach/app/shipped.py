"""The one place that reads the files shipped with the program."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from coach.domain.exercise import Catalogue
from coach.domain.screening import Question
from coach.formats.exercise_file import catalogue_from
from coach.formats.phrases_file import Phrases, read_phrases
from coach.formats.questions_file import ScreenQuestion, read_questions
from coach.formats.rules_file import read_rules
from coach.rules.after_set import AfterSet


def shipped_root() -> Path:
    """The folder that holds ``assets`` and ``sessions``: installed beside us, or the checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "_shipped"
    return installed if installed.is_dir() else package.parent


@dataclass(frozen=True)
class Shipped:
    """Catalogue, words, questions and decision table; each read when first asked for.

    Raises BadFile when a file has been damaged, OSError when one is missing.
    """

    root: Path
    language: str = "en"

    def _read(self, *parts: str) -> bytes:
        return self.root.joinpath("assets", *parts).read_bytes()

    @cached_property
    def phrases(self) -> Phrases:
        """Every word of the program in one language."""
        name = f"{self.language}.toml"
        return read_phrases(self._read("phrases", name), name)

    @cached_property
    def exercise_files(self) -> Mapping[str, bytes]:
        """The catalogue's files by name."""
        folder = self.root / "assets" / "exercises"
        return {path.name: path.read_bytes() for path in sorted(folder.glob("*.toml"))}

    @cached_property
    def catalogue(self) -> Catalogue:
        """All exercises by id."""
        return catalogue_from(self.exercise_files, self.phrases)

    @cached_property
    def screen(self) -> tuple[ScreenQuestion, ...]:
        """All check-in questions with their words."""
        name = f"{self.language}.toml"
        return read_questions(self._read("questions", name), name)

    def questions(self, *, full: bool) -> tuple[Question, ...]:
        """The questions of a full or a short check-in, in order (clinical.md 8)."""
        return tuple(q.question for q in self.screen if full or q.question.every_time)

    @cached_property
    def rules_text(self) -> bytes:
        """The decision table as it is on disk."""
        return self._read("rules", "after_set.toml")

    @cached_property
    def rules_sha256(self) -> str:
        """Fingerprint of the decision table, catalogue and questions: what decisions rest on."""
        digest = sha256(self.rules_text)
        for name, content in self.exercise_files.items():
            digest.update(name.encode() + content)
        for asked in self.screen:
            digest.update(repr(asked.question).encode())
        return digest.hexdigest()

    @cached_property
    def after_set(self) -> AfterSet:
        """The decision table, ready to run."""
        return AfterSet(read_rules(self.rules_text, "after_set.toml"))

    @property
    def plans_folder(self) -> Path:
        """Ready-made plans."""
        return self.root / "sessions" / "plans"
