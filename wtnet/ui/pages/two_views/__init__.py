"""Two views: two maps beside each other."""
