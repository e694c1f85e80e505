"""The decisions: check-in, after a set, and between days; pure functions over values."""
