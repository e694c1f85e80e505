"""Every way into a lock and out of it, walked breadth first over an alphabet of days.

A letter is a day, or what is done about a lock: how check-in, sets, ten minutes and morning went,
how somebody tried to open sessions again, how many days passed. Every letter is a real check-in
and a real session; lives with the same future are walked on from once.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest

from coach.app.daily import days
from coach.app.daily.days import Outlook
from coach.domain.action import LOCK_TIER, Tier
from coach.domain.past import Morning
from coach.domain.rating import Feel, News, Place, SetAnswers
from coach.domain.screening import Reply
from coach.engine.script import Script
from coach.formats.answers_file import Answers, CheckIn, SetScript
from coach.rules.locks import Assessment
from playing import SHIPPED, plan_text
from watched_life import LASTING, Session, WatchedLife
from watched_session import Person, Watched, day_of

#: One short exercise above the first level, so that beginning anew shows.
PLAN = plan_text('id = "S3"\nside = "left"\nlevel = "B"\nsets = 2\nreps = 5')
#: So many letters may lie before the last one: enough for every rule that adds days up.
DEEPEST = 2
SEEN = "GP"
GOOD = Morning(1, 0, woken=False)

#: How sessions may be asked to open, none of which may work.
IN_VAIN = ("not asked", "not allowed", "nobody", "seen before", "clock set back")
#: Only what happened on that day waits 24 hours.
TOO_SOON = "too soon"


class Path(WatchedLife):
    """A life that can be gone on with in several ways, and plays what it knows only once."""

    def branch(self) -> "Path":
        """The same life once more."""
        other = copy(self)
        other.sessions = [replace(one) for one in self.sessions]
        other.locks = [replace(one) for one in self.locks]
        other.home = replace(
            self.home,
            pasts=list(self.home.pasts),
            locks=list(self.home.locks),
            replies=dict(self.home.replies),
        )
        other._legs = dict(self._legs)
        other._known = list(self._known)
        return other

    def _run(self, person: Person, script: Script, today: Outlook) -> Session:
        asked = tuple(question.id for question in script.questions)
        begins = frozenset(script.doses.items())
        key = (person, asked, begins, script.tags, script.cleared, script.still_up)
        if key not in KNOWN:
            KNOWN[key] = super()._run(person, script, today)
        return KNOWN[key]

    def _hold_laws(self, watched: Watched) -> None:
        """What concerns locks; the laws about doses are held by lives of sixty days."""
        self._red_flag_leaves_a_lock(watched)
        self._after_a_lock(watched)
        self._remember(watched, set())

    @property
    def locked(self) -> tuple[str, ...]:
        """The rules that keep sessions closed."""
        return tuple(sorted({kept.lock.rule for kept in self.home.diary.active}))

    @property
    def future(self) -> object:
        """What the days to come depend on; two lives that agree in it are walked on from once."""
        if self.locked:
            late = all(
                self.now - kept.set_at >= timedelta(hours=24) for kept in self.home.diary.active
            )
            return self.locked, late, bool(self._legs)
        since = self.home.diary.assessed_at
        weeks = [
            (
                (day_of(self.now) - day_of(one.began)).days,
                one.past.tingling,
                one.past.stopped_by_rules,
                one.past.played,
                one.gap,
                one.rise >= 4 or one.woken,
            )
            for one in self.sessions
            if (since is None or one.began > since) and self.now - one.began < timedelta(days=15)
        ]
        return self._full_due, bool(self.locks), bool(self._legs), tuple(weeks)


KNOWN: dict[object, Session] = {}

Letter = Callable[[Path], None]


def person(
    answers: SetAnswers | None = None,
    settled: int | None = 30,
    *,
    tingling: int = 1,
    where: Iterable[Place] = (),
    pain_later: int | None = None,
    **replies: Reply,
) -> Person:
    """Somebody whose check-in and sets are calm but for what is named."""
    check_in = CheckIn(Reply.NO, tuple(replies.items()), tingling, 0, frozenset(where))
    sets = (SetScript(answers or SetAnswers(2, 1), settled, pain_later),)
    return Person(Answers(check_in, sets))


def new(*news: News, feels: Iterable[Feel] = (), where: Iterable[Place] = ()) -> SetAnswers:
    """Calm ratings and a sign."""
    return SetAnswers(2, 1, frozenset(where), frozenset(feels), frozenset(news))


def a_day(
    who: Person, *, ten_minutes: int | None = 1, morning: Morning | None = GOOD, days: int = 1
) -> Letter:
    """A session, what was said ten minutes later and next morning, and the days that passed."""

    def lived(path: Path) -> None:
        path.session(who)
        path.answer_ten_minutes(ten_minutes)
        path.wait(days=1)
        if morning is not None:
            path.answer_morning(morning)
        path.wait(days=days - 1)

    return lived


def a_week(*tinglings: int) -> Letter:
    """Three sessions in a week with these ratings at check-in; mornings like the check-in."""

    def lived(path: Path) -> None:
        for tingling in tinglings:
            path.session(person(SetAnswers(min(tingling, 2), 0), tingling=tingling))
            path.wait(days=2)
            path.answer_morning(Morning(tingling, 0, woken=False))
        path.wait(days=1)

    return lived


def ends_with(who: Person) -> Letter:
    """A session that is the last thing of its day."""

    def lived(path: Path) -> None:
        path.session(who)

    return lived


def signs() -> Iterator[tuple[str, Letter]]:
    """Every answer that locks by itself, each as the last thing of its day."""
    for question in SHIPPED.questions(full=True):
        if question.tier.locks:
            yield f"{question.id} yes", ends_with(person(**{question.id: Reply.YES}))
        if question.tier is Tier.EMERGENCY:
            unsure = person(**{question.id: Reply.NOT_SURE})
            yield f"{question.id} not sure", ends_with(unsure)
    yield "seven", ends_with(person(tingling=7))
    for place in (Place.SADDLE, Place.BOTH_LEGS):
        yield f"felt in {place}", ends_with(person(where=[place]))
    after_a_set = {
        "other leg": person(new(where=[Place.OTHER_LEG])),
        "both legs": person(new(where=[Place.BOTH_LEGS])),
        "saddle": person(new(where=[Place.SADDLE])),
        "electric and weak": person(new(News.ONE_LEG_WEAK, feels=[Feel.ELECTRIC])),
        "numb": person(new(feels=[Feel.NUMB]), -1),
        "numb and new": person(new(News.NUMB_STAYS, feels=[Feel.NUMB]), -1),
        "swollen": person(new(feels=[Feel.TIGHT_SWOLLEN])),
        "swollen and strong": person(SetAnswers(2, 7, feels=frozenset({Feel.TIGHT_SWOLLEN}))),
        "pain stays": person(SetAnswers(2, 8), -1, pain_later=8),
        "weak": person(new(News.ONE_LEG_WEAK)),
        "both weak": person(new(News.BOTH_LEGS_WEAK)),
        "speech": person(new(News.FACE_ARM_SPEECH)),
        "calf": person(new(News.SWOLLEN_CALF)),
    }
    for name, who in after_a_set.items():
        yield name, ends_with(who)


#: Days that lock nothing by themselves: sets, ten minutes, mornings, days that pass.
DAYS: dict[str, Letter] = {
    "calm": a_day(person()),
    "calm, then a week off": a_day(person(), days=8),
    "a little up next morning": a_day(person(), morning=Morning(3, 0, woken=False), days=2),
    "clearly up next morning": a_day(person(), morning=Morning(4, 0, woken=False), days=3),
    "far up next morning": a_day(person(), morning=Morning(5, 0, woken=False), days=3),
    "woken": a_day(person(), morning=Morning(1, 0, woken=True), days=3),
    "woken, then a week off": a_day(person(), morning=Morning(1, 0, woken=True), days=8),
    "morning skipped": a_day(person(), morning=None),
    "not settled ten minutes later": a_day(person(), ten_minutes=5, days=3),
    "eased": a_day(person(SetAnswers(4, 1))),
    "stopped": a_day(person(SetAnswers(7, 1)), days=2),
    "stopped, then days off": a_day(person(SetAnswers(7, 1)), days=6),
    "easy day": a_day(person(tingling=4), morning=Morning(4, 0, woken=False)),
    "rest today": a_day(person(tingling=6), morning=None),
    "no answer": a_day(person(SetAnswers(None, None)), morning=None),
    "dizzy": a_day(person(new(News.DIZZY)), days=2),
    "a week without tingling": a_week(0, 0, 0),
    "a week up and down": a_week(3, 1, 5),
}
SIGNS = dict(signs())
#: One sign of each tier, for days on which something has already happened.
SOME_SIGNS = {name: SIGNS[name] for name in ("C4 yes", "U1 yes", "E1 yes", "weak", "saddle")}


def seen(path: Path, who: str = SEEN, *, ago: int = 0, cleared: bool = True) -> None:
    """Somebody was seen so many days ago, and sessions are asked to open."""
    path.unlock(Assessment(who, path.now.date() - timedelta(days=ago), cleared))


def _try(path: Path, how: str) -> None:
    """One way to ask, which leaves the sessions closed."""
    match how:
        case "not asked":
            path.wait(days=40)
        case "too soon":
            path.wait(hours=23)
            seen(path)
        case "not allowed":
            path.wait(days=2)
            seen(path, cleared=False)
        case "nobody":
            path.wait(days=2)
            seen(path, " ")
        case "seen before":
            path.wait(days=2)
            seen(path, ago=20)
        case "clock set back":
            path.wait(days=-30)
            seen(path)


@dataclass
class Walk:
    """What was seen on the way: states, letters, and what was tried on the locks of each rule."""

    states: int = 0
    letters: int = 0
    in_vain: dict[str, set[str]] = field(default_factory=dict)
    opened: set[str] = field(default_factory=set)

    def all(self, deepest: int = DEEPEST) -> "Walk":
        """Every life of so many letters that ends in a lock or not, breadth first."""
        start = Path(SHIPPED, PLAN)
        known, waiting = {start.future}, deque([(start, 0)])
        while waiting:
            path, depth = waiting.popleft()
            self.states += 1
            for after in self._locked(path) if path.locked else self._open(path, depth):
                if after.future not in known and (depth < deepest or after.locked):
                    known.add(after.future)
                    waiting.append((after, depth + 1))
        return self

    def _open(self, path: Path, depth: int) -> Iterator[Path]:
        letters = DAYS | (SOME_SIGNS if depth else SIGNS)
        for letter in letters.values():
            after = path.branch()
            letter(after)
            self.letters += 1
            # What the days ask for together is noticed when the program is opened again.
            after.home.outlook(after.now, None)
            after._look_at_locks()
            yield after

    def _locked(self, path: Path) -> Iterator[Path]:
        """Nothing opens the sessions but what clinical.md 8 says; then they begin anew."""
        locks = [kept.lock for kept in path.home.diary.active]
        lasting = all(lock.tier < Tier.URGENT and lock.rule in LASTING for lock in locks)
        ways = [way for way in IN_VAIN if not (way == "seen before" and lasting)]
        fresh = all(path.now - kept.set_at < timedelta(hours=1) for kept in path.home.diary.active)
        if fresh and max(lock.tier for lock in locks) >= Tier.URGENT:
            ways.append(TOO_SOON)
        for way in ways:
            after = path.branch()
            _try(after, way)
            self.letters += 1
            assert after.locked == path.locked, f"{way} opened {path.locked}"
            assert after.session(person()) is None
            for rule in path.locked:
                self.in_vain.setdefault(rule, set()).add(way)
        after = path.branch()
        after.wait(days=1, hours=1)
        seen(after)
        self.letters += 1
        assert not after.locked, f"{path.locked} stayed closed although somebody was seen"
        self.opened.update(path.locked)
        yield after
        again = after.branch()
        again.wait(days=2)
        begun = again.session(person())
        assert begun is not None, f"{again.locked}: no session two days after {path.locked} opened"
        assert len(begun.records[0].data["questions"]) == len(SHIPPED.questions(full=True))
        assert {one.began.level.value for one in begun.past.worked} == {"A"}
        yield again


@pytest.fixture(scope="module")
def walked() -> Walk:
    return Walk().all()


def locking_rules() -> set[str]:
    """Every rule that can close sessions, read off the questions and the decision table."""
    items = {question.id for question in SHIPPED.questions(full=True) if question.tier.locks}
    rows = {row.id for row in SHIPPED.after_set.table if row.action in LOCK_TIER}
    return items | rows | {"DAY-04", "DAY-05", "DAY-07", "DAY-08"}


def test_every_lock_is_reached_and_opened(walked: Walk) -> None:
    assert locking_rules() - walked.opened == set()


def test_every_lock_stays_until_its_condition_is_met(walked: Walk) -> None:
    """What lasts may have been looked at before; only red flags have a day to wait for."""
    for rule in locking_rules():
        tried = walked.in_vain[rule]
        before = {"seen before"} if rule in LASTING - {"C9"} else set()
        assert tried >= set(IN_VAIN) - before, f"{rule}: {tried}"
    asked = SHIPPED.questions(full=True)
    urgent = {question.id for question in asked if question.tier > Tier.CLEARANCE}
    assert all(TOO_SOON in walked.in_vain[rule] for rule in urgent)


def test_the_walk_is_no_stroll(walked: Walk) -> None:
    assert walked.states >= 200
    assert walked.letters >= 3_500


def test_a_lock_that_forgets_to_close_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(days, "_closes", lambda kept: kept.lock.tier is not Tier.URGENT)
    with pytest.raises(AssertionError, match="a red flag"):
        Walk().all(0)


@pytest.mark.parametrize("stays", ["too_soon", "who", "when", "not_cleared", "clock"])
def test_a_lock_that_opens_too_easily_is_noticed(
    stays: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each condition left out once."""
    real = days.why_still_locked

    def lax(*given: Any) -> Any:
        found = real(*given)
        return None if found == stays else found

    monkeypatch.setattr(days, "why_still_locked", lax)
    with pytest.raises(AssertionError, match="against"):
        Walk().all(0)


def test_a_lock_without_a_new_beginning_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(days, "full_screen_due", lambda **known: known["days_since_full"] is None)
    with pytest.raises(AssertionError, match="not every question"):
        Walk().all(0)
