"""energycalc: energy savings and CO2e of retrofits in metalworking, traceable to every input."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.4.0"

if TYPE_CHECKING:
    from energycalc.assessment import Assessment, assess
    from energycalc.case.case import Case
    from energycalc.case.case_file import case_from_text, load_case
    from energycalc.factors import fuel_factor, grid_factor, published_factors
    from energycalc.quantity import Quantity, Source, constant, formula, quantity, read_quantity
    from energycalc.quantity.uncertainty import propagate

_HOMES = {
    "Assessment": "energycalc.assessment",
    "assess": "energycalc.assessment",
    "Case": "energycalc.case.case",
    "case_from_text": "energycalc.case.case_file",
    "load_case": "energycalc.case.case_file",
    "fuel_factor": "energycalc.factors",
    "grid_factor": "energycalc.factors",
    "published_factors": "energycalc.factors",
    "Quantity": "energycalc.quantity",
    "Source": "energycalc.quantity",
    "constant": "energycalc.quantity",
    "formula": "energycalc.quantity",
    "quantity": "energycalc.quantity",
    "read_quantity": "energycalc.quantity",
    "propagate": "energycalc.quantity.uncertainty",
}
__all__ = [
    "Assessment",
    "Case",
    "Quantity",
    "Source",
    "__version__",
    "assess",
    "case_from_text",
    "constant",
    "formula",
    "fuel_factor",
    "grid_factor",
    "load_case",
    "propagate",
    "published_factors",
    "quantity",
    "read_quantity",
]


def __getattr__(name: str) -> Any:
    """The front door: names are fetched from their rooms when first used, so that importing costs next to nothing."""
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'energycalc' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
