"""Efficiency classes of line-operated motors (IE code): the least a class allows and the most a motor can reach."""

from __future__ import annotations

from energycalc.quantity import cite, constant, formula, log, maximum
from energycalc.quantity.aliases import Fraction, Kilowatt
from energycalc.quantity.quantity import pure_number

UNIT_RATING = constant(
    "P_1", 1, "kW", cite("uk-si-2021-745", "Schedule 16: rated output over 1 kW"), name="unit_rating"
)
STEP_TO_IE4 = constant(
    "d_34", 15, "%", cite("bauer-ie-classes", "IE4: up to 15 % less power dissipation than IE3"), name="loss_step"
)
STEP_TO_IE5 = constant("d_45", 20, "%", cite("ie5-caps-derived", "IE5: 20 % less loss than IE4"), name="loss_step")
"""A class is told from the one below by a share of the losses."""

ROUNDING = constant(
    "d_r", 0.3, "%", cite("ie5-caps-derived", "0.3 points above IE5 for rounding"), name="rounding_allowance"
)


@formula(
    symbol="eta_IE",
    source=cite("uk-si-2021-745", "Schedule 16, Tables 27 and 28: interpolation coefficients at 50 Hz"),
    limits={"rated_power": (0.12, 200)},
)
def class_limit(
    rated_power: Kilowatt,
    cubic_coefficient: Fraction,
    square_coefficient: Fraction,
    linear_coefficient: Fraction,
    constant_coefficient: Fraction,
) -> Fraction:
    """Least full-load efficiency that a class allows at 50 Hz, for any rating.

    Args:
        rated_power: nameplate shaft power, 0.12 to 200 kW.
        cubic_coefficient: A of the table, per cube of the decimal logarithm of the rating in kW, in %.
        square_coefficient: B of the table, in %.
        linear_coefficient: C of the table, in %.
        constant_coefficient: D of the table: the limit at 1 kW, in %.

    Returns:
        Efficiency at full load; the printed tables of the classes are this, rounded to 0.1 %.
    """
    x = log(rated_power / UNIT_RATING) / log(pure_number(10))
    return cubic_coefficient * x * x * x + square_coefficient * x * x + linear_coefficient * x + constant_coefficient


@formula(
    symbol="eta_up",
    source=cite("ie5-caps-derived", "a class above: the losses less by a step"),
    limits={"class_efficiency": (0.01, 1), "loss_step": (0, 1)},
)
def next_class_limit(class_efficiency: Fraction, loss_step: Fraction) -> Fraction:
    """Limit of the class above, whose losses are smaller by a share.

    Args:
        class_efficiency: limit of the class below.
        loss_step: share of its losses that the class above must not have.
    """
    return 1 - (1 - class_efficiency) * (1 - loss_step)


@formula(
    symbol="eta_max",
    source=cite("ie5-caps-derived", "the higher of two estimates of IE4, then 20 % less loss, then 0.3 points"),
    limits={"ie4_limit": (0.01, 1), "ie4_estimate": (0.01, 1)},
)
def highest_efficiency(ie4_limit: Fraction, ie4_estimate: Fraction) -> Fraction:
    """Highest full-load efficiency that is believed of a motor: IE5 and 0.3 points.

    Args:
        ie4_limit: IE4 at 50 Hz for this rating and these poles.
        ie4_estimate: IE4 at the motor's own frequency as far as known (at 60 Hz: IE3 with 15 % less loss); the same as
            ``ie4_limit`` at 50 Hz.
    """
    ie4 = maximum(ie4_limit, ie4_estimate)
    return 1 - (1 - ie4) * (1 - STEP_TO_IE5) + ROUNDING


@formula(
    symbol="s_max",
    source=cite("ie5-caps-derived", "a swap saves at most what is left between the old motor and the best of its size"),
    limits={
        "efficiency_before": (0.01, 1),
        "efficiency_after": (0.01, 1),
        "full_load_efficiency": (0.01, 1),
        "highest_efficiency": (0.01, 1),
    },
)
def replacement_ceiling(
    efficiency_before: Fraction,
    efficiency_after: Fraction,
    full_load_efficiency: Fraction,
    highest_efficiency: Fraction,
    shaft_power_ratio: Fraction,
) -> Fraction:
    """Largest saving of a motor swap: the new motor's part-load curve, lifted to the best full load of its size.

    Args:
        efficiency_before: of the old motor at its load.
        efficiency_after: of the new motor at its load.
        full_load_efficiency: of the new motor.
        highest_efficiency: highest full-load efficiency believed of a motor of this size.
        shaft_power_ratio: shaft power after over before.

    Returns:
        Share of the old motor's energy.
    """
    best_at_load = efficiency_after * highest_efficiency / full_load_efficiency
    return 1 - efficiency_before / best_at_load * shaft_power_ratio
