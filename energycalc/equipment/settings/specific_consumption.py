"""Settings by specific consumption: measured energy and output before and after, at the output of the time after.

Energy is a base load in all hours plus a part that goes with the output. A change of output alone is then no saving,
which a plain ratio of kWh per piece would make it. Without measured energy on both sides nothing is calculated.
"""

from __future__ import annotations

import functools
from collections.abc import Callable

from energycalc.equipment.description import (
    AFTER,
    BEFORE,
    BOTH,
    HOURS_OF_A_YEAR,
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
    part,
    plain_text,
    reading,
    subject_of,
    uses_more,
)
from energycalc.equipment.description.instruments import ENERGY_METER, POWER_LOGGER
from energycalc.errors import InputError, OutOfRange
from energycalc.finding import Finding
from energycalc.physics.electricity import specific_use as law
from energycalc.physics.electricity.energy_use import largest_electricity_saving
from energycalc.physics.energy_balance import remaining_energy
from energycalc.quantity import Quantity, cite, constant

Ratio = Callable[[Quantity, Quantity], Quantity]
OUTPUTS: dict[str, tuple[str, Ratio]] = {
    "tonnes_made": ("t", law.ratio_of_tonnes),
    "pieces_made": ("piece", law.ratio_of_pieces),
    "area_made": ("m2", law.ratio_of_area),
}
MEASURED = ("measured", "billed")
WEEK, FAR = 168.0, 0.25
NOTHING = cite("first-law", "no machine uses less than nothing")
ENOUGH = cite("measured-basis", "a saving of settings or management needs measured energy on both sides (TB01, IPMVP)")


def change(technology: str, output: str, before: Given, after: Given, common: Given) -> Change:
    """Another setting (speed, temperature, pressure, recipe, schedule) for the same product.

    Args:
        technology: key of the technology, first part of the findings' names.
        output: name of the output parameter.
        before: measured ``metered_energy``, the output and the ``hours``.
        after: the same.
        common: ``base_power``: the load that does not go with the output, measured; 0 kW where there is none. For the
            management system ``actions`` as well.

    Returns:
        The energy that the time before would have used at the output after, and the one measured after.

    Raises:
        InputError: energy that is not measured; a base load above the measured energy; a missing parameter.
    """
    check(_parameters(technology, output), before, after, common)
    with part(BEFORE):
        _measured(before, technology)
    with part(AFTER):
        _measured(after, technology)
    energy, adjusted = _adjusted(technology, output, before, after, common)
    remaining = remaining_energy(adjusted, energy)
    return Change(
        remaining,
        "electricity",
        adjusted.renamed("energy_before_model", "E_m0"),
        energy.renamed("energy_after_model", "E_m1"),
        (
            *_doubts(technology, output, before, after, common),
            *uses_more(technology, remaining),
            *notes_on_readings(technology, _parameters(technology, output), {**before, **common}, after),
        ),
    )


def ceiling(technology: str, output: str, before: Given, after: Given, common: Given) -> Ceiling:
    """All of it; no law bounds a setting closer without knowing the process."""
    check(_parameters(technology, output), before, after, common)
    _, adjusted = _adjusted(technology, output, before, after, common)
    return Ceiling(
        largest_electricity_saving(constant("E_min", 0, "kWh", NOTHING, name="least_energy"), adjusted),
        "Without a model of the process no law bounds a setting closer than the whole energy; the measured energy "
        "after "
        "is what counts.",
        "未建製程模型時，物理上限僅為全部用電；以改善後實測為準。",
        NOTHING,
    )


def _adjusted(technology: str, output: str, before: Given, after: Given, common: Given) -> tuple[Quantity, Quantity]:
    parameters = _parameters(technology, output)
    old, new = (reading(parameters, side, "metered_energy") for side in (before, after))
    if after == before or all(after[key] is before[key] for key in ("metered_energy", output, "hours")):
        return old, old
    base = reading(parameters, common, "base_power")
    base_before, base_after = (
        law.base_energy(base, number(before, "hours")),
        law.base_energy(base, number(after, "hours")),
    )
    if base_before.value > old.value_in("kWh") * (1 + 1e-12):
        raise OutOfRange(
            "the base load alone would use more than was measured",
            subject=subject_of("base_power"), value=f"{base_before.value:,.0f} kWh",
            limit=f"{plain_text(number(before, 'metered_energy'))} (before)",
            next_step="Measure the load with everything on and nothing made; check the hours",
        )  # fmt: skip
    ratio = OUTPUTS[output][1](number(before, output), number(after, output))
    return new, law.adjusted_energy(old, base_before, base_after, ratio)


