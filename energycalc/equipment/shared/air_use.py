"""What technologies that use less compressed air share: the compressor that feels it, and the energy it gives back."""

from __future__ import annotations

from energycalc.equipment.description import (
    HOURS_OF_A_YEAR,
    Change,
    Given,
    Parameter,
    doubt,
    notes_on_readings,
    number,
    reading,
    subject_of,
    uses_more,
    word,
)
from energycalc.equipment.description.instruments import POWER_LOGGER
from energycalc.equipment.shared.choices import exactly_needed
from energycalc.equipment.tables import read_table
from energycalc.errors import InputError, OutOfRange
from energycalc.finding import Finding
from energycalc.physics.compressed_air.air_energy import (
    air_volume,
    electricity_of_air,
    energy_without,
    fitted_nozzle_flow,
)
from energycalc.physics.compressed_air.air_flow import CUBIC_FOOT, POUND_PER_SQUARE_INCH
from energycalc.physics.compressed_air.compressor_limits import specific_power_doubts
from energycalc.physics.compressed_air.gas_compression import (
    absolute_pressure,
    isothermal_specific_power,
    specific_power,
)
from energycalc.physics.electricity.power import electrical_energy
from energycalc.quantity import Quantity, cite, constant, minimum
from energycalc.quantity.quantity import pure_number

TYPED = "typed"
CONTROLS = tuple(row["control"] for row in read_table("compressor_control_adjustment").rows)
CONTROL_NEEDS = {**dict.fromkeys(CONTROLS, ()), TYPED: ("control_adjustment",)}

COMPRESSOR_PARAMETERS = (
    Parameter("full_load_flow", ("common",), "m3/min", "13.3 m3/min",
              "調節流量之空壓機滿載自由空氣量 (FAD)，銘牌或 CAGI 資料表",
              "free air delivered of the compressor that follows the demand, nameplate or data sheet",
              range=(0.1, 500)),
    Parameter("full_load_power", ("common",), "kW", "82 kW", "同一空壓機滿載整機輸入功率，功率計或資料表",
              "package input of the same compressor at full load, logger or data sheet", range=(0.5, 4000),
              default_uncertainty=POWER_LOGGER),
    Parameter("control_type", ("common",), "", "screw_load_unload_long",
              "該機控制方式：決定少用空氣時功率降多少；typed 表示自行填 control_adjustment",
              "control of that compressor: it decides how far the power falls with the flow; typed: give "
              "control_adjustment from two logged points", choices=(*CONTROLS, TYPED)),
    Parameter("control_adjustment", ("common",), "%", "68 %",
              "兩點實測：功率降幅比例÷流量降幅比例（皆對滿載）", "two logged points: fall of power over fall of flow, "
              "both as shares of full load; needed by typed only", optional=True, range=(0, 100)),
    Parameter("average_power", ("common",), "kW", "70 kW", "改善前全部空壓機平均輸入功率（含卸載時間）",
              "mean input of all compressors before, unloaded time included, from a logger", range=(0.1, 20000),
              default_uncertainty=POWER_LOGGER),
    Parameter("operating_hours", ("common",), "h", "6,000 h", "管路有壓時數（期間）",
              "hours of the period in which the pipes are under pressure", range=HOURS_OF_A_YEAR),
    Parameter("line_pressure", ("common",), "bar[g]", "7 bar(g)", "用氣點管路壓力（無壓力即無洩漏）",
              "pressure in the line where the air is used; without it nothing flows", range=(0.1, 16)),
    Parameter("ambient_pressure", ("common",), "bar[a]", "1.013 bar(a)", "現場大氣壓（海平面約 1.013）",
              "at site, about 1.013 at sea level", range=(0.6, 1.1)),
)  # fmt: skip


def adjustment(common: Given, findings: list[Finding]) -> Quantity:
    """Share of the full-load specific power that the compressor's control gives back.

    Args:
        common: ``control_type`` and, with ``typed``, ``control_adjustment``.
        findings: gets a note where a table stands in for a measurement.
    """
    exactly_needed(common, "control_type", CONTROL_NEEDS, "common")
    control = word(common, "control_type")
    if control == TYPED:
        return number(common, "control_adjustment")
    table = read_table("compressor_control_adjustment")
    (row,) = table.select(control=control)
    share, source = row["adjustment_percent"], table.source(control)
    findings.append(
        doubt(
            "air_use.control_from_table",
            "note",
            f"The compressor is taken to give back {share} % of its full-load specific power when less air is used "
            f"({row['name_en']}); this is a table value, not a measurement.",
            f"空壓機少供氣時之節電以滿載比功率之 {share} % 計（{row['name_zh']}），為表列值而非實測。",
            source,
            control_adjustment=f"{share} %",
        )
    )
    return constant("s_c", float(share), "%", source, name="control_adjustment")


