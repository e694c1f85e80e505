"""Ground, light and the things around the figure; built once for a size and a theme."""

from math import copysign, cos, pi, sin

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import (
    QBrush,
    QColor,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPolygonF,
    QRadialGradient,
    QTransform,
)

from coach.body.kinematics import Point
from coach.body.skeleton import Skeleton, View
from coach.body.stage import Prop, PropKind, Stage
from coach.ui.figure.canvas import Canvas
from coach.ui.figure.look import Tone, mixed
from coach.ui.figure.mapping import Mapping
from coach.ui.tokens import Theme

BEHIND = {
    PropKind.WALL,
    PropKind.MAT,
    PropKind.WORKTOP,
    PropKind.MAT_ABOVE,
    PropKind.PILLOW_ABOVE,
}
"""Things behind the whole figure; the others stand between its two sides."""


def paint_ground(
    painter: QPainter, mapping: Mapping, theme: Theme, view: View, width: int, height: int
) -> None:
    """Room and floor behind everything."""
    whole = QRectF(0, 0, width, height)
    shade = QLinearGradient(0, 0, 0, height)
    if view is View.ABOVE:
        shade.setColorAt(0, QColor(theme.scene_low))
        shade.setColorAt(1, QColor(theme.scene_floor))
    else:
        # The wall meets the floor a little behind the figure, so above its feet.
        seam = min(max((mapping.base - 0.16 * mapping.scale) / height, 0.05), 0.97)
        shade.setColorAt(0, QColor(theme.scene_top))
        shade.setColorAt(max(seam - 0.03, 0), QColor(theme.scene_low))
        shade.setColorAt(min(seam + 0.03, 1), QColor(theme.scene_floor))
        shade.setColorAt(1, QColor(theme.scene_front))
    painter.fillRect(whole, QBrush(shade))
    glow = QRadialGradient(QPointF(width * 0.5, height * 0.42), max(width, height) * 0.55)
    near, far = QColor(theme.scene_glow), QColor(theme.scene_glow)
    near.setAlpha(150)
    far.setAlpha(0)
    glow.setColorAt(0, near)
    glow.setColorAt(1, far)
    painter.fillRect(whole, QBrush(glow))


def shadows(canvas: Canvas, theme: Theme, stage: Stage, bodies: tuple[Skeleton, ...]) -> None:
    """Soft shadows on the floor under whatever touches it."""
    if stage.view is View.ABOVE:
        return
    low = [p.x for body in bodies for p in body.points() if p.y < 0.25]
    for item in stage.props:
        if item.kind in (PropKind.CHAIR, PropKind.CHAIR_TURNED, PropKind.MAT):
            low += [item.centre.x - item.width / 2, item.centre.x + item.width / 2]
    left, right = min(low), max(low)
    half = (right - left) / 2 + 0.16
    _shadow(canvas, theme, Point((left + right) / 2, 0.004), half, 0.055, 90)
    _shadow(canvas, theme, Point((left + right) / 2, 0.004), half * 0.8, 0.026, 90)


def _shadow(
    canvas: Canvas, theme: Theme, at: Point, half: float, depth: float, strength: int
) -> None:
    scale = canvas.map.scale
    centre = canvas.map.at(at)
    gradient = QRadialGradient(QPointF(0, 0), 1)
    for stop, share in ((0.0, 1.0), (0.55, 0.45), (1.0, 0.0)):
        colour = QColor(theme.scene_shadow)
        colour.setAlpha(int(strength * share))
        gradient.setColorAt(stop, colour)
    fill = QBrush(gradient)
    fill.setTransform(QTransform(half * scale, 0, 0, depth * scale, centre.x(), centre.y()))
    path = QPainterPath()
    path.addEllipse(centre, half * scale, depth * scale)
    canvas.fill(path, fill)


def draw_behind(canvas: Canvas, stage: Stage) -> None:
    """Props behind the whole figure."""
    _draw(canvas, tuple(item for item in stage.props if item.kind in BEHIND))


