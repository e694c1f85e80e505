"""Which place and hold each exercise is drawn in."""

from collections.abc import Callable

from coach.body.postures import kneeling, lying, seated, side, standing
from coach.body.stage import Stage
from coach.domain.dose import Dose
from coach.domain.exercise import Exercise, Kind, Posture

Staging = Callable[[Exercise, Dose], Stage]

_BY_EXERCISE: dict[str, Staging] = {
    "S1": lying.leg_on_pillows,
    "DB1": lying.arms_up,
    "BR1": lying.pelvis_lifts,
    "SP1": side.knees_and_forearm,
    "S8": seated.hands_behind,
}
"""Exercises whose posture and supports do not say enough."""

_BY_SUPPORT: dict[tuple[Posture, str], Staging] = {
    (Posture.LYING, "chair"): lying.calves_on_chair,
    (Posture.LYING, "wall"): lying.heel_on_wall,
    (Posture.LYING, "towel"): lying.towel_behind_thigh,
}

_BY_POSTURE: dict[Posture, Staging] = {
    Posture.LYING: lying.hands_behind_thigh,
    Posture.SIDE_LYING: side.top_leg_slides,
    Posture.SEATED: seated.hands_on_seat,
    Posture.STANDING: standing.hand_on_worktop,
    Posture.KNEELING: kneeling.all_fours,
}


def stage_for(exercise: Exercise, dose: Dose) -> Stage:
    """The stage an exercise at a dose is drawn on; its frame holds the whole movement."""
    return _staging(exercise)(exercise, dose)


def _staging(exercise: Exercise) -> Staging:
    special = _BY_EXERCISE.get(exercise.id)
    if special is not None:
        return special
    for support in exercise.supports:
        staging = _BY_SUPPORT.get((exercise.posture, support))
        if staging is not None:
            return staging
    if exercise.kind is Kind.WARM_UP:
        return standing.marching
    if exercise.hinge and exercise.posture is Posture.SEATED:
        return seated.edge_of_chair
    return _BY_POSTURE[exercise.posture]
