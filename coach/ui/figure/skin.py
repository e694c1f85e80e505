"""The body: ribbons for limbs and clothes, put on a skeleton back to front."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import partial

from coach.body.kinematics import Arm, Leg, Point, along
from coach.body.skeleton import Skeleton, View
from coach.ui.figure import shapes
from coach.ui.figure.canvas import Canvas, smooth
from coach.ui.figure.look import Tone, mixed
from coach.ui.figure.ribbon import Ribbon, tube

LEG = Ribbon(
    2,
    [
        (0, 0.080, 0.084),
        (0.6, 0.064, 0.064),
        (1, 0.058, 0.055),
        (1.14, 0.053, 0.054),
        (1.38, 0.047, 0.068),
        (1.68, 0.038, 0.046),
        (1.9, 0.034, 0.036),
        (2, 0.036, 0.038),
    ],
    straight=4,
    rounding=0.20,
    caps=(False, True),
)
"""From the middle of the thigh, below the shorts, to the ankle."""

SHORTS = Ribbon(
    2,
    [
        (0, 0.090, 0.092),
        (0.45, 0.098, 0.106),
        (1, 0.100, 0.116),
        (1.4, 0.098, 0.104),
        (2, 0.090, 0.090),
    ],
    bend=4,
    rounding=0.42,
    caps=(True, False),
)
FAR_SHORTS = Ribbon(
    1, [(0, 0.095, 0.100), (0.5, 0.094, 0.098), (1, 0.088, 0.088)], caps=(True, False)
)
SHIRT = Ribbon(
    4,
    [
        (0, 0.100, 0.096),
        (1, 0.090, 0.096),
        (2, 0.092, 0.108),
        (2.9, 0.104, 0.116),
        (3.5, 0.092, 0.090),
        (4, 0.054, 0.050),
    ],
    straight=2,
    rounding=0.45,
    caps=(False, True),
)
NECK = Ribbon(2, [(0, 0.062, 0.060), (1, 0.052, 0.050), (2, 0.054, 0.048)], 2, 2, 0.3)
ARM = Ribbon(
    2,
    [
        (0, 0.049, 0.049),
        (0.8, 0.039, 0.040),
        (1.25, 0.043, 0.041),
        (1.7, 0.031, 0.031),
        (2, 0.026, 0.026),
    ],
    rounding=0.22,
    caps=(False, True),
)
"""From below the sleeve to the wrist."""

SLEEVE = Ribbon(
    1, [(0, 0.066, 0.066), (0.55, 0.064, 0.063), (1, 0.060, 0.060)], 3, caps=(True, False)
)
HAND = Ribbon(
    3, [(0, 0.026, 0.026), (1, 0.037, 0.035), (2, 0.032, 0.030), (3, 0.016, 0.016)], 2, 1, 0.45
)
THUMB = Ribbon(1, [(0, 0.015, 0.015), (1, 0.010, 0.010)], 2)

FRONT_SHIRT = Ribbon(
    4,
    [
        (0, 0.140, 0.140),
        (1, 0.124, 0.124),
        (2, 0.136, 0.136),
        (3.2, 0.168, 0.168),
        (3.75, 0.140, 0.140),
        (4, 0.080, 0.080),
    ],
    2,
    3,
    0.45,
    (False, True),
)
FRONT_SHORTS = Ribbon(
    2, [(0, 0.134, 0.134), (1, 0.150, 0.146), (2, 0.118, 0.110)], 3, 4, 0.4, (True, False)
)
FRONT_THIGH = Ribbon(1, [(0, 0.092, 0.092), (0.6, 0.078, 0.078), (1, 0.064, 0.064)], 4)

NEAR_LAYERS = 7
BROAD_LAYERS = 9
FAR_LAYERS = 4
SMALL_LAYERS = 3


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of the figure; ``key`` holds all it depends on, so equal keys look the same."""

    key: Hashable
    draw: Callable[[Canvas], None]


