"""A session in real time: kept before it is heard, captioned as spoken, whole to its Summary."""

import json
from collections.abc import Callable

import pytest

from coach.app.session.live_session import LiveSession
from coach.app.session.replaying import replay
from coach.domain.action import Action
from coach.domain.decision import Phrase
from coach.domain.outcome import Outcome
from coach.domain.rating import News, SetAnswers
from coach.domain.screening import Reply
from coach.engine.control import (
    CheckIn,
    LeadIn,
    Message,
    Move,
    Rate,
    RestPosition,
    Summary,
    WarmUp,
)
from coach.engine.effects import Refusal
from coach.engine.inputs import (
    Acknowledge,
    Input,
    Leave,
    Pause,
    Rated,
    Replied,
    Report,
    Resume,
    SomethingWrong,
    Stop,
)
from coach.formats.session_log import input_from, read_log
from coach.voice.interface import Channel, Reason, SpeakerStatus
from fake_clock import FakeClock
from fake_keepers import WatchedKeeper
from live_player import LivePlayer, shipped_answers
from opened_program import SHIPPED, OpenedProgram
from ordered_voice import Hushed, OrderedVoice
from silent_speaker import Said

NOT_ZERO = SetAnswers(tingling=2, pain=1)


def watched(live: LiveSession, kept: Callable[[], None] = lambda: None) -> WatchedKeeper:
    """The session's own keeper, watched from now on."""
    keeper = WatchedKeeper(live._keeper, kept)
    live._keeper = keeper
    return keeper


def test_a_session_comes_to_its_summary(player: LivePlayer, program: OpenedProgram) -> None:
    """Check-in, warm-up, three sets, rest position: all kept, and the session is closed."""
    live = player.play()
    assert isinstance(live.view().stage, Summary)
    assert live.view().ledger.outcome is Outcome.COMPLETED
    last = program.store.last_session(program.profile)
    assert last is not None
    assert (last.outcome, last.log_head) == ("completed", live._recorder.records[-1].h)
    rows = program.store.sets(last.id)
    assert [(row.n, row.exercise, row.tingling, row.action) for row in rows] == [
        (1, "S3", 1, "CONTINUE"),
        (2, "S3", 2, "CONTINUE"),
        *[(n, "H1", 1, "CONTINUE") for n in range(3, len(rows) + 1)],
    ]
    answers = {row.question: row.value for row in program.store.answers(last.id)}
    assert answers["T0"] == "1"
    assert answers["E1"] == "no"


def test_every_answer_is_on_disk_when_give_returns(
    player: LivePlayer, program: OpenedProgram
) -> None:
    """Another process finds each input in the file as soon as it was taken."""
    taken: list[Input] = []

    def look(given: Input) -> None:
        taken.append(given)
        rows = program.on_disk("SELECT data FROM event WHERE type = 'input' ORDER BY seq")
        found = [input_from(json.loads(row[0])) for row in rows]
        assert [type(one) for one in found] == [type(one) for one in taken]

    player.given = look
    player.play()
    assert len(taken) > 30


def test_nothing_is_heard_before_it_is_kept(player: LivePlayer, program: OpenedProgram) -> None:
    """When a cue of a set's end or a decision is spoken, the file already holds the record."""
    heard: list[tuple[str, int]] = []

    def note(report: object) -> None:
        count = program.on_disk("SELECT count(*) FROM event")[0][0]
        heard.append((player.live.caption, count))

    keeper = watched(player.live)
    player.until(Rate)
    program.voice.on_cue = note
    before = program.on_disk("SELECT count(*) FROM event")[0][0]
    player.live.give(Rated(NOT_ZERO))
    assert {count for _, count in heard} == {before + len(keeper.transactions[-1][0])}
    assert program.app.phrases.say("decision.continue") in heard[0][0]


