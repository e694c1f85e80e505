"""What the window asks for: today, beginning, going on after a cut, closing, choosing."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from coach.app.session.replaying import replay
from coach.app.sound.voice_settings import voice_settings
from coach.domain.action import Tier
from coach.domain.rating import News, RestAnswer, SetAnswers
from coach.domain.screening import Reply
from coach.domain.side import Side
from coach.engine.control import (
    CheckIn,
    LeadIn,
    Message,
    Move,
    Paused,
    Rate,
    Recover,
    Rest,
    RestPosition,
    Settle,
    WarmUp,
)
from coach.engine.inputs import (
    Acknowledge,
    Pause,
    Rated,
    Replied,
    Report,
    RestReply,
    Resume,
    SomethingWrong,
)
from coach.formats.bad_file import BadFile
from coach.rules.after_set import Settled
from coach.rules.check_in import Clearance, answered
from coach.rules.locks import Assessment, StillLocked
from coach.store.errors import KnownError
from coach.store.records import SessionSummary
from coach.store.settings import Settings
from coach.voice.interface import Wanted
from fake_clock import DAY_MS, FakeClock
from live_player import LivePlayer, shipped_answers
from opened_program import SHIPPED, OpenedProgram

Open = Callable[..., OpenedProgram]


def last_session(program: OpenedProgram) -> SessionSummary:
    found = program.store.last_session(program.profile)
    assert found is not None
    return found


def lock_by_report(player: LivePlayer) -> None:
    player.until(Move)
    player.live.give(SomethingWrong())
    player.live.give(Report(SetAnswers(new=frozenset({News.SADDLE_OR_TOILET}))))


def test_beginning_puts_the_header_with_the_session(program: OpenedProgram) -> None:
    """From its first moment a session on disk has what is needed to play it again."""
    assert program.on_disk("SELECT count(*) FROM session") == [(0,)]
    program.app.begin()
    assert program.on_disk("SELECT seq, type FROM event") == [(0, "header")]
    assert program.app.today().unfinished is not None


def test_a_session_that_cannot_be_opened_leaves_nothing(
    program: OpenedProgram, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Session row and header are one transaction: without the one there is not the other."""
    monkeypatch.setattr("coach.app.coach_app.entry", lambda record: None)
    with pytest.raises(AttributeError):
        program.app.begin()
    assert program.on_disk("SELECT count(*) FROM session") == [(0,)]


@pytest.mark.parametrize(
    ("stage", "goes_on"),
    [
        (CheckIn, (CheckIn, None)),
        (WarmUp, (Paused, WarmUp)),
        (Move, (Paused, LeadIn)),
        (Recover, (Paused, Recover)),
        # What begins by itself is no record, so it is what came before it that goes on.
        (LeadIn, (Paused, WarmUp)),
        (RestPosition, (Paused, Recover)),
    ],
)
def test_a_session_cut_off_goes_on_where_it_was(
    opened: Open, player: LivePlayer, stage: type, goes_on: tuple[type, type | None]
) -> None:
    """After a restart the control is that of the last record, waiting if it would move on."""
    live = player.until(stage)
    before = live._run.control
    program = opened()
    player.clock.pass_ms(20 * 60 * 1000)
    assert program.app.today().unfinished is not None
    resumed = program.app.resume_unfinished()
    after = resumed._run.control
    back = type(after.stage.back) if isinstance(after.stage, Paused) else None
    assert (type(after.stage), back) == goes_on
    if stage is goes_on[0]:
        assert after.stage == before.stage
    assert after.clearance == before.clearance
    assert after.answers == before.answers
    if stage in goes_on:
        assert after.history == before.history
    assert resumed._run.ledger == live._run.ledger
    LivePlayer(resumed, program.clock, player.answers).play()
    assert last_session(program).outcome == "completed"


