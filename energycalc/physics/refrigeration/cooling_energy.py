"""Cooling and heating loads, and the electricity that carries them."""

from __future__ import annotations

from typing import Annotated

from energycalc.errors import UnitError
from energycalc.quantity import Quantity, cite, formula, maximum, minimum, require
from energycalc.quantity.aliases import CubicMetre, Fraction, Kelvin, Kilowatt, KilowattHour, Number

CubicMetrePerHour = Annotated[Quantity, "m3/h"]
KilogramPerCubicMetre = Annotated[Quantity, "kg/m3"]
KilojoulePerKilogram = Annotated[Quantity, "kJ/kg"]
KilojoulePerKilogramKelvin = Annotated[Quantity, "kJ/(kg*K)"]
CubicMetrePerKilogram = Annotated[Quantity, "m3/kg"]
KilogramPerSecond = Annotated[Quantity, "kg/s"]
KilowattPerKelvin = Annotated[Quantity, "kW/K"]
KilowattPerTon = Annotated[Quantity, "kW/USRT"]

COP = cite("ahri-550-590", "coefficient of performance: cooling over input")


@formula(symbol="COP", source=COP, limits={"chiller_specific_power": (0.01, 10)})
def cop_of_specific_power(chiller_specific_power: KilowattPerTon) -> Number:
    """Coefficient of performance from input per cooling.

    Args:
        chiller_specific_power: in kW per US refrigeration ton (3.517 kW).
    """
    return 1 / chiller_specific_power


@formula(symbol="p_s", source=COP, limits={"cooling_cop": (0.1, 100)})
def specific_power_of_cop(cooling_cop: Number) -> KilowattPerTon:
    """Input per cooling from the coefficient of performance.

    Args:
        cooling_cop: cooling over input.
    """
    return 1 / cooling_cop


@formula(symbol="P_c", source=COP, limits={"cooling_load": (0, None), "cooling_cop": (0.1, 100)})
def cooling_power(cooling_load: Kilowatt, cooling_cop: Number) -> Kilowatt:
    """Electrical input for a cooling load.

    Args:
        cooling_load: in kW.
        cooling_cop: cooling over input.
    """
    return cooling_load / cooling_cop


@formula(symbol="Q_0", source=cite("energy-balance", "load as a share of capacity"), limits={"load_fraction": (0, 1.2)})
def load_of_fraction(load_fraction: Fraction, rated_capacity: Kilowatt) -> Kilowatt:
    """Cooling load from its share of a machine's capacity.

    Args:
        load_fraction: 0 to 1.
        rated_capacity: in kW.
    """
    return load_fraction * rated_capacity


@formula(
    symbol="IPLV",
    source=cite("ahri-550-590", "integrated part-load value: 0.01 A + 0.42 B + 0.45 C + 0.12 D"),
    limits={f"cop_at_{load}": (0.1, 100) for load in (100, 75, 50, 25)},
)
def integrated_part_load_value(cop_at_100: Number, cop_at_75: Number, cop_at_50: Number, cop_at_25: Number) -> Number:
    """Single figure of a chiller over the AHRI load profile of US office buildings; no forecast for a factory.

    Args:
        cop_at_100: at full load.
        cop_at_75: at 75 % load.
        cop_at_50: at 50 % load.
        cop_at_25: at 25 % load.
    """
    return 0.01 * cop_at_100 + 0.42 * cop_at_75 + 0.45 * cop_at_50 + 0.12 * cop_at_25


@formula(
    symbol="Q_w",
    source=cite("energy-balance", "heat of a water flow"),
    limits={"water_flow": (0, None), "water_density": (1, None), "water_specific_heat": (0.1, None)},
)
def water_heat_flow(
    water_flow: CubicMetrePerHour,
    water_density: KilogramPerCubicMetre,
    water_specific_heat: KilojoulePerKilogramKelvin,
    water_temperature_difference: Kelvin,
) -> Kilowatt:
    """Heat that a water flow takes up or gives off.

    Args:
        water_flow: in m3/h.
        water_density: in kg/m3.
        water_specific_heat: in kJ/(kg·K).
        water_temperature_difference: between return and supply, in K.
    """
    return water_flow * water_density * water_specific_heat * water_temperature_difference


@formula(
    symbol="ΔT_w",
    source=cite("energy-balance", "temperature difference of a water flow"),
    limits={"water_flow": (1e-9, None), "heat_rejected": (0, None)},
)
def water_temperature_rise(
    heat_rejected: Kilowatt,
    water_flow: CubicMetrePerHour,
    water_density: KilogramPerCubicMetre,
    water_specific_heat: KilojoulePerKilogramKelvin,
) -> Kelvin:
    """By how much a heat flow warms a water flow.

    Args:
        heat_rejected: in kW.
        water_flow: in m3/h.
        water_density: in kg/m3.
        water_specific_heat: in kJ/(kg·K).
    """
    return heat_rejected / (water_flow * water_density * water_specific_heat)


