"""Units of a machine tool on demand: coolant pump, mist extractor, hydraulic unit, chiller, conveyor, spindle cooling.

Each unit has a power and the share of the machine's hours in which it runs. How long the process needs it is said too:
a unit that runs less than that does not do the same work, and is refused.
"""

from __future__ import annotations

from energycalc.equipment.description import (
    AFTER,
    BEFORE,
    HOURS_OF_A_YEAR,
    Ceiling,
    Change,
    Given,
    Parameter,
    TechnologyDescription,
    WorkedExample,
    check,
    doubt,
    levels,
    number,
    part,
    reading,
    subject_of,
    uses_more,
    word,
)
from energycalc.equipment.description.instruments import POWER_LOGGER
from energycalc.equipment.shared.listed_powers import notes_on_powers, one_reading
from energycalc.errors import InputError, OutOfRange
from energycalc.finding import Finding
from energycalc.physics.electricity.energy_use import largest_electricity_saving
from energycalc.physics.electricity.machine_states import BY_STATE, sum_of_energies, unit_energy
from energycalc.physics.energy_balance import remaining_energy
from energycalc.quantity import Quantity, cite, current_subject

TECHNOLOGY, PROFILE, UNIT = "machine_tool_units", "machine_units", "單元 unit"
_NAME = Parameter("unit_name", ("before", "after"), "", "coolant pump", "單元名稱", "name of the unit")
_POWER = Parameter(
    "unit_power", ("before", "after"), "kW", "3 kW", "運轉時輸入功率", "input while it runs", range=(0, 2000),
    default_uncertainty=POWER_LOGGER,
)  # fmt: skip
_DUTY = Parameter("unit_duty", ("before", "after"), "%", "100 %", "運轉時間佔機台開機時間", "share of the machine's "
          "hours",
                  range=(0, 100))  # fmt: skip
_NEEDED = Parameter("needed_duty", ("before",), "%", "35 %", "製程實際需要之時間比例",
                    "share of the hours in which the process needs it", range=(0, 100))  # fmt: skip


def change(before: Given, after: Given, common: Given) -> Change:
    """Let units run only when the process needs them, or replace them by smaller ones.

    Args:
        before: ``machine_units`` (name, power, duty, and the duty that the process needs).
        after: ``machine_units`` (name, power, duty), the same names.
        common: ``operating_hours`` of the machine.

    Raises:
        InputError: other units after than before, or a parameter that is missing or unknown.
        OutOfRange: a unit that runs less than the process needs it.
    """
    check(PARAMETERS, before, after, common)
    old, new = _units(before, BEFORE), _units(after, AFTER)
    if [word(u, "unit_name") for u in old] != [word(u, "unit_name") for u in new]:
        raise InputError(
            "the units after are not those before",
            subject=subject_of(PROFILE), value=", ".join(word(u, "unit_name") for u in new),
            limit=", ".join(word(u, "unit_name") for u in old) + " (before, in this order)",
            next_step="Name every unit on both sides; one that is taken out keeps its line with 0 kW",
        )  # fmt: skip
    for one, other in zip(old, new, strict=True):
        _does_its_work(one, other)
    new = one_reading(old, new, "unit_name", "unit_power")
    energy_before = _energy(old, common, BEFORE)
    energy_after = energy_before if after is before else _energy(new, common, AFTER)
    remaining = remaining_energy(energy_before, energy_after)
    return Change(
        remaining,
        "electricity",
        energy_before.renamed("energy_before_model", "E_m0"),
        energy_after.renamed("energy_after_model", "E_m1"),
        (*_smaller(old, new), *uses_more(TECHNOLOGY, remaining),
         *notes_on_powers(TECHNOLOGY, (_POWER,), old, new, "unit_power")),
    )  # fmt: skip


def ceiling(before: Given, after: Given, common: Given) -> Ceiling:
    """Every unit runs just as long as the process needs it, with the smaller of its two powers."""
    check(PARAMETERS, before, after, common)
    old = _units(before, BEFORE)
    new = one_reading(old, _units(after, AFTER), "unit_name", "unit_power")
    hours = number(common, "operating_hours")
    least = []
    for one, other in zip(old, new, strict=True):
        smaller = min((one, other), key=lambda u: float(number(u, "unit_power").value_in("kW")))
        least.append(unit_energy(reading((_POWER,), smaller, "unit_power"), number(one, "needed_duty"), hours))
    return Ceiling(
        largest_electricity_saving(sum_of_energies(least, "least_energy", "E_min"), _energy(old, common, BEFORE)),
        "A unit must run as long as the process needs it.",
        "各單元至少須運轉製程所需之時間。",
        BY_STATE,
    )


