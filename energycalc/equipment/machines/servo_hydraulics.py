"""Hydraulic presses, die-casting and moulding machines: fixed pump at constant speed to pump on a servo drive.

The cycle is a list of phases. In each the cylinder needs a pressure and a flow; a fixed pump delivers its whole flow at
the pressure that stands at the pump (relief, load or unloading pressure), and what the cylinder does not take goes to
the tank as heat. A servo pump delivers what is taken, and while pressure is held what leaks.
"""

from __future__ import annotations

from collections.abc import Mapping

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
    plain_text,
    subject_of,
    uses_more,
    word,
)
from energycalc.errors import InputError, OutOfRange
from energycalc.finding import Finding
from energycalc.physics.electricity.energy_use import largest_electricity_saving
from energycalc.physics.energy_balance import remaining_energy
from energycalc.physics.fluid_flow import hydraulic_drive as law
from energycalc.quantity import Quantity, cite, current_subject, total

TECHNOLOGY, PROFILE, PHASE = "servo_hydraulics", "cycle_phases", "階段 phase"
NEEDS: Mapping[str, tuple[str, ...]] = {
    "fixed_speed": ("pump_flow", "rated_power", "full_load_efficiency", "motor_idle_power"),
    "servo": ("servo_efficiency", "drive_rest_power", "leakage_flow", "largest_flow"),
}
_PHASES = (
    Parameter("phase_pressure", ("common",), "bar", "180 bar", "泵端所需壓力：油缸壓力加管路與閥之壓損",
              "that the cylinder needs, drop of lines and valves included", range=(0, 700)),
    Parameter("phase_flow", ("common",), "L/min", "60 L/min", "油缸所需流量（保壓、待機為 0）",
              "that the cylinder takes (0 while holding or waiting)", range=(0, 10000)),
    Parameter("pump_pressure", ("common",), "bar", "210 bar", "定量泵出口壓力錶：溢流、負載或卸荷壓力",
              "gauge at the fixed pump: relief, load or unloading pressure", range=(0, 700)),
    Parameter("phase_time", ("common",), "s", "4 s", "該階段時間", "of this phase", range=(0, 86400)),
)  # fmt: skip


def change(before: Given, after: Given, common: Given) -> Change:
    """Drive the oil pump of a cycling machine in another way.

    Args:
        before: ``drive`` and what it needs (see ``NEEDS``), ``pump_efficiency``.
        after: the same for the new drive.
        common: ``cycle_phases`` and ``operating_hours`` of cycling.

    Raises:
        InputError: a parameter is missing, unknown or not used by this drive.
        OutOfRange: a flow beyond the pump, a pressure beyond the pump's, a motor beyond its load.
    """
    check(PARAMETERS, before, after, common)
    phases = _phases(common)
    hours = number(common, "operating_hours")
    energies: list[Quantity] = []
    findings: list[Finding] = []
    for side, place in ((before, BEFORE), (after, AFTER)):
        with part(place):
            _needs(side, place)
            power = _mean_power(side, phases, findings)
            energies.append(law.cycle_energy(power, hours))
    if dict(before) == dict(after):
        energies[1] = energies[0]
    remaining = remaining_energy(*energies)
    return Change(
        remaining,
        "electricity",
        energies[0].renamed("energy_before_model", "E_m0"),
        energies[1].renamed("energy_after_model", "E_m1"),
        (*findings, *uses_more(TECHNOLOGY, remaining)),
    )


def ceiling(before: Given, after: Given, common: Given) -> Ceiling:
    """A drive without any loss: it takes the hydraulic work of the cycle."""
    check(PARAMETERS, before, after, common)
    phases = _phases(common)
    with part(BEFORE):
        _needs(before, BEFORE)
        now = law.cycle_energy(_mean_power(before, phases, []), number(common, "operating_hours"))
    works = []
    for index, phase in enumerate(phases, start=1):
        with part(f"{PHASE} {index}"):
            power = law.oil_power(number(phase, "phase_pressure"), number(phase, "phase_flow"))
            works.append(law.phase_energy(power, number(phase, "phase_time")))
    least = law.cycle_energy(_over_cycle(works, phases), number(common, "operating_hours"))
    return Ceiling(
        largest_electricity_saving(least, now),
        "The oil that moves the cylinders takes pressure times flow; no pump and no drive gives it for less.",
        "推動油缸之液壓功為壓力乘流量，任何泵與驅動均不可能更少。",
        cite("hydraulic-power", "power in the oil"),
    )


def _phases(common: Given) -> list[Given]:
    phases = levels(common[PROFILE], PROFILE, PHASE, _PHASES)
    for index, phase in enumerate(phases, start=1):
        with part(f"{PHASE} {index}"):
            needed, stands = number(phase, "phase_pressure"), number(phase, "pump_pressure")
            if number(phase, "phase_flow").value > 0 and needed.value_in("bar") > stands.value_in("bar") * (1 + 1e-12):
                raise OutOfRange(
                    "the cylinder cannot need more pressure than stands at the pump",
                    subject=current_subject(), value=plain_text(needed), limit=f"{plain_text(stands)} (pump_pressure)",
                    next_step="Read both gauges again; with a pressure intensifier use the pressure before it",
                )  # fmt: skip
    if not sum(float(number(phase, "phase_time").value_in("s")) for phase in phases) > 0:
        raise InputError(
            "the cycle takes no time", subject=subject_of(PROFILE), next_step="Give the phases their times"
        )
    return phases


