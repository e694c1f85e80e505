"""What the window offers of the record, and the wish that comes of what was chosen there."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from coach.app.export.exporting import Format, Source, Wish
from coach.app.export.preview import Preview, previewing
from coach.app.people import Person
from coach.domain.past import lived_day
from coach.domain.record import Selection
from coach.domain.side import Side


class Period(StrEnum):
    """Which days; OWN are those entered."""

    ALL = "all"
    WEEKS_4 = "weeks_4"
    WEEKS_12 = "weeks_12"
    YEAR = "year"
    OWN = "own"


_LASTING = {
    Period.WEEKS_4: timedelta(weeks=4),
    Period.WEEKS_12: timedelta(weeks=12),
    Period.YEAR: timedelta(days=365),
}
_ENDINGS = {Format.XLSX: ".xlsx", Format.JSON: ".zip", Format.PDF: ".pdf", Format.FHIR: ".json"}
#: The formats that consist of tables, whose columns can be chosen.
TABLES = (Format.CSV, Format.XLSX)


@dataclass(frozen=True, slots=True)
class Choices:
    """What was chosen in the window.

    since, until: the days entered, for a period of one's own. whose: a person's id, None for
    everybody here. fields: groups of columns. semicolon, document, appendix, name: as in a `Wish`.
    """

    whose: str | None
    format: Format = Format.PDF
    period: Period = Period.ALL
    since: date | None = None
    until: date | None = None
    side: Side | None = None
    deidentify: bool = False
    semicolon: bool = False
    document: bool = False
    appendix: bool = False
    fields: tuple[str, ...] | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class ExportOffer:
    """The record as it can be exported now. looked_at: id of whose record is looked at."""

    source: Source
    looked_at: str
    people: Sequence[Person]

    @property
    def today(self) -> date:
        """The last day there can be, as it is lived."""
        return lived_day(datetime.fromisoformat(self.source.wall))

    @property
    def shared(self) -> bool:
        """Whether there are sessions of others here too."""
        return len(self.people) > 1

    def wish(self, choices: Choices, out: Path) -> Wish:
        """What is to be written there."""
        tables = choices.format in TABLES
        since, until = self._days(choices)
        selection = Selection(choices.whose, since, until, choices.side)
        return Wish(
            choices.format,
            selection,
            out,
            deidentify=choices.deidentify,
            semicolon=choices.semicolon,
            fields=choices.fields if tables else None,
            document=choices.document,
            appendix=choices.appendix,
            name=choices.name,
        )

    def count(self, choices: Choices) -> int:
        """How many sessions would be in it."""
        wish = self.wish(choices, Path())
        return self.source.store.record.count(wish.selection)

    def previewing(self, choices: Choices) -> Generator[None, None, Preview | None]:
        """Make a look at what would be written; it pauses before and in what takes a while.

        Raises KnownError, in plain words, where nothing can be written.
        """
        return previewing(self.source, self.wish(choices, Path()))

    def suggested(self, choices: Choices) -> str:
        """A name for the file, or for the folder where there are several."""
        return f"nerve-coach-{self.today}{_ENDINGS.get(choices.format, '')}"

    def named(self, choices: Choices, place: str) -> Path:
        """The place that was chosen, with the ending of its format."""
        path, ending = Path(place), _ENDINGS.get(choices.format, "")
        return path if path.suffix.lower() == ending or not ending else Path(place + ending)

    def _days(self, choices: Choices) -> tuple[date | None, date | None]:
        lasting = _LASTING.get(choices.period)
        if lasting is not None:
            return self.today - lasting + timedelta(days=1), self.today
        own = choices.period is Period.OWN
        return (choices.since, choices.until) if own else (None, None)
