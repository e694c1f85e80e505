"""The one place that writes user data: sessions, locks, backups, settings."""
