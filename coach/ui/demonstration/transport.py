"""The bar below a movement: freeze, step, scrub, speed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider, QWidget

from coach.app.demonstration import SPEEDS, Playback
from coach.ui.desk import Desk
from coach.ui.keys import Command
from coach.ui.list_field import ListField
from coach.ui.parts import button, room_for, row, set_text
from coach.ui.tokens import Space

_FINE = 1000
"""Places of the scrubber in one repetition."""

_FREEZE = {False: "ui.demonstrate.freeze", True: "ui.demonstrate.go_on"}


class Scrubber(QSlider):
    """A slider that goes to where it is pressed. Its keys are the page's, which step evenly."""

    def __init__(self, name: str) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setRange(0, _FINE)
        self.setAccessibleName(name)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go there first; dragging on from there is the slider's own."""
        if event.button() is Qt.MouseButton.LeftButton:
            option = QStyleOptionSlider()
            self.initStyleOption(option)
            handle = self.style().subControlRect(
                QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, self
            )
            span = max(self.width() - handle.width(), 1)
            at = round(event.position().x() - handle.width() / 2)
            self.setSliderDown(True)
            self.setSliderPosition(
                QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), at, span)
            )
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave every key to the page."""
        event.ignore()


class Transport(QWidget):
    """Says what was wished for; what is shown it is told."""

    toggled = Signal()
    scrubbed = Signal(float)
    """A share 0-1 of the repetition."""
    stepped = Signal(int)
    sped = Signal(float)
    """One of :data:`SPEEDS`."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        say = desk.say
        self.freeze = button("", self.toggled.emit)
        self.back = button("←", lambda: self.stepped.emit(-1), name=say("ui.demonstrate.back_step"))
        self.on = button("→", lambda: self.stepped.emit(1), name=say("ui.demonstrate.on_step"))
        self.scrubber = Scrubber(say("ui.demonstrate.scrubber"))
        self.scrubber.sliderMoved.connect(lambda place: self.scrubbed.emit(place / _FINE))
        self.speed = ListField()
        self.speed.leave_keys()
        self.speed.setAccessibleName(say("ui.demonstrate.speed"))
        for speed in SPEEDS:
            self.speed.addItem(say("ui.demonstrate.times", n=f"{speed:g}"), speed)
        self.speed.activated.connect(lambda place: self.sped.emit(self.speed.itemData(place)))
        across = row(spacing=Space.SNUG)
        across.addWidget(self.freeze)
        across.addWidget(self.back)
        across.addWidget(self.scrubber, 1)
        across.addWidget(self.on)
        across.addWidget(self.speed)
        self.setLayout(across)
        self._labelled(frozen=False)
        words = [desk.with_key(key, Command.PAUSE) for key in _FREEZE.values()]
        self.freeze.setFixedWidth(room_for(self.freeze, *words))  # nothing moves as they change

    def show_playback(self, playback: Playback) -> None:
        """Show where it stands, unless somebody is dragging."""
        self._labelled(frozen=playback.frozen)
        if not self.scrubber.isSliderDown():
            self.scrubber.setValue(round(playback.share * _FINE))
        self.speed.setCurrentIndex(self.speed.findData(playback.speed))

    def _labelled(self, *, frozen: bool) -> None:
        key = _FREEZE[frozen]
        set_text(self.freeze, self._desk.with_key(key, Command.PAUSE))
        self.freeze.setAccessibleName(self._desk.say(key))
