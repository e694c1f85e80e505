"""What a closed session leaves, as text beside it: canonical JSON with its format's name."""

import json

from coach.domain.past import PastSession
from coach.formats.session_log import canonical
from coach.formats.values import as_data, from_data

FORMAT = "nerve-coach.past/1"


def past_text(past: PastSession) -> str:
    """The text to keep."""
    return canonical({"format": FORMAT, "past": as_data(past)})


def read_past(text: str) -> PastSession:
    """The session a text stands for. Raises ValueError when it is damaged or of another format."""
    content = json.loads(text)
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise ValueError(f"format: must be {FORMAT}")
    past: PastSession = from_data(PastSession, content.get("past"))
    return past
