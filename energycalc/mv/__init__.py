"""Measurement and verification: what a measure saved, proved from meter data, with an honest ±."""
