"""Faults put into meter files on purpose: is any of them silent? ``python -m tests.faults``."""
