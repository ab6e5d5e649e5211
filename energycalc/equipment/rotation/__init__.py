"""Motors, belts, drives and what they turn."""

from energycalc.equipment.description import TechnologyDescription
from energycalc.equipment.rotation import belt_drive, magnetic_coupling, motor, variable_speed_drive

DESCRIPTIONS: tuple[TechnologyDescription, ...] = (
    *motor.DESCRIPTIONS,
    *belt_drive.DESCRIPTIONS,
    *variable_speed_drive.DESCRIPTIONS,
    *magnetic_coupling.DESCRIPTIONS,
)
