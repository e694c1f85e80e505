"""The building blocks of pages: labels, buttons, cards, and rows that wrap."""

from collections.abc import Callable
from textwrap import wrap

from PySide6.QtCore import QMargins, QPoint, QPointF, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLayoutItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from coach.ui.tokens import Radius, Space

#: Roles of buttons with a coloured fill; the width of a focus ring and of the gap inside it.
_FILLED = ("primary", "danger")
_RING, _GAP = 3, 2
#: Letters in a line of a button whose words take more than one.
_LINE = 30


def label(
    text: str = "",
    role: str = "",
    *,
    tone: str = "",
    wrap: bool = True,
    align: Qt.AlignmentFlag | None = None,
) -> QLabel:
    """A label in one of the text roles of the style sheet."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    if tone:
        made.setProperty("tone", tone)
    if align is not None:
        made.setAlignment(align)
    return made


def set_text(shown: QLabel | QPushButton, text: str) -> None:
    """Change a text only when it differs; laying out costs more than comparing."""
    if shown.text() != text:
        shown.setText(text)


def set_tone(widget: QWidget, tone: str) -> None:
    """Change the tone of a banner or label."""
    _set_property(widget, "tone", tone)


def set_role(widget: QWidget, role: str) -> None:
    """Change the role of a label, such as to a smaller one."""
    _set_property(widget, "role", role)


def set_waiting(widget: QWidget, *, waiting: bool) -> None:
    """Let a button look quiet while it is not yet time for it."""
    _set_property(widget, "waiting", "yes" if waiting else "")


def _set_property(widget: QWidget, name: str, value: str) -> None:
    if (widget.property(name) or "") != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


class PushButton(QPushButton):
    """A button whose focus can be seen on a coloured fill too: a gap parts ring and fill."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """The button, and the gap inside its ring."""
        super().paintEvent(event)
        if not self.hasFocus() or self.property("role") not in _FILLED:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QApplication.palette().window().color(), _GAP))
        inset = _RING + _GAP / 2
        round_by = Radius.BUTTON - inset
        ring = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(ring, round_by, round_by)
        painter.end()


def button(
    text: str,
    pressed: Callable[[], object],
    role: str = "",
    *,
    name: str = "",
) -> QPushButton:
    """A button that never acts on a held key; ``name`` is what a screen reader says."""
    made = PushButton(text)
    made.setAutoDefault(False)
    if role:
        made.setProperty("role", role)
    made.setAccessibleName(name or text)
    made.clicked.connect(lambda _on: pressed())
    return made


def room_for(made: QPushButton, *texts: str) -> int:
    """Pixels of width at which a button can say each of these texts."""
    made.ensurePolished()
    now, widths = made.text(), []
    for text in texts:
        made.setText(text)
        widths.append(made.sizeHint().width())
    made.setText(now)
    return max(widths)


def folded(text: str) -> str:
    """The words of a button in short lines; by itself a button does not wrap its words."""
    return "\n".join(wrap(text, _LINE))


class Toggle(QPushButton):
    """A button that stays down until pressed again, and shows a tick while it is."""

    def __init__(self, text: str, *, folds: bool = False) -> None:
        super().__init__(folded(text) if folds else text)
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        """Room for the tick, so that nothing moves when it comes."""
        return super().sizeHint() + QSize(self.fontMetrics().height(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The button, and the tick before its text."""
        super().paintEvent(event)
        if not self.isChecked():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = self.fontMetrics().height() * 0.5
        left, middle = side * 0.8, self.height() / 2
        tick = QPolygonF(
            [
                QPointF(left, middle),
                QPointF(left + side * 0.38, middle + side * 0.38),
                QPointF(left + side, middle - side * 0.4),
            ]
        )
        pen = QPen(self.palette().buttonText().color(), side * 0.2)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawPolyline(tick)
        painter.end()


def column(*, margin: int = 0, spacing: int = Space.BASE) -> QVBoxLayout:
    """A column with even margins (pixels)."""
    made = QVBoxLayout()
    made.setContentsMargins(margin, margin, margin, margin)
    made.setSpacing(spacing)
    return made


def row(*, margin: int = 0, spacing: int = Space.SNUG) -> QHBoxLayout:
    """A row with even margins (pixels)."""
    made = QHBoxLayout()
    made.setContentsMargins(margin, margin, margin, margin)
    made.setSpacing(spacing)
    return made


def frame(role: str, layout: QLayout, *, tone: str = "") -> QFrame:
    """A card, panel or banner around a layout."""
    made = QFrame()
    made.setProperty("role", role)
    if tone:
        made.setProperty("tone", tone)
    made.setLayout(layout)
    return made


