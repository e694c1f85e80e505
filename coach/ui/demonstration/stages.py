"""What a demonstration shows to the one who looks: figure, gauges, and a sentence."""

from PySide6.QtWidgets import QGridLayout, QWidget

from coach.app.demonstration import (
    EASE_S,
    START,
    Playback,
    Reel,
    between,
    compared_dose,
    compared_pose,
    degrees_shown,
    ease_dose,
    ease_pose,
    signed,
)
from coach.body.grabbing import Grip, grip_on
from coach.body.kinematics import Point
from coach.body.nerve import Nerve
from coach.domain.demonstration import Comparison, Eases, Ends
from coach.domain.dose import Dose
from coach.domain.exercise import Exercise
from coach.domain.pose import Joint, Pose
from coach.domain.side import Side
from coach.ui.demonstration.options import Options
from coach.ui.desk import Desk
from coach.ui.figure.shown_figure import ShownFigure
from coach.ui.parts import column, frame, label, set_text
from coach.ui.session.gauges import Gauges
from coach.ui.settings.figure_choice import figure_words
from coach.ui.tokens import Space


class FigureStage(QWidget):
    """One figure with its gauges."""

    def __init__(self, desk: Desk, *, note: bool = True) -> None:
        super().__init__()
        self._desk = desk
        self.figure = ShownFigure(words=figure_words(desk))
        self.gauges = Gauges(desk, across=True, note=note)
        self.text = label("", "" if desk.compact else "lead")
        self.text.hide()
        layout = column(spacing=Space.SNUG)
        layout.addWidget(self.figure, 1)
        layout.addWidget(self.gauges)
        layout.addWidget(self.text)
        self.setLayout(layout)

    def tell(self, said: str) -> None:
        """The sentence below the gauges, "" for none."""
        set_text(self.text, said)
        self.text.setVisible(bool(said))

    def follow(self, options: Options, moved: tuple[Joint, ...]) -> None:
        """Write degrees as the options say, and bring the gauges up to the figure."""
        self.figure.set_nerve(options.nerve)
        self.gauges.show_nerve(self.figure.nerve)
        self.figure.show_degrees(self._degrees(moved) if options.angles else ())

    def _degrees(self, moved: tuple[Joint, ...]) -> tuple[tuple[Joint, str], ...]:
        shown = degrees_shown(self.figure.pose, moved)
        say = self._desk.say
        return tuple(
            (joint, say("ui.demonstrate.degrees", n=signed(angle))) for joint, angle in shown
        )


class MovementStage(FigureStage):
    """An exercise in its repetition, or as a hand has bent it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.grip: Grip | None = None
        self._moved: tuple[Joint, ...] = ()

    def show_reel(self, reel: Reel, side: Side) -> None:
        """Begin with an exercise at a dose."""
        exercise, dose = reel.exercise, reel.dose
        self.grip = grip_on(exercise, dose)
        self._moved = tuple(joint for joint in Joint if dose.home[joint] != dose.out[joint])
        theme = self._desk.theme
        self.figure.show_exercise(exercise, dose, side, theme, stage=self.grip.stage)

    def show_moment(self, reel: Reel, share: float, options: Options) -> None:
        """The repetition at a share 0-1 of it."""
        self.figure.set_free(())
        self.figure.set_moment(*reel.at(share))
        self.follow(options, self._moved)

    def show_bent(self, pose: Pose, options: Options) -> None:
        """A pose made by hand."""
        if self.grip is not None:
            self.figure.set_free(self.grip.reach)
        self.figure.show_pose(pose)
        self.follow(options, self._moved)

    def pulled(self, joint: Joint, to: Point) -> Pose:
        """The pose that comes of pulling a joint's handle to a point."""
        pose = self.figure.pose
        return pose if self.grip is None else self.grip.pulled(pose, joint, to)

    def turned(self, joint: Joint, by: float) -> Pose:
        """The pose that comes of turning a joint by so many degrees."""
        pose = self.figure.pose
        return pose if self.grip is None else self.grip.turned(pose, joint, by)


