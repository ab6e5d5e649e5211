"""Furnaces and burners."""