def far_parts(body: Skeleton, view: View, *, shod: bool) -> list[Part]:
    """The side turned away, back to front: what stands between the sides goes over it."""
    leg, arm = body.far_leg, body.far_arm
    if view is View.FRONT:
        return [Part(leg, partial(_front_far_thigh, leg=leg))]
    return [
        Part(arm, partial(_far_arm, arm=arm)),
        Part(leg, partial(_far_leg, leg=leg, shod=shod)),
    ]


def near_parts(body: Skeleton, view: View, *, shod: bool) -> list[Part]:
    """Neck, head, trunk and the working side, back to front."""
    leg, spine = body.near_leg, body.spine
    head = (body.neck, body.head_lean, spine)
    if view is View.FRONT:
        return [
            Part((leg, head), partial(_front_trunk, body=body)),
            Part(head, partial(_front_head, body=body)),
            Part(body.near_arm, partial(_near_arm, arm=body.near_arm)),
            Part(body.far_arm, partial(_near_arm, arm=body.far_arm)),
        ]
    return [
        Part(head, partial(_head, body=body)),
        Part((leg.hip, leg.knee, leg.ankle), partial(_near_leg, leg=leg)),
        Part((leg.ankle, leg.foot), partial(_near_foot, leg=leg, shod=shod)),
        Part((leg.hip, leg.knee, spine), partial(_trunk, body=body)),
        Part(body.strap, partial(_strap, strap=body.strap)),
        Part(body.near_arm, partial(_near_arm, arm=body.near_arm)),
    ]


def _far_arm(canvas: Canvas, arm: Arm) -> None:
    _arm(canvas, arm, canvas.look.skin_far, canvas.look.shirt_far, FAR_LAYERS)


def _near_arm(canvas: Canvas, arm: Arm) -> None:
    _arm(canvas, arm, canvas.look.skin, canvas.look.shirt, NEAR_LAYERS)


def _far_leg(canvas: Canvas, leg: Leg, *, shod: bool) -> None:
    look = canvas.look
    _leg(canvas, leg, look.skin_far, FAR_LAYERS)
    _foot(canvas, leg, look.foot_far, shod=shod)
    cloth = (leg.hip, leg.hip.toward(leg.knee, 0.60))
    canvas.limb(FAR_SHORTS, cloth, look.shorts_far, FAR_LAYERS)


def _near_leg(canvas: Canvas, leg: Leg) -> None:
    _leg(canvas, leg, canvas.look.skin, NEAR_LAYERS)


def _near_foot(canvas: Canvas, leg: Leg, *, shod: bool) -> None:
    _foot(canvas, leg, canvas.look.foot, shod=shod)


def _trunk(canvas: Canvas, body: Skeleton) -> None:
    look, spine, leg = canvas.look, body.spine, body.near_leg
    waist = spine[1].toward(spine[2], 0.2)
    hem = leg.hip.toward(leg.knee, 0.62)
    canvas.limb(SHORTS, (waist, leg.hip, hem), look.shorts, BROAD_LAYERS)
    shirt = (spine[0].toward(spine[1], 0.55), *spine[1:])
    canvas.limb(SHIRT, shirt, look.shirt, BROAD_LAYERS)


def _leg(canvas: Canvas, leg: Leg, tone: Tone, layers: int) -> None:
    canvas.limb(LEG, (leg.hip.toward(leg.knee, 0.50), leg.knee, leg.ankle), tone, layers)


def _foot(canvas: Canvas, leg: Leg, tone: Tone, *, shod: bool) -> None:
    place = canvas.map.transform(leg.ankle, leg.foot)
    middle = leg.on_foot(0.05, -0.03)
    shade = canvas.glow(middle, 0.20, tone)
    if shod:
        canvas.fill(place.map(shapes.shoe()), shade)
        canvas.fill(place.map(shapes.sole()), canvas.look.sole)
    else:
        canvas.fill(place.map(shapes.sock()), shade)


def _arm(canvas: Canvas, arm: Arm, skin: Tone, sleeve: Tone, layers: int) -> None:
    bare = arm.shoulder.toward(arm.elbow, 0.45)
    canvas.limb(ARM, (bare, arm.elbow, arm.wrist), skin, layers)
    _hand(canvas, arm, skin)
    hem = arm.shoulder.toward(arm.elbow, 0.56)
    canvas.limb(SLEEVE, (arm.shoulder, hem), sleeve, layers - 1)


