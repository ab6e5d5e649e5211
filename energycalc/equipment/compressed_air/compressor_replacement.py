"""Another compressor for the same air, by specific power with its reference state."""

from __future__ import annotations

from energycalc.equipment.description import (
    AFTER,
    BEFORE,
    BOTH,
    Ceiling,
    Change,
    Given,
    Parameter,
    TechnologyDescription,
    WorkedExample,
    check,
    number,
    part,
    subject_of,
    uses_more,
    word,
)
from energycalc.errors import InputError
from energycalc.finding import Finding
from energycalc.physics.compressed_air.compressor_limits import specific_power_doubts_of
from energycalc.physics.compressed_air.gas_compression import absolute_pressure, isothermal_specific_power
from energycalc.physics.compressed_air.site_conditions import (
    energy_of_air,
    inlet_volume,
    pressure_correction,
    specific_power_at_site,
    specific_power_ratio,
)
from energycalc.quantity import Quantity, cite, constant

REFERENCE_INLET = constant(
    "p_ref",
    1.0,
    "bar[a]",
    cite("iso-1217", "standard inlet condition: 1 bar(a), 20 °C, dry"),
    name="reference_pressure",
)
_CORRECTED = cite("ideal-gas-compression", "isentropic work per volume of inlet air")


def change(before: Given, after: Given, common: Given) -> Change:
    """Replace a compressor by one of another specific power, for the same mass of air at the same pressure.

    Args:
        before: ``specific_power`` and ``reference_state``; with ``data_sheet`` also ``rated_pressure``.
        after: the same of the new machine.
        common: ``delivered_air`` of the period, ``discharge_pressure``, ``ambient_pressure``, ``intake_temperature``.

    Returns:
        The remaining fraction with both energies of the model.

    Raises:
        InputError: a rated pressure is missing, or given where it is not used.
        OutOfRange: less than the isothermal limit, at the pressures the specific power holds for or at the site's.
    """
    check(PARAMETERS, before, after, common)
    ambient = number(common, "ambient_pressure")
    volume = inlet_volume(number(common, "delivered_air"), ambient, number(common, "intake_temperature"))
    findings: list[Finding] = []
    energies: list[Quantity] = []
    powers: list[Quantity] = []
    for side, label in ((before, BEFORE), (after, AFTER)):
        with part(label):
            powers.append(_at_site(side, common, findings))
            energies.append(energy_of_air(powers[-1], volume))
    remaining = specific_power_ratio(*powers).renamed("remaining_fraction", "r", _CORRECTED)
    return Change(
        remaining,
        "electricity",
        energies[0].renamed("energy_before_model", "E_m0"),
        energies[1].renamed("energy_after_model", "E_m1"),
        (*findings, *uses_more("compressor", remaining)),
    )


def ceiling(before: Given, after: Given, common: Given) -> Ceiling:
    """The most that any new compressor can save: the isothermal limit.

    Args:
        before: as for :func:`change`.
        after: as for :func:`change`.
        common: as for :func:`change`.
    """
    check(PARAMETERS, before, after, common)
    ambient = number(common, "ambient_pressure")
    least = isothermal_specific_power(ambient, absolute_pressure(number(common, "discharge_pressure"), ambient))
    source = cite("ideal-gas-compression", "isothermal work is the least")
    return Ceiling(
        (1 - specific_power_ratio(_at_site(before, common, []), least)).renamed("largest_saving", "s_max", source),
        "No compressor takes less than the isothermal work of the air it delivers.",
        "任何空壓機皆不可能低於所送空氣之等溫壓縮功。",
        source,
    )


def _at_site(side: Given, common: Given, findings: list[Finding]) -> Quantity:
    """Specific power at the pressures of the site; what no machine can have is refused at both."""
    stated = number(side, "specific_power")
    ambient = number(common, "ambient_pressure")
    outlet = absolute_pressure(number(common, "discharge_pressure"), ambient)
    if word(side, "reference_state") == "site":
        if "rated_pressure" in side:
            raise InputError(
                "is not used where the specific power was measured on site",
                subject=subject_of("rated_pressure"),
                next_step="Take it out, or write reference_state: data_sheet",
            )
        findings += specific_power_doubts_of(stated, ambient, outlet)
        return stated
    if "rated_pressure" not in side:
        raise InputError(
            "is missing: a data sheet's specific power holds for its own pressure",
            subject=subject_of("rated_pressure"),
            next_step='For example "rated_pressure: 7.5 bar(g)"',
        )
    rated_outlet = absolute_pressure(number(side, "rated_pressure"), REFERENCE_INLET)
    findings += specific_power_doubts_of(stated, REFERENCE_INLET, rated_outlet)
    at_site = specific_power_at_site(stated, pressure_correction(REFERENCE_INLET, rated_outlet, ambient, outlet))
    specific_power_doubts_of(at_site, ambient, outlet)  # for its refusal; the doubt has been raised at rated pressure
    return at_site


