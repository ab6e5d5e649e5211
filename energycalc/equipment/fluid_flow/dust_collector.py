"""Dust collectors: lower filter resistance, and less flow where branches of idle machines are closed."""

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
from energycalc.equipment.shared.choices import exactly_needed
from energycalc.equipment.shared.flow_profile import some_hours
from energycalc.equipment.shared.fluid_tables import dusts, least_transport_velocity
from energycalc.errors import InputError, OutOfRange
from energycalc.finding import Finding
from energycalc.physics.electricity.power import electrical_energy
from energycalc.physics.energy_balance import remaining_energy
from energycalc.physics.fluid_flow import exhaust_system as law
from energycalc.physics.fluid_flow.fan import fan_air_power, measured_fan_efficiency
from energycalc.physics.fluid_flow.saving import largest_saving, useful_energy
from energycalc.quantity import Quantity, Source, cite, interpolate, quantity, require, total

CONTROL: Mapping[str, tuple[str, ...]] = {
    "speed": ("transmission_efficiency",),
    "damper": ("fan_power_curve",),
}
"""How the flow is brought down after the measure, and what that needs."""

_LEVEL = "風量級 level"
_SYSTEM = cite("fan-system-law", "turbulent ducts: pressure with the square of the flow; filter held by its cleaning")
_WHOLE = cite("energy-balance", "sum over the levels of flow")


def _pressures(before: Given, after: Given, common: Given) -> tuple[Quantity, Quantity, Quantity]:
    full = reading(PARAMETERS, common, "fan_pressure")
    old, new = number(before, "filter_pressure_drop"), number(after, "filter_pressure_drop")
    require(old, "<=", full, "the filter takes more pressure than the fan makes", _SYSTEM,
            "Measure both at the same time; the fan pressure over the fan, the filter over the bags")  # fmt: skip
    return full, old, new


def _profile(common: Given) -> list[Given]:
    return some_hours(levels(common["exhaust_profile"], "exhaust_profile", _LEVEL, _PROFILE), "exhaust_profile")


def _flows(common: Given, diameter: Quantity) -> list[tuple[Quantity, Quantity, Quantity]]:
    """Share, flow and hours of each level; refused where the dust would settle in the duct."""
    dust = word(common, "dust")
    least = least_transport_velocity(dust)
    found = []
    for index, level in enumerate(_profile(common), start=1):
        with part(f"{_LEVEL} {index}"):
            share = number(level, "flow_share")
            flow = law.part_flow(reading(PARAMETERS, common, "gas_flow"), share)
            velocity = law.duct_velocity(flow, diameter)
            if velocity.value_in("m/s") < least.value * (1 - 1e-9):
                raise OutOfRange(
                    "the dust would settle in the main duct",
                    subject=subject_of("flow_share"),
                    value=f"{velocity.value_in('m/s'):.3g} m/s",
                    limit=f"{least.value:g} m/s for {dust} ({least.source})",
                    next_step="Keep more branches open, or add a clean-air inlet, or rebuild the duct",
                )
            found.append((share, flow, number(level, "hours")))
    return found


def _power_after(
    power: Quantity, share: Quantity, pressure: Quantity, full: Quantity, sides: tuple[Given, Given]
) -> Quantity:
    before, after = sides
    if word(after, "control") == "speed":
        drives = number(before, "transmission_efficiency"), number(after, "transmission_efficiency")
        return law.power_at_flow_share(power, share, pressure, full, *drives)
    points = levels(after["fan_power_curve"], "fan_power_curve", "曲線點 curve point", _CURVE_POINT)
    shares, powers = [number(p, "flow_share") for p in points], [number(p, "power") for p in points]
    return interpolate(share, shares, powers).renamed("power", "P_q", Source("power curve of the fan, as given"))


