"""Specific power of a compressor away from its test conditions, and what the temperature of the intake does.

A displacement compressor takes in a volume. Its work per volume of inlet air depends on the pressures and not on the
temperature (ideal gas); how much *mass* is in that volume goes with pressure over absolute temperature. So warm intake
air costs energy only where the plant needs a mass of air, which is what regulated tools, cylinders and cooling uses do.
"""

from __future__ import annotations

from energycalc.physics.compressed_air.gas_compression import HEAT_CAPACITY_RATIO, compression_work_factor
from energycalc.quantity import Quantity, cite, constant, formula
from energycalc.quantity.aliases import (
    BarAbsolute,
    CubicMetre,
    Fraction,
    Kelvin,
    KilowattHour,
    NormalCubicMetre,
    SpecificPower,
)

NORMAL_TEMPERATURE = constant(
    "T_n", 273.15, "K", cite("iso-2533", "0 °C, reference of the normal cubic metre"), name="normal_temperature"
)
NORMAL_PRESSURE = constant(
    "p_n",
    1.01325,
    "bar[a]",
    cite("iso-2533", "101.325 kPa, reference of the normal cubic metre"),
    name="normal_pressure",
)


@formula(
    symbol="V_in",
    source=cite("ideal-gas-compression", "ideal-gas law"),
    limits={"inlet_pressure": (0.5, 1.1), "inlet_temperature": (223.15, 343.15)},
)
def inlet_volume(delivered_air: NormalCubicMetre, inlet_pressure: BarAbsolute, inlet_temperature: Kelvin) -> CubicMetre:
    """Volume at the inlet of an amount of dry air.

    Args:
        delivered_air: m3 at 0 °C and 101.325 kPa.
        inlet_pressure: bar(a).
        inlet_temperature: K.

    Returns:
        m3 at inlet conditions (free air). Moisture that falls out in the coolers is left out: it adds the vapour's
        share of the inlet pressure.
    """
    expansion = (NORMAL_PRESSURE / inlet_pressure) * (inlet_temperature / NORMAL_TEMPERATURE)
    return delivered_air.declared("m3", because=cite("iso-2533", "volume of the reference state")) * expansion


@formula(
    symbol="c_p",
    source=cite("ideal-gas-compression", "isentropic work per volume of inlet air"),
    limits={"work_before": (1e-6, None), "work_after": (1e-6, None)},
)
def specific_power_correction(
    pressure_before: BarAbsolute, work_before: Fraction, pressure_after: BarAbsolute, work_after: Fraction
) -> Fraction:
    """Specific power at other pressures over that of the data sheet, at the same isentropic efficiency.

    Args:
        pressure_before: inlet pressure of the data sheet, bar(a).
        work_before: compression work factor of the data sheet.
        pressure_after: inlet pressure at the site, bar(a).
        work_after: compression work factor at the site.
    """
    return (pressure_after * work_after) / (pressure_before * work_before)


@formula(symbol="e_site", source=cite("ideal-gas-compression", "isentropic work per volume of inlet air"))
def specific_power_at_site(specific_power: SpecificPower, specific_power_correction: Fraction) -> SpecificPower:
    """Specific power at the pressures of the site.

    Args:
        specific_power: of the data sheet, kW per m3/min of free air.
        specific_power_correction: from :func:`specific_power_correction`.
    """
    return specific_power * specific_power_correction


@formula(
    symbol="r_e",
    source=cite("iso-1217", "the same air: energy goes with specific power"),
    limits={"specific_power_before": (0.1, None)},
)
def specific_power_ratio(specific_power_before: SpecificPower, specific_power_after: SpecificPower) -> Fraction:
    """Energy after over before for the same air.

    Args:
        specific_power_before: at the site, kW per m3/min.
        specific_power_after: at the site, kW per m3/min.
    """
    return specific_power_after / specific_power_before


@formula(
    symbol="E",
    source=cite("iso-1217", "energy is specific power times volume of free air"),
    limits={"inlet_volume": (0, None)},
)
def energy_of_air(specific_power_at_site: SpecificPower, inlet_volume: CubicMetre) -> KilowattHour:
    """Electricity that compressing a volume of free air takes.

    Args:
        specific_power_at_site: kW per m3/min.
        inlet_volume: free air, m3.
    """
    return specific_power_at_site * inlet_volume


@formula(
    symbol="r_T",
    source=cite("ideal-gas-compression", "inlet volume of the same mass goes with absolute temperature"),
    limits={"temperature_before": (223.15, 343.15), "temperature_after": (223.15, 343.15)},
)
def intake_volume_ratio(temperature_before: Kelvin, temperature_after: Kelvin) -> Fraction:
    """Inlet volume of the same mass of air after over before.

    Args:
        temperature_before: of the intake, K.
        temperature_after: of the intake, K.
    """
    return temperature_after / temperature_before


def pressure_correction(
    rated_inlet: Quantity, rated_outlet: Quantity, site_inlet: Quantity, site_outlet: Quantity
) -> Quantity:
    """Specific power at the site's pressures over that at the rated ones, along the isentropic work.

    Args:
        rated_inlet: absolute.
        rated_outlet: absolute.
        site_inlet: absolute.
        site_outlet: absolute.
    """
    return specific_power_correction(
        rated_inlet,
        compression_work_factor(rated_inlet, rated_outlet, HEAT_CAPACITY_RATIO),
        site_inlet,
        compression_work_factor(site_inlet, site_outlet, HEAT_CAPACITY_RATIO),
    )