def _hand(canvas: Canvas, arm: Arm, skin: Tone) -> None:
    palm = along(arm.wrist, arm.hand, 0.060)
    knuckles = along(palm, arm.hand - 10, 0.048)
    tips = along(knuckles, arm.hand - 26, 0.050)
    thumb = along(arm.wrist, arm.hand + 6, 0.030)
    canvas.limb(HAND, (arm.wrist, palm, knuckles, tips), skin, SMALL_LAYERS)
    canvas.limb(THUMB, (thumb, along(thumb, arm.hand + 24, 0.050)), skin, 2)


def _neck(canvas: Canvas, body: Skeleton) -> None:
    skin = canvas.look.skin
    shaded = Tone(mixed(skin.base, skin.shade, 0.18), skin.base, skin.shade, skin.rim)
    base, top = body.neck
    inside = along(top, 90 - body.head_lean, 0.035)
    root = body.spine[-1].toward(body.spine[-2], 0.25)
    canvas.limb(NECK, (root, base.toward(top, 0.5), inside), shaded, FAR_LAYERS)


def _head(canvas: Canvas, body: Skeleton) -> None:
    look = canvas.look
    _neck(canvas, body)
    top = body.neck[1]
    place = canvas.map.transform(top, -body.head_lean)
    middle = along(top, 90 - body.head_lean, 0.10)
    rim = canvas.rim(look.skin)
    canvas.fill(place.map(shapes.face()), canvas.glow(middle, 0.175, look.skin), rim)
    canvas.line(place.map(shapes.mouth()), mixed(look.skin.shade, look.ink, 0.35), 0.004)
    canvas.fill(place.map(shapes.hair()), canvas.glow(middle, 0.19, look.hair), rim)
    canvas.fill(place.map(shapes.ear()), mixed(look.skin.base, look.skin.shade, 0.22))
    canvas.line(place.map(shapes.eye()), look.ink, 0.006)
    canvas.line(place.map(shapes.brow()), look.hair.base, 0.007)


def _strap(canvas: Canvas, strap: tuple[Point, ...]) -> None:
    if not strap:
        return
    tone = canvas.look.towel
    for radius, colour in ((0.026, tone.shade), (0.021, tone.base), (0.007, tone.light)):
        canvas.fill(smooth(tube(strap, radius, canvas.map)), colour)


def _front_far_thigh(canvas: Canvas, leg: Leg) -> None:
    look = canvas.look
    canvas.limb(FRONT_THIGH, (leg.hip, leg.knee), look.skin_far, FAR_LAYERS)
    cloth = (leg.hip, leg.hip.toward(leg.knee, 0.6))
    canvas.limb(FAR_SHORTS, cloth, look.shorts_far, FAR_LAYERS)


def _front_head(canvas: Canvas, body: Skeleton) -> None:
    look = canvas.look
    top = body.neck[1]
    place = canvas.map.transform(top, -body.head_lean)
    middle = along(top, 90 - body.head_lean, 0.09)
    rim = canvas.rim(look.skin)
    canvas.fill(place.map(shapes.front_face()), canvas.glow(middle, 0.17, look.skin), rim)
    canvas.fill(place.map(shapes.front_hair()), canvas.glow(middle, 0.19, look.hair), rim)
    canvas.line(place.map(shapes.front_features()), look.ink, 0.005)


def _front_trunk(canvas: Canvas, body: Skeleton) -> None:
    look, spine, leg = canvas.look, body.spine, body.near_leg
    _neck(canvas, body)
    canvas.limb(FRONT_THIGH, (leg.hip, leg.knee), look.skin, NEAR_LAYERS)
    waist = spine[1].toward(spine[2], 0.3)
    hem = leg.hip.toward(leg.knee, 0.62)
    canvas.limb(FRONT_SHORTS, (waist, leg.hip, hem), look.shorts, NEAR_LAYERS)
    shirt = (spine[0].toward(spine[1], 0.6), *spine[1:])
    canvas.limb(FRONT_SHIRT, shirt, look.shirt, NEAR_LAYERS)
