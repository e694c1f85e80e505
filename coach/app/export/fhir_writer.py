"""The record as FHIR R4: a bundle to push to a server, or a document to file away."""

from collections.abc import Iterator
from itertools import islice

from coach.app.export.exporting import Job
from coach.app.export.other_stops import other_stops
from coach.domain.record import PlayedSession, SetLock
from coach.formats.fhir.bundle import FhirWriter
from coach.formats.fhir.lexicon import Lexicon
from coach.store.errors import KnownError


def write(job: Job) -> Iterator[None]:
    """Write the one file, an entry at a time."""
    file = job.file(job.wish.out)
    try:
        for piece in pieces(job, writer_of(job)):
            file.write(piece.encode())
            yield
    except ValueError as error:
        raise KnownError(f"{job.wish.out}: {error}") from error


def writer_of(job: Job) -> FhirWriter:
    """What writes the bundle of a job."""
    shipped = job.source.shipped
    lexicon = Lexicon(shipped.fhir_codes, shipped.phrases, shipped.screen)
    return FhirWriter(lexicon, deidentified=job.mask is not None)


def pieces(job: Job, writer: FhirWriter, most: int | None = None) -> Iterator[str]:
    """The text of the bundle, of at most so many sessions; None for all of them.

    Raises ValueError, in plain words, when the sessions are nothing that a document can be about.
    """

    def sessions() -> Iterator[PlayedSession]:
        return islice(job.sessions(), most)

    if job.wish.document:
        before = islice(_looked_through(job), most)
        return writer.document(before, sessions, lambda: _stops(job))
    return writer.transaction(sessions(), _stops(job))


def _stops(job: Job) -> Iterator[tuple[str, SetLock]]:
    return ((one.person, one.lock) for one in other_stops(job))


def _looked_through(job: Job) -> Iterator[PlayedSession]:
    """The same sessions before they are written, for the first page of a document."""
    for session in job.source.store.record.sessions(job.wish.selection):
        yield job.mask.session(session) if job.mask else session
