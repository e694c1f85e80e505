"""The joints that can be moved by hand, as buttons that say their degrees."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QPushButton, QWidget

from coach.app.demonstration import signed
from coach.domain.pose import Joint, Pose
from coach.ui.desk import Desk
from coach.ui.parts import FlowLayout, button, column, label, set_text
from coach.ui.tokens import Space


class JointChooser(QWidget):
    """One button a joint; the chosen one is turned by keys."""

    def __init__(self, desk: Desk, chosen: Callable[[Joint], None]) -> None:
        super().__init__()
        self._desk = desk
        self._flow = FlowLayout(spacing=Space.HAIR)
        self.buttons: dict[Joint, QPushButton] = {}
        for joint in Joint:
            made = button(self._named(joint, 0), partial(chosen, joint), "quiet")
            made.setCheckable(True)
            self.buttons[joint] = made
            self._flow.addWidget(made)
        layout = column(spacing=Space.SMALL)
        layout.addWidget(label(desk.say("ui.demonstrate.take_hold"), "lead"))
        layout.addLayout(self._flow)
        layout.addWidget(label(desk.say("ui.demonstrate.take_hold_help"), "caption"))
        self.setLayout(layout)

    def show_joints(self, joints: tuple[Joint, ...], pose: Pose, chosen: Joint | None) -> None:
        """Offer some joints at their present degrees."""
        for joint, made in self.buttons.items():
            made.setVisible(joint in joints)
            made.setChecked(joint is chosen)
        self.show_pose(pose)
        self.setVisible(bool(joints))

    def show_pose(self, pose: Pose) -> None:
        """Keep the degrees up with a movement."""
        for joint, made in self.buttons.items():
            text = self._named(joint, round(pose[joint]))
            set_text(made, text)
            made.setAccessibleName(text)

    def _named(self, joint: Joint, angle: int) -> str:
        name = self._desk.say(f"joint.{joint}").capitalize()
        return self._desk.say("ui.demonstrate.joint_degrees", joint=name, n=signed(angle))
