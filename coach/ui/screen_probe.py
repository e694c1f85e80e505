"""Helper process that tells whether a window can be opened: one JSON line, exit status 0.

Qt ends the process when it finds no way to a screen, and says why on standard error.
"""

import json
import sys

from PySide6.QtWidgets import QApplication


def main() -> int:
    """Open Qt as the window would, and say on what."""
    app = QApplication(sys.argv[:1])
    screen = app.primaryScreen()
    size = screen.size()
    found = {"platform": app.platformName(), "width": size.width(), "height": size.height()}
    sys.stdout.write(json.dumps(found) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
