"""The one table of colours, sizes and durations everything is drawn with."""

from dataclasses import dataclass
from enum import StrEnum


class ThemeName(StrEnum):
    """The themes there are."""

    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours of one theme, ``#rrggbb``.

    window: the page; surface: cards; raised: fields and hovered rows.
    accent, danger and the phases are fills that carry ``on_…`` text; the ``…_soft`` tints carry
    ordinary text. scene_…: the ground the figure stands on.
    """

    name: ThemeName
    window: str
    surface: str
    raised: str
    text: str
    soft: str
    border: str
    edge: str
    accent: str
    accent_hover: str
    accent_press: str
    on_accent: str
    accent_soft: str
    danger: str
    danger_hover: str
    on_danger: str
    danger_soft: str
    warn: str
    warn_soft: str
    good: str
    good_soft: str
    focus: str
    phase_out: str
    phase_turn: str
    phase_back: str
    phase_rest: str
    on_phase: str
    scene_top: str
    scene_low: str
    scene_floor: str
    scene_front: str
    scene_glow: str
    scene_shadow: str

    @property
    def is_dark(self) -> bool:
        """True when light text stands on a dark page."""
        return self.name is not ThemeName.LIGHT


THEMES = {
    ThemeName.LIGHT: Theme(
        name=ThemeName.LIGHT,
        window="#f3f6f7",
        surface="#ffffff",
        raised="#e9eff1",
        text="#13222a",
        soft="#495b65",
        border="#d5dfe3",
        edge="#7f919b",
        accent="#0b6670",
        accent_hover="#0d7782",
        accent_press="#084f57",
        on_accent="#ffffff",
        accent_soft="#dceff0",
        danger="#b3261e",
        danger_hover="#c5362d",
        on_danger="#ffffff",
        danger_soft="#fbe8e6",
        warn="#7d4a00",
        warn_soft="#fdf0da",
        good="#1b653a",
        good_soft="#e0f3e6",
        focus="#1a5fd0",
        phase_out="#0b6670",
        phase_turn="#7d4a00",
        phase_back="#3f4fa3",
        phase_rest="#4f5f69",
        on_phase="#ffffff",
        scene_top="#f6f9fa",
        scene_low="#e6edf0",
        scene_floor="#d9e3e7",
        scene_front="#c8d5da",
        scene_glow="#ffffff",
        scene_shadow="#1b2f38",
    ),
    ThemeName.DARK: Theme(
        name=ThemeName.DARK,
        window="#0f171b",
        surface="#172127",
        raised="#212e35",
        text="#e9f0f2",
        soft="#a9bac2",
        border="#2b3a42",
        edge="#71858f",
        accent="#5fc6cd",
        accent_hover="#7dd3d9",
        accent_press="#47aeb6",
        on_accent="#05262a",
        accent_soft="#12393f",
        danger="#ff8f85",
        danger_hover="#ffa79f",
        on_danger="#3a0a06",
        danger_soft="#43201d",
        warn="#f3bd6a",
        warn_soft="#3b2d17",
        good="#7fd39b",
        good_soft="#173524",
        focus="#8ab8ff",
        phase_out="#5fc6cd",
        phase_turn="#f3bd6a",
        phase_back="#aeb9ff",
        phase_rest="#b4c2c9",
        on_phase="#0b1215",
        scene_top="#1a262c",
        scene_low="#233139",
        scene_floor="#1d2a31",
        scene_front="#131c21",
        scene_glow="#3a4d57",
        scene_shadow="#03080a",
    ),
    ThemeName.CONTRAST: Theme(
        name=ThemeName.CONTRAST,
        window="#000000",
        surface="#000000",
        raised="#1c1c1c",
        text="#ffffff",
        soft="#e6e6e6",
        border="#ffffff",
        edge="#ffffff",
        accent="#5ff0ff",
        accent_hover="#a6f7ff",
        accent_press="#2fd6e8",
        on_accent="#000000",
        accent_soft="#00262b",
        danger="#ffb0a8",
        danger_hover="#ffd0cb",
        on_danger="#000000",
        danger_soft="#330500",
        warn="#ffd75e",
        warn_soft="#2b2000",
        good="#86f5ac",
        good_soft="#00260e",
        focus="#ffe600",
        phase_out="#5ff0ff",
        phase_turn="#ffd75e",
        phase_back="#c9d0ff",
        phase_rest="#ffffff",
        on_phase="#000000",
        scene_top="#000000",
        scene_low="#000000",
        scene_floor="#141414",
        scene_front="#141414",
        scene_glow="#000000",
        scene_shadow="#000000",
    ),
}

FAMILIES = ("Inter", "Segoe UI", "SF Pro Text", "Noto Sans", "Cantarell", "DejaVu Sans")
"""Typefaces in order of preference; the first one the system has is used."""


class Type:
    """The type scale, pixels at 100 % text size."""

    CAPTION = 13
    BODY = 15
    LEAD = 18
    TITLE = 22
    HEADLINE = 30
    DISPLAY = 44
    COUNT = 96


class Space:
    """Distances, pixels."""

    HAIR = 4
    SMALL = 8
    SNUG = 12
    BASE = 16
    WIDE = 24
    ROOMY = 32
    VAST = 48


class Radius:
    """Corners, pixels."""

    FIELD = 8
    BUTTON = 12
    CARD = 18


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb`` (WCAG 2.2), 0 black to 1 white."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours (WCAG 2.2), 1 to 21."""
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)
