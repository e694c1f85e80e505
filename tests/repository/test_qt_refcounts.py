"""The installed PySide6 gives back as many references as it takes."""

import subprocess
import sys

COUNT = """
import sys
from PySide6.QtCore import QObject

thing = QObject()
before = sys.getrefcount(None)
for _ in range(200):
    thing.setObjectName("x")
print(sys.getrefcount(None) - before)
"""


def test_void_calls_do_not_drop_references_to_none() -> None:
    """Where they do, Python before 3.12 aborts after some 5,000 calls."""
    ran = subprocess.run([sys.executable, "-c", COUNT], capture_output=True, text=True, check=True)

    assert abs(int(ran.stdout)) < 50
