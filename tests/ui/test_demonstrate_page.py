"""Demonstrating in the window: by keys and mouse, on one screen or two, and never recorded."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QImage, QImageReader
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from coach.app.demonstration import SPEEDS, STEPS, Exhibit
from coach.domain.pose import Joint
from coach.domain.side import Side
from coach.ui.demonstration import saving
from coach.ui.demonstration.saving import What
from coach.ui.demonstration.second_screen import SecondScreen
from coach.ui.pages.demonstrate import DemonstratePage
from coach.ui.pages.library import LibraryPage
from coach.ui.theme import Choice
from coach.ui.tokens import ThemeName
from coach_fake import FakeCoach
from fake_clock import FakeClock
from opened_program import OpenedProgram
from window_driver import Driver


def page_of(driver: Driver) -> DemonstratePage:
    shown = driver.page
    assert isinstance(shown, DemonstratePage)
    return shown


def demonstrate(
    driver: Driver, exercise_id: str = "S3", level: int = 1, side: Side = Side.RIGHT
) -> DemonstratePage:
    entry = next(one for one in driver.coach.library() if one.exercise.id == exercise_id)
    driver.window.demonstrate(entry, entry.levels[level], side)
    QApplication.processEvents()
    return page_of(driver)


@pytest.fixture
def page(driver: Driver) -> DemonstratePage:
    return demonstrate(driver)


@pytest.fixture
def frozen(driver: Driver, page: DemonstratePage) -> DemonstratePage:
    driver.press(Qt.Key.Key_Space)
    assert page.show_area.playback.frozen
    return page


def words(page: QWidget) -> list[str]:
    QApplication.processEvents()
    return [one.text() for one in page.findChildren(QLabel) if one.isVisible()]


def pull(page: DemonstratePage, joint: Joint, by: QPointF) -> None:
    """Press a joint's handle with the mouse, drag it, let go."""
    figure = page.show_area.movement.figure
    start = figure.handle_at(joint)
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(figure, left, pos=start.toPoint())
    for share in (0.25, 0.5, 0.75, 1.0):
        QTest.mouseMove(figure, (start + by * share).toPoint())
    QTest.mouseRelease(figure, left, pos=(start + by).toPoint())


def dumped(database: Path) -> list[str]:
    """Everything in a data file, as another program reads it."""
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as other:
        return list(other.iterdump())


# From the library, and back


def test_the_library_leads_to_the_exercise_level_and_leg_it_shows(driver: Driver) -> None:
    driver.window.open_library()
    library = driver.page
    assert isinstance(library, LibraryPage)
    library.open_exercise("S8")
    library.detail.other_side.click()
    library.detail.demonstrate.click()
    page = page_of(driver)
    assert page.title == "Seated slump slider"
    assert page.left.isChecked()
    assert page.show_area.movement.figure.mirrored
    links = driver.window._header._pages
    assert links["library"].isChecked()
    assert (links["library"].text(), links["today"].text()) == ("Exercises  ·  Esc", "Today")


def test_escape_leads_back_to_the_library(driver: Driver, page: DemonstratePage) -> None:
    driver.press(Qt.Key.Key_Escape)
    assert driver.window.page_name == "library"
    assert not page._timer.isActive()


def test_the_stop_signs_are_one_key_away_and_lead_back(
    driver: Driver, page: DemonstratePage
) -> None:
    driver.press("w")
    assert driver.window.page_name == "stop_signs"
    driver.press(Qt.Key.Key_Escape)
    assert driver.window.page_name == "demonstrate"


def test_nothing_of_it_is_recorded(
    make_driver: Callable[..., Driver], tmp_path: Path, qtbot: QtBot
) -> None:
    """The data file holds afterwards what it held before, word for word."""
    with OpenedProgram(tmp_path / "home", FakeClock()) as program:
        program.app.change_setting("welcomed", True)
        driver = make_driver(program.app)
        before = dumped(program.home.database)
        assert len(before) > 10
        page = demonstrate(driver, "S8", 3)
        driver.press(Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Space)
        pull(page, Joint.KNEE, QPointF(-40, 30))
        for exhibit in Exhibit:
            page.show_exhibit(exhibit)
            page._tick()
        page.show_ease("toes")
        driver.press(Qt.Key.Key_Escape)
        assert dumped(program.home.database) == before
        assert list(program.home.logs.glob("*")) == []


# Time


