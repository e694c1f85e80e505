"""The figure as it is demonstrated: degrees beside its joints, and handles to move them by."""

from math import atan2, cos, hypot, pi, sin

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QWidget

from coach.body.grabbing import handle, place
from coach.body.kinematics import Point
from coach.body.skeleton import Skeleton
from coach.domain.pose import Joint
from coach.ui.figure.angle_labels import Anchor, placed
from coach.ui.figure.view import FigureView, FigureWords
from coach.ui.tokens import Radius, Space, Type

GRAB_RADIUS = 26
"""Pixels round a handle in which a press takes hold of it."""

_SMALLEST = QSize(360, 210)

_HANDLE_RADIUS, _HANDLE_LINE = 10.0, 4.0
_OUTSIDE = {Joint.HIP: 0.165, Joint.KNEE: 0.100, Joint.ANKLE: 0.090, Joint.TRUNK: 0.150}
_OUTSIDE_ELSEWHERE = 0.120
"""Metres from a joint to where its label begins, outside the body."""

_SOLE = 0.35
"""How far a sole reaches below the foot, as a share of the foot's height."""

_STRAIGHT = 0.35
"""Below this length of the sum of two unit vectors a joint counts as straight."""


class ShownFigure(FigureView):
    """Draws over the figure what it is told, and says which joint is pulled where."""

    pulled = Signal(object, object)
    """A joint (:class:`Joint`) is pulled by its handle to a point (:class:`Point`, metres)."""

    def __init__(
        self,
        parent: QWidget | None = None,
        words: FigureWords | None = None,
        corner: int = Radius.CARD,
    ) -> None:
        super().__init__(parent, words, corner)
        self.setMouseTracking(True)
        self._degrees: tuple[tuple[Joint, str], ...] = ()
        self._joints: tuple[Joint, ...] = ()
        self._chosen: Joint | None = None
        self._held: Joint | None = None

    def sizeHint(self) -> QSize:
        """What it asks for where room is short; it takes whatever there is."""
        return _SMALLEST

    @property
    def degrees(self) -> tuple[tuple[Joint, str], ...]:
        """What is written beside which joint."""
        return self._degrees

    @property
    def handles(self) -> tuple[Joint, ...]:
        """The joints that can be taken hold of."""
        return self._joints

    def show_degrees(self, degrees: tuple[tuple[Joint, str], ...]) -> None:
        """Write a text beside each joint named; none of them writes nothing."""
        if degrees != self._degrees:
            self._degrees = degrees
            self.update()

    def show_handles(self, joints: tuple[Joint, ...], chosen: Joint | None) -> None:
        """Offer handles to move joints by; the chosen one is filled."""
        if (joints, chosen) != (self._joints, self._chosen):
            self._joints, self._chosen = joints, chosen
            self.update()

    def handle_at(self, joint: Joint) -> QPointF:
        """Where in the widget a joint's handle is. Needs an exercise."""
        return self.at(handle(self._body(), joint))

    def label_boxes(self) -> list[QRectF]:
        """Where the degrees are written, in their order. Needs an exercise."""
        body, metrics = self._body(), QFontMetricsF(self._label_font())
        anchors = []
        for joint, text in self._degrees:
            at, away = place(body, joint), _away(body, joint)
            reach = _OUTSIDE.get(joint, _OUTSIDE_ELSEWHERE)
            start = self.at(at.moved(away.x * reach, away.y * reach))
            wide = metrics.horizontalAdvance(text) + 2 * Space.SMALL
            size = QSizeF(wide, metrics.height() + Space.HAIR)
            anchors.append(Anchor(start, start - self.at(at), size))
        return placed(anchors, QRectF(self.rect()).adjusted(6, 6, -6, -6), self._standing_shoe())

    def _standing_shoe(self) -> QRectF | None:
        """Where the other foot stands in its shoe, which is not to be written over."""
        if self._scene is None or not self._scene.stage.shod:
            return None
        foot = self._body().far_leg
        corners = (self.at(foot.heel), self.at(foot.toes), self.at(foot.ankle))
        shoe = QPolygonF(corners).boundingRect()
        return shoe.adjusted(-2, 0, 2, shoe.height() * _SOLE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The figure, then degrees and handles."""
        super().paintEvent(event)
        if self.skeleton is None or not (self._degrees or self._joints):
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_degrees(painter)
        for joint in self._joints:
            self._paint_handle(painter, joint)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the nearest handle."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._held = self._near(event.position())
            if self._held is not None:
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
                self.pulled.emit(self._held, self.metres(self.handle_at(self._held)))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pull what is held; over a handle show that it can be taken."""
        if self._held is not None:
            self.pulled.emit(self._held, self.metres(event.position()))
        elif self._near(event.position()) is not None:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self.unsetCursor()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go."""
        self._held = None
        self.unsetCursor()

    def _near(self, at: QPointF) -> Joint | None:
        if self.skeleton is None:
            return None
        gaps = {}
        for joint in self._joints:
            gap = self.handle_at(joint) - at
            gaps[joint] = hypot(gap.x(), gap.y())
        nearest = min(gaps, key=lambda joint: gaps[joint], default=None)
        return nearest if nearest is not None and gaps[nearest] <= GRAB_RADIUS else None

    def _paint_degrees(self, painter: QPainter) -> None:
        painter.setFont(self._label_font())
        boxes = self.label_boxes()
        for (joint, text), box in zip(self._degrees, boxes, strict=True):
            chosen = joint is self._chosen
            painter.setPen(QPen(QColor(self.theme.accent if chosen else self.theme.edge), 1.0))
            painter.setBrush(QColor(self.theme.surface))
            painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
            painter.setPen(QColor(self.theme.text))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_handle(self, painter: QPainter, joint: Joint) -> None:
        at, theme = self.handle_at(joint), self.theme
        filled = joint is self._chosen
        painter.setPen(QPen(QColor(theme.surface), _HANDLE_LINE + 3))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(at, _HANDLE_RADIUS, _HANDLE_RADIUS)
        painter.setPen(QPen(QColor(theme.accent), _HANDLE_LINE))
        painter.setBrush(QColor(theme.accent if filled else theme.surface))
        painter.drawEllipse(at, _HANDLE_RADIUS, _HANDLE_RADIUS)

    def _label_font(self) -> QFont:
        font = QFont(self.font())
        usual = self.fontInfo().pixelSize()
        font.setPixelSize(
            max(usual, round(min(self.height() / 34, usual * Type.TITLE / Type.BODY)))
        )
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def _body(self) -> Skeleton:
        body = self.skeleton
        if body is None:
            raise RuntimeError("no exercise is shown yet")
        return body


def _away(body: Skeleton, joint: Joint) -> Point:
    """The direction out of the body at a joint, of length 1, in the figure's plane."""
    leg = body.near_leg
    match joint:
        case Joint.HIP:
            return _outward(body.spine[2], leg.hip, leg.knee)
        case Joint.KNEE:
            return _outward(leg.hip, leg.knee, leg.ankle)
        case Joint.ANKLE:
            return _outward(leg.knee, leg.ankle, leg.toes)
        case Joint.TRUNK:
            return _behind(body.spine[1], body.spine[3])
        case Joint.NECK:
            return _behind(*body.neck)


def _outward(one: Point, joint: Point, other: Point) -> Point:
    """Away from both limbs that meet in a joint; to the front where they are in line."""
    sums = [0.0, 0.0]
    for end in (one, other):
        length = end.distance(joint) or 1.0
        sums[0] += (joint.x - end.x) / length
        sums[1] += (joint.y - end.y) / length
    length = hypot(*sums)
    if length < _STRAIGHT:
        front = atan2(other.y - joint.y, other.x - joint.x) + pi / 2
        return Point(cos(front), sin(front))
    return Point(sums[0] / length, sums[1] / length)


def _behind(lower: Point, upper: Point) -> Point:
    """Towards the back of the body."""
    back = atan2(upper.y - lower.y, upper.x - lower.x) + pi / 2
    return Point(cos(back), sin(back))
