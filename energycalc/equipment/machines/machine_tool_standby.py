"""Machine tools by operating state: what a schedule of switching off saves, and what starting again costs.

States as ISO 14955-1 names them: off, standby (controls on), ready (waiting with drives on), processing. Every hour of
the period is in one state. The processing is the work: its hours and its power stay.
"""

from __future__ import annotations

import itertools
import math

from energycalc.equipment.description import (
    AFTER,
    BEFORE,
    BOTH,
    HOURS_AT_LEVEL,
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
    plain_text,
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
from energycalc.quantity import Quantity, cite

TECHNOLOGY, PROFILE, STATE = "machine_tool_standby", "states", "狀態 state"
STATES = ("off", "standby", "ready", "processing")
_COLUMNS = (
    Parameter("operating_state", BOTH, "", "ready", "狀態", "state", choices=STATES),
    Parameter(
        "state_power",
        BOTH,
        "kW",
        "4.2 kW",
        "該狀態之平均輸入功率",
        "mean input in it",
        range=(0, 2000),
        default_uncertainty=POWER_LOGGER,
    ),
    HOURS_AT_LEVEL,
)
RESTARTS = ("restarts", "restart_energy")


def change(before: Given, after: Given, common: Given) -> Change:
    """Put a machine into a lower state when nothing is made.

    Args:
        before: ``states`` (state, power, hours); ``restarts`` and ``restart_energy`` where they cost energy.
        after: the same with the new schedule; if written ``shortest_pause`` in which the machine is switched off.
        common: ``period_hours``, which the hours of the states fill.

    Returns:
        Electricity of the machine.

    Raises:
        InputError: a parameter is missing or unknown, hours that do not fill the period, another work, or hours or
            restarts that are counted on one side only.
        OutOfRange: powers that do not rise from off to processing.
    """
    check(PARAMETERS, before, after, common)
    period = number(common, "period_hours")
    with part(BEFORE):
        old = _states(before, period)
        energies = [_energy(before, old)]
    with part(AFTER):
        new = one_reading(old, _states(after, period), "operating_state", "state_power")
        energies.append(_energy(after, new))
    if after is before:
        energies[1] = energies[0]
    _same_work(before, after, period)
    _same_account(before, after)
    remaining = remaining_energy(*energies)
    return Change(
        remaining,
        "electricity",
        energies[0].renamed("energy_before_model", "E_m0"),
        energies[1].renamed("energy_after_model", "E_m1"),
        (*_pauses(before, after, period), *uses_more(TECHNOLOGY, remaining),
         *notes_on_powers(TECHNOLOGY, _COLUMNS, old, new, "state_power")),
    )  # fmt: skip


def ceiling(before: Given, after: Given, common: Given) -> Ceiling:
    """Nothing but the processing itself."""
    check(PARAMETERS, before, after, common)
    states = _states(before, number(common, "period_hours"))
    work = [_state_energy(s) for s in states if word(s, "operating_state") == "processing"]
    least = sum_of_energies(work, "least_energy", "E_min")
    return Ceiling(
        largest_electricity_saving(least, _energy(before, states)),
        "The processing is the work and stays; nothing else needs energy.",
        "加工本身為必要之功，其餘用電最多全數節省。",
        BY_STATE,
    )


def _states(side: Given, period: Quantity) -> list[Given]:
    states = levels(side[PROFILE], PROFILE, STATE, _COLUMNS)
    names = [word(s, "operating_state") for s in states]
    if len(names) != len(set(names)) or "processing" not in names:
        raise InputError(
            "the states must be different ones, processing among them",
            subject=subject_of(PROFILE), value=", ".join(names), limit=", ".join(STATES),
            next_step="Give each state once, with its mean power and all its hours",
        )  # fmt: skip
    hours = sum(float(number(s, "hours").value_in("h")) for s in states)
    whole = float(period.value_in("h"))
    if not math.isclose(hours, whole, rel_tol=0.01):
        raise InputError(
            "the hours of the states do not fill the period",
            subject=subject_of(PROFILE), value=f"{hours:,.0f} h", limit=f"{whole:,.0f} h within 1 % (period_hours)",
            next_step="Count every hour once, those switched off too",
        )  # fmt: skip
    ordered = sorted(states, key=lambda s: STATES.index(word(s, "operating_state")))
    powers = [float(number(s, "state_power").value_in("kW")) for s in ordered]
    if any(low > high for low, high in itertools.pairwise(powers)):
        raise OutOfRange(
            "a machine takes no less in a higher state",
            subject=subject_of(PROFILE), value=", ".join(f"{p:g} kW" for p in powers),
            limit="rising in the order " + ", ".join(word(s, "operating_state") for s in ordered),
            next_step="See which reading belongs to which state",
        )  # fmt: skip
    return states


def _state_energy(state: Given) -> Quantity:
    return state_energy(reading(_COLUMNS, state, "state_power"), number(state, "hours"))


def _energy(side: Given, states: list[Given]) -> Quantity:
    parts = []
    for index, state in enumerate(states, start=1):
        with part(f"{STATE} {index}"):
            parts.append(_state_energy(state))
    written = [key for key in RESTARTS if key in side]
    if len(written) == 1:
        raise InputError(
            "restarts need both their number and their energy, or neither",
            subject=subject_of(written[0]), limit=" and ".join(RESTARTS),
            next_step="Measure one restart until the machine is ready again",
        )  # fmt: skip
    if written:
        parts.append(energy_of_restarts(number(side, "restarts"), number(side, "restart_energy")))
    return sum_of_energies(parts, "machine_energy", "E_ma")


def _find(side: Given, name: str, period: Quantity) -> Given | None:
    return next((s for s in _states(side, period) if word(s, "operating_state") == name), None)


def _same_work(before: Given, after: Given, period: Quantity) -> None:
    old, new = _find(before, "processing", period), _find(after, "processing", period)
    assert old is not None and new is not None
    for name, unit in (("hours", "h"), ("state_power", "kW")):
        one, other = float(number(old, name).value_in(unit)), float(number(new, name).value_in(unit))
        if not math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9):
            raise InputError(
                "the processing is not the same before and after, so the work is not",
                subject=subject_of(PROFILE), value=f"{one:g} and {other:g} {unit} ({name.replace('_', ' ')})",
                limit="equal",
                next_step="Change only the waiting; for another process use specific_consumption",
            )  # fmt: skip


