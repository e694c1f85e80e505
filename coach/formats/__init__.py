"""Text to values and back: plans, exercises, answers, phrases. Takes text, touches no files."""
