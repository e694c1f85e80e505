"""A keyring in memory, put in the place of the system's."""

from collections.abc import Iterator
from contextlib import contextmanager

import keyring
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import PasswordDeleteError


class FakeKeyring(KeyringBackend):
    """Keeps what it is given, unless it is `deaf`."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.deaf = False

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if not self.deaf:
            self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError(username)


@contextmanager
def keyring_instead(fake: FakeKeyring | None) -> Iterator[None]:
    """Within this the system has this keyring, or none."""
    before = keyring.core._keyring_backend
    keyring.set_keyring(NoKeyring() if fake is None else fake)
    try:
        yield
    finally:
        keyring.core._keyring_backend = before