@pytest.mark.hazard("H05")
@pytest.mark.parametrize("stage", [Rate, Rest, Settle])
def test_a_set_that_settled_while_nobody_looked_has_not_settled_in_time(
    opened: Open, player: LivePlayer, stage: type
) -> None:
    """Cut off after a set and opened twenty minutes later, its question can still be answered."""
    live = player.until(Rate)
    if stage is not Rate:
        live.give(Rated(SetAnswers(tingling=4, pain=0)))
    before = player.until(stage)._run.control
    program = opened()
    player.clock.pass_ms(20 * 60 * 1000)
    resumed = LivePlayer(program.app.resume_unfinished(), program.clock, player.answers)
    after = resumed.live._run.control
    assert isinstance(after.stage, Rate if stage is Rate else Settle)
    assert (after.answers, after.history) == (before.answers, before.history)

    if stage is Rate:
        resumed.live.give(Rated(SetAnswers(tingling=4, pain=0)))
        resumed.until(Settle)
    resumed.live.give(RestReply(RestAnswer(tingling=0)))
    record = resumed.live._run.ledger.sets[-1]
    assert record.settled is Settled.BY_600
    assert record.checks[-1][0] > 120


def test_a_resumed_session_is_one_log_that_replays_alike(opened: Open, player: LivePlayer) -> None:
    """Cut off twice, it is still one chain, and decides the same from beginning to end."""
    player.until(Move)
    for stage in (Rate, RestPosition):
        program = opened()
        player = LivePlayer(program.app.resume_unfinished(), program.clock, player.answers)
        player.until(stage)
    program = opened()
    LivePlayer(program.app.resume_unfinished(), program.clock, player.answers).play()
    path = program.home.session_log(last_session(program).id)
    assert replay(SHIPPED, path.read_bytes(), path.name).differences == ()


@pytest.mark.parametrize("stage", [CheckIn, WarmUp, Move, Rate, Rest, RestPosition])
def test_a_session_cut_off_can_be_closed_as_it_stands(
    opened: Open, player: LivePlayer, stage: type
) -> None:
    """It is incomplete; what was not answered stays unanswered; then a new one may begin."""
    player.until(stage)
    sets = player.live.view().ledger.sets
    program = opened()
    with pytest.raises(KnownError) as caught:
        program.app.begin()
    assert str(caught.value) == program.app.phrases.say("today.unfinished_first")
    program.app.finish_unfinished()
    assert last_session(program).outcome == "incomplete"
    rows = program.store.sets(last_session(program).id)
    ended = [one for one in sets if one.ended_ms is not None]
    assert len(rows) == len(ended)
    assert [row.tingling for row in rows] == [
        one.answers.tingling if one.answers else None for one in ended
    ]
    assert program.app.today().unfinished is None
    program.clock.pass_ms(4 * 3600 * 1000)  # CAP-02
    program.app.begin()


def test_with_nothing_unfinished_there_is_nothing_to_go_on_with(program: OpenedProgram) -> None:
    """Both ways say so in words."""
    for ask in (program.app.resume_unfinished, program.app.finish_unfinished):
        with pytest.raises(KnownError) as caught:
            ask()
        assert str(caught.value) == program.app.phrases.say("today.nothing_unfinished")


def test_unfinished_counts_the_rated_sets(opened: Open, player: LivePlayer) -> None:
    """A set without its rating is not done."""
    player.until(Rate)
    program = opened()
    found = program.app.today().unfinished
    assert found is not None
    assert (found.started_wall, found.sets_done) == ("today at 18:30", 0)
    resumed = LivePlayer(program.app.resume_unfinished(), program.clock, player.answers)
    resumed.until(Rest)
    found = opened().app.today().unfinished
    assert found is not None
    assert found.sets_done == 1


@pytest.mark.hazard("H01")
def test_a_lock_survives_a_restart(opened: Open, player: LivePlayer) -> None:
    """No session begins while it stands; today's page says why, with the message of its tier."""
    lock_by_report(player)
    player.live.give(Acknowledge())
    for _ in range(2):
        program = opened()
        why = program.app.stop_reason(player.live.view().ledger, player.live.told)
        assert why == "You reported: Numb between the legs, or a change with the toilet."
        player.clock.pass_ms(30 * DAY_MS)
        lock = program.app.today().lock
        assert lock is not None
        assert program.app._phrasing.emergency_number in lock.text
        assert lock.reason == "You felt it between the legs."
        with pytest.raises(KnownError) as caught:
            program.app.begin()
        assert str(caught.value) == program.app.phrases.say("lock.closed")


