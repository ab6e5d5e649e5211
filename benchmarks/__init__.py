"""Speed figures anyone can repeat: ``python -m benchmarks``."""
