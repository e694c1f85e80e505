"""The nerve model: published read-outs, the properties it must have, and what may be taught."""

import tomllib
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from coach.body.hamstrings import hamstring_index, hamstring_stretch
from coach.body.nerve import CELLS, Pose, Strand, path_change, solve
from nerve_draws import DRAWS, drawn_strands

_FILE = Path(__file__).with_name("nerve_poses.toml")
KNOWN = {pose["id"]: pose for pose in tomllib.loads(_FILE.read_text(encoding="utf-8"))["pose"]}
RAISED = Pose(hip=70)


def pose_of(name: str) -> Pose:
    return Pose(**KNOWN[name]["angles"])


@pytest.mark.parametrize("name", KNOWN)
def test_a_pose_reads_as_published(name: str) -> None:
    """To half a per cent or 0.02 (nerve-model.md 9)."""
    known, nerve = KNOWN[name], solve(pose_of(name))
    for what in ("colour", "strain", "slide_mm"):
        assert dict(getattr(nerve, what)) == pytest.approx(known[what], rel=0.005, abs=0.02)
    assert nerve.gauge == pytest.approx(known["gauge"], rel=0.005, abs=0.02)
    assert nerve.hamstring_index == pytest.approx(known["hamstring_index"], rel=0.005, abs=0.02)


def test_standing_slides_nothing_and_is_not_slack() -> None:
    nerve = solve(Pose())
    assert np.abs(nerve.slides_mm).max() == 0
    assert nerve.gauge == pytest.approx(15.28, abs=0.01)
    assert len(set(np.round(nerve.local_colour, 9))) == 1


@pytest.mark.parametrize(
    ("joint", "mm"),
    [
        ("hip", 0.524),
        ("knee", -0.524),
        ("lumbar", 0.349),
        ("ankle", 0.244),
        ("neck", 0.209),
        ("thoracic", 0.175),
    ],
)
def test_the_path_grows_by_so_much_a_degree(joint: str, mm: float) -> None:
    """nerve-model.md 2.1; joints add up."""
    assert path_change(Pose(**{joint: 1})) == pytest.approx(mm, abs=0.0005)
    both = replace(RAISED, **{joint: getattr(RAISED, joint) + 10})
    assert path_change(both) == pytest.approx(path_change(RAISED) + 10 * mm, abs=0.005)


def test_the_order_of_the_movements_does_not_matter() -> None:
    """A strand that was solved for other poses before answers the same."""
    fresh, used = Strand(), Strand()
    pose = pose_of("slump_head_back")
    for other in (Pose(hip=120), Pose(knee=140, ankle=-45), Pose(neck=50, lumbar=45)):
        used.solve(other)
    assert np.array_equal(fresh.solve(pose).slides_mm, used.solve(pose).slides_mm)


def test_the_strand_is_in_balance_everywhere() -> None:
    """What pulls a node is what its bed holds: asked of the answer, not of the way to it."""
    strand = Strand()
    for name in KNOWN:
        pose = pose_of(name)
        nerve = strand.solve(pose)
        assert nerve.slides_mm[0] == nerve.slides_mm[-1] == 0
        held = strand._bed * nerve.slides_mm[1:-1] * strand.cell_mm
        stretch = strand._stretch(pose) + np.diff(nerve.slides_mm) / strand.cell_mm
        assert np.abs(np.diff(strand._tension(stretch)) - held).max() < 1e-9


def test_bending_the_knee_and_pointing_the_toes_only_ease() -> None:
    """nerve-model.md 9: monotonic relief from a raised leg."""
    by_knee = [solve(replace(RAISED, knee=knee)).gauge for knee in range(0, 41, 5)]
    by_toes = [solve(replace(RAISED, ankle=toes)).gauge for toes in range(10, -31, -5)]
    for gauges in (by_knee, by_toes):
        assert all(later < earlier for earlier, later in pairwise(gauges))


def test_cells_half_as_long_change_nothing_by_one_per_cent() -> None:
    fine, coarse = Strand(cells=2 * CELLS), Strand()
    for name in KNOWN:
        found, other = fine.solve(pose_of(name)), coarse.solve(pose_of(name))
        assert found.gauge == pytest.approx(other.gauge, rel=0.01, abs=0.02)
        assert dict(found.slide_mm) == pytest.approx(dict(other.slide_mm), rel=0.01, abs=0.05)


@pytest.mark.parametrize("angles", [(120, -20), (-40, 50)])
def test_every_pose_of_the_figure_has_an_answer(angles: tuple[float, float]) -> None:
    for neck in (-40, 50):
        for ankle in (-45, 20):
            for knee in (0, 140):
                nerve = solve(Pose(neck, 30, 45, angles[0], knee, ankle))
                assert np.isfinite(nerve.slides_mm).all() and (nerve.local_colour >= 0).all()


