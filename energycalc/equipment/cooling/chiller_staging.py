"""Several chillers over a profile of load: in which order they start, and how full they run before the next one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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
from energycalc.physics.electricity.power import electrical_energy
from energycalc.physics.energy_balance import remaining_energy
from energycalc.physics.refrigeration import chiller_curves as curves
from energycalc.physics.refrigeration import second_law
from energycalc.physics.refrigeration.cooling_energy import (
    largest_cooling_saving,
    load_of_fraction,
    per_ton,
    plant_power,
)
from energycalc.quantity import Quantity, cite, current_subject, total

_LABEL = "負載 load"
_WHOLE = cite("energy-balance", "sum over the levels of load")


@dataclass(frozen=True)
class _Machine:
    """A chiller at the temperatures of the plant."""

    name: str
    kind: str
    capacity: Quantity
    specific_power: Quantity
    auxiliary: Quantity


def change(before: Given, after: Given, common: Given) -> Change:
    """Start chillers in another order, or the next one at another load.

    Args:
        before: ``order`` (names of the machines) and ``start_threshold``.
        after: the same.
        common: ``machines``, ``chilled_water_supply``, ``condenser_entering`` and ``profile`` (cooling load, hours).

    Returns:
        The remaining fraction with both energies of the model, pumps of the running machines included. Machines that
        run share the load in proportion to their capacity.

    Raises:
        InputError: a parameter is missing or unknown, or an order names an unknown machine.
        OutOfRange: a load above the capacity of all machines of an order, below 10 % of those running, or less than
            the reversible (Carnot) work; a condenser that is not warmer than the chilled water.
    """
    check(PARAMETERS, before, after, common)
    machines = _machines(common)
    orders = [_order(side, label, machines) for side, label in ((before, BEFORE), (after, AFTER))]
    findings: list[Finding] = []
    energies: list[list[Quantity]] = [[], []]
    for index, level in enumerate(_profile(common), start=1):
        load, hours = number(level, "cooling_load"), number(level, "hours")
        with part(f"{_LABEL} {index}"):
            for side, label, order, into in zip((before, after), (BEFORE, AFTER), orders, energies, strict=True):
                with part(label):
                    running = _running(order, load, number(side, "start_threshold"))
                    into.append(electrical_energy(_power(order[:running], load, common, findings), hours))
            findings += _better(orders[1], running, load, common)
    energy_before, energy_after = (total(terms) for terms in energies)
    energy_before = energy_before.renamed("energy_before_model", "E_m0", _WHOLE)
    energy_after = energy_after.renamed("energy_after_model", "E_m1", _WHOLE)
    remaining = remaining_energy(energy_before, energy_after)
    findings += uses_more("chiller_staging", remaining)
    return Change(remaining, "electricity", energy_before, energy_after, tuple(findings))


def ceiling(before: Given, after: Given, common: Given) -> Ceiling:
    """The most that another staging can save: all but the reversible (Carnot) work of the same loads.

    Args:
        before: as for :func:`change`.
        after: as for :func:`change`.
        common: as for :func:`change`.
    """
    found = change(before, after, common)
    assert found.energy_before_model is not None
    least = [
        electrical_energy(_least(number(level, "cooling_load"), common), number(level, "hours"))
        for level in _profile(common)
    ]
    return Ceiling(
        largest_cooling_saving(found.energy_before_model, total(least)),
        "No set of machines takes less than the reversible (Carnot) work between chilled water and condenser.",
        "任何主機組合都不能低於冰水與冷凝側溫度間之可逆（卡諾）功。",
        cite("second-law", "least work of cooling"),
    )


def _profile(common: Given) -> list[Given]:
    return levels(common["profile"], "profile", _LABEL, (_LOAD, HOURS_AT_LEVEL))


def _least(load: Quantity, common: Given) -> Quantity:
    return second_law.least_cooling_power(
        load, number(common, "chilled_water_supply"), number(common, "condenser_entering")
    )


def _machines(common: Given) -> dict[str, _Machine]:
    cold = curves.fahrenheit_reading(number(common, "chilled_water_supply"))
    hot = curves.fahrenheit_reading(number(common, "condenser_entering"))
    second_law.must_lift(number(common, "chilled_water_supply"), number(common, "condenser_entering"))
    found: dict[str, _Machine] = {}
    for entry in levels(common["machines"], "machines", "主機 machine", _MACHINE):
        name, kind = word(entry, "machine"), word(entry, "chiller_kind")
        if name in found:
            raise InputError("two machines have one name", subject=subject_of("machines"), value=name)
        with part(name):
            factor = curves.capacity_factor(cold, hot, **curves.curve(kind, "capacity"))
            capacity = curves.available_capacity(number(entry, "rated_capacity"), factor)
            specific_power = per_ton(number(entry, "rated_specific_power"))
        found[name] = _Machine(name, kind, capacity, specific_power, number(entry, "auxiliary_power"))
    return found


def _order(side: Given, label: str, machines: dict[str, _Machine]) -> list[_Machine]:
    given = side["order"]
    names = [str(name).strip() for name in (given if isinstance(given, list | tuple) else str(given).split(","))]
    wrong = [name for name in names if name not in machines]
    if wrong or not names or len(set(names)) < len(names):
        with part(label):
            raise InputError(
                "names no machine, one that is not listed, or one twice",
                subject=subject_of("order"),
                value=plain_text(given),
                limit=", ".join(machines),
                next_step='Write it like "A, B, C": the names under machines, first to start first',
            )
    return [machines[name] for name in names]


def _running(order: Sequence[_Machine], load: Quantity, threshold: Quantity) -> int:
    """How many machines of the order run: the next one starts when those running are loaded to the threshold."""
    needed, share = float(load.value_in("kW")), float(threshold.value_in("1"))
    together = 0.0
    for count, machine in enumerate(order, start=1):
        together += float(machine.capacity.value_in("kW"))
        if needed <= together * share * (1 + 1e-12):
            return count
    if needed <= together * (1 + 1e-12):
        return len(order)
    raise OutOfRange(
        "the chillers of this order cannot carry the load",
        subject=current_subject(),
        value=f"{needed:,.0f} kW",
        limit=f"{together:,.0f} kW (available capacity of {', '.join(m.name for m in order)})",
        next_step="Add a machine to the order, or correct the load",
    )


def _power(running: Sequence[_Machine], load: Quantity, common: Given, findings: list[Finding] | None) -> Quantity:
    """Input of machines that share a load in proportion to their capacity."""
    cold = curves.fahrenheit_reading(number(common, "chilled_water_supply"))
    hot = curves.fahrenheit_reading(number(common, "condenser_entering"))
    together = total([machine.capacity for machine in running]).renamed("available_capacity", "Q_av", _WHOLE)
    share = curves.part_load_ratio(load, together)
    powers = []
    for machine in running:
        with part(machine.name):
            carried = load_of_fraction(share, machine.capacity)
            state = curves.state_at_capacity(machine.kind, machine.capacity, machine.specific_power, cold, hot, carried)
            if findings is not None:
                findings += second_law.within_second_law(_least(carried, common), state.power)
            powers.append(plant_power(state.power, machine.auxiliary))
    return total(powers)


def _better(order: Sequence[_Machine], running: int, load: Quantity, common: Given) -> list[Finding]:
    """Say where another number of machines of the same order would take less."""
    capacity, powers = 0.0, {}
    needed = float(load.value_in("kW"))
    for count, machine in enumerate(order, start=1):
        capacity += float(machine.capacity.value_in("kW"))
        if count == running or curves.LEAST_PART_LOAD <= needed / capacity <= 1:
            powers[count] = float(_power(order[:count], load, common, None).value_in("kW"))
    best = min(powers, key=lambda count: powers[count])
    if best == running or powers[best] >= powers[running] * (1 - 1e-6):
        return []
    return [
        doubt(
            "chiller_staging.optimum",
            "note",
            f"{running} machine(s) of the new order run and take {powers[running]:,.0f} kW with their pumps; "
            f"{best} would take {powers[best]:,.0f} kW.",
            f"改善後順序運轉 {running} 台、含水泵 {powers[running]:,.0f} kW；"
            f"運轉 {best} 台僅需 {powers[best]:,.0f} kW。",
            cite("energy-balance", "least sum of chillers and pumps"),
            cooling_load=plain_text(load),
        )
    ]


_LOAD = Parameter("cooling_load", ("common",), "kW", "900 USRT", "冷凍負載，須註明 USRT、JRT 或 kW",
                  "cooling load; say USRT, JRT or kW", range=(0.1, 100000))  # fmt: skip
_MACHINE = (
    Parameter("machine", ("common",), "", "A", "主機代號", "name of the machine"),
    Parameter("chiller_kind", ("common",), "", "centrifugal_water_fixed", "主機型式", "kind of the chiller",
              choices=curves.chiller_kinds()),
    Parameter("rated_capacity", ("common",), "kW", "1,000 USRT", "銘牌額定冷凍能力", "nameplate capacity",
              range=(10, 30000)),
    Parameter("rated_specific_power", ("common",), "kW/USRT", "0.62 kW/USRT", "額定條件滿載耗電率",
              "input per cooling at rated conditions, full load", range=(0.2, 3)),
    Parameter("auxiliary_power", ("common",), "kW", "60 kW", "隨該機啟停之水泵與水塔風扇輸入功率",
              "input of the pumps and tower fans that start and stop with it", range=(0, 5000)),
)  # fmt: skip
PARAMETERS = (
    Parameter("order", BOTH, "", "A, B, C", "啟動順序（主機代號，先啟動者在前；備用機不列）",
              "order of starting, first to start first; machines that never run are left out"),
    Parameter("start_threshold", BOTH, "%", "90 %", "運轉中主機負載率達此值時加開下一台",
              "load of the running machines at which the next one starts", range=(10, 100)),
    Parameter("machines", ("common",), "",
              "[{machine: A, chiller_kind: centrifugal_water_fixed, rated_capacity: 1000 USRT, "
              "rated_specific_power: 0.62 kW/USRT, auxiliary_power: 60 kW}]",
              "各主機：代號、型式、額定冷凍能力、額定耗電率、附屬水泵風扇功率",
              "the machines: name, kind, rated capacity, rated kW/USRT, power of their pumps and fans"),
    Parameter("chilled_water_supply", ("common",), "degC", "7 °C", "冰水出水溫度", "chilled water leaving",
              range=(3, 20)),
    Parameter("condenser_entering", ("common",), "degC", "30 °C", "冷卻水入口溫度（氣冷式為外氣）",
              "water entering the condensers (outdoor air where air-cooled)", range=(15, 45)),
    Parameter("profile", ("common",), "", "[{cooling_load: 900 USRT, hours: 2,000 h}]", "總冷凍負載分級與時數",
              "cooling load of the plant sorted into levels, with hours"),
)  # fmt: skip

_THREE = [
    {
        "machine": name,
        "chiller_kind": "centrifugal_water_variable",
        "rated_capacity": "1,000 USRT",
        "rated_specific_power": "0.676 kW/USRT",
        "auxiliary_power": "0 kW",
    }
    for name in ("A", "B", "C")
]
DESCRIPTION = TechnologyDescription(
    key="chiller_staging",
    label_zh="冰水主機台數控制",
    label_en="Chiller staging",
    carrier="electricity",
    parameters=PARAMETERS,
    change=change,
    ceiling=ceiling,
    worked_example=WorkedExample(
        before={"order": "A, B, C", "start_threshold": "40 %"},
        after={"order": "A, B, C", "start_threshold": "50 %"},
        common={
            "machines": _THREE,
            "chilled_water_supply": "5.5556 °C",
            "condenser_entering": "27.8444 °C",
            "profile": [{"cooling_load": "900 USRT", "hours": "1 h"}],
        },
        of="saving",
        given="216.5928 kWh",
        tolerance=0.02,
        source=cite("measur-tools-suite", "unit test of chiller staging"),
        because_en="the source gives 216.59 kWh for two chillers at 450 RT in place of three at 300 RT, because it "
        "uses the same curves; it takes the capacity curve twice, which makes its saving 1.7 % larger than ours.",
        because_zh="來源值 216.59 kWh（3 台各 300 RT 改為 2 台各 450 RT），因為採相同曲線；"
        "來源之能力曲線重複乘用，節電較本程式大 1.7 %。",
    ),
    limits_zh="運轉中各機依能力比例分擔負載；水溫固定；不含啟停損失；單機負載 10 % 以下不適用。",
    limits_en="Running machines share the load in proportion to capacity; fixed water temperatures; no starting "
    "losses; no machine below 10 % load.",
    turning_point_zh="開機台數過多則效率與水泵損失大，過少則主機滿載效率變差：程式指出各負載更省之台數。",
    turning_point_en="Too many machines lose at low load and in their pumps, too few lose near full load (most of all "
    "with variable speed): the better number is found and told for each level.",
)
DESCRIPTIONS = (DESCRIPTION,)
