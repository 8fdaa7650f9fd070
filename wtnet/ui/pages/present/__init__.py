"""Present: a story as slides."""
