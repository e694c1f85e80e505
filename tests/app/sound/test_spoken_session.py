"""What is heard in a session, and when: questions, answers, cues on time, and nothing stale."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from unittest.mock import ANY

import pytest

from coach.app.doctor import Finding, Part
from coach.app.session.session_view import PLACES_ITEM
from coach.app.sound.cues import Felt, feels_heard, pieces, places_heard, reply_heard
from coach.domain.decision import Phrase
from coach.domain.outcome import Outcome
from coach.domain.rating import Feel, News, Place, RestAnswer, SetAnswers
from coach.domain.screening import Reply
from coach.engine.control import (
    CheckIn,
    LeadIn,
    Message,
    Move,
    Paused,
    Rate,
    Rest,
    RestPosition,
    Settle,
    WarmUp,
)
from coach.engine.effects import Refusal
from coach.engine.inputs import (
    Acknowledge,
    BaselinePain,
    BaselinePlaces,
    BaselineTingling,
    NothingWrong,
    Pause,
    Rated,
    RatedSoFar,
    Replied,
    RestReply,
    Resume,
    SomethingWrong,
    Stop,
)
from coach.voice.interface import Channel, Priority, Reason, SpeakerStatus
from coach.voice.tones import Tone
from fake_clock import FakeClock
from live_player import LivePlayer, shipped_answers
from opened_program import SHIPPED, OpenedProgram
from ordered_voice import Hushed
from silent_speaker import Said, SilentSpeaker, Toned

Open = Callable[..., OpenedProgram]
PLANS = sorted(SHIPPED.plans)
ANSWERS = (
    "calm-day",
    "easy-day",
    "eased-day",
    "ended-exercise",
    "ended-session",
    "slow-to-settle",
    "numb-stays",
    "weak-leg",
    "emergency-at-check-in",
    "emergency-after-a-set",
    "no-answer",
)


def say(program: OpenedProgram, key: str) -> str:
    return program.app.phrases.say(key)


def since(program: OpenedProgram, act: Callable[[], object]) -> list[Said | Toned | Hushed]:
    """The calls that something leads to."""
    program.voice.calls.clear()
    act()
    return list(program.voice.calls)


def texts(calls: list[Said | Toned | Hushed]) -> list[str]:
    return [call.text for call in calls if isinstance(call, Said)]


# Nothing is said that was not made ready


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("answers", ANSWERS)
def test_everything_said_was_made_ready(opened: Open, plan: str, answers: str) -> None:
    """Every shipped plan, many courses of a day, read-backs of every answer included."""
    program = opened(demo=True, plan=plan)
    player = LivePlayer(program.app.begin(), program.clock, shipped_answers(answers))
    player.play()
    assert program.voice.texts
    assert set(program.voice.texts) - set(program.voice.prepared) == set()


def test_what_the_window_asks_and_what_is_interrupted_was_made_ready_too(
    player: LivePlayer, program: OpenedProgram
) -> None:
    live = player.until(LeadIn)
    live.give(Pause())
    live.give(Resume())
    player.until(Move)
    live.give(SomethingWrong())
    live.give(NothingWrong())
    live.give(Resume())
    player.until(Rate)
    for key in ("ask.pain", "ask.where", "ask.feels", "ask.new", "ask.numb_still"):
        live.ask(key)
    live.ask("ask.pain_after_rest")
    live.ask("ask.new", back=[*places_heard([*Place]), *feels_heard([*Feel])])
    for felt in Felt:
        for number in range(11):
            live.say_back(felt, number)
    live.give(Stop())
    player.play()
    assert set(program.voice.texts) - set(program.voice.prepared) == set()


# Questions and answers


@pytest.mark.hazard("H23")
def test_the_check_in_is_read_aloud_and_the_first_time_the_words_are_explained(
    player: LivePlayer, program: OpenedProgram
) -> None:
    """Every question, in order; before the first about tingling, what tells it from numbness."""
    live = player.until(WarmUp)
    read = " ".join(program.voice.texts)
    at = 0
    for question in SHIPPED.questions(full=True):
        at = read.index(program.app.question_text(question.id), at)
    for key in ("feel_help.tingling", "feel_help.numb", "ask.baseline_tingling"):
        at = read.index(say(program, key), at)
    for key in ("ask.baseline_pain", "tier.ok", "cue.warm_up"):
        at = read.index(say(program, key), at)
    assert read.count(say(program, "tier.ok")) == 1
    assert live.caption.endswith(f"{say(program, 'cue.warm_up')} {say(program, 'W1.start')}")


def test_the_words_are_explained_only_once(opened: Open, player: LivePlayer) -> None:
    """From the second session on only the question is read."""
    player.play()
    player.clock.pass_ms(26 * 3_600_000)
    program = opened()
    if program.app.today().ask is not None:
        program.skip_question()
    LivePlayer(program.app.begin(), program.clock, shipped_answers("calm-day")).until(WarmUp)
    assert say(program, "ask.baseline_tingling") in program.voice.texts
    assert say(program, "feel_help.tingling") not in program.voice.texts


def test_an_answer_that_comes_too_fast_does_not_cut_the_question(program: OpenedProgram) -> None:
    """The two seconds of H22 refuse it; what is being read goes on."""
    live = program.app.begin()
    live.tick()
    asked = live.caption
    calls = since(program, lambda: live.give(Replied(str(live.view().question), Reply.NO)))
    assert calls == []
    assert live.caption == asked == program.app.question_text(str(live.view().question))


def test_an_answer_is_said_back_before_the_next_question(program: OpenedProgram) -> None:
    live = program.app.begin()
    live.tick()
    program.clock.pass_ms(2_000)
    calls = since(program, lambda: live.give(Replied(str(live.view().question), Reply.NO)))
    assert calls[0] == Hushed()
    following = program.app.question_text(str(live.view().question))
    assert " ".join(texts(calls)) == live.caption == f"No. {following}"


def test_a_rating_is_said_back_when_it_is_chosen_and_again_when_it_is_corrected(
    player: LivePlayer, program: OpenedProgram
) -> None:
    """Captioned each time, and not a second time when it counts."""
    live = player.live
    player.play(lambda: live.view().question == "T0")
    for number, words in ((4, "Tingling four."), (2, "Tingling two.")):
        calls = since(program, lambda number=number: live.say_back(Felt.TINGLING, number))  # type: ignore[misc]
        assert calls[0] == Hushed()
        assert texts(calls) == [words]
        assert live.caption == words
    calls = since(program, lambda: live.give(BaselineTingling(2)))
    assert texts(calls) == [say(program, "ask.baseline_pain")]


def test_another_rating_than_the_one_said_back_is_said(
    player: LivePlayer, program: OpenedProgram
) -> None:
    live = player.live
    player.play(lambda: live.view().question == "T0")
    live.say_back(Felt.TINGLING, 4)
    calls = since(program, lambda: live.give(BaselineTingling(2)))
    assert texts(calls)[0] == "Tingling two."


def test_the_questions_after_a_set_are_read_and_the_decision_told(
    player: LivePlayer, program: OpenedProgram
) -> None:
    """What was strongest, how it is answered, what follows, and what comes next."""
    live = player.until(Rate)
    assert live.caption == say(program, "ask.tingling")
    live.say_back(Felt.TINGLING, 2)
    assert texts(since(program, lambda: live.ask("ask.pain"))) == [say(program, "ask.pain")]
    assert since(program, lambda: live.give(RatedSoFar(SetAnswers(tingling=2)))) == []
    live.say_back(Felt.PAIN, 1)
    assert since(program, lambda: live.give(RatedSoFar(SetAnswers(tingling=2, pain=1)))) == []
    calls = since(program, lambda: live.give(Rated(SetAnswers(tingling=2, pain=1))))
    assert texts(calls) == [
        "Nothing new.",
        say(program, "decision.continue"),
        say(program, "why.SET-01"),
        "Next: Lying slider, left leg.",
        "Set 2 of 2.",
    ]
    assert live.caption == " ".join(texts(calls))
    player.until(Settle)
    assert say(program, "ask.settle") in program.voice.texts


def test_where_it_was_felt_and_what_it_was_like_are_asked_together_and_said_back(
    player: LivePlayer, program: OpenedProgram
) -> None:
    """Before what is asked next, and not a second time when it all counts."""
    live = player.until(Rate)
    live.say_back(Felt.TINGLING, 3)
    live.say_back(Felt.PAIN, 0)
    both = [say(program, "ask.where"), say(program, "ask.feels")]
    assert texts(since(program, lambda: live.ask("ask.where", "ask.feels"))) == both
    assert live.caption == " ".join(both)
    assert texts(since(program, live.repeat_cue)) == both

    given = SetAnswers(3, 0, frozenset({Place.HEEL, Place.CALF}), frozenset({Feel.PULL}))
    back = [*places_heard(given.where), *feels_heard(given.feels)]
    calls = since(program, lambda: live.ask("ask.new", back=back))
    assert texts(calls) == ["Calf.", "Heel.", "A pull.", say(program, "ask.new")]
    assert live.caption == " ".join(texts(calls))
    calls = since(program, lambda: live.give(Rated(given)))
    assert texts(calls)[:2] == ["Nothing new.", say(program, "decision.hold")]
    assert live.caption == " ".join(texts(calls))


def test_places_named_at_the_check_in_are_said_back(
    player: LivePlayer, program: OpenedProgram
) -> None:
    live = player.live
    player.play(lambda: live.view().question == "T0")
    live.give(BaselineTingling(2))
    live.give(BaselinePain(0))
    assert live.view().question == PLACES_ITEM
    calls = since(program, lambda: live.give(BaselinePlaces(frozenset({Place.SOLE}))))
    assert texts(calls)[0] == "Sole of the foot."
    assert live.caption == " ".join(texts(calls))


def test_nothing_new_is_said_back_before_a_stop_message(
    player: LivePlayer, program: OpenedProgram
) -> None:
    """Neither what was chosen nor the question that was being read delays it."""
    live = player.until(Rate)
    answers = SetAnswers(3, 3, frozenset(Place), frozenset(Feel))
    live.ask("ask.new", back=[*places_heard(answers.where), *feels_heard(answers.feels)])
    told = Rated(replace(answers, new=frozenset({News.CHEST_BREATH})))
    calls = since(program, lambda: live.give(told))
    message = pieces([Phrase("tier.emergency")], program.app._phrasing)
    assert calls[0] == Hushed()
    assert texts(calls) == [piece.text for piece in message]
    first = next(call for call in calls if isinstance(call, Said))
    assert first.at is None, "at once"
    assert first.priority is Priority.URGENT


def test_a_question_without_an_answer_is_read_once_more(
    player: LivePlayer, program: OpenedProgram
) -> None:
    """The one that was asked last, also when the window put it."""
    live = player.until(Rate)
    live.ask("ask.pain")
    program.voice.calls.clear()
    player.wait(60_500)
    heard = " ".join(texts(list(program.voice.calls)))
    assert heard == f"{say(program, 'cue.asked_again')} {say(program, 'ask.pain')}"
    assert live.caption == heard


def test_a_stop_message_is_read_slowly_and_once(player: LivePlayer, program: OpenedProgram) -> None:
    """Nothing is said before it, it is cut off by reading it, and it is not repeated."""
    weak = LivePlayer(player.live, player.clock, shipped_answers("emergency-at-check-in"))
    live = weak.until(Message)
    message = pieces([Phrase("tier.emergency")], program.app._phrasing)
    said = [call for call in program.voice.calls if isinstance(call, Said)][-len(message) :]
    assert [call.text for call in said] == [piece.text for piece in message]
    assert live.caption == program.app.words(Phrase("tier.emergency"))
    assert {call.priority for call in said} == {Priority.URGENT}
    starts = [program.clock.seconds(), *(call.at for call in said[1:] if call.at is not None)]
    assert len(starts) == len(message)
    assert all(after - before > 0.7 for before, after in pairwise(starts))  # a pause after each
    program.voice.calls.clear()
    weak.wait(30_000)
    assert program.voice.calls == []
    assert since(program, lambda: live.give(Acknowledge()))[0] == Hushed()


# On time, and never stale


def moving(program: OpenedProgram) -> list[tuple[float, str | Tone]]:
    """Timed calls, by their moments."""
    found: list[tuple[float, str | Tone]] = []
    for call in program.voice.calls:
        if isinstance(call, Said) and call.at is not None:
            found.append((call.at, call.text))
        if isinstance(call, Toned) and call.at is not None:
            found.append((call.at, call.name))
    return sorted(found, key=lambda one: one[0])


def test_cues_are_with_the_voice_before_their_moment(
    player: LivePlayer, program: OpenedProgram
) -> None:
    """A window that stalls for 600 ms now and then changes no moment and loses no cue."""
    live = player.until(LeadIn)
    program.voice.calls.clear()
    began = program.clock.seconds()
    stalls = 0
    while not isinstance(live.view().stage, Rate):
        stalls += 1
        program.clock.pass_ms(600 if stalls % 5 == 0 else 33)
        live.tick()
    lead_s, rep_s = 15.0, 6.0
    out, back = say(program, "S3.out"), say(program, "S3.back")
    heard = [(round(at - began, 3), sound) for at, sound in moving(program)]
    assert [at for at, sound in heard if sound == back] == [
        lead_s + rep * rep_s + 3.0 for rep in range(8)
    ]
    assert [at for at, sound in heard if sound == out][1:] == [
        lead_s + rep * rep_s for rep in (1, 3, 5)
    ]
    assert [(at, sound) for at, sound in heard if isinstance(sound, Tone)] == [
        (12.0, Tone.TICK),
        (13.0, Tone.TICK),
        (14.0, Tone.TICK),
        (15.0, Tone.LAST_TICK),
        (63.0, Tone.SET_COMPLETE),
    ]
    handed = [call for call in program.voice.calls if isinstance(call, Said) and call.text == back]
    assert len(handed) == 8


def test_a_slow_voice_is_found_out_before_the_session(program: OpenedProgram) -> None:
    """By the measured lengths of today's cues; at the usual speed each has its time."""

    def looked() -> Finding:
        program.app.sound.examine()
        program.app.sound._examining.join(20)
        return program.app.sound.findings[-1]

    assert looked().works
    texts = [cue.sound for one in program.app.timeline() for cue in one.cues]
    program.voice.durations = {text: 1.5 * len(text.split()) for text in texts}
    found = looked()
    assert (found.part, found.works) == (Part.CUES, False)


