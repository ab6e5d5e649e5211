"""A boiler or heater of another efficiency for the same heat, both efficiencies on one and the same heating value."""

from __future__ import annotations

from energycalc.equipment.description import (
    BOTH,
    Ceiling,
    Change,
    DefaultUncertainty,
    Given,
    Parameter,
    TechnologyDescription,
    WorkedExample,
    check,
    notes_on_readings,
    number,
    reading,
    uses_more,
    word,
)
from energycalc.errors import InputError
from energycalc.physics.steam import boiler as law
from energycalc.physics.steam.efficiency_limits import LIMITS, efficiency_doubts, highest_efficiency
from energycalc.quantity import Quantity, cite, constant, current_subject

TECHNOLOGY, NAME = "boiler_efficiency", "boiler_efficiency"


def change(before: Given, after: Given, common: Given) -> Change:
    """Replace or tune a boiler that gives the same heat.

    Args:
        before: ``boiler_efficiency`` and ``condensing``.
        after: the same.
        common: ``heating_value`` (LHV or HHV) of both efficiencies; if written ``useful_heat`` of the period.

    Raises:
        OutOfRange: more heat than the fuel holds.
        InputError: the heat is given with efficiencies on the higher heating value.
    """
    check(PARAMETERS, before, after, common)
    basis = word(common, "heating_value")
    findings = [
        doubt for side in (before, after)
        for doubt in efficiency_doubts(TECHNOLOGY, number(side, NAME), basis, word(side, "condensing") == "yes")
    ]  # fmt: skip
    old = reading(PARAMETERS, before, NAME)
    new = old if after[NAME] is before[NAME] else reading(PARAMETERS, after, NAME)
    old = old.renamed("boiler_efficiency_before", "eta_b0")
    new = new.renamed("boiler_efficiency_after", "eta_b1")
    remaining = law.efficiency_ratio(old, new)
    energy_before = energy_after = None
    if "useful_heat" in common:
        if basis != "LHV":
            raise InputError(
                "fuel is counted on the lower heating value here",
                subject=f"{current_subject()}, useful_heat".strip(", "),
                next_step="Leave useful_heat out and use the gas meter, or give both efficiencies on the LHV",
            )
        energy_before = law.fuel_of_useful_heat(number(common, "useful_heat"), old)
        energy_after = (energy_before * remaining).renamed("energy_after_model", "E_m1", law.HEAT_BALANCE)
        energy_before = energy_before.renamed("energy_before_model", "E_m0")
    return Change(
        remaining, "natural_gas", energy_before, energy_after,
        (*findings, *uses_more(TECHNOLOGY, remaining), *notes_on_readings(TECHNOLOGY, PARAMETERS, before, after)),
    )  # fmt: skip


def ceiling(before: Given, after: Given, common: Given) -> Ceiling:
    """All the heat that the fuel holds: its higher heating value, or the lower one where nothing condenses."""
    check(PARAMETERS, before, after, common)
    most = highest_efficiency(word(common, "heating_value"), word(after, "condensing") == "yes")
    best = constant("eta_max", most, "1", LIMITS, name="boiler_efficiency_after")
    old: Quantity = reading(PARAMETERS, before, NAME).renamed("boiler_efficiency_before", "eta_b0")
    return Ceiling(
        (1 - law.efficiency_ratio(old, best)).renamed("largest_saving", "s_max", LIMITS),
        "A heater gives no more than the heating value of its fuel.",
        "加熱設備所得熱量不可能超過燃料之發熱量。",
        LIMITS,
    )


PARAMETERS = (
    Parameter(NAME, BOTH, "%", "88 %", "同一發熱量基準之效率：直接法（蒸汽與燃料流量）或間接法（熱損）量測",
              "on the stated heating value, from steam and fuel meters or from the losses", range=(10, 111),
              default_uncertainty=DefaultUncertainty("%", 0, 2.0, cite(
                  "default-boiler-instruments", "boiler efficiency by the indirect method: 2 points"))),
    Parameter("condensing", BOTH, "", "no", "冷凝式填 yes", "yes where the flue gas condenses", choices=("yes", "no")),
    Parameter("heating_value", ("common",), "", "LHV", "兩個效率之發熱量基準：LHV（低位）或 HHV（高位）",
              "basis of both efficiencies: LHV or HHV", choices=("LHV", "HHV")),
    Parameter("useful_heat", ("common",), "kWh", "1,000,000 kWh", "期間有效熱量（低位基準時可填；否則用燃氣表）",
              "heat to the water in the period (with LHV only; otherwise use the gas meter)", optional=True,
              range=(1, 1e10)),
)  # fmt: skip
DESCRIPTION = TechnologyDescription(
    key="boiler_efficiency",
    label_zh="鍋爐或加熱設備效率提升",
    label_en="Boiler or heater of another efficiency",
    carrier="natural_gas",
    parameters=PARAMETERS,
    change=change,
    ceiling=ceiling,
    worked_example=WorkedExample(
        before={"boiler_efficiency": "78 %", "condensing": "no"},
        after={"boiler_efficiency": "92 %", "condensing": "no"},
        common={"heating_value": "LHV", "useful_heat": "18,000 kWh"},
        of="energy_after",
        given="19,565 kWh[LHV]",
        tolerance=1e-4,
        source=cite("codingace-boiler", "18,000 kWh of heat at 78 and 92 %"),
        because_en="The source gives 19,565 kWh after 23,077 kWh before, because it divides the same heat by both "
        "efficiencies (it does not say on which heating value; read here as the lower one).",
        because_zh="來源值改善後 19,565 kWh（改善前 23,077 kWh），因為以同一熱量除以兩個效率"
        "（來源未註明發熱量基準，此處視為低位）。",
    ),
    limits_zh="兩個效率須同一發熱量基準、同一負載條件；待機與啟停損失須已含於效率中。",
    limits_en="Both efficiencies on one heating value and at the same load; stand-by and start losses must be in them.",
)  # fmt: skip
DESCRIPTIONS = (DESCRIPTION,)
