"""Current of three-phase cage motors: estimated full-load current, and how current follows load."""

from __future__ import annotations

import functools

from energycalc.equipment.tables import read_table
from energycalc.physics.rotation.induction_motor import amperes_per_horsepower, current_fit, full_load_current
from energycalc.quantity import Quantity, about, constant


def current_ratios(poles: str, rated_power: Quantity) -> dict[int, Quantity]:
    """Current over full-load current at 0, 25, 50, 75, 100 and 125 % load.

    Args:
        poles: ``"2"`` to ``"12"``.
        rated_power: nameplate shaft power.
    """
    rows = read_table("motor_current").select(kind="part_load_ratio", poles=poles)
    return {int(row["load_percent"]): current_fit(rated_power, *_current_coefficients(*row.values())) for row in rows}


def estimated_full_load_current(
    efficiency_class: str, poles: str, rated_power: Quantity, rated_voltage: Quantity
) -> Quantity:
    """Full-load current of a motor whose nameplate cannot be read.

    Args:
        efficiency_class: ``standard``, ``energy_efficient`` or ``premium``.
        poles: ``"2"`` to ``"12"`` (premium up to 6).
        rated_power: of the motor.
        rated_voltage: of the motor.
    """
    table = read_table("motor_current")
    (basic,) = table.select(kind="basic", poles=poles)
    (multiplier,) = table.select(kind=efficiency_class, poles=poles)
    return full_load_current(
        rated_power,
        amperes_per_horsepower(rated_power, *_current_coefficients(*basic.values())),
        current_fit(rated_power, *_current_coefficients(*multiplier.values())),
        rated_voltage,
    )


@functools.cache
def _current_coefficients(kind: str, poles: str, load: str, *texts: str) -> tuple[Quantity, ...]:
    """The five coefficients of one row as leaves, made once."""
    value = "A/HP_mech" if kind == "basic" else "1"
    units = (value, value, "1/HP_mech", value, "1/HP_mech")
    source = read_table("motor_current").source(f"{kind.replace('_', ' ')}, {poles} poles, {load} % load")
    with about(""):
        return tuple(
            constant(f"a{i}_{load}", float(text), unit, source, name=f"current_a{i}")
            for i, (text, unit) in enumerate(zip(texts, units, strict=True))
        )
