"""The history as values: every number of a chart is in its table, and none is made up."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from coach.app.clinician_report.numbers import places, rated_sets
from coach.app.history.chart import DayKind, Point, Stroke, Turn, gaps
from coach.app.history.history import History, Per, Period, Shown
from coach.app.history.played_view import PlayedView, Tone
from coach.app.history.trend import Said, heaped, mean_points
from coach.app.history.words import DayWords, Grain, grain_of
from coach.domain.outcome import Outcome
from coach.domain.rating import Place
from coach.domain.record import Asked, Moment, PlayedSession, Selection
from coach.domain.side import Side
from fake_clock import DAY_MS, FakeClock
from long_record import LAST_DAY, write_long_record
from opened_program import SHIPPED, OpenedProgram

SESSIONS = 60
TODAY = date(2025, 11, 20)


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenedProgram]:
    with OpenedProgram(tmp_path_factory.mktemp("home"), FakeClock()) as opened:
        write_long_record(opened.store, opened.profile, SESSIONS)
        yield opened


@pytest.fixture
def history(program: OpenedProgram) -> History:
    return program.app.history()


@pytest.fixture
def record(program: OpenedProgram) -> list[PlayedSession]:
    return list(program.store.record.sessions(Selection(program.profile)))


@pytest.fixture
def lately(history: History) -> Shown:
    """Every answer of the last season."""
    return Shown(TODAY - timedelta(days=99), TODAY)


@pytest.fixture
def year(history: History) -> Shown:
    return Shown(*history.period(Period.YEAR))


def now(session: PlayedSession, n: int, asked: Asked) -> int | None:
    """What a set's answer is today."""
    made = session.corrected(Moment.SET, asked, n)
    (one,) = [each for each in session.sets if each.n == n]
    first = one.tingling if asked is Asked.TINGLING else one.pain
    return first if made is None else made.value


# The trend


def test_each_set_is_a_point_of_its_own(
    history: History, lately: Shown, record: list[PlayedSession]
) -> None:
    chart = history.trend(lately, Per.SET)
    for series, asked in zip(chart.series, Asked, strict=True):
        shown = [session for session in record if lately.since <= session.day]
        assert [point.value for point in series.points] == [
            now(session, one.n, asked) for session in shown for one in session.sets
        ]


def test_a_session_counts_with_its_highest_answer(
    history: History, lately: Shown, record: list[PlayedSession]
) -> None:
    (tingling, _) = history.trend(lately, Per.SESSION).series
    answers = [
        [now(session, one.n, Asked.TINGLING) for one in session.sets]
        for session in record
        if session.day >= lately.since
    ]
    worst = [max(one for one in said if one is not None) for said in answers]
    assert [point.value for point in tingling.points] == worst


def test_mornings_that_were_not_answered_are_points_without_a_value(
    history: History, lately: Shown
) -> None:
    chart = history.trend(lately, Per.MORNING)
    assert any(point.value is None for point in chart.series[0].points)
    assert chart.unanswered == "not answered"
    assert "not answered" in chart.words.summary


def test_a_year_is_told_in_means_of_weeks(history: History, year: Shown) -> None:
    chart = history.trend(year, Per.SET)
    each = history.trend(Shown(TODAY - timedelta(days=99), TODAY), Per.SET)
    week = chart.series[0].points[-1].day
    values = [
        point.value
        for point in each.series[0].points
        if week <= point.day <= week + timedelta(days=6) and point.value is not None
    ]
    last = chart.series[0].points[-1]
    assert last.value == pytest.approx(sum(values) / len(values))
    assert (last.low, last.high) == (min(values), max(values))


