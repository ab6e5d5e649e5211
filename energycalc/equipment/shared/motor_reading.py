"""What a case file says about one motor: its nameplate against its class, its part-load curve, its load."""

from __future__ import annotations

from collections.abc import Sequence

from energycalc.equipment.description import (
    Given,
    Parameter,
    Place,
    doubt,
    number,
    reading,
    subject_of,
    word,
)
from energycalc.equipment.shared.motor_tables import (
    CURVE_OF_CLASS,
    class_minimum,
    class_points,
    efficiency_on,
    frequency_of_class,
    highest_of_size,
    nameplate_points,
)
from energycalc.errors import InputError
from energycalc.finding import Finding
from energycalc.physics.rotation.induction_motor import load_from_current
from energycalc.physics.rotation.motor_class import STEP_TO_IE5, next_class_limit
from energycalc.physics.rotation.motor_nameplate import (
    below_highest,
    curve_holds,
    fits_class,
    fits_losses,
    fits_nameplate,
    possible,
    reaches_class,
    speed_fits,
)
from energycalc.physics.rotation.motor_replacement import (
    load_from_input_power,
    load_from_slip,
    load_on_curve,
    rewound_efficiency,
)
from energycalc.physics.rotation.speed import synchronous_speed
from energycalc.quantity import Quantity, Source, cite, current_subject, quantity
from energycalc.quantity.distributions import rectangular

Curve = dict[int, Quantity]


def nameplate_parameters(places: tuple[Place, ...]) -> tuple[Parameter, ...]:
    """Rated power, efficiency, class and poles, as every technology with a motor asks for them.

    Args:
        places: where they are written.
    """
    return (
        Parameter("rated_power", places, "kW", "75 kW", "銘牌額定輸出", "nameplate rated output", range=(0.12, 1000)),
        Parameter("full_load_efficiency", places, "%", "92.4 %", "銘牌或型錄滿載效率（低於 100 %，須寫 %）",
                  "nameplate or catalogue, at full load; below 100 %, with the percent sign", range=(30, None)),
        Parameter("efficiency_class", places, "", "premium",
                  "IE1 以下選 standard，IE2 選 energy_efficient，IE3 以上選 premium（只決定部分負載曲線的形狀）",
                  "standard up to IE1, energy_efficient for IE2, premium from IE3 (it only shapes the part-load curve)",
                  optional=True, choices=("standard", "energy_efficient", "premium")),
        Parameter("ie_class", places, "", "IE3", "銘牌 IE 等級（與極數一起核對最低效率；可代替 efficiency_class）",
                  "nameplate; held with the poles against the least its class allows; may stand for efficiency_class",
                  optional=True, choices=("IE1", "IE2", "IE3", "IE4", "IE5")),
        Parameter("poles", places, "", "4", "銘牌極數（premium 曲線只到 6 極）",
                  "nameplate; the premium curves end at 6 poles", optional=True,
                  choices=("2", "4", "6", "8", "10", "12")),
    )  # fmt: skip


LINE_FREQUENCY = Parameter(
    "line_frequency", ("common",), "Hz", "60 Hz",
    "電源頻率；用於核對轉速、極數與 IE 等級，未填則以臺灣電網 60 Hz 計",
    "of the supply; to check speed, poles and IE class; Taiwan's 60 Hz when left out",
    optional=True, range=(45, 65),
)  # fmt: skip


def supply_frequency(common: Given) -> Quantity:
    """Frequency of the supply: as written, else the 60 Hz of Taiwan.

    Args:
        common: what the case file says.
    """
    if "line_frequency" in common:
        return number(common, "line_frequency")
    return quantity(
        60, "Hz", name="line_frequency", symbol="f_0", basis="assumed", source=Source("grid of Taiwan, 60 Hz")
    )


def highest_believed(side: Given, common: Given) -> Quantity:
    """Highest efficiency believed of the motor; a nameplate that says IE5 is allowed one step beyond.

    Args:
        side: what the case file says of the motor.
        common: what it says of the supply.
    """
    hertz = 50.0 if float(supply_frequency(common).value_in("Hz")) < 55 else 60.0
    highest = highest_of_size(number(side, "rated_power"), word(side, "poles") if "poles" in side else None, hertz)
    return next_class_limit(highest, STEP_TO_IE5) if _ie_class(side) == "IE5" else highest


def _ie_class(side: Given) -> str:
    return word(side, "ie_class") if "ie_class" in side else ""


def nameplate_and_curve(side: Given, common: Given) -> tuple[Quantity, Curve | None]:
    """Full-load efficiency and the curve through it; ``None`` where the catalogue's efficiency at load stands alone.

    Args:
        side: what the case file says of the motor.
        common: what it says of the supply.

    Raises:
        InputError: class or poles are missing, contradict each other, or have no curve.
        OutOfRange: an efficiency that the class does not allow, or that no motor has.
    """
    written = possible(number(side, "full_load_efficiency"))
    below_highest(written, highest_believed(side, common), _ie_class(side) == "IE5")
    if "full_load_speed" in side and "poles" in side:
        frequency = number(common, "line_frequency") if "line_frequency" in common else None
        speed_fits(number(side, "full_load_speed"), word(side, "poles"), frequency)
    shape = _shape(side, common, written)
    nameplate = rewound_efficiency(written, number(side, "rewind_loss")) if "rewind_loss" in side else written
    alone = "efficiency_at_load" in side
    if alone and ("efficiency_class" not in side or "poles" not in side):
        return nameplate, None
    if not shape or "poles" not in side:
        raise InputError(
            "the efficiency at part load needs efficiency_class (or ie_class) and poles, or efficiency_at_load",
            subject=current_subject(),
            next_step="Read them from the nameplate, or the efficiency at this load from the catalogue",
        )
    try:
        curve = class_points(shape, word(side, "poles"), number(side, "rated_power"))
        curve_holds(curve)
    except InputError:
        if alone:
            return nameplate, None
        raise
    fits_class(nameplate, curve[100])
    return nameplate, nameplate_points(curve, nameplate)


