"""First-order propagation of uncertainty after JCGM 100:2008 (the GUM), from the gradient of a result.

    u(y)² = Σᵢ Σⱼ cᵢ cⱼ u(xᵢ) u(xⱼ) r(xᵢ, xⱼ)     with cᵢ = ∂y/∂xᵢ      (equations 10 and 13)

Valid where the result is nearly linear in its inputs over their uncertainties; ``uncertainty.propagate``
holds it against Monte Carlo and says which of the two to believe.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from energycalc.errors import CalculationError, InputError
from energycalc.quantity.correlation import AnyLeaf, Correlation, correlated_groups, name_of


@dataclass(frozen=True)
class BudgetRow:
    """One line of the uncertainty budget.

    Attributes:
        leaf: the input.
        value: its value, in the leaf's unit.
        standard_uncertainty: u(x), in the leaf's unit.
        degrees_of_freedom: how well u(x) is known.
        sensitivity: c = ∂y/∂x, in the result's unit per leaf's unit.
        contribution: c·u(x), in the result's unit, with its sign.
        share: part of u(y)², as a fraction; sums to 1, and is negative where a correlation makes an input
            help.
    """

    leaf: Hashable
    value: float
    standard_uncertainty: float
    degrees_of_freedom: float
    sensitivity: float
    contribution: float
    share: float


@dataclass(frozen=True)
class Gum:
    """A first-order result, in the result's unit.

    Attributes:
        standard_uncertainty: u(y).
        effective_degrees_of_freedom: Welch-Satterthwaite, a real number; infinite when all u(x) are exact.
        coverage: probability of the interval y ± U.
        coverage_factor: k from the t-distribution at the truncated effective degrees of freedom.
        expanded_uncertainty: U = k·u(y).
        budget: largest share first.
    """

    standard_uncertainty: float
    effective_degrees_of_freedom: float
    coverage: float
    coverage_factor: float
    expanded_uncertainty: float
    budget: tuple[BudgetRow, ...]


def first_order(
    gradient: Mapping[AnyLeaf, float],
    correlations: Sequence[Correlation[AnyLeaf]] = (),
    coverage: float = 0.95,
) -> Gum:
    """Combined and expanded uncertainty with its budget.

    Effective degrees of freedom: JCGM 100 equation (G.2b) presumes independent inputs. Leaves with declared
    correlation are therefore taken together first: each group enters as one term with its own joint variance and the
    *smallest* degrees of freedom in it. For slope and intercept of one fit, which share their degrees of freedom,
    that gives exactly those; where they differ, it errs to the wide side. A budget of independent inputs is not
    touched by this.

    Args:
        gradient: ∂y/∂x for each leaf; leaves without uncertainty are passed over.
        correlations: (leaf, other leaf, r), see ``correlation.correlated_groups``.
        coverage: probability of the expanded interval, 0.95 by default.

    Raises:
        InputError: coverage outside 0 to 1, or correlations that cannot hold.
        CalculationError: a sensitivity that is not finite.
    """
    leaves = [leaf for leaf in gradient if leaf.uncertainty is not None]
    for leaf in leaves:
        if not math.isfinite(gradient[leaf]):
            raise CalculationError(
                "the result has no finite slope at this input's value",
                subject=name_of(leaf),
                value=gradient[leaf],
                next_step="Check the input's value; a zero under a root or a division does this",
            )
    uncertainties = [leaf.uncertainty.standard_uncertainty for leaf in leaves]  # type: ignore[union-attr]
    degrees = [leaf.uncertainty.degrees_of_freedom for leaf in leaves]  # type: ignore[union-attr]
    contributions = np.array([gradient[leaf] * u for leaf, u in zip(leaves, uncertainties, strict=True)])

    parts = np.zeros(len(leaves))  # of u(y)², each leaf with its half of the correlation terms
    terms: list[tuple[float, float]] = []  # joint variance and degrees of freedom of each group
    for group in correlated_groups(leaves, correlations):
        at = list(group.positions)
        parts[at] = contributions[at] * (group.matrix @ contributions[at])
        # A joint variance of zero may come out as -1e-20 by rounding of the terms that cancel.
        terms.append((max(math.fsum(parts[at]), 0.0), min(degrees[i] for i in at)))

    variance = math.fsum(joint for joint, _ in terms)
    combined = math.sqrt(variance)
    effective = effective_degrees_of_freedom(terms)
    factor = coverage_factor(coverage, effective)
    rows = [
        BudgetRow(
            leaf=leaf,
            value=float(getattr(leaf, "value", math.nan)),
            standard_uncertainty=uncertainties[i],
            degrees_of_freedom=degrees[i],
            sensitivity=float(gradient[leaf]),
            contribution=float(contributions[i]),
            share=float(parts[i] / variance) if variance > 0 else 0.0,
        )
        for i, leaf in enumerate(leaves)
    ]
    rows.sort(key=lambda row: abs(row.share), reverse=True)
    return Gum(combined, effective, coverage, factor, factor * combined, tuple(rows))


def effective_degrees_of_freedom(terms: Sequence[tuple[float, float]]) -> float:
    """Welch-Satterthwaite: (Σ vᵢ)² / Σ (vᵢ²/νᵢ) for independent variances vᵢ known with νᵢ (JCGM 100 G.2b).

    A real number; infinite when every term with variance has infinite degrees of freedom.
    """
    total = math.fsum(variance for variance, _ in terms)
    if total == 0:
        return math.inf
    # as fractions of the total, so that very small units do not underflow
    weighted = math.fsum((variance / total) ** 2 / degrees for variance, degrees in terms)
    return 1 / weighted if weighted > 0 else math.inf


def coverage_factor(coverage: float, degrees_of_freedom: float) -> float:
    """K for a two-sided interval: t at the degrees of freedom cut down to a whole number (JCGM 100 G.4.1).

    Args:
        coverage: probability, between 0 and 1.
        degrees_of_freedom: at least 1; infinite gives the normal quantile.
    """
    if not 0 < coverage < 1:
        raise InputError(
            "coverage is a probability",
            subject="coverage interval",
            value=coverage,
            limit="greater than 0, less than 1",
            next_step="Write 0.95 for 95 %",
        )
    probability = (1 + coverage) / 2
    if math.isinf(degrees_of_freedom):
        return NormalDist().inv_cdf(probability)
    from scipy import special  # 0.4 s: only where degrees of freedom ask for it

    # 4 equal terms of 1 degree give 3.9999999999999996: rounding must not cost a whole degree
    whole = math.floor(degrees_of_freedom * (1 + 1e-12))
    return float(special.stdtrit(whole, probability))
