"""The key as groups of letters and digits that a person can write down and type again."""

import unicodedata
from hashlib import sha256

from coach.store.opener import KEY_BYTES

#: Without I, L, O and U, which are taken for 1, 1, 0 and V.
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans("OIL", "011")
_BITS = 5
_CHECK_BYTES = 3
_GROUP = 4
#: 35 bytes are 56 letters, with nothing left over.
GROUPS = (KEY_BYTES + _CHECK_BYTES) * 8 // _BITS // _GROUP


def code_of(key: bytes) -> tuple[str, ...]:
    """The groups that say this key, with a checksum in the last ones."""
    number = int.from_bytes(key + _check(key))
    letters = "".join(
        _LETTERS[number >> _BITS * place & 31] for place in reversed(range(GROUPS * _GROUP))
    )
    return tuple(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))


def key_of(typed: str) -> bytes | None:
    """The key that a code says; None when it is not a code or has a mistake in it."""
    letters = tidied(typed)
    if len(letters) != GROUPS * _GROUP or set(letters) - set(_LETTERS):
        return None
    number = 0
    for letter in letters:
        number = number << _BITS | _LETTERS.index(letter)
    content = number.to_bytes(KEY_BYTES + _CHECK_BYTES)
    key = content[:KEY_BYTES]
    return key if content[KEY_BYTES:] == _check(key) else None


def tidied(typed: str) -> str:
    """What was typed without spaces and dashes, and with what is easily misread put right."""
    plain = unicodedata.normalize("NFKC", typed).upper()
    return "".join(letter for letter in plain if letter.isalnum()).translate(_MISREAD)


def _check(key: bytes) -> bytes:
    return sha256(b"nerve-coach recovery code" + key).digest()[:_CHECK_BYTES]