def _needs(side: Given, place: str) -> None:
    drive = word(side, "drive")
    needed = NEEDS[drive]
    others = {name for names in NEEDS.values() for name in names} - set(needed)
    missing = [name for name in needed if name not in side]
    unused = sorted(others & set(side))
    if missing or unused:
        raise InputError(
            f"drive {drive} under '{place}' needs exactly: {', '.join(needed)}",
            subject=current_subject(),
            value="; ".join(p for p in (f"missing {', '.join(missing)}" if missing else "",
                                        f"not used {', '.join(unused)}" if unused else "") if p),
            next_step="Add what is missing, take out what the drive does not use",
        )  # fmt: skip


def _mean_power(side: Given, phases: list[Given], findings: list[Finding]) -> Quantity:
    works = []
    for index, phase in enumerate(phases, start=1):
        with part(f"{PHASE} {index}"):
            fixed = word(side, "drive") == "fixed_speed"
            power = _fixed_input(side, phase, findings) if fixed else _servo_input(side, phase)
            works.append(law.phase_energy(power, number(phase, "phase_time")))
    return _over_cycle(works, phases)


def _over_cycle(works: list[Quantity], phases: list[Given]) -> Quantity:
    time = total([number(phase, "phase_time") for phase in phases]).renamed("machine_cycle_time", "t_cy", law.CYCLE)
    return law.cycle_power(total(works).renamed("cycle_work", "W_cy", law.CYCLE), time)


def _fixed_input(side: Given, phase: Given, findings: list[Finding]) -> Quantity:
    """Mains power of a fixed pump: its whole flow at the pressure that stands at it."""
    flow = number(side, "pump_flow")
    _delivers(number(phase, "phase_flow"), flow, "pump_flow")
    shaft = law.pump_shaft_input(law.oil_power(number(phase, "pump_pressure"), flow), number(side, "pump_efficiency"))
    rated = number(side, "rated_power")
    load = shaft.value_in("kW") / rated.value_in("kW")
    if load > HIGHEST_LOAD:
        raise OutOfRange(
            "the pump takes more than its motor can give",
            subject=current_subject(), value=f"{shaft.value_in('kW'):.1f} kW, {load:.0%} of the rating",
            limit=f"{HIGHEST_LOAD:.0%} of {plain_text(rated)} for a short time ({SHORT_TIME})",
            next_step="Check pump flow, pressure and the rating of the motor",
        )  # fmt: skip
    loss = rated.value_in("kW") * (1 / number(side, "full_load_efficiency").value_in("1") - 1)
    if number(side, "motor_idle_power").value_in("kW") > loss:
        raise OutOfRange(
            "the motor idles with more than its loss at the rating",
            subject=subject_of("motor_idle_power"), value=plain_text(number(side, "motor_idle_power")),
            limit=f"{loss:.2f} kW, its rated loss", next_step="Take the uncoupled motor, without the pump",
        )  # fmt: skip
    if load > 1.15:
        findings.append(doubt(
            f"{TECHNOLOGY}.motor_overload", "warning",
            f"The pump takes {load:.0%} of the motor's rating in {current_subject()}.",
            f"{current_subject()}：泵所需功率為馬達額定之 {load:.0%}。",
            SHORT_TIME, motor_load=f"{load:.0%}",
        ))  # fmt: skip
    return law.fixed_pump_input(shaft, rated, number(side, "full_load_efficiency"), number(side, "motor_idle_power"))


def _servo_input(side: Given, phase: Given) -> Quantity:
    """Mains power of a servo pump: what the cylinder takes, and while pressure stands what leaks."""
    taken = number(phase, "phase_flow")
    _delivers(taken, number(side, "largest_flow"), "largest_flow")
    flow = law.servo_flow(taken, number(side, "leakage_flow"))
    power = law.oil_power(number(phase, "phase_pressure"), flow)
    return law.servo_pump_input(
        power, number(side, "pump_efficiency"), number(side, "servo_efficiency"), number(side, "drive_rest_power")
    )


def _delivers(taken: Quantity, capacity: Quantity, name: str) -> None:
    if taken.value_in("L/min") > capacity.value_in("L/min") * (1 + 1e-12):
        raise OutOfRange(
            "the pump cannot deliver what the cylinder takes in this phase",
            subject=current_subject(), value=plain_text(taken), limit=f"{plain_text(capacity)} ({name})",
            next_step="Choose a larger pump; with an accumulator this model does not hold",
        )  # fmt: skip


def _of_drive(name: str, unit: str, example: str, zh: str, en: str, limits: tuple[float, float]) -> Parameter:
    drive = next(drive for drive, keys in NEEDS.items() if name in keys)
    return Parameter(name, BOTH, unit, example, f"{zh}（{drive} 必填）", f"{en} (needed by {drive})", True, limits)


