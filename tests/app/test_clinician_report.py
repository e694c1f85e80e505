"""What the page for a clinician says of a record, and what it never says."""

import difflib
from datetime import date, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from coach.app.clinician_report.charts import MOST_POINTS, report_charts
from coach.app.clinician_report.numbers import compared, nights
from coach.app.clinician_report.words import LONGEST_WORDS, ReportWords
from coach.domain.action import Action, Tier
from coach.domain.exercise import LevelName
from coach.domain.outcome import Outcome
from coach.domain.rating import Feel, Place
from coach.domain.record import Selection
from coach.formats.report_page import Block, Table, report_pdf
from report_sessions import (
    COMMAND,
    GOLDEN,
    PRINTED,
    SHIPPED,
    correction,
    evening,
    golden,
    morning,
    on_paper,
    played,
    printed,
    report,
    session,
    stop,
    subject,
    two_weeks,
)


def row(block: Block, first: str) -> tuple[str, ...]:
    """The row of a block's table that begins with these words."""
    assert isinstance(block.table, Table)
    (found,) = [cells for cells in block.table.rows if cells[0].text.startswith(first)]
    return tuple(f"{cell.text} {cell.note}".strip() for cell in found)


def test_the_page_of_two_weeks_is_as_committed() -> None:
    committed = GOLDEN.read_text(encoding="utf-8").splitlines()
    now = golden().splitlines()
    changes = list(difflib.unified_diff(committed, now, "committed", "now", lineterm="", n=0))
    assert changes == [], f"{COMMAND} writes it anew after a wanted change"


def test_the_printed_page_reads_as_committed() -> None:
    """Which words stand where on the paper, and in which lines, is decided by its layout."""
    committed = PRINTED.read_text(encoding="utf-8").splitlines()
    changes = list(difflib.unified_diff(committed, printed().splitlines(), lineterm="", n=0))
    assert changes == [], f"{COMMAND} writes it anew after a wanted change"


def test_no_answer_is_never_a_zero() -> None:
    """Neither in a median nor in how many answers there were."""
    one = session(1, played(1, None, None), played(2, 6, None), tingling=None)
    page = report([one])
    assert row(page.course, "Tingling during") == ("Tingling during a set", "6 n = 1")
    assert row(page.course, "Pain during") == ("Pain during a set", "no answer")
    assert row(page.course, "Tingling before") == ("Tingling before a session", "no answer")
    assert row(page.course, "Nights woken") == ("Nights woken by a leg", "no answer")
    assert any(line.startswith("After 1 of 2 sets no rating") for line in page.done.lines)


def test_a_skipped_morning_counts_as_no_night() -> None:
    asked = session(1, later=(morning(1, None, None, woken=None),))
    assert row(report([asked]).course, "Nights woken")[1] == "no answer"


def test_two_sessions_of_a_day_share_one_morning() -> None:
    """The answer is kept with both; it was given once."""
    said = (morning(1, 4, 2, woken=True),)
    first, second = session(1, later=said), session(1, later=said, id="session-1b")
    assert len(nights([first, second])) == 1
    assert row(report([first, second]).course, "Nights woken")[1] == "1 of 1"


def test_an_answer_counts_as_corrected_and_both_are_shown() -> None:
    one = session(1, played(1, 2, 1), corrections=(correction(1, 7, "I meant seven"),))
    page = report([one])
    assert row(page.course, "Tingling during")[1] == "7 n = 1"
    assert page.corrections.lines == ("2 Mar 2026, tingling in set 1: 2, later 7.",)
    assert [quote.text for quote in page.quotes] == ["I meant seven"]


def test_an_answer_that_was_taken_back_counts_no_more() -> None:
    one = session(1, played(1, 2, 1), corrections=(correction(1, None, "It was not me"),))
    page = report([one])
    assert row(page.course, "Tingling during")[1] == "no answer"
    assert page.corrections.lines == ("2 Mar 2026, tingling in set 1: 2, later taken back.",)


