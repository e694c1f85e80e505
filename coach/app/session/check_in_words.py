"""What the check-in found, in sentences."""

from coach.domain.action import Tier
from coach.engine.ledger import Ledger
from coach.formats.phrases import Phrases


def left_out(phrases: Phrases, ledger: Ledger) -> list[str]:
    """Each exercise that this session leaves out, and why."""
    say = phrases.say
    return [
        say("ui.summary.left_out", what=say(f"{name}.name"), why=say(f"tag.{tag}"))
        for name, tag in ledger.left_out
    ]


def easy_day(phrases: Phrases, ledger: Ledger) -> list[str]:
    """That only the gentlest exercises are played, where that is so."""
    easy = ledger.clearance is not None and ledger.clearance.easy_day
    return [phrases.say("ui.check_in.easy_day")] if easy else []


def found(phrases: Phrases, ledger: Ledger) -> list[str]:
    """What the answers mean for this session; nothing before all of them are in."""
    clearance = ledger.clearance
    if clearance is None:
        return []
    tier = phrases.say("tier.advise" if clearance.tier is Tier.ADVISE else "tier.ok")
    return [tier, *easy_day(phrases, ledger), *left_out(phrases, ledger)]
