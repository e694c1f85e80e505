"""The widget that shows the figure at the moment it is told.

It has no clock of its own: the player says which moment to show, and a moment that looks like the
one before is not painted again.
"""

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from coach.body import nerve
from coach.body.kinematics import Point
from coach.body.motion import MARCH_CYCLE_S, eased, march_pose, pose_at
from coach.body.nerve_pose import nerve_pose, shows_nerve
from coach.body.skeleton import Skeleton, View
from coach.body.stage import Stage
from coach.body.staging import stage_for
from coach.domain.dose import Dose
from coach.domain.exercise import Exercise, Kind
from coach.domain.pose import Joint, Pose
from coach.domain.side import Side
from coach.ui.figure.canvas import paint
from coach.ui.figure.mapping import Mapping
from coach.ui.figure.nerve_line import nerve_ops
from coach.ui.figure.painter import FigurePainter
from coach.ui.tokens import THEMES, Radius, Space, Theme, ThemeName, Type

FADE_SHARE = 0.25
"""Reduced motion: the part of a phase spent fading from one still to the next."""


@dataclass(frozen=True, slots=True)
class FigureWords:
    """What the figure says about itself, in the language of the window."""

    name: str = "Exercise figure"
    description: str = "A drawn person shows the movement. Every movement is also spoken."
    seen_from_above: str = "Seen from above"
    seen_from_front: str = "Seen from the front"


@dataclass(frozen=True)
class _Scene:
    """What is being shown; ``lean`` and ``free`` are as the view was told them."""

    exercise: Exercise
    dose: Dose
    stage: Stage
    lean: float
    free: tuple[Pose, ...] = ()

    def body(self, near: Pose, far: Pose) -> Skeleton:
        return self.stage.skeleton(near, far)

    def samples(self) -> tuple[Skeleton, ...]:
        """The figure here and there in the movement."""
        if self.exercise.kind is Kind.WARM_UP:
            strides = [march_pose(MARCH_CYCLE_S * share) for share in (0.0, 0.2, 0.7)]
            return tuple(self.body(stride.near, stride.far) for stride in strides)
        home, out = self.dose.home, self.dose.out
        ways = (home.toward(out, tuple(Joint), share) for share in (0.0, 0.37, 1.0))
        return tuple(self.body(pose, Pose()) for pose in (*ways, *self.free))

    def nerve(self, pose: Pose) -> nerve.Nerve:
        """What a pose of the working leg does to its nerve."""
        return _solved(nerve_pose(self.exercise, pose, self.lean))

    @cached_property
    def bead_rest_mm(self) -> float:
        """The thigh's slide half way between the ends of the movement."""
        ends = (self.nerve(pose).slide_mm["midthigh"] for pose in (self.dose.home, self.dose.out))
        return sum(ends) / 2


@dataclass(frozen=True, slots=True)
class _Moment:
    """Both legs' poses, and in reduced motion the still that is fading away (``fade`` 0-1)."""

    near: Pose
    far: Pose
    before: tuple[Pose, Pose] | None = None
    fade: float = 1.0


@dataclass(frozen=True, slots=True)
class _Prepared:
    """What is painted once for a size (device pixels) and a pixel ratio."""

    size: tuple[int, int, float]
    figure: FigurePainter
    background: QPixmap


