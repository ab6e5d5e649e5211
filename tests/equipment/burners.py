"""What the tests of burners share: readings as a case file would give them."""

from typing import Any

from energycalc.equipment.description import Change, Parameter
from energycalc.quantity import Quantity, quantity, read_quantity

BURNER = {"burner_rating": "900 kWh[LHV]/h", "load_factor": "60 %", "operating_hours": "6,000 h"}


def given(**written: str) -> dict[str, Any]:
    """Each text as a quantity under its name; what is no quantity stays a word."""
    return {name: side(name, text) for name, text in written.items()}


def side(name: str, text: str) -> Any:
    """A quantity with a name, or a word."""
    return read_quantity(text, name=name) if text[:1].isdigit() or text[:1] == "-" else text


def percent(value: float, name: str) -> Quantity:
    return quantity(value, "%", name=name)


def degrees(value: float, name: str) -> Quantity:
    return quantity(value, "degC", name=name)


def ids(made: Change) -> set[str]:
    """Findings besides those on uncertainty."""
    return {f.id for f in made.findings if "uncertainty" not in f.id}


def saved(made: Change) -> float:
    """Share of the carrier saved."""
    return 1 - float(made.remaining.value_in("1"))


def examples(parameters: tuple[Parameter, ...], place: str, names: set[str]) -> dict[str, Any]:
    """The examples of a description as a case file would hold them."""
    return {p.name: side(p.name, p.example) for p in parameters if place in p.places and p.name in names}
