"""How a compressor is described: the points its control needs, and the refusal of points that do not fit."""

from __future__ import annotations

from collections.abc import Sequence

from energycalc.equipment.description.instruments import POWER_LOGGER
from energycalc.equipment.description.parameters import (
    BOTH,
    Given,
    Parameter,
    Place,
    must_rise,
    number,
    plain_text,
    subject_of,
    word,
)
from energycalc.equipment.description.readings import reading
from energycalc.errors import InputError
from energycalc.physics.compressed_air.part_load import CYCLES, NEEDS
from energycalc.quantity import Quantity, current_subject

FULL_LOAD = ("full_load_flow", "full_load_power")
_FLOW, _POWER = (0.01, 2000), (0.1, 15000)


def compressor_parameters(places: tuple[Place, ...] = BOTH) -> tuple[Parameter, ...]:
    """What a compressor says about itself: control, full-load point and the points of its control.

    Args:
        places: where it is written.
    """

    def of_control(name: str, unit: str, example: str, zh: str, en: str, limits: tuple[float, float]) -> Parameter:
        needed = [control for control, keys in NEEDS.items() if name in keys]
        return Parameter(name, places, unit, example, f"{zh}（{'、'.join(needed)} 必填，其他控制不填）",
                         f"{en} (needed by {', '.join(needed)}; not used by the others)", True, limits,
                         default_uncertainty=POWER_LOGGER if unit == "kW" else None)  # fmt: skip

    return (
        Parameter("control", places, "", "load_unload",
                  "控制方式；" + "；".join(f"{control} 需 {'、'.join(keys)}" for control, keys in NEEDS.items()),
                  "how the flow is controlled; " + "; ".join(f"{c} needs {', '.join(k)}" for c, k in NEEDS.items()),
                  choices=tuple(NEEDS)),
        Parameter("full_load_flow", places, "m3/min", "13.3 m3/min", "銘牌或 CAGI 資料表：自由空氣量 (FAD)",
                  "data sheet, free air delivered", range=(0.1, 2000)),
        Parameter("full_load_power", places, "kW", "82 kW", "滿載時整機輸入功率（含風扇），以功率計量測或資料表",
                  "package input at full load, logger or data sheet", range=(1, 15000),
                  default_uncertainty=POWER_LOGGER),
        of_control("no_load_power", "kW", "22 kW", "卸載時輸入功率，量測卸載末段",
                   "package input unloaded, at the end of the unloaded time", (0, 15000)),
        of_control("cut_out_power", "kW", "86 kW", "卸載壓力下、剛要卸載前的輸入功率，不低於滿載功率",
                   "package input just before it unloads, not below full load", (1, 15000)),
        of_control("cut_in_pressure", "bar[g]", "6.5 bar(g)", "加載壓力設定", "set-point at which it loads", (1, 15)),
        of_control("cut_out_pressure", "bar[g]", "7.2 bar(g)", "卸載壓力設定；節流者為開始節流之壓力",
                   "set-point at which it unloads; with a throttle: where it begins to close", (1, 16)),
        of_control("receiver_volume", "m3", "3 m3", "儲氣桶與主管路容積（同側）",
                   "receiver and main piping upstream of controls", (0.01, 500)),
        of_control("blowdown_time", "s", "30 s", "卸載後油氣桶洩壓到底的時間，碼錶量測",
                   "stop-watch: until the sump has vented after unloading", (0.001, 300)),
        of_control("unloaded_sump_pressure", "bar[g]", "1 bar(g)", "洩壓後油氣桶壓力", "sump gauge after blow-down",
                   (0, 5)),
        of_control("throttle_range", "bar", "0.4 bar", "進氣閥由全開到全關之壓力變化",
                   "rise of pressure from open to closed inlet", (0.01, 3)),
        of_control("unload_point", "%", "60 %", "節流至此流量比例即卸載", "share of full flow at which it unloads",
                   (1, 99)),
        of_control("closed_inlet_fraction", "%", "70 %", "進氣閥全關、油氣桶未洩壓時之功率／卸載壓力下滿載功率",
                   "power with closed inlet and full sump over full-flow power at that pressure", (10, 100)),
        of_control("turndown_flow", "m3/min", "3.7 m3/min", "最低轉速之排氣量", "data sheet, lowest speed", _FLOW),
        of_control("turndown_power", "kW", "28 kW", "最低轉速之輸入功率", "data sheet, lowest speed", _POWER),
        of_control("middle_flow", "m3/min", "7.1 m3/min", "資料表中間一點之排氣量", "data sheet, a point between",
                   _FLOW),
        of_control("middle_power", "kW", "45 kW", "同一點之輸入功率", "data sheet, the same point", _POWER),
        of_control("surge_flow", "m3/min", "71 m3/min", "喘振限（最小通過流量），低於此流量即排放",
                   "surge limit: least flow through the machine, below it air is blown off", _FLOW),
        of_control("blow_off_power", "kW", "371 kW", "喘振限流量時之輸入功率", "package input at the surge limit",
                   _POWER),
        of_control("unload_flow", "m3/min", "77 m3/min", "導葉節流之最小流量", "least flow that the vanes can reach",
                   _FLOW),
        of_control("unload_power", "kW", "412 kW", "該流量時之輸入功率", "package input at that flow", _POWER),
    )  # fmt: skip


