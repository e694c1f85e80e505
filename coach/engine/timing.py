"""How long everything takes, in milliseconds of session time."""

LEAD_IN_FIRST_MS = 15_000  # into a new position; peers.md 4 asks for 15-20 s on the floor
LEAD_IN_NEXT_MS = 5_000
LEAD_IN_RESUME_MS = 3_000  # DESIGN 6, Space
SWITCH_SIDES_MS = 10_000  # clinical.md 7.3b
REST_POSITION_MS = 120_000  # clinical.md 7.1 R1
ASK_AGAIN_MS = 60_000  # clinical.md 9.1
GIVE_UP_MS = 240_000  # a further 4 minutes: 5 in all, clinical.md 9.1
SETTLE_CHECKS_S = (60, 120)  # clinical.md 9.1 Q5
#: A shorter rest asks this many seconds before its end, never before EARLIEST_CHECK_S, so that the
#: answer is in and the decision heard when the rest is over (clinical.md 9.1 Q5: 30-60 s).
ASKED_BEFORE_END_S = 10
EARLIEST_CHECK_S = 30
FEW_REPS = 3  # a set of more repetitions gets its reminder half way
READING_S = 6  # to hear and read what changes before the next lead-in
ANSWERING_S = 15  # an answer within this time speaks for the moment it was asked for
#: From the end of the rest position to the ten-minute question: even after the earliest settle
#: answer (30 s) and the rest position (120 s) ten minutes have passed.
TEN_MINUTE_WAIT_MS = 450_000
HOLD_EXTRA_S = 15  # clinical.md 9.2 HOLD
SLOW_REST_S = 120  # clinical.md 9.3 REC-02
LONGEST_REST_S = 180  # clinical.md 7.0


def first_check_s(rest_s: int) -> int:
    """Seconds after a set at which the settle question of a rest of ``rest_s`` is first asked."""
    return min(max(rest_s - ASKED_BEFORE_END_S, EARLIEST_CHECK_S), SETTLE_CHECKS_S[0])
