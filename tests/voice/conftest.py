"""Sound servers of the tests' own, and a computer that has none."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sound_server import SoundServer, announce, quick_server, running_server


@pytest.fixture(scope="session")
def _lasting_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SoundServer]:
    with quick_server(tmp_path_factory) as server:
        yield server


@pytest.fixture
def sound_server(_lasting_server: SoundServer, monkeypatch: pytest.MonkeyPatch) -> SoundServer:
    """A sound server that every helper started in the test finds by itself."""
    announce(_lasting_server, monkeypatch)
    return _lasting_server


@pytest.fixture
def dying_sound_server(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[SoundServer]:
    """A sound server that the test may stop, or take outputs from."""
    with running_server(tmp_path_factory) as server:
        announce(server, monkeypatch)
        yield server


@pytest.fixture
def no_sound_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer on which no sound server can be reached."""
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path / 'nowhere'}")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
