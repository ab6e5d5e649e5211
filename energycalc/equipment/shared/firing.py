"""What every burner is asked: its three instruments, its fuel and air, and its size; read and held against limits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from energycalc.equipment.description.instruments import FLUE_GAS_ANALYSER, THERMOCOUPLE
from energycalc.equipment.description.parameters import (
    HOURS_OF_A_YEAR,
    DefaultUncertainty,
    Given,
    Parameter,
    Place,
    number,
    subject_of,
)
from energycalc.equipment.description.technology import doubt
from energycalc.errors import InputError, OutOfRange
from energycalc.finding import Finding
from energycalc.physics.combustion.dew_point import moisture_per_air
from energycalc.physics.combustion.firing import Firing, Surroundings
from energycalc.physics.combustion.fuel_gas import COMPONENTS, FuelGas, fuel_gas, known_fuel_gases, named_fuel_gas
from energycalc.physics.combustion.gas_species import GasesAt, gases_at, published
from energycalc.physics.combustion.moist_air import (
    humidity_ratio_from_relative_humidity,
    saturation_pressure_of_water,
)
from energycalc.physics.combustion.stoichiometry import Air, burn
from energycalc.quantity import Quantity, cite, formula, quantity, read_quantity
from energycalc.quantity.aliases import Fraction, Hour, KilowattHourLHV

FuelPower = Annotated[Quantity, "kWh[LHV]/h"]

OXYGEN, FLUE, AIR = "flue_gas_oxygen_dry", "flue_gas_temperature", "combustion_air_temperature"
STATE = (OXYGEN, FLUE, AIR)
BURNER = ("burner_rating", "load_factor", "operating_hours")
DEFAULT = "default limit of error of the instrument's class, until a certificate is given"
FREEZING = 273.15
"""K; colder air holds no more water than at this temperature."""
LITTLE_OXYGEN = 0.005
"""Share of O2 in the dry flue gas below which carbon monoxide is to be expected."""
LEAST_METHANE = 0.7
"""Share of methane below which a gas is no natural gas."""


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


@formula(symbol="E_b1", source=cite("first-law", "same useful heat before and after"))
def burner_energy_after(burner_energy: KilowattHourLHV, remaining_fraction: Fraction) -> KilowattHourLHV:
    """Fuel heat burnt after the measure in the same period (kWh, lower heating value)."""
    return burner_energy * remaining_fraction


@formula(symbol="P_f", source=cite("first-law", "mean fuel heat per hour"), limits={"load_factor": (0, 1.25)})
def mean_fuel_power(burner_rating: FuelPower, load_factor: Fraction) -> FuelPower:
    """Mean fuel heat per hour of the burners, from rating and load."""
    return burner_rating * load_factor


def burner_energy_of(common: Given) -> Quantity | None:
    """Fuel heat of the burner in the period, where its three numbers are given.

    Raises:
        InputError: some of the three are given, but not all.
    """
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


def model_energies(common: Given, remaining: Quantity) -> tuple[Quantity | None, Quantity | None]:
    """Fuel heat of the model before and after, under their names, or nothing where the burner is not given."""
    model = burner_energy_of(common)
    if model is None:
        return None, None
    return (
        model.renamed("energy_before_model", "E_m0"),
        burner_energy_after(model, remaining).renamed("energy_after_model", "E_m1"),
    )


def surroundings(common: Given, air: Air | None = None) -> Surroundings:
    """Fuel, ambient temperature and moisture as a case file gives them.

    Args:
        common: ``fuel``, ``ambient_temperature``, and if written ``condensing`` and ``combustion_air_moisture``.
        air: what the fuel burns with; plain air when not given.
    """
    humidity = common.get("combustion_air_moisture")
    return Surroundings(
        burn(fuel_of(common), air),
        gases_at(number(common, "ambient_temperature"), reference=True),
        moisture_per_air(humidity) if isinstance(humidity, Quantity) else None,
        str(common.get("condensing", "no")) == "yes",
    )


def _not_above_saturation(humidity: Quantity, ambient: Quantity) -> None:
    """Moisture that condenses in the flue gas would otherwise bring heat that no air of this temperature carries."""
    kelvin = max(float(ambient.value_in("K")), FREEZING)
    pressure = saturation_pressure_of_water(quantity(kelvin, "K", name="moist_air_temperature"))
    saturated = quantity(1, "1", name="relative_humidity")
    most = humidity_ratio_from_relative_humidity(saturated, pressure, published("all", "standard_atmosphere"))
    if float(humidity.value_in("1")) > float(most.value_in("1")):
        raise OutOfRange(
            "air of this temperature does not hold so much water",
            subject=subject_of("combustion_air_moisture"),
            value=f"{humidity}",
            limit=f"at most {float(most.value_in('1')):.4f} kg/kg, saturated at {ambient} ({most.source})",
            next_step="Check unit and ambient temperature; g/kg is a thousandth of kg/kg",
        )


def hotter_air(now: Firing, then: Firing) -> bool:
    """Whether the combustion air gets hotter."""
    return float(then.air.temperature.value_in("K")) > float(now.air.temperature.value_in("K"))


def air_that_can_be(common: Given, around: Surroundings, *firings: Firing, heated: bool = False) -> None:
    """Refuse air and flue gas that surroundings of this temperature cannot give, so that nothing false counts as saved.

    Args:
        common: ``combustion_air_moisture`` where it is written.
        around: fuel and ambient.
        firings: before and after.
        heated: whether the measure heats the combustion air; air that is colder than ambient would then count as
            warmed up.

    Raises:
        OutOfRange: more moisture than air of the ambient temperature holds, flue gas below ambient, or air below it
            where it is heated.
    """
    ambient, humidity = around.ambient.temperature, common.get("combustion_air_moisture")
    if isinstance(humidity, Quantity):
        _not_above_saturation(humidity, ambient)
    for firing in firings:
        for gases in (firing.flue, firing.air) if heated else (firing.flue,):
            if float(gases.temperature.value_in("K")) < float(ambient.value_in("K")) - 1e-9:
                raise OutOfRange(
                    "is colder than the ambient temperature, at which fuel and cold air come in",
                    subject=gases.temperature.describe(),
                    value=f"{gases.temperature}",
                    limit=f"at least {ambient} (ambient_temperature of this case)",
                    next_step="Check both temperatures; cold combustion air has the ambient temperature",
                )


def firing_of(true: Mapping[str, Quantity], like: Firing | None = None) -> Firing:
    """A way of firing from its three numbers; a temperature that ``like`` has is not computed again."""
    known = (like.flue, like.air) if like else ()

    def at(temperature: Quantity) -> GasesAt:
        same = [gases for gases in known if gases.temperature is temperature]
        return same[0] if same else gases_at(temperature)

    return Firing(true[OXYGEN], at(true[FLUE]), at(true[AIR]))


def fuel_of(common: Given) -> FuelGas:
    """The fuel by its name in the table, or by a composition: volume share per component.

    Raises:
        InputError: missing, unknown, or a share that is none.
        OutOfRange: shares that do not add up.
    """
    if "fuel" not in common:
        raise InputError("is missing under 'common'", subject=subject_of("fuel"), next_step=_FUEL_ADVICE)
    given = common["fuel"]
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


def within_limit(air: Quantity, limit: object) -> None:
    """Refuse combustion air that is hotter than burner or heat exchanger stand.

    Raises:
        OutOfRange: it is.
    """
    if isinstance(limit, Quantity) and air.value_in("K") > limit.value_in("K"):
        raise OutOfRange(
            "the combustion air is hotter than burner or recuperator stand",
            subject=air.describe(),
            value=f"{air}",
            limit=f"{limit} (combustion_air_temperature_limit of this case)",
            next_step="Take a smaller preheat, or the limit of the new equipment",
        )


def doubts_of_firing(around: Surroundings, then: Firing) -> list[Finding]:
    """Warnings: air very near the flue-gas temperature, hardly any oxygen left over, a fuel that is no natural gas."""
    found = _another_fuel(around)
    ambient, air, flue = (float(at.temperature.value_in("K")) for at in (around.ambient, then.air, then.flue))
    reached = (air - ambient) / (flue - ambient) if flue > ambient else 0.0
    if reached > 0.9:
        found.append(
            doubt(
                "furnace.preheat_near_flue_temperature",
                "warning",
                f"The air comes {reached:.0%} of the way from ambient to flue gas; over 90 % is rare.",
                f"預熱空氣已達環境至排煙溫差的 {reached:.0%}，超過 90 % 極少見。",
                cite("energycalc-rules", "air preheat above 90 % of the way to the flue-gas temperature"),
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
                cite("energycalc-rules", "less than 0.5 % O2 in the dry flue gas after the measure"),
                flue_gas_oxygen_dry=f"{oxygen:.2%}",
            )
        )
    return found


def _another_fuel(around: Surroundings) -> list[Finding]:
    shares = {name: float(share.value_in("1")) for name, share in around.combustion.fuel.shares.items()}
    methane = shares.get("methane", 0.0) / sum(shares.values())
    if methane >= LEAST_METHANE:
        return []
    return [
        doubt(
            "furnace.fuel_is_no_natural_gas",
            "warning",
            f"The fuel holds {methane:.0%} methane: the saving is that of this gas, but emissions and bill are "
            "reckoned as natural gas; give factor and heat content of this fuel.",
            f"燃料含甲烷僅 {methane:.0%}：節能率係依此燃氣計算，但排放與帳單以天然氣計；應改用該燃料之係數與熱值。",
            cite("ashrae-fundamentals-2021", "chapter 28: natural gas typically contains 70 to 96 % methane"),
            methane=f"{methane:.1%}",
        )
    ]


def before_and_after(
    name: str, unit: str, example: str, zh: str, en: str, limits: tuple[float, float], default: DefaultUncertainty
) -> tuple[Parameter, ...]:
    """A reading that is needed before; after the measure only where it changes."""
    places: tuple[Place, ...] = ("before", "after")
    return tuple(
        Parameter(name, (place,), unit, example, zh, en, place == "after", limits, default_uncertainty=default)
        for place in places
    )


_FUEL_ADVICE = 'Write "fuel: methane", or the supplier\'s analysis: "fuel: {methane: 92 %, ethane: 5 %, nitrogen: 3 %}"'
_ANALYSIS = "{methane: 92 %, ethane: 5 %, nitrogen: 3 %}"
OXYGEN_PARAMETERS = before_and_after(
    OXYGEN, "%", "3.0 %",
    "煙氣分析儀（抽氣、已除水）讀值，於爐膛出口、無漏入空氣處；氧化鋯直插式讀的是濕煙氣、數值較低，"
    "須先換算（energycalc.physics.combustion.stoichiometry.dry_oxygen_from_wet）",
    "flue-gas analyser with dried sample, at the furnace outlet before any air leaks in; a zirconia probe in the "
    "duct reads the wet gas and shows less: turn it round first with "
    "energycalc.physics.combustion.stoichiometry.dry_oxygen_from_wet", (0, 20.9), FLUE_GAS_ANALYSER)  # fmt: skip
FLUE_PARAMETERS = before_and_after(
    FLUE, "degC", "850 °C", "爐膛出口、換熱器之前的煙氣溫度（熱電偶）",
    "thermocouple where the flue gas leaves the furnace, before a recuperator", (0, 2000),
    THERMOCOUPLE)  # fmt: skip
AIR_PARAMETERS = before_and_after(
    AIR, "degC", "25 °C", "燃燒器入口之助燃空氣溫度；無預熱者同環境溫度",
    "combustion air at the burner; ambient temperature without preheat", (-40, 1500), THERMOCOUPLE)  # fmt: skip
FUEL_PARAMETERS = (
    Parameter("fuel", ("common",), "", "natural_gas_us_typical",
              f"燃氣名稱（{'、'.join(known_fuel_gases())}）或供應商成分表（體積 %），例如 {_ANALYSIS}；"
              f"成分：{'、'.join(COMPONENTS)}",
              f"name of the gas ({', '.join(known_fuel_gases())}) or the supplier's analysis in % by volume, such as "
              f"{_ANALYSIS}; components: {', '.join(COMPONENTS)}"),
    Parameter("ambient_temperature", ("common",), "degC", "25 °C", "燃料與冷空氣進入時的溫度，各項熱量之基準",
              "at which fuel and cold air come in; reference of all heats", range=(-40, 60)),
    Parameter("combustion_air_moisture", ("common",), "kg/kg", "0.018 kg/kg",
              "每公斤乾空氣所含水分（濕度比）；未填視為乾空氣",
              "water per kg of dry air (humidity ratio); dry air when left out", optional=True, range=(0, 0.1)),
)  # fmt: skip
CONDENSING = Parameter(
    "condensing", ("common",), "", "no", "排煙低於露點且回收冷凝熱者填 yes",
    "yes if heat of condensation is recovered", optional=True, choices=("yes", "no"))  # fmt: skip
AIR_LIMIT = Parameter(
    "combustion_air_temperature_limit", ("common",), "degC", "450 °C", "燃燒器或換熱器允許之空氣溫度",
    "air temperature that burner or recuperator stand", optional=True, range=(0, 1500))  # fmt: skip
BURNER_PARAMETERS = (
    Parameter("burner_rating", ("common",), "kWh[LHV]/h", "900 kWh[LHV]/h",
              "全部燃燒器額定熱輸入（低位發熱量）",
              "rated heat input of all burners, lower heating value", optional=True, range=(0.1, 1e6)),
    Parameter("load_factor", ("common",), "%", "60 %", "平均燃燒率／額定", "mean firing rate over rating",
              optional=True, range=(0, 125)),
    Parameter("operating_hours", ("common",), "h", "6,000 h", "計時器或排班，期間總時數",
              "hour meter or shifts, hours of the period", optional=True, range=HOURS_OF_A_YEAR),
)  # fmt: skip
