"""The player: the moving figure, the phase, and where in the session we are."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from coach.app.session.check_in_words import found
from coach.app.session.session_view import SessionView
from coach.domain.side import Side
from coach.engine.control import LeadIn, Move, Paused, RestPosition, SwitchSides, WarmUp
from coach.ui.announce import announce
from coach.ui.desk import Desk
from coach.ui.figure.view import FigureView
from coach.ui.keys import Command, key_name
from coach.ui.page import SessionPage
from coach.ui.parts import column, frame, label, row, set_role, set_text
from coach.ui.ports import LiveSession
from coach.ui.session.action_bar import ActionBar
from coach.ui.session.gauges import Gauges
from coach.ui.session.moment import Moment, moment_of, next_text, set_text_of, side_text
from coach.ui.session.phase_look import REST, PhaseLook, shape_path
from coach.ui.session.ring import Ring, fitting
from coach.ui.settings.figure_choice import dress, figure_words
from coach.ui.tokens import Radius, Space, Theme

_GAUGES_FROM = 680
"""Pixels of height, at 100 % text, from which there is room for the gauges."""

_COMMANDS = (
    Command.PAUSE,
    Command.STOP,
    Command.NEXT,
    Command.FLOOR,
    Command.REPEAT,
    Command.WRONG,
)


class PhaseBanner(QWidget):
    """The phase as colour, shape and word."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._word, self._look = "", REST
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """The size it likes best."""
        return QSize(200, round(84 * min(self._desk.scale, 1.25)))

    def show_phase(self, word: str, look: PhaseLook) -> None:
        """Show a phase word in a look."""
        if (word, look) != (self._word, self._look):
            self._word, self._look = word, look
            self.setAccessibleName(word)
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the present state."""
        theme = self._desk.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(getattr(theme, self._look.colour)))
        box = QRectF(self.rect())
        painter.drawRoundedRect(box, Radius.BUTTON, Radius.BUTTON)
        side = box.height() * 0.34
        mark = QRectF(Space.WIDE, (box.height() - side) / 2, side, side)
        on_phase = QColor(theme.on_phase)
        painter.fillPath(shape_path(self._look.shape, mark), on_phase)
        words = box.adjusted(mark.right() + Space.BASE, 0, -Space.BASE, 0)
        painter.setFont(fitting(painter.font(), self._word, words.width(), box.height() * 0.45))
        painter.setPen(on_phase)
        upright = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(words, upright, self._word)
        painter.end()


class PlayerPage(SessionPage):
    """Warm-up, lead-in, sets, changing sides and the rest position."""

    wants = frozenset({*_COMMANDS, Command.PREVIOUS, Command.GO})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._shown: tuple[object, ...] = ()
        self._gauged = False
        self._theme: Theme = desk.theme
        self.figure = FigureView(words=figure_words(desk))
        self.gauges = Gauges(desk, across=True, short=True)
        centre = Qt.AlignmentFlag.AlignCenter
        self._caption = label("", "lead", align=centre)
        self._caption.setAccessibleName(desk.say("ui.player.caption_name"))
        self._voice_note = label("", "caption", align=centre)
        self._found = label("", "lead")
        self._where = label("", "caption")
        self._exercise = label("", "title")
        self._side = label("", "lead", tone="accent")
        self._banner = PhaseBanner(desk)
        self._ring = Ring(desk)
        self._set = label("", "lead", align=centre)
        self._help = label("", "soft", align=centre)
        self._next = label("", "soft", align=centre)
        self.bar = ActionBar(desk, _COMMANDS)
        self._lay_out()

    def _lay_out(self) -> None:
        stage = column(spacing=Space.SMALL)
        stage.addWidget(self.figure, 1)
        stage.addWidget(self.gauges)
        words = column(margin=Space.SNUG, spacing=Space.HAIR)
        words.addWidget(self._caption)
        words.addWidget(self._help)
        words.addWidget(self._voice_note)
        self._caption_frame = frame("panel", words)
        notes = column(margin=Space.SNUG)
        notes.addWidget(self._found)
        self._found_frame = frame("banner", notes)
        self._found_frame.hide()
        left = column()
        left.addWidget(self._found_frame)
        left.addLayout(stage, 1)
        left.addWidget(self._caption_frame)
        panel = column(margin=Space.WIDE, spacing=Space.SNUG)
        for shown in (self._where, self._exercise, self._side, self._banner):
            panel.addWidget(shown)
        panel.addWidget(self._ring, 1)
        panel.addWidget(self._set)
        panel.addWidget(self._next)
        self._panel = frame("card", panel)
        across = row(spacing=Space.WIDE)
        across.addLayout(left, 1)
        across.addWidget(self._panel)
        whole = column(margin=Space.WIDE, spacing=Space.BASE)
        whole.addLayout(across, 1)
        whole.addWidget(self.bar)
        self.setLayout(whole)

    @property
    def title(self) -> str:
        """The exercise and the leg."""
        return f"{self._exercise.text()} {self._side.text()}".strip()

    def enter(self) -> None:
        """Sizes that depend on the text size are taken when the page opens."""
        self._caption_frame.setMinimumHeight(round(64 * self._desk.scale))
        compact = self._desk.compact
        set_role(self._exercise, "lead" if compact else "title")
        self.bar.buttons[Command.REPEAT].setVisible(not compact)
        dress(self.figure, self._desk.coach.settings)
        self.figure.set_nerve(self._desk.coach.settings.show_nerve)
        self._make_room()
        self._shown = ()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The panel keeps its share of the width."""
        super().resizeEvent(event)
        self._make_room()
        narrowest = round(340 * (1 + (self._desk.scale - 1) * 0.3))
        self._panel.setFixedWidth(max(narrowest, round(self.width() * 0.24)))

    def _make_room(self) -> None:
        """Gauges only where the figure stays large beside them."""
        tall = self.height() >= _GAUGES_FROM * self._desk.scale
        self._gauged = tall and self._desk.coach.settings.show_nerve

    def show_session(self, view: SessionView, session: LiveSession) -> None:
        """The figure at this instant, and the words around it."""
        self._show_figure(view)
        now = moment_of(self._desk, view)
        self._banner.show_phase(now.word, now.look)
        self._show_ring(view, now)
        set_text(self._caption, session.caption)
        note = session.voice_note or ""
        set_text(self._voice_note, note)
        self._voice_note.setVisible(bool(note))
        self._show_found(view)
        self._show_place(view)
        paused = isinstance(view.stage, Paused)
        if paused:
            self._show_pause(stalled=session.stalled)
        self.bar.say(Command.PAUSE, "ui.command.resume" if paused else "ui.command.pause")
        skips = isinstance(view.stage, Move)
        self.bar.say(Command.NEXT, "ui.command.end_set" if skips else "ui.command.next")

    def _show_pause(self, *, stalled: bool) -> None:
        """Why it stands still, where nobody asked for it, and how it goes on."""
        key = "ui.player.stalled" if stalled else "ui.player.paused_help"
        set_text(self._help, self._desk.say(key, name=key_name(Command.PAUSE)))
        self._help.show()

    def _show_figure(self, view: SessionView) -> None:
        if view.exercise is None or view.dose is None:
            return
        stage = view.stage.back if isinstance(view.stage, Paused) else view.stage
        shown = (view.exercise.id, view.dose, view.side, self._desk.theme)
        if shown != self._shown:
            self._shown = shown
            self.figure.show_exercise(
                view.exercise, view.dose, view.side or Side.RIGHT, self._desk.theme
            )
        if isinstance(view.stage, Move):
            self.figure.set_moment(view.phase_index, view.share)
        elif isinstance(stage, WarmUp):
            if view.stage is stage:
                self.figure.set_moment(0, 0.0, view.elapsed_ms / 1000)
        else:
            self.figure.set_moment(0, 0.0)
        self.gauges.show_nerve(self.figure.nerve if self._gauged else None)

    def _show_found(self, view: SessionView) -> None:
        """What the check-in found, until the first set begins."""
        waiting = view.stage.back if isinstance(view.stage, Paused) else view.stage
        early = isinstance(waiting, WarmUp | LeadIn) and not view.ledger.sets
        if early and self._found_frame.isHidden():
            said = "\n".join(found(self._desk.coach.phrases, view.ledger))
            set_text(self._found, said)
            announce(self, said)
        self._found_frame.setVisible(early)

    def _changed_words(self, view: SessionView) -> str:
        """Why the next set of this exercise differs from the last, "" when it does not."""
        decision = view.decision
        if decision is None or view.set_n == 1 or not decision.levers:
            return ""
        return " ".join(self._desk.words(phrase) for phrase in decision.words)

    def _show_ring(self, view: SessionView, now: Moment) -> None:
        share = now.share
        if self._desk.coach.settings.reduced_motion and isinstance(view.stage, Move):
            share = 1.0
        self._ring.show_share(share, now.big, now.small, now.look.colour)

    def _show_place(self, view: SessionView) -> None:
        desk = self._desk
        exercise = view.exercise
        if exercise is None:
            return
        waiting = view.stage.back if isinstance(view.stage, Paused) else view.stage
        resting = isinstance(waiting, RestPosition)
        set_text(self._where, desk.say("ui.player.exercise_of", n=view.block, m=view.blocks))
        self._where.setVisible(not resting and not desk.compact)
        set_text(self._exercise, desk.say(f"{exercise.id}.name"))
        side = "" if resting else side_text(desk, view)
        set_text(self._side, side)
        self._side.setVisible(bool(side) and not desk.compact)
        getting_ready = isinstance(waiting, LeadIn) and not waiting.begun
        if getting_ready or isinstance(waiting, SwitchSides | RestPosition | WarmUp):
            set_text(self._help, self._changed_words(view) or desk.say(f"{exercise.id}.setup"))
            self._help.show()
        else:
            self._help.hide()
        counts = exercise.kind.rated and not resting
        of_set = set_text_of(desk, view)
        set_text(self._set, f"{of_set}, {side.lower()}" if desk.compact and side else of_set)
        self._set.setVisible(counts)
        following = "" if resting else next_text(desk, view)
        set_text(self._next, following)
        self._next.setVisible(bool(following) and not desk.compact)