@pytest.mark.parametrize("per", [Per.SET, Per.SESSION])
@pytest.mark.parametrize("period", [Period.YEAR, Period.YEARS_5])
def test_means_are_those_of_the_record_with_its_corrections(
    history: History, record: list[PlayedSession], period: Period, per: Per
) -> None:
    """Counted by the store for most sessions, one by one for those with a correction."""
    shown = Shown(*history.period(period))
    grain = grain_of(shown.since, shown.until)
    for series, asked in zip(history.trend(shown, per).series, Asked, strict=True):
        heaps: dict[date, list[int]] = {}
        for session in record:
            said = [now(session, one.n, asked) for one in session.sets]
            given = [value for value in said if value is not None]
            kept = given if per is Per.SET else [max(given)] if given else []
            heaps.setdefault(grain.begins(session.day), []).extend(kept)
        means = [
            (begins, pytest.approx(sum(heap) / len(heap)), min(heap), max(heap))
            for begins, heap in heaps.items()
        ]
        found = [(one.day, one.value, one.low, one.high) for one in series.points]
        assert found == means
        assert any(one.corrected for one in series.points) is (asked is Asked.TINGLING)


@pytest.mark.parametrize("per", list(Per))
@pytest.mark.parametrize("period", list(Period))
def test_the_table_has_a_row_for_every_point(history: History, per: Per, period: Period) -> None:
    chart = history.trend(Shown(*history.period(period)), per)
    assert all(len(chart.table.rows) == len(series.points) for series in chart.series)
    for row, *points in zip(chart.table.rows, *(s.points for s in chart.series), strict=True):
        for cell, point in zip(row[1:], points, strict=True):
            if point.value is None:
                assert cell.startswith(("not answered", "taken back"))
            else:
                assert cell.startswith(f"{point.value:.1f}".removesuffix(".0"))


def test_what_was_corrected_is_shown_beside_what_was_first_said(
    history: History, record: list[PlayedSession]
) -> None:
    (slip,) = [one for one in record if one.corrections and one.corrections[0].n]
    shown = Shown(slip.day, slip.day)
    chart = history.trend(shown, Per.SET)
    point = chart.series[0].points[0]
    first = slip.sets[0].tingling
    assert (point.value, point.first, point.corrected) == (slip.corrections[0].value, first, True)
    assert chart.table.rows[0][1] == f"{point.value} (first {first})"
    assert chart.corrected == "Corrected"
    assert "1 corrected later." in chart.words.summary


def test_one_leg_and_one_exercise_can_be_looked_at_alone(
    history: History, lately: Shown, record: list[PlayedSession]
) -> None:
    chart = history.trend(replace(lately, side=Side.RIGHT, exercise="H1"), Per.SET)
    assert len(chart.series[0].points) == sum(
        (one.side, one.exercise) == (Side.RIGHT, "H1")
        for session in record
        for one in session.sets
        if session.day >= lately.since
    )


def test_an_empty_stretch_says_so(history: History) -> None:
    before = date(2010, 1, 1)
    chart = history.trend(Shown(before, before + timedelta(days=30)), Per.SESSION)
    assert chart.table.rows == ()
    assert "Tingling: no answers." in chart.words.summary


def test_a_line_crosses_neither_a_missing_answer_nor_missing_days() -> None:
    day = date(2025, 1, 1)
    said = [(0, 1), (1, 2), (2, None), (3, 3), (13, 4)]
    points = [Point(day + timedelta(days=n), value) for n, value in said]
    runs = [[one.value for one in run] for run in gaps(points, 7)]
    assert runs == [[1, 2], [3], [4]]


def test_a_week_in_which_nothing_was_answered_has_no_mean() -> None:
    said = [Said(date(2025, 1, 6), 0.5, None), Said(date(2025, 1, 13), 0.5, 2)]
    points = mean_points(heaped(said, Grain.WEEK), Grain.WEEK)
    assert [point.value for point in points] == [None, 2]


@pytest.mark.parametrize(
    ("days", "grain"), [(100, Grain.EACH), (101, Grain.WEEK), (800, Grain.WEEK), (801, Grain.MONTH)]
)
def test_how_much_a_point_stands_for_follows_from_the_period(days: int, grain: Grain) -> None:
    assert grain_of(date(2020, 1, 1), date(2020, 1, 1) + timedelta(days=days)) is grain


