"""Made-up lives: what a physiotherapist reads of them, and that every session decides the same."""

import json
import re
from datetime import time
from itertools import pairwise
from pathlib import Path

import pytest

import lives
from coach.app.phrasing import Phrasing
from coach.app.session.replaying import replay
from coach.app.simulation.living import Lived, life_object, live, start_of
from coach.cli import main
from coach.domain.outcome import Outcome
from coach.formats.life_file import read_life
from coach.formats.plan_file import read_plan
from coach.formats.session_log import log_text
from coach.rules.locks import StillLocked
from playing import SHIPPED

SESSIONS = SHIPPED.root / "sessions"
FILES = {name: SESSIONS / "lives" / f"{name}.toml" for name in lives.LIVES}
PLAN = str(SESSIONS / "plans" / "first-week.toml")
KEYS = ["day", "outcome", "rules", "levels", "sets", "locks", "why"]
CALM = """
[[day]]
day = {day}
time = "{time}"
check_in = {{ all = "no", tingling = 1, pain = 0, sore_side = "left" }}
set = [{{ tingling = {tingling}, pain = 1, settled_s = 30{more} }}]
"""

Days = dict[str, list[Lived]]


@pytest.fixture(scope="module")
def played() -> Days:
    return {name: lives.lived(SHIPPED, name, lives.life_text(name)) for name in lives.LIVES}


def life(*entries: str) -> str:
    return 'format = "nerve-coach.life/1"\n' + "".join(entries)


def entry(
    day: int, after: str = "", *, at: str = "18:30", tingling: int = 2, more: str = ""
) -> str:
    return CALM.format(day=day, time=at, tingling=tingling, more=more) + after


def days_of(*entries: str) -> list[Lived]:
    """A life of a first week."""
    return lives.lived(SHIPPED, "flaring", life(*entries))


# The committed lives


@pytest.mark.parametrize("name", lives.LIVES)
def test_a_committed_life_is_the_one_its_command_writes(name: str) -> None:
    assert FILES[name].read_text(encoding="utf-8") == lives.life_text(name), lives.COMMAND


@pytest.mark.parametrize("name", lives.LIVES)
def test_a_life_reads_as_committed(name: str, played: Days) -> None:
    golden = SESSIONS / "logs" / f"life-{name}.txt"
    told = lives.told(SHIPPED, name, played[name])
    assert golden.read_text(encoding="utf-8") == told, f"run: {lives.COMMAND}"


@pytest.mark.parametrize("name", lives.LIVES)
def test_every_session_of_a_life_is_decided_the_same_again(name: str, played: Days) -> None:
    sessions = [lived.played for lived in played[name] if lived.played]
    assert len(sessions) > 20
    for session in sessions:
        log = log_text(session.records)
        result = replay(SHIPPED, log, name)
        assert result.differences == ()
        assert not result.ends_open


def test_the_lives_are_sixty_days_of_four_people(played: Days) -> None:
    assert len(played) == 4
    for days in played.values():
        assert days[-1].entry.day >= lives.DAYS - 2
    assert any(
        lived.levels.keys() >= {("S3", "left"), ("S3", "right")} for lived in played["improving"]
    )


def test_whoever_improves_only_ever_goes_up(played: Days) -> None:
    levels = [lived.levels for lived in played["improving"]]
    for earlier, later in pairwise(levels):
        assert all(earlier[key] <= later[key] for key in earlier)
    assert set(levels[0].values()) == {"A"}
    assert set(levels[-1].values()) == {"B", "C"}
    assert {lived.outcome for lived in played["improving"]} == {Outcome.COMPLETED}


def test_a_flare_goes_from_gentler_to_closed_and_carefully_back(played: Days) -> None:
    rules = [rule for lived in played["flaring"] for rule in lived.rules]
    told = ("DAY-02", "DAY-03", "DAY-08", "DAY-04", "PRG-10", "PRG-01", "NEW-01")
    places = [rules.index(rule) for rule in ("DAY-02", "DAY-03", "DAY-08", "DAY-04", "NEW-01")]
    assert set(told) <= set(rules)
    assert places == sorted(places)
    assert [lived.stays for lived in played["flaring"] if lived.entry.unlock] == [
        StillLocked.NOT_CLEARED,
        None,
        StillLocked.TOO_SOON,
        None,
    ]


def test_carelessness_meets_every_cap_and_both_gaps(played: Days) -> None:
    rules = {rule for lived in played["careless"] for rule in lived.rules}
    assert rules >= {"CAP-01", "CAP-02", "DAY-06", "PRG-04", "PRG-05", "REC-04", "B", "PRG-03"}
    per_day: dict[int, int] = {}
    for lived in played["careless"]:
        per_day[lived.entry.day] = per_day.get(lived.entry.day, 0) + bool(lived.played)
    assert max(per_day.values()) == 2


def test_without_answers_nothing_is_ever_harder_and_nothing_is_made_up(played: Days) -> None:
    for lived in played["never-answering"]:
        assert "PRG-01" not in lived.rules
        assert lived.outcome in {Outcome.INCOMPLETE, Outcome.COMPLETED}
        assert set(lived.levels.values()) == {"A"}
    told = lives.told(SHIPPED, "never-answering", played["never-answering"])
    assert not re.search(r"(tingling|pain) 0\b(?!: OK)", told)


