"""Full-load power and flow of an oil-injected screw at another place and pressure, as AIRMaster+ corrects them.

The two polynomials of ambient pressure and the slope of the flow are those of the field's reference tool; they are fits
in pounds per square inch for rotary screws and hold from about 0.7 bar(a) to sea level. What follows from the gas laws
alone stands in ``gas_compression``.
"""

from __future__ import annotations

from energycalc.quantity import cite, constant, formula
from energycalc.quantity.aliases import BarAbsolute, BarGauge, CubicMetrePerMinute, Fraction, Kilowatt

_INLET = "compressor part load, pressure and inlet correction"
_RANGE = (0.5, 1.1)

PSI = constant(
    "p_psi",
    0.0689475729316836,
    "bar[a]",
    cite("measur-tools-suite", f"{_INLET}: unit of the fits"),
    name="fit_pressure",
)
FLOW_SLOPE = constant(
    "b_q",
    0.00075 / 0.0689475729316836,
    "1/bar",
    cite("measur-tools-suite", f"{_INLET}: 0.075 % less flow per psi"),
    name="flow_slope",
)


@formula(symbol="c_P", source=cite("measur-tools-suite", _INLET), limits={"ambient_pressure": _RANGE})
def altitude_power_factor(ambient_pressure: BarAbsolute) -> Fraction:
    """Full-load power at an ambient pressure over that at sea level, before the ratio of pressures.

    Args:
        ambient_pressure: bar(a).
    """
    p = ambient_pressure / PSI
    return -0.0000577 * p**3 + 0.000251 * p**2 + 0.0466 * p + 0.4442


@formula(symbol="c_q", source=cite("measur-tools-suite", _INLET), limits={"ambient_pressure": _RANGE})
def altitude_flow_factor(ambient_pressure: BarAbsolute) -> Fraction:
    """Full-load flow at an ambient pressure over that at sea level.

    Args:
        ambient_pressure: bar(a).
    """
    p = ambient_pressure / PSI
    return 0.000258 * p**3 - 0.0116 * p**2 + 0.176 * p + 0.09992


@formula(symbol="P_fl,c", source=cite("measur-tools-suite", _INLET), limits={"inlet_pressure": _RANGE})
def corrected_full_load_power(
    full_load_power: Kilowatt,
    altitude_power_factor: Fraction,
    pressure_power_ratio: Fraction,
    ambient_pressure: BarAbsolute,
    inlet_pressure: BarAbsolute,
) -> Kilowatt:
    """Full-load power at the pressures of the site.

    Args:
        full_load_power: rated package input, kW.
        altitude_power_factor: 1 where it is not applied.
        pressure_power_ratio: compression work at the discharge pressure over that at the rated pressure.
        ambient_pressure: bar(a).
        inlet_pressure: after the filter, bar(a).
    """
    return full_load_power * altitude_power_factor * pressure_power_ratio * (ambient_pressure / inlet_pressure)


@formula(symbol="q_fl,c", source=cite("measur-tools-suite", _INLET))
def corrected_full_load_flow(
    full_load_flow: CubicMetrePerMinute,
    altitude_flow_factor: Fraction,
    rated_pressure: BarGauge,
    discharge_pressure: BarGauge,
) -> CubicMetrePerMinute:
    """Full-load flow at the pressures of the site.

    Args:
        full_load_flow: rated free air delivered, m3/min.
        altitude_flow_factor: 1 where it is not applied.
        rated_pressure: discharge pressure of the rating, bar(g).
        discharge_pressure: of the site, bar(g).
    """
    return full_load_flow * altitude_flow_factor * (1 - FLOW_SLOPE * (discharge_pressure - rated_pressure))
