"""Hydraulic drives, machine tools, welding sources, rectifiers."""

from energycalc.equipment.description import TechnologyDescription

DESCRIPTIONS: tuple[TechnologyDescription, ...] = ()