# What is printed


@pytest.mark.parametrize("name", lives.LIVES)
def test_the_object_has_the_keys_that_were_promised(name: str, played: Days) -> None:
    shown = life_object(played[name], lives.phrasing(SHIPPED))
    assert list(shown) == ["days"]
    for day, lived in zip(shown["days"], played[name], strict=True):
        assert list(day) == KEYS
        assert day["day"] == lived.entry.day
        assert day["why"]
        assert (not day["sets"]) or day["outcome"] != "refused"
    assert json.loads(json.dumps(shown)) == shown


@pytest.mark.parametrize("name", lives.LIVES)
def test_the_columns_of_a_day_stand_under_their_headings(name: str, played: Days) -> None:
    lines = lives.told(SHIPPED, name, played[name]).splitlines()
    heading = next(line for line in lines if line.startswith("    exercise  leg"))
    place = heading.index("decision")
    rows = [line for line in lines if re.match(r"    [SH]\d ", line)]
    assert rows
    for row in rows:
        assert row[place - 1] == " " and row[place] != " "


def test_what_changed_since_last_time_is_told() -> None:
    morning = "morning = { tingling = 1, pain = 0, woken = false }\n"
    days = days_of(*(entry(day, morning) for day in (0, 1, 2, 3)))
    told = lives.told(SHIPPED, "flaring", days)
    assert told.count("harder: ") == 1
    assert "harder: knee 60 to 45" in told
    assert "gentler: " not in told


# From one day to the next


def test_a_morning_counts_for_both_sessions_of_a_day() -> None:
    bad = "morning = { tingling = 4, pain = 0, woken = false }\n"
    days = days_of(entry(0, at="08:00"), entry(0, bad, at="17:00"), entry(1))
    assert days[2].outcome is Outcome.REFUSED
    assert days[2].rules[0] == "DAY-03"


def test_a_morning_after_a_day_without_a_session_is_about_nothing() -> None:
    bad = "morning = { tingling = 9, pain = 0, woken = true }\n"
    closed = entry(0, bad).replace("tingling = 1, pain = 0", "tingling = 6, pain = 0")
    later = days_of(closed, entry(1))[1]
    assert later.outcome is Outcome.COMPLETED
    assert later.rules == ()


def test_ten_minutes_later_can_still_hold_the_next_session_back() -> None:
    days = days_of(entry(0, "ten_minutes = { tingling = 5 }\n"), entry(1))
    assert days[1].rules == ("REC-04",)
    assert "REC-04" not in days_of(entry(0, "ten_minutes = { tingling = 2 }\n"), entry(1))[1].rules


def test_a_check_in_of_six_says_why_nothing_is_played() -> None:
    (day,) = days_of(entry(0).replace("tingling = 1, pain = 0", "tingling = 6, pain = 0"))
    assert day.outcome is Outcome.REFUSED
    assert day.rules == ("B",)
    assert day.why.startswith("Tingling or pain was 6 or more")


def test_an_easy_day_is_the_reason_for_what_is_played_on_it() -> None:
    """Not the steps that the plan's own exercises are waiting for."""
    days = days_of(entry(0), entry(1).replace("tingling = 1, pain = 0", "tingling = 4, pain = 0"))
    assert days[1].rules[-1] == "B"
    assert days[1].why == "Today is an easy day: only the gentlest exercises."
    assert days[1].played is not None
    assert {one.dose.exercise for one in days[1].played.ledger.sets} == {"S1"}


NECK = """
format = "nerve-coach.plan/1"
title = "Neck"
author = "Somebody"
revision = 1
language = "en"
[[exercise]]
id = "S3"
side = "left"
level = "A"
[[exercise]]
id = "S7"
side = "left"
level = "A"
"""


@pytest.mark.parametrize(
    ("first", "check_in", "rule"),
    [(', new = ["dizzy"]', 'all = "no"', "NEW-03"), ("", 'all = "no", A2 = "yes"', "A2")],
)
def test_what_leaves_an_exercise_out_is_named_with_its_reason(
    first: str, check_in: str, rule: str
) -> None:
    """Nothing is said of steps of an exercise that is not played (clinical.md 9.3 NEW-03)."""
    text = life(entry(0, more=first).replace('all = "no"', check_in), entry(1))
    plan = read_plan(NECK, "neck", SHIPPED.catalogue)
    phrasing = Phrasing(SHIPPED.phrases, "112")
    day = list(live(SHIPPED, plan, NECK, read_life(text, "life"), phrasing))[-1]
    assert day.rules[-1] == rule
    name = SHIPPED.phrases.say("S7.name")
    assert day.why.endswith(f"Left out today: {name} (no neck movement).")
    assert day.why.count(name) == 1


