"""Run tests on one mutant: ``python judge_mutant.py MODULE ROUND…``, each round pytest arguments.

The rounds go from the quick and likely to the slow; the first that fails ends them. The exit status
is pytest's. A change after which the module cannot even be imported is no program, so it is no
mutant; :data:`NO_PROGRAM` on standard output says so. A mutant that never ends uses up its processor
time, however busy the machine is, and is ended for that.
"""

import importlib
import resource
import shlex
import sys
import time

import pytest

NO_PROGRAM = "cannot be imported"
#: Processor seconds a round may use; the last one stands for all rounds after it.
ALLOWED_S = (8, 20, 60)


def judge(module: str, *rounds: str) -> int:
    """Pytest's exit status, or 2 when the module cannot be imported."""
    try:
        importlib.import_module(module)
    except Exception as error:  # noqa: BLE001 - whatever a mutant may raise
        print(f"{NO_PROGRAM}: {error!r}")
        return 2
    for number, arguments in enumerate(rounds):
        allowed = ALLOWED_S[min(number, len(ALLOWED_S) - 1)]
        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + allowed, most))
        status = int(pytest.main(["--tb=line", "-q", "-x", *shlex.split(arguments)]))
        if status:
            return status
    return 0


if __name__ == "__main__":
    sys.exit(judge(*sys.argv[1:]))
