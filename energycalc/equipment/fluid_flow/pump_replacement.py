"""A more efficient pump (or a restored one) for the same flow and head."""

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
    notes_on_readings,
    number,
    part,
    reading,
    uses_more,
    word,
)
from energycalc.equipment.description.instruments import POWER_LOGGER
from energycalc.equipment.shared.choices import exactly_needed
from energycalc.equipment.shared.fluid_tables import PUMP_STYLES, attainable_pump
from energycalc.errors import InputError, OutOfRange
from energycalc.finding import Finding
from energycalc.physics.electricity.power import electrical_energy
from energycalc.physics.energy_balance import remaining_energy
from energycalc.physics.fluid_flow import pump as law
from energycalc.physics.fluid_flow.saving import largest_saving, useful_energy
from energycalc.quantity import Quantity, Source, cite, current_subject, quantity

HEAD_BY: Mapping[str, tuple[str, ...]] = {
    "known": ("pump_head",),
    "gauges": ("suction_gauge", "discharge_gauge", "gauge_height", "suction_diameter", "discharge_diameter"),
    "tank": ("suction_gauge", "discharge_gauge", "gauge_height", "discharge_diameter"),
}
CREDIBLE = 0.92  # check TP14 of the project's verification notes


def _head(common: Given) -> Quantity:
    """Total head, typed or from gauges (with the suction pressure of a tank over its surface)."""
    exactly_needed(common, "head_by", HEAD_BY, "common")
    by, needed = word(common, "head_by"), HEAD_BY[word(common, "head_by")]
    if by == "known":
        return number(common, "pump_head")
    given = {key: reading(PARAMETERS, common, key) for key in needed}
    flow = reading(PARAMETERS, common, "liquid_flow")
    rise = law.gauge_pressure_rise(given["discharge_gauge"], given["suction_gauge"])
    static = law.pressure_head(rise, number(common, "liquid_density"))
    velocity = law.velocity_head(flow, given["discharge_diameter"])
    if by == "gauges":
        velocity = velocity - law.velocity_head(flow, given["suction_diameter"])
    none = quantity(0, "m", name="friction_head", symbol="h_f", source=Source("gauges at the pump flanges"))
    return law.pump_head(static, given["gauge_height"], velocity.renamed("velocity_head_rise", "h_v"), none, none)


def _before(before: Given, common: Given) -> tuple[Quantity, Quantity, Quantity, Quantity]:
    """Head, hydraulic power, input power and pump efficiency before."""
    head = _head(common)
    if float(head.value_in("m")) <= 0:
        raise OutOfRange("the head is not above zero", subject=current_subject(), value=f"{head.value_in('m'):.3g} m",
                         limit="above 0 m", next_step="Check which gauge is which")  # fmt: skip
    hydraulic = law.hydraulic_power(number(common, "liquid_density"), reading(PARAMETERS, common, "liquid_flow"), head)
    with part(BEFORE):
        power = reading(PARAMETERS, before, "input_power")
        shaft = law.driven_shaft_power(
            power, number(before, "motor_efficiency"), number(before, "transmission_efficiency")
        )
        efficiency = law.measured_pump_efficiency(hydraulic, shaft)
    return head, hydraulic, power, efficiency


def change(before: Given, after: Given, common: Given) -> Change:
    """Replace or restore a pump: same flow, same head, better efficiency of pump, motor or drive.

    Args:
        before: measured ``input_power`` with the efficiencies of motor and drive at this load.
        after: efficiency of the new pump at this duty, of motor and drive.
        common: the duty: flow, head (typed or from gauges), density, hours; style and speed to judge the promise.

    Returns:
        The remaining fraction with both energies of the model.

    Raises:
        InputError: a parameter is missing, unknown or not used by the way the head is found.
        OutOfRange: measurements that mean a pump efficiency above 100 %, or no head.
    """
    check(PARAMETERS, before, after, common)
    findings = notes_on_readings("pump", PARAMETERS, before, common)
    head, hydraulic, power, efficiency = _before(before, common)
    hours = number(common, "operating_hours")
    promised = number(after, "pump_efficiency")
    energy_before = electrical_energy(power, hours)
    with part(AFTER):
        energy_after = law.pump_energy(
            law.pump_shaft_power(hydraulic, promised),
            number(after, "motor_efficiency"),
            number(after, "transmission_efficiency"),
            hours,
        )
    remaining = remaining_energy(energy_before, energy_after)
    for value, en, zh in ((efficiency, "present", "現有"), (promised, "new", "新")):
        findings += _too_good(value, en, zh)
    findings += [*_suction(common), *_against_attainable(promised, head, common), *uses_more("pump", remaining)]
    return Change(
        remaining,
        "electricity",
        energy_before.renamed("energy_before_model", "E_m0"),
        energy_after.renamed("energy_after_model", "E_m1"),
        tuple(findings),
    )


