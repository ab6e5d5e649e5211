"""Pumps, fans and dust collectors."""
