"""The check from the floor: what is played when, what is claimed about it, and what helps."""

import pytest

from coach.app.doctor import Doctor
from coach.app.remedies import System
from coach.app.sound.cue_log import CueLog
from coach.app.sound.hear_and_see import LENGTH_MS, HearAndSee, Question, Step, shown_movement
from coach.voice.interface import Channel, CueReport, Reason, SpeakerStatus
from fake_clock import FakeClock
from playing import SHIPPED
from silent_speaker import Toned
from telling_voice import TellingVoice

SAY = SHIPPED.phrases.say
SENTENCE = SAY("ui.check.sentence")


class Checked:
    """A check on a clock that the test moves."""

    def __init__(self) -> None:
        self.voice, self.clock = TellingVoice(), FakeClock()
        self.log = CueLog(self.voice)
        doctor = Doctor(SHIPPED.phrases, System("linux", ("debian",), "python -m pip install"))
        self.check = HearAndSee(
            self.voice,
            self.log,
            SHIPPED.phrases,
            lambda: doctor,
            shown_movement(SHIPPED.catalogue),
            self.clock.seconds,
        )

    def pass_ms(self, ms: int) -> None:
        """Time goes by as the window looks: many times a second."""
        while ms > 0:
            self.clock.pass_ms(min(ms, 100))
            self.check.tick()
            ms -= 100


@pytest.fixture
def checked() -> Checked:
    return Checked()


def test_the_sentence_comes_three_times_in_twenty_seconds_with_tones_between(
    checked: Checked,
) -> None:
    checked.check.begin()
    assert checked.check.plays
    checked.pass_ms(LENGTH_MS)
    assert checked.voice.texts == [SENTENCE] * 3
    kinds = ["tone" if isinstance(one, Toned) else "words" for one in checked.voice.heard]
    assert kinds == ["words", "tone"] * 3
    assert not checked.check.plays
    heard = len(checked.voice.heard)
    checked.pass_ms(LENGTH_MS)
    assert len(checked.voice.heard) == heard


def test_a_voice_that_is_starting_is_waited_for_and_named(checked: Checked) -> None:
    """The twenty seconds begin when it is there; nothing is lost."""
    checked.voice.is_starting()
    checked.check.begin()
    checked.pass_ms(4_000)
    assert checked.voice.heard == []
    assert checked.check.view().came == SAY("sound.sound_starting")
    assert checked.check.view().left_ms == LENGTH_MS
    checked.voice.has_started()
    checked.pass_ms(100)
    assert checked.voice.texts == [SENTENCE]


def test_a_voice_that_never_starts_is_not_waited_for_without_end(checked: Checked) -> None:
    checked.voice.is_starting()
    checked.check.begin()
    checked.pass_ms(20_100)
    view = checked.check.view()
    assert view.question is None
    assert view.came.startswith(SAY("ui.check.came_captions"))


def test_it_is_asked_only_about_what_was_played(checked: Checked) -> None:
    """Before anything is known nothing is asked, and no answer is taken."""
    checked.voice.on_cue, told = None, checked.voice.on_cue
    checked.check.begin()
    assert checked.check.view().question is None
    checked.check.answer(yes=True)
    assert checked.check.view().step is Step.HEARING
    told(CueReport(SENTENCE, Channel.VOICE, Reason.SYSTEM_VOICE))
    view = checked.check.view()
    assert view.question is Question.VOICE
    assert view.came.startswith(SAY("ui.check.came_voice"))
    assert "Loudspeaker" in view.came


def test_a_sentence_that_was_only_a_caption_is_never_said_to_have_been_played(
    checked: Checked,
) -> None:
    """The reason and the way out are told instead, and nobody is asked whether they heard it."""
    checked.voice.has_no_output()
    checked.check.begin()
    view = checked.check.view()
    assert view.question is None
    reason = SAY("sound.no_sound_device")
    assert view.came == f"{SAY('ui.check.came_captions')} {reason}"
    assert "sudo apt install pipewire-pulse" in " ".join(view.advice)
    checked.check.answer(yes=True)
    assert not checked.check.view().heard


