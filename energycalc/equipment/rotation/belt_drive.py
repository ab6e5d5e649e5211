"""Belt drives: V-belt, notched, synchronous or direct, with the motor behind them."""

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
    subject_of,
    uses_more,
    word,
)
from energycalc.equipment.description.instruments import POWER_LOGGER
from energycalc.errors import InputError
from energycalc.finding import Finding
from energycalc.physics.rotation import belt_drive as law
from energycalc.physics.rotation.induction_motor import input_energy, shaft_power_from_input
from energycalc.physics.rotation.motor_nameplate import possible
from energycalc.physics.rotation.speed import shaft_power_speed_ratio
from energycalc.quantity import Quantity, Source, cite, constant, quantity

KINDS = tuple(law.LOSS_OF_KIND)
CUBE = constant("x_c", 3, "1", cite("doe-motor-guide", "fans and pumps: cube of speed"), name="speed_exponent")
_FIELD_V_BELT = cite("doe-belt-tip-sheet", "V-belts 95 to 98 % when installed, 93 % in the field; notched 2 % better")
BEST_V_BELT = 0.98  # the upper end when installed
POOR = 0.85  # 95 % when installed, less the 10 % that a badly kept belt may lose


def drive_efficiency_of(side: Given, motor_shaft: Quantity) -> Quantity:
    """Efficiency of the belt: as stated, else by its kind and the power of the motor shaft.

    Args:
        side: ``belt_kind`` and, where known, ``transmission_efficiency``.
        motor_shaft: power at the motor shaft, before the measure.
    """
    if "transmission_efficiency" in side:
        return number(side, "transmission_efficiency")
    return law.belt_efficiency(motor_shaft, law.LOSS_OF_KIND[word(side, "belt_kind")])


def change(before: Given, after: Given, common: Given) -> Change:
    """Another belt between the same motor and the same machine.

    Args:
        before: ``belt_kind``, and ``transmission_efficiency`` or ``driven_speed`` where known.
        after: ``belt_kind``, and ``transmission_efficiency`` or ``driven_speed`` where known.
        common: ``input_power`` of the motor before, its ``motor_efficiency`` at this load, ``operating_hours`` and
            ``load_type``.

    Returns:
        The remaining fraction with both energies of the model, in electricity at the motor's terminals.

    Raises:
        InputError: a parameter is missing or unknown, or one of two speeds is.
        OutOfRange: an efficiency that cannot be.
    """
    check(PARAMETERS, before, after, common)
    findings = notes_on_readings("belt", PARAMETERS, common)
    motor = possible(number(common, "motor_efficiency"))
    old, new, ratio, shaft = _drives(before, after, common, findings)
    remaining = law.transmission_remaining_fraction(old, new, ratio)
    hours = number(common, "operating_hours")
    driven = law.driven_shaft_power(shaft, old)
    with part(AFTER):
        shaft_after = law.motor_shaft_power(driven * ratio, new)
    energy_before = input_energy(shaft, motor, hours)
    energy_after = input_energy(shaft_after, motor, hours)
    findings += _doubts(before, after, old, ratio)
    return Change(
        remaining,
        "electricity",
        energy_before.renamed("energy_before_model", "E_m0"),
        energy_after.renamed("energy_after_model", "E_m1"),
        (*findings, *uses_more("belt", remaining)),
    )


def ceiling(before: Given, after: Given, common: Given) -> Ceiling:
    """The most that any transmission can save: the whole loss of the present one.

    Args:
        before: as for :func:`change`.
        after: as for :func:`change`.
        common: as for :func:`change`.
    """
    check(PARAMETERS, before, after, common)
    old, _, ratio, _ = _drives(before, after, common, [])
    return Ceiling(
        law.transmission_ceiling(old, ratio),
        "A transmission cannot give out more than it takes in: the saving ends at the loss of the present one.",
        "傳動不可能輸出大於輸入：節能以現有傳動損失為上限。",
        cite("energy-balance", "output at most input"),
    )