def _measured(side: Given, technology: str) -> None:
    energy = number(side, "metered_energy")
    if energy.operation is None and energy.basis not in MEASURED:
        raise InputError(
            "is not measured, and a saving of settings or management is only as good as its measurement",
            subject=subject_of("metered_energy"), value=f"{plain_text(energy)}, basis {energy.basis}",
            limit=f"basis {' or '.join(MEASURED)} ({ENOUGH})",
            next_step='Write it with its basis: {value: "12,000 kWh", basis: measured}, from a meter or bill',
        )  # fmt: skip


def _doubts(technology: str, output: str, before: Given, after: Given, common: Given) -> list[Finding]:
    found = []
    shortest = min(float(number(side, "hours").value_in("h")) for side in (before, after))
    if shortest < WEEK:
        found.append(doubt(
            f"{technology}.short_measurement", "error",
            f"One of the measurements covers {shortest:g} h; less than a week does not show a production cycle.",
            f"量測期間僅 {shortest:g} h，不足一週，無法涵蓋生產循環。",
            ENOUGH, hours=f"{shortest:g} h",
        ))  # fmt: skip
    _, ratio = OUTPUTS[output]
    made = float(ratio(number(before, output), number(after, output)).value)
    if abs(made - 1) > FAR:
        found.append(doubt(
            f"{technology}.other_output", "warning",
            f"The output after is {made:.0%} of that before; the line through base load and output is stretched far.",
            f"改善後產量為改善前之 {made:.0%}，以基載加比例之直線外推較遠。",
            cite("energycalc-rules", "output beyond a quarter more or less"), output_ratio=f"{made:.3f}",
        ))  # fmt: skip
    if not float(number(common, "base_power").value_in("kW")) > 0 and abs(made - 1) > 0.05:
        found.append(doubt(
            f"{technology}.no_base_load", "warning",
            "No base load is stated although the output differs; a machine that also draws power while nothing is made "
            "then shows a saving that comes from the output alone.",
            "產量不同而未計基載；若機台空轉亦用電，所得節能可能僅來自產量變化。",
            law.TWO_PARTS, output_ratio=f"{made:.3f}",
        ))  # fmt: skip
    return found


@functools.cache
def _parameters(technology: str, output: str) -> tuple[Parameter, ...]:
    unit = OUTPUTS[output][0]
    actions = Parameter(
        "actions", ("common",), "", "shut-off list, alarm limits", "系統促成之具體改變（設定、排程、關機清單）",
        "what was changed because of the system: settings, schedules, shut-off lists",
    )  # fmt: skip
    return (
        Parameter("metered_energy", BOTH, "kWh", "12,000 kWh", "期間電表用電（basis: measured 或 billed）",
                  "of the period, from a meter or bill (basis: measured or billed)", range=(0.001, 1e11),
                  default_uncertainty=ENERGY_METER),
        Parameter(output, BOTH, unit, f"1,000 {unit}", "同期間合格產量（同一產品組成）",
                  "good output of the same period, same mix of products", range=(1e-6, 1e12)),
        Parameter("hours", BOTH, "h", "700 h", "期間開機時數（基載存在之時數）", "hours in which the base load was on",
                  range=HOURS_OF_A_YEAR),
        Parameter("base_power", ("common",), "kW", "6 kW", "全開而不生產時之功率（量測）；確無基載填 0 kW",
                  "with everything on and nothing made, measured; 0 kW where there is none", range=(0, 1e6),
                  default_uncertainty=POWER_LOGGER),
        *((actions,) if technology == "energy_management_system" else ()),
    )  # fmt: skip


def _measured_value(text: str) -> dict[str, str]:
    return {"value": text, "basis": "measured"}