@pytest.mark.hazard("H01")
@pytest.mark.parametrize("stage", [CheckIn, WarmUp, LeadIn, Move, Rate])
def test_a_lock_is_on_disk_with_its_cause_before_its_message(
    player: LivePlayer, program: OpenedProgram, stage: type
) -> None:
    """The lock's row is part of the transaction of the report, and first of all that follows."""
    live = player.until(stage)
    keeper = watched(live)
    live.give(SomethingWrong())
    locks_at: dict[str, list[tuple[str, str]]] = {}

    def note(report: object) -> None:
        locks_at[live.caption] = program.on_disk("SELECT tier, rule FROM lock")

    program.voice.on_cue = note
    live.give(Report(SetAnswers(new=frozenset({News.SADDLE_OR_TOILET}))))
    records, _, locks = keeper.transactions[-1]
    assert len(locks) == 1
    assert {record.type for record in records} >= {"input", "report_decision", "lock"}
    assert live.view().stage == Message(Action.EMERGENCY)
    assert live.caption == program.app.words(Phrase("tier.emergency"))
    assert locks_at[live.caption] == [("emergency", locks[0].rule)]
    assert live.give(Resume()) is Refusal.CLOSED
    assert live.give(Acknowledge()) is None
    assert live.closed


@pytest.mark.hazard("H11")
def test_captions_are_what_the_voice_was_given(player: LivePlayer, program: OpenedProgram) -> None:
    """Word for word, every cue, in order; what is dropped from speech is captioned all the same."""
    live = player.live
    captions = [""]

    def look() -> None:
        if live.caption and live.caption != captions[-1]:
            captions.append(live.caption)

    tick, give = live.tick, live.give

    def ticked() -> None:
        tick()
        look()

    def given(one: Input) -> object:
        refusal = give(one)
        look()
        return refusal

    live.tick, live.give = ticked, given  # type: ignore[method-assign, assignment]
    player.play()
    shown = iter(captions)
    caption = next(shown)
    for text in program.voice.texts:  # every sentence stands in a caption, in the same order
        while text not in caption:
            caption = next(shown)
    assert len(set(program.voice.texts)) > 15


def test_cues_known_in_advance_are_prepared(player: LivePlayer, program: OpenedProgram) -> None:
    """Of a calm session everything spoken was made ready, but for texts with numbers in them."""
    player.play()
    unprepared = set(program.voice.texts) - set(program.voice.prepared)
    spoken_often = {text for text in program.voice.texts if program.voice.texts.count(text) > 4}
    assert not spoken_often & unprepared


@pytest.mark.hazard("H11")
@pytest.mark.parametrize("stage", [WarmUp, LeadIn, Move])
def test_stopping_is_silent_first(player: LivePlayer, program: OpenedProgram, stage: type) -> None:
    """Whatever was sounding is cut before anything else is heard."""
    player.until(stage)
    program.voice.calls.clear()
    player.live.give(Stop())
    assert program.voice.calls[0] == Hushed()
    assert any(isinstance(call, Said) for call in program.voice.calls)


def test_something_wrong_is_silent_first(player: LivePlayer, program: OpenedProgram) -> None:
    """Also when it becomes an emergency: silence, then the message."""
    player.until(Move)
    for given in (
        SomethingWrong(),
        Report(SetAnswers(new=frozenset({News.SADDLE_OR_TOILET}))),
    ):
        program.voice.calls.clear()
        player.live.give(given)
        assert program.voice.calls[0] == Hushed()


def test_a_refused_input_is_not_kept(player: LivePlayer, program: OpenedProgram) -> None:
    """Why comes back, and neither log nor session changes."""
    live = player.until(Move)
    before = (live._run.control, len(live._recorder.records))
    assert live.give(Rated(NOT_ZERO)) is Refusal.NOT_NOW
    assert (live._run.control, len(live._recorder.records)) == before


@pytest.mark.hazard("H05")
def test_a_missing_rating_is_not_taken_for_zero(player: LivePlayer) -> None:
    """Half an answer is refused; the question stands."""
    live = player.until(Rate)
    assert live.give(Rated(SetAnswers(tingling=2))) is Refusal.NOT_A_RATING
    assert isinstance(live.view().stage, Rate)


@pytest.mark.hazard("H05")
def test_no_answer_pauses_then_ends_as_incomplete(
    player: LivePlayer, program: OpenedProgram
) -> None:
    """Asked again after a minute, closed after five; no rating is ever made up."""
    live = player.until(Rate)
    player.wait(60_500)
    assert live.view().stage == Rate(again=True)
    player.wait(240_000)
    assert live.view().ledger.outcome is Outcome.INCOMPLETE
    last = program.store.last_session(program.profile)
    assert last is not None
    assert last.outcome == "incomplete"
    assert [row.tingling for row in program.store.sets(last.id)] == [None]


