"""One file per format: what is on the screen, as bytes to keep, send or open elsewhere."""
