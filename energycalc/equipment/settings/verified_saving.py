"""A saving proved after the work: the adjusted baseline and the metered energy of a verification, taken as they are.

Any measure fits, because nothing is modelled here: measurement and verification has compared the meter with what the
baseline model says would have been used. In a case file both numbers come from one verification file (``from
verification office.yaml``); they then share the meter and the model, and their errors go together.
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
    number,
    uses_more,
)
from energycalc.errors import InputError
from energycalc.physics.electricity.energy_use import largest_electricity_saving, largest_fuel_saving
from energycalc.physics.energy_balance import remaining_energy, remaining_fuel
from energycalc.quantity import Quantity, cite, constant

ELECTRICITY, FUEL = "verified_saving", "verified_saving_gas"
NAMES = {
    ELECTRICITY: ("adjusted_baseline", "reporting_energy", "kWh"),
    FUEL: ("adjusted_baseline_fuel", "reporting_fuel", "kWh[LHV]"),
}
NOTHING = cite("first-law", "no machine uses less than nothing")
PROOF = cite("ipmvp-core", "saving = adjusted baseline energy minus reporting-period energy")
ASSUMED = ("assumed", "nameplate", "catalogue")


def change(technology: str, before: Given, after: Given, common: Given) -> Change:
    """The saving that a verification has found, as a change of the machine's energy in the reporting period.

    Args:
        technology: ``verified_saving`` or ``verified_saving_gas``.
        before: the adjusted baseline: energy the old state would have used in the reporting period.
        after: the energy metered in the reporting period.
        common: nothing.

    Returns:
        The share that is still used, and both energies.

    Raises:
        InputError: a number that is no measurement and no result of a verification; a missing or unknown parameter.
        OutOfRange: an adjusted baseline of nothing.

    Limits of validity:
        The reporting period of the verification is the period of the case.
    """
    check(_parameters(technology), before, after, common)
    old, new = _energies(technology, before, after)
    remaining = (remaining_energy if technology == ELECTRICITY else remaining_fuel)(old, new)
    return Change(
        remaining,
        "electricity" if technology == ELECTRICITY else "natural_gas",
        old.renamed("energy_before_model", "E_m0"),
        new.renamed("energy_after_model", "E_m1"),
        tuple(uses_more(technology, remaining)),
    )


def ceiling(technology: str, before: Given, after: Given, common: Given) -> Ceiling:
    """All of it: no law bounds what a meter has shown, without knowing the process."""
    check(_parameters(technology), before, after, common)
    old, _ = _energies(technology, before, after)
    unit = NAMES[technology][2]
    least = constant(
        "E_min", 0, unit, NOTHING, name="least_energy" if technology == ELECTRICITY else "least_fuel_energy"
    )
    largest = largest_electricity_saving if technology == ELECTRICITY else largest_fuel_saving
    return Ceiling(
        largest(least, old),
        "A metered saving is bounded by the whole energy only; the technology behind it has its own, closer limit.",
        "量測所得之節能僅以全部用能為上限；其所用技術另有更嚴之物理上限。",
        NOTHING,
    )


def _energies(technology: str, before: Given, after: Given) -> tuple[Quantity, Quantity]:
    baseline, metered, _ = NAMES[technology]
    for side, name in ((before, baseline), (after, metered)):
        given = number(side, name)
        if given.operation is None and given.basis in ASSUMED:
            raise InputError(
                "is neither metered nor the result of a verification",
                subject=name.replace("_", " "),
                value=f"{given.value:,.6g} {given.unit}, basis {given.basis}",
                limit=f"measured, billed, or from a verification ({PROOF})",
                next_step=f'Write "{name}: from verification FILE.yaml", or the number with basis: measured',
            )
    return number(before, baseline), number(after, metered)


def _parameters(technology: str) -> tuple[Parameter, ...]:
    baseline, metered, unit = NAMES[technology]
    return (
        Parameter(
            baseline, ("before",), unit, f"120 MWh{unit[3:]}",
            "調整後基線：依基線模型，報告期條件下若未改善會用的能源；建議寫 from verification 檔名.yaml",
            "adjusted baseline: what the old state would have used under the conditions of the reporting period; best "
            "written as: from verification FILE.yaml",
            range=(1e-6, 1e12),
        ),
        Parameter(
            metered, ("after",), unit, f"100 MWh{unit[3:]}",
            "報告期電表（氣表）實測用能；建議寫 from verification 檔名.yaml",
            "metered in the reporting period; best written as: from verification FILE.yaml",
            range=(0, 1e12),
        ),
    )  # fmt: skip


def _example(technology: str) -> WorkedExample:
    baseline, metered, unit = NAMES[technology]
    return WorkedExample(
        before={baseline: {"value": f"40,966.7701 {unit}", "basis": "measured"}},
        after={metered: {"value": f"37,745.5006 {unit}", "basis": "measured"}},
        common={},
        of="saving",
        given=f"3,221.2695 {unit}",
        tolerance=1e-6,
        source=cite("changepointmodel", "test of option C savings: twelve months before, twelve after"),
        because_en="The source gives 3221.2695 saved, because the baseline model at the temperatures of the twelve "
        "months after says 40,966.7701 and the bills after add up to 37,745.5006; it names no unit, kWh is assumed "
        "here, and the baseline's sum is found from the two other numbers.",
        because_zh="來源值節省 3221.2695，因為基線模型代入改善後 12 個月氣溫得 40,966.7701，而帳單合計 37,745.5006；"
        "來源未註明單位，此處以 kWh 計，基線合計由另兩數反推。",
    )


def _description(technology: str, zh: str, en: str) -> TechnologyDescription:
    return TechnologyDescription(
        key=technology,
        label_zh=zh,
        label_en=en,
        carrier="electricity" if technology == ELECTRICITY else "natural_gas",
        parameters=_parameters(technology),
        change=lambda before, after, common: change(technology, before, after, common),
        ceiling=lambda before, after, common: ceiling(technology, before, after, common),
        worked_example=_example(technology),
        limits_zh="數值取自量測驗證結果；報告期須與案件期間相同；基線模型之適用範圍見該驗證報告。",
        limits_en="Numbers come from a verification; its reporting period must be the period of the case; the range of "
        "the baseline model stands in that report.",
    )


DESCRIPTIONS = (
    _description(ELECTRICITY, "量測驗證之節電量", "Saving from measurement and verification, electricity"),
    _description(FUEL, "量測驗證之節氣量", "Saving from measurement and verification, natural gas"),
)