def ceiling(before: Given, after: Given, common: Given) -> Ceiling:
    """The saving with pump, motor and drive without loss.

    Args:
        before: as in :func:`change`.
        after: not used.
        common: as in :func:`change`.
    """
    _, hydraulic, power, _ = _before(before, common)
    hours = number(common, "operating_hours")
    saving = largest_saving(useful_energy(hydraulic, hours), electrical_energy(power, hours))
    return Ceiling(
        saving,
        "flow and head must be paid for: no pump, motor and drive together take less than the hydraulic power",
        "流量與揚程所需之水力功率為下限，任何泵浦、馬達與傳動組合均不可能更低",
        cite("crane-tp-410", "hydraulic power"),
    )


def _too_good(efficiency: Quantity, en: str, zh: str) -> list[Finding]:
    share = float(efficiency.value_in("1"))
    if share <= CREDIBLE:
        return []
    return [
        doubt(
            "pump.efficiency_above_credible",
            "warning",
            f"The {en} pump would have an efficiency of {share:.1%}; more than {CREDIBLE:.0%} needs proof.",
            f"{zh}泵浦效率 {share:.1%}，高於 {CREDIBLE:.0%} 應舉證。",
            cite("energycalc-rules", "TP14: pump efficiency above 0.92"),
            pump_efficiency=f"{share:.1%}",
        )
    ]


def _suction(common: Given) -> list[Finding]:
    """A note where the pipe between tank and pump counts as without loss."""
    if word(common, "head_by") != "tank":
        return []
    return [
        doubt(
            "pump.suction_loss_left_out",
            "note",
            "The loss in the pipe between tank and pump is not in the head: the present pump looks worse than it is "
            "and the saving larger, by the share of that loss in the head. A gauge at the suction flange takes it in.",
            "揚程未含吸水槽至泵浦間之管損：現有泵浦效率略為低估、節能量略為高估；於吸入法蘭裝壓力表（gauges）即可計入。",
            cite("bernoulli-head", "total head of a pump"),
            head_by="tank",
        )
    ]


def _against_attainable(promised: Quantity, head: Quantity, common: Given) -> list[Finding]:
    keys = ("pump_style", "pump_speed", "pump_stages", "kinematic_viscosity")
    given = [key for key in keys if key in common]
    if not given:
        return []
    if len(given) < len(keys):
        raise InputError(
            "the comparison with attainable efficiencies needs all of " + ", ".join(keys),
            subject=current_subject(),
            value=", ".join(given),
            next_step="Add the missing ones, or leave all four out",
        )
    best = attainable_pump(
        word(common, "pump_style"),
        number(common, "liquid_flow"),
        head,
        *(number(common, key) for key in keys[1:]),
    )
    share, most = float(promised.value_in("1")), float(best.value_in("1"))
    evidence = {"pump_efficiency": f"{share:.1%}", "attainable": f"{most:.1%}"}
    source = cite("measur-tools-suite", "pump efficiency fits (ANSI/HI 1.3-2000, superseded)")
    if share <= most:
        en = f"The best pumps of this style attain about {most:.1%} at this duty; {share:.1%} is promised."
        zh = f"同型泵浦於此工作點約可達 {most:.1%}，本案為 {share:.1%}。"
        return [doubt("pump.attainable", "note", en, zh, source, **evidence)]
    en = f"{share:.1%} is promised, but the best pumps of this style attain about {most:.1%} at this duty."
    zh = f"宣稱效率 {share:.1%} 高於同型泵浦於此工作點可達之約 {most:.1%}。"
    return [doubt("pump.above_attainable", "warning", en, zh, source, **evidence)]


def _of_head(name: str, unit: str, example: str, zh: str, en: str, limits: tuple[float, float]) -> Parameter:
    ways = "、".join(by for by, keys in HEAD_BY.items() if name in keys)
    return Parameter(name, ("common",), unit, example, f"{zh}（head_by 為 {ways} 時必填）",
                     f"{en} (needed where head_by is {ways.replace('、', ' or ')})", True, limits)  # fmt: skip


