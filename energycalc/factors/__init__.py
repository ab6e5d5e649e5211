"""Emission factors, heat contents and global warming potentials: who published which number for which year.

Every look-up returns the number as a traced ``Quantity`` **and** a ``Match`` that says how it was found.
What is in conflict, superseded, estimated or ambiguous is never picked in silence: the error lists the
rows, and one is chosen by its id.
"""

from energycalc.factors.factor import Factor, Match, Publication
from energycalc.factors.fuels import FuelFactors, fuel_factor, heat_content
from energycalc.factors.grid import grid_factor
from energycalc.factors.listing import list_factors, show
from energycalc.factors.oil_equivalent import kloe_convention
from energycalc.factors.selection import factor_by_id, process_factor
from energycalc.factors.store import FactorSet, published_factors, read_factors
from energycalc.factors.warming import (
    Equivalent,
    co2_equivalent,
    gwp,
    refrigerant_emission,
    refrigerant_leakage,
)

__all__ = [
    "Equivalent",
    "Factor",
    "FactorSet",
    "FuelFactors",
    "Match",
    "Publication",
    "co2_equivalent",
    "factor_by_id",
    "fuel_factor",
    "grid_factor",
    "gwp",
    "heat_content",
    "kloe_convention",
    "list_factors",
    "process_factor",
    "published_factors",
    "read_factors",
    "refrigerant_emission",
    "refrigerant_leakage",
    "show",
]
