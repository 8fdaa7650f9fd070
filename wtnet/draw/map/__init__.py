"""The map as data for the screen: nodes, ties, colours, groups."""
