"""Sound outside a session: reading aloud, trying out, choosing, and finding out what is wrong."""

import threading
from collections.abc import Callable, Sequence

from coach.app.doctor import Doctor, Finding
from coach.app.phrasing import Phrasing
from coach.app.remedies import System
from coach.app.sound.aloud import Aloud
from coach.app.sound.cue_log import CueLog
from coach.app.sound.cues import Felt, pieces, rating_heard, reply_heard
from coach.app.sound.hear_and_see import HearAndSee
from coach.app.sound.sound_choices import (
    Choices,
    device_choices,
    language_choices,
    voice_choices,
)
from coach.app.sound.sound_offset import OffsetTrial
from coach.app.sound.timeline import Stretch
from coach.domain.decision import Phrase
from coach.domain.dose import Dose
from coach.domain.exercise import Exercise
from coach.domain.screening import Reply
from coach.store.settings import Settings
from coach.voice.interface import Channel, Reason, Voice, Wanted
from coach.voice.tones import Tone

Examine = Callable[[Doctor], tuple[Finding, ...]]

#: What Today asks, in the order in which it may be asked; ready before anything of a session.
_ASKED = (
    "ask.morning_tingling",
    "ask.morning_pain",
    "ask.morning_woken",
    "ask.settle",
    "ask.numb_still",
)
_TONES_APART_S = 0.9
#: A sentence of which nothing was heard by then is lost: 20 s for the engine, 8 s to speak.
_NO_REPORT_AFTER_S = 30.0