@formula(
    symbol="Q_hw",
    source=cite("energy-balance", "heat of hot water"),
    limits={"hot_water_volume": (0, None), "water_density": (1, None), "water_specific_heat": (0.1, None)},
)
def hot_water_heat(
    hot_water_volume: CubicMetre,
    water_density: KilogramPerCubicMetre,
    water_specific_heat: KilojoulePerKilogramKelvin,
    cold_water_temperature: Kelvin,
    hot_water_temperature: Kelvin,
) -> KilowattHour:
    """Heat of the hot water of a period.

    Args:
        hot_water_volume: in m3.
        water_density: in kg/m3.
        water_specific_heat: in kJ/(kg·K).
        cold_water_temperature: inlet, absolute (K).
        hot_water_temperature: delivered, absolute (K); above the inlet.
    """
    require(hot_water_temperature, ">", cold_water_temperature, "hot water is not hotter than cold water",
            cite("energy-balance", "heat of hot water"), "Check which temperature is which")  # fmt: skip
    return hot_water_volume * water_density * water_specific_heat * (hot_water_temperature - cold_water_temperature)


@formula(symbol="Q_tot", source=cite("energy-balance", "heat to be made: hot water and standing losses"))
def heat_to_be_made(hot_water_heat: KilowattHour, standing_loss: KilowattHour) -> KilowattHour:
    """Heat that a water heater must make in a period.

    Args:
        hot_water_heat: in kWh.
        standing_loss: of tank and circulation, in kWh.
    """
    return hot_water_heat + standing_loss


@formula(
    symbol="E_h",
    source=cite("energy-balance", "heat over efficiency, and pumps"),
    limits={"heater_efficiency": (0.1, 1)},
)
def resistance_heater_energy(
    heat_to_be_made: KilowattHour, heater_efficiency: Fraction, auxiliary_energy: KilowattHour
) -> KilowattHour:
    """Electricity of an electric heater.

    Args:
        heat_to_be_made: in kWh.
        heater_efficiency: heat over electricity, at most 1.
        auxiliary_energy: of pumps, in kWh.
    """
    return heat_to_be_made / heater_efficiency + auxiliary_energy


@formula(
    symbol="E_hp",
    source=cite("energy-balance", "heat over coefficient of performance, the share without heat pump, and pumps"),
    limits={"heating_cop": (1, 30), "backup_share": (0, 1), "heater_efficiency": (0.1, 1)},
)
def heat_pump_energy(
    heat_to_be_made: KilowattHour,
    heating_cop: Number,
    backup_share: Fraction,
    heater_efficiency: Fraction,
    auxiliary_energy: KilowattHour,
) -> KilowattHour:
    """Electricity of a heat pump with an electric heater behind it.

    Args:
        heat_to_be_made: in kWh.
        heating_cop: heat over electricity of the heat pump.
        backup_share: of the heat, made by the electric heater.
        heater_efficiency: of that heater.
        auxiliary_energy: of pumps, in kWh.
    """
    pumped, backed = heat_to_be_made * (1 - backup_share), heat_to_be_made * backup_share
    return pumped / heating_cop + backed / heater_efficiency + auxiliary_energy


@formula(
    symbol="T_fc",
    source=cite("energy-balance", "tower approach and heat exchanger approach over the wet bulb"),
    limits={"tower_approach": (0, 30), "exchanger_approach": (0, 20)},
)
def free_cooling_temperature(wet_bulb: Kelvin, tower_approach: Kelvin, exchanger_approach: Kelvin) -> Kelvin:
    """Chilled water that the tower makes without compressor.

    Args:
        wet_bulb: of the outdoor air, absolute (K).
        tower_approach: tower water over wet bulb, in K.
        exchanger_approach: chilled water over tower water, in K; zero without exchanger.
    """
    return wet_bulb + tower_approach + exchanger_approach


@formula(symbol="s_fc", source=cite("energy-balance", "share of the temperature fall that the tower carries"))
def free_cooling_share(
    free_cooling_temperature: Kelvin, chilled_water_supply: Kelvin, chilled_water_return: Kelvin
) -> Fraction:
    """Share of the load that the tower carries: all at or below supply temperature, none at or above the return.

    Args:
        free_cooling_temperature: what the tower can make, absolute (K).
        chilled_water_supply: absolute (K).
        chilled_water_return: absolute (K), above the supply.
    """
    must_return_warmer(chilled_water_supply, chilled_water_return)
    fall = (chilled_water_return - free_cooling_temperature) / (chilled_water_return - chilled_water_supply)
    return minimum(maximum(fall, 0), 1)


