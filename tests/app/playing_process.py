"""Run by the kill test: forks a process that plays sessions, for each folder it is told.

The child names its process id, then every answer once `give` has returned; the parent names the
child's end. Forked because starting Python anew for each of many kills takes too long.
"""

import os
import sys
from pathlib import Path

from coach.engine.inputs import Input
from coach.formats.session_log import canonical, input_data
from fake_clock import DAY_MS, FakeClock
from live_player import LivePlayer, shipped_answers
from opened_program import SHIPPED, OpenedProgram


def say(line: str) -> None:
    os.write(sys.stdout.fileno(), f"{line}\n".encode())


def taken(given: Input) -> None:
    say(canonical(input_data(given)))


def play(folder: Path) -> None:
    """Play the first plan, or go on with it, again and again."""
    say(str(os.getpid()))
    clock = FakeClock()
    program = OpenedProgram(folder, clock)
    program.let_a_minute_pass()
    answers = shipped_answers("eased-day")
    while True:
        if program.app.today().unfinished is not None:
            live = program.app.resume_unfinished()
        else:
            clock.pass_ms(3 * DAY_MS)  # what an earlier session asked for in rest has passed
            if program.app.today().ask is not None:
                program.skip_question()
            live = program.app.begin()
        LivePlayer(live, clock, answers, taken).play()


def serve() -> None:
    SHIPPED.catalogue, SHIPPED.screen, SHIPPED.after_set  # noqa: B018 - read once, before forking
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                play(Path(line.strip()))
            finally:
                os._exit(1)
        os.waitpid(child, 0)
        say("end")


serve()
