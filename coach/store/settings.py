"""What the user has chosen, in a text file that may also be edited by hand."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from coach.store.private_file import copy_private, free_name, make_folder, write_private
from coach.store.toml_text import to_toml

#: A longer file is refused unread: some TOML takes quadratic time to parse.
_LARGEST_BYTES = 64 * 1024


class Settings(BaseModel):
    """Every setting with its range and its value on the first day."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    theme: Literal["system", "light", "dark", "contrast"] = "system"
    text_scale: Annotated[int, Field(ge=100, le=200, description="per cent")] = 100
    reduced_motion: bool = False
    floor_view: Annotated[bool, Field(description="the player starts in floor view")] = False

    voice_mode: Literal["voice", "tones", "both", "silent"] = "both"
    voice_id: Annotated[str, Field(description="empty: the best for the language")] = ""
    voice_rate: Annotated[int, Field(ge=80, le=260, description="words a minute")] = 160
    voice_volume: Annotated[int, Field(ge=0, le=100, description="per cent")] = 80
    sound_offset_ms: Annotated[
        int, Field(ge=-200, le=500, description="how much earlier sound leaves, for slow speakers")
    ] = 0

    language: Annotated[
        str, Field(pattern=r"^(system|[a-z]{2,3}(-[A-Z]{2})?)$", description="system, en, de …")
    ] = "system"
    country: Annotated[
        str, Field(pattern=r"^([A-Z]{2})?$", description="whose emergency number; empty: system's")
    ] = ""

    lead_in_s: Annotated[int, Field(ge=5, le=60, description="seconds before a set")] = 15
    sore_side: Annotated[
        Literal["", "left", "right"], Field(description="the leg that is worked; empty: as planned")
    ] = ""
    plan: Annotated[
        str, Field(max_length=500, description="a ready-made plan's name, or a file's path")
    ] = "first-week"
    welcomed: Annotated[bool, Field(description="the first-run notice was read")] = False

    def changed(self, **values: Any) -> "Settings":
        """A copy with other values. Raises ValidationError for one out of its range."""
        return Settings.model_validate({**self.model_dump(), **values})


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
        known = {key: value for key, value in document.items() if key in Settings.model_fields}
        bad: list[SettingWarning] = []
        try:
            settings = Settings.model_validate(known)
        except ValidationError as error:
            for problem in error.errors(include_url=False):
                key = str(problem["loc"][0])
                default = Settings.model_fields[key].default
                words = f"{problem['msg']} (found {known.pop(key)!r}); using {default!r}"
                bad.append(SettingWarning(self._path, _line_of(key, text), key, words))
            settings = Settings.model_validate(known)
        unknown = tuple(key for key in document if key not in Settings.model_fields)
        return LoadedSettings(settings, (*warnings, *bad), unknown)

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
        for key, value in settings.model_dump().items():
            if key in document or value != Settings.model_fields[key].default:
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