def _units(side: Given, place: str) -> list[Given]:
    columns = (_NAME, _POWER, _DUTY, _NEEDED) if place == BEFORE else (_NAME, _POWER, _DUTY)
    with part(place):
        return levels(side[PROFILE], PROFILE, UNIT, columns)


def _does_its_work(old: Given, new: Given) -> None:
    needed = float(number(old, "needed_duty").value_in("1"))
    power = float(number(new, "unit_power").value_in("kW"))
    for unit in (old, new):
        if power > 0 and float(number(unit, "unit_duty").value_in("1")) < needed - 1e-12:
            raise OutOfRange(
                "the unit would run less than the process needs it",
                subject=f"{current_subject()} {word(old, 'unit_name')}".strip(),
                value=f"{float(number(unit, 'unit_duty').value_in('%')):g} %", limit=f"{100 * needed:g} % "
                    f"(needed_duty)",
                next_step="Correct the need, or do not count this saving",
            )  # fmt: skip


def _smaller(old: list[Given], new: list[Given]) -> list[Finding]:
    """A note on units of less power: whether they do the same work is for their data sheets to show."""
    found = []
    for one, other in zip(old, new, strict=True):
        was, now = (float(number(unit, "unit_power").value_in("kW")) for unit in (one, other))
        if 0 < now < was * (1 - 1e-9):
            name = word(one, "unit_name")
            found.append(doubt(
                f"{TECHNOLOGY}.smaller_unit", "note",
                f"{name} takes {now:g} kW instead of {was:g} kW; its flow and pressure must still do the same work.",
                f"{name}由 {was:g} kW 降為 {now:g} kW，須以流量與壓力證明仍能完成相同工作。",
                BY_STATE, unit_power_before=f"{was:g} kW", unit_power_after=f"{now:g} kW",
            ))  # fmt: skip
    return found


def _energy(units: list[Given], common: Given, place: str) -> Quantity:
    parts = []
    for unit in units:
        with part(f"{place} {word(unit, 'unit_name')}"):
            parts.append(
                unit_energy(
                    reading((_POWER,), unit, "unit_power"), number(unit, "unit_duty"), number(common, "operating_hours")
                )
            )
    return sum_of_energies(parts, "machine_energy", "E_ma")


PARAMETERS = (
    Parameter(PROFILE, ("before",), "",
              "[{unit_name: coolant pump, unit_power: 3 kW, unit_duty: 100 %, needed_duty: 35 %}]",
              "各單元之運轉功率、運轉時間比例與製程所需時間比例（功率計與控制訊號）",
              "power and duty of each unit, and the duty that the process needs (power meter and control signals)"),
    Parameter(PROFILE, ("after",), "", "[{unit_name: coolant pump, unit_power: 3 kW, unit_duty: 40 %}]",
              "改善後各單元之功率與時間比例（名稱與順序同改善前）",
              "power and duty of each unit after, the same names in the same order"),
    Parameter("operating_hours", ("common",), "h", "6,000 h", "期間機台開機時數", "hours in which the machine is on",
              range=HOURS_OF_A_YEAR),
)  # fmt: skip
_ROUGHING = {
    "cooling lubricant": "5.1 kW",
    "CNC control package": "3.5 kW",
    "other components": "4.4 kW",
}
DESCRIPTION = TechnologyDescription(
    key="machine_tool_units",
    label_zh="工具機附屬單元依需求運轉",
    label_en="Machine tool: units on demand",
    carrier="electricity",
    parameters=PARAMETERS,
    change=change,
    ceiling=ceiling,
    worked_example=WorkedExample(
        before={"machine_units": [{"unit_name": name, "unit_power": power, "unit_duty": "100 %", "needed_duty": "0 %"}
                                  for name, power in _ROUGHING.items()]},
        after={"machine_units": [{"unit_name": name, "unit_power": power, "unit_duty": "100 %"}
                                 for name, power in _ROUGHING.items()]},
        common={"operating_hours": "1 h"},
        of="energy_before",
        given="13.0 kWh",
        tolerance=0.005,
        source=cite("machineshop-directory", "power by component, roughing: 5.1, 3.5 and 4.4 kW, 13.0 kW in all"),
        because_en="The source gives 13.0 kW in roughing, because its three groups add up; an hour of it is 13.0 kWh.",
        because_zh="來源值粗加工 13.0 kW，因為三組單元相加；一小時為 13.0 kWh。",
    ),
    limits_zh="各單元獨立；啟停次數對壽命之影響不計；與待機管理併用時，時數不得重複。",
    limits_en="Units are independent of each other; wear by starts is not counted; do not count the same hours again "
              "with "
    "machine_tool_standby.",
)  # fmt: skip
DESCRIPTIONS = (DESCRIPTION,)
