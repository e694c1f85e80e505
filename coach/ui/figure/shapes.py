"""Hand-drawn parts: head, feet and shoes, each round its own joint, in metres.

The head faces right with the top of the neck as origin; a foot points right from the ankle.
"""

from functools import cache

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath

from coach.body.proportions import ANKLE_HEIGHT

Curve = tuple[float, float, float, float, float, float]
_SOLE = -ANKLE_HEIGHT


def closed(start: tuple[float, float], *curves: Curve) -> QPainterPath:
    """A closed path of cubic curves."""
    path = opened(start, *curves)
    path.closeSubpath()
    return path


def opened(start: tuple[float, float], *curves: Curve) -> QPainterPath:
    """An open path of cubic curves."""
    path = QPainterPath(QPointF(*start))
    for curve in curves:
        path.cubicTo(*curve)
    return path


@cache
def face() -> QPainterPath:
    """Skull and profile."""
    return closed(
        (-0.050, -0.012),
        (-0.098, 0.020, -0.112, 0.100, -0.082, 0.152),
        (-0.048, 0.208, 0.044, 0.214, 0.078, 0.158),
        (0.090, 0.138, 0.091, 0.122, 0.090, 0.110),
        (0.092, 0.102, 0.111, 0.078, 0.112, 0.070),
        (0.112, 0.062, 0.101, 0.060, 0.097, 0.056),
        (0.101, 0.049, 0.103, 0.043, 0.098, 0.038),
        (0.102, 0.031, 0.099, 0.025, 0.094, 0.020),
        (0.098, 0.006, 0.094, -0.010, 0.078, -0.016),
        (0.056, -0.022, 0.032, -0.012, 0.012, 0.006),
        (0.000, -0.010, -0.024, -0.026, -0.050, -0.012),
    )


@cache
def hair() -> QPainterPath:
    """Short hair, from the forehead round to the nape."""
    return closed(
        (0.086, 0.146),
        (0.070, 0.150, 0.046, 0.150, 0.032, 0.132),
        (0.022, 0.118, 0.022, 0.104, 0.014, 0.096),
        (0.006, 0.090, -0.006, 0.094, -0.014, 0.086),
        (-0.026, 0.068, -0.030, 0.036, -0.044, 0.010),
        (-0.052, -0.002, -0.066, -0.004, -0.076, 0.006),
        (-0.108, 0.036, -0.122, 0.108, -0.096, 0.162),
        (-0.066, 0.220, 0.022, 0.232, 0.070, 0.202),
        (0.096, 0.184, 0.102, 0.160, 0.086, 0.146),
    )


@cache
def ear() -> QPainterPath:
    """The ear, a little tilted."""
    return closed(
        (-0.010, 0.048),
        (-0.020, 0.062, -0.026, 0.088, -0.008, 0.094),
        (0.012, 0.098, 0.014, 0.076, 0.006, 0.064),
        (0.002, 0.056, -0.002, 0.046, -0.010, 0.048),
    )


@cache
def eye() -> QPainterPath:
    """A calm, half-closed eye."""
    return opened((0.064, 0.104), (0.069, 0.099, 0.077, 0.099, 0.082, 0.103))


@cache
def brow() -> QPainterPath:
    """The eyebrow."""
    return opened((0.058, 0.124), (0.066, 0.130, 0.077, 0.129, 0.084, 0.124))


@cache
def mouth() -> QPainterPath:
    """The line of the lips."""
    return opened((0.097, 0.038), (0.090, 0.035, 0.084, 0.036, 0.079, 0.039))


@cache
def front_face() -> QPainterPath:
    """The face seen from the front."""
    return closed(
        (0.0, -0.030),
        (0.046, -0.030, 0.072, 0.020, 0.076, 0.080),
        (0.080, 0.150, 0.050, 0.196, 0.0, 0.196),
        (-0.050, 0.196, -0.080, 0.150, -0.076, 0.080),
        (-0.072, 0.020, -0.046, -0.030, 0.0, -0.030),
    )


@cache
def front_hair() -> QPainterPath:
    """Hair seen from the front."""
    return closed(
        (-0.078, 0.084),
        (-0.098, 0.170, -0.060, 0.218, 0.004, 0.218),
        (0.066, 0.218, 0.096, 0.168, 0.078, 0.084),
        (0.074, 0.120, 0.058, 0.146, 0.030, 0.150),
        (-0.006, 0.154, -0.034, 0.150, -0.054, 0.136),
        (-0.070, 0.124, -0.074, 0.106, -0.078, 0.084),
    )


@cache
def front_features() -> QPainterPath:
    """Eyes, brows, nose and mouth from the front."""
    path = QPainterPath()
    for side in (-1, 1):
        path.moveTo(side * 0.018, 0.084)
        path.cubicTo(side * 0.026, 0.078, side * 0.038, 0.078, side * 0.046, 0.084)
        path.moveTo(side * 0.016, 0.108)
        path.cubicTo(side * 0.026, 0.114, side * 0.040, 0.113, side * 0.048, 0.107)
    path.moveTo(0.002, 0.078)
    path.cubicTo(0.010, 0.056, 0.012, 0.050, 0.000, 0.048)
    path.moveTo(-0.020, 0.016)
    path.cubicTo(-0.008, 0.008, 0.010, 0.008, 0.022, 0.016)
    return path


@cache
def sock() -> QPainterPath:
    """A foot in a sock: heel, arch, ball and toes."""
    return closed(
        (-0.036, 0.034),
        (-0.040, 0.004, -0.062, -0.014, -0.062, -0.042),
        (-0.062, _SOLE + 0.012, -0.052, _SOLE, -0.036, _SOLE),
        (0.000, _SOLE, 0.030, _SOLE + 0.016, 0.072, _SOLE + 0.010),
        (0.100, _SOLE + 0.004, 0.130, _SOLE, 0.164, _SOLE + 0.001),
        (0.190, _SOLE + 0.002, 0.202, _SOLE + 0.014, 0.196, _SOLE + 0.026),
        (0.188, _SOLE + 0.040, 0.150, -0.034, 0.104, -0.016),
        (0.070, -0.002, 0.048, 0.010, 0.038, 0.036),
        (0.020, 0.044, -0.016, 0.044, -0.036, 0.034),
    )


@cache
def shoe() -> QPainterPath:
    """A low trainer."""
    return closed(
        (-0.044, 0.008),
        (-0.056, -0.016, -0.064, -0.040, -0.062, _SOLE + 0.012),
        (-0.040, _SOLE + 0.004, 0.150, _SOLE + 0.004, 0.196, _SOLE + 0.012),
        (0.202, -0.050, 0.186, -0.038, 0.164, -0.034),
        (0.120, -0.024, 0.088, -0.006, 0.052, 0.014),
        (0.030, 0.020, -0.020, 0.022, -0.044, 0.008),
    )


@cache
def sole() -> QPainterPath:
    """The sole of the trainer."""
    return closed(
        (-0.064, _SOLE + 0.020),
        (-0.068, _SOLE + 0.006, -0.062, _SOLE, -0.050, _SOLE),
        (0.020, _SOLE, 0.110, _SOLE, 0.178, _SOLE),
        (0.200, _SOLE, 0.206, _SOLE + 0.010, 0.200, _SOLE + 0.022),
        (0.130, _SOLE + 0.012, 0.020, _SOLE + 0.014, -0.064, _SOLE + 0.020),
    )
