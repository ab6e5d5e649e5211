"""Pumps, fans and dusts by their published tables: attainable efficiencies, and velocities that keep dust moving."""

from __future__ import annotations

import functools

from energycalc.equipment.tables import read_table
from energycalc.errors import OutOfRange
from energycalc.physics.fluid_flow.fan import (
    attainable_fan_efficiency,
    fan_fit_exponential,
    fit_polynomial,
    specific_speed_in_data,
)
from energycalc.physics.fluid_flow.pump_attainable import (
    attainable_pump_efficiency,
    average_pump_efficiency,
    efficiency_spread,
    pump_specific_speed,
    specific_speed_correction,
    specific_speed_polynomial,
    us_flow_number,
    viscosity_factor,
    viscosity_parameter,
)
from energycalc.quantity import Quantity, about, constant, current_subject

PUMP_STYLES = ("api_double_suction", "axial_flow", "double_suction", "end_suction_ansi_api", "end_suction_sewage",
          "end_suction_slurry", "end_suction_stock", "end_suction_submersible_sewage", "large_end_suction",
          "multistage_boiler_feed", "vertical_turbine")  # fmt: skip
"""Styles of the pump tables."""


def average_pump(style: str, flow: Quantity) -> Quantity:
    """Efficiency that a style of pump reaches on average at its best point, with water.

    Args:
        style: one of :data:`PUMP_STYLES`.
        flow: at best efficiency.
    """
    in_gallons = us_flow_number(flow)
    rows = read_table("pump_attainable_efficiency").select(style=style)
    row = next(r for r in rows if in_gallons.value < float(r["flow_below"] or "inf"))
    return average_pump_efficiency(in_gallons, *_efficiency_coefficients(*row.values()))


@functools.cache
def _efficiency_coefficients(style: str, low: str, high: str, *texts: str) -> tuple[Quantity, ...]:
    source = read_table("pump_attainable_efficiency").source(f"{style}, from {low} US gal/min")
    names = (("e0", "%"), ("e1", "%"), ("f1", "1"), ("e2", "%"), ("f2", "1"))
    with about(""):
        return tuple(
            constant(name, float(text), unit, source, name=f"pump_fit_{name}")
            for (name, unit), text in zip(names, texts, strict=True)
        )


def correction_for(style: str, specific_speed: Quantity) -> Quantity:
    """Efficiency lost by an unfavourable specific speed.

    Args:
        style: one of :data:`PUMP_STYLES`.
        specific_speed: in US units.

    Raises:
        OutOfRange: outside the range in which the fit means anything.
    """
    group = "vertical_turbine" if style == "vertical_turbine" else "other"
    below = read_table("pump_specific_speed_correction").select(group=group)[0]
    low, high = float(below["lowest"]), float(below["highest"])
    if not low <= float(specific_speed.value_in("1")) <= high:
        raise OutOfRange(
            "the specific speed lies outside the fit of the efficiency correction",
            subject=current_subject(),
            value=f"{specific_speed.value_in('1'):,.0f} (rpm, US gal/min, ft)",
            limit=f"{low:,.0f} to {high:,.0f} (pump_specific_speed_correction.csv)",
            next_step="Check speed, flow and stages, or leave the style out",
        )
    meet, *pieces = _correction_coefficients(group)
    values = [specific_speed_polynomial(specific_speed, *piece) for piece in pieces]
    return specific_speed_correction(specific_speed, meet[0], *values)


@functools.cache
def _correction_coefficients(group: str) -> tuple[tuple[Quantity, ...], ...]:
    table = read_table("pump_specific_speed_correction")
    rows = table.select(group=group)
    with about(""):
        meet = constant("N_m", float(rows[0]["pieces_meet_at"]), "1", table.source(group), name="pieces_meet_at")
        return (
            (meet,),
            *(
                tuple(
                    constant(f"c{i}", float(row[f"c{i}"]), "1", table.source(f"{group}, {row['piece']}"),
                             name=f"correction_c{i}")
                    for i in range(7)
                )
                for row in rows
            ),
        )  # fmt: skip


