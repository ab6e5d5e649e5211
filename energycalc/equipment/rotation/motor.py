"""Motors: a more efficient motor for the same work, with part-load efficiency and the effect of speed."""

from __future__ import annotations

from dataclasses import dataclass

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
    subject_of,
    uses_more,
    word,
)
from energycalc.equipment.description.instruments import CURRENT_CLAMP, POWER_LOGGER
from energycalc.equipment.shared.motor_reading import (
    LINE_FREQUENCY,
    efficiency_of_motor,
    highest_believed,
    load_of_motor,
    nameplate_and_curve,
    nameplate_parameters,
)
from energycalc.equipment.shared.motor_tables import legal_minimum_in_taiwan
from energycalc.errors import InputError
from energycalc.finding import Finding
from energycalc.physics.rotation.induction_motor import input_energy, shaft_power, shaft_power_from_input
from energycalc.physics.rotation.motor_class import replacement_ceiling
from energycalc.physics.rotation.motor_replacement import load_factor_after, remaining_fraction
from energycalc.physics.rotation.speed import shaft_power_speed_ratio
from energycalc.quantity import Quantity, Source, cite, constant, quantity

SPEED_EXPONENTS = {
    "centrifugal": constant(
        "x_c", 3, "1", cite("doe-motor-guide", "fans and pumps: cube of speed"), name="speed_exponent"
    ),
    "constant_torque": constant(
        "x_t", 1, "1", cite("doe-motor-guide", "constant torque: power with speed"), name="speed_exponent"
    ),
}


MOST_REWIND_LOSS = 0.5  # points: the worst of ten motors (EASA/AEMT 2020)


@dataclass(frozen=True)
class _Swap:
    """Both motors at the work they do."""

    power_before: Quantity
    load_before: Quantity
    load_after: Quantity
    efficiency_before: Quantity
    efficiency_after: Quantity
    full_load_after: Quantity
    ratio: Quantity


def change(before: Given, after: Given, common: Given) -> Change:
    """Replace a motor: same work, better efficiency, perhaps another speed.

    The load of the motor in place is found once and both motors are read at it, so that a motor replaced by its like
    saves nothing; a measured input power is the energy before as it stands.

    Args:
        before: the motor in place; its load as ``load_factor``, ``input_power`` or currents and voltages.
        after: the new motor.
        common: ``operating_hours``, ``load_type`` and, where it is not 60 Hz, ``line_frequency``.

    Returns:
        The remaining fraction with both energies of the model.

    Raises:
        InputError: a parameter is missing, unknown, given twice in different ways, or contradicts another.
        OutOfRange: an efficiency of 100 % or more, a load above 150 %, or a nameplate that does not fit its class.
    """
    check(PARAMETERS, before, after, common)
    findings = notes_on_readings("motor", PARAMETERS, before, after)
    swap = _swap(before, after, common, findings)
    remaining = remaining_fraction(swap.efficiency_before, swap.efficiency_after, swap.ratio)
    hours = number(common, "operating_hours")
    energy_before = input_energy(swap.power_before, swap.efficiency_before, hours)
    energy_after = input_energy(swap.power_before * swap.ratio, swap.efficiency_after, hours)
    findings += _against_the_law(after)
    findings += [*_doubts(swap.load_before, swap.load_after, swap.ratio), *uses_more("motor", remaining)]
    return Change(
        remaining,
        "electricity",
        energy_before.renamed("energy_before_model", "E_m0"),
        energy_after.renamed("energy_after_model", "E_m1"),
        tuple(findings),
    )


def ceiling(before: Given, after: Given, common: Given) -> Ceiling:
    """The most that any motor in place of this one can save at the same work.

    Args:
        before: as for :func:`change`.
        after: as for :func:`change`.
        common: as for :func:`change`.
    """
    check(PARAMETERS, before, after, common)
    swap = _swap(before, after, common, [])
    with part(AFTER):
        highest = highest_believed(after, common)
    saving = replacement_ceiling(
        swap.efficiency_before, swap.efficiency_after, swap.full_load_after, highest, swap.ratio
    )
    return Ceiling(
        saving,
        "No motor of this size is better than IE5 and 0.3 points; what is left between it and the motor in place at "
        "this load is all that a swap can save.",
        "同額定之馬達效率不高於 IE5 加 0.3 個百分點；汰換最多只能省下現有馬達與此上限在該負載下的差距。",
        cite("ie5-caps-derived", "IE5 from IE4"),
    )


def _swap(before: Given, after: Given, common: Given, findings: list[Finding]) -> _Swap:
    with part(BEFORE):
        nameplate, curve = nameplate_and_curve(before, common)
        findings += _rewound(before)
        load_before = load_of_motor(PARAMETERS, before, curve, common, findings)
        efficiency_before = efficiency_of_motor(before, nameplate, curve, load_before).renamed(
            "efficiency_before", "eta_0"
        )
        if "input_power" in before:
            power_before = shaft_power_from_input(reading(PARAMETERS, before, "input_power"), efficiency_before)
        else:
            power_before = shaft_power(number(before, "rated_power"), load_before)

    ratio = _speed_ratio(before, after, word(common, "load_type"), findings)
    with part(AFTER):
        full_load_after, curve = nameplate_and_curve(after, common)
        load_after = load_factor_after(load_before, number(before, "rated_power"), number(after, "rated_power"), ratio)
        efficiency_after = efficiency_of_motor(after, full_load_after, curve, load_after).renamed(
            "efficiency_after", "eta_1"
        )
    return _Swap(power_before, load_before, load_after, efficiency_before, efficiency_after, full_load_after, ratio)


