"""Layout: where each partner stands on a map, the same every time."""
