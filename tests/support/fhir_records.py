"""Small believable records to write as FHIR. Run, it writes the committed bundles anew."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

from coach.app.shipped import Shipped
from coach.app.shipped_place import shipped_root
from coach.domain.action import Action, Tier
from coach.domain.exercise import LevelName
from coach.domain.outcome import Outcome
from coach.domain.pose import Pose
from coach.domain.rating import Feel, News, Place
from coach.domain.record import (
    Asked,
    Correction,
    Moment,
    PlayedSession,
    PlayedSet,
    SaidLater,
    SetLock,
)
from coach.domain.side import Side
from coach.formats.deidentified import Deidentifier
from coach.formats.fhir.bundle import FhirWriter
from coach.formats.fhir.codes import read_codes
from coach.formats.fhir.lexicon import Lexicon

SHIPPED = Shipped(shipped_root())
CODES_FILE = shipped_root() / "assets" / "fhir_codes.toml"
LEXICON = Lexicon(
    read_codes(CODES_FILE.read_bytes(), CODES_FILE.name), SHIPPED.phrases, SHIPPED.screen
)
#: The same with a short check-in, for bundles that are read by slow checkers or by people.
FEW_QUESTIONS = Lexicon(
    LEXICON.codes,
    SHIPPED.phrases,
    tuple(asked for asked in SHIPPED.screen if asked.id in ("E1", "U3", "A7")),
)

BERLIN = timezone(timedelta(hours=1))
EVENING = datetime(2025, 11, 20, 18, 30, tzinfo=BERLIN)

WARM_UP = PlayedSet(
    1, "W1", None, LevelName.A, 10, 0, Pose(), Pose(knee=30), 60_000, 61_000, action=Action.CONTINUE
)
SLIDER = PlayedSet(
    *(2, "S3", Side.LEFT, LevelName.A, 8, 45, Pose(hip=70, knee=90), Pose(hip=70, knee=60)),
    *(48_000, 48_200, 4, 1, (Place.THIGH, Place.CALF), (Feel.MILD_PINS,), (), 60),
    *(Action.EASE1, ("SET-03",), ("RNG",)),
)
STOPPED = PlayedSet(
    *(3, "S3", Side.LEFT, LevelName.A, 3, 0, Pose(hip=70, knee=90), Pose(hip=70, knee=75)),
    *(48_000, 18_000, 7, None, (Place.SOLE,), (Feel.NUMB,), (News.NUMB_STAYS,), -1),
    *(Action.URGENT, ("SET-05", "NEW-02"), ()),
)

CALM = PlayedSession(
    *("01JD3M0K0000000000000000A1", "p-7c1f", EVENING, EVENING + timedelta(minutes=9)),
    *(Outcome.COMPLETED, "First week", "ab" * 32, "0.4.0", "cd" * 32, "ef" * 32),
    replies={"E1": "no", "A7": "not sure", "U3": None},
    tingling=1,
    pain=0,
    sets=(WARM_UP, SLIDER),
    later=(
        SaidLater(Moment.TEN_MINUTES, EVENING + timedelta(minutes=20), tingling=1, numb=False),
        SaidLater(Moment.MORNING, EVENING + timedelta(hours=13), 2, 1, woken=False),
    ),
    corrections=(
        Correction(
            *(Moment.SET, 2, Asked.TINGLING, 5, "I meant five <&>\x07"),
            EVENING + timedelta(minutes=30),
        ),
        Correction(Moment.SET, 2, Asked.TINGLING, 3, "no, three", EVENING + timedelta(minutes=31)),
        Correction(Moment.MORNING, 0, Asked.PAIN, None, "", EVENING + timedelta(hours=14)),
    ),
)
URGENT = replace(
    CALM,
    id="01JD3M0K0000000000000000A2",
    began=EVENING + timedelta(days=2),
    closed=EVENING + timedelta(days=2, minutes=6),
    outcome=Outcome.URGENT,
    replies={"E1": "no"},
    pain=None,
    sets=(WARM_UP, SLIDER, STOPPED),
    later=(),
    corrections=(),
    locks=(
        SetLock(
            *("01JD3M0K0000000000000000A2-NEW-02", Tier.URGENT, "NEW-02"),
            EVENING + timedelta(days=2, minutes=5),
            EVENING + timedelta(days=5),
            "Dr Example",
            "seen",
        ),
    ),
)
REFUSED = replace(
    URGENT,
    id="01JD3M0K0000000000000000A3",
    began=EVENING + timedelta(days=6),
    closed=EVENING + timedelta(days=6, minutes=1),
    outcome=Outcome.REFUSED,
    replies={"E1": "yes"},
    tingling=None,
    sets=(),
    locks=(
        SetLock(
            *("01JD3M0K0000000000000000A3-E1", Tier.EMERGENCY, "E1"),
            EVENING + timedelta(days=6, minutes=1),
        ),
    ),
)
RECORD = (CALM, URGENT, REFUSED)

GOLDEN = Path(__file__).parent.parent / "golden"


def transaction_text(
    *sessions: PlayedSession, deidentified: bool = False, lexicon: Lexicon = LEXICON
) -> str:
    """A transaction as it is written to disk."""
    return "".join(FhirWriter(lexicon, deidentified=deidentified).transaction(sessions))


def document_text(
    *sessions: PlayedSession, deidentified: bool = False, lexicon: Lexicon = LEXICON
) -> str:
    """A document as it is written to disk."""
    writer = FhirWriter(lexicon, deidentified=deidentified)
    return "".join(writer.document(sessions, lambda: sessions))


def masked(*sessions: PlayedSession) -> list[PlayedSession]:
    """The sessions as a de-identified export has them."""
    mask = Deidentifier("4f1c09ab")
    return [mask.session(session) for session in sessions]


def goldens() -> dict[str, str]:
    """The committed bundles by the names of their files.

    A calm session to push, one that ended in a stop to file away, and both without the person.
    """
    return {
        "fhir-transaction.json": transaction_text(CALM, lexicon=FEW_QUESTIONS),
        "fhir-document.json": document_text(URGENT, lexicon=FEW_QUESTIONS),
        "fhir-deidentified.json": transaction_text(
            *masked(CALM, URGENT), deidentified=True, lexicon=FEW_QUESTIONS
        ),
    }


if __name__ == "__main__":
    for name, text in goldens().items():
        (GOLDEN / name).write_text(text, encoding="utf-8")
