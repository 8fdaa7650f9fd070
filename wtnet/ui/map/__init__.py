"""The live map: its component, its message, its clicks."""
