"""Feed-water economizer: flue gas of a gas-fired steam boiler heats its own feed water, above the dew point.

The steam is the same before and after. Per fuel heat the boiler gets what stays after the stack, and the feed water
gets what the economizer passes; the fuel goes with the inverse of the sum. Less fuel makes less flue gas, so the saving
is a little smaller than recovered heat over boiler efficiency.
"""

from __future__ import annotations

from dataclasses import dataclass

from energycalc.equipment.description import (
    BOTH,
    Ceiling,
    Change,
    Given,
    Parameter,
    TechnologyDescription,
    WorkedExample,
    check,
    doubt,
    notes_on_readings,
    number,
    reading,
    uses_more,
)
from energycalc.equipment.description.instruments import FLUE_GAS_ANALYSER, THERMOCOUPLE
from energycalc.equipment.shared.firing import (
    BURNER_PARAMETERS,
    FUEL_PARAMETERS,
    model_energies,
    surroundings,
)
from energycalc.errors import OutOfRange
from energycalc.finding import Finding
from energycalc.physics.combustion.firing import largest_saving, remaining_fraction
from energycalc.physics.combustion.flue_gas import HeatBalance, heat_balance
from energycalc.physics.combustion.flue_gas_cooling import dry_capacity
from energycalc.physics.combustion.gas_species import gases_at, published
from energycalc.physics.combustion.stoichiometry import excess_air
from energycalc.physics.compressed_air.gas_compression import absolute_pressure
from energycalc.physics.heat_transfer.heat_exchanger import refuse_uphill
from energycalc.physics.steam import boiler as law
from energycalc.physics.steam import water_steam
from energycalc.quantity import Quantity, cite, constant

TECHNOLOGY = "economizer"
BEST = cite("second-law", "effectiveness 1: the flue gas leaves at the temperature of the feed water")


@dataclass(frozen=True)
class Boiler:
    """A boiler as it fires, and both sides of its economizer per fuel heat.

    The feed water is that of the boiler's own heat; what the economizer adds to it is left out, so the water is taken
    to leave some kelvins hotter than it does (on the safe side of its boiling point).
    """

    balance: HeatBalance
    flue: Quantity
    water: Quantity
    pressure: Quantity
    flue_capacity: Quantity
    water_capacity: Quantity


def change(before: Given, after: Given, common: Given) -> Change:
    """Put an economizer behind a boiler, or a better one.

    Args:
        before: ``effectiveness`` of the economizer that is there; 0 % without one.
        after: ``effectiveness`` of the new one.
        common: fuel, dry oxygen, flue gas (before the economizer), combustion air, ambient, feed water, steam,
            blow-down and shell loss; the burner where the energy is to be computed.

    Raises:
        OutOfRange: flue gas below its dew point or no hotter than the feed water, water that boils in the economizer.
        InputError: a parameter is missing, unknown or of the wrong kind.
    """
    check(PARAMETERS, before, after, common)
    found = _boiler(common)
    heat = [_heat(found, number(side, "effectiveness")) for side in (before, after)]
    if after["effectiveness"] is before["effectiveness"]:
        heat[1] = heat[0]
    old, new = (law.available_heat_with_economizer(found.balance.available_heat, q) for q in heat)
    remaining = remaining_fraction(
        old.renamed("available_heat_before", "AH_0", law.HEAT_BALANCE),
        new.renamed("available_heat_after", "AH_1", law.HEAT_BALANCE),
    )
    energy_before, energy_after = model_energies(common, remaining)
    findings = [
        *_doubts(found, heat[1]),
        *uses_more(TECHNOLOGY, remaining),
        *notes_on_readings(TECHNOLOGY, PARAMETERS, common),
    ]
    return Change(remaining, "natural_gas", energy_before, energy_after, tuple(findings))


def ceiling(before: Given, after: Given, common: Given) -> Ceiling:
    """Flue gas cooled to the temperature of the feed water, without condensing."""
    check(PARAMETERS, before, after, common)
    found = _boiler(common)
    most = _passed(found, constant("epsilon_max", 1, "1", BEST, name="effectiveness"))
    now = law.available_heat_with_economizer(
        found.balance.available_heat, _passed(found, number(before, "effectiveness"))
    )
    best = law.available_heat_with_economizer(found.balance.available_heat, most)
    return Ceiling(
        largest_saving(now, best),
        "No more heat passes than brings the flue gas to the temperature of the feed water (condensation is another "
        "technology).",
        "回收熱以煙氣降到給水溫度為限（冷凝熱屬另一項技術）。",
        BEST,
    )


