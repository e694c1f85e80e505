"""The widget that shows the figure at the moment it is told.

It has no clock of its own: the player says which moment to show, and a moment that looks like the
one before is not painted again.
"""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from coach.body.motion import MARCH_CYCLE_S, eased, march_pose, pose_at
from coach.body.skeleton import Skeleton, View
from coach.body.stage import Stage
from coach.body.staging import stage_for
from coach.domain.dose import Dose
from coach.domain.exercise import Exercise, Kind
from coach.domain.pose import Joint, Pose
from coach.domain.side import Side
from coach.ui.figure.painter import FigurePainter
from coach.ui.tokens import Space, Theme, Type

FADE_SHARE = 0.25
"""Reduced motion: the part of a phase spent fading from one still to the next."""


@dataclass(frozen=True, slots=True)
class FigureWords:
    """What the figure says about itself, in the language of the window."""

    name: str = "Exercise figure"
    description: str = "A drawn person shows the movement. Every movement is also spoken."
    seen_from_above: str = "Seen from above"
    seen_from_front: str = "Seen from the front"


@dataclass(frozen=True, slots=True)
class _Moment:
    """Both legs' poses, and in reduced motion the still that is fading away (``fade`` 0-1)."""

    near: Pose
    far: Pose
    before: tuple[Pose, Pose] | None = None
    fade: float = 1.0


