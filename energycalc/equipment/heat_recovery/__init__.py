"""Waste heat put to a real use."""

from energycalc.equipment.description import TechnologyDescription

DESCRIPTIONS: tuple[TechnologyDescription, ...] = ()