def _drives(
    before: Given, after: Given, common: Given, findings: list[Finding]
) -> tuple[Quantity, Quantity, Quantity, Quantity]:
    shaft = shaft_power_from_input(
        reading(PARAMETERS, common, "input_power"), possible(number(common, "motor_efficiency"))
    )
    with part(BEFORE):
        old = drive_efficiency_of(before, shaft).renamed("transmission_efficiency_before", "eta_t0")
    if _same(before, after):
        new = old
    else:
        with part(AFTER):
            new = drive_efficiency_of(after, shaft).renamed("transmission_efficiency_after", "eta_t1")
    return old, new, _speed_ratio(before, after, common, findings), shaft


def _same(before: Given, after: Given) -> bool:
    return word(before, "belt_kind") == word(after, "belt_kind") and all(
        "transmission_efficiency" not in side for side in (before, after)
    )


def _speed_ratio(before: Given, after: Given, common: Given, findings: list[Finding]) -> Quantity:
    """Power of the driven shaft after over before."""
    told = ["driven_speed" in side for side in (before, after)]
    fan = word(common, "load_type") == "centrifugal"
    if any(told) and not all(told):
        raise InputError(
            "is needed on both sides or on none",
            subject=subject_of("driven_speed"),
            next_step="Measure the driven shaft before, and take the speed after from the design of the pulleys",
        )
    if all(told) and fan:
        return shaft_power_speed_ratio(number(before, "driven_speed"), number(after, "driven_speed"), CUBE)
    if fan and not _same(before, after):
        findings.append(
            doubt(
                "belt.speed_effect_left_out",
                "warning",
                "No speeds of the driven shaft are given. A belt that slips less turns a fan or pump faster, and its "
                "power rises with the cube; choose the pulleys so that the speed stays.",
                "未提供從動軸轉速：打滑較少的皮帶會使風機、泵浦變快，軸功隨轉速三次方增加；請調整皮帶輪使轉速不變。",
                cite("doe-belt-tip-sheet", "considerations for centrifugal fans and pumps"),
            )
        )
    return quantity(
        1, "1", name="shaft_power_speed_ratio", symbol="r_n", basis="assumed", source=Source("same work of the machine")
    )


def _doubts(before: Given, after: Given, old: Quantity, ratio: Quantity) -> list[Finding]:
    found: list[Finding] = []
    if "transmission_efficiency" in after and word(after, "belt_kind") == "v_belt":
        promised = number(after, "transmission_efficiency")
        if float(promised.value_in("1")) > BEST_V_BELT + 1e-12:
            found.append(
                doubt(
                    "belt.too_good",
                    "warning",
                    f"{promised.value_in('%'):.1f} % is promised of a V-belt; well installed it reaches 95 to 98 %.",
                    f"宣稱 V 型皮帶效率 {promised.value_in('%'):.1f} %；安裝良好者僅 95 至 98 %。",
                    _FIELD_V_BELT,
                    transmission_efficiency=f"{promised.value_in('%'):.1f} %",
                )
            )
    if float(old.value_in("1")) < POOR:
        found.append(
            doubt(
                "belt.very_poor",
                "warning",
                f"The present belt is taken at {old.value_in('%'):.1f} %; a badly kept V-belt falls to about 85 %.",
                f"現有皮帶效率取 {old.value_in('%'):.1f} %；維護不良之 V 型皮帶約降至 85 %。",
                cite("gates-belts-2011", "95 to 98 % when installed; poorly maintained up to 10 % less"),
                transmission_efficiency=f"{old.value_in('%'):.1f} %",
            )
        )
    if word(before, "belt_kind") == word(after, "belt_kind") and "transmission_efficiency" in after:
        found.append(
            doubt(
                "belt.same_kind",
                "note",
                "Both belts are of one kind: the saving is one of condition (tension, wear) and lasts as long as it.",
                "前後為同型皮帶：節能來自張力與磨耗狀態，僅在維護良好期間有效。",
                _FIELD_V_BELT,
            )
        )
    if ratio.value < 1:
        less = f"{100 * (1 - ratio.value):.1f} %"
        found.append(
            doubt(
                "belt.slower",
                "warning",
                f"The machine is driven slower: {less} of its power is saved by doing less work.",
                f"從動軸轉速降低：其中軸功減少 {less} 來自出力減少。",
                cite("doe-motor-guide", "affinity laws"),
                shaft_power_speed_ratio=f"{ratio.value:.4f}",
            )
        )
    return found


