"""Least squares that is right or refuses, and what residuals say about each other."""