def change(before: Given, after: Given, common: Given) -> Change:
    """Hold the filter at a lower resistance, close the branches of idle machines, or both.

    Before, the fan runs at full flow through all hours of the profile. After, its flow follows the profile: by speed,
    or at full speed with a damper along a given power curve.

    Args:
        before: measured ``input_power`` at full flow, filter pressure drop, drive efficiency, pulse air.
        after: control with what it needs, filter pressure drop, pulse air.
        common: flow and pressure at full flow, main duct, dust, profile of flow shares with hours.

    Returns:
        The remaining fraction with both energies of the model; compressed air of the pulses is beside it.

    Raises:
        OutOfRange: a velocity at which the dust settles, a filter that takes more than the fan makes, a fan efficiency
            above 100 %, or a power below the power in the air.
    """
    check(PARAMETERS, before, after, common)
    exactly_needed(after, "control", CONTROL, "after")
    findings = notes_on_readings("dust", PARAMETERS, before, common)
    full, filter_before, filter_after = _pressures(before, after, common)
    flow, power = reading(PARAMETERS, common, "gas_flow"), reading(PARAMETERS, before, "input_power")
    one = quantity(1, "1", name="compressibility_factor", symbol="K_p", source=Source("incompressible"))
    with part(BEFORE):
        at_fan = (power * number(before, "transmission_efficiency")).to("kW").renamed("fan_shaft_power", "P_f")
        measured_fan_efficiency(fan_air_power(flow, full, one), at_fan)
    old, new = [], []
    for index, (share, air_flow, hours) in enumerate(_flows(common, number(common, "duct_diameter")), start=1):
        pressure = law.system_pressure(full, filter_before, filter_after, share)
        with part(f"{AFTER} {_LEVEL} {index}"):
            then = _power_after(power, share, pressure, full, (before, after))
            _above_air_power(then, fan_air_power(air_flow, pressure, one))
        old.append(electrical_energy(power, hours))
        new.append(law.energy_at_level(then, hours))
    energy_before = total(old).renamed("energy_before_model", "E_m0", _WHOLE)
    energy_after = total(new).renamed("energy_after_model", "E_m1", _WHOLE)
    remaining = remaining_energy(energy_before, energy_after)
    findings += [*_doubts(before, after, common), *uses_more("dust", remaining)]
    return Change(
        remaining, "electricity", energy_before, energy_after, tuple(findings), beside=_pulse_air(before, after, common)
    )


def ceiling(before: Given, after: Given, common: Given) -> Ceiling:
    """The saving if the flows of the profile were moved through duct and new filter without any loss in the fan.

    Args:
        before: as in :func:`change`.
        after: its filter pressure drop.
        common: as in :func:`change`.
    """
    full, filter_before, filter_after = _pressures(before, after, common)
    one = quantity(1, "1", name="compressibility_factor", symbol="K_p", source=Source("incompressible"))
    useful, spent = [], []
    for share, flow, hours in _flows(common, number(common, "duct_diameter")):
        pressure = law.system_pressure(full, filter_before, filter_after, share)
        useful.append(useful_energy(fan_air_power(flow, pressure, one), hours))
        spent.append(electrical_energy(reading(PARAMETERS, before, "input_power"), hours))
    return Ceiling(
        largest_saving(total(useful), total(spent)),
        "the air of the open hoods must still be drawn through duct and filter",
        "仍開啟之吸氣罩風量須通過風管與濾袋，其空氣功率為下限",
        cite("measur-tools-suite", "fan air power (AMCA 203 / 210)"),
    )


def _above_air_power(power: Quantity, air: Quantity) -> None:
    if float(power.value_in("kW")) < float(air.value_in("kW")):
        raise OutOfRange(
            "the power after is below the power in the air",
            subject=subject_of("fan_power_curve"),
            value=f"{power.value_in('kW'):.4g} kW",
            limit=f"{air.value_in('kW'):.4g} kW (flow times pressure)",
            next_step="Check the power curve",
        )


def _pulse_air(before: Given, after: Given, common: Given) -> tuple[Quantity, ...]:
    given = [side for side in (before, after) if "pulse_air" in side]
    if not given:
        return ()
    if len(given) == 1:
        raise InputError("pulse_air is needed on both sides, or on none", subject=subject_of("pulse_air"))
    hours = total([number(level, "hours") for level in _profile(common)])
    saved = law.pulse_air_saved(number(before, "pulse_air"), number(after, "pulse_air"), hours)
    return (saved,)


