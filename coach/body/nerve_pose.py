"""What an exercise's pose is to the nerve: which part of the trunk angle bends which part."""

from coach.body import nerve
from coach.domain.exercise import Exercise, Kind
from coach.domain.pose import Pose

THORACIC_SHARE = 15 / 40
"""Of a slump's angle; the lumbar spine bends by the rest (nerve-model.md 8, seated slider)."""


def shows_nerve(exercise: Exercise) -> bool:
    """Whether the figure's nerve says anything: core exercises are about the trunk."""
    return exercise.kind is not Kind.CORE


def nerve_pose(exercise: Exercise, pose: Pose, lean: float = 0.0) -> nerve.Pose:
    """The angles the nerve model needs, in degrees.

    A hinge tips the trunk in one piece, and its hip angle already counts that. Everywhere else the
    trunk angle is a slump. lean: of the pelvis, - backwards, where the pose's hip angle counts from
    upright.
    """
    slump = 0.0 if exercise.hinge else pose.trunk
    return nerve.Pose(
        neck=pose.neck,
        thoracic=slump * THORACIC_SHARE,
        lumbar=slump * (1 - THORACIC_SHARE),
        hip=pose.hip + lean,
        knee=pose.knee,
        ankle=pose.ankle,
    )
