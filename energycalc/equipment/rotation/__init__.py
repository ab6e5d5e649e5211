"""Motors, belts, drives and what they turn."""