def test_a_session_cut_off_at_its_stop_message_stays_stopped(
    opened: Open, player: LivePlayer
) -> None:
    """Resuming shows the message again; nothing moves on from it."""
    lock_by_report(player)
    program = opened()
    assert program.app.today().lock is not None
    resumed = program.app.resume_unfinished()
    assert isinstance(resumed.view().stage, Message)
    resumed.give(Resume())
    assert isinstance(resumed.view().stage, Message)
    resumed.give(Acknowledge())
    assert last_session(program).outcome == "emergency"


def test_finishing_at_a_stop_message_keeps_its_outcome(opened: Open, player: LivePlayer) -> None:
    """An emergency does not become an incomplete session by closing the window."""
    lock_by_report(player)
    program = opened()
    program.app.finish_unfinished()
    assert last_session(program).outcome == "emergency"
    assert program.app.today().lock is not None


def test_an_emergency_at_check_in_locks(program: OpenedProgram, player: LivePlayer) -> None:
    """The session never begins to move."""
    live = player.live
    answers = {q.id: Reply.NO for q in live._run.script.questions}
    answers["E1"] = Reply.YES
    while isinstance(live.view().stage, CheckIn) and live.view().question in answers:
        question = str(live.view().question)
        program.clock.pass_ms(2_000)
        live.give(Replied(question, answers[question]))
        if not isinstance(live.view().stage, CheckIn):
            break
    assert isinstance(live.view().stage, Message)
    assert program.on_disk("SELECT tier, rule FROM lock") == [("emergency", "E1")]


def test_the_full_check_in_is_asked_when_due(program: OpenedProgram, player: LivePlayer) -> None:
    """First of all; then only after four weeks, or two weeks away (clinical.md 8)."""
    assert program.app.today().full_check_in
    player.play()
    program.clock.pass_ms(DAY_MS)
    assert not program.app.today().full_check_in
    program.clock.pass_ms(13 * DAY_MS)
    assert program.app.today().full_check_in


def test_the_voice_gets_the_session_s_cues_before_it_starts(program: OpenedProgram) -> None:
    """In the order they will be needed."""
    program.app.begin()
    prepared = program.voice.prepared
    names = [program.app.phrases.say(f"{name}.start").split(". ")[0] for name in ("S3", "H1")]
    places = [next(i for i, text in enumerate(prepared) if name in text) for name in names]
    assert places == sorted(places)


def test_starting_the_voice_prepares_today_s_cues(program: OpenedProgram) -> None:
    """They are being made while the first page is read."""
    program.app.start_voice()
    assert program.voice.prepared
    program.app.close()
    assert program.voice.closed


def test_settings_are_kept_and_the_voice_follows(opened: Open, program: OpenedProgram) -> None:
    """Only sound settings reconfigure the voice; all survive a restart."""
    program.app.change_setting("voice_volume", 40)
    assert program.voice.settings.volume == 0.4
    program.app.change_setting("theme", "dark")
    again = opened()
    assert (again.app.settings.voice_volume, again.app.settings.theme) == (40, "dark")


def test_a_setting_out_of_range_changes_nothing(program: OpenedProgram) -> None:
    """The old value stays, on screen and on disk."""
    with pytest.raises(ValueError, match="voice_volume"):
        program.app.change_setting("voice_volume", 400)
    assert program.app.settings == Settings()


def test_a_setting_that_cannot_be_kept_holds_and_is_told_once(program: OpenedProgram) -> None:
    """Which file and why; noted until everything is kept after all."""
    told: list[str] = []
    program.app.told = told.append
    program.home.settings_file.mkdir(parents=True)
    program.app.change_setting("voice_volume", 40)
    program.app.choose_side(Side.RIGHT)
    assert program.voice.settings.volume == 0.4
    assert program.app.today().side is Side.RIGHT
    assert len(told) == 1
    assert str(program.home.settings_file) in told[0]
    assert program.app.notes == (*program.app.notes[:-1], told[0])
    program.home.settings_file.rmdir()
    program.app.change_setting("theme", "dark")
    assert told[0] not in program.app.notes
    assert len(told) == 1


