"""Declared correlation between uncertain leaves, sorted into groups that have nothing to do with each other.

Two uses of one meter, factor or regression need no declaration: they are the same leaf, and identity carries
    the
correlation. A declaration is for *different* leaves whose errors go together: slope and intercept of one fit,
two readings traced to one standard (JCGM 100 5.2, F.1.2).
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from energycalc.errors import InputError
from energycalc.quantity.distributions import Distribution


class Leaf(Hashable, Protocol):
    """What is asked of an input here: it knows its distribution (None when no uncertainty is stated)."""

    @property
    def uncertainty(self) -> Distribution | None:
        """Its distribution."""


AnyLeaf = TypeVar("AnyLeaf", bound=Leaf)
Correlation = tuple[AnyLeaf, AnyLeaf, float]


@dataclass(frozen=True)
class Group:
    """Leaves, by position, that are correlated among themselves; a leaf on its own is a group of one."""

    positions: tuple[int, ...]
    matrix: NDArray[np.float64]


def correlated_groups(leaves: Sequence[AnyLeaf], correlations: Sequence[Correlation[AnyLeaf]]) -> list[Group]:
    """The groups of leaves joined by declared correlation coefficients.

    Args:
        leaves: the uncertain leaves of the result; a declaration about a leaf that is not among them has no
            bearing.
        correlations: (leaf, other leaf, r) with -1 <= r <= 1; what is not declared is zero.

    Raises:
        InputError: r outside its limits, a leaf with itself, the same pair twice with different r, a leaf
            without uncertainty, or coefficients that cannot hold together (matrix not positive semidefinite).
    """
    position = {leaf: i for i, leaf in enumerate(leaves)}
    coefficient: dict[tuple[int, int], float] = {}
    group_of = {i: [i] for i in range(len(leaves))}
    for first, second, r in correlations:
        _check(first, second, r)
        if r == 0 or first not in position or second not in position:
            continue
        pair = (min(position[first], position[second]), max(position[first], position[second]))
        if coefficient.setdefault(pair, float(r)) != r:
            raise InputError(
                "two different correlation coefficients are declared",
                subject=f"{name_of(first)} and {name_of(second)}",
                value=f"{coefficient[pair]:g} and {r:g}",
                next_step="Keep one of the two",
            )
        if group_of[pair[0]] is not group_of[pair[1]]:
            joined = sorted(group_of[pair[0]] + group_of[pair[1]])
            group_of.update(dict.fromkeys(joined, joined))

    found = {members[0]: members for members in group_of.values()}
    return [_group(members, coefficient, leaves) for _, members in sorted(found.items())]


def name_of(leaf: object) -> str:
    """What to call a leaf in a message."""
    describe = getattr(leaf, "describe", None)
    return describe() if callable(describe) else str(leaf)


def _group(members: list[int], coefficient: Mapping[tuple[int, int], float], leaves: Sequence[Leaf]) -> Group:
    matrix = np.eye(len(members))
    for row, i in enumerate(members):
        for column, j in enumerate(members[row + 1 :], row + 1):
            matrix[row, column] = matrix[column, row] = coefficient.get((i, j), 0.0)
    smallest = float(np.linalg.eigvalsh(matrix)[0]) if len(members) > 1 else 1.0
    if smallest < -1e-10 * len(members):  # below rounding
        raise InputError(
            "the declared correlation coefficients cannot hold together",
            subject=", ".join(name_of(leaves[i]) for i in members),
            value=f"smallest eigenvalue {smallest:.3g}",
            limit="correlation matrix positive semidefinite (JCGM 101 6.4.8)",
            next_step="Declare all pairs, from one source; a pair that is left out counts as zero",
        )
    return Group(tuple(members), matrix)


def _check(first: Leaf, second: Leaf, r: float) -> None:
    subject = f"correlation of {name_of(first)} and {name_of(second)}"
    if not (isinstance(r, (int, float)) and math.isfinite(r) and abs(r) <= 1):
        raise InputError(
            "is not a correlation coefficient",
            subject=subject,
            value=r,
            limit="-1 to 1",
            next_step="Give r, not a covariance or a percentage",
        )
    if first is second:
        raise InputError(
            "a leaf is correlated with itself already",
            subject=subject,
            next_step="Drop the declaration: using one leaf twice is full correlation",
        )
    for leaf in (first, second):
        if leaf.uncertainty is None:
            raise InputError(
                f"{name_of(leaf)} has no stated uncertainty",
                subject=subject,
                next_step="State its uncertainty, or drop the correlation",
            )
