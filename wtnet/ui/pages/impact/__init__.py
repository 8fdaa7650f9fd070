"""Impact: what came of it, cut by cut."""
