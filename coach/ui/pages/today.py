"""Today: one start, why this session, and what it holds."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from coach.app.daily.today import (
    AskView,
    ClosedView,
    LockView,
    TodayStep,
    TodayView,
    UnfinishedView,
)
from coach.domain.side import Side
from coach.formats.bad_file import BadFile
from coach.store.errors import KnownError
from coach.ui.desk import Desk
from coach.ui.keys import Asked, Command
from coach.ui.list_field import ListField
from coach.ui.page import Page
from coach.ui.parts import Scroll, Toggle, button, column, forget_focus, frame, label, row
from coach.ui.session.later_questions import LaterQuestions
from coach.ui.tokens import Space
from coach.ui.unlock_form import UnlockForm


@dataclass(frozen=True, eq=False)
class TodayActions:
    """What the buttons of this page do."""

    begin: Callable[[], object]
    resume: Callable[[], object]
    finish: Callable[[], object]
    reopen: Callable[[], object]


class TodayPage(Page):
    """Built anew from a :class:`TodayView` each time it is opened."""

    scrolls = True

    def __init__(self, desk: Desk, actions: TodayActions) -> None:
        super().__init__(desk)
        self._actions = actions
        self._content: QWidget | None = None
        self._layout = column()
        self.setLayout(self._layout)
        self._headline = ""
        self._default: Callable[[], object] | None = None
        self.questions: LaterQuestions | None = None
        self.side_buttons: dict[Side, Toggle] = {}

    @property
    def title(self) -> str:
        """The plan of today."""
        return self._headline

    def enter(self) -> None:
        """Ask what today is, and show it."""
        self._show(*self._desk.coach.notes)

    def tell(self, trouble: str) -> None:
        """Show why something could not be done, in the words of the error."""
        self._show(*self._desk.coach.notes, trouble)

    def _show(self, *notes: str) -> None:
        """Show today and these notes; where it cannot be known, why, and a way to try again."""
        self._default = None
        try:
            content = self._build(self._desk.coach.today(), *notes)
        except KnownError as error:
            content = self._unknown(*notes, str(error))
        self._put_up(content)
        self.wants_changed.emit()

    def obey(self, asked: Asked) -> bool:
        """Enter presses what has the focus, else does the one thing this page is for.

        While something is asked, the keys answer it.
        """
        if asked.command is Command.GO and (self.press_focused() or self._fills_in()):
            return True
        if self.questions is not None:
            return self.questions.obey(asked)
        if asked.command is not Command.GO:
            return False
        if self._default is not None:
            self._default()
        return True

    def _fills_in(self) -> bool:
        """Whether something is being filled in: Enter there is no wish to begin."""
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def _put_up(self, content: QVBoxLayout) -> None:
        """Show this in place of what was there. A question that is still asked has moved to it."""
        before = self._content
        if before is not None:
            forget_focus(before)
        content.addWidget(label(self._desk.say("notice.stop_signs"), "caption"))
        content.addStretch(1)
        self._content = Scroll(content, widest=820, scale=lambda: self._desk.scale)
        self._layout.addWidget(self._content)
        if before is not None:
            before.hide()
            before.deleteLater()

    def _unknown(self, *notes: str) -> QVBoxLayout:
        self.questions = None
        self.wants = frozenset({Command.GO})
        self._headline = self._desk.say("ui.today.title")
        content = column(spacing=Space.WIDE)
        content.addWidget(label(self._headline, "headline"))
        self._note(content, notes)
        again = button(
            self._desk.with_key("ui.today.again", Command.GO),
            self._actions.reopen,
            "primary",
            name=self._desk.say("ui.today.again"),
        )
        self._default = again.click
        content.addWidget(again, 0, Qt.AlignmentFlag.AlignLeft)
        return content

    def _note(self, content: QVBoxLayout, notes: Iterable[str]) -> None:
        for note in notes:
            inside = column(margin=Space.BASE)
            inside.addWidget(label(note))
            content.addWidget(frame("banner", inside, tone="warn"))

    def _build(self, today: TodayView, *notes: str) -> QVBoxLayout:
        self._headline = today.plan_title
        content = column(spacing=Space.WIDE)
        content.addLayout(self._top(today))
        self._note(content, notes)
        if today.ask is None:
            self.questions = None
            self.wants = frozenset({Command.GO})
        else:
            self.wants = LaterQuestions.wants
            content.addWidget(self._ask_card(today.ask))
        if today.advice is not None:
            content.addWidget(self._advice_card(today.advice))
        if today.lock is not None:
            content.addWidget(self._lock_card(today.lock))
        elif today.ask is not None:
            pass  # the questions come before anything may begin
        elif today.unfinished is not None:
            content.addWidget(self._unfinished_card(today.unfinished))
        elif today.closed is not None:
            content.addWidget(self._closed_card(today.closed, today.why))
        else:
            content.addWidget(self._start_card(today))
        if today.neck is not None and today.lock is None:
            content.addWidget(self._lock_card(today.neck, tone="warn"))
        content.addWidget(self._steps_card(today))
        return content

    def _top(self, today: TodayView) -> QHBoxLayout:
        words = column(spacing=Space.HAIR)
        words.addWidget(label(self._desk.say("ui.today.title"), "caption"))
        words.addWidget(label(today.plan_title, "headline"))
        across = row(spacing=Space.BASE)
        across.addLayout(words, 1)
        across.addWidget(self._chooser(today.plan_id), 0, Qt.AlignmentFlag.AlignBottom)
        return across

    def _chooser(self, chosen: str) -> ListField:
        made = ListField()
        made.setAccessibleName(self._desk.say("ui.today.choose_plan"))
        made.setSizeAdjustPolicy(ListField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMinimumContentsLength(14)
        for plan in self._desk.coach.plans():
            made.addItem(plan.title, plan.id)
        made.setCurrentIndex(made.findData(chosen))
        made.activated.connect(lambda place: self._choose(made.itemData(place)))
        return made

    def _choose(self, plan_id: str) -> None:
        try:
            self._desk.coach.choose_plan(plan_id)
        except (BadFile, KnownError) as error:
            self.tell(str(error))
        else:
            self.enter()

    def _side_row(self, chosen: Side | None) -> QHBoxLayout:
        across = row(spacing=Space.SMALL)
        across.addWidget(label(self._desk.say("ui.today.side"), "soft"), 1)
        for side in Side:
            made = Toggle(self._desk.say(f"ui.side.{side}"))
            made.setChecked(side is chosen)
            made.clicked.connect(lambda _on, side=side: self._choose_side(side))
            self.side_buttons[side] = made
            across.addWidget(made)
        return across

    def _choose_side(self, side: Side) -> None:
        self._desk.coach.choose_side(side)
        self.enter()

    def _start_card(self, today: TodayView) -> QFrame:
        desk = self._desk
        inside = column(margin=Space.ROOMY, spacing=Space.WIDE)
        inside.addLayout(self._reasons(today.why))
        start = button(
            desk.with_key("ui.today.start", Command.GO),
            self._actions.begin,
            "primary",
            name=desk.say("ui.today.start"),
        )
        start.setProperty("grade", "big")
        self._default = start.click
        if today.one_sided:
            inside.addLayout(self._side_row(today.side))
            if today.side is None:
                start.setEnabled(False)
                self._default = self.side_buttons[Side.LEFT].setFocus
                inside.addWidget(label(desk.say("ui.today.side_first"), tone="accent"))
        across = row(spacing=Space.WIDE)
        across.addWidget(start)
        minutes = column(spacing=0)
        minutes.addWidget(label(desk.say("ui.today.minutes", minutes=today.minutes), "title"))
        key = "ui.today.full_check_in" if today.full_check_in else "ui.today.short_check_in"
        minutes.addWidget(label(desk.say(key), "caption"))
        across.addLayout(minutes, 1)
        inside.addLayout(across)
        return frame("card", inside)

    def _reasons(self, why: tuple[str, ...]) -> QVBoxLayout:
        """The first sentence leads; each one stands on a line of its own."""
        lines = column(spacing=Space.HAIR)
        for place, sentence in enumerate(why):
            lines.addWidget(label(sentence, "soft" if place else "lead"))
        return lines

    def _ask_card(self, asked: AskView) -> QFrame:
        if self.questions is None:
            self.questions = LaterQuestions(self._desk)
            self.questions.finished.connect(self._actions.reopen)
        self.questions.ask(asked)
        inside = column(margin=Space.ROOMY, spacing=Space.SMALL)
        inside.addWidget(label(self._desk.say(f"ui.later.{asked.kind}"), "title"))
        inside.addWidget(self.questions)
        return frame("card", inside)

    def _advice_card(self, advice: str) -> QFrame:
        inside = column(margin=Space.WIDE, spacing=Space.HAIR)
        inside.addWidget(label(self._desk.say("ui.today.advice"), "title"))
        inside.addWidget(label(advice, "lead"))
        return frame("banner", inside, tone="warn")

    def _closed_card(self, closed: ClosedView, why: tuple[str, ...]) -> QFrame:
        inside = column(margin=Space.ROOMY, spacing=Space.SNUG)
        inside.addWidget(label(closed.title, "headline"))
        inside.addWidget(label(closed.text, "lead"))
        inside.addWidget(label(closed.opens, "title"))
        inside.addLayout(self._reasons(why))
        return frame("card", inside)

    def _lock_card(self, lock: LockView, tone: str = "danger") -> QFrame:
        inside = column(margin=Space.ROOMY, spacing=Space.SNUG)
        inside.addWidget(label(lock.title, "headline", tone=tone))
        inside.addWidget(label(lock.text, "lead"))
        if lock.reason:
            inside.addWidget(label(lock.reason))
        inside.addWidget(label(lock.opens))
        if lock.may_open:
            inside.addWidget(UnlockForm(self._desk, lock.days, self._actions.reopen))
        return frame("banner", inside, tone=tone)

    def _unfinished_card(self, unfinished: UnfinishedView) -> QFrame:
        desk = self._desk
        inside = column(margin=Space.ROOMY, spacing=Space.BASE)
        inside.addWidget(label(desk.say("ui.today.unfinished"), "title"))
        said = desk.say(
            "ui.today.unfinished_text", when=unfinished.started_wall, sets=unfinished.sets_done
        )
        inside.addWidget(label(said))
        across = row()
        if unfinished.resumable:
            resume = button(
                desk.with_key("ui.today.resume", Command.GO),
                self._actions.resume,
                "primary",
                name=desk.say("ui.today.resume"),
            )
            self._default = resume.click
            across.addWidget(resume)
        else:
            inside.addWidget(label(desk.say("today.unfinished_old")))
        finish = button(desk.say("ui.today.finish"), self._actions.finish)
        across.addWidget(finish)
        across.addStretch(1)
        inside.addLayout(across)
        return frame("banner", inside)

    def _steps_card(self, today: TodayView) -> QFrame:
        inside = column(margin=Space.ROOMY, spacing=Space.SNUG)
        inside.addWidget(label(self._desk.say("ui.today.steps"), "caption"))
        for place, step in enumerate(today.steps):
            if place:
                line = frame("line", column())
                line.setFixedHeight(1)
                inside.addWidget(line)
            inside.addLayout(self._step_line(step))
        return frame("card", inside)

    def _step_line(self, step: TodayStep) -> QHBoxLayout:
        words = column(spacing=0)
        words.addWidget(label(step.exercise_name, "lead"))
        level = step.level and self._desk.say(f"ui.level.{step.level}")
        under = "  ·  ".join(part for part in (step.side_label, level) if part)
        if under:
            words.addWidget(label(under, "caption"))
        across = row(spacing=Space.BASE)
        across.addLayout(words, 1)
        dose = label(step.dose_text, "soft", wrap=False)
        across.addWidget(dose, 0, Qt.AlignmentFlag.AlignVCenter)
        return across
