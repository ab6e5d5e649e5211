"""Energy use as a line: a base load in all hours, and a part that goes with the output."""

from __future__ import annotations

from typing import Annotated

from energycalc.quantity import Quantity, cite, formula
from energycalc.quantity.aliases import Fraction, Hour, Kilowatt, KilowattHour

TWO_PARTS = cite("energy-line", "energy = base load × hours + energy per output × output")


@formula(symbol="E_base", source=TWO_PARTS, limits={"base_power": (0, None), "hours": (0, None)})
def base_energy(base_power: Kilowatt, hours: Hour) -> KilowattHour:
    """Energy of the base load over the hours of a period."""
    return base_power * hours


@formula(
    symbol="E_adj",
    source=cite("energy-line", "the line of the time before at output and hours of the time after"),
    limits={"output_ratio": (0, None)},
)
def adjusted_energy(
    metered_energy_before: KilowattHour,
    base_energy_before: KilowattHour,
    base_energy_after: KilowattHour,
    output_ratio: Fraction,
) -> KilowattHour:
    """Energy that the time before would have used at the output and in the hours of the time after.

    Args:
        metered_energy_before: measured, in kWh.
        base_energy_before: base load over the hours before, in kWh; not above the measured energy.
        base_energy_after: the same base load over the hours after, in kWh.
        output_ratio: output after over output before.
    """
    return base_energy_after + (metered_energy_before - base_energy_before) * output_ratio


@formula(symbol="x_out", source=TWO_PARTS, limits={"pieces_before": (1e-9, None)}, name="output_ratio")
def ratio_of_pieces(
    pieces_before: Annotated[Quantity, "piece"], pieces_after: Annotated[Quantity, "piece"]
) -> Fraction:
    """Output after over before, counted in pieces."""
    return pieces_after / pieces_before


@formula(symbol="x_out", source=TWO_PARTS, limits={"tonnes_before": (1e-9, None)}, name="output_ratio")
def ratio_of_tonnes(tonnes_before: Annotated[Quantity, "t"], tonnes_after: Annotated[Quantity, "t"]) -> Fraction:
    """Output after over before, weighed in tonnes."""
    return tonnes_after / tonnes_before


@formula(symbol="x_out", source=TWO_PARTS, limits={"area_before": (1e-9, None)}, name="output_ratio")
def ratio_of_area(area_before: Annotated[Quantity, "m2"], area_after: Annotated[Quantity, "m2"]) -> Fraction:
    """Output after over before, measured as a surface in m2."""
    return area_after / area_before
