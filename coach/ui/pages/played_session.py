"""A session's own page: what happened when, every rating and rule, and whether the record holds."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from coach.app.history.history import History
from coach.app.history.played_view import Correctable, Entry, PlayedView, Tone
from coach.domain.rating import Rating
from coach.store.errors import KnownError
from coach.ui.announce import announce
from coach.ui.correction_form import CorrectionForm
from coach.ui.desk import Desk
from coach.ui.in_view import bring_into_view
from coach.ui.keys import Asked, Command
from coach.ui.page import Page
from coach.ui.parts import Scroll, button, column, empty, frame, label, row, set_text, set_tone
from coach.ui.tokens import Space, Type

_WIDEST = 860
_TIME_WIDTH, _RAIL_WIDTH = 62, 26
"""Pixels at 100 % text."""

_DOTS = {Tone.PLAIN: "edge", Tone.RATED: "accent", Tone.STOP: "warn"}


class Rail(QWidget):
    """The line along a timeline, with a dot for an entry: a square one where something stopped."""

    def __init__(self, desk: Desk, tone: Tone, *, first: bool, last: bool) -> None:
        super().__init__()
        self._desk, self._tone = desk, tone
        self._first, self._last = first, last
        self.setFixedWidth(round(_RAIL_WIDTH * desk.scale))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The line and the dot."""
        theme, scale = self._desk.theme, self._desk.scale
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QPointF(self.width() / 2, Type.BODY * scale * 0.75)
        painter.setPen(QPen(QColor(theme.border), 2 * scale))
        top = middle.y() if self._first else 0.0
        bottom = middle.y() if self._last else float(self.height())
        painter.drawLine(QPointF(middle.x(), top), QPointF(middle.x(), bottom))
        colour = QColor(getattr(theme, _DOTS[self._tone]))
        half = 5.5 * scale
        painter.setPen(QPen(colour, 2 * scale))
        painter.setBrush(QColor(theme.window) if self._tone is Tone.PLAIN else colour)
        if self._tone is Tone.STOP:
            painter.drawRect(QRectF(middle.x() - half, middle.y() - half, 2 * half, 2 * half))
        else:
            painter.drawEllipse(middle, half, half)
        painter.end()


