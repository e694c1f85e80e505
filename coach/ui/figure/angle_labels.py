"""Where the degrees of the joints are written: beside their joints, and never on each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

from PySide6.QtCore import QPointF, QRectF, QSizeF

_APART = 4.0
"""Pixels that are kept free between two labels."""

_ROUNDS = 60


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where beside a joint its label touches, which way it lies from there, and how large it is."""

    at: QPointF
    away: QPointF
    size: QSizeF


def placed(anchors: Sequence[Anchor], room: QRectF, free: QRectF | None = None) -> list[QRectF]:
    """A box for each label, beyond its place where it can be, inside the room.

    Labels that meet are pushed apart along the shorter way until they no longer do. free: what is
    kept free of them where there is room elsewhere.
    """
    boxes = []
    for anchor in anchors:
        length = hypot(anchor.away.x(), anchor.away.y()) or 1.0
        x, y = anchor.away.x() / length, anchor.away.y() / length
        beyond = QPointF(x * anchor.size.width() / 2, y * anchor.size.height() / 2)
        boxes.append(_centred(anchor.at + beyond, anchor.size))
    if free is not None:
        boxes = [_inside(_below(box, free), room) for box in boxes]
    for _ in range(_ROUNDS):
        boxes = [_inside(box, room) for box in boxes]
        if not _push_apart(boxes):
            break
    return boxes


def _below(box: QRectF, free: QRectF) -> QRectF:
    """A box that met the place kept free, moved under it."""
    return box.translated(0, free.bottom() - box.top()) if box.intersects(free) else box


def _push_apart(boxes: list[QRectF]) -> bool:
    """Move each pair that meets apart by half of what it shares; True when any did."""
    met = False
    for first in range(len(boxes)):
        for second in range(first + 1, len(boxes)):
            one, other = boxes[first], boxes[second]
            between = other.center() - one.center()
            wide = (one.width() + other.width()) / 2 + _APART - abs(between.x())
            tall = (one.height() + other.height()) / 2 + _APART - abs(between.y())
            if wide <= 0 or tall <= 0:
                continue
            met = True
            if tall <= wide:
                push = QPointF(0, (tall / 2 + 0.5) * (1 if between.y() >= 0 else -1))
            else:
                push = QPointF((wide / 2 + 0.5) * (1 if between.x() >= 0 else -1), 0)
            boxes[first], boxes[second] = one.translated(-push), other.translated(push)
    return met


def _centred(middle: QPointF, size: QSizeF) -> QRectF:
    return QRectF(middle - QPointF(size.width() / 2, size.height() / 2), size)


def _inside(box: QRectF, room: QRectF) -> QRectF:
    x = min(max(box.x(), room.left()), room.right() - box.width())
    y = min(max(box.y(), room.top()), room.bottom() - box.height())
    return QRectF(QPointF(x, y), box.size())