def _same_account(before: Given, after: Given) -> None:
    """Refuse a saving that comes from hours or restarts that are counted on one side only."""
    one, other = (
        sum(float(number(s, "hours").value_in("h")) for s in levels(side[PROFILE], PROFILE, STATE, _COLUMNS))
        for side in (before, after)
    )
    if not math.isclose(one, other, rel_tol=1e-4):
        raise InputError(
            "the states cover more hours on one side than on the other",
            subject=subject_of(PROFILE), value=f"{one:,.1f} h before, {other:,.1f} h after", limit="equal",
            next_step="Move the hours from one state to another; none may disappear",
        )  # fmt: skip
    if "restarts" in before and "restarts" not in after:
        raise InputError(
            "restarts are counted before the measure but not after it",
            subject=subject_of("restarts"), limit=" and ".join(RESTARTS) + " after as well",
            next_step="Count the restarts of the new schedule (0 where there are none)",
        )  # fmt: skip


def _pauses(before: Given, after: Given, period: Quantity) -> list[Finding]:
    """What a restart asks of the pause: the break-even, and a warning where pauses are shorter."""
    if "restart_energy" not in after:
        return [_without_restarts()] if _more_off(before, after, period) else []
    waiting, off = _find(before, "ready", period), _find(after, "off", period)
    if waiting is None or off is None:
        return []
    saved = number(waiting, "state_power").value_in("kW") - number(off, "state_power").value_in("kW")
    if not saved > 0:
        return []
    pause = break_even_pause(
        number(after, "restart_energy"), number(waiting, "state_power"), number(off, "state_power")
    )
    shortest = number(after, "shortest_pause") if "shortest_pause" in after else None
    too_short = shortest is not None and shortest.value_in("h") < pause.value
    minutes = f"{60 * pause.value:.0f} min"
    return [
        doubt(
            f"{TECHNOLOGY}.{'pause_too_short' if too_short else 'break_even_pause'}",
            "warning" if too_short else "note",
            f"Switching off saves energy in pauses longer than {minutes}"
            + (f"; the shortest one is {plain_text(shortest)}." if too_short and shortest is not None else "."),
            f"停機超過 {minutes} 關機才節能"
            + (f"，最短停機為 {plain_text(shortest)}。" if too_short and shortest is not None else "。"),
            RESTART,
            break_even_pause=minutes,
        )
    ]  # fmt: skip


