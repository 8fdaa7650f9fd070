"""History: revisions and backups."""
