"""Electric power of single-phase equipment."""

from __future__ import annotations

from energycalc.quantity import cite, formula
from energycalc.quantity.aliases import Ampere, Fraction, Kilowatt, Volt


@formula(
    symbol="P_1",
    source=cite(
        "measur-tools-suite", "electricity reduction and auxiliary power: volts times amperes times power factor"
    ),
    limits={"single_phase_voltage": (0, None), "single_phase_current": (0, None), "power_factor": (0, 1)},
)
def single_phase_power(single_phase_voltage: Volt, single_phase_current: Ampere, power_factor: Fraction) -> Kilowatt:
    """Active power of a single-phase load.

    Args:
        single_phase_voltage: across the load, in V.
        single_phase_current: in A.
        power_factor: at this load, 0 to 1.
    """
    return single_phase_voltage * single_phase_current * power_factor
