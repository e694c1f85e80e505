"""Phrases of the engine rendered in a language."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from coach.domain.decision import Phrase
from coach.formats.phrases import Phrases


class Phrasing:
    """Turns :class:`Phrase` values into text.

    A blank whose value starts with "@" is itself a key. ``number`` fills the emergency number.
    """

    def __init__(self, phrases: Phrases, emergency_number: str) -> None:
        self.phrases = phrases
        self.emergency_number = emergency_number

    def words(self, phrase: Phrase) -> str:
        """The text of a phrase. Raises KeyError for an unknown key."""
        blanks = {name: self._filled(value) for name, value in phrase.blanks}
        if "number" in self.phrases.blanks(phrase.key):
            blanks.setdefault("number", self.emergency_number)
        return self.phrases.say(phrase.key, **blanks)

    def sentence(self, phrases: Iterable[Phrase]) -> str:
        """Several phrases, one after another."""
        return " ".join(self.words(phrase) for phrase in phrases)

    def day(self, day: date, today: date) -> str:
        """The name of a day before today: its weekday, or its date when that could be two days."""
        if not timedelta() < today - day < timedelta(weeks=1):
            return self.dated(day)
        return self.phrases.say(f"weekday.{day.isoweekday()}")

    def dated(self, day: date) -> str:
        """A day by its date."""
        month = self.phrases.say(f"month.{day.month}")
        return self.phrases.say("month.dated", day=str(day.day), month=month)

    def moment(self, moment: datetime, now: datetime) -> str:
        """A moment as one would say it now: today, tomorrow or yesterday, else with its date."""
        time = f"{moment:%H:%M}"
        away = (moment.date() - now.date()).days
        near = {0: "today", 1: "tomorrow", -1: "yesterday"}.get(away)
        if near is not None:
            return self.phrases.say(f"moment.{near}", time=time)
        return self.phrases.say("moment.dated", day=self.dated(moment.date()), time=time)

    def _filled(self, value: str) -> str:
        return self.phrases.say(value[1:]) if value.startswith("@") else value
