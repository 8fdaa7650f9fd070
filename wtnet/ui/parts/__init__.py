"""Parts: what several pages are built of."""
