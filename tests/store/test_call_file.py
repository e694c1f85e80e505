"""A second start reaches the program that runs already, by a file."""

from pathlib import Path

import pytest

from coach.store.call_file import CallFile, call


def test_a_call_changes_the_file_while_somebody_watches(tmp_path: Path) -> None:
    """Every time, so that whoever watches is told."""
    with CallFile(tmp_path / "call") as file:
        assert file.read_text() == ""
        assert call(file)
        assert file.read_text() != ""
        assert file.stat().st_mode & 0o077 == 0


def test_nobody_is_called_where_nobody_watches(tmp_path: Path) -> None:
    """Before and afterwards, also when the program ended with an error; no file is made."""
    file = tmp_path / "call"
    assert not call(file)
    with pytest.raises(ZeroDivisionError), CallFile(file):
        raise ZeroDivisionError
    assert not call(file)
    assert not file.exists()


def test_a_file_left_by_a_crash_is_used_again(tmp_path: Path) -> None:
    """The lock on the data says whether anybody runs, not this file."""
    file = tmp_path / "call"
    file.write_text("1\n")
    with CallFile(file) as watched:
        assert call(watched)
    assert not file.exists()