class FigureView(QWidget):
    """Shows one exercise at a dose, for one side, in a theme; ``corner`` is a radius in pixels."""

    def __init__(
        self,
        parent: QWidget | None = None,
        words: FigureWords | None = None,
        corner: int = Radius.CARD,
    ) -> None:
        super().__init__(parent)
        self._corner = corner
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 150)
        self._words = words or FigureWords()
        self.setAccessibleName(self._words.name)
        self.setAccessibleDescription(self._words.description)
        self._scene: _Scene | None = None
        self._side = Side.RIGHT
        self._theme = THEMES[ThemeName.LIGHT]
        self._worn = ("neutral", "teal")
        self._reduced = False
        self._nerve = False
        self._moment = _Moment(Pose(), Pose())
        self._ready: _Prepared | None = None
        self._stills: dict[tuple[Pose, Pose], QPixmap] = {}

    def sizeHint(self) -> QSize:
        """Room for a readable figure."""
        return QSize(960, 600)

    @property
    def skeleton(self) -> Skeleton | None:
        """The figure as it is shown now; None before an exercise is set."""
        if self._scene is None:
            return None
        return self._scene.body(self._moment.near, self._moment.far)

    @property
    def nerve(self) -> nerve.Nerve | None:
        """What the pose shown does to the nerve; None where that says nothing."""
        if self._scene is None or not shows_nerve(self._scene.exercise):
            return None
        return self._scene.nerve(self._moment.near)

    @property
    def theme(self) -> Theme:
        """The colours the figure wears."""
        return self._theme

    @property
    def mirrored(self) -> bool:
        """True when the figure faces left, showing the left side of the body."""
        return self._side is Side.LEFT

    @property
    def pose(self) -> Pose:
        """The working leg's side as it is shown now, degrees."""
        return self._moment.near

    def at(self, point: Point) -> QPointF:
        """Where in the widget a point of the figure is. Needs an exercise."""
        return self._mapping().at(point) / self.devicePixelRatioF()

    def metres(self, place: QPointF) -> Point:
        """The point of the figure at a place in the widget. Needs an exercise."""
        mapping, pixel = self._mapping(), place * self.devicePixelRatioF()
        across = (pixel.x() - mapping.left) / mapping.scale * mapping.way
        return Point(across, (mapping.base - pixel.y()) / mapping.scale)

    def _mapping(self) -> Mapping:
        if self._scene is None:
            raise RuntimeError("no exercise is shown yet")
        return self._prepared(self._scene).figure.mapping

    def show_exercise(
        self,
        exercise: Exercise,
        dose: Dose,
        side: Side,
        theme: Theme,
        *,
        stage: Stage | None = None,
        lean: float = 0.0,
    ) -> None:
        """Show an exercise from the start of a repetition.

        stage: another than the exercise's own, such as one with a wider picture. lean: degrees of
        the pelvis, from which the nerve counts the hip (:func:`nerve_pose`).
        """
        self._scene = _Scene(exercise, dose, stage or stage_for(exercise, dose), lean)
        self._side, self._theme = side, theme
        self._moment = _Moment(dose.home, Pose())
        self._rebuild()

    def set_free(self, poses: tuple[Pose, ...]) -> None:
        """Poses besides the movement's own that may be shown: what they move is not unmoving."""
        if self._scene is not None and self._scene.free != poses:
            self._scene = replace(self._scene, free=poses)
            self._rebuild()

    def set_theme(self, theme: Theme) -> None:
        """Change colours only."""
        self._theme = theme
        self._rebuild()

    def set_skin(self, name: str) -> None:
        """Choose skin and hair by a name of :data:`coach.ui.figure.look.SKINS`."""
        self._wear(name, self._worn[1])

    def set_clothes(self, name: str) -> None:
        """Choose shirt and shorts by a name of :data:`coach.ui.figure.look.CLOTHES`."""
        self._wear(self._worn[0], name)

    def _wear(self, skin: str, clothes: str) -> None:
        if self._worn != (skin, clothes):
            self._worn = (skin, clothes)
            self._rebuild()

    def set_nerve(self, shown: bool) -> None:  # noqa: FBT001 - as Qt setters do
        """Draw the nerve over the working leg, or leave it out."""
        if shown != self._nerve:
            self._nerve = shown
            self._stills.clear()
            self.update()

    def set_reduced_motion(self, reduced: bool) -> None:  # noqa: FBT001 - as Qt setters do
        """Show stills that fade into each other instead of a movement."""
        if reduced != self._reduced:
            self._reduced = reduced
            self._stills.clear()
            self.update()

    def set_moment(self, phase_index: int, share: float, seconds: float = 0.0) -> None:
        """Show a moment of the repetition: part (0-1) of a phase.

        seconds: time since the block began, which paces the warm-up march.
        """
        if self._scene is None:
            return
        exercise, dose = self._scene.exercise, self._scene.dose
        if exercise.kind is Kind.WARM_UP:
            moment = _march_still(seconds) if self._reduced else _march(seconds)
        elif self._reduced:
            moment = _still(exercise, dose, phase_index, share)
        else:
            moment = _Moment(pose_at(exercise, dose, phase_index, share), Pose())
        if moment != self._moment:
            self._moment = moment
            self.update()

    def show_pose(self, pose: Pose) -> None:
        """Show a pose of the working leg that need not be part of the movement."""
        moment = _Moment(pose, Pose())
        if moment != self._moment:
            self._moment = moment
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The unmoving background in one copy, then the figure in device pixels."""
        painter = QPainter(self)
        if self._scene is None:
            painter.fillRect(self.rect(), self.palette().window())
        else:
            self._paint_scene(painter, self._scene, self._moment)
        painter.end()

    def _paint_scene(self, painter: QPainter, scene: _Scene, moment: _Moment) -> None:
        ready = self._prepared(scene)
        if moment.before is not None:
            painter.drawPixmap(0, 0, self._picture(scene, ready, moment.before))
            painter.setOpacity(moment.fade)
            painter.drawPixmap(0, 0, self._picture(scene, ready, (moment.near, moment.far)))
            return
        painter.drawPixmap(0, 0, ready.background)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ratio = self.devicePixelRatioF()
        painter.scale(1 / ratio, 1 / ratio)
        self._paint_body(painter, scene, ready, (moment.near, moment.far))

    def _paint_body(
        self, painter: QPainter, scene: _Scene, ready: _Prepared, poses: tuple[Pose, Pose]
    ) -> None:
        body = scene.body(*poses)
        ready.figure.paint(painter, body)
        if self._nerve and shows_nerve(scene.exercise):
            found, at = scene.nerve(poses[0]), ready.figure.mapping
            paint(painter, nerve_ops(body, found, scene.bead_rest_mm, at, self._theme.name))

    def _rebuild(self) -> None:
        self._ready = None
        self.update()

    def _prepared(self, scene: _Scene) -> _Prepared:
        """The painter and the background for the size and pixel ratio of now."""
        ratio = self.devicePixelRatioF()
        wide, tall = round(self.width() * ratio), round(self.height() * ratio)
        if self._ready is not None and self._ready.size == (wide, tall, ratio):
            return self._ready
        figure = FigurePainter(
            scene.stage,
            self._theme,
            wide,
            tall,
            scene.samples(),
            mirrored=self.mirrored,
            skin_name=self._worn[0],
            clothes_name=self._worn[1],
        )
        background = QPixmap(wide, tall)
        background.fill(QColor(self._theme.window))
        painter = QPainter(background)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        corners = QPainterPath()
        corner = self._corner * ratio
        corners.addRoundedRect(QRectF(0, 0, wide, tall), corner, corner)
        painter.setClipPath(corners)
        figure.paint_background(painter)
        painter.end()
        background.setDevicePixelRatio(ratio)
        self._label(background, scene.stage.view)
        self._ready = _Prepared((wide, tall, ratio), figure, background)
        self._stills.clear()
        return self._ready

    def _label(self, background: QPixmap, view: View) -> None:
        """Says from where one looks when it is not from the side."""
        text = {
            View.ABOVE: self._words.seen_from_above,
            View.FRONT: self._words.seen_from_front,
        }.get(view)
        if text is None:
            return
        painter = QPainter(background)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = self.font()
        font.setPixelSize(
            max(Type.CAPTION, self.fontInfo().pixelSize() * Type.CAPTION // Type.BODY)
        )
        painter.setFont(font)
        size = painter.fontMetrics().size(0, text)
        pad = Space.SMALL
        box = QRectF(2 * pad, 2 * pad, size.width() + 3 * pad, size.height() + pad)
        painter.setPen(QColor(self._theme.edge))
        painter.setBrush(QColor(self._theme.surface))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setPen(QColor(self._theme.text))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()

    def _picture(self, scene: _Scene, ready: _Prepared, poses: tuple[Pose, Pose]) -> QPixmap:
        """One still, background and all, so that fading never shows the things behind it."""
        still = self._stills.get(poses)
        if still is None:
            still = ready.background.copy()
            still.setDevicePixelRatio(1.0)
            painter = QPainter(still)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_body(painter, scene, ready, poses)
            painter.end()
            still.setDevicePixelRatio(ready.background.devicePixelRatio())
            self._stills[poses] = still
        return still


@lru_cache(maxsize=256)
def _solved(pose: nerve.Pose) -> nerve.Nerve:
    """The figure and its gauges ask for the same pose, and every repetition for the same poses."""
    return nerve.solve(pose)


def _still(exercise: Exercise, dose: Dose, phase_index: int, share: float) -> _Moment:
    start = pose_at(exercise, dose, phase_index, 0.0)
    end = pose_at(exercise, dose, phase_index, 1.0)
    if start == end:
        return _Moment(end, Pose(), (end, Pose()))
    return _Moment(end, Pose(), (start, Pose()), eased(share / FADE_SHARE))


def _march(seconds: float) -> _Moment:
    stride = march_pose(seconds)
    return _Moment(stride.near, stride.far)


def _march_still(seconds: float) -> _Moment:
    half = MARCH_CYCLE_S / 2
    count, share = divmod(seconds / half, 1.0)
    middle = (count + 0.5) * half
    now, before = march_pose(middle), march_pose(middle + half)
    return _Moment(now.near, now.far, (before.near, before.far), eased(share / FADE_SHARE))
