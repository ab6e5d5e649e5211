"""Water and steam by the industrial formulation IAPWS-IF97, as CoolProp computes it.

Saturation, superheated steam and liquid water up to 100 MPa and 800 °C; near the critical point IF97 is known to join
its regions, so the saturation laws stop at 16.5 MPa (350 °C), below which region 1 and region 2 meet exactly.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Annotated, Any

import numpy as np

from energycalc.errors import OutOfRange
from energycalc.quantity import Quantity, cite, formula, opaque
from energycalc.quantity.aliases import Fraction, Kelvin

MegapascalAbsolute = Annotated[Quantity, "MPa[a]"]
KilojoulePerKilogram = Annotated[Quantity, "kJ/kg"]
KilojoulePerKilogramKelvin = Annotated[Quantity, "kJ/(kg*K)"]

IF97 = cite("iapws-if97", "regions 1, 2, 4, computed by CoolProp (backend IF97)")
TRIPLE_POINT_PRESSURE, SATURATION_LIMIT = 0.000611657, 16.529  # MPa: triple point; boundary of regions 1 to 3
TRIPLE_POINT, REGION_BOUNDARY, HIGHEST = 273.16, 623.15, 1073.15  # K
SATURATED = {"water_pressure": (TRIPLE_POINT_PRESSURE, SATURATION_LIMIT)}


def _coolprop(output: str, first: str, second: str) -> Callable[..., Any]:
    def routine(a: Any, b: Any) -> Any:
        from CoolProp.CoolProp import PropsSI

        shape = np.broadcast(a, b).shape
        one, other = (np.broadcast_to(np.asarray(x, dtype=float), shape).ravel() for x in (a, b))
        found = np.asarray(PropsSI(output, first, one, second, other, "IF97::Water"))
        return found.reshape(shape) if shape else float(found.ravel()[0])

    return routine


@functools.cache
def _routine(output: str, first: str, second: str, scale: float, quality: float | None = None) -> Callable[..., Any]:
    """A CoolProp call in MPa, K and kJ; with ``quality`` it takes the pressure or temperature of saturation alone."""
    call = _coolprop(output, first, second)
    one = 1e6 if first == "P" else 1.0
    if quality is not None:
        return lambda a: call(a * one, quality) * scale
    return lambda a, b: call(a * one, b) * scale


@formula(symbol="T_sat", source=IF97, limits=SATURATED)
def saturation_temperature(water_pressure: MegapascalAbsolute) -> Kelvin:
    """Boiling point of water at a pressure.

    Args:
        water_pressure: absolute, in MPa; triple point to 16.529 MPa (350 °C).
    """
    routine = _routine("T", "P", "Q", 1.0, 0.0)
    return opaque(routine, water_pressure, in_unit="K", name="saturation_temperature", symbol="T_sat", source=IF97)


@formula(symbol="h_g", source=IF97, limits=SATURATED)
def saturated_steam_enthalpy(water_pressure: MegapascalAbsolute) -> KilojoulePerKilogram:
    """Specific enthalpy of dry saturated steam at a pressure (MPa, absolute; up to 16.529 MPa), in kJ/kg."""
    routine = _routine("H", "P", "Q", 1e-3, 1.0)
    return opaque(routine, water_pressure, in_unit="kJ/kg", name="saturated_steam_enthalpy", symbol="h_g", source=IF97)


@formula(symbol="h_f", source=IF97, limits=SATURATED)
def boiling_water_enthalpy(water_pressure: MegapascalAbsolute) -> KilojoulePerKilogram:
    """Specific enthalpy of boiling water at a pressure (MPa, absolute; up to 16.529 MPa), in kJ/kg."""
    routine = _routine("H", "P", "Q", 1e-3, 0.0)
    return opaque(routine, water_pressure, in_unit="kJ/kg", name="boiling_water_enthalpy", symbol="h_f", source=IF97)


@formula(symbol="h_w", source=IF97, limits={"water_temperature": (TRIPLE_POINT, REGION_BOUNDARY)})
def saturated_water_enthalpy(water_temperature: Kelvin) -> KilojoulePerKilogram:
    """Specific enthalpy of liquid water at a temperature (K) and its own vapour pressure, in kJ/kg.

    Liquid under a higher pressure has up to 1 kJ/kg per MPa more; leave it out for feed water below 5 MPa.
    """
    routine = _routine("H", "T", "Q", 1e-3, 0.0)
    return opaque(
        routine, water_temperature, in_unit="kJ/kg", name="saturated_water_enthalpy", symbol="h_w", source=IF97
    )


@formula(symbol="c_w", source=IF97, limits={"water_temperature": (TRIPLE_POINT, REGION_BOUNDARY)})
def water_specific_heat(water_temperature: Kelvin) -> KilojoulePerKilogramKelvin:
    """Specific heat capacity of liquid water at a temperature (K) and its own vapour pressure, in kJ/(kg·K)."""
    routine = _routine("C", "T", "Q", 1e-3, 0.0)
    return opaque(
        routine, water_temperature, in_unit="kJ/(kg*K)", name="water_specific_heat", symbol="c_w", source=IF97
    )


@formula(symbol="v_w", source=IF97, limits={"water_temperature": (TRIPLE_POINT, REGION_BOUNDARY)})
def water_density(water_temperature: Kelvin) -> Annotated[Quantity, "kg/m3"]:
    """Density of liquid water at a temperature (K) and its own vapour pressure, in kg/m3."""
    routine = _routine("D", "T", "Q", 1.0, 0.0)
    return opaque(routine, water_temperature, in_unit="kg/m3", name="water_density", symbol="rho_w", source=IF97)


@formula(
    symbol="h_pT",
    source=cite("iapws-if97", "regions 1, 2 and 3, computed by CoolProp (backend IF97)"),
    limits={"water_pressure": (TRIPLE_POINT_PRESSURE, 100), "water_temperature": (273.15, HIGHEST)},
)
def water_enthalpy_at(water_pressure: MegapascalAbsolute, water_temperature: Kelvin) -> KilojoulePerKilogram:
    """Specific enthalpy of water or steam at a pressure and a temperature, in kJ/kg.

    Args:
        water_pressure: absolute, in MPa.
        water_temperature: in K; at the boiling point itself the state is undefined: use the saturation laws.
    """
    routine = _routine("H", "P", "T", 1e-3)
    return opaque(
        routine, water_pressure, water_temperature, in_unit="kJ/kg", name="water_enthalpy_at", symbol="h", source=IF97
    )


@formula(symbol="h_ps", source=IF97, limits=SATURATED)
def water_enthalpy_by_entropy(
    water_pressure: MegapascalAbsolute, specific_entropy: KilojoulePerKilogramKelvin
) -> KilojoulePerKilogram:
    """Specific enthalpy of water or steam, wet or superheated, from pressure (MPa, absolute) and specific entropy."""
    return opaque(
        lambda p, s: _routine("H", "P", "S", 1e-3)(p, s * 1e3),
        water_pressure, specific_entropy,
        in_unit="kJ/kg", name="water_enthalpy_by_entropy", symbol="h", source=IF97,
    )  # fmt: skip


@formula(symbol="h_x", source=cite("iapws-if97", "mixture of saturated water and steam"), limits={"dryness": (0, 1)})
def wet_steam_enthalpy(
    boiling_water_enthalpy: KilojoulePerKilogram, saturated_steam_enthalpy: KilojoulePerKilogram, dryness: Fraction
) -> KilojoulePerKilogram:
    """Specific enthalpy of wet steam.

    Args:
        boiling_water_enthalpy: at its pressure, in kJ/kg.
        saturated_steam_enthalpy: at its pressure, in kJ/kg.
        dryness: mass of vapour over mass of the mixture, 0 to 1.
    """
    return boiling_water_enthalpy + dryness * (saturated_steam_enthalpy - boiling_water_enthalpy)


def steam_enthalpy(pressure: Quantity, state: str, given: Quantity) -> Quantity:
    """Specific enthalpy of steam from its pressure and one more number.

    Args:
        pressure: absolute.
        state: what ``given`` is: ``temperature``, ``specific_enthalpy``, ``specific_entropy`` or ``dryness``.
        given: the number.

    Raises:
        OutOfRange: outside the range of the formulation; an unknown word is a ValueError.
    """
    if state == "temperature":
        return water_enthalpy_at(pressure, given)
    if state == "specific_enthalpy":
        return given
    if state == "specific_entropy":
        return water_enthalpy_by_entropy(pressure, given)
    if state == "dryness":
        return wet_steam_enthalpy(boiling_water_enthalpy(pressure), saturated_steam_enthalpy(pressure), given)
    raise ValueError(f"unknown state {state!r}")


def boiler_steam_enthalpy(pressure: Quantity, temperature: Quantity | None) -> Quantity:
    """Specific enthalpy of the steam that a boiler gives: saturated, or superheated where a temperature is stated.

    Args:
        pressure: absolute, of the boiler.
        temperature: of superheated steam; ``None`` for dry saturated steam.

    Raises:
        OutOfRange: steam that is no hotter than its boiling point, which would be water.
    """
    if temperature is None:
        return saturated_steam_enthalpy(pressure)
    boiling = saturation_temperature(pressure)
    if np.any(temperature.value_in("K") <= boiling.value):
        raise OutOfRange(
            "superheated steam is hotter than its boiling point",
            subject=temperature.describe(),
            value=f"{np.min(temperature.value_in('K')) - 273.15:.1f} °C",
            limit=f"above {np.max(boiling.value) - 273.15:.1f} °C, its boiling point at {pressure} ({IF97})",
            next_step="Leave the temperature out for saturated steam, or read both gauges again",
        )
    return water_enthalpy_at(pressure, temperature)


def refuse_boiling(
    water_temperature: Quantity,
    pressure: Quantity,
    why: str = "the water would boil in the heat exchanger",
    next_step: str = "Take more water, less recovery, or the right pressure",
) -> None:
    """Refuse water that would boil.

    Args:
        water_temperature: at the hottest place.
        pressure: absolute, of the water there.
        why: the sentence of the error.
        next_step: what to do.

    Raises:
        OutOfRange: the water is at or above its boiling point.
    """
    boiling = saturation_temperature(pressure)
    if np.any(water_temperature.value_in("K") >= boiling.value):
        raise OutOfRange(
            why,
            subject=water_temperature.describe(),
            value=f"{np.max(water_temperature.value_in('K')) - 273.15:.1f} °C",
            limit=f"below {np.min(boiling.value) - 273.15:.1f} °C, its boiling point at {pressure} ({IF97})",
            next_step=next_step,
        )
