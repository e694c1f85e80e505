"""The voice outside a session: read aloud, tried out, looked at, and what it could not say."""

import threading
from collections.abc import Callable, Sequence

import pytest

from coach.app.doctor import Doctor, Finding, Part
from coach.app.phrasing import Phrasing
from coach.app.sound.cues import Felt, reply_heard
from coach.app.sound.hear_and_see import shown_movement
from coach.app.sound.sound_check import SoundCheck
from coach.app.sound.sound_offset import APART_S, BEATS, HANDED_OVER_S
from coach.app.sound.timeline import Cue, Dropped, Stretch
from coach.domain.screening import Reply
from coach.store.settings import Settings
from coach.voice.interface import Channel, CueReport, Reason, SpeakerStatus
from coach.voice.tones import Tone
from fake_clock import FakeClock
from playing import SHIPPED
from silent_speaker import Said, Toned
from telling_voice import TellingVoice

SAY = SHIPPED.phrases.say
FOUND = (Finding(Part.DATA, works=True, text="All is well."),)


class Room:
    """A voice, a clock and settings that the test changes."""

    def __init__(
        self,
        examine: Callable[[Doctor], tuple[Finding, ...]] = lambda _: FOUND,
        quiet: bool = False,
        planned: Sequence[Stretch] = (),
    ) -> None:
        self.voice, self.clock, self.settings = TellingVoice(), FakeClock(), Settings()
        self.sound = SoundCheck(
            self.voice,
            Phrasing(SHIPPED.phrases, "112"),
            lambda: self.settings,
            self.clock.seconds,
            shown_movement(SHIPPED.catalogue),
            lambda: planned,
            examine,
            quiet=quiet,
        )


@pytest.fixture
def room() -> Room:
    return Room()


# Reading aloud


def test_a_question_is_read_with_the_answer_before_it_and_captioned_word_for_word(
    room: Room,
) -> None:
    room.sound.read("ask.numb_still", back=[reply_heard(Reply.NO)])
    assert room.sound.caption == " ".join(room.voice.texts)
    assert room.sound.caption == f"{SAY('heard.no')} {SAY('ask.numb_still')}"
    first, second = (one for one in room.voice.heard if isinstance(one, Said))
    assert first.at is None
    assert second.at is not None
    assert second.at > room.clock.seconds() + room.voice.durations[first.text]


def test_a_caption_stays_for_as_long_as_it_takes_to_read(room: Room) -> None:
    room.sound.say_back(Felt.TINGLING, 2)
    assert room.sound.caption == "Tingling two."
    room.clock.pass_ms(2_700)
    assert room.sound.caption == "Tingling two."
    room.clock.pass_ms(200)
    assert room.sound.caption == ""


def test_what_is_new_silences_what_was_being_said(room: Room) -> None:
    room.sound.read("ask.morning_tingling")
    before = room.voice.hushes
    room.sound.say_reply_back(Reply.YES)
    assert room.voice.hushes == before + 1
    assert room.voice.texts[-1] == SAY("heard.yes")


def test_a_question_asked_while_the_voice_starts_is_said_once_it_is_there(room: Room) -> None:
    """The usual case in the morning: the window asks before its helpers are up."""
    room.voice.is_starting()
    room.sound.read("ask.morning_tingling")
    assert room.voice.heard == []
    assert room.sound.caption == SAY("ask.morning_tingling")
    room.clock.pass_ms(4_000)
    room.sound.tick()
    assert room.voice.heard == []
    room.voice.has_started()
    room.sound.tick()
    room.sound.tick()
    assert room.voice.texts == [SAY("ask.morning_tingling")]


def test_words_that_are_not_ready_are_waited_for_and_not_for_ever(room: Room) -> None:
    known: dict[str, float] = {"another": 1.0}
    room.voice.durations = known
    room.sound.read("ask.settle")
    room.clock.pass_ms(1_000)
    room.sound.tick()
    assert room.voice.texts == []
    assert SAY("ask.settle") in room.voice.prepared
    known[SAY("ask.settle")] = 1.2
    room.sound.tick()
    assert room.voice.texts == [SAY("ask.settle")]
    room.sound.read("ask.numb_still")
    room.clock.pass_ms(5_000)
    room.sound.tick()
    assert room.voice.texts[-1] == SAY("ask.numb_still")


