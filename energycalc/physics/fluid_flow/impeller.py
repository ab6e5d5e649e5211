"""Trimming the impeller of a centrifugal pump: how far for a lower duty, and what efficiency it costs."""

from __future__ import annotations

from energycalc.physics.fluid_flow.pump import CubicMetrePerHour, Millimetre
from energycalc.physics.fluid_flow.system_curve import MetrePerSquareFlow
from energycalc.quantity import cite, constant, formula, interpolate
from energycalc.quantity.aliases import Fraction, Metre

_AFFINITY = cite("hi-engineering-data", "affinity rules with the impeller diameter: flow with D, head with D2")
_EVANS = cite("evans-2012-trim", "9 in impeller trimmed to 8.5, 8, 7 and 6 in: 77, 77, 74, 70 and 62 %")

SMALLEST_DIAMETER_RATIO = constant(
    "r_min", 0.75, "1", cite("doe-pump-tip-7", "trimming limited to about 75 % of the maximum diameter"),
    name="smallest_diameter_ratio",
)  # fmt: skip
_DIAMETERS = tuple(
    constant(f"r_{inch:g}", inch / 9, "1", _EVANS, name="example_diameter_ratio") for inch in (6, 7, 8, 8.5, 9)
)
_EFFICIENCIES = tuple(
    constant(f"eta_{percent}", percent / 77, "1", _EVANS, name="example_efficiency_ratio")
    for percent in (62, 70, 74, 77)
)


@formula(
    symbol="r_D",
    source=_AFFINITY,
    limits={"shut_off_head": (0.1, None), "flow_after": (0, None), "head_after": (0, None)},
)
def impeller_diameter_ratio(
    shut_off_head: Metre, pump_curve_slope: MetrePerSquareFlow, flow_after: CubicMetrePerHour, head_after: Metre
) -> Fraction:
    """Diameter of the trimmed impeller over the present one, so that the pump meets a lower duty.

    Args:
        shut_off_head: a of the present impeller, in m.
        pump_curve_slope: b of the present impeller.
        flow_after: wanted from one pump, in m3/h.
        head_after: wanted at this flow, in m.

    Returns:
        r with head_after = a r2 - b flow_after2: the pump curve moved by the affinity rules. Good for small trims of
        radial impellers; the pump maker's curves decide.
    """
    return ((head_after + pump_curve_slope * flow_after**2) / shut_off_head) ** 0.5


@formula(
    symbol="D_1",
    source=_AFFINITY,
    limits={"impeller_diameter": (10, 5000), "impeller_diameter_ratio": (0.1, 1)},
)
def trimmed_diameter(impeller_diameter: Millimetre, impeller_diameter_ratio: Fraction) -> Millimetre:
    """Diameter to which the impeller is turned down.

    Args:
        impeller_diameter: present, in mm.
        impeller_diameter_ratio: trimmed over present.
    """
    return impeller_diameter * impeller_diameter_ratio


@formula(symbol="f_D", source=_EVANS, limits={"diameter_over_full": (6 / 9, 1)})
def trimmed_efficiency_ratio(diameter_over_full: Fraction) -> Fraction:
    """Best efficiency of a trimmed impeller over that of the full one, on straight lines between published points.

    Args:
        diameter_over_full: diameter over that of the largest impeller of this casing, 2/3 to 1.

    Returns:
        1 down to 94 % of the diameter, then falling to 0.81 at two thirds. One catalogue pump; others differ.
    """
    return interpolate(diameter_over_full, _DIAMETERS, (*_EFFICIENCIES, _EFFICIENCIES[-1]))


@formula(
    symbol="eta_p1",
    source=cite("doe-pump-tip-7", "clearance to the casing grows and efficiency falls"),
    limits={"pump_efficiency": (0.01, 1)},
)
def trimmed_pump_efficiency(pump_efficiency: Fraction, ratio_before: Fraction, ratio_after: Fraction) -> Fraction:
    """Efficiency of the trimmed pump at a duty that lies as far from its best point as the present one.

    Args:
        pump_efficiency: present.
        ratio_before: best efficiency of the present impeller over that of the full one.
        ratio_after: best efficiency of the trimmed impeller over that of the full one.
    """
    return pump_efficiency * (ratio_after / ratio_before)
