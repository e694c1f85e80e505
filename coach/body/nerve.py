"""The sciatic nerve as a strand in a springy bed: how joint angles load it and let it slide.

An illustration computed from published averages; it does not measure anybody's nerve. Every number
is from nerve-model.md 2 and 3. Lengths are millimetres at a stature of 1.75 m, counted along the
strand from the base of the skull to the sole; slides are relative to what lies around the nerve,
positive towards the foot.
"""

from collections.abc import Mapping
from dataclasses import astuple, dataclass
from functools import cache, cached_property
from math import radians
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from coach.body.hamstrings import hamstring_index

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pose:
    """Angles in degrees from standing upright.

    neck, thoracic, lumbar, hip, knee: flexion is positive. ankle: toes up is positive.
    """

    neck: float = 0
    thoracic: float = 0
    lumbar: float = 0
    hip: float = 0
    knee: float = 0
    ankle: float = 0


@dataclass(frozen=True, slots=True)
class Zone:
    """Where a joint lengthens the strand's path: from and to, in mm along the strand."""

    first: float
    last: float


ZONES = (
    Zone(0, 110),  # neck
    Zone(110, 390),  # thoracic
    Zone(390, 560),  # lumbar
    Zone(620, 760),  # hip
    Zone(1068.75, 1168.75),  # knee
    Zone(1514.25, 1584.25),  # ankle
)
"""In the order of :class:`Pose`."""

LENGTH = 1699.25
"""To the far end of the nerves of the sole, 150 mm beyond the ankle."""

STRAIN_AT: Mapping[str, float] = MappingProxyType(
    {
        "root": 550,
        "gluteal": 690,
        "midthigh": 904.375,
        "knee": 1118.75,
        "calf": 1334,
        "ankle": 1549.25,
    }
)
SLIDE_AT: Mapping[str, float] = MappingProxyType(
    {
        "conus": 405,
        "root": 550,
        "midthigh": 904.375,
        "popliteal": 1078.75,
        "calf": 1334,
        "supramalleolar": 1489.25,
    }
)
LEG = Zone(540, 1549.25)
"""The part of the strand whose tension is shown: from the root to the ankle."""

_FORAMEN = Zone(540, 620)
_KNEE = 1118.75


@dataclass(frozen=True, slots=True)
class Parameters:
    """What the strand and its bed are like (nerve-model.md 3).

    neck to ankle: lever arms in mm. spring: length in mm over which a slide fades. foramen, canal,
    calf: how much stiffer the bed is there than in the thigh. taut_from: strain from which the
    strand is taut. slack: stiffness while slack, 0-1 of the taut one. bend: width of the change
    from slack to taut, as strain.
    """

    neck: float = 12
    thoracic: float = 10
    lumbar: float = 20
    hip: float = 30
    knee: float = 30
    ankle: float = 14
    spring: float = 770
    foramen: float = 45
    canal: float = 1
    calf: float = 3.4
    taut_from: float = -0.0035
    slack: float = 0.10
    bend: float = 0.005

    @property
    def arms(self) -> tuple[float, ...]:
        """Path length in mm per radian, in the order of :class:`Pose`; a bent knee gives slack."""
        return (self.neck, self.thoracic, self.lumbar, self.hip, -self.knee, self.ankle)


PUBLISHED = Parameters()
"""Fitted to published movements of nerves (nerve-model.md 4)."""

CELLS = 170
"""About 10 mm each: halving them changes no read-out by one per cent."""

_STEP_MM = 20.0
_CLOSE = 1e-8
_MOST_STEPS = 60


@dataclass(frozen=True, slots=True)
class Nerve:
    """What a pose does to the strand.

    gauge: mean tension of the leg, 100 in a straight leg raise to 70 degrees with the toes up 10.
    colour: local tension in per cent of the highest in that raise. slide_mm: how far the strand has
    slid. strain: how much it is stretched, in per cent. hamstring_index: 100 in a raise of the
    straight leg to 80 degrees. local_colour: the colour of every cell, whose middles are at
    middles_mm along the strand; slides_mm: the slide of every node.
    """

    gauge: float
    colour: Mapping[str, float]
    slide_mm: Mapping[str, float]
    strain: Mapping[str, float]
    hamstring_index: float
    local_colour: Numbers
    middles_mm: Numbers
    slides_mm: Numbers


def path_change(pose: Pose, parameters: Parameters = PUBLISHED) -> float:
    """How much longer than standing the way of the strand is, in mm."""
    return sum(_changes(pose, parameters))


def _changes(pose: Pose, by: Parameters) -> list[float]:
    """What each joint adds to the way, in mm."""
    return [arm * radians(angle) for arm, angle in zip(by.arms, astuple(pose), strict=True)]


