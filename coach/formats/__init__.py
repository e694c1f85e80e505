"""Text to values and back: plans, answers, session logs; no file access."""