class SoundCheck:
    """What the window needs of the voice while no session runs.

    quiet: nothing is read aloud, as in a demonstration. movement: what the figure shows in the
    check. planned: the cues of a session of today. examine: looks at everything and takes its time.
    """

    def __init__(
        self,
        voice: Voice,
        phrasing: Phrasing,
        settings: Callable[[], Settings],
        second: Callable[[], float],
        movement: tuple[Exercise, Dose],
        planned: Callable[[], Sequence[Stretch]],
        examine: Examine,
        *,
        quiet: bool,
    ) -> None:
        self._voice = voice
        self._phrasing = phrasing
        self._phrases = phrasing.phrases
        self._settings = settings
        self._second = second
        self._planned = planned
        self._examine = examine
        self._quiet = quiet
        self._system: System | None = None
        self._examining: threading.Thread | None = None
        self.log = CueLog(voice)
        self.aloud = Aloud(voice, second)
        self.check = HearAndSee(voice, self.log, self._phrases, self._doctor, movement, second)
        self.offset = OffsetTrial(voice, second)
        self.sample = self._phrases.say("doctor.sentence")
        self.findings: tuple[Finding, ...] = ()
        self._tried_tones = False
        self._tried_s: float | None = None

    def _doctor(self) -> Doctor:
        if self._system is None:
            self._system = System.here()
        return Doctor(self._phrases, self._system)

    # Reading aloud

    @property
    def texts(self) -> list[str]:
        """What may have to be said before any session."""
        asked = [] if self._quiet else pieces((Phrase(key) for key in _ASKED), self._phrasing)
        return [self.check.sentence, *(piece.text for piece in asked)]

    def read(self, *keys: str, back: Sequence[Phrase] = ()) -> None:
        """Read questions aloud; back: how the answer just given is said back, which comes first."""
        self._speak(*back, *map(Phrase, keys))

    def say_back(self, felt: Felt, number: int) -> None:
        """Say a rating back."""
        self._speak(rating_heard(felt, number))

    def say_reply_back(self, reply: Reply) -> None:
        """Say a reply back after which nothing more is asked."""
        self._speak(reply_heard(reply))

    def _speak(self, *phrases: Phrase) -> None:
        if self._quiet:
            return
        sentences = [piece.text for piece in pieces(phrases, self._phrasing)]
        if self._settings().voice_mode == "silent":
            self.aloud.show(sentences)
        else:
            self.aloud.say(sentences)

    # Choosing

    def voices(self) -> Choices:
        """The voices to choose from."""
        return voice_choices(self._voice, self._settings(), self._phrases.language)

    def languages(self) -> Choices:
        """The regional forms of the words' language to choose from."""
        return language_choices(self._voice, self._settings(), self._phrases.language)

    def devices(self) -> Choices:
        """The sound outputs to choose from."""
        return device_choices(self._voice, self._settings())

    # Trying out

    def try_voice(self) -> None:
        """Speak a sentence with the settings of now."""
        self.stop()
        self._tried_tones = False
        self._tried_s = self._second()
        self.log.forget(self.sample)
        self.aloud.say([self.sample])

    def try_tones(self) -> None:
        """Sound a countdown and the end of a set."""
        self.stop()
        self._tried_tones, self._tried_s = True, None
        now = self._second()
        for place, tone in enumerate((Tone.TICK, Tone.TICK, Tone.LAST_TICK, Tone.SET_COMPLETE)):
            self._voice.tone(tone, now + _TONES_APART_S * place)

    def tick(self) -> None:
        """Say what has become ready."""
        self.aloud.tick()

    @property
    def caption(self) -> str:
        """The words being read aloud, and a moment longer; "" otherwise."""
        return self.aloud.caption

    @property
    def busy(self) -> bool:
        """Whether something tried out is still to come, or is being found out."""
        return self.trying or self.aloud.waits or self.examining

    @property
    def trying(self) -> bool:
        """Whether the sentence tried out is still on its way, and nothing is known of it."""
        if self._tried_s is None or self.log.newest(self.sample) is not None:
            return False
        return self._second() - self._tried_s < _NO_REPORT_AFTER_S

    @property
    def tried(self) -> str:
        """How what was tried out came out and what to do, in words; "" while nobody knows."""
        if self._tried_tones:
            return self.tones_off
        report = self.log.newest(self.sample)
        if report is None:
            lost = self._tried_s is not None and not self.trying
            return self._phrases.say("doctor.not_played") if lost else ""
        spoken, sound = self._doctor().sound_findings(self._voice)
        if report.channel is Channel.VOICE:
            return f"{sound.text} {self._phrases.say('doctor.if_silent')}"
        advice = [one.advice for one in (spoken, sound) if not one.works]
        came = self._phrases.say(f"ui.check.came_{report.channel}")
        return " ".join([came, self._phrases.say(report.reason.key), *advice])

    @property
    def tones_off(self) -> str:
        """Why no tone can be heard, in words; "" when nothing is in the way."""
        status = self._voice.status
        if status.channel is Channel.CAPTIONS:
            return self._phrases.say(status.reason.key)
        if self._settings().voice_mode == "voice" and status.channel is Channel.VOICE:
            return self._phrases.say(Reason.CHOSEN.key)
        return ""

    def stop(self) -> None:
        """Silence, and nothing that was to come."""
        self._tried_s = None
        self.offset.stop()
        self.aloud.stop()

    # What is wrong

    @property
    def examining(self) -> bool:
        """Whether it is still being looked at."""
        return self._examining is not None and self._examining.is_alive()

    def examine(self) -> None:
        """Look at everything, in a thread of its own; ``findings`` change when it is done."""
        if self.examining:
            return
        self.stop()
        speaks = Wanted(self._settings().voice_mode).speaks
        planned = self._planned() if speaks else ()  # here, as it reads the record
        self._examining = threading.Thread(
            target=self._look, args=(planned,), name="doctor", daemon=True
        )
        self._examining.start()

    def _look(self, planned: Sequence[Stretch]) -> None:
        doctor = self._doctor()
        found = self._examine(doctor)
        self.findings = (*found, doctor.cues(planned)) if planned else found

    def unspoken(self) -> tuple[str, ...]:
        """Which cues of the session could not be spoken, and why: a line for each reason."""
        lines = []
        for key, count in self.log.unspoken.items():
            name = "ui.summary.unspoken_one" if count == 1 else "ui.summary.unspoken"
            blanks = {} if count == 1 else {"n": count}
            lines.append(self._phrases.say(name, reason=self._phrases.say(key), **blanks))
        return tuple(lines)