def test_a_closed_session_leaves_a_log_that_replays_alike(
    player: LivePlayer, program: OpenedProgram
) -> None:
    """The .jsonl holds the whole chain and decides to the same everywhere, pauses included."""
    player.until(Move)
    player.live.give(Pause())
    player.wait(20_000)
    player.live.give(Resume())
    player.until(Move)
    program.clock.suspend(20 * 60_000)
    player.wait(1_000)
    player.play()
    last = program.store.last_session(program.profile)
    assert last is not None
    path = program.home.session_log(last.id)
    records = read_log(path.read_bytes(), path.name)
    assert [record.h for record in records] == [e.h for e in program.store.entries(last.id)]
    again = replay(SHIPPED, path.read_bytes(), path.name)
    assert again.differences == ()
    assert again.decisions >= 6
    assert not again.other_rules
    assert path.stat().st_mode & 0o077 == 0


def test_planned_and_done_time_are_both_kept(player: LivePlayer, program: OpenedProgram) -> None:
    """A set played through took as long as planned; one that was stopped took less."""
    player.until(Rate)
    player.until(Move)
    player.wait(5_000)
    player.live.give(Stop())
    player.play()
    last = program.store.last_session(program.profile)
    assert last is not None
    whole, stopped = program.store.sets(last.id)
    assert whole.done_ms == whole.planned_ms > 0
    assert (whole.reps, stopped.reps < whole.reps) == (8, True)
    assert 0 < stopped.done_ms < stopped.planned_ms


def test_leaving_closes_as_incomplete(player: LivePlayer, program: OpenedProgram) -> None:
    """What was not answered stays unanswered."""
    player.until(Rate)
    assert player.live.give(Leave()) is None
    assert player.live.closed
    last = program.store.last_session(program.profile)
    assert last is not None
    assert last.outcome == "incomplete"
    assert player.live.give(Leave()) is Refusal.CLOSED


def test_a_repeated_cue_is_the_last_one(player: LivePlayer, program: OpenedProgram) -> None:
    """R says the same words again, and they are the caption."""
    player.until(Move)
    said = program.voice.texts[-1]
    player.live.repeat_cue()
    assert program.voice.texts[-2:] == [said, said]
    assert player.live.caption == said


def test_why_there_is_no_voice_is_said_in_words(clock: FakeClock, player: LivePlayer) -> None:
    """Silence has a reason on the screen; a working voice, or one that was put out, has none."""
    voice = player.live._voice
    assert isinstance(voice, OrderedVoice)
    assert voice.status.reason is Reason.CHOSEN
    assert player.live.voice_note is None
    voice.status = SpeakerStatus(Channel.TONES, Reason.NO_VOICE_ENGINE)
    assert player.live.voice_note == SHIPPED.phrases.say(Reason.NO_VOICE_ENGINE.key)
    voice.status = SpeakerStatus(Channel.VOICE, Reason.SYSTEM_VOICE)
    assert player.live.voice_note is None


@pytest.mark.hazard("H19")
def test_a_demonstration_keeps_nothing(opened: Callable[..., OpenedProgram]) -> None:
    """No session, no log, no lock; it plays like any other."""
    program = opened(demo=True)
    player = LivePlayer(program.app.begin(), program.clock, shipped_answers("calm-day"))
    player.until(RestPosition)
    player.live.give(SomethingWrong())
    player.live.give(Report(SetAnswers(new=frozenset({News.SADDLE_OR_TOILET}))))
    player.play()
    assert player.live.view().ledger.outcome is Outcome.EMERGENCY
    for count in ("FROM session", "FROM event", "FROM set_row", "FROM answer", "FROM lock"):
        assert program.on_disk("SELECT count(*) " + count) == [(0,)]
    assert list(program.home.session_logs.iterdir()) == []
    assert program.app.today().lock is None


@pytest.mark.hazard("H22")
def test_an_answer_given_before_the_question_can_be_read_does_not_count(
    program: OpenedProgram, clock: FakeClock
) -> None:
    """Clicking through the stop signs is refused for two seconds each (hazard H22)."""
    live = program.app.begin()
    first = live.view().question
    assert first is not None
    clock.pass_ms(1_999)
    assert live.give(Replied(first, Reply.NO)) is Refusal.TOO_FAST
    assert live.view().question == first
    clock.pass_ms(1)
    assert live.give(Replied(first, Reply.NO)) is None
