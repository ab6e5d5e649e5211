"""The quantities that a record of results holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from energycalc.quantity import Quantity


def quantities_in(record: Any) -> Iterator[Quantity]:
    """The quantities of a record, however deep, in the order of its fields.

    Args:
        record: a quantity, a dataclass, a mapping or a tuple of them; anything else holds none.
    """
    if isinstance(record, Quantity):
        yield record
    elif is_dataclass(record):
        for field in fields(record):
            yield from quantities_in(getattr(record, field.name))
    elif isinstance(record, Mapping):
        for value in record.values():
            yield from quantities_in(value)
    elif isinstance(record, tuple):
        for value in record:
            yield from quantities_in(value)
