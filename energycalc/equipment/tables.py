"""The one reader of dated equipment tables: CSV files whose first lines say whose numbers they are and since when."""

from __future__ import annotations

import csv
import functools
from dataclasses import dataclass
from pathlib import Path

from energycalc.data_files import data_folder
from energycalc.errors import InputError
from energycalc.quantity import Source, current_subject

_REQUIRED = ("title", "document", "locator", "edition", "checked")


@dataclass(frozen=True)
class Table:
    """A published table.

    Attributes:
        name: file name without ending.
        facts: the ``# key: value`` lines at the top (title, document, locator, edition, checked, note ...).
        rows: one mapping per row, all values as written.
    """

    name: str
    facts: dict[str, str]
    rows: tuple[dict[str, str], ...]

    def source(self, row: str) -> Source:
        """Where a row of this table comes from.

        Args:
            row: what identifies the row for a reader, e.g. ``premium, 4 poles, 75 % load``.
        """
        facts = self.facts
        return Source(facts["document"], f"{facts['locator']}; {row}", year=facts["edition"], checked=facts["checked"])

    def select(self, **wanted: str) -> tuple[dict[str, str], ...]:
        """The rows whose columns hold these texts, in the order of the file.

        Raises:
            InputError: there is none; the message lists what the first column that fails offers.
        """
        found = self.rows
        passed = ""
        for column, text in wanted.items():
            left = tuple(row for row in found if row[column] == text)
            if not left:
                offered = ", ".join(dict.fromkeys(row[column] for row in found))
                name = column.replace("_", " ")
                raise InputError(
                    f"the table has no row with this {name}{passed}",
                    subject=", ".join(part for part in (current_subject(), self.facts["title"]) if part),
                    value=f"{name} {text}",
                    limit=f"{name} {offered} (table {self.name}.csv)",
                    next_step="Use one of these, or a figure from the catalogue where the technology takes one",
                )
            found, passed = left, f"{passed or ' for'} {column.replace('_', ' ')} {text}"
        return found


@functools.cache
def read_table(name: str) -> Table:
    """Read ``data/equipment_tables/<name>.csv`` once.

    Raises:
        InputError: there is no such table, or its head lacks title, document, locator, edition or day of checking.
    """
    path = data_folder() / "equipment_tables" / f"{name}.csv"
    if not path.is_file():
        raise InputError("there is no such equipment table", subject=name, limit=str(path.parent.name))
    return _parse(name, path)


def _parse(name: str, path: Path) -> Table:
    lines = path.read_text("utf-8").splitlines()
    head = [line[1:] for line in lines if line.startswith("#")]
    facts = {key.strip(): text.strip() for key, _, text in (line.partition(":") for line in head)}
    missing = [key for key in _REQUIRED if not facts.get(key)]
    if missing:
        raise InputError("the head of the table is incomplete", subject=path.name, value=", ".join(missing))
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return Table(name, facts, tuple(dict(row) for row in rows))
