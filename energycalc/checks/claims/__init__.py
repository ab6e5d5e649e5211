"""A claim as a reviewer has it on paper: read, completed where arithmetic allows, recomputed and judged."""
