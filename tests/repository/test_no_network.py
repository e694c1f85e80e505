"""Nothing leaves the computer: no part of the program can open a connection (hazard H19)."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CONNECTING = {
    "socket", "ssl", "http", "urllib", "ftplib", "smtplib", "imaplib", "poplib", "telnetlib",
    "xmlrpc", "asyncio", "webbrowser", "requests", "httpx", "aiohttp", "QtNetwork", "QtWebSockets",
    "QtWebEngineCore", "QtWebEngineWidgets", "QDesktopServices", "QTcpSocket",
}  # fmt: skip


def connecting(source: str) -> set[str]:
    """The names a module imports, or asks Qt for, with which it could reach another computer."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {part for name in node.names for part in name.name.split(".")}
        elif isinstance(node, ast.ImportFrom):
            found |= set((node.module or "").split(".")) | {name.name for name in node.names}
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
    return found & CONNECTING


@pytest.mark.hazard("H19")
def test_no_module_of_the_program_can_reach_another_computer() -> None:
    modules = list((ROOT / "coach").rglob("*.py"))
    assert len(modules) > 100
    read = {path.name: connecting(path.read_text(encoding="utf-8")) for path in modules}
    assert {name: found for name, found in read.items() if found} == {}


@pytest.mark.parametrize(
    "source",
    [
        "import socket",
        "import urllib.request",
        "from http import client",
        "from PySide6 import QtNetwork",
        "from PySide6.QtGui import QDesktopServices",
        "def f():\n    import smtplib",
        "import PySide6\nPySide6.QtNetwork.QTcpSocket()",
    ],
)
def test_the_search_finds_what_it_is_for(source: str) -> None:
    assert connecting(source)
