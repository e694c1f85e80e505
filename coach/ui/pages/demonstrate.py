"""Demonstrating a movement to somebody: nothing of it is recorded."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QHideEvent, QResizeEvent, QScreen, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coach.app.demonstration import Exhibit, ease_names
from coach.app.library import Entry, LevelRow
from coach.domain.side import Side
from coach.ui.demonstration.joints import JointChooser
from coach.ui.demonstration.pictures import Subject
from coach.ui.demonstration.saving import Choose, Saving, Scene, chosen_file
from coach.ui.demonstration.second_screen import SecondScreen, other_screen
from coach.ui.demonstration.show import Show
from coach.ui.demonstration.transport import Transport
from coach.ui.desk import Desk
from coach.ui.full_screen import fill_screen
from coach.ui.keys import Asked, Command
from coach.ui.page import Page
from coach.ui.parts import (
    FlowLayout,
    Scroll,
    Toggle,
    button,
    column,
    empty,
    forget_focus,
    label,
    row,
    set_text,
)
from coach.ui.settings.figure_choice import NerveToggle, figure_words
from coach.ui.tokens import Space, Theme

FRAME_MS = 33
"""Between two pictures of the figure."""

_ASIDE = 292
"""Pixels of the controls beside the figure at 100 % text."""

_NARROW = 1000
"""Pixels of width at 100 % text below which two figures need all of it."""

_TURN = 2.0
"""Degrees a key turns the chosen joint by."""

_CENTRE = Qt.AlignmentFlag.AlignCenter
_STEPS = {Command.NEXT: 1, Command.PREVIOUS: -1}
_TURNS = {Command.LARGER: _TURN, Command.SMALLER: -_TURN}


class DemonstratePage(Page):
    """The show, its controls beside and below it, and a way to a larger picture of it."""

    wants = frozenset({Command.GO, Command.FLOOR, Command.PAUSE, *_STEPS, *_TURNS})
    repeats = frozenset({*_STEPS, *_TURNS})

    def __init__(
        self,
        desk: Desk,
        back: Callable[[], object],
        hide_header: Callable[[bool], object],
        choose: Choose = chosen_file,
    ) -> None:
        super().__init__(desk)
        self._back = back
        self._hide_header = hide_header
        self._entries = desk.coach.library()
        self._entry = self._entries[0]
        self._level = self._entry.levels[0]
        self._watch = QElapsedTimer()
        self._timer = QTimer(self, interval=FRAME_MS)
        self._timer.timeout.connect(self._tick)
        self._second: SecondScreen | None = None
        say = desk.say
        self._name = label("", "title", wrap=False)
        self.show_area = Show(desk, self._entries)
        self.show_area.changed.connect(self._follow)
        self.transport = Transport(desk)
        self.transport.toggled.connect(self._toggle)
        self.transport.scrubbed.connect(self._scrub)
        self.transport.stepped.connect(self._step)
        self.transport.sped.connect(self._speed)
        self.exhibits = {
            one: self._tab(say(f"ui.demonstrate.{one}"), partial(self.show_exhibit, one))
            for one in Exhibit
        }
        self.eases = {
            one: self._tab(say(f"ui.demonstrate.ease_{one}"), partial(self.show_ease, one), "row")
            for one in ease_names(desk.coach.demonstrations().eases)
        }
        self.joints = JointChooser(desk, self.show_area.choose)
        self.again = button(say("ui.demonstrate.again"), self._toggle, "quiet")
        self.nerve = NerveToggle(desk, say("ui.demonstrate.nerve"))
        self.angles = Toggle(say("ui.demonstrate.angles"))
        self.left = Toggle(say("ui.demonstrate.left"))
        self.saving = Saving(desk, self._scene, choose)
        self.slide = Toggle(say("ui.picture.title"))
        self.slide.toggled.connect(self.saving.setVisible)
        self.saving.hide()
        self.full = button("", self.toggle_full_screen)
        self.second = button(say("ui.demonstrate.second_screen"), self.toggle_second_screen)
        self._levels = FlowLayout(spacing=Space.HAIR)
        self._lay_out()
        self.angles.setChecked(True)
        for toggle in (self.nerve, self.angles):
            toggle.toggled.connect(lambda _on: self._set_options())
        self.left.toggled.connect(self._mirror)
        desk.wardrobe.changed.connect(self._dressed_anew)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.screenAdded.connect(self._screens_changed)
            app.screenRemoved.connect(self._screens_changed)
        self.show_entry(self._entry, self._level, Side.RIGHT)

    def _lay_out(self) -> None:
        say, scale = self._desk.say, self._desk.scale
        self._around = column(spacing=Space.SNUG)
        top = row(spacing=Space.SMALL)
        top.addWidget(button(say("ui.demonstrate.back"), self._back, "quiet"))
        top.addWidget(self._name, 1)
        top.addWidget(self.second)
        top.addWidget(self.full)
        tabs = FlowLayout(spacing=Space.SMALL)
        for made in self.exhibits.values():
            tabs.addWidget(made)
        self._middle: QHBoxLayout = row(spacing=Space.WIDE)
        self._lent = label(say("ui.demonstrate.on_second_screen"), "lead", align=_CENTRE)
        self._lent.hide()
        self._middle.addWidget(self.show_area, 1)
        self._middle.addWidget(self._lent, 1)
        self._aside = Scroll(self._controls(), widest=_ASIDE, scale=lambda: scale, edge=0)
        self._aside.setFixedWidth(round(_ASIDE * min(scale, 1.35)))
        self._middle.addWidget(self._aside)
        self._around.addLayout(top)
        self._around.addLayout(tabs)
        self._around.addLayout(self._middle, 1)
        self._around.addWidget(self.transport)
        self.setLayout(self._around)

    def _controls(self) -> QVBoxLayout:
        """What belongs to one exhibit is shown with it; switches are for all."""
        controls = column(spacing=Space.BASE)
        eases = column(spacing=Space.HAIR)
        for made in self.eases.values():
            eases.addWidget(made)
        self._ease_choice, self._level_choice = QWidget(), QWidget()
        self._ease_choice.setLayout(eases)
        self._level_choice.setLayout(self._levels)
        switches = FlowLayout(spacing=Space.SMALL)
        for toggle in (self.nerve, self.angles, self.left):
            switches.addWidget(toggle)
        for widget in (self._level_choice, self._ease_choice):
            controls.addWidget(widget)
        controls.addLayout(switches)
        for widget in (self.joints, self.again, self.slide, self.saving):
            controls.addWidget(widget)
        controls.addStretch(1)
        controls.addWidget(label(self._desk.say("ui.demonstrate.not_recorded"), "caption"))
        return controls

    def _tab(self, text: str, pressed: Callable[[], object], role: str = "quiet") -> QPushButton:
        made = button(text, pressed, role)
        made.setCheckable(True)
        return made

    @property
    def title(self) -> str:
        """The exercise."""
        return self._entry.name

    # What is shown --------------------------------------------------------------------------------

    def show_entry(self, entry: Entry, level: LevelRow, side: Side) -> None:
        """Demonstrate an exercise at a level, from its start."""
        self._entry = entry
        empty(self._levels)
        for one in entry.levels:
            made = self._tab(one.name, partial(self.show_level, one))
            made.setAccessibleName(self._desk.say(f"ui.level.{one.name}"))
            made.setProperty("level", str(one.name))
            self._levels.addWidget(made)
        self.left.setVisible(entry.exercise.sided)
        self.left.blockSignals(True)
        self.left.setChecked(side is Side.LEFT)
        self.left.blockSignals(False)
        self.show_exhibit(Exhibit.MOVEMENT)
        self.show_level(level)

    def show_level(self, level: LevelRow) -> None:
        """Show the exercise at a level."""
        self._level = level
        side = Side.LEFT if self.left.isChecked() else Side.RIGHT
        self.show_area.begin(self._entry.exercise, level.dose, side)
        self._follow()

    def show_exhibit(self, exhibit: Exhibit) -> None:
        """Show the movement, the eases, or slider and tensioner."""
        self.show_area.set_exhibit(exhibit)
        self._follow()

    def show_ease(self, name: str) -> None:
        """Show the raised leg or one ease of it."""
        self.show_area.eases.choose(name)
        self._follow()

    def _follow(self) -> None:
        """Bring the controls up to what is shown, and let time run only while it changes that."""
        shown = self.show_area
        for exhibit, made in self.exhibits.items():
            made.setChecked(exhibit is shown.exhibit)
        for name, made in self.eases.items():
            made.setChecked(name == shown.eases.name)
        for place in range(self._levels.count()):
            item = self._levels.itemAt(place)
            one = item.widget() if item else None
            if isinstance(one, QPushButton):
                one.setChecked(one.property("level") == str(self._level.name))
        movement = shown.exhibit is Exhibit.MOVEMENT
        narrow = self.width() < _NARROW * self._desk.scale
        self._aside.setHidden(narrow and shown.exhibit is Exhibit.COMPARISON)
        self._ease_choice.setVisible(shown.exhibit is Exhibit.EASES)
        self._level_choice.setVisible(movement and len(self._entry.levels) > 1)
        self.transport.setVisible(shown.exhibit is not Exhibit.EASES)
        self.transport.show_playback(shown.playback)
        joints = shown.joints
        self.joints.show_joints(joints, shown.movement.figure.pose, shown.joint)
        self.again.setVisible(shown.bent is not None)
        self.slide.setVisible(movement)
        self.saving.setVisible(movement and self.slide.isChecked())
        set_text(self._name, self._entry.name if movement else "")
        set_text(self.full, self._full_text())
        top = Space.WIDE if self.window().isFullScreen() else Space.HAIR
        self._around.setContentsMargins(Space.WIDE, top, Space.WIDE, Space.WIDE)
        if shown.isVisible() and shown.moving and not self._timer.isActive():
            self._watch.restart()
            self._timer.start()

    def _tick(self) -> None:
        self.show_area.pass_time(self._watch.restart() / 1000)
        self.transport.show_playback(self.show_area.playback)
        self.joints.show_pose(self.show_area.movement.figure.pose)
        if not self.show_area.moving:
            self._timer.stop()

    # By hand --------------------------------------------------------------------------------------

    def _toggle(self) -> None:
        self.show_area.play(self.show_area.playback.toggled())
        self._follow()

    def _scrub(self, share: float) -> None:
        self.show_area.play(self.show_area.playback.scrubbed(share))
        self._follow()

    def _step(self, steps: int) -> None:
        self.show_area.play(self.show_area.playback.stepped(steps))
        self._follow()

    def _speed(self, speed: float) -> None:
        self.show_area.playback = self.show_area.playback.at_speed(speed)
        self._follow()

    def _dressed_anew(self, _theme: Theme) -> None:
        self.show_area.restage()

    def _mirror(self) -> None:
        self.show_area.set_side(Side.LEFT if self.left.isChecked() else Side.RIGHT)
        self._follow()

    def _set_options(self) -> None:
        now = self.show_area.options
        self.show_area.set_options(
            replace(now, nerve=self.nerve.isChecked(), angles=self.angles.isChecked())
        )

    def _scene(self) -> Scene:
        """What a picture would be of."""
        shown, settings = self.show_area, self._desk.coach.settings
        reel, grip = shown.reel, shown.movement.grip
        if reel is None or grip is None:
            raise RuntimeError("nothing is shown yet")
        say = self._desk.say
        caption = say("ui.picture.caption", exercise=self._entry.name, level=self._level.name)
        if shown.options.nerve and shown.movement.figure.nerve is not None:
            caption = f"{caption}   ·   {say('ui.picture.note')}"
        words = figure_words(self._desk)
        subject = Subject(reel, grip, shown.side, settings, words, caption, shown.options.nerve)
        name = f"{self._entry.exercise.id}-{self._level.name}-{shown.side}"
        return subject, shown.playback.share, shown.bent, name

    def obey(self, asked: Asked) -> bool:
        """Space freezes, arrows step and turn, F11 fills the screen, Esc leads back out."""
        match asked.command:
            case Command.PAUSE if self.show_area.exhibit is not Exhibit.EASES:
                self._toggle()
            case Command.NEXT | Command.PREVIOUS:
                self._step_or_choose(_STEPS[asked.command])
            case Command.LARGER | Command.SMALLER if self.show_area.joint is not None:
                self.show_area.turn(self.show_area.joint, _TURNS[asked.command])
            case Command.FLOOR:
                self.toggle_full_screen()
            case Command.LEAVE if self._second is not None:
                self.toggle_second_screen()
            case Command.LEAVE if self.window().isFullScreen():
                self.toggle_full_screen()
            case Command.LEAVE:
                self._back()
            case Command.GO:
                return self.press_focused()
            case _:
                return False
        return True

    def _step_or_choose(self, steps: int) -> None:
        if self.show_area.exhibit is not Exhibit.EASES:
            self._step(steps)
            return
        names = list(self.eases)
        self.show_ease(names[(names.index(self.show_area.eases.name) + steps) % len(names)])

    # Larger ---------------------------------------------------------------------------------------

    def _full_text(self) -> str:
        key = "leave_full_screen" if self.window().isFullScreen() else "full_screen"
        return self._desk.with_key(f"ui.demonstrate.{key}", Command.FLOOR)

    def toggle_full_screen(self) -> None:
        """Fill the screen, or stop filling it."""
        full = not self.window().isFullScreen()
        fill_screen(self, fill=full)
        self._hide_header(full)
        forget_focus(self)
        self._follow()

    def toggle_second_screen(self) -> None:
        """Lend the show to another screen, or take it back."""
        if self._second is not None:
            self._take_back()
            return
        screen = other_screen(self)
        if screen is None:
            return
        self._second = SecondScreen(self._desk.say("ui.header.name"), self._desk.ask)
        self._second.closed.connect(self._take_back)
        self._second.show_on(screen, self.show_area)
        self._lent.show()
        set_text(self.second, self._desk.say("ui.demonstrate.bring_back"))

    def _take_back(self) -> None:
        second, self._second = self._second, None
        if second is None:
            return
        self._middle.insertWidget(0, self.show_area, 1)
        self.show_area.show()
        self._lent.hide()
        second.hide()
        second.deleteLater()
        set_text(self.second, self._desk.say("ui.demonstrate.second_screen"))

    def _screens_changed(self, _screen: QScreen) -> None:
        there_is = other_screen(self) is not None
        if not there_is:
            self._take_back()
        self.second.setVisible(there_is)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What stands beside the figure depends on the width."""
        super().resizeEvent(event)
        self._follow()

    def showEvent(self, event: QShowEvent) -> None:
        """It moves only while it is seen; opened, it looks as the settings now say."""
        super().showEvent(event)
        if not event.spontaneous():
            self.second.setVisible(other_screen(self) is not None)
            self.nerve.follow_settings()
            self._set_options()
            self.show_area.restage()
        self._follow()

    def hideEvent(self, event: QHideEvent) -> None:
        """Another page is in front: everything comes back to this screen and stands.

        While the window is minimised, pictures are still made and another screen shows on.
        """
        super().hideEvent(event)
        if self._second is None or not event.spontaneous():
            self._timer.stop()
        if not event.spontaneous():
            self.saving.give_up()
            self._take_back()
            fill_screen(self, fill=False)
