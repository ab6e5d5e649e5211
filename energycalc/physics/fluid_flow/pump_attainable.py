"""Efficiency that pumps of a style attain, after ANSI/HI 1.3-2000 as the field's reference tool has fitted it.

The fits are in US units (US gal/min, ft, rpm); the formulas here take SI and divide by those units in the open.
"""

from __future__ import annotations

from typing import Annotated

from energycalc.physics.fluid_flow.pump import CubicMetrePerHour
from energycalc.quantity import Quantity, cite, constant, exp, formula, log, maximum, minimum, where
from energycalc.quantity.aliases import Fraction, Metre, Number, RevolutionsPerMinute
from energycalc.quantity.quantity import pure_number

SquareMillimetrePerSecond = Annotated[Quantity, "mm2/s"]

_FITS = "pump efficiency fits (ANSI/HI 1.3-2000, superseded)"
_US = cite("us-customary-units", "definition of the unit in SI")
US_GALLON_PER_MINUTE = constant("gpm", 3.785411784 * 0.06, "m3/h", _US, name="us_gallon_per_minute")
FOOT = constant("ft", 0.3048, "m", _US, name="foot")
ONE_RPM = constant("rpm_1", 1, "rpm", _US, name="one_revolution_per_minute")
ONE_CENTISTOKES = constant("cSt", 1, "mm2/s", _US, name="one_centistokes")
LN_10 = log(pure_number(10))


@formula(symbol="Q_us", source=_US, limits={"liquid_flow": (0.1, None)})
def us_flow_number(liquid_flow: CubicMetrePerHour) -> Number:
    """Flow as a number of US gallons per minute, as the fits take it.

    Args:
        liquid_flow: at best efficiency in m3/h.
    """
    return liquid_flow / US_GALLON_PER_MINUTE


@formula(symbol="eta_a", source=cite("measur-tools-suite", _FITS), limits={"us_flow_number": (0.4, None)})
def average_pump_efficiency(
    us_flow_number: Number,
    pump_fit_e0: Fraction,
    pump_fit_e1: Fraction,
    pump_fit_f1: Number,
    pump_fit_e2: Fraction,
    pump_fit_f2: Number,
) -> Fraction:
    """Efficiency that a style of pump reaches on average at its best point, for a favourable specific speed and water.

    Args:
        us_flow_number: flow at best efficiency in US gal/min.
        pump_fit_e0: coefficients of the published fit, in %.
        pump_fit_e1: coefficients of the published fit, in %.
        pump_fit_e2: coefficients of the published fit, in %.
        pump_fit_f1: coefficients of the published fit, per US gal/min.
        pump_fit_f2: coefficients of the published fit, per US gal/min.
    """
    return (
        pump_fit_e0
        + pump_fit_e1 * exp(-(pump_fit_f1 * us_flow_number))
        + pump_fit_e2 * exp(-(pump_fit_f2 * us_flow_number))
    )


@formula(symbol="k_s", source=cite("measur-tools-suite", _FITS), limits={"us_flow_number": (1, None)})
def efficiency_spread(us_flow_number: Number) -> Number:
    """The best pumps of a style over the average of it.

    Args:
        us_flow_number: flow at best efficiency in US gal/min.
    """
    digits = log(us_flow_number) / LN_10
    return 1 + (0.10805906 + 18.077243 * exp(-(0.78231304 * digits)) + 30.525232 * exp(-(0.80684022 * digits))) / 100


@formula(
    symbol="N_s",
    source=cite("hi-engineering-data", "pump principles, equation 1.D.1"),
    limits={"pump_speed": (1, 50000), "liquid_flow": (0.001, None), "head_per_stage": (0.01, None)},
)
def pump_specific_speed(
    pump_speed: RevolutionsPerMinute, liquid_flow: CubicMetrePerHour, head_per_stage: Metre
) -> Number:
    """Specific speed in US units (rpm, US gal/min, ft); divide by 51.6 for rpm, m3/s and m.

    Args:
        pump_speed: in rpm.
        liquid_flow: total flow at best efficiency in m3/h.
        head_per_stage: at best efficiency in m.
    """
    return pump_speed / ONE_RPM * (liquid_flow / US_GALLON_PER_MINUTE) ** 0.5 / (head_per_stage / FOOT) ** 0.75