def must_return_warmer(supply: Quantity, back: Quantity) -> None:
    """Refuse chilled water that does not come back warmer than it left.

    Args:
        supply: temperature of the chilled water supply.
        back: temperature of the chilled water return.

    Raises:
        OutOfRange: the return is not warmer.
    """
    require(back, ">", supply, "the return is not warmer than the supply",
            cite("energy-balance", "chilled water"), "Check which temperature is which")  # fmt: skip


@formula(
    symbol="Q_UA",
    source=cite("energy-balance", "heat through the envelope"),
    limits={"heat_transmission": (0, None)},
)
def transmission_gain(
    heat_transmission: KilowattPerKelvin, outdoor_temperature: Kelvin, indoor_temperature: Kelvin
) -> Kilowatt:
    """Heat that comes in through walls and roof; negative where it is colder outside.

    Args:
        heat_transmission: area times heat transfer coefficient, in kW/K.
        outdoor_temperature: absolute (K).
        indoor_temperature: absolute (K).
    """
    return heat_transmission * (outdoor_temperature - indoor_temperature)


@formula(
    symbol="m_da",
    source=cite("energy-balance", "mass of dry air: flow over volume per kg of dry air"),
    limits={"ventilation_flow": (0, None), "moist_air_specific_volume": (0.1, 10)},
)
def dry_air_flow(
    ventilation_flow: CubicMetrePerHour, moist_air_specific_volume: CubicMetrePerKilogram
) -> KilogramPerSecond:
    """Dry air in a flow of moist air.

    Args:
        ventilation_flow: at its own temperature, in m3/h.
        moist_air_specific_volume: per kg of dry air, at the same temperature, in m3/kg.
    """
    return ventilation_flow / moist_air_specific_volume


@formula(symbol="Q_v", source=cite("energy-balance", "sensible and latent heat of outdoor air"))
def ventilation_gain(
    dry_air_flow: KilogramPerSecond, outdoor_enthalpy: KilojoulePerKilogram, indoor_enthalpy: KilojoulePerKilogram
) -> Kilowatt:
    """Heat that outdoor air brings in, sensible and latent; negative where it has less.

    Args:
        dry_air_flow: in kg/s.
        outdoor_enthalpy: per kg of dry air, in kJ/kg.
        indoor_enthalpy: per kg of dry air, in kJ/kg.
    """
    return dry_air_flow * (outdoor_enthalpy - indoor_enthalpy)


@formula(symbol="Q_r", source=cite("energy-balance", "cooling load of a room; none where it cools by itself"))
def room_cooling_load(internal_gain: Kilowatt, transmission_gain: Kilowatt, ventilation_gain: Kilowatt) -> Kilowatt:
    """Cooling load of a room: no cooling where the gains are negative together.

    Args:
        internal_gain: people, machines, lights, sun, in kW.
        transmission_gain: in kW.
        ventilation_gain: in kW.
    """
    gains = internal_gain + transmission_gain + ventilation_gain
    return maximum(gains, 0 * gains)


@formula(
    symbol="s_max",
    source=cite("second-law", "one less least energy over energy before"),
    limits={"energy_before_model": (1e-9, None), "least_energy": (0, None)},
)
def largest_cooling_saving(energy_before_model: KilowattHour, least_energy: KilowattHour) -> Fraction:
    """Share that no measure can save more than.

    Args:
        energy_before_model: in kWh.
        least_energy: that the second law leaves, in kWh.
    """
    return 1 - least_energy / energy_before_model


@formula(symbol="P_pl", source=cite("energy-balance", "chiller and what runs with it"))
def plant_power(chiller_power: Kilowatt, auxiliary_power: Kilowatt) -> Kilowatt:
    """Input of a chiller with its pumps and fans.

    Args:
        chiller_power: in kW.
        auxiliary_power: of pumps and fans, in kW.
    """
    return chiller_power + auxiliary_power


@formula(
    symbol="Q_m", source=cite("energy-balance", "load left to the compressor"), limits={"free_cooling_share": (0, 1)}
)
def mechanical_load(cooling_load: Kilowatt, free_cooling_share: Fraction) -> Kilowatt:
    """Cooling that is left to the compressor.

    Args:
        cooling_load: in kW.
        free_cooling_share: of it, carried by the tower.
    """
    return cooling_load * (1 - free_cooling_share)


def per_ton(given: Quantity) -> Quantity:
    """A stated input per cooling; refused without its unit, where it might be a COP.

    Args:
        given: what the user says, in kW/USRT or kW/JRT.

    Raises:
        UnitError: a pure number.
    """
    if given.unit.is_dimensionless and str(given.unit) == "1":
        raise UnitError(
            "has no unit, and might be a COP as well",
            subject=given.describe(),
            value=f"{given.value:g}",
            limit="kW/USRT (美制冷凍噸 3.517 kW) or kW/JRT (日制 3.861 kW)",
            next_step='Write it like "0.62 kW/USRT"',
        )
    return given
