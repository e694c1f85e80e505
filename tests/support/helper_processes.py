"""Our helper processes, looked at from outside (Linux)."""

from pathlib import Path


def gone(pid: int) -> bool:
    """Whether a process has ended; one that waits to be reaped by whoever adopted it has."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def helpers_of(pid: int) -> list[int]:
    """Return our helpers among the processes started by any thread of this one."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [int(child) for child in task.read_text().split()]
        except (FileNotFoundError, ProcessLookupError):
            continue  # the thread has just ended, and its children went to another
    return [child for child in found if b"coach.voice" in _command_line(child)]


def _command_line(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""
