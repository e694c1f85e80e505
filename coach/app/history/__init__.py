"""Looking back: what was played and answered, as values a page shows."""
