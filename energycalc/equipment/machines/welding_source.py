"""Arc welding sources: transformer or rectifier to inverter, for the same arc and the same arc time."""

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
    must_rise,
    notes_on_readings,
    number,
    part,
    reading,
    uses_more,
)
from energycalc.equipment.description.instruments import POWER_LOGGER
from energycalc.physics.electricity import converter as law
from energycalc.physics.electricity.energy_use import largest_electricity_saving
from energycalc.physics.energy_balance import remaining_energy
from energycalc.quantity import Quantity, cite

TECHNOLOGY = "welding_source"


def change(before: Given, after: Given, common: Given) -> Change:
    """Replace a welding source at the same arc.

    Args:
        before: ``converter_efficiency`` at the arc and ``idle_power`` without it.
        after: the same of the new source.
        common: ``arc_voltage``, ``arc_current``, ``arc_hours`` and ``connected_hours`` (arc hours included).

    Raises:
        InputError: more arc hours than hours switched on; a parameter that is missing or unknown.
        OutOfRange: an efficiency above 100 %.
    """
    check(PARAMETERS, before, after, common)
    arc, energies = _arc(common), []
    for side, place in ((before, BEFORE), (after, AFTER)):
        with part(place):
            energies.append(_energy(side, common, arc))
    if all(after[key] is before[key] for key in ("converter_efficiency", "idle_power")):
        energies[1] = energies[0]
    remaining = remaining_energy(*energies)
    return Change(
        remaining,
        "electricity",
        energies[0].renamed("energy_before_model", "E_m0"),
        energies[1].renamed("energy_after_model", "E_m1"),
        (*uses_more(TECHNOLOGY, remaining), *notes_on_readings(TECHNOLOGY, PARAMETERS, before, after)),
    )


def ceiling(before: Given, after: Given, common: Given) -> Ceiling:
    """A source without loss takes the energy of the arc, and nothing while it waits."""
    check(PARAMETERS, before, after, common)
    arc = _arc(common)
    with part(BEFORE):
        now = _energy(before, common, arc)
    least = law.dc_energy(arc, number(common, "arc_hours").renamed("hours", "t_arc"))
    return Ceiling(
        largest_electricity_saving(least, now),
        "The arc takes voltage times current; no source gives it for less.",
        "電弧能量為電壓乘電流，任何焊機均不可能更少。",
        law.OUTPUT_OVER_INPUT,
    )


def _arc(common: Given) -> Quantity:
    must_rise(common, ("arc_hours", "=connected_hours"), "h", "the arc cannot burn longer than the source is "
        "switched on",
              "connected_hours is the time switched on, arc time included")  # fmt: skip
    return law.dc_power(number(common, "arc_voltage"), number(common, "arc_current"))


def _energy(side: Given, common: Given, arc: Quantity) -> Quantity:
    waiting = law.idle_hours(number(common, "connected_hours"), number(common, "arc_hours"))
    return law.welding_energy(
        law.converter_input(arc, number(side, "converter_efficiency")),
        number(common, "arc_hours"),
        reading(PARAMETERS, side, "idle_power"),
        waiting,
    )


PARAMETERS = (
    Parameter("converter_efficiency", BOTH, "%", "88 %", "該電流下之效率：輸出電壓×電流／輸入功率（型錄或量測）",
              "at this current: arc voltage times current over mains power, data sheet or measured", range=(10, 99)),
    Parameter("idle_power", BOTH, "kW", "0.4 kW", "無電弧時之輸入功率（功率計；送絲機與風扇含在內）",
              "mains power without arc, power meter; fan and feeder included", range=(0, 20),
              default_uncertainty=POWER_LOGGER),
    Parameter("arc_voltage", ("common",), "V", "28 V", "電弧電壓（平均，送絲機端）", "of the arc, mean, at the feeder",
              range=(5, 100)),
    Parameter("arc_current", ("common",), "A", "250 A", "焊接電流（平均）", "welding current, mean", range=(1, 3000)),
    Parameter("arc_hours", ("common",), "h", "1,200 h", "期間燃弧時數（焊機計時或焊材用量換算）",
              "arc-on time of the period, counter of the source or from the wire used", range=(0.1, 8784)),
    Parameter("connected_hours", ("common",), "h", "4,000 h", "期間開機時數（含燃弧）",
              "hours switched on, arc time included", range=HOURS_OF_A_YEAR),
)  # fmt: skip
DESCRIPTION = TechnologyDescription(
    key="welding_source",
    label_zh="焊機汰換（變壓器式改變頻式）",
    label_en="Welding source: transformer to inverter",
    carrier="electricity",
    parameters=PARAMETERS,
    change=change,
    ceiling=ceiling,
    worked_example=WorkedExample(
        before={"converter_efficiency": "60 %", "idle_power": "0 kW"},
        after={"converter_efficiency": "85 %", "idle_power": "0 kW"},
        common={"arc_voltage": "25 V", "arc_current": "200 A", "arc_hours": "1 h", "connected_hours": "1 h"},
        of="after:converter_input",
        given="5,880 W",
        tolerance=1e-3,
        source=cite("shimaoton-welding", "200 A at 25 V: 5 kW of arc, 5,880 W in at 85 %; AC machines 60 to 70 %"),
        because_en="The source gives 5,880 W for 5,000 W of arc from an inverter of 85 %, because input is output over "
        "efficiency; for the AC machine it states 60 to 70 % without a power, the lower one is used before.",
        because_zh="來源值變頻焊機效率 85 %、電弧 5,000 W 時輸入 5,880 W，因為輸入為輸出除以效率；交流焊機僅載 60～70 %"
        "而無功率值，改善前取其下限。",
    ),
    limits_zh="電弧電壓、電流與燃弧時間不變；功率因數之電費效益不在此；脈波焊以平均功率計。",
    limits_en="Same arc and arc time; the tariff effect of the power factor is another matter; pulsed arcs by mean "
              "power.",
)  # fmt: skip
DESCRIPTIONS = (DESCRIPTION,)
