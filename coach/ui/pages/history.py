"""The history: trend, places, calendar, levels and sessions, as much of it as is wanted."""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from coach.app.history.chart import Chart
from coach.app.history.history import History, Per, Period, SessionRow, Shown
from coach.domain.side import Side
from coach.store.errors import KnownError
from coach.ui.charts.view import ChartCard
from coach.ui.day_field import day_in
from coach.ui.desk import Desk
from coach.ui.keys import Asked
from coach.ui.list_field import ListField
from coach.ui.page import Page
from coach.ui.parts import (
    FlowLayout,
    PushButton,
    Scroll,
    Switch,
    Toggle,
    button,
    column,
    empty,
    frame,
    label,
    row,
    set_text,
)
from coach.ui.person_choice import PersonChoice
from coach.ui.text_field import TextField
from coach.ui.tokens import Space

_WIDEST, _SHARE = 1200, 0.75
_FIELD_WIDTH = 150
"""Pixels at 100 % text."""


class Tab(StrEnum):
    """What of the history is in front."""

    TREND = "trend"
    PLACES = "places"
    DAYS = "days"
    LEVELS = "levels"
    SESSIONS = "sessions"


class RowButton(PushButton):
    """A button as tall as the words laid out in it."""

    def __init__(self, name: str, pressed: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("role", "row")
        self.setAutoDefault(False)
        self.setAccessibleName(name)
        self.clicked.connect(lambda _on: pressed())
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Its words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As its words need."""
        inside = self.layout()
        return super().heightForWidth(width) if inside is None else inside.heightForWidth(width)

    def sizeHint(self) -> QSize:
        """As its words need."""
        inside = self.layout()
        return super().sizeHint() if inside is None else inside.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """As its words need."""
        inside = self.layout()
        return super().minimumSizeHint() if inside is None else inside.minimumSize()


class SessionList(QWidget):
    """Sessions newest first; older ones are fetched when asked for."""

    def __init__(self, desk: Desk, opened: Callable[[str], object]) -> None:
        super().__init__()
        self._desk = desk
        self._open = opened
        self._last: SessionRow | None = None
        self._fetch: Callable[[SessionRow | None], object] = lambda _after: None
        self.buttons: list[RowButton] = []
        self._rows: QVBoxLayout = column(spacing=Space.HAIR)
        self._none = label(desk.say("ui.history.nothing"), "soft")
        self.more = button(desk.say("ui.history.more"), lambda: self._fetch(self._last))
        inside = column(margin=Space.WIDE, spacing=Space.SNUG)
        inside.addWidget(label(desk.say("ui.history.sessions.title"), "title"))
        inside.addLayout(self._rows)
        inside.addWidget(self._none)
        inside.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        layout = column()
        layout.addWidget(frame("card", inside))
        self.setLayout(layout)

    def start(self, fetch: Callable[[SessionRow | None], object]) -> None:
        """List anew; ``fetch`` brings what is older than a row."""
        empty(self._rows)
        self.buttons.clear()
        self._last, self._fetch = None, fetch
        fetch(None)

    def add(self, rows: tuple[SessionRow, ...], *, more: bool) -> None:
        """Add rows below those listed."""
        for one in rows:
            self._rows.addWidget(self._row(one))
            self._last = one
        self._none.setVisible(not self.buttons)
        self.more.setVisible(more)

    def _row(self, one: SessionRow) -> RowButton:
        named = self._desk.say("ui.history.open_named", day=one.when)
        said = ". ".join(text for text in (named, one.outcome, one.rated, one.note) if text)
        made = RowButton(said, partial(self._open, one.id))
        left, right = column(spacing=Space.HAIR), column(spacing=Space.HAIR)
        left.addWidget(label(one.when))
        left.addWidget(label(one.facts, "caption"))
        right.addWidget(label(one.rated))
        note = f"{one.outcome}  ·  {one.note}" if one.note else one.outcome
        right.addWidget(label(note, "caption"))
        across = row(margin=Space.SNUG, spacing=Space.BASE)
        across.addLayout(left, 1)
        across.addLayout(right, 1)
        made.setLayout(across)
        self.buttons.append(made)
        return made


class HistoryPage(Page):
    """Filters above, one part of the history below."""

    scrolls = True

    def __init__(
        self, desk: Desk, opened: Callable[[str], object], export: Callable[[], object]
    ) -> None:
        super().__init__(desk)
        self._history: History = desk.coach.history()
        self.tab = Tab.TREND
        self.period: Period | None = Period.WEEKS_12
        self._entered = False
        self.per = Per.SESSION
        self._headline = label(desk.say("ui.history.title"), "headline")
        self._told = label("", "soft")
        self.person = PersonChoice(desk)
        self.person.changed.connect(self._show_person)
        self.trouble = label("", tone="warn")
        self.trouble.hide()
        self.periods: dict[Period | None, QPushButton] = {}
        self.tabs: dict[Tab, QPushButton] = {}
        self.pers: dict[Per, QPushButton] = {}
        self.since, self.until = self._day_edit("since"), self._day_edit("until")
        self.own_dates = self._own_dates()
        self.leg = self._combo("leg")
        self.exercise = self._combo("exercise")
        self.card = ChartCard(desk)
        self._pers_row = QWidget()
        self._pers_row.setLayout(self._per_chips())
        self.card.extra.addWidget(self._pers_row)
        self.sessions = SessionList(desk, opened)
        self._switch = Switch()
        self._switch.add(self.card)
        self._switch.add(self.sessions)
        self.export_button = button(desk.say("ui.history.export"), export)
        head = row(spacing=Space.BASE)
        head.addWidget(self._headline, 1)
        head.addWidget(self.export_button)
        content = column(spacing=Space.SNUG)
        content.addLayout(head)
        content.addWidget(self.person)
        content.addWidget(self._told)
        self._all = QWidget()
        inside = column(spacing=Space.SNUG)
        inside.addWidget(self._filters())
        inside.addLayout(self._tab_chips())
        inside.addWidget(self.trouble)
        inside.addWidget(self._switch)
        self._all.setLayout(inside)
        content.addWidget(self._all)
        content.addStretch(1)
        whole = column()
        whole.addWidget(Scroll(content, widest=_WIDEST, share=_SHARE, scale=lambda: desk.scale))
        self.setLayout(whole)

    @property
    def title(self) -> str:
        """The headline."""
        return self._headline.text()

    def obey(self, asked: Asked) -> bool:
        """Esc first leaves a name that is being written."""
        return self.person.obey(asked) or super().obey(asked)

    def enter(self) -> None:
        """Read what there is now; the first time, a period in which there is something."""
        try:
            self.person.show_now()
            self._history = self._desk.coach.history()
            first = self._history.first_day
            exercises = self._history.exercises()
            if not self._entered:
                self.period, self._entered = self._history.fitting_period(), True
        except KnownError as error:
            self._tell(str(error))
            return
        self._all.setVisible(first is not None)
        self.export_button.setVisible(first is not None)
        set_text(self._told, "" if first is not None else self._desk.say("ui.history.empty"))
        self._told.setVisible(first is None)
        self._fill_exercises(exercises)
        self.show_now()

    # Choosing

    def _show_person(self) -> None:
        """Somebody else has other periods, legs and exercises."""
        self._entered = False
        self.leg.setCurrentIndex(0)
        self.exercise.setCurrentIndex(0)
        self.enter()

    def choose_period(self, period: Period | None) -> None:
        """Show a period that ends today; None for the two dates that are entered."""
        if period is None and self.period is not None:
            since, until = self._history.period(self.period)
            self.since.setText(since.isoformat())
            self.until.setText(until.isoformat())
        self.period = period
        self.show_now()

    def choose_tab(self, tab: Tab) -> None:
        """Bring another part of the history to the front."""
        self.tab = tab
        self.show_now()

    def choose_per(self, per: Per) -> None:
        """Whether the trend is about sets, sessions or mornings."""
        self.per = per
        self.show_now()

    @property
    def shown(self) -> Shown | None:
        """Which part is wanted, None while the dates entered are none."""
        period = self._dates()
        if period is None:
            return None
        side, exercise = self.leg.currentData(), self.exercise.currentData()
        return Shown(*period, Side(side) if side else None, exercise or None)

    def _dates(self) -> tuple[date, date] | None:
        if self.period is not None:
            return self._history.period(self.period)
        since, until = day_in(self.since.text()), day_in(self.until.text())
        if since is None or until is None or since > until:
            return None
        return since, until

    # Showing

    def show_now(self) -> None:
        """Show what is chosen."""
        for period, chip in self.periods.items():
            chip.setChecked(period is self.period)
        for tab, chip in self.tabs.items():
            chip.setChecked(tab is self.tab)
        for per, chip in self.pers.items():
            chip.setChecked(per is self.per)
        self.own_dates.setVisible(self.period is None)
        self._pers_row.setVisible(self.tab is Tab.TREND)
        shown = self.shown
        if shown is None:
            example = self._history.today.isoformat()
            self._tell(self._desk.say("ui.history.bad_day", example=example))
            return
        self.trouble.hide()
        self._switch.show()
        try:
            self._show(shown)
        except KnownError as error:
            self._tell(str(error))

    def _show(self, shown: Shown) -> None:
        if self.tab is Tab.SESSIONS:
            self.sessions.start(partial(self._older, shown))
            self._switch.show_only(self.sessions)
            return
        self.card.show_chart(self._chart(shown))
        self._switch.show_only(self.card)

    def _chart(self, shown: Shown) -> Chart:
        match self.tab:
            case Tab.PLACES:
                return self._history.places(shown)
            case Tab.DAYS:
                return self._history.calendar(shown)
            case Tab.LEVELS:
                return self._history.levels(shown)
            case _:
                return self._history.trend(shown, self.per)

    def _older(self, shown: Shown, after: SessionRow | None) -> None:
        found = self._history.sessions(shown, after)
        self.sessions.add(found.rows, more=found.more)

    def _tell(self, trouble: str) -> None:
        """Say what is wrong instead of showing what no longer belongs to the choice."""
        set_text(self.trouble, trouble)
        self.trouble.show()
        self._switch.hide()

    # Parts

    def _chip(self, text: str, pressed: Callable[[], object]) -> QPushButton:
        made = button(text, pressed, "quiet")
        made.setCheckable(True)
        return made

    def _filters(self) -> QWidget:
        say = self._desk.say
        chips = FlowLayout(spacing=Space.HAIR)
        for period in (*Period, None):
            name = say(f"ui.history.period_{period or 'own'}")
            self.periods[period] = self._chip(name, partial(self.choose_period, period))
            chips.addWidget(self.periods[period])
        fields = row(spacing=Space.SMALL)
        for name, field in (("leg", self.leg), ("exercise", self.exercise)):
            fields.addSpacing(Space.SNUG)
            fields.addWidget(label(say(f"ui.history.{name}"), "soft", wrap=False))
            fields.addWidget(field)
        held = QWidget()
        held.setLayout(fields)
        chips.addWidget(held)
        body = column(spacing=Space.SMALL)
        body.addLayout(chips)
        body.addWidget(self.own_dates)
        choices = QWidget()
        choices.setLayout(body)
        inside = column(margin=Space.SNUG, spacing=Space.SMALL)
        if self._desk.compact:
            fold = Toggle(say("ui.history.choose"))
            fold.toggled.connect(choices.setVisible)
            inside.addWidget(fold, 0, Qt.AlignmentFlag.AlignLeft)
            choices.hide()
        inside.addWidget(choices)
        return frame("card", inside)

    def _day_edit(self, name: str) -> QLineEdit:
        made = TextField()
        made.setMaxLength(len("2025-11-18") + 2)
        made.setFixedWidth(round(_FIELD_WIDTH * self._desk.scale))
        made.setAccessibleName(self._desk.say(f"ui.history.{name}"))
        made.editingFinished.connect(self.show_now)
        return made

    def _own_dates(self) -> QWidget:
        grid = QGridLayout()
        grid.setContentsMargins(Space.SNUG, 0, 0, 0)
        grid.setHorizontalSpacing(Space.SMALL)
        for n, (name, field) in enumerate((("since", self.since), ("until", self.until))):
            grid.addWidget(
                label(self._desk.say(f"ui.history.{name}"), "soft", wrap=False), 0, 2 * n
            )
            grid.addWidget(field, 0, 2 * n + 1)
        grid.setColumnStretch(4, 1)
        made = QWidget()
        made.setLayout(grid)
        return made

    def _combo(self, name: str) -> ListField:
        made = ListField()
        made.setAccessibleName(self._desk.say(f"ui.history.{name}"))
        if name == "leg":
            made.addItem(self._desk.say("ui.history.both_legs"), "")
            for side in Side:
                made.addItem(self._desk.say(f"ui.side.{side}"), side.value)
        made.setSizeAdjustPolicy(ListField.SizeAdjustPolicy.AdjustToContents)
        made.activated.connect(lambda _n: self.show_now())
        return made

    def _fill_exercises(self, exercises: tuple[tuple[str, str], ...]) -> None:
        chosen = self.exercise.currentData()
        self.exercise.clear()
        self.exercise.addItem(self._desk.say("ui.history.every_exercise"), "")
        for exercise, name in exercises:
            self.exercise.addItem(name, exercise)
        self.exercise.setCurrentIndex(max(self.exercise.findData(chosen or ""), 0))

    def _tab_chips(self) -> FlowLayout:
        chips = FlowLayout(spacing=Space.HAIR)
        for tab in Tab:
            name = self._desk.say(f"ui.history.tab_{tab}")
            self.tabs[tab] = self._chip(name, partial(self.choose_tab, tab))
            chips.addWidget(self.tabs[tab])
        return chips

    def _per_chips(self) -> FlowLayout:
        chips = FlowLayout(spacing=Space.HAIR)
        chips.addWidget(label(self._desk.say("ui.history.per"), "soft", wrap=False))
        for per in Per:
            name = self._desk.say(f"ui.history.per_{per}")
            self.pers[per] = self._chip(name, partial(self.choose_per, per))
            chips.addWidget(self.pers[per])
        return chips
