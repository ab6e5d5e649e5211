"""Chillers, cooling towers, air conditioning, heat pumps."""

from energycalc.equipment.cooling import (
    chiller_replacement,
    chiller_staging,
    chiller_temperature_reset,
    cooling_tower,
    free_cooling,
    heat_pump_water_heating,
    workshop_air_conditioning,
)
from energycalc.equipment.description import TechnologyDescription

DESCRIPTIONS: tuple[TechnologyDescription, ...] = (
    *chiller_replacement.DESCRIPTIONS,
    *chiller_temperature_reset.DESCRIPTIONS,
    *chiller_staging.DESCRIPTIONS,
    *cooling_tower.DESCRIPTIONS,
    *free_cooling.DESCRIPTIONS,
    *heat_pump_water_heating.DESCRIPTIONS,
    *workshop_air_conditioning.DESCRIPTIONS,
)