def draw_between(canvas: Canvas, stage: Stage) -> None:
    """Props between the far and the near side."""
    _draw(canvas, tuple(item for item in stage.props if item.kind not in BEHIND))


def _draw(canvas: Canvas, props: tuple[Prop, ...]) -> None:
    look = canvas.look
    for item in props:
        match item.kind:
            case PropKind.MAT:
                _slab(canvas, item, look.mat, 0.011)
            case PropKind.MAT_ABOVE:
                _mat_above(canvas, item, look.mat)
            case PropKind.PILLOW | PropKind.PILLOW_ABOVE:
                _pillow(canvas, item, look.pillow)
            case PropKind.CHAIR:
                _chair(canvas, item, look.wood, 1)
            case PropKind.CHAIR_TURNED:
                _chair(canvas, item, look.wood, -1)
            case PropKind.WALL:
                _slab(canvas, item, look.plain, 0.004)
            case PropKind.WORKTOP:
                _worktop(canvas, item)
            case PropKind.STEP:
                _slab(canvas, item, look.wood, 0.018)


def _box(canvas: Canvas, left: float, right: float, bottom: float, top: float) -> QRectF:
    return QRectF(canvas.map.at((left, top)), canvas.map.at((right, bottom))).normalized()


def _rounded(rect: QRectF, radius: float) -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(rect, radius, radius)
    return path


def _upright(canvas: Canvas, top: float, bottom: float, tone: Tone) -> QBrush:
    gradient = QLinearGradient(canvas.map.at((0, top)), canvas.map.at((0, bottom)))
    gradient.setColorAt(0, QColor(tone.light))
    gradient.setColorAt(0.35, QColor(tone.base))
    gradient.setColorAt(1, QColor(tone.shade))
    return QBrush(gradient)


def _slab(canvas: Canvas, item: Prop, tone: Tone, radius: float) -> None:
    left, right = item.centre.x - item.width / 2, item.centre.x + item.width / 2
    bottom = item.centre.y - item.height / 2
    rect = _box(canvas, left, right, bottom, item.top)
    fill = _upright(canvas, item.top, bottom, tone)
    canvas.fill(_rounded(rect, radius * canvas.map.scale), fill, canvas.rim(tone))


def _mat_above(canvas: Canvas, item: Prop, tone: Tone) -> None:
    left, right = item.centre.x - item.width / 2, item.centre.x + item.width / 2
    bottom, top = item.centre.y - item.height / 2, item.centre.y + item.height / 2
    scale = canvas.map.scale
    for grow, colour in ((0.0, tone.shade), (-0.008, mixed(tone.base, tone.light, 0.25))):
        rect = _box(canvas, left - grow, right + grow, bottom - grow, top + grow)
        canvas.fill(_rounded(rect, 0.05 * scale), colour, canvas.rim(tone))
    inner = _rounded(
        _box(canvas, left + 0.05, right - 0.05, bottom + 0.05, top - 0.05), 0.03 * scale
    )
    canvas.line(inner, mixed(tone.base, tone.light, 0.65), 0.005)


def _pillow(canvas: Canvas, item: Prop, tone: Tone) -> None:
    """A cushion with drawn-in corners, round its own middle."""
    w, h = item.width / 2, item.height / 2
    path = _cushion(w, h)
    place = canvas.map.transform(item.centre, item.tilt)
    gradient = QLinearGradient(place.map(QPointF(0, h)), place.map(QPointF(0, -h)))
    gradient.setColorAt(0, QColor(tone.light))
    gradient.setColorAt(0.45, QColor(tone.base))
    gradient.setColorAt(1, QColor(tone.shade))
    canvas.fill(place.map(path), QBrush(gradient), canvas.rim(tone))
    if item.kind is PropKind.PILLOW:
        seam = QPainterPath(QPointF(-w * 0.96, 0))
        seam.cubicTo(-w * 0.5, -h * 0.10, w * 0.5, -h * 0.10, w * 0.96, 0)
        canvas.line(place.map(seam), mixed(tone.base, tone.shade, 0.55), 0.003)


