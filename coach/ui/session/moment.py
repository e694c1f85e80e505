"""What the player shows at one instant: one word, one number, one share of a ring."""

from dataclasses import dataclass

from coach.app.session.session_view import SessionView
from coach.engine.control import LeadIn, Move, Paused, RestPosition, SwitchSides, WarmUp
from coach.engine.timing import SWITCH_SIDES_MS
from coach.ui.desk import Desk
from coach.ui.session.phase_look import REST, PhaseLook, look_of


@dataclass(frozen=True, slots=True)
class Moment:
    """word: what to do. big: the number that matters now; small: what it counts.

    share: the filled part of the ring, 0-1.
    """

    word: str
    look: PhaseLook
    big: str
    small: str
    share: float


def clock(ms: int) -> str:
    """Minutes and seconds left, or seconds alone below a minute."""
    seconds = -(-ms // 1000)
    return str(seconds) if seconds < 60 else f"{seconds // 60}:{seconds % 60:02}"


def moment_of(desk: Desk, view: SessionView) -> Moment:
    """What the player shows of a session."""
    stage = view.stage
    left = (view.resumes_ms if isinstance(stage, Paused) else view.left_ms) or 0
    total = view.elapsed_ms + left
    remaining = left / total if total else 0.0
    seconds = desk.say("ui.player.seconds") if left < 60_000 else desk.say("ui.player.minutes")
    match stage:
        case Move() if view.phase is not None:
            word = desk.say(f"phase.{view.phase.name}")
            look = look_of(view.phase.name)
            if view.phase.hold:
                return Moment(word, look, clock(left), seconds, view.share)
            of = desk.say("ui.player.of", n=view.reps)
            return Moment(word, look, str(view.rep), of, view.share)
        case LeadIn():
            ready = desk.say("ui.player.get_ready")
            return Moment(ready, REST, clock(left), seconds, remaining)
        case SwitchSides():
            word = desk.say("ui.player.switch_sides")
            return Moment(word, REST, clock(left), seconds, left / SWITCH_SIDES_MS)
        case WarmUp():
            word = desk.say("phase.walk")
            return Moment(word, look_of("walk"), clock(left), seconds, remaining)
        case RestPosition():
            return Moment(desk.say("phase.rest"), REST, clock(left), seconds, remaining)
        case Paused(LeadIn()):
            of = desk.say("ui.player.of", n=view.reps)
            return Moment(desk.say("ui.player.paused"), REST, str(view.rep), of, 0.0)
        case Paused() if left:
            paused = desk.say("ui.player.paused")
            return Moment(paused, REST, clock(left), seconds, 1 - view.share)
        case _:
            return Moment(desk.say("ui.player.paused"), REST, "–", "", 0.0)


def side_text(desk: Desk, view: SessionView) -> str:
    """The leg being worked, "" when there is none."""
    return "" if view.side is None else desk.say(f"ui.side.{view.side}")


def set_text_of(desk: Desk, view: SessionView) -> str:
    """Which set of how many."""
    return desk.say("ui.player.set", n=view.set_n, m=view.sets)


def next_text(desk: Desk, view: SessionView) -> str:
    """What follows this set, "" when nothing is known to."""
    return "" if view.next_up is None else desk.words(view.next_up)