class FigureView(QWidget):
    """Shows one exercise at a dose, for one side, in a theme."""

    def __init__(self, parent: QWidget | None = None, words: FigureWords | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 150)
        self._words = words or FigureWords()
        self.setAccessibleName(self._words.name)
        self.setAccessibleDescription(self._words.description)
        self._exercise: Exercise | None = None
        self._dose: Dose | None = None
        self._side = Side.RIGHT
        self._theme: Theme | None = None
        self._stage: Stage | None = None
        self._skin = "neutral"
        self._reduced = False
        self._moment = _Moment(Pose(), Pose())
        self._painter: FigurePainter | None = None
        self._background: QPixmap | None = None
        self._stills: dict[tuple[Pose, Pose], QPixmap] = {}
        self._painted_for: tuple[int, int, float] = (0, 0, 0.0)

    def sizeHint(self) -> QSize:
        """Room for a readable figure."""
        return QSize(960, 600)

    @property
    def skeleton(self) -> Skeleton | None:
        """The figure as it is shown now; None before an exercise is set."""
        if self._stage is None:
            return None
        return self._stage.skeleton(self._moment.near, self._moment.far)

    @property
    def mirrored(self) -> bool:
        """True when the figure faces left, showing the left side of the body."""
        return self._side is Side.LEFT

    def show_exercise(self, exercise: Exercise, dose: Dose, side: Side, theme: Theme) -> None:
        """Show an exercise from the start of a repetition."""
        self._exercise, self._dose, self._side, self._theme = exercise, dose, side, theme
        self._stage = stage_for(exercise, dose)
        self._moment = _Moment(dose.home, Pose())
        self._rebuild()

    def set_theme(self, theme: Theme) -> None:
        """Change colours only."""
        self._theme = theme
        self._rebuild()

    def set_skin(self, name: str) -> None:
        """Choose skin and hair by a name of :data:`coach.ui.figure.look.SKINS`."""
        self._skin = name
        self._rebuild()

    def set_reduced_motion(self, reduced: bool) -> None:
        """Show stills that fade into each other instead of a movement."""
        if reduced != self._reduced:
            self._reduced = reduced
            self._stills.clear()
            self.update()

    def set_moment(self, phase_index: int, share: float, seconds: float = 0.0) -> None:
        """Show a moment of the repetition: part (0-1) of a phase.

        seconds: time since the block began, which paces the warm-up march.
        """
        if self._exercise is None or self._dose is None:
            return
        if self._exercise.kind is Kind.WARM_UP:
            moment = _march(seconds, self._reduced)
        elif self._reduced:
            moment = _still(self._exercise, self._dose, phase_index, share)
        else:
            pose = pose_at(self._exercise, self._dose, phase_index, share)
            moment = _Moment(pose, Pose())
        if moment != self._moment:
            self._moment = moment
            self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The background is painted anew for the new size when it is next needed."""
        self._background = None
        super().resizeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The unmoving background in one copy, then the figure in device pixels."""
        painter = QPainter(self)
        if self._stage is None or self._theme is None:
            painter.fillRect(self.rect(), self.palette().window())
            painter.end()
            return
        figure, background = self._prepared()
        painter.drawPixmap(0, 0, background)
        if self._moment.before is not None:
            self._paint_fading(painter)
        else:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            ratio = self.devicePixelRatioF()
            painter.scale(1 / ratio, 1 / ratio)
            figure.paint(painter, self._stage.skeleton(self._moment.near, self._moment.far))
        painter.end()

    def _rebuild(self) -> None:
        self._background = None
        self._stills.clear()
        self.update()

    def _prepared(self) -> tuple[FigurePainter, QPixmap]:
        """The painter and the background for the size and pixel ratio of now."""
        ratio = self.devicePixelRatioF()
        wide, tall = round(self.width() * ratio), round(self.height() * ratio)
        stale = self._painted_for != (wide, tall, ratio)
        if self._background is not None and self._painter is not None and not stale:
            return self._painter, self._background
        assert self._stage is not None and self._theme is not None and self._dose is not None
        figure = FigurePainter(
            self._stage, self._theme, wide, tall, self._samples(), self.mirrored, self._skin
        )
        background = QPixmap(wide, tall)
        painter = QPainter(background)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        figure.paint_background(painter)
        painter.end()
        background.setDevicePixelRatio(ratio)
        self._label(background)
        self._painter, self._background = figure, background
        self._painted_for = (wide, tall, ratio)
        self._stills.clear()
        return figure, background

    def _samples(self) -> tuple[Skeleton, ...]:
        """The figure here and there in the movement."""
        assert self._stage is not None and self._dose is not None and self._exercise is not None
        if self._exercise.kind is Kind.WARM_UP:
            strides = [march_pose(MARCH_CYCLE_S * share) for share in (0.0, 0.2, 0.7)]
            return tuple(self._stage.skeleton(stride.near, stride.far) for stride in strides)
        home, out = self._dose.home, self._dose.out
        return tuple(
            self._stage.skeleton(home.toward(out, tuple(Joint), share))
            for share in (0.0, 0.37, 1.0)
        )

    def _label(self, background: QPixmap) -> None:
        """Says from where one looks when it is not from the side."""
        assert self._stage is not None and self._theme is not None
        text = {
            View.ABOVE: self._words.seen_from_above,
            View.FRONT: self._words.seen_from_front,
        }.get(self._stage.view)
        if text is None:
            return
        painter = QPainter(background)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = self.font()
        font.setPixelSize(max(Type.CAPTION, self.fontInfo().pixelSize() * Type.CAPTION // Type.BODY))
        painter.setFont(font)
        size = painter.fontMetrics().size(0, text)
        pad = Space.SMALL
        box = QRectF(pad, pad, size.width() + 3 * pad, size.height() + pad)
        painter.setPen(QColor(self._theme.edge))
        painter.setBrush(QColor(self._theme.surface))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setPen(QColor(self._theme.text))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()

    def _paint_fading(self, painter: QPainter) -> None:
        moment = self._moment
        assert moment.before is not None
        painter.drawPixmap(0, 0, self._picture(*moment.before))
        painter.setOpacity(moment.fade)
        painter.drawPixmap(0, 0, self._picture(moment.near, moment.far))
        painter.setOpacity(1.0)

    def _picture(self, near: Pose, far: Pose) -> QPixmap:
        """One still, background and all, so that fading never shows the things behind it."""
        figure, background = self._prepared()
        still = self._stills.get((near, far))
        if still is None:
            assert self._stage is not None
            still = background.copy()
            still.setDevicePixelRatio(1.0)
            painter = QPainter(still)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            figure.paint(painter, self._stage.skeleton(near, far))
            painter.end()
            still.setDevicePixelRatio(background.devicePixelRatio())
            self._stills[near, far] = still
        return still


def _still(exercise: Exercise, dose: Dose, phase_index: int, share: float) -> _Moment:
    start = pose_at(exercise, dose, phase_index, 0.0)
    end = pose_at(exercise, dose, phase_index, 1.0)
    if start == end:
        return _Moment(end, Pose(), (end, Pose()))
    return _Moment(end, Pose(), (start, Pose()), eased(share / FADE_SHARE))


def _march(seconds: float, reduced: bool) -> _Moment:
    if not reduced:
        stride = march_pose(seconds)
        return _Moment(stride.near, stride.far)
    half = MARCH_CYCLE_S / 2
    count, share = divmod(seconds / half, 1.0)
    middle = (count + 0.5) * half
    now, before = march_pose(middle), march_pose(middle + half)
    return _Moment(now.near, now.far, (before.near, before.far), eased(share / FADE_SHARE))
