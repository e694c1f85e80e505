"""Colours, palette, style sheet and following the system."""

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from coach.app.shipped_place import shipped_root
from coach.ui.style import style_sheet
from coach.ui.theme import Choice, Wardrobe, chosen, palette
from coach.ui.tokens import THEMES, Space, Theme, ThemeName, Type, contrast

TEXT_ON = [
    *((ink, ground) for ink in ("text", "soft") for ground in ("window", "surface", "raised")),
    *(
        (ink, ground)
        for ink in ("accent", "danger", "warn", "good")
        for ground in ("window", "surface")
    ),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("on_accent", "accent_press"),
    ("on_danger", "danger"),
    ("on_danger", "danger_hover"),
    *(("text", soft) for soft in ("accent_soft", "danger_soft", "warn_soft", "good_soft")),
    *(("on_phase", f"phase_{name}") for name in ("out", "turn", "back", "rest")),
]
"""Every pair of text and ground the style sheet and the pages use."""

SHAPES_ON = [
    *((line, ground) for line in ("edge", "focus") for ground in ("window", "surface")),
    *((f"phase_{name}", "window") for name in ("out", "turn", "back", "rest")),
]


@pytest.fixture(params=list(THEMES.values()), ids=lambda theme: theme.name.value)
def theme(request: pytest.FixtureRequest) -> Theme:
    return request.param


def test_contrast_is_that_of_wcag() -> None:
    """Known pairs: black on white is 21, equal colours 1, #767676 on white just passes 4.5."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#123456", "#123456") == pytest.approx(1)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert contrast("#777777", "#ffffff") < 4.5


def faint(theme: Theme, pairs: list[tuple[str, str]], least: float) -> list[tuple[str, str]]:
    return [
        (ink, ground)
        for ink, ground in pairs
        if contrast(getattr(theme, ink), getattr(theme, ground)) < least
    ]


@pytest.mark.hazard("H24")
def test_text_can_be_read(theme: Theme) -> None:
    """4.5:1 for all text, 7:1 in the high contrast theme."""
    least = 7.0 if theme.name is ThemeName.CONTRAST else 4.5
    assert faint(theme, TEXT_ON, least) == []


@pytest.mark.hazard("H24")
def test_borders_focus_and_phases_can_be_seen(theme: Theme) -> None:
    """3:1 for what is not text (WCAG 2.2, 1.4.11)."""
    assert faint(theme, SHAPES_ON, 3.0) == []


def test_focus_differs_from_the_button_it_surrounds(theme: Theme) -> None:
    """The ring of a primary button is not lost in its fill's own colour."""
    assert theme.focus != theme.accent


def test_the_style_sheet_uses_only_colours_of_its_theme(theme: Theme) -> None:
    """No colour is written anywhere but in the table."""
    known = {getattr(theme, name) for name in theme.__slots__ if name != "name"}
    used = set(re.findall(r"#[0-9a-fA-F]{3,8}\b", style_sheet(theme)))
    assert used <= known


def test_the_style_sheet_is_well_formed(theme: Theme) -> None:
    """Every brace is closed and no value is missing."""
    sheet = style_sheet(theme)
    assert sheet.count("{") == sheet.count("}")
    assert "None" not in sheet


def test_every_icon_of_the_style_sheet_is_there(theme: Theme) -> None:
    """A missing tick would leave a checked box looking like a patch of colour."""
    named = set(re.findall(r"url\(icon:([^)]+)\)", style_sheet(theme)))
    assert named
    assert named <= {file.name for file in (shipped_root() / "assets" / "icons").iterdir()}


def test_text_scale_doubles_the_text() -> None:
    """At 200 % every size of the type scale is twice as large."""
    theme = THEMES[ThemeName.LIGHT]
    for size in (Type.BODY, Type.TITLE, Type.HEADLINE):
        assert f"font-size: {size}px" in style_sheet(theme)
        assert f"font-size: {size * 2}px" in style_sheet(theme, 2.0)


def test_the_type_and_space_scales_rise() -> None:
    """One scale each, from small to large."""
    sizes = [value for name, value in vars(Type).items() if name.isupper()]
    spaces = [value for name, value in vars(Space).items() if name.isupper()]
    assert spaces == [4, 8, 12, 16, 24, 32, 48]
    for scale in (sizes, spaces):
        assert all(a < b for a, b in pairwise(scale))


def test_the_palette_wears_the_theme(theme: Theme) -> None:
    """What the style sheet does not name still has the right colours."""
    worn = palette(theme)
    assert worn.color(QPalette.ColorRole.Window) == QColor(theme.window)
    assert worn.color(QPalette.ColorRole.Text) == QColor(theme.text)
    disabled = worn.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText)
    assert disabled == QColor(theme.soft)


@pytest.mark.parametrize(
    ("choice", "scheme", "name"),
    [
        (Choice.SYSTEM, Qt.ColorScheme.Dark, ThemeName.DARK),
        (Choice.SYSTEM, Qt.ColorScheme.Light, ThemeName.LIGHT),
        (Choice.SYSTEM, Qt.ColorScheme.Unknown, ThemeName.LIGHT),
        (Choice.LIGHT, Qt.ColorScheme.Dark, ThemeName.LIGHT),
        (Choice.DARK, Qt.ColorScheme.Light, ThemeName.DARK),
        (Choice.CONTRAST, Qt.ColorScheme.Light, ThemeName.CONTRAST),
    ],
)
def test_a_choice_beats_the_system(choice: Choice, scheme: Qt.ColorScheme, name: ThemeName) -> None:
    """Only 'as the system' looks at the system."""
    assert chosen(choice, scheme).name is name


@pytest.fixture
def plain_app(qapp: QApplication) -> Iterator[QApplication]:
    """The application, undressed again afterwards."""
    before = qapp.palette(), qapp.font()
    yield qapp
    qapp.setStyleSheet("")
    qapp.setPalette(before[0])
    qapp.setFont(before[1])


def test_the_application_wears_what_was_chosen(plain_app: QApplication) -> None:
    """Palette and style sheet change together, and whoever listens is told."""
    wardrobe = Wardrobe(plain_app, Choice.LIGHT)
    told: list[Theme] = []
    wardrobe.changed.connect(told.append)
    wardrobe.choose(Choice.DARK, 1.5)
    dark = THEMES[ThemeName.DARK]
    assert told == [dark]
    assert wardrobe.theme is dark
    assert plain_app.palette().color(QPalette.ColorRole.Window) == QColor(dark.window)
    assert plain_app.styleSheet() == style_sheet(dark, 1.5)
    wardrobe.deleteLater()


def test_a_system_change_counts_only_when_the_system_is_followed(plain_app: QApplication) -> None:
    """Night falling does not undo a choice."""
    wardrobe = Wardrobe(plain_app, Choice.DARK)
    told: list[Theme] = []
    wardrobe.changed.connect(told.append)
    wardrobe._system_changed(Qt.ColorScheme.Light)
    assert told == []
    wardrobe.choose(Choice.SYSTEM)
    wardrobe._system_changed(Qt.ColorScheme.Light)
    assert len(told) == 2
    wardrobe.deleteLater()