HIGHEST_LOAD = 1.25
SHORT_TIME = cite("motor-load-check", "input above 1.15 of the rating warns, above 1.25 is refused (check TL03)")
PARAMETERS = (
    Parameter("drive", BOTH, "", "fixed_speed",
              "驅動方式：fixed_speed 定速定量泵；servo 伺服馬達驅動泵。" + "；".join(
                  f"{d} 需 {'、'.join(k)}" for d, k in NEEDS.items()),
              "fixed pump at constant speed, or pump on a servo drive; " + "; ".join(
                  f"{d} needs {', '.join(k)}" for d, k in NEEDS.items()), choices=tuple(NEEDS)),
    Parameter("pump_efficiency", BOTH, "%", "85 %", "油泵總效率（型錄，該壓力與轉速）",
              "overall, data sheet at its pressure and speed", range=(5, 98)),
    _of_drive("pump_flow", "L/min", "100 L/min", "定量泵實際流量", "delivered by the fixed pump", (0.1, 10000)),
    _of_drive("rated_power", "kW", "37 kW", "馬達銘牌額定輸出", "of the motor, nameplate", (0.1, 2000)),
    _of_drive("full_load_efficiency", "%", "92 %", "馬達額定效率", "of the motor, nameplate or class", (30, 98)),
    _of_drive("motor_idle_power", "kW", "1.5 kW", "馬達空轉（不帶泵）輸入功率", "input of the uncoupled motor",
              (0, 200)),
    _of_drive("servo_efficiency", "%", "88 %", "伺服馬達與驅動器合計效率（該工作點）",
              "servo motor and inverter together, at these points of work", (5, 98)),
    _of_drive("drive_rest_power", "kW", "0.2 kW", "驅動器與風扇常時功率", "of inverter and fans, always", (0, 50)),
    _of_drive("leakage_flow", "L/min", "2 L/min", "保壓時之內漏流量", "leaking while pressure stands", (0, 1000)),
    _of_drive("largest_flow", "L/min", "110 L/min", "伺服泵最大流量", "that the servo pump can deliver", (0.1, 10000)),
    Parameter(PROFILE, ("common",), "",
              "[{phase_pressure: 180 bar, phase_flow: 60 L/min, pump_pressure: 210 bar, phase_time: 4 s}]",
              "一個循環之各階段（含待機）：油缸壓力與流量、定量泵出口壓力、時間；以壓力與流量紀錄或油壓回路圖取得",
              "the phases of one cycle, waiting included: pressure and flow of the cylinder, pressure at the fixed "
              "pump, "
              "time; from a record of both gauges or the circuit diagram"),
    Parameter("operating_hours", ("common",), "h", "5,000 h", "期間循環運轉時數（馬達開啟）",
              "hours of cycling in the period (motor on)", range=HOURS_OF_A_YEAR),
)  # fmt: skip
DESCRIPTION = TechnologyDescription(
    key="servo_hydraulics",
    label_zh="油壓機定量泵改伺服泵（沖床、壓鑄、射出）",
    label_en="Hydraulics: fixed pump to servo pump",
    carrier="electricity",
    parameters=PARAMETERS,
    change=change,
    ceiling=ceiling,
    worked_example=WorkedExample(
        before={"drive": "fixed_speed", "pump_efficiency": "85 %", "pump_flow": "26.7 L/min", "rated_power": "11 kW",
                "full_load_efficiency": "91 %", "motor_idle_power": "0.4 kW"},
        after={"drive": "fixed_speed", "pump_efficiency": "85 %", "pump_flow": "26.7 L/min", "rated_power": "11 kW",
               "full_load_efficiency": "91 %", "motor_idle_power": "0.4 kW"},
        common={
            "cycle_phases": [{"phase_pressure": "150 bar", "phase_flow": "26.7 L/min", "pump_pressure": "150 bar",
                              "phase_time": "1 s"}],
            "operating_hours": "1,000 h",
        },
        of="pump_shaft_input",
        given="7.85 kW",
        tolerance=0.001,
        source=cite("hidroman-pumps", "150 bar, 26.7 L/min, 85 %"),
        because_en="The source gives 7.85 kW of motor power, because 150 bar times 26.7 L/min is 6.68 kW in the oil; "
        "motor loss is not in its number (no published cycle with all its inputs was found).",
        because_zh="來源值馬達功率 7.85 kW，因為 150 bar × 26.7 L/min 之液壓功率為 6.68 kW；其值不含馬達損失（查無公"
                   "開之完整循環算例）。",
    ),
    needs={"drive": NEEDS},
    limits_zh="單泵、無蓄壓器、無能量回收；油冷卻器之節電未計；各階段以平均壓力與流量計。",
    limits_en="One pump, no accumulator, no energy fed back; the oil cooler's saving is not counted; means per phase.",
    turning_point_zh="長時間高壓大流量時，伺服泵因驅動損失可能反而多用電（結果為負並警告）。",
    turning_point_en="Where the pump works at full flow and pressure most of the time, the losses of the servo drive "
                     "can "
    "make it use more (a negative result with a warning).",
)  # fmt: skip
DESCRIPTIONS = (DESCRIPTION,)
