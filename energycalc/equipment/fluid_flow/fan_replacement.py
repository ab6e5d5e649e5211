"""A more efficient fan for the same flow and pressure."""

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
    doubt,
    notes_on_readings,
    number,
    part,
    reading,
    uses_more,
    word,
)
from energycalc.equipment.description.instruments import POWER_LOGGER
from energycalc.equipment.shared.fluid_tables import FAN_TYPES, attainable_fan
from energycalc.errors import InputError
from energycalc.finding import Finding
from energycalc.physics.electricity.power import electrical_energy
from energycalc.physics.energy_balance import remaining_energy
from energycalc.physics.fluid_flow import fan as law
from energycalc.physics.fluid_flow.pump import driven_shaft_power, pump_energy
from energycalc.physics.fluid_flow.saving import largest_saving, useful_energy
from energycalc.quantity import Quantity, Source, cite, constant, current_subject, quantity

CREDIBLE = 0.90  # check TP14 of the project's verification notes
COMPRESSIBLE = 3000.0  # Pa, rule of this project: Kp is then about 1 % below 1
HEAT_RATIO = constant(
    "k", 1.4, "1", cite("ideal-gas-compression", "diatomic ideal gas, 7/5"), name="specific_heat_ratio"
)


def _before(before: Given, common: Given) -> tuple[Quantity, Quantity, Quantity]:
    """Air power, input power and fan efficiency before."""
    flow, pressure = reading(PARAMETERS, common, "gas_flow"), reading(PARAMETERS, common, "fan_pressure")
    with part(BEFORE):
        power = reading(PARAMETERS, before, "input_power")
        shaft = driven_shaft_power(power, number(before, "motor_efficiency"), number(before, "transmission_efficiency"))
        shaft = shaft.renamed("fan_shaft_power", "P_f")
        if "inlet_absolute" in common:
            inlet = number(common, "inlet_absolute")
            factor = law.compressibility_factor(
                law.pressure_ratio_term(pressure, inlet), law.power_ratio_term(shaft, flow, inlet, HEAT_RATIO)
            )
        else:
            factor = quantity(1, "1", name="compressibility_factor", symbol="K_p", basis="assumed",
                              source=Source("incompressible: no inlet_absolute is given"))  # fmt: skip
        air = law.fan_air_power(flow, pressure, factor)
        return air, power, law.measured_fan_efficiency(air, shaft)


def change(before: Given, after: Given, common: Given) -> Change:
    """Replace a fan: same flow, same pressure, better efficiency of fan, motor or drive.

    Args:
        before: measured ``input_power`` with the efficiencies of motor and drive at this load.
        after: efficiency of the new fan at this duty (of the same pressure), of motor and drive.
        common: flow, pressure and which pressure it is, hours; type, speed and density to judge the promise.

    Returns:
        The remaining fraction with both energies of the model.

    Raises:
        InputError: a parameter is missing or unknown.
        OutOfRange: measurements that mean a fan efficiency above 100 %.
    """
    check(PARAMETERS, before, after, common)
    findings = notes_on_readings("fan", PARAMETERS, before, common)
    air, power, efficiency = _before(before, common)
    hours, promised = number(common, "operating_hours"), number(after, "fan_efficiency")
    energy_before = electrical_energy(power, hours)
    with part(AFTER):
        shaft = law.fan_shaft_power(air, promised)
        energy_after = pump_energy(
            shaft, number(after, "motor_efficiency"), number(after, "transmission_efficiency"), hours
        )
    remaining = remaining_energy(energy_before, energy_after)
    for value, en, zh in ((efficiency, "present", "現有"), (promised, "new", "新")):
        findings += _too_good(value, en, zh)
    findings += _compressible(common)
    findings += _against_attainable(promised, common)
    findings += _energy_index(power, (energy_after / hours).to("kW"), common)
    findings += uses_more("fan", remaining)
    return Change(
        remaining,
        "electricity",
        energy_before.renamed("energy_before_model", "E_m0"),
        energy_after.renamed("energy_after_model", "E_m1"),
        tuple(findings),
    )


def ceiling(before: Given, after: Given, common: Given) -> Ceiling:
    """The saving with fan, motor and drive without loss.

    Args:
        before: as in :func:`change`.
        after: not used.
        common: as in :func:`change`.
    """
    air, power, _ = _before(before, common)
    hours = number(common, "operating_hours")
    return Ceiling(
        largest_saving(useful_energy(air, hours), electrical_energy(power, hours)),
        "flow and pressure must be paid for: no fan, motor and drive together take less than the air power",
        "風量與風壓所需之空氣功率為下限，任何風機、馬達與傳動組合均不可能更低",
        cite("measur-tools-suite", "fan air power (AMCA 203 / 210)"),
    )


