"""Sums and products of columns with twice the digits of a float, for the residuals of a regression.

Error-free transformations: a sum is split into its rounded value and its rounding error (Knuth), a product likewise
(Dekker, with the splitting of Veltkamp); T. Ogita, S. M. Rump, S. Oishi, Accurate sum and dot product, 2005.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
SPLITTER = 134217729.0
"""2²⁷ + 1: splits a float of 53 binary digits into two halves whose products are exact."""


def two_sum(a: Floats, b: Floats) -> tuple[Floats, Floats]:
    """The rounded sum of each pair and its rounding error."""
    total = a + b
    shadow = total - a
    return total, (a - (total - shadow)) + (b - shadow)


def two_product(a: Floats, b: Floats) -> tuple[Floats, Floats]:
    """The rounded product of each pair and its rounding error; magnitudes up to about 1e300."""
    product = a * b
    a_high, b_high = _high(a), _high(b)
    a_low, b_low = a - a_high, b - b_high
    return product, ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low


def residual(response: Floats, already: Floats, design: Floats, coefficients: Floats) -> Floats:
    """``response − already − design · coefficients``, accumulated with twice the digits; shape (n,)."""
    total, error = two_sum(response, -already)
    for column, coefficient in zip(design.T, coefficients, strict=True):
        product, lost = two_product(column, np.full_like(column, -coefficient))
        total, more = two_sum(total, product)
        error = error + (lost + more)
    return np.asarray(total + error)


def column_products(design: Floats, vector: Floats) -> Floats:
    """``designᵀ · vector`` accumulated with twice the digits; shape (p,)."""
    product, lost = two_product(design, vector[:, None])
    error = lost.sum(axis=0)
    while len(product) > 1:
        if len(product) % 2:
            product = np.vstack([product, np.zeros((1, product.shape[1]))])
        product, more = two_sum(product[0::2], product[1::2])
        error = error + more.sum(axis=0)
    return np.asarray(product[0] + error)


def _high(a: Floats) -> Floats:
    spread = SPLITTER * a
    return np.asarray(spread - (spread - a))
