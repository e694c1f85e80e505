"""Saving pictures for a slide: what, in which colours, and how far it has got."""

from collections.abc import Callable, Generator
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QWidget

from coach.app.picture_files import new_folder, save_picture, saving_series
from coach.domain.pose import Pose
from coach.formats.webp_animation import animated
from coach.store.errors import KnownError
from coach.ui.announce import announce
from coach.ui.demonstration.pictures import MOVING, STILL, Studio, Subject, as_file
from coach.ui.desk import Desk
from coach.ui.list_field import ListField
from coach.ui.parts import button, column, label, set_text
from coach.ui.tokens import THEMES, Space, ThemeName


class What(StrEnum):
    """What can be saved."""

    MOMENT = "moment"
    SERIES = "series"
    ANIMATION = "animation"


_ENDINGS = {What.MOMENT: ".png", What.SERIES: "", What.ANIMATION: ".webp"}

Scene = tuple[Subject, float, Pose | None, str]
"""Subject, share of the repetition, the pose a hand has made of it, and a name for the file."""

Steps = Generator[int, None, None]
"""Makes a picture at a time, and says how many there are."""

Choose = Callable[[QWidget, str, str], str]
"""Asks for a file: parent, headline, suggested path; "" when none was chosen."""


def chosen_file(parent: QWidget, headline: str, suggested: str) -> str:
    """Ask with the system's own dialog."""
    return QFileDialog.getSaveFileName(parent, headline, suggested)[0]


class Saving(QWidget):
    """Choices, a button, and one line about how it went. Pictures are made one by one."""

    def __init__(self, desk: Desk, scene: Callable[[], Scene], choose: Choose) -> None:
        super().__init__()
        self._desk, self._scene, self._choose = desk, scene, choose
        self._steps: Steps | None = None
        self._count, self._place = 0, ""
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._next)
        say = desk.say
        self.what = ListField()
        self.what.setAccessibleName(say("ui.picture.what"))
        for what in What:
            self.what.addItem(say(f"ui.picture.{what}"), what)
        self.colours = ListField()
        self.colours.setAccessibleName(say("ui.picture.colours"))
        for name in (ThemeName.LIGHT, ThemeName.DARK):
            self.colours.addItem(say(f"ui.picture.{name}"), name)
        self.colours.setCurrentIndex(1 if desk.theme.is_dark else 0)
        for box in (self.what, self.colours):
            policy = ListField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            box.setSizeAdjustPolicy(policy)
            box.leave_keys()
        self.save = button(say("ui.picture.save"), self.start_or_stop)
        self.told = label("", "caption")
        layout = column(spacing=Space.SMALL)
        layout.addWidget(self.what)
        layout.addWidget(self.colours)
        layout.addWidget(self.save)
        layout.addWidget(self.told)
        self.told.hide()
        self.setLayout(layout)

    @property
    def under_way(self) -> bool:
        """True while pictures are being made."""
        return self._steps is not None

    def start_or_stop(self) -> None:
        """Ask where to and begin, or give up what is under way."""
        if self.under_way:
            self.give_up()
            return
        what = What(self.what.currentData())
        subject, share, pose, name = self._scene()
        folder = what is What.SERIES
        headline = self._desk.say(f"ui.picture.choose{'_folder' if folder else ''}")
        suggested = Path.home() / f"{name}{_ENDINGS[what]}"
        chosen = self._choose(self, headline, str(suggested))
        if not chosen:
            return
        path = Path(chosen)
        if not folder and path.suffix.lower() != _ENDINGS[what]:
            path = path.with_name(path.name + _ENDINGS[what])
        theme = THEMES[ThemeName(self.colours.currentData())]
        self._count = 1 if what is What.MOMENT else len(subject.reel.pictures())
        studio = Studio(subject, theme, STILL if what is What.MOMENT else MOVING)
        match what:
            case What.MOMENT:
                self._steps = _still(studio, share, pose, path)
            case What.SERIES:
                path = new_folder(path)
                pictures = (as_file(one, "png") for one in studio.repetition())
                self._steps = saving_series(path, name, pictures)
            case What.ANIMATION:
                ms = round(subject.reel.seconds * 1000 / self._count)
                self._steps = _animation(studio, path, ms)
        self._place = str(path)
        set_text(self.save, self._desk.say("ui.picture.stop"))
        self._tell(self._desk.say("ui.picture.under_way", n=0, m=self._count))
        self._timer.start()

    def give_up(self) -> None:
        """Stop; nothing half made stays behind."""
        if self._steps is not None:
            self._end(self._desk.say("ui.picture.stopped"))

    def _next(self) -> None:
        if self._steps is None:
            return
        try:
            done = next(self._steps)
        except StopIteration:
            self._end(self._desk.say("ui.picture.saved", place=self._place))
        except KnownError as error:
            self._end(str(error))
        else:
            self._tell(self._desk.say("ui.picture.under_way", n=done, m=self._count))

    def _end(self, said: str) -> None:
        self._timer.stop()
        steps, self._steps = self._steps, None
        if steps is not None:
            steps.close()
        set_text(self.save, self._desk.say("ui.picture.save"))
        self._tell(said)
        announce(self, said)

    def _tell(self, said: str) -> None:
        set_text(self.told, said)
        self.told.setVisible(bool(said))


def _still(studio: Studio, share: float, pose: Pose | None, path: Path) -> Steps:
    picture = studio.moment(share) if pose is None else studio.pose(pose)
    save_picture(path, as_file(picture, "png"))
    yield 1


def _animation(studio: Studio, path: Path, ms: int) -> Steps:
    made = []
    for picture in studio.repetition():
        made.append(as_file(picture, "webp"))
        yield len(made)
    save_picture(path, animated(made, MOVING.width(), MOVING.height(), ms))