def _too_good(efficiency: Quantity, en: str, zh: str) -> list[Finding]:
    share = float(efficiency.value_in("1"))
    if share <= CREDIBLE:
        return []
    return [
        doubt(
            "fan.efficiency_above_credible",
            "warning",
            f"The {en} fan would have an efficiency of {share:.1%}; more than {CREDIBLE:.0%} needs proof.",
            f"{zh}風機效率 {share:.1%}，高於 {CREDIBLE:.0%} 應舉證。",
            cite("energycalc-rules", "TP14: fan efficiency above 0.90"),
            fan_efficiency=f"{share:.1%}",
        )
    ]


def _compressible(common: Given) -> list[Finding]:
    pressure = float(number(common, "fan_pressure").value_in("Pa"))
    if "inlet_absolute" in common or pressure <= COMPRESSIBLE:
        return []
    return [
        doubt(
            "fan.compressibility_left_out",
            "note",
            f"At {pressure:,.0f} Pa the gas is compressed noticeably; without inlet_absolute the present fan looks a "
            "little too efficient, so the saving is a little too small.",
            f"風壓 {pressure:,.0f} Pa 時氣體壓縮不可忽略；未提供入口絕對壓力，現有風機效率略為高估，節能量略為低估。",
            cite("measur-tools-suite", "compressibility factor (AMCA 210)"),
            fan_pressure=f"{pressure:,.0f} Pa",
        )
    ]


def _against_attainable(promised: Quantity, common: Given) -> list[Finding]:
    given = [key for key in ("fan_type", "fan_speed") if key in common]
    if not given:
        return []
    if len(given) == 1:
        raise InputError(
            "the comparison with attainable efficiencies needs fan_type and fan_speed",
            subject=current_subject(),
            value=given[0],
            next_step="Add the other, or leave both out",
        )
    source = cite("measur-tools-suite", "optimal fan efficiency, fits by fan type (FSAT)")
    if word(common, "pressure_basis") != "static":
        return [
            doubt("fan.attainable_not_compared", "note",
                  "Attainable efficiencies are known for static pressure only; no comparison is made.",
                  "可達效率僅有靜壓基準之數據，未作比較。", source)
        ]  # fmt: skip
    one = quantity(1, "1", name="compressibility_factor", symbol="K_p", source=Source("incompressible"))
    speed = law.fan_specific_speed(number(common, "fan_speed"), number(common, "gas_flow"),
                                   number(common, "fan_pressure"), one)  # fmt: skip
    best, inside = attainable_fan(word(common, "fan_type"), speed)
    share, most = float(promised.value_in("1")), float(best.value_in("1"))
    evidence = {"fan_efficiency": f"{share:.1%}", "attainable": f"{most:.1%}"}
    found = []
    if not inside:
        found.append(
            doubt("fan.type_unsuited", "warning",
                  f"At this speed, flow and pressure the duty lies outside the data of {word(common, 'fan_type')}; "
                  "another type or speed suits it better.",
                  "此轉速、風量與風壓超出該型風機之數據範圍，應選用其他型式或轉速。", source,
                  specific_speed=f"{speed.value_in('1'):,.0f}")
        )  # fmt: skip
    if share > most + 0.02:
        found.append(
            doubt("fan.above_attainable", "warning",
                  f"{share:.1%} is promised, but good fans of this type attain about {most:.1%} at this duty.",
                  f"宣稱效率 {share:.1%} 高於同型風機於此工作點可達之約 {most:.1%}。", source, **evidence)
        )  # fmt: skip
    return found


def _energy_index(power: Quantity, power_after: Quantity, common: Given) -> list[Finding]:
    """What the fan energy index of both states is, where the density is known."""
    if "gas_density" not in common:
        return []
    density = number(common, "gas_density")
    reference = law.reference_fan_shaft_power(number(common, "gas_flow"), number(common, "fan_pressure"), density)
    parts = law.reference_transmission_efficiency(reference), law.reference_motor_efficiency(reference)
    old, new = (float(law.fan_energy_index(reference, *parts, p).value_in("1")) for p in (power, power_after))
    return [
        doubt("fan.energy_index", "note",
              f"Fan energy index at this duty: {old:.2f} before, {new:.2f} after (1 is the reference fan).",
              f"此工作點之風機能源指數 FEI：改善前 {old:.2f}、改善後 {new:.2f}（1 為參考風機）。",
              cite("measur-tools-suite", "fan energy index (AMCA 208)"),
              fei_before=f"{old:.2f}", fei_after=f"{new:.2f}")
    ]  # fmt: skip


