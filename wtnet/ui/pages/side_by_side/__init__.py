"""Side by side: the map and the impact beside it."""
