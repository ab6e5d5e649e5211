"""The package's formulas as functions of plain numbers, so that a check can ask them at several ends."""

from __future__ import annotations

import functools

from energycalc.equipment.shared.motor_tables import class_minimum, highest_of_size
from energycalc.physics.combustion.firing import Firing, Surroundings, balance
from energycalc.physics.combustion.fuel_gas import known_fuel_gases, named_fuel_gas
from energycalc.physics.combustion.gas_species import GasesAt, gases_at
from energycalc.physics.combustion.melting import heat_of_melt, metal_property
from energycalc.physics.combustion.stoichiometry import Combustion, burn
from energycalc.physics.compressed_air.artificial_demand import demand_ratio
from energycalc.physics.compressed_air.gas_compression import (
    HEAT_CAPACITY_RATIO,
    compression_work_factor,
    isentropic_specific_power,
    isothermal_specific_power,
    pressure_power_ratio,
)
from energycalc.physics.compressed_air.leak_flow import AIR_GAS_CONSTANT, hole_flow
from energycalc.physics.electricity.power_factor import loss_reduction
from energycalc.physics.electricity.transformer import transformer_loss
from energycalc.physics.electricity.voltage import resistive_power_ratio
from energycalc.physics.fluid_flow.fan import fan_air_power
from energycalc.physics.fluid_flow.pump import hydraulic_power
from energycalc.physics.heat_transfer.radiation import STEFAN_BOLTZMANN, radiation_coefficient
from energycalc.physics.refrigeration.second_law import (
    carnot_cooling_cop,
    carnot_heating_cop,
    mean_heating_temperature,
)
from energycalc.physics.rotation.flow_control import system_power_share
from energycalc.physics.rotation.motor_class import STEP_TO_IE5, next_class_limit
from energycalc.physics.steam.water_steam import (
    boiling_water_enthalpy,
    saturated_steam_enthalpy,
    saturated_water_enthalpy,
)
from energycalc.quantity import Quantity, Source, quantity

_ON_PAPER = Source("the claim or the measure", "number under check")


def _q(value: float, unit: str) -> Quantity:
    return quantity(value, unit, name="number_under_check", source=_ON_PAPER)


def _number(result: Quantity, unit: str = "1") -> float:
    return float(result.value_in(unit))


# --- motors and flow ------------------------------------------------------------------------------


@functools.lru_cache(maxsize=4096)
def highest_motor_efficiency(rated_kw: float, poles: str, hertz: float) -> float:
    """Highest full-load efficiency believed of a motor; the best number of poles where ``poles`` is empty."""
    return _number(highest_of_size(_q(rated_kw, "kW"), poles or None, hertz))


@functools.lru_cache(maxsize=4096)
def class_efficiency(ie_class: str, poles: str, rated_kw: float, hertz: float) -> float | None:
    """Least full-load efficiency of a class; ``None`` where no table on file says it."""
    if ie_class == "IE5":
        ie4 = class_minimum("IE4", poles, _q(rated_kw, "kW"), hertz)
        return None if ie4 is None else _number(next_class_limit(ie4, STEP_TO_IE5))
    found = class_minimum(ie_class, poles, _q(rated_kw, "kW"), hertz)
    return None if found is None else _number(found)


def system_power(flow: float, static_share: float) -> float:
    """Power that a system needs at a share of the full flow, over that at full flow."""
    return _number(system_power_share(_q(flow, "1"), _q(static_share, "1")))


def power_in_liquid(density: float, flow: float, head: float) -> float:
    """KW that a pump puts into a liquid (kg/m3, m3/h, m)."""
    return _number(hydraulic_power(_q(density, "kg/m3"), _q(flow, "m3/h"), _q(head, "m")), "kW")


def power_in_gas(flow: float, pressure: float, compressibility: float) -> float:
    """KW that a fan puts into a gas (m3/min, Pa)."""
    return _number(fan_air_power(_q(flow, "m3/min"), _q(pressure, "Pa"), _q(compressibility, "1")), "kW")


# --- combustion and melting -----------------------------------------------------------------------


@functools.cache
def _burnt(fuel: str) -> Combustion:
    return burn(named_fuel_gas(fuel))


@functools.lru_cache(maxsize=256)
def _gases(celsius: float, reference: bool = False) -> GasesAt:
    return gases_at(_q(celsius, "degC"), reference=reference)


def fuel_gases() -> tuple[str, ...]:
    """Names of the fuel gases whose composition is on file."""
    return known_fuel_gases()


@functools.lru_cache(maxsize=4096)
def heat_that_stays(fuel: str, oxygen: float, flue: float, air: float, ambient: float) -> float:
    """Share of the fuel's heat (lower heating value) that does not leave through the stack; temperatures in °C."""
    around = Surroundings(_burnt(fuel), _gases(ambient, True), condensing=True)
    return _number(balance(around, Firing(_q(oxygen, "1"), _gases(flue), _gases(air))).available_heat, "kWh/kWh[LHV]")


