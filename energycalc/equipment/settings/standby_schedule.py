"""Stand-by schedules of a line or plant: loads that are on while nothing is made.

Each load has a power and hours outside production; how many of those hours are needed (frost, safety, servers, curing)
is said too. Restarting a line can cost energy, which is counted.
"""

from __future__ import annotations

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
from energycalc.physics.electricity.machine_states import (
    BY_STATE,
    RESTART,
    break_even_pause,
    energy_of_restarts,
    state_energy,
    sum_of_energies,
)
from energycalc.physics.energy_balance import remaining_energy
from energycalc.quantity import Quantity, cite, constant, current_subject, total

TECHNOLOGY, PROFILE, LOAD = "standby_schedule", "standby_loads", "負載 load"
RESTARTS = ("restarts", "restart_energy")
_NAME = Parameter("load_name", BOTH, "", "ventilation", "負載名稱", "name of the load")
_POWER = Parameter(
    "state_power", BOTH, "kW", "15 kW", "非生產時之平均功率", "mean power outside production", range=(0, 1e5),
    default_uncertainty=POWER_LOGGER,
)  # fmt: skip
_HOURS = Parameter("hours", BOTH, "h", "3,000 h", "非生產而開啟之時數", "hours on outside production",
                   range=(0, HOURS_OF_A_YEAR[1]))  # fmt: skip
_NEEDED = Parameter("needed_hours", ("before",), "h", "200 h", "其中必要之時數（安全、防凍、養護）",
                    "of these, hours that are needed (safety, frost, curing)",
                    range=(0, HOURS_OF_A_YEAR[1]))  # fmt: skip


def change(before: Given, after: Given, common: Given) -> Change:
    """Switch loads off while nothing is made.

    Args:
        before: ``standby_loads`` (name, power, hours, needed hours).
        after: ``standby_loads`` (name, power, hours), the same names; ``restarts`` and ``restart_energy`` where a
            restart costs energy.
        common: nothing.

    Raises:
        InputError: other loads after than before, or a parameter that is missing or unknown.
        OutOfRange: fewer hours than are needed.
    """
    check(PARAMETERS, before, after, common)
    old, new = _loads(before, BEFORE), _loads(after, AFTER)
    if [word(x, "load_name") for x in old] != [word(x, "load_name") for x in new]:
        raise InputError(
            "the loads after are not those before",
            subject=subject_of(PROFILE), value=", ".join(word(x, "load_name") for x in new),
            limit=", ".join(word(x, "load_name") for x in old) + " (before, in this order)",
            next_step="Name every load on both sides; one that is off keeps its line with the needed hours",
        )  # fmt: skip
    for one, other in zip(old, new, strict=True):
        _keeps_what_is_needed(one, other)
    new = one_reading(old, new, "load_name", "state_power")
    energy_before = _energy(old, BEFORE)
    energy_after = _energy(new, AFTER, _restarts(after))
    remaining = remaining_energy(energy_before, energy_after)
    return Change(
        remaining,
        "electricity",
        energy_before.renamed("energy_before_model", "E_m0"),
        energy_after.renamed("energy_after_model", "E_m1"),
        (*_break_even(old, new, after), *uses_more(TECHNOLOGY, remaining),
         *notes_on_powers(TECHNOLOGY, (_POWER,), old, new, "state_power")),
    )  # fmt: skip


def ceiling(before: Given, after: Given, common: Given) -> Ceiling:
    """Only the hours that are needed, with the smaller of the two powers."""
    check(PARAMETERS, before, after, common)
    old = _loads(before, BEFORE)
    new = one_reading(old, _loads(after, AFTER), "load_name", "state_power")
    least = []
    for one, other in zip(old, new, strict=True):
        smaller = min((one, other), key=lambda x: float(number(x, "state_power").value_in("kW")))
        least.append(state_energy(reading((_POWER,), smaller, "state_power"), number(one, "needed_hours")))
    return Ceiling(
        largest_electricity_saving(sum_of_energies(least, "least_energy", "E_min"), _energy(old, BEFORE)),
        "Loads stay on for the hours in which they are needed.",
        "必要時數內之負載不可關閉。",
        BY_STATE,
    )


def _loads(side: Given, place: str) -> list[Given]:
    columns = (_NAME, _POWER, _HOURS, _NEEDED) if place == BEFORE else (_NAME, _POWER, _HOURS)
    given = side[PROFILE]
    entries = given if isinstance(given, list | tuple) and given else [given]
    with part(place):  # loads are on beside each other: the hours of each are checked on their own
        return [levels([entry], PROFILE, LOAD, columns)[0] for entry in entries]


def _keeps_what_is_needed(old: Given, new: Given) -> None:
    needed = float(number(old, "needed_hours").value_in("h"))
    for load in (old, new):
        hours, power = float(number(load, "hours").value_in("h")), float(number(load, "state_power").value_in("kW"))
        if power > 0 and hours < needed - 1e-9:
            raise OutOfRange(
                "the load would be on for fewer hours than are needed",
                subject=f"{current_subject()} {word(old, 'load_name')}".strip(),
                value=f"{hours:,g} h", limit=f"{needed:,g} h (needed_hours)",
                next_step="Correct the need, or do not count this saving",
            )  # fmt: skip


