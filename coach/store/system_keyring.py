"""The system's keyring, which a person opens by logging in."""

import contextlib

from coach.store.errors import KnownError

SERVICE = "Nerve Coach"
#: Backends that keep passwords in a file anybody can read, or nowhere.
_NONE = ("keyrings.alt.", "keyring.backends.null", "keyring.backends.fail")


def keyring_there() -> bool:
    """Whether there is one that keeps secrets."""
    import keyring

    backend = keyring.get_keyring()
    kinds = [type(one).__module__ for one in getattr(backend, "backends", [backend])]
    return bool(kinds) and not any(kind.startswith(_NONE) for kind in kinds)


def keep_in_keyring(name: str, key: bytes) -> None:
    """Keep a key and read it again. Raises KnownError when the keyring does not."""
    import keyring

    with contextlib.suppress(keyring.errors.KeyringError):
        keyring.set_password(SERVICE, name, key.hex())
    if found_in_keyring(name) != key:
        raise KnownError("The system's keyring did not keep the key. Nothing was changed.")


def found_in_keyring(name: str) -> bytes | None:
    """The key of that name, None where there is no keyring or it is closed."""
    import keyring

    try:
        return bytes.fromhex(keyring.get_password(SERVICE, name) or "") or None
    except (keyring.errors.KeyringError, ValueError):
        return None


def forget_in_keyring(name: str) -> None:
    """Delete a key; one that is not there is forgotten already."""
    import keyring

    with contextlib.suppress(keyring.errors.KeyringError):
        keyring.delete_password(SERVICE, name)