def test_settings_mean_the_same_to_the_voice() -> None:
    """Per cent become shares, an empty voice the usual one."""
    settings = Settings(voice_mode="tones", voice_rate=120, voice_volume=50, sound_offset_ms=150)
    meant = voice_settings(settings, "en")
    assert meant.wanted is Wanted.TONES
    assert (meant.choice.voice, meant.choice.rate_wpm) == (None, 120)
    assert (meant.volume, meant.sound_offset_ms) == (0.5, 150)


def test_another_plan_is_played_and_remembered(opened: Open, program: OpenedProgram) -> None:
    """By its name among the ready-made ones."""
    assert "desk-day" in {choice.id for choice in program.app.plans()}
    program.app.choose_plan("desk-day")
    again = opened()
    assert again.app.today().plan_id == "desk-day"
    live = again.app.begin()
    assert live._run.script.plan.title == again.app.today().plan_title


def test_a_plan_file_of_one_s_own(opened: Open, tmp_path: Path) -> None:
    """Its path is its id, and it stands among the choices."""
    own = tmp_path / "own.toml"
    own.write_bytes((SHIPPED.plans_folder / "gentle-day.toml").read_bytes())
    program = opened(plan=str(own))
    assert program.app.today().plan_id == str(own)
    assert str(own) in {choice.id for choice in program.app.plans()}


@pytest.mark.parametrize("text", [None, "format = 1"])
def test_a_plan_asked_for_that_cannot_be_used_is_an_error(
    opened: Open, tmp_path: Path, text: str | None
) -> None:
    """The file is named; nothing is played instead."""
    path = tmp_path / "bad.toml"
    if text is not None:
        path.write_text(text)
    with pytest.raises((KnownError, BadFile), match=r"bad\.toml"):
        opened(plan=str(path))


def test_a_plan_that_was_lost_since_falls_back(opened: Open, tmp_path: Path) -> None:
    """A note says so, and the first plan is there to play."""
    own = tmp_path / "own.toml"
    own.write_bytes((SHIPPED.plans_folder / "gentle-day.toml").read_bytes())
    opened().app.choose_plan(str(own))
    own.unlink()
    again = opened()
    assert again.app.today().plan_id == "first-week"
    assert any("own.toml" in note for note in again.app.notes)


def test_the_chosen_leg_is_worked(opened: Open, program: OpenedProgram) -> None:
    """One-sided exercises follow the choice, in this session and in its log."""
    program.app.choose_side(Side.RIGHT)
    assert program.app.today().side is Side.RIGHT
    player = LivePlayer(program.app.begin(), program.clock, shipped_answers("calm-day"))
    player.until(Move)
    assert player.live.view().side is Side.RIGHT
    resumed = opened().app.resume_unfinished()
    assert resumed.view().side is Side.RIGHT


