"""Air that a receiver gives between two pressures, and the receiver that a demand needs (isothermal, ideal gas)."""

from __future__ import annotations

from typing import Annotated

from energycalc.quantity import Quantity, Source, cite, formula, require
from energycalc.quantity.aliases import (
    BarAbsolute,
    BarDifference,
    BarGauge,
    CubicMetre,
    CubicMetrePerMinute,
    Metre,
    Minute,
)

MetrePerSecond = Annotated[Quantity, "m/s"]
_POSITIVE = (0, None)
_ABOVE_ZERO = (1e-9, None)
_RATIO = Source("a pressure over a pressure is a number", "definition")


def _plain(pressure: Quantity) -> Quantity:
    return pressure.declared("bar", because=_RATIO)


@formula(
    symbol="dp_R",
    source=cite("measur-tools-suite", "receiver: initial less final pressure"),
)
def receiver_pressure_drop(start_pressure: BarGauge, end_pressure: BarGauge) -> BarDifference:
    """Fall of pressure that a receiver may give its air from.

    Args:
        start_pressure: bar(g).
        end_pressure: bar(g), below it.

    Raises:
        OutOfRange: no fall of pressure: the receiver gives nothing.
    """
    require(
        start_pressure,
        ">",
        end_pressure,
        "a receiver gives air only while its pressure falls",
        cite("measur-tools-suite", "receiver"),
        "Give the higher pressure first",
    )
    return start_pressure - end_pressure


@formula(
    symbol="V_use",
    source=cite("measur-tools-suite", "receiver: usable air"),
    limits={"receiver_volume": _POSITIVE, "allowed_pressure_drop": _POSITIVE, "ambient_pressure": _ABOVE_ZERO},
)
def usable_air(
    receiver_volume: CubicMetre, allowed_pressure_drop: BarDifference, ambient_pressure: BarAbsolute
) -> CubicMetre:
    """Free air that a receiver gives while its pressure falls.

    Args:
        receiver_volume: m3.
        allowed_pressure_drop: bar.
        ambient_pressure: bar(a).
    """
    return receiver_volume * allowed_pressure_drop / _plain(ambient_pressure)


@formula(
    symbol="V_R",
    source=cite("measur-tools-suite", "receiver, general method: demand times ambient pressure over allowed drop"),
    limits={"stored_air": _POSITIVE, "allowed_pressure_drop": _ABOVE_ZERO},
)
def receiver_for(
    stored_air: CubicMetre, allowed_pressure_drop: BarDifference, ambient_pressure: BarAbsolute
) -> CubicMetre:
    """Receiver that gives a volume of free air while its pressure falls.

    Args:
        stored_air: free air that must come from it, m3.
        allowed_pressure_drop: bar.
        ambient_pressure: bar(a).
    """
    return stored_air * _plain(ambient_pressure) / allowed_pressure_drop


@formula(
    symbol="V_ev",
    source=cite("measur-tools-suite", "receiver, dedicated and metered storage: net flow times length of the demand"),
    limits={"flow": _POSITIVE, "refill_flow": _POSITIVE, "length_of_demand": _POSITIVE},
)
def air_of_demand(flow: CubicMetrePerMinute, refill_flow: CubicMetrePerMinute, length_of_demand: Minute) -> CubicMetre:
    """Free air that a receiver must give during a demand.

    Args:
        flow: of the demand, free air in m3/min.
        refill_flow: that flows in meanwhile (0 for dedicated storage; metered storage: of its valve), m3/min.
        length_of_demand: minutes.

    Raises:
        OutOfRange: as much flows in as out: no storage is needed.
    """
    require(
        flow,
        ">=",
        refill_flow,
        "a receiver that is filled faster than it is emptied gives nothing",
        cite("measur-tools-suite", "receiver, metered storage"),
        "Check the two flows",
    )
    return (flow - refill_flow) * length_of_demand


@formula(
    symbol="t_re",
    source=cite("measur-tools-suite", "receiver, metered storage: time to refill"),
    limits={"stored_air": _POSITIVE, "refill_flow": _ABOVE_ZERO},
)
def refill_time(stored_air: CubicMetre, refill_flow: CubicMetrePerMinute) -> Minute:
    """Time until a receiver holds again what it gave.

    Args:
        stored_air: free air given, m3.
        refill_flow: free air that flows in, m3/min.
    """
    return stored_air / refill_flow


@formula(
    symbol="t_br",
    source=cite("measur-tools-suite", "receiver, bridging the compressor's delay: distance over speed of the air"),
    limits={"distance_to_compressors": _POSITIVE, "speed_of_air": _ABOVE_ZERO},
)
def signal_time(distance_to_compressors: Metre, speed_of_air: MetrePerSecond) -> Minute:
    """Time until the compressors notice a demand at the end of the pipe.

    Args:
        distance_to_compressors: along the pipe, m.
        speed_of_air: with which the change of pressure travels, as the tool's method takes it, m/s.
    """
    return distance_to_compressors / speed_of_air
