"""What a flow of compressed air costs in electricity, and what is left of it when the compressor's control follows."""

from __future__ import annotations

from typing import Annotated

from energycalc.quantity import Quantity, Source, cite, formula
from energycalc.quantity.aliases import (
    BarGauge,
    CubicMetre,
    CubicMetrePerMinute,
    Fraction,
    Hour,
    Kilowatt,
    KilowattHour,
    SpecificPower,
)

_POSITIVE = (0, None)
FlowPerPressure = Annotated[Quantity, "m3/min/bar"]
FlowPerSquarePressure = Annotated[Quantity, "m3/min/bar^2"]
_GAUGE = Source("gauge pressure is a difference from the ambient pressure", "definition")


@formula(
    symbol="V_air",
    source=cite("measur-tools-suite", "air use: flow times hours"),
    limits={"flow": _POSITIVE, "operating_hours": _POSITIVE},
)
def air_volume(flow: CubicMetrePerMinute, operating_hours: Hour) -> CubicMetre:
    """Free air of a constant flow.

    Args:
        flow: m3/min of free air.
        operating_hours: hours at this flow.
    """
    return flow * operating_hours


@formula(
    symbol="q_m",
    source=cite("energy-balance", "mean flow: flow times share of the time"),
    limits={"flow": _POSITIVE, "flow_time_share": (0, 1)},
)
def mean_flow_of_part_time(flow: CubicMetrePerMinute, flow_time_share: Fraction) -> CubicMetrePerMinute:
    """Mean flow of a user that takes air for a part of the time.

    Args:
        flow: while it takes air, free air in m3/min.
        flow_time_share: 0 to 1.
    """
    return flow * flow_time_share


@formula(
    symbol="E_air",
    source=cite("measur-tools-suite", "compressed-air reduction: specific power times air times control adjustment"),
    limits={"compressed_air_volume": _POSITIVE, "specific_power": _POSITIVE, "control_adjustment": (0, 1)},
)
def electricity_of_air(
    compressed_air_volume: CubicMetre, specific_power: SpecificPower, control_adjustment: Fraction
) -> KilowattHour:
    """Electricity that a volume of free air takes, or that saving it gives back.

    Args:
        compressed_air_volume: free air, m3.
        specific_power: of the compressor at full load, kW per m3/min.
        control_adjustment: share of the full-load specific power by which the input falls when the flow falls; 1 for
            start/stop, less for every other control (see :func:`control_adjustment`).
    """
    return compressed_air_volume * specific_power * control_adjustment


@formula(
    symbol="s_c",
    source=cite("measur-tools-suite", "part load on a straight line: slope over full-load specific power"),
    limits={"full_load_power": (1e-9, None), "power_without_flow": _POSITIVE},
)
def control_adjustment(full_load_power: Kilowatt, power_without_flow: Kilowatt) -> Fraction:
    """How much of the full-load specific power a compressor gives back when less air is used.

    Args:
        full_load_power: kW.
        power_without_flow: where the line through its points of operation meets zero flow, kW; 0 for start/stop.
    """
    return (full_load_power - power_without_flow) / full_load_power


@formula(
    symbol="E_1",
    source=cite("energy-balance", "the rest of the compressor's energy stays"),
    limits={"energy_before": _POSITIVE},
)
def energy_without(energy_before: KilowattHour, electricity_given_back: KilowattHour) -> KilowattHour:
    """Energy of the compressors when a part of their air is no longer used.

    Args:
        energy_before: of all compressors, kWh.
        electricity_given_back: kWh, negative when more air is used.
    """
    return energy_before - electricity_given_back


@formula(
    symbol="q_noz",
    source=cite(
        "measur-tools-suite", "compressed-air reduction, pressure method: parabola of the nozzle in gauge pressure"
    ),
)
def fitted_nozzle_flow(
    nozzle_a2: FlowPerSquarePressure,
    nozzle_a1: FlowPerPressure,
    nozzle_a0: CubicMetrePerMinute,
    gauge_pressure: BarGauge,
) -> CubicMetrePerMinute:
    """Free air of one nozzle from a parabola through its catalogue points.

    Args:
        nozzle_a2: coefficient of the square of the pressure.
        nozzle_a1: coefficient of the pressure.
        nozzle_a0: flow of the fit at no pressure.
        gauge_pressure: before the nozzle, bar(g).
    """
    pressure = gauge_pressure.declared("bar", because=_GAUGE)
    return nozzle_a2 * pressure**2 + nozzle_a1 * pressure + nozzle_a0
