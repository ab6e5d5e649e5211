"""Furnaces and burners."""

from energycalc.equipment.description import TechnologyDescription
from energycalc.equipment.furnaces import (
    air_preheat,
    flue_gas,
    furnace_cycle,
    furnace_heat_balance,
    furnace_lining,
    furnace_opening,
    heating_conversion,
    melting,
    oxygen_enrichment,
)

DESCRIPTIONS: tuple[TechnologyDescription, ...] = (
    *flue_gas.DESCRIPTIONS,
    *air_preheat.DESCRIPTIONS,
    *oxygen_enrichment.DESCRIPTIONS,
    *melting.DESCRIPTIONS,
    *heating_conversion.DESCRIPTIONS,
    *furnace_heat_balance.DESCRIPTIONS,
    *furnace_lining.DESCRIPTIONS,
    *furnace_opening.DESCRIPTIONS,
    *furnace_cycle.DESCRIPTIONS,
)
