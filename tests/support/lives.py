"""The made-up lives of sessions/lives: 60 days of four people, and how the program takes them.

Run as a program it writes the lives and what ``simulate --life`` prints of each one anew.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from coach.app.phrasing import Phrasing
from coach.app.shipped import Shipped
from coach.app.shipped_place import shipped_root
from coach.app.simulation.life_table import life_table
from coach.app.simulation.living import Lived, live
from coach.formats.life_file import read_life
from coach.formats.plan_file import read_plan

COMMAND = "python tests/support/lives.py"
DAYS = 60
SLEPT, WOKEN = False, True

#: A rating after a set: tingling, pain, seconds until it has settled, and more keys as TOML.
Felt = tuple[int, int, int, str]
#: The next morning: tingling, pain, woken by the leg.
Morning = tuple[int, int, bool]


def when(day: int, time: str = "18:30") -> str:
    """The head of one entry."""
    return f'[[day]]\nday = {day}\ntime = "{time}"\n'


def before(tingling: int, pain: int, leg: str, more: str = "") -> str:
    """A check-in with every question answered "no", unless ``more`` says otherwise."""
    side = f', sore_side = "{leg}"'
    return f'check_in = {{ all = "no"{more}, tingling = {tingling}, pain = {pain}{side} }}\n'


def felt(*sets: Felt) -> str:
    """What was answered after each set; the last one repeats."""
    told = [
        f"{{ tingling = {tingling}, pain = {pain}, settled_s = {settled}{more} }}"
        for tingling, pain, settled, more in sets
    ]
    return f"set = [{', '.join(told)}]\n"


def after(ten_minutes: int | None, morning: Morning | None) -> str:
    """Ten minutes later, and the next morning; None was not answered."""
    lines = [] if ten_minutes is None else [f"ten_minutes = {{ tingling = {ten_minutes} }}\n"]
    if morning is not None:
        tingling, pain, woken = morning
        said = f"tingling = {tingling}, pain = {pain}, woken = {str(woken).lower()}"
        lines.append(f"morning = {{ {said} }}\n")
    return "".join(lines)


def seen(who: str, *, cleared: bool) -> str:
    """What is entered to open sessions again, before the session of that day."""
    return f'unlock = {{ who = "{who}", cleared = {str(cleared).lower()} }}\n'


CALM: Felt = (2, 1, 30, "")


def improving() -> Iterator[str]:
    """Five days a week, everything answered, tingling that fades from 3 to 1."""
    for day in range(DAYS):
        if day % 7 in (2, 6):
            continue
        start = 3 if day < 14 else 2 if day < 35 else 1
        rating = 3 if day == 17 else min(start, 2)
        yield (
            when(day)
            + before(start, 1, "left")
            + felt((rating, 1, 40 if day < 28 else 20, ""))
            + after(start, (start, 1 if day % 5 else 0, SLEPT))
        )


def _flare(day: int) -> tuple[int, Felt, int, Morning]:
    """Check-in tingling, what the sets are like, ten minutes later, the next morning."""
    told: dict[int, tuple[int, Felt, int, Morning]] = {
        14: (1, (3, 2, 45, ""), 1, (3, 1, SLEPT)),
        16: (2, (4, 2, 90, ', where = ["thigh"], feels = ["mild_pins"]'), 3, (5, 2, SLEPT)),
        19: (2, (5, 3, 110, ', where = ["calf"], feels = ["burning"]'), 3, (4, 3, WOKEN)),
        22: (3, (6, 4, 180, ', where = ["calf"]'), 6, (4, 3, SLEPT)),
        25: (3, (7, 5, -1, ', where = ["toes"], feels = ["electric"]'), 7, (5, 4, SLEPT)),
        51: (2, (2, 1, 30, ', new = ["one_leg_weak"]'), 2, (2, 1, SLEPT)),
    }
    usual = (2, CALM, 2, (2, 1, SLEPT)) if day >= 26 else (1, CALM, 1, (1, 1, SLEPT))
    return told.get(day, usual)


def flaring() -> Iterator[str]:
    """Two good weeks, a flare that closes sessions, a careful way back, then a weak leg."""
    visits = {
        28: seen("Physiotherapist", cleared=False),
        30: seen("Physiotherapist", cleared=True),
        52: seen("Doctor on call", cleared=True),
        54: seen("Doctor on call", cleared=True),
    }
    days = (*range(0, 14, 2), 14, 16, 17, 19, 20, 22, 25, 26, 28, *range(30, 51, 2), 51, 52, 54)
    for day in (*days, 56, 58, 59):
        start, sets, later, morning = _flare(day)
        more = ', A1 = "yes"' if day == 30 else ""
        yield (
            when(day, "07:45" if day == 52 else "18:30")
            + before(start, 1, "left", more)
            + felt(sets)
            + after(later, morning)
            + visits.get(day, "")
        )


def careless() -> Iterator[str]:
    """Too often on some days, weeks away on others; most mornings are skipped."""
    missed = {5, 9, 10, *range(21, 28), *range(36, 50), 54}
    for day in range(DAYS):
        if day in missed:
            continue
        answered = day < 9 or day % 4 == 1 or 28 <= day < 34
        later = after(1 if answered else None, (1, 0, SLEPT) if answered else None)
        times = ["09:10", "11:00", "17:30", "22:15"] if day % 6 == 2 else ["18:30"]
        risen = ', A7 = "yes"' if times[0] == "09:10" else ""
        for time in times:
            strong = day in {12, 33} and time == times[-1]
            sets = (5, 3, 70 if day == 12 else -1, ', where = ["calf"]') if strong else CALM
            start = 4 if day == 15 else 6 if day == 19 else 1
            yield (
                when(day, time)
                + before(start, 0, "left", risen if time == "09:10" else "")
                + felt(sets)
                + later
            )


def never_answering() -> Iterator[str]:
    """Opens the program every second day and leaves something unanswered each time."""
    ratings = ("", "set = [{ tingling = 1 }]\n", "set = [{ pain = 1 }]\n")
    for day in range(0, DAYS, 2):
        answers = (
            "",
            'check_in = { all = "no" }\n',
            'check_in = { all = "no", tingling = 1 }\n',
            before(1, 0, "left") + ratings[day // 2 % 3],
            before(2, 0, "left") + "set = [{ tingling = 4, pain = 1 }]\n",
            before(1, 0, "left") + felt(CALM),
        )
        yield when(day) + answers[day // 2 % len(answers)]


@dataclass(frozen=True)
class MadeUp:
    """Who this is, and the plan they play."""

    plan: str
    days: Callable[[], Iterator[str]]


LIVES: Mapping[str, MadeUp] = {
    "improving": MadeUp("both-sides", improving),
    "flaring": MadeUp("first-week", flaring),
    "careless": MadeUp("desk-day", careless),
    "never-answering": MadeUp("first-week", never_answering),
}


def life_text(name: str) -> str:
    """The text of a life file."""
    life = LIVES[name]
    plays = (
        f"nerve-coach simulate sessions/plans/{life.plan}.toml --life sessions/lives/{name}.toml"
    )
    head = (
        f"# {life.days.__doc__}\n# Written by: {COMMAND}\n# To play it: {plays}\n"
        'format = "nerve-coach.life/1"\n'
    )
    return "\n".join([head, *life.days()])


def lived(shipped: Shipped, name: str, text: str) -> list[Lived]:
    """Every day of a life."""
    plan_text = shipped.plan_files[LIVES[name].plan].decode()
    plan = read_plan(plan_text, LIVES[name].plan, shipped.catalogue)
    return list(live(shipped, plan, plan_text, read_life(text, name), phrasing(shipped)))


def phrasing(shipped: Shipped) -> Phrasing:
    """The words as the terminal says them."""
    return Phrasing(shipped.phrases, shipped.phrases.say("emergency.local_number"))


def told(shipped: Shipped, name: str, days: list[Lived]) -> str:
    """What ``simulate --life`` prints."""
    plan = shipped.plans[LIVES[name].plan]
    return life_table(plan, days, phrasing(shipped), shipped.catalogue) + "\n"


if __name__ == "__main__":
    SHIPPED = Shipped(shipped_root())
    SESSIONS = shipped_root() / "sessions"
    for life_name in LIVES:
        written = life_text(life_name)
        golden = told(SHIPPED, life_name, lived(SHIPPED, life_name, written))
        for path, text in (
            (SESSIONS / "lives" / f"{life_name}.toml", written),
            (SESSIONS / "logs" / f"life-{life_name}.txt", golden),
        ):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
