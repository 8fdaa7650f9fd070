"""The offline map: one HTML file that asks for nothing else."""