def _boiler(common: Given) -> Boiler:
    flue, water = (reading(PARAMETERS, common, f"{key}_temperature") for key in ("flue_gas", "feedwater"))
    refuse_uphill(flue, water, "the flue gas is no hotter than the feed water", "Exchange the two, or read them again")
    around = surroundings(common)
    gas, oxygen = around.combustion, reading(PARAMETERS, common, "flue_gas_oxygen_dry")
    excess = excess_air(oxygen, gas.stoichiometric_air, gas.stoichiometric_dry_flue_gas, gas.air.oxygen)
    hot = gases_at(flue)
    balance = heat_balance(
        gas, excess, flue=hot, air=gases_at(reading(PARAMETERS, common, "combustion_air_temperature")),
        ambient=around.ambient, air_moisture=around.moisture,
    )  # fmt: skip
    pressure = absolute_pressure(number(common, "steam_pressure"), published("all", "standard_atmosphere"))
    water_steam.refuse_boiling(
        water, pressure, "the feed water is hotter than the boiling water of this boiler",
        "Read thermometer and gauge again",
    )  # fmt: skip
    boiling = water_steam.boiling_water_enthalpy(pressure)
    superheated = number(common, "steam_temperature") if "steam_temperature" in common else None
    steam = water_steam.boiler_steam_enthalpy(pressure, superheated)
    per_water = law.heat_per_feedwater(
        steam.renamed("steam_enthalpy", "h_st", water_steam.IF97),
        boiling,
        water_steam.saturated_water_enthalpy(water).renamed("feedwater_enthalpy", "h_fw", water_steam.IF97),
        number(common, "blowdown_rate"),
    )
    shell = number(common, "shell_loss").to("1").declared("kWh/kWh[LHV]", law.HEAT_BALANCE)
    flow = law.feedwater_per_fuel(balance.available_heat, shell, per_water)
    return Boiler(
        balance, flue, water, pressure,
        dry_capacity(gas, excess, hot, gases_at(water), around.moisture),
        law.feedwater_capacity_per_fuel(flow, water_steam.water_specific_heat(water)),
    )  # fmt: skip


def _passed(found: Boiler, effectiveness: Quantity) -> Quantity:
    return law.economizer_heat_per_fuel(
        effectiveness, found.flue_capacity, found.water_capacity, found.flue, found.water
    )


def _heat(found: Boiler, effectiveness: Quantity) -> Quantity:
    """Heat of the economizer per fuel heat, where the flue gas stays dry and the water does not boil."""
    heat = _passed(found, effectiveness)
    leaves = law.economizer_flue_outlet(found.flue, heat, found.flue_capacity)
    if heat.value > 0:
        water_steam.refuse_boiling(law.economizer_water_outlet(found.water, heat, found.water_capacity), found.pressure)
    if found.balance.dew_point is not None and leaves.value < found.balance.dew_point.value:
        raise OutOfRange(
            "the flue gas would fall below its dew point in the economizer",
            subject=leaves.describe(),
            value=f"{leaves.value - 273.15:.1f} °C",
            limit=f"at least {found.balance.dew_point.value - 273.15:.1f} °C, its dew point",
            next_step="Take less effectiveness, or the technology condensing_economizer",
        )
    return heat


def _doubts(found: Boiler, heat: Quantity) -> list[Finding]:
    leaves = law.economizer_flue_outlet(found.flue, heat, found.flue_capacity).value - 273.15
    if leaves >= LOW_OUTLET:
        return []
    return [
        doubt(
            "economizer.cold_end", "warning",
            f"The flue gas leaves at {leaves:.0f} °C; below {LOW_OUTLET:.0f} °C cold parts of a dry economizer may "
            "condense water and corrode.",
            f"排煙降至 {leaves:.0f} °C；低於 {LOW_OUTLET:.0f} °C 時，非冷凝式節熱器低溫端可能結露腐蝕。",
            cite("doe-steam-tip-3", "lowest flue-gas temperature for natural gas, 250 °F"),
            flue_gas_outlet=f"{leaves:.0f} °C",
        )
    ]  # fmt: skip


LOW_OUTLET = 121.0
"""°C (250 °F): lowest outlet temperature for natural gas that the DOE's tip sheet names."""

