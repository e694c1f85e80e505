"""Lengths of the drawn body in metres.

Fractions of stature after Drillis and Contini (nerve-model.md 7). Only stature scales the figure:
it shows a movement, it does not portray a person.
"""

STATURE = 1.72
"""Height of the figure in metres."""

THIGH = 0.245 * STATURE
SHANK = 0.246 * STATURE
LUMBAR = 0.100 * STATURE
THORAX = 0.188 * STATURE
TRUNK = LUMBAR + THORAX
NECK = 0.052 * STATURE
HEAD = 0.130 * STATURE
UPPER_ARM = 0.186 * STATURE
FOREARM = 0.146 * STATURE
HAND = 0.108 * STATURE
FOOT = 0.152 * STATURE
ANKLE_HEIGHT = 0.039 * STATURE + 0.013
"""Ankle centre above the floor with the sole flat; the last part is the sole of the shoe."""

HEEL_BEHIND = 0.25 * FOOT
"""How far the heel reaches behind the ankle."""

TOE_AHEAD = FOOT - HEEL_BEHIND

BODY_DEPTH = 0.105
"""Half the thickness of the trunk: the hip centre above what the back lies on."""

SEAT_DEPTH = 0.098
"""The hip centre above the seat."""

LIMB_RADIUS = {"thigh": 0.085, "knee": 0.058, "shank": 0.056, "arm": 0.042}
"""Half-widths used to keep limbs clear of what they rest on."""
