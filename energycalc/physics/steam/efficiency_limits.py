"""What no boiler or heater can be: more efficient than its heating value allows."""

from __future__ import annotations

from energycalc.errors import OutOfRange
from energycalc.finding import Finding
from energycalc.quantity import Quantity, cite, current_subject

LIMITS = cite(
    "heater-efficiency-limits", "check TP03: higher over lower heating value; 100 % and 96 % without condensing"
)
METHANE_RATIO, DRY_LIMIT, RARE = 1.11, 1.0, 0.96  # on the lower heating value


def highest_efficiency(basis: str, condensing: bool) -> float:
    """Largest useful heat over fuel heat.

    Args:
        basis: ``LHV`` or ``HHV``.
        condensing: whether the water of the flue gas is condensed.

    Returns:
        1 on the higher heating value and on the lower one without condensing, 1.11 on the lower one with it (methane).
    """
    return METHANE_RATIO if basis == "LHV" and condensing else DRY_LIMIT


def efficiency_doubts(technology: str, efficiency: Quantity, basis: str, condensing: bool) -> list[Finding]:
    """Refuse an efficiency above its heating value; doubt one that a dry heater hardly reaches.

    Args:
        technology: first part of the finding's name.
        efficiency: useful heat over fuel heat.
        basis: ``LHV`` or ``HHV``.
        condensing: whether the heater condenses the water of its flue gas.

    Raises:
        OutOfRange: above 100 % of the higher heating value, above 111 % of the lower one, or above 100 % of the lower
            one without condensing.
    """
    share = float(efficiency.value_in("1"))
    limit = highest_efficiency(basis, condensing)
    dry = "" if condensing or basis == "HHV" else " without condensing"
    if share > limit:
        raise OutOfRange(
            "more heat than the fuel holds on this heating value",
            subject=efficiency.describe(),
            value=f"{share:.1%} ({basis})",
            limit=f"{limit:.0%} of the {basis}{dry} ({LIMITS})",
            next_step='Check the heating value behind the figure; say "condensing: yes" for a condensing heater',
        )
    rare = RARE if basis == "LHV" else RARE / METHANE_RATIO
    if condensing or share <= rare:
        return []
    return [
        Finding(
            f"{technology}.efficiency_near_limit",
            "warning",
            current_subject(),
            f"{share:.1%} of the {basis} is more than a heater without condensing usually reaches ({rare:.0%}).",
            f"效率 {share:.1%}（{basis}）高於非冷凝設備通常可達之 {rare:.0%}，應舉證。",
            {"heater_efficiency": f"{share:.1%}"},
            LIMITS,
        )
    ]
