"""Can you hear and see me from there? Twenty seconds, tried from the floor with a few keys."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QPushButton, QSizePolicy, QWidget

from coach.app.sound.hear_and_see import CheckView, Question, Step
from coach.app.sound.sound_choices import next_text_size, next_voice, next_volume
from coach.domain.side import Side
from coach.ui.announce import announce
from coach.ui.desk import Desk
from coach.ui.figure.view import FigureView
from coach.ui.keys import Asked, Command
from coach.ui.page import Page
from coach.ui.parts import FlowLayout, Scroll, button, column, frame, label, set_role, set_text
from coach.ui.session.phase_look import look_of, shape_path
from coach.ui.session.ring import fitting
from coach.ui.settings.figure_choice import dress, figure_words
from coach.ui.settings.sound_choice import SoundChoice
from coach.ui.tokens import Radius, Space

#: Between two looks while the figure moves, milliseconds.
_MOVING_MS = 33
_RESULTS = {
    (True, True): "ui.check.done_both",
    (True, False): "ui.check.done_heard",
    (False, True): "ui.check.done_seen",
    (False, False): "ui.check.done_neither",
}


class HearAndSeePage(Page):
    """One question at a time, and only what helps with that question."""

    changed = Signal(str)
    """The name of the setting that has just been kept."""

    wants = frozenset(
        {
            Command.GO,
            Command.PAUSE,
            Command.NEXT,
            Command.PREVIOUS,
            Command.YES,
            Command.NO,
            Command.REPEAT,
            Command.LOUDER,
            Command.SOFTER,
            Command.LARGER,
            Command.SMALLER,
            Command.VOICE,
        }
    )

    def __init__(self, desk: Desk, finished: Callable[[], object]) -> None:
        super().__init__(desk)
        self._finished = finished
        self._check = desk.coach.sound.check
        self._announced = ""
        self._looks: tuple[object, ...] = ()
        self.figure = FigureView(words=figure_words(desk))
        self.words = BigWords(desk)
        self.question = label("", "headline")
        self.came = label("", "lead")
        self.advice = label("", "lead")
        self.yes_button = self._button("yes", Command.YES, "choice")
        self.no_button = self._button("no", Command.NO, "choice")
        self.end_button = button(desk.say("ui.check.end"), finished, "primary")
        self.again_button = self._button("again", Command.REPEAT)
        self.go_on_button = button(desk.say("ui.check.go_on"), self._go_on, "quiet")
        self.skip_button = self._button("skip", Command.LEAVE, "quiet")
        self._volume = label("", "lead", wrap=False)
        self._text = label("", "lead", wrap=False)
        self.voice = SoundChoice(
            desk, desk.coach.sound.voices, lambda chosen: self._keep("voice_id", chosen)
        )
        self.voice.setAccessibleName(desk.say("ui.settings.voice_id"))
        self.device = SoundChoice(
            desk, desk.coach.sound.devices, lambda chosen: self._keep("sound_device", chosen)
        )
        self.device.setAccessibleName(desk.say("ui.settings.sound_device"))
        self._device_name = label(desk.say("ui.settings.sound_device"), wrap=False)
        for field in (self.voice, self.device):
            field.setMinimumContentsLength(18)
            field.leave_keys()
        self.floor = QCheckBox(desk.say("ui.settings.floor_view"))
        self.floor.toggled.connect(lambda on: self._keep("floor_view", on))
        self._heard_row = self._line(
            self._button("softer", Command.SOFTER),
            self._volume,
            self._button("louder", Command.LOUDER),
            self.voice,
            self._button("voice", Command.VOICE),
            self._device_name,
            self.device,
        )
        self._seen_row = self._line(
            self._button("smaller", Command.SMALLER),
            self._text,
            self._button("larger", Command.LARGER),
            self.floor,
        )
        self._choices = [
            self.yes_button,
            self.no_button,
            self.end_button,
            self.again_button,
            self.go_on_button,
            self.skip_button,
        ]
        self._timer = QTimer(self, interval=_MOVING_MS)
        self._timer.timeout.connect(self.pass_time)
        self._lay_out()

    def _button(self, name: str, command: Command, role: str = "") -> QPushButton:
        key = f"ui.check.{name}"
        return button(
            self._desk.with_key(key, command),
            lambda: self._desk.ask(Asked(command)),
            role,
            name=self._desk.say(key),
        )

    def _line(self, *widgets: QWidget) -> QWidget:
        flow = FlowLayout(spacing=Space.SNUG)
        for one in widgets:
            flow.addWidget(one)
        made = QWidget()
        made.setLayout(flow)
        return made

    def _lay_out(self) -> None:
        answers = self._line(*self._choices)
        inside = column(margin=Space.BASE, spacing=Space.SMALL)
        for said in (self.question, self.came, self.advice):
            inside.addWidget(said)
        inside.addWidget(answers)
        inside.addWidget(self._heard_row)
        inside.addWidget(self._seen_row)
        content = column(spacing=Space.SNUG)
        for shown in (self.words, self.figure):  # they take what the words below leave
            shown.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        content.addWidget(self.words, 2)
        content.addWidget(self.figure, 5)
        content.addWidget(frame("card", inside))
        whole = column()
        whole.addWidget(Scroll(content, widest=1280, share=1.0, scale=lambda: self._desk.scale))
        self.setLayout(whole)

    @property
    def title(self) -> str:
        """What is said."""
        return self._check.sentence

    def enter(self) -> None:
        """Begin with what there is to hear."""
        self._looks = ()
        self._announced = ""
        self.floor.setChecked(self._desk.coach.settings.floor_view)
        dress(self.figure, self._desk.coach.settings)
        self._check.begin()
        self.pass_time()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Another page is in front: silence. Minimised, such as for the mixer, it goes on."""
        super().hideEvent(event)
        if not event.spontaneous():
            self._timer.stop()
            self._check.stop()

    def obey(self, asked: Asked) -> bool:
        """Y and N answer; plus and minus, the arrows and V change; R says it again.

        A clicker moves along the buttons. Enter presses one of them and answers nothing by itself.
        """
        settings = self._desk.coach.settings
        match asked.command:
            case Command.LEAVE:
                self._finished()
            case Command.YES | Command.NO if self._check.view().step is not Step.DONE:
                self._check.answer(yes=asked.command is Command.YES)
            case Command.REPEAT:
                self._check.again()
            case Command.NEXT | Command.PREVIOUS:
                self.move_focus(self._choices, 1 if asked.command is Command.NEXT else -1)
            case Command.LOUDER | Command.SOFTER:
                way = 1 if asked.command is Command.LOUDER else -1
                self._keep("voice_volume", next_volume(settings.voice_volume, way))
            case Command.LARGER | Command.SMALLER:
                way = 1 if asked.command is Command.LARGER else -1
                self._keep("text_scale", next_text_size(settings.text_scale, way))
            case Command.VOICE:
                self._keep("voice_id", next_voice(self._desk.coach.sound.voices()))
            case Command.YES | Command.GO | Command.PAUSE:
                if not self.press_focused() and self._check.view().step is Step.DONE:
                    self._finished()
            case _:
                return False
        if self.isVisible():
            self.pass_time()
        return True

    def _go_on(self) -> None:
        """To the next question, with this one as it stands."""
        self._check.go_on()
        self.pass_time()

    def _keep(self, name: str, value: object) -> None:
        if value == getattr(self._desk.coach.settings, name):
            return
        self._desk.coach.change_setting(name, value)
        self.changed.emit(name)
        if name.startswith(("voice", "sound")):
            self._check.again()
        if self.isVisible():
            self.pass_time()

    def pass_time(self) -> None:
        """Say what is due, and bring everything up to date."""
        self._check.tick()
        view = self._check.view()
        self._show_figure(view)
        self._show_words(view)
        settings, say = self._desk.coach.settings, self._desk.say
        set_text(self._volume, say("ui.check.volume", n=settings.voice_volume))
        set_text(self._text, say("ui.check.text", n=settings.text_scale))
        for one in (self.voice, self.device):
            one.refresh()

    def _show_figure(self, view: CheckView) -> None:
        exercise, dose = self._check.exercise, self._check.dose
        looks = (self._desk.theme, self._desk.coach.settings.sore_side)
        if looks != self._looks:
            self._looks = looks
            side = Side(looks[1]) if looks[1] else Side.RIGHT
            self.figure.show_exercise(exercise, dose, side, self._desk.theme)
        self.figure.set_moment(view.phase, view.share)
        self.words.show_words(self._check.sentence, exercise.phases[view.phase].name, view.rep)

    def _fit_words(self) -> None:
        """Large text leaves room for the figure: nobody scrolls from the floor."""
        compact = self._desk.compact
        set_role(self.question, "title" if compact else "headline")
        for said in (self.came, self.advice):
            set_role(said, "" if compact else "lead")
        for one in (self.yes_button, self.no_button):
            set_role(one, "" if compact else "choice")

    def _show_words(self, view: CheckView) -> None:
        say, compact = self._desk.say, self._desk.compact
        self._fit_words()
        done, hearing = view.step is Step.DONE, view.step is Step.HEARING
        asked = say(f"ui.check.{view.question}") if view.question else say("ui.check.wait")
        if done:
            asked = say(_RESULTS[view.heard, view.seen])
        elif view.question is None and view.came:
            asked = view.came
        set_text(self.question, asked)
        came = view.came if view.came != asked else ""
        advice = "\n".join(view.advice)
        for shown, text in ((self.came, came), (self.advice, advice)):
            set_text(shown, text)
            shown.setVisible(bool(text))
        for one in (self.yes_button, self.no_button):
            one.setVisible(view.question is not None)
        self.end_button.setVisible(done)
        self.again_button.setVisible(hearing)
        self.go_on_button.setVisible(bool(advice) and not done)
        self.skip_button.setVisible(not done)
        self._heard_row.setVisible(hearing)
        self.voice.setVisible(hearing and not compact)
        self._device_name.setVisible(hearing and bool(advice) and not compact)
        played = view.question is Question.VOICE
        self.device.setVisible(hearing and bool(advice) and (played or not compact))
        self._seen_row.setVisible(view.step is Step.SEEING)
        self.floor.setVisible(bool(advice))
        told = f"{asked} {came} {advice}"
        if told != self._announced:
            self._announced = told
            announce(self, told)


