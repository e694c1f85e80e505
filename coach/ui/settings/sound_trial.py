"""Trying the sound out in the settings: a sentence, the tones, and a tick with a flash."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from coach.ui.announce import announce
from coach.ui.desk import Desk
from coach.ui.parts import FlowLayout, button, column, label, row, set_text
from coach.ui.tokens import Space


class SoundTrial(QWidget):
    """Two buttons, and below them what really came out."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._tried = False
        self.voice_button = button(desk.say("ui.sound.try_voice"), self._voice)
        self.tones_button = button(desk.say("ui.sound.try_tones"), self._tones)
        self.came = label("", "soft")
        across = FlowLayout(spacing=Space.SMALL)
        across.addWidget(self.voice_button)
        across.addWidget(self.tones_button)
        whole = column(spacing=Space.SMALL)
        whole.addLayout(across)
        whole.addWidget(self.came)
        self.setLayout(whole)
        self.came.hide()

    def _voice(self) -> None:
        self._tried = True
        self._desk.coach.sound.try_voice()
        self.pass_time()

    def _tones(self) -> None:
        self._tried = True
        self._desk.coach.sound.try_tones()
        self.pass_time()

    def pass_time(self) -> None:
        """Say what has become ready, and tell how it came out."""
        sound = self._desk.coach.sound
        sound.tick()
        if not self._tried:
            return
        waits = sound.trying
        text = self._desk.say("ui.sound.trying") if waits else sound.tried
        if text != self.came.text() and not waits:
            announce(self, text)
        set_text(self.came, text)
        self.came.setVisible(bool(text))


class OffsetField(QWidget):
    """A lamp that flashes while a tick sounds, so that both can be brought together."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.lamp = Lamp(desk)
        self.begin_button = button(desk.say("ui.sound.try"), self._begin)
        across = row(spacing=Space.BASE)
        across.addWidget(self.begin_button)
        across.addWidget(self.lamp)
        across.addStretch(1)
        self.setLayout(across)

    @property
    def runs(self) -> bool:
        """Whether ticks are still to come."""
        return self._desk.coach.sound.offset.runs

    def _begin(self) -> None:
        offset = self._desk.coach.sound.offset
        if offset.runs:
            self._desk.coach.sound.stop()
        else:
            self._desk.coach.sound.stop()
            offset.begin()
        self.pass_time()

    def pass_time(self) -> None:
        """Hand over the next tick, and flash when it is time."""
        offset = self._desk.coach.sound.offset
        offset.tick()
        self.lamp.light(on=offset.lit)
        key = "ui.sound.offset_stop" if offset.runs else "ui.sound.try"
        set_text(self.begin_button, self._desk.say(key))
        self.begin_button.setAccessibleName(self._desk.say(key))


class Lamp(QWidget):
    """A round lamp."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.on = False
        side = round(Space.ROOMY * desk.scale)
        self.setFixedSize(QSize(side, side))

    def light(self, *, on: bool) -> None:
        """Light it, or put it out."""
        if on != self.on:
            self.on = on
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the present state."""
        theme = self._desk.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(theme.edge))
        painter.setBrush(QColor(theme.accent) if self.on else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QRectF(self.rect()).adjusted(2, 2, -2, -2))
        painter.end()
