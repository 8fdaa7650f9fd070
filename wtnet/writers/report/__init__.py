"""Reports and pictures on paper: PDF, SVG, PNG."""
