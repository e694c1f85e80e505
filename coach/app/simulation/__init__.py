"""Sessions and lives played on a virtual clock."""
