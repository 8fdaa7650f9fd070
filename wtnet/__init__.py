"""Partnership mapping for Creative Health programmes: partnership strength and impact, side by side."""
