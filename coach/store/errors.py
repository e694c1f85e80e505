"""The two ways storing can fail: the world's fault, and ours."""


class KnownError(Exception):
    """Something outside the program went wrong; the text says what, and what to do, plainly."""


class DamagedError(KnownError):
    """The data file is not readable as one, so it is time to go back to a backup.

    found: what is wrong with it, without its path.
    """

    def __init__(self, text: str, found: str = "") -> None:
        super().__init__(text)
        self.found = found


class BugError(Exception):
    """The program asked for something that must never happen."""
