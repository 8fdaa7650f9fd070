"""Charts as HTML, SVG and plotly figures."""
