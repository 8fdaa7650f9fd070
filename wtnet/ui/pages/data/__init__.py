"""Data: bring in, review and correct."""
