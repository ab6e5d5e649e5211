"""Retrofit isolation with everything inside the boundary measured (option B of IPMVP)."""

from __future__ import annotations

from energycalc.mv.isolation.option_a import (
    INSTALLATION,
    Interaction,
    IsolationSaving,
    isolation_saving,
    refuse_unmeasured,
)
from energycalc.quantity import Quantity
from energycalc.quantity.trace import leaves


def option_b(
    before: Quantity, after: Quantity, *, interaction: Interaction, confidence: float = 0.90
) -> IsolationSaving:
    """Saving by option B: all parameters inside the boundary are measured, before and after.

    Args:
        before: energy before, kWh, from measured leaves only (a sub-meter's total, or power times logged hours).
        after: energy after over a period of the same length and operation.
        interaction: interactive effect outside the boundary; it may be bounded.
        confidence: of the interval, two-sided.

    Returns:
        The saving; two totals of one sub-meter share its gain, so that its error scales the difference.

    Raises:
        InputError: a leaf inside the boundary is estimated, from a nameplate or from a catalogue (that is option A),
            or nothing states its uncertainty.
    """
    parts = [leaf for leaf in leaves([before, after]) if leaf.name not in INSTALLATION and leaf.basis != "published"]
    refuse_unmeasured(parts, "parameter inside the boundary")
    return isolation_saving("B", before, after, interaction, confidence)