def _shape(side: Given, common: Given, written: Quantity) -> str:
    """Which part-load curve the motor has; holds the nameplate against the limit of its IE class on the way."""
    stated = word(side, "efficiency_class") if "efficiency_class" in side else ""
    ie_class = _ie_class(side)
    if not ie_class:
        return stated
    if stated and stated != CURVE_OF_CLASS[ie_class]:
        raise InputError(
            "ie_class and efficiency_class contradict each other",
            subject=subject_of("efficiency_class"),
            value=f"{stated} with {ie_class}",
            limit=f"{CURVE_OF_CLASS[ie_class]} for {ie_class}",
            next_step="Leave efficiency_class out where the IE class is known",
        )
    if "poles" in side:
        hertz = frequency_of_class(float(supply_frequency(common).value_in("Hz")))
        limit = class_minimum(ie_class, word(side, "poles"), number(side, "rated_power"), hertz)
        if limit is not None:
            reaches_class(written, limit, ie_class)
    return CURVE_OF_CLASS[ie_class]


def load_of_motor(
    parameters: Sequence[Parameter], before: Given, curve: Curve | None, common: Given, findings: list[Finding]
) -> Quantity:
    """The load factor of the motor in place, by the one way the user has chosen.

    Args:
        parameters: of the technology, for the errors of the instruments.
        before: what the case file says of the motor.
        curve: its part-load curve.
        common: what the case file says of the supply.
        findings: takes up the doubts.

    Raises:
        InputError: no way or several are given, or one lacks a reading.
        OutOfRange: an input power that is not of this motor.
    """
    ways = {
        "load_factor": ("load_factor",),
        "input_power": ("input_power",),
        "line_current": ("line_current", "rated_current", "line_voltage", "rated_voltage"),
        "operating_speed": ("operating_speed", "full_load_speed", "poles"),
    }
    chosen = [way for way in ways if way in before]
    if len(chosen) != 1:
        raise InputError(
            "the load of the motor must be given in exactly one way",
            subject=current_subject(),
            value=" and ".join(chosen) or "none",
            limit="load_factor, or input_power, or line_current with rated_current, line_voltage and rated_voltage, or "
            "operating_speed with full_load_speed and poles",
            next_step="Measure the input power if you can; it is the best of them",
        )
    missing = [key for key in ways[chosen[0]] if key not in before]
    if missing:
        raise InputError(
            f"is needed to get the load from the {chosen[0].replace('_', ' ')}",
            subject=subject_of(", ".join(missing)),
            next_step="Add it under 'before'",
        )
    if chosen[0] == "operating_speed":
        return _load_from_slip(before, common, findings)
    given = {key: reading(parameters, before, key) for key in ways[chosen[0]]}
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


def _load_from_slip(before: Given, common: Given, findings: list[Finding]) -> Quantity:
    poles = quantity(
        int(word(before, "poles")), "1", name="poles", symbol="p", basis="nameplate", source=Source("nameplate")
    )
    field = synchronous_speed(supply_frequency(common), poles)
    if not number(before, "full_load_speed").value_in("rpm") < field.value_in("rpm"):
        raise InputError(
            "no load can be read from the speed of a motor that has no slip at full load",
            subject=subject_of("full_load_speed"),
            value=f"{number(before, 'full_load_speed').value_in('rpm'):,g} rpm",
            limit=f"below {field.value_in('rpm'):,g} rpm (synchronous speed)",
            next_step="Measure the input power",
        )
    if not number(before, "operating_speed").value_in("rpm") < field.value_in("rpm"):
        raise InputError(
            "a motor that drives a load turns slower than its field",
            subject=subject_of("operating_speed"),
            value=f"{number(before, 'operating_speed').value_in('rpm'):,g} rpm",
            limit=f"below {field.value_in('rpm'):,g} rpm (synchronous speed)",
            next_step="Check the stroboscope, the poles and the line_frequency, or measure the input power",
        )
    source = cite("doe-motor-load", "slip method: 20 % tolerance of the nameplate's slip")
    tolerance = quantity(
        1, "1", name="slip_tolerance", symbol="k_s", basis="assumed", source=source, uncertainty=rectangular(0.2)
    )
    findings.append(
        doubt(
            "motor.slip_method",
            "warning",
            "The load is read from the slip: a nameplate may state it 20 % wrong, which is in the ±; measure the input "
            "power for a better load.",
            "負載率由轉差率推得：銘牌轉差率容許誤差達 20 %（已計入不確定度）；建議改量測輸入功率。",
            source,
        )
    )
    return load_from_slip(number(before, "operating_speed"), number(before, "full_load_speed"), field, tolerance)


def efficiency_of_motor(side: Given, nameplate: Quantity, curve: Curve | None, load: Quantity) -> Quantity:
    """Efficiency at the load: from the catalogue where given, else on the class curve through the nameplate.

    Args:
        side: what the case file says of the motor.
        nameplate: full-load efficiency, after rewinding.
        curve: part-load curve, or ``None``.
        load: shaft load over rated power.

    Raises:
        OutOfRange: a stated efficiency that contradicts the nameplate.
    """
    if "efficiency_at_load" not in side:
        assert curve is not None
        return efficiency_on(curve, load)
    stated = possible(number(side, "efficiency_at_load"))
    fits_nameplate(stated, nameplate, load, None if curve is None else efficiency_on(curve, load))
    return stated
