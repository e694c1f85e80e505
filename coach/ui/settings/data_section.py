"""The owner's data in the settings: where they are, copies, bringing in, deleting."""

from collections.abc import Callable, Generator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QDialog,
    QFileDialog,
    QFrame,
    QLabel,
    QWidget,
)

from coach.store.errors import KnownError
from coach.ui.announce import announce
from coach.ui.desk import Desk
from coach.ui.in_view import bring_into_view
from coach.ui.list_field import ListField
from coach.ui.parts import FlowLayout, button, column, frame, label, set_text, set_tone
from coach.ui.settings.encryption_section import EncryptionSection
from coach.ui.text_field import TextField
from coach.ui.tokens import Space

if TYPE_CHECKING:  # bringing in is loaded when it is first asked for
    from coach.app.incoming.importing import FileReport, Progress

Choose = Callable[[QWidget, str, str], list[str]]
"""Asks for files: parent, headline, which kinds; empty when none was chosen."""

Steps = Generator["Progress", None, "tuple[FileReport, ...]"]


def chosen_files(parent: QWidget, headline: str, kinds: str) -> list[str]:
    """Ask with the system's own dialog."""
    return QFileDialog.getOpenFileNames(parent, headline, "", kinds)[0]


def end_program() -> None:
    """End the event loop; asking the windows to close could leave the program in the tray."""
    QCoreApplication.exit(0)