def test_one_session_is_compared_with_nothing() -> None:
    page = report([session(1)])
    assert page.course.table is not None
    assert page.course.table.head == ("Median (range)", "This period, 2 Mar 2026")
    assert "One session only: nothing to compare yet." in page.course.below
    assert page.done.lines[0] == "One session on one day."
    assert page.charts == ()


@pytest.mark.parametrize(
    ("last", "spans"),
    [
        (7, [(1, 7)]),
        (8, [(1, 7), (8, 8)]),
        (13, [(1, 7), (8, 13)]),
        (14, [(1, 7), (8, 14)]),
        (30, [(1, 7), (24, 30)]),
    ],
)
def test_first_and_last_week_never_share_a_day(last: int, spans: list[tuple[int, int]]) -> None:
    """Eight to thirteen days have a shorter second stretch, up to seven have none."""
    sessions = [session(day) for day in range(1, last + 1)]
    first = sessions[0].day - timedelta(days=1)
    found = compared(sessions)
    assert [((one.first - first).days, (one.last - first).days) for one in found] == spans
    assert [len(one.sessions) for one in found] == [end - start + 1 for start, end in spans]


def test_an_empty_period_is_a_page_that_says_so() -> None:
    page = report([], subject(selection=Selection(since=date(2026, 1, 1))))
    assert page.done.lines == ("No session was recorded in this period.",)
    assert page.period == "from 1 Jan 2026"
    assert not page.alarming
    assert page.charts == ()


def test_stops_come_with_their_dates_gravest_first_and_same_ones_together() -> None:
    page = report(
        [
            session(1, locks=(stop(1, "U1", Tier.URGENT, lifted_at=evening(3), lifted_by="GP"),)),
            session(5, locks=(stop(5, "U1", Tier.URGENT),)),
            session(6, locks=(stop(6, "E2", Tier.EMERGENCY),)),
        ],
        subject(stops=(stop(9, "DAY-08", Tier.CLEARANCE),)),
    )
    assert page.alarming
    assert page.stops.table is not None
    assert [tuple(cell.text for cell in cells) for cells in page.stops.table.rows] == [
        (
            "7 Mar 2026",
            "New trouble passing or holding urine or poo, or not feeling it (E2)",
            "emergency help",
            "still closed",
        ),
        (
            "6 Mar 2026 and once before",
            (
                "New weakness in one leg or foot: toes that drag, a foot that slaps, a knee that"
                " gives way (U1)"
            ),
            "same-day medical advice",
            "still closed",
        ),
        (
            "10 Mar 2026",
            "A rule ended the session twice in 7 days or 3 times in 14: clinician (DAY-08)",
            "a clinician first",
            "still closed",
        ),
    ]


def test_dizziness_is_told_though_it_closed_nothing() -> None:
    """NEW-03 leaves no lock; whether somebody was seen about it is noted later."""
    dizzy = {"action": Action.END_SESSION, "rules": ("NEW-03",)}
    sessions = [session(day, played(1, 1, 1, **dizzy)) for day in (1, 8)]
    visit = {"lifted_at": evening(3), "lifted_by": "GP"}
    page = report(sessions, subject(stops=(stop(1, "NEW-03", Tier.ADVISE, **visit),)))
    assert page.alarming
    assert row(page.stops, "9 Mar 2026 and once before")[2:] == (
        "a visit; no neck movements until then",
        "no visit was entered",
    )
    first = report(sessions[:1], subject(stops=(stop(1, "NEW-03", Tier.ADVISE, **visit),)))
    assert row(first.stops, "2 Mar 2026")[3] == "seen about it 4 Mar 2026 (entered: GP)"


def test_no_stop_is_not_called_more_than_that() -> None:
    """The absence of a report is no finding (clinical.md 8, OK)."""
    (line,) = report([session(1)]).stops.lines
    assert line.endswith("Only what was answered is known.")