def _against_the_law(after: Given) -> list[Finding]:
    """What the class of the new motor is against the least that may be sold in Taiwan."""
    law = legal_minimum_in_taiwan(number(after, "rated_power"))
    if "ie_class" not in after or law is None or word(after, "ie_class") > law[0]:
        return []
    own, least, since, source = word(after, "ie_class"), *law
    below = own < least
    from_day = "" if since == "not_stated" else f" since {since}"
    return [
        doubt(
            "motor.below_legal_minimum" if below else "motor.legal_minimum",
            "warning" if below else "note",
            f"The new motor is {own}; new motors of this size in Taiwan must be {least}{from_day}."
            + ("" if below else " Part of the saving would come with any new motor, as the law asks for it."),
            f"新馬達為 {own}；我國此額定之新品最低為 {least}。"
            + ("" if below else "部分節能為法規對任何新品之要求，非本措施獨有。"),
            source,
            ie_class=own,
            legal_minimum=least,
        )
    ]


def _rewound(before: Given) -> list[Finding]:
    """A note where more is taken off for rewinding than was found on motors rewound by good practice."""
    if "rewind_loss" not in before or float(number(before, "rewind_loss").value_in("%")) <= MOST_REWIND_LOSS:
        return []
    loss = f"{number(before, 'rewind_loss').value_in('%'):.1f}"
    return [
        doubt(
            "motor.rewind_loss_large",
            "note",
            f"{loss} points are taken off for rewinding; ten motors rewound by good practice changed by +0.3 to -0.5.",
            f"重繞損失取 {loss} 個百分點；依良好作業重繞之十部馬達實測變化為 +0.3 至 -0.5 個百分點。",
            cite("easa-rewind-2020", "post-rewind efficiency of ten IE3 motors"),
            rewind_loss=f"{loss} points",
        )
    ]


def _speed_ratio(before: Given, after: Given, load_type: str, findings: list[Finding]) -> Quantity:
    """Shaft power after over before; refuses a fan or pump without both speeds."""
    if load_type == "constant_power":
        return _same_work("the driven machine does the same work whatever the speed")
    if "full_load_speed" in before and "full_load_speed" in after:
        return shaft_power_speed_ratio(
            number(before, "full_load_speed"), number(after, "full_load_speed"), SPEED_EXPONENTS[load_type]
        )
    if load_type == "centrifugal":
        raise InputError(
            "is needed for both motors: a new motor turns faster, and a fan or pump takes power with the cube of speed",
            subject=subject_of("full_load_speed"),
            limit="load_type centrifugal",
            next_step="Read both full-load speeds from the nameplates",
        )
    findings.append(
        doubt(
            "motor.speed_effect_left_out",
            "note",
            "No full-load speeds are given: the extra work of a faster motor (in proportion to speed) is left out.",
            "未提供滿載轉速，未計入新馬達轉速較高所增加的軸功（與轉速成正比）。",
            cite("doe-motor-guide", "speed of the new motor"),
        )
    )
    return _same_work("speeds not given")


def _same_work(why: str) -> Quantity:
    return quantity(1, "1", name="shaft_power_speed_ratio", symbol="r_n", basis="assumed", source=Source(why))


def _doubts(load_before: Quantity, load_after: Quantity, ratio: Quantity) -> list[Finding]:
    found: list[Finding] = []
    for load, en, zh in ((load_before, "old", "現有馬達"), (load_after, "new", "新馬達")):
        percent = f"{load.value_in('%'):.0f} %"
        if load.value_in("1") < 0.5:
            found.append(
                doubt(
                    "motor.low_load",
                    "note",
                    f"The {en} motor runs at {percent} load; below 50 % efficiency falls and the current method "
                    "overstates the load.",
                    f"{zh}負載率 {percent}；低於 50 % 時效率下降，且電流法會高估負載。",
                    cite("doe-motor-load", "part-load efficiency"),
                    load_factor=percent,
                )
            )
        if load.value_in("1") > 1:
            found.append(
                doubt(
                    "motor.overload",
                    "warning",
                    f"The {en} motor would run at {percent} of its rating.",
                    f"{zh}負載率達額定之 {percent}。",
                    cite("doe-motor-load", "load over rating"),
                    load_factor=percent,
                )
            )
    if ratio.value < 1:
        less = f"{100 * (1 - ratio.value):.1f} %"
        found.append(
            doubt(
                "motor.slower",
                "warning",
                f"The new motor is slower: {less} of the shaft power is saved by doing less work, not by efficiency.",
                f"新馬達轉速較低：其中軸功減少 {less} 來自出力減少，並非效率提升。",
                cite("doe-motor-guide", "affinity laws"),
                shaft_power_speed_ratio=f"{ratio.value:.4f}",
            )
        )
    return found