@pytest.mark.parametrize("days", [1, 6, 28, 84, 365, 1826, 20_000])
def test_an_axis_has_words_within_its_days(days: int) -> None:
    since = TODAY - timedelta(days=days - 1)
    axis = DayWords(SHIPPED.phrases).axis(since, TODAY, grain_of(since, TODAY))
    assert 0 < len(axis.ticks) <= 15
    assert all(axis.since <= tick.day <= axis.until for tick in axis.ticks)
    assert [tick.day for tick in axis.ticks] == sorted({tick.day for tick in axis.ticks})


# Places and days


def test_places_come_from_the_back_down_with_how_often(history: History, lately: Shown) -> None:
    chart = history.places(lately)
    assert [lane.name for lane in chart.lanes] == ["Thigh", "Behind the knee", "Calf"]
    assert all(0 < spot.share <= 1 for lane in chart.lanes for spot in lane.spots)
    assert len(chart.table.rows) == sum(len(lane.spots) for lane in chart.lanes)
    assert chart.table.rows[0][2].endswith("rated sets")


def test_places_are_counted_of_all_rated_sets_as_in_the_report(
    history: History, record: list[PlayedSession]
) -> None:
    chart = history.places(Shown(record[0].day, TODAY))
    named = places(record)[Place.CALF]
    assert f"Calf: named after {named} of {rated_sets(record)} rated sets" in chart.words.summary
    assert SHIPPED.phrases.say("report.where.place") == "Named after rated sets"


def test_the_calendar_knows_sessions_and_rest_and_no_streak(
    history: History, year: Shown, record: list[PlayedSession]
) -> None:
    chart = history.calendar(year)
    days = [day for month in chart.months for week in month.weeks for day in week if day]
    played = {one.day for one in days if one.sessions}
    assert played == {session.day for session in record if session.outcome is not Outcome.REFUSED}
    assert {one.kind for one in days if one.day > TODAY} == {DayKind.AHEAD}
    assert len(chart.months) == 12
    assert "streak" not in (chart.words.summary + chart.words.caption).lower()


def test_a_record_that_is_long_over_shows_its_own_last_months(
    history: History, record: list[PlayedSession]
) -> None:
    later = TODAY + timedelta(days=500)
    chart = history.calendar(Shown(record[0].day, later))
    days = [day for month in chart.months for week in month.weeks for day in week if day]
    assert max(one.day for one in days if one.sessions) == record[-1].day


def test_stopping_early_counts_as_following_the_plan(
    history: History, year: Shown, record: list[PlayedSession]
) -> None:
    early = {session.day for session in record if session.outcome is Outcome.ENDED}
    chart = history.calendar(year)
    days = [day for month in chart.months for week in month.weeks for day in week if day]
    assert {one.day for one in days if one.kind is DayKind.EARLY} == early != set()
    assert dict(chart.legend)[DayKind.EARLY] == "Session that ended early, as planned for"
    assert "so is stopping early" in chart.words.caption


# Levels


def test_every_change_of_a_level_has_its_reason(history: History, year: Shown) -> None:
    chart = history.levels(year)
    begins, others = [], []
    for row in chart.table.rows:
        (begins if row[2].startswith("The period begins") else others).append(row)
    assert len(begins) == len(chart.rows)
    assert others
    assert all(why for _, _, _, why in others)
    assert any("(PRG-04)" in why for _, _, _, why in others)
    assert any("You rated it 4." in why for _, _, _, why in others)


def test_steps_of_the_stairs_are_the_changes_of_the_table(history: History, year: Shown) -> None:
    chart = history.levels(year)
    assert sum(len(row.steps) for row in chart.rows) == len(chart.table.rows)
    for row in chart.rows:
        assert row.steps[0].turn is Turn.START
        assert [step.day for step in row.steps] == sorted(step.day for step in row.steps)