def air_change(
    technology: str,
    flows: tuple[Quantity, Quantity],
    common: Given,
    findings: list[Finding],
    own_power: tuple[Quantity, Quantity] | None = None,
) -> Change:
    """What a smaller use of air does to the energy of the compressors.

    Args:
        technology: first part of the findings' names.
        flows: free air of the use in question, before and after.
        common: the compressor (:data:`COMPRESSOR_PARAMETERS`).
        findings: doubts found so far.
        own_power: mean electrical power of the machine that uses the air, before and after, if it has any.

    Raises:
        InputError: the control is not described.
        OutOfRange: the compressor takes less than isothermal work, or the use takes more than all compressors do or
            can compress.
    """
    power, flow = reading(COMPRESSOR_PARAMETERS, common, "full_load_power"), number(common, "full_load_flow")
    ambient = number(common, "ambient_pressure")
    found = [*findings, *notes_on_readings(technology, COMPRESSOR_PARAMETERS, common)]
    found += specific_power_doubts(power, flow, ambient, absolute_pressure(number(common, "line_pressure"), ambient))
    share = adjustment(common, found)
    specific, hours = specific_power(power, flow), number(common, "operating_hours")
    energy_before = electrical_energy(reading(COMPRESSOR_PARAMETERS, common, "average_power"), hours)
    given_up, kept = (electricity_of_air(air_volume(q, hours), specific, share) for q in flows)
    for part_of_it in (given_up, kept):
        if part_of_it.value > energy_before.value:
            raise OutOfRange(
                "this use of air alone would take more energy than all compressors",
                subject=subject_of("average_power"),
                value=f"{part_of_it.value:,.0f} kWh",
                limit=f"{energy_before.value:,.0f} kWh (average power times hours)",
                next_step="Check the flow (free air), the number of leaks or nozzles, and the average power",
            )
    _deliverable(flows, common)
    given_back = given_up - kept
    if own_power is not None:
        own_before, own_after = (electrical_energy(own, hours) for own in own_power)
        energy_before, given_back = energy_before + own_before, given_back + (own_before - own_after)
    energy_after = energy_without(energy_before, given_back)
    balance = cite("energy-balance", "energy after over energy before")
    remaining = (energy_after / energy_before).renamed("remaining_fraction", "r", balance)
    if share.value == 0 and flows[1].value < flows[0].value:
        found.append(
            doubt(
                f"{technology}.control_gives_nothing_back",
                "warning",
                "With this control the compressor's power does not fall when less air is used: nothing is saved until "
                "the control is changed.",
                "此控制方式下少用空氣不會降低空壓機功率，須先改善控制才有節電。",
                None,
                control=word(common, "control_type"),
            )
        )
    return Change(
        remaining,
        "electricity",
        energy_before.renamed("energy_before_model", "E_m0"),
        energy_after.renamed("energy_after_model", "E_m1"),
        (*found, *uses_more(technology, remaining)),
    )


def _deliverable(flows: tuple[Quantity, Quantity], common: Given) -> None:
    """Refuse a use that takes more air than the power of all compressors can compress without any loss."""
    ambient, line = number(common, "ambient_pressure"), number(common, "line_pressure")
    least = isothermal_specific_power(ambient, absolute_pressure(line, ambient))
    power = float(number(common, "average_power").value_in("kW"))
    for flow in flows:
        needed = float(least.value) * float(flow.value_in("m3/min"))
        if needed > power:
            raise OutOfRange(
                "this use of air alone would take more than all compressors can compress, even without any loss",
                subject=subject_of("average_power"),
                value=f"{flow.value_in('m3/min'):.3g} m3/min, isothermal {needed:,.3g} kW",
                limit=f"{power:,g} kW (average_power)",
                next_step="Check the flow (free air), the number of leaks or nozzles, and the average power",
            )


def air_ceiling(flow: Quantity, common: Given, own_power: Quantity | None = None) -> Quantity:
    """Share of the energy that a use of air can be worth at most: its flow at full specific power, and its own power.

    Args:
        flow: the most that the use can take before the measure, free air.
        common: the compressor.
        own_power: mean electrical power of the machine that uses the air, before, if it has any.
    """
    hours = number(common, "operating_hours")
    specific = specific_power(
        reading(COMPRESSOR_PARAMETERS, common, "full_load_power"), number(common, "full_load_flow")
    )
    energy = electrical_energy(reading(COMPRESSOR_PARAMETERS, common, "average_power"), hours)
    worth = electricity_of_air(air_volume(flow, hours), specific, pure_number(1))
    if own_power is not None:
        own = electrical_energy(own_power, hours)
        energy, worth = energy + own, worth + own
    return minimum(worth / energy, pure_number(1)).renamed("largest_saving", "s_max", AIR_CEILING)


AIR_CEILING = cite("energy-balance", "a use of air is worth its flow times the full-load specific power")
CEILING_EN = (
    "A use of air cannot be worth more than its own flow times the compressor's full-load specific power: no control "
    "gives back more than in proportion."
)
CEILING_ZH = "用氣之價值不超過其流量乘以空壓機滿載比功率：任何控制方式之功率降幅都不會超過流量比例。"


def nozzle_flow(nozzle: str | int, line_pressure: Quantity) -> Quantity:
    """Free air of one nozzle or open tube of the table ``air_nozzles.csv``.

    Args:
        nozzle: its name or index in the table.
        line_pressure: before it, gauge.

    Raises:
        InputError: the table has no such nozzle.
    """
    table = read_table("air_nozzles")
    column = "index" if isinstance(nozzle, int) else "nozzle"
    rows = [row for row in table.rows if row[column] == str(nozzle)]
    if not rows:
        offered = ", ".join(row[column] for row in table.rows)
        raise InputError("the table has no such nozzle", subject=subject_of("nozzle"), value=nozzle, limit=offered)
    source = table.source(rows[0]["nozzle"])

    def coefficient(power: int) -> Quantity:
        value = float(rows[0][f"a{power}"]) * CUBIC_FOOT / POUND_PER_SQUARE_INCH**power
        unit = ("m3/min", "m3/min/bar", "m3/min/bar^2")[power]
        return constant(f"a_{power}", value, unit, source, name=f"nozzle_a{power}")

    return fitted_nozzle_flow(coefficient(2), coefficient(1), coefficient(0), line_pressure)
