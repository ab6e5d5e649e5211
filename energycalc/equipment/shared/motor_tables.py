"""Motors and drives by their published tables: part-load curves, limits of the IE classes, losses of a drive."""

from __future__ import annotations

import functools

from energycalc.equipment.tables import read_table
from energycalc.errors import InputError, OutOfRange
from energycalc.physics.rotation.flow_control import drive_efficiency_at
from energycalc.physics.rotation.induction_motor import (
    class_efficiency,
    class_efficiency_at_125,
    class_rating,
    efficiency_at_load,
    scaled_efficiency,
)
from energycalc.physics.rotation.motor_class import STEP_TO_IE4, class_limit, highest_efficiency, next_class_limit
from energycalc.quantity import Quantity, Source, about, constant, current_subject, quantity

CURVE_OF_CLASS = {
    "IE1": "standard",
    "IE2": "energy_efficient",
    "IE3": "premium",
    "IE4": "premium",
    "IE5": "premium",
}
"""Which part-load curve stands for a class."""

SIZE_TOLERANCE = 1.03  # a 2.2 kW motor is the 3 hp motor of the tables
SMALLEST_OF_CURVES = 1.0  # mechanical horsepower
LARGEST_OF_CLASSES = 200.0  # kW: end of the coefficients at 50 Hz


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
        OutOfRange: smaller than the smallest motor of the table.
    """
    table = read_table("motor_part_load_efficiency")
    rating = rated_power.value_in("HP_mech")
    if rating < SMALLEST_OF_CURVES:
        raise OutOfRange(
            "there is no published part-load curve for so small a motor",
            subject=", ".join(part for part in (current_subject(), "rated_power") if part),
            value=f"{float(rated_power.value_in('kW')):.3g} kW",
            limit="0.746 kW (1 hp) and more (table motor_part_load_efficiency.csv)",
            next_step="Give efficiency_at_load from the catalogue where the technology takes it",
        )
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


# --- classes --------------------------------------------------------------------------------------


def class_minimum(ie_class: str, poles: str, rated_power: Quantity, frequency: float) -> Quantity | None:
    """Least full-load efficiency that the class allows a motor of this size; ``None`` where no table on file says it.

    Args:
        ie_class: ``IE1`` to ``IE5``.
        poles: number of poles.
        rated_power: nameplate shaft power.
        frequency: of the supply in Hz.

    Returns:
        At 50 Hz IE2 to IE4 by their coefficients (0.12 to 200 kW, but not between 0.55 and 0.75 kW), IE1 to 11 kW; at
        60 Hz IE2 and IE3 by size, 0.75 to 150 kW.
    """
    rating = float(rated_power.value_in("kW"))
    if frequency == 50 and ie_class == "IE1":
        return _by_size("motor_class_ie1_50hz", poles, rating)
    if frequency == 50:
        return _limit_50hz(ie_class, poles, rated_power)
    if frequency == 60 and ie_class in ("IE2", "IE3"):
        return _by_size(f"motor_class_{ie_class.lower()}_60hz", poles, rating)
    return None


def highest_of_size(rated_power: Quantity, poles: str | None, frequency: float) -> Quantity:
    """Highest full-load efficiency that is believed of a motor of this size (IE5 and 0.3 points).

    Args:
        rated_power: nameplate shaft power; above 200 kW the figure of 200 kW holds.
        poles: number of poles; the best of 2 to 8 where it is not given or not in the tables.
        frequency: of the supply in Hz.
    """
    rating = float(rated_power.value_in("kW"))
    if rating > LARGEST_OF_CLASSES or 0.55 < rating < 0.75:
        rating = LARGEST_OF_CLASSES if rating > 1 else 0.75
        rated_power = constant(
            "P_r", rating, "kW", Source("size at which the class tables are read"), name="rated_power"
        )
    candidates = [poles] if poles in ("2", "4", "6", "8") else ["2", "4", "6", "8"]
    found = []
    for number in candidates:
        at_50 = _limit_50hz("IE4", str(number), rated_power)
        assert at_50 is not None
        ie3 = _by_size("motor_class_ie3_60hz", str(number), min(rating, 150.0)) if frequency == 60 else None
        found.append(highest_efficiency(at_50, at_50 if ie3 is None else next_class_limit(ie3, STEP_TO_IE4)))
    return max(found, key=lambda limit: float(limit.value))


def _limit_50hz(ie_class: str, poles: str, rated_power: Quantity) -> Quantity | None:
    rating = float(rated_power.value_in("kW"))
    for row in read_table("motor_class_limits_50hz").rows:
        fits = float(row["rating_from"]) * (1 - 1e-9) <= rating <= float(row["rating_to"]) * (1 + 1e-9)
        if fits and (row["ie_class"], row["poles"]) == (ie_class, poles):
            return class_limit(rated_power, *_limit_coefficients(*row.values()))
    return None


@functools.cache
def _limit_coefficients(ie_class: str, poles: str, low: str, high: str, *texts: str) -> tuple[Quantity, ...]:
    source = read_table("motor_class_limits_50hz").source(f"{ie_class}, {poles} poles, {low} to {high} kW")
    names = ("cubic_coefficient", "square_coefficient", "linear_coefficient", "constant_coefficient")
    with about(""):
        return tuple(
            constant(letter, float(text), "%", source, name=name)
            for letter, text, name in zip("ABCD", texts, names, strict=True)
        )


def _by_size(table_name: str, poles: str, rating: float) -> Quantity | None:
    """From a table of sizes: at or above the middle of two sizes the better of both, below it the worse."""
    table = read_table(table_name)
    sizes = [(float(row["rated_kw"]), float(row["efficiency"])) for row in table.rows if row["poles"] == poles]
    if not sizes or not sizes[0][0] * 0.98 <= rating <= sizes[-1][0] * 1.02:
        return None
    below = max((s for s in sizes if s[0] <= rating * 1.02), default=sizes[0])
    above = min((s for s in sizes if s[0] >= rating * 0.98), default=sizes[-1])
    choose = max if rating >= (below[0] + above[0]) / 2 else min
    percent = below[1] if below == above else choose(below[1], above[1])
    return _size_limit(table_name, poles, f"{below[0]:g} to {above[0]:g} kW", percent)


@functools.cache
def _size_limit(table_name: str, poles: str, size: str, percent: float) -> Quantity:
    with about(""):
        source = read_table(table_name).source(f"{poles} poles, {size}")
        return quantity(percent, "%", name="class_limit", symbol="eta_IE", basis="published", source=source)


def legal_minimum_in_taiwan(rated_power: Quantity) -> tuple[str, str, Source] | None:
    """Least class of a motor sold in Taiwan, since when, and whose notice it is; ``None`` outside its range.

    Args:
        rated_power: nameplate shaft power.
    """
    rating = float(rated_power.value_in("kW"))
    table = read_table("motor_legal_minimum_taiwan")
    for row in reversed(table.rows):
        if float(row["rating_from"]) <= rating <= float(row["rating_to"]):
            return row["ie_class"], row["since"], table.source(f"from {row['rating_from']} kW")
    return None


# --- drives ---------------------------------------------------------------------------------------


def drive_coefficients(rated_power: Quantity) -> tuple[Quantity, Quantity, Quantity]:
    """Coefficients of the part-load curve of a variable-frequency drive: those of the next smaller size.

    Args:
        rated_power: nameplate shaft power of the motor that it feeds.

    Raises:
        OutOfRange: smaller than the smallest drive of the table.
    """
    rating = float(rated_power.value_in("HP_mech")) * SIZE_TOLERANCE
    rows = [row for row in read_table("drive_part_load_efficiency").rows if float(row["size_hp"]) <= rating]
    if not rows:
        raise OutOfRange(
            "there is no published part-load curve for so small a drive",
            subject=", ".join(part for part in (current_subject(), "rated_power") if part),
            value=f"{float(rated_power.value_in('kW')):.3g} kW",
            limit="2.2 kW (3 hp) and more (table drive_part_load_efficiency.csv)",
            next_step="Measure the input of the motor with its drive at two speeds instead",
        )
    return _drive_coefficients(*rows[-1].values())


@functools.cache
def _drive_coefficients(size: str, *texts: str) -> tuple[Quantity, Quantity, Quantity]:
    source = read_table("drive_part_load_efficiency").source(f"{size} hp")
    with about(""):
        a, b, c = (
            constant(f"{letter}_v", float(text), "1", source, name=f"drive_{letter}")
            for letter, text in zip("abc", texts, strict=True)
        )
    return a, b, c


def published_drive_efficiency(rated_power: Quantity) -> Quantity:
    """Efficiency of a drive of this size at full load, where its catalogue gives none.

    Args:
        rated_power: nameplate shaft power of the motor that it feeds.
    """
    full = quantity(1, "1", name="output_share", symbol="x", basis="assumed", source=Source("rated load"))
    return drive_efficiency_at(full, *drive_coefficients(rated_power))


def frequency_of_class(frequency: float) -> float:
    """50 or 60: the frequencies for which there are efficiency classes.

    Args:
        frequency: of the supply in Hz.

    Raises:
        InputError: another frequency.
    """
    if frequency in (50.0, 60.0):
        return frequency
    raise InputError(
        "there are efficiency classes at 50 and 60 Hz only",
        subject=", ".join(part for part in (current_subject(), "line_frequency") if part),
        value=f"{frequency:g} Hz",
        limit="50 or 60 Hz (IEC 60034-30-1)",
        next_step="Leave ie_class out, or give the nameplate's frequency",
    )
