"""What the window needs from the use cases. The window shows, asks, and hands answers over."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from coach.app.daily.reminding import Reminders
from coach.app.daily.today import AskView, CodeAnswer, PhysioView, PlanChoice, TodayView
from coach.app.emergency import Countries
from coach.app.session.session_view import SessionView
from coach.app.sound.cues import Felt
from coach.app.sound.sound_check import SoundCheck
from coach.domain.action import Tier
from coach.domain.decision import Phrase
from coach.domain.demonstration import Demonstrations
from coach.domain.past import Morning
from coach.domain.rating import RestAnswer
from coach.domain.side import Side
from coach.engine.effects import Refusal
from coach.engine.inputs import Input
from coach.engine.ledger import Ledger
from coach.formats.phrases import Phrases
from coach.rules.locks import Assessment, StillLocked
from coach.store.settings import Settings

if TYPE_CHECKING:  # the library brings the body, which Today needs nothing of
    from coach.app.data_care import DataCare
    from coach.app.export.offer import ExportOffer
    from coach.app.history.history import History
    from coach.app.library import Entry
    from coach.app.people import People


class LiveSession(Protocol):
    """One running session. trouble: why something is not saved yet, in words; None when all is."""

    trouble: str | None

    @property
    def told(self) -> Sequence[Input]:
        """What was answered and reported in it, as far as that is still known."""

    @property
    def closed(self) -> bool:
        """True once the session has its outcome."""

    @property
    def stalled(self) -> bool:
        """Whether it paused by itself, because the computer slept or stood still."""

    @property
    def lapsed(self) -> bool:
        """Whether nobody went on for so long that the check-in no longer counts."""

    @property
    def caption(self) -> str:
        """The words being said now, "" when nothing is."""

    @property
    def voice_note(self) -> str | None:
        """Why there is no voice, in words; None when all is well."""

    def view(self) -> SessionView:
        """What there is to show now; cheap enough for every frame."""

    def tick(self) -> None:
        """Let session time move on."""

    def give(self, given: Input) -> Refusal | None:
        """Apply an answer or a wish; on disk when this returns. Why it was refused, or None."""

    def repeat_cue(self) -> None:
        """Say the last cue once more."""

    def ask(self, *keys: str, back: Sequence[Phrase] = ()) -> None:
        """Read questions aloud that the window puts by itself.

        back: how the answer just given is said back, which comes first.
        """

    def say_back(self, felt: Felt, number: int) -> None:
        """Say a rating back that was chosen and can still be corrected."""


class CoachApp(Protocol):
    """The use cases behind the window. Raises KnownError and BadFile in plain words.

    notes: what the user should know about files that could not be used as they are. sound: the
    voice outside a session. reminders: what the person wants to be reminded of. told: hears what
    the person should know at once.
    """

    notes: tuple[str, ...]
    told: Callable[[str], object]
    sound: SoundCheck
    reminders: Reminders

    @property
    def phrases(self) -> Phrases:
        """All words of the chosen language."""

    @property
    def settings(self) -> Settings:
        """What the user has chosen."""

    def words(self, phrase: Phrase) -> str:
        """A phrase with its blanks filled in."""

    def question_text(self, question_id: str) -> str:
        """The words of a check-in question."""

    def stop_reason(self, ledger: Ledger, told: Sequence[Input]) -> str:
        """What the stop of a session is for, "" while there is none."""

    def stopped_by_question(self, ledger: Ledger) -> bool:
        """Whether the stop of a session came from a question of the check-in."""

    def stop_signs(self, tier: Tier) -> tuple[str, ...]:
        """What stops a session, as statements: all that the check-in asks for in a tier."""

    def today(self) -> TodayView:
        """What today's session is."""

    def plans(self) -> tuple[PlanChoice, ...]:
        """The plans there are."""

    def choose_plan(self, plan_id: str) -> None:
        """Use another plan from now on."""

    def choose_side(self, side: Side | None) -> None:
        """The leg that one-sided exercises work; None leaves it to the plan."""

    def begin(self) -> LiveSession:
        """Start today's session."""

    def resume_unfinished(self) -> LiveSession:
        """Go on with the session that was cut off."""

    def unlock(self, assessment: Assessment) -> StillLocked | None:
        """Lift the locks this assessment answers; why they stay, or None."""

    def unlock_with_code(self, code: str) -> StillLocked | CodeAnswer | None:
        """Lift the locks with the physiotherapist's code; why they stay, or None."""

    def answer_morning(self, asked: AskView, morning: Morning) -> None:
        """Keep what the morning that was asked about was like; what is None was not said."""

    def answer_ten_minutes(self, asked: AskView, answer: RestAnswer) -> None:
        """Keep how it was after the session that was asked about; what is None was not said."""

    def physio(self) -> PhysioView:
        """What the physiotherapist's code can allow."""

    def set_physio_code(self, code: str, old: str) -> CodeAnswer:
        """Set the code; old is the one so far, "" when there is none."""

    def allow(self, code: str, exercise_id: str) -> CodeAnswer:
        """Let an exercise go beyond its home limit."""

    def take_back(self, exercise_id: str) -> None:
        """Let an exercise keep to its home limit again."""

    def finish_unfinished(self) -> None:
        """Close the session that was cut off as it stands."""

    def change_setting(self, name: str, value: object) -> None:
        """Change one setting and keep it; where that is impossible it holds for this run."""

    @property
    def check_due(self) -> bool:
        """Whether it has to be tried out, before the first session, that one hears and sees."""

    def library(self) -> "tuple[Entry, ...]":
        """Every exercise with all there is to say about it."""

    @property
    def people(self) -> "People":
        """Whose sessions are here, and whose are looked at."""

    def history(self) -> "History":
        """What whoever is looked at played and answered so far.

        Raises DamagedError when it cannot be read.
        """

    def demonstrations(self) -> Demonstrations:
        """What is demonstrated besides the exercises."""

    def export_offer(self) -> "ExportOffer":
        """The record as it can be taken away now."""

    def countries(self) -> Countries:
        """The countries whose emergency number is known, and the one assumed."""

    @property
    def care(self) -> "DataCare":
        """Copies of the data, bringing sessions in, deleting everything."""

    def start_voice(self) -> None:
        """Start the helpers for speech and sound; returns at once."""

    def close(self) -> None:
        """End the helpers and close the files."""