class Strand:
    """The strand cut into equal cells; strain and tension belong to cells, slides to nodes."""

    def __init__(self, parameters: Parameters = PUBLISHED, cells: int = CELLS) -> None:
        self.parameters = parameters
        self.cell_mm = LENGTH / cells
        edges = np.linspace(0.0, LENGTH, cells + 1)
        self._middles = (edges[:-1] + edges[1:]) / 2
        self._nodes = edges
        self._shares = np.array([_share(edges, zone) for zone in ZONES]) / self.cell_mm
        self._bed = _bed(edges, parameters)
        self._leg = (self._middles >= LEG.first) & (self._middles <= LEG.last)

    def solve(self, pose: Pose) -> Nerve:
        """The pose's read-outs. Raises ArithmeticError if no balance is found (it always is)."""
        slides, strain, tension = self._balanced(pose)
        peak, mean = self._reference
        colour = 100 * tension / peak
        return Nerve(
            gauge=100 * float(tension[self._leg].mean()) / mean,
            colour=self._at_cells(colour),
            slide_mm={
                place: float(np.interp(at, self._nodes, slides)) for place, at in SLIDE_AT.items()
            },
            strain=self._at_cells(100 * strain),
            hamstring_index=hamstring_index(pose.hip, pose.knee),
            local_colour=colour,
            middles_mm=self._middles,
            slides_mm=slides,
        )

    @cached_property
    def _reference(self) -> tuple[float, float]:
        """Highest and mean tension of the leg in the raise that reads 100."""
        _, _, tension = self._balanced(Pose(hip=70, ankle=10))
        return float(tension[self._leg].max()), float(tension[self._leg].mean())

    def _balanced(self, pose: Pose) -> tuple[Numbers, Numbers, Numbers]:
        """Slides of the nodes, strain and tension of the cells."""
        stretch = self._stretch(pose)
        slides = self._slides(stretch)
        strain = stretch + np.diff(slides) / self.cell_mm
        return slides, strain, np.maximum(self._tension(strain), 0.0)

    def _stretch(self, pose: Pose) -> Numbers:
        """Strain of every cell if nothing could slide."""
        return np.array(_changes(pose, self.parameters)) @ self._shares

    def _tension(self, strain: Numbers) -> Numbers:
        by = self.parameters
        over = strain - by.taut_from
        return by.slack * over + (1 - by.slack) * by.bend * np.logaddexp(0.0, over / by.bend)

    def _stiffness(self, strain: Numbers) -> Numbers:
        by = self.parameters
        taut = 1 / (1 + np.exp((by.taut_from - strain) / by.bend))
        return by.slack + (1 - by.slack) * taut

    def _slides(self, stretch: Numbers) -> Numbers:
        """Newton's method; the energy is convex, so there is one answer whatever came before."""
        slides = np.zeros(stretch.size + 1)
        for _ in range(_MOST_STEPS):
            strain = stretch + np.diff(slides) / self.cell_mm
            tension, stiffness = self._tension(strain), self._stiffness(strain)
            amiss = np.diff(tension) / self.cell_mm - self._bed * slides[1:-1]
            if np.abs(amiss).max() < _CLOSE * self._bed.min():
                return slides
            beside = stiffness / self.cell_mm**2
            step = _tridiagonal(beside[1:-1], beside[:-1] + beside[1:] + self._bed, amiss)
            largest = float(np.abs(step).max())
            slides[1:-1] += step * min(1.0, _STEP_MM / largest)
        raise ArithmeticError("the strand found no balance")

    def _at_cells(self, values: Numbers) -> Mapping[str, float]:
        return {
            place: float(np.interp(at, self._middles, values)) for place, at in STRAIN_AT.items()
        }


def _share(edges: Numbers, zone: Zone) -> Numbers:
    """How much of a zone lies in each cell, 0-1."""
    covered = np.clip(edges[1:], zone.first, zone.last) - np.clip(edges[:-1], zone.first, zone.last)
    share: Numbers = covered / (zone.last - zone.first)
    return share


def _bed(edges: Numbers, by: Parameters) -> Numbers:
    """How hard the bed holds each inner node."""
    nodes = edges[1:-1]
    stiff = np.select(
        [nodes < _FORAMEN.first, nodes < _FORAMEN.last, nodes <= _KNEE],
        [by.canal, by.foramen, 1.0],
        by.calf,
    )
    bed: Numbers = stiff / by.spring**2
    return bed


def _tridiagonal(beside: Numbers, middle: Numbers, right: Numbers) -> Numbers:
    """Solve ``middle[i] x[i] - beside[i-1] x[i-1] - beside[i] x[i+1] = right[i]`` (Thomas)."""
    off, pivots, values = beside.tolist(), middle.tolist(), right.tolist()
    for i, value in enumerate(off):
        share = value / pivots[i]
        pivots[i + 1] -= share * value
        values[i + 1] += share * values[i]
    values[-1] /= pivots[-1]
    for i in range(len(off) - 1, -1, -1):
        values[i] = (values[i] + off[i] * values[i + 1]) / pivots[i]
    return np.array(values)


@cache
def _published() -> Strand:
    return Strand()


def solve(pose: Pose) -> Nerve:
    """What a pose does to the nerve, by the published parameters."""
    return _published().solve(pose)
