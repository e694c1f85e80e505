"""What the check-in found, in sentences."""

from coach.domain.action import Tier
from coach.engine.ledger import Ledger
from coach.ui.desk import Desk


def left_out(desk: Desk, ledger: Ledger) -> list[str]:
    """Each exercise that today's session leaves out, and why."""
    return [
        desk.say(
            "ui.summary.left_out", what=desk.say(f"{name}.name"), why=desk.say(f"tag.{tag}")
        )
        for name, tag in ledger.left_out
    ]  # fmt: skip


def found(desk: Desk, ledger: Ledger) -> list[str]:
    """What the answers mean for this session; nothing before all of them are in."""
    clearance = ledger.clearance
    if clearance is None:
        return []
    said = [desk.say("tier.advise" if clearance.tier is Tier.ADVISE else "tier.ok")]
    if clearance.easy_day:
        said.append(desk.say("ui.check_in.easy_day"))
    return said + left_out(desk, ledger)
