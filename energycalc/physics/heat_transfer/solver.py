"""One root per element of an array, inside known ends: where two heat flows meet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from energycalc.errors import CalculationError
from energycalc.quantity import current_subject

MOST_STEPS = 100
PRECISION = 4e-15
"""Relative width at which an end is a root: a few units of the last digit."""


def root_between(residual: Callable[[Any], Any], low: Any, high: Any, what: str) -> Any:
    """Solve ``residual(x) = 0`` for each element, by Chandrupatla's method (bisection and inverse parabolas).

    Args:
        residual: continuous on all elements at once; its sign at ``low`` and ``high`` differs.
        low: lower ends.
        high: upper ends.
        what: what is sought, for the message.

    Returns:
        The roots, as wide as the broadcast of everything that enters.

    Raises:
        CalculationError: no change of sign between the ends, or no root after 100 steps.
    """
    with np.errstate(all="ignore"):
        return _chandrupatla(residual, low, high, what)


def _chandrupatla(residual: Callable[[Any], Any], low: Any, high: Any, what: str) -> Any:
    b, a = np.broadcast_arrays(np.asarray(low, float), np.asarray(high, float))
    fa, fb = (np.asarray(residual(end), float) for end in (a, b))
    b, a, fb, fa = (v.copy() for v in np.broadcast_arrays(b, a, fb, fa))
    if not np.all(np.isfinite(fa) & np.isfinite(fb) & (np.sign(fa) * np.sign(fb) <= 0)):
        raise CalculationError(
            "the heat balance has no solution between its ends",
            subject=current_subject(),
            value=what,
            limit="heat must flow from hot to cold through layers of positive conductivity",
            next_step="Check temperatures, thicknesses and conductivities",
        )
    c, fc = a.copy(), fa.copy()
    t = np.full(a.shape, 0.5)
    for _ in range(MOST_STEPS):
        x = a + t * (b - a)
        fx = np.asarray(residual(x), float)
        same = np.sign(fx) == np.sign(fa)
        c, fc = np.where(same, a, b), np.where(same, fa, fb)
        b, fb = np.where(same, b, a), np.where(same, fb, fa)
        a, fa = x, fx
        best = np.where(np.abs(fa) < np.abs(fb), a, b)
        width = np.abs(b - a)
        least = PRECISION * np.maximum(np.abs(best), 1e-300)
        done = (width <= 2 * least) | (fa == 0) | (fb == 0)
        if np.all(done):
            best = np.where(fb == 0, b, np.where(fa == 0, a, best))
            return best if best.ndim else float(best)
        xi, phi = (a - b) / (c - b), (fa - fb) / (fc - fb)
        parabola = fa / (fb - fa) * fc / (fb - fc) + (c - a) / (b - a) * fa / (fc - fa) * fb / (fc - fb)
        inside = (phi**2 < xi) & ((1 - phi) ** 2 < 1 - xi) & np.isfinite(parabola)
        share = least / np.where(width > 0, width, 1)
        t = np.where(inside, np.clip(parabola, share, 1 - share), 0.5)
    raise CalculationError(
        f"the heat balance has not come to rest after {MOST_STEPS} steps",
        subject=current_subject(),
        value=what,
        next_step="Report the case: nothing is given rather than the last step",
    )
