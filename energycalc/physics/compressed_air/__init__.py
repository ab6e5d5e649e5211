"""Compressed air: gas compression, controls of compressors, their limits."""
