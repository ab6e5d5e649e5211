"""Savings and their ±: forecasts, adjustments, undeclared changes, and the traced quantities."""
