"""How a phase looks: a colour and a shape, so that neither is needed alone."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF


class Shape(StrEnum):
    """The marks of the phases."""

    AWAY = "away"
    UP = "up"
    DOWN = "down"
    DIAMOND = "diamond"
    SQUARE = "square"
    HOME = "home"
    DOT = "dot"


@dataclass(frozen=True, slots=True)
class PhaseLook:
    """colour: the name of a theme colour that carries ``on_phase`` text."""

    colour: str
    shape: Shape


_OUT = PhaseLook("phase_out", Shape.AWAY)
_TURN = PhaseLook("phase_turn", Shape.DIAMOND)
_HOLD = PhaseLook("phase_turn", Shape.SQUARE)
_BACK = PhaseLook("phase_back", Shape.HOME)
REST = PhaseLook("phase_rest", Shape.DOT)

_LOOKS = {
    "out": _OUT,
    "lift": PhaseLook("phase_out", Shape.UP),
    "ease_in": _OUT,
    "walk": _OUT,
    "turn": _TURN,
    "top": _TURN,
    "hold": _HOLD,
    "back": _BACK,
    "lower": PhaseLook("phase_back", Shape.DOWN),
    "ease_out": _BACK,
}


def look_of(phase_name: str) -> PhaseLook:
    """How a phase of the catalogue is shown; resting phases share one look."""
    return _LOOKS.get(phase_name, REST)


def shape_path(shape: Shape, box: QRectF) -> QPainterPath:
    """The outline of a mark inside a box."""
    path = QPainterPath()
    left, right, top, bottom = box.left(), box.right(), box.top(), box.bottom()
    middle = box.center()
    if shape is Shape.AWAY:
        corners = [QPointF(left, top), QPointF(right, middle.y()), QPointF(left, bottom)]
    elif shape is Shape.HOME:
        corners = [QPointF(right, top), QPointF(left, middle.y()), QPointF(right, bottom)]
    elif shape is Shape.UP:
        corners = [QPointF(left, bottom), QPointF(middle.x(), top), QPointF(right, bottom)]
    elif shape is Shape.DOWN:
        corners = [QPointF(left, top), QPointF(middle.x(), bottom), QPointF(right, top)]
    elif shape is Shape.DIAMOND:
        corners = [
            QPointF(middle.x(), top),
            QPointF(right, middle.y()),
            QPointF(middle.x(), bottom),
            QPointF(left, middle.y()),
        ]
    elif shape is Shape.SQUARE:
        inset = box.width() * 0.08
        path.addRect(box.adjusted(inset, inset, -inset, -inset))
        return path
    else:
        path.addEllipse(box)
        return path
    path.addPolygon(QPolygonF(corners))
    path.closeSubpath()
    return path
