"""A point of a fan curve moved to another speed and gas density, with compressibility (AMCA 210)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

import numpy as np

from energycalc.errors import CalculationError
from energycalc.physics.fluid_flow.fan import (
    CubicMetrePerMinute,
    KilogramPerCubicMetre,
    Pascal,
    compressibility_factor,
    fan_efficiency_from_power,
    power_ratio_term,
    pressure_ratio_term,
)
from energycalc.quantity import Quantity, Source, cite, formula, opaque, quantity
from energycalc.quantity.aliases import Kilowatt, Number, RevolutionsPerMinute

SquareMetre = Annotated[Quantity, "m2"]

_LAWS = cite("measur-tools-suite", "fan curve: fan laws with compressibility (AMCA 210)")


@formula(symbol="p_v", source=_LAWS, limits={"gas_density": (0.05, 10), "duct_area": (1e-4, None)})
def velocity_pressure(
    gas_density: KilogramPerCubicMetre, gas_flow: CubicMetrePerMinute, duct_area: SquareMetre
) -> Pascal:
    """Velocity pressure of a gas in a duct.

    Args:
        gas_density: in kg/m3.
        gas_flow: in m3/min.
        duct_area: in m2.
    """
    return gas_density * (gas_flow / duct_area) ** 2 / 2


@formula(
    symbol="Q_c",
    source=_LAWS,
    limits={"fan_speed": (1, None), "fan_speed_corrected": (1, None), "compressibility_ratio": (0.1, 10)},
)
def corrected_flow(
    gas_flow: CubicMetrePerMinute,
    fan_speed: RevolutionsPerMinute,
    fan_speed_corrected: RevolutionsPerMinute,
    compressibility_ratio: Number,
) -> CubicMetrePerMinute:
    """Flow of the same point of the curve at another speed.

    Args:
        gas_flow: in m3/min.
        fan_speed: of the curve in rpm.
        fan_speed_corrected: wanted, in rpm.
        compressibility_ratio: Kp of the curve over Kp wanted.
    """
    return gas_flow * (fan_speed_corrected / fan_speed) * compressibility_ratio


@formula(symbol="p_c", source=_LAWS, limits={"gas_density": (0.05, 10), "gas_density_corrected": (0.05, 10)})
def corrected_pressure(
    fan_pressure: Pascal,
    fan_speed: RevolutionsPerMinute,
    fan_speed_corrected: RevolutionsPerMinute,
    gas_density: KilogramPerCubicMetre,
    gas_density_corrected: KilogramPerCubicMetre,
    compressibility_ratio: Number,
) -> Pascal:
    """Pressure of the same point of the curve at another speed and density.

    Args:
        fan_pressure: of the curve in Pa.
        fan_speed: of the curve in rpm.
        fan_speed_corrected: wanted, in rpm.
        gas_density: of the curve in kg/m3.
        gas_density_corrected: wanted, in kg/m3.
        compressibility_ratio: Kp of the curve over Kp wanted.
    """
    speed, density = fan_speed_corrected / fan_speed, gas_density_corrected / gas_density
    return fan_pressure * speed**2 * density * compressibility_ratio


@formula(symbol="P_c", source=_LAWS, limits={"gas_density": (0.05, 10), "gas_density_corrected": (0.05, 10)})
def corrected_power(
    fan_shaft_power: Kilowatt,
    fan_speed: RevolutionsPerMinute,
    fan_speed_corrected: RevolutionsPerMinute,
    gas_density: KilogramPerCubicMetre,
    gas_density_corrected: KilogramPerCubicMetre,
    compressibility_ratio: Number,
) -> Kilowatt:
    """Shaft power of the same point of the curve at another speed and density.

    Args:
        fan_shaft_power: of the curve in kW.
        fan_speed: of the curve in rpm.
        fan_speed_corrected: wanted, in rpm.
        gas_density: of the curve in kg/m3.
        gas_density_corrected: wanted, in kg/m3.
        compressibility_ratio: Kp of the curve over Kp wanted.
    """
    speed, density = fan_speed_corrected / fan_speed, gas_density_corrected / gas_density
    return fan_shaft_power * speed**3 * density * compressibility_ratio


@dataclass(frozen=True)
class FanState:
    """Conditions under which a fan curve holds.

    Attributes:
        speed: of the fan.
        density: of the gas at the inlet.
        barometric: ambient pressure, absolute.
        specific_heat_ratio: k of the gas.
    """

    speed: Quantity
    density: Quantity
    barometric: Quantity
    specific_heat_ratio: Quantity


@dataclass(frozen=True)
class CorrectedPoint:
    """A point of a fan curve under other conditions.

    Attributes:
        flow, pressure, power: under the wanted conditions.
        efficiency: of the pressure of the curve.
    """

    flow: Quantity
    pressure: Quantity
    power: Quantity
    efficiency: Quantity


def corrected_point(
    flow: Quantity,
    pressure: Quantity,
    total_pressure: Quantity,
    power: Quantity,
    inlet_share: Quantity,
    state: FanState,
    wanted: FanState,
) -> CorrectedPoint:
    """Move one point of a fan curve to another speed, density and gas.

    Args:
        flow: of the point.
        pressure: as the curve counts it (total, static or static rise).
        total_pressure: fan total pressure of the point.
        power: at the shaft.
        inlet_share: gauge total pressure at the inlet over the fan total pressure; -1 when all is suction.
        state: conditions of the curve.
        wanted: conditions to move to.

    Returns:
        The moved point. At no flow the compressibility has no meaning and is left out, and the efficiency is 0.

    Raises:
        CalculationError: the compressibility under the wanted conditions does not converge.
    """
    if float(flow.value_in("m3/min")) == 0:
        ratio = quantity(1, "1", name="compressibility_ratio", symbol="k_K", source=Source("no flow, no gas work"))
        efficiency = quantity(0, "1", name="fan_efficiency", symbol="eta_f", source=Source("no flow, no gas work"))
    else:
        inlet = inlet_total(state.barometric, inlet_share, total_pressure)
        factor = compressibility_factor(
            pressure_ratio_term(total_pressure, inlet),
            power_ratio_term(power, flow, inlet, state.specific_heat_ratio),
        )
        ratio = _ratio(flow, total_pressure, power, inlet_share, factor, state, wanted)
        efficiency = fan_efficiency_from_power(flow * pressure * factor, power)
    speeds, densities = (state.speed, wanted.speed), (state.density, wanted.density)
    return CorrectedPoint(
        corrected_flow(flow, *speeds, ratio),
        corrected_pressure(pressure, *speeds, *densities, ratio),
        corrected_power(power, *speeds, *densities, ratio),
        efficiency,
    )


@formula(symbol="p_1", source=_LAWS)
def inlet_total(
    barometric_pressure: Annotated[Quantity, "Pa[a]"], inlet_share: Number, fan_pressure: Pascal
) -> Annotated[Quantity, "Pa[a]"]:
    """Absolute total pressure at the inlet.

    Args:
        barometric_pressure: in Pa(a).
        inlet_share: gauge total pressure at the inlet over the fan total pressure.
        fan_pressure: total, in Pa.
    """
    return barometric_pressure + (inlet_share * fan_pressure).declared(
        "Pa[a]", because=Source("counted from the barometric pressure", "definition")
    )


def _ratio(
    flow: Quantity,
    total_pressure: Quantity,
    power: Quantity,
    inlet_share: Quantity,
    factor: Quantity,
    state: FanState,
    wanted: FanState,
) -> Quantity:
    """Kp of the curve over Kp under the wanted conditions, which depends on the moved pressure itself."""
    scale = (wanted.speed / state.speed) ** 2 * (wanted.density / state.density)
    pressure = (total_pressure * scale).to("Pa")
    work = (power / flow * scale).to("Pa")
    gamma = (wanted.specific_heat_ratio - 1) / wanted.specific_heat_ratio
    return opaque(
        _solve,
        factor,
        pressure,
        work,
        inlet_share,
        wanted.barometric.to("Pa[a]"),
        gamma,
        in_unit="1",
        name="compressibility_ratio",
        symbol="k_K",
        source=cite("measur-tools-suite", "fan curve: compressibility under the wanted conditions, by iteration"),
    )


def _solve(factor: Any, pressure: Any, work: Any, inlet_share: Any, barometric: Any, gamma: Any) -> Any:
    ratio = np.ones_like(np.asarray(factor, dtype=float))
    for _ in range(60):
        moved = pressure * ratio
        inlet = barometric + inlet_share * moved
        x, z = moved / inlet, gamma * work / inlet
        new = factor * x * np.log1p(z) / (np.log1p(x) * z)
        if np.all(np.abs(new - ratio) <= 1e-13 * np.abs(new)):
            return new if np.ndim(new) else float(new)
        ratio = new
    raise CalculationError("the compressibility of the moved fan point does not converge", value=str(ratio))