PARAMETERS = (
    Parameter("belt_kind", BOTH, "", "v_belt",
              "v_belt 為 V 型皮帶、notched_v_belt 齒溝 V 型、synchronous_belt 同步（齒形）、direct 直結",
              "v_belt, notched_v_belt (cogged), synchronous_belt (toothed), direct (coupling)", choices=KINDS),
    Parameter("transmission_efficiency", BOTH, "%", "93 %", "實測或型錄傳動效率；填了即取代依功率推估之值",
              "measured or from the catalogue; replaces the value by kind and power", optional=True, range=(50, 100)),
    Parameter("driven_speed", BOTH, "rpm", "880 rpm", "從動軸轉速（風機、泵浦；前後皆填）",
              "speed of the driven shaft (fans and pumps; both or none)", optional=True, range=(10, 10000)),
    Parameter("input_power", ("common",), "kW", "28 kW", "改善前馬達輸入功率，電力分析儀",
              "input of the motor before, power logger", range=(0.1, 2000), default_uncertainty=POWER_LOGGER),
    Parameter("motor_efficiency", ("common",), "%", "93 %", "馬達於此負載之效率（前後視為相同）",
              "of the motor at this load (taken as the same before and after)", range=(30, None)),
    Parameter("operating_hours", ("common",), "h", "6,000 h", "計時器或排班，期間總時數",
              "hour meter or shifts, hours of the period", range=HOURS_OF_A_YEAR),
    Parameter("load_type", ("common",), "", "centrifugal",
              "風機泵浦選 centrifugal；其他作功固定選 constant_power",
              "centrifugal for fans and pumps, constant_power where the work is fixed",
              choices=("centrifugal", "constant_power")),
)  # fmt: skip

_EXAMPLE = WorkedExample(
    before={"belt_kind": "v_belt", "transmission_efficiency": "93 %"},
    after={"belt_kind": "synchronous_belt", "transmission_efficiency": "98 %"},
    common={
        "input_power": "30.08 kW",
        "motor_efficiency": "93 %",
        "operating_hours": "6,000 h",
        "load_type": "constant_power",
    },
    of="saving_rate",
    given="5.102 %",
    tolerance=0.0005,
    source=cite("measur-desktop", "drive comparison, 50 hp at 75 % load, 6,000 h: 180,483.87 to 171,275.51 kWh"),
    because_en="the source gives 9,208 of 180,484 kWh (5.102 %), because its energies are those of the motor shaft; "
    "the share is the same at the terminals, where the kWh are larger by the motor's efficiency.",
    because_zh="來源為馬達軸端能量 180,484 kWh 中省 9,208 kWh（5.102 %）；電端比例相同，但度數須再除以馬達效率。",
)

DESCRIPTION = TechnologyDescription(
    key="belt_drive",
    label_zh="皮帶傳動改善",
    label_en="Belt drive",
    carrier="electricity",
    parameters=PARAMETERS,
    change=change,
    ceiling=ceiling,
    worked_example=_EXAMPLE,
    limits_zh="未填效率時採 AMCA 203-90 附錄 L 之風機皮帶統計中值（依馬達軸功率）；馬達效率前後視為相同。",
    limits_en="Without a stated efficiency the middle of the fan-belt statistics of AMCA 203-90, Appendix L, by the "
    "power of the motor shaft; the motor's efficiency is taken as unchanged.",
    turning_point_zh="風機、泵浦換用不打滑的皮帶後轉速上升，軸功隨三次方增加，可能多於皮帶所省。",
    turning_point_en="A belt without slip turns a fan or pump faster; the cube of the speed can cost more than the "
    "belt saves.",
)
DESCRIPTIONS = (DESCRIPTION,)
