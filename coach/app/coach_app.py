"""The use cases behind the window: today, sessions, plans, settings, voice."""

import json
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType

from coach import __version__
from coach.app.cues import cues_of
from coach.app.emergency import Countries, EmergencyLine
from coach.app.headers import session_header, text_sha256
from coach.app.keeping import DemoKeeper, StoreKeeper, entry
from coach.app.live_session import LiveSession
from coach.app.phrasing import Phrasing
from coach.app.ports import Clock, SessionKeeper
from coach.app.recorder import Recorder
from coach.app.replaying import script_of
from coach.app.shipped import Shipped
from coach.app.today import (
    LockView,
    PlanChoice,
    TodayView,
    UnfinishedView,
    course_of,
    one_sided,
    steps,
)
from coach.domain.action import Tier
from coach.domain.decision import Phrase
from coach.domain.exercise import Tag
from coach.domain.plan import Plan
from coach.domain.screening import Reply
from coach.domain.side import Side
from coach.engine.inputs import ClockGap, Leave
from coach.engine.run import Run, advance, give
from coach.engine.script import Script
from coach.formats.bad_file import BadFile
from coach.formats.phrases import Phrases
from coach.formats.session_log import LogRecord, input_from
from coach.rules.check_in import full_screen_due
from coach.rules.locks import Assessment, StillLocked, opens_at, why_still_locked
from coach.rules.plan_load import planned_seconds, portions
from coach.store.errors import KnownError
from coach.store.paths import Home
from coach.store.records import Profile, SessionHeader
from coach.store.sessions import SessionStore
from coach.store.settings import Settings, SettingsFile
from coach.voice.interface import Voice, VoiceChoice, VoiceSettings, Wanted

DEFAULT_PROFILE = "me"
FIRST_PLAN = "first-week"
#: A session cut off longer ago starts anew, with a new check-in. Our own convention.
RESUME_WITHIN = timedelta(minutes=30)


def voice_settings(settings: Settings, language: str) -> VoiceSettings:
    """What the settings mean for the voice."""
    choice = VoiceChoice(settings.voice_id or None, language, settings.voice_rate)
    return VoiceSettings(
        Wanted(settings.voice_mode),
        choice,
        settings.voice_volume / 100,
        settings.sound_offset_ms,
    )


