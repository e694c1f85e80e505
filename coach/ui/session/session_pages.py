"""The pages of a session by name, loaded together when a session begins."""

from coach.ui.desk import Desk
from coach.ui.page import SessionPage
from coach.ui.pages.check_in import CheckInPage
from coach.ui.pages.decision import DecisionPage
from coach.ui.pages.message import MessagePage
from coach.ui.pages.player import PlayerPage
from coach.ui.pages.rating import RatingPage
from coach.ui.pages.summary import SummaryPage
from coach.ui.pages.wrong import WrongPage
from coach.ui.session.floor_view import FloorView

_PAGES: dict[str, type[SessionPage]] = {
    "check_in": CheckInPage,
    "player": PlayerPage,
    "floor": FloorView,
    "rating": RatingPage,
    "decision": DecisionPage,
    "wrong": WrongPage,
    "message": MessagePage,
    "summary": SummaryPage,
}


def session_page(name: str, desk: Desk) -> SessionPage:
    """Make the page of that name."""
    return _PAGES[name](desk)
