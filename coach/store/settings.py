"""What the user has chosen, in a text file that may also be edited by hand."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from coach.store.private_file import copy_private, free_name, make_folder, write_private
from coach.store.toml_text import to_toml
from coach.store.weekly import read_days, read_times

#: A longer file is refused unread: some TOML takes quadratic time to parse.
_LARGEST_BYTES = 64 * 1024


#: What the figure can look like, the one of the first day first.
SKINS = ("neutral", "light", "tan", "brown", "deep")
CLOTHES = ("teal", "plum", "moss", "grey")

#: Most times of a day at which a session is reminded of.
SESSION_TIMES = 2

#: What is wrong with a value, "" when nothing is.
Check = Callable[[object], str]


def _one_of(*words: str) -> Check:
    listed = ", ".join(f'"{word}"' for word in words)
    return lambda value: "" if value in words else f"must be one of {listed}"


def _number(low: int, high: int) -> Check:
    def check(value: object) -> str:
        if type(value) is not int:
            return "must be a whole number"
        if value < low:
            return f"must be at least {low}"
        return f"must be at most {high}" if value > high else ""

    return check


def _text(form: str = ".*", longest: int = 500) -> Check:
    def check(value: object) -> str:
        if not isinstance(value, str):
            return 'must be text in "quotes"'
        if len(value) > longest:
            return f"must have at most {longest} characters"
        return "" if re.fullmatch(form, value, re.DOTALL) else f"must look like {form}"

    return check


def _read_by(read: Callable[[str], object]) -> Check:
    """Whatever a reader takes; its ValueError says what is wrong."""

    def check(value: object) -> str:
        if not isinstance(value, str):
            return 'must be text in "quotes"'
        try:
            read(value)
        except ValueError as error:
            return str(error)
        return ""

    return check


_times = _read_by(lambda text: read_times(text, SESSION_TIMES))
_time = _read_by(lambda text: read_times(text, 1))


def _on_off(value: object) -> str:
    return "" if isinstance(value, bool) else "must be true or false"


def _setting(default: Any, check: Check) -> Any:
    return field(default=default, metadata={"check": check})


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting with its value on the first day and its range. Raises ValueError outside it.

    text_scale and voice_volume: per cent; voice_rate: words a minute; lead_in_s: seconds before a
    set; sound_offset_ms: how much earlier sound leaves, for slow speakers; floor_view: the player
    starts in it; show_nerve: the figure shows the nerve; figure_skin, figure_clothes: how it
    looks; voice_id "": the best for the language; sound_device "": the system's usual
    output; country: whose emergency number, "" the system's; sore_side: the leg that is worked, ""
    as planned; plan: a ready-made plan's name or a file's path; name_on_page: how a
    clinician's page calls whoever opens the program without a name; welcomed: the first-run notice
    was read; heard_and_seen: whether voice and screen reach the floor was tried, or left out.
    remind_session, remind_morning, remind_break: which reminders come, none on the first day;
    remind_days, remind_break_days: ``mon,wed``; remind_at: one time of day or two;
    remind_break_every: minutes, from remind_break_from until remind_break_until (past midnight
    where that is earlier); stay_in_tray: closing the window leaves the program in the tray.
    """

    theme: str = _setting("system", _one_of("system", "light", "dark", "contrast"))
    text_scale: int = _setting(100, _number(100, 200))
    reduced_motion: bool = _setting(False, _on_off)
    floor_view: bool = _setting(False, _on_off)
    show_nerve: bool = _setting(True, _on_off)
    figure_skin: str = _setting("neutral", _one_of(*SKINS))
    figure_clothes: str = _setting("teal", _one_of(*CLOTHES))

    voice_mode: str = _setting("both", _one_of("voice", "tones", "both", "silent"))
    voice_id: str = _setting("", _text())
    voice_rate: int = _setting(160, _number(80, 260))
    voice_volume: int = _setting(80, _number(0, 100))
    sound_offset_ms: int = _setting(0, _number(-200, 500))
    sound_device: str = _setting("", _text())

    language: str = _setting("system", _text(r"system|[a-z]{2,3}(-[A-Z]{2})?"))
    country: str = _setting("", _text(r"([A-Z]{2})?"))

    lead_in_s: int = _setting(15, _number(5, 60))
    sore_side: str = _setting("", _one_of("", "left", "right"))
    plan: str = _setting("first-week", _text())
    name_on_page: str = _setting("", _text(longest=44))
    welcomed: bool = _setting(False, _on_off)
    heard_and_seen: bool = _setting(False, _on_off)

    remind_session: bool = _setting(False, _on_off)
    remind_days: str = _setting("mon,wed,fri", _read_by(read_days))
    remind_at: str = _setting("18:00", _times)
    remind_morning: bool = _setting(False, _on_off)
    remind_morning_at: str = _setting("09:00", _time)
    remind_break: bool = _setting(False, _on_off)
    remind_break_days: str = _setting("mon,tue,wed,thu,fri", _read_by(read_days))
    remind_break_every: int = _setting(60, _number(20, 240))
    remind_break_from: str = _setting("09:00", _time)
    remind_break_until: str = _setting("17:00", _time)
    stay_in_tray: bool = _setting(False, _on_off)

    def __post_init__(self) -> None:
        faults = [f"{key}: {fault}" for key, fault in faults_in(asdict(self)).items()]
        if faults:
            raise ValueError("; ".join(faults))

    def changed(self, **values: Any) -> "Settings":
        """A copy with other values. Raises ValueError for one out of its range."""
        return replace(self, **values)