PARAMETERS = (
    Parameter("effectiveness", BOTH, "%", "60 %", "節熱器有效度（製造商資料或四點溫度）；改善前無節熱器填 0 %",
              "of the economizer, maker's data or its four temperatures; 0 % before without one", range=(0, 100)),
    Parameter("flue_gas_oxygen_dry", ("common",), "%", "4.0 %", "節熱器前之乾煙氣含氧率（煙氣分析儀，已除水）",
              "before the economizer, analyser with dried sample", range=(0, 20.8),
              default_uncertainty=FLUE_GAS_ANALYSER),
    Parameter("flue_gas_temperature", ("common",), "degC", "240 °C", "節熱器入口之煙氣溫度",
              "where the flue gas enters the economizer", range=(60, 1000), default_uncertainty=THERMOCOUPLE),
    Parameter("combustion_air_temperature", ("common",), "degC", "30 °C", "燃燒器入口之助燃空氣溫度",
              "combustion air at the burner", range=(-40, 500), default_uncertainty=THERMOCOUPLE),
    Parameter("feedwater_temperature", ("common",), "degC", "90 °C", "進入節熱器之給水溫度（溫度計）",
              "feed water where it enters the economizer, thermometer", range=(1, 300),
              default_uncertainty=THERMOCOUPLE),
    Parameter("steam_pressure", ("common",), "bar[g]", "7 bar(g)", "鍋爐壓力錶", "boiler gauge", range=(0.1, 160)),
    Parameter("steam_temperature", ("common",), "degC", "190 °C", "過熱蒸汽溫度；飽和蒸汽免填",
              "of superheated steam; leave out for saturated steam", optional=True, range=(100, 600)),
    Parameter("blowdown_rate", ("common",), "%", "5 %", "排放量佔給水之比例（導電度比）",
              "blow-down as a share of the feed water (ratio of conductivities)", range=(0, 50)),
    Parameter("shell_loss", ("common",), "%", "1.5 %", "爐體散熱佔燃料熱（製造商資料）",
              "loss through the shell as a share of the fuel heat, maker's data", range=(0, 20)),
    *FUEL_PARAMETERS,
    *BURNER_PARAMETERS,
)  # fmt: skip
DESCRIPTION = TechnologyDescription(
    key="economizer",
    label_zh="鍋爐給水節熱器（非冷凝）",
    label_en="Feed-water economizer (dry)",
    carrier="natural_gas",
    parameters=PARAMETERS,
    change=change,
    ceiling=ceiling,
    worked_example=WorkedExample(
        before={"effectiveness": "0 %"},
        after={"effectiveness": "62.5 %"},
        common={
            "fuel": {"methane": "94 %", "ethane": "2.07 %", "nitrogen": "1.41 %", "hydrogen": "0.01 %",
                     "propane": "0.42 %", "butane": "0.28 %", "carbon_monoxide": "1 %", "carbon_dioxide": "0.71 %"},
            "flue_gas_oxygen_dry": "5.17 %",
            "flue_gas_temperature": "385 °C",
            "combustion_air_temperature": "26.67 °C",
            "ambient_temperature": "26.67 °C",
            "combustion_air_moisture": "0.02 kg/kg",
            "feedwater_temperature": "107.22 °C",
            "steam_pressure": "33.49 bar(g)",
            "steam_temperature": "260 °C",
            "blowdown_rate": "4 %",
            "shell_loss": "0 %",
        },
        of="saving_rate",
        given="10.37 %",
        tolerance=0.02,
        source=cite("measur-tools-suite", "water heating using flue gas, unit test"),
        because_en="The source gives 4.649 GJ/h recovered from 55.88 GJ/h at 71.94 % efficiency, because its flue gas "
        "has 2 % less heat capacity; that is 10.37 % of the fuel when the smaller flue-gas flow afterwards is counted "
        "(the source itself leaves that out and states 11.6 %). Its 60 °F ambient air would not hold the 0.02 kg/kg of "
        "water, so the ambient is that of the combustion air here.",
        because_zh="來源值為燃料 55.88 GJ/h、效率 71.94 % 時回收 4.649 GJ/h，因為其煙氣熱容小 2 %；"
        "計入燃料減少後煙氣亦減少，相當於節能 10.37 %（來源未計此項，得 11.6 %）。"
        "來源之 60 °F 環境空氣無法含 0.02 kg/kg 水分，故此處環境溫度取助燃空氣溫度。",
    ),
    limits_zh="同一鍋爐之給水；煙氣不低於露點；燃料不含硫（酸露點未計）；負載視為定值。",
    limits_en="Feed water of the same boiler; flue gas above its water dew point; fuel without sulphur (no acid "
    "dew point); constant load.",
    turning_point_zh="有效度提高至露點或給水沸騰即止（拒絕）；低於 121 °C（250 °F）時提出警告。",
    turning_point_en="More effectiveness ends at the dew point or where the feed water boils (refused); a warning "
    "comes below 121 °C (250 °F).",
)  # fmt: skip
DESCRIPTIONS = (DESCRIPTION,)
