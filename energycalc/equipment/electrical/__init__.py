"""Transformers, power factor, voltage, lighting, demand."""

from energycalc.equipment.description import TechnologyDescription
from energycalc.equipment.electrical import demand, lighting, power_factor, transformer, voltage

DESCRIPTIONS: tuple[TechnologyDescription, ...] = (
    *transformer.DESCRIPTIONS,
    *power_factor.DESCRIPTIONS,
    *voltage.DESCRIPTIONS,
    *lighting.DESCRIPTIONS,
    *demand.DESCRIPTIONS,
)
