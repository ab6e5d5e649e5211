"""Cooling towers: air that a duty needs, fan power by control, heat loss of the basin (DOE-2 fits, as in MEASUR)."""

from __future__ import annotations

from typing import Annotated

from energycalc.physics.refrigeration.chiller_curves import DEGREE
from energycalc.quantity import Quantity, cite, constant, formula, maximum, require, sqrt, where
from energycalc.quantity.aliases import Fraction, Kelvin, Kilowatt, Number

MetrePerSecond = Annotated[Quantity, "m/s"]

FIT = cite("measur-tools-suite", "cooling tower fan energy: DOE-2 fits of range, approach and air flow")
FAN = cite("measur-tools-suite", "cooling tower fan energy: cubic fit of fan power")
BASIN = cite("measur-tools-suite", "cooling tower basin heater: heat loss by temperature and wind")
MILE_PER_HOUR = constant("mph", 0.44704, "m/s", cite("scipy-constants", "mph"), name="mile_per_hour")
_FAHRENHEIT_ZERO = constant("t_0", 0, "1", BASIN, name="fahrenheit_reading")


def _fit(symbol: str, *values: float) -> tuple[Quantity, ...]:
    return tuple(
        constant(f"{symbol}_{i}", value, "1", FIT, name=f"tower_{symbol}_{i}") for i, value in enumerate(values)
    )


RANGE_FIT = _fit("range", 0.08352359, 0.11247273, -0.00135847, 0.00003417, 0.00003125, -0.00034001)
APPROACH_FIT = _fit("approach", 0.50061393, 0.00588251, 0.0002163, -0.01913189, 0.0002236, 0.00106108)
FLOW_FIT = _fit("air", 0.04976825, 1.04669762, -0.09646816)
FAN_FIT = _fit("fan", 0.01055507, -0.05704023, 0.14686301, 0.92961746)
NATURAL_DRAUGHT = 0.04976825
"""Share of the tower's capability that is left when its fan stands."""


@formula(symbol="Δ_r", source=cite("energy-balance", "range of a cooling tower"))
def tower_range(hot_water_temperature: Kelvin, tower_water_temperature: Kelvin) -> Kelvin:
    """Fall of the water's temperature in the tower.

    Args:
        hot_water_temperature: entering the tower, absolute (K).
        tower_water_temperature: leaving the tower, absolute (K); below the entering water.
    """
    require(hot_water_temperature, ">", tower_water_temperature, "the tower does not cool the water", FIT,
            "Check which temperature enters and which leaves")  # fmt: skip
    return hot_water_temperature - tower_water_temperature


@formula(symbol="Δ_a", source=cite("second-law", "evaporative cooling ends at the wet bulb"))
def tower_approach(tower_water_temperature: Kelvin, wet_bulb: Kelvin) -> Kelvin:
    """Distance of the tower's water from the wet bulb of the outdoor air.

    Args:
        tower_water_temperature: leaving the tower, absolute (K).
        wet_bulb: of the air entering, absolute (K).

    Raises:
        OutOfRange: water not warmer than the wet bulb: no tower can do that.
    """
    require(tower_water_temperature, ">", wet_bulb, "no tower cools water to the wet bulb of its air",
            cite("second-law", "wet bulb"), "Check both thermometers, or raise the set-point")  # fmt: skip
    return tower_water_temperature - wet_bulb


@formula(
    symbol="r_T", source=FIT, limits={"tower_range": (0, 30), "tower_approach": (0, 30), "wet_bulb": (263.15, 313.15)}
)
def tower_duty(tower_range: Kelvin, tower_approach: Kelvin, wet_bulb: Kelvin) -> Number:
    """What a duty asks of a tower, over what the tower can do with its fan at full speed.

    Args:
        tower_range: fall of the water's temperature, in K.
        tower_approach: leaving water over wet bulb, in K.
        wet_bulb: absolute (K).

    Returns:
        A pure number, 1 at full air flow. The fit is that of one typical tower at its design water flow.
    """
    r, a, w = tower_range / DEGREE, tower_approach / DEGREE, wet_bulb / DEGREE - 459.67
    of_range, of_approach = (
        c[0] + c[1] * x + c[2] * x * x + c[3] * w + c[4] * w * w + c[5] * x * w
        for c, x in ((RANGE_FIT, r), (APPROACH_FIT, a))
    )
    return of_range / of_approach


@formula(symbol="x_air", source=FIT, limits={"tower_duty": (0, None)})
def tower_air_flow(tower_duty: Number) -> Fraction:
    """Air flow that a duty needs, over full air flow.

    Args:
        tower_duty: from :func:`tower_duty`.

    Returns:
        Zero where natural draught alone carries the duty (4.98 % of the tower's capability).

    Raises:
        OutOfRange: the tower cannot carry the duty at full air flow.
    """
    c, b, a = FLOW_FIT
    require(tower_duty, "<=", c + b + a + 1e-9, "the tower cannot cool the water so far at full air flow", FIT,
            "Take warmer water, a lower wet bulb, or a larger tower")  # fmt: skip
    root = (-b + sqrt(b * b - 4 * a * (c - tower_duty))) / (2 * a)
    return maximum(root, 0)


@formula(symbol="x_P", source=FAN, limits={"air_flow_fraction": (0, 1)})
def fan_power_fraction(air_flow_fraction: Fraction) -> Fraction:
    """Input of a tower fan on a variable-speed drive over its input at full speed without one.

    Args:
        air_flow_fraction: air flow over full air flow, 0 to 1.

    Returns:
        1.03 at full flow: the drive's own loss; 0.011 at standstill.
    """
    c, x = FAN_FIT, air_flow_fraction
    return c[0] + c[1] * x + c[2] * x * x + c[3] * x * x * x


