"""Baseline models: days and drivers as columns, forms, change points, and the choice among them."""
