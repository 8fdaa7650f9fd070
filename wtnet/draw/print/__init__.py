"""Pictures on paper: maps and charts at places in points."""