_AT_LOAD_ZH, _AT_LOAD_EN = "於此負載之效率，型錄或銘牌曲線", "at this load, from the catalogue or the nameplate curve"
PARAMETERS = (
    Parameter("input_power", ("before",), "kW", "45 kW", "電力分析儀量測之平均輸入功率（與流量、壓力同時）",
              "mean input from a power logger, at the time of flow and pressures", range=(0.01, 10000),
              default_uncertainty=POWER_LOGGER),
    Parameter("motor_efficiency", BOTH, "%", "93 %", f"馬達{_AT_LOAD_ZH}", f"of the motor {_AT_LOAD_EN}",
              range=(20, 99)),
    Parameter("transmission_efficiency", BOTH, "%", "100 %", "傳動（皮帶、齒輪、變頻器合計）效率；直結無變頻器為 100 %",
              "of belt, gear and frequency converter together; 100 % coupled direct without converter",
              range=(50, 100)),
    Parameter("pump_efficiency", ("after",), "%", "82 %", "新泵浦於此流量、揚程之效率（性能曲線或試驗報告）",
              "of the new pump at this flow and head, performance curve or test report", range=(5, 100)),
    Parameter("liquid_flow", ("common",), "m3/h", "180 m3/h", "流量計（超音波流量計），與功率同時量測",
              "flow meter (clamp-on ultrasonic), at the time of the power", range=(0.1, 100000)),
    Parameter("liquid_density", ("common",), "kg/m3", "998 kg/m3", "液體密度；20 °C 水為 998",
              "of the liquid; water at 20 °C 998", range=(500, 3000)),
    Parameter("operating_hours", ("common",), "h", "6,000 h", "期間於此工作點之時數",
              "hours of the period at this duty", range=HOURS_OF_A_YEAR),
    Parameter("head_by", ("common",), "", "gauges",
              "揚程來源：known 已知、gauges 進出口壓力表、tank 吸水槽液面與出口壓力表",
              "how the head is known: known, gauges on both flanges, or tank surface and discharge gauge",
              choices=tuple(HEAD_BY)),
    _of_head("pump_head", "m", "32 m", "總揚程", "total head", (0.1, 5000)),
    _of_head("suction_gauge", "kPa[g]", "20 kPa(g)", "吸入側壓力表；吸水槽為液面上氣體表壓（開放為 0）",
             "suction gauge; with a tank the gas pressure over the surface, 0 if open", (-101, 20000)),
    _of_head("discharge_gauge", "kPa[g]", "330 kPa(g)", "吐出側壓力表", "discharge gauge", (-101, 60000)),
    _of_head("gauge_height", "m", "0.4 m", "吐出壓力表高於吸入壓力表（或吸水槽液面）之高度",
             "height of the discharge gauge over the suction gauge (or the surface in the tank)", (-500, 500)),
    _of_head("suction_diameter", "mm", "200 mm", "吸入管內徑（壓力表處）", "inside diameter at the suction gauge",
             (5, 5000)),
    _of_head("discharge_diameter", "mm", "150 mm", "吐出管內徑（壓力表處）", "inside diameter at the discharge gauge",
             (5, 5000)),
    Parameter("pump_style", ("common",), "", "end_suction_ansi_api", "泵浦型式（與可達效率比較用）",
              "style of the pump, to compare with attainable efficiencies", True, choices=PUMP_STYLES),
    Parameter("pump_speed", ("common",), "rpm", "1770 rpm", "泵浦轉速", "of the pump", True, (50, 12000)),
    Parameter("pump_stages", ("common",), "1", "1", "級數", "number of stages", True, (1, 50)),
    Parameter("kinematic_viscosity", ("common",), "mm2/s", "1 mm2/s", "運動黏度；20 °C 水約 1 mm²/s（cSt），上限 3000",
              "of the liquid; water at 20 °C about 1 mm2/s (cSt), up to 3000", True, (0.1, 3000)),
)  # fmt: skip

EXAMPLE = WorkedExample(
    before={"input_power": "110 kW", "motor_efficiency": "95 %", "transmission_efficiency": "100 %"},
    after={"pump_efficiency": "70.7 %", "motor_efficiency": "95 %", "transmission_efficiency": "96 %"},
    common={
        "liquid_flow": "158.987 m3/h",
        "liquid_density": "998.98 kg/m3",
        "head_by": "known",
        "pump_head": "130.4544 m",
        "operating_hours": "8,000 h",
    },
    of="energy_after",
    given="699,750 kWh",
    tolerance=0.001,
    source=cite("crane-tp-410", "example 7.34: 700 gpm, 428 ft, 70.7 %, 95 %, 96 %, 8,000 h, 83,970 dollars at 0.12"),
    because_en="the source gives 83,970 dollars at 0.12 dollars/kWh, that is 699,750 kWh, because it rounds the water "
    "horsepower; the state before is constructed",
    because_zh="來源值 83,970 美元（0.12 美元/kWh，即 699,750 kWh），因為其水馬力經四捨五入；改善前狀態為假設",
)

DESCRIPTION = TechnologyDescription(
    key="pump_replacement",
    label_zh="高效率泵浦汰換",
    label_en="Pump replacement",
    carrier="electricity",
    parameters=PARAMETERS,
    change=change,
    ceiling=ceiling,
    worked_example=EXAMPLE,
    needs={"head_by": HEAD_BY},
    limits_zh="同一流量與揚程之單一工作點；可達效率為 ANSI/HI 1.3-2000（已由新版取代）之擬合，僅供比較；"
    "黏度修正適用 1 至 3000 cSt、3 至 260 m³/h、每級 6 至 131 m。",
    limits_en="One duty of the same flow and head; attainable efficiencies are fits of ANSI/HI 1.3-2000 (superseded), "
    "for comparison only; viscosity correction tested for 1 to 3000 cSt, 3 to 260 m3/h, 6 to 131 m per stage.",
)
DESCRIPTIONS = (DESCRIPTION,)
