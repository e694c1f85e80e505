"""Skin, hair and clothes of the figure, and what they look like in each theme."""

from dataclasses import dataclass, replace
from functools import cache

from PySide6.QtGui import QBrush, QColor

from coach.ui.tokens import ThemeName


@dataclass(frozen=True, slots=True)
class Tone:
    """One material: its own colour, in the light and in the shade.

    rim: a line drawn round it, where the theme needs one.
    """

    base: str
    light: str
    shade: str
    rim: str = ""

    @property
    def edge(self) -> str:
        """Colour of the outermost shaded layer."""
        return mixed(self.base, self.shade, 0.80)


@dataclass(frozen=True, slots=True)
class Look:
    """All materials of the figure; ``…_far`` is the side turned away."""

    skin: Tone
    skin_far: Tone
    hair: Tone
    shirt: Tone
    shirt_far: Tone
    shorts: Tone
    shorts_far: Tone
    foot: Tone
    foot_far: Tone
    sole: str
    ink: str
    wood: Tone
    mat: Tone
    pillow: Tone
    plain: Tone
    towel: Tone


SKINS: dict[str, tuple[Tone, Tone]] = {
    "neutral": (Tone("#dacdc2", "#f5ece4", "#9c8a7e"), Tone("#4b4145", "#786b6c", "#2d2628")),
    "light": (Tone("#eac3a6", "#fbe3d0", "#b5846a"), Tone("#6d4a34", "#96694b", "#47301f")),
    "tan": (Tone("#cf9a73", "#ebc09d", "#936043"), Tone("#38291f", "#5c4636", "#211711")),
    "brown": (Tone("#996543", "#c08a64", "#633c25"), Tone("#2a2220", "#4a3d39", "#171211")),
    "deep": (Tone("#6d4530", "#94664b", "#432718"), Tone("#211c1c", "#423939", "#120e0e")),
}
"""Skin and hair by name; the first is a mannequin's and stands for anyone."""

CLOTHES: dict[str, tuple[Tone, Tone]] = {
    "teal": (Tone("#1f8089", "#5cb8bd", "#0f525b"), Tone("#33445c", "#5a7092", "#1e2a3b")),
    "plum": (Tone("#8a3f6d", "#bf7ba4", "#5a2346"), Tone("#3b3a4d", "#615f7c", "#242331")),
    "moss": (Tone("#647c3a", "#98ae6b", "#41531f"), Tone("#4d4336", "#7a6c58", "#312a20")),
    "grey": (Tone("#7d878f", "#adb7be", "#565f66"), Tone("#40484f", "#68727a", "#282e33")),
}
"""Shirt and shorts by name; the last is neutral."""

_DAY = Look(
    skin=SKINS["neutral"][0],
    skin_far=SKINS["neutral"][0],
    hair=SKINS["neutral"][1],
    shirt=CLOTHES["teal"][0],
    shirt_far=Tone("#1b6a73", "#2f868e", "#0e4851"),
    shorts=CLOTHES["teal"][1],
    shorts_far=Tone("#28374b", "#3a4d68", "#1a2535"),
    foot=Tone("#f0a35c", "#ffd0a0", "#bb6f2d"),
    foot_far=Tone("#8496a2", "#a3b3bd", "#62737f"),
    sole="#f7f5f1",
    ink="#3d3438",
    wood=Tone("#c89866", "#e4bd91", "#8f6439"),
    mat=Tone("#7fa9a8", "#a9cbc9", "#5a8584"),
    pillow=Tone("#f1ede6", "#ffffff", "#c3bcb1"),
    plain=Tone("#dde4e7", "#f4f7f8", "#b4c1c7"),
    towel=Tone("#e9c46a", "#f6de9f", "#b98f34"),
)

