"""Orthonormal columns of a design; levels (columns of which each row has one) are orthogonal already."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
WORTH_IT = 8
"""From so many columns with disjoint rows on, they are not decomposed but only scaled."""


def orthonormal(design: Floats) -> tuple[Floats, Floats]:
    """Q and R with design = Q·R, R upper triangular, like ``numpy.linalg.qr`` but for the signs.

    Leading columns that never differ from zero in the same row (168 hours of the week) are orthogonal as they are; only
    what the other columns have beyond them is decomposed, after being projected twice (once is not exact enough).

    Args:
        design: shape (n, p), n ≥ p.

    Returns:
        Q of shape (n, p) and R of shape (p, p); a column of zeros gives a zero on R's diagonal.
    """
    levels = _disjoint(design)
    if levels < WORTH_IT:
        q, r = np.linalg.qr(design)
        return q, r
    block, others = design[:, :levels], design[:, levels:]
    lengths = np.sqrt((block * block).sum(axis=0))
    first = block / np.where(lengths > 0, lengths, 1.0)
    across = np.zeros((levels, others.shape[1]))
    for _ in range(2):
        part = first.T @ others
        across += part
        others = others - first @ part
    second, r = np.linalg.qr(others)
    triangle = np.zeros((design.shape[1], design.shape[1]))
    triangle[:levels, :levels] = np.diag(lengths)
    triangle[:levels, levels:] = across
    triangle[levels:, levels:] = r
    return np.hstack([first, second]), triangle


def _disjoint(design: Floats) -> int:
    """Number of leading columns of which no two differ from zero in the same row."""
    together = np.cumsum(design != 0, axis=1).max(axis=0, initial=0)
    return int(np.searchsorted(together, 2))
