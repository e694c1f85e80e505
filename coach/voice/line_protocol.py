"""The helper's side of the talk: one JSON object a line, on streams nobody else writes to."""

import json
import os
import signal
import sys
import threading
from collections.abc import Callable
from typing import Any

Message = dict[str, Any]

EXIT_NO_ENGINE = 3
EXIT_NO_DEVICE = 4
EXIT_NO_LIBRARY = 5


def claim_stdout() -> Callable[[Message], None]:
    """Return the one way to answer, and send everything else printed to standard error.

    Speech drivers print on standard output, even from C, so the file descriptor itself moves.
    Ctrl-C in a terminal reaches helpers too; they leave when their parent does, not before.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    stream = os.fdopen(os.dup(1), "w", encoding="ascii", newline="\n")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    lock = threading.Lock()

    def answer(message: Message) -> None:
        with lock:
            stream.write(json.dumps(message) + "\n")
            stream.flush()

    return answer


def listen(receive: Callable[[Message], None]) -> None:
    """Hand every request to `receive` on a thread of its own; end the process with its parent.

    A closed standard input means that the parent has gone, however it went. The exit does not
    wait for the main thread: that may be stuck inside a speech engine or a sound server.
    """

    def read() -> None:
        for line in sys.stdin:
            receive(json.loads(line))
        os._exit(0)

    threading.Thread(target=read, name="requests", daemon=True).start()
