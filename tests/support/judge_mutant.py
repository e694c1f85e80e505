"""Run tests on one mutant: ``python judge_mutant.py MODULE ROUND…``, each round pytest arguments.

The rounds go from the quick and likely to the slow; the first that fails ends them. The exit status
is pytest's. A change after which the module cannot even be imported is no program, so it is no
mutant; :data:`NO_PROGRAM` on standard output says so.
"""

import importlib
import shlex
import sys

import pytest

NO_PROGRAM = "cannot be imported"


def judge(module: str, *rounds: str) -> int:
    """Pytest's exit status, or 2 when the module cannot be imported."""
    try:
        importlib.import_module(module)
    except Exception as error:  # noqa: BLE001 - whatever a mutant may raise
        print(f"{NO_PROGRAM}: {error!r}")
        return 2
    for arguments in rounds:
        status = int(pytest.main(["--tb=line", "-q", "-x", *shlex.split(arguments)]))
        if status:
            return status
    return 0


if __name__ == "__main__":
    sys.exit(judge(*sys.argv[1:]))
