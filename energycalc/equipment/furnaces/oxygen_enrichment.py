"""Enriching combustion air with oxygen, up to oxygen alone: less nitrogen to heat, electricity for the oxygen.

The furnace needs the same heat before and after. The saving of fuel is that of the same flue-gas model as everywhere
here, with the nitrogen that is no longer carried; the electricity of the oxygen plant is booked against it.
"""

from __future__ import annotations

from energycalc.equipment.description import (
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
    subject_of,
    uses_more,
)
from energycalc.equipment.shared.firing import (
    AIR_PARAMETERS,
    BURNER_PARAMETERS,
    FLUE_PARAMETERS,
    FUEL_PARAMETERS,
    OXYGEN_PARAMETERS,
    STATE,
    air_that_can_be,
    doubts_of_firing,
    firing_of,
    hotter_air,
    model_energies,
    surroundings,
)
from energycalc.errors import OutOfRange
from energycalc.finding import Finding
from energycalc.physics.combustion import firing
from energycalc.physics.combustion.firing import Firing, Surroundings, remaining_fraction
from energycalc.physics.combustion.flame import adiabatic_flame_temperature
from energycalc.physics.combustion.oxidant import (
    enriched_air,
    oxygen_electricity_per_fuel_before,
    oxygen_product_per_fuel,
    oxygen_product_share,
)
from energycalc.physics.combustion.stoichiometry import Air, dry_air
from energycalc.quantity import Quantity, Source, cite, quantity

HOTTER = 50
"""K by which the flame may get hotter without a warning."""
NO_NITROGEN = cite("first-law", "only carbon dioxide and water vapour leave hot")


def change(before: Given, after: Given, common: Given) -> Change:
    """Enrich the combustion air with oxygen at the same useful heat.

    Args:
        before: ``flue_gas_oxygen_dry``, ``flue_gas_temperature``, ``combustion_air_temperature``; ``oxidant_oxygen``
            where the air is already enriched.
        after: ``oxidant_oxygen``; of the three readings those that change.
        common: ``fuel``, ``ambient_temperature``, ``oxygen_purity``, ``oxygen_specific_electricity``; optionally
            moisture and the three numbers of the burner.

    Returns:
        Remaining fuel, and the change of electricity for the oxygen per fuel heat before.

    Raises:
        OutOfRange: less oxygen than air, more than the plant's product, and what a furnace's flue gas refuses.
    """
    old, new, now, then, changed = _states(before, after, common)
    left = firing.balance(old, now).available_heat, firing.balance(new, then).available_heat
    remaining = remaining_fraction(
        left[0].renamed("available_heat_before", "AH_0", firing.SAME_HEAT),
        left[1].renamed("available_heat_after", "AH_1", firing.SAME_HEAT),
    )
    whole = Source("first-law", "before: all of the fuel")
    one = quantity(1, "1", name="remaining_fraction", symbol="r_0", source=whole)
    electricity = _electricity(new, then, common, remaining) - _electricity(old, now, common, one)
    return Change(
        remaining,
        "natural_gas",
        *model_energies(common, remaining),
        (
            *doubts_of_firing(new, then),
            *_hotter_flame(old, new, now, then),
            *uses_more("oxygen_enrichment", remaining),
            *notes_on_readings("oxygen_enrichment", PARAMETERS, before, changed),
        ),
        added={"electricity": electricity.renamed("electricity_per_fuel", "e_el", NO_NITROGEN)},
    )


def ceiling(before: Given, after: Given, common: Given) -> Ceiling:
    """The most that any enrichment can save at this flue-gas temperature: pure oxygen, none of it left over.

    Args:
        before: as for :func:`change`.
        after: as for :func:`change`.
        common: as for :func:`change`.
    """
    old, _, now, then, _ = _states(before, after, common)
    pure = quantity(100, "%", name="oxidant_oxygen", symbol="y_max", source=Source("first-law", "no nitrogen at all"))
    best = firing.at_best(surroundings(common, enriched_air(pure)), then.flue, then.air)
    return Ceiling(
        firing.largest_saving(firing.balance(old, now).available_heat, best),
        "Even in pure oxygen with none left over, carbon dioxide and water vapour leave at the flue-gas temperature.",
        "即使純氧燃燒且無過剩氧，二氧化碳與水蒸氣仍以排煙溫度帶走熱量。",
        NO_NITROGEN,
    )


def _states(before: Given, after: Given, common: Given) -> tuple[Surroundings, Surroundings, Firing, Firing, Given]:
    check(PARAMETERS, before, after, common)
    old = surroundings(common, _oxidant(before, common))
    same = "oxidant_oxygen" in before and after["oxidant_oxygen"] is before["oxidant_oxygen"]
    new = old if same else surroundings(common, _oxidant(after, common))
    changed = {key: after[key] for key in STATE if key in after and after[key] is not before[key]}
    true = {key: reading(PARAMETERS, before, key) for key in STATE}
    now = firing_of(true)
    then = firing_of(true | {k: reading(PARAMETERS, changed, k) for k in changed}, now)
    air_that_can_be(common, old, now, then, heated=hotter_air(now, then))
    return old, new, now, then, changed


def _oxidant(side: Given, common: Given) -> Air:
    if "oxidant_oxygen" not in side:
        return dry_air()
    share, purity = number(side, "oxidant_oxygen"), number(common, "oxygen_purity")
    if float(share.value_in("1")) > float(purity.value_in("1")):
        raise OutOfRange(
            "mixing cannot make it richer in oxygen than what the oxygen plant gives",
            subject=subject_of("oxidant_oxygen"),
            value=f"{share}",
            limit=f"at most {purity} (oxygen_purity)",
            next_step="Take the purity of the plant, or less oxygen in the air",
        )
    return enriched_air(share)


