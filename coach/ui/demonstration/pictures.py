"""Pictures of the figure for a slide, painted without ever being on the screen."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter

from coach.app.demonstration import Reel
from coach.body.grabbing import Grip
from coach.domain.pose import Pose
from coach.domain.side import Side
from coach.store.settings import Settings
from coach.ui.figure.view import FigureView, FigureWords
from coach.ui.tokens import Space, Theme, Type

STILL, MOVING = QSize(1920, 1080), QSize(1280, 720)
"""Pixels of a picture, and of those in a series."""

_CAPTION = 0.030
"""Height of the caption's letters as a share of the picture."""

_QUALITY = 88


@dataclass(frozen=True, slots=True)
class Subject:
    """What is in the picture. caption: what is written below it. nerve: whether it is drawn."""

    reel: Reel
    grip: Grip
    side: Side
    settings: Settings
    words: FigureWords
    caption: str
    nerve: bool


class Studio:
    """Takes pictures of one subject in a theme, all of one size (pixels)."""

    def __init__(self, subject: Subject, theme: Theme, size: QSize) -> None:
        self._subject, self._theme, self._size = subject, theme, size
        self._figure = FigureView(words=subject.words, corner=0)
        self._figure.resize(size)
        self._figure.set_skin(subject.settings.figure_skin)
        self._figure.set_clothes(subject.settings.figure_clothes)
        self._figure.set_nerve(subject.nerve)
        reel = subject.reel
        self._figure.show_exercise(
            reel.exercise, reel.dose, subject.side, theme, stage=subject.grip.stage
        )

    def moment(self, share: float) -> QImage:
        """The movement at a share 0-1 of the repetition."""
        self._figure.set_moment(*self._subject.reel.at(share))
        return self._taken()

    def pose(self, pose: Pose) -> QImage:
        """A pose that need not be part of the movement."""
        self._figure.set_free(self._subject.grip.reach)
        self._figure.show_pose(pose)
        return self._taken()

    def repetition(self) -> Iterator[QImage]:
        """The whole repetition, evenly spaced."""
        for share in self._subject.reel.pictures():
            yield self.moment(share)

    def _taken(self) -> QImage:
        picture = QImage(self._size, QImage.Format.Format_RGB32)
        painter = QPainter(picture)
        self._figure.render(painter, QPoint())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = self._figure.font()
        font.setPixelSize(max(round(self._size.height() * _CAPTION), Type.CAPTION))
        painter.setFont(font)
        painter.setPen(QColor(self._theme.soft))
        room = QRectF(picture.rect()).adjusted(Space.ROOMY, 0, -Space.ROOMY, -Space.BASE)
        low = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, low, self._subject.caption)
        painter.end()
        return picture


def as_file(picture: QImage, kind: str) -> bytes:
    """The picture as the bytes of a file of a kind that Qt writes, such as "png" or "webp"."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(kind.encode()))
    if kind == "webp":
        writer.setQuality(_QUALITY)
    if not writer.write(picture):
        raise ValueError(f"a picture cannot be written as {kind}: {writer.errorString()}")
    return bytes(content.data())
