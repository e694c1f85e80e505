"""The shipped files, read once."""

from pathlib import Path

import pytest

from coach.domain.exercise import Catalogue
from coach.formats.exercise_file import catalogue_from
from coach.formats.phrases import Phrases
from coach.formats.phrases_file import read_phrases

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def phrases() -> Phrases:
    return read_phrases((ROOT / "assets/phrases/en.toml").read_bytes(), "en.toml")


@pytest.fixture(scope="session")
def exercise_texts() -> dict[str, str]:
    files = (ROOT / "assets/exercises").glob("*.toml")
    return {file.name: file.read_text(encoding="utf-8") for file in files}


@pytest.fixture(scope="session")
def catalogue(exercise_texts: dict[str, str], phrases: Phrases) -> Catalogue:
    return catalogue_from({name: text.encode() for name, text in exercise_texts.items()}, phrases)
