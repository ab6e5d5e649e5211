"""What a measure leaves: energy after over energy before, for the same work."""

from __future__ import annotations

from energycalc.quantity import cite, formula
from energycalc.quantity.aliases import Fraction, KilowattHour, KilowattHourLHV

SAME_WORK = cite("energy-balance", "energy after over energy before, for the same work")


@formula(
    symbol="r",
    source=SAME_WORK,
    limits={"energy_before": (1e-9, None), "energy_after": (0, None)},
    name="remaining_fraction",
)
def remaining_energy(energy_before: KilowattHour, energy_after: KilowattHour) -> Fraction:
    """Share of the electricity, or of the heat, that is still used.

    Args:
        energy_before: in kWh.
        energy_after: in kWh, for the same work.
    """
    return energy_after / energy_before


@formula(
    symbol="r",
    source=SAME_WORK,
    limits={"fuel_energy_before": (1e-9, None), "fuel_energy_after": (0, None)},
    name="remaining_fraction",
)
def remaining_fuel(fuel_energy_before: KilowattHourLHV, fuel_energy_after: KilowattHourLHV) -> Fraction:
    """Share of the fuel that is still burnt.

    Args:
        fuel_energy_before: lower heating value.
        fuel_energy_after: lower heating value, for the same work.
    """
    return fuel_energy_after / fuel_energy_before
