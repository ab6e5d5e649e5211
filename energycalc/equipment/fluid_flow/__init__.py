"""Pumps, fans and dust collectors."""

from energycalc.equipment.description import TechnologyDescription

DESCRIPTIONS: tuple[TechnologyDescription, ...] = ()