class CoachApp:
    """Everything the window asks for. Raises KnownError and BadFile in plain words."""

    def __init__(
        self,
        shipped: Shipped,
        home: Home,
        store: SessionStore,
        clock: Clock,
        voice: Voice,
        voice_clock: Callable[[], float],
        *,
        plan: str | None = None,
        profile: str | None = None,
        demo: bool = False,
        environment: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self._shipped = shipped
        self._home = home
        self._store = store
        self._clock = clock
        self._voice = voice
        self._voice_clock = voice_clock
        self._settings_file = SettingsFile(home.settings_file)
        loaded = self._settings_file.load()
        self._settings = loaded.settings
        self.notes: tuple[str, ...] = tuple(str(warning) for warning in loaded.warnings)
        self.demo = demo
        self._profile = self._find_profile(profile or DEFAULT_PROFILE)
        self._emergency = EmergencyLine(shipped.root, shipped.keep, shipped.phrases, environment)
        self._phrasing = Phrasing(shipped.phrases, self._emergency.words(self._settings.country))
        self._plan_id = plan or self._settings.plan
        self._plan_text, self._plan = self._load_plan(self._plan_id, explicit=plan is not None)

    @property
    def phrases(self) -> Phrases:
        """All words of the chosen language."""
        return self._shipped.phrases

    @property
    def settings(self) -> Settings:
        """What the user has chosen."""
        return self._settings

    @property
    def voice(self) -> Voice:
        """The voice, for trying it out."""
        return self._voice

    def words(self, phrase: Phrase) -> str:
        """A phrase with its blanks filled in."""
        return self._phrasing.words(phrase)

    def question_text(self, question_id: str) -> str:
        """The words of a check-in question. Raises KeyError for an unknown one."""
        return {q.id: q.text for q in self._shipped.screen}[question_id]

    def start_voice(self) -> None:
        """Start the helpers for speech and sound, and make today's cues ready."""
        self._voice.configure(voice_settings(self._settings, self._shipped.language))
        self._voice.start()
        self._prepare_cues()

    def close(self) -> None:
        """End the helpers."""
        self._voice.close()

    # Plans and settings

    def plans(self) -> tuple[PlanChoice, ...]:
        """The ready-made plans, and the file in use if it is none of them."""
        choices = [PlanChoice(name, plan.title) for name, plan in self._shipped.plans.items()]
        if self._plan_id not in {choice.id for choice in choices}:
            choices.append(PlanChoice(self._plan_id, self._plan.title))
        return tuple(choices)

    def choose_plan(self, plan_id: str) -> None:
        """Use another plan from now on. Raises BadFile or KnownError when it cannot be used."""
        self._plan_text, self._plan = self._load_plan(plan_id, explicit=True)
        self._plan_id = plan_id
        self.change_setting("plan", plan_id)
        self._prepare_cues()

    def choose_side(self, side: Side | None) -> None:
        """The leg that one-sided exercises work; None leaves it to the plan."""
        self.change_setting("sore_side", side.value if side else "")

    def change_setting(self, name: str, value: object) -> None:
        """Change one setting and keep it. Raises ValueError for a value out of range."""
        self._settings = self._settings.changed(**{name: value})
        self._settings_file.save(self._settings)
        if name.startswith(("voice", "sound")):
            self._voice.configure(voice_settings(self._settings, self._shipped.language))
        if name == "country":
            self._phrasing.emergency_number = self._emergency.words(self._settings.country)
            self._prepare_cues()

    def countries(self) -> Countries:
        """The countries whose emergency number is known, and the one assumed."""
        return self._emergency.countries()

    # Sessions

    def today(self) -> TodayView:
        """What today's session is, and whether it may begin."""
        script = self._script()
        unfinished = None if self.demo else self._unfinished_view()
        full = self._full_check_in()
        return TodayView(
            plan_id=self._plan_id,
            plan_title=self._plan.title,
            minutes=round(
                planned_seconds(portions(self._plan.items, self._shipped.catalogue)) / 60
            ),
            steps=steps(script, self.phrases),
            why=self._why(),
            side=self._side(),
            one_sided=one_sided(self._plan, script),
            lock=None if self.demo else self._lock_view(),
            unfinished=unfinished,
            full_check_in=full,
        )

    def begin(self) -> LiveSession:
        """Start today's session. Raises KnownError while a lock or an unfinished one stands."""
        if not self.demo and self._store.active_locks(self._profile.id):
            raise KnownError(self.phrases.say("lock.closed"))
        if not self.demo and self._unfinished() is not None:
            raise KnownError(self.phrases.say("today.unfinished_first"))
        script = self._script()
        wall = self._clock.wall()
        session = f"{datetime.fromisoformat(wall):%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"
        header = session_header(
            self._shipped,
            script,
            self._plan_text,
            session=session,
            profile=self._profile.pseudonym,
            demo=self.demo,
        )
        recorder = Recorder(wall=lambda _ms: self._clock.wall())
        first = recorder.header(header)
        if not self.demo:
            self._store.open_session(self._stored_header(session, wall), [entry(first)])
        return self._live(Run(script), recorder, self._keeper(session))

    def resume_unfinished(self) -> LiveSession:
        """Go on where the session was cut off; it stands paused, as after any gap.

        Raises KnownError when it was cut off so long ago that its check-in no longer counts.
        """
        header, run, recorder = self._restored()
        if not self._fresh(header):
            raise KnownError(self.phrases.say("today.unfinished_old"))
        live = self._live(run, recorder, self._keeper(header.id))
        live.give(ClockGap())
        return live

    def finish_unfinished(self) -> None:
        """Close the session that was cut off as it stands."""
        header, run, recorder = self._restored()
        live = self._live(run, recorder, self._keeper(header.id))
        live.give(Leave())
        if not live.closed:  # its check-in asks for a stop: the lock says so from now on
            live.give(Leave())

    def _live(self, run: Run, recorder: Recorder, keeper: SessionKeeper) -> LiveSession:
        self._voice.prepare(cues_of(run.script, course_of(run.script), self._phrasing))
        return LiveSession(
            run, recorder, keeper, self._clock, self._voice, self._phrasing, self._voice_clock
        )

    def unlock(self, assessment: Assessment) -> StillLocked | None:
        """Lift every lock that this assessment answers; why one stays, or None when all are open.

        After that the next check-in asks every question (clinical.md 8).
        """
        for row in self._store.active_locks(self._profile.id):
            tier = Tier[row.tier.upper()]
            stays = why_still_locked(tier, _moment(row.set_wall), self._now(), assessment)
            if stays is not None:
                return stays
        for row in self._store.active_locks(self._profile.id):
            self._store.lift_lock(
                row.id,
                lifted_wall=self._clock.wall(),
                lifted_by=assessment.who.strip(),
                note=f"assessed {assessment.day}",
            )
        return None

    def _keeper(self, session: str) -> SessionKeeper:
        if self.demo:
            return DemoKeeper()
        return StoreKeeper(
            self._store,
            self._home,
            session,
            self._profile.id,
            self._shipped.catalogue,
            self._clock,
        )

    def _stored_header(self, session: str, wall: str) -> SessionHeader:
        return SessionHeader(
            id=session,
            profile=self._profile.id,
            plan_title=self._plan.title,
            plan_text=self._plan_text,
            plan_sha256=text_sha256(self._plan_text),
            engine_version=__version__,
            rules_sha256=self._shipped.rules_sha256,
            tz=str(datetime.fromisoformat(wall).tzinfo),
            started_wall=wall,
        )

    def _restored(self) -> tuple[SessionHeader, Run, Recorder]:
        """The unfinished session, brought to its last kept record by its own inputs."""
        header = self._unfinished()
        if header is None:
            raise KnownError(self.phrases.say("today.nothing_unfinished"))
        records = self._kept(header)
        run = Run(script_of(self._shipped, records[0].data, header.id))
        for record in records:
            if record.type == "input":
                run, _ = give(run, input_from(record.data), record.ms)
        run, _ = advance(run, records[-1].ms)
        recorder = Recorder(wall=lambda _ms: self._clock.wall(), records=records)
        return header, run, recorder

    def _kept(self, header: SessionHeader) -> list[LogRecord]:
        return [
            LogRecord(e.seq, e.type, e.ms, e.wall, json.loads(e.data), e.h)
            for e in self._store.entries(header.id)
        ]

    def _unfinished(self) -> SessionHeader | None:
        """The session that was cut off. One that was over and only not closed yet is closed."""
        header = self._store.unfinished(self._profile.id)
        if header is None:
            return None
        records = self._kept(header)
        if records[-1].type != "closed":
            return header
        self._keeper(header.id).close(records[-1].data["outcome"], records)
        return None

    def _script(self) -> Script:
        side = self._side()
        return Script(
            self._plan,
            self._shipped.catalogue,
            self._shipped.questions(full=self._full_check_in()),
            self._shipped.after_set,
            sore=side,
            side=side,
            lead_in_ms=self._settings.lead_in_s * 1000,
            cleared=frozenset() if self.demo else self._cleared(),
            tags=frozenset() if self.demo else self._known_tags(),
        )

    def _side(self) -> Side | None:
        return Side(self._settings.sore_side) if self._settings.sore_side else None

    def _full_check_in(self) -> bool:
        full_only = [q.id for q in self._shipped.questions(full=True) if not q.every_time]
        last_full = self._store.last_full_check_in(self._profile.id, full_only)
        last = self._store.last_session(self._profile.id)
        return full_screen_due(
            days_since_full=self._days_since(last_full),
            days_since_session=self._days_since(last.started_wall if last else None),
            lock_lifted=self._lifted_since(last_full),
        )

    def _lifted_since(self, wall: str | None) -> bool:
        """Whether a lock was lifted after the last full check-in."""
        lifted = [row.lifted_wall for row in self._store.lifted_locks(self._profile.id)]
        return any(at and (wall is None or _moment(at) > _moment(wall)) for at in lifted)

    def _cleared(self) -> frozenset[str]:
        """Check-in items about which somebody has been seen: they no longer lock by themselves."""
        lifted = {row.rule for row in self._store.lifted_locks(self._profile.id)}
        asked = self._shipped.questions(full=True)
        return frozenset(q.id for q in asked if q.tier is Tier.CLEARANCE and q.id in lifted)

    def _known_tags(self) -> frozenset[Tag]:
        """What was last answered to the questions that only a full check-in asks."""
        if self._full_check_in():
            return frozenset()
        return frozenset(
            q.tag
            for q in self._shipped.questions(full=True)
            if q.tag is not None
            and not q.every_time
            and self._store.last_answer(self._profile.id, q.id) not in (None, Reply.NO)
        )

    def _fresh(self, header: SessionHeader) -> bool:
        """Whether a cut-off session's check-in still counts: its last record is recent."""
        last = self._store.entries(header.id)[-1].wall
        passed = datetime.fromisoformat(self._clock.wall()) - datetime.fromisoformat(last)
        return timedelta(0) <= passed <= RESUME_WITHIN

    def _days_since(self, wall: str | None) -> int | None:
        if wall is None:
            return None
        passed = datetime.fromisoformat(self._clock.wall()) - datetime.fromisoformat(wall)
        return passed.days

    def _why(self) -> tuple[str, ...]:
        last = self._store.last_session(self._profile.id)
        if last is None:
            return (self.phrases.say("today.why_first"),)
        said = self.phrases.say("today.why_as_planned", outcome=self._outcome(last.outcome))
        return (said,)

    def _outcome(self, outcome: str | None) -> str:
        return self.phrases.say(f"outcome.{outcome}") if outcome else ""

    def _lock_view(self) -> LockView | None:
        locks = self._store.active_locks(self._profile.id)
        if not locks:
            return None
        worst = max(locks, key=lambda row: Tier[row.tier.upper()])
        earliest = max(opens_at(Tier[row.tier.upper()], _moment(row.set_wall)) for row in locks)
        may_open = self._now() >= earliest
        opens = (
            self.phrases.say("lock.how")
            if may_open
            else self.phrases.say("lock.not_before", when=f"{earliest:%Y-%m-%d %H:%M}")
        )
        told = self.words(Phrase(f"tier.{worst.tier}"))
        return LockView(self.phrases.say("lock.closed"), told, opens, may_open)

    def _now(self) -> datetime:
        return datetime.fromisoformat(self._clock.wall())

    def _unfinished_view(self) -> UnfinishedView | None:
        try:
            header = self._unfinished()
        except KnownError:  # said when the person asks to finish it
            header = self._store.unfinished(self._profile.id)
        if header is None:
            return None
        rated = [row for row in self._store.sets(header.id) if row.tingling is not None]
        begun = datetime.fromisoformat(header.started_wall)
        return UnfinishedView(f"{begun:%Y-%m-%d %H:%M}", len(rated), self._fresh(header))

    def _prepare_cues(self) -> None:
        script = self._script()
        self._voice.prepare(cues_of(script, course_of(script), self._phrasing))

    def _find_profile(self, name: str) -> Profile:
        for profile in self._store.profiles():
            if profile.name == name:
                return profile
        made = Profile(secrets.token_hex(8), name, f"p-{secrets.token_hex(4)}")
        self._store.add_profile(made)
        return made

    def _load_plan(self, plan_id: str, *, explicit: bool) -> tuple[str, Plan]:
        """A ready-made plan by name, or a plan file; a lost choice falls back to the first plan."""
        try:
            return self._read_plan(plan_id)
        except (BadFile, KnownError) as error:
            if explicit:
                raise
            self.notes = (*self.notes, str(error))
            self._plan_id = FIRST_PLAN
            return self._read_plan(FIRST_PLAN)

    def _read_plan(self, plan_id: str) -> tuple[str, Plan]:
        shipped = self._shipped.plans.get(plan_id)
        if shipped is not None:
            return self._shipped.plan_files[plan_id].decode(), shipped
        from coach.formats.plan_file import read_plan  # only a plan from elsewhere needs checking

        path = Path(plan_id)
        try:
            content = path.read_bytes()
        except OSError as error:
            raise KnownError(f"{path}: {error.strerror or error}") from None
        plan = read_plan(content, str(path), self._shipped.catalogue)
        return content.decode(), plan


def _moment(wall: str) -> datetime:
    return datetime.fromisoformat(wall)