def test_what_has_no_room_is_counted() -> None:
    rules = ("E1", "E2", "E4", "E5", "U1", "U2", "U3")
    stops = tuple(stop(n, rule, Tier.URGENT) for n, rule in enumerate(rules, 1))
    page = report([session(1)], subject(stops=stops))
    assert page.stops.table is not None
    assert len(page.stops.table.rows) == 5
    assert page.stops.below == ("Not shown here: 2 more.",)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"outcome": Outcome.INCOMPLETE}, "Left, or a question stayed without an answer"),
        ({"outcome": Outcome.REFUSED}, "Tingling or pain was 6 or more at check-in (B)"),
        ({"outcome": Outcome.ENDED}, "The person ended it"),
        (
            {
                "outcome": Outcome.ENDED,
                "sets": (played(1, 4, 1, action=Action.END_SESSION, rules=("REC-03", "SET-03")),),
            },
            "Not settled after 120 seconds (REC-03)",
        ),
        (
            {"outcome": Outcome.CLINICIAN, "locks": (stop(1, "C2", Tier.CLEARANCE),)},
            "Yes or not sure to: ",
        ),
    ],
)
def test_why_a_session_ended_early_is_the_rule_in_words(
    changed: dict[str, object], why: str
) -> None:
    page = report([session(1, **changed), session(2)])
    assert page.early.lines == ("1 of 2 sessions.",)
    assert row(page.early, why)[1:] == ("1", "2 Mar 2026")


def test_a_rule_nobody_knows_any_more_is_named_by_its_id() -> None:
    """An old record may carry a rule that a newer program has no words for."""
    page = report([session(1, locks=(stop(1, "OLD-7", Tier.URGENT),))])
    assert row(page.stops, "2 Mar 2026")[1] == "rule OLD-7"


def test_places_are_counted_of_rated_sets() -> None:
    calf = (Place.CALF,)
    sessions = [
        session(1, played(1, 3, 1, where=calf), played(2, 3, 1), played(3, None, None)),
        session(20, played(1, 1, 1)),
    ]
    assert row(report(sessions).where, "Calf") == ("Calf", "1 of 2", "0 of 1", "1 of 3")


def test_own_words_are_the_last_three_and_no_machine_note() -> None:
    """The program notes the day of an assessment in the same place; that is nobody's words."""
    lifted = {"lifted_at": evening(5), "lifted_by": "GP"}
    stops = (
        stop(1, "U1", Tier.URGENT, note="assessed 2026-03-02", **lifted),
        stop(2, "U2", Tier.URGENT, note="She said it is fine to go on slowly", **lifted),
    )
    said = tuple(correction(day, 3, f"reason {day}") for day in (1, 2, 7))
    page = report([session(1, corrections=said)], subject(stops=stops))
    assert [quote.text for quote in page.quotes] == [
        "reason 7",
        "She said it is fine to go on slowly",
        "reason 2",
    ]


def test_long_words_are_cut_where_the_page_has_no_room() -> None:
    page = report([session(1, corrections=(correction(1, 3, "because " * 99),))])
    (quote,) = page.quotes
    assert len(quote.text) == LONGEST_WORDS
    assert quote.text.endswith("…")


