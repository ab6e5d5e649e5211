"""Temperatures that a heat balance must be solved for: the adiabatic flame, and flue gas behind a heat exchanger.

Solved in NumPy by bisection on the same polynomials as everything else; the results are marked as computed outside the
sheet. No dissociation: a real flame is cooler than what stands here.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from energycalc.errors import OutOfRange
from energycalc.physics.combustion.flue_gas import FIRST_LAW, combustion_air, flue_gas, sensible_heat
from energycalc.physics.combustion.gas_species import FLUE_GASES, GasesAt, published
from energycalc.physics.combustion.stoichiometry import Combustion
from energycalc.quantity import Quantity, opaque

LOWEST, HIGHEST = 200.0, 6000.0  # K: ends of the polynomials
BOUNDARY = float(published("all", "polynomial_boundary").value)
STEPS = 60  # halvings: 6000 K to 1e-14 K


def molar_enthalpy(species: str, kelvin: Any) -> Any:
    """Enthalpy in kJ/mol on NASA's datum, on plain numbers or arrays; the same polynomial as in ``gas_species``."""
    t = np.asarray(kelvin, dtype=float)
    low, high = (
        a[5] + t * (a[0] + t * (a[1] / 2 + t * (a[2] / 3 + t * (a[3] / 4 + t * a[4] / 5)))) for a in _numbers(species)
    )
    return float(published("all", "gas_constant").value) * np.where(t <= BOUNDARY, low, high)


@functools.cache
def _numbers(species: str) -> tuple[tuple[float, ...], ...]:
    return tuple(
        tuple(float(published(species, f"{side}_a{i}").value) for i in range(1, 7)) for side in ("low", "high")
    )


def temperature_of_heat(moles: Mapping[str, Any], heat: Any, reference: Any) -> Any:
    """Temperature (K) at which a gas holds a heat (kJ) above a reference temperature (K).

    Raises:
        OutOfRange: it lies outside the range of the polynomials.
    """

    def above(kelvin: Any) -> Any:
        return sum(n * (molar_enthalpy(g, kelvin) - molar_enthalpy(g, reference)) for g, n in moles.items()) - heat

    return bisect(above, np.full_like(np.asarray(heat, dtype=float), LOWEST), HIGHEST)


def bisect(rising: Callable[[Any], Any], low: Any, high: Any) -> Any:
    """Where a rising function crosses zero.

    Raises:
        OutOfRange: it does not cross between the two ends.
    """
    low, high = np.broadcast_arrays(np.asarray(low, dtype=float), np.asarray(high, dtype=float))
    if np.any(rising(low) > 0) or np.any(rising(high) < 0):
        raise OutOfRange(
            "the heat balance has no solution in the range",
            value=f"{np.min(low):g} to {np.max(high):g}",
            limit=f"range of the search ({FIRST_LAW})",
            next_step="Check temperatures and oxygen; they may not belong together",
        )
    low, high = low.copy(), high.copy()
    for _ in range(STEPS):
        middle = (low + high) / 2
        below = rising(middle) < 0
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    middle = (low + high) / 2
    return float(middle) if middle.ndim == 0 else middle


def adiabatic_flame_temperature(
    combustion: Combustion,
    excess_air: Quantity,
    air: GasesAt,
    ambient: GasesAt,
    air_moisture: Quantity | None = None,
) -> Quantity:
    """Temperature of a flame that gives no heat away, complete combustion, no dissociation (K).

    Dissociation holds a real flame below it, the more the hotter it is: use it to compare, not as a temperature.

    Args:
        combustion: of the fuel, with the air or enriched air it burns in.
        excess_air: over the need.
        air: gases at the temperature of the combustion air.
        ambient: gases at the reference temperature.
        air_moisture: moles of water per mole of dry air; dry air when not given.
    """
    incoming = combustion_air(combustion, excess_air, air_moisture)
    gas = flue_gas(combustion, excess_air, incoming)
    heat = combustion.lower_heating_value.declared("kJ/mol", FIRST_LAW) + sensible_heat(incoming, air, ambient)
    return _solved(gas, heat, ambient, "adiabatic_flame_temperature", "T_ad")


def flue_temperature_after(gas: Mapping[str, Quantity], heat_left: Quantity, ambient: GasesAt) -> Quantity:
    """Temperature (K) of a flue gas that still holds a heat per mole of fuel above ambient, nothing condensing."""
    return _solved(gas, heat_left, ambient, "flue_temperature_after", "T_fx")


def _solved(gas: Mapping[str, Quantity], heat: Quantity, ambient: GasesAt, name: str, symbol: str) -> Quantity:
    present = [g for g in FLUE_GASES if g in gas]

    def solve(heat_in_gas: Any, reference: Any, *moles: Any) -> Any:
        return temperature_of_heat(dict(zip(present, moles, strict=True)), heat_in_gas, reference)

    moles = [gas[g].to("1") for g in present]
    return opaque(
        solve, heat.to("kJ/mol"), ambient.absolute, *moles, in_unit="K", name=name, symbol=symbol, source=FIRST_LAW
    )
