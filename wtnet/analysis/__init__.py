"""Analysis: what the measures suggest, and how far they can be trusted. Each file answers one question; none draws."""
