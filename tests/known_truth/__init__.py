"""Meters whose saving is known: does the interval hold it as often as it says? ``python -m tests.known_truth``."""
