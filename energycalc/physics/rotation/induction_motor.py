"""Three-phase cage induction motors: load from a short measurement, efficiency and current at part load.

The curves run through values at 25, 50, 75, 100 and 125 % load, as in the field's reference tool (MEASUR, after
MotorMaster+).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Annotated

from energycalc.quantity import Quantity, cite, constant, exp, formula, maximum, where
from energycalc.quantity.aliases import Ampere, Fraction, Hour, Kilowatt, KilowattHour, Number, Volt
from energycalc.quantity.quantity import pure_number

Horsepower = Annotated[Quantity, "HP_mech"]
PerHorsepower = Annotated[Quantity, "1/HP_mech"]
AmperePerHorsepower = Annotated[Quantity, "A/HP_mech"]


FIT_VOLTAGE = constant(
    "V_fit", 460, "V", cite("measur-tools-suite", "the current fits are for 460 V"), name="fit_voltage"
)


# --- load of the motor ----------------------------------------------------------------------------


@formula(
    symbol="L",
    source=cite("doe-motor-load", "line-current method with voltage correction"),
    limits={
        "line_current": (0, None),
        "rated_current": (0.01, None),
        "line_voltage": (0, None),
        "rated_voltage": (1, None),
    },
)
def load_from_current(line_current: Ampere, rated_current: Ampere, line_voltage: Volt, rated_voltage: Volt) -> Fraction:
    """Load of a motor from its current.

    Args:
        line_current: measured, mean of the phases, in A.
        rated_current: nameplate full-load current in A.
        line_voltage: measured line-to-line, mean of the phases, in V.
        rated_voltage: nameplate voltage in V.

    Returns:
        Shaft load over rated power. Good above about half load; below that the magnetising current makes it too high.
    """
    return line_current / rated_current * (line_voltage / rated_voltage)


@formula(symbol="P_sh", source=cite("iec-60034-2-1", "efficiency: output over input"), limits={"load_factor": (0, 1.5)})
def shaft_power(rated_power: Kilowatt, load_factor: Fraction) -> Kilowatt:
    """Mechanical power at the shaft.

    Args:
        rated_power: nameplate shaft power in kW.
        load_factor: shaft load over rated power.
    """
    return rated_power * load_factor


@formula(
    symbol="P_sh",
    source=cite("iec-60034-2-1", "efficiency: output over input"),
    limits={"efficiency": (0.01, 1)},
    name="shaft_power",
)
def shaft_power_from_input(input_power: Kilowatt, efficiency: Fraction) -> Kilowatt:
    """Mechanical power at the shaft from the measured electrical power.

    Args:
        input_power: in kW.
        efficiency: at this load.
    """
    return input_power * efficiency


@formula(
    symbol="E_in",
    source=cite("iec-60034-2-1", "efficiency: output over input"),
    limits={"shaft_power": (0, None), "efficiency": (0.01, 1), "operating_hours": (0, None)},
)
def input_energy(shaft_power: Kilowatt, efficiency: Fraction, operating_hours: Hour) -> KilowattHour:
    """Electrical energy a motor takes at constant load.

    Args:
        shaft_power: in kW.
        efficiency: at this load.
        operating_hours: hours at this load.
    """
    return shaft_power / efficiency * operating_hours


# --- efficiency at part load ----------------------------------------------------------------------


@formula(
    symbol="eta_c",
    source=cite("measur-tools-suite", "motor efficiency fits (MotorMaster+ data, NEMA MG 1 nominal efficiencies)"),
    limits={"rating_hp": (1, 10000)},
)
def class_efficiency(
    rating_hp: Horsepower, a0: Fraction, a1: Fraction, a2: PerHorsepower, a3: Fraction, a4: PerHorsepower
) -> Fraction:
    """Efficiency of a motor class at one load point, as a function of the rating.

    Args:
        rating_hp: in mechanical horsepower.
        a0: coefficients of the published fit, in %.
        a1: coefficients of the published fit, in %.
        a3: coefficients of the published fit, in %.
        a2: coefficients of the published fit, per horsepower.
        a4: coefficients of the published fit, per horsepower.
    """
    return a0 + a1 * exp(-(a2 * rating_hp)) + a3 * exp(-(a4 * rating_hp))


@formula(symbol="P_fr", source=cite("measur-tools-suite", "motor efficiency fits; lower end as read by this project"))
def class_rating(rating_hp: Horsepower, smallest_rating: Horsepower) -> Horsepower:
    """Rating at which a class curve is read, where the fit falls off steeply below a size of the series.

    Args:
        rating_hp: in mechanical horsepower.
        smallest_rating: smallest size of the series that the fit was made for.
    """
    return maximum(rating_hp, smallest_rating)


@formula(symbol="eta_125", source=cite("measur-tools-suite", "efficiency at 125 % load is 0.99 of full load"))
def class_efficiency_at_125(efficiency_100: Fraction) -> Fraction:
    """Efficiency of a motor class at 125 % load.

    Args:
        efficiency_100: efficiency at full load.
    """
    return 0.99 * efficiency_100


@formula(
    symbol="eta_x",
    source=cite("measur-tools-suite", "specified efficiency scales the curve of its class"),
    limits={"full_load_efficiency": (0.01, 1), "class_full_load_efficiency": (0.01, 1)},
)
def scaled_efficiency(
    class_efficiency: Fraction, full_load_efficiency: Fraction, class_full_load_efficiency: Fraction
) -> Fraction:
    """Efficiency at one load point of a motor whose nameplate differs from its class.

    Args:
        class_efficiency: of the class at this load point.
        full_load_efficiency: of the nameplate.
        class_full_load_efficiency: of the class at full load.
    """
    return class_efficiency * full_load_efficiency / class_full_load_efficiency


@formula(
    symbol="eta_L",
    source=cite(
        "measur-tools-suite", "efficiency between the 25 % points; loss at zero load is 0.8 of the loss at 25 %"
    ),
    limits={
        "load_factor": (0, 1.5),
        **{f"efficiency_{load}": (0.01, 1) for load in ("25", "50", "75", "100", "125")},
    },
)
def efficiency_at_load(
    load_factor: Fraction,
    efficiency_25: Fraction,
    efficiency_50: Fraction,
    efficiency_75: Fraction,
    efficiency_100: Fraction,
    efficiency_125: Fraction,
) -> Fraction:
    """Efficiency of a motor at any load up to 150 %.

    Args:
        load_factor: shaft load over rated power, 0 to 1.5.
        efficiency_25: at these loads in %.
        efficiency_50: at these loads in %.
        efficiency_75: at these loads in %.
        efficiency_100: at these loads in %.
        efficiency_125: at these loads in %.

    Returns:
        Up to 25 % load from losses that rise in a straight line from 0.8 of the loss at 25 %; up to 125 % on the
        polynomial through the five points; above that on the parabola through the last three.
    """
    points = (efficiency_25, efficiency_50, efficiency_75, efficiency_100, efficiency_125)
    low = load_factor / (load_factor + 0.2 * (1 / efficiency_25 - 1) * (1 + load_factor))
    middle = _polynomial(load_factor, (0.25, 0.5, 0.75, 1.0, 1.25), points)
    high = _polynomial(load_factor, (0.75, 1.0, 1.25), points[2:])
    return where(load_factor, "<=", 0.25, low, where(load_factor, "<=", 1.25, middle, high))


def _polynomial(x: Quantity, positions: Sequence[float], values: Sequence[Quantity]) -> Quantity:
    """The polynomial through all the points (Lagrange's form), as part of a formula."""
    result: Quantity | None = None
    for here, value in zip(positions, values, strict=True):
        term = value
        for other in positions:
            if other != here:
                term = term * (x - other)
        term = term / prod(here - other for other in positions if other != here)
        result = term if result is None else result + term
    assert result is not None
    return result


# --- current at part load -------------------------------------------------------------------------


@formula(
    symbol="f",
    source=cite("measur-tools-suite", "fits of full-load current and its part-load ratio"),
    limits={"rating_hp": (1, 10000)},
)
def current_fit(
    rating_hp: Horsepower, a0: Number, a1: Number, a2: PerHorsepower, a3: Number, a4: PerHorsepower
) -> Number:
    """One factor of the published current fits, as a function of the rating.

    Args:
        rating_hp: in mechanical horsepower.
        a0: coefficients of the fit.
        a1: coefficients of the fit.
        a3: coefficients of the fit.
        a2: coefficients of the fit, per horsepower.
        a4: coefficients of the fit, per horsepower.
    """
    return a0 + a1 * exp(-(a2 * rating_hp)) + a3 * exp(-(a4 * rating_hp))


@formula(
    symbol="i_b",
    source=cite("measur-tools-suite", "fits of full-load current and its part-load ratio"),
    limits={"rating_hp": (1, 10000)},
)
def amperes_per_horsepower(
    rating_hp: Horsepower,
    i0: AmperePerHorsepower,
    i1: AmperePerHorsepower,
    a2: PerHorsepower,
    i3: AmperePerHorsepower,
    a4: PerHorsepower,
) -> AmperePerHorsepower:
    """Full-load current at 460 V per horsepower, before the factor of the efficiency class.

    Args:
        rating_hp: in mechanical horsepower.
        i0: coefficients of the fit, in A per horsepower.
        i1: coefficients of the fit, in A per horsepower.
        i3: coefficients of the fit, in A per horsepower.
        a2: coefficients of the fit, per horsepower.
        a4: coefficients of the fit, per horsepower.
    """
    return i0 + i1 * exp(-(a2 * rating_hp)) + i3 * exp(-(a4 * rating_hp))


@formula(
    symbol="I_fl", source=cite("measur-tools-suite", "estimated full-load amperes"), limits={"rated_voltage": (1, None)}
)
def full_load_current(
    rating_hp: Horsepower, amperes_per_horsepower: AmperePerHorsepower, class_multiplier: Number, rated_voltage: Volt
) -> Ampere:
    """Estimated full-load current of a motor without a readable nameplate.

    Args:
        rating_hp: in mechanical horsepower.
        amperes_per_horsepower: fit at 460 V.
        class_multiplier: fit of the efficiency class.
        rated_voltage: in V.

    Returns:
        Current in A. The fits are not monotone in the rating for premium motors (upstream issue 180).
    """
    return amperes_per_horsepower * class_multiplier * rating_hp * FIT_VOLTAGE / rated_voltage


@formula(
    symbol="I_L", source=cite("measur-tools-suite", "current between the 25 % points"), limits={"load_factor": (0, 1.5)}
)
def current_at_load(
    load_factor: Fraction,
    full_load_current: Ampere,
    ratio_0: Number,
    ratio_25: Number,
    ratio_50: Number,
    ratio_75: Number,
    ratio_100: Number,
    ratio_125: Number,
) -> Ampere:
    """Current of a motor at any load up to 150 %.

    Args:
        load_factor: shaft load over rated power.
        full_load_current: in A, from the nameplate or estimated.
        ratio_0: current over full-load current at these loads in %.
        ratio_25: current over full-load current at these loads in %.
        ratio_50: current over full-load current at these loads in %.
        ratio_75: current over full-load current at these loads in %.
        ratio_100: current over full-load current at these loads in %.
        ratio_125: current over full-load current at these loads in %.
    """
    low = _polynomial(load_factor, (0.0, 0.25, 0.5), (ratio_0, ratio_25, ratio_50))
    middle = _polynomial(
        load_factor, (0.25, 0.5, 0.75, 1.0, 1.25), (ratio_25, ratio_50, ratio_75, ratio_100, ratio_125)
    )
    high = _polynomial(load_factor, (0.75, 1.0, 1.25), (ratio_75, ratio_100, ratio_125))
    ratio = where(load_factor, "<=", 0.25, low, where(load_factor, "<=", 1.25, middle, high))
    return full_load_current * ratio / ratio_100


@formula(
    symbol="cosphi_L",
    source=cite("measur-tools-suite", "power factor at load"),
    limits={"load_factor": (0, 1.5), "efficiency": (0.01, 1)},
)
def power_factor_at_load(
    rated_power: Kilowatt, load_factor: Fraction, efficiency: Fraction, line_current: Ampere, line_voltage: Volt
) -> Fraction:
    """Power factor of a motor at load, from its input power and current.

    Args:
        rated_power: nameplate shaft power in kW.
        load_factor: shaft load over rated power.
        efficiency: at this load.
        line_current: at this load in A.
        line_voltage: in V.
    """
    return rated_power * load_factor / efficiency / (pure_number(3) ** 0.5 * line_voltage * line_current)
