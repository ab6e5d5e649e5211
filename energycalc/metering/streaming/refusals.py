"""Rows that stop the reading of a large file: their lines, found by reading the file again up to them."""

from __future__ import annotations

import csv
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from energycalc.errors import MeterDataError
from energycalc.metering.layouts.layout import MeterLayout
from energycalc.metering.streaming.source import is_parquet, opened_text

SHOWN = 3
"""How many lines a message names."""


def refusal(
    rows: NDArray[np.int64], what: str, layout: MeterLayout, *, value: str = "", limit: str, next_step: str
) -> MeterDataError:
    """The error about some rows: the lines of the first of them, and what is written there.

    Args:
        rows: numbers of the rows in the file, from 0, in rising order.
        what: what is wrong with them, after the word "line".
        layout: the declaration.
        value: what is shown as the value; the cells of the first row when left out.
        limit: the limit and whose it is.
        next_step: what a person can do.
    """
    shown = rows[:SHOWN]
    if is_parquet(layout):
        where = "row " + ", ".join(str(row + 1) for row in shown)
        cells = value
    else:
        found = _cells(shown, layout)
        where = ("line " if len(found) == 1 else "lines ") + ", ".join(str(line) for line, _ in found)
        cells = value or repr(found[0][1])
    more = f" (the first of {len(rows):,} and possibly more)" if len(rows) > 1 else ""
    return MeterDataError(
        f"{where}{more}: {what}", subject=layout.subject, value=cells, limit=limit, next_step=next_step
    )


def _cells(rows: NDArray[np.int64], layout: MeterLayout) -> list[tuple[int, str]]:
    """Line number of each row, and its text from the time stamp to the reading."""
    found = []
    with opened_text(layout) as text:
        reader = csv.reader(text, delimiter=layout.delimiter)
        for _ in range(layout.header_row - 1):
            next(reader)
        header = [cell.strip() for cell in next(reader)]
        columns = [header.index(name) for name in (layout.time_column, layout.value_column)]
        data = (row for row in reader if row)
        passed = 0
        for wanted in rows:
            row = next(islice(data, int(wanted) - passed, None))
            passed = int(wanted) + 1
            found.append((reader.line_num, layout.delimiter.join(row[column] for column in columns)))
    return found
