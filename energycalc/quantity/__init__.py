"""Numbers that know themselves: units, sources, formulas, traces, uncertainty. The one place that knows pint."""

from energycalc.quantity.formula import FormulaRecord, formula
from energycalc.quantity.functions import (
    absolute,
    cos,
    exp,
    interpolate,
    log,
    maximum,
    minimum,
    opaque,
    require,
    sin,
    sqrt,
    tan,
    total,
    where,
)
from energycalc.quantity.inputs import constant, quantity
from energycalc.quantity.quantity import Quantity
from energycalc.quantity.reading import read_number, read_quantity, read_uncertainty
from energycalc.quantity.source import BASES, Basis, FileOrigin, Source, cite
from energycalc.quantity.subject import about, current_subject
from energycalc.quantity.units import Unit, unit

__all__ = [
    "BASES",
    "Basis",
    "FileOrigin",
    "FormulaRecord",
    "Quantity",
    "Source",
    "Unit",
    "about",
    "absolute",
    "cite",
    "constant",
    "cos",
    "current_subject",
    "exp",
    "formula",
    "interpolate",
    "log",
    "maximum",
    "minimum",
    "opaque",
    "quantity",
    "read_number",
    "read_quantity",
    "read_uncertainty",
    "require",
    "sin",
    "sqrt",
    "tan",
    "total",
    "unit",
    "where",
]
