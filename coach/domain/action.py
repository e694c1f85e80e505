"""What the coach does after a set, and how serious a check-in answer is."""

from enum import IntEnum


class Action(IntEnum):
    """Mild to strong; the strongest action asked for by any rule wins (clinical.md 9.2)."""

    CONTINUE = 0
    HOLD = 1
    EASE1 = 2
    EASE2 = 3
    END_EXERCISE = 4
    END_SESSION = 5
    SEE_CLINICIAN = 6
    URGENT = 7
    EMERGENCY = 8

    @property
    def eases(self) -> bool:
        """True for the actions that pull levers."""
        return self in (Action.EASE1, Action.EASE2)

    @property
    def stops_session(self) -> bool:
        """True for every action after which no further set is played."""
        return self >= Action.END_SESSION


class Tier(IntEnum):
    """How serious the check-in is, mild to strong (clinical.md 8)."""

    OK = 0
    ADVISE = 1
    CLEARANCE = 2
    URGENT = 3
    EMERGENCY = 4

    @property
    def locks(self) -> bool:
        """True when sessions stay closed until the condition of the lock is met."""
        return self >= Tier.CLEARANCE


#: The tier of the lock that an action leaves behind; actions missing here leave none.
LOCK_TIER = {
    Action.SEE_CLINICIAN: Tier.CLEARANCE,
    Action.URGENT: Tier.URGENT,
    Action.EMERGENCY: Tier.EMERGENCY,
}