@formula(symbol="c_Ns", source=cite("measur-tools-suite", f"{_FITS}: specific-speed correction"))
def specific_speed_polynomial(
    pump_specific_speed: Number,
    correction_c0: Number,
    correction_c1: Number,
    correction_c2: Number,
    correction_c3: Number,
    correction_c4: Number,
    correction_c5: Number,
    correction_c6: Number,
) -> Number:
    """Points of efficiency lost by an unfavourable specific speed, on one piece of the fit.

    Args:
        pump_specific_speed: in US units.
        correction_c0: coefficients of the published fit.
        correction_c1: coefficients of the published fit.
        correction_c2: coefficients of the published fit.
        correction_c3: coefficients of the published fit.
        correction_c4: coefficients of the published fit.
        correction_c5: coefficients of the published fit.
        correction_c6: coefficients of the published fit.
    """
    n = pump_specific_speed
    return correction_c0 + n * (
        correction_c1
        + n * (correction_c2 + n * (correction_c3 + n * (correction_c4 + n * (correction_c5 + n * correction_c6))))
    )


@formula(symbol="d_Ns", source=cite("measur-tools-suite", f"{_FITS}: specific-speed correction"))
def specific_speed_correction(
    pump_specific_speed: Number, pieces_meet_at: Number, points_below: Number, points_above: Number
) -> Fraction:
    """Efficiency lost by an unfavourable specific speed, never negative.

    Args:
        pump_specific_speed: in US units.
        pieces_meet_at: specific speed at which the two pieces of the fit meet.
        points_below: first piece, in points of efficiency.
        points_above: second piece, in points of efficiency.
    """
    return maximum(where(pump_specific_speed, "<", pieces_meet_at, points_below, points_above), 0) / 100


@formula(
    symbol="B",
    source=cite("ansi-hi-9.6.7", "parameter B"),
    limits={
        "kinematic_viscosity": (0.1, 3000),
        "liquid_flow": (0.1, None),
        "head_per_stage": (0.1, None),
        "pump_speed": (1, 50000),
    },
)
def viscosity_parameter(
    kinematic_viscosity: SquareMillimetrePerSecond,
    liquid_flow: CubicMetrePerHour,
    head_per_stage: Metre,
    pump_speed: RevolutionsPerMinute,
) -> Number:
    """Parameter of the viscosity correction.

    Args:
        kinematic_viscosity: in mm2/s (cSt), up to 3000.
        liquid_flow: water flow at best efficiency in m3/h; tested for 13 to 1140 US gal/min (3 to 260 m3/h).
        head_per_stage: water head at best efficiency in m; tested for 20 to 430 ft (6 to 131 m).
        pump_speed: in rpm.
    """
    return (
        26.6
        * (kinematic_viscosity / ONE_CENTISTOKES) ** 0.5
        * (head_per_stage / FOOT) ** 0.0625
        / ((liquid_flow / US_GALLON_PER_MINUTE) ** 0.375 * (pump_speed / ONE_RPM) ** 0.25)
    )


@formula(symbol="C_eta", source=cite("ansi-hi-9.6.7", "efficiency factor"), limits={"viscosity_parameter": (0.01, 40)})
def viscosity_factor(viscosity_parameter: Number) -> Number:
    """Efficiency with a viscous liquid over that with water; 1 up to B = 1.

    Args:
        viscosity_parameter: B, at most 40.
    """
    return minimum(viscosity_parameter ** (-(0.0547 * viscosity_parameter**0.69)), 1)


@formula(
    symbol="eta_att",
    source=cite("measur-tools-suite", f"{_FITS}: average, viscosity and specific speed together"),
    limits={"average_pump_efficiency": (0.01, 1), "viscosity_factor": (0.01, 1), "specific_speed_correction": (0, 0.2)},
)
def attainable_pump_efficiency(
    average_pump_efficiency: Fraction,
    viscosity_factor: Number,
    specific_speed_correction: Fraction,
    efficiency_spread: Number,
) -> Fraction:
    """Efficiency that the best pumps of a style attain at a duty.

    Args:
        average_pump_efficiency: of the style at this flow.
        viscosity_factor: 1 for water.
        specific_speed_correction: lost by the specific speed.
        efficiency_spread: best over average; 1 for the average pump.
    """
    return (average_pump_efficiency * viscosity_factor - specific_speed_correction) * efficiency_spread
