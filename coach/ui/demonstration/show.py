"""What is being demonstrated, from moment to moment: the stages, and where they stand."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from coach.app.demonstration import Exhibit, Playback, Reel, compared_seconds
from coach.app.library import Entry
from coach.body.kinematics import Point
from coach.domain.dose import Dose
from coach.domain.exercise import Exercise
from coach.domain.pose import Joint, Pose
from coach.domain.side import Side
from coach.ui.demonstration.options import Options
from coach.ui.demonstration.stages import ComparisonStage, EasesStage, MovementStage
from coach.ui.desk import Desk
from coach.ui.parts import scrolled
from coach.ui.settings.figure_choice import dress


class Show(QStackedWidget):
    """Everything the onlooker sees, so that it can be lent to a second screen as it is."""

    changed = Signal()
    """What is shown has been changed by hand."""

    def __init__(self, desk: Desk, library: Sequence[Entry]) -> None:
        super().__init__()
        self._desk = desk
        first = {one.exercise.id: (one.exercise, one.levels[0].dose) for one in library}
        known = desk.coach.demonstrations()
        self._comparison = known.comparison
        self.movement = MovementStage(desk)
        self.eases = EasesStage(desk, known.eases, *first[known.eases.exercise])
        self.comparison = ComparisonStage(desk, known.comparison, *first[known.comparison.exercise])
        self._areas = {
            Exhibit.MOVEMENT: scrolled(self.movement),
            Exhibit.EASES: scrolled(self.eases),
            Exhibit.COMPARISON: scrolled(self.comparison),
        }
        for area in self._areas.values():
            self.addWidget(area)
        self.movement.figure.pulled.connect(self.pull)
        self.exhibit = Exhibit.MOVEMENT
        self.playback = Playback()
        self.side = Side.RIGHT
        self.options = Options(nerve=True, angles=True, still=False)
        self.bent: Pose | None = None
        self.joint: Joint | None = None
        self._reel: Reel | None = None

    @property
    def reel(self) -> Reel | None:
        """The repetition shown, None before there is one."""
        return self._reel

    @property
    def moving(self) -> bool:
        """True while time changes what is shown."""
        if self.exhibit is Exhibit.EASES:
            return self.eases.moving
        return not self.playback.frozen

    @property
    def joints(self) -> tuple[Joint, ...]:
        """The joints that can be moved by hand now."""
        if self.exhibit is not Exhibit.MOVEMENT or self.movement.grip is None:
            return ()
        return self.movement.grip.joints(self.movement.figure.pose)

    def begin(self, exercise: Exercise, dose: Dose, side: Side) -> None:
        """Show an exercise at a dose from the start of a repetition, moving."""
        self._reel, self.side = Reel(exercise, dose), side
        self.playback = replace(self.playback, share=0.0, frozen=False)
        self.restage()

    def restage(self) -> None:
        """Set every stage anew, for another exercise, leg, theme or look of the figure."""
        settings = self._desk.coach.settings
        for stage in (
            self.movement,
            self.eases,
            self.comparison.slider,
            self.comparison.tensioner,
        ):
            dress(stage.figure, settings)
        self.options = replace(self.options, still=settings.reduced_motion)
        self.bent = self.joint = None
        if self._reel is not None:
            self.movement.show_reel(self._reel, self.side)
        self.eases.begin(self.side)
        self.comparison.begin(self.side)
        self.draw()

    def set_exhibit(self, exhibit: Exhibit) -> None:
        """Show another of the three, from its start and moving."""
        self.exhibit = exhibit
        self.bent = self.joint = None
        self.playback = replace(self.playback, share=0.0, frozen=False)
        self.setCurrentWidget(self._areas[exhibit])
        self.draw()

    def set_options(self, options: Options) -> None:
        """Switch the nerve or the degrees on or off."""
        self.options = options
        self.draw()

    def set_side(self, side: Side) -> None:
        """Show the mirror image, on which the other leg works, where the movement has got to."""
        self.side = side
        self.restage()

    def play(self, playback: Playback) -> None:
        """Go on from there; what a hand has bent is given up."""
        self.playback = playback
        self.bent = self.joint = None
        self.draw()

    def pull(self, joint: Joint, to: Point) -> None:
        """A joint's handle is pulled to a point of the figure."""
        self._bend(joint, self.movement.pulled(joint, to))

    def turn(self, joint: Joint, by: float) -> None:
        """A joint is turned by so many degrees."""
        self._bend(joint, self.movement.turned(joint, by))

    def choose(self, joint: Joint) -> None:
        """Take hold of a joint as it is."""
        self._bend(joint, self.movement.figure.pose)

    def _bend(self, joint: Joint, pose: Pose) -> None:
        self.playback = replace(self.playback, frozen=True)
        self.joint, self.bent = joint, pose
        self.draw()
        self.changed.emit()

    def pass_time(self, passed: float) -> None:
        """Let so many seconds pass."""
        if self.exhibit is Exhibit.EASES:
            self.eases.pass_time(passed, self.options)
            return
        seconds = compared_seconds(self._comparison)
        if self.exhibit is Exhibit.MOVEMENT and self._reel is not None:
            seconds = self._reel.seconds
        self.playback = self.playback.after(passed, seconds)
        self.draw()

    def draw(self) -> None:
        """Bring what is shown up to where things stand."""
        match self.exhibit:
            case Exhibit.EASES:
                self.eases.pass_time(0.0, self.options)
            case Exhibit.COMPARISON:
                self.comparison.show_playback(self.playback, self.options)
            case Exhibit.MOVEMENT if self._reel is not None:
                if self.bent is not None:
                    self.movement.show_bent(self.bent, self.options)
                else:
                    self.movement.show_moment(self._reel, self.playback.share, self.options)
                held = self.joints if self.playback.frozen else ()
                self.movement.figure.show_handles(held, self.joint)
            case _:
                pass
