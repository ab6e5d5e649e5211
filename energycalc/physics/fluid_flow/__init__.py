"""Pumps, fans and the systems they feed."""
