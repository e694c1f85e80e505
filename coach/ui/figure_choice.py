"""The figure in the words of the window, in the skin and clothes that were chosen."""

from coach.store.settings import Settings
from coach.ui.desk import Desk
from coach.ui.figure.view import FigureView, FigureWords


def figure_words(desk: Desk) -> FigureWords:
    """What a figure says about itself."""
    return FigureWords(
        desk.say("ui.figure.name"),
        desk.say("ui.figure.description"),
        desk.say("ui.figure.seen_from_above"),
        desk.say("ui.figure.seen_from_front"),
    )


def dress(figure: FigureView, settings: Settings) -> None:
    """Let a figure look as the settings say."""
    figure.set_skin(settings.figure_skin)
    figure.set_clothes(settings.figure_clothes)
    figure.set_reduced_motion(settings.reduced_motion)
