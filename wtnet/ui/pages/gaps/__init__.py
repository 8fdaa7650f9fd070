"""Gaps and what if: who is missing, who should meet, whom all depends on."""
