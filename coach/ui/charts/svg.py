"""Charts as SVG, for a printed page."""

import os
import sys

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize
from PySide6.QtGui import QGuiApplication, QPainter
from PySide6.QtSvg import QSvgGenerator

from coach.app.history.chart import Chart
from coach.ui.charts.ink import Look, printed
from coach.ui.charts.painter import paint

_DPI = 96
_application: list[QGuiApplication] = []
"""Kept alive: typefaces are known as long as an application is."""


def svg_of(chart: Chart, size: tuple[int, int], look: Look | None = None) -> bytes:
    """A chart as SVG of ``size`` pixels, its words as outlines; no window is needed."""
    _typefaces()
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(QSize(*size))
    generator.setViewBox(QRectF(0, 0, *size))
    generator.setResolution(_DPI)
    generator.setTitle(chart.words.title)
    generator.setDescription(chart.words.summary)
    painter = QPainter(generator)
    paint(painter, QRectF(0, 0, *size), chart, look or printed())
    painter.end()
    buffer.close()
    return bytes(held.data())


def _typefaces() -> None:
    """Make the system's typefaces known where no application runs."""
    if QGuiApplication.instance() is None:
        # Elsewhere the platform itself needs no display, and only it knows the typefaces.
        if sys.platform not in ("win32", "darwin"):
            os.environ["QT_QPA_PLATFORM"] = "offscreen"
        _application.append(QGuiApplication([]))
