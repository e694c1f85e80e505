"""What opens the data of one home: its key, once it is known."""

from coach.store.errors import KnownError

KEY_BYTES = 32


class Opener:
    """Holds the key while the program runs; None where the data are plain or not yet opened.

    Everybody who has the home has the same one, so that they all learn of the key at once.
    """

    __slots__ = ("key",)

    def __init__(self) -> None:
        self.key: bytes | None = None


class LockedError(KnownError):
    """The data are encrypted and somebody has to say what opens them.

    by_passphrase: False where only the recovery code does.
    """

    def __init__(self, text: str, *, by_passphrase: bool) -> None:
        super().__init__(text)
        self.by_passphrase = by_passphrase
