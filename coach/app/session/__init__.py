"""One session: played, recorded, shown, decided again."""
