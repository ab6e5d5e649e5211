"""Transformers, power factor, voltage, lighting, demand."""
