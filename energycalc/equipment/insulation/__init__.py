"""Insulation of pipes, tanks and walls."""

from energycalc.equipment.description import TechnologyDescription

DESCRIPTIONS: tuple[TechnologyDescription, ...] = ()
