"""Cooler intake air: the same mass of air is less volume, and a displacement compressor pays by volume."""

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
    notes_on_readings,
    number,
    plain_text,
    reading,
    subject_of,
    uses_more,
)
from energycalc.equipment.description.instruments import POWER_LOGGER, THERMOCOUPLE
from energycalc.errors import OutOfRange
from energycalc.physics.compressed_air.artificial_demand import energy_at_new_pressure, energy_ratio_of_demand
from energycalc.physics.compressed_air.site_conditions import intake_volume_ratio
from energycalc.physics.electricity.power import electrical_energy
from energycalc.quantity import Quantity, cite, maximum

_LAW = cite("ideal-gas-compression", "inlet volume of the same mass goes with absolute temperature")


def change(before: Given, after: Given, common: Given) -> Change:
    """Draw cooler air into a compressor whose users need a mass of air.

    Args:
        before: ``intake_temperature``, at the filter.
        after: ``intake_temperature``.
        common: ``coolest_air`` at hand, ``mass_flow_share``, ``control_response``, ``average_power``,
            ``operating_hours``.

    Returns:
        The remaining fraction with both energies of the model.

    Raises:
        OutOfRange: an intake cooler than the coolest air at hand.
    """
    check(PARAMETERS, before, after, common)
    coolest, wanted = number(common, "coolest_air"), number(after, "intake_temperature")
    if wanted.value_in("K") < coolest.value_in("K"):
        raise OutOfRange(
            "the new intake is cooler than the coolest air at hand",
            subject=subject_of("intake_temperature"),
            value=plain_text(wanted),
            limit=f"{plain_text(coolest)} (coolest_air: mean outdoor temperature of the running hours)",
            next_step="Take the mean outdoor temperature; cooling the intake by a chiller is another measure",
        )
    old = reading(PARAMETERS, before, "intake_temperature")
    same = after["intake_temperature"] is before["intake_temperature"]
    new = old if same else reading(PARAMETERS, after, "intake_temperature")
    response = number(common, "mass_flow_share") * number(common, "control_response")
    remaining = energy_ratio_of_demand(
        intake_volume_ratio(old, new), response.renamed("control_response", "s_c", _LAW)
    ).renamed("remaining_fraction", "r", _LAW)
    energy = electrical_energy(reading(PARAMETERS, common, "average_power"), number(common, "operating_hours"))
    return Change(
        remaining,
        "electricity",
        energy.renamed("energy_before_model", "E_m0"),
        energy_at_new_pressure(energy, remaining).renamed("energy_after_model", "E_m1", _LAW),
        (
            *notes_on_readings("compressor_inlet_temperature", PARAMETERS, {**before, **common}, after),
            *uses_more("compressor", remaining),
        ),
    )


def ceiling(before: Given, after: Given, common: Given) -> Ceiling:
    """The ratio of absolute temperatures between the intake and the coolest air at hand.

    Args:
        before: as for :func:`change`.
        after: as for :func:`change`.
        common: as for :func:`change`.
    """
    check(PARAMETERS, before, after, common)
    ratio = intake_volume_ratio(number(before, "intake_temperature"), number(common, "coolest_air"))
    nothing: Quantity = 0 * ratio
    return Ceiling(
        maximum(1 - ratio, nothing).renamed("largest_saving", "s_max", _LAW),
        "The volume of the same mass of air falls with absolute temperature, and no further than to the coolest air.",
        "同質量空氣之體積與絕對溫度成正比，最多降至可取得之最冷空氣。",
        _LAW,
    )


PARAMETERS = (
    Parameter("intake_temperature", BOTH, "degC", "38 °C", "進氣濾網前溫度，運轉時數平均", "at the intake filter, "
                                                                             "mean of the running hours",
              range=(-30, 60), default_uncertainty=THERMOCOUPLE),
    Parameter("coolest_air", ("common",), "degC", "24 °C", "運轉時數之室外平均氣溫（氣象署或現場記錄）",
              "mean outdoor temperature of the running hours (weather service or log)", range=(-30, 50)),
    Parameter("mass_flow_share", ("common",), "%", "100 %",
              "需要一定質量空氣之用氣比例（調壓工具、氣缸、噴嘴皆是）",
              "share of the air that is needed by mass (tools, cylinders and nozzles: all of it)", range=(0, 100)),
    Parameter("control_response", ("common",), "%", "70 %",
              "流量每減少 1 % 時功率減少之百分比：節流約 30 %，理想變頻 100 %",
              "per cent less power for one per cent less flow: about 30 % when throttled, 100 % for an ideal drive",
              range=(0, 100)),
    Parameter("average_power", ("common",), "kW", "70 kW", "改善前平均輸入功率", "mean input before, from a logger",
              range=(0.1, 15000), default_uncertainty=POWER_LOGGER),
    Parameter("operating_hours", ("common",), "h", "6,000 h", "期間運轉時數", "hours of the period",
              range=HOURS_OF_A_YEAR),
)  # fmt: skip

EXAMPLE = WorkedExample(
    before={"intake_temperature": f"{80 / 1.8 - 32 / 1.8} °C"},
    after={"intake_temperature": f"{75 / 1.8 - 32 / 1.8} °C"},
    common={
        "coolest_air": "20 °C",
        "mass_flow_share": "100 %",
        "control_response": "100 %",
        "average_power": "100 kW",
        "operating_hours": "1000 h",
    },
    of="saving_rate",
    given="1 %",
    tolerance=0.08,
    source=cite(
        "plantservices-inlet", "rule quoted there: each 5 °F less at the inlet nets 1 %; it holds for some machines"
    ),
    because_en="the source gives 1 % for 5 °F, because it rounds 5/540 = 0.93 %; it adds that the rule does not hold "
    "for every "
    "compressor, which is what mass_flow_share and control_response say here.",
    because_zh="來源值每 5 °F 為 1 %，因為將 5/540 = 0.93 % 進位；來源並指出並非所有壓縮機都適用，"
    "本法以 mass_flow_share 與 control_response 表示。",
)
DESCRIPTION = TechnologyDescription(
    key="compressor_inlet_temperature",
    label_zh="空壓機進氣降溫",
    label_en="Cooler compressor intake",
    carrier="electricity",
    parameters=PARAMETERS,
    change=change,
    ceiling=ceiling,
    worked_example=EXAMPLE,
    limits_zh="只在所需為空氣質量、且控制隨流量降載時節能；定量體積用途無效果。噴油螺旋機進氣受熱油加熱，實際效果較小。"
    "風管壓損每 10 mbar 約抵銷 1 % 流量，應另計。",
    limits_en="Saves only where a mass of air is needed and the control follows the flow. In an oil-injected screw "
    "hot oil "
    "warms the intake, so the effect is smaller. The pressure drop of a duct takes the same share of the flow away.",
    turning_point_zh="進氣已等於室外氣溫時不再有節能；冬季過冷則油過稠、冷凝水結冰。",
    turning_point_en="Nothing is left once the intake is at outdoor temperature; in hard frost oil thickens and "
    "condensate "
    "freezes.",
)
DESCRIPTIONS = (DESCRIPTION,)
