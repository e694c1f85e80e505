"""Without the optional libraries: everything as before, and what to install is said."""

from collections.abc import Callable

import pytest

from coach.store import encryption
from coach.store.database import Database, open_database
from coach.store.errors import KnownError
from coach.store.key_file import with_passphrase, write_key_file
from coach.store.opener import LockedError
from coach.store.paths import Home
from coach.store.sessions import SessionStore


@pytest.fixture(autouse=True)
def _missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encryption, "find_spec", lambda name: None)


def test_a_plain_home_needs_none_of_them(store: SessionStore) -> None:
    assert not store.custody.encryption.on
    assert [one.name for one in store.profiles()] == ["Ada"]


def test_turning_it_on_says_what_to_install(home: Home, opened: Callable[[], Database]) -> None:
    custody = SessionStore(opened()).custody
    with pytest.raises(KnownError, match="pip install keyring sqlcipher3"):
        custody.encrypt(bytes(32), None, None)  # type: ignore[arg-type] - it does not come to that
    assert not home.key_file.exists()


def test_an_encrypted_home_says_it_too(home: Home, today: object) -> None:
    home.prepare()
    write_key_file(home, with_passphrase(bytes(32), "correct horse battery"))
    with pytest.raises(KnownError, match="pip install keyring sqlcipher3") as told:
        open_database(home, today)  # type: ignore[arg-type]
    assert not isinstance(told.value, LockedError)
