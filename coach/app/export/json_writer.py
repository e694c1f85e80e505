"""The record as it was logged: a zip of the sessions' own logs, and of what was said later.

The same content gives the same bytes, so that two copies can be told apart by their fingerprint.
"""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from coach.app.export.exporting import Job
from coach.app.export.other_stops import other_stops
from coach.app.session.keeping import kept_records
from coach.domain.record import Correction, PlayedSession, SaidLater, SetLock
from coach.formats.bad_file import BadFile
from coach.formats.later_lines import Later, later_line
from coach.formats.log_archive import FORMAT, LATER, MANIFEST
from coach.formats.session_log import canonical, log_text, read_log

_MADE = (1980, 1, 1, 0, 0, 0)
"""Of every file in the zip: the earliest that the format knows."""

_MODE = 0o600 << 16


def write(job: Job) -> Iterator[None]:
    """Write the zip."""
    sums: dict[str, str] = {}
    later: list[Later] = []
    people: set[str] = set()
    with ZipFile(job.file(job.wish.out), "w", ZIP_DEFLATED) as archive:

        def add(name: str, text: str) -> None:
            content = text.encode()
            info = ZipInfo(name, _MADE)
            info.compress_type, info.external_attr = ZIP_DEFLATED, _MODE
            archive.writestr(info, content)
            sums[name] = sha256(content).hexdigest()

        for session, original in job.with_originals():
            text = log_of(job, session, original)
            if text is not None:
                add(log_name(session), text)
            later += _said_later(session)
            people.add(session.person)
            yield
        for stop in other_stops(job):
            later.append(Later(*stop))
            people.add(stop.person)
        add(LATER, "".join(f"{later_line(one)}\n" for one in later))
        manifest = {
            "format": FORMAT,
            "deidentified": job.mask is not None,
            "sessions": job.done,
            "people": sorted(people),
            "files": dict(sums),
        }
        add(MANIFEST, canonical(manifest) + "\n")


def log_name(session: PlayedSession) -> str:
    """How the log of a session is called in the zip."""
    return f"logs/{session.id}.jsonl"


def log_of(job: Job, session: PlayedSession, original: PlayedSession) -> str | None:
    """The session's log; None when it is damaged, which is told."""
    try:
        records = kept_records(job.source.store, original.id)
        text = log_text(records)
        read_log(text, original.id)
    except BadFile as error:
        job.left_out.append(job.source.shipped.phrases.say("export.damaged", fault=str(error)))
        return None
    return text if job.mask is None else log_text(job.mask.log(records, session))


def _said_later(session: PlayedSession) -> Iterable[Later]:
    said: tuple[SaidLater | Correction | SetLock, ...]
    said = (*session.later, *session.corrections, *session.locks)
    return (Later(session.id, session.person, what) for what in said)
