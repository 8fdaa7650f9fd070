"""One module per file format that can be read."""
