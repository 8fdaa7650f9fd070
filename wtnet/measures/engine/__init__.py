"""The numerical engines under the measures: arrays, shortest paths, triangles, eigenvectors, communities, bootstrap."""
