"""Settings, schedules and specific consumption."""

from energycalc.equipment.description import TechnologyDescription

DESCRIPTIONS: tuple[TechnologyDescription, ...] = ()