@formula(symbol="P_fan", source=FAN, limits={"rated_fan_power": (0, None)})
def variable_speed_fan_power(rated_fan_power: Kilowatt, fan_power_fraction: Fraction) -> Kilowatt:
    """Mean input of a fan on a variable-speed drive.

    Args:
        rated_fan_power: input at full speed, in kW.
        fan_power_fraction: from :func:`fan_power_fraction`.
    """
    return rated_fan_power * fan_power_fraction


ON_OFF = {
    "rated_fan_power": (0, None),
    "air_flow_fraction": (0, 1),
    "full_speed_fraction": (0, 1.1),
    "half_speed_fraction": (0, 1),
    "standstill_fraction": (0, 0.1),
}


@formula(
    symbol="P_fan",
    source=cite("measur-tools-suite", "cooling tower fan energy, one speed: share of time by air flow"),
    limits={key: ON_OFF[key] for key in ON_OFF if key != "half_speed_fraction"},
)
def one_speed_fan_power(
    rated_fan_power: Kilowatt,
    air_flow_fraction: Fraction,
    full_speed_fraction: Fraction,
    standstill_fraction: Fraction,
) -> Kilowatt:
    """Mean input of a fan that runs or stands.

    Args:
        rated_fan_power: input at full speed, in kW.
        air_flow_fraction: mean air flow over full air flow: the share of time that it runs.
        full_speed_fraction: input over rated input while it runs.
        standstill_fraction: input over rated input while it stands.
    """
    x = air_flow_fraction
    return rated_fan_power * (full_speed_fraction * x + standstill_fraction * (1 - x))


@formula(
    symbol="P_fan",
    source=cite("measur-tools-suite", "cooling tower fan energy, two speeds: share of time by air flow"),
    limits=ON_OFF,
)
def two_speed_fan_power(
    rated_fan_power: Kilowatt,
    air_flow_fraction: Fraction,
    full_speed_fraction: Fraction,
    half_speed_fraction: Fraction,
    standstill_fraction: Fraction,
) -> Kilowatt:
    """Mean input of a fan that switches between standstill, half and full speed.

    Args:
        rated_fan_power: input at full speed, in kW.
        air_flow_fraction: mean air flow over full air flow; half speed gives half of it.
        full_speed_fraction: input over rated input at full speed.
        half_speed_fraction: input over rated input at half speed.
        standstill_fraction: input over rated input while it stands.
    """
    x = air_flow_fraction
    low = half_speed_fraction * 2 * x + standstill_fraction * (1 - 2 * x)
    high = full_speed_fraction * (2 * x - 1) + half_speed_fraction * (2 - 2 * x)
    return rated_fan_power * where(x, "<", 0.5, low, high)


@formula(symbol="Q_b0", source=BASIN, limits={"tower_heat_rejection": (0, None), "pan_loss_ratio": (0, 1)})
def rated_basin_loss(tower_heat_rejection: Kilowatt, pan_loss_ratio: Fraction) -> Kilowatt:
    """Heat that the basin of a tower loses at the rated winter conditions.

    Args:
        tower_heat_rejection: rated, in kW.
        pan_loss_ratio: of it, lost by the basin.
    """
    return tower_heat_rejection * pan_loss_ratio


@formula(
    symbol="k_b",
    source=BASIN,
    limits={"basin_temperature": (255.93, 333.15), "dry_bulb": (223.15, 333.15), "basin_wind_speed": (0, 60)},
)
def basin_loss_factor(basin_temperature: Kelvin, dry_bulb: Kelvin, basin_wind_speed: MetrePerSecond) -> Number:
    """How the heat loss of a warm surface goes with temperatures and wind (ASTM C680 form); nil in warmer air.

    Args:
        basin_temperature: set-point of the heater, absolute (K).
        dry_bulb: of the outdoor air, absolute (K).
        basin_wind_speed: in m/s.

    Raises:
        OutOfRange: the mean of both temperatures is not above 0 °F (-17.8 °C), where the form has no meaning.
    """
    mean = (basin_temperature + dry_bulb) / 2 / DEGREE - 459.67
    require(mean, ">", _FAHRENHEIT_ZERO, "the form has no meaning at a mean temperature below 0 °F", BASIN,
            "Take warmer rated conditions")  # fmt: skip
    rise = maximum((basin_temperature - dry_bulb) / DEGREE, 0)
    return rise**1.266 * mean**-0.181 * sqrt(1 + 1.277 * (basin_wind_speed / MILE_PER_HOUR))


@formula(symbol="P_b", source=BASIN, limits={"rated_basin_loss_factor": (1e-9, None)})
def basin_heater_power(
    rated_basin_loss: Kilowatt, basin_loss_factor: Number, rated_basin_loss_factor: Number
) -> Kilowatt:
    """Input of the basin heater.

    Args:
        rated_basin_loss: in kW.
        basin_loss_factor: at the conditions of operation.
        rated_basin_loss_factor: at the rated conditions.
    """
    return rated_basin_loss * basin_loss_factor / rated_basin_loss_factor


@formula(
    symbol="P_min",
    source=cite("doe-motor-guide", "affinity laws: power with the cube of the flow"),
    limits={"rated_fan_power": (0, None), "air_flow_fraction": (0, 1)},
)
def least_fan_power(rated_fan_power: Kilowatt, air_flow_fraction: Fraction) -> Kilowatt:
    """Least input of the same fan on the same tower for a mean air flow: the cube law, no drive loss.

    Args:
        rated_fan_power: input at full speed, in kW.
        air_flow_fraction: air flow over full air flow.
    """
    return rated_fan_power * air_flow_fraction**3
