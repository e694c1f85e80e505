"""The files beside the code agree with it and with each other."""

import os
import re
import subprocess
from pathlib import Path

import pytest

import coach

ROOT = Path(__file__).parents[2]
NOT_OURS = {".git", ".venv", ".hypothesis", ".benchmarks", "__pycache__", "build", "dist"}

# Put together from parts, so that this file is not its own finding.
REGISTRIES = ["pypi" + ".org", "python" + "hosted", "npm" + "js.", "conda." + "anaconda"]
MACHINES = [
    "/" + "work/",
    "/" + "root/",
    "/" + "tmp/w/",
    "/opt" + "/pypi",
    "/ho" + "me/",
    "/Us" + "ers/",
]
FORBIDDEN = re.compile("|".join(map(re.escape, REGISTRIES + MACHINES)).encode())


def our_files() -> list[Path]:
    """Every file of the repository that is not made by a tool."""
    return [
        path
        for path in ROOT.rglob("*")
        if path.is_file()
        and not any(
            part in NOT_OURS or part.endswith("_cache") for part in path.relative_to(ROOT).parts
        )
    ]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_no_file_names_a_registry_or_a_machine() -> None:
    found = {
        str(path.relative_to(ROOT)): match.group().decode()
        for path in our_files()
        if (match := FORBIDDEN.search(path.read_bytes()))
    }

    assert found == {}


def test_the_search_finds_what_it_is_for() -> None:
    assert FORBIDDEN.search(b"file://" + MACHINES[0].encode() + b"main")
    assert FORBIDDEN.search(b"https://" + REGISTRIES[0].encode() + b"/simple")
    assert Path(__file__) in our_files()


def test_packaging_is_no_package() -> None:
    """With an __init__.py it would shadow the library of that name."""
    assert list((ROOT / "packaging").rglob("__init__.py")) == []


def test_tests_are_no_packages_and_their_names_are_unique() -> None:
    tests = [path for path in our_files() if path.is_relative_to(ROOT / "tests")]
    names = [path.name for path in tests if path.name.startswith("test_")]

    assert [path for path in tests if path.name == "__init__.py"] == []
    assert sorted(names) == sorted(set(names))


def test_the_changelog_starts_with_this_version() -> None:
    versions = re.findall(
        r"^## (\d+\.\d+\.\d+) \(\d{4}-\d\d-\d\d\)$", read("CHANGELOG.md"), re.MULTILINE
    )

    assert versions[0] == coach.__version__


def test_the_readme_names_the_two_commands() -> None:
    lines = [line.split("#")[0].strip() for line in read("README.md").splitlines()]

    assert {"make run", "make test"} <= set(lines)


@pytest.mark.parametrize("page", ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_links_lead_somewhere(page: str) -> None:
    targets = re.findall(r"\]\(([^)#:]+)\)", read(page))
    paths = re.findall(r"`((?:assets|coach|sessions|tests|docs|packaging)/[\w./-]*)`", read(page))
    made_when_packaged = {"coach/_shipped/"}

    missing = {path for path in targets + paths if not (ROOT / path).exists()}

    assert missing - made_when_packaged == set()


def test_continuous_integration_runs_the_tests_and_nothing_else() -> None:
    assert read(".ci/run").splitlines() == ["#!/usr/bin/env bash", "exec make test"]
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111


def test_make_test_ends_with_pytest() -> None:
    """So that its summary is the last line on the screen."""
    planned = subprocess.run(
        ["make", "--dry-run", "--always-make", "test"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]},  # not the flags of a make that runs us
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()

    assert planned[-1].strip() == ".venv/bin/python -m pytest --numprocesses 2 --dist worksteal"
    assert [line.split()[0] for line in planned if line.startswith(".venv/bin/")] == [
        ".venv/bin/ruff",
        ".venv/bin/ruff",
        ".venv/bin/mypy",
        ".venv/bin/lint-imports",
        ".venv/bin/python",
    ]
