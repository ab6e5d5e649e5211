"""A motor on a line voltage that is not its rated one, and its load found from what it draws."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from energycalc.errors import CalculationError, OutOfRange
from energycalc.physics.rotation.belt_drive import belt_efficiency
from energycalc.physics.rotation.induction_motor import current_at_load, efficiency_at_load
from energycalc.quantity import Quantity, cite, current_subject, formula, opaque, quantity
from energycalc.quantity.aliases import Ampere, Fraction, Kilowatt, Volt
from energycalc.quantity.quantity import pure_number

_VOLTAGE = cite("measur-tools-suite", "motor current at a voltage other than the rated one")
_LOAD = cite("measur-tools-suite", "load at which the modelled motor draws what was measured")


@formula(
    symbol="I_V",
    source=_VOLTAGE,
    limits={"load_factor": (0, 1.5), "line_voltage": (1, None), "rated_voltage": (1, None)},
)
def current_at_line_voltage(
    current_at_load: Ampere, load_factor: Fraction, line_voltage: Volt, rated_voltage: Volt
) -> Ampere:
    """Current of a motor at a line voltage near the rated one.

    Args:
        current_at_load: at rated voltage in A.
        load_factor: shaft load over rated power.
        line_voltage: in V.
        rated_voltage: in V.

    Returns:
        Above half load less voltage means more current, below it less; an estimate for some percent of voltage.
    """
    return current_at_load * (1 + (line_voltage / rated_voltage - 1) * (1 - 2 * load_factor))


def load_from_power(input_power: Quantity, rated_power: Quantity, points: dict[int, Quantity]) -> Quantity:
    """Load at which a motor takes a measured power, on its efficiency curve.

    Args:
        input_power: electrical.
        rated_power: at the shaft.
        points: efficiency at 25, 50, 75, 100 and 125 % load.

    Raises:
        OutOfRange: more power than at 150 % load.
    """
    curve = [points[load].to("1") for load in (25, 50, 75, 100, 125)]

    def power_at(load: Any, rated: Any, *values: Any) -> Any:
        return rated * load / _numbers(efficiency_at_load, load, ("1",) * 5, values)

    return _load(power_at, input_power.to("kW"), rated_power.to("kW"), *curve)


def load_from_line_current(
    line_current: Quantity,
    full_load_current: Quantity,
    ratios: dict[int, Quantity],
    line_voltage: Quantity,
    rated_voltage: Quantity,
) -> Quantity:
    """Load at which a motor draws a measured current at the line's voltage.

    Args:
        line_current: measured.
        full_load_current: of the nameplate.
        ratios: current over full-load current at 0, 25, 50, 75, 100 and 125 % load.
        line_voltage: measured.
        rated_voltage: of the nameplate.

    Raises:
        OutOfRange: more current than at 150 % load, or less than without load.
    """
    curve = [ratios[load].to("1") for load in (0, 25, 50, 75, 100, 125)]

    def current_at(load: Any, full: Any, line: Any, rated: Any, *values: Any) -> Any:
        plain = _numbers(current_at_load, load, ("A", *("1",) * 6), (full, *values))
        return plain * (1 + (line / rated - 1) * (1 - 2 * load))

    voltages = (line_voltage.to("V"), rated_voltage.to("V"))
    return _load(current_at, line_current.to("A"), full_load_current.to("A"), *voltages, *curve)


def _numbers(law: Callable[..., Quantity], load: Any, units: tuple[str, ...], values: tuple[Any, ...]) -> Any:
    """A formula read on plain numbers inside a solver."""
    number = np.atleast_1d(load).astype(float)
    given = [quantity(np.atleast_1d(v).astype(float), u) for v, u in zip(values, units, strict=True)]
    return np.reshape(law(quantity(number, "1"), *given).value, np.shape(load))


def _load(drawn_at: Callable[..., Any], drawn: Quantity, *arguments: Quantity) -> Quantity:
    def solve(wanted: Any, *values: Any) -> Any:
        shape = np.broadcast(wanted, *values).shape
        low, high = np.full(shape, 1e-9), np.full(shape, 1.5)
        least, most = drawn_at(low, *values), drawn_at(high, *values)
        if not np.all((least <= wanted) & (wanted <= most)):
            raise OutOfRange(
                "what the motor draws belongs to no load between 0 and 150 %",
                subject=current_subject(),
                value=f"{np.max(wanted):.4g} {drawn.unit}",
                limit=f"{np.min(least):.4g} to {np.max(most):.4g} {drawn.unit} (load 0 to 150 %)",
                next_step="Check the reading and the nameplate",
            )
        for _ in range(60):
            middle = (low + high) / 2
            below = drawn_at(middle, *values) < wanted
            low, high = np.where(below, middle, low), np.where(below, high, middle)
        found = (low + high) / 2
        return found if found.ndim else float(found)

    return opaque(solve, drawn, *arguments, in_unit="1", name="load_factor", symbol="L", source=_LOAD)


@formula(
    symbol="cosphi_L", source=cite("doe-motor-load", "three-phase power"), limits={"input_power": (0, None)},
    name="power_factor_at_load",
)  # fmt: skip
def power_factor_from_power(input_power: Kilowatt, line_current: Ampere, line_voltage: Volt) -> Fraction:
    """Power factor from power, current and voltage.

    Args:
        input_power: electrical, in kW.
        line_current: in A.
        line_voltage: line to line, in V.
    """
    return input_power / (pure_number(3) ** 0.5 * line_voltage * line_current)


def motor_power_through_belt(driven_power: Quantity, belt_kind_factor: Quantity) -> Quantity:
    """Motor shaft power that leaves a wanted power behind a belt, whose loss depends on the power itself.

    Args:
        driven_power: wanted at the driven shaft.
        belt_kind_factor: as :func:`energycalc.physics.rotation.belt_drive.belt_efficiency` takes it.

    Raises:
        CalculationError: it does not converge.
    """

    def solve(driven: Any, kind: Any) -> Any:
        power = driven
        factor = quantity(kind, "1")
        for _ in range(60):
            new = driven / belt_efficiency(quantity(power, "HP_mech"), factor).value_in("1")
            if np.all(np.abs(new - power) <= 1e-13 * new):
                return new
            power = new
        raise CalculationError("the belt loss does not converge", value=str(power))

    return opaque(
        solve,
        driven_power.to("HP_mech"),
        belt_kind_factor,
        in_unit="HP_mech",
        name="motor_shaft_power",
        symbol="P_m",
        source=cite("measur-tools-suite", "mover shaft power: belt losses, solved for the motor shaft"),
    )


@formula(
    symbol="L",
    source=cite("iec-60034-2-1", "efficiency: output over input"),
    limits={"shaft_power": (0, None), "rated_power": (0.001, None)},
    name="load_factor",
)
def load_from_shaft_power(shaft_power: Kilowatt, rated_power: Kilowatt) -> Fraction:
    """Load of a motor from its shaft power.

    Args:
        shaft_power: in kW.
        rated_power: nameplate shaft power in kW.
    """
    return shaft_power / rated_power
