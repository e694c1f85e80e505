"""A group of choices of which any number may be on."""

from collections.abc import Mapping

from PySide6.QtWidgets import QPushButton, QWidget

from coach.ui.parts import FlowLayout, Toggle


class Chips(QWidget):
    """Buttons that stay down, keyed by the value of the choice they stand for.

    folds: long words take more than one line.
    """

    def __init__(self, texts: Mapping[str, str], *, folds: bool = False) -> None:
        super().__init__()
        self._buttons: dict[str, QPushButton] = {
            key: Toggle(text, folds=folds) for key, text in texts.items()
        }
        flow = FlowLayout()
        for one in self._buttons.values():
            flow.addWidget(one)
        self.setLayout(flow)

    @property
    def buttons(self) -> list[QPushButton]:
        """The buttons in order."""
        return list(self._buttons.values())

    @property
    def on(self) -> frozenset[str]:
        """The values of the choices that are on."""
        return frozenset(key for key, one in self._buttons.items() if one.isChecked())

    def clear(self) -> None:
        """Switch all off."""
        for one in self._buttons.values():
            one.setChecked(False)
