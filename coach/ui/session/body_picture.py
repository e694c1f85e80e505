"""Where it is felt, chosen on a picture of the legs: every place is a button with a line to it."""

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
    QTransform,
)
from PySide6.QtWidgets import QBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from coach.domain.rating import Place
from coach.domain.side import Side
from coach.ui.announce import announce
from coach.ui.desk import Desk
from coach.ui.figure.look import layer_brushes, look_for
from coach.ui.parts import FlowLayout, Toggle, column, label, row, set_text
from coach.ui.session.body_shapes import HALF_WIDTH, LEG_PLACES, LENGTH, area, layer, middle
from coach.ui.tokens import Space

_ELSEWHERE = (Place.OTHER_LEG, Place.BOTH_LEGS, Place.SADDLE)
_LAYERS = 7
#: Distance between two rows as a share of the picture's width, where there is room to grow.
_ROW_SHARE = 0.052


class Area(Toggle):
    """The button of one place."""

    noticed = Signal()
    """The pointer or the focus has come or gone."""

    stepped = Signal(int)
    """The focus is to go to the next place, or to the one before it."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.pointed = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down move along the places; Tab leaves them."""
        steps: dict[int, int] = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        step = steps.get(event.key())
        if step is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(step)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The picture shows where the focus is."""
        super().focusInEvent(event)
        self.noticed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The picture shows where the focus is."""
        super().focusOutEvent(event)
        self.noticed.emit()

    def enterEvent(self, event: QEnterEvent) -> None:
        """The picture shows what the pointer is on."""
        super().enterEvent(event)
        self.pointed = True
        self.noticed.emit()

    def leaveEvent(self, event: QEvent) -> None:
        """The picture shows what the pointer is on."""
        super().leaveEvent(event)
        self.pointed = False
        self.noticed.emit()


