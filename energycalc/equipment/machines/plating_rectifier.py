"""Plating rectifiers: thyristor (SCR) to switch-mode, for the same direct current over a profile of loads."""

from __future__ import annotations

import itertools

from energycalc.equipment.description import (
    AFTER,
    BEFORE,
    BOTH,
    HOURS_AT_LEVEL,
    Ceiling,
    Change,
    Given,
    Parameter,
    TechnologyDescription,
    WorkedExample,
    check,
    levels,
    number,
    part,
    plain_text,
    subject_of,
    uses_more,
)
from energycalc.errors import InputError, OutOfRange
from energycalc.physics.electricity import converter as law
from energycalc.physics.electricity.energy_use import largest_electricity_saving
from energycalc.physics.electricity.machine_states import state_energy, sum_of_energies
from energycalc.physics.energy_balance import remaining_energy
from energycalc.quantity import Quantity, cite, interpolate

TECHNOLOGY, PROFILE, CURVE, LEVEL = "plating_rectifier", "dc_profile", "rectifier_curve", "負載 load"
_LEVEL = (
    Parameter("dc_voltage", ("common",), "V", "9 V", "直流電壓", "at the output", range=(0, 1000)),
    Parameter("dc_current", ("common",), "A", "2,400 A", "直流電流", "at the output", range=(0, 1e5)),
    HOURS_AT_LEVEL,
)
_POINT = (
    Parameter("load_fraction", BOTH, "%", "50 %", "輸出功率佔額定", "output over rating", range=(0, 110)),
    Parameter("converter_efficiency", BOTH, "%", "86 %", "該負載之效率", "at this load", range=(10, 99)),
)


def change(before: Given, after: Given, common: Given) -> Change:
    """Replace the rectifier of a bath at the same current and voltage.

    Args:
        before: ``rated_dc_power`` and ``rectifier_curve`` (load, efficiency; at least two points).
        after: the same of the new rectifier.
        common: ``dc_profile``: voltage, current and hours of each level.

    Raises:
        InputError: a curve whose loads do not rise, a parameter that is missing or unknown.
        OutOfRange: a load beyond the rating or outside the curve.
    """
    check(PARAMETERS, before, after, common)
    outputs = _outputs(common)
    energies = []
    for side, place in ((before, BEFORE), (after, AFTER)):
        with part(place):
            energies.append(_energy(side, outputs))
    if all(after[key] is before[key] for key in ("rated_dc_power", CURVE)):
        energies[1] = energies[0]
    remaining = remaining_energy(*energies)
    return Change(
        remaining,
        "electricity",
        energies[0].renamed("energy_before_model", "E_m0"),
        energies[1].renamed("energy_after_model", "E_m1"),
        tuple(uses_more(TECHNOLOGY, remaining)),
    )


def ceiling(before: Given, after: Given, common: Given) -> Ceiling:
    """A rectifier without loss takes what the bath takes."""
    check(PARAMETERS, before, after, common)
    outputs = _outputs(common)
    with part(BEFORE):
        now = _energy(before, outputs)
    least = sum_of_energies([law.dc_energy(power, hours) for power, hours in outputs], "least_energy", "E_min")
    return Ceiling(
        largest_electricity_saving(least, now),
        "The bath takes voltage times current; no rectifier gives it for less.",
        "電鍍槽所需為電壓乘電流，任何整流器均不可能更少。",
        law.OUTPUT_OVER_INPUT,
    )


def _outputs(common: Given) -> list[tuple[Quantity, Quantity]]:
    found = []
    for index, level in enumerate(levels(common[PROFILE], PROFILE, LEVEL, _LEVEL), start=1):
        with part(f"{LEVEL} {index}"):
            found.append(
                (law.dc_power(number(level, "dc_voltage"), number(level, "dc_current")), number(level, "hours"))
            )
    return found