MOULDING = WorkedExample(
    before={"metered_energy": _measured_value("278 kWh"), "tonnes_made": "0.45359237 t", "hours": "168 h"},
    after={"metered_energy": _measured_value("73 kWh"), "tonnes_made": "0.45359237 t", "hours": "168 h"},
    common={"base_power": "0 kW"},
    of="saving",
    given="205 kWh",
    tolerance=1e-9,
    source=cite("socks-moulding", "monitored for a week: 0.278 and 0.073 kWh per pound"),
    because_en="The source gives 0.278 and 0.073 kWh per pound for a hydraulic and an electric moulding machine, "
    "because "
    "both were metered with their output; for 1,000 pounds that is 278 - 73 = 205 kWh.",
    because_zh="來源值油壓式與全電式射出機為每磅 0.278 與 0.073 kWh，因為同時量測用電與產量；1,000 磅即 278－73＝205 "
    "kWh。",
)
UNITS = WorkedExample(
    before={"metered_energy": _measured_value("6,125,000 kWh"), "pieces_made": "610,000 piece", "hours": "8,000 h"},
    after={"metered_energy": _measured_value("2,450,000 kWh"), "pieces_made": "610,000 piece", "hours": "8,000 h"},
    common={"base_power": "0 kW"},
    of="saving_rate",
    given="59.96 %",
    tolerance=0.001,
    source=cite("mfgcalcs-intensity", "6,125,000 and 2,450,000 kWh for 610,000 units: 10.04 and 4.02 kWh per unit"),
    because_en="The source gives 10.04 and 4.02 kWh per unit for the same 610,000 units, because it divides energy by "
    "output; 1 - 4.02/10.04 is 59.96 % (60 % before its rounding).",
    because_zh="來源值同為 610,000 件時每件 10.04 與 4.02 kWh，因為以用電除以產量；1－4.02／10.04＝59.96 %"
    "（未捨入為 60 %）。",
)
AREA = WorkedExample(
    before={"metered_energy": _measured_value("278 kWh"), "area_made": "1,000 m2", "hours": "168 h"},
    after={"metered_energy": _measured_value("73 kWh"), "area_made": "1,000 m2", "hours": "168 h"},
    common={"base_power": "0 kW"},
    of="saving",
    given="205 kWh",
    tolerance=1e-9,
    source=cite("socks-moulding", "0.278 and 0.073 kWh per pound; the surface is constructed"),
    because_en="The source gives 205 kWh less for 1,000 units of output, because both machines were metered; it counts "
    "pounds, the surface here is constructed.",
    because_zh="來源值每千單位產出少用 205 kWh，因為兩機均經量測；來源以磅計，此處面積為假設。",
)
MANAGEMENT = WorkedExample(
    before=MOULDING.before,
    after=MOULDING.after,
    common={"base_power": "0 kW", "actions": "constructed"},
    of="saving",
    given="205 kWh",
    tolerance=1e-9,
    source=MOULDING.source,
    because_en="The source gives 205 kWh less for 1,000 pounds, because energy and output were metered before and "
    "after; "
    "that it was done by a management system is constructed (no published case with all its inputs was found).",
    because_zh="來源值每千磅少用 205 kWh，因為前後均量測用電與產量；以管理系統達成為假設（查無含全部輸入之公開算例）。",
)


def _description(key: str, output: str, zh: str, en: str, example: WorkedExample) -> TechnologyDescription:
    return TechnologyDescription(
        key=key,
        label_zh=zh,
        label_en=en,
        carrier="electricity",
        parameters=_parameters(key, output),
        change=functools.partial(change, key, output),
        ceiling=functools.partial(ceiling, key, output),
        worked_example=example,
        limits_zh="需前後實測；同一產品組成；基載加比例之直線模型，產量差超過 25 % 時警告；天候等其他因素未調整。",
        limits_en="Needs measurements on both sides and the same mix of products; a line of base load and output, "
        "with a "
        "warning beyond 25 % of difference; weather and other influences are not adjusted.",
    )


DESCRIPTIONS = (
    _description("specific_consumption", "tonnes_made", "製程設定改善（單位產品用電，每公噸）",
                 "Settings by specific consumption (per tonne)", MOULDING),
    _description("specific_consumption_pieces", "pieces_made", "製程設定改善（單位產品用電，每件）",
                 "Settings by specific consumption (per piece)", UNITS),
    _description("specific_consumption_area", "area_made", "製程設定改善（單位產品用電，每平方公尺）",
                 "Settings by specific consumption (per m2)", AREA),
    _description("energy_management_system", "tonnes_made", "能源管理系統（僅計實測節能）",
                 "Energy management system (measured savings only)", MANAGEMENT),
)  # fmt: skip
