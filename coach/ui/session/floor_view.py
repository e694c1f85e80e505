"""The player for somebody lying three metres away: one huge number, one word, one colour."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent

from coach.app.session.session_view import SessionView
from coach.ui.desk import Desk
from coach.ui.keys import Command
from coach.ui.page import SessionPage
from coach.ui.parts import column, frame
from coach.ui.ports import LiveSession
from coach.ui.session.action_bar import ActionBar
from coach.ui.session.moment import Moment, moment_of, set_text_of, side_text
from coach.ui.session.phase_look import REST, shape_path
from coach.ui.session.ring import fitting
from coach.ui.tokens import Space

_COMMANDS = (Command.PAUSE, Command.STOP, Command.FLOOR, Command.WRONG)


class FloorView(SessionPage):
    """Fills the screen. The number is at least a third of the height: about 30 mm at 3 m."""

    wants = frozenset({*_COMMANDS, Command.REPEAT, Command.NEXT, Command.PREVIOUS, Command.GO})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._now = Moment("", REST, "", "", 0.0)
        self._foot = ""
        self.bar = ActionBar(desk, _COMMANDS)
        layout = column(margin=Space.WIDE)
        layout.addStretch(1)
        inside = column(margin=Space.SMALL)
        inside.addWidget(self.bar)
        self._strip = frame("card", inside)
        layout.addWidget(self._strip)
        self.setLayout(layout)

    @property
    def title(self) -> str:
        """The word shown."""
        return self._now.word

    def show_session(self, view: SessionView, _session: LiveSession) -> None:
        """Repaint when the word, the number or the line below has changed."""
        now = moment_of(self._desk, view)
        side = side_text(self._desk, view)
        rated = view.exercise is not None and view.exercise.kind.rated
        foot = [part for part in (side, set_text_of(self._desk, view) if rated else "") if part]
        text = "   ·   ".join(foot)
        if (now.word, now.big, now.look, text) != (
            self._now.word,
            self._now.big,
            self._now.look,
            self._foot,
        ):
            self._now, self._foot = now, text
            self.setAccessibleName(f"{now.word}. {text}")
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the present state."""
        theme, now = self._desk.theme, self._now
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(getattr(theme, now.look.colour)))
        painter.setPen(QColor(theme.on_phase))
        room = QRectF(self.rect()).adjusted(
            Space.VAST, Space.WIDE, -Space.VAST, -self._strip.height() - Space.VAST
        )
        high = room.height()
        centre = Qt.AlignmentFlag.AlignCenter
        word = QRectF(room.left(), room.top(), room.width(), high * 0.22)
        painter.setFont(fitting(painter.font(), now.word, room.width() * 0.7, word.height() * 0.8))
        painter.drawText(word, centre, now.word)
        wide = painter.fontMetrics().horizontalAdvance(now.word)
        side = word.height() * 0.4
        mark = QRectF(
            word.center().x() - wide / 2 - side * 1.7, word.center().y() - side / 2, side, side
        )
        painter.fillPath(shape_path(now.look.shape, mark), QColor(theme.on_phase))
        number = QRectF(room.left(), word.bottom(), room.width(), high * 0.63)
        painter.setFont(fitting(painter.font(), now.big, room.width(), number.height()))
        painter.drawText(number, centre, now.big)
        foot = QRectF(room.left(), number.bottom(), room.width(), high * 0.15)
        painter.setFont(fitting(painter.font(), self._foot, room.width(), foot.height() * 0.6))
        painter.drawText(foot, centre, self._foot)
        painter.end()
