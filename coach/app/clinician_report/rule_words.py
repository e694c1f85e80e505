"""What a rule is about, in the words people are shown of it."""

from coach.app.shipped import Shipped
from coach.domain.action import LOCK_TIER, Action, Tier
from coach.rules.check_in import BASELINE_RULE


class RuleWords:
    """The texts of check-in items, of rows after a set, and of rules from day to day, by id."""

    def __init__(self, shipped: Shipped) -> None:
        self._phrases = shipped.phrases
        self._asked = {asked.question.id: asked.text for asked in shipped.screen}
        self._rows = shipped.after_set.table
        self._days = shipped.across_days

    def stop(self, rule: str, tier: Tier) -> str:
        """What a stop was about; a stop sign of the check-in is said as one."""
        action = next((action for action, of in LOCK_TIER.items() if of is tier), None)
        return self.text(rule, action)

    def text(self, rule: str, action: Action | None = None) -> str:
        """The words of a rule with its id; of several rows the one with this action."""
        words = self._words(rule, action)
        if words is None:
            return self._phrases.say("report.unknown_rule", rule=rule)
        return self._phrases.say("report.with_rule", text=words, rule=rule)

    def _words(self, rule: str, action: Action | None) -> str | None:
        sign = f"ui.stop_sign.{rule}"
        if sign in self._phrases:
            return self._phrases.say(sign).rstrip(".")
        if rule == BASELINE_RULE:
            return self._phrases.say("report.early.strong")
        if rule in self._asked:
            return self._phrases.say("report.replied", question=self._asked[rule])
        rows = [row for row in self._rows if row.id == rule]
        fitting = [row.when for row in rows if row.action is action] or [row.when for row in rows]
        if rule in self._days:
            fitting.append(self._days[rule].when)
        return fitting[0][0].upper() + fitting[0][1:] if fitting else None
