"""Where the files shipped with the program are."""

from pathlib import Path


def shipped_root() -> Path:
    """The folder that holds ``assets`` and ``sessions``: installed beside us, or the checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "_shipped"
    return installed if installed.is_dir() else package.parent