def points_of(machine: Given, parameters: Sequence[Parameter] = ()) -> dict[str, Quantity]:
    """The quantities of a machine, by name.

    Args:
        machine: as written.
        parameters: whose default errors measured readings without ± get; none where it is left out.
    """
    return {key: reading(parameters, machine, key) for key, value in machine.items() if isinstance(value, Quantity)}


def complete(machine: Given, place: str, beside: tuple[str, ...] = ()) -> None:
    """Refuse a machine that says less or more than its control needs.

    Args:
        machine: as written.
        place: name of its block.
        beside: further keys the block may hold.

    Raises:
        InputError: points are missing or not used.
    """
    control = word(machine, "control")
    needed = NEEDS[control]
    missing = [key for key in needed if key not in machine]
    unused = [key for key in machine if key not in (*needed, "control", *FULL_LOAD, *beside)]
    if missing or unused:
        raise InputError(
            f"control {control} under '{place}' needs exactly: {', '.join(needed)}",
            subject=current_subject(),
            value="; ".join(
                part
                for part in (
                    f"missing {', '.join(missing)}" if missing else "",
                    f"not used {', '.join(unused)}" if unused else "",
                )
                if part
            ),
            next_step="Add what is missing, take out what the control does not use",
        )


def in_order(machine: Given, discharge_pressure: Quantity) -> None:
    """Refuse points of a machine that cannot belong together.

    Args:
        machine: complete.
        discharge_pressure: at which the plant runs; between the switch pressures of a cycle.

    Raises:
        InputError: flows, powers or pressures in the wrong order, a speed curve that falls, or a closed inlet that
            takes less than the unloaded machine.
    """
    for flows in (("turndown_flow", "middle_flow"), ("surge_flow",), ("unload_flow",)):
        must_rise(machine, (*flows, "full_load_flow"), "m3/min",
                  "the flows of the machine must rise", "Check the points of the data sheet")  # fmt: skip
    powers = ("no_load_power", "turndown_power", "middle_power", "unload_power", "blow_off_power", "full_load_power",
              "=cut_out_power")  # fmt: skip
    must_rise(machine, powers, "kW", "the powers of the machine must rise",
              "Check which power belongs to which point; all are package input")  # fmt: skip
    _rising_curve(machine)
    _closed_above_unloaded(machine)
    if word(machine, "control") not in CYCLES:
        return
    pressures = ("unloaded_sump_pressure", "cut_in_pressure", "cut_out_pressure")
    must_rise(machine, pressures, "bar[g]",
              "the pressures of the load/unload switch are in the wrong order", "Read the controller")  # fmt: skip
    low, high = number(machine, "cut_in_pressure"), number(machine, "cut_out_pressure")
    top = float(high.value_in("bar[g]"))
    if "throttle_range" in machine:
        top += float(number(machine, "throttle_range").value_in("bar"))
    if not low.value_in("bar[g]") <= discharge_pressure.value_in("bar[g]") <= top:
        raise InputError(
            "the discharge pressure does not lie between the switch pressures of the load/unload control",
            subject=subject_of("discharge_pressure"),
            value=plain_text(discharge_pressure),
            limit=f"{plain_text(low)} to {top:g} bar(g) (cut_in_pressure to cut_out_pressure"
            + (" with throttle_range)" if "throttle_range" in machine else ")"),
            next_step="Give the mean pressure at the compressor outlet, or correct the set-points",
        )


def _rising_curve(machine: Given) -> None:
    """A variable-speed curve must rise from the lowest to the highest speed: more air never takes less power."""
    if "middle_flow" not in machine:
        return
    flows, powers = (
        [float(number(machine, f"{point}_{what}").value_in(unit)) for point in ("turndown", "middle", "full_load")]
        for what, unit in (("flow", "m3/min"), ("power", "kW"))
    )
    first, second = ((powers[i + 1] - powers[i]) / (flows[i + 1] - flows[i]) for i in (0, 1))
    bend = (second - first) / (flows[2] - flows[0])
    at_ends = first - bend * (flows[1] - flows[0]), second + bend * (flows[2] - flows[1])
    if min(at_ends) >= 0:
        return
    where = "lowest" if at_ends[0] < 0 else "highest"
    raise InputError(
        f"the curve through the three points falls at the {where} speed: more air cannot take less power",
        subject=current_subject(),
        value=", ".join(f"{flow:g} m3/min {power:g} kW" for flow, power in zip(flows, powers, strict=True)),
        limit="a parabola that rises from turndown_flow to full_load_flow",
        next_step="Check the points; choose the middle point near half of the range",
    )


def _closed_above_unloaded(machine: Given) -> None:
    """With a closed inlet against a full sump a machine takes no less than unloaded with a vented one."""
    if "closed_inlet_fraction" not in machine:
        return
    closed = float(number(machine, "closed_inlet_fraction").value_in("1")) * float(
        number(machine, "cut_out_power").value_in("kW")
    )
    unloaded = number(machine, "no_load_power")
    if closed < unloaded.value_in("kW"):
        raise InputError(
            "with the inlet closed it would take less than unloaded",
            subject=subject_of("closed_inlet_fraction"),
            value=f"{closed:g} kW (closed_inlet_fraction times cut_out_power)",
            limit=f"{plain_text(unloaded)} (no_load_power)",
            next_step="Measure the power just before it unloads, and at the end of the unloaded time",
        )