def test_the_fullest_record_is_still_one_page() -> None:
    """As many rows as the page takes, and every word as long as it may be."""
    gravest = (
        ("E1", Tier.EMERGENCY),
        ("NEW-02", Tier.EMERGENCY),
        ("U1", Tier.URGENT),
        ("U6", Tier.URGENT),
        ("DAY-08", Tier.CLEARANCE),
        ("C7", Tier.CLEARANCE),
    )
    outcomes = (Outcome.ENDED, Outcome.INCOMPLETE, Outcome.REFUSED, Outcome.URGENT)
    words = "It was neither the one leg nor the other but somewhere in between, I believe. " * 4
    sessions = []
    for day in range(1, 61):
        rule, tier = gravest[day % 6]
        opened = {"lifted_at": evening(day + 2), "lifted_by": words, "note": words}
        sets = tuple(
            played(
                n,
                exercise=("S1", "S2", "S3", "S4", "S5", "S6", "H1", "H2")[(n + day) % 8],
                level=tuple(LevelName)[(n + day // 9) % 4],
                where=tuple(Place)[n : n + 4],
                feels=tuple(Feel),
                action=Action.END_SESSION,
                rules=(("REC-03", "SET-05", "TRD-06", "TRD-05")[day % 4],),
            )
            for n in range(1, 7)
        )
        changed: dict[str, object] = {
            "outcome": outcomes[day % 4],
            "locks": (stop(day, rule, tier, **opened),),
            "corrections": (correction(day, 9, words),),
            "plan_title": f"{day // 20} {words}",
            "plan_sha256": f"{day // 20:064}",
            "rules_sha256": f"{day // 20:064}",
        }
        sessions.append(session(day, *sets, **changed))
    page = report(sessions, subject(name=words))
    for block in (page.stops, page.where, page.routine):
        assert any(line.startswith("Not shown here") for line in block.below)
    pdf = report_pdf(on_paper(page), SHIPPED.report_layout)
    assert len(PdfReader(BytesIO(pdf)).pages) == 1


def test_the_fingerprint_is_that_of_these_very_sessions() -> None:
    marks = report(two_weeks()).marks
    assert marks == report(two_weeks()).marks
    assert marks[-1] != report(two_weeks()[1:]).marks[-1]


def test_a_pseudonymised_page_names_nobody_and_no_day() -> None:
    """Free text, plan titles, names of clinicians and dates are gone (interop.md 5)."""
    page = report(two_weeks(), subject(name="x-p1", pseudonymised=True, appendix=True))
    text = repr(page)
    for gone in ("2026", "Mar ", "First week”", "GP", "wrong key", "had not thought", "18:30"):
        assert gone not in text.replace(repr(page.made), ""), gone
    assert page.person == "Person x-p1"
    assert page.period == "day 1 to day 14"
    assert row(page.stops, "day 7")[3] == "opened again day 9"
    assert "day 10: another plan." in page.routine.below


def test_a_page_without_an_appendix_has_no_entries() -> None:
    assert report(two_weeks()).entries == ()
    assert len(report(two_weeks(), subject(appendix=True)).entries) == len(two_weeks())


@pytest.mark.parametrize(("days", "step"), [(40, 1), (41, 7), (280, 7), (281, 14), (4000, 112)])
def test_a_chart_has_no_more_points_than_its_width_can_show(days: int, step: int) -> None:
    """Each point stands for days enough, and says of how many it is the median."""
    sessions = [session(day) for day in range(1, days + 1)]
    (chart,) = report_charts(sessions, (), ReportWords(SHIPPED.phrases))
    points = chart.series[0].points
    assert len(points) <= MOST_POINTS
    assert len(points) == -(-days // step)


def test_a_chart_says_in_words_what_it_shows() -> None:
    page = report(two_weeks())
    assert [chart.title.partition(":")[0] for chart in page.charts] == [
        "During sets",
        "Next morning",
    ]
    assert "Tingling: 3.5 at first (2 Mar 2026), 0 at last (15 Mar 2026)" in page.charts[0].alt


def test_a_missing_answer_is_a_gap_in_the_line() -> None:
    sessions = [session(1), session(2, played(1, None, 3)), session(3)]
    (chart,) = report_charts(sessions, (), ReportWords(SHIPPED.phrases))
    tingling, pain = chart.series
    assert [point.value for point in tingling.points] == [2, None, 2]
    assert [point.value for point in pain.points] == [1, 3, 1]
    assert chart.unanswered == "not answered"


def test_a_correction_is_marked_where_it_was_made() -> None:
    sessions = [session(1, corrections=(correction(1, 5, "wrong key"),)), session(2)]
    (chart,) = report_charts(sessions, (), ReportWords(SHIPPED.phrases))
    assert [point.corrected for point in chart.series[0].points] == [True, False]
    assert [point.corrected for point in chart.series[1].points] == [False, False]