def _against_curve(before: Given, after: Given) -> list[Finding]:
    """A warning where the power curve and the measured power disagree at full flow by more than the logger may err."""
    if word(after, "control") != "damper":
        return []
    points = levels(after["fan_power_curve"], "fan_power_curve", "曲線點 curve point", _CURVE_POINT)
    full = next((number(p, "power") for p in points if abs(float(number(p, "flow_share").value_in("1")) - 1) < 1e-9),
                None)  # fmt: skip
    power = number(before, "input_power")
    if full is None or abs(float((full - power).value_in("kW"))) <= POWER_LOGGER.half_width(power):
        return []
    read, on_curve = f"{power.value_in('kW'):.4g} kW", f"{full.value_in('kW'):.4g} kW"
    return [
        doubt("dust.curve_disagrees", "warning",
              f"At full flow the power curve says {on_curve}, the measurement {read}: their difference counts as "
              "saved or lost at every flow.",
              f"全風量時曲線功率 {on_curve} 與實測 {read} 不符，差額會計入各級之節能或損失；應以實測值校正曲線。",
              POWER_LOGGER.source, power=on_curve, input_power=read)
    ]  # fmt: skip


def _doubts(before: Given, after: Given, common: Given) -> list[Finding]:
    found = _against_curve(before, after)
    shares = [float(number(level, "flow_share").value_in("1")) for level in _profile(common)]
    if min(shares) < 1:
        found.append(
            doubt("dust.hoods_to_be_balanced", "note",
                  "Closing branches shifts the flow of the others: measure the face velocity of the open hoods after "
                  "it. Conditioned make-up air that is no longer needed is not counted.",
                  "關閉支管後其他支管風量改變，應量測各開啟吸氣罩之風速；減少之空調補氣未計入。", _SYSTEM)
        )  # fmt: skip
        if word(after, "control") == "speed" and float(number(after, "transmission_efficiency").value_in("1")) >= 1:
            found.append(
                doubt("dust.drive_loss_omitted", "warning",
                      "A variable speed without any drive loss is claimed; 2 to 3 % at full speed are usual, more "
                      "below.",
                      "變速未計變頻器損失；全速時通常為 2 至 3 %，低速更高。",
                      cite("energycalc-rules", "TL08: drive loss omitted"), transmission_efficiency="100 %")
            )  # fmt: skip
    new, old = (float(number(side, "filter_pressure_drop").value_in("Pa")) for side in (after, before))
    if new < old:
        found.append(
            doubt("dust.speed_must_be_cut", "note",
                  "A lower filter resistance saves only if the fan is slowed to the old flow; otherwise the flow "
                  "grows.",
                  "濾袋阻力降低後須調降風機轉速維持原風量方能節電，否則風量增加。", _SYSTEM,
                  filter_pressure_drop=f"{old:,.0f} to {new:,.0f} Pa")
        )  # fmt: skip
    return found


_SHARE = Parameter("flow_share", ("common",), "%", "80 %", "該級風量佔全開風量之比例", "share of the full flow",
                   range=(1, 100))  # fmt: skip