class EasesStage(FigureStage):
    """The raised leg, and one ease of it at a time."""

    def __init__(self, desk: Desk, eases: Eases, exercise: Exercise, dose: Dose) -> None:
        super().__init__(desk)
        self._eases, self._exercise, self._dose = eases, exercise, dose
        self.name = START
        self._from = self._to = eases.start
        self._started: Nerve | None = None
        self._seconds = EASE_S

    def begin(self, side: Side) -> None:
        """The raised leg, with room for every ease."""
        dose = ease_dose(self._eases, self._dose)
        grip = grip_on(self._exercise, dose)
        theme = self._desk.theme
        self.figure.show_exercise(self._exercise, dose, side, theme, stage=grip.stage)
        self.figure.set_free(grip.reach)
        self.figure.show_pose(self._eases.start)
        self._started = self.figure.nerve
        self.choose(self.name)
        self._seconds = EASE_S

    def choose(self, name: str) -> None:
        """Go from what is shown to an ease; the gauges keep a mark of the start."""
        self.name = name
        self._from, self._to = self.figure.pose, ease_pose(self._eases, name)
        self._seconds = 0.0
        self.gauges.show_before(None if name == START else self._started)
        say = self._desk.say
        told = say(f"ui.demonstrate.ease_{name}_text")
        self.tell(told if name == START else f"{told} {say('ui.demonstrate.before')}")

    def pass_time(self, passed: float, options: Options) -> None:
        """Let so many seconds pass."""
        self._seconds = EASE_S if options.still else min(self._seconds + passed, EASE_S)
        self.figure.show_pose(between(self._from, self._to, self._seconds))
        self.follow(options, ())

    @property
    def moving(self) -> bool:
        """True until the ease has been reached."""
        return self._seconds < EASE_S


class ComparisonStage(QWidget):
    """The slider beside the tensioner, in step."""

    def __init__(self, desk: Desk, comparison: Comparison, exercise: Exercise, dose: Dose) -> None:
        super().__init__()
        self._desk, self._comparison = desk, comparison
        self._exercise, self._dose = exercise, dose
        self.slider, self.tensioner = FigureStage(desk, note=False), FigureStage(desk, note=False)
        whole = QGridLayout()
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setHorizontalSpacing(Space.WIDE)
        whole.setVerticalSpacing(Space.SNUG)
        for place, (name, stage) in enumerate(
            (("slider", self.slider), ("tensioner", self.tensioner))
        ):
            self._fill(whole, place, name, stage)
        whole.setRowStretch(2, 1)
        note = f"{desk.say('ui.demonstrate.comparison_text')} {desk.say('ui.gauge.illustration')}"
        whole.addWidget(label(note, "caption"), 3, 0, 1, 2)
        self.setLayout(whole)

    def _fill(self, grid: QGridLayout, place: int, name: str, stage: FigureStage) -> None:
        """A column: what it is, whether it is in a plan, the figure and what it shows."""
        say = self._desk.say
        inside = column(margin=Space.SMALL)
        inside.addWidget(label(say(f"ui.demonstrate.{name}_mark")))
        tone = "good" if stage is self.slider else "warn"
        stage.gauges.hamstrings.hide()  # as long in both
        stage.tell(say(f"ui.demonstrate.{name}_text"))
        grid.setColumnStretch(place, 1)
        grid.addWidget(label(say(f"ui.demonstrate.{name}"), "title"), 0, place)
        grid.addWidget(frame("banner", inside, tone=tone), 1, place)
        grid.addWidget(stage, 2, place)

    def begin(self, side: Side) -> None:
        """Both at home."""
        for stage, ends in self._both():
            dose = compared_dose(ends, self._dose)
            stage.figure.show_exercise(
                self._exercise, dose, side, self._desk.theme, lean=self._comparison.lean
            )

    def show_playback(self, playback: Playback, options: Options) -> None:
        """Both at the same share of out and back; with less motion one end, then the other."""
        share = playback.share
        if options.still and not playback.frozen:
            share = round(share * 2) % 2 / 2
        for stage, ends in self._both():
            stage.figure.show_pose(compared_pose(ends, share))
            stage.follow(options, ())

    def _both(self) -> tuple[tuple[FigureStage, Ends], tuple[FigureStage, Ends]]:
        both = self._comparison
        return (self.slider, both.slider), (self.tensioner, both.tensioner)