def test_a_session_sounds_as_its_timeline_says(player: LivePlayer, program: OpenedProgram) -> None:
    """What was laid out before is what the voice is given, to the millisecond."""
    planned = {(one.exercise, one.set_n): one for one in program.app.timeline()}["S3", 1]
    live = player.until(LeadIn)
    began = program.clock.seconds()
    lead_in = [call.text for call in program.voice.calls if isinstance(call, Said)]
    player.until(Rate)
    expected = [
        (round(cue.at_ms / 1000, 3), cue.sound)
        for cue in planned.cues
        if cue.dropped is None and cue.at_ms >= 10_000
    ]
    heard = [(round(at - began, 3), sound) for at, sound in moving(program)]
    assert [one for one in heard if one[0] >= 10.0] == expected
    assert live.caption == say(program, "ask.tingling")
    assert lead_in


def test_the_caption_changes_when_the_cue_is_due_and_not_when_it_is_handed_over(
    player: LivePlayer, program: OpenedProgram
) -> None:
    live = player.until(Move)
    player.play(lambda: (live.view().phase_index, live.view().rep) == (2, 2))
    back = say(program, "S3.back")
    assert live.caption == back
    player.play(lambda: live.view().rep == 3)
    assert live.caption != back


def test_a_hold_is_prompted_at_half_time(player: LivePlayer, program: OpenedProgram) -> None:
    """clinical.md 7.3: captioned and spoken at half of the hold."""
    live = player.live

    def holding() -> bool:
        phase = live.view().phase
        return phase is not None and phase.hold

    player.play(holding)
    began = program.clock.seconds() - live.view().elapsed_ms / 1000
    dose = live.view().dose
    assert dose is not None
    player.play(lambda: not holding())
    half = [at for at, sound in moving(program) if sound == "Half way." and at > began]
    assert half[0] == pytest.approx(began + dose.hold_s / 2)


