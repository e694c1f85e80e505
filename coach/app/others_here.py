"""Whose sessions are on this computer, for somebody who has none of their own here yet."""

from coach.formats.phrases import Phrases
from coach.store.records import Profile
from coach.store.sessions import SessionStore

#: Names that a note says; a clinic has more people than that.
MOST_NAMED = 5


def others_here(store: SessionStore, profile: Profile, phrases: Phrases) -> tuple[str, ...]:
    """Sentences about other people's sessions and stops, none once there is a session of one's own.

    A record that was brought in stays its person's, with its stops: whoever opens the program
    under another name has to hear of it (clinical.md 10 H01).
    """
    if store.sessions(profile.id, limit=1):
        return ()
    others = [one for one in store.profiles() if one.id != profile.id]
    played = [one.name for one in others if store.sessions(one.id, limit=1)]
    stopped = [one.name for one in others if store.active_locks(one.id)]
    if not played and not stopped:
        return ()
    names = _listed(list(dict.fromkeys((*played, *stopped))), phrases)
    told = [phrases.say("today.others_here", names=names)]
    if stopped:
        told.append(phrases.say("today.others_stopped", names=_listed(stopped, phrases)))
    return tuple(told)


def _listed(names: list[str], phrases: Phrases) -> str:
    listed = ", ".join(names[:MOST_NAMED])
    more = len(names) - MOST_NAMED
    return f"{listed} {phrases.say('ui.data.and_more', count=more)}" if more > 0 else listed
