"""Settings: each takes effect at once and is kept."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QLabel, QSlider, QWidget

from coach.app.sound.sound_choices import SYSTEM_LANGUAGE, TEXT_SIZES, USUAL, Choices
from coach.domain.side import Side
from coach.store.settings import CLOTHES, SKINS
from coach.ui.desk import Desk
from coach.ui.keys import Asked, Command
from coach.ui.list_field import ListField
from coach.ui.page import Page
from coach.ui.parts import Scroll, button, column, forget_focus, frame, label, row
from coach.ui.settings.country_field import CountryField
from coach.ui.settings.data_section import DataSection
from coach.ui.settings.doctor_section import DoctorSection
from coach.ui.settings.physio_section import PhysioSection
from coach.ui.settings.reminder_section import ReminderSection
from coach.ui.settings.sound_choice import SoundChoice, own_name, region_name
from coach.ui.settings.sound_trial import OffsetField, SoundTrial
from coach.ui.theme import Choice
from coach.ui.tokens import Space

_RATES = (80, 260, 10)
_OFFSETS_MS = (-200, 500, 20)
_LEAD_IN_S = (5, 60, 5)
#: Between two looks (milliseconds): nothing is under way, something is, a flash must be on time.
_IDLE_MS, _BUSY_MS, _FLASHING_MS = 1000, 150, 16


class SettingsPage(Page):
    """Sections of a label and a field each."""

    changed = Signal(str)
    """The name of the setting that has just been kept."""

    check_wanted = Signal()
    """The check from the floor is to be opened."""

    scrolls = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._headline = label(desk.say("ui.settings.title"), "headline")
        content = column(spacing=Space.WIDE)
        content.addWidget(self._headline)
        content.addWidget(self._section("look", self._look_fields()))
        sound = desk.coach.sound
        self.voice = self._listed("voice_id", sound.voices)
        self.language = self._listed("language", sound.languages, region_name)
        self.device = self._listed("sound_device", sound.devices)
        self.trial = SoundTrial(desk)
        self.offset = OffsetField(desk)
        self.check_button = button(desk.say("ui.sound.check"), self.check_wanted.emit)
        self.doctor = DoctorSection(desk)
        content.addWidget(self._section("voice", self._voice_fields()))
        content.addWidget(self.doctor)
        content.addWidget(self._section("you", self._own_fields()))
        self.physio = PhysioSection(desk)
        content.addWidget(self.physio)
        self.reminders = ReminderSection(desk)
        self.reminders.changed.connect(self.changed)
        content.addWidget(self.reminders)
        self.data = DataSection(desk)
        content.addWidget(self.data)
        content.addStretch(1)
        whole = column()
        whole.addWidget(Scroll(content, widest=820, scale=lambda: desk.scale))
        self.setLayout(whole)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.pass_time)

    def obey(self, asked: Asked) -> bool:
        """Esc first closes what is asked once more."""
        closes = asked.command is Command.LEAVE and self.data.cancel_panel()
        return closes or super().obey(asked)

    def enter(self) -> None:
        """Look after what is tried out as long as the page is open; no question waits from before.

        The focus is where a page has it that has just come to the front.
        """
        if self.data.cancel_panel():
            forget_focus(self)
        self.physio.show_now()
        self.data.show_now()
        self.reminders.show_now()
        self.pass_time()

    def hideEvent(self, event: QHideEvent) -> None:
        """Another page is in front. Minimised, what is tried out goes on."""
        super().hideEvent(event)
        if not event.spontaneous():
            self._timer.stop()

    def pass_time(self) -> None:
        """Fill what has become known, and look again soon when something is under way."""
        for one in (self.voice, self.language, self.device):
            one.refresh()
        self.trial.pass_time()
        self.offset.pass_time()
        self.doctor.pass_time()
        pace = _IDLE_MS
        if self.offset.runs:
            pace = _FLASHING_MS
        elif self._desk.coach.sound.busy or not (self.voice.known and self.device.known):
            pace = _BUSY_MS
        if not self._timer.isActive() or self._timer.interval() != pace:
            self._timer.start(pace)

    @property
    def title(self) -> str:
        """The headline."""
        return self._headline.text()

    def _look_fields(self) -> Mapping[str, QWidget]:
        say = self._desk.say
        themes = {choice.value: say(f"ui.settings.theme_{choice}") for choice in Choice}
        sizes = {size: say("ui.settings.per_cent", n=size) for size in TEXT_SIZES}
        return {
            "theme": self._choice("theme", themes),
            "text_scale": self._choice("text_scale", sizes),
            "reduced_motion": self._check("reduced_motion"),
            "floor_view": self._check("floor_view"),
            "show_nerve": self._check("show_nerve"),
            "figure_skin": self._choice("figure_skin", self._named("skin", SKINS)),
            "figure_clothes": self._choice("figure_clothes", self._named("clothes", CLOTHES)),
        }

    def _named(self, group: str, names: tuple[str, ...]) -> dict[str, str]:
        return {name: self._desk.say(f"ui.settings.{group}_{name}") for name in names}

    def _voice_fields(self) -> Mapping[str, QWidget]:
        say = self._desk.say
        modes = {
            mode: say(f"ui.settings.mode_{mode}") for mode in ("both", "voice", "tones", "silent")
        }
        return {
            "voice_mode": self._choice("voice_mode", modes),
            "voice_id": self.voice,
            "language": self.language,
            "sound_device": self.device,
            "voice_volume": self._number("voice_volume", (0, 100, 5), "ui.settings.per_cent"),
            "voice_rate": self._number("voice_rate", _RATES, "ui.settings.words_a_minute"),
            "sound_offset_ms": self._number("sound_offset_ms", _OFFSETS_MS, "ui.settings.ms"),
            "offset_trial": self.offset,
            "sound_trial": self.trial,
            "floor_check": self.check_button,
        }

    def _listed(
        self,
        name: str,
        choices: Callable[[], Choices],
        named: Callable[[str, str], str] = own_name,
    ) -> SoundChoice:
        usual = SYSTEM_LANGUAGE if name == "language" else USUAL

        def keep(chosen: str) -> None:
            self._keep(name, chosen or usual)
            self.pass_time()

        return SoundChoice(self._desk, choices, keep, named)

    def _own_fields(self) -> Mapping[str, QWidget]:
        say = self._desk.say
        sides = {"": say("ui.settings.side_unsaid")}
        sides |= {side: say(f"ui.settings.side_{side}") for side in Side}
        return {
            "sore_side": self._choice("sore_side", sides),
            "lead_in_s": self._number("lead_in_s", _LEAD_IN_S, "ui.settings.seconds"),
            "country": CountryField(self._desk, self._keeper("country")),
        }

    def _section(self, name: str, fields: Mapping[str, QWidget]) -> QFrame:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Space.WIDE)
        grid.setVerticalSpacing(Space.BASE)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        for line, (key, field) in enumerate(fields.items()):
            words = column(spacing=0)
            words.addStretch(1)
            words.addWidget(label(self._desk.say(f"ui.settings.{key}")))
            words.addWidget(label(self._desk.say(f"ui.settings.{key}_help"), "caption"))
            if isinstance(field, CountryField):
                words.addWidget(field.trouble)
            words.addStretch(1)
            field.setAccessibleName(self._desk.say(f"ui.settings.{key}"))
            grid.addLayout(words, line, 0)
            grid.addWidget(field, line, 1, Qt.AlignmentFlag.AlignVCenter)
        inside = column(margin=Space.WIDE, spacing=Space.BASE)
        inside.addWidget(label(self._desk.say(f"ui.settings.{name}"), "title"))
        inside.addLayout(grid)
        return frame("card", inside)

    def _now(self, name: str) -> object:
        return getattr(self._desk.coach.settings, name)

    def _keep(self, name: str, value: object) -> None:
        if value != self._now(name):
            self._desk.coach.change_setting(name, value)
            self.changed.emit(name)

    def _choice(self, name: str, choices: Mapping[str, str] | Mapping[int, str]) -> ListField:
        made = ListField()
        made.setSizeAdjustPolicy(ListField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMinimumContentsLength(12)
        for value, text in choices.items():
            made.addItem(text, value)
        made.setCurrentIndex(made.findData(self._now(name)))
        made.activated.connect(lambda place: self._keep(name, made.itemData(place)))
        return made

    def _check(self, name: str) -> QCheckBox:
        made = QCheckBox(self._desk.say("ui.settings.on"))
        made.setChecked(bool(self._now(name)))
        made.toggled.connect(lambda on: self._keep(name, on))
        return made

    def _number(self, name: str, span: tuple[int, int, int], key: str) -> QWidget:
        low, high, step = span
        return _NumberField(self._desk, (low, high, step), key, self._now(name), self._keeper(name))

    def _keeper(self, name: str) -> Callable[[object], None]:
        return lambda value: self._keep(name, value)


class _NumberField(QWidget):
    """A slider with its value beside it; kept when it is let go, not on the way."""

    def __init__(
        self,
        desk: Desk,
        span: tuple[int, int, int],
        key: str,
        now: object,
        keep: Callable[[int], None],
    ) -> None:
        super().__init__()
        self._desk, self._key, self._keep = desk, key, keep
        self._low, high, self._step = span
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, (high - self._low) // self._step)
        self.slider.setPageStep(2)
        start = now if isinstance(now, int) else self._low
        self.slider.setValue((start - self._low) // self._step)
        self._shown: QLabel = label("", wrap=False)
        across = row()
        across.addWidget(self.slider, 1)
        across.addWidget(self._shown)
        self.setLayout(across)
        self._show()
        self.slider.valueChanged.connect(self._moved)
        self.slider.sliderReleased.connect(self._let_go)

    @property
    def value(self) -> int:
        """The value in the setting's own unit."""
        return self._low + self.slider.value() * self._step

    def setAccessibleName(self, name: str) -> None:
        self.slider.setAccessibleName(name)

    def _show(self) -> None:
        self._shown.setText(self._desk.say(self._key, n=self.value))

    def _moved(self) -> None:
        self._show()
        if not self.slider.isSliderDown():
            self._let_go()

    def _let_go(self) -> None:
        self._keep(self.value)
