"""Impact: results against baseline and target, their states, totals, and the small numbers that are withheld."""
