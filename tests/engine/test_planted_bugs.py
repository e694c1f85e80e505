"""The tests of the rules and the engine notice bugs planted on purpose (clinical.md 10 H25)."""

from pathlib import Path

import pytest

from planted_bugs import BUGS, NOTICED_BY, Bug, Copy

TESTS_FAILED = 1  # pytest's exit status; 2 and above mean that they could not be run


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    return Copy(tmp_path_factory.mktemp("planted") / "program")


def test_without_a_bug_the_copy_is_sound(copy: Copy) -> None:
    done = copy.run(*NOTICED_BY)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.hazard("H25")
@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.name)
def test_a_planted_bug_is_noticed(copy: Copy, bug: Bug) -> None:
    done = copy.run_with(bug)
    assert done.returncode == TESTS_FAILED, done.stdout + done.stderr


def test_there_are_plenty_of_bugs_and_each_is_another() -> None:
    assert len({(bug.file, bug.right, bug.wrong) for bug in BUGS}) == len(BUGS) >= 12
    assert len({Path(bug.file).name for bug in BUGS}) >= 8