PARAMETERS = (
    *nameplate_parameters(BOTH),
    Parameter("full_load_speed", BOTH, "rpm", "1770 rpm", "銘牌滿載轉速（風機、泵浦必填）",
              "nameplate; needed for fans and pumps", optional=True, range=(100, 3600)),
    Parameter("efficiency_at_load", BOTH, "%", "93.1 %",
              "型錄或試驗報告於運轉負載之效率（低於 100 %；填了就不用曲線）",
              "catalogue or test report at the operating load, below 100 %; replaces the class curve", optional=True,
              range=(1, None)),
    Parameter("rewind_loss", ("before",), "%", "1 %", "曾重繞所損失的效率百分點",
              "points of efficiency lost by earlier rewinding", optional=True, range=(0, 5)),
    Parameter("load_factor", ("before",), "%", "70 %", "軸負載／額定輸出（已知時）",
              "shaft load over rated output, if known", optional=True, range=(1, 150)),
    Parameter("input_power", ("before",), "kW", "52 kW", "電力分析儀量測之平均輸入功率",
              "mean input power from a power logger", optional=True, range=(0.01, 2000),
              default_uncertainty=POWER_LOGGER),
    Parameter("operating_speed", ("before",), "rpm", "1782 rpm",
              "閃頻儀量測轉速（轉差法，誤差大；須有滿載轉速與極數）",
              "by stroboscope (slip method, a poor one; needs full_load_speed and poles)", optional=True,
              range=(100, 3600)),
    Parameter("line_voltage", ("before",), "V", "378 V", "三相線電壓平均", "mean of the three line-to-line voltages",
              optional=True, range=(100, 15000)),
    Parameter("line_current", ("before",), "A", "98 A", "三相線電流平均（勾表）",
              "mean of the three line currents (clamp meter)", optional=True, range=(0.01, 5000),
              default_uncertainty=CURRENT_CLAMP),
    Parameter("rated_voltage", ("before",), "V", "380 V", "銘牌電壓", "nameplate", optional=True, range=(100, 15000)),
    Parameter("rated_current", ("before",), "A", "138 A", "銘牌滿載電流", "nameplate full-load current",
              optional=True, range=(0.01, 5000)),
    Parameter("operating_hours", ("common",), "h", "6,000 h", "計時器或排班，期間總時數",
              "hour meter or shifts, hours of the period", range=HOURS_OF_A_YEAR),
    Parameter("load_type", ("common",), "", "centrifugal",
              "風機泵浦選 centrifugal；輸送機等選 constant_torque；作功固定選 constant_power",
              "centrifugal for fans and pumps, constant_torque for conveyors, constant_power where the work is fixed",
              choices=("centrifugal", "constant_torque", "constant_power")),
    LINE_FREQUENCY,
)  # fmt: skip

_EXAMPLE = WorkedExample(
    before={"rated_power": "14.92 kW", "full_load_efficiency": "88 %", "efficiency_at_load": "88 %",
            "load_factor": "80 %"},
    after={"rated_power": "14.92 kW", "full_load_efficiency": "92 %", "efficiency_at_load": "92 %"},
    common={"operating_hours": "8,760 h", "load_type": "constant_power"},
    of="saving_rate",
    given="4.35 %",
    tolerance=0.002,
    source=cite("wmich-motors", "example of a 20 hp motor: 6,535 and 6,251 dollars a year"),
    because_en="the source gives 284 of 6,535 dollars (4.35 %), because both motors are taken at one load and price; "
    "1 - 88/92 is the same.",
    because_zh="來源為每年 6,535 元中省 284 元（4.35 %），因兩馬達負載與電價相同，即 1 - 88/92。",
)  # fmt: skip

DESCRIPTION = TechnologyDescription(
    key="motor_replacement",
    label_zh="高效率馬達汰換",
    label_en="Motor replacement",
    carrier="electricity",
    parameters=PARAMETERS,
    change=change,
    ceiling=ceiling,
    worked_example=_EXAMPLE,
    limits_zh="部分負載曲線為美國 60 Hz 馬達統計；60 Hz 之 IE1、IE4 與逾 150 kW 無表可核對最低效率；"
    "效率上限由 IE4（50 Hz）與 IE3（60 Hz）推得。",
    limits_en="Part-load curves are statistics of 60 Hz motors in the US; at 60 Hz there is no table on file for IE1, "
    "IE4 and above 150 kW; the highest efficiency is derived from IE4 at 50 Hz and IE3 at 60 Hz.",
    turning_point_zh="風機、泵浦：新馬達較快時軸功隨轉速三次方增加，轉速增幅超過效率增益的三分之一即不省電。",
    turning_point_en="Fans and pumps: a new motor that is faster by more than a third of its gain in efficiency saves "
    "nothing, since the shaft power rises with the cube of the speed.",
)
DESCRIPTIONS = (DESCRIPTION,)
