"""Which compressors run at a demand, and how much each delivers: base load in order, one machine for the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from energycalc.errors import OutOfRange
from energycalc.quantity import Quantity, cite, current_subject, formula, quantity, total
from energycalc.quantity.aliases import CubicMetrePerMinute

_ORDER = cite("energy-balance", "the flows of the machines add up to the demand")
_NEGLIGIBLE = 1e-9


@formula(symbol="q_rest", source=_ORDER, limits={"flow": (0, None)})
def flow_left(flow: CubicMetrePerMinute, base_flow: CubicMetrePerMinute) -> CubicMetrePerMinute:
    """Demand that the machines at full load leave to the others.

    Args:
        flow: demand, free air in m3/min.
        base_flow: of the machines at full load, m3/min.
    """
    return flow - base_flow


def shares_of_demand(
    flow: Quantity, capacity: Mapping[str, Quantity], order: Sequence[str], trim: str = ""
) -> dict[str, Quantity | None]:
    """What each machine delivers at a demand.

    Base machines come on in order, each at full load as long as the demand holds it. The rest goes to the trim machine,
    or, without one, to the next in order. Where the rest is more than the trim machine can give, the next base machine
    runs at part load beside it: the control gap.

    Args:
        flow: demand, free air.
        capacity: full-load flow by machine.
        order: names, first to come on first; without the trim machine.
        trim: the machine that always runs and takes the rest; empty where there is none.

    Returns:
        Flow by machine; ``None`` for a machine that is not needed. The trim machine runs also at no flow.

    Raises:
        OutOfRange: more demand than all machines deliver.
    """
    names = [*order, *([trim] if trim else [])]
    wanted, most = _value(flow), sum(_value(capacity[name]) for name in names)
    if wanted > most * (1 + 1e-12):
        raise OutOfRange(
            "the machines of this order cannot deliver the demand",
            subject=current_subject(),
            value=f"{wanted:.4g} m3/min",
            limit=f"{most:.4g} m3/min (full-load flows of {', '.join(names)})",
            next_step="Put another machine into the order, or correct the demand",
        )
    given: dict[str, Quantity | None] = dict.fromkeys(names)
    full: list[Quantity] = []
    waiting = list(order)
    while waiting and sum(map(_value, full)) + _value(capacity[waiting[0]]) <= wanted * (1 + 1e-12):
        name = waiting.pop(0)
        given[name] = capacity[name]
        full.append(capacity[name])
    left = flow_left(flow, total(full)) if full else flow
    if trim:
        if _value(left) <= _value(capacity[trim]) * (1 + 1e-12):
            given[trim] = left if _value(left) > _NEGLIGIBLE else quantity(0, "m3/min", name="flow", source=_ORDER)
            return given
        given[trim] = capacity[trim]
        left = flow_left(left, capacity[trim])
    if waiting and _value(left) > _NEGLIGIBLE:
        given[waiting[0]] = left
    return given


def _value(flow: Quantity) -> float:
    return float(flow.value_in("m3/min"))
