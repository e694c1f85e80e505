"""Which kind of file a text is, and everything wrong with it."""

from hashlib import sha256

from coach.domain.exercise import Catalogue
from coach.formats.answers_file import FORMAT as ANSWERS
from coach.formats.answers_file import read_answers
from coach.formats.bad_file import BadFile, FileFault
from coach.formats.day_rules_file import FORMAT as DAYS
from coach.formats.day_rules_file import read_day_rules
from coach.formats.exercise_file import FORMAT as EXERCISE
from coach.formats.exercise_file import read_exercise
from coach.formats.life_file import FORMAT as LIFE
from coach.formats.life_file import read_life
from coach.formats.numbers_file import FORMAT as NUMBERS
from coach.formats.numbers_file import read_numbers
from coach.formats.phrases import Phrases
from coach.formats.phrases_file import FORMAT as PHRASES
from coach.formats.phrases_file import read_phrases
from coach.formats.plan_file import FORMAT as PLAN
from coach.formats.plan_file import read_plan
from coach.formats.questions_file import FORMAT as QUESTIONS
from coach.formats.questions_file import read_questions
from coach.formats.reading import file_format
from coach.formats.rules_file import FORMAT as RULES
from coach.formats.rules_file import read_rules
from coach.formats.session_log import CLOSED, read_verified

_KINDS = {
    form.removeprefix("nerve-coach.").partition("/")[0]: form
    for form in (PLAN, ANSWERS, LIFE, EXERCISE, PHRASES, QUESTIONS, RULES, DAYS, NUMBERS)
}


def kind_of_file(name: str, text: bytes | str) -> str:
    """The kind a file's ``format`` key names, such as "plan"; "log" for JSON lines.

    Raises BadFile when the text is neither, or of a kind nobody knows.
    """
    if text.lstrip()[:1] in ("{", b"{"):
        return "log"
    said = file_format(text, name)
    kind = said.removeprefix("nerve-coach.").partition("/")[0]
    if kind not in _KINDS:
        known = ", ".join(_KINDS.values())
        raise BadFile([FileFault(name, 1, "format", f"must be one of {known}")])
    return kind


def faults_in_log(name: str, content: bytes) -> list[FileFault]:
    """What is wrong with a session log: its lines, its chain, its plan's fingerprint, its end."""
    records, fault = read_verified(content, name)
    if fault is not None:
        return [fault]
    header, last = records[0].data, records[-1]
    faults = []
    if sha256(str(header.get("plan")).encode()).hexdigest() != header.get("plan_sha256"):
        faults.append(FileFault(name, 1, "data.plan_sha256", "is not that of the plan beside it"))
    if last.type != CLOSED:
        message = "the log breaks off before its session was closed"
        faults.append(FileFault(name, len(records), "type", message))
    return faults


def faults_in(
    name: str, text: bytes | str, catalogue: Catalogue, phrases: Phrases
) -> list[FileFault]:
    """Every mistake in a file of any kind but a log."""
    try:
        match kind_of_file(name, text):
            case "plan":
                read_plan(text, name, catalogue)
            case "answers":
                read_answers(text, name)
            case "life":
                read_life(text, name)
            case "exercise":
                read_exercise(text, name, phrases)
            case "phrases":
                read_phrases(text, name)
            case "questions":
                read_questions(text, name)
            case "rules":
                read_rules(text, name)
            case "days":
                read_day_rules(text, name)
            case "numbers":
                read_numbers(text, name)
            case kind:
                return [FileFault(name, 1, "file", f"is a {kind}, which is checked by replaying")]
    except BadFile as bad:
        return list(bad.faults)
    return []
