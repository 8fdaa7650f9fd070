"""Measures: one file a family, listed in `catalogue`; see `_measure.Measure` for what a measure is."""
