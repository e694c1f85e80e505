"""The decisions: check-in, after a set, levers. Pure functions over values and tables."""
