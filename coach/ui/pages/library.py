"""The library: every exercise moving, and everything there is to say about it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from coach.app.library import (
    Entry,
    Lead,
    LevelRow,
    Mistake,
    found,
    moment,
    shown_wrong,
    wrong_stage,
)
from coach.body.nerve_pose import shows_nerve
from coach.domain.dose import Dose
from coach.domain.exercise import Posture
from coach.domain.side import Side
from coach.ui.desk import Desk
from coach.ui.figure.view import FigureView
from coach.ui.page import Page
from coach.ui.parts import (
    FlowLayout,
    Scroll,
    Toggle,
    button,
    column,
    empty,
    frame,
    label,
    row,
    scrolled,
    set_text,
)
from coach.ui.session.gauges import Gauges
from coach.ui.settings.figure_choice import NerveToggle, dress, figure_words
from coach.ui.text_field import TextField
from coach.ui.tokens import Space

FRAME_MS = 33
"""Between two pictures of the figure."""

Demonstrate = Callable[[Entry, LevelRow, Side], object]
"""Shows an exercise at a level to somebody, worked on a side."""

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
"""Keys that choose another exercise of the list."""

_LIST_WIDTH, _FIGURE_HEIGHT = 290, 340
"""Pixels at 100 % text."""


class LibraryPage(Page):
    """A list to search on the left, one exercise on the right."""

    def __init__(self, desk: Desk, demonstrate: Demonstrate) -> None:
        super().__init__(desk)
        self._entries = desk.coach.library()
        self._posture: Posture | None = None
        self._buttons: dict[str, QPushButton] = {}
        self._headline = label(desk.say("ui.library.title"), "headline")
        self.search = TextField()
        self.search.setPlaceholderText(desk.say("ui.library.search"))
        self.search.setAccessibleName(desk.say("ui.library.search"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda _text: self._show_list())
        self.filters: dict[Posture | None, QPushButton] = {}
        chips = FlowLayout(spacing=Space.SMALL)
        for posture in (None, *Posture):
            name = desk.say(f"ui.library.{posture}" if posture else "ui.library.all")
            made = button(name, partial(self.choose_posture, posture), "quiet")
            made.setCheckable(True)
            self.filters[posture] = made
            chips.addWidget(made)
        self._list = column(spacing=Space.HAIR)
        self._none = label(desk.say("ui.library.none"), "soft")
        listed = column(spacing=Space.SNUG)
        listed.addLayout(self._list)
        listed.addWidget(self._none)
        listed.addStretch(1)
        left = column(spacing=Space.SNUG)
        left.addWidget(self._headline)
        left.addWidget(self.search)
        left.addLayout(chips)
        inner = QWidget()
        inner.setLayout(listed)
        self._list_area: QScrollArea = scrolled(inner)
        left.addWidget(self._list_area, 1)
        aside = QWidget()
        aside.setLayout(left)
        aside.setFixedWidth(round(_LIST_WIDTH * desk.scale))
        self.detail = ExerciseDetail(desk, self.open_exercise, demonstrate)
        across = row(margin=Space.WIDE, spacing=Space.WIDE)
        across.addWidget(aside)
        across.addWidget(self.detail, 1)
        self.setLayout(across)
        self.choose_posture(None)
        self.open_exercise(self._entries[0].exercise.id)

    @property
    def title(self) -> str:
        """The headline."""
        return self._headline.text()

    @property
    def listed(self) -> tuple[str, ...]:
        """Ids of the exercises in the list, in order."""
        return tuple(self._buttons)

    def choose_posture(self, posture: Posture | None) -> None:
        """List the exercises done in a posture; None for all."""
        self._posture = posture
        for one, made in self.filters.items():
            made.setChecked(one is posture)
        self._show_list()

    def open_exercise(self, exercise_id: str) -> None:
        """Show an exercise on the right; a link to it there hands its focus to the list."""
        listed = self._buttons.get(exercise_id)
        focused = QApplication.focusWidget()
        if listed is not None and focused is not None and self.detail.isAncestorOf(focused):
            listed.setFocus()
            self._list_area.ensureWidgetVisible(listed)
        entry = next(one for one in self._entries if one.exercise.id == exercise_id)
        self.detail.show_entry(entry, {one.exercise.id: one.name for one in self._entries})
        self._mark()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the list the arrows choose the next exercise, and stop at its ends."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None:
                self._choose_next(watched, step)
                return True
        return super().eventFilter(watched, event)

    def _choose_next(self, here: QObject, step: int) -> None:
        listed = list(self._buttons.items())
        at = next(n for n, (_, made) in enumerate(listed) if made is here) + step
        if 0 <= at < len(listed):
            exercise_id, made = listed[at]
            made.setFocus()
            self._list_area.ensureWidgetVisible(made)
            self.open_exercise(exercise_id)

    def _show_list(self) -> None:
        empty(self._list)
        self._buttons.clear()
        shown = found(self._entries, self.search.text(), self._posture)
        kind = ""
        for entry in shown:
            if entry.kind != kind:
                kind = entry.kind
                self._list.addWidget(label(kind, "caption"))
            made = button(entry.name, partial(self.open_exercise, entry.exercise.id), "row")
            made.setCheckable(True)
            made.installEventFilter(self)
            self._buttons[entry.exercise.id] = made
            self._list.addWidget(made)
        self._none.setVisible(not shown)
        self._mark()

    def _mark(self) -> None:
        for one, made in self._buttons.items():
            made.setChecked(one == self.detail.exercise_id)


class ExerciseDetail(QWidget):
    """One exercise: the figure over and over, gauges, levels, words."""

    def __init__(self, desk: Desk, opened: Callable[[str], None], demonstrate: Demonstrate) -> None:
        super().__init__()
        self._desk = desk
        self._open = opened
        self._demonstrate = demonstrate
        self._entry: Entry | None = None
        self._dose: Dose | None = None
        self._level: LevelRow | None = None
        self._wrong: Mistake | None = None
        self._watch = QElapsedTimer()
        self._timer = QTimer(self, interval=FRAME_MS)
        self._timer.timeout.connect(self._tick)
        self.name = label("", "headline")
        self._about = label("", "soft")
        self.figure = FigureView(words=figure_words(desk))
        desk.wardrobe.changed.connect(self.figure.set_theme)
        self.figure.setFixedHeight(round(_FIGURE_HEIGHT * min(desk.scale, 1.2)))
        self.gauges = Gauges(desk)
        self._shown = label("", "lead", tone="accent")
        self.nerve = NerveToggle(desk, desk.say("ui.library.nerve"))
        self.nerve.toggled.connect(self.figure.set_nerve)
        self.figure.set_nerve(self.nerve.isChecked())
        self.other_side = Toggle(desk.say("ui.library.left"))
        self.other_side.toggled.connect(lambda _on: self._show_figure())
        self.levels = FlowLayout(spacing=Space.SMALL)
        self._words = column(spacing=Space.SNUG)
        controls = FlowLayout(spacing=Space.SMALL)
        controls.addWidget(self.nerve)
        controls.addWidget(self.other_side)
        self.demonstrate = button(desk.say("ui.demonstrate.open"), self._show_to_somebody)
        controls.addWidget(self.demonstrate)
        content = column(spacing=Space.BASE)
        content.addWidget(self.name)
        content.addWidget(self._about)
        content.addWidget(self.figure)
        content.addWidget(self._shown)
        content.addWidget(self.gauges)
        content.addLayout(controls)
        content.addLayout(self.levels)
        content.addLayout(self._words)
        content.addStretch(1)
        layout = column()
        self._scroll = Scroll(content, widest=860, scale=lambda: desk.scale)
        layout.addWidget(self._scroll)
        self.setLayout(layout)

    @property
    def exercise_id(self) -> str:
        """The exercise shown, "" before there is one."""
        return self._entry.exercise.id if self._entry else ""

    @property
    def shown_words(self) -> str:
        """What the figure shows: a level, or a mistake."""
        return self._shown.text()

    def show_entry(self, entry: Entry, names: dict[str, str]) -> None:
        """Show an exercise at its first level, from its beginning."""
        self._entry, self._wrong = entry, None
        set_text(self.name, entry.name)
        set_text(self._about, f"{entry.kind}  ·  {entry.posture}")
        empty(self.levels)
        for level in entry.levels:
            text = f"{self._desk.say(f'ui.level.{level.name}')}  ·  {level.text}"
            made = button(text, partial(self.show_level, level), "quiet")
            made.setCheckable(True)
            made.setProperty("level", str(level.name))
            self.levels.addWidget(made)
        self._show_words(entry, names)
        self.other_side.setVisible(entry.exercise.sided)
        self.nerve.setVisible(shows_nerve(entry.exercise))
        self.show_level(entry.levels[0])
        self._scroll.verticalScrollBar().setValue(0)

    def _show_to_somebody(self) -> None:
        if self._entry is not None and self._level is not None:
            self._demonstrate(self._entry, self._level, self._side)

    @property
    def _side(self) -> Side:
        return Side.LEFT if self.other_side.isChecked() else Side.RIGHT

    def show_level(self, level: LevelRow) -> None:
        """Show the right movement at a level."""
        self._level, self._wrong = level, None
        self._show_figure()

    def show_mistake(self, mistake: Mistake) -> None:
        """Show the movement with a mistake in it; once more shows it right."""
        self._wrong = None if self._wrong is mistake else mistake
        self._show_figure()

    def _show_figure(self) -> None:
        entry, level = self._entry, self._level
        if entry is None or level is None:
            return
        dose, stage = level.dose, None
        said = self._desk.say("ui.library.right", level=level.name)
        if self._wrong is not None and self._wrong.wrong is not None:
            stage = wrong_stage(entry.exercise, dose, self._wrong.wrong)
            dose = shown_wrong(dose, self._wrong.wrong)
            said = self._desk.say("ui.library.wrong", mistake=self._wrong.text)
        set_text(self._shown, said)
        theme = self._desk.theme
        self.figure.show_exercise(entry.exercise, dose, self._side, theme, stage=stage)
        self._dose = dose
        for place in range(self.levels.count()):
            item = self.levels.itemAt(place)
            made = item.widget() if item else None
            if isinstance(made, QPushButton):
                made.setChecked(self._wrong is None and made.property("level") == str(level.name))
        self._watch.restart()
        self._show_moment(0.0)

    def _tick(self) -> None:
        self._show_moment(self._watch.elapsed() / 1000)

    def _show_moment(self, seconds: float) -> None:
        if self._entry is None or self._dose is None:
            return
        self.figure.set_moment(*moment(self._entry.exercise, self._dose, seconds), seconds)
        self.gauges.show_nerve(self.figure.nerve)

    def _show_words(self, entry: Entry, names: dict[str, str]) -> None:
        empty(self._words)
        say = self._desk.say
        self._section("do", label(entry.setup), label(entry.do))
        self._section("feel", label(entry.feel))
        if entry.mistakes:
            self._section("mistakes", *(self._mistake(one) for one in entry.mistakes))
        for way, leads in (("easier", entry.easier), ("harder", entry.harder)):
            if leads:
                self._section(way, self._links(leads, names))
        if entry.barred:
            self._section("barred", *(label(one) for one in entry.barred))
        own = label(say("ui.library.own_doses"), "caption")
        self._section("sources", *(label(one) for one in entry.sources), own, folded=True)

    def _section(self, name: str, *lines: QWidget, folded: bool = False) -> None:
        inside = column(margin=Space.WIDE, spacing=Space.SMALL)
        heading = self._desk.say(f"ui.library.{name}")
        body = QWidget()
        body_layout: QVBoxLayout = column(spacing=Space.SMALL)
        for one in lines:
            body_layout.addWidget(one)
        body.setLayout(body_layout)
        if folded:
            fold = Toggle(heading)
            fold.toggled.connect(body.setVisible)
            body.hide()
            inside.addWidget(fold)
        else:
            inside.addWidget(label(heading, "title"))
        inside.addWidget(body)
        card = frame("card", inside)
        card.setObjectName(name)
        self._words.addWidget(card)

    def _mistake(self, mistake: Mistake) -> QWidget:
        line = QWidget()
        across = row()
        words: QLabel = label(mistake.text)
        across.addWidget(words, 1)
        if mistake.wrong is not None:
            shown = button(
                self._desk.say("ui.library.show"),
                lambda: self.show_mistake(mistake),
                "quiet",
                name=self._desk.say("ui.library.show_named", mistake=mistake.text),
            )
            across.addWidget(shown)
        line.setLayout(across)
        return line

    def _links(self, leads: tuple[Lead, ...], names: dict[str, str]) -> QWidget:
        line = QWidget()
        flow = FlowLayout(spacing=Space.SMALL)
        for one in leads:
            name = names[one.exercise]
            text = self._desk.say("ui.library.lead", exercise=name, level=one.level)
            flow.addWidget(button(text, partial(self._open, one.exercise), "quiet"))
        line.setLayout(flow)
        return line

    def showEvent(self, event: QShowEvent) -> None:
        """The figure moves only while it is seen."""
        super().showEvent(event)
        dress(self.figure, self._desk.coach.settings)
        self.nerve.follow_settings()
        self._watch.restart()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """And stands still otherwise."""
        super().hideEvent(event)
        self._timer.stop()