PARAMETERS = (
    Parameter("input_power", ("before",), "kW", "30 kW", "電力分析儀量測之平均輸入功率（與風量、風壓同時）",
              "mean input from a power logger, at the time of flow and pressure", range=(0.01, 10000),
              default_uncertainty=POWER_LOGGER),
    Parameter("motor_efficiency", BOTH, "%", "93 %", "於此負載之馬達效率", "of the motor at this load",
              range=(20, 99)),
    Parameter("transmission_efficiency", BOTH, "%", "96 %", "傳動（皮帶、變頻器合計）效率；直結無變頻器為 100 %",
              "of belt and frequency converter together; 100 % coupled direct without converter", range=(50, 100)),
    Parameter("fan_efficiency", ("after",), "%", "75 %", "新風機於此風量、風壓之效率，須與 pressure_basis 同一壓力基準",
              "of the new fan at this flow and pressure, for the pressure named in pressure_basis", range=(2, 100)),
    Parameter("gas_flow", ("common",), "m3/min", "400 m3/min", "實際狀態風量（非 Nm³），皮托管多點量測",
              "actual flow (not normal m3), pitot traverse", range=(0.1, 200000)),
    Parameter("fan_pressure", ("common",), "Pa", "2,000 Pa", "風機壓升（全壓或靜壓）",
              "pressure rise of the fan, total or static", range=(1, 40000)),
    Parameter("pressure_basis", ("common",), "", "static", "壓升與效率之基準：total 全壓、static 靜壓",
              "which pressure the rise and both efficiencies count", choices=("total", "static")),
    Parameter("operating_hours", ("common",), "h", "6,000 h", "期間於此工作點之時數",
              "hours of the period at this duty", range=HOURS_OF_A_YEAR),
    Parameter("inlet_absolute", ("common",), "Pa[a]", "98,000 Pa(a)", "入口絕對全壓；高壓風機計壓縮性用",
              "absolute total pressure at the inlet, for the compressibility of high-pressure fans", True,
              (50000, 200000)),
    Parameter("fan_type", ("common",), "", "backward_inclined_sisw", "風機型式（與可達效率比較用）",
              "type of the new fan, to compare with attainable efficiencies", True, choices=FAN_TYPES),
    Parameter("fan_speed", ("common",), "rpm", "1200 rpm", "新風機轉速", "of the new fan", True, (10, 20000)),
    Parameter("gas_density", ("common",), "kg/m3", "1.15 kg/m3", "入口氣體密度（計 FEI 用）",
              "of the gas at the inlet, for the fan energy index", True, (0.2, 5)),
)  # fmt: skip

EXAMPLE = WorkedExample(
    before={"input_power": "460 kW", "motor_efficiency": "95.78351108 %", "transmission_efficiency": "100 %"},
    after={"fan_efficiency": "75 %", "motor_efficiency": "95.78351108 %", "transmission_efficiency": "100 %"},
    common={
        "gas_flow": "3672.44 m3/min",
        "fan_pressure": "4349.1 Pa",
        "pressure_basis": "static",
        "inlet_absolute": "97,250 Pa(a)",
        "operating_hours": "8,760 h",
    },
    of="fan_air_power",
    given="262.33 kW",
    tolerance=0.005,
    source=cite("measur-tools-suite", "fluid power test: 129,691 cfm, 17.46 inH2O, Kp 0.988"),
    because_en="the source gives 262.33 kW of air power, because it counts 6362 cfm inH2O per horsepower of 0.746 kW, "
    "0.25 % less than the units; the new fan is constructed",
    because_zh="來源空氣功率 262.33 kW，因為其以 6362 cfm·inH2O 折算 0.746 kW 之馬力，"
    "較單位定義少 0.25 %；新風機為假設",
)

DESCRIPTION = TechnologyDescription(
    key="fan_replacement",
    label_zh="高效率風機汰換",
    label_en="Fan replacement",
    carrier="electricity",
    parameters=PARAMETERS,
    change=change,
    ceiling=ceiling,
    worked_example=EXAMPLE,
    limits_zh="同一風量與風壓之單一工作點；新風機沿用現有風機之壓縮係數；可達效率為 FSAT 之靜壓擬合，僅供比較。",
    limits_en="One duty of the same flow and pressure; the compressibility factor of the present fan holds for the new "
    "one; attainable efficiencies are fits of FSAT for static pressure, for comparison only.",
)
DESCRIPTIONS = (DESCRIPTION,)
