"""Chillers, cooling towers, air conditioning, heat pumps."""

from energycalc.equipment.description import TechnologyDescription

DESCRIPTIONS: tuple[TechnologyDescription, ...] = ()
