"""Strands with every parameter varied as widely as nerve-model.md 6 does.

What holds for nine of ten of them may be taught.
"""

from dataclasses import astuple
from functools import cache

import numpy as np

from coach.body.nerve import PUBLISHED, Parameters, Strand

DRAWS = 60


def _drawn(seed: int) -> Strand:
    random = np.random.default_rng(seed)
    by = dict(zip(PUBLISHED.__slots__, astuple(PUBLISHED), strict=True))
    for arm in ("neck", "thoracic", "lumbar", "hip", "knee", "ankle"):
        by[arm] *= random.uniform(0.75, 1.25)
    by["spring"] *= random.uniform(0.6, 1.4)
    by["foramen"] *= 3 ** random.uniform(-1, 1)
    by["calf"] *= 2 ** random.uniform(-1, 1)
    by["canal"] *= 2 ** random.uniform(-1, 1)
    by["taut_from"] = random.uniform(-0.02, 0.01)
    by["slack"] = random.uniform(0.02, 0.3)
    by["bend"] = random.uniform(0.003, 0.010)
    return Strand(Parameters(**by))


@cache
def drawn_strands() -> tuple[Strand, ...]:
    """The same strands every time."""
    return tuple(_drawn(seed) for seed in range(DRAWS))
