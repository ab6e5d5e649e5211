"""Chillers by the performance curves of DOE-2: capacity and efficiency against temperatures and part load.

    available capacity = rated capacity * f(chilled water leaving, condenser entering)
    input = available capacity * rated kW/USRT * g(chilled water leaving, condenser entering) * h(part load, lift)

The capacity curve is taken once, as in DOE-2 and COMNET; MEASUR, whose coefficients these are, takes it twice. The
numbers are data (``data/equipment_tables/chiller_curves.csv``); they take temperatures in degrees Fahrenheit.
"""

from __future__ import annotations

import csv
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from energycalc.data_files import data_folder
from energycalc.errors import InputError
from energycalc.quantity import Quantity, Source, about, cite, constant, current_subject, formula, require
from energycalc.quantity.aliases import Fraction, Kelvin, Kilowatt, Number

KilowattPerTon = Annotated[Quantity, "kW/USRT"]

DOE2 = cite("comnet-chillers", "capacity, efficiency and part-load curves of electric chillers")
FAHRENHEIT = cite(
    "scipy-constants", "degree_Fahrenheit, zero_Celsius: 5/9 K; 0 °F is 459.67 degrees above absolute zero"
)
DEGREE = constant("d_F", 5 / 9, "K", FAHRENHEIT, name="fahrenheit_degree")
ZERO = constant("z_F", 459.67, "1", FAHRENHEIT, name="fahrenheit_zero")
LEAST_PART_LOAD = 0.1


@formula(symbol="t_F", source=FAHRENHEIT, limits={"fit_temperature": (200, 450)})
def fahrenheit_reading(fit_temperature: Kelvin) -> Number:
    """Number that a Fahrenheit thermometer shows: what a curve fitted in °F takes.

    Args:
        fit_temperature: absolute, in K.
    """
    return fit_temperature / DEGREE - ZERO


@formula(symbol="f_CAP", source=DOE2)
def capacity_factor(
    chilled_water_fahrenheit: Number,
    condenser_fahrenheit: Number,
    curve_a: Number,
    curve_b: Number,
    curve_c: Number,
    curve_d: Number,
    curve_e: Number,
    curve_f: Number,
) -> Number:
    """Available over rated capacity at other temperatures than the rated ones (CAPFT); 1 at 44 and 85 °F (air: 95 °F).

    Args:
        chilled_water_fahrenheit: leaving chilled water, number in °F.
        condenser_fahrenheit: water or air entering the condenser, number in °F.
        curve_a: constant term.
        curve_b: per °F of chilled water.
        curve_c: per its square.
        curve_d: per °F of the condenser.
        curve_e: per its square.
        curve_f: per the product of both.
    """
    x, y = chilled_water_fahrenheit, condenser_fahrenheit
    return curve_a + curve_b * x + curve_c * x * x + curve_d * y + curve_e * y * y + curve_f * x * y


@formula(symbol="f_EIR", source=DOE2)
def temperature_factor(
    chilled_water_fahrenheit: Number,
    condenser_fahrenheit: Number,
    curve_a: Number,
    curve_b: Number,
    curve_c: Number,
    curve_d: Number,
    curve_e: Number,
    curve_f: Number,
) -> Number:
    """Full-load input per capacity over its rated value at other temperatures (EIRFT); 1 at 44 and 85 °F (air: 95 °F).

    Args:
        chilled_water_fahrenheit: leaving chilled water, number in °F.
        condenser_fahrenheit: water or air entering the condenser, number in °F.
        curve_a: constant term.
        curve_b: per °F of chilled water.
        curve_c: per its square.
        curve_d: per °F of the condenser.
        curve_e: per its square.
        curve_f: per the product of both.
    """
    x, y = chilled_water_fahrenheit, condenser_fahrenheit
    return curve_a + curve_b * x + curve_c * x * x + curve_d * y + curve_e * y * y + curve_f * x * y


@formula(
    symbol="f_PLR",
    source=cite("measur-tools-suite", "part-load curve of chillers; part load below 10 % is not modelled"),
    limits={"part_load_ratio": (LEAST_PART_LOAD, 1)},
)
def part_load_factor(
    part_load_ratio: Fraction,
    lift_fahrenheit: Number,
    curve_a: Number,
    curve_b: Number,
    curve_c: Number,
    curve_d: Number,
    curve_e: Number,
    curve_f: Number,
) -> Number:
    """Input at part load over input at full load, at the same temperatures (EIRFPLR); about 1 at full load.

    Args:
        part_load_ratio: load over available capacity, 0.1 to 1.
        lift_fahrenheit: condenser entering less chilled water leaving, number in °F.
        curve_a: constant term.
        curve_b: per part load.
        curve_c: per its square.
        curve_d: per °F of lift.
        curve_e: per its square.
        curve_f: per the product of lift and part load.
    """
    x, y = part_load_ratio, lift_fahrenheit
    return curve_a + curve_b * x + curve_c * x * x + curve_d * y + curve_e * y * y + curve_f * x * y


@formula(symbol="Q_av", source=DOE2, limits={"rated_capacity": (0, None), "capacity_factor": (1e-6, None)})
def available_capacity(rated_capacity: Kilowatt, capacity_factor: Number) -> Kilowatt:
    """Capacity at the temperatures of operation.

    Args:
        rated_capacity: at rated temperatures, in kW.
        capacity_factor: from :func:`capacity_factor`.
    """
    return rated_capacity * capacity_factor


