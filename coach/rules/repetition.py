"""How long a repetition of a dose takes, in milliseconds (clinical.md 7.0)."""

from coach.domain.dose import Dose
from coach.domain.exercise import Exercise, Phase


def phase_ms(dose: Dose, phase: Phase) -> int:
    """Planned length of a phase: the hold time for holds, 2.5 s stretched to 3.5 s when slow."""
    if phase.hold:
        return dose.hold_s * 1000
    if dose.slow and phase.toward is not None:
        return phase.ms * 7 // 5
    return phase.ms


def repetition_ms(exercise: Exercise, dose: Dose) -> int:
    """Planned length of one repetition."""
    return sum(phase_ms(dose, phase) for phase in exercise.phases)
