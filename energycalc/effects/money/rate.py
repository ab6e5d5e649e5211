"""Discount rate in the basis of the flows, and the internal rate of return by a finance library."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from energycalc.case.economics import Economics
from energycalc.effects.money.results import Rate
from energycalc.quantity import Quantity, cite, formula, opaque
from energycalc.quantity.aliases import Fraction

_RATE = (0, 1)
_PRICES = (-0.2, 0.5)
_REAL = 1e-9
_LOWEST = -0.999


@formula(
    symbol="r_r",
    source=cite("fisher-rate", "(1 + nominal)/(1 + inflation) - 1"),
    limits={"nominal_rate": _RATE, "inflation": _PRICES},
)
def real_rate(nominal_rate: Fraction, inflation: Fraction) -> Fraction:
    """Real rate of interest behind a nominal one.

    Args:
        nominal_rate: per year.
        inflation: per year.
    """
    return (1 + nominal_rate) / (1 + inflation) - 1


@formula(
    symbol="r_n",
    source=cite("fisher-rate", "(1 + real)(1 + inflation) - 1"),
    limits={"real_rate": _RATE, "inflation": _PRICES},
)
def nominal_rate(real_rate: Fraction, inflation: Fraction) -> Fraction:
    """Nominal rate of interest that is worth a real one.

    Args:
        real_rate: per year.
        inflation: per year.
    """
    return (1 + real_rate) * (1 + inflation) - 1


def rate_of_flows(own: Economics, stated: Quantity) -> Quantity:
    """The stated discount rate in the basis of the flows, brought there by inflation where the two differ.

    Args:
        own: bases and inflation of the case.
        stated: the rate, in the basis ``own.rate_is``.
    """
    if own.rate_is == own.flows_are:
        return stated.to("1")
    assert own.inflation is not None
    return (real_rate if own.flows_are == "real" else nominal_rate)(stated, own.inflation)


def real_rate_of(own: Economics, stated: Quantity) -> Quantity:
    """The stated discount rate as a real one: tonnes and kWh of later years are not devalued by inflation.

    Args:
        own: bases and inflation of the case; nominal flows state it.
        stated: the rate, in the basis ``own.rate_is``.
    """
    if own.rate_is == "real":
        return stated.to("1")
    assert own.inflation is not None  # the case asks for it wherever something is nominal
    return real_rate(stated, own.inflation)


def rate_of_return(outlay: Quantity, flows: Sequence[Quantity]) -> Rate:
    """Internal rate of return of an outlay now and flows at the end of each year.

    Args:
        outlay: money spent at the beginning.
        flows: net money of each year.

    Returns:
        The rate by pyxirr when the equation has one solution above -99.9 % a year; otherwise all of them, or none.
    """
    amounts = [-float(outlay.value), *(float(f.value) for f in flows)]
    roots = all_rates(amounts)
    if len(roots) != 1:
        return Rate(None, roots, "several" if roots else "none")
    found = opaque(
        _rates, outlay, *flows, in_unit="1", name="rate_as_fraction", symbol="i_0", source=cite("pyxirr", "irr")
    )
    return Rate(found.to("%").renamed("rate_of_return", "IRR", found.source), roots, "one")


def all_rates(amounts: Sequence[float]) -> tuple[float, ...]:
    """Every rate above -99.9 % a year at which the flows are worth nothing, lowest first.

    Args:
        amounts: flows of years 0, 1, 2 ...; positive is money received.

    Returns:
        Rates per year. With one change of sign there is one at most, found by pyxirr; else the real roots of the
        polynomial in 1/(1 + rate) by numpy.
    """
    import pyxirr  # only a case with economics pays for the import

    signs = np.sign([a for a in amounts if a != 0])
    changes = int(np.count_nonzero(np.diff(signs)))
    if changes == 0:
        return ()
    if changes == 1:
        found = pyxirr.irr(list(amounts))
        return () if found is None or found <= _LOWEST else (float(found),)
    roots = np.roots(np.array(amounts[::-1], dtype=float))
    real = roots[np.abs(roots.imag) < _REAL * np.maximum(1, np.abs(roots))].real
    rates = np.sort(1 / real[real > 0] - 1)
    rates = rates[rates > _LOWEST]
    distinct = [float(r) for i, r in enumerate(rates) if i == 0 or r - rates[i - 1] > 1e-6]
    return tuple(distinct)


def _rates(*amounts: float | NDArray[np.float64]) -> float | NDArray[np.float64]:
    """Rate of each draw. A draw that never returns anything is worth less than nothing at any rate above -100 %."""
    import pyxirr

    columns = np.broadcast_arrays(*(np.asarray(a, dtype=float) for a in amounts))
    table = np.stack([c.ravel() for c in columns], axis=1)
    table[:, 0] = -table[:, 0]
    found = np.full(len(table), np.nan)
    never = (table <= 0).all(axis=1) & (table[:, 0] < 0)
    found[never] = -1.0
    for row in np.flatnonzero(~never):
        rate = pyxirr.irr(table[row], silent=True)
        if rate is not None:
            found[row] = rate
    return found.reshape(columns[0].shape)[()]
