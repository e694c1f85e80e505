"""How far a pose stretches the hamstrings (nerve-model.md 2.4, after Hawkins and Hull).

For drawing, not for quoting: published equations differ by a third.
"""

FULL_STRETCH = 16.07792484651797
"""Per cent at which the index reads 100: a raise of the straight leg to 80 degrees."""

_MUSCLES = (
    (1.048, 2.09e-3, -1.60e-3),  # biceps femoris, long head
    (0.987, 2.07e-3, -1.78e-3),  # semitendinosus
    (1.027, 1.99e-3, -2.22e-3),  # semimembranosus
)
"""Length in standing as a share of the thigh, and its change per degree of hip and of knee."""


def hamstring_stretch(hip: float, knee: float) -> float:
    """Mean stretch in per cent of the length in standing; hip and knee flexion in degrees."""
    stretches = [100 * (by_hip * hip + by_knee * knee) / rest for rest, by_hip, by_knee in _MUSCLES]
    return sum(stretches) / len(stretches)


def hamstring_index(hip: float, knee: float) -> float:
    """The same on a scale on which slack is 0 and a straight leg raised to 80 degrees is 100."""
    return 100 * max(0.0, hamstring_stretch(hip, knee)) / FULL_STRETCH
