"""A row of the tables as a leaf of the trace: one row is one object, so its error is shared."""

from __future__ import annotations

import functools
import threading

from energycalc.errors import FactorError
from energycalc.factors.factor import NUMBER, Factor, Publication
from energycalc.factors.schema import UNCERTAINTY
from energycalc.quantity import Quantity, Source, about, quantity
from energycalc.quantity.distributions import Distribution, normal, rectangular

NORMAL_95 = 1.959963984540054  # half-width of the central 95 % of the standard normal distribution

GLOSSARY: dict[str, tuple[str, str]] = {
    "grid": ("grid_emission_factor", "EF_grid"),
    "fuel_per_unit": ("fuel_emission_factor", "EF"),
    "fuel_per_energy": ("fuel_emission_factor_per_energy", "EF_E"),
    "heat_content": ("heat_content", "H"),
    "gwp": ("global_warming_potential", "GWP"),
    "leakage": ("refrigerant_leakage_rate", "x_leak"),
    "process": ("process_emission_factor", "EF_process"),
}


_MAKING = threading.Lock()


def traced(factor: Factor, publication: Publication) -> Quantity:
    """The value of a row as an input with basis ``published``.

    Args:
        factor: the row.
        publication: its document.

    Returns:
        A leaf in the row's own unit, about no machine in particular; the same object for the same row, in all
        threads (two leaves of one row would count as two independent errors).

    Raises:
        FactorError: the row is a target, or prints no single number.
        UnitError: its unit is not one the kernel knows.
    """
    with _MAKING:
        return _leaf(factor, publication)


@functools.cache
def _leaf(factor: Factor, publication: Publication) -> Quantity:
    if factor.status == "target":
        raise FactorError(
            "is a legal target, never an emission factor",
            subject=f"factor {factor.id}",
            value=f"{factor.value} {factor.unit}",
            next_step="Choose the published factor of the year",
        )
    name, symbol = GLOSSARY[factor.kind]
    if factor.gas in ("CO2", "CO2_biogenic", "CH4", "N2O") and factor.kind != "grid":
        name, symbol = f"{name}_{factor.gas.lower()}", f"{symbol}_{factor.gas}"
    if factor.kind == "heat_content":
        symbol = {"oil_equivalent": "H_OE", "electricity": "H_el"}.get(factor.subject, symbol)
    with about(""):
        return quantity(
            factor.number,
            factor.unit,
            name=name,
            symbol=symbol,
            basis="published",
            source=source_of(factor, publication),
            uncertainty=distribution_of(factor),
        )


def source_of(factor: Factor, publication: Publication) -> Source:
    """The row's full citation: document, page, publisher, day, licence, confidence, place in our files."""
    stated = factor.announced not in ("not_stated", "not_applicable")
    return Source(
        document=publication.document,
        locator=factor.page_or_table,
        publisher=publication.publisher,
        year=factor.announced if stated else publication.document_date,
        url=publication.url,
        checked=factor.checked,
        licence=factor.licence_or_terms,
        confidence=factor.confidence,
        file=factor.origin,
    )


def distribution_of(factor: Factor) -> Distribution | None:
    """The stated uncertainty as a distribution, ``None`` when the source states none.

    A 95 % interval becomes a normal distribution whose standard uncertainty is the longer side of the
    interval divided by 1.96 (an interval that is not symmetric is thus covered on both sides). A range
    without probability becomes a rectangular distribution over its longer side.

    Raises:
        FactorError: the cell cannot be read.
    """
    if factor.uncertainty == "not_stated":
        return None
    read = UNCERTAINTY.fullmatch(factor.uncertainty)
    if not read or not NUMBER.fullmatch(factor.value):
        raise FactorError("the uncertainty cannot be read", subject=f"factor {factor.id}", value=factor.uncertainty)
    longer_side = max(float(read[3]) - factor.number, factor.number - float(read[2]))
    return normal(longer_side / NORMAL_95) if read[1].startswith("95") else rectangular(longer_side)
