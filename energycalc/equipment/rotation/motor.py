"""Motors: a more efficient motor for the same work, with part-load efficiency and the effect of speed."""

from __future__ import annotations

import functools

from energycalc.equipment.description import (
    AFTER,
    BEFORE,
    BOTH,
    HOURS_OF_A_YEAR,
    Change,
    DefaultUncertainty,
    Given,
    Parameter,
    TechnologyDescription,
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
from energycalc.equipment.tables import read_table
from energycalc.errors import InputError
from energycalc.finding import Finding
from energycalc.physics.rotation.induction_motor import (
    class_efficiency,
    class_efficiency_at_125,
    class_rating,
    efficiency_at_load,
    input_energy,
    load_from_current,
    scaled_efficiency,
    shaft_power,
    shaft_power_from_input,
)
from energycalc.physics.rotation.motor_nameplate import (
    fits_class,
    fits_losses,
    fits_nameplate,
    possible,
    speed_fits,
    too_good,
)
from energycalc.physics.rotation.motor_replacement import (
    load_factor_after,
    load_from_input_power,
    load_on_curve,
    remaining_fraction,
    rewound_efficiency,
)
from energycalc.physics.rotation.speed import shaft_power_speed_ratio
from energycalc.quantity import Quantity, Source, about, cite, constant, current_subject, quantity

Curve = dict[int, Quantity]
SPEED_EXPONENTS = {
    "centrifugal": constant(
        "x_c", 3, "1", cite("doe-motor-guide", "fans and pumps: cube of speed"), name="speed_exponent"
    ),
    "constant_torque": constant(
        "x_t", 1, "1", cite("doe-motor-guide", "constant torque: power with speed"), name="speed_exponent"
    ),
}


def class_points(efficiency_class: str, poles: str, rated_power: Quantity) -> dict[int, Quantity]:
    """Efficiency of a motor class at 25, 50, 75, 100 and 125 % load.

    Args:
        efficiency_class: ``standard``, ``energy_efficient`` (IE2) or ``premium`` (IE3).
        poles: ``"2"`` to ``"12"`` (premium up to 6).
        rated_power: nameplate shaft power.

    Returns:
        Efficiency by load in %.

    Raises:
        InputError: the table has no curve for this class and number of poles.
    """
    table = read_table("motor_part_load_efficiency")
    rating = rated_power.value_in("HP_mech")
    points: dict[int, Quantity] = {}
    for row in table.select(efficiency_class=efficiency_class, poles=poles):
        if not float(row["rating_above"]) < rating <= float(row["rating_up_to"] or "inf"):
            continue
        coefficients, smallest = _coefficients(*row.values())
        at = rated_power if smallest is None else class_rating(rated_power, smallest)
        points[int(row["load_percent"])] = class_efficiency(at, **coefficients)
    points[125] = class_efficiency_at_125(points[100])
    return points


@functools.cache
def _coefficients(
    efficiency_class: str, poles: str, above: str, up_to: str, fit_from: str, load: str, *texts: str
) -> tuple[dict[str, Quantity], Quantity | None]:
    """Coefficients of one row and the smallest rating it is good for, as leaves made once: a class shares them."""
    units = {"a0": "%", "a1": "%", "a2": "1/HP_mech", "a3": "%", "a4": "1/HP_mech"}
    row = f"{efficiency_class}, {poles} poles, {load} % load, above {above}" + (f" to {up_to} HP" if up_to else " HP")
    source = read_table("motor_part_load_efficiency").source(row)
    with about(""):
        coefficients = {
            key: constant(f"{key}_{load}", float(text), unit, source, name=f"fit_{key}")
            for (key, unit), text in zip(units.items(), texts, strict=True)
        }
        smallest = constant("P_fit", float(fit_from), "HP_mech", source, name="smallest_rating") if fit_from else None
    return coefficients, smallest


def nameplate_points(class_curve: dict[int, Quantity], full_load_efficiency: Quantity) -> dict[int, Quantity]:
    """The class curve moved to the nameplate: each point times nameplate over class efficiency at full load.

    Args:
        class_curve: from :func:`class_points`.
        full_load_efficiency: of the nameplate (after rewinding).
    """
    full = class_curve[100].renamed("class_full_load_efficiency", "eta_c100")
    return {
        load: scaled_efficiency(point, full_load_efficiency, full).renamed(f"efficiency_{load}", f"eta_{load}")
        for load, point in class_curve.items()
    }


def efficiency_on(points: dict[int, Quantity], load_factor: Quantity) -> Quantity:
    """Efficiency at a load on a curve given at 25, 50, 75, 100 and 125 %.

    Args:
        points: efficiency by load in %.
        load_factor: shaft load over rated power.
    """
    return efficiency_at_load(load_factor, points[25], points[50], points[75], points[100], points[125])


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
    with part(BEFORE):
        nameplate, curve = _nameplate(before, common, findings)
        load_before = _load(before, curve)
        efficiency_before = _efficiency(before, nameplate, curve, load_before).renamed("efficiency_before", "eta_0")
        if "input_power" in before:
            power_before = shaft_power_from_input(reading(PARAMETERS, before, "input_power"), efficiency_before)
        else:
            power_before = shaft_power(number(before, "rated_power"), load_before)

    ratio = _speed_ratio(before, after, word(common, "load_type"), findings)
    with part(AFTER):
        nameplate, curve = _nameplate(after, common, findings)
        load_after = load_factor_after(load_before, number(before, "rated_power"), number(after, "rated_power"), ratio)
        efficiency_after = _efficiency(after, nameplate, curve, load_after).renamed("efficiency_after", "eta_1")

    remaining = remaining_fraction(efficiency_before, efficiency_after, ratio)
    hours = number(common, "operating_hours")
    energy_before = input_energy(power_before, efficiency_before, hours)
    energy_after = input_energy(power_before * ratio, efficiency_after, hours)
    findings += [*_doubts(load_before, load_after, ratio), *uses_more("motor", remaining)]
    return Change(
        remaining,
        "electricity",
        energy_before.renamed("energy_before_model", "E_m0"),
        energy_after.renamed("energy_after_model", "E_m1"),
        tuple(findings),
    )


def _nameplate(side: Given, common: Given, findings: list[Finding]) -> tuple[Quantity, Curve | None]:
    """Full-load efficiency and the curve through it; ``None`` where the catalogue's efficiency at load stands alone."""
    written = possible(number(side, "full_load_efficiency"))
    findings += too_good(written, number(side, "rated_power"))
    if "full_load_speed" in side and "poles" in side:
        frequency = number(common, "line_frequency") if "line_frequency" in common else None
        speed_fits(number(side, "full_load_speed"), word(side, "poles"), frequency)
    nameplate = rewound_efficiency(written, number(side, "rewind_loss")) if "rewind_loss" in side else written
    alone = "efficiency_at_load" in side
    if "efficiency_class" not in side or "poles" not in side:
        if alone:
            return nameplate, None
        raise InputError(
            "the efficiency at part load needs efficiency_class and poles, or efficiency_at_load",
            subject=current_subject(),
            next_step="Read them from the nameplate, or the efficiency at this load from the catalogue",
        )
    try:
        curve = class_points(word(side, "efficiency_class"), word(side, "poles"), number(side, "rated_power"))
    except InputError:
        if alone:
            return nameplate, None
        raise
    fits_class(nameplate, curve[100])
    return nameplate, nameplate_points(curve, nameplate)


def _load(before: Given, curve: Curve | None) -> Quantity:
    """The load factor of the motor in place, by the one way the user has chosen."""
    ways = {
        "load_factor": ("load_factor",),
        "input_power": ("input_power",),
        "line_current": ("line_current", "rated_current", "line_voltage", "rated_voltage"),
    }
    chosen = [way for way in ways if way in before]
    if len(chosen) != 1:
        raise InputError(
            "the load of the motor must be given in exactly one way",
            subject=current_subject(),
            value=" and ".join(chosen) or "none",
            limit="load_factor, or input_power, or line_current with rated_current, line_voltage and rated_voltage",
            next_step="Measure the input power if you can; it is the best of the three",
        )
    missing = [key for key in ways[chosen[0]] if key not in before]
    if missing:
        raise InputError(
            "is needed to get the load from the current",
            subject=subject_of(", ".join(missing)),
            next_step="Add it under 'before'",
        )
    given = {key: reading(PARAMETERS, before, key) for key in ways[chosen[0]]}
    if chosen[0] == "load_factor":
        return given["load_factor"]
    if chosen[0] == "line_current":
        return load_from_current(**given)
    rated = number(before, "rated_power")
    if "efficiency_at_load" in before:
        return load_from_input_power(given["input_power"], possible(number(before, "efficiency_at_load")), rated)
    assert curve is not None
    fits_losses(number(before, "input_power"), rated, curve)
    return load_on_curve(given["input_power"], rated, *(curve[load] for load in (25, 50, 75, 100, 125)))


def _efficiency(side: Given, nameplate: Quantity, curve: Curve | None, load: Quantity) -> Quantity:
    """Efficiency at the load: from the catalogue where given, else on the class curve through the nameplate."""
    if "efficiency_at_load" not in side:
        assert curve is not None
        return efficiency_on(curve, load)
    stated = possible(number(side, "efficiency_at_load"))
    fits_nameplate(stated, nameplate, load, None if curve is None else efficiency_on(curve, load))
    return stated


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


_CLAMP = Source(
    "default-instruments",
    "clamp-on power logger, current and power: 1.5 to 3 % of reading, the larger taken; default until a certificate",
    confidence="convention of this project",
)
PARAMETERS = (
    Parameter("rated_power", BOTH, "kW", "75 kW", "銘牌額定輸出", "nameplate rated output", range=(0.12, 1000)),
    Parameter("full_load_efficiency", BOTH, "%", "92.4 %", "銘牌或型錄滿載效率（低於 100 %，須寫 %）",
              "nameplate or catalogue, at full load; below 100 %, with the percent sign", range=(30, None)),
    Parameter("efficiency_class", BOTH, "", "premium",
              "IE1 以下選 standard，IE2 選 energy_efficient，IE3 以上選 premium（只決定部分負載曲線的形狀）",
              "standard up to IE1, energy_efficient for IE2, premium from IE3 (it only shapes the part-load curve)",
              optional=True, choices=("standard", "energy_efficient", "premium")),
    Parameter("poles", BOTH, "", "4", "銘牌極數（premium 曲線只到 6 極）",
              "nameplate; the premium curves end at 6 poles", optional=True,
              choices=("2", "4", "6", "8", "10", "12")),
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
              default_uncertainty=DefaultUncertainty("kW", 0.03, 0, _CLAMP)),
    Parameter("line_voltage", ("before",), "V", "378 V", "三相線電壓平均", "mean of the three line-to-line voltages",
              optional=True, range=(100, 15000)),
    Parameter("line_current", ("before",), "A", "98 A", "三相線電流平均（勾表）",
              "mean of the three line currents (clamp meter)", optional=True, range=(0.01, 5000),
              default_uncertainty=DefaultUncertainty("A", 0.03, 0, _CLAMP)),
    Parameter("rated_voltage", ("before",), "V", "380 V", "銘牌電壓", "nameplate", optional=True, range=(100, 15000)),
    Parameter("rated_current", ("before",), "A", "138 A", "銘牌滿載電流", "nameplate full-load current",
              optional=True, range=(0.01, 5000)),
    Parameter("operating_hours", ("common",), "h", "6,000 h", "計時器或排班，期間總時數",
              "hour meter or shifts, hours of the period", range=HOURS_OF_A_YEAR),
    Parameter("load_type", ("common",), "", "centrifugal",
              "風機泵浦選 centrifugal；輸送機等選 constant_torque；作功固定選 constant_power",
              "centrifugal for fans and pumps, constant_torque for conveyors, constant_power where the work is fixed",
              choices=("centrifugal", "constant_torque", "constant_power")),
    Parameter("line_frequency", ("common",), "Hz", "60 Hz",
              "電源頻率；只用於核對轉速與極數，未填則以臺灣電網 60 Hz 核對",
              "of the supply; only to check speed against poles, against Taiwan's 60 Hz when left out",
              optional=True, range=(45, 65)),
)  # fmt: skip

DESCRIPTION = TechnologyDescription(
    key="motor_replacement",
    label_zh="高效率馬達汰換",
    label_en="Motor replacement",
    carrier="electricity",
    parameters=PARAMETERS,
    change=change,
    limits_zh="部分負載曲線為美國 60 Hz 馬達統計；IE5 上限由 50 Hz 數值推得（4 極），僅供提醒。",
    limits_en="Part-load curves are statistics of 60 Hz motors in the US; the IE5 ceiling (4 poles, derived from "
    "50 Hz values) only warns.",
)
DESCRIPTIONS = (DESCRIPTION,)
