"""Compressors, their controls, and what uses or loses their air."""

from energycalc.equipment.compressed_air import (
    blowing,
    compressor_control,
    compressor_heat_recovery,
    compressor_inlet_temperature,
    compressor_pressure,
    compressor_replacement,
    compressor_sequencing,
    dryer,
    leaks,
)
from energycalc.equipment.description import TechnologyDescription

DESCRIPTIONS: tuple[TechnologyDescription, ...] = (
    *compressor_control.DESCRIPTIONS,
    *compressor_sequencing.DESCRIPTIONS,
    *compressor_pressure.DESCRIPTIONS,
    *compressor_replacement.DESCRIPTIONS,
    *compressor_inlet_temperature.DESCRIPTIONS,
    *compressor_heat_recovery.DESCRIPTIONS,
    *leaks.DESCRIPTIONS,
    *dryer.DESCRIPTIONS,
    *blowing.DESCRIPTIONS,
)