def _cushion(w: float, h: float) -> QPainterPath:
    """A rounded rectangle with full sides (a superellipse), round the origin."""
    points = []
    for step in range(40):
        turn = 2 * pi * step / 40
        c, s = cos(turn), sin(turn)
        points.append(QPointF(copysign(w * abs(c) ** 0.55, c), copysign(h * abs(s) ** 0.55, s)))
    path = QPainterPath()
    path.addPolygon(QPolygonF(points))
    path.closeSubpath()
    return path


def _chair(canvas: Canvas, item: Prop, tone: Tone, way: int) -> None:
    """A plain wooden chair; ``way`` 1 has its back on the left."""
    scale = canvas.map.scale
    seat_top = item.top
    half = item.width / 2
    front, back = item.centre.x + way * half, item.centre.x - way * half
    legs = QPainterPath()
    for x, lean in ((back + way * 0.045, -0.045), (front - way * 0.050, 0.022)):
        for edge in (_quad(canvas, x, 0.019, seat_top - 0.03, x + way * lean, 0.014, 0.0),):
            legs.addPath(edge)
    canvas.fill(legs, _upright(canvas, seat_top, -0.1, Tone(tone.shade, tone.base, tone.shade)))
    rail = _box(canvas, back + way * 0.02, front - way * 0.04, 0.15, 0.172)
    canvas.fill(_rounded(rail, 0.010 * scale), mixed(tone.base, tone.shade, 0.75))
    post = _quad(
        canvas,
        back + way * 0.035,
        0.019,
        seat_top - 0.02,
        back - way * 0.045,
        0.016,
        seat_top + 0.43,
    )
    canvas.fill(post, mixed(tone.base, tone.shade, 0.55))
    rest = _quad(
        canvas,
        back - way * 0.008,
        0.022,
        seat_top + 0.24,
        back - way * 0.048,
        0.022,
        seat_top + 0.45,
    )
    canvas.fill(rest, mixed(tone.base, tone.light, 0.25), canvas.rim(tone))
    seat = _box(canvas, back - way * 0.01, front + way * 0.01, seat_top - 0.052, seat_top)
    canvas.fill(
        _rounded(seat, 0.022 * scale),
        _upright(canvas, seat_top, seat_top - 0.06, tone),
        canvas.rim(tone),
    )


def _quad(
    canvas: Canvas, x0: float, half0: float, y0: float, x1: float, half1: float, y1: float
) -> QPainterPath:
    path = QPainterPath(canvas.map.at((x0 - half0, y0)))
    for corner in ((x0 + half0, y0), (x1 + half1, y1), (x1 - half1, y1)):
        path.lineTo(canvas.map.at(corner))
    path.closeSubpath()
    return path


def _worktop(canvas: Canvas, item: Prop) -> None:
    look = canvas.look
    scale = canvas.map.scale
    left, right = item.centre.x - item.width / 2, item.centre.x + item.width / 2
    body = _box(canvas, left + 0.03, right - 0.03, 0.07, item.top - 0.04)
    canvas.fill(
        _box_path(_box(canvas, left + 0.06, right - 0.06, 0.0, 0.08)),
        mixed(look.plain.base, look.plain.shade, 0.9),
    )
    canvas.fill(
        _rounded(body, 0.006 * scale),
        _upright(canvas, item.top, 0.0, Tone(look.plain.base, look.plain.light, look.plain.shade)),
        canvas.rim(look.plain),
    )
    middle = (left + right) / 2
    for x0, x1 in ((left + 0.05, middle - 0.01), (middle + 0.01, right - 0.05)):
        door = _rounded(_box(canvas, x0, x1, 0.10, item.top - 0.07), 0.012 * scale)
        canvas.line(door, mixed(look.plain.base, look.plain.shade, 0.6), 0.004)
    top = _box(canvas, left, right, item.top - 0.045, item.top)
    canvas.fill(
        _rounded(top, 0.012 * scale),
        _upright(canvas, item.top, item.top - 0.05, look.wood),
        canvas.rim(look.wood),
    )


def _box_path(rect: QRectF) -> QPainterPath:
    path = QPainterPath()
    path.addRect(rect)
    return path
