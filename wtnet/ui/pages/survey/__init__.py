"""Survey: forms out, answers back."""
