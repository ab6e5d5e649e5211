"""Rotating machines: speed, motors, what a better motor saves."""
