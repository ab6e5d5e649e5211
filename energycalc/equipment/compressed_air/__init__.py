"""Compressors, their controls, and what uses or loses their air."""
