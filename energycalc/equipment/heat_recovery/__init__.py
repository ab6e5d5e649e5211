"""Waste heat put to a real use, and boilers."""
