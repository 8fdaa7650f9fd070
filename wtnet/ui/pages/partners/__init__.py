"""Partners: the directory and the profile."""
