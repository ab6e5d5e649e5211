"""What the figures of one motor say about each other: speed and poles, efficiency and class, input and losses."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from energycalc.errors import InputError, OutOfRange
from energycalc.quantity import Quantity, current_subject

TAIWAN_FREQUENCY = 60.0  # Hz
LARGEST_SLIP = 0.10

PRINTED_TO = 0.0005  # half the last digit of a limit that is printed to 0.1 %


def speed_fits(full_load_speed: Quantity, poles: str, line_frequency: Quantity | None) -> None:
    """Refuse a full-load speed that a motor of these poles cannot have.

    Args:
        full_load_speed: of the nameplate.
        poles: number of poles.
        line_frequency: of the grid; 60 Hz, that of Taiwan, where none is given.

    Raises:
        InputError: faster than the field, or more than 10 % slower.
    """
    frequency = TAIWAN_FREQUENCY if line_frequency is None else float(line_frequency.value_in("Hz"))
    of_grid = f"{frequency:g} Hz" + (" (grid of Taiwan; no line_frequency is given)" if line_frequency is None else "")
    field = 120 * frequency / int(poles)
    speed = float(full_load_speed.value_in("rpm"))
    slip = 1 - speed / field
    if -1e-9 <= slip <= LARGEST_SLIP:
        return
    raise InputError(
        "the full-load speed is above the synchronous speed of these poles"
        if slip < 0
        else f"the full-load speed is {slip:.0%} below the synchronous speed of these poles",
        subject=_subject("full_load_speed"),
        value=f"{speed:,g} rpm with {poles} poles at {of_grid}",
        limit=f"{(1 - LARGEST_SLIP) * field:,.0f} to {field:,.0f} rpm (synchronous speed 120 f / p, slip up to 10 %)",
        next_step="Check poles or frequency",
    )


def possible(efficiency: Quantity) -> Quantity:
    """The efficiency, refused at 100 % or more.

    Raises:
        OutOfRange: a motor cannot give out as much as it takes in.
    """
    share = float(efficiency.value_in("1"))
    if share < 1:
        return efficiency
    forgotten = str(efficiency.unit) == "1" and share <= 100
    raise OutOfRange(
        "the percent sign is missing" if forgotten else "a motor cannot give out as much as it takes in",
        subject=efficiency.describe(),
        value=f"{efficiency.value:g}" + ("" if forgotten else f" {efficiency.unit}"),
        limit="below 100 % (conservation of energy)",
        next_step=f'Write "{share:g} %"' if forgotten else "Read the nameplate again",
    )


def curve_holds(class_curve: Mapping[int, Quantity]) -> None:
    """Refuse a class curve that no motor has: its loss must not fall where the load rises.

    The published fits swing at the smallest ratings: below 4.1 kW, by class and poles.

    Args:
        class_curve: efficiency by load in %.

    Raises:
        OutOfRange: an efficiency that is none, or less loss at more load.
    """
    efficiencies = {load: float(class_curve[load].value_in("1")) for load in sorted(class_curve)}
    if all(0 < share < 1 for share in efficiencies.values()):
        losses = [load / 100 * (1 / share - 1) for load, share in efficiencies.items()]
        if all(low <= high for low, high in pairwise(losses)):
            return
    raise OutOfRange(
        "the published curve of this class does not hold at so small a rating",
        subject=_subject("efficiency_class"),
        value=", ".join(f"{share:.1%} at {load} %" for load, share in efficiencies.items()),
        limit="a loss that does not fall with the load (constant loss and one with the square of the load)",
        next_step="Give efficiency_at_load from the catalogue instead of efficiency_class",
    )


def fits_class(full_load_efficiency: Quantity, class_efficiency: Quantity) -> None:
    """Refuse a nameplate efficiency that is more than a tenth away from that of its class.

    Args:
        full_load_efficiency: of the nameplate.
        class_efficiency: of the class at full load, for the same rating.

    Raises:
        OutOfRange: outside the ratio 0.9 to 1.1.
    """
    own, others = float(full_load_efficiency.value_in("1")), float(class_efficiency.value_in("1"))
    if not 0.9 <= own / others <= 1.1:
        raise OutOfRange(
            "the nameplate efficiency is more than a tenth away from the curve of its class",
            subject=full_load_efficiency.describe(),
            value=f"{own:.1%} against {others:.1%}",
            limit="ratio 0.9 to 1.1 (project rule: outside it the curve says nothing about this motor)",
            next_step="Check class, poles and rating, or give efficiency_at_load from the catalogue without class",
        )


def fits_nameplate(stated: Quantity, full_load_efficiency: Quantity, load: Quantity, expected: Quantity | None) -> None:
    """Refuse an efficiency at part load that cannot be of the motor whose nameplate is given.

    Args:
        stated: efficiency at the load.
        full_load_efficiency: of the nameplate (after rewinding).
        load: shaft load over rated power.
        expected: efficiency at the load on the curve of the class; ``None`` where there is no curve.

    Raises:
        OutOfRange: more than 2 points above full load, or more than a tenth away from the curve.
    """
    share, full = float(stated.value_in("1")), float(full_load_efficiency.value_in("1"))
    curve = None if expected is None else float(expected.value_in("1"))
    if share <= full + 0.02 and (curve is None or abs(share / curve - 1) <= 0.1):
        return
    on_curve = "" if curve is None else f", {curve:.1%} on the curve of its class at {load.value_in('%'):.0f} % load"
    raise OutOfRange(
        "contradicts the nameplate of the same motor",
        subject=_subject("efficiency_at_load"),
        value=f"{share:.1%} with {full:.1%} at full load{on_curve}",
        limit="at most 2 points above full load, and within a tenth of the curve (project rule)",
        next_step="Check both figures; the efficiency at load must be of this motor at this load",
    )


def fits_losses(input_power: Quantity, rated_power: Quantity, curve: Mapping[int, Quantity]) -> None:
    """Refuse an input power below the no-load loss of a motor, or above that at 125 % load.

    Args:
        input_power: measured electrical power.
        rated_power: nameplate shaft power.
        curve: efficiency by load in %.

    Raises:
        OutOfRange: outside the two, or a curve on which more load takes less input.
    """
    rating = float(rated_power.value_in("kW"))
    inputs = [load / 100 / float(curve[load].value_in("1")) * rating for load in sorted(curve)]
    least, most = 0.2 * (1 / float(curve[25].value_in("1")) - 1) * rating, inputs[-1]
    if any(low >= high for low, high in pairwise([least, *inputs])):
        raise OutOfRange(
            "the curve of this class does not rise with the load at this rating, so no load can be read from it",
            subject=_subject("input_power"),
            value=f"{rating:.3g} kW rated",
            limit="more input at more load (the published fits are poor for the smallest motors)",
            next_step="Give efficiency_at_load from the catalogue, or the load_factor",
        )
    if not least < float(input_power.value_in("kW")) <= most:
        raise OutOfRange(
            "the input power does not belong to this motor",
            subject=_subject("input_power"),
            value=f"{input_power.value:g} {input_power.unit}",
            limit=f"{least:.3g} kW (its no-load loss) to {most:.4g} kW (125 % load, on the curve of its class)",
            next_step="Check the reading (all three phases, while it runs) and the nameplate",
        )


def reaches_class(full_load_efficiency: Quantity, class_limit: Quantity, ie_class: str) -> None:
    """Refuse a nameplate efficiency below the least that its declared class allows.

    Args:
        full_load_efficiency: of the nameplate.
        class_limit: least full-load efficiency of the class for this rating, these poles and this frequency.
        ie_class: ``IE1`` to ``IE5``.

    Raises:
        OutOfRange: below it by more than the rounding of the printed limit.
    """
    own, least = float(full_load_efficiency.value_in("1")), float(class_limit.value_in("1"))
    if own >= least - PRINTED_TO - 1e-12:
        return
    raise OutOfRange(
        f"the nameplate efficiency is below the least that {ie_class} allows",
        subject=_subject("full_load_efficiency"),
        value=f"{own:.1%}",
        limit=f"{least:.1%} ({ie_class}, {class_limit.source})",
        next_step="Check class, rating, poles and frequency, or leave ie_class out",
    )


def below_highest(full_load_efficiency: Quantity, highest_efficiency: Quantity, declared_ie5: bool) -> None:
    """Refuse a nameplate that promises more than the best motors of its size.

    Args:
        full_load_efficiency: of the nameplate.
        highest_efficiency: highest that is believed of this size.
        declared_ie5: whether the nameplate says IE5.

    Raises:
        OutOfRange: above it.
    """
    own, most = float(full_load_efficiency.value_in("1")), float(highest_efficiency.value_in("1"))
    if own <= most + 1e-12:
        return
    raise OutOfRange(
        "the nameplate efficiency is above the highest that is believed of a motor of this size",
        subject=_subject("full_load_efficiency"),
        value=f"{own:.1%}",
        limit=f"{most:.1%} ({'one step of 20 % less loss beyond ' if declared_ie5 else ''}IE5 and 0.3 points, "
        f"{highest_efficiency.source})",
        next_step="Read the nameplate again"
        + ("" if declared_ie5 else "; where it says IE5 (synchronous, permanent magnet), give ie_class: IE5"),
    )


def _subject(name: str) -> str:
    return ", ".join(part for part in (current_subject(), name) if part)
