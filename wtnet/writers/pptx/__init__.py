"""The PowerPoint deck: native shapes, connectors and charts."""
