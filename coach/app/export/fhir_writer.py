"""The record as FHIR R4: a bundle to push to a server, or a document to file away."""

from collections.abc import Iterator

from coach.app.export.exporting import Job
from coach.app.export.other_stops import other_stops
from coach.domain.record import PlayedSession, SetLock
from coach.formats.fhir.bundle import FhirWriter
from coach.formats.fhir.lexicon import Lexicon
from coach.store.errors import KnownError


def write(job: Job) -> Iterator[None]:
    """Write the one file, an entry at a time."""
    shipped = job.source.shipped
    lexicon = Lexicon(shipped.fhir_codes, shipped.phrases, shipped.screen)
    writer = FhirWriter(lexicon, deidentified=job.mask is not None)
    pieces = (
        writer.document(_looked_through(job), job.sessions, lambda: _stops(job))
        if job.wish.document
        else writer.transaction(job.sessions(), _stops(job))
    )
    file = job.file(job.wish.out)
    try:
        for piece in pieces:
            file.write(piece.encode())
            yield
    except ValueError as error:
        raise KnownError(f"{job.wish.out}: {error}") from error


def _stops(job: Job) -> Iterator[tuple[str, SetLock]]:
    return ((one.person, one.lock) for one in other_stops(job))


def _looked_through(job: Job) -> Iterator[PlayedSession]:
    """The same sessions before they are written, for the first page of a document."""
    for session in job.source.store.record.sessions(job.wish.selection):
        yield job.mask.session(session) if job.mask else session
