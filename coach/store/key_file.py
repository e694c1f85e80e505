"""The file beside encrypted data that says where their key is; never the bare key.

With a passphrase it holds the key wrapped: scrypt makes 64 bytes of the passphrase and a salt,
32 to hide the key in and 32 to sign it with, so that a wrong passphrase is told from a right one.
"""

import hmac
import json
import secrets
import unicodedata
from dataclasses import asdict, dataclass
from enum import StrEnum
from hashlib import scrypt, sha256
from pathlib import Path

from coach.store.errors import KnownError
from coach.store.opener import KEY_BYTES
from coach.store.paths import Home
from coach.store.private_file import sync_folder, write_private

FORMAT = "nerve-coach.key/1"
_SALT_BYTES = 16
#: 32 MB and about a tenth of a second for each try.
_COST, _BLOCK, _PARALLEL = 2**15, 8, 1
_MEMORY = 64 * 2**20


class Way(StrEnum):
    """Where the key is."""

    KEYRING = "keyring"
    PASSPHRASE = "passphrase"  # noqa: S105 - the name of a way, not a secret


class Towards(StrEnum):
    """What the files are being made, or are already."""

    ENCRYPTED = "encrypted"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class KeyFile:
    """id: the key's name in the keyring. check: tells the right key. All bytes are in hex."""

    id: str
    way: Way
    check: str
    towards: Towards = Towards.ENCRYPTED
    salt: str = ""
    wrapped: str = ""
    signature: str = ""

    def fits(self, key: bytes) -> bool:
        """Whether this is the key of these data."""
        return hmac.compare_digest(self.check, _check(key))

    def unwrapped(self, passphrase: str) -> bytes | None:
        """The key, None when the passphrase is not the right one."""
        if self.way is not Way.PASSPHRASE:
            return None
        hide, sign = _stretched(passphrase, bytes.fromhex(self.salt))
        wrapped = bytes.fromhex(self.wrapped)
        if not hmac.compare_digest(self.signature, _signed(sign, wrapped)):
            return None
        return _mixed(wrapped, hide)


def with_keyring(key: bytes, name: str) -> KeyFile:
    """The file for a key that the system's keyring holds under this name."""
    return KeyFile(name, Way.KEYRING, _check(key))


def with_passphrase(key: bytes, passphrase: str) -> KeyFile:
    """The file for a key that a passphrase opens."""
    salt = secrets.token_bytes(_SALT_BYTES)
    hide, sign = _stretched(passphrase, salt)
    wrapped = _mixed(key, hide)
    return KeyFile(
        id=secrets.token_hex(8),
        way=Way.PASSPHRASE,
        check=_check(key),
        salt=salt.hex(),
        wrapped=wrapped.hex(),
        signature=_signed(sign, wrapped),
    )


def _places(home: Home) -> tuple[Path, Path]:
    """Two, because without this file the data look damaged."""
    return home.key_file, home.backups / home.key_file.name


def there_is_one(home: Home) -> bool:
    """Whether the data of this home are encrypted, or on the way there or back."""
    return any(path.exists() for path in _places(home))


def read_key_file(home: Home) -> KeyFile:
    """The first of the two that can be read. Raises KnownError when neither can."""
    for path in _places(home):
        try:
            content = json.loads(path.read_bytes())
            if content.pop("format") != FORMAT:
                continue
            kept = KeyFile(**content)
            for part in (kept.check, kept.salt, kept.wrapped, kept.signature):
                bytes.fromhex(part)
            way, towards = Way(kept.way), Towards(kept.towards)
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            continue
        return KeyFile(kept.id, way, kept.check, towards, kept.salt, kept.wrapped, kept.signature)
    raise KnownError(
        f"{home.key_file}: this file says how the data are opened, and neither it nor its copy in"
        f" {home.backups} can be read. Nothing was changed. Put one of them back from a copy of"
        " your disk."
    )


def write_key_file(home: Home, kept: KeyFile) -> None:
    """Write both, on disk when this returns."""
    content = json.dumps({"format": FORMAT, **asdict(kept)}, indent=1).encode() + b"\n"
    for path in _places(home):
        write_private(path, content)


def remove_key_file(home: Home) -> None:
    """Remove both; the data are plain."""
    for path in reversed(_places(home)):
        path.unlink(missing_ok=True)
        sync_folder(path.parent)


def _stretched(passphrase: str, salt: bytes) -> tuple[bytes, bytes]:
    typed = unicodedata.normalize("NFKC", passphrase).encode()
    made = scrypt(
        typed, salt=salt, n=_COST, r=_BLOCK, p=_PARALLEL, maxmem=_MEMORY, dklen=2 * KEY_BYTES
    )
    return made[:KEY_BYTES], made[KEY_BYTES:]


def _mixed(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


def _signed(sign: bytes, wrapped: bytes) -> str:
    return hmac.digest(sign, wrapped, "sha256").hex()


def _check(key: bytes) -> str:
    return sha256(b"nerve-coach key check" + key).hexdigest()
