"""A person at a live session: answers from an answers file while a fake clock runs."""

from collections.abc import Callable

from coach.app.session.live_session import LiveSession
from coach.app.shipped_place import shipped_root
from coach.app.simulation.simulated_person import answer_to
from coach.engine.inputs import Input
from coach.formats.answers_file import Answers, read_answers
from fake_clock import FakeClock

TICK_MS = 500


def shipped_answers(name: str) -> Answers:
    """Ready-made answers, such as "calm-day"."""
    path = shipped_root() / "sessions" / "answers" / f"{name}.toml"
    return read_answers(path.read_bytes(), path.name)


class LivePlayer:
    """Plays one session; `given` is called with every input that was taken."""

    def __init__(
        self,
        live: LiveSession,
        clock: FakeClock,
        answers: Answers,
        given: Callable[[Input], None] = lambda _given: None,
    ) -> None:
        self.live = live
        self.clock = clock
        self.answers = answers
        self.given = given

    def wait(self, ms: int) -> None:
        """Time goes by with a ticking window."""
        while ms > 0:
            share = min(ms, TICK_MS)
            self.clock.pass_ms(share)
            self.live.tick()
            ms -= share

    def move(self) -> None:
        """Answer what is asked, or let one tick pass."""
        reply = answer_to(self.live._run, self.answers)
        if reply is None:
            self.wait(TICK_MS)
            return
        delay, given = reply
        self.wait(delay)
        if self.live.give(given) is None and self.live.trouble is None:
            self.given(given)

    def until(self, *stages: type) -> LiveSession:
        """Play until one of these stages has begun."""
        return self.play(lambda: isinstance(self.live.view().stage, stages))

    def play(self, enough: Callable[[], bool] = lambda: False) -> LiveSession:
        """Play until it is enough, or to the end."""
        for _ in range(20_000):
            if self.live.closed or enough():
                return self.live
            self.move()
        raise AssertionError(f"the session never ends; it is in {self.live.view().stage}")