PARAMETERS = (
    Parameter("specific_power", BOTH, "kW/(m3/min)", "6.4 kW/(m3/min)",
              "整機輸入功率／自由空氣量：資料表（ISO 1217／CAGI）或現場同時量測功率與流量；取平均負載時之值",
              "package input over free air delivered: data sheet (ISO 1217, CAGI) or power and flow logged together; "
              "at "
              "the mean load of the period", range=(2, 30)),
    Parameter("reference_state", BOTH, "", "data_sheet",
              "data_sheet：ISO 1217 入口 1 bar(a)、20 °C、乾空氣；site：現場壓力下量測",
              "data_sheet: inlet 1 bar(a), 20 °C, dry (ISO 1217); site: measured at the pressures of the site",
              choices=("data_sheet", "site")),
    Parameter("rated_pressure", BOTH, "bar[g]", "7.5 bar(g)", "資料表比功率所對應之出口壓力（data_sheet 必填，site "
                                                              "不填）",
              "outlet pressure of the data sheet (needed with data_sheet, not used with site)", True, (1, 16)),
    Parameter("delivered_air", ("common",), "m3[0C]", "2,000,000 Nm3", "流量計累計：期間供氣量（0 °C、101.325 kPa、"
                                                                       "乾）",
              "flow meter total of the period, at 0 °C and 101.325 kPa, dry", range=(1, 1e10)),
    Parameter("discharge_pressure", ("common",), "bar[g]", "7 bar(g)", "壓縮機出口平均壓力，前後相同",
              "mean pressure at the compressor outlet, the same before and after", range=(1, 16)),
    Parameter("ambient_pressure", ("common",), "bar[a]", "1.013 bar(a)", "現場大氣壓（海平面約 1.013）",
              "at site, about 1.013 at sea level", range=(0.6, 1.1)),
    Parameter("intake_temperature", ("common",), "degC", "32 °C", "壓縮機進氣平均溫度", "mean at the compressor's "
                                                                               "intake",
              range=(-30, 60)),
)  # fmt: skip

EXAMPLE = WorkedExample(
    before={"specific_power": "7.5 kW/(m3/min)", "reference_state": "site"},
    after={"specific_power": "5.8 kW/(m3/min)", "reference_state": "site"},
    common={
        "delivered_air": f"{12 * 60 * 5500 * 0.75 * 273.15 / 293.15 / 1.01325} Nm3",
        "discharge_pressure": "7 bar(g)",
        "ambient_pressure": "1 bar(a)",
        "intake_temperature": "20 °C",
    },
    of="energy_before",
    given="371250 kWh",
    tolerance=1e-6,
    source=cite("certificahorro-ind090", "worked example: 90 kW at 7.5, 75 kW at 5.8 kW/(m3/min), 5,500 h at 75 %"),
    because_en="the source gives 90 kW × 5,500 h × 0.75 = 371,250 kWh before, the same as 7.5 kW/(m3/min) on its 12 "
    "m3/min; "
    "its saving of 61,875 kWh is less than ours (84,150 kWh), because it subtracts the nameplates of two machines of "
    "unequal flow (12.0 and 12.9 m3/min).",
    because_zh="來源值改善前 90 kW × 5,500 h × 0.75 = 371,250 kWh，即 12 m³/min 乘 7.5 kW/(m³/min)；其節電量 61,875 "
    "kWh 低於"
    "本法 84,150 kWh，因為來源直接相減兩台流量不同（12.0 與 12.9 m³/min）機器之銘牌功率。",
)
DESCRIPTION = TechnologyDescription(
    key="compressor_replacement",
    label_zh="更換高效率空壓機（比功率）",
    label_en="More efficient compressor (specific power)",
    carrier="electricity",
    parameters=PARAMETERS,
    change=change,
    ceiling=ceiling,
    worked_example=EXAMPLE,
    needs={"reference_state": {"data_sheet": ("rated_pressure",), "site": ()}},
    limits_zh="比功率取平均負載值；部分負載差異大時用 compressor_control 或 compressor_sequencing。"
    "等熵效率視為不隨入口狀態改變；"
    "未計濕氣。乾燥機與過濾壓損另計。",
    limits_en="Specific power at the mean load; where part load matters take compressor_control or "
    "compressor_sequencing. "
    "The isentropic efficiency is taken to be the same at both inlet states; moisture is left out; dryers and filters "
    "are apart.",
)
DESCRIPTIONS = (DESCRIPTION,)
