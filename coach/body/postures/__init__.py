"""How the body is placed for each posture of the catalogue."""
