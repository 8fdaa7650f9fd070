"""Cross-sector reach: across kinds, places and groups."""