def test_stopping_takes_back_what_was_to_come(room: Room) -> None:
    room.voice.is_starting()
    room.sound.read("ask.morning_tingling")
    room.sound.stop()
    room.voice.has_started()
    room.sound.tick()
    assert (room.voice.heard, room.sound.caption) == ([], "")


def test_a_demonstration_reads_nothing_aloud() -> None:
    room = Room(quiet=True)
    room.sound.read("ask.morning_tingling", back=[reply_heard(Reply.NO)])
    room.sound.say_back(Felt.PAIN, 3)
    room.sound.say_reply_back(Reply.NO)
    assert (room.voice.heard, room.sound.caption) == ([], "")


def test_whoever_chose_silence_reads_the_caption(room: Room) -> None:
    room.settings = Settings(voice_mode="silent")
    room.sound.read("ask.morning_tingling")
    assert room.voice.heard == []
    assert room.sound.caption == SAY("ask.morning_tingling")


def test_everything_that_may_be_asked_is_made_ready_first(room: Room) -> None:
    for key in ("ask.morning_tingling", "ask.morning_pain", "ask.morning_woken", "ask.settle"):
        assert SAY(key) in room.sound.texts
    assert SAY("ui.check.sentence") in room.sound.texts


# Trying out


def test_what_was_tried_is_told_by_what_the_voice_reports(room: Room) -> None:
    room.sound.try_voice()
    assert room.voice.texts == [room.sound.sample]
    assert "Loudspeaker" in room.sound.tried
    assert SAY("doctor.if_silent") in room.sound.tried
    room.voice.has_no_output()
    room.sound.try_voice()
    assert SAY("ui.check.came_captions") in room.sound.tried
    assert SAY("sound.no_sound_device") in room.sound.tried
    assert "Loudspeaker" not in room.sound.tried


def test_an_earlier_report_says_nothing_about_a_new_try(room: Room) -> None:
    room.sound.try_voice()
    room.voice.is_starting()
    room.sound.try_voice()
    assert room.sound.tried == ""
    assert room.sound.busy


def test_a_sentence_of_which_nothing_is_reported_is_not_said_to_have_been_played(
    room: Room,
) -> None:
    """First it is on its way, then it is lost."""
    room.voice.on_cue = None
    room.sound.try_voice()
    room.clock.pass_ms(10_000)
    assert (room.sound.trying, room.sound.tried) == (True, "")
    room.clock.pass_ms(20_000)
    assert (room.sound.trying, room.sound.tried) == (False, SAY("doctor.not_played"))


def test_the_tones_are_sounded_in_order(room: Room) -> None:
    room.sound.try_tones()
    tones = [one for one in room.voice.heard if isinstance(one, Toned)]
    assert [one.name for one in tones][-2:] == [Tone.LAST_TICK, Tone.SET_COMPLETE]
    moments = [one.at for one in tones]
    assert moments == sorted(moments)
    assert room.sound.tried == ""


def test_tones_that_nobody_can_hear_are_told(room: Room) -> None:
    room.settings = Settings(voice_mode="voice")
    room.sound.try_tones()
    assert room.sound.tried == SAY("sound.chosen")
    room.settings = Settings()
    room.voice.has_no_output()
    assert room.sound.tried == SAY("sound.no_sound_device")


def test_each_tick_is_handed_over_a_little_ahead_and_flashes_at_its_own_moment(room: Room) -> None:
    """So that a changed offset is heard with the next tick."""
    room.sound.offset.begin()
    lit, sent = [], []
    for _ in range(round((BEATS + 2) * APART_S * 100)):
        room.clock.pass_ms(10)
        room.sound.offset.tick()
        now = room.clock.seconds()
        sent += [(now, one.at) for one in room.voice.heard[len(sent) :] if isinstance(one, Toned)]
        lit += [now] if room.sound.offset.lit else []
    assert len(sent) == BEATS
    assert all(0.75 < at - now <= HANDED_OVER_S for now, at in sent)
    flashes = [now for now, before in zip(lit, [0.0, *lit], strict=False) if now - before > 0.5]
    assert flashes == pytest.approx([at for _, at in sent], abs=0.011)
    assert not room.sound.offset.runs


