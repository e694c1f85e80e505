"""The smallest window PySide6 can show; everything else is compared with it."""

import sys

from painted import FirstPaint, Watch, tell
from PySide6.QtWidgets import QApplication, QWidget


def main(task: str) -> int:
    """Tell of the first frame; stay for ``idle``."""
    app = QApplication(sys.argv[:1])
    window = QWidget()
    window.resize(1280, 800)

    def painted() -> None:
        tell("painted")
        if task == "start":
            app.quit()
        else:
            Watch(window, app.quit)

    FirstPaint(window, painted)
    window.show()
    return app.exec()


sys.exit(main(sys.argv[1]))
