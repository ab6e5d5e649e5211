"""Heat that leaves a furnace with what passes through it: fixtures, atmosphere, cooling water, slag, leaking gas."""

from __future__ import annotations

from typing import Annotated

from energycalc.quantity import Quantity, cite, constant, formula, sqrt
from energycalc.quantity.aliases import Celsius, Fraction, Kelvin, Kilogram, Kilowatt, Number, SquareMetre

KilogramPerHour = Annotated[Quantity, "kg/h"]
CubicMetrePerHour = Annotated[Quantity, "m3/h"]
KilogramPerCubicMetre = Annotated[Quantity, "kg/m3"]
SpecificHeat = Annotated[Quantity, "kJ/(kg*K)"]
VolumetricHeat = Annotated[Quantity, "kJ/(m3*K)"]
HeatPerVolume = Annotated[Quantity, "kJ/m3"]
Kilojoule = Annotated[Quantity, "kJ"]
Pascal = Annotated[Quantity, "Pa"]

SENSIBLE = cite("first-law", "m c (t_out - t_in)")
LEAK = cite("measur-tools-suite", "gas leakage (Eclipse Combustion Engineering Guide, 1986, as upstream states it)")
WATER = cite("measur-tools-suite", "water cooling loss, density of water at the mean temperature in °C")
ELECTRIC = cite("measur-tools-suite", "electric arc furnace, energy input and exhaust gas")
ONE_KELVIN = constant("1 K", 1.0, "K", SENSIBLE)
ONE_DENSITY = constant("1 kg/m³", 1.0, "kg/m3", WATER)
ONE_VOLUMETRIC = constant("1 Btu/(ft³·°F)", 1.05505585262 * 1.8 / 0.3048**3, "kJ/(m3*K)", LEAK)
ICE_POINT = constant("t_0", 0.0, "degC", cite("codata-2018", "0 °C is 273.15 K"))


@formula(symbol="Q_m", source=SENSIBLE, limits={"stream_mass_flow": (0, None), "stream_specific_heat": (0, None)})
def stream_heat(
    stream_mass_flow: KilogramPerHour,
    stream_specific_heat: SpecificHeat,
    stream_inlet_temperature: Celsius,
    stream_outlet_temperature: Celsius,
) -> Kilowatt:
    """Heat that a stream carries out of a furnace: fixtures, trays, belts, cooling liquids.

    Args:
        stream_mass_flow: kg/h, for batches mass times batches per hour.
        stream_specific_heat: mean, kJ/(kg·K).
        stream_inlet_temperature: °C.
        stream_outlet_temperature: °C.
    """
    return stream_mass_flow * stream_specific_heat * (stream_outlet_temperature - stream_inlet_temperature)


@formula(symbol="Q_v", source=SENSIBLE, limits={"stream_volume_flow": (0, None),
                                                "stream_volumetric_heat": (0, None)})  # fmt: skip
def gas_stream_heat(
    stream_volume_flow: CubicMetrePerHour,
    stream_volumetric_heat: VolumetricHeat,
    stream_inlet_temperature: Celsius,
    stream_outlet_temperature: Celsius,
) -> Kilowatt:
    """Heat that a gas carries out: protective atmosphere, cooling air.

    Args:
        stream_volume_flow: m³/h at the state for which the heat capacity holds.
        stream_volumetric_heat: kJ/(m³·K) at that state.
        stream_inlet_temperature: °C.
        stream_outlet_temperature: °C.
    """
    return stream_volume_flow * stream_volumetric_heat * (stream_outlet_temperature - stream_inlet_temperature)


@formula(symbol="E_sl", source=SENSIBLE, limits={"batch_mass": (0, None), "stream_specific_heat": (0, None)})
def batch_heat(
    batch_mass: Kilogram,
    stream_specific_heat: SpecificHeat,
    stream_inlet_temperature: Celsius,
    stream_outlet_temperature: Celsius,
) -> Kilojoule:
    """Heat that slag or dross carries out once, kJ."""
    return batch_mass * stream_specific_heat * (stream_outlet_temperature - stream_inlet_temperature)


@formula(symbol="rho_w", source=WATER, limits={"cooling_water_temperature": (0, 100)}, name="cooling_water_density")
def cooling_water_density(cooling_water_temperature: Celsius) -> KilogramPerCubicMetre:
    """Density of water at atmospheric pressure, 0 to 100 °C."""
    t = (cooling_water_temperature - ICE_POINT) / ONE_KELVIN
    return ONE_DENSITY * (1000 * (1 - (t + 288.9414) / (508929.2 * (t + 68.12963)) * (t - 3.9863) ** 2))


@formula(symbol="t_mw", source=WATER)
def cooling_water_temperature(stream_inlet_temperature: Celsius, stream_outlet_temperature: Celsius) -> Celsius:
    """Mean of inlet and outlet, °C."""
    return stream_inlet_temperature + (stream_outlet_temperature - stream_inlet_temperature) / 2


@formula(symbol="m_w", source=SENSIBLE, limits={"stream_volume_flow": (0, None)})
def stream_mass_flow(stream_volume_flow: CubicMetrePerHour, stream_density: KilogramPerCubicMetre) -> KilogramPerHour:
    """Mass flow of a liquid, kg/h."""
    return stream_volume_flow * stream_density


