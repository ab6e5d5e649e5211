"""What option A estimates, as the plan must say it: range, justification, share of the variance."""

from __future__ import annotations

from collections.abc import Sequence

from energycalc.mv.isolation.option_a import IsolationSaving
from energycalc.mv.rules.plan import EstimatedParameter


def estimates_of(saving: IsolationSaving, because: Sequence[tuple[str, str]] = ()) -> tuple[EstimatedParameter, ...]:
    """The estimated parameters of an option A saving, with range, justification and share of the variance.

    Args:
        saving: of option A.
        because: (parameter, justification) that replace the ones recorded with the estimates.
    """
    words = dict(because)
    return tuple(
        EstimatedParameter(
            row.leaf.name.replace("_", " "),
            f"{row.leaf} ± {row.standard_uncertainty * 3**0.5:,.4g} {row.leaf.unit}",
            words.get(row.leaf.name, row.leaf.source.locator if row.leaf.source else ""),
            row.share,
        )
        for row in saving.sensitivities
        if row.estimated
    )
