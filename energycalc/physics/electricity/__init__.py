"""Electric power."""
