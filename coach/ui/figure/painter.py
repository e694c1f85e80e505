"""One picture of the figure: what stays is painted once, what moves every frame."""

from functools import partial

from PySide6.QtGui import QPainter

from coach.body.skeleton import Skeleton
from coach.body.stage import Stage
from coach.ui.figure import scenery
from coach.ui.figure.canvas import Canvas, Op, paint
from coach.ui.figure.look import look_for
from coach.ui.figure.mapping import Mapping
from coach.ui.figure.skin import Part, far_parts, near_parts
from coach.ui.tokens import Theme


class FigurePainter:
    """Paints one stage in one theme at one size, in device pixels.

    samples: skeletons from all over the movement. Parts that are the same in every one of them
    and have nothing moving beneath belong to the background.
    mirrored: the figure faces left, which shows the left side of the body.
    """

    def __init__(
        self,
        stage: Stage,
        theme: Theme,
        width: int,
        height: int,
        samples: tuple[Skeleton, ...],
        *,
        mirrored: bool = False,
        skin_name: str = "neutral",
        clothes_name: str = "teal",
    ) -> None:
        self._stage = stage
        self._theme = theme
        self._size = (width, height)
        self._look = look_for(theme.name, skin_name, clothes_name)
        self._samples = samples
        self.mapping = Mapping.fitting(stage.frame, width, height, mirrored=mirrored)
        self._made: dict[int, tuple[Part, list[Op]]] = {}
        self._still = self._count_still()

    def paint_background(self, painter: QPainter) -> None:
        """Everything that never moves; meant to be painted once into a pixmap."""
        stage = self._stage
        scenery.paint_ground(painter, self.mapping, self._theme, stage.view, *self._size)
        canvas = Canvas(self.mapping, self._look)
        scenery.shadows(canvas, self._theme, stage, self._samples)
        scenery.draw_behind(canvas, stage)
        for part in self._parts(self._samples[0])[: self._still]:
            part.draw(canvas)
        paint(painter, canvas.ops)

    def ops(self, body: Skeleton) -> list[Op]:
        """The fills on top of the background, back to front."""
        ops: list[Op] = []
        for index, part in enumerate(self._parts(body)):
            if index < self._still:
                continue
            known = self._made.get(index)
            if known is None or known[0].key != part.key:
                canvas = Canvas(self.mapping, self._look)
                part.draw(canvas)
                known = self._made[index] = (part, canvas.ops)
            ops += known[1]
        return ops

    def paint(self, painter: QPainter, body: Skeleton) -> None:
        """Paint what moves; the painter must work in device pixels, antialiased."""
        paint(painter, self.ops(body))

    def _parts(self, body: Skeleton) -> list[Part]:
        stage = self._stage
        return [
            *far_parts(body, stage.view, shod=stage.shod),
            Part("between", partial(scenery.draw_between, stage=stage)),
            *near_parts(body, stage.view, shod=stage.shod),
        ]

    def _count_still(self) -> int:
        """How many parts from the back on are the same in all samples."""
        keys = [[part.key for part in self._parts(body)] for body in self._samples]
        count = 0
        for same in zip(*keys, strict=True):
            if any(key != same[0] for key in same):
                break
            count += 1
        return count
