"""The one place that writes a person's data: database, backups, locks, settings."""