@pytest.mark.parametrize("stage", [WarmUp, LeadIn, Move, RestPosition])
def test_pause_takes_back_all_that_was_to_come(
    player: LivePlayer, program: OpenedProgram, stage: type
) -> None:
    """Voice, figure and time stand still; after a long wait nothing more was said."""
    live = player.until(stage)
    player.wait(1_000)
    calls = since(program, lambda: live.give(Pause()))
    assert calls[0] == Hushed()
    assert texts(calls) == [say(program, "cue.paused")]
    before = live.view()
    program.voice.calls.clear()
    player.wait(60_000)
    assert program.voice.calls == []
    after = live.view()
    assert (after.stage, after.share, after.left_ms) == (before.stage, before.share, before.left_ms)


def test_resume_gives_three_seconds_with_their_countdown(
    player: LivePlayer, program: OpenedProgram
) -> None:
    live = player.until(Move)
    live.give(Pause())
    player.wait(10_000)
    program.voice.calls.clear()
    live.give(Resume())
    now = program.clock.seconds()
    player.until(Move)
    assert texts(list(program.voice.calls))[0] == say(program, "cue.resume")
    ticks = [(round(at - now, 3), s) for at, s in moving(program) if isinstance(s, Tone)]
    assert ticks == [(1.0, Tone.TICK), (2.0, Tone.TICK), (3.0, Tone.LAST_TICK)]


