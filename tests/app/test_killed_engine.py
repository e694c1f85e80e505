"""Helpers killed at random moments of a twenty-minute session: nothing hangs, is lost or stays."""

import ctypes.util
import os
import sys
from pathlib import Path

import pytest

from helper_processes import helpers_of
from killed_engine import killed_session
from sound_session import long_plan, silent_session

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux") or ctypes.util.find_library("espeak-ng") is None,
    reason="libespeak-ng is not installed",
)

MINUTE_MS = 60_000


def test_killed_helpers_change_no_answer_and_leave_no_process(tmp_path: Path) -> None:
    """Two of them here; make bench plays ten."""
    plan = long_plan(tmp_path)
    undisturbed = silent_session(tmp_path / "undisturbed", plan)
    assert undisturbed.log[-1][0] >= 20 * MINUTE_MS
    for seed in (1, 2):
        outcome = killed_session(tmp_path / str(seed), plan, seed)
        assert outcome.played.log == undisturbed.log
        assert outcome.kills > 0
        assert outcome.orphans == ()
    assert helpers_of(os.getpid()) == []