def test_stopping_ends_the_ticks(room: Room) -> None:
    room.sound.offset.begin()
    room.sound.stop()
    assert not room.sound.offset.runs
    room.clock.pass_ms(3_000)
    room.sound.offset.tick()
    assert room.voice.heard == []


# Looking, and what could not be said


def test_looking_does_not_stop_the_window() -> None:
    """It is done in a thread of its own; asked for twice, it is done once."""
    begun, go_on, times = threading.Event(), threading.Event(), []

    def examine(_doctor: Doctor) -> tuple[Finding, ...]:
        times.append(threading.current_thread())
        begun.set()
        go_on.wait(10)
        return FOUND

    room = Room(examine)
    room.sound.examine()
    room.sound.examine()
    assert room.sound.examining
    assert room.sound.busy
    assert room.sound.findings == ()
    assert begun.wait(10)
    go_on.set()
    times[0].join(10)
    assert not room.sound.examining
    assert room.sound.findings == FOUND
    assert times == [times[0]]
    assert times[0] is not threading.current_thread()


def test_looking_tells_before_a_session_what_there_is_no_time_to_say() -> None:
    """And with the same words when all of it has its time."""
    said = Cue(0, "Straighten your knee", 1500)
    late = Cue(2000, "Look up", 1500, dropped=Dropped.NO_ROOM)

    def looked(*cues: Cue) -> Finding:
        room = Room(planned=[Stretch("S3", None, 1, 1, cues)])
        room.sound.examine()
        room.sound._examining.join(10)
        return room.sound.findings[-1]

    fine = looked(said, said)
    assert (fine.works, fine.advice) == (True, "")
    assert "2" in fine.text
    number = Cue(2000, Tone.TICK, 50, dropped=Dropped.NUMBERS_GIVE_WAY)
    assert looked(said, number).works
    tight = looked(said, late, late)
    assert not tight.works
    assert tight.text.count("Look up") == 1
    assert "Straighten" not in tight.text
    assert tight.advice == SAY("doctor.speak_faster")


def test_who_wants_no_voice_misses_no_words() -> None:
    late = Cue(2000, "Look up", 1500, dropped=Dropped.NO_ROOM)
    room = Room(planned=[Stretch("S3", None, 1, 1, (late,))])
    for mode in ("tones", "silent"):
        room.settings = Settings(voice_mode=mode)
        room.sound.examine()
        room.sound._examining.join(10)
        assert room.sound.findings == FOUND


def test_what_could_not_be_spoken_is_counted_by_its_reason(room: Room) -> None:
    room.sound.log.begin_session()
    room.voice.say("Out.")
    assert room.sound.unspoken() == ()
    room.voice.has_no_engine()
    room.voice.say("Turn.")
    room.voice.say("Back.")
    room.voice.has_no_output()
    room.voice.say("Out.")
    many, one = room.sound.unspoken()
    assert many == SAY("ui.summary.unspoken", n=2, reason=SAY("sound.no_voice_engine"))
    assert one == SAY("ui.summary.unspoken_one", reason=SAY("sound.no_sound_device"))
    room.sound.log.begin_session()
    assert room.sound.unspoken() == ()


def test_what_was_chosen_is_not_counted(room: Room) -> None:
    room.voice.status = SpeakerStatus(Channel.TONES, Reason.CHOSEN)
    room.voice.say("Out.")
    assert room.sound.unspoken() == ()


def test_whoever_listened_to_the_voice_before_still_hears_it() -> None:
    voice, heard = TellingVoice(), []
    voice.on_cue = heard.append
    SoundCheck(
        voice,
        Phrasing(SHIPPED.phrases, "112"),
        Settings,
        FakeClock().seconds,
        shown_movement(SHIPPED.catalogue),
        lambda: (),
        lambda _: FOUND,
        quiet=False,
    )
    voice.say("Out.")
    assert heard == [CueReport("Out.", Channel.VOICE, Reason.SYSTEM_VOICE)]