def test_without_an_engine_the_tone_is_asked_about_and_what_to_install_is_said(
    checked: Checked,
) -> None:
    checked.voice.has_no_engine()
    checked.check.begin()
    view = checked.check.view()
    assert view.question is Question.TONE
    assert SAY("sound.no_voice_engine") in view.came
    assert "sudo apt install libespeak-ng1" in " ".join(view.advice)
    assert "python -m pip install espeakng-loader" in " ".join(view.advice)


def test_silence_that_was_chosen_is_told_as_chosen(checked: Checked) -> None:
    checked.voice.status = SpeakerStatus(Channel.CAPTIONS, Reason.CHOSEN)
    checked.check.begin()
    assert checked.check.view().advice == (SAY("ui.check.hear_chosen"),)


def test_a_cue_that_was_lost_though_all_is_well_is_asked_for_again(checked: Checked) -> None:
    checked.voice.status = SpeakerStatus(Channel.CAPTIONS, Reason.CUE_TOO_LATE)
    checked.check.begin()
    assert checked.check.view().advice == (SAY("ui.check.hear_again"),)


def test_no_helps_and_asks_again_until_it_is_yes(checked: Checked) -> None:
    """Louder and another output first; what was played and not heard is not the engine's."""
    checked.check.begin()
    checked.pass_ms(3_000)
    checked.check.answer(yes=False)
    view = checked.check.view()
    assert view.advice == (SAY("ui.check.hear_louder"), SAY("ui.check.hear_output"))
    assert checked.voice.texts == [SENTENCE] * 2, "it is said again at once"
    assert view.left_ms == LENGTH_MS
    checked.check.answer(yes=True)
    assert checked.check.view().question is Question.SEE
    checked.check.answer(yes=False)
    assert len(checked.check.view().advice) == 3
    assert not checked.check.view().seen
    checked.check.answer(yes=True)
    view = checked.check.view()
    assert (view.step, view.heard, view.seen) == (Step.DONE, True, True)


def test_what_came_out_before_says_nothing_about_the_next_time(checked: Checked) -> None:
    """While it is said again nothing is asked, whatever was heard the last time."""
    checked.check.begin()
    assert checked.check.view().question is Question.VOICE
    checked.voice.is_starting()
    checked.check.again()
    assert checked.check.view().question is None
    assert checked.check.view().came == SAY("sound.sound_starting")


def test_going_on_without_is_no_yes(checked: Checked) -> None:
    checked.check.begin()
    checked.check.answer(yes=False)
    checked.check.go_on()
    checked.check.go_on()
    view = checked.check.view()
    assert (view.step, view.heard, view.seen) == (Step.DONE, False, False)
    checked.check.go_on()
    assert checked.check.view().step is Step.DONE
    checked.check.begin()
    assert checked.check.view().step is Step.HEARING, "it can be repeated"


def test_stopping_silences_what_was_to_come(checked: Checked) -> None:
    checked.check.begin()
    checked.check.stop()
    said, hushes = len(checked.voice.heard), checked.voice.hushes
    checked.pass_ms(LENGTH_MS)
    assert len(checked.voice.heard) == said
    assert hushes >= 2


def test_the_figure_moves_through_its_phases_meanwhile(checked: Checked) -> None:
    checked.check.begin()
    seen = []
    for _ in range(120):
        checked.pass_ms(100)
        view = checked.check.view()
        assert 0 <= view.share < 1
        seen.append((view.rep, view.phase))
    names = [phase.name for phase in checked.check.exercise.phases]
    assert [phase for rep, phase in dict.fromkeys(seen) if rep == 1] == list(range(len(names)))
    assert max(rep for rep, _ in seen) >= 2
