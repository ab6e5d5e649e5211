"""Chiller replacement: another machine (or a variable-speed one) for the same loads at the same temperatures."""

from __future__ import annotations

from collections.abc import Mapping

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
    notes_on_readings,
    number,
    part,
    reading,
    subject_of,
    uses_more,
    word,
)
from energycalc.equipment.description.instruments import POWER_LOGGER
from energycalc.equipment.tables import read_table
from energycalc.errors import InputError, OutOfRange
from energycalc.finding import Finding
from energycalc.physics.electricity.power import electrical_energy
from energycalc.physics.energy_balance import remaining_energy
from energycalc.physics.refrigeration import second_law
from energycalc.physics.refrigeration.cooling_energy import (
    cooling_power,
    cop_of_specific_power,
    largest_cooling_saving,
    load_of_fraction,
    per_ton,
    plant_power,
)
from energycalc.quantity import Quantity, cite, current_subject, interpolate, total

_LEVEL_LABEL = "負載 load"
_LINE = cite("ahri-550-590", "straight line between points of the data sheet")
_WHOLE = cite("energy-balance", "sum over the levels of load")
MEASURED = ("measured_cooling_load", "measured_input_power", "measured_heat_rejection")


def change(before: Given, after: Given, common: Given) -> Change:
    """Replace a chiller for the same loads.

    Args:
        before: ``rated_capacity``, ``performance`` (points of the data sheet or of measurement), ``auxiliary_power``;
            a measured heat balance where there is one.
        after: the same of the new machine; ``minimum_class`` where its full-load COP shall be held against the
            Taiwanese minimum.
        common: ``chilled_water_supply`` and ``profile`` (share of the present capacity, temperature entering the
            condenser, hours).

    Returns:
        The remaining fraction with both energies of the model, pumps and fans included.

    Raises:
        InputError: a parameter is missing or unknown, or the points or the profile are no such lists.
        OutOfRange: a load outside a machine's points or above its capacity, or less than the reversible (Carnot) work.
    """
    check(PARAMETERS, before, after, common)
    findings = [*notes_on_readings("chiller", PARAMETERS, before, after), *_balance(before), *_class(after)]
    sides = ((before, BEFORE), (after, AFTER))
    energies: list[list[Quantity]] = [[], []]
    for index, level in enumerate(_profile(common), start=1):
        with part(f"{_LEVEL_LABEL} {index}"):
            load = load_of_fraction(number(level, "load_fraction"), number(before, "rated_capacity"))
            least = _least(level, common, load)
            for (side, label), into in zip(sides, energies, strict=True):
                with part(label):
                    power = _power(side, load)
                    findings += second_law.within_second_law(least, power)
                    whole = plant_power(power, reading(PARAMETERS, side, "auxiliary_power"))
                    into.append(electrical_energy(whole, number(level, "hours")))
    energy_before, energy_after = (total(terms) for terms in energies)
    energy_before = energy_before.renamed("energy_before_model", "E_m0", _WHOLE)
    energy_after = energy_after.renamed("energy_after_model", "E_m1", _WHOLE)
    remaining = remaining_energy(energy_before, energy_after)
    findings += [*_pumps(before, after), *uses_more("chiller", remaining)]
    return Change(remaining, "electricity", energy_before, energy_after, tuple(findings))


def ceiling(before: Given, after: Given, common: Given) -> Ceiling:
    """The most that another machine can save: all but the reversible (Carnot) work of the same loads.

    Args:
        before: as for :func:`change`.
        after: as for :func:`change`.
        common: as for :func:`change`.
    """
    found = change(before, after, common)
    assert found.energy_before_model is not None
    least = []
    for level in _profile(common):
        load = load_of_fraction(number(level, "load_fraction"), number(before, "rated_capacity"))
        least.append(electrical_energy(_least(level, common, load), number(level, "hours")))
    return Ceiling(
        largest_cooling_saving(found.energy_before_model, total(least)),
        "No machine takes less than the reversible (Carnot) work between chilled water and condenser; pumps and fans "
        "could at best stand still.",
        "任何主機都不能低於冰水與冷凝側溫度間之可逆（卡諾）功；水泵與風扇至多為零。",
        cite("second-law", "least work of cooling"),
    )


def _profile(common: Given) -> list[Given]:
    return levels(common["profile"], "profile", _LEVEL_LABEL, _LEVEL)


def _least(level: Given, common: Given, load: Quantity) -> Quantity:
    return second_law.least_cooling_power(
        load, number(common, "chilled_water_supply"), number(level, "condenser_entering")
    )


def _power(machine: Given, load: Quantity) -> Quantity:
    """Input at a load, on straight lines between the machine's points."""
    capacity = number(machine, "rated_capacity")
    if load.value_in("kW") > capacity.value_in("kW") * (1 + 1e-12):
        raise OutOfRange(
            "the chiller cannot carry this load",
            subject=current_subject(),
            value=f"{load.value_in('kW'):,.0f} kW",
            limit=f"{capacity.value_in('kW'):,.0f} kW (rated_capacity)",
            next_step="Take a larger machine, or model the second one that takes the rest (chiller_staging)",
        )
    points = sorted(_points(machine), key=lambda point: float(number(point, "load_fraction").value_in("1")))
    loads = [load_of_fraction(number(point, "load_fraction"), capacity) for point in points]
    powers = [cooling_power(at, _cop(point)) for at, point in zip(loads, points, strict=True)]
    return interpolate(load, loads, powers).renamed("chiller_power", "P_ch", _LINE)


