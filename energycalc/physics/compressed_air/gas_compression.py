"""Compression of air as an ideal gas: absolute pressure, work ratios, and the least power a compressor can need."""

from __future__ import annotations

from energycalc.quantity import Source, cite, constant, formula, log
from energycalc.quantity.aliases import (
    BarAbsolute,
    BarGauge,
    CubicMetrePerMinute,
    Fraction,
    Hour,
    Kilowatt,
    KilowattHour,
    Metre,
    Number,
    SpecificPower,
)

_GAUGE = Source("gauge pressure is counted from the ambient pressure", "definition")
_VOLUME_WORK = Source("pressure times volume is work", "definition")

SEA_LEVEL = constant("p_0", 1.01325, "bar[a]", cite("iso-2533", "sea-level pressure"), name="sea_level_pressure")
LAPSE = constant(
    "b", 2.25577e-5, "1/m", cite("iso-2533", "lapse rate over sea-level temperature"), name="lapse_over_temperature"
)
HEAT_CAPACITY_RATIO = constant(
    "k", 1.4, "1", cite("ideal-gas-compression", "diatomic ideal gas, 7/5"), name="heat_capacity_ratio"
)


@formula(
    symbol="p_abs",
    source=cite("ideal-gas-compression", "definition of gauge pressure"),
    limits={"ambient_pressure": (0.5, 1.1)},
)
def absolute_pressure(gauge_pressure: BarGauge, ambient_pressure: BarAbsolute) -> BarAbsolute:
    """Absolute pressure from what a gauge shows.

    Args:
        gauge_pressure: in bar(g).
        ambient_pressure: at the gauge, in bar(a); about 1.013 at sea level.

    Returns:
        Pressure in bar(a).
    """
    return gauge_pressure.declared("bar[a]", because=_GAUGE) + ambient_pressure


@formula(
    symbol="p_amb", source=cite("iso-2533", "standard atmosphere, troposphere"), limits={"altitude": (-500, 11000)}
)
def ambient_pressure(altitude: Metre) -> BarAbsolute:
    """Mean ambient pressure at an altitude.

    Args:
        altitude: above sea level in m.

    Returns:
        Pressure in bar(a). Weather moves it by some percent.
    """
    return SEA_LEVEL * (1 - LAPSE * altitude) ** 5.2559


@formula(
    symbol="w",
    source=cite("ideal-gas-compression", "polytropic compression work"),
    limits={"polytropic_exponent": (1.0001, 1.4)},
)
def compression_work_factor(
    inlet_pressure: BarAbsolute, outlet_pressure: BarAbsolute, polytropic_exponent: Number
) -> Fraction:
    """Work of one compression stage, in units of n/(n-1) times inlet pressure times volume.

    Args:
        inlet_pressure: in bar(a).
        outlet_pressure: in bar(a), at or above the inlet pressure.
        polytropic_exponent: n, above 1 (isothermal) and at most 1.4 (isentropic for air, the steepest that is possible
            for a stage that does not take up heat).

    Returns:
        (p2/p1)^((n-1)/n) - 1.
    """
    return (outlet_pressure / inlet_pressure) ** ((polytropic_exponent - 1) / polytropic_exponent) - 1


@formula(
    symbol="r_p",
    source=cite("ideal-gas-compression", "ratio of polytropic work"),
    limits={"work_before": (1e-6, None), "work_after": (0, None)},
)
def pressure_power_ratio(work_before: Fraction, work_after: Fraction) -> Fraction:
    """Power after over before, when only the discharge pressure changes and the same air is delivered.

    Args:
        work_before: compression work factor at the pressure before.
        work_after: compression work factor at the pressure after.
    """
    return work_after / work_before


@formula(symbol="e_T", source=cite("ideal-gas-compression", "isothermal work per volume of inlet air"))
def isothermal_specific_power(inlet_pressure: BarAbsolute, outlet_pressure: BarAbsolute) -> SpecificPower:
    """Least power per flow of free air that any compressor can need: the isothermal limit.

    Args:
        inlet_pressure: in bar(a).
        outlet_pressure: in bar(a).

    Returns:
        kW per m3/min of inlet air; 3.49 from 1.013 bar(a) to 7 bar(g).
    """
    return inlet_pressure.declared("bar", because=_VOLUME_WORK) * log(outlet_pressure / inlet_pressure)


@formula(symbol="E_T", source=cite("ideal-gas-compression", "isothermal work"))
def isothermal_energy(isothermal_specific_power: SpecificPower, flow: CubicMetrePerMinute, hours: Hour) -> KilowattHour:
    """Least energy that compressing this air can take.

    Args:
        isothermal_specific_power: kW per m3/min.
        flow: free air in m3/min.
        hours: at this flow.
    """
    return isothermal_specific_power * flow * hours


@formula(symbol="e_s", source=cite("ideal-gas-compression", "isentropic work per volume of inlet air"))
def isentropic_specific_power(inlet_pressure: BarAbsolute, outlet_pressure: BarAbsolute) -> SpecificPower:
    """Power per flow of free air of a loss-free single stage without cooling.

    Args:
        inlet_pressure: in bar(a).
        outlet_pressure: in bar(a).

    Returns:
        kW per m3/min of inlet air; 4.76 from 1.013 bar(a) to 7 bar(g).
    """
    k = HEAT_CAPACITY_RATIO
    work = k / (k - 1) * ((outlet_pressure / inlet_pressure) ** ((k - 1) / k) - 1)
    return inlet_pressure.declared("bar", because=_VOLUME_WORK) * work


@formula(symbol="e_c", source=cite("iso-1217", "specific power: input power over delivered free air"))
def specific_power(full_load_power: Kilowatt, full_load_flow: CubicMetrePerMinute) -> SpecificPower:
    """Power per flow of free air of a compressor package.

    Args:
        full_load_power: electrical input of the whole package in kW.
        full_load_flow: free air delivered in m3/min, at inlet conditions.
    """
    return full_load_power / full_load_flow


@formula(
    symbol="q_1",
    source=cite("measur-tools-suite", "reduce system air pressure: 0.6 of the use follows absolute pressure"),
    limits={"flow": (0, None), "unregulated_share": (0, 1)},
)
def flow_at_new_pressure(
    flow: CubicMetrePerMinute, unregulated_share: Fraction, pressure_before: BarAbsolute, pressure_after: BarAbsolute
) -> CubicMetrePerMinute:
    """Air demand after a change of pressure: leaks and open nozzles follow it, regulated users do not.

    Args:
        flow: before, free air in m3/min.
        unregulated_share: part of the flow in proportion to absolute pressure (0.6 in AIRMaster+, an assumption).
        pressure_before: in the system, bar(a).
        pressure_after: in the system, bar(a).
    """
    return flow * (1 - unregulated_share * (1 - pressure_after / pressure_before))
