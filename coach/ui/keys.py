"""The one table of keys: what a key press asks for, wherever it is pressed."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtGui import QKeySequence


class Command(StrEnum):
    """What a person can ask for with one key, one button or one clicker button."""

    PAUSE = "pause"
    STOP = "stop"
    WRONG = "wrong"
    REPEAT = "repeat"
    NEXT = "next"
    PREVIOUS = "previous"
    FLOOR = "floor"
    LEAVE = "leave"
    LEAVE_AT_ONCE = "leave_at_once"
    GO = "go"
    CHANGE = "change"
    YES = "yes"
    NO = "no"
    NOT_SURE = "not_sure"
    RATE = "rate"
    LOUDER = "louder"
    SOFTER = "softer"
    LARGER = "larger"
    SMALLER = "smaller"
    VOICE = "voice"


@dataclass(frozen=True, slots=True)
class Asked:
    """A command; ``number`` is the rating 0-10 that comes with RATE."""

    command: Command
    number: int | None = None


#: DESIGN 6. A presenter's clicker sends PageUp and PageDown; headsets send media keys.
KEYS: Mapping[str, Asked] = {
    "Space": Asked(Command.PAUSE),
    "Media Play": Asked(Command.PAUSE),
    "Media Pause": Asked(Command.PAUSE),
    "Toggle Media Play/Pause": Asked(Command.PAUSE),
    "S": Asked(Command.STOP),
    "Media Stop": Asked(Command.STOP),
    "W": Asked(Command.WRONG),
    "R": Asked(Command.REPEAT),
    "Right": Asked(Command.NEXT),
    "PgDown": Asked(Command.NEXT),
    "Media Next": Asked(Command.NEXT),
    "Left": Asked(Command.PREVIOUS),
    "PgUp": Asked(Command.PREVIOUS),
    "Media Previous": Asked(Command.PREVIOUS),
    "F": Asked(Command.FLOOR),
    "F11": Asked(Command.FLOOR),
    "Esc": Asked(Command.LEAVE),
    "L": Asked(Command.LEAVE_AT_ONCE),
    "Return": Asked(Command.GO),
    "Enter": Asked(Command.GO),
    "Backspace": Asked(Command.CHANGE),
    "Y": Asked(Command.YES),
    "N": Asked(Command.NO),
    "U": Asked(Command.NOT_SURE),
    **{str(number): Asked(Command.RATE, number) for number in range(10)},
    "T": Asked(Command.RATE, 10),
    "+": Asked(Command.LOUDER),
    "=": Asked(Command.LOUDER),
    "-": Asked(Command.SOFTER),
    "Up": Asked(Command.LARGER),
    "Down": Asked(Command.SMALLER),
    "V": Asked(Command.VOICE),
}


def sequence(key: str) -> QKeySequence:
    """The Qt key sequence of a key of the table."""
    return QKeySequence(key, QKeySequence.SequenceFormat.PortableText)


#: Keys whose sign is on the keyboard; their names could be read as words of the button.
_SIGNS = {"Right": "→", "Left": "←", "Up": "↑", "Down": "↓"}


def key_name(command: Command) -> str:
    """The first key of a command as this system writes it, for buttons and help."""
    return key_for(next(asked for asked in KEYS.values() if asked.command is command))


def key_for(wanted: Asked) -> str:
    """The first key that asks for just this."""
    key = next(key for key, asked in KEYS.items() if asked == wanted)
    native = sequence(key).toString(QKeySequence.SequenceFormat.NativeText)
    return _SIGNS.get(key, native)
