"""How a session ended."""

from enum import StrEnum


class Outcome(StrEnum):
    """How a session ended (DESIGN 5)."""

    COMPLETED = "completed"
    ENDED = "ended"
    CLINICIAN = "clinician"
    URGENT = "urgent"
    EMERGENCY = "emergency"
    INCOMPLETE = "incomplete"
    REFUSED = "refused"

    @property
    def sought_help(self) -> bool:
        """True when the session ended by sending the person to somebody."""
        return self in (Outcome.CLINICIAN, Outcome.URGENT, Outcome.EMERGENCY)

    def asked_afterwards(self, *, played: bool) -> bool:
        """Whether it is asked ten minutes later how it is (clinical.md 9.1 Q5).

        Not when no set began, nor of somebody who has been sent for help.
        """
        return played and not self.sought_help