_NIGHT = replace(
    _DAY,
    shirt=Tone("#2b939c", "#6cccd1", "#135a62"),
    shirt_far=Tone("#1d6d75", "#2f878f", "#104a51"),
    shorts=Tone("#5a7094", "#8ba2c6", "#384a66"),
    shorts_far=Tone("#445775", "#566c8e", "#31425b"),
    foot_far=Tone("#75889a", "#93a5b4", "#566878"),
    wood=Tone("#a87c50", "#c99f73", "#6f4d2c"),
    mat=Tone("#48706f", "#618d8b", "#31504f"),
    pillow=Tone("#c9cfd2", "#e8ecee", "#929ca1"),
    plain=Tone("#3a4a53", "#4b5d67", "#2a373e"),
)

_STARK = replace(
    _NIGHT,
    skin=Tone("#e8e4e0", "#ffffff", "#a8a19c", "#ffffff"),
    shirt=Tone("#1a8e99", "#55c6cf", "#0c5a62", "#ffffff"),
    shirt_far=Tone("#0f5f67", "#15707a", "#0a444b", "#cfcfcf"),
    shorts=Tone("#4a6bb0", "#7797d8", "#2c4479", "#ffffff"),
    shorts_far=Tone("#2f4777", "#38528a", "#253a63", "#cfcfcf"),
    mat=Tone("#2c4a49", "#3a605e", "#203837", "#ffffff"),
    plain=Tone("#2a2a2a", "#383838", "#1d1d1d", "#ffffff"),
)

_LOOKS = {ThemeName.LIGHT: _DAY, ThemeName.DARK: _NIGHT, ThemeName.CONTRAST: _STARK}


_LIFTED = {
    ThemeName.LIGHT: (0.0, 0.0),
    ThemeName.DARK: (0.10, 0.30),
    ThemeName.CONTRAST: (0.0, 0.3),
}
"""How much lighter shirt and shorts are worn in a theme, 0-1."""


@cache
def look_for(name: ThemeName, skin: str = "neutral", clothes: str = "teal") -> Look:
    """The materials for a theme, a skin of :data:`SKINS` and :data:`CLOTHES`.

    Raises KeyError for another name.
    """
    look = _LOOKS[name]
    if clothes != "teal":  # whose colours each theme has of its own
        look = _clothed(look, CLOTHES[clothes], _LIFTED[name])
    near, hair = SKINS[skin]
    near = replace(near, rim=look.skin.rim)
    far = Tone(
        mixed(near.base, near.shade, 0.30),
        mixed(near.light, near.shade, 0.34),
        mixed(near.shade, "#20262c", 0.14),
        near.rim and "#cfcfcf",
    )
    return replace(look, skin=near, skin_far=far, hair=hair)


def _clothed(look: Look, clothes: tuple[Tone, Tone], lifted: tuple[float, float]) -> Look:
    worn: dict[str, Tone] = {}
    for part, tone, lift in zip(("shirt", "shorts"), clothes, lifted, strict=True):
        near = Tone(*(mixed(one, "#ffffff", lift) for one in (tone.base, tone.light, tone.shade)))
        far = Tone(
            mixed(near.base, near.shade, 0.45),
            mixed(near.light, near.shade, 0.60),
            mixed(near.shade, "#10161c", 0.15),
        )
        worn[part] = replace(near, rim=getattr(look, part).rim)
        worn[f"{part}_far"] = replace(far, rim=getattr(look, f"{part}_far").rim)
    return replace(look, **worn)  # type: ignore[arg-type]


@cache
def mixed(one: str, other: str, share: float) -> str:
    """Part of the way (0-1) between two ``#rrggbb`` colours."""
    pairs = ((int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


@cache
def brush(colour: str) -> QBrush:
    """A brush of one colour, made once."""
    return QBrush(QColor(colour))


@cache
def layer_brushes(tone: Tone, layers: int) -> tuple[QBrush, ...]:
    """Brushes of nested layers, from the shaded edge to the lit middle."""
    brushes = []
    for layer in range(1, layers + 1):
        u = layer / layers
        if u <= 0.5:
            colour = mixed(tone.shade, tone.base, 0.40 + u * 1.2)
        else:
            colour = mixed(tone.base, tone.light, (u - 0.5) * 1.35)
        brushes.append(brush(colour))
    return tuple(brushes)
