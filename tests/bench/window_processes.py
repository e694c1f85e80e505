"""Starting the measured programs on a screen of their own."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

BENCH = Path(__file__).parent
ROOT = BENCH.parents[1]
PYTHONPATH = os.pathsep.join(map(str, (ROOT, BENCH.parent / "fakes", BENCH.parent / "support")))


@contextmanager
def _xvfb() -> Iterator[dict[str, str]]:
    """A virtual X server where there is one, else Qt's screenless platform."""
    program = shutil.which("Xvfb")
    if program is None:
        yield {"QT_QPA_PLATFORM": "offscreen"}
        return
    ready, told = os.pipe()
    command = [program, "-displayfd", str(told), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"]
    with subprocess.Popen(
        command, pass_fds=[told], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        os.close(told)
        with os.fdopen(ready) as answer:
            display = answer.readline().strip()
        try:
            yield {"DISPLAY": f":{display}", "QT_QPA_PLATFORM": "xcb"}
        finally:
            server.terminate()


@dataclass(frozen=True)
class Place:
    """Where the measured programs run: their environment and an empty home."""

    environment: dict[str, str]
    home: Path

    def command(self, program: str, task: str) -> list[str]:
        arguments = [task, str(self.home)] if program == "whole_program" else [task]
        return [sys.executable, str(BENCH / f"{program}.py"), *arguments]

    def start_s(self, program: str) -> dict[str, float]:
        """Seconds from starting the process until it tells that it ``painted``, ``filled``."""
        began = time.perf_counter()
        took = {}
        with subprocess.Popen(
            self.command(program, "start"), stdout=subprocess.PIPE, env=self.environment
        ) as process:
            assert process.stdout is not None
            for line in process.stdout:
                took[line.decode().strip()] = time.perf_counter() - began
        if "painted" not in took or process.returncode:
            raise RuntimeError(f"{program} ended with {process.returncode} before it painted")
        return took

    def told(self, program: str, task: str) -> dict[str, float]:
        """What a program tells of itself by name."""
        done = subprocess.run(
            self.command(program, task),
            stdout=subprocess.PIPE,
            env=self.environment,
            check=True,
            text=True,
        )
        pairs = [line.split() for line in done.stdout.splitlines()]
        return {pair[0]: float(pair[1]) for pair in pairs if len(pair) > 1}


@contextmanager
def place() -> Iterator[Place]:
    """A screen, and a home in which the notice of the first run was read."""
    with tempfile.TemporaryDirectory() as folder, _xvfb() as screen:
        settings = Path(folder, "home", "settings")
        settings.mkdir(parents=True)
        settled = "welcomed = true\nheard_and_seen = true\n"
        (settings / "settings.toml").write_text(settled, encoding="utf-8")
        environment = {
            **{key: value for key, value in os.environ.items() if key != "WAYLAND_DISPLAY"},
            **screen,
            "XDG_RUNTIME_DIR": folder,
            "PYTHONPATH": PYTHONPATH,
        }
        yield Place(environment, Path(folder, "home"))


@cache
def usage(program: str, task: str) -> dict[str, float]:
    """Memory and processor time of a program in a task; measured once, used by several rows.

    The program ran once before, as it has on every day but the first.
    """
    with place() as here:
        here.start_s(program)
        return here.told(program, task)