_PROFILE = (_SHARE, HOURS_AT_LEVEL)
_CURVE_POINT = (
    _SHARE,
    Parameter(
        "power",
        ("after",),
        "kW",
        "21 kW",
        "該風量之輸入功率（調節風門）",
        "input power at this flow",
        range=(0.01, 10000),
    ),
)
PARAMETERS = (
    Parameter("input_power", ("before",), "kW", "30 kW", "全風量時之平均輸入功率（電力分析儀）",
              "mean input at full flow, power logger", range=(0.05, 5000),
              default_uncertainty=POWER_LOGGER),
    Parameter("filter_pressure_drop", BOTH, "Pa", "1,600 Pa",
              "濾袋（匣）平均壓差；改善後為清灰控制維持之壓差", "mean pressure drop of the filter; after: at which its "
              "cleaning holds it", range=(0, 10000)),
    Parameter("transmission_efficiency", ("before",), "%", "100 %", "改善前傳動效率（皮帶、變頻器合計）；直結為 100 %",
              "of belt and converter together; 100 % coupled direct", range=(50, 100)),
    Parameter("transmission_efficiency", ("after",), "%", "97 %", "改善後傳動與變頻器效率（control 為 speed 時必填）",
              "of belt and frequency converter together (needed where control is speed)", True, (50, 100)),
    Parameter("control", ("after",), "", "speed", "風量調節：speed 變速（變頻或換皮帶輪）、damper 定速加風門",
              "how the flow comes down: speed (drive or pulleys), damper at full speed", choices=tuple(CONTROL)),
    Parameter("fan_power_curve", ("after",), "", "[{flow_share: 60 %, power: 24 kW}]",
              "定速時各風量之輸入功率，風量由小至大（control 為 damper 時必填）",
              "input power by share of the flow at full speed, rising (needed where control is damper)", True),
    Parameter("pulse_air", BOTH, "m3/h", "20 m3/h", "清灰用壓縮空氣平均耗量（自由空氣）；兩側皆填或皆不填",
              "mean compressed air of the cleaning, as free air; on both sides or none", True, (0, 10000)),
    Parameter("gas_flow", ("common",), "m3/min", "500 m3/min", "全開時總風量（皮托管）", "full flow, pitot traverse",
              range=(1, 100000)),
    Parameter("fan_pressure", ("common",), "Pa", "3,200 Pa", "全開時風機壓升", "pressure rise of the fan at full flow",
              range=(50, 20000)),
    Parameter("duct_diameter", ("common",), "mm", "700 mm", "主風管內徑", "inside diameter of the main duct",
              range=(50, 6000)),
    Parameter("dust", ("common",), "", "average_industrial_dust",
              "粉塵種類（決定最低輸送風速）；研磨粉塵為 average_industrial_dust，金屬切屑、噴砂為 heavy_dust",
              "kind of dust (sets the least velocity): grinding dust is average_industrial_dust, metal turnings and "
              "blasting heavy_dust", choices=dusts()),
    Parameter("exhaust_profile", ("common",), "", "[{flow_share: 80 %, hours: 4,000 h}]",
              "改善後各級風量比例與時數；改善前視為全風量運轉同樣時數",
              "share of the full flow after, with hours; before, the same hours at full flow"),
)  # fmt: skip

EXAMPLE = WorkedExample(
    before={"input_power": "30 kW", "filter_pressure_drop": "0 Pa", "transmission_efficiency": "100 %"},
    after={"control": "speed", "filter_pressure_drop": "0 Pa", "transmission_efficiency": "100 %"},
    common={
        "gas_flow": "485.7 m3/min",
        "fan_pressure": "2,500 Pa",
        "duct_diameter": "671.5 mm",
        "dust": "dry_dust_and_powder",
        "exhaust_profile": [{"flow_share": "77.7778 %", "hours": "4,000 h"}],
    },
    of="saving_rate",
    given="53 %",
    tolerance=0.005,
    source=cite("ecogate-transport", "main duct from 4,500 to 3,500 ft/min, the least velocity: 53 %"),
    because_en="the source gives 53 %, because it takes the cube of 3,500/4,500 without filter resistance and drive "
    "loss; fan, duct and hours are constructed",
    because_zh="來源值 53 %，因為其以 3,500/4,500 之立方計算，未計濾袋阻力與變頻器損失；風機、風管與時數為假設",
)

DESCRIPTION = TechnologyDescription(
    key="dust_collector",
    label_zh="集塵系統改善（濾袋壓差、支管關閉）",
    label_en="Dust collector: filter resistance, closing branches",
    carrier="electricity",
    parameters=PARAMETERS,
    change=change,
    ceiling=ceiling,
    worked_example=EXAMPLE,
    needs={"control": CONTROL},
    limits_zh="主風管圓管；風機與馬達效率視為不變（低於半載時實際較低）；開啟支管須重新平衡；減少之空調補氣不計；"
    "清灰壓縮空氣另列，不併入本設備電力。",
    limits_en="Round main duct; fan and motor efficiency are held (below half flow they fall); open branches must be "
    "balanced; conditioned make-up air is left out; compressed air for cleaning is shown beside, not in this energy.",
    turning_point_zh="風量愈低愈省電，但風速低於該粉塵之最低輸送風速即沉積堵塞：計算拒絕。濾袋壓差過低表示過度清灰，排放與濾袋壽命變差。",
    turning_point_en="Less flow saves until the dust settles: below the least transport velocity the calculation "
    "refuses. A very low filter resistance means over-cleaning: more emission, shorter life of the bags.",
)
DESCRIPTIONS = (DESCRIPTION,)
