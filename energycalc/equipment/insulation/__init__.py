"""Insulation of pipes, tanks and walls."""
