"""What is installed is written down exactly, and never the PySide6 that kills older Pythons."""

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LINES = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PINS = {canonicalize_name(line.partition("==")[0]): line.partition("==")[2] for line in LINES}
EXTRAS = PROJECT["optional-dependencies"]


def asked_for() -> list[Requirement]:
    """Everything pyproject.toml names, extras included."""
    extras = [line for lines in EXTRAS.values() for line in lines]
    return [Requirement(line) for line in PROJECT["dependencies"] + extras]


def test_every_line_is_a_name_and_a_version() -> None:
    bad = [line for line in LINES if not re.fullmatch(r"[A-Za-z0-9-]+==[0-9][0-9a-z.]*", line)]

    assert bad == []


def test_lines_are_sorted_and_no_name_comes_twice() -> None:
    names = [canonicalize_name(line.partition("==")[0]) for line in LINES]

    assert names == sorted(set(names))


def test_everything_the_project_names_is_pinned_within_its_bounds() -> None:
    for requirement in asked_for():
        assert PINS[canonicalize_name(requirement.name)] in requirement.specifier


def test_everything_installed_for_the_project_is_pinned() -> None:
    """Follow the requirements of what is installed to the end."""
    waiting = asked_for()
    seen: set[str] = set()
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        if name in seen or (requirement.marker and not requirement.marker.evaluate({"extra": ""})):
            continue
        seen.add(name)
        try:
            needs = metadata.requires(name)
        except metadata.PackageNotFoundError:
            continue  # an extra that was not asked for here
        waiting += [Requirement(line) for line in needs or []]

    assert sorted(seen - PINS.keys()) == []
    assert len(seen) > len(asked_for()) / 2


@pytest.mark.parametrize("package", ["pyside6-essentials", "pyside6-addons"])
@pytest.mark.parametrize(
    ("python", "version", "allowed"),
    [
        ("3.11", "6.11.3", True),
        ("3.11", "6.12.0", False),
        ("3.12", "6.12.0", True),
        ("3.13", "6.12.0", True),
        ("3.13", "6.11.2", False),
    ],
)
def test_pyside_is_held_back_below_python_3_12(
    package: str, python: str, version: str, allowed: bool
) -> None:
    """6.12.0 drops a reference to None in every void call where None can be freed."""
    rules = [
        requirement.specifier
        for requirement in asked_for()
        if canonicalize_name(requirement.name) == package
        and (requirement.marker is None or requirement.marker.evaluate({"python_version": python}))
    ]

    assert all(version in rule for rule in rules) is allowed


def test_all_parts_of_qt_are_pinned_to_one_version() -> None:
    versions = {PINS[name] for name in ("pyside6-essentials", "pyside6-addons", "shiboken6")}

    assert versions == {"6.11.3"}


def test_the_web_engine_is_never_pulled_in() -> None:
    """The PySide6 meta package would bring it."""
    assert "pyside6" not in PINS
