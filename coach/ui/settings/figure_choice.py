"""The figure in the words of the window, in the skin and clothes that were chosen."""

from coach.store.settings import Settings
from coach.ui.desk import Desk
from coach.ui.figure.view import FigureView, FigureWords
from coach.ui.parts import Toggle


def figure_words(desk: Desk) -> FigureWords:
    """What a figure says about itself."""
    return FigureWords(
        desk.say("ui.figure.name"),
        desk.say("ui.figure.description"),
        desk.say("ui.figure.seen_from_above"),
        desk.say("ui.figure.seen_from_front"),
    )


class NerveToggle(Toggle):
    """Shows the nerve or leaves it out, beginning with what the settings say."""

    def __init__(self, desk: Desk, text: str) -> None:
        super().__init__(text)
        self._desk = desk
        self._wished = desk.coach.settings.show_nerve
        self.setChecked(self._wished)

    def follow_settings(self) -> None:
        """Take up a setting that has been changed since; what was switched here stays otherwise."""
        wished = self._desk.coach.settings.show_nerve
        if wished != self._wished:
            self._wished = wished
            self.setChecked(wished)


def dress(figure: FigureView, settings: Settings) -> None:
    """Let a figure look as the settings say."""
    figure.set_skin(settings.figure_skin)
    figure.set_clothes(settings.figure_clothes)
    figure.set_reduced_motion(settings.reduced_motion)