@pytest.mark.parametrize("stage", [WarmUp, LeadIn, Move])
def test_stop_cuts_everything_at_once(
    player: LivePlayer, program: OpenedProgram, stage: type
) -> None:
    """Nothing that was handed over ahead is left; what follows is about the stop."""
    live = player.until(stage)
    calls = since(program, lambda: live.give(Stop()))
    assert calls[0] == Hushed()
    assert sum(isinstance(call, Hushed) for call in calls) == 1
    out = say(program, "S3.out")
    assert out not in texts(calls)
    assert not any(isinstance(call, Toned) for call in calls)


def test_repeating_says_the_last_words_and_what_is_to_come_again(
    player: LivePlayer, program: OpenedProgram
) -> None:
    """The words once more, cut by the next cue; what was handed over ahead is not lost."""
    live = player.until(LeadIn)
    player.wait(14_500)
    announced = live._speaking._last
    last_tick = [call for call in program.voice.calls if call == Toned(Tone.LAST_TICK, ANY)]
    assert len(last_tick) == 1
    program.voice.calls.clear()
    live.repeat_cue()
    assert program.voice.calls[0] == Hushed()
    assert texts(list(program.voice.calls)) == [piece.text for piece in announced]
    assert live.caption == " ".join(piece.text for piece in announced)
    player.until(Move)
    assert last_tick == [call for call in program.voice.calls if isinstance(call, Toned)]
    assert live.caption == say(program, "S3.out")


