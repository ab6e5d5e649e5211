"""Settings, schedules and specific consumption."""

from energycalc.equipment.description import TechnologyDescription
from energycalc.equipment.settings import specific_consumption, standby_schedule

DESCRIPTIONS: tuple[TechnologyDescription, ...] = (
    *specific_consumption.DESCRIPTIONS,
    *standby_schedule.DESCRIPTIONS,
)
