"""The settings of reminders: all off at first, and honest about when they can come."""

from collections.abc import Callable
from datetime import time

from PySide6.QtCore import Qt, QTime, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QFrame,
    QSystemTrayIcon,
    QTimeEdit,
    QWidget,
)

from coach.store.errors import KnownError
from coach.store.settings import SESSION_TIMES, Settings
from coach.store.weekly import DAYS, days_text, read_days, read_times, times_text
from coach.ui.announce import announce
from coach.ui.desk import Desk
from coach.ui.list_field import ListField
from coach.ui.parts import FlowLayout, Toggle, column, label, row, set_text
from coach.ui.tokens import Space

#: Minutes between two movement breaks that can be chosen here; the file takes any from 20 to 240.
_INTERVALS = (20, 30, 45, 60, 90, 120)
#: What a second time of the day begins with.
_SECOND_AT = QTime(20, 0)


class ReminderSection(QFrame):
    """A switch for each kind; what belongs to it shows while it is on."""

    changed = Signal(str)
    """The name of the setting that has just been kept."""

    def __init__(
        self, desk: Desk, *, has_tray: Callable[[], bool] = QSystemTrayIcon.isSystemTrayAvailable
    ) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._desk = desk
        self._has_tray = has_tray
        say = desk.say
        self.session = self._switch("session", "remind_session")
        self.days = DaysField(desk, "session", "remind_days", self._keep)
        first, second = self._session_times()
        self.at = self._time("session", "at", first, lambda _text: self._keep_times())
        self.second = QCheckBox(say("ui.reminders.second"))
        self.second.setChecked(second is not None)
        self.second_at = self._time(
            "session", "second", second or _SECOND_AT, lambda _text: self._keep_times()
        )
        self.second_at.setEnabled(second is not None)
        self.second.toggled.connect(self.second_at.setEnabled)
        self.second.toggled.connect(lambda _on: self._keep_times())
        self.morning = self._switch("morning", "remind_morning")
        self.morning_at = self._time_of("morning", "at", "remind_morning_at")
        self.breaks = self._switch("break", "remind_break")
        self.break_days = DaysField(desk, "break", "remind_break_days", self._keep)
        self.every = self._interval()
        self.break_from = self._time_of("break", "from", "remind_break_from")
        self.break_until = self._time_of("break", "until", "remind_break_until")
        self.stay = self._switch("stay", "stay_in_tray")
        self.start = self._autostart()
        self.trouble = label("", tone="danger")
        self.trouble.hide()
        self.no_tray = label(say("ui.reminders.no_tray"), "caption", tone="warn")
        inside = column(margin=Space.WIDE, spacing=Space.BASE)
        inside.addWidget(label(say("ui.reminders.title"), "title"))
        inside.addWidget(label(say("ui.reminders.help"), "caption"))
        self._add(inside, "session", self.session, self._session_details())
        self._add(inside, "morning", self.morning, _at_left(self._named("at", self.morning_at)))
        self._add(inside, "break", self.breaks, self._break_details())
        inside.addSpacing(Space.BASE)
        inside.addWidget(label(say("ui.reminders.running"), "lead"))
        self._add(inside, "stay", self.stay, None)
        self._add(inside, "start" if self.start.isEnabled() else "no_start", self.start, None)
        inside.addWidget(self.trouble)
        inside.addWidget(self.no_tray)
        inside.addWidget(label(say("ui.reminders.quiet"), "caption"))
        self.setLayout(inside)
        self.show_now()

    def show_now(self) -> None:
        """Show what may have changed outside: the tray, and the entry that starts the program."""
        tray = self._has_tray()
        self.no_tray.setHidden(tray)
        self.stay.setEnabled(tray or self.stay.isChecked())
        entry = self._desk.coach.reminders.autostart
        if entry is not None:
            self.start.blockSignals(True)
            self.start.setChecked(entry.on)
            self.start.blockSignals(False)

    # Parts

    def _add(
        self, inside: QBoxLayout, key: str, switch: QCheckBox, details: QWidget | None
    ) -> None:
        words = column(spacing=0)
        named = "start" if key == "no_start" else key
        words.addWidget(label(self._desk.say(f"ui.reminders.{named}")))
        helped = key if key == "no_start" else f"{key}_help"
        words.addWidget(label(self._desk.say(f"ui.reminders.{helped}"), "caption"))
        across = row(spacing=Space.WIDE)
        across.addLayout(words, 1)
        across.addWidget(switch, 0, Qt.AlignmentFlag.AlignVCenter)
        inside.addWidget(_ruler())
        inside.addLayout(across)
        if details is not None:
            inside.addWidget(details)
            if not switch.isChecked():  # told to show, it would be a window until it is inside
                details.hide()
            switch.toggled.connect(details.setVisible)

    def _session_details(self) -> QWidget:
        second = row(spacing=Space.SNUG)
        second.addWidget(self.second)
        second.addWidget(self.second_at)
        times = FlowLayout(spacing=Space.WIDE)
        times.addWidget(self._named("at", self.at))
        times.addWidget(_holding(second))
        say = self._desk.say
        helped = f"{say('ui.reminders.second_help')} {say('ui.reminders.rising')}"
        return _stacked(self.days, _holding(times), label(helped, "caption"))

    def _break_details(self) -> QWidget:
        fields = {"every": self.every, "from": self.break_from, "until": self.break_until}
        flow = FlowLayout(spacing=Space.WIDE)
        for key, field in fields.items():
            flow.addWidget(self._named(key, field))
        return _stacked(self.break_days, _holding(flow))

    def _named(self, key: str, field: QWidget) -> QWidget:
        across = row(spacing=Space.SNUG)
        across.addWidget(label(self._desk.say(f"ui.reminders.{key}"), wrap=False))
        across.addWidget(field)
        return _holding(across)

    def _switch(self, key: str, name: str) -> QCheckBox:
        made = self._check(key)
        made.setChecked(bool(getattr(self._settings, name)))
        made.toggled.connect(lambda on: self._keep(name, on))
        return made

    def _check(self, key: str) -> QCheckBox:
        made = QCheckBox(self._desk.say("ui.reminders.on"))
        made.setAccessibleName(self._desk.say(f"ui.reminders.{key}"))
        return made

    def _autostart(self) -> QCheckBox:
        made = self._check("start")
        entry = self._desk.coach.reminders.autostart
        made.setEnabled(entry is not None)
        made.toggled.connect(lambda on: self._start_toggled(on=on))
        return made

    def _time_of(self, group: str, key: str, name: str) -> QTimeEdit:
        (now,) = read_times(getattr(self._settings, name), 1)
        return self._time(group, key, _shown(now), lambda text: self._keep(name, text))

    def _time(self, group: str, key: str, now: QTime, keep: Callable[[str], None]) -> QTimeEdit:
        made = QTimeEdit(now)
        made.setDisplayFormat("HH:mm")
        made.setKeyboardTracking(False)  # what is half typed is no time yet
        made.setWrapping(True)
        made.setAccessibleName(_full_name(self._desk, group, f"ui.reminders.{key}"))
        made.lineEdit().setAccessibleName(made.accessibleName())
        made.lineEdit().setTextMargins(Space.SMALL, 0, 0, 0)
        made.timeChanged.connect(lambda _time: keep(times_text((_time_in(made),))))
        return made

    def _interval(self) -> ListField:
        now = self._settings.remind_break_every
        made = ListField()
        for minutes in sorted({*_INTERVALS, now}):
            made.addItem(self._desk.say("ui.reminders.minutes", n=minutes), minutes)
        made.setCurrentIndex(made.findData(now))
        made.setAccessibleName(_full_name(self._desk, "break", "ui.reminders.every"))
        made.activated.connect(lambda at: self._keep("remind_break_every", made.itemData(at)))
        return made

    # Keeping

    @property
    def _settings(self) -> Settings:
        return self._desk.coach.settings

    def _keep(self, name: str, value: object) -> None:
        if value != getattr(self._settings, name):
            self._desk.coach.change_setting(name, value)
            self.changed.emit(name)

    def _session_times(self) -> tuple[QTime, QTime | None]:
        first, *others = read_times(self._settings.remind_at, SESSION_TIMES)
        return _shown(first), _shown(others[0]) if others else None

    def _keep_times(self) -> None:
        fields = [self.at, self.second_at] if self.second.isChecked() else [self.at]
        self._keep("remind_at", times_text(tuple({_time_in(field) for field in fields})))

    def _start_toggled(self, *, on: bool) -> None:
        """The entry itself is what counts: where it cannot be changed, the box goes back."""
        entry = self._desk.coach.reminders.autostart
        if entry is None:
            return
        try:
            if on:
                entry.turn_on()
            else:
                entry.turn_off()
        except KnownError as error:
            set_text(self.trouble, str(error))
            self.trouble.show()
            announce(self, str(error))
        else:
            self.trouble.hide()
        self.show_now()