def _points(machine: Given) -> list[Given]:
    given = machine["performance"]
    first = given[0] if isinstance(given, list | tuple) and given else None
    columns = _COP_POINT if isinstance(first, Mapping) and "cooling_cop" in first else _POINT
    return levels(given, "performance", "性能點 point", columns)


def _cop(point: Given) -> Quantity:
    if "cooling_cop" in point:
        return number(point, "cooling_cop")
    return cop_of_specific_power(per_ton(number(point, "chiller_specific_power")))


def _pumps(before: Given, after: Given) -> list[Finding]:
    """Say where part of the saving is that of pumps and fans, which another measure may count too."""
    old, new = (float(number(side, "auxiliary_power").value_in("kW")) for side in (before, after))
    if new >= old:
        return []
    return [
        doubt(
            "chiller.smaller_auxiliaries",
            "note",
            f"Pumps and fans fall from {old:,.1f} to {new:,.1f} kW: that part is not the new chiller's; show the flow "
            "that it needs, and do not count it again in a measure of pumps or fans.",
            f"水泵與風扇由 {old:,.1f} kW 降為 {new:,.1f} kW：此部分非主機效率所致，須佐證所需水量，"
            "且不得於水泵或風扇措施重複計算。",
            None,
            auxiliary_power=f"{old:,.1f} kW → {new:,.1f} kW",
        )
    ]


def _balance(before: Given) -> list[Finding]:
    """Hold cooling plus input against the measured heat rejection, where all three are given."""
    written = [key for key in MEASURED if key in before]
    if not written:
        return []
    if len(written) < len(MEASURED):
        raise InputError(
            "the heat balance needs all three measured figures, or none",
            subject=subject_of(", ".join(written)),
            limit=", ".join(MEASURED),
            next_step="Add what is missing, or leave all three out",
        )
    with part(BEFORE):
        cooling, power, rejected = (number(before, key) for key in MEASURED)
        return second_law.heat_balance_doubts(
            second_law.heat_balance_error(second_law.condenser_heat(cooling, power), rejected)
        )


def _class(after: Given) -> list[Finding]:
    """Doubt a new machine whose full-load COP lies below the Taiwanese minimum of its class."""
    if "minimum_class" not in after:
        return []
    kind = word(after, "minimum_class")
    capacity = float(number(after, "rated_capacity").value_in("USRT"))
    table = read_table("chiller_minimum_cop")
    row = next(
        row for row in table.select(kind=kind) if float(row["from_ton"]) <= capacity < float(row["below_ton"] or "inf")
    )
    full = [p for p in _points(after) if float(number(p, "load_fraction").value_in("1")) >= 1 - 1e-9]
    if not full:
        raise InputError(
            "has no point at 100 % load to hold against the minimum",
            subject=subject_of("performance"),
            next_step="Add the full-load point of the data sheet, or leave minimum_class out",
        )
    with part(AFTER):
        reached, least = float(_cop(full[0]).value_in("1")), float(row["minimum_cop"])
        if reached >= least:
            return []
        return [
            doubt(
                "chiller.below_minimum",
                "error",
                f"The new machine's full-load COP of {reached:.2f} lies below the minimum of its class, {least:.2f} "
                "(standard of 2001, second stage 2005, at CNS conditions; later stages are not on file).",
                f"新機滿載 COP {reached:.2f} 低於該級距能源效率標準 {least:.2f}"
                "（90 年公告、94 年施行值，CNS 條件；後續修正未收錄）。",
                table.source(f"{kind}, from {row['from_ton']} RT"),
                cop=f"{reached:.2f}",
                minimum_cop=f"{least:.2f}",
            )
        ]


_FRACTION = Parameter("load_fraction", ("common",), "%", "75 %", "冷凍負載／該機額定冷凍能力",
                      "cooling load over the machine's rated capacity", range=(5, 100))  # fmt: skip