class BodyPicture(QWidget):
    """Any number of places may be on; the working leg's buttons stand on its own side."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._side = Side.LEFT
        self._areas = {place: Area(desk.say(f"place.{place}")) for place in Place}
        self._none = label(desk.say("ui.body.none"), tone="warn")
        self._none.hide()
        for one in self._areas.values():
            one.toggled.connect(self._changed)
            one.noticed.connect(self._noticed)
            one.stepped.connect(self._step)
        self._be_stop(self._areas[Place.BACK])
        self._heading = label("", "title", wrap=False)
        self._canvas = QWidget()
        self._canvas.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        figure_wide = round(230 * min(desk.scale, 1.4))
        self._canvas.setMinimumWidth(figure_wide)
        self._rows: QVBoxLayout = column(spacing=Space.SMALL)
        for place in LEG_PLACES:
            self._rows.addWidget(self._areas[place])
        beside = column(spacing=Space.SMALL)
        beside.addWidget(self._heading)
        beside.addLayout(self._rows)
        self._across: QBoxLayout = row(spacing=Space.SMALL)
        self._across.addStretch(1)
        self._across.addLayout(beside)
        self._across.addWidget(self._canvas, 2)
        keys = label(desk.say("ui.body.keys"), "caption")
        seen = label(desk.say("ui.body.seen"), "caption")
        whole = column(spacing=Space.BASE)
        whole.addWidget(self._none)
        whole.addLayout(self._across)
        if desk.compact:
            below = FlowLayout()
            for place in _ELSEWHERE:
                below.addWidget(self._areas[place])
            whole.addLayout(below)
            whole.addWidget(seen)
            whole.addWidget(keys)
        else:
            other = column(spacing=Space.SMALL)
            other.addStretch(3)
            for place in _ELSEWHERE:
                other.addWidget(self._areas[place])
            other.addStretch(4)
            other.addWidget(seen)
            other.addWidget(keys)
            self._across.addLayout(other)
        self._across.addStretch(1)
        whole.addStretch(1)
        self.setLayout(whole)
        self.setMouseTracking(True)
        self.show_side(None)

    @property
    def buttons(self) -> list[QPushButton]:
        """The buttons from the back down to the toes, then the other places."""
        return list(self._areas.values())

    @property
    def on(self) -> frozenset[Place]:
        """The places chosen."""
        return frozenset(place for place, one in self._areas.items() if one.isChecked())

    @property
    def side(self) -> Side:
        """The leg whose places are named."""
        return self._side

    def _noticed(self) -> None:
        """The place that has the focus is the one that Tab comes back to."""
        for one in self._areas.values():
            if one.hasFocus():
                self._be_stop(one)
        self.update()

    def _be_stop(self, stop: Area) -> None:
        """Tab halts at one place only: past a dozen of them it would be a long way on."""
        for one in self._areas.values():
            policy = Qt.FocusPolicy.StrongFocus if one is stop else Qt.FocusPolicy.ClickFocus
            one.setFocusPolicy(policy)

    def _step(self, step: int) -> None:
        """Move the focus along the places, round at both ends."""
        places = list(self._areas.values())
        here = next(n for n, one in enumerate(places) if one.hasFocus())
        there = places[(here + step) % len(places)]
        there.setFocus()
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None:
            area.ensureWidgetVisible(there)

    def take_focus(self) -> None:
        """The first place has the focus, so that the arrows move from it at once."""
        self._areas[Place.BACK].setFocus()

    def may_go_on(self) -> bool:
        """Whether something is chosen, or it was told before that nothing is; else tell it now."""
        if self.on or not self._none.isHidden():
            return True
        self._none.show()
        announce(self, self._none.text())
        return False

    def _changed(self) -> None:
        self._none.hide()
        self.update()

    def button(self, place: Place) -> QPushButton:
        """The button of a place."""
        return self._areas[place]

    def clear(self) -> None:
        """Switch all off."""
        for one in self._areas.values():
            one.setChecked(False)
        self._none.hide()

    def show_side(self, side: Side | None, *, titled: bool = True) -> None:
        """The leg whose places are named; None when nobody has said which leg it is.

        titled: its name stands above the buttons.
        """
        self._side = side or Side.LEFT
        heading = self._desk.say(f"ui.side.{side}" if side else "ui.body.this_leg")
        set_text(self._heading, heading)
        self._heading.setVisible(titled and side is not None)
        self.setAccessibleName(f"{heading}. {self._desk.say('ui.body.seen')}")
        left = self._side is Side.LEFT
        ways = QBoxLayout.Direction
        self._across.setDirection(ways.LeftToRight if left else ways.RightToLeft)
        self._heading.setAlignment(
            Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight
        )
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The rows stand further apart where there is room."""
        super().resizeEvent(event)
        high = self._areas[Place.BACK].sizeHint().height()
        pitch = min(self.width() * _ROW_SHARE, high * 1.5)
        self._rows.setSpacing(max(round(pitch) - high, Space.HAIR))

    # The figure -----------------------------------------------------------------------------------

    def placed(self) -> QTransform:
        """From the drawing's units to this widget's pixels."""
        first, last = self._areas[Place.BACK], self._areas[Place.TOES]
        top, low = first.y(), last.geometry().bottom()
        canvas = self._canvas.geometry()
        scale = min((low - top) / LENGTH, canvas.width() / (2.3 * HALF_WIDTH))
        x = canvas.center().x()
        return QTransform(scale, 0, 0, scale, x, top + (low - top - scale * LENGTH) / 2)

    def _place_at(self, spot: QPointF) -> Place | None:
        """The place of the figure under a point of this widget."""
        there, _ = self.placed().inverted()
        at = there.map(spot)
        for place in LEG_PLACES:
            if area(place, self._side).contains(at):
                return place
        return Place.OTHER_LEG if area(Place.OTHER_LEG, self._side.other).contains(at) else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """What would be chosen is marked."""
        self._point(self._place_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing would be chosen."""
        super().leaveEvent(event)
        self._point(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on the figure is a press on the button of that place."""
        place = self._place_at(event.position())
        if place is None or event.button() is not Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
        else:
            self._areas[place].click()

    def _point(self, place: Place | None) -> None:
        for name, one in self._areas.items():
            one.pointed = name is place
        hand = Qt.CursorShape.PointingHandCursor
        self.setCursor(hand if place is not None else Qt.CursorShape.ArrowCursor)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the figure, what is on, and a line from every button to its place."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        placed = self.placed()
        self._paint_body(painter, placed)
        self._paint_places(painter, placed)
        self._fade(painter, placed)
        self._paint_lines(painter, placed)
        painter.end()

    def _paint_body(self, painter: QPainter, placed: QTransform) -> None:
        look = look_for(self._desk.theme.name)
        painter.setPen(Qt.PenStyle.NoPen)
        brushes = layer_brushes(look.skin, _LAYERS)
        for side in Side:
            for n, brush in enumerate(brushes):
                painter.setBrush(brush)
                painter.drawPath(placed.map(layer(side, 1 - 0.62 * n / _LAYERS)))

    def _paint_places(self, painter: QPainter, placed: QTransform) -> None:
        theme = self._desk.theme
        chosen = self.on
        both = Place.BOTH_LEGS in chosen
        for place in (Place.OTHER_LEG, *LEG_PLACES):
            one = self._areas[place]
            side = self._side.other if place is Place.OTHER_LEG else self._side
            path = placed.map(area(place, side))
            leg = place is not Place.BACK
            if place in chosen or (both and leg):
                painter.fillPath(path, _faint(theme.accent, 0.88))
            elif one.pointed or one.hasFocus():
                painter.fillPath(path, _faint(theme.accent, 0.25))
            self._outline(painter, path, one, on=place in chosen)
            if place in chosen or (both and leg):
                self._tick(painter, placed.map(middle(place, side)))

    def _outline(self, painter: QPainter, path: QPainterPath, one: Area, *, on: bool) -> None:
        theme = self._desk.theme
        if one.hasFocus():
            pen = QPen(QColor(theme.focus), 3)
        elif on:
            pen = QPen(QColor(theme.on_accent), 1.5)
        else:
            pen = QPen(_faint(look_for(theme.name).skin.shade, 0.6), 1.2)
        painter.strokePath(path, pen)

    def _fade(self, painter: QPainter, placed: QTransform) -> None:
        """The body goes on above the picture."""
        above = placed.mapRect(QRectF(-HALF_WIDTH, -4, 2 * HALF_WIDTH, 56))
        fading = QLinearGradient(above.topLeft(), above.bottomLeft())
        window = self._desk.theme.window
        fading.setColorAt(0, QColor(window))
        fading.setColorAt(1, _faint(window, 0))
        painter.fillRect(above, fading)

    def _tick(self, painter: QPainter, spot: QPointF) -> None:
        size = 5 * min(self._desk.scale, 1.6)
        tick = [QPointF(-1, 0.05), QPointF(-0.3, 0.75), QPointF(1, -0.75)]
        pen = QPen(QColor(self._desk.theme.on_accent), size * 0.55)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPolyline(QPolygonF([spot + point * size for point in tick]))

    def _paint_lines(self, painter: QPainter, placed: QTransform) -> None:
        theme = self._desk.theme
        for place in (*LEG_PLACES, Place.OTHER_LEG):
            one = self._areas[place]
            if place is Place.OTHER_LEG and self._desk.compact:
                continue  # its button stands below, not beside
            side = self._side.other if place is Place.OTHER_LEG else self._side
            noticed = one.isChecked() or one.pointed or one.hasFocus()
            colour = QColor(theme.accent if noticed else theme.edge)
            left = side is Side.LEFT
            box = one.geometry()
            start = QPoint(box.right() + 5 if left else box.left() - 5, box.center().y())
            edge = _outer_end(area(place, side), middle(place, side), side)
            end = placed.map(edge)
            painter.setPen(QPen(colour, 2.4 if noticed else 1.3))
            painter.drawLine(QPointF(start), end)
            painter.setPen(QPen(_faint(look_for(theme.name).skin.shade, 0.8), 1))
            painter.setBrush(colour)
            painter.drawEllipse(end, 3.6, 3.6)
            painter.setBrush(Qt.BrushStyle.NoBrush)


def _faint(colour: str, share: float) -> QColor:
    """A colour that lets what is below it show; share 1 hides all of it."""
    made = QColor(colour)
    made.setAlphaF(share)
    return made


def _outer_end(path: QPainterPath, spot: QPointF, side: Side) -> QPointF:
    """The point of a place, level with its middle, that is nearest to the buttons of its side."""
    box = path.boundingRect()
    edge = box.right() if side is Side.RIGHT else box.left()
    return QPointF(spot.x() + (edge - spot.x()) * 0.62, spot.y())