def test_it_moves_until_it_is_frozen(driver: Driver, page: DemonstratePage) -> None:
    assert page._timer.isActive()
    page.show_area.pass_time(1.0)
    assert page.show_area.playback.share == pytest.approx(1 / 6, abs=0.05)
    driver.press(Qt.Key.Key_Space)
    page._tick()
    assert not page._timer.isActive()
    shown = page.show_area.movement.figure.pose
    page.show_area.pass_time(1.0)
    assert page.show_area.movement.figure.pose == shown
    driver.press(Qt.Key.Key_Space)
    assert page._timer.isActive()


def test_arrow_keys_step_through_the_repetition(driver: Driver, page: DemonstratePage) -> None:
    page.show_area.play(page.show_area.playback.scrubbed(0.0))
    driver.press(*[Qt.Key.Key_Right] * 5)
    assert page.show_area.playback.share == pytest.approx(5 / STEPS)
    driver.press(Qt.Key.Key_Left)
    assert page.show_area.playback.share == pytest.approx(4 / STEPS)
    assert page.transport.scrubber.value() == round(4 / STEPS * 1000)


def test_a_held_arrow_key_goes_on_stepping_here_and_nowhere_else(driver: Driver) -> None:
    """In a session a held key must never skip a set."""
    right = driver.window._shortcuts["Right"]
    demonstrate(driver)
    assert right.autoRepeat()
    driver.window.open_today()
    assert not right.autoRepeat()


