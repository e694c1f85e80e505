"""Files that only their owner may read, replaced whole or not at all."""

import errno
import os
import tempfile
from pathlib import Path

from coach.store.errors import KnownError

#: Only the owner reads and writes; on Windows the profile folder's access list does this.
FILE_MODE = 0o600
FOLDER_MODE = 0o700
#: A disk that may only be read says so where something is to be written.
_NOT_NARROWED = (errno.EPERM, errno.EACCES, errno.EROFS)


def make_folder(folder: Path) -> None:
    """Create a folder for its owner alone, and close an existing one to everybody else."""
    try:
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    except OSError as error:
        raise KnownError(f"{folder}: cannot make this folder: {error.strerror}") from error
    narrow(folder, FOLDER_MODE)


def narrow(path: Path, mode: int) -> None:
    """Set the permissions where the file system has any (memory sticks often have none)."""
    try:
        path.chmod(mode)
    except OSError as error:
        if error.errno not in _NOT_NARROWED:
            raise


def create_private(path: Path) -> None:
    """Create an empty file of mode 0600; one that exists is narrowed to it."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, FILE_MODE))
        sync_folder(path.parent)
    except FileExistsError:
        narrow(path, FILE_MODE)
    except OSError as error:
        raise KnownError(f"{path}: cannot make this file: {error.strerror}") from error


def write_private(path: Path, content: bytes) -> None:
    """Replace the file in one step: afterwards it holds the old content or the new, never half."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)
    except OSError as error:
        raise KnownError(f"{path}: cannot write this file: {error.strerror}") from error


def copy_private(source: Path, target: Path) -> None:
    """Copy a file's bytes to a private file, on disk when this returns."""
    try:
        content = source.read_bytes()
    except OSError as error:
        raise KnownError(f"{source}: cannot read this file: {error.strerror}") from error
    write_private(target, content)


def sync_file(path: Path) -> None:
    """Wait until the content of a file is on disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until names made in a folder are on disk; Windows does so by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def free_name(path: Path) -> Path:
    """The path itself, or with the first number that no file has yet: ``name-2.db``."""
    number, candidate = 1, path
    while candidate.exists():
        number += 1
        candidate = path.with_stem(f"{path.stem}-{number}")
    return candidate
