"""Making the pages, each when it is first needed, and where they lead."""

from collections.abc import Callable
from dataclasses import dataclass

from coach.app.library import Entry, LevelRow
from coach.domain.side import Side
from coach.ui.desk import Desk
from coach.ui.page import Page
from coach.ui.pages.today import TodayActions, TodayPage

Way = Callable[[], object]


@dataclass(frozen=True, slots=True, eq=False)
class Ways:
    """What the pages ask the window for.

    demonstrate: shows an exercise at a level on a leg. hide_header: whether the strip at the top
    is hidden. played: opens the session of that id. setting_changed: the setting of that name.
    check: opens the check from the floor; checked: it is over.
    """

    today: TodayActions
    welcomed: Way
    stop_signs: Way
    library: Way
    demonstrate: Callable[[Entry, LevelRow, Side], object]
    hide_header: Callable[[bool], object]
    history: Way
    played: Callable[[str], object]
    export: Way
    setting_changed: Callable[[str], object]
    check: Way
    checked: Way
    close_over: Way
    stop_early: Way
    leave_session: Way


def made_page(name: str, desk: Desk, ways: Ways) -> Page:
    """A page by its name. Raises KeyError for one there is not."""
    match name:
        case "today":
            return TodayPage(desk, ways.today)
        case "welcome":
            from coach.ui.pages.welcome import WelcomePage

            return WelcomePage(desk, ways.welcomed, ways.stop_signs)
        case "library":
            from coach.ui.pages.library import LibraryPage

            return LibraryPage(desk, ways.demonstrate)
        case "demonstrate":
            from coach.ui.pages.demonstrate import DemonstratePage

            return DemonstratePage(desk, ways.library, ways.hide_header)
        case "history":
            from coach.ui.pages.history import HistoryPage

            return HistoryPage(desk, ways.played, ways.export)
        case "played":
            from coach.ui.pages.played_session import PlayedSessionPage

            return PlayedSessionPage(desk, ways.history)
        case "export":
            from coach.ui.pages.export import ExportPage

            return ExportPage(desk, ways.history)
        case "settings":
            from coach.ui.pages.settings import SettingsPage

            page = SettingsPage(desk)
            page.changed.connect(ways.setting_changed)
            page.check_wanted.connect(ways.check)
            return page
        case "hear_and_see":
            from coach.ui.pages.hear_and_see import HearAndSeePage

            check = HearAndSeePage(desk, ways.checked)
            check.changed.connect(ways.setting_changed)
            return check
        case "stop_signs":
            from coach.ui.pages.stop_signs import StopSignsPage

            return StopSignsPage(desk, ways.close_over)
        case "leave":
            from coach.ui.pages.leave import LeavePage

            return LeavePage(desk, ways.close_over, ways.stop_early, ways.leave_session)
        case _:
            from coach.ui.session.session_pages import session_page

            return session_page(name, desk)
