"""Change: what is different between two waves."""