def _energy(loads: list[Given], place: str, more: Quantity | None = None) -> Quantity:
    parts = []
    for load in loads:
        with part(f"{place} {word(load, 'load_name')}"):
            parts.append(state_energy(reading((_POWER,), load, "state_power"), number(load, "hours")))
    if more is not None:
        parts.append(more)
    return sum_of_energies(parts, "standby_energy", "E_sb")


def _restarts(after: Given) -> Quantity | None:
    written = [key for key in RESTARTS if key in after]
    if len(written) == 1:
        raise InputError(
            "restarts need both their number and their energy, or neither",
            subject=subject_of(written[0]), limit=" and ".join(RESTARTS),
            next_step="Measure one restart until the line is ready again",
        )  # fmt: skip
    return energy_of_restarts(number(after, "restarts"), number(after, "restart_energy")) if written else None


def _break_even(old: list[Given], new: list[Given], after: Given) -> list[Finding]:
    """The pause that pays, from the loads that the schedule switches off: the others take their power all the same."""
    off = [
        one for one, other in zip(old, new, strict=True)
        if number(one, "state_power").value > 0
        and number(other, "hours").value_in("h") < number(one, "hours").value_in("h")
    ]  # fmt: skip
    if "restart_energy" not in after or not off:
        return []
    names = ", ".join(word(load, "load_name") for load in off)
    together = total([number(load, "state_power") for load in off]).renamed("power_waiting", "P_w", BY_STATE)
    nothing = constant("P_off", 0, "kW", RESTART, name="power_switched_off")
    pause = break_even_pause(number(after, "restart_energy"), together, nothing)
    hours = f"{pause.value:.2f} h"
    return [
        doubt(
            f"{TECHNOLOGY}.break_even_pause", "note",
            f"With the loads that are switched off ({names}), a pause pays from {hours}.",
            f"以關閉之負載（{names}）計，停機超過 {hours} 才節能。",
            RESTART, break_even_pause=hours, loads=names,
        )
    ]  # fmt: skip


PARAMETERS = (
    Parameter(PROFILE, ("before",), "",
              "[{load_name: ventilation, state_power: 15 kW, hours: 3,000 h, needed_hours: 200 h}]",
              "非生產時段仍開啟之負載：平均功率、時數與必要時數（夜間與假日電力紀錄）",
              "loads that are on outside production: mean power, hours, and hours that are needed (meter records of "
              "nights and holidays)", hours_add_up=False),
    Parameter(PROFILE, ("after",), "", "[{load_name: ventilation, state_power: 15 kW, hours: 400 h}]",
              "改善後各負載之功率與時數（名稱與順序同改善前）",
              "power and hours of each load after, the same names in the same order", hours_add_up=False),
    Parameter("restarts", ("after",), "1", "250", "期間再啟動次數", "number of restarts in the period", True, (0, 1e5)),
    Parameter("restart_energy", ("after",), "kWh", "20 kWh", "每次再啟動之額外用電（量測）",
              "energy of one restart, measured", True, (0, 1e6)),
)  # fmt: skip
DESCRIPTION = TechnologyDescription(
    key="standby_schedule",
    label_zh="產線／廠區待機排程",
    label_en="Stand-by schedule of a line or plant",
    carrier="electricity",
    parameters=PARAMETERS,
    change=change,
    ceiling=ceiling,
    worked_example=WorkedExample(
        before={"standby_loads": [{"load_name": "line", "state_power": "45 kW", "hours": "8 h",
                                   "needed_hours": "8 h"}]},
        after={"standby_loads": [{"load_name": "line", "state_power": "9 kW", "hours": "8 h"}]},
        common={},
        of="saving",
        given="288 kWh",
        tolerance=1e-9,
        source=cite("mfgcalcs-power-cost", "45 kW and 9 kW for 8 h: 360 and 72 kWh"),
        because_en="The source gives 360 kWh at 45 kW and 72 kWh at 9 kW in 8 h, because energy is power times hours; "
        "read here as a line before and after its loads are turned down.",
        because_zh="來源值 8 h 於 45 kW 為 360 kWh、9 kW 為 72 kWh，因為電能為功率乘時數；此處視為產線負載調降前後。",
    ),
    limits_zh="僅計非生產時段；與機台待機管理併用時，時數不得重複。",
    limits_en="Hours outside production only; do not count the same hours again with machine_tool_standby.",
    turning_point_zh="再啟動用電大於停機所省時，關機反而耗電；列出損益平衡時間。",
    turning_point_en="Where a restart takes more than the pause saves, switching off costs energy; the break-even "
                     "time is "
    "stated.",
)  # fmt: skip
DESCRIPTIONS = (DESCRIPTION,)
