"""Sound and display: what works here, and what exactly to install for the rest."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from coach.app.doctor import Finding
from coach.ui.announce import announce
from coach.ui.desk import Desk
from coach.ui.parts import button, column, empty, frame, label, set_text
from coach.ui.tokens import Space


class DoctorSection(QFrame):
    """Looks when it is asked to; the window goes on meanwhile."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._desk = desk
        self._shown: tuple[Finding, ...] = ()
        self.examine_button = button(desk.say("ui.sound.examine"), self._examine)
        self.state = label("", "soft")
        self.state.hide()
        self._list = column(spacing=Space.SNUG)
        inside = column(margin=Space.WIDE, spacing=Space.BASE)
        inside.addWidget(label(desk.say("ui.sound.doctor"), "title"))
        inside.addWidget(label(desk.say("ui.sound.doctor_help"), "caption"))
        inside.addLayout(self._list)
        inside.addWidget(self.state)
        inside.addWidget(self.examine_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.setLayout(inside)
        self.pass_time()

    def _examine(self) -> None:
        self._desk.coach.sound.examine()
        self.pass_time()

    def pass_time(self) -> None:
        """Show what was found, and whether it is still being looked."""
        sound = self._desk.coach.sound
        looking = sound.examining
        self.examine_button.setEnabled(not looking)
        set_text(self.state, self._desk.say("ui.sound.examining"))
        self.state.setVisible(looking)
        if looking or sound.findings == self._shown:
            return
        self._shown = sound.findings
        set_text(self.examine_button, self._desk.say("ui.sound.examine_again"))
        self.examine_button.setAccessibleName(self._desk.say("ui.sound.examine_again"))
        empty(self._list)
        for finding in self._shown:
            self._list.addWidget(self._line(finding))
        announce(self, " ".join(f"{one.text} {one.advice}" for one in self._shown))

    def _line(self, finding: Finding) -> QWidget:
        say = self._desk.say
        state = say("doctor.works" if finding.works else "doctor.trouble")
        grid = QGridLayout()
        grid.setContentsMargins(Space.BASE, Space.SNUG, Space.BASE, Space.SNUG)
        grid.setHorizontalSpacing(Space.BASE)
        grid.setColumnStretch(1, 1)
        grid.addWidget(label(say(f"doctor.part.{finding.part}"), "lead", wrap=False), 0, 0)
        tone = "good" if finding.works else "danger"
        grid.addWidget(label(state, "lead", tone=tone), 0, 1)
        grid.addWidget(_copied(finding.text), 1, 0, 1, 2)
        if finding.advice:
            grid.addWidget(_copied(finding.advice), 2, 0, 1, 2)
        return frame(
            "banner" if not finding.works else "panel", grid, tone="" if finding.works else "warn"
        )


def _copied(text: str) -> QLabel:
    """Words that can be copied, such as a command."""
    made = label(text)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
