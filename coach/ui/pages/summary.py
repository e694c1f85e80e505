"""The end of a session: what was done, how it felt, what the coach did, and resting well."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel

from coach.app.daily.today import Ask, AskView, TodayView
from coach.app.session.check_in_words import left_out
from coach.app.session.session_view import SessionView
from coach.domain.action import Action
from coach.domain.outcome import Outcome
from coach.domain.rating import RestAnswer
from coach.engine.control import TenMinutes
from coach.engine.decide import outcome_message
from coach.engine.inputs import RestReply
from coach.engine.ledger import Ledger, SetRecord
from coach.store.errors import KnownError
from coach.ui.announce import announce
from coach.ui.desk import Desk
from coach.ui.keys import Asked, Command
from coach.ui.page import SessionPage
from coach.ui.parts import Scroll, button, column, empty, frame, label, set_text, set_tone
from coach.ui.ports import LiveSession
from coach.ui.session.action_bar import ActionBar
from coach.ui.session.later_questions import LaterQuestions
from coach.ui.session.moment import clock
from coach.ui.session.settle_questions import SettleQuestions
from coach.ui.tokens import Space

_COLUMNS = ("set", "exercise", "done", "tingling", "pain", "coach")
_TONES = {
    Outcome.COMPLETED: "good",
    Outcome.ENDED: "accent",
    Outcome.URGENT: "danger",
    Outcome.EMERGENCY: "danger",
}


def _asked_after(ledger: Ledger | None) -> bool:
    """Whether this session is one that is asked about afterwards."""
    if ledger is None or ledger.outcome is None:
        return False
    return ledger.outcome.asked_afterwards(played=bool(ledger.sets))


class SummaryPage(SessionPage):
    """Also the page on which the ten-minute question waits and is asked.

    Within the session it is the session's own question; after it, it comes from today.
    """

    wants = (
        SettleQuestions.wants | LaterQuestions.wants | {Command.PAUSE, Command.STOP, Command.WRONG}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._shown: Ledger | None = None
        self._asked = False
        self._later: AskView | None = None
        self._session: LiveSession | None = None
        self._asked_once = self._next_day = False
        self._headline = self.sized(label("", "headline"))
        self._why = label("", "lead")
        self._wait = label("", "lead")
        self._message = label("", "lead")
        self.reason = label("")
        self.questions = SettleQuestions(desk)
        self.sized(self.questions.heading)
        self.questions.answered.connect(self._answered)
        self.later = LaterQuestions(desk)
        self.later.finished.connect(self._later_answered)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(Space.WIDE)
        self._grid.setVerticalSpacing(Space.SNUG)
        self._grid.setColumnStretch(1, 3)
        self._grid.setColumnStretch(len(_COLUMNS) - 1, 4)
        self._left_out = label("", "soft")
        self._unspoken = label("", "soft")
        self.done_button = button(
            desk.say("ui.summary.done_button"), lambda: desk.ask(Asked(Command.LEAVE)), "primary"
        )
        self._lay_out()

    def _lay_out(self) -> None:
        table = column(margin=Space.WIDE)
        table.addLayout(self._grid)
        self._table = frame("card", table)
        tips = column(margin=Space.WIDE, spacing=Space.SMALL)
        tips.addWidget(label(self._desk.say("ui.summary.tips_title"), "title"))
        for key in ("legs", "walk", "stop_signs"):
            tips.addWidget(label(self._desk.say(f"ui.summary.tip_{key}")))
        content = column(spacing=Space.WIDE)
        content.addWidget(self.questions)
        asking = column(margin=Space.WIDE)
        asking.addWidget(self.later)
        self._later_card = frame("card", asking)
        content.addWidget(self._later_card)
        content.addWidget(self._headline)
        content.addWidget(self._why)
        content.addWidget(self._message)
        content.addWidget(self.reason)
        content.addWidget(self._wait)
        self.bar = ActionBar(self._desk, (Command.STOP, Command.WRONG))
        content.addWidget(self._table)
        content.addWidget(self._left_out)
        content.addWidget(self._unspoken)
        self._tips = frame("card", tips)
        content.addWidget(self._tips)
        content.addWidget(self.done_button, 0, Qt.AlignmentFlag.AlignLeft)
        content.addStretch(1)
        whole = column(margin=Space.WIDE)
        whole.addWidget(Scroll(content, widest=980, scale=lambda: self._desk.scale), 1)
        whole.addWidget(self.bar)
        self.setLayout(whole)

    @property
    def title(self) -> str:
        """How the session ended."""
        return self._headline.text()

    @property
    def waits(self) -> bool:
        """Until the ten-minute question has come and was answered or left out."""
        return _asked_after(self._shown) and not self._asked_once

    def enter(self) -> None:
        """A choice that was waiting when the page was left waits anew."""
        self.questions.wait_again()

    def obey(self, asked: Asked) -> bool:
        """Enter leaves a session that is over; while the question waits the keys answer it."""
        if self._asked:
            if asked.command in (Command.GO, Command.PAUSE):
                return self.press_focused() or True
            return self.questions.obey(asked)
        if self._later is not None:
            if asked.command is Command.PAUSE:
                return self.press_focused() or True
            if asked.command is Command.GO and self.press_focused():
                return True
            return self.later.obey(asked)
        if asked.command in (Command.GO, Command.PAUSE) and self.done_button.isVisible():
            self.done_button.click()
            return True
        return False

    def show_session(self, view: SessionView, session: LiveSession) -> None:
        """The table, and the ten-minute question while the session still waits for it."""
        stage = view.stage
        if session is not self._session:
            self._session, self._later = session, None
            self._asked_once = self._next_day = False
        self._asked = isinstance(stage, TenMinutes) and stage.asking
        self._asked_once = self._asked_once or self._asked
        if self._asked and self.questions.isHidden():
            self.questions.begin()
        self.questions.setVisible(self._asked)
        waiting = isinstance(stage, TenMinutes) and not stage.asking
        if waiting:
            left = clock(view.left_ms or 0)
            set_text(self._wait, self._desk.say("ui.summary.ten_minutes", left=left))
        self._wait.setVisible(waiting)
        self.done_button.setVisible(not isinstance(stage, TenMinutes))
        self.bar.setVisible(isinstance(stage, TenMinutes))
        if view.ledger is not self._shown:
            self._shown = view.ledger
            self._fill(view.ledger)
            why = self._desk.coach.stop_reason(view.ledger, session.told)
            set_text(self.reason, why)
            self.reason.setVisible(bool(why))
        self._show_why(session)
        unspoken = self._desk.coach.sound.unspoken()
        set_text(self._unspoken, "\n".join(unspoken))
        self._unspoken.setVisible(bool(unspoken))
        if self._asked:
            self.questions.show_session(view)
        if session.closed:
            self._look_for_question()

    def _show_why(self, session: LiveSession) -> None:
        """Why it is over by itself, and what is not saved yet."""
        lapsed = session.lapsed and not self._message.isVisibleTo(self)
        reasons = [self._desk.say("ui.summary.lapsed")] if lapsed else []
        if session.trouble:
            reasons.append(session.trouble)
        set_text(self._why, "\n".join(reasons))
        self._why.setVisible(bool(reasons))

    def _look_for_question(self) -> None:
        """Say that the ten-minute question is to come, and ask it once it is due."""
        if self.waits and not (self._later is not None and self.later.begun):
            self._take_up(self._today())
        self._later_card.setVisible(self._later is not None)
        comes = _asked_after(self._shown) and self._later is None
        self._wait.setVisible(comes and not self._next_day)
        key = "ui.later.to_come" if self.waits else "ui.later.tomorrow"
        set_text(self._wait, self._desk.say(key))

    def _today(self) -> TodayView | None:
        """What today is; None while that cannot be known, which the page of today then tells."""
        try:
            return self._desk.coach.today()
        except KnownError:
            return None

    def _take_up(self, today: TodayView | None) -> None:
        """Ask what is due. A question whose time is over stays: its answer still counts.

        Once the next morning is to be asked about, that is for the page of today.
        """
        due = None if today is None else today.ask
        if due is None or due == self._later:
            return
        if due.kind is Ask.TEN_MINUTES:
            self._later = due
            self.later.ask(due)
        else:
            self._later = None
            self._asked_once = self._next_day = True

    def _later_answered(self) -> None:
        self._later, self._asked_once = None, True
        today = self._today()
        if today is not None and today.lock is not None:
            self._tell(today.lock.text)
            announce(self, today.lock.text)
        self._look_for_question()

    def _fill(self, ledger: Ledger) -> None:
        outcome = ledger.outcome
        key = f"outcome.{outcome}" if outcome else "tier.end_session"
        set_text(self._headline, self._desk.say(key))
        set_tone(self._headline, _TONES.get(outcome, "warn") if outcome else "accent")
        empty(self._grid)
        self._table.setVisible(bool(ledger.sets))
        message = outcome_message(outcome)
        self._tell("" if message is None else self._desk.words(message))
        for place, name in enumerate(_COLUMNS):
            self._grid.addWidget(label(self._desk.say(f"ui.summary.{name}"), "caption"), 0, place)
        for line, record in enumerate(ledger.sets, start=1):
            for place, cell in enumerate(self._cells(record)):
                self._grid.addWidget(cell, line, place, Qt.AlignmentFlag.AlignTop)
        left = left_out(self._desk.coach.phrases, ledger)
        set_text(self._left_out, "\n".join(left))
        self._left_out.setVisible(bool(left))

    def _tell(self, message: str) -> None:
        """Whoever is sent for help is told so once more, and not how to rest."""
        set_text(self._message, message)
        self._message.setVisible(bool(message))
        self._tips.setVisible(not message)

    def _cells(self, record: SetRecord) -> list[QLabel]:
        desk, answers = self._desk, record.answers
        none = desk.say("ui.summary.not_answered")
        name = desk.say(f"{record.dose.exercise}.name")
        side = f", {desk.say(f'side.{record.side}')}" if record.side else ""
        level = desk.say(f"ui.level.{record.dose.level}")
        ratings = (None, None) if answers is None else (answers.tingling, answers.pain)
        tingling, pain = (none if rating is None else str(rating) for rating in ratings)
        decision = record.decision
        action = decision.action if decision else None
        did = desk.say(f"action.{Action(action).name.lower()}") if action is not None else none
        done = desk.say("ui.summary.reps", n=record.reps_done, m=record.dose.reps)
        exercise = f"{name}{side}\n{level}"
        cells = [label(text) for text in (str(record.n), exercise, done, tingling, pain, did)]
        for cell in cells[3:5]:
            cell.setProperty("role", "title")
        return cells

    def _answered(self, answer: RestAnswer) -> None:
        if self._desk.give(RestReply(answer, waited_s=0)) is not None:
            self.questions.begin()
