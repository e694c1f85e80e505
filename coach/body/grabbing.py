"""Moving one joint of the figure by hand: which may be moved, how far, and where a pull leads.

A pose may be left for any other in which every joint keeps its limits, the hamstrings are not
stretched further than a figure can be drawn (nerve-model.md 7), nothing sinks deeper into what
stands around than in the movement itself, and everything stays in the picture.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from math import cos, radians, sin

from coach.body import proportions as size
from coach.body.hamstrings import hamstring_stretch
from coach.body.kinematics import Point, up
from coach.body.limits import beyond
from coach.body.nerve_pose import shows_nerve
from coach.body.skeleton import Skeleton, View
from coach.body.stage import Frame, Prop, PropKind, Stage
from coach.body.staging import stage_for
from coach.domain.dose import Dose
from coach.domain.exercise import Exercise, Kind, Posture
from coach.domain.pose import Joint, Pose

MOST_STRETCH = 17.0
"""Per cent the hamstrings may be stretched: beyond it the figure looks impossible."""

SINKS = 0.012
"""Metres by which a limb may sink deeper into a thing than the movement itself lets it."""

_MARGIN = 0.06
_GROWS = 0.18
"""The picture grows on each side by this share of itself at most, so that nobody gets small."""

_FOLLOWS = 0.0015
"""Metres a handle must move for each degree: a foot that stands holds its leg where it is."""

_PULLS = (4.0, 1.0, 0.25)
"""Degrees of the ever finer steps in which a joint follows a pull."""

_COARSE = 6.0
"""Degrees of the steps in which is looked how wide the picture has to be."""

_TRIED = 4.0
"""A joint can be grabbed when it can be turned by so many degrees one way or the other."""

_SOLID = (PropKind.PILLOW, PropKind.CHAIR, PropKind.CHAIR_TURNED, PropKind.WALL, PropKind.STEP)
"""What is in the way. The worktop is not: it stands on the other side."""

_UPRIGHT = (Posture.SEATED, Posture.STANDING)
_HEAD_RADIUS = 0.085


@dataclass(frozen=True, slots=True)
class Grip:
    """The joints of one exercise at a dose, as far as a hand may move them.

    stage: with a frame that holds whatever one joint can reach from either end of the movement.
    depth: metres by which the movement itself sinks into what is around it. reach: where one joint
    after another can go from either end of the movement.
    """

    exercise: Exercise
    stage: Stage
    depth: float
    reach: tuple[Pose, ...] = ()

    def joints(self, pose: Pose) -> tuple[Joint, ...]:
        """The joints that can be moved from a pose, in the order they are reported."""
        if not _movable(self.exercise):
            return ()
        return tuple(joint for joint in Joint if self._responds(pose, joint))

    def holds(self, pose: Pose) -> bool:
        """True when the figure may stand like this."""
        if not self._possible(pose):
            return False
        frame = self.stage.frame
        points = self.stage.skeleton(pose).points()
        return all(
            frame.left < p.x < frame.right and frame.bottom < p.y < frame.top for p in points
        )

    def turned(self, pose: Pose, joint: Joint, by: float, step: float = 1.0) -> Pose:
        """The pose with a joint turned by so many degrees, or as far as it goes step by step."""
        way = 1.0 if by > 0 else -1.0
        while by * way > 0:
            turn = min(step, by * way) * way
            trial = self._moved(pose, joint, turn)
            if not (self.holds(trial) and self._follows(pose, trial, joint, turn)):
                break
            pose, by = trial, by - turn
        return pose

    def pulled(self, pose: Pose, joint: Joint, to: Point) -> Pose:
        """The pose whose handle of a joint has come as near to a point as it goes."""
        gap = self._gap(pose, joint, to)
        for size_of_step in _PULLS:
            for step in (size_of_step, -size_of_step):
                while True:
                    trial = self._moved(pose, joint, step)
                    nearer = self._gap(trial, joint, to)
                    if nearer >= gap or not self.holds(trial):
                        break
                    if not self._follows(pose, trial, joint, step):
                        break
                    pose, gap = trial, nearer
        return pose

    def _gap(self, pose: Pose, joint: Joint, to: Point) -> float:
        return handle(self.stage.skeleton(pose), joint).distance(to)

    def _follows(self, pose: Pose, trial: Pose, joint: Joint, by: float) -> bool:
        at = handle(self.stage.skeleton(pose), joint)
        return self._gap(trial, joint, at) >= _FOLLOWS * abs(by)

    def _moved(self, pose: Pose, joint: Joint, by: float) -> Pose:
        """A hinged trunk tips about the hips, so their angle changes with it."""
        moved = pose.moved(joint, pose[joint] + by)
        if joint is Joint.TRUNK and self.exercise.hinge:
            moved = moved.moved(Joint.HIP, pose.hip + by)
        return moved

    def _responds(self, pose: Pose, joint: Joint) -> bool:
        if joint is Joint.TRUNK and self.exercise.posture not in _UPRIGHT:
            return False
        return any(self.turned(pose, joint, by, _TRIED) != pose for by in (_TRIED, -_TRIED))

    def _possible(self, pose: Pose) -> bool:
        if beyond(pose) or hamstring_stretch(pose.hip, pose.knee) > MOST_STRETCH:
            return False
        return depth(self.stage, self.stage.skeleton(pose)) <= self.depth + SINKS

    def reaches(self, dose: Dose) -> Iterator[Pose]:
        """Where one joint after another can go from either end of the movement."""
        for pose in (dose.home, dose.out):
            for joint in self.joints(pose):
                yield self.turned(pose, joint, 180.0, _COARSE)
                yield self.turned(pose, joint, -180.0, _COARSE)


@lru_cache(maxsize=64)
def grip_on(exercise: Exercise, dose: Dose) -> Grip:
    """What a hand may do with an exercise at a dose."""
    stage = stage_for(exercise, dose)
    ends = (dose.home, dose.home.toward(dose.out, tuple(Joint), 0.5), dose.out)
    sunk = max(depth(stage, stage.skeleton(pose)) for pose in ends)
    endless = Frame(-9.0, -9.0, 9.0, 9.0)
    grip = Grip(exercise, replace(stage, frame=endless), max(sunk, 0.0))
    frame = stage.frame
    reach = tuple(grip.reaches(dose))
    for pose in reach:
        frame = frame.around(stage.skeleton(pose).points(), _MARGIN)
    return replace(grip, stage=replace(stage, frame=_grown(stage.frame, frame)), reach=reach)


def _grown(frame: Frame, wished: Frame) -> Frame:
    across, up_to = (frame.right - frame.left) * _GROWS, (frame.top - frame.bottom) * _GROWS
    return Frame(
        max(wished.left, frame.left - across),
        max(wished.bottom, frame.bottom - up_to),
        min(wished.right, frame.right + across),
        min(wished.top, frame.top + up_to),
    )


def handle(body: Skeleton, joint: Joint) -> Point:
    """What one takes hold of to move a joint: the far end of the limb that turns about it."""
    match joint:
        case Joint.HIP:
            return body.near_leg.knee
        case Joint.KNEE:
            return body.near_leg.ankle
        case Joint.ANKLE:
            return body.near_leg.on_foot(size.TOE_AHEAD * 0.8, -size.ANKLE_HEIGHT * 0.6)
        case Joint.TRUNK:
            return body.spine[-1].toward(body.spine[-2], 0.3)
        case Joint.NECK:
            return _head(body)


def place(body: Skeleton, joint: Joint) -> Point:
    """Where a joint is."""
    match joint:
        case Joint.HIP:
            return body.near_leg.hip
        case Joint.KNEE:
            return body.near_leg.knee
        case Joint.ANKLE:
            return body.near_leg.ankle
        case Joint.TRUNK:
            return body.spine[2]
        case Joint.NECK:
            return body.neck[0]


def depth(stage: Stage, body: Skeleton) -> float:
    """How deep the working leg and the head are in the floor or a thing, metres; 0 is touching."""
    if stage.view is not View.SIDE:
        return 0.0
    limb, radius = body.near_leg, size.LIMB_RADIUS
    knee, shank = radius["knee"], radius["shank"]
    thigh = [(limb.hip.toward(limb.knee, n / 5), radius["thigh"] * 0.8) for n in range(1, 5)]
    calf = [(limb.knee.toward(limb.ankle, n / 5), shank * 0.8) for n in range(1, 5)]
    ends = [(limb.knee, knee), (limb.heel, 0.0), (limb.toes, 0.0), (_head(body), _HEAD_RADIUS)]
    round_things = [*thigh, *calf, *ends]
    floor = max(stage.floor + reach - point.y for point, reach in round_things)
    things = [thing for thing in stage.props if thing.kind in _SOLID]
    sunk = (_sunk(thing, point, reach) for thing in things for point, reach in round_things)
    return max(floor, *sunk, 0.0)


def _sunk(thing: Prop, point: Point, reach: float) -> float:
    """How deep a ball of a radius is in a box; negative outside."""
    x, y = point.x - thing.centre.x, point.y - thing.centre.y
    c, s = cos(radians(thing.tilt)), sin(radians(thing.tilt))
    across, along = abs(x * c + y * s), abs(y * c - x * s)
    return min(thing.width / 2 + reach - across, thing.height / 2 + reach - along)


def _head(body: Skeleton) -> Point:
    return up(body.neck[1], body.head_lean, size.HEAD / 2)


def _movable(exercise: Exercise) -> bool:
    return shows_nerve(exercise) and exercise.kind not in (Kind.WARM_UP, Kind.REST)