class DataSection(QFrame):
    """What cannot be undone is told and asked for once more, in the section itself."""

    def __init__(
        self, desk: Desk, *, choose: Choose = chosen_files, end: Callable[[], None] = end_program
    ) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._desk, self._choose, self._end = desk, choose, end
        self._steps: Steps | None = None
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._next)
        self.over: QDialog | None = None
        say = desk.say
        self.folder = _copied()
        self.state = label("", "soft")
        self.copies = ListField()
        self.copies.setAccessibleName(say("ui.data.choose_copy"))
        self.copies.setSizeAdjustPolicy(
            ListField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.copies.setMinimumContentsLength(24)
        self.back_up_button = button(say("ui.data.back_up"), self._back_up)
        self.restore_button = button(say("ui.data.restore"), self._ask_restore)
        self.copy_answer = _copied()
        sure = label(say("ui.data.restore_sure"))
        restore = button(say("ui.data.restore_yes"), self._restore, "danger")
        self.sure = self._asking(restore, sure)
        self.import_button = button(say("ui.data.import_choose"), self._bring_in)
        self.own = QCheckBox(say("ui.data.import_own"))
        self.cancel_button = button(say("ui.data.import_cancel"), self._cancel)
        self.progress = label("", "soft")
        self.told = _copied()
        self.encryption = EncryptionSection(desk, self._finish)
        self.delete_button = button(say("ui.data.delete_begin"), self._ask_delete)
        self.typed = TextField()
        self.warnings = label("", tone="danger")
        word = say("ui.data.delete_word")
        self.typed.setAccessibleName(say("ui.data.delete_type", word=word))
        ask = label(say("ui.data.delete_type", word=word))
        self.delete_answer = label("", tone="danger")
        # Room for its line from the beginning, so that no button moves while it is being pressed.
        self.delete_answer.setMinimumHeight(self.delete_answer.fontMetrics().lineSpacing())
        self.delete_now = button(say("ui.data.delete_yes"), self._delete, "danger")
        self.typed.textChanged.connect(self._show_may_delete)
        self.typed.editingFinished.connect(self._tell_mistyped)
        self.confirm = self._asking(
            self.delete_now, self.warnings, ask, self.typed, self.delete_answer
        )
        inside = column(margin=Space.WIDE, spacing=Space.BASE)
        inside.addWidget(label(say("ui.data.title"), "title"))
        inside.addWidget(label(say("ui.data.help"), "caption"))
        self._lay_out(inside)
        self.setLayout(inside)
        for one in (self.sure, self.confirm, self.progress, self.cancel_button):
            one.hide()
        for answer in (self.copy_answer, self.told):
            answer.hide()

    def _lay_out(self, inside: QBoxLayout) -> None:
        self._part(inside, "where", helped=False)
        inside.addWidget(self.folder)
        inside.addWidget(self.state)
        self._part(inside, "copies")
        inside.addLayout(_across(self.back_up_button))
        inside.addLayout(_across(self.copies, self.restore_button))
        inside.addWidget(self.sure)
        inside.addWidget(self.copy_answer)
        self._part(inside, "import")
        inside.addWidget(self.own)
        inside.addLayout(_across(self.import_button, self.cancel_button))
        inside.addWidget(self.progress)
        inside.addWidget(self.told)
        self._part(inside, "encryption")
        inside.addWidget(self.encryption)
        self._part(inside, "delete")
        inside.addLayout(_across(self.delete_button))
        inside.addWidget(self.confirm)

    def _part(self, inside: QBoxLayout, key: str, *, helped: bool = True) -> None:
        line = QFrame()
        line.setProperty("role", "line")
        line.setFixedHeight(1)
        words = column(spacing=0)
        words.addWidget(label(self._desk.say(f"ui.data.{key}")))
        if helped:
            words.addWidget(label(self._desk.say(f"ui.data.{key}_help"), "caption"))
        inside.addWidget(line)
        inside.addLayout(words)

    def _asking(self, go: QWidget, *about: QWidget) -> QFrame:
        """A panel that asks once more, with a way back and a way on."""
        inside = column(margin=Space.BASE, spacing=Space.BASE)
        for one in about:
            inside.addWidget(one)
        back = button(self._desk.say("ui.data.cancel"), self.cancel_panel)
        inside.addLayout(_across(back, go))
        return frame("panel", inside)

    def show_now(self) -> None:
        """Show what may have changed since the page was last open."""
        care = self._desk.coach.care
        view = care.view()
        self.encryption.show_now()
        set_text(self.folder, view.folder)
        set_text(self.state, view.state)
        self.own.setHidden(not care.may_be_own)
        chosen = self.copies.currentData()
        self.copies.clear()
        for copy in care.copies():
            self.copies.addItem(copy.text, copy.path)
        at = self.copies.findData(chosen)
        self.copies.setCurrentIndex(max(at, 0))
        for one in (self.copies, self.restore_button):
            one.setEnabled(self.copies.count() > 0)

    # Copies

    def _back_up(self) -> None:
        try:
            said, tone = self._desk.coach.care.back_up(), "good"
        except KnownError as error:
            said, tone = str(error), "danger"
        self.show_now()
        self._say(self.copy_answer, said, tone)

    def _ask_restore(self) -> None:
        self._ask_nothing()
        self.copy_answer.hide()
        self.sure.show()
        bring_into_view(self.sure)
        announce(self, self._desk.say("ui.data.restore_sure"))

    def _restore(self) -> None:
        chosen = self.copies.currentData()
        try:
            done = self._desk.coach.care.restore(Path(chosen))
        except KnownError as error:
            self.cancel_panel()
            self._say(self.copy_answer, str(error), "danger")
        else:
            self._finish((*done, self._desk.say("ui.data.over")))

    def cancel_panel(self) -> bool:
        """Close what is asked once more, if anything is; the focus goes to what had opened it."""
        opened = ((self.sure, self.restore_button), (self.confirm, self.delete_button))
        for panel, opener in opened:
            if not panel.isHidden():
                self.typed.clear()
                opener.setFocus()
                self._ask_nothing()
                return True
        return self.encryption.cancel_panel()

    def _ask_nothing(self) -> None:
        for one in (self.sure, self.confirm):
            one.hide()
        self.typed.clear()

    # Bringing in

    def _bring_in(self) -> None:
        say = self._desk.say
        files = self._choose(self, say("ui.data.import_choose"), say("ui.data.import_filter"))
        if not files or self._steps is not None:
            return
        self._steps = self._desk.coach.care.bring_in(
            [Path(one) for one in files], own=self.own.isChecked() and not self.own.isHidden()
        )
        self.told.hide()
        self.cancel_button.show()
        self.cancel_button.setFocus()  # before the other is disabled, which would lose it
        self.import_button.setEnabled(False)
        self._timer.start()

    def _next(self) -> None:
        if self._steps is None:
            return
        try:
            at = next(self._steps)
        except StopIteration as end:
            reports: tuple[FileReport, ...] = end.value
            clean = all(report.clean for report in reports)
            lines = self._desk.coach.care.told(reports)
            self._imported("\n".join(lines), "good" if clean else "warn")
        except KnownError as error:
            self._imported(str(error), "danger")
        else:
            set_text(
                self.progress,
                self._desk.say("ui.data.importing", done=at.done, total=at.total),
            )
            self.progress.show()

    def _cancel(self) -> None:
        if self._steps is not None:
            self._steps.close()
            self._imported(self._desk.say("ui.data.import_cancelled"), "warn")

    def _imported(self, text: str, tone: str) -> None:
        self._timer.stop()
        self._steps = None
        self.import_button.setEnabled(True)
        self.import_button.setFocus()
        self.cancel_button.hide()
        self.progress.hide()
        self.show_now()
        self._say(self.told, text, tone)

    # Deleting

    def _ask_delete(self) -> None:
        self._ask_nothing()
        lines = self._desk.coach.care.warnings()
        set_text(self.warnings, "\n".join(lines))
        self._show_may_delete()
        self.confirm.show()
        self.typed.setFocus()
        bring_into_view(self.confirm)
        announce(self, " ".join(lines))

    def _show_may_delete(self) -> None:
        self.delete_now.setEnabled(self._desk.coach.care.may_delete(self.typed.text()))
        set_text(self.delete_answer, "")

    def _tell_mistyped(self) -> None:
        """Who ends the line, or turns to something else, is told that these are other words."""
        if self.typed.text().strip() and not self.delete_now.isEnabled():
            word = self._desk.say("ui.data.delete_word")
            self._say(
                self.delete_answer, self._desk.say("ui.data.delete_mistyped", word=word), "danger"
            )

    def _delete(self) -> None:
        try:
            done = self._desk.coach.care.delete_everything(self.typed.text())
        except KnownError as error:
            self._say(self.delete_answer, str(error), "danger")
        else:
            self._finish((*done, self._desk.say("ui.data.over_deleted")))

    def _say(self, place: QLabel, text: str, tone: str) -> None:
        set_text(place, text)
        set_tone(place, tone)
        place.show()
        bring_into_view(place)
        announce(self, text)

    def _finish(self, lines: tuple[str, ...]) -> None:
        """Tell what was done; the program has to be opened anew, so there is only one way on."""
        self._timer.stop()
        self._desk.coach.reminders.end()
        over = QDialog(self.window())
        over.setWindowTitle(self._desk.say("ui.header.name"))
        over.setModal(True)
        inside = column(margin=Space.WIDE, spacing=Space.BASE)
        for line in lines:
            shown = _copied()
            shown.setText(line)
            inside.addWidget(shown)
        inside.addStretch(1)
        close = button(self._desk.say("ui.data.close"), over.accept, "primary")
        inside.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        over.setLayout(inside)
        over.setMinimumWidth(round(520 * self._desk.scale))
        over.finished.connect(lambda _result: self._end())
        self.over = over
        over.open()
        announce(self, " ".join(lines))


def _copied(role: str = "") -> QLabel:
    """Words that can be copied, such as a path."""
    made = label("", role)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # an empty line would be a stop without a name
    return made


def _across(*widgets: QWidget) -> FlowLayout:
    flow = FlowLayout()
    for one in widgets:
        flow.addWidget(one)
    return flow
