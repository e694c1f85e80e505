"""Run tests on one mutant: ``python judge_mutant.py MODULE ROUND…``, each round pytest arguments.

The rounds go from the quick and likely to the slow; the first that fails ends them. The exit
status is pytest's. A change after which the module cannot even be imported is no program, so it is
no mutant; :data:`NO_PROGRAM` on standard output says so. A mutant that never ends uses up its
processor time, however busy the machine is, and is noticed by that.
"""

import importlib
import os
import resource
import shlex
import signal
import sys
import time

import pytest

NO_PROGRAM = "cannot be imported"
NO_VERDICT = "pytest could not run"
#: Processor seconds a round may use; the last one stands for all rounds after it.
ALLOWED_S = (30, 60, 120)

#: Python's own output only is caught, so that what is written below reaches whoever judges.
_QUIETLY = ("--tb=line", "--capture=sys", "-q", "-x")


class QuickFirst:
    """Single cases before the tests that draw a hundred."""

    @pytest.hookimpl
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items.sort(key=lambda item: hasattr(getattr(item, "obj", None), "hypothesis"))


def judge(module: str, *rounds: str) -> int:
    """Pytest's exit status, or 2 when the module cannot be imported."""
    signal.signal(signal.SIGXCPU, lambda *_: _never_ends())
    _allow(0)
    try:
        importlib.import_module(module)
    except Exception as error:  # noqa: BLE001 - whatever a mutant may raise
        print(f"{NO_PROGRAM}: {error!r}")
        return 2
    for number, arguments in enumerate(rounds):
        _allow(number)
        status = pytest.main([*_QUIETLY, *shlex.split(arguments)], plugins=[QuickFirst()])
        # What a mutant breaks while a test file is read interrupts pytest; all else is ours.
        if status not in (0, pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.INTERRUPTED):
            print(f"{NO_VERDICT}: exit status {status}")
        if status:
            return int(status)
    return 0


def _allow(number: int) -> None:
    until = int(time.process_time()) + ALLOWED_S[min(number, len(ALLOWED_S) - 1)]
    resource.setrlimit(resource.RLIMIT_CPU, (until, resource.RLIM_INFINITY))


def _never_ends() -> None:
    os.write(1, b"its time is used up\n")
    os._exit(1)


if __name__ == "__main__":
    sys.exit(judge(*sys.argv[1:]))
