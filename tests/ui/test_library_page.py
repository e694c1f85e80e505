"""The library in the window: found, shown moving, wrong and right, on either leg."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QPushButton, QScrollArea

from coach.domain.exercise import LevelName, Posture
from coach.ui.pages.library import ExerciseDetail, LibraryPage
from coach.ui.parts import Toggle
from coach.ui.session.gauges import band
from coach.ui.theme import Choice
from window_driver import Driver


@pytest.fixture
def page(driver: Driver) -> LibraryPage:
    driver.window.open_library()
    shown = driver.page
    assert isinstance(shown, LibraryPage)
    return shown


def card(detail: ExerciseDetail, name: str) -> QFrame:
    QApplication.processEvents()  # what was put into a page is shown a moment later
    found = [one for one in detail.findChildren(QFrame, name) if not one.isHidden()]
    return found[-1]


def words(inside: QFrame) -> list[str]:
    return [one.text() for one in inside.findChildren(QLabel)]


def level_buttons(detail: ExerciseDetail) -> list[QPushButton]:
    items = (detail.levels.itemAt(n) for n in range(detail.levels.count()))
    return [item.widget() for item in items]


def test_the_header_leads_to_it(driver: Driver) -> None:
    (link,) = [b for b in driver.window.findChildren(QPushButton) if b.text() == "Exercises"]
    link.click()
    assert driver.window.page_name == "library"
    assert link.isChecked()


def test_every_exercise_is_listed_and_the_first_is_shown(page: LibraryPage) -> None:
    assert len(page.listed) == 18
    assert page.detail.exercise_id == page.listed[0]


def test_the_figure_wears_the_theme_of_the_window(driver: Driver, page: LibraryPage) -> None:
    """Also when the system changes it while the page is open, or a setting while it is not."""
    driver.wardrobe.choose(Choice.DARK)
    assert page.detail.figure.theme is driver.wardrobe.theme
    driver.window.open_settings()
    driver.wardrobe.choose(Choice.CONTRAST)
    driver.window.open_library()
    assert page.detail.figure.theme is driver.wardrobe.theme
    driver.wardrobe.choose(Choice.LIGHT)


def test_words_and_posture_narrow_the_list(page: LibraryPage) -> None:
    QTest.keyClicks(page.search, "wall")
    assert page.listed == ("H3",)
    page.search.clear()
    page.choose_posture(Posture.SIDE_LYING)
    assert page.listed == ("S2", "SP1")
    QTest.keyClicks(page.search, "zebra")
    assert page.listed == ()
    assert any(
        one.text() == "No exercise has all of these words." for one in page.findChildren(QLabel)
    )


def test_typing_a_word_presses_no_key_of_the_program(driver: Driver, page: LibraryPage) -> None:
    """W is a letter in a field, and the way to help everywhere else."""
    page.search.setFocus()
    QTest.keyClicks(page.search, "wsf")
    assert page.search.text() == "wsf"
    assert driver.window.page_name == "library"


def test_an_exercise_says_what_to_do_what_to_feel_and_what_goes_wrong(page: LibraryPage) -> None:
    page.open_exercise("S3")
    detail = page.detail
    assert detail.name.text() == "Lying slider"
    assert any("Keep the thigh still" in text for text in words(card(detail, "do")))
    assert any("light pull" in text for text in words(card(detail, "feel")))
    assert len(words(card(detail, "mistakes"))) == 1 + 6


def test_sources_are_folded_away_until_asked_for(page: LibraryPage) -> None:
    page.open_exercise("S6")
    folded = card(page.detail, "sources")
    source = next(one for one in folded.findChildren(QLabel) if "Ellis" in one.text())
    assert not source.isVisible()
    fold = folded.findChild(Toggle)
    fold.click()
    assert source.isVisible()


def test_a_mistake_is_shown_wrong_and_then_right_again(page: LibraryPage) -> None:
    page.open_exercise("S3")
    detail = page.detail
    assert detail.shown_words == "Shown as it should be, level A"
    right = detail.figure.skeleton
    show = card(detail, "mistakes").findChildren(QPushButton)[1]
    show.click()
    assert detail.shown_words.startswith("Shown wrong: The knee locks straight")
    assert not any(made.isChecked() for made in level_buttons(detail))
    show.click()
    assert detail.shown_words == "Shown as it should be, level A"
    assert detail.figure.skeleton == right


def test_each_level_can_be_seen(page: LibraryPage) -> None:
    page.open_exercise("S3")
    level_buttons(page.detail)[3].click()
    assert page.detail.shown_words == f"Shown as it should be, level {LevelName.D}"
    assert [made.isChecked() for made in level_buttons(page.detail)] == [False, False, False, True]


def test_the_other_leg_is_the_mirror_image(page: LibraryPage) -> None:
    page.open_exercise("S3")
    assert not page.detail.figure.mirrored
    page.detail.other_side.click()
    assert page.detail.figure.mirrored
    page.open_exercise("BR1")
    assert page.detail.other_side.isHidden()


def test_easier_and_harder_lead_to_other_exercises(page: LibraryPage) -> None:
    page.open_exercise("S3")
    easier = card(page.detail, "easier").findChildren(QPushButton)
    assert [one.text() for one in easier] == ["Side-lying slider, level A", "Ankle pumps, level A"]
    (harder,) = card(page.detail, "harder").findChildren(QPushButton)
    assert harder.text() == "Knee-and-ankle slider, level A"
    harder.setFocus()
    harder.click()
    assert page.detail.exercise_id == "S4"
    assert page._buttons["S4"].hasFocus()


def test_the_gauges_follow_the_figure_and_say_the_level_in_words(page: LibraryPage) -> None:
    page.open_exercise("S5")
    detail = page.detail
    level_buttons(detail)[3].click()
    assert detail.gauges.nerve.words == "calm"
    detail.figure.set_moment(1, 1.0)
    detail.gauges.show_nerve(detail.figure.nerve)
    assert detail.gauges.nerve.words == "strong"
    assert detail.gauges.nerve.accessibleDescription() == "strong"
    page.open_exercise("BR1")
    assert detail.gauges.isHidden()


@pytest.mark.parametrize(
    ("level", "name"), [(0, "calm"), (29.9, "calm"), (30, "light"), (60, "firm"), (85, "strong")]
)
def test_bands_begin_at_their_edge(level: float, name: str) -> None:
    assert band(level) == name


def test_the_figure_moves_only_while_it_is_seen(driver: Driver, page: LibraryPage) -> None:
    assert page.detail._timer.isActive()
    driver.window.open_today()
    assert not page.detail._timer.isActive()


def test_another_exercise_is_shown_from_its_beginning(page: LibraryPage) -> None:
    detail = page.detail
    page.open_exercise("S3")
    QApplication.processEvents()
    (area,) = detail.findChildren(QScrollArea)
    bar = area.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.value() > 0
    page.open_exercise("S4")
    QApplication.processEvents()
    assert bar.value() == 0


def test_the_arrows_choose_in_the_list_and_stop_at_its_ends(
    driver: Driver, page: LibraryPage
) -> None:
    first, second = page.listed[:2]
    page._buttons[first].setFocus()
    driver.press(Qt.Key.Key_Up)
    assert page.detail.exercise_id == first and page._buttons[first].hasFocus()
    driver.press(Qt.Key.Key_Down)
    assert page.detail.exercise_id == second and page._buttons[second].hasFocus()
    assert page._buttons[second].isChecked() and not page._buttons[first].isChecked()
    for _ in page.listed:
        driver.press(Qt.Key.Key_Down)
    assert page.detail.exercise_id == page.listed[-1]
    assert page._buttons[page.listed[-1]].hasFocus()


def test_the_nerve_is_offered_only_where_it_can_be_seen(page: LibraryPage) -> None:
    for exercise in page.listed:
        page.open_exercise(exercise)
        assert page.detail.nerve.isHidden() == (page.detail.figure.nerve is None), exercise


def test_one_repetition_that_is_held_is_called_a_hold(page: LibraryPage) -> None:
    for exercise in page.listed:
        page.open_exercise(exercise)
        for made in level_buttons(page.detail):
            assert "1 repetitions" not in made.text()