def test_pressing_the_scrubber_goes_there_and_dragging_goes_on(page: DemonstratePage) -> None:
    scrubber = page.transport.scrubber
    left = Qt.MouseButton.LeftButton
    middle = QPoint(scrubber.width() // 2, scrubber.height() // 2)
    QTest.mousePress(scrubber, left, pos=middle)
    assert page.show_area.playback.share == pytest.approx(0.5, abs=0.01)
    QTest.mouseMove(scrubber, middle + QPoint(scrubber.width() // 4, 0))
    QTest.mouseRelease(scrubber, left, pos=middle + QPoint(scrubber.width() // 4, 0))
    assert page.show_area.playback.share == pytest.approx(0.75, abs=0.02)
    assert page.show_area.playback.frozen


def test_the_speed_is_chosen_and_kept_for_the_next_exercise(
    driver: Driver, page: DemonstratePage
) -> None:
    speed = page.transport.speed
    assert [speed.itemData(n) for n in range(speed.count())] == list(SPEEDS)
    speed.activated.emit(0)
    assert page.show_area.playback.speed == 0.25
    demonstrate(driver, "S8")
    assert page.show_area.playback.speed == 0.25


# What is seen


def test_degrees_stand_beside_the_joints_and_follow(
    driver: Driver, frozen: DemonstratePage
) -> None:
    figure = frozen.show_area.movement.figure
    frozen.show_area.play(frozen.show_area.playback.scrubbed(0.0))
    home = dict(figure.degrees)
    assert home[Joint.KNEE] == f"{frozen._level.dose.home.knee:.0f}°"
    frozen.show_area.play(frozen.show_area.playback.scrubbed(0.45))
    assert dict(figure.degrees)[Joint.KNEE] == f"{frozen._level.dose.out.knee:.0f}°"
    frozen.angles.click()
    assert figure.degrees == ()


def test_the_other_leg_is_the_mirror_image_at_the_same_moment(frozen: DemonstratePage) -> None:
    frozen.show_area.play(frozen.show_area.playback.scrubbed(0.3))
    figure = frozen.show_area.movement.figure
    pose = figure.pose
    frozen.left.click()
    assert figure.mirrored
    assert figure.pose == pose


def test_the_nerve_can_be_left_out(frozen: DemonstratePage) -> None:
    with_nerve = frozen.show_area.movement.figure.grab().toImage()
    frozen.nerve.click()
    assert frozen.show_area.movement.figure.grab().toImage() != with_nerve


def test_another_level_is_another_movement(frozen: DemonstratePage) -> None:
    before = frozen.show_area.reel
    chips = [frozen._levels.itemAt(n).widget() for n in range(frozen._levels.count())]
    chips[3].click()
    assert frozen.show_area.reel != before
    assert [chip.isChecked() for chip in chips] == [False, False, False, True]


def test_a_dark_window_shows_a_dark_figure(driver: Driver, page: DemonstratePage) -> None:
    driver.wardrobe.choose(Choice.DARK)
    assert page.show_area.movement.figure.theme.is_dark
    driver.wardrobe.choose(Choice.LIGHT)


# By hand


def test_a_joint_pulled_with_the_mouse_moves_and_the_gauges_answer(
    frozen: DemonstratePage,
) -> None:
    """Straightening the knee makes the nerve more taut, at once."""
    figure, gauges = frozen.show_area.movement.figure, frozen.show_area.movement.gauges
    frozen.show_area.play(frozen.show_area.playback.scrubbed(0.0))
    knee, before = figure.pose.knee, gauges.nerve._level
    pull(frozen, Joint.KNEE, QPointF(-120, -160))
    assert figure.pose.knee < knee - 20
    assert gauges.nerve._level > before + 10
    assert frozen.joints.buttons[Joint.KNEE].isChecked()
    assert figure._scene is not None and figure._scene.free
    assert frozen.joints.buttons[Joint.KNEE].text() == f"Knee {figure.pose.knee:.0f}°"


def test_handles_are_offered_only_while_nothing_moves(
    driver: Driver, page: DemonstratePage
) -> None:
    figure = page.show_area.movement.figure
    assert figure.handles == ()
    driver.press(Qt.Key.Key_Space)
    assert Joint.KNEE in figure.handles


def test_a_press_beside_every_handle_takes_hold_of_nothing(frozen: DemonstratePage) -> None:
    figure = frozen.show_area.movement.figure
    pose = figure.pose
    QTest.mousePress(figure, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    QTest.mouseMove(figure, QPoint(200, 200))
    QTest.mouseRelease(figure, Qt.MouseButton.LeftButton, pos=QPoint(200, 200))
    assert figure.pose == pose
    assert frozen.show_area.bent is None


def test_a_joint_is_turned_by_keys_as_well(driver: Driver, page: DemonstratePage) -> None:
    page.joints.buttons[Joint.ANKLE].click()
    before = page.show_area.movement.figure.pose.ankle
    driver.press(Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Down)
    assert page.show_area.movement.figure.pose.ankle == before + 2
    assert page.show_area.playback.frozen


def test_going_on_gives_up_what_a_hand_has_bent(driver: Driver, frozen: DemonstratePage) -> None:
    pull(frozen, Joint.KNEE, QPointF(-60, -80))
    assert frozen.again.isVisible()
    frozen.again.click()
    assert frozen.show_area.bent is None
    assert frozen._timer.isActive()
    assert not frozen.again.isVisible()


def test_core_work_and_the_march_have_nothing_to_take_hold_of(driver: Driver) -> None:
    for exercise_id in ("BR1", "W1", "R1"):
        page = demonstrate(driver, exercise_id, 0)
        driver.press(Qt.Key.Key_Space)
        assert page.joints.isHidden()
        assert page.show_area.movement.figure.handles == ()


# The two eases, and slider beside tensioner


def test_the_eases_are_shown_one_at_a_time_with_a_mark_of_the_start(
    driver: Driver, page: DemonstratePage
) -> None:
    page.exhibits[Exhibit.EASES].click()
    stage = page.show_area.eases
    assert list(page.eases) == ["start", "toes", "knee"]
    assert stage.gauges.nerve.words == "strong"
    page.eases["toes"].click()
    page.show_area.pass_time(5.0)
    assert (stage.gauges.nerve.words, stage.gauges.hamstrings.words) == ("firm", "strong")
    assert stage.gauges.nerve._before == pytest.approx(95, abs=1)
    assert any(text.startswith("Pointing the toes eases the nerve.") for text in words(page))
    driver.press(Qt.Key.Key_Right)
    page.show_area.pass_time(5.0)
    assert page.eases["knee"].isChecked()
    assert stage.gauges.hamstrings.words == "light"
    assert any("eases the hamstrings as well" in text for text in words(page))
    page._tick()
    assert not page._timer.isActive()


def test_the_tensioner_is_marked_as_no_part_of_the_plan(page: DemonstratePage) -> None:
    page.exhibits[Exhibit.COMPARISON].click()
    assert "For comparison, not part of your plan" in words(page)
    stage = page.show_area.comparison
    page.show_area.play(page.show_area.playback.scrubbed(0.5))
    assert (stage.slider.gauges.nerve.words, stage.tensioner.gauges.nerve.words) == (
        "firm",
        "strong",
    )
    assert stage.slider.figure.pose.neck < 0 < stage.tensioner.figure.pose.neck


def test_every_part_says_that_it_illustrates(page: DemonstratePage) -> None:
    for exhibit in Exhibit:
        page.show_exhibit(exhibit)
        assert any("It does not measure your nerve." in text for text in words(page)), exhibit


def test_only_the_movement_is_saved_as_a_picture(page: DemonstratePage) -> None:
    assert page.slide.isVisible()
    page.show_exhibit(Exhibit.COMPARISON)
    assert page.slide.isHidden()


# Larger


@pytest.mark.parametrize("key", [Qt.Key.Key_F11, "f"])
def test_one_key_fills_the_screen_and_escape_leaves_it(
    driver: Driver, page: DemonstratePage, key: Qt.Key | str
) -> None:
    driver.press(key)
    assert driver.window.isFullScreen()
    assert driver.window._header.isHidden()
    driver.press(Qt.Key.Key_Escape)
    assert not driver.window.isFullScreen()
    assert not driver.window._header.isHidden()
    assert driver.window.page_name == "demonstrate"


def test_no_button_takes_the_focus_when_the_screen_is_filled(
    driver: Driver, page: DemonstratePage
) -> None:
    """Else Enter would press one that nobody chose."""
    driver.press(Qt.Key.Key_F11)
    driver.press(Qt.Key.Key_Return)
    assert driver.window.page_name == "demonstrate"
    driver.press(Qt.Key.Key_F11)


def test_the_stop_signs_are_reached_from_the_full_screen(
    driver: Driver, page: DemonstratePage
) -> None:
    driver.press(Qt.Key.Key_F11, "w")
    assert driver.window.page_name == "stop_signs"
    assert not driver.window.isFullScreen()
    assert not driver.window._header.isHidden()


def test_without_a_second_screen_none_is_offered(page: DemonstratePage) -> None:
    assert len(QGuiApplication.screens()) == 1
    assert page.second.isHidden()
    page.toggle_second_screen()
    assert page._second is None


@pytest.fixture
def two_screens(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another screen, as large as the one there is."""
    screen = QGuiApplication.primaryScreen()
    path = "coach.ui.pages.demonstrate.other_screen"
    monkeypatch.setattr(path, lambda _here: screen)


def second(page: DemonstratePage) -> SecondScreen:
    assert page._second is not None
    return page._second


@pytest.fixture
def lent(two_screens: None, driver: Driver) -> Iterator[DemonstratePage]:
    page = demonstrate(driver)
    page.second.click()
    yield page
    page._take_back()


def test_the_figure_goes_to_the_second_screen_and_the_controls_stay(
    lent: DemonstratePage,
) -> None:
    other = second(lent)
    assert other.isFullScreen()
    assert other.isAncestorOf(lent.show_area)
    assert lent.transport.isVisible()
    assert "The figure is on the second screen." in words(lent)
    lent._step(3)
    assert lent.show_area.playback.frozen
    lent.second.click()
    assert lent.isAncestorOf(lent.show_area)
    assert lent.show_area.isVisible()


def test_keys_pressed_on_the_second_screen_do_the_same(
    driver: Driver, lent: DemonstratePage
) -> None:
    QTest.keyClick(second(lent), Qt.Key.Key_Space)
    assert lent.show_area.playback.frozen
    QTest.keyClick(second(lent), "w")
    assert driver.window.page_name == "stop_signs"
    assert lent._second is None


def test_a_second_screen_closed_from_outside_gives_the_figure_back(
    lent: DemonstratePage,
) -> None:
    second(lent).close()
    assert lent._second is None
    assert lent.isAncestorOf(lent.show_area)


def test_a_second_screen_that_is_pulled_out_gives_the_figure_back(
    lent: DemonstratePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coach.ui.pages.demonstrate.other_screen", lambda _here: None)
    lent._screens_changed(QGuiApplication.primaryScreen())
    assert lent.isAncestorOf(lent.show_area)
    assert lent.second.isHidden()


# Pictures


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures small enough for a test."""
    monkeypatch.setattr(saving, "STILL", saving.STILL / 5)
    monkeypatch.setattr(saving, "MOVING", saving.MOVING / 5)


def save(page: DemonstratePage, what: What, path: Path, name: ThemeName = ThemeName.LIGHT) -> str:
    """Choose, save, wait; what the page says at the end."""
    card = page.saving
    page.slide.setChecked(True)
    card.what.setCurrentIndex(card.what.findData(what))
    card.colours.setCurrentIndex(card.colours.findData(name))
    card._choose = lambda _parent, _headline, _suggested: str(path)
    card.save.click()
    while card.under_way:
        QApplication.processEvents()
    return card.told.text()


def test_the_moment_is_saved_in_light_and_in_dark(
    small: None, frozen: DemonstratePage, tmp_path: Path
) -> None:
    assert save(frozen, What.MOMENT, tmp_path / "a.png") == f"Saved: {tmp_path / 'a.png'}"
    save(frozen, What.MOMENT, tmp_path / "b", ThemeName.DARK)
    light, dark = QImage(str(tmp_path / "a.png")), QImage(str(tmp_path / "b.png"))
    assert light.size() == dark.size() == saving.STILL
    assert light.pixelColor(5, 5).lightness() > 200
    assert dark.pixelColor(5, 5).lightness() < 90


def test_the_picture_shows_the_leg_and_the_pose_on_the_screen(
    small: None, frozen: DemonstratePage, tmp_path: Path
) -> None:
    save(frozen, What.MOMENT, tmp_path / "right.png")
    frozen.left.click()
    save(frozen, What.MOMENT, tmp_path / "left.png")
    pull(frozen, Joint.KNEE, QPointF(60, -80))
    save(frozen, What.MOMENT, tmp_path / "bent.png")
    right, left, bent = (QImage(str(tmp_path / f"{n}.png")) for n in ("right", "left", "bent"))
    assert right != left != bent
    middle = right.height() // 2
    assert any(right.pixelColor(x, middle) != left.pixelColor(x, middle) for x in range(0, 300, 5))


def test_a_repetition_is_saved_as_numbered_pictures(
    small: None, frozen: DemonstratePage, tmp_path: Path
) -> None:
    save(frozen, What.SERIES, tmp_path / "slide")
    names = sorted(path.name for path in (tmp_path / "slide").iterdir())
    assert len(names) == 90
    assert names[0] == "S3-B-right-001.png"
    first, later = (QImage(str(tmp_path / "slide" / names[n])) for n in (0, 30))
    assert first.size() == saving.MOVING
    assert first != later


def test_a_repetition_is_saved_as_one_moving_picture(
    small: None, frozen: DemonstratePage, tmp_path: Path
) -> None:
    """Qt reads it back picture for picture; it takes the repetition's own time."""
    save(frozen, What.ANIMATION, tmp_path / "a.webp")
    reader = QImageReader(str(tmp_path / "a.webp"))
    assert reader.supportsAnimation()
    assert reader.imageCount() == 90
    first = reader.read()
    assert first.size() == saving.MOVING
    assert reader.nextImageDelay() == round(6000 / 90)
    assert reader.loopCount() == -1
    for _ in range(30):
        later = reader.read()
    assert later != first


def test_trouble_with_the_disk_is_told_and_nothing_is_left(
    small: None, frozen: DemonstratePage, tmp_path: Path
) -> None:
    said = save(frozen, What.MOMENT, tmp_path / "nowhere" / "a.png")
    assert said.endswith("cannot write this file: No such file or directory")
    said = save(frozen, What.SERIES, tmp_path / "nowhere" / "slide")
    assert "cannot make this folder" in said
    assert list(tmp_path.iterdir()) == []


def test_a_series_given_up_half_way_leaves_nothing(
    small: None, driver: Driver, frozen: DemonstratePage, tmp_path: Path
) -> None:
    card = frozen.saving
    card.what.setCurrentIndex(card.what.findData(What.SERIES))
    card._choose = lambda _parent, _headline, _suggested: str(tmp_path / "slide")
    frozen.slide.setChecked(True)
    card.save.click()
    card._next()
    card._next()
    assert card.told.text() == "2 of 90 pictures"
    driver.press(Qt.Key.Key_Escape)
    assert not card.under_way
    assert card.told.text() == "Stopped. Nothing was saved."
    assert list(tmp_path.iterdir()) == []


def test_nothing_chosen_saves_nothing(frozen: DemonstratePage, tmp_path: Path) -> None:
    frozen.saving._choose = lambda _parent, _headline, _suggested: ""
    frozen.saving.start_or_stop()
    assert not frozen.saving.under_way


# Words


@pytest.mark.parametrize("exhibit", Exhibit)
def test_everything_that_takes_the_focus_has_a_name(
    page: DemonstratePage, exhibit: Exhibit
) -> None:
    """A screen reader has something to say about every button and field."""
    page.show_exhibit(exhibit)
    page.slide.setChecked(True)
    for widget in page.findChildren(QWidget):
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or widget.window() is not page.window():
            continue
        if widget.isVisible():
            interface = QAccessible.queryAccessibleInterface(widget)
            assert interface.text(QAccessible.Text.Name), type(widget).__name__


def test_nothing_is_cut_off_at_twice_the_text_size(
    make_driver: Callable[..., Driver], coach: FakeCoach
) -> None:
    coach.change_setting("text_scale", 200)
    driver = make_driver(coach, scale=2.0)
    page = demonstrate(driver)
    for exhibit in Exhibit:
        page.show_exhibit(exhibit)
        QApplication.processEvents()
        for shown in page.findChildren(QPushButton):
            if shown.isVisible():
                wide = shown.fontMetrics().horizontalAdvance(shown.text())
                assert wide <= shown.width(), shown.text()
        assert page.width() <= driver.window.width()
        assert page.show_area.height() >= 150
    driver.wardrobe.choose(Choice.LIGHT, 1.0)
