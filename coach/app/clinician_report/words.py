"""How the page for a clinician says days, exercises and ratings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from coach.domain.past import lived_day
from coach.domain.rating import Rating
from coach.domain.record import Selection
from coach.domain.side import Side
from coach.formats.phrases import Phrases

LONGEST_WORDS = 130
"""Characters of somebody's own words that the page itself can hold; the rest is cut off."""
LONGEST_NAME = 44
_CUT = "…"


@dataclass(frozen=True, slots=True)
class ReportWords:
    """Words of one report. first: the day that counts as day 1; None names days by their date."""

    phrases: Phrases
    first: date | None = None

    @property
    def pseudonymised(self) -> bool:
        """True when days are numbers and nothing that somebody wrote is shown."""
        return self.first is not None

    def day(self, day: date) -> str:
        """A day by its date, or by its number."""
        if self.first is not None:
            return self.phrases.say("report.day_number", n=(day - self.first).days + 1)
        month = self.phrases.say(f"report.month.{day.month}")
        return self.phrases.say("report.dated", day=day.day, month=month, year=day.year)

    def short_day(self, day: date) -> str:
        """The same without its year, where there is little room."""
        if self.first is not None:
            return self.day(day)
        month = self.phrases.say(f"report.month.{day.month}")
        return self.phrases.say("month.dated", day=str(day.day), month=month)

    def moment(self, moment: datetime) -> str:
        """The day a moment belongs to."""
        return self.day(lived_day(moment))

    def between(self, first: date, last: date) -> str:
        """From one day to another, or the one day."""
        if first == last:
            return self.day(first)
        from_day = self.short_day(first) if first.year == last.year else self.day(first)
        return self.phrases.say("report.between", first=from_day, last=self.day(last))

    def period(self, selection: Selection, days: Iterable[date]) -> str:
        """The period that was asked for; where its ends were left open, the record's."""
        lived = sorted(days)
        since = selection.since or (lived[0] if lived else None)
        until = selection.until or (lived[-1] if lived else None)
        match since, until:
            case date(), date():
                return self.between(since, until)
            case date(), None:
                return self.phrases.say("report.from_on", first=self.day(since))
            case None, date():
                return self.phrases.say("report.up_to", last=self.day(until))
            case _:
                return self.phrases.say("report.whole_record")

    def exercise(self, exercise: str, side: Side | None) -> str:
        """An exercise and the leg that works."""
        known = f"{exercise}.name"
        name = self.phrases.say(known) if known in self.phrases else exercise
        if side is None:
            return name
        leg = self.phrases.say(f"side.{side}")
        return self.phrases.say("report.exercise", name=name, side=leg)

    def rating(self, rating: Rating | None) -> str:
        """A rating, or that there is none."""
        return self.phrases.say("report.not_answered") if rating is None else str(rating)


def shortened(text: str, longest: int) -> str:
    """A text on one line, cut off where it is longer than the page can hold."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + _CUT


def left_out(phrases: Phrases, rows: Sequence[object], most: int) -> tuple[str, ...]:
    """The sentence that counts the rows for which the page has no room, if there are any."""
    left = len(rows) - most
    return (phrases.say("report.more_rows", n=left),) if left > 0 else ()
