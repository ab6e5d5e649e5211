"""Parameters of a technology as a case file has them: texts become quantities, words stay words."""

from typing import Any

from energycalc.equipment import TECHNOLOGIES
from energycalc.equipment.description import Ceiling, Change
from energycalc.errors import InputError
from energycalc.quantity import read_quantity

Side = dict[str, Any]


def read(name: str, written: Any) -> Any:
    """Quantities, lists of levels and words; a tuple (text, basis) states the basis."""
    if isinstance(written, list):
        return [{key: read(key, value) for key, value in entry.items()} for entry in written]
    if isinstance(written, tuple):
        return read_quantity(written[0], name=name, basis=written[1])
    if not isinstance(written, str):
        return written
    try:
        return read_quantity(written, name=name)
    except InputError:
        return written


def side(written: Side) -> Side:
    return {name: read(name, value) for name, value in written.items()}


def change(key: str, before: Side, after: Side, common: Side) -> Change:
    return TECHNOLOGIES[key].change(side(before), side(after), side(common))


def ceiling(key: str, before: Side, after: Side, common: Side) -> Ceiling:
    found = TECHNOLOGIES[key].ceiling
    assert found is not None
    return found(side(before), side(after), side(common))


def saving(key: str, before: Side, after: Side, common: Side) -> float:
    return 1 - float(change(key, before, after, common).remaining.value)


def limit(key: str, before: Side, after: Side, common: Side) -> float:
    return float(ceiling(key, before, after, common).saving.value)


def ids(found: Change) -> set[str]:
    return {finding.id for finding in found.findings}


def doubts(found: Change) -> set[str]:
    """As :func:`ids`, without the notes on readings whose ± nobody states."""
    notes = ("default_uncertainty", "uncertainty_not_stated")
    return {name for name in ids(found) if name.rpartition(".")[2] not in notes}