def test_a_paused_session_needs_no_answer(program: OpenedProgram, player: LivePlayer) -> None:
    """A pause asks nothing, and nothing goes on in it by itself."""
    live = player.until(Move)
    live.give(Pause())
    player.wait(4 * 3_600_000 // 60)
    assert isinstance(live.view().stage, Paused)
    assert live.view().ledger.outcome is None


def test_a_demonstration_shows_a_lock_and_stays_closed(opened: Open, player: LivePlayer) -> None:
    """It moves like any session, so it would coach somebody who was told to stop."""
    lock_by_report(player)
    program = opened(demo=True)
    assert program.app.today().lock is not None
    with pytest.raises(KnownError):
        program.app.begin()
    assert program.store.active_locks(program.profile)


def test_a_session_cut_off_long_ago_can_only_be_finished(
    program: OpenedProgram, clock: FakeClock
) -> None:
    """Its check-in says nothing about the person half an hour later."""
    program.app.begin()
    clock.pass_ms(31 * 60 * 1000)
    view = program.app.today().unfinished

    assert view is not None
    assert not view.resumable
    with pytest.raises(KnownError):
        program.app.resume_unfinished()
    program.app.finish_unfinished()
    assert program.app.today().unfinished is None


@pytest.mark.parametrize("way", ["resume_unfinished", "finish_unfinished"])
def test_a_full_disk_is_told_by_whoever_goes_on_with_a_session_or_finishes_it(
    player: LivePlayer, opened: Open, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """The session stays as it is, and the movement does not go on unpaused."""
    player.until(Move)
    program = opened()

    def full(*_args: object, **_more: object) -> None:
        raise KnownError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(program.store, "append", full)
        with pytest.raises(KnownError, match="the disk is full"):
            getattr(program.app, way)()
    assert program.app.today().unfinished is not None
    getattr(program.app, way)()


def test_a_set_cut_off_in_the_middle_goes_on_with_the_repetition_it_had_reached(
    player: LivePlayer, opened: Open
) -> None:
    """Five repetitions in, a crash does not start the set again."""
    player.until(Move)
    player.wait(5 * 6_000)
    again = opened().app.resume_unfinished()

    assert again.view().stage == Paused(LeadIn(3_000, rep=5, begun=True))


def seen(program: OpenedProgram, *, cleared: bool = True) -> Assessment:
    return Assessment("GP", datetime.fromisoformat(program.clock.wall()).date(), cleared=cleared)


def test_an_emergency_lock_opens_a_day_later_with_an_assessment(
    program: OpenedProgram, player: LivePlayer, clock: FakeClock, opened: Open
) -> None:
    """Not before 24 hours, not without the tick, and then every question is asked again."""
    lock_by_report(player)
    player.live.give(Acknowledge())
    assert program.app.unlock(seen(program)) is StillLocked.TOO_SOON
    clock.pass_ms(DAY_MS)
    again = opened()
    assert again.app.unlock(seen(again, cleared=False)) is StillLocked.NOT_CLEARED
    assert again.app.today().lock is not None
    assert again.app.unlock(seen(again)) is None
    today = again.app.today()
    assert (today.lock, today.full_check_in) == (None, True)


def test_a_condition_that_was_cleared_no_longer_closes_sessions(
    program: OpenedProgram, opened: Open
) -> None:
    """Diabetes is still there next month; the clinician has said that exercise is fine."""
    live = program.app.begin()
    while isinstance(live.view().stage, CheckIn):
        name = live.view().question
        assert name is not None
        program.clock.pass_ms(2_000)
        live.give(Replied(name, Reply.YES if name == "C4" else Reply.NO))
    live.give(Acknowledge())
    assert program.app.unlock(seen(program)) is None
    again = opened().app
    assert again.today().why == (again.phrases.say("today.why_first_after_stop"),)
    script = again.begin()._run.script

    assert script.cleared == {"C4"}
    c4 = next(q for q in script.questions if q.id == "C4")
    assert answered(Clearance(), c4, Reply.YES, script.cleared).tier is Tier.ADVISE
    assert answered(Clearance(), c4, Reply.YES).tier is Tier.CLEARANCE


def test_the_check_from_the_floor_is_due_once_before_the_first_session(
    opened: Open, player: LivePlayer, program: OpenedProgram
) -> None:
    """Not in a demonstration, not after it was done or left out, not once something was played."""
    assert program.app.check_due
    player.play()
    assert not program.app.check_due
    assert not opened(demo=True).app.check_due


def test_the_check_that_was_done_is_remembered(opened: Open, tmp_path: Path) -> None:
    program = opened()
    program.app.change_setting("heard_and_seen", True)
    assert not program.app.check_due
    assert not opened().app.check_due


def test_another_language_is_spoken_by_its_usual_voice(program: OpenedProgram) -> None:
    """A voice of another region does not stay chosen behind it; the voice is told at once."""
    program.app.change_setting("voice_id", "amy")
    assert program.voice.settings.choice.voice == "amy"
    program.app.change_setting("language", "en-GB")
    assert program.app.settings.voice_id == ""
    assert (program.voice.settings.choice.voice, program.voice.settings.choice.language) == (
        None,
        "en-GB",
    )


def test_what_today_asks_is_made_ready_before_the_cues_of_a_session(
    program: OpenedProgram,
) -> None:
    program.app.start_voice()
    texts = program.app.sound.texts
    assert program.voice.prepared[: len(texts)] == texts
    assert len(program.voice.prepared) > len(texts)


def test_beginning_a_session_silences_what_was_read_aloud(program: OpenedProgram) -> None:
    program.app.sound.read("ask.morning_tingling")
    before = program.voice.hushes
    program.app.begin()
    assert program.voice.hushes == before + 1
    assert program.app.sound.caption == ""
