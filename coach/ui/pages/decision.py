"""After a set: what changes and why, the rest, and how it has settled."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from coach.app.session.session_view import SessionView
from coach.domain.action import Action
from coach.domain.decision import Decision
from coach.domain.rating import RestAnswer
from coach.engine.control import Recover, Rest, Settle
from coach.engine.inputs import RestReply
from coach.ui.desk import Desk
from coach.ui.keys import Asked, Command
from coach.ui.page import SessionPage
from coach.ui.parts import (
    Scroll,
    Switch,
    button,
    column,
    empty,
    frame,
    label,
    row,
    set_text,
    set_tone,
)
from coach.ui.ports import LiveSession
from coach.ui.session.action_bar import ActionBar
from coach.ui.session.changes import expected, lever_change
from coach.ui.session.moment import clock, next_text
from coach.ui.session.ring import Ring
from coach.ui.session.settle_questions import SettleQuestions
from coach.ui.tokens import Space

_TONES = {
    Action.CONTINUE: "good",
    Action.HOLD: "accent",
    Action.EASE1: "accent",
    Action.EASE2: "accent",
}


class DecisionPage(SessionPage):
    """Resting, asking whether it has settled, and the decision in words."""

    wants = SettleQuestions.wants | {Command.PAUSE, Command.STOP, Command.WRONG, Command.REPEAT}

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._checks: tuple[int, int, bool] | None = None
        self._early = False
        self._told: tuple[Decision, bool] | None = None
        self._caption = label("", "caption")
        self._headline = self.sized(label("", "headline"))
        self._answered = label("", "soft")
        self._reasons = column(spacing=Space.SMALL)
        self._levers = column(spacing=Space.SNUG)
        self._changes = label("", "caption")
        self._lever_card: QFrame = self._card()
        self._next = label("", "lead")
        self._ring = Ring(desk, smallest=200, largest=360)
        self._ring_words = label("", "soft", align=Qt.AlignmentFlag.AlignCenter)
        self._again = label(desk.say("ui.rating.again"), "", tone="warn")
        self.early_button = button(desk.say("ui.decision.settled"), self._answer_early, "primary")
        self.questions = SettleQuestions(desk)
        self.sized(self.questions.heading)
        self.questions.answered.connect(self._settled)
        self._switch = Switch()
        self._resting, self._asking = self._rest_screen(), self._ask_screen()
        for screen in (self._resting, self._asking):
            self._switch.add(screen)
        whole = column(margin=Space.WIDE)
        whole.addWidget(self._switch, 1)
        self.bar = ActionBar(desk, (Command.PAUSE, Command.STOP, Command.WRONG))
        whole.addWidget(self.bar)
        self.setLayout(whole)

    def _card(self) -> QFrame:
        inside = column(margin=Space.WIDE, spacing=Space.SNUG)
        inside.addWidget(self._changes)
        inside.addLayout(self._levers)
        return frame("card", inside)

    def _rest_screen(self) -> QWidget:
        words = column(spacing=Space.BASE)
        words.addStretch(1)
        words.addWidget(self._caption)
        words.addWidget(self._headline)
        words.addWidget(self._answered)
        words.addLayout(self._reasons)
        words.addSpacing(Space.SMALL)
        words.addWidget(self._lever_card)
        words.addWidget(self._next)
        words.addStretch(2)
        scroll = Scroll(words, widest=640, share=0.9, scale=lambda: self._desk.scale)
        clock_side = column(margin=Space.WIDE, spacing=Space.BASE)
        clock_side.addStretch(1)
        clock_side.addWidget(self._ring, 8)
        clock_side.addWidget(self._ring_words)
        clock_side.addStretch(1)
        clock_side.addWidget(self.early_button)
        self._clock_card = frame("card", clock_side)
        across = row(spacing=Space.WIDE)
        across.addWidget(scroll, 3)
        across.addWidget(self._clock_card, 2)
        made = QWidget()
        made.setLayout(across)
        return made

    def _ask_screen(self) -> QWidget:
        content = column(spacing=Space.BASE)
        content.addStretch(1)
        content.addWidget(label(self._desk.say("ui.decision.how_now"), "caption"))
        content.addWidget(self._again)
        content.addWidget(self.questions)
        content.addStretch(3)
        return Scroll(content, widest=960, share=0.6, scale=lambda: self._desk.scale)

    @property
    def title(self) -> str:
        """The decision, or the question being asked."""
        if self._switch.current is self._asking:
            return self.questions.question
        return self._headline.text()

    def enter(self) -> None:
        """A choice that was waiting when the page was left waits anew."""
        self.questions.wait_again()

    def obey(self, asked: Asked) -> bool:
        """A digit answers early while resting; Right opens the question."""
        if asked.command is Command.GO:
            return self.press_focused()
        if self._switch.current is self._asking:
            if asked.command is Command.PAUSE:
                return self.press_focused() or True
            return self.questions.obey(asked)
        if asked.command is Command.RATE and not self.early_button.isHidden():
            self._answer_early()
            return self.questions.obey(asked)
        if asked.command is Command.NEXT and not self.early_button.isHidden():
            self._answer_early()
            return True
        return False

    def show_session(self, view: SessionView, _session: LiveSession) -> None:
        """The decision, the clock of the rest, and the question when it is due."""
        stage = view.stage
        self._open_question(view)
        if view.decision is not None and self._told != (view.decision, view.decision_final):
            self._told = (view.decision, view.decision_final)
            self._tell(view, view.decision)
        resting = isinstance(stage, Rest | Recover)
        if resting:
            total = view.elapsed_ms + (view.left_ms or 0)
            share = (view.left_ms or 0) / total if total else 0.0
            self._ring.show_share(share, clock(view.left_ms or 0), "", "phase_rest")
        open_question = isinstance(stage, Rest) and view.decision is not None
        self.early_button.setVisible(open_question)
        self.bar.buttons[Command.PAUSE].setVisible(isinstance(stage, Recover))
        key = "ui.decision.until_question" if isinstance(stage, Rest) else "ui.decision.until_next"
        set_text(self._ring_words, self._desk.say(key))
        asking = isinstance(stage, Settle) or (isinstance(stage, Rest) and self._early)
        self._again.setVisible(isinstance(stage, Settle) and stage.again)
        screen = self._asking if asking else self._resting
        if self._switch.current is not screen:
            self._switch.show_only(screen)
        if asking:
            self.questions.show_session(view)

    def _open_question(self, view: SessionView) -> None:
        """Start the question afresh for every settle check of every set."""
        record = view.ledger.sets[-1] if view.ledger.sets else None
        if record is None:
            return
        checks = (record.n, len(record.checks), view.decision_final)
        if checks != self._checks:
            self._checks = checks
            self._early = False
            self.questions.begin()

    def _tell(self, view: SessionView, decision: Decision) -> None:
        desk = self._desk
        first, *others = [desk.words(phrase) for phrase in decision.words] or [""]
        set_text(self._headline, first)
        set_tone(self._headline, _TONES.get(decision.action, "warn"))
        final = view.decision_final
        set_text(self._caption, desk.say(f"ui.decision.{'final' if final else 'so_far'}"))
        if view.answers is not None and view.answers.complete:
            given = {"tingling": str(view.answers.tingling), "pain": str(view.answers.pain)}
            set_text(self._answered, desk.say("ui.decision.answered", **given))
        empty(self._reasons)
        for text in others:
            self._reasons.addWidget(label(text, "lead"))
        self._show_levers(view, decision)
        following = next_text(desk, view)
        set_text(self._next, following)
        self._next.setVisible(bool(following) and final)

    def _show_levers(self, view: SessionView, decision: Decision) -> None:
        empty(self._levers)
        before, after = view.ledger.sets[-1].dose, view.dose
        if not view.decision_final and view.exercise is not None:
            after = expected(before, decision.levers, view.exercise)
        for step in decision.levers:
            change = after and lever_change(self._desk, step.lever, before, after)
            if change:
                self._levers.addWidget(self._change_line(*change))
        later = any(phrase.key == "decision.last_set" for phrase in decision.words)
        key = "what_changes_later" if later else "what_changes"
        set_text(self._changes, self._desk.say(f"ui.decision.{key}"))
        self._lever_card.setVisible(self._levers.count() > 0)

    def _change_line(self, before: str, after: str) -> QLabel:
        return label(f"{before}   →   {after}", "lead")

    def _answer_early(self) -> None:
        self._early = True
        self._desk.read_aloud("ask.settle")
        self._switch.show_only(self._asking)

    def _settled(self, answer: RestAnswer) -> None:
        self._early = False
        # How long it took is read from the session's clock when the answer is taken.
        if self._desk.give(RestReply(answer, waited_s=0)) is not None:
            self.questions.begin()
