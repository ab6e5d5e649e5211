"""Insulation of pipes, tanks and walls."""

from energycalc.equipment.description import TechnologyDescription
from energycalc.equipment.insulation import pipe_insulation, surface_insulation

DESCRIPTIONS: tuple[TechnologyDescription, ...] = (
    *pipe_insulation.DESCRIPTIONS,
    *surface_insulation.DESCRIPTIONS,
)
