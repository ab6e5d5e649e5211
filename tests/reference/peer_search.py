"""How the peer finds excess air from oxygen: from a start that holds for methane, in steps of one per cent.

It stops within two per cent of the oxygen. Doing the same with our law shows that the law is the peer's to five digits;
that ours is turned round exactly is asserted beside it.
"""

from collections.abc import Callable

OXYGEN_PER_METHANE = 2.0
AIR_PER_METHANE = 9.52381
STEP, NEAR_ENOUGH, MOST_STEPS = 0.01, 0.02, 100


def searched_excess_air(oxygen_left: Callable[[float], float], wanted: float) -> float:
    """The peer's excess air for a share of oxygen, with our law for the oxygen that an excess leaves."""
    excess = (AIR_PER_METHANE - 1) * wanted / (OXYGEN_PER_METHANE - AIR_PER_METHANE * wanted)
    for _ in range(MOST_STEPS):
        found = oxygen_left(excess)
        if excess == 0 or abs((wanted - found) / wanted) < NEAR_ENOUGH:
            break
        excess *= 1 - STEP if found > wanted else 1 + STEP
    return excess