def _energy(side: Given, outputs: list[tuple[Quantity, Quantity]]) -> Quantity:
    rated = number(side, "rated_dc_power")
    points = levels(side[CURVE], CURVE, "效率點 point", _POINT)
    loads = [number(point, "load_fraction").to("1") for point in points]
    if len(points) < 2 or any(b.value <= a.value for a, b in itertools.pairwise(loads)):
        raise InputError(
            "the curve needs at least two points of rising load",
            subject=subject_of(CURVE), value=", ".join(f"{100 * x.value:g} %" for x in loads),
            next_step="Take the efficiency at 25, 50, 75 and 100 % from the data sheet",
        )  # fmt: skip
    efficiencies = [number(point, "converter_efficiency").to("1") for point in points]
    parts = []
    for index, (power, hours) in enumerate(outputs, start=1):
        with part(f"{LEVEL} {index}"):
            if power.value > rated.value_in("kW") * (1 + 1e-12):
                raise OutOfRange(
                    "the bath takes more than this rectifier can give",
                    subject=subject_of("rated_dc_power"), value=f"{power.value:.3g} kW", limit=plain_text(rated),
                    next_step="Choose a larger rectifier, or several",
                )  # fmt: skip
            efficiency = interpolate((power / rated).to("1"), loads, efficiencies)
            mains = law.converter_input(power, efficiency)
            parts.append(state_energy(mains, hours))
    return sum_of_energies(parts, "machine_energy", "E_ma")


PARAMETERS = (
    Parameter("rated_dc_power", BOTH, "kW", "36 kW", "額定直流輸出（額定電壓×電流，銘牌）",
              "rated output, voltage times current of the nameplate", range=(0.01, 1e5)),
    Parameter(CURVE, BOTH, "",
              "[{load_fraction: 25 %, converter_efficiency: 78 %}, {load_fraction: 100 %, converter_efficiency: 88 %}]",
              "各負載率之效率（型錄或量測：直流輸出／交流輸入功率），涵蓋實際負載範圍",
              "efficiency by load (data sheet, or direct-current output over mains power), covering the loads of the "
              "bath"),
    Parameter(PROFILE, ("common",), "", "[{dc_voltage: 9 V, dc_current: 2,400 A, hours: 3,000 h}]",
              "各作業條件之槽電壓、電流與時數（整流器儀表紀錄）",
              "voltage, current and hours of the bath at each way of working (records of the rectifier)"),
)  # fmt: skip
_CURVE = [{"load_fraction": load, "converter_efficiency": "90 %"} for load in ("25 %", "100 %")]
DESCRIPTION = TechnologyDescription(
    key="plating_rectifier",
    label_zh="電鍍整流器汰換（矽控改高頻）",
    label_en="Plating rectifier: SCR to switch-mode",
    carrier="electricity",
    parameters=PARAMETERS,
    change=change,
    ceiling=ceiling,
    worked_example=WorkedExample(
        before={"rated_dc_power": "1,800 W", "rectifier_curve": _CURVE},
        after={"rated_dc_power": "1,800 W", "rectifier_curve": _CURVE},
        common={"dc_profile": [{"dc_voltage": "9 V", "dc_current": "100 A", "hours": "1 h"}]},
        of="converter_input",
        given="1,000 W",
        tolerance=1e-9,
        source=cite("cncqr-rectifier", "900 W out of 1,000 W: 90 %"),
        because_en="The source gives 1,000 W in for 900 W out of a transformer-rectifier, because efficiency is output "
        "over input; a published plating line with both curves was not found.",
        because_zh="來源值變壓整流器輸出 900 W、輸入 1,000 W，因為效率為輸出比輸入；查無含兩種效率曲線之公開電鍍線算"
                   "例。",
    ),
    limits_zh="槽電壓與電流不變（電流效率、槽液與匯流排損失不在此）；不通電時段之待機用電不計；功率因數不是節能；冷卻水"
    "另計。",
    limits_en="Same current and voltage of the bath (current efficiency and bus-bar loss are other matters); hours "
    "without current are left out; a better power factor is no energy; cooling water is not counted.",
)  # fmt: skip
DESCRIPTIONS = (DESCRIPTION,)
