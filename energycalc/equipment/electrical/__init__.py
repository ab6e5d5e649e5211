"""Transformers, power factor, voltage, lighting, demand."""

from energycalc.equipment.description import TechnologyDescription

DESCRIPTIONS: tuple[TechnologyDescription, ...] = ()