class DaysField(QWidget):
    """The days of the week as buttons that stay down."""

    def __init__(
        self, desk: Desk, group: str, name: str, keep: Callable[[str, object], None]
    ) -> None:
        super().__init__()
        self._name, self._keep = name, keep
        chosen = read_days(getattr(desk.coach.settings, name))
        flow = FlowLayout(spacing=Space.SMALL)
        self.buttons: dict[int, Toggle] = {}
        for day in range(1, len(DAYS) + 1):
            made = Toggle(desk.say(f"ui.reminders.short.{day}"))
            made.setAccessibleName(_full_name(desk, group, f"weekday.{day}"))
            made.setChecked(day in chosen)
            made.toggled.connect(lambda _on: self._changed())
            self.buttons[day] = made
            flow.addWidget(made)
        self.none = label(desk.say("ui.reminders.no_days"), "caption", tone="warn")
        inside = column(spacing=Space.HAIR)
        inside.addLayout(flow)
        inside.addWidget(self.none)
        self.setLayout(inside)
        self.none.setHidden(bool(chosen))

    def _changed(self) -> None:
        chosen = frozenset(day for day, made in self.buttons.items() if made.isChecked())
        self.none.setHidden(bool(chosen))
        self._keep(self._name, days_text(chosen))


def _full_name(desk: Desk, group: str, key: str) -> str:
    """What a screen reader says, which does not see under which headline a field stands."""
    return f"{desk.say(f'ui.reminders.{group}')}: {desk.say(key)}"


def _shown(moment: time) -> QTime:
    return QTime(moment.hour, moment.minute)


def _time_in(field: QTimeEdit) -> time:
    return time(field.time().hour(), field.time().minute())


def _ruler() -> QFrame:
    made = QFrame()
    made.setProperty("role", "line")
    made.setFixedHeight(1)
    return made


def _holding(layout: QBoxLayout | FlowLayout) -> QWidget:
    made = QWidget()
    made.setLayout(layout)
    return made


def _at_left(field: QWidget) -> QWidget:
    across = row()
    across.addWidget(field)
    across.addStretch(1)
    return _holding(across)


def _stacked(*widgets: QWidget) -> QWidget:
    inside = column(spacing=Space.SNUG)
    for one in widgets:
        inside.addWidget(one)
    return _holding(inside)
