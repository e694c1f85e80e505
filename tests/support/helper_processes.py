"""Our helper processes, talked to and looked at from outside (the latter on Linux)."""

import json
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from coach.voice.line_protocol import Message


def talk(
    command: Sequence[str], requests: Sequence[Message], environment: Mapping[str, str]
) -> tuple[list[Message], int]:
    """Let a helper greet, and answer one request after another; its exit status at the end."""
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment,
    ) as helper:
        assert helper.stdin is not None and helper.stdout is not None
        answers = [json.loads(helper.stdout.readline())]
        for request in requests:
            helper.stdin.write(json.dumps(request) + "\n")
            helper.stdin.flush()
            answers.append(json.loads(helper.stdout.readline()))
        helper.stdin.close()
        return answers, helper.wait(20)


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