def test_a_step_within_a_level_is_told_where_the_line_stays_level(
    history: History, year: Shown
) -> None:
    chart = history.levels(year)
    flat = [
        after
        for row in chart.rows
        for before, after in pairwise(row.steps)
        if after.turn in (Turn.HARDER, Turn.EASIER) and after.height == before.height
    ]
    assert flat
    assert "within a level" in chart.words.caption
    assert "between or within levels" in chart.words.summary


def test_levels_of_one_leg(history: History, year: Shown) -> None:
    rows = history.levels(replace(year, side=Side.LEFT)).rows
    assert [row.name for row in rows] == [
        "Lying slider, left leg",
        "Hamstring stretch, lying, left leg",
    ]


# Sessions


def test_sessions_come_newest_first_and_older_ones_when_asked_for(
    history: History, record: list[PlayedSession], year: Shown
) -> None:
    first = history.sessions(year)
    assert first.more
    older = history.sessions(year, first.rows[-1])
    assert not older.more
    ids = [row.id for row in (*first.rows, *older.rows)]
    assert ids == [session.id for session in reversed(record)]
    assert first.rows[0].rated.startswith("Tingling up to")
    assert [row.note for row in (*first.rows, *older.rows)].count("Corrected") == 2


def test_a_corrected_session_is_listed_with_what_was_first_said(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with OpenedProgram(tmp_path_factory.mktemp("listed"), FakeClock()) as opened:
        write_long_record(opened.store, opened.profile, 1)
        history = opened.app.history()
        shown = Shown(*history.period(Period.YEAR))
        (row,) = history.sessions(shown).rows
        (session,) = opened.store.record.sessions(Selection())
        first = max(one.tingling or 0 for one in session.sets)
        view = history.session(row.id)
        assert view is not None
        answers = [one for one in view.answers if one.moment is Moment.SET]
        history.correct(row.id, next(one for one in answers if one.asked == "tingling"), 9, "Nine")
        assert history.sessions(shown).rows[0].rated.startswith(f"Tingling up to 9 (first {first})")
        for answer in answers:
            history.correct(row.id, answer, None, "I do not know")
        rated = history.sessions(shown).rows[0].rated
        assert rated.startswith(f"Tingling up to not answered (first {first})")


def page(history: History, session: PlayedSession) -> PlayedView:
    view = history.session(session.id)
    assert view is not None
    return view


def test_a_session_tells_what_happened_in_order(
    history: History, record: list[PlayedSession]
) -> None:
    session = record[0]
    view = page(history, session)
    titles = [entry.title for entry in view.entries]
    assert titles[0] == "Check-in"
    sets = titles[1 : 1 + len(session.sets)]
    assert [one for one in titles if one.startswith("Set ")] == sets
    assert titles[-1] == "The next morning"
    assert all(entry.when for entry in view.entries)
    told = view.entries[1].lines
    assert told[0] == f"Tingling {session.sets[0].tingling}  ·  Pain {session.sets[0].pain}"
    assert any(line.endswith(f"({session.sets[0].rules[0]})") for line in told)


def test_stopping_is_told_where_it_happened(history: History, record: list[PlayedSession]) -> None:
    stopped = next(one for one in record if one.outcome is Outcome.ENDED)
    entries = page(history, stopped).entries
    assert any(entry.title == "Stopped by you" and entry.tone is Tone.STOP for entry in entries)


def test_levers_and_rules_are_told_in_words(history: History, record: list[PlayedSession]) -> None:
    eased = next(one for one in record if any(each.levers for each in one.sets))
    lines = [line for entry in page(history, eased).entries for line in entry.lines]
    assert any(line.startswith("Decision: one step easier") for line in lines)
    assert any("(SET-03)" in line for line in lines)


def test_a_session_shows_its_corrections_beside_the_first_answers(
    history: History, record: list[PlayedSession]
) -> None:
    slip = next(one for one in record if one.corrections and one.corrections[0].n)
    view = page(history, slip)
    value, first = slip.corrections[0].value, slip.sets[0].tingling
    assert view.entries[1].lines[0].startswith(f"Tingling {value} (first {first})")
    (told,) = view.corrections
    assert f"was {first}, now {value}" in told
    assert "I pressed the wrong number" in told


def test_there_is_no_page_for_an_unknown_session(history: History) -> None:
    assert history.session("nothing") is None


def test_the_record_holds_and_says_by_which_fingerprint(
    history: History, record: list[PlayedSession]
) -> None:
    for session in record[:3]:
        seal = page(history, session).seal
        assert seal.holds
        assert session.fingerprint in seal.fingerprint


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        ("UPDATE event SET data = replace(data, 'Rated', 'Dated') WHERE seq = 30", "line 31"),
        ("UPDATE event SET ms = ms + 1 WHERE seq = 4", "line 5"),
        ("UPDATE event SET data = '{' WHERE seq = 2", "cannot be read"),
        ("DELETE FROM event WHERE seq = 7", "line 8"),
        ("DELETE FROM event WHERE type = 'closed'", "last line"),
        ("UPDATE session SET log_head = 'f00'", "last line"),
        ("DELETE FROM event", "cannot be read"),
    ],
)
def test_a_record_that_does_not_hold_is_called_so(
    tmp_path_factory: pytest.TempPathFactory, damage: str, told: str
) -> None:
    with OpenedProgram(tmp_path_factory.mktemp("damaged"), FakeClock()) as opened:
        write_long_record(opened.store, opened.profile, 1)
        with opened._database.transaction() as connection:
            if "Rated" in damage:
                rated = "SELECT seq FROM event WHERE data LIKE '%Rated%' LIMIT 1"
                (seq,) = connection.execute(rated).fetchone()
                damage, told = damage.replace("30", str(seq)), f"line {seq + 1}"
            assert connection.execute(damage).rowcount == 1 or "DELETE FROM event" in damage
        (session,) = opened.store.record.sessions(Selection())
        view = opened.app.history().session(session.id)
        assert view is not None
        assert not view.seal.holds
        assert told in view.seal.text