def attainable_pump(
    style: str, flow: Quantity, head: Quantity, speed: Quantity, stages: Quantity, viscosity: Quantity
) -> Quantity:
    """Efficiency that the best pumps of a style attain at a duty.

    Args:
        style: one of :data:`PUMP_STYLES`.
        flow: taken as that of best efficiency.
        head: of all stages.
        speed: of the pump.
        stages: number of stages.
        viscosity: kinematic.

    Raises:
        OutOfRange: a part of a stage, or a specific speed outside the fit.
    """
    if float(stages.value_in("1")) != round(float(stages.value_in("1"))):
        raise OutOfRange(
            "is not a whole number of stages",
            subject=", ".join(part for part in (current_subject(), "pump_stages") if part),
            value=f"{stages.value_in('1'):g}",
            limit="1, 2, 3 and so on",
            next_step="Read the number of impellers from the data sheet",
        )
    per_stage = (head / stages).renamed("head_per_stage", "H_s")
    correction = correction_for(style, pump_specific_speed(speed, flow, per_stage))
    viscous = viscosity_factor(viscosity_parameter(viscosity, flow, per_stage, speed))
    average = average_pump(style, flow)
    return attainable_pump_efficiency(average, viscous, correction, efficiency_spread(us_flow_number(flow)))


FAN_TYPES = ("airfoil_sisw", "airfoil_didw", "backward_curved_sisw", "backward_curved_didw", "backward_inclined_sisw",
             "backward_inclined_didw", "radial_sisw", "radial_tip_sisw", "vane_axial", "air_handling",
             "material_handling", "long_shavings")  # fmt: skip
"""Types of the fan table: SISW is single inlet, single width, DIDW double inlet, double width."""


def attainable_fan(fan_type: str, specific_speed: Quantity) -> tuple[Quantity, bool]:
    """Efficiency that good fans of a type attain, and whether the duty lies inside the data of the type.

    Args:
        fan_type: one of :data:`FAN_TYPES`.
        specific_speed: of the duty, in US units.

    Returns:
        The efficiency, read at the end of the data where the duty lies outside; callers say so.
    """
    low, high, meet, polynomial, exponential = _fan_coefficients(fan_type)
    read_at = specific_speed_in_data(specific_speed, low, high)
    inside = low.value <= specific_speed.value_in("1") <= high.value
    first = fit_polynomial(read_at, polynomial)
    if meet is None:
        return first.renamed("attainable_fan_efficiency", "eta_fa"), bool(inside)
    return attainable_fan_efficiency(read_at, meet, first, fan_fit_exponential(read_at, *exponential)), bool(inside)


@functools.cache
def _fan_coefficients(
    fan_type: str,
) -> tuple[Quantity, Quantity, Quantity | None, tuple[Quantity, ...], tuple[Quantity, ...]]:
    table = read_table("fan_attainable_efficiency")
    (row,) = table.select(fan_type=fan_type)
    source = table.source(fan_type)

    def read(column: str, name: str) -> Quantity:
        return constant(column, float(row[column]), "1", source, name=name)

    with about(""):
        return (
            read("lowest", "lowest_specific_speed"),
            read("highest", "highest_specific_speed"),
            read("pieces_meet_at", "pieces_meet_at") if row["pieces_meet_at"] else None,
            tuple(read(f"c{i}", "fan_fit_coefficient") for i in range(11) if row[f"c{i}"]),
            tuple(read(key, f"fan_fit_{key}") for key in ("g0", "g1", "h1", "g2", "h2") if row[key]),
        )


def dusts() -> tuple[str, ...]:
    """The kinds of dust of the table of transport velocities."""
    return tuple(row["dust"] for row in read_table("dust_transport_velocity").rows)


@functools.cache
def least_transport_velocity(dust: str) -> Quantity:
    """Velocity below which a dust settles in the duct.

    Args:
        dust: one of :func:`dusts`.
    """
    table = read_table("dust_transport_velocity")
    (row,) = table.select(dust=dust)
    with about(""):
        return constant(
            "v_min", float(row["least_velocity"]), "m/s", table.source(dust), name="least_transport_velocity"
        )
