"""The moving figure with its nerve: one frame, a core's share, and what the nerve alone takes."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from statistics import median

from row import Row, at_most
from window_processes import BENCH, PYTHONPATH, usage

from coach.body.nerve import Pose, Strand

POSES = 200
LARGE = {"1280x800, dpr 2": 18, "1920x1080, dpr 1": 12, "1920x1080, dpr 2": 36}
"""Goals in milliseconds: by pixels what 6 ms are at 1280x800, and half as much again."""


def rows() -> Iterator[Row]:
    """Measured in processes of their own, on the same screen as the window."""
    told, plain = usage("figure_program", "play"), usage("figure_program", "plain")
    yield at_most("figure at 1280x800, median frame", told["frame_ms"], 6, "ms")
    for rate, limit in ((30, 22), (60, 45)):
        share = told[f"share_{rate}"] * 100
        note = f"a plain widget {plain[f'share_{rate}'] * 100:.1f} %"
        yield at_most(f"figure at {rate} frames/s", share, limit, "% of a core", note)
    for size, limit in LARGE.items():
        yield at_most(f"figure at {size}, median frame", _painted_ms(size), limit, "ms")
    yield at_most("nerve, one pose", _solved_ms(), 3, "ms")


def _painted_ms(size: str) -> float:
    """Painting into an image of that size in a process with that pixel ratio."""
    pixels, ratio = size.split(", dpr ")
    done = subprocess.run(
        [sys.executable, str(BENCH / "figure_painting.py"), pixels],
        env={
            **os.environ,
            "PYTHONPATH": PYTHONPATH,
            "QT_QPA_PLATFORM": "offscreen",
            "QT_SCALE_FACTOR": ratio,
        },
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    return float(done.stdout)


def _solved_ms() -> float:
    strand, took = Strand(), []
    for n in range(POSES):
        pose = Pose(hip=90 * n / POSES, knee=90 - 80 * n / POSES, ankle=-20 + 30 * n / POSES)
        began = time.perf_counter()
        strand.solve(pose)
        took.append(1000 * (time.perf_counter() - began))
    return median(took)
