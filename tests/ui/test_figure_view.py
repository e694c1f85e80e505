"""The widget that shows the figure."""

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coach.domain.dose import Dose
from coach.domain.exercise import Exercise, Kind, LevelName, Phase, Posture, Toward
from coach.domain.pose import Pose
from coach.domain.side import Side
from coach.ui.figure.view import FADE_SHARE, FigureView, FigureWords
from coach.ui.tokens import THEMES, ThemeName

LIGHT, DARK = THEMES[ThemeName.LIGHT], THEMES[ThemeName.DARK]
PHASES = (
    Phase("out", 2500, Toward.OUT),
    Phase("turn", 500),
    Phase("back", 2500, Toward.HOME),
    Phase("rest", 500),
)
HOME, OUT = Pose(hip=80, knee=90, ankle=-20), Pose(hip=80, knee=45, ankle=-20)
S3 = Exercise("S3", "lying", Kind.SLIDER, Posture.LYING, 40, (), PHASES, supports=("mat",))
S2 = Exercise("S2", "side", Kind.SLIDER, Posture.SIDE_LYING, 20, (), PHASES, supports=("mat",))
W1 = Exercise("W1", "walk", Kind.WARM_UP, Posture.STANDING, 0, (), (Phase("walk", 300_000),))


def dose(exercise: Exercise, home: Pose = HOME, out: Pose = OUT) -> Dose:
    return Dose(exercise.id, LevelName.B, home, out, sets=2, reps=8, rest_s=45)


@pytest.fixture
def view(qtbot: QtBot) -> FigureView:
    widget = FigureView()
    qtbot.addWidget(widget)
    widget.resize(400, 250)
    widget.show_exercise(S3, dose(S3), Side.RIGHT, LIGHT)
    return widget


def seen(view: FigureView) -> QImage:
    return view.grab().toImage()


def test_it_paints_before_it_is_told_anything(qtbot: QtBot) -> None:
    """An empty page is not an error."""
    widget = FigureView()
    qtbot.addWidget(widget)
    assert widget.skeleton is None
    widget.set_moment(0, 0.5)
    assert not widget.grab().isNull()


def test_a_new_exercise_starts_at_home(view: FigureView) -> None:
    """The first picture is the start of a repetition."""
    assert view.skeleton is not None
    assert view.skeleton.near_leg.knee_bend == pytest.approx(90)


def test_the_moment_moves_the_figure(view: FigureView) -> None:
    """At the end of 'out' the knee is where the dose wants it, and the picture has changed."""
    before = seen(view)
    view.set_moment(0, 1.0)
    assert view.skeleton is not None
    assert view.skeleton.near_leg.knee_bend == pytest.approx(45)
    assert seen(view) != before


def test_a_pause_changes_no_pixel(view: FigureView) -> None:
    """Nothing moves while the phase has no target."""
    view.set_moment(1, 0.1)
    before = seen(view)
    view.set_moment(1, 0.9)
    assert seen(view) == before


def test_an_unchanged_moment_asks_for_no_paint(
    view: FigureView, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The processor rests when the figure does."""
    asked: list[int] = []
    monkeypatch.setattr(view, "update", lambda: asked.append(1))
    view.set_moment(1, 0.1)
    view.set_moment(1, 0.5)
    view.set_moment(1, 0.9)
    assert len(asked) == 1


def test_it_has_no_timer_of_its_own(view: FigureView) -> None:
    """The player is the only clock."""
    assert view.findChildren(QTimer) == []


@pytest.mark.hazard("H08")
@pytest.mark.parametrize(("side", "mirrored"), [(Side.RIGHT, False), (Side.LEFT, True)])
def test_the_left_leg_is_shown_facing_left(view: FigureView, side: Side, mirrored: bool) -> None:
    """The working leg is the one nearer to the onlooker."""
    view.show_exercise(S3, dose(S3), side, LIGHT)
    assert view.mirrored == mirrored


def test_the_theme_changes_the_background(view: FigureView) -> None:
    """Dark is dark."""
    light = seen(view).pixelColor(3, 3).lightness()
    view.set_theme(DARK)
    assert seen(view).pixelColor(3, 3).lightness() < light - 100


def test_another_skin_is_another_picture(view: FigureView) -> None:
    """The choice is seen at once."""
    before = seen(view)
    view.set_skin("deep")
    assert seen(view) != before


def test_a_new_size_is_painted_to_its_edges(view: FigureView) -> None:
    """The background grows with the widget."""
    view.resize(640, 400)
    image = seen(view)
    assert image.pixelColor(image.width() - 2, 2).lightness() > 200


def test_it_says_from_where_one_looks(view: FigureView) -> None:
    """Side-lying is drawn from above and labelled (nerve-model.md 8)."""
    view.show_exercise(S2, dose(S2), Side.RIGHT, LIGHT)
    labelled = seen(view)
    view._words = FigureWords(seen_from_above="")
    view.set_theme(LIGHT)
    assert seen(view) != labelled


def test_a_screen_reader_gets_a_name_and_a_description(qtbot: QtBot) -> None:
    """Both in the words of the window."""
    widget = FigureView(words=FigureWords("Figur", "Zeigt die Bewegung."))
    qtbot.addWidget(widget)
    assert widget.accessibleName() == "Figur"
    assert widget.accessibleDescription() == "Zeigt die Bewegung."


def test_reduced_motion_shows_stills(view: FigureView) -> None:
    """After a short fade the end of the phase stands still."""
    view.set_reduced_motion(True)
    view.set_moment(0, 0.0)
    start = seen(view)
    view.set_moment(0, FADE_SHARE / 2)
    halfway = seen(view)
    view.set_moment(0, FADE_SHARE)
    end = seen(view)
    assert start != halfway != end
    view.set_moment(0, 0.9)
    assert seen(view) == end


def test_reduced_motion_fades_between_the_same_pictures_as_the_movement(view: FigureView) -> None:
    """Its stills are the ends of the movement, not drawings of their own."""
    view.set_moment(0, 1.0)
    moved = seen(view)
    view.set_reduced_motion(True)
    view.set_moment(0, 1.0)
    assert seen(view) == moved


def test_the_march_is_paced_by_seconds(qtbot: QtBot, qapp: QApplication) -> None:
    """The warm-up has no repetitions; time alone moves the legs."""
    widget = FigureView()
    qtbot.addWidget(widget)
    widget.show_exercise(W1, dose(W1, Pose(), Pose()), Side.RIGHT, LIGHT)
    widget.set_moment(0, 0.0, 0.6)
    assert widget.skeleton is not None
    assert widget.skeleton.near_leg.thigh_angle > 40
    widget.set_moment(0, 0.0, 1.8)
    assert widget.skeleton.far_leg.thigh_angle > 40
    widget.set_reduced_motion(True)
    widget.set_moment(0, 0.0, 0.9)
    before = seen(widget)
    widget.set_moment(0, 0.0, 1.1)
    assert seen(widget) == before
