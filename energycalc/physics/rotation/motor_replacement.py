"""One motor for another: the load both carry, and the share of the energy that the new one still takes."""

from __future__ import annotations

from energycalc.quantity import cite, formula, interpolate
from energycalc.quantity.aliases import Fraction, Kilowatt, Number, RevolutionsPerMinute
from energycalc.quantity.quantity import pure_number

_EFFICIENCY = cite("iec-60034-2-1", "efficiency: output over input")


@formula(symbol="L", source=_EFFICIENCY, limits={"input_power": (0, None), "efficiency": (0.01, 1)})
def load_from_input_power(input_power: Kilowatt, efficiency: Fraction, rated_power: Kilowatt) -> Fraction:
    """Load of a motor from its measured input power, where the efficiency at this load is known.

    Args:
        input_power: measured electrical power in kW.
        efficiency: at this load.
        rated_power: nameplate shaft power in kW.
    """
    return input_power * efficiency / rated_power


@formula(
    symbol="L",
    source=cite("doe-motor-load", "input-power method, with the part-load efficiency of the motor's own curve"),
    limits={
        "input_power": (0, None),
        **{f"efficiency_{load}": (0.01, 1) for load in ("25", "50", "75", "100", "125")},
    },
)
def load_on_curve(
    input_power: Kilowatt,
    rated_power: Kilowatt,
    efficiency_25: Fraction,
    efficiency_50: Fraction,
    efficiency_75: Fraction,
    efficiency_100: Fraction,
    efficiency_125: Fraction,
) -> Fraction:
    """Load of a motor from its measured input power, on its efficiency curve.

    Args:
        input_power: measured electrical power in kW.
        rated_power: nameplate shaft power in kW.
        efficiency_25: at these loads in %.
        efficiency_50: at these loads in %.
        efficiency_75: at these loads in %.
        efficiency_100: at these loads in %.
        efficiency_125: at these loads in %.

    Returns:
        Shaft load over rated power. The input grows almost evenly with the load, so the load is read on straight lines
        between no load (whose loss is 0.8 of that at 25 %) and the five points: exact up to 25 % load, above it within
        0.5 % of the rating from 4 kW on. Below 2 kW the published curves themselves bend too much for a close load.
    """
    no_load = 0.2 * (1 / efficiency_25 - 1)
    inputs = [
        no_load,
        0.25 / efficiency_25,
        0.5 / efficiency_50,
        0.75 / efficiency_75,
        1 / efficiency_100,
        1.25 / efficiency_125,
    ]
    loads = [pure_number(load) for load in (0, 0.25, 0.5, 0.75, 1, 1.25)]
    return interpolate(input_power / rated_power, inputs, loads)


@formula(
    symbol="L",
    source=cite("doe-motor-load", "slip method; nameplate speeds are allowed 20 % of the slip either way"),
    limits={"operating_speed": (1, None), "slip_tolerance": (0.5, 1.5)},
)
def load_from_slip(
    operating_speed: RevolutionsPerMinute,
    full_load_speed: RevolutionsPerMinute,
    synchronous_speed: RevolutionsPerMinute,
    slip_tolerance: Number,
) -> Fraction:
    """Load of a motor from its measured speed.

    Args:
        operating_speed: measured with a stroboscope, in rpm.
        full_load_speed: of the nameplate, in rpm.
        synchronous_speed: of the field, in rpm.
        slip_tolerance: true slip at full load over that of the nameplate: 1, and as uncertain as the nameplate.

    Returns:
        Shaft load over rated power. A poor method: the nameplate's slip alone may be off by 20 %, its speed is rounded
        to 5 rpm, and slip also moves with voltage and temperature.
    """
    return (synchronous_speed - operating_speed) / ((synchronous_speed - full_load_speed) * slip_tolerance)


@formula(
    symbol="L_1",
    source=cite("doe-motor-guide", "same work: the shaft power changes with speed only"),
    limits={"load_factor": (0, 1.5), "rated_power_after": (0.01, None)},
)
def load_factor_after(
    load_factor: Fraction, rated_power_before: Kilowatt, rated_power_after: Kilowatt, shaft_power_ratio: Fraction
) -> Fraction:
    """Load of the new motor.

    Args:
        load_factor: of the old motor.
        rated_power_before: nameplate shaft power of the old motor in kW.
        rated_power_after: nameplate shaft power of the new motor in kW.
        shaft_power_ratio: shaft power after over before.
    """
    return load_factor * (rated_power_before / rated_power_after) * shaft_power_ratio


@formula(
    symbol="eta_rw", source=cite("measur-desktop", "replace or rewind: points lost"), limits={"rewind_loss": (0, 0.05)}
)
def rewound_efficiency(full_load_efficiency: Fraction, rewind_loss: Fraction) -> Fraction:
    """Full-load efficiency after rewinding.

    Args:
        full_load_efficiency: of the nameplate.
        rewind_loss: percentage points lost by rewinding, at most 5.
    """
    return full_load_efficiency - rewind_loss


@formula(
    symbol="r",
    source=cite("doe-motor-guide", "savings from a more efficient motor at the same work"),
    limits={"efficiency_before": (0.01, 1), "efficiency_after": (0.01, 1)},
    name="remaining_fraction",
)
def remaining_fraction(
    efficiency_before: Fraction, efficiency_after: Fraction, shaft_power_ratio: Fraction
) -> Fraction:
    """Share of the old motor's energy that the new one still takes.

    Args:
        efficiency_before: of the old motor at its load.
        efficiency_after: of the new motor at its load.
        shaft_power_ratio: shaft power after over before; 1 unless the new motor turns at another speed.
    """
    return efficiency_before / efficiency_after * shaft_power_ratio
