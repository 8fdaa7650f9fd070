"""The place map: ground, marks and figure."""
