"""The use cases behind the window: today, sessions, plans, settings, voice."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from coach import __version__
from coach.app.daily.between_sessions import BetweenSessions
from coach.app.daily.days import Wishes
from coach.app.daily.reminding import Reminders
from coach.app.daily.today import (
    AskView,
    CodeAnswer,
    LockView,
    PhysioView,
    PlanChoice,
    TodayView,
    one_sided,
    planned_minutes,
    steps,
)
from coach.app.daily.why import sentences
from coach.app.doctor import Doctor, Finding, examine_open
from coach.app.emergency import Countries, EmergencyLine
from coach.app.incoming.left_logs import bring_back_stops, sole_person
from coach.app.people import DEFAULT_NAME, People
from coach.app.phrasing import Phrasing
from coach.app.plan_shelf import PlanShelf
from coach.app.ports import Clock, SessionKeeper
from coach.app.session.cut_off import CutOff
from coach.app.session.headers import session_header, text_sha256
from coach.app.session.keeping import DemoKeeper, StoreKeeper, entry
from coach.app.session.live_session import LiveSession
from coach.app.session.question_order import Shuffle, as_written, varied
from coach.app.session.recorder import Recorder
from coach.app.shipped import Shipped
from coach.app.sound.cues import cues_of
from coach.app.sound.hear_and_see import shown_movement
from coach.app.sound.sound_check import SoundCheck
from coach.app.sound.speaking import Speaking
from coach.app.sound.timeline import Stretch, length_from, timeline
from coach.app.sound.voice_settings import voice_settings
from coach.app.stop_reason import answered_now, stop_reason
from coach.domain.action import Tier
from coach.domain.decision import Phrase
from coach.domain.demonstration import Demonstrations
from coach.domain.past import Morning
from coach.domain.rating import RestAnswer
from coach.domain.side import Side
from coach.engine.control import Message
from coach.engine.inputs import Input, Leave
from coach.engine.ledger import Ledger
from coach.engine.run import Run
from coach.engine.script import Script
from coach.formats.bad_file import BadFile
from coach.formats.phrases import Phrases
from coach.rules.check_in import Clearance
from coach.rules.locks import Assessment, StillLocked
from coach.store.autostart import Autostart
from coach.store.errors import KnownError
from coach.store.paths import Home
from coach.store.records import Profile, SessionHeader
from coach.store.reminded import RemindedFile
from coach.store.sessions import SessionStore
from coach.store.settings import Settings, SettingsFile
from coach.voice.interface import Voice, Wanted

if TYPE_CHECKING:  # the library brings the body, which Today needs nothing of
    from coach.app.data_care import DataCare
    from coach.app.export.offer import ExportOffer
    from coach.app.history.chart import TrendChart
    from coach.app.history.history import History
    from coach.app.library import Entry


class CoachApp:
    """Everything the window asks for. Raises KnownError and BadFile in plain words.

    told: hears what the person should know at once.
    """

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
        shuffle: Shuffle = as_written,
        autostart: Autostart | None = None,
        environment: Mapping[str, str] = MappingProxyType({}),
        draw_chart: "Callable[[TrendChart], bytes] | None" = None,
    ) -> None:
        self._shipped = shipped
        self._home = home
        self._store = store
        self._clock = clock
        self._voice = voice
        self._voice_clock = voice_clock
        self._draw_chart = draw_chart
        self._settings_file = SettingsFile(home.settings_file)
        loaded = self._settings_file.load()
        self._settings = loaded.settings
        warnings = (str(warning) for warning in loaded.warnings)
        self.notes: tuple[str, ...] = (*store.recovery_report, *warnings)
        self._not_kept = ""
        self.told: Callable[[str], object] = lambda _text: None
        self.demo = demo
        self._shuffle = shuffle
        self._profile = self._find_profile(profile or DEFAULT_NAME)
        self.people = People(store, self._profile.id, shipped.phrases)
        if not demo:
            self.notes = (*self.notes, *self._bring_back(), *self.people.notes())
        self._emergency = EmergencyLine(shipped.root, shipped.keep, shipped.phrases, environment)
        self._phrasing = Phrasing(shipped.phrases, self._emergency.words(self._settings.country))
        self.between = BetweenSessions(
            store, shipped, self._profile.id, clock, self._phrasing, self._wishes
        )
        self.sound = SoundCheck(
            voice,
            self._phrasing,
            lambda: self._settings,
            voice_clock,
            shown_movement(shipped.catalogue),
            self.timeline,
            self._examined,
            quiet=demo,
        )
        self.reminders = Reminders(
            lambda: self._settings,
            clock,
            self.between.reminder_facts,
            RemindedFile(home.reminded_file),
            autostart=None if demo else autostart,
            off=demo,
        )
        self._cut_off = CutOff(
            store, shipped, self._profile.id, clock, self._phrasing, self._keeper
        )
        self._shelf = PlanShelf(shipped, self.between.allowed)
        if plan is not None:
            self._shelf.take(plan)
        else:
            self._shelf.take_if_usable(self._settings.plan)
        if self._shelf.note:
            self.notes = (*self.notes, self._shelf.note)

    def _bring_back(self) -> tuple[str, ...]:
        """Take in what only log files know, and tell of it.

        Their stops come first: once sessions are brought back, their logs are nobody's no more.
        """
        store, wall = self._store, self._clock.wall()
        found = bring_back_stops(self._home, store, self._profile, wall)
        told: tuple[str, ...] = ()
        if store.custody.recovery is not None:
            from coach.app.data_care import bring_back_lost

            told = bring_back_lost(store, self._shipped, self._home, wall)
        if found and store.left_logs(self._profile.id).keys() - store.session_ids():
            told = (*told, self._shipped.phrases.say("today.older_file"))
        return told

    @property
    def phrases(self) -> Phrases:
        """All words of the chosen language."""
        return self._shipped.phrases

    @property
    def settings(self) -> Settings:
        """What the user has chosen."""
        return self._settings

    def words(self, phrase: Phrase) -> str:
        """A phrase with its blanks filled in."""
        return self._phrasing.words(phrase)

    def question_text(self, question_id: str) -> str:
        """The words of a check-in question. Raises KeyError for an unknown one."""
        return self._questions()[question_id]

    def stop_reason(self, ledger: Ledger, told: Sequence[Input]) -> str:
        """What the stop of a session is for, "" while there is none."""
        return stop_reason(self._shipped, self._phrasing, ledger, told)

    def stopped_by_question(self, ledger: Ledger) -> bool:
        """Whether the stop of a session came from a question of the check-in."""
        return answered_now(self._shipped, ledger)

    def stop_signs(self, tier: Tier) -> tuple[str, ...]:
        """What stops a session, as statements: all that the check-in asks for in a tier."""
        return self._shipped.stop_signs(tier)

    def start_voice(self) -> None:
        """Start the helpers for speech and sound, and make today's cues ready."""
        self._voice.configure(voice_settings(self._settings, self._shipped.language))
        self._voice.start()
        self._voice.prepare(self.sound.texts)
        self._prepare_cues()

    @property
    def check_due(self) -> bool:
        """Whether it has to be tried out, before the first session, that one hears and sees."""
        tried = self.demo or self._settings.heard_and_seen
        return not tried and self.between.first_session

    def _examined(self, doctor: Doctor) -> tuple[Finding, ...]:
        wanted = Wanted.SILENT if self.demo else Wanted(self._settings.voice_mode)
        return examine_open(doctor, self._home, self._voice, wanted)

    @cached_property
    def care(self) -> "DataCare":
        """Copies of the data, bringing sessions in, deleting everything."""
        from coach.app.data_care import DataCare

        return DataCare(
            self._store,
            self._shipped,
            self._home,
            self._clock,
            self._phrasing,
            self._profile.id,
            changed=self._came_in,
            forget=self._stop_starting,
        )

    def _came_in(self) -> None:
        """Sessions were brought in; with them this person may have got another pseudonym."""
        mine = (one for one in self._store.profiles() if one.id == self._profile.id)
        self._profile = next(mine, self._profile)
        self.between.session_closed()

    def _stop_starting(self) -> None:
        """Start with the computer no more. Raises KnownError when that cannot be changed."""
        entry = self.reminders.autostart
        if entry is not None and entry.on:
            entry.turn_off()

    def close(self) -> None:
        """End the helpers."""
        self._voice.close()

    # Plans and settings

    def plans(self) -> tuple[PlanChoice, ...]:
        """The ready-made plans, and the file in use if it is none of them."""
        return self._shelf.choices()

    def choose_plan(self, plan_id: str) -> None:
        """Use another plan from now on. Raises BadFile or KnownError when it cannot be used."""
        self._shelf.take(plan_id)
        self.change_setting("plan", plan_id)
        self._prepare_cues()

    def choose_side(self, side: Side | None) -> None:
        """The leg that one-sided exercises work; None leaves it to the plan."""
        self.change_setting("sore_side", side.value if side else "")

    def change_setting(self, name: str, value: object) -> None:
        """Change one setting and keep it. Raises ValueError for a value out of range.

        Where it cannot be kept it holds until the program ends. Another language is spoken by its
        usual voice until one of its own is chosen.
        """
        self._settings = self._settings.changed(**{name: value})
        if name == "language":
            self._settings = self._settings.changed(voice_id="")
        self._keep_settings()
        if name.startswith(("voice", "sound", "language")):
            self._voice.configure(voice_settings(self._settings, self._shipped.language))
        if name == "country":
            self._phrasing.emergency_number = self._emergency.words(self._settings.country)
            self._prepare_cues()

    def _keep_settings(self) -> None:
        """Write the settings; that they cannot be written is told once and noted."""
        before, self._not_kept = self._not_kept, ""
        try:
            self._settings_file.save(self._settings)
        except KnownError as error:
            self._not_kept = self.phrases.say("today.settings_not_kept", trouble=str(error))
        if self._not_kept == before:
            return
        others = tuple(note for note in self.notes if note != before)
        self.notes = (*others, self._not_kept) if self._not_kept else others
        if self._not_kept:
            self.told(self._not_kept)

    def library(self) -> "tuple[Entry, ...]":
        """Every exercise with all there is to say about it."""
        from coach.app.library import entries

        return entries(self._shipped)

    def history(self) -> "History":
        """What was played and answered so far by whoever is looked at."""
        from coach.app.history.history import History

        store, shipped, who = self._store, self._shipped, self.people.looked_at.id
        return History(store, shipped, self._phrasing, who, self._clock)

    def demonstrations(self) -> Demonstrations:
        """What is demonstrated besides the exercises."""
        return self._shipped.demonstrations

    def countries(self) -> Countries:
        """The countries whose emergency number is known, and the one assumed."""
        return self._emergency.countries()

    def export_offer(self) -> "ExportOffer":
        """The record as it can be taken away now."""
        from coach.app.export.exporting import Source
        from coach.app.export.offer import ExportOffer

        source = Source(
            self._store,
            self._shipped,
            self._home,
            self._clock.wall(),
            lambda: secrets.token_hex(4),
            self._draw_chart,
        )
        return ExportOffer(source, self.people.looked_at.id, self.people.all)

    # Sessions

    def today(self) -> TodayView:
        """What today's session is, and whether it may begin."""
        script = self._script()
        choosable = one_sided(self._shelf.plan, script)
        view = TodayView(
            plan_id=self._shelf.id,
            plan_title=self._shelf.plan.title,
            minutes=planned_minutes(script),
            steps=steps(script, self.phrases, legs=not choosable or self._side() is not None),
            why=(),
            side=self._side(),
            one_sided=choosable,
            lock=None,
            unfinished=None,
            full_check_in=True,
        )
        if self.demo:
            return replace(view, lock=self._lock())
        outlook = self.between.outlook()
        reasons, first = outlook.standing.reasons, self.between.first
        return replace(
            view,
            why=sentences(reasons, self._phrasing, self.between.day, first=first),
            lock=self._lock(),
            unfinished=self._cut_off.view(),
            full_check_in=outlook.full,
            advice=self.phrases.say("day.DAY-09") if outlook.advised else None,
            closed=self.between.closed_view(),
            ask=self.between.ask(),
            neck=self.between.neck_view(),
        )

    def begin(self) -> LiveSession:
        """Start today's session. Raises KnownError while a lock or an unfinished one stands."""
        self._refuse_if_locked()
        if not self.demo:
            self._refuse_if_closed()
        script = self._script(vary=True)
        wall = self._clock.wall()
        session = f"{datetime.fromisoformat(wall):%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"
        header = session_header(
            self._shipped,
            script,
            self._shelf.text,
            session=session,
            profile=self._profile.pseudonym,
            wall=wall,
            rules=() if self.demo else self.between.outlook().standing.rules,
            allowed=self.between.allowed(),
            demo=self.demo,
        )
        recorder = Recorder(wall=lambda _ms: self._clock.wall())
        first = recorder.header(header)
        if not self.demo:
            self._store.open_session(self._stored_header(session, wall), [entry(first)])
        return self._live(Run(script), recorder, self._keeper(session))

    def _lock(self) -> LockView | None:
        """What keeps sessions closed. A demonstration looks only at the locks that are kept."""
        return self.between.standing_lock() if self.demo else self.between.lock_view()

    def _refuse_if_locked(self) -> None:
        if self._lock() is not None:
            raise KnownError(self.phrases.say("lock.closed"))

    def _refuse_if_closed(self) -> None:
        if self._cut_off.session() is not None:
            raise KnownError(self.phrases.say("today.unfinished_first"))
        closed = self.between.closed_view()
        if closed is not None:
            raise KnownError(closed.text)
        if self.between.ask() is not None:
            raise KnownError(self.phrases.say("ask.first"))

    def resume_unfinished(self) -> LiveSession:
        """Go on where the session was cut off; it stands paused, as after any gap.

        Raises KnownError while a lock stands, when it was cut off so long ago that its check-in no
        longer counts, and when going on cannot be kept. One that stood at its own stop message
        shows it again.
        """
        header, run, recorder = self._cut_off.restored()
        if not isinstance(run.control.stage, Message):
            self._refuse_if_locked()
        if not self._cut_off.counts(header):
            raise KnownError(self.phrases.say("today.unfinished_old"))
        live = self._live(run, recorder, self._keeper(header.id))
        live.came_back(self._cut_off.away_ms(header))
        _raise_trouble(live)
        return live

    def finish_unfinished(self) -> None:
        """Close the session that was cut off as it stands, also when its log cannot be read.

        Raises KnownError when that cannot be kept.
        """
        try:
            header, run, recorder = self._cut_off.restored()
        except BadFile:
            self._cut_off.close_unread()
            self.between.session_closed()
            return
        live = self._live(run, recorder, self._keeper(header.id))
        live.give(Leave())
        if not live.closed:  # its check-in asks for a stop: the lock says so from now on
            live.give(Leave())
        _raise_trouble(live)

    # What the window asks for between sessions

    def unlock(self, assessment: Assessment) -> StillLocked | None:
        """Lift every lock that this assessment answers; why one stays, or None."""
        return self.between.unlock(assessment)

    def unlock_with_code(self, code: str) -> StillLocked | CodeAnswer | None:
        """Lift the locks with the physiotherapist's code; why they stay, or None."""
        return self.between.unlock_with_code(code)

    def answer_morning(self, asked: AskView, morning: Morning) -> None:
        """Keep what the morning that was asked about was like; what is None was not said."""
        self.between.answer_morning(asked, morning)

    def answer_ten_minutes(self, asked: AskView, answer: RestAnswer) -> None:
        """Keep how it was after the session that was asked about; what is None was not said."""
        self.between.answer_ten_minutes(asked, answer)

    def physio(self) -> PhysioView:
        """What the physiotherapist's code can allow."""
        return self.between.physio()

    def set_physio_code(self, code: str, old: str) -> CodeAnswer:
        """Set the code; old is the one so far, "" when there is none."""
        return self.between.set_physio_code(code, old)

    def allow(self, code: str, exercise_id: str) -> CodeAnswer:
        """Let an exercise go beyond its home limit."""
        return self.between.allow(code, exercise_id)

    def take_back(self, exercise_id: str) -> None:
        """Let an exercise keep to its home limit again."""
        self.between.take_back(exercise_id)

    def _live(self, run: Run, recorder: Recorder, keeper: SessionKeeper) -> LiveSession:
        questions = self._questions()
        self.sound.stop()
        self.sound.log.begin_session()
        self._voice.prepare(cues_of(run.script, self._phrasing, questions))
        speaking = Speaking(
            self._voice,
            self._phrasing,
            questions,
            lambda: self._settings.sound_offset_ms / 1000,
            self.sound.log.count_unspoken,
            first_use=not self.demo and self.between.first_session,
        )
        return LiveSession(
            run,
            recorder,
            keeper,
            self._clock,
            self._voice,
            self._phrasing,
            speaking,
            self._voice_clock,
        )

    def timeline(self) -> tuple[Stretch, ...]:
        """When every cue of today's sets is said, by what is known of their lengths so far."""
        script = self._script()
        clearance = Clearance(tags=script.tags)
        return timeline(script, clearance, self._phrasing, length_from(self._voice.durations))

    def _questions(self) -> dict[str, str]:
        return {question.id: question.text for question in self._shipped.screen}

    def _wishes(self) -> Wishes:
        side = self._side()
        return Wishes(self._shelf.plan, text_sha256(self._shelf.text), sore=side, side=side)

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
            closed=self.between.session_closed,
        )

    def _stored_header(self, session: str, wall: str) -> SessionHeader:
        return SessionHeader(
            id=session,
            profile=self._profile.id,
            plan_title=self._shelf.plan.title,
            plan_text=self._shelf.text,
            plan_sha256=text_sha256(self._shelf.text),
            engine_version=__version__,
            rules_sha256=self._shipped.rules_sha256,
            tz=str(datetime.fromisoformat(wall).tzinfo),
            started_wall=wall,
        )

    def _script(self, *, vary: bool = False) -> Script:
        """Today's script; ``vary`` asks the questions of a tier in another order (H22)."""
        side = self._side()
        outlook = None if self.demo else self.between.outlook()
        questions = self._shipped.questions(full=outlook is None or outlook.full)
        script = Script(
            self._shelf.plan,
            self._shipped.catalogue,
            varied(questions, self._shuffle if vary else as_written),
            self._shipped.after_set,
            sore=side,
            side=side,
            lead_in_ms=self._settings.lead_in_s * 1000,
        )
        if outlook is None:
            return script
        return replace(
            script,
            cleared=outlook.cleared,
            tags=outlook.tags,
            doses=outlook.standing.doses,
            withheld=outlook.standing.withheld,
            still_up=outlook.still_up,
        )

    def _side(self) -> Side | None:
        return Side(self._settings.sore_side) if self._settings.sore_side else None

    def _prepare_cues(self) -> None:
        self._voice.prepare(cues_of(self._script(), self._phrasing, self._questions()))

    def _find_profile(self, name: str) -> Profile:
        for profile in self._store.profiles():
            if profile.name == name:
                return profile
        pseudonym = f"p-{secrets.token_hex(4)}"
        if not self._store.profiles():
            # The name is lost with the data file; whose logs these are, they say themselves.
            pseudonym = sole_person(self._home, self._clock.wall()) or pseudonym
        made = Profile(secrets.token_hex(8), name, pseudonym)
        self._store.add_profile(made)
        return made


def _raise_trouble(live: LiveSession) -> None:
    if live.trouble is not None:
        raise KnownError(live.trouble)
