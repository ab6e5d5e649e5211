"""Gas-fired furnaces: what a better burner, less excess air, hotter combustion air or cooler flue gas saves.

The furnace needs the same heat before and after: charge, walls, openings and cooling water together. That
heat is held constant; it is *not* part of the stack loss, and it need not be known. The fuel goes with the
inverse of the share of its heat that stays in the furnace (the available heat):

    fuel after / fuel before = available heat before / available heat after

A measure that also changes walls, openings, throughput or furnace temperature is not described by this page
alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from energycalc.equipment.description import (
    HOURS_OF_A_YEAR,
    Change,
    DefaultUncertainty,
    Given,
    Parameter,
    Place,
    TechnologyDescription,
    check,
    doubt,
    notes_on_readings,
    number,
    reading,
    subject_of,
    uses_more,
)
from energycalc.errors import InputError, OutOfRange
from energycalc.finding import Finding
from energycalc.physics.combustion import firing
from energycalc.physics.combustion.dew_point import moisture_per_air
from energycalc.physics.combustion.firing import Ceiling, Firing, Surroundings, remaining_fraction
from energycalc.physics.combustion.fuel_gas import COMPONENTS, FuelGas, fuel_gas, known_fuel_gases, named_fuel_gas
from energycalc.physics.combustion.gas_species import GasesAt, gases_at
from energycalc.physics.combustion.stoichiometry import burn, lower_heating_value
from energycalc.quantity import Quantity, Source, cite, formula, read_quantity
from energycalc.quantity.aliases import Fraction, Hour, KilowattHourLHV

FuelPower = Annotated[Quantity, "kWh[LHV]/h"]

OXYGEN, FLUE, AIR = "flue_gas_oxygen_dry", "flue_gas_temperature", "combustion_air_temperature"
STATE = (OXYGEN, FLUE, AIR)
BURNER = ("burner_rating", "load_factor", "operating_hours")
DEFAULT = "default limit of error of the instrument's class, until a certificate is given"
OXYGEN_ERROR = DefaultUncertainty(
    "%", 0, 0.2, cite("default-instruments", f"flue-gas analyser, O2: 0.2 % absolute; {DEFAULT}")
)
TEMPERATURE_ERROR = DefaultUncertainty(
    "degC", 0.004, 1.5, cite("iec-60584-2", f"type K class 1, to 1000 °C: 1.5 °C or 0.4 %; {DEFAULT}"), up_to=1000
)
LITTLE_OXYGEN = 0.005
"""Share of O2 in the dry flue gas below which carbon monoxide is to be expected."""


@formula(
    symbol="E_b",
    source=cite("first-law", "energy is power times time"),
    limits={"load_factor": (0, 1.25)},
)
def burner_energy(burner_rating: FuelPower, load_factor: Fraction, operating_hours: Hour) -> KilowattHourLHV:
    """Fuel heat burnt in a period.

    Args:
        burner_rating: of all burners together, kWh of fuel (lower heating value) per hour.
        load_factor: mean firing rate over the rating, up to 1.25.
        operating_hours: of the period.
    """
    return burner_rating * load_factor * operating_hours


@formula(symbol="E_b1", source=firing.SAME_HEAT)
def burner_energy_after(burner_energy: KilowattHourLHV, remaining_fraction: Fraction) -> KilowattHourLHV:
    """Fuel heat burnt after the measure in the same period (kWh, lower heating value)."""
    return burner_energy * remaining_fraction


def change(before: Given, after: Given, common: Given) -> Change:
    """Change burner, excess air, combustion-air temperature or flue-gas temperature at the same useful heat.

    Args:
        before: ``flue_gas_oxygen_dry`` (dried sample), ``flue_gas_temperature`` (leaving the furnace, before
            a recuperator), ``combustion_air_temperature`` (at the burner).
        after: those of the three that change; what is not written stays as it was, as the same reading.
        common: ``fuel`` (a name of ``fuel_gases.csv`` or a composition), ``ambient_temperature`` (reference
            of all heats; fuel and cold air come in at it); optionally ``condensing``,
            ``combustion_air_moisture``, ``combustion_air_temperature_limit`` and, all three or none,
            ``burner_rating``, ``load_factor``, ``operating_hours``.

    Returns:
        The remaining fraction, and the fuel heat of the model when the burner is given.

    Raises:
        InputError: a parameter is missing, unknown or of the wrong kind, or nothing changes.
        OutOfRange: no oxygen left (carbon monoxide), oxygen of plain air, air hotter than flue gas or than
            its limit, flue gas below its dew point or hotter than the flame.
    """
    check(PARAMETERS, before, after, common)
    if not after:
        raise InputError(
            "says nothing, so nothing changes",
            subject=subject_of("after"),
            next_step=f"Write what changes: {', '.join(STATE)}",
        )
    around = _surroundings(common)
    changed = {key: after[key] for key in after if after[key] is not before[key]}
    true = {key: reading(PARAMETERS, before, key) for key in STATE}
    now = _firing(true)
    then = _firing(true | {key: reading(PARAMETERS, changed, key) for key in changed}, now)
    for state in (now, then):
        _within_limit(state.air.temperature, common.get("combustion_air_temperature_limit"))
    old, new = firing.balance(around, now).available_heat, firing.balance(around, then).available_heat
    remaining = remaining_fraction(
        old.renamed("available_heat_before", "AH_0", firing.SAME_HEAT),
        new.renamed("available_heat_after", "AH_1", firing.SAME_HEAT),
    )
    model = _burner_energy(common)
    return Change(
        remaining,
        "natural_gas",
        None if model is None else model.renamed("energy_before_model", "E_m0"),
        None if model is None else burner_energy_after(model, remaining).renamed("energy_after_model", "E_m1"),
        (
            *_doubts(around, then),
            *uses_more("furnace", remaining),
            *notes_on_readings("furnace", PARAMETERS, before, changed),
        ),
    )


def ceiling(before: Given, common: Given) -> Ceiling:
    """The most that trimming the air, and preheating it, can save on a furnace as it stands.

    Args:
        before: as for :func:`change`.
        common: as for :func:`change`.
    """
    check(PARAMETERS, before, {}, common)
    return firing.ceiling(_surroundings(common), _firing({key: reading(PARAMETERS, before, key) for key in STATE}))


def fuel_heat_value(common: Given) -> Quantity:
    """Lower heating value of the fuel from its composition, to hold against that of the bill.

    Args:
        common: as for :func:`change`; only ``fuel`` is read.

    Returns:
        MJ[LHV] per m³ at 0 °C and 101.325 kPa, as an ideal gas (real methane: 0.24 % more).

    Raises:
        InputError: an unknown fuel or component.
        OutOfRange: shares that do not add up.
    """
    if "fuel" not in common:
        raise InputError("is missing under 'common'", subject=subject_of("fuel"), next_step=_FUEL_ADVICE)
    return lower_heating_value(burn(_fuel(common["fuel"])).lower_heating_value)


def _surroundings(common: Given) -> Surroundings:
    humidity = common.get("combustion_air_moisture")
    return Surroundings(
        burn(_fuel(common["fuel"])),
        gases_at(number(common, "ambient_temperature"), reference=True),
        moisture_per_air(humidity) if isinstance(humidity, Quantity) else None,
        str(common.get("condensing", "no")) == "yes",
    )


def _firing(true: Mapping[str, Quantity], like: Firing | None = None) -> Firing:
    """A way of firing from its three numbers; a temperature that ``like`` has is not computed again."""
    known = (like.flue, like.air) if like else ()

    def at(temperature: Quantity) -> GasesAt:
        same = [gases for gases in known if gases.temperature is temperature]
        return same[0] if same else gases_at(temperature)

    return Firing(true[OXYGEN], at(true[FLUE]), at(true[AIR]))


def _fuel(given: object) -> FuelGas:
    """A fuel by its name in the table, or by a composition: volume share per component."""
    if isinstance(given, Mapping):
        shares = {str(component): _share(str(component), share) for component, share in given.items()}
        return fuel_gas("fuel gas of the case", shares)
    if str(given) not in known_fuel_gases():
        raise InputError(
            "is not a known fuel gas",
            subject=subject_of("fuel"),
            value=str(given),
            limit=f"{', '.join(known_fuel_gases())}, or a composition of {', '.join(COMPONENTS)}",
            next_step=_FUEL_ADVICE,
        )
    return named_fuel_gas(str(given))


def _share(component: str, given: object) -> Quantity:
    try:
        share = given if isinstance(given, Quantity) else read_quantity(str(given), name=f"{component}_share")
        share.value_in("1")
    except InputError:
        raise InputError(
            f"the share of {component} is not a share",
            subject=subject_of("fuel"),
            value=str(given),
            next_step=_FUEL_ADVICE,
        ) from None
    return share


def _burner_energy(common: Given) -> Quantity | None:
    written = [key for key in BURNER if key in common]
    if not written:
        return None
    if len(written) < len(BURNER):
        missing = ", ".join(key for key in BURNER if key not in common)
        raise InputError(
            "the energy of the burner needs all three, or none",
            subject=subject_of(", ".join(written)),
            limit=", ".join(BURNER),
            next_step=f"Add {missing}, or leave all three out and use the gas meter",
        )
    return burner_energy(*(number(common, key) for key in BURNER))


def _within_limit(air: Quantity, limit: object) -> None:
    if isinstance(limit, Quantity) and air.value_in("K") > limit.value_in("K"):
        raise OutOfRange(
            "the combustion air is hotter than burner or recuperator stand",
            subject=air.describe(),
            value=f"{air}",
            limit=f"{limit} (combustion_air_temperature_limit of this case)",
            next_step="Take a smaller preheat, or the limit of the new equipment",
        )


def _doubts(around: Surroundings, then: Firing) -> list[Finding]:
    found: list[Finding] = []
    ambient, air, flue = (float(at.temperature.value_in("K")) for at in (around.ambient, then.air, then.flue))
    reached = (air - ambient) / (flue - ambient) if flue > ambient else 0.0
    if reached > 0.9:
        found.append(
            doubt(
                "furnace.preheat_near_flue_temperature",
                "warning",
                f"The air comes {reached:.0%} of the way from ambient to flue gas; over 90 % is rare.",
                f"預熱空氣已達環境至排煙溫差的 {reached:.0%}，超過 90 % 極少見。",
                Source("project rule", "air preheat above 90 % of the way to the flue-gas temperature"),
                effectiveness=f"{reached:.1%}",
            )
        )
    oxygen = float(then.oxygen.value_in("1"))
    if oxygen < LITTLE_OXYGEN:
        found.append(
            doubt(
                "furnace.carbon_monoxide_risk",
                "warning",
                f"With {oxygen:.2%} O2 left the burner may make carbon monoxide, whose heat is not in the stack loss; "
                "measure CO.",
                f"排氣含氧僅 {oxygen:.2%}，可能產生一氧化碳，其熱量未計入煙氣熱損；應量測 CO。",
                Source("project rule", "less than 0.5 % O2 in the dry flue gas after the measure"),
                flue_gas_oxygen_dry=f"{oxygen:.2%}",
            )
        )
    return found


def _before_and_after(
    name: str, unit: str, example: str, zh: str, en: str, limits: tuple[float, float], default: DefaultUncertainty
) -> tuple[Parameter, ...]:
    """Needed before; after the measure only where it changes."""
    places: tuple[Place, ...] = ("before", "after")
    return tuple(
        Parameter(name, (place,), unit, example, zh, en, place == "after", limits, default_uncertainty=default)
        for place in places
    )


_FUEL_ADVICE = 'Write "fuel: methane", or the supplier\'s analysis: "fuel: {methane: 92 %, ethane: 5 %, nitrogen: 3 %}"'
_ANALYSIS = "{methane: 92 %, ethane: 5 %, nitrogen: 3 %}"
PARAMETERS = (
    *_before_and_after(
        OXYGEN, "%", "3.0 %",
        "煙氣分析儀（抽氣、已除水）讀值，於爐膛出口、無漏入空氣處；氧化鋯直插式讀的是濕煙氣、數值較低，"
        "須先換算（energycalc.physics.combustion.stoichiometry.dry_oxygen_from_wet）",
        "flue-gas analyser with dried sample, at the furnace outlet before any air leaks in; a zirconia probe in the "
        "duct reads the wet gas and shows less: turn it round first with "
        "energycalc.physics.combustion.stoichiometry.dry_oxygen_from_wet", (0, 20.9), OXYGEN_ERROR),
    *_before_and_after(
        FLUE, "degC", "850 °C", "爐膛出口、換熱器之前的煙氣溫度（熱電偶）",
        "thermocouple where the flue gas leaves the furnace, before a recuperator", (0, 2000), TEMPERATURE_ERROR),
    *_before_and_after(
        AIR, "degC", "25 °C", "燃燒器入口之助燃空氣溫度；無預熱者同環境溫度",
        "combustion air at the burner; ambient temperature without preheat", (-40, 1500), TEMPERATURE_ERROR),
    Parameter("fuel", ("common",), "", "natural_gas_us_typical",
              f"燃氣名稱（methane、natural_gas_us_typical）或供應商成分表（體積 %），例如 {_ANALYSIS}；"
              f"成分：{'、'.join(COMPONENTS)}",
              f"name of the gas (methane, natural_gas_us_typical) or the supplier's analysis in % by volume, such as "
              f"{_ANALYSIS}; components: {', '.join(COMPONENTS)}"),
    Parameter("ambient_temperature", ("common",), "degC", "25 °C", "燃料與冷空氣進入時的溫度，各項熱量之基準",
              "at which fuel and cold air come in; reference of all heats", range=(-40, 60)),
    Parameter("condensing", ("common",), "", "no", "排煙低於露點且回收冷凝熱者填 yes",
              "yes if heat of condensation is recovered", optional=True, choices=("yes", "no")),
    Parameter("combustion_air_moisture", ("common",), "kg/kg", "0.018 kg/kg",
              "每公斤乾空氣所含水分（濕度比）；未填視為乾空氣",
              "water per kg of dry air (humidity ratio); dry air when left out", optional=True, range=(0, 0.1)),
    Parameter("combustion_air_temperature_limit", ("common",), "degC", "450 °C",
              "燃燒器或換熱器允許之空氣溫度",
              "air temperature that burner or recuperator stand", optional=True, range=(0, 1500)),
    Parameter("burner_rating", ("common",), "kWh[LHV]/h", "900 kWh[LHV]/h",
              "全部燃燒器額定熱輸入（低位發熱量）",
              "rated heat input of all burners, lower heating value", optional=True, range=(0.1, 1e6)),
    Parameter("load_factor", ("common",), "%", "60 %", "平均燃燒率／額定", "mean firing rate over rating",
              optional=True, range=(0, 125)),
    Parameter("operating_hours", ("common",), "h", "6,000 h", "計時器或排班，期間總時數",
              "hour meter or shifts, hours of the period", optional=True, range=HOURS_OF_A_YEAR),
)  # fmt: skip

DESCRIPTION = TechnologyDescription(
    key="furnace_flue_gas",
    label_zh="燃氣加熱爐煙氣熱損改善",
    label_en="Gas-fired furnace: burner, excess air, air preheat",
    carrier="natural_gas",
    parameters=PARAMETERS,
    change=change,
    limits_zh="只計煙氣熱損；爐壁、開口、冷卻水與料溫視為不變。完全燃燒，不含 CO 與高溫解離。"
    "本專案無臺灣天然氣成分資料，請填供應商成分。",
    limits_en="Stack loss only: walls, openings, cooling water and charge are held as they are. Complete "
    "combustion, no CO, no dissociation. No Taiwanese gas composition is on file: give your supplier's.",
)
DESCRIPTIONS = (DESCRIPTION,)
