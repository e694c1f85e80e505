"""What was read once is kept, and read again as soon as anything about it differs."""

import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from coach.app.kept import Kept
from coach.app.shipped import Shipped
from coach.app.shipped_place import shipped_root


@dataclass
class Reader:
    """Counts how often it had to read."""

    folder: Path
    sources: list[bytes] = field(default_factory=lambda: [b"a", b"b"])
    times: int = 0

    def read(self) -> dict[str, int]:
        self.times += 1
        return {"one": 1}

    def value(self) -> object:
        return Kept(self.folder).value("name", dict[str, int], self.sources, self.read)


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    made = Reader(tmp_path / "kept")
    assert made.value() == {"one": 1}
    assert made.value() == {"one": 1}
    assert made.times == 1
    return made


@pytest.mark.parametrize("sources", [[b"a", b"c"], [b"ab"], [b"b", b"a"], []])
def test_another_source_is_read(reader: Reader, sources: list[bytes]) -> None:
    reader.sources = sources
    reader.value()
    assert reader.times == 2


def test_another_program_version_reads_again(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coach.app.kept.__version__", "999")
    reader.value()
    assert reader.times == 2


def test_any_damaged_byte_is_noticed(reader: Reader) -> None:
    """Also one that is still good JSON of the right shape, such as another number."""
    (file,) = reader.folder.iterdir()
    good = file.read_bytes()
    for place in range(len(good)):
        file.write_bytes(good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :])
        times = reader.times
        assert reader.value() == {"one": 1}
        assert reader.times == times + 1
    for rest in (b"", good[:70]):
        file.write_bytes(rest)
        assert reader.value() == {"one": 1}


def test_a_sealed_value_of_another_shape_is_read_again(reader: Reader) -> None:
    """As after a change of the program that forgot its version."""
    kept = Kept(reader.folder)
    assert kept.value("name", dict[str, str], reader.sources, lambda: {"one": "1"}) == {"one": "1"}
    assert kept.value("name", dict[str, str], reader.sources, dict) == {"one": "1"}


def test_only_the_owner_may_read_it(reader: Reader) -> None:
    if sys.platform == "win32":
        pytest.skip("Windows protects the whole profile folder")
    (file,) = reader.folder.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert reader.folder.stat().st_mode & 0o777 == 0o700


def test_a_folder_that_cannot_be_written_only_costs_time(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("a file stands in the way")
    reader = Reader(tmp_path / "kept")
    assert reader.value() == {"one": 1}
    assert reader.value() == {"one": 1}
    assert reader.times == 2


def test_what_ships_is_the_same_kept_or_read(tmp_path: Path) -> None:
    """And the second time nothing is read again."""
    fresh = Shipped(shipped_root())
    for _ in range(2):
        kept = Shipped(shipped_root(), keep=tmp_path)
        assert dict(kept.phrases.texts) == dict(fresh.phrases.texts)
        assert kept.catalogue == fresh.catalogue
        assert list(kept.catalogue) == list(fresh.catalogue)
        assert kept.screen == fresh.screen
        assert kept.after_set.table == fresh.after_set.table
        assert kept.across_days == fresh.across_days
        assert kept.plans == fresh.plans
        assert kept.rules_sha256 == fresh.rules_sha256
        written = {file.name: file.stat().st_mtime_ns for file in tmp_path.iterdir()}
    assert written == {file.name: file.stat().st_mtime_ns for file in tmp_path.iterdir()}
    assert len(written) == 6