class BigWords(QWidget):
    """The sentence that is said, as large as there is room, on the colour of the movement."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._shown = ("", "", 0)
        self.setMinimumHeight(110)

    def sizeHint(self) -> QSize:
        """Room for words that can be read from the floor."""
        return QSize(800, 200)

    def show_words(self, words: str, phase: str, rep: int) -> None:
        """Show a sentence, the phase of the movement and the number of its repetition."""
        if (words, phase, rep) != self._shown:
            self._shown = (words, phase, rep)
            self.setAccessibleName(words)
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the present state."""
        words, phase, rep = self._shown
        theme, look = self._desk.theme, look_of(phase)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(getattr(theme, look.colour)))
        box = QRectF(self.rect())
        painter.drawRoundedRect(box, Radius.CARD, Radius.CARD)
        room = box.adjusted(Space.WIDE, Space.SMALL, -Space.WIDE, -Space.SMALL)
        upper = QRectF(room.left(), room.top(), room.width(), room.height() * 0.56)
        lower = QRectF(room.left(), upper.bottom(), room.width(), room.height() * 0.44)
        on_phase = QColor(theme.on_phase)
        painter.setPen(on_phase)
        painter.setFont(fitting(painter.font(), words, upper.width(), upper.height() * 0.8))
        painter.drawText(upper, Qt.AlignmentFlag.AlignCenter, words)
        text = f"{self._desk.say(f'phase.{phase}')}  {rep}" if phase else ""
        painter.setFont(fitting(painter.font(), text, lower.width(), lower.height() * 0.7))
        painter.drawText(lower, Qt.AlignmentFlag.AlignCenter, text)
        wide = painter.fontMetrics().horizontalAdvance(text)
        side = lower.height() * 0.45
        mark = QRectF(0, 0, side, side)
        mark.moveCenter(lower.center())
        mark.moveLeft(lower.center().x() - wide / 2 - side * 1.7)
        painter.fillPath(shape_path(look.shape, mark), on_phase)
        painter.end()
