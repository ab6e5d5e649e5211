"""Tables of ``data/checks`` as rows: the one place that opens them."""

from __future__ import annotations

import csv
from pathlib import Path

from energycalc.data_files import data_folder


def rows(pattern: str) -> list[tuple[Path, dict[str, str]]]:
    """Rows of the tables whose name fits, each with its file, in the order of the names.

    Args:
        pattern: name of a table, as ``slips.csv``, or of several, as ``T?.csv``.
    """
    found: list[tuple[Path, dict[str, str]]] = []
    for file in sorted((data_folder() / "checks").glob(pattern)):
        with file.open(encoding="utf-8", newline="") as text:
            found += [(file, row) for row in csv.DictReader(text)]
    return found


def table(name: str) -> list[dict[str, str]]:
    """Rows of one table.

    Args:
        name: as ``slips.csv``.
    """
    return [row for _, row in rows(name)]
