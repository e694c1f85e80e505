"""The use cases as the window sees them, with a real session on a clock that the test moves."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from care_fake import FakeCare
from coach.app.daily.reminders import Facts
from coach.app.daily.reminding import Reminders
from coach.app.daily.today import (
    AllowedExercise,
    AskView,
    ClosedView,
    CodeAnswer,
    LockView,
    PhysioView,
    PlanChoice,
    TodayStep,
    TodayView,
    UnfinishedView,
)
from coach.app.doctor import Finding
from coach.app.emergency import Countries, CountryChoice
from coach.app.history.history import History
from coach.app.library import Entry, entries
from coach.app.phrasing import Phrasing
from coach.app.session.session_view import SessionView, look
from coach.app.shipped import Shipped
from coach.app.shipped_place import shipped_root
from coach.app.sound.cues import Felt
from coach.app.sound.hear_and_see import shown_movement
from coach.app.sound.sound_check import SoundCheck
from coach.app.sound.voice_settings import voice_settings
from coach.app.stop_reason import answered_now, stop_reason
from coach.domain.action import Tier
from coach.domain.decision import Phrase
from coach.domain.demonstration import Demonstrations
from coach.domain.exercise import LevelName
from coach.domain.past import Morning
from coach.domain.plan import Plan, PlanItem
from coach.domain.rating import RestAnswer
from coach.domain.side import Side, Sides
from coach.engine.effects import Refusal, Refused, Say
from coach.engine.inputs import Input
from coach.engine.ledger import Ledger
from coach.engine.run import Moment, Run, advance, give
from coach.engine.script import Script
from coach.rules.locks import Assessment, StillLocked
from coach.store.errors import KnownError
from coach.store.settings import Settings
from fake_clock import FakeClock
from telling_voice import TellingVoice

SHIPPED = Shipped(shipped_root())
FULL = "coach.db: cannot write this file: No space left on device"
PLAN = Plan(
    "First week",
    "Nerve Coach",
    1,
    "en",
    (
        PlanItem("W1"),
        PlanItem("S3", Sides.LEFT, LevelName.A, sets=2),
        PlanItem("H1", Sides.LEFT, LevelName.A, sets=1),
    ),
)


class FakeSession:
    """A real run on a clock that only the test moves; `full_disk` says why nothing is kept."""

    def __init__(self, script: Script, words: Callable[[Phrase], str]) -> None:
        self.run = Run(script)
        self.now_ms = 0
        self.given: list[Input] = []
        self.cues_repeated = 0
        self.asked: list[str] = []
        self.answers_said: list[tuple[Phrase, ...]] = []
        self.said_back: list[tuple[Felt, int]] = []
        self.caption = ""
        self.stalled = False
        self.lapsed = False
        self.trouble: str | None = None
        self.full_disk = ""
        self.voice_note: str | None = None
        self._words = words

    @property
    def told(self) -> Sequence[Input]:
        return self.given

    @property
    def closed(self) -> bool:
        return self.run.closed

    def view(self) -> SessionView:
        return look(self.run)

    def tick(self) -> None:
        self.run, moments = advance(self.run, self.now_ms)
        self._hear(moments)

    def give(self, given: Input) -> Refusal | None:
        if self.full_disk:
            self.trouble = self.full_disk
            return Refusal.NOT_SAVED
        self.run, moments = give(self.run, given, self.now_ms)
        self._hear(moments)
        for effect in moments[-1][1]:
            if isinstance(effect, Refused):
                return effect.reason
        self.given.append(given)
        return None

    def repeat_cue(self) -> None:
        self.cues_repeated += 1

    def ask(self, *keys: str, back: Sequence[Phrase] = ()) -> None:
        self.asked.extend(keys)
        self.answers_said.append(tuple(back))

    def say_back(self, felt: Felt, number: int) -> None:
        self.said_back.append((felt, number))

    def _hear(self, moments: list[Moment]) -> None:
        for _, effects in moments:
            for effect in effects:
                if isinstance(effect, Say) and effect.phrase.blanks != (("side", "@side.none"),):
                    self.caption = self._words(effect.phrase)


class MemoryOfReminders:
    """Keeps what was told without a file."""

    def __init__(self) -> None:
        self.document: Mapping[str, Any] = {}

    def read(self) -> Mapping[str, Any]:
        return self.document

    def write(self, document: Mapping[str, Any]) -> None:
        self.document = document


class FakeCoach:
    """Today is always the same plan."""

    def __init__(self, plan: Plan = PLAN, *, full: bool = False) -> None:
        self.past: History | None = None
        self.phrases = SHIPPED.phrases
        self.settings = Settings()
        self.notes: tuple[str, ...] = ()
        self.told: Callable[[str], object] = lambda _text: None
        self.plan = plan
        self.full = full
        self.lock: LockView | None = None
        self.neck: LockView | None = None
        self.assessments: list[Assessment] = []
        self.unfinished: UnfinishedView | None = None
        self.ask: AskView | None = None
        self.closed: ClosedView | None = None
        self.advice: str | None = None
        self.later: list[Morning | RestAnswer] = []
        self.later_about: list[AskView] = []
        self.full_disk = False
        self.code = ""
        self.allowed: set[str] = set()
        self.code_opens: StillLocked | None = None
        self.side: Side | None = Side.LEFT
        self.assumed: CountryChoice | None = None
        self.sessions: list[FakeSession] = []
        self._phrasing = Phrasing(self.phrases, "112")
        self.clock = FakeClock()
        self.voice = TellingVoice()
        self.found: tuple[Finding, ...] = ()
        self.check_due = False
        self.reminder_facts = Facts()
        self.care = FakeCare()
        self.reminders = Reminders(
            lambda: self.settings,
            self.clock,
            lambda: self.reminder_facts,
            MemoryOfReminders(),
        )
        self.sound = SoundCheck(
            self.voice,
            self._phrasing,
            lambda: self.settings,
            self.clock.seconds,
            shown_movement(SHIPPED.catalogue),
            lambda: (),
            lambda _doctor: self.found,
            quiet=False,
        )

    def words(self, phrase: Phrase) -> str:
        if ("side", "@side.none") in phrase.blanks:
            return self.phrases.say(
                "cue.get_ready_plain",
                exercise=self.phrases.say(dict(phrase.blanks)["exercise"][1:]),
            )
        return self._phrasing.words(phrase)

    def question_text(self, question_id: str) -> str:
        return next(q.text for q in SHIPPED.screen if q.id == question_id)

    def stop_reason(self, ledger: Ledger, told: Sequence[Input]) -> str:
        return stop_reason(SHIPPED, self._phrasing, ledger, told)

    def stopped_by_question(self, ledger: Ledger) -> bool:
        return answered_now(SHIPPED, ledger)

    def stop_signs(self, tier: Tier) -> tuple[str, ...]:
        return SHIPPED.stop_signs(tier)

    def today(self) -> TodayView:
        return TodayView(
            plan_id="first-week",
            plan_title=self.plan.title,
            minutes=14,
            steps=(
                TodayStep("Easy walking", "", "", "5 minutes"),
                TodayStep("Lying slider", "left leg", "A", "2 sets of 8"),
                TodayStep("Hamstring stretch, lying", "left leg", "A", "20 seconds, twice"),
                TodayStep("Rest position", "", "", "2 minutes"),
            ),
            why=("This is your first session.", "It starts at the gentlest step."),
            side=self.side,
            one_sided=True,
            lock=self.lock,
            unfinished=self.unfinished,
            full_check_in=self.full,
            advice=self.advice,
            closed=self.closed,
            ask=self.ask,
            neck=self.neck,
        )

    def plans(self) -> tuple[PlanChoice, ...]:
        return (PlanChoice("first-week", "First week"), PlanChoice("desk-day", "Desk day"))

    def choose_plan(self, plan_id: str) -> None:
        self.change_setting("plan", plan_id)

    def choose_side(self, side: Side | None) -> None:
        self.side = side
        self.change_setting("sore_side", side.value if side else "")

    def begin(self) -> FakeSession:
        script = Script(
            self.plan, SHIPPED.catalogue, SHIPPED.questions(full=self.full), SHIPPED.after_set
        )
        self.sessions.append(FakeSession(script, self.words))
        return self.sessions[-1]

    def resume_unfinished(self) -> FakeSession:
        return self.begin()

    def unlock(self, assessment: Assessment) -> StillLocked | None:
        if not assessment.cleared:
            return StillLocked.NOT_CLEARED
        self.assessments.append(assessment)
        self.lock = None
        return None

    def unlock_with_code(self, code: str) -> StillLocked | CodeAnswer | None:
        answer = self._tried(code)
        if answer is not CodeAnswer.RIGHT:
            return answer
        if self.code_opens is None:
            self.lock = None
        return self.code_opens

    def answer_morning(self, asked: AskView, morning: Morning) -> None:
        self._answered(asked, morning)

    def answer_ten_minutes(self, asked: AskView, answer: RestAnswer) -> None:
        self._answered(asked, answer)

    def _answered(self, asked: AskView, answer: Morning | RestAnswer) -> None:
        if self.full_disk:
            raise KnownError(FULL)
        self.later.append(answer)
        self.later_about.append(asked)
        if asked == self.ask:
            self.ask = None

    def physio(self) -> PhysioView:
        exercises = tuple(
            AllowedExercise(
                name, self.phrases.say(f"{name}.name"), name in self.allowed, "At home: closed"
            )
            for name in ("S5", "S8")
        )
        return PhysioView(bool(self.code), exercises, may_set=bool(self.code) or self.lock is None)

    def set_physio_code(self, code: str, old: str) -> CodeAnswer:
        if not self.physio().may_set:
            return CodeAnswer.LOCKED
        if self.code and self._tried(old) is not CodeAnswer.RIGHT:
            return self._tried(old)
        if len(code) < 6:
            raise KnownError("A code has 6 to 12 digits.")
        self.code = code
        return CodeAnswer.RIGHT

    def allow(self, code: str, exercise_id: str) -> CodeAnswer:
        answer = self._tried(code)
        if answer is CodeAnswer.RIGHT:
            self.allowed.add(exercise_id)
        return answer

    def take_back(self, exercise_id: str) -> None:
        self.allowed.discard(exercise_id)

    def _tried(self, code: str) -> CodeAnswer:
        if not self.code:
            return CodeAnswer.NOT_SET
        return CodeAnswer.RIGHT if code == self.code else CodeAnswer.WRONG

    def finish_unfinished(self) -> None:
        self.unfinished = None

    def change_setting(self, name: str, value: object) -> None:
        self.settings = self.settings.changed(**{name: value})
        self.voice.configure(voice_settings(self.settings, "en"))

    def library(self) -> tuple[Entry, ...]:
        return entries(Shipped(shipped_root()))

    def history(self) -> History:
        assert self.past is not None, "this coach remembers nothing"
        return self.past

    def demonstrations(self) -> Demonstrations:
        return SHIPPED.demonstrations

    def countries(self) -> Countries:
        germany = CountryChoice("DE", "Germany", "112")
        kingdom = CountryChoice("GB", "United Kingdom", "999 or 112")
        return Countries((germany, kingdom), self.assumed)

    def start_voice(self) -> None:
        """Nothing to start."""

    def close(self) -> None:
        """Nothing to end."""