class PlayedSessionPage(Page):
    """One session that was played."""

    scrolls = True

    def __init__(self, desk: Desk, back: Callable[[], object]) -> None:
        super().__init__(desk)
        self._back = back
        self._history: History = desk.coach.history()
        self._session = ""
        self.view: PlayedView | None = None
        say = desk.say
        self.back_button = button(say("ui.played.back"), back, "quiet")
        self._headline = label("", "headline")
        self._facts = label("", "soft")
        self.whose = label("", "lead")
        self._outcome = label("", "lead")
        self.seal = label("")
        self._fingerprint = label("", "caption")
        self._fingerprint.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        inside = column(margin=Space.BASE, spacing=Space.HAIR)
        inside.addWidget(self.seal)
        inside.addWidget(self._fingerprint)
        self.banner = frame("banner", inside)
        self._timeline = column(spacing=0)
        self.corrections = column(spacing=Space.SMALL)
        self.kept = label("", tone="good")
        self.correct_button = button(say("ui.correct.open"), self.open_form)
        self.form = CorrectionForm(desk, self._keep, self.close_form)
        content = column(spacing=Space.BASE)
        content.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignLeft)
        content.addWidget(self._headline)
        content.addWidget(self.whose)
        content.addWidget(self._outcome)
        content.addWidget(self._facts)
        self._alarm = column(spacing=0)
        content.addLayout(self._alarm)
        content.addLayout(self._timeline)
        content.addLayout(self.corrections)
        content.addWidget(self.kept)
        content.addWidget(self.correct_button, 0, Qt.AlignmentFlag.AlignLeft)
        content.addWidget(self.form)
        self._quiet = column(spacing=0)
        content.addLayout(self._quiet)
        content.addStretch(1)
        whole = column()
        self._scroll = Scroll(content, widest=_WIDEST, scale=lambda: desk.scale)
        whole.addWidget(self._scroll)
        self.setLayout(whole)

    @property
    def title(self) -> str:
        """When the session was."""
        return self._headline.text()

    def obey(self, asked: Asked) -> bool:
        """Esc closes a correction that was begun, and else leads back to the history."""
        if asked.command is Command.LEAVE:
            if self.form.isHidden():
                self._back()
            else:
                self.close_form()
            return True
        return super().obey(asked)

    def show_session(self, session_id: str) -> None:
        """Show a session from its beginning."""
        self._session = session_id
        person = self._desk.coach.people.looked_at
        set_text(self.whose, self._desk.say("ui.people.looked_at", name=person.name))
        self.whose.setHidden(person.mine)
        self.kept.hide()
        self._show_again()
        self.close_form()
        self._scroll.verticalScrollBar().setValue(0)

    def open_form(self) -> None:
        """Begin a correction."""
        if self.view is None:
            return
        self.kept.hide()
        self.form.start(self.view.answers)
        self.form.show()
        self.correct_button.hide()
        self.form.which.setFocus()
        bring_into_view(self.form)

    def close_form(self) -> None:
        """Leave everything as it is; the focus goes back to where the form was opened."""
        self.correct_button.setVisible(self.view is not None and bool(self.view.answers))
        focused = QApplication.focusWidget()
        if focused is not None and self.form.isAncestorOf(focused):
            self.correct_button.setFocus()
        self.form.hide()

    def _keep(self, answer: Correctable, value: Rating | None, reason: str) -> None:
        try:
            self._history.correct(self._session, answer, value, reason)
        except (KnownError, ValueError) as error:
            set_text(self.form.trouble, str(error))
            self.form.trouble.show()
            return
        self._show_again()
        self.close_form()
        set_text(self.kept, self._desk.say("ui.correct.kept"))
        self.kept.show()
        bring_into_view(self.kept)
        announce(self, self.kept.text())

    def _show_again(self) -> None:
        empty(self._timeline)
        empty(self.corrections)
        try:
            view = self._history.session(self._session)
        except KnownError as error:
            view = None
            self._nothing(self._desk.say("ui.played.damaged", trouble=str(error)))
        else:
            if view is None:
                self._nothing(self._desk.say("ui.played.gone"))
        self.view = view
        if view is None:
            return
        set_text(self._headline, view.title)
        set_text(self._facts, view.facts)
        set_text(self._outcome, view.outcome)
        self._show_seal(view)
        for n, entry in enumerate(view.entries):
            last = n == len(view.entries) - 1
            self._timeline.addWidget(self._entry(entry, first=n == 0, last=last))
        for text in view.corrections:
            inside = column(margin=Space.SNUG)
            inside.addWidget(label(text))
            self.corrections.addWidget(frame("panel", inside))

    def _nothing(self, told: str) -> None:
        set_text(self._headline, told)
        for shown in (self._facts, self._outcome):
            set_text(shown, "")
        self.banner.hide()

    def _show_seal(self, view: PlayedView) -> None:
        """Quietly at the end when the record holds, at the top in a banner when it does not."""
        set_text(self.seal, view.seal.text)
        set_text(self._fingerprint, view.seal.fingerprint)
        set_tone(self.banner, "good" if view.seal.holds else "danger")
        (self._quiet if view.seal.holds else self._alarm).addWidget(self.banner)
        self.banner.show()

    def _entry(self, entry: Entry, *, first: bool, last: bool) -> QWidget:
        time = label(entry.when, "soft", wrap=False)
        time.setFixedWidth(round(_TIME_WIDTH * self._desk.scale))
        time.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        words = column(spacing=Space.HAIR)
        words.addWidget(label(entry.title, "lead"))
        for n, line in enumerate(entry.lines):
            words.addWidget(label(line, "" if n == 0 or entry.tone is Tone.STOP else "soft"))
        words.addSpacing(Space.BASE)
        across = row(spacing=Space.SMALL)
        across.addWidget(time, 0, Qt.AlignmentFlag.AlignTop)
        across.addWidget(Rail(self._desk, entry.tone, first=first, last=last))
        across.addLayout(words, 1)
        made = QWidget()
        made.setLayout(across)
        return made