@functools.cache
def higher_over_lower(fuel: str) -> float:
    """Higher over lower heating value of a fuel gas."""
    gas = _burnt(fuel)
    higher = gas.higher_heating_value.value_in("kJ[HHV]/mol")
    return float(higher / gas.lower_heating_value.value_in("kJ[LHV]/mol"))


@functools.lru_cache(maxsize=1024)
def heat_of_metal(metal: str, tapping: float | None, charged: float) -> float:
    """KWh per tonne from charge to tap (°C); to the melt at its melting point where no tapping is given."""
    melt = metal_property(metal, "metal_melting_point")
    hot = melt if tapping is None else _q(tapping, "degC")
    return _number(heat_of_melt(metal, hot, _q(charged, "degC")), "kWh/t")


def melting_point(metal: str) -> float:
    """°C."""
    return _number(metal_property(metal, "metal_melting_point"), "K") - 273.15


# --- compressed air -------------------------------------------------------------------------------


def isothermal_power(gauge: float, ambient: float) -> float:
    """KW per m3/min of free air, compressed without any heating (bar(g), bar(a))."""
    return _number(isothermal_specific_power(_q(ambient, "bar[a]"), _q(gauge + ambient, "bar[a]")), "kW/(m3/min)")


def isentropic_power(gauge: float, ambient: float) -> float:
    """KW per m3/min of free air, compressed without loss and without cooling (bar(g), bar(a))."""
    return _number(isentropic_specific_power(_q(ambient, "bar[a]"), _q(gauge + ambient, "bar[a]")), "kW/(m3/min)")


def pressure_saving(before: float, after: float, ambient: float) -> float:
    """Share of the work that a lower pressure saves, isentropic (bar(g), bar(a))."""
    work = [
        compression_work_factor(_q(ambient, "bar[a]"), _q(gauge + ambient, "bar[a]"), HEAT_CAPACITY_RATIO)
        for gauge in (before, after)
    ]
    return 1 - _number(pressure_power_ratio(work[0], work[1]))


def unregulated_saving(share: float, before: float, after: float, ambient: float) -> float:
    """Share of the air that is not used any more at a lower pressure (bar(g), bar(a))."""
    return 1 - _number(demand_ratio(_q(share, "1"), _q(before + ambient, "bar[a]"), _q(after + ambient, "bar[a]")))


def largest_leak(diameter: float, gauge: float, ambient: float, celsius: float) -> float:
    """m3/min of free air through a hole without any loss (mm, bar(g), bar(a))."""
    flow = hole_flow(
        _q(diameter, "mm"), _q(1.0, "1"), _q(gauge + ambient, "bar[a]"), _q(ambient, "bar[a]"), _q(celsius, "degC"),
        AIR_GAS_CONSTANT,
    )  # fmt: skip
    return _number(flow, "m3/min")


# --- cold and heat --------------------------------------------------------------------------------


def carnot_cooling(cold: float, hot: float) -> float:
    """COP of a reversible refrigerator (°C)."""
    return _number(carnot_cooling_cop(_q(cold, "degC"), _q(hot, "degC")))


def carnot_heating(cold: float, hot: float) -> float:
    """COP of a reversible heat pump (°C)."""
    return _number(carnot_heating_cop(_q(cold, "degC"), _q(hot, "degC")))


def mean_of_heating(start: float, end: float) -> float:
    """Temperature (°C) that counts where a stream is heated from one temperature to another."""
    return _number(mean_heating_temperature(_q(start, "degC"), _q(end, "degC")), "K") - 273.15


def black_radiation(surface: float, ambient: float) -> float:
    """Radiation of a black surface as a coefficient, W/(m2·K) (°C)."""
    found = radiation_coefficient(_q(1.0, "1"), _q(surface, "degC"), _q(ambient, "degC"), STEFAN_BOLTZMANN)
    return _number(found, "W/(m2*K)")


@functools.lru_cache(maxsize=1024)
def steam_enthalpies(gauge: float, ambient: float) -> tuple[float, float]:
    """Boiling water and dry saturated steam at a pressure, kJ/kg (bar(g), bar(a))."""
    pressure = _q(gauge + ambient, "bar[a]")
    return (_number(boiling_water_enthalpy(pressure), "kJ/kg"), _number(saturated_steam_enthalpy(pressure), "kJ/kg"))


@functools.lru_cache(maxsize=1024)
def water_enthalpy(celsius: float) -> float:
    """Liquid water, kJ/kg."""
    return _number(saturated_water_enthalpy(_q(celsius, "degC")), "kJ/kg")


# --- electricity ----------------------------------------------------------------------------------


def conductor_saving(power_factor_before: float, power_factor_after: float) -> float:
    """Share of the conductor losses that goes away."""
    return _number(loss_reduction(_q(power_factor_before, "1"), _q(power_factor_after, "1")))


def voltage_saving(before: float, after: float) -> float:
    """Share of a resistor's power that goes away at another voltage."""
    return 1 - _number(resistive_power_ratio(_q(before, "V"), _q(after, "V")))


def loss_of_transformer(no_load: float, load: float, loading: float) -> float:
    """KW of one transformer."""
    return _number(transformer_loss(_q(no_load, "kW"), _q(load, "kW"), _q(loading, "1")), "kW")
