"""The page that takes the record away: choices, a look at it, saving, cancelling, trouble."""

import csv
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from coach.app.export.exporting import Format
from coach.app.export.offer import Choices, Period
from coach.bootstrap import drawn_chart
from coach.store.records import LockRow, Profile
from coach.ui.frame import SMALLEST
from coach.ui.main_window import MainWindow
from coach.ui.pages.export import ExportPage
from coach.ui.theme import Choice, Wardrobe
from coach.ui.wake_lock import WakeLock
from fake_clock import FakeClock
from long_record import LAST_DAY, write_long_record
from opened_program import OpenedProgram

SESSIONS = 12
HELD = 40


@pytest.fixture
def program(tmp_path: Path) -> Iterator[OpenedProgram]:
    with OpenedProgram(tmp_path / "home", FakeClock(), draw_chart=drawn_chart) as opened:
        pseudonym = opened.store.profiles()[0].pseudonym
        write_long_record(opened.store, opened.profile, SESSIONS, pseudonym=pseudonym)
        opened.app.change_setting("welcomed", True)
        yield opened


@pytest.fixture
def window(program: OpenedProgram, qtbot: QtBot) -> Iterator[MainWindow]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    made = MainWindow(program.app, Wardrobe(app, Choice.LIGHT, 1.0), WakeLock(()))
    made.resize(1280, 800)
    qtbot.addWidget(made)
    made.show()
    made.open_export()
    yield made
    made.close()


@pytest.fixture
def page(window: MainWindow, tmp_path: Path) -> ExportPage:
    page = window.page
    assert isinstance(page, ExportPage)
    page._choose = lambda _parent, _headline, suggested: str(tmp_path / Path(suggested).name)
    return page


def choose(page: ExportPage, kind: Format) -> None:
    page.choices.formats[kind].setChecked(True)


def finish(page: ExportPage) -> None:
    for _ in range(10_000):
        if not page.under_way:
            return
        page._go_on()
    raise AssertionError("it never ends")


def saved(tmp_path: Path) -> list[str]:
    names = (path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*"))
    return sorted(name for name in names if not name.startswith("home"))


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        (Format.XLSX, ["nerve-coach-2025-11-20.xlsx"]),
        (Format.JSON, ["nerve-coach-2025-11-20.zip"]),
        (
            Format.CSV,
            [
                "nerve-coach-2025-11-20",
                "nerve-coach-2025-11-20/datapackage.json",
                "nerve-coach-2025-11-20/sessions.csv",
                "nerve-coach-2025-11-20/sets.csv",
            ],
        ),
    ],
)
def test_saving_writes_the_files_and_says_where(
    page: ExportPage, tmp_path: Path, kind: Format, names: list[str]
) -> None:
    choose(page, kind)
    page.save_button.click()
    assert page.under_way
    assert not page.choices.isEnabled()
    assert page.cancel_button.isVisible()
    finish(page)
    assert saved(tmp_path) == names
    assert all(str(tmp_path / name) in page.told.text() for name in names[-1:])
    assert page.save_button.isVisible()
    assert page.choices.isEnabled()


def test_the_ending_is_put_where_it_was_not_typed(page: ExportPage, tmp_path: Path) -> None:
    choose(page, Format.JSON)
    page._choose = lambda *_asked: str(tmp_path / "mine.v2")
    page.save()
    finish(page)
    assert saved(tmp_path) == ["mine.v2.zip"]


def test_no_place_no_export(page: ExportPage, tmp_path: Path) -> None:
    page._choose = lambda *_asked: ""
    page.save_button.click()
    assert not page.under_way
    assert saved(tmp_path) == []