@formula(symbol="V_l", source=LEAK, limits={"discharge_coefficient": (0, 1), "leak_area": (0, None),
                                            "draft_pressure": (0, 2000), "relative_density": (0.05, 5),
                                            "gas_absolute_temperature": (200, 3000)})  # fmt: skip
def leaked_gas_flow(
    discharge_coefficient: Fraction,
    leak_area: SquareMetre,
    draft_pressure: Pascal,
    relative_density: Number,
    reference_air_density: KilogramPerCubicMetre,
    reference_absolute_temperature: Kelvin,
    gas_absolute_temperature: Kelvin,
) -> CubicMetrePerHour:
    """Gas that leaves a furnace through a gap, in m³/h at the reference state.

    Args:
        discharge_coefficient: of the gap.
        leak_area: m².
        draft_pressure: in the furnace over the room, Pa.
        relative_density: of the gas over air at one temperature.
        reference_air_density: of air at the reference state, kg/m³.
        reference_absolute_temperature: K.
        gas_absolute_temperature: where it leaves, K.
    """
    speed = sqrt(2 * draft_pressure / (reference_air_density * relative_density))
    return discharge_coefficient * leak_area * speed * sqrt(reference_absolute_temperature / gas_absolute_temperature)


@formula(symbol="c_l", source=LEAK, limits={"mean_gas_temperature": (-20, 1100)})
def leaked_gas_heat_capacity(mean_gas_temperature: Celsius) -> VolumetricHeat:
    """Heat capacity of leaking flue gas per m³ at 60 °F and atmospheric pressure, at the mean temperature in °C."""
    t = 1.8 * ((mean_gas_temperature - ICE_POINT) / ONE_KELVIN) + 32
    return ONE_VOLUMETRIC * (0.0793 * (0.2371 - 9e-6 * t + 7e-8 * t**2 - 3e-11 * t**3))


@formula(
    symbol="h_og",
    source=ELECTRIC,
    limits={
        "carbon_monoxide_share_off_gas": (0, 1),
        "hydrogen_share_off_gas": (0, 1),
        "other_combustible_share": (0, 1),
    },
)
def off_gas_heat_content(
    carbon_monoxide_share_off_gas: Fraction,
    carbon_monoxide_heat: HeatPerVolume,
    hydrogen_share_off_gas: Fraction,
    hydrogen_heat: HeatPerVolume,
    other_combustible_share: Fraction,
    other_combustible_heat: HeatPerVolume,
    stream_volumetric_heat: VolumetricHeat,
    dust_load: KilogramPerCubicMetre,
    dust_specific_heat: SpecificHeat,
    off_gas_temperature: Celsius,
    heat_reference_temperature: Celsius,
) -> HeatPerVolume:
    """Heat in the off-gas of an arc furnace: unburnt gases, hot gas and hot dust, kJ per m³ at the reference state.

    Args:
        carbon_monoxide_share_off_gas: volume share.
        carbon_monoxide_heat: heating value, kJ/m³.
        hydrogen_share_off_gas: volume share.
        hydrogen_heat: heating value, kJ/m³.
        other_combustible_share: volume share.
        other_combustible_heat: heating value, kJ/m³.
        stream_volumetric_heat: of the gas, kJ/(m³·K).
        dust_load: kg/m³.
        dust_specific_heat: kJ/(kg·K).
        off_gas_temperature: °C.
        heat_reference_temperature: that sensible heat is counted from, °C.
    """
    unburnt = (
        carbon_monoxide_share_off_gas * carbon_monoxide_heat
        + hydrogen_share_off_gas * hydrogen_heat
        + other_combustible_share * other_combustible_heat
    )
    rise = off_gas_temperature - heat_reference_temperature
    return unburnt + (stream_volumetric_heat + dust_load * dust_specific_heat) * rise


@formula(symbol="Q_og", source=ELECTRIC, limits={"off_gas_flow": (0, None)})
def off_gas_heat_loss(
    off_gas_flow: CubicMetrePerHour,
    gas_absolute_temperature: Kelvin,
    reference_absolute_temperature: Kelvin,
    off_gas_heat_content: HeatPerVolume,
) -> Kilowatt:
    """Heat that the off-gas carries away, kW.

    Args:
        off_gas_flow: as it is, hot, m³/h.
        gas_absolute_temperature: K.
        reference_absolute_temperature: K.
        off_gas_heat_content: kJ per m³ at the reference temperature.
    """
    return off_gas_flow * reference_absolute_temperature / gas_absolute_temperature * off_gas_heat_content


@formula(symbol="Q_in", source=ELECTRIC)
def furnace_energy_input(
    gas_heat_input: Kilowatt,
    carbon_rate: KilogramPerHour,
    injected_carbon_heating_value: Annotated[Quantity, "kJ/kg"],
    electrode_rate: KilogramPerHour,
    electrode_heating_value: Annotated[Quantity, "kJ/kg"],
    other_fuel_input: Kilowatt,
    electrical_input: Kilowatt,
) -> Kilowatt:
    """All energy that goes into an arc furnace: gas, injected carbon, electrodes, other fuels, electricity (kW).

    All heating values on one basis.
    """
    return (
        gas_heat_input
        + carbon_rate * injected_carbon_heating_value
        + electrode_rate * electrode_heating_value
        + other_fuel_input
        + electrical_input
    )