def _more_off(before: Given, after: Given, period: Quantity) -> bool:
    found = [_find(side, "off", period) for side in (before, after)]
    hours = [float(number(s, "hours").value_in("h")) if s is not None else 0.0 for s in found]
    return hours[1] > hours[0]


def _without_restarts() -> Finding:
    return doubt(
        f"{TECHNOLOGY}.restart_not_counted", "warning",
        "The machine is switched off more, but no energy is counted for starting and warming up again.",
        "關機時數增加，但未計再啟動與暖機之用電。",
        RESTART,
    )  # fmt: skip


PARAMETERS = (
    Parameter(PROFILE, BOTH, "",
              "[{operating_state: ready, state_power: 4.2 kW, hours: 3,000 h}, "
              "{operating_state: processing, state_power: 9 kW, hours: 3,000 h}]",
              "各狀態（off 關機、standby 待機、ready 就緒空轉、processing 加工）之平均功率與時數，以功率記錄器量測至"
              "少一週；"
              "時數合計為 period_hours",
              "mean power and hours of each state (off, standby, ready, processing), power logger over a week at "
              "least; "
              "the hours fill period_hours"),
    Parameter("restarts", BOTH, "1", "250", "期間再啟動次數", "number of restarts in the period", True, (0, 1e5)),
    Parameter("restart_energy", BOTH, "kWh", "3 kWh", "每次啟動至可加工之額外用電（開機暖機，量測）",
              "of one restart until the machine can work again, above what being ready takes; measured", True,
              (0, 1e4)),
    Parameter("shortest_pause", ("after",), "h", "0.5 h", "關機之最短停機時間", "shortest pause in which it is "
              "switched off",
              True, (0, 8784)),
    Parameter("period_hours", ("common",), "h", "8,760 h", "期間總時數（全年 8,760 h）",
              "all hours of the period (8,760 h in a year)", range=HOURS_OF_A_YEAR),
)  # fmt: skip
DESCRIPTION = TechnologyDescription(
    key="machine_tool_standby",
    label_zh="工具機待機與關機管理",
    label_en="Machine tool: base load and switching off",
    carrier="electricity",
    parameters=PARAMETERS,
    change=change,
    ceiling=ceiling,
    worked_example=WorkedExample(
        before={"states": [{"operating_state": "processing", "state_power": "45 kW", "hours": "8 h"},
                           {"operating_state": "ready", "state_power": "9 kW", "hours": "8 h"}]},
        after={"states": [{"operating_state": "processing", "state_power": "45 kW", "hours": "8 h"},
                          {"operating_state": "off", "state_power": "0 kW", "hours": "8 h"}]},
        common={"period_hours": "16 h"},
        of="saving",
        given="72 kWh",
        tolerance=1e-9,
        source=cite("mfgcalcs-power-cost", "45 kW and 9 kW for 8 h: 360 and 72 kWh"),
        because_en="The source gives 360 kWh for 8 h at 45 kW and 72 kWh for 8 h at 9 kW, because energy is power "
        "times hours; that the first is work and the second waiting, which is switched off, is constructed.",
        because_zh="來源值 45 kW 與 9 kW 各 8 h 為 360 與 72 kWh，因為電能為功率乘時數；以前者為加工、後者為等待"
        "並予關機為假設。",
    ),
    limits_zh="各狀態以平均功率計；加工時數與功率不變；連帶之壓縮空氣與冷卻另計。",
    limits_en="Mean power per state; processing stays as it is; compressed air and cooling of the machine are other "
    "measures.",
    turning_point_zh="停機短於「再啟動電能÷（就緒－關機功率）」時，關機反而耗電；結果列出該時間並對較短之停機警告。",
    turning_point_en="In pauses shorter than restart energy over (ready - off power) switching off costs energy; that "
    "time is stated, and shorter pauses are warned of.",
)  # fmt: skip
DESCRIPTIONS = (DESCRIPTION,)