def test_no_two_sentences_are_handed_over_for_the_same_time(
    player: LivePlayer, program: OpenedProgram
) -> None:
    """By the lengths known: over a whole session, each ends before the next begins."""
    program.voice.durations = dict.fromkeys(program.voice.prepared, 0.6)
    spans: list[tuple[float, float, str]] = []
    hushed: list[float] = []
    real_say, real_hush = program.voice.say, program.voice.hush

    def note(text: str, at: float | None = None, *rest: object) -> None:
        start = program.clock.seconds() if at is None else at
        spans.append((start, start + 0.6, text))
        real_say(text, at, *rest)  # type: ignore[arg-type]

    def cut() -> None:
        now = program.clock.seconds()
        spans[:] = [(a, min(b, now), text) for a, b, text in spans if a < now]
        hushed.append(now)
        real_hush()

    program.voice.say, program.voice.hush = note, cut  # type: ignore[method-assign, assignment]
    player.play()
    assert player.live.view().ledger.outcome is Outcome.COMPLETED
    assert len(spans) > 100
    for one, two in pairwise(sorted(spans)):
        assert one[1] <= two[0] + 0.002, (one, two)


# The voice decides nothing


class Deaf(SilentSpeaker):
    """A voice whose sentences take for ever, or no time at all."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = seconds

    def prepare(self, texts: object) -> None:
        self.durations = dict.fromkeys(texts, self.seconds)  # type: ignore[call-overload]


@pytest.mark.parametrize("answers", ["calm-day", "eased-day", "ended-session"])
def test_logs_are_identical_whatever_is_heard(opened: Open, answers: str) -> None:
    """Same inputs at the same milliseconds: same records, whether speech fits or not."""
    logs = []
    for seconds in (0.0, 0.8, 60.0):
        program = opened(demo=True)
        program.app._voice = Deaf(seconds)
        clock: FakeClock = program.clock
        live = program.app.begin()
        LivePlayer(live, clock, shipped_answers(answers)).play()
        logs.append([(r.ms, r.type, r.data) for r in live._recorder.records][1:])
    assert logs[0] == logs[1] == logs[2]
    assert len(logs[0]) > 40


def test_a_cue_dropped_from_speech_is_captioned_all_the_same(
    opened: Open, clock: FakeClock
) -> None:
    """With sentences of a minute nothing in a phase can be spoken, and everything can be read."""
    program = opened(demo=True)
    voice = Deaf(60.0)
    program.app._voice = voice
    live = program.app.begin()
    player = LivePlayer(live, clock, shipped_answers("calm-day"))
    player.until(Move)
    voice.heard.clear()
    captions = set()

    def look() -> bool:
        captions.add(live.caption)
        return isinstance(live.view().stage, Rate)

    player.play(look)
    heard = {call.text for call in voice.heard if isinstance(call, Said)}
    assert {say(program, "S3.out"), say(program, "S3.back")} <= captions
    assert not {say(program, "S3.out"), say(program, "S3.back")} & heard


def test_what_could_not_be_spoken_is_counted_with_its_reason(
    program: OpenedProgram, player: LivePlayer
) -> None:
    """A cue that does not fit its phase is one; numbers that give way on purpose are none."""
    program.voice.status = SpeakerStatus(Channel.VOICE, Reason.SYSTEM_VOICE)
    player.until(LeadIn)
    assert program.app.sound.unspoken() == ()
    program.voice.durations = {say(program, "S3.turn"): 0.9}
    player.until(Rate)
    (line,) = program.app.sound.unspoken()
    assert say(program, "dropped.no_room") in line
    program.voice.say("Somewhere else.")
    assert program.app.sound.unspoken() == (line,), "silence that was chosen is no trouble"


def test_who_chose_text_only_is_told_of_nothing_unspoken(
    program: OpenedProgram, player: LivePlayer
) -> None:
    assert program.voice.status.reason is Reason.CHOSEN
    player.until(LeadIn)
    program.voice.durations = {say(program, "S3.turn"): 0.9}
    player.until(Rate)
    assert program.app.sound.unspoken() == ()


def test_refused_inputs_silence_nothing(player: LivePlayer, program: OpenedProgram) -> None:
    live = player.until(Rest)
    assert since(program, lambda: live.give(Resume())) == []
    assert live.give(Resume()) is Refusal.REST_FIRST


def test_going_back_from_the_list_asks_afresh(player: LivePlayer, program: OpenedProgram) -> None:
    """What waits for the person is said again, wherever it was opened."""
    live = player.live
    player.play(lambda: live.view().question == "U1")
    question = program.app.question_text("U1")
    assert texts(since(program, lambda: live.give(SomethingWrong()))) == [say(program, "ask.wrong")]
    assert " ".join(texts(since(program, lambda: live.give(NothingWrong())))) == question
    assert isinstance(live.view().stage, CheckIn)
    player.until(Move)
    live.give(SomethingWrong())
    calls = since(program, lambda: live.give(NothingWrong()))
    assert texts(calls) == [say(program, "cue.paused")]
    assert isinstance(live.view().stage, Paused)


def test_the_answer_about_numbness_is_said_back(player: LivePlayer, program: OpenedProgram) -> None:
    """With what the session says next when it is the last; before the next question when not."""
    live = player.until(Settle)
    program.voice.durations = {}
    live.ask("ask.numb_still")
    calls = since(program, lambda: live.ask("ask.pain_after_rest", back=[reply_heard(Reply.NO)]))
    assert texts(calls) == [say(program, "heard.no"), say(program, "ask.pain_after_rest")]
    assert live.caption == " ".join(texts(calls))
    calls = since(program, lambda: live.give(RestReply(RestAnswer(1, numb=False), waited_s=0)))
    assert say(program, "heard.no") not in texts(calls), "said back already"


def test_the_last_answer_about_numbness_is_said_back_when_it_is_given(
    player: LivePlayer, program: OpenedProgram
) -> None:
    live = player.until(Settle)
    calls = since(program, lambda: live.give(RestReply(RestAnswer(1, numb=True), waited_s=0)))
    assert say(program, "heard.yes") in texts(calls)
    assert live.caption == " ".join(texts(calls))