def _electricity(around: Surroundings, state: Firing, common: Given, remaining: Quantity) -> Quantity:
    gas = around.combustion
    share = oxygen_product_share(gas.air.oxygen, dry_air().oxygen, number(common, "oxygen_purity"))
    product = oxygen_product_per_fuel(
        share, firing.excess_air_of(around, state), gas.stoichiometric_air, gas.lower_heating_value
    )
    return oxygen_electricity_per_fuel_before(product, number(common, "oxygen_specific_electricity"), remaining)


def _hotter_flame(old: Surroundings, new: Surroundings, now: Firing, then: Firing) -> list[Finding]:
    before, after = (
        float(
            adiabatic_flame_temperature(
                around.combustion, firing.excess_air_of(around, state), state.air, around.ambient, around.moisture
            ).value
        )
        for around, state in ((old, now), (new, then))
    )
    if after - before <= HOTTER:
        return []
    return [
        doubt(
            "oxygen_enrichment.flame_temperature",
            "warning",
            f"Without dissociation the flame would be {after - before:,.0f} K hotter than before: check burner, lining "
            "and charge against overheating, and nitrogen oxides.",
            f"不計解離時火焰溫度將升高約 {after - before:,.0f} K：應確認燃燒器、爐襯與工件不過熱，並注意氮氧化物。",
            cite("first-law", "adiabatic flame without dissociation"),
            before=f"{before - 273.15:,.0f} °C",
            after=f"{after - 273.15:,.0f} °C",
        )
    ]


PARAMETERS = (
    *OXYGEN_PARAMETERS,
    *FLUE_PARAMETERS,
    *AIR_PARAMETERS,
    Parameter("oxidant_oxygen", ("before",), "%", "21 %", "改善前助燃空氣含氧率；一般空氣不填",
              "oxygen in the combustion air before; left out for plain air", optional=True, range=(20.96, 100)),
    Parameter("oxidant_oxygen", ("after",), "%", "28 %", "富氧後助燃空氣之含氧率（體積）；純氧燃燒填氧氣純度",
              "oxygen in the enriched combustion air by volume; the purity of the oxygen where it burns alone",
              range=(20.96, 100)),
    *FUEL_PARAMETERS,
    Parameter("oxygen_purity", ("common",), "%", "93 %", "製氧設備產品之含氧率（見其資料表或分析儀）",
              "oxygen in the product of the oxygen plant, from its data sheet", range=(30, 100)),
    Parameter("oxygen_specific_electricity", ("common",), "kWh/m3[0C]", "0.4 kWh/m3[0C]",
              "每 Nm³ 產品氧之用電（製氧設備電表或資料表；外購液氧由供應商提供，不得填零了事）",
              "electricity per m³ (0 °C) of product: meter or data sheet of the oxygen plant; for bought liquid oxygen "
              "the supplier's figure", range=(0, 5)),
    *BURNER_PARAMETERS,
)  # fmt: skip
DESCRIPTION = TechnologyDescription(
    key="oxygen_enrichment",
    label_zh="富氧或純氧燃燒",
    label_en="Oxygen-enriched or oxy-fuel combustion",
    carrier="natural_gas",
    parameters=PARAMETERS,
    change=change,
    ceiling=ceiling,
    worked_example=WorkedExample(
        before={
            "flue_gas_oxygen_dry": "3 %",
            "flue_gas_temperature": "1,371 °C",
            "combustion_air_temperature": "25 °C",
        },
        after={"oxidant_oxygen": "100 %", "flue_gas_oxygen_dry": "0.5 %", "flue_gas_temperature": "1,926.9 °C"},
        common={
            "fuel": "methane",
            "ambient_temperature": "25 °C",
            "oxygen_purity": "100 %",
            "oxygen_specific_electricity": "0.4 kWh/m3[0C]",
        },
        of="available_heat_after",
        given="0.666 kWh/kWh[LHV]",
        tolerance=0.02,
        source=cite("oxygen-enhanced-combustion", "chapter 2: oxygen and methane, available heat at 3500 °F (2200 K)"),
        because_en="The source gives as much as 60 % for oxygen and methane at 2200 K, because it counts on the higher "
        "heating value: 66.6 % of the lower one. The furnace before and the electricity are constructed.",
        because_zh="來源值：甲烷純氧燃燒於 2200 K 之可用熱達 60 %，因為其以高位發熱量計，"
        "合低位之 66.6 %。改善前爐況與用電為假設。",
    ),
    adds=("electricity",),
    limits_zh="爐體需熱不變；完全燃燒、不計解離；製氧用電由使用者給定。純氧燃燒時之回火與安全不在此。",
    limits_en="The furnace needs the same heat; complete combustion, no dissociation; the electricity for oxygen is "
    "the user's figure. Safety of oxygen is no part of it.",
    turning_point_zh="同一排煙溫度與煙氣含氧下，每度製氧電力所省之天然氣與富氧程度無關；轉折點在排煙溫度："
    "愈低則每度電所省愈少，低於某溫度時製氧用電不抵所省之氣，須比較兩項能源。",
    turning_point_en="At the same flue-gas temperature and oxygen, each kWh for oxygen saves the same gas however "
    "far one enriches. The turning point lies in the flue-gas temperature: the lower, the less gas per kWh, until the "
    "electricity outweighs it; compare both carriers.",
)
DESCRIPTIONS = (DESCRIPTION,)
