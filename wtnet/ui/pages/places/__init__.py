"""Places: partners and ties on the ground."""
