"""Compressors, their controls, and what uses or loses their air."""

from energycalc.equipment.compressed_air import screw_compressor
from energycalc.equipment.description import TechnologyDescription

DESCRIPTIONS: tuple[TechnologyDescription, ...] = (*screw_compressor.DESCRIPTIONS,)