@formula(symbol="PLR", source=DOE2, limits={"cooling_load": (0, None), "available_capacity": (1e-9, None)})
def part_load_ratio(cooling_load: Kilowatt, available_capacity: Kilowatt) -> Fraction:
    """Load over available capacity.

    Args:
        cooling_load: in kW.
        available_capacity: in kW, at the same temperatures.

    Raises:
        OutOfRange: the machine cannot carry the load.
    """
    require(cooling_load, "<=", available_capacity * (1 + 1e-12), "the chiller cannot carry this load",
            DOE2, "Share the load with another machine, or take a larger one")  # fmt: skip
    return cooling_load / available_capacity


@formula(
    symbol="p_av",
    source=DOE2,
    limits={"rated_specific_power": (1e-6, None), "temperature_factor": (1e-6, None), "part_load_factor": (1e-6, None)},
)
def input_per_capacity(
    rated_specific_power: KilowattPerTon, temperature_factor: Number, part_load_factor: Number
) -> KilowattPerTon:
    """Input at part load per available capacity (not per load).

    Args:
        rated_specific_power: at rated temperatures and full load, in kW/USRT.
        temperature_factor: from :func:`temperature_factor`.
        part_load_factor: from :func:`part_load_factor`.

    Raises:
        OutOfRange: a curve that has fallen to nothing, far from the temperatures and loads it was fitted to.
    """
    return rated_specific_power * temperature_factor * part_load_factor


@formula(symbol="P_ch", source=DOE2)
def chiller_power(available_capacity: Kilowatt, input_per_capacity: KilowattPerTon) -> Kilowatt:
    """Electrical input of the chiller.

    Args:
        available_capacity: in kW of cooling.
        input_per_capacity: at this load and these temperatures, in kW/USRT of available capacity.
    """
    return available_capacity * input_per_capacity


@dataclass(frozen=True)
class ChillerState:
    """A chiller at one load and pair of temperatures: available capacity, input per capacity, input."""

    capacity: Quantity
    input_per_capacity: Quantity
    power: Quantity


def chiller_state(
    kind: str,
    rated_capacity: Quantity,
    rated_specific_power: Quantity,
    chilled_water: Quantity,
    condenser: Quantity,
    load: Quantity,
) -> ChillerState:
    """A chiller by the curves of its kind.

    Args:
        kind: one of :func:`chiller_kinds`.
        rated_capacity: kW of cooling at 44 °F (6.7 °C) leaving chilled water and 85 °F (29.4 °C) entering condenser
            water, or 95 °F (35 °C) entering air.
        rated_specific_power: at these conditions and full load.
        chilled_water: leaving temperature.
        condenser: entering temperature of water or air.
        load: cooling, in kW.

    Raises:
        OutOfRange: load above capacity or below 10 % of it.
    """
    cold, hot = fahrenheit_reading(chilled_water), fahrenheit_reading(condenser)
    capacity = available_capacity(rated_capacity, capacity_factor(cold, hot, **curve(kind, "capacity")))
    return state_at_capacity(kind, capacity, rated_specific_power, cold, hot, load)


def state_at_capacity(
    kind: str, capacity: Quantity, rated_specific_power: Quantity, cold: Quantity, hot: Quantity, load: Quantity
) -> ChillerState:
    """A chiller whose available capacity is known.

    Args:
        kind: one of :func:`chiller_kinds`.
        capacity: available, in kW of cooling.
        rated_specific_power: at rated conditions and full load.
        cold: leaving chilled water, number in °F.
        hot: entering condenser water or air, number in °F.
        load: cooling, in kW.
    """
    at_part_load = part_load_factor(part_load_ratio(load, capacity), hot - cold, **curve(kind, "part_load"))
    at_temperatures = temperature_factor(cold, hot, **curve(kind, "temperature"))
    per_capacity = input_per_capacity(rated_specific_power, at_temperatures, at_part_load)
    return ChillerState(capacity, per_capacity, chiller_power(capacity, per_capacity))


def chiller_kinds() -> tuple[str, ...]:
    """The kinds of chillers that the table has curves for."""
    return tuple(dict.fromkeys(kind for kind, _ in _table()))


@functools.cache
def curve(kind: str, which: str) -> Mapping[str, Quantity]:
    """Coefficients of one curve as leaves, the same objects each time.

    Args:
        kind: one of :func:`chiller_kinds`.
        which: ``capacity``, ``temperature`` or ``part_load``.

    Raises:
        InputError: the table has no such kind.
    """
    row = _table().get((kind, which))
    if row is None:
        raise InputError(
            "there are no curves for this kind of chiller",
            subject=current_subject(),
            value=kind,
            limit=", ".join(chiller_kinds()),
            next_step="Take the catalogue points of the machine (chiller_replacement)",
        )
    source = Source(row["document"], row["locator"], checked=row["checked"])
    with about(""):  # shared by all machines
        return {
            f"curve_{letter}": constant(f"{letter}_{which}", float(row[letter]), "1", source, name=f"curve_{letter}")
            for letter in "abcdef"
        }


@functools.cache
def _table() -> Mapping[tuple[str, str], Mapping[str, str]]:
    path = data_folder() / "equipment_tables" / "chiller_curves.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {(row["kind"], row["curve"]): row for row in csv.DictReader(file)}