class FlowLayout(QLayout):
    """Items side by side, in as many rows as the width asks for.

    even: every item is as wide as the widest, and each row fills the whole width.
    """

    def __init__(self, *, spacing: int = Space.SNUG, even: bool = False) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._even = even
        self.setSpacing(spacing)
        self.setContentsMargins(QMargins())

    def addItem(self, item: QLayoutItem) -> None:
        """Qt adds an item."""
        self._items.append(item)

    def count(self) -> int:
        """How many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The item at a place, or None."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Remove and return an item."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It takes only what it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height (pixels) at a width."""
        return self._arranged(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Arrange the items."""
        super().setGeometry(rect)
        self._arranged(rect, move=True)

    def sizeHint(self) -> QSize:
        """The size it likes best."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """The largest of the items."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _arranged(self, rect: QRect, *, move: bool) -> int:
        shown = [item for item in self._items if not item.isEmpty()]
        if not shown:
            return 0
        hints = [item.sizeHint() for item in shown]
        gap = self.spacing()
        widths = [min(hint.width(), rect.width()) for hint in hints]
        if self._even:
            widest = max(widths)
            columns = max(1, min((rect.width() + gap) // (widest + gap), len(shown)))
            widths = [(rect.width() - gap * (columns - 1)) // columns] * len(shown)
        height = max(hint.height() for hint in hints)
        x, y = rect.x(), rect.y()
        for item, width in zip(shown, widths, strict=True):
            if x > rect.x() and x + width > rect.right() + 1:
                x, y = rect.x(), y + height + gap
            if move:
                item.setGeometry(QRect(QPoint(x, y), QSize(width, height)))
            x += width + gap
        return y + height - rect.y()


class Switch(QWidget):
    """Shows one of several widgets and is only as tall as that one.

    Whatever had the focus in the one hidden loses it, and no other button gets it instead.
    """

    def __init__(self) -> None:
        super().__init__()
        self._all: list[QWidget] = []
        self._layout = column(spacing=0)
        self.setLayout(self._layout)

    @property
    def current(self) -> QWidget:
        """The widget shown."""
        return next(one for one in self._all if not one.isHidden())

    def add(self, widget: QWidget) -> None:
        """Add a widget; the first one added is shown."""
        self._layout.addWidget(widget)
        widget.setVisible(not self._all)  # once it is inside: outside it would be a window
        self._all.append(widget)

    def show_only(self, widget: QWidget) -> None:
        """Show this one and hide the others."""
        forget_focus(self)
        for one in self._all:
            if one is not widget:
                one.hide()
        widget.show()


def empty(layout: QLayout) -> None:
    """Take everything out of a layout for good."""
    while (item := layout.takeAt(0)) is not None:
        shown = item.widget()
        if shown is not None:
            shown.hide()
            shown.deleteLater()


def forget_focus(inside: QWidget) -> None:
    """Take the focus from whatever has it in there, so that Enter and Space press nothing."""
    focused = QApplication.focusWidget()
    if focused is not None and inside.isAncestorOf(focused):
        focused.clearFocus()


def scrolled(inside: QWidget, area: QScrollArea | None = None) -> QScrollArea:
    """A frameless area in which a widget scrolls up and down where it has too little room."""
    area = area or QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    return area


class Scroll(QScrollArea):
    """A centred column of bounded width that scrolls when the text grows past the window.

    widest: pixels at 100 % text; share: of a large window's width that may be used beyond that;
    edge: pixels kept free at each side.
    """

    def __init__(
        self,
        content: QLayout,
        *,
        widest: int,
        scale: Callable[[], float],
        share: float = 0.0,
        edge: int = Space.ROOMY,
    ) -> None:
        super().__init__()
        self._edge = edge
        self._share = share
        self._widest = widest
        self._scale = scale
        self._inner = QWidget()
        self._around = row()
        self._around.addLayout(content)
        self._inner.setLayout(self._around)
        scrolled(self._inner, self)
        self._wanted: QWidget | None = None
        self._soon = QTimer(self, interval=0, singleShot=True)
        self._soon.timeout.connect(self._bring)

    def bring(self, shown: QWidget) -> None:
        """Scroll until a widget is seen whole, or from its top where it is too tall for that.

        Done a moment later: what has just been shown has no place yet.
        """
        self._wanted = shown
        self._soon.start()

    def _bring(self) -> None:
        shown, self._wanted = self._wanted, None
        if shown is None or not shown.isVisible():
            return
        bar, tall = self.verticalScrollBar(), self.viewport().height()
        top = shown.mapTo(self._inner, QPoint()).y() - Space.BASE
        bottom = top + shown.height() + 2 * Space.BASE
        bar.setValue(min(max(bar.value(), bottom - tall), top))

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing is scrolled to behind another page."""
        super().hideEvent(event)
        self._soon.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column centred and bounded."""
        width = event.size().width()
        widest = round(max(self._widest * self._scale(), width * self._share))
        side = max((width - widest) // 2, self._edge)
        self._around.setContentsMargins(side, Space.BASE, side, Space.BASE)
        super().resizeEvent(event)
