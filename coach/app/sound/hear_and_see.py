"""The check from the floor: twenty seconds of voice, tones and a moving figure, and two answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from coach.app.doctor import Doctor
from coach.app.sound.aloud import Readiness, is_starting
from coach.app.sound.cue_log import CueLog
from coach.domain.dose import Dose
from coach.domain.exercise import Exercise, LevelName
from coach.formats.phrases import Phrases
from coach.rules.levers import base_dose
from coach.rules.repetition import phase_ms, repetition_ms
from coach.voice.interface import Channel, Reason, Voice
from coach.voice.tones import Tone

LENGTH_MS = 20_000
_SENTENCE_AT_MS = (0, 7_000, 14_000)
_TONE_AT_MS = (5_000, 12_000, 18_500)
_MS = 1000


#: A movement that shows in both knee and shin, at its gentlest level.
_SHOWN = "S3"


def shown_movement(catalogue: Mapping[str, Exercise]) -> tuple[Exercise, Dose]:
    """What the figure does while it is looked for."""
    exercise = catalogue[_SHOWN]
    return exercise, base_dose(exercise, LevelName.A)


class Step(StrEnum):
    """What is asked now."""

    HEARING = "hearing"
    SEEING = "seeing"
    DONE = "done"


class Question(StrEnum):
    """What may be asked, by what was really sent out; each has words at ``ui.check.<value>``."""

    VOICE = "hear_voice"
    TONE = "hear_tone"
    SEE = "see"


@dataclass(frozen=True, slots=True)
class CheckView:
    """What there is to show.

    question: None while there is nothing that could have been heard. came: how the last sentence
    came out, "" while nothing is known. advice: what to do about it. left_ms: milliseconds of the
    twenty seconds. rep, phase, share: where the figure is in its movement, phase as its number.
    """

    step: Step
    question: Question | None
    came: str
    advice: tuple[str, ...]
    left_ms: int
    rep: int
    phase: int
    share: float
    heard: bool
    seen: bool


@dataclass
class _Answers:
    """What was answered; None while it was not."""

    heard: bool | None = None
    seen: bool | None = None
    passed: int = 0


class HearAndSee:
    """One check at a time. Says only what the voice has reported, never that it was heard."""

    def __init__(
        self,
        voice: Voice,
        log: CueLog,
        phrases: Phrases,
        doctor: Callable[[], Doctor],
        movement: tuple[Exercise, Dose],
        second: Callable[[], float],
    ) -> None:
        self._voice = voice
        self._log = log
        self._phrases = phrases
        self._doctor = doctor
        self.exercise, self.dose = movement
        self._second = second
        self.sentence = phrases.say("ui.check.sentence")
        self._answers = _Answers()
        self._opened_s = second()
        self._readiness: Readiness | None = None
        self._began_s: float | None = None
        self._due: list[tuple[int, Tone | None]] = []

    # What the person does

    def begin(self) -> None:
        """Ask afresh, and play the twenty seconds."""
        self._answers = _Answers()
        self._opened_s = self._second()
        self.again()

    def again(self) -> None:
        """Play the twenty seconds once more, as after something was changed."""
        self._voice.hush()
        self._log.forget(self.sentence)
        self._began_s = None
        self._readiness = Readiness(self._voice, [self.sentence], self._second())
        says: list[tuple[int, Tone | None]] = [(at, None) for at in _SENTENCE_AT_MS]
        self._due = sorted(
            [*says, *((at, Tone.CHIME) for at in _TONE_AT_MS)], key=lambda due: due[0]
        )
        self.tick()

    def answer(self, *, yes: bool) -> None:
        """Yes or no to what is asked; with no the help comes, and the question stays."""
        step = self._view_step()
        if self._question(step) is None:
            return
        match step:
            case Step.HEARING:
                self._answers.heard = yes
                self._answers.passed = 1 if yes else 0
            case Step.SEEING:
                self._answers.seen = yes
                self._answers.passed = 2 if yes else 1
            case Step.DONE:
                pass
        if not yes:
            self.again()

    def go_on(self) -> None:
        """Leave what is asked as it stands, and go on to what comes next."""
        self._answers.passed = min(self._answers.passed + 1, 2)

    def stop(self) -> None:
        """Silence, and the twenty seconds are over."""
        self._readiness = None
        self._began_s = None
        self._due = []
        self._voice.hush()

    # What time does

    def tick(self) -> None:
        """Say and sound what is due."""
        now = self._second()
        if self._readiness is not None and self._readiness.at(now):
            self._readiness = None
            self._began_s = now
        if self._began_s is None:
            return
        passed_ms = round((now - self._began_s) * _MS)
        while self._due and self._due[0][0] <= passed_ms:
            _, tone = self._due.pop(0)
            if tone is None:
                self._voice.say(self.sentence)
            else:
                self._voice.tone(tone)

    @property
    def plays(self) -> bool:
        """Whether the twenty seconds are not over."""
        return self._left_ms() > 0

    def _left_ms(self) -> int:
        if self._began_s is None:
            return LENGTH_MS if self._readiness is not None else 0
        return max(LENGTH_MS - round((self._second() - self._began_s) * _MS), 0)

    # What there is to show

    def view(self) -> CheckView:
        """What there is to show now."""
        step = self._view_step()
        rep, phase, share = self._moment()
        return CheckView(
            step,
            self._question(step),
            self._came() if step is Step.HEARING else "",
            self._advice(step),
            self._left_ms(),
            rep,
            phase,
            share,
            heard=self._answers.heard is True,
            seen=self._answers.seen is True,
        )

    def _view_step(self) -> Step:
        return tuple(Step)[self._answers.passed]

    def _moment(self) -> tuple[int, int, float]:
        whole = repetition_ms(self.exercise, self.dose)
        done, at = divmod(round((self._second() - self._opened_s) * _MS), whole)
        for number, phase in enumerate(self.exercise.phases):
            length = phase_ms(self.dose, phase)
            if at < length:
                return done + 1, number, at / length
            at -= length
        return done + 1, 0, 0.0

    def _question(self, step: Step) -> Question | None:
        if step is Step.SEEING:
            return Question.SEE
        report = self._log.newest(self.sentence)
        if step is Step.DONE or report is None:
            return None
        kinds = {Channel.VOICE: Question.VOICE, Channel.TONES: Question.TONE}
        return kinds.get(report.channel)

    def _came(self) -> str:
        say, report = self._phrases.say, self._log.newest(self.sentence)
        if report is None:
            return say(self._voice.status.reason.key) if is_starting(self._voice) else ""
        if report.channel is Channel.VOICE:
            _, sound = self._doctor().sound_findings(self._voice)
            return f"{say('ui.check.came_voice')} {sound.text}"
        return f"{say(f'ui.check.came_{report.channel}')} {say(report.reason.key)}"

    def _advice(self, step: Step) -> tuple[str, ...]:
        say = self._phrases.say
        if step is Step.SEEING and self._answers.seen is False:
            return (say("ui.check.see_text"), say("ui.check.see_floor"), say("ui.check.see_screen"))
        if step is not Step.HEARING:
            return ()
        report = self._log.newest(self.sentence)
        if report is not None and report.channel is not Channel.VOICE:
            return self._advice_for(report.reason)
        if self._answers.heard is False:
            return (say("ui.check.hear_louder"), say("ui.check.hear_output"))
        return ()

    def _advice_for(self, reason: Reason) -> tuple[str, ...]:
        """What helps when no voice came out: the doctor's words where it knows of trouble."""
        if reason is Reason.CHOSEN:
            return (self._phrases.say("ui.check.hear_chosen"),)
        findings = self._doctor().sound_findings(self._voice)
        known = tuple(one.advice for one in findings if not one.works and one.advice)
        return known or (self._phrases.say("ui.check.hear_again"),)