def test_the_hamstrings_do_not_cross_the_ankle() -> None:
    """Pointing the toes costs no stretch; a knee bent 25 degrees costs a third (2.4)."""
    assert solve(Pose(hip=70, ankle=-25)).hamstring_index == solve(RAISED).hamstring_index
    assert hamstring_stretch(70, 0) == pytest.approx(14.1, abs=0.05)
    assert hamstring_stretch(70, 25) == pytest.approx(9.5, abs=0.05)
    assert hamstring_index(80, 0) == pytest.approx(100)
    assert hamstring_index(0, 90) == 0


@pytest.fixture(scope="module")
def drawn() -> tuple[Strand, ...]:
    return drawn_strands()


def _thigh(strand: Strand, *poses: Pose) -> float:
    slides = [strand.solve(pose).slide_mm["midthigh"] for pose in poses]
    return max(slides) - min(slides)


SLUMP = Pose(thoracic=15, lumbar=25, hip=73, knee=90)
OUT = replace(SLUMP, hip=75, knee=20, ankle=5)


def knee_eases(strand: Strand) -> bool:
    straight, bent = strand.solve(RAISED), strand.solve(replace(RAISED, knee=25))
    return bent.gauge < 0.9 * straight.gauge


def toes_ease(strand: Strand) -> bool:
    return strand.solve(replace(RAISED, ankle=-25)).gauge < strand.solve(RAISED).gauge


def both_ease_at_equal_stretch(strand: Strand) -> bool:
    """A soft knee with the hip lifted until the hamstrings are as long, and pointed toes."""
    knee, hip = 25.0, 70 + 25 * 0.91
    assert hamstring_stretch(hip, knee) == pytest.approx(hamstring_stretch(70, 0), abs=0.05)
    eased, strong = Pose(hip=hip, knee=knee, ankle=-25), Pose(hip=70, ankle=10)
    return strand.solve(eased).gauge < strand.solve(strong).gauge


def knee_alone_eases_at_equal_stretch(strand: Strand) -> bool:
    return strand.solve(Pose(hip=70 + 25 * 0.91, knee=25)).gauge < strand.solve(RAISED).gauge


def slider_slides_further_than_tensioner(strand: Strand) -> bool:
    slider = _thigh(strand, replace(SLUMP, neck=40), replace(OUT, neck=-30))
    tensioner = _thigh(strand, replace(SLUMP, neck=-30, ankle=-10), replace(OUT, neck=40, ankle=10))
    return slider > tensioner


def slider_ends_easier_than_tensioner(strand: Strand) -> bool:
    slider = strand.solve(replace(OUT, neck=-30)).gauge
    return slider < strand.solve(replace(OUT, neck=40, ankle=10)).gauge


def head_back_eases_the_root(strand: Strand) -> bool:
    back = strand.solve(replace(OUT, neck=-30)).colour["root"]
    return back < strand.solve(OUT).colour["root"]


def modified_stretch_is_easier_than_the_classic(strand: Strand) -> bool:
    modified, classic = Pose(hip=80, knee=25, ankle=-25), Pose(hip=70, ankle=10)
    return strand.solve(modified).gauge < strand.solve(classic).gauge


def sitting_is_calm(strand: Strand) -> bool:
    raised = strand.solve(Pose(hip=70, ankle=10)).gauge
    return strand.solve(Pose(hip=90, knee=90)).gauge < raised / 2


TAUGHT = [
    knee_eases,
    toes_ease,
    both_ease_at_equal_stretch,
    slider_slides_further_than_tensioner,
    slider_ends_easier_than_tensioner,
    head_back_eases_the_root,
    modified_stretch_is_easier_than_the_classic,
    sitting_is_calm,
]


@pytest.mark.parametrize("claim", TAUGHT, ids=lambda claim: claim.__name__)
def test_what_is_taught_holds_however_the_parameters_are_drawn(
    claim: object, drawn: tuple[Strand, ...]
) -> None:
    """In nine draws of ten at least (nerve-model.md 6)."""
    assert sum(claim(strand) for strand in drawn) >= 0.9 * DRAWS


def test_what_is_not_taught_would_not_hold(drawn: tuple[Strand, ...]) -> None:
    """At the same stretch a bent knee alone is easier in about three draws of four only."""
    share = sum(knee_alone_eases_at_equal_stretch(strand) for strand in drawn) / DRAWS
    assert 0.5 < share < 0.9
