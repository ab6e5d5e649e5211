"""A lower supply voltage: it saves with uncontrolled resistors only, and those then give less heat or light."""

from __future__ import annotations

from energycalc.equipment.description import (
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
    notes_on_readings,
    number,
    reading,
    subject_of,
    uses_more,
    word,
)
from energycalc.equipment.description.instruments import POWER_LOGGER
from energycalc.equipment.shared.choices import choice_of, exactly_needed, needed_by_some
from energycalc.errors import InputError
from energycalc.finding import Finding
from energycalc.physics.electricity.power import electrical_energy
from energycalc.physics.electricity.voltage import power_ratio_at_voltage, resistive_power_ratio
from energycalc.quantity import Source, cite, constant, maximum

NEEDS: dict[str, tuple[str, ...]] = {
    "uncontrolled_resistors": ("resistive_share",),
    "controlled": (),
    "motors": (),
}
NO_SHARE = constant(
    "s_R", 0, "1", Source("voltage-short-answer", "a regulated load saves nothing"), name="resistive_share"
)


def change(before: Given, after: Given, common: Given) -> Change:
    """Lower (or raise) the voltage of a group of loads.

    Args:
        before: ``supply_voltage``.
        after: ``supply_voltage``.
        common: ``load_kind``, ``resistive_share`` with uncontrolled resistors, ``average_power``, ``operating_hours``.

    Returns:
        The remaining fraction; exactly 1 for controlled loads.

    Raises:
        InputError: motors, whose saving or loss depends on their load and must be measured.
    """
    check(PARAMETERS, before, after, common)
    kind = word(common, "load_kind")
    exactly_needed(common, "load_kind", NEEDS, "common")
    if kind == "motors":
        raise InputError(
            "what motors take at another voltage depends on their load: nothing is saved unless it is measured",
            subject=subject_of("load_kind"),
            value=kind,
            limit="uncontrolled_resistors or controlled (enmanreg: at full output motors take slightly more)",
            next_step="Measure the energy before and after at the same production, and use the measured result",
        )
    share = number(common, "resistive_share") if kind == "uncontrolled_resistors" else NO_SHARE
    energy_before = electrical_energy(reading(PARAMETERS, common, "average_power"), number(common, "operating_hours"))
    ratio = resistive_power_ratio(number(before, "supply_voltage"), number(after, "supply_voltage"))
    remaining = power_ratio_at_voltage(share, ratio).renamed("remaining_fraction", "r", cite("ohm-law", "power by V^2"))
    energy_after = energy_before * remaining
    return Change(
        remaining,
        "electricity",
        energy_before.renamed("energy_before_model", "E_m0"),
        energy_after.renamed("energy_after_model", "E_m1", cite("ohm-law", "energy by the same ratio")),
        (
            *notes_on_readings("voltage", PARAMETERS, common),
            *_doubts(kind, float(ratio.value), float(remaining.value)),
            *uses_more("voltage", remaining),
        ),
    )


def ceiling(before: Given, after: Given, common: Given) -> Ceiling:
    """The most that another voltage can save: 1 - (V1/V0)^2, and nothing at a higher voltage.

    Args:
        before: voltage.
        after: voltage.
        common: not used.
    """
    source = cite("ohm-law", "1 - (V1/V0)^2")
    ratio = resistive_power_ratio(number(before, "supply_voltage"), number(after, "supply_voltage"))
    return Ceiling(
        maximum(1 - ratio, 0 * ratio).renamed("largest_saving", "s_max", source),
        "No load takes less than in proportion to the square of the voltage.",
        "降壓節電不超過電壓平方比：1 - (V1/V0)²。",
        source,
    )


def _doubts(kind: str, ratio: float, remaining: float) -> list[Finding]:
    if ratio >= 1:
        return []
    if kind == "controlled":
        return [
            doubt(
                "voltage.controlled_load",
                "warning",
                "Loads with a thermostat, drive or electronic supply take the same energy at a lower voltage (more "
                "current or more time): nothing is saved.",
                "有溫控、變頻或電子電源之負載降壓後用電不變（電流或時間增加），無節電。",
                cite("voltage-short-answer", "first rule"),
                voltage_ratio_squared=f"{ratio:.4f}",
            )
        ]
    return [
        doubt(
            "voltage.less_output",
            "warning",
            f"The resistors give {100 * (1 - ratio):.1f} % less heat or light at this voltage: it is a saving only "
            "where less is enough.",
            f"此電壓下電阻負載之熱或光減少 {100 * (1 - ratio):.1f} %，確可接受較少輸出時才算節電。",
            cite("voltage-short-answer", "second rule"),
            remaining_fraction=f"{remaining:.4f}",
        )
    ]


PARAMETERS = (
    Parameter("supply_voltage", BOTH, "V", "380 V", "該群負載之平均電壓", "mean voltage at these loads",
              range=(50, 40000)),
    choice_of(NEEDS, "load_kind", "uncontrolled_resistors",
              "負載種類：無溫控電阻、受控負載（溫控、變頻、電子）、馬達（須實測）",
              "kind of load: resistors without control, controlled loads, motors (to be measured)", ("common",)),
    needed_by_some(NEEDS, "resistive_share", "%", "60 %", "無任何控制之電阻負載佔該群用電比例",
                   "share of these loads' energy taken by resistors without any control", (0, 100), ("common",)),
    Parameter("average_power", ("common",), "kW", "70 kW", "改善前平均功率", "mean input before, from a logger",
              range=(0.01, 1e5), default_uncertainty=POWER_LOGGER),
    Parameter("operating_hours", ("common",), "h", "6,000 h", "期間運轉時數", "hours of the period",
              range=HOURS_OF_A_YEAR),
)  # fmt: skip

VOLTAGE = TechnologyDescription(
    "voltage_optimisation",
    "電壓調降",
    "Voltage optimisation",
    "electricity",
    PARAMETERS,
    change,
    ceiling,
    WorkedExample(
        before={"supply_voltage": "242 V"},
        after={"supply_voltage": "220 V"},
        common={
            "load_kind": "uncontrolled_resistors",
            "resistive_share": "100 %",
            "average_power": "2.928 kW",
            "operating_hours": "24 h",
        },
        of="saving_rate",
        given="17.4 %",
        tolerance=0.003,
        source=cite("voltage-optimisation-page", "242 V to 220 V at 20 ohm, a day"),
        because_en="The source gives 17.4 % less (2.928 to 2.42 kW at 20 ohm), because the power of a resistor "
        "follows the square of the voltage, 1 - (220/242)^2 = 17.36 %; it does not say that the heat falls too.",
        because_zh="來源值少 17.4 %（20 Ω，2.928 至 2.42 kW）：電阻功率隨電壓平方，1 - (220/242)² = 17.36 %；"
        "但未說明發熱同樣減少。",
    ),
    needs={"load_kind": NEEDS},
    limits_zh="僅無控制之純電阻負載；溫控、變頻、電子負載不節電；馬達須實測；變壓設備本身損失未計。",
    limits_en="Uncontrolled resistors only; controlled loads save nothing; motors must be measured; the losses of "
    "the device that lowers the voltage are not counted.",
)
DESCRIPTIONS = (VOLTAGE,)