_FIELDS = {one.name: one for one in fields(Settings)}


def faults_in(values: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong with values of settings, by key, in the order of the settings."""
    checked = {
        key: one.metadata["check"](values[key]) for key, one in _FIELDS.items() if key in values
    }
    return {key: fault for key, fault in checked.items() if fault}


@dataclass(frozen=True, slots=True)
class SettingWarning:
    """A place in the file that could not be used; key is None when it is the whole file."""

    file: Path
    line: int | None
    key: str | None
    problem: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else str(self.file)
        return f"{place}: {self.key}: {self.problem}" if self.key else f"{place}: {self.problem}"


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """The settings to use; warnings for what was not usable; keys this program does not know."""

    settings: Settings
    warnings: tuple[SettingWarning, ...] = ()
    unknown: tuple[str, ...] = ()


class SettingsFile:
    """The file the settings live in."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> LoadedSettings:
        """Read the file; whatever in it is bad falls back to its default with a warning."""
        document, text, warnings = self._read()
        known = {key: value for key, value in document.items() if key in _FIELDS}
        bad = []
        for key, fault in faults_in(known).items():
            words = f"{fault} (found {known.pop(key)!r}); using {_FIELDS[key].default!r}"
            bad.append(SettingWarning(self._path, _line_of(key, text), key, words))
        unknown = tuple(key for key in document if key not in _FIELDS)
        return LoadedSettings(Settings(**known), (*warnings, *bad), unknown)

    def save(self, settings: Settings) -> Path | None:
        """Write the settings, keeping keys this program does not know.

        A value that is its default stays out of the file unless it stands there already, so a
        better default reaches the user. A file with something bad in it is copied first;
        the copy's path comes back.
        """
        make_folder(self._path.parent)
        copy = None
        if self.load().warnings:
            copy = free_name(self._path.with_name("settings-before.toml"))
            copy_private(self._path, copy)
        document, _, _ = self._read()
        for key, value in asdict(settings).items():
            if key in document or value != _FIELDS[key].default:
                document[key] = value
        write_private(self._path, to_toml(document).encode())
        return copy

    def _read(self) -> tuple[dict[str, Any], str, tuple[SettingWarning, ...]]:
        try:
            content = self._path.read_bytes()
        except FileNotFoundError:
            return {}, "", ()
        except OSError as error:
            return self._unusable(f"cannot be read: {error.strerror}")
        if len(content) > _LARGEST_BYTES:
            return self._unusable(f"larger than {_LARGEST_BYTES} bytes")
        try:
            text = content.decode()
            return tomllib.loads(text), text, ()
        except UnicodeDecodeError as error:
            return self._unusable(f"not UTF-8 text at byte {error.start}")
        except RecursionError:
            return self._unusable("nested too deeply")
        except ValueError as error:  # TOMLDecodeError, and numbers too long to be read
            return self._unusable(str(error))

    def _unusable(self, problem: str) -> tuple[dict[str, Any], str, tuple[SettingWarning, ...]]:
        found = re.search(r"\(at line (\d+)", problem)
        line = int(found[1]) if found else None
        warning = SettingWarning(self._path, line, None, f"{problem}; using the defaults")
        return {}, "", (warning,)


def _line_of(key: str, text: str) -> int | None:
    for number, line in enumerate(text.splitlines(), start=1):
        if re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", line):
            return number
    return None
