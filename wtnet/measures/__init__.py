"""Measures: one file a family, listed in `catalogue`; see `measure.Measure` for what a measure is."""
