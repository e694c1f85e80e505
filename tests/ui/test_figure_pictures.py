"""Six pictures of the figure as they were looked at; without text, so that fonts do not matter.

After a change that was looked at (make figures), ``python tests/ui/test_figure_pictures.py`` writes
the pictures anew.
"""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QGuiApplication, QImage

from coach.ui.tokens import ThemeName
from figure_cases import CASES
from figure_pictures import picture

GOLDEN = Path(__file__).parents[1] / "golden" / "figures"
SIZE = (320, 200)
BY_NAME = {str(case): case for case in CASES}
PICTURES = {
    "lying-slider": ("S3 C", 1.0, ThemeName.LIGHT, False),
    "side-lying-slider": ("S2 B", 0.5, ThemeName.LIGHT, True),
    "seated-slump-slider": ("S8 B", 1.0, ThemeName.DARK, False),
    "standing-slider": ("S9 D", 0.0, ThemeName.LIGHT, True),
    "lying-stretch": ("H1 B", 1.0, ThemeName.CONTRAST, False),
    "bird-dog": ("BD1 C", 1.0, ThemeName.DARK, True),
}
MEAN, SHARE, FAR = 0.6, 0.004, 40
"""At most so many of 255 on average, and so much of all pixels further off than FAR."""


def painted(name: str) -> QImage:
    case, share, theme, mirrored = PICTURES[name]
    return picture(BY_NAME[case], share, theme, SIZE, mirrored=mirrored)


def pixels(image: QImage) -> np.ndarray:
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 3 * image.width()].astype(np.int16)


def differs(one: QImage, other: QImage) -> bool:
    off = np.abs(pixels(one) - pixels(other))
    return bool(off.mean() > MEAN or (off > FAR).mean() > SHARE)


@pytest.mark.parametrize("name", PICTURES)
@pytest.mark.usefixtures("qapp")
def test_the_figure_looks_as_it_did(name: str) -> None:
    known = QImage(str(GOLDEN / f"{name}.png"))
    assert (known.width(), known.height()) == SIZE
    assert not differs(painted(name), known)


@pytest.mark.usefixtures("qapp")
def test_a_knee_a_few_degrees_off_would_be_noticed() -> None:
    """The comparison is no formality."""
    case, _, theme, mirrored = PICTURES["lying-slider"]
    other = picture(BY_NAME[case], 0.93, theme, SIZE, mirrored=mirrored)
    assert differs(painted("lying-slider"), other)


if __name__ == "__main__":
    application = QGuiApplication([])
    GOLDEN.mkdir(parents=True, exist_ok=True)
    for each in PICTURES:
        painted(each).save(str(GOLDEN / f"{each}.png"))
