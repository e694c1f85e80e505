"""Whose sessions are on this computer, under which names, and whose are looked at."""

from dataclasses import dataclass

from coach.formats.phrases import Phrases
from coach.store.errors import KnownError
from coach.store.sessions import SessionStore

#: The name under which the program opens when none is given.
DEFAULT_NAME = "me"
LONGEST_NAME = 44
#: Names that a note says; a clinic has more people than that.
MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with sessions here. mine: whose window it is. stopped: a stop stands for them.

    unnamed: they open the program without giving a name.
    """

    id: str
    name: str
    mine: bool
    stopped: bool
    unnamed: bool

    @property
    def renamable(self) -> bool:
        """Whether another name changes no window: nobody opens the program by the old one here."""
        return not self.mine and not self.unnamed


class People:
    """Everybody with sessions or stops here. mine: profile id of whose window it is.

    A record that was brought in stays its person's; looking at it opens no session of theirs.
    """

    def __init__(self, store: SessionStore, mine: str, phrases: Phrases) -> None:
        self._store = store
        self._mine = mine
        self._phrases = phrases
        self._looked_at = mine

    @property
    def all(self) -> tuple[Person, ...]:
        """Whose window it is first, then the others by name."""
        found = []
        for one in self._store.profiles():
            mine, stopped = one.id == self._mine, bool(self._store.active_locks(one.id))
            if mine or stopped or self._store.sessions(one.id, limit=1):
                unnamed = one.name == DEFAULT_NAME
                whose = "mine" if mine else "unnamed"
                name = self._phrases.say(f"ui.people.{whose}") if unnamed else one.name
                found.append(Person(one.id, name, mine, stopped, unnamed))
        return tuple(sorted(found, key=lambda one: not one.mine))

    @property
    def looked_at(self) -> Person:
        """Whose record is looked at: that of the window until another is chosen."""
        everybody = self.all
        return next((one for one in everybody if one.id == self._looked_at), everybody[0])

    def look_at(self, person: str) -> None:
        """Look at the record of that profile id from now on."""
        self._looked_at = person

    def rename(self, person: str, name: str) -> None:
        """Call somebody else by another name; sessions and exports keep their pseudonym.

        Raises KnownError when the name is empty, too long, or another's.
        """
        name = " ".join(name.split())
        if not name or len(name) > LONGEST_NAME:
            raise KnownError(self._phrases.say("ui.people.name_length", most=LONGEST_NAME))
        others = {one.name.casefold() for one in self._store.profiles() if one.id != person}
        if name.casefold() in {*others, DEFAULT_NAME}:
            raise KnownError(self._phrases.say("ui.people.name_taken", name=name))
        self._store.rename_profile(person, name)

    def notes(self) -> tuple[str, ...]:
        """Sentences about the others, none once there is a session of one's own.

        Whoever opens the program beside a stop has to hear of it (clinical.md 10 H01).
        """
        if self._store.sessions(self._mine, limit=1):
            return ()
        others = [one for one in self.all if not one.mine]
        if not others:
            return ()
        say = self._phrases.say
        told = [say("today.others_here", names=self._listed(others))]
        stopped = [one for one in others if one.stopped]
        if stopped:
            told.append(say("today.others_stopped", names=self._listed(stopped)))
        return tuple(told)

    def _listed(self, people: list[Person]) -> str:
        listed = ", ".join(one.name for one in people[:MOST_NAMED])
        more = len(people) - MOST_NAMED
        return (
            f"{listed} {self._phrases.say('ui.data.and_more', count=more)}" if more > 0 else listed
        )