# Correcting


def test_correcting_an_answer_changes_what_is_shown_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with OpenedProgram(tmp_path_factory.mktemp("corrected"), FakeClock()) as opened:
        write_long_record(opened.store, opened.profile, 3)
        history = opened.app.history()
        shown = Shown(*history.period(Period.YEAR))
        (row, *_) = history.sessions(shown).rows
        view, levels = history.session(row.id), history.levels(shown)
        assert view is not None
        told = opened.app.today()
        answer = next(one for one in view.answers if one.moment is Moment.SET)
        history.correct(row.id, answer, 7, "It was seven")
        after = history.session(row.id)
        assert after is not None
        assert after.answers[view.answers.index(answer)].value == 7
        assert after.seal == view.seal
        assert history.levels(shown) == levels
        assert opened.app.today() == told
        assert history.sessions(shown).rows[0].note == "Corrected"


def test_the_two_series_are_told_apart_without_colour(history: History, lately: Shown) -> None:
    strokes = [series.stroke for series in history.trend(lately, Per.SET).series]
    assert strokes == [Stroke.FIRST, Stroke.SECOND]


@pytest.mark.parametrize(
    ("days", "period"),
    [(0, Period.WEEKS_12), (81, Period.WEEKS_12), (82, Period.YEAR), (363, Period.YEARS_5)],
)
def test_the_history_opens_on_a_period_with_something_in_it(
    program: OpenedProgram, days: int, period: Period
) -> None:
    """Two days after the last session, and so many days later."""
    before = program.clock.now_utc_ms
    program.clock.now_utc_ms = before + days * DAY_MS
    try:
        assert program.app.history().fitting_period() is period
    finally:
        program.clock.now_utc_ms = before


def test_a_period_ends_today_and_everything_begins_with_the_first_session(
    history: History, record: list[PlayedSession]
) -> None:
    assert history.period(Period.WEEKS_4) == (TODAY - timedelta(days=27), TODAY)
    assert history.period(Period.ALL) == (record[0].day, TODAY)
    assert record[-1].day <= LAST_DAY