def test_one_visit_opens_all_locks_or_none() -> None:
    """A clearance and a same-day stop: too soon for the one is too soon for both."""
    weak = ', new = ["one_leg_weak"]'
    sooner = 'unlock = { who = "GP", cleared = true }\n'
    first = entry(0, more=weak).replace('all = "no"', 'all = "no", A2 = "yes"')
    days = days_of(first, entry(1, sooner, at="08:00"), entry(1, sooner, at="19:00"))
    assert [day.stays for day in days] == [None, StillLocked.TOO_SOON, None]
    assert [day.outcome for day in days] == [Outcome.URGENT, Outcome.REFUSED, Outcome.COMPLETED]
    assert days[2].full
    assert {key: level for key, level in days[2].levels.items() if level != "A"} == {}


def test_only_what_was_asked_is_remembered() -> None:
    """The check-in stops at an emergency, so later answers of the file were never given."""
    days = days_of(
        entry(0).replace('all = "no"', 'all = "no", E1 = "yes", C4 = "yes"'),
        entry(2, 'unlock = { who = "GP", cleared = true }\n').replace(
            'all = "no"', 'all = "no", C4 = "yes"'
        ),
    )
    assert days[0].outcome is Outcome.EMERGENCY
    assert days[1].outcome is Outcome.CLINICIAN
    assert days[1].rules[-1] == "C4"


def test_dizziness_is_answered_by_a_visit_though_nothing_is_locked() -> None:
    plan_name = next(name for name, made in lives.LIVES.items() if made.plan == "first-week")
    days = lives.lived(
        SHIPPED,
        plan_name,
        life(
            entry(0, more=', new = ["dizzy"]'),
            entry(3),
            entry(6, 'unlock = { who = "GP", cleared = true }\n'),
        ),
    )
    assert [day.locks for day in days] == [(), (), ()]
    assert [day.full for day in days] == [True, False, True]


def test_an_entry_begins_on_its_day_and_at_its_time() -> None:
    (day,) = days_of(entry(7, at="06:05"))
    assert f"{start_of(day.entry):%A %H:%M}" == "Monday 06:05"
    assert day.entry.time == time(6, 5)


# The command


def test_the_command_prints_the_golden_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", PLAN, "--life", str(FILES["flaring"])]) == 0
    out, err = capsys.readouterr()
    golden = SESSIONS / "logs" / "life-flaring.txt"
    assert out == golden.read_text(encoding="utf-8")
    assert err == ""


def test_the_command_prints_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", PLAN, "--life", str(FILES["never-answering"]), "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert list(shown["days"][0]) == KEYS


def test_a_log_for_every_session_goes_into_a_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "life.toml"
    path.write_text(life(entry(0), entry(0, at="19:00"), entry(1)), encoding="utf-8")
    assert main(["simulate", PLAN, "--life", str(path), "--log", str(tmp_path)]) == 0
    logs = sorted(map(str, tmp_path.glob("*.jsonl")))
    assert [Path(log).name for log in logs] == ["day-000-1830.jsonl", "day-001-1830.jsonl"]
    assert main(["replay", *logs]) == 0
    assert main(["check", *logs]) == 0
    capsys.readouterr()


def test_a_folder_that_is_not_there_is_said_before_anything_is_played(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = str(tmp_path / "logs")
    assert main(["simulate", PLAN, "--life", str(FILES["flaring"]), "--log", missing]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"{missing}: must be a folder")
    assert "Traceback" not in err


def test_one_session_and_a_life_exclude_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    answers = str(SESSIONS / "answers" / "calm-day.toml")
    with pytest.raises(SystemExit) as left:
        main(["simulate", PLAN, "--answers", answers, "--life", str(FILES["flaring"])])
    assert left.value.code == 2
    assert "not allowed with argument" in capsys.readouterr().err


BAD: dict[str, tuple[str, int, str]] = {
    "too high": (life(entry(0, tingling=11)), 7, "day.1.set.1.tingling"),
    "not a time": (life(entry(0, at="25:00")), 5, "day.1.time"),
    "backwards": (life(entry(2), entry(1)), 10, "day.2.day"),
    "twice at once": (life(entry(2), entry(2)), 10, "day.2.day"),
    "no such question": (
        life(entry(0).replace('all = "no"', 'E99 = "no"')),
        6,
        "day.1.check_in.E99",
    ),
    "no such key": (life(entry(0, "evening = 1\n")), 8, "day.1.evening"),
    "half a morning": (life(entry(0, 'morning = { woken = "yes" }\n')), 8, "day.1.morning.woken"),
    "nobody": (life(entry(0, 'unlock = { who = "", cleared = true }\n')), 8, "day.1.unlock.who"),
    "no day": ('format = "nerve-coach.life/1"\n', 1, "day"),
    "too late": (life(entry(4000)), 4, "day.1.day"),
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("command", ["check", "simulate"])
def test_a_bad_life_is_refused_with_its_place(
    name: str, command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, line, field = BAD[name]
    path = tmp_path / "life.toml"
    path.write_text(text, encoding="utf-8")
    given = ["check", str(path)] if command == "check" else ["simulate", PLAN, "--life", str(path)]
    assert main(given) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"{path}:{line}: {field}: "), err


def test_good_lives_are_checked(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", *map(str, FILES.values())]) == 0
    assert capsys.readouterr().out.count(": ok") == 4
