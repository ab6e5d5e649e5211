"""Propagation of distributions by a Monte Carlo method after JCGM 101:2008.

Draws are made in chunks, each with its own stream spawned from the seed (PCG64), so that the same seed gives
the same result on one thread and on many, and memory stays bounded however many draws are asked for.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from energycalc.errors import CalculationError, InputError
from energycalc.quantity.correlation import AnyLeaf, Correlation, Group, Leaf, correlated_groups, name_of
from energycalc.quantity.distributions import Distribution

Array = NDArray[np.float64]
Interval = tuple[float, float]

BATCHES = 50  # slices of one run, whose scatter gives the standard errors
LARGEST_CHUNK, SMALLEST_CHUNK = 16384, 4096  # draws at once: below, threads wait for each other; above, no faster
CHUNK_NUMBERS = 2**23  # numbers of one chunk over all inputs: 64 MiB
CHUNKS_IN_MEMORY = 2**26  # numbers of all chunks at work: 512 MiB; with many inputs fewer threads run


@dataclass(frozen=True)
class MonteCarlo:
    """What the draws say about one result, in the result's unit.

    Attributes:
        mean: average of the draws; differs from the plain value where the formula bends.
        standard_uncertainty: their standard deviation.
        coverage: probability held by each interval.
        symmetric_interval: equal tails (probabilistically symmetric, JCGM 101 7.7).
        shortest_interval: the narrowest with this coverage (JCGM 101 5.3).
        standard_errors: of ``mean``, ``standard_uncertainty``, ``symmetric_low``, ``symmetric_high``,
            ``shortest_low`` and ``shortest_high``: the scatter from one run to another with a different seed;
            an upper estimate for the shortest interval, whose place settles more slowly.
        draws: number of draws.
        seed: of the PCG64 streams; the same seed and version repeat the result.
    """

    mean: float
    standard_uncertainty: float
    coverage: float
    symmetric_interval: Interval
    shortest_interval: Interval
    standard_errors: dict[str, float]
    draws: int
    seed: int


def simulate(
    evaluate: Callable[[list[Array]], Sequence[Array]],
    leaves: Sequence[AnyLeaf],
    values: Sequence[float],
    output_names: Sequence[str],
    *,
    draws: int,
    seed: int,
    coverage: float = 0.95,
    correlations: Sequence[Correlation[AnyLeaf]] = (),
    threads: int | None = None,
) -> list[MonteCarlo]:
    """Draw the inputs together, evaluate all results on the same draws, and summarise each.

    Correlated leaves are joined by a Gaussian copula: exact for normal inputs (JCGM 101 6.4.8). For others, r is the
    coefficient of the underlying normals, and that of the inputs themselves comes out a little smaller (two
    rectangular inputs: 6/π·asin(r/2), so 0.89 for 0.90).

    Args:
        evaluate: arrays of the leaves, in their order, to arrays of the results (a compiled trace).
        leaves: the uncertain inputs.
        values: their stated values, to which the deviations are added.
        output_names: one per result, for messages.
        draws: at least 10,000 and 100/(1 - coverage).
        seed: whole number, recorded in the result.
        coverage: probability of the intervals.
        correlations: (leaf, other leaf, r), see ``correlation.correlated_groups``.
        threads: None takes the processors there are; the result is the same for any number.

    Raises:
        InputError: too few draws, coverage outside 0 to 1, correlations that cannot hold, or an input without
            a standard deviation (t with at most 2 degrees of freedom).
        CalculationError: a draw whose result is not a finite number; such draws are never dropped.
    """
    _check_request(draws, seed, coverage)
    groups = correlated_groups(leaves, correlations)
    roots = [_square_root(group) for group in groups]
    distributions = [_drawable(leaf) for leaf in leaves]
    results = np.empty((len(output_names), draws))
    size = max(SMALLEST_CHUNK, min(LARGEST_CHUNK, CHUNK_NUMBERS // max(len(leaves), 1)))
    starts = range(0, draws, size)
    streams = np.random.SeedSequence(seed).spawn(len(starts))

    def run(start: int, stream: np.random.SeedSequence) -> None:
        stop = min(start + size, draws)
        rng = np.random.Generator(np.random.PCG64(stream))
        inputs: list[Array] = [np.empty(0)] * len(leaves)
        for group, root in zip(groups, roots, strict=True):
            for i, deviation in zip(
                group.positions, _deviations(group, root, distributions, rng, stop - start), strict=True
            ):
                deviation += values[i]
                inputs[i] = deviation
        with np.errstate(all="ignore"):  # what is not finite is found and named below
            for row, result in zip(results, evaluate(inputs), strict=True):
                row[start:stop] = result

    workers = min(threads or os.cpu_count() or 1, max(1, CHUNKS_IN_MEMORY // (size * max(len(leaves), 1))))
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(run, starts, streams))
        list(pool.map(_require_finite, output_names, results))
        return list(pool.map(lambda row: summarise(row, coverage, seed), results))


def summarise(draws: Array, coverage: float, seed: int) -> MonteCarlo:
    """Mean, standard uncertainty and both intervals of one result's draws, with their standard errors."""
    batches = draws[: len(draws) // BATCHES * BATCHES].reshape(BATCHES, -1)
    ordered = draws.copy()  # batches are ordered first, then merged: a stable sort takes ordered runs as they are
    ordered_batches = ordered[: batches.size].reshape(BATCHES, -1)
    ordered_batches.sort(axis=1)
    batch_symmetric, batch_shortest = coverage_intervals(ordered_batches, coverage)
    ordered.sort(kind="stable")
    symmetric, shortest = coverage_intervals(ordered[np.newaxis], coverage)

    def scatter(of_batches: Array, exponent: float) -> float:
        return float(of_batches.std(ddof=1) * BATCHES**-exponent)

    return MonteCarlo(
        mean=float(draws.mean()),
        standard_uncertainty=float(draws.std(ddof=1)),
        coverage=coverage,
        symmetric_interval=(float(symmetric[0, 0]), float(symmetric[0, 1])),
        shortest_interval=(float(shortest[0, 0]), float(shortest[0, 1])),
        standard_errors={
            "mean": scatter(batches.mean(axis=1), 1 / 2),
            "standard_uncertainty": scatter(batches.std(axis=1, ddof=1), 1 / 2),
            "symmetric_low": scatter(batch_symmetric[:, 0], 1 / 2),
            "symmetric_high": scatter(batch_symmetric[:, 1], 1 / 2),
            # the place of the shortest interval may settle with the cube root of the draws only: an upper estimate
            "shortest_low": scatter(batch_shortest[:, 0], 1 / 3),
            "shortest_high": scatter(batch_shortest[:, 1], 1 / 3),
        },
        draws=len(draws),
        seed=seed,
    )


def coverage_intervals(ordered: Array, coverage: float) -> tuple[Array, Array]:
    """Symmetric and shortest interval of each row of ordered draws, each as rows of (low, high).

    JCGM 101 7.7: with M draws and q = pM rounded, the intervals are [y(r), y(r+q)]; the symmetric one has
    r = (M - q)/2 rounded, the shortest the r that makes it narrowest.
    """
    count = ordered.shape[1]
    q = min(int(coverage * count + 0.5), count - 1)
    r = max(int((count - q) / 2 + 0.5), 1)
    rows = np.arange(len(ordered))
    narrowest = np.argmin(ordered[:, q:] - ordered[:, : count - q], axis=1)
    symmetric = np.stack([ordered[:, r - 1], ordered[:, r - 1 + q]], axis=1)
    shortest = np.stack([ordered[rows, narrowest], ordered[rows, narrowest + q]], axis=1)
    return symmetric, shortest


def _deviations(
    group: Group,
    root: Array,
    distributions: Sequence[Distribution],
    rng: np.random.Generator,
    n: int,
) -> list[Array]:
    """One array of deviations per leaf of the group."""
    members = [distributions[i] for i in group.positions]
    if len(members) == 1:
        return [members[0].sample(rng, n)]
    from scipy import special

    normals = root @ rng.standard_normal((len(members), n))
    return [
        normal * member.parameters[0] if member.kind == "normal" else member.quantile(special.ndtr(normal))
        for member, normal in zip(members, normals, strict=True)
    ]


def _square_root(group: Group) -> Array:
    """Symmetric square root of the correlation matrix: unlike Cholesky's, it exists for r = ±1 too."""
    eigenvalues, vectors = np.linalg.eigh(group.matrix)
    # an eigenvalue of zero comes out as ±1e-17; truly negative ones were refused with the declaration
    return (vectors * np.sqrt(np.maximum(eigenvalues, 0.0))) @ vectors.T


def _require_finite(name: str, draws: Array) -> None:
    bad = len(draws) - int(np.count_nonzero(np.isfinite(draws)))
    if bad:
        raise CalculationError(
            "some Monte Carlo draws give no finite number",
            subject=name,
            value=f"{bad} of {len(draws)} draws, {bad / len(draws):.2g} of all",
            limit="0: draws are never dropped",
            next_step="Look for a logarithm, root or division that the spread of an input reaches, "
            "and state that input with a bounded distribution",
        )


def _check_request(draws: int, seed: int, coverage: float) -> None:
    if not 0 < coverage < 1:
        raise InputError(
            "coverage is a probability",
            subject="coverage interval",
            value=coverage,
            limit="greater than 0, less than 1",
            next_step="Write 0.95 for 95 %",
        )
    least = max(10_000, math.ceil(100 / (1 - coverage)))
    if not isinstance(draws, int) or draws < least:
        raise InputError(
            "too few draws for a coverage interval",
            subject="Monte Carlo",
            value=draws,
            limit=f">= {least} (100/(1 - coverage), JCGM 101 7.9.4, and at least 10,000)",
            next_step="Ask for more; 100,000 is usual",
        )
    if not isinstance(seed, int) or seed < 0:
        raise InputError(
            "is not a seed",
            subject="Monte Carlo",
            value=repr(seed),
            limit="whole number from 0",
            next_step="Give one",
        )


def _drawable(leaf: Leaf) -> Distribution:
    known = leaf.uncertainty
    if known is None:
        raise InputError(
            "has no stated uncertainty to draw from",
            subject=name_of(leaf),
            next_step="Pass uncertain leaves only",
        )
    if known.kind == "student" and known.degrees_of_freedom <= 2:
        raise InputError(
            "a t-distribution with so few degrees of freedom has no standard deviation",
            subject=name_of(leaf),
            value=f"{known.degrees_of_freedom:g} degrees of freedom",
            limit="more than 2 (JCGM 101 6.4.9)",
            next_step="Take a fourth reading, or pool the scatter with similar readings",
        )
    return known
