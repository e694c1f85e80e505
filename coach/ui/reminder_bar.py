"""A reminder in the window: a quiet strip below the header, with what can be done about it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QBoxLayout, QFrame, QPushButton, QWidget

from coach.app.daily.reminders import Due, Snooze
from coach.ui.announce import announce
from coach.ui.desk import Desk
from coach.ui.parts import FlowLayout, button, label, row, set_text
from coach.ui.tokens import Space


def told(desk: Desk, due: Due) -> str:
    """The words of a reminder."""
    first = "_first" if due.question_first else ""
    return desk.say(f"ui.reminders.told_{due.kind}{first}")


class ReminderBar(QFrame):
    """Takes no focus when it comes; goes when it was followed, put off or closed."""

    def __init__(
        self,
        desk: Desk,
        opened: Callable[[], object],
        snoozed: Callable[[Snooze], object],
        closed: Callable[[], object],
    ) -> None:
        super().__init__()
        self._desk = desk
        self.setProperty("role", "banner")
        self.words = label("", "lead")
        self.open_button = button(desk.say("ui.reminders.open_today"), opened, "primary")
        self.snooze_buttons: dict[Snooze, QPushButton] = {
            snooze: button(desk.say(f"ui.reminders.{snooze}"), partial(snoozed, snooze))
            for snooze in Snooze
        }
        close = desk.say("ui.reminders.close")
        name = desk.say("ui.reminders.close_name")
        self.close_button = button(close, closed, "quiet", name=name)
        self._all = (self.open_button, *self.snooze_buttons.values(), self.close_button)
        flow = FlowLayout(spacing=Space.SMALL)
        for one in self._all:
            flow.addWidget(one)
        self._buttons = QWidget()
        self._buttons.setLayout(flow)
        self._inside = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._inside.setContentsMargins(Space.BASE, Space.SNUG, Space.SNUG, Space.SNUG)
        self._inside.setSpacing(Space.SNUG)
        self._inside.addWidget(self.words, 1)
        self._inside.addWidget(self._buttons)
        self.setLayout(self._inside)
        self.hide()

    def _arrange(self) -> None:
        """Words and buttons side by side, or below each other where the text is large."""
        ways, compact = QBoxLayout.Direction, self._desk.compact
        self._inside.setDirection(ways.TopToBottom if compact else ways.LeftToRight)
        widths = [one.sizeHint().width() + Space.SMALL for one in self._all if not one.isHidden()]
        self._buttons.setMinimumWidth(0 if compact else sum(widths))

    def tell(self, due: Due, *, leads: bool) -> None:
        """Show a reminder; leads: whether it leads to a page that is not in front already."""
        set_text(self.words, told(self._desk, due))
        self.open_button.setVisible(leads)
        self._arrange()
        self.show()
        announce(self, self.words.text())

    def press_focused(self) -> bool:
        """Press the button of the bar that has the focus, if one has."""
        focused = next((one for one in self.findChildren(QPushButton) if one.hasFocus()), None)
        if focused is not None:
            focused.click()
        return focused is not None


def framed(bar: ReminderBar) -> QWidget:
    """The bar with the room around it that a page has; none while the bar is hidden."""
    around = row()
    around.setContentsMargins(Space.WIDE, 0, Space.WIDE, 0)
    around.addWidget(bar)
    made = QWidget()
    made.setLayout(around)
    return made