_POINT = (
    _FRACTION,
    Parameter("chiller_specific_power", ("common",), "kW/USRT", "0.62 kW/USRT", "該負載下主機耗電率（kW/USRT）",
              "input per cooling at that load", range=(0.1, 4)),
)  # fmt: skip
_COP_POINT = (
    _FRACTION,
    Parameter("cooling_cop", ("common",), "1", "5.6", "該負載下性能係數 COP", "COP at that load", range=(0.8, 30)),
)
_LEVEL = (
    Parameter("load_fraction", ("common",), "%", "60 %", "冷凍負載／現有主機額定冷凍能力",
              "cooling load over the present machine's rated capacity", range=(1, 100)),
    Parameter("condenser_entering", ("common",), "degC", "28 °C", "冷卻水入口溫度；氣冷式為進風乾球溫度",
              "water entering the condenser; dry bulb of the air where it is air-cooled", range=(5, 50)),
    HOURS_AT_LEVEL,
)  # fmt: skip
_POINTS_EXAMPLE = (
    "[{load_fraction: 50 %, chiller_specific_power: 0.58 kW/USRT}, "
    "{load_fraction: 100 %, chiller_specific_power: 0.62 kW/USRT}]"
)
PARAMETERS = (
    Parameter("rated_capacity", BOTH, "kW", "500 USRT", "銘牌額定冷凍能力，須註明 USRT、JRT 或 kW",
              "nameplate cooling capacity; say USRT, JRT or kW", range=(1, 30000)),
    Parameter("performance", BOTH, "",
              _POINTS_EXAMPLE,
              "現場條件下各負載之耗電率 kW/USRT，或以 cooling_cop 填 COP；取自型錄部分負載表或實測，須涵蓋全部負載範圍",
              "input per cooling (kW/USRT) at several loads at the site's temperatures, or cooling_cop instead; from "
              "the part-load sheet or measured; the points must span all loads"),
    Parameter("auxiliary_power", BOTH, "kW", "75 kW", "隨主機運轉之冰水泵、冷卻水泵與水塔風扇平均輸入功率",
              "mean input of chilled-water and condenser pumps and tower fans that run with the chiller",
              range=(0, 10000), default_uncertainty=POWER_LOGGER),
    Parameter("minimum_class", ("after",), "", "water_centrifugal", "與我國冰水主機能源效率標準比對之類別",
              "class of the Taiwanese minimum efficiency to hold the new machine against", optional=True,
              choices=("water_positive_displacement", "water_centrifugal", "air")),
    Parameter("measured_cooling_load", ("before",), "kW", "1,400 kW", "實測冷凍量（冰水流量與溫差）",
              "measured cooling: flow and temperature difference of the chilled water", True, (0.1, 30000)),
    Parameter("measured_input_power", ("before",), "kW", "290 kW", "同時實測主機輸入功率",
              "input of the chiller, at the same time", True, (0.1, 10000)),
    Parameter("measured_heat_rejection", ("before",), "kW", "1,680 kW", "同時實測冷卻水散熱量",
              "heat to the condenser water, at the same time", True, (0.1, 40000)),
    Parameter("chilled_water_supply", ("common",), "degC", "7 °C", "冰水出水溫度", "chilled water leaving",
              range=(-20, 30)),
    Parameter("profile", ("common",), "", "[{load_fraction: 60 %, condenser_entering: 28 °C, hours: 2,000 h}]",
              "冷凍負載分級（BEMS 或冰水流量溫差紀錄）：負載比例、冷卻水入口溫度、時數",
              "cooling load sorted into levels: share of the present capacity, condenser entering temperature, hours"),
)  # fmt: skip

_ECCT = cite("ecct-chiller", "汰換低效率主機, calculation example")
DESCRIPTION = TechnologyDescription(
    key="chiller_replacement",
    label_zh="冰水主機汰換（含變頻主機）",
    label_en="Chiller replacement (also by a variable-speed one)",
    carrier="electricity",
    parameters=PARAMETERS,
    change=change,
    ceiling=ceiling,
    worked_example=WorkedExample(
        before={
            "rated_capacity": "60 USRT",
            "performance": [
                {"load_fraction": "50 %", "chiller_specific_power": "1.2 kW/USRT"},
                {"load_fraction": "100 %", "chiller_specific_power": "1.2 kW/USRT"},
            ],
            "auxiliary_power": "0 kW",
        },
        after={
            "rated_capacity": "60 USRT",
            "performance": [
                {"load_fraction": "50 %", "chiller_specific_power": "0.72 kW/USRT"},
                {"load_fraction": "100 %", "chiller_specific_power": "0.72 kW/USRT"},
            ],
            "auxiliary_power": "0 kW",
        },
        common={
            "chilled_water_supply": "7 °C",
            "profile": [{"load_fraction": "70 %", "condenser_entering": "32 °C", "hours": "5,110 h"}],
        },
        of="saving",
        given="103,018 kWh",
        tolerance=1e-5,
        source=_ECCT,
        because_en="the source gives 103,018 kWh, because it multiplies 60 RT, 70 % mean load and 5,110 h by the fall "
        "of 1.2 to 0.72 kW/RT (its text says 0.79 in one place); pumps are left out there, the temperatures are ours.",
        because_zh="來源值 103,018 kWh，因為 60 RT×70 %×5,110 h×(1.2−0.72) kW/RT（其文字一處誤植 0.79）；"
        "來源未計水泵，溫度為本例自訂。",
    ),
    limits_zh="性能點須為現場溫度條件下之值；負載介於性能點之間以輸入功率直線內插，不外插；不含啟停損失。"
    "兩機冰水溫度與負載相同。",
    limits_en="Points at the site's temperatures; straight lines of input power between them, nothing beyond them; no "
    "cycling losses. Same loads and same chilled water for both machines.",
)
DESCRIPTIONS = (DESCRIPTION,)
