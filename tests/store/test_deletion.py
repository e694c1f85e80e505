"""Deleting everything: the lock on the data outlives them until the run ends."""

import os
from pathlib import Path

import pytest

from coach.store.deletion import delete_files, sweep
from coach.store.paths import Home
from coach.store.single_instance import AlreadyRunningError, SingleInstance


def written(home: Home) -> set[Path]:
    return {path for path in home.data.parent.rglob("*") if path.is_file()}


def test_no_second_program_begins_while_the_one_that_deleted_everything_runs(home: Home) -> None:
    """Else its new record would lie where the first one still clears up."""
    home.prepare()
    with SingleInstance(home.lock_file):
        home.database.touch()
        assert delete_files(home).gone == (home.database,)
        assert delete_files(home).left == ()
        home.prepare()
        with pytest.raises(AlreadyRunningError):
            SingleInstance(home.lock_file).acquire()


def test_the_end_of_the_run_clears_up_what_came_since_but_never_data(home: Home) -> None:
    """Where the window stood goes; a record that somebody put back meanwhile stays."""
    home.prepare()
    with SingleInstance(home.lock_file):
        delete_files(home)
        home.prepare()
        backup = home.backups / "nerve-coach-2025-11-20.db"
        for path in (home.window_file, home.settings_file, home.database, backup):
            path.touch()
        sweep(home)
    assert written(home) - {home.lock_file} == {home.database, backup}


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps a file that is open")
def test_after_the_end_of_the_run_nothing_is_left(home: Home) -> None:
    home.prepare()
    with SingleInstance(home.lock_file):
        home.database.touch()
        delete_files(home)
        sweep(home)
    assert not any(home.data.parent.iterdir())