def test_cancelling_leaves_nothing(
    page: ExportPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coach.ui.pages.export._STINT_S", 0.0)
    choose(page, Format.CSV)
    page.save()
    page._timer.stop()
    assert page._work is not None
    next(page._work)
    page.cancel_button.click()
    assert not page.under_way
    assert saved(tmp_path) == []
    assert "Nothing was written" in page.told.text()


def test_the_focus_goes_to_what_stops_it_and_back_to_what_began_it(page: ExportPage) -> None:
    choose(page, Format.JSON)
    page.save_button.setFocus()
    page.save()
    assert page.cancel_button.hasFocus()
    page.cancel_button.click()
    assert page.save_button.hasFocus()
    page.save()
    assert page.cancel_button.hasFocus()
    finish(page)
    assert page.save_button.hasFocus()


def test_esc_cancels_first_and_then_leads_back(
    window: MainWindow, page: ExportPage, qtbot: QtBot
) -> None:
    choose(page, Format.CSV)
    page.save()
    page._timer.stop()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not page.under_way
    assert window.page_name == "export"
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.page_name == "history"


def test_nothing_is_written_behind_another_page(
    window: MainWindow, page: ExportPage, tmp_path: Path
) -> None:
    choose(page, Format.CSV)
    page.save()
    window.open_settings()
    assert not page.under_way
    assert not page._timer.isActive()
    assert saved(tmp_path) == []
    window.open_export()
    assert window.page is page


def test_trouble_is_told_in_words(page: ExportPage, tmp_path: Path) -> None:
    choose(page, Format.XLSX)
    page._choose = lambda *_asked: str(tmp_path / "gone" / "x.xlsx")
    page.save()
    finish(page)
    assert page.told.text() == f"{tmp_path / 'gone'}: this folder does not exist"
    assert saved(tmp_path) == []


def test_the_preview_shows_the_rows_that_are_written(page: ExportPage, tmp_path: Path) -> None:
    choose(page, Format.CSV)
    table = page.preview.table
    headings = [table.horizontalHeaderItem(n).text() for n in range(table.columnCount())]
    shown = [
        [table.item(down, n).text() for n in range(table.columnCount())]
        for down in range(table.rowCount())
    ]
    page.save()
    finish(page)
    (path,) = tmp_path.glob("nerve-coach-*/sets.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        written = list(csv.reader(file))
    assert [headings, *shown] == written[: len(shown) + 1]
    assert page.preview.count.text() == f"{SESSIONS} sessions"


def seen(page: ExportPage, qtbot: QtBot, kind: Format) -> set[str]:
    """What is shown of a format once its look is made."""
    choose(page, kind)
    qtbot.waitUntil(lambda: page._looking is None)
    shown = page.preview
    parts = {"table": shown.table, "lines": shown.lines, "picture": shown.picture}
    return {name for name, part in parts.items() if part.isVisible()}


def test_every_format_is_looked_at_in_its_own_way(page: ExportPage, qtbot: QtBot) -> None:
    for kind, parts in (
        (Format.PDF, {"picture"}),
        (Format.FHIR, {"table"}),
        (Format.JSON, {"lines"}),
        (Format.XLSX, {"table"}),
    ):
        assert seen(page, qtbot, kind) == parts
        assert page.preview.caption.isVisible()


def test_the_page_is_as_wide_as_its_place_and_told_in_words(
    window: MainWindow, page: ExportPage, qtbot: QtBot
) -> None:
    assert seen(page, qtbot, Format.PDF) == {"picture"}
    picture = page.preview.picture
    assert QAccessible.queryAccessibleInterface(picture).role() == QAccessible.Role.Graphic
    assert picture.accessibleName() == "Preview: The page"
    assert "Stop signs and stops" in picture.accessibleDescription()
    window.resize(1400, 900)
    QApplication.processEvents()
    edge = picture.width() - picture.contentsRect().width()
    assert picture.pixmap().deviceIndependentSize().width() == picture.width() - edge


def test_while_choices_change_nothing_is_shown_that_is_no_longer_so(
    page: ExportPage, qtbot: QtBot
) -> None:
    """An empty sheet stands where the page was; what was begun for an earlier choice is dropped."""
    seen(page, qtbot, Format.PDF)
    before = page.preview.picture.pixmap().toImage()
    page.choices.deidentify.setChecked(True)
    dropped = page._looking
    assert page.preview.caption.text() == "One moment …"
    empty = page.preview.picture.pixmap().toImage()
    assert empty.size() == before.size()
    assert empty.pixelColor(empty.width() // 2, empty.height() // 3).name() == "#ffffff"
    page.choices.deidentify.setChecked(False)
    assert dropped is not None
    assert dropped.gi_frame is None
    qtbot.waitUntil(lambda: page._looking is None)
    assert page.preview.picture.pixmap().toImage() == before


def test_the_page_shown_bears_the_name_that_is_typed(page: ExportPage, qtbot: QtBot) -> None:
    seen(page, qtbot, Format.PDF)
    QTest.keyClicks(page.choices.name, "Anna Berg")
    qtbot.waitUntil(lambda: page._looking is None)
    assert "Anna Berg" in page.preview.picture.accessibleDescription()


def test_nothing_is_looked_at_behind_another_page(
    window: MainWindow, page: ExportPage, qtbot: QtBot
) -> None:
    choose(page, Format.FHIR)
    assert page._look_timer.isActive()
    window.open_settings()
    assert (page._looking, page._look_timer.isActive()) == (None, False)
    window.open_export()
    qtbot.waitUntil(lambda: page._looking is None)
    assert page.preview.table.isVisible()


def test_a_document_about_several_people_is_told_before_saving(
    program: OpenedProgram, shared: ExportPage, qtbot: QtBot
) -> None:
    write_long_record(program.store, "other", 2)
    choose(shared, Format.FHIR)
    shared.choices.document.setChecked(True)
    shared.choices.whose.setCurrentIndex(2)
    assert seen(shared, qtbot, Format.FHIR) == set()
    assert shared.told.text().startswith("a document is about one person")


def test_no_look_is_wider_than_the_smallest_window_at_twice_the_text_size(
    program: OpenedProgram, qtbot: QtBot
) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    wardrobe = Wardrobe(app, Choice.LIGHT, 2.0)
    window = MainWindow(program.app, wardrobe, WakeLock(()))
    qtbot.addWidget(window)
    window.resize(SMALLEST)
    window.show()
    window.open_export()
    page = window.page
    assert isinstance(page, ExportPage)
    (area,) = (one for one in page.findChildren(QScrollArea) if one.widget() is not None)
    for kind in Format:
        assert seen(page, qtbot, kind)
        QApplication.processEvents()
        assert area.widget().minimumSizeHint().width() <= area.viewport().width(), kind
    window.close()
    wardrobe.choose(Choice.LIGHT, 1.0)


def test_columns_and_masking_change_what_is_written(page: ExportPage, tmp_path: Path) -> None:
    choose(page, Format.CSV)
    page.choices.deidentify.setChecked(True)
    for chip in page.choices.fields.buttons:
        chip.setChecked(chip.text() == "Ratings")
    page.save()
    finish(page)
    (path,) = tmp_path.glob("nerve-coach-*/sets.csv")
    heading = path.read_text("utf-8-sig").splitlines()[0].split(",")
    assert "tingling_0_10" in heading
    assert {"session_date", "day", "reps", "rules"}.isdisjoint(heading)
    assert "-p1" in path.read_text("utf-8-sig")


def test_only_what_belongs_to_the_format_is_offered(page: ExportPage) -> None:
    choices = page.choices
    for kind, shown in (
        (Format.PDF, {"appendix"}),
        (Format.XLSX, {"columns"}),
        (Format.CSV, {"semicolon", "columns"}),
        (Format.JSON, set()),
        (Format.FHIR, {"document"}),
    ):
        choose(page, kind)
        fields = {
            "appendix": choices.appendix,
            "document": choices.document,
            "semicolon": choices.semicolon,
            "columns": choices.columns_card,
        }
        assert {name for name, one in fields.items() if one.isVisible()} == shown
        assert page.preview.table.isVisible() is ("columns" in shown)


def test_an_option_of_another_format_is_not_carried_over(
    program: OpenedProgram, page: ExportPage
) -> None:
    choose(page, Format.CSV)
    page.choices.semicolon.setChecked(True)
    choose(page, Format.XLSX)
    assert page.choices.chosen == Choices(program.profile, Format.XLSX)


@pytest.mark.parametrize(
    ("since", "until", "count"),
    [
        ("", "", None),
        ("2025-11-30", "2025-11-18", None),
        ("2025-11-18", "2025-11-18", "1 session"),
        ("2024-01-01", "2024-01-02", "There is no session in this choice; the file will be empty."),
    ],
)
def test_days_of_ones_own(page: ExportPage, since: str, until: str, count: str | None) -> None:
    """Nothing can be saved while they are no period."""
    page.choices.period.setCurrentIndex(page.choices.period.findData(Period.OWN))
    page.choices.since.text.setText(since)
    page.choices.until.text.setText(until)
    assert page.save_button.isEnabled() is (count is not None)
    told = page.preview.count.text()
    assert told == (count or "Enter both days, the earlier one first.")


@pytest.mark.parametrize(
    ("period", "days"), [(Period.WEEKS_4, 28), (Period.WEEKS_12, 84), (Period.YEAR, 365)]
)
def test_a_period_ends_today_and_has_all_its_days(
    program: OpenedProgram, period: Period, days: int
) -> None:
    offer = program.app.export_offer()
    wish = offer.wish(Choices(None, period=period), Path("x"))
    since, until = wish.selection.since, wish.selection.until
    assert since is not None
    assert until == LAST_DAY + timedelta(days=2)
    assert (until - since).days + 1 == days


OTHER = LockRow("l1", "other", None, "urgent", "U1", "2025-11-01T10:00:00.000+01:00")


@pytest.fixture
def shared(program: OpenedProgram, page: ExportPage) -> ExportPage:
    """The page of a computer on which somebody else has a stop."""
    program.store.add_profile(Profile("other", "Somebody else", "p-other"))
    program.store.set_locks([OTHER])
    page.enter()
    return page


def whose(page: ExportPage) -> str | None:
    chosen = page.choices.chosen
    assert chosen is not None
    return chosen.whose


def test_a_page_for_a_clinician_is_about_one_person(
    program: OpenedProgram, shared: ExportPage
) -> None:
    """Everybody's is for the other formats; taking the page after that takes one's own."""
    listed = shared.choices.whose
    assert [listed.itemText(n) for n in range(listed.count())] == [
        *("You", "Somebody else", "Everybody on this computer")
    ]
    choose(shared, Format.CSV)
    listed.setCurrentIndex(2)
    assert whose(shared) is None
    choose(shared, Format.PDF)
    assert whose(shared) == program.profile
    assert not listed.model().flags(listed.model().index(2, 0)) & Qt.ItemFlag.ItemIsEnabled


def test_whoever_is_looked_at_in_the_history_is_taken_away_first(
    program: OpenedProgram, shared: ExportPage
) -> None:
    program.app.people.look_at("other")
    shared.enter()
    assert whose(shared) == "other"


def test_the_name_on_the_page_is_asked_of_whoever_has_none_and_is_kept(
    program: OpenedProgram, shared: ExportPage, tmp_path: Path
) -> None:
    """Nobody else is called by it, and a de-identified page bears none."""
    field, choices = shared.choices.name, shared.choices
    assert field.isVisible()
    QTest.keyClicks(field, "Anna Berg")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert program.app.settings.name_on_page == "Anna Berg"
    assert choices.chosen is not None
    assert choices.chosen.name == "Anna Berg"
    choices.whose.setCurrentIndex(1)
    assert (field.isVisible(), choices.chosen.name) == (False, "")
    choices.whose.setCurrentIndex(0)
    choices.deidentify.setChecked(True)
    assert (field.isVisible(), choices.chosen.name) == (False, "")


def test_whose_is_asked_only_where_there_are_others(page: ExportPage) -> None:
    choose(page, Format.JSON)
    assert not page.choices.whose.isVisible()


def test_everything_is_reached_by_tab_in_the_order_it_is_read(
    window: MainWindow, page: ExportPage
) -> None:
    choose(page, Format.CSV)
    reached, one = [], page.choices.formats[Format.CSV]
    for _ in range(HELD):
        reached.append(one)
        one = one.nextInFocusChain()
        while not (
            one.isVisible() and one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        ):
            one = one.nextInFocusChain()
    wanted = [
        *(page.choices.period, page.choices.side, page.choices.deidentify),
        *(page.choices.semicolon, page.save_button, page.preview.table),
    ]
    places = [reached.index(field) for field in wanted]
    assert places == sorted(places)


def test_every_field_has_a_name_for_a_screen_reader(page: ExportPage) -> None:
    choices = page.choices
    fields = [
        *(choices.period, choices.side, choices.whose, choices.since.text, choices.until.text),
        *(page.preview.table, page.progress, page.save_button, page.cancel_button),
    ]
    assert all(field.accessibleName() for field in fields)
    assert all(made.text() for made in choices.formats.values())


def test_the_zip_holds_this_persons_sessions(page: ExportPage, tmp_path: Path) -> None:
    choose(page, Format.JSON)
    page.save()
    finish(page)
    (path,) = tmp_path.glob("*.zip")
    with zipfile.ZipFile(path) as archive:
        assert len(archive.namelist()) == SESSIONS + 2
