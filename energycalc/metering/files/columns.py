"""From the rows of an opened table to the declared columns: every row as wide as its header, none cut or shifted."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from energycalc.errors import MeterDataError
from energycalc.metering.files.opened import WHOLE_ROW, OpenedTable
from energycalc.metering.notices import shown_lines

_NUMBERED = re.compile(r"(.+?)\s*\(column (\d+)\)")
_DECIMALS = re.compile(r"[+-]?\d+\.(\d+)")
_FIXED_ROWS = 10
"""Rows with equally many decimals from which a shorter last one is taken as cut off."""


@dataclass(frozen=True, eq=False)
class DeclaredColumns:
    """The declared columns of a table as text.

    Attributes:
        header_line: line of the header.
        places: index of each declared column among the header's cells.
        texts: one list of cells for each declared column.
        lines: line of each row, counted from 1.
        doubled: rows without a stamp of their own (empty, or the one above again) to all their cells.
    """

    header_line: int
    places: tuple[int, ...]
    texts: tuple[list[str], ...]
    lines: list[int]
    doubled: dict[int, list[str]]


def declared_columns(table: OpenedTable, header_row: int, names: Sequence[str]) -> DeclaredColumns:
    """Read the declared columns; blank rows are passed over, every other row below the header is a row.

    Where cells have addresses, a row with neither stamp nor reading is passed over too, and marked ``row_apart``:
    prepared formulas below the readings, a side table. In delimited text such a row is kept, to be refused.

    Args:
        table: the opened table.
        header_row: line of the header.
        names: headers of the columns, the one of the stamps first.

    Raises:
        MeterDataError: a column is missing or doubled; rows of a text have more or fewer cells than the header; no
            row stands below it; the last row is cut off.
    """
    rows = iter(table.rows)
    header = _header(rows, header_row)
    places = tuple(_column_index(header, name, table.name) for name in names)
    texts, lines, doubled, uneven = _picked(rows, places, len(header), table)
    if uneven:
        raise _uneven_rows(uneven, lines, len(header), table)
    if not lines:
        raise MeterDataError(
            "the file has a header but no data rows",
            subject=table.name,
            next_step="Export the file again; an empty file is no consumption of zero",
        )
    if table.open_end:
        _refuse_half_written(texts, places, len(header), lines, table.name)
    return DeclaredColumns(header_row, places, texts, lines, doubled)


def _header(rows: Iterator[tuple[int, list[str]]], header_row: int) -> list[str]:
    for line, row in rows:
        if line >= header_row:
            return [_plain(cell) for cell in row] if line == header_row else []
    return []


def _picked(
    rows: Iterator[tuple[int, list[str]]], places: tuple[int, ...], width: int, table: OpenedTable
) -> tuple[tuple[list[str], ...], list[int], dict[int, list[str]], list[tuple[int, list[str]]]]:
    texts: tuple[list[str], ...] = tuple([] for _ in places)
    first, last = places[0], places[-1]
    between = tuple(zip(places[1:-1], texts[1:-1], strict=True))
    add_stamp, add_value = texts[0].append, texts[-1].append  # no tuple for each row: it would wake the collector
    lines: list[int] = []
    doubled: dict[int, list[str]] = {}
    uneven: list[tuple[int, list[str]]] = []
    above = ""
    for line, row in rows:
        if len(row) != width:
            if not any(row):
                continue
            if not table.addressed:
                uneven.append((line, row))
                continue
            row = [*row, *[""] * (width - len(row))][:width]  # an empty cell at the end of a row is not stored
        stamp = row[first]
        if between:  # the clock of its own column makes the stamp
            stamp += row[between[0][0]]
        if stamp == above or stamp < "!":
            if not any(row):
                continue
            if table.addressed and not stamp.strip() and not row[last].strip():
                table.marks.setdefault(("row_apart", WHOLE_ROW), []).append(line)
                continue
            if stamp == above or not stamp.strip():
                doubled[len(lines)] = row
        above = stamp
        add_stamp(row[first])
        add_value(row[last])
        for place, own in between:
            own.append(row[place])
        lines.append(line)
    return texts, lines, doubled, uneven


def _uneven_rows(
    uneven: list[tuple[int, list[str]]], lines: list[int], width: int, table: OpenedTable
) -> MeterDataError:
    line, row = uneven[0]
    first = f"line {line} has {len(row)} cells, the header has {width}"
    last = max(each for each, _ in uneven)
    if len(uneven) == 1 and table.open_end and len(row) < width and last > max(lines, default=0):
        message = f"{first}: the file ends inside this line, so it was cut off when it was written or copied"
        next_step = "Copy or download the file again"
    elif all(len(cells) == width + 1 and not cells[-1].strip() for _, cells in uneven):
        message = f"{first}: a delimiter ends {'every' if not lines else 'the'} row, which may shift the columns"
        next_step = "Export again without a delimiter at the end of the rows, or with one at the end of the header too"
    else:
        message = first
        next_step = "Repair the line in the program that wrote it; a shifted or cut row cannot be read safely"
    if len(uneven) > 1:
        message += f" ({len(uneven):,} such rows: lines {shown_lines(each for each, _ in uneven)})"
    return MeterDataError(message, subject=table.name, value=table.delimiter.join(row)[:80], next_step=next_step)


def _refuse_half_written(
    texts: tuple[list[str], ...], places: tuple[int, ...], width: int, lines: list[int], name: str
) -> None:
    """Without a line end the last cell may be cut; that shows where all cells above it are longer in the same way."""
    if width - 1 not in places or len(lines) <= _FIXED_ROWS:
        return
    cells = texts[places.index(width - 1)]
    forms = [_DECIMALS.fullmatch(cell.strip()) for cell in cells[:-1]]
    decimals = {len(found[1]) if found else 0 for found in forms}
    own = _DECIMALS.fullmatch(cells[-1].strip())
    if len(decimals) == 1 and (usual := decimals.pop()) > (len(own[1]) if own else 0):
        raise MeterDataError(
            f"line {lines[-1]} is cut off: the file ends without a line end, and its last cell is shorter than all "
            f"others ({usual} decimals)",
            subject=name,
            value=repr(cells[-1]),
            next_step="Copy or download the file again",
        )


def _column_index(header: list[str], column: str, name: str) -> int:
    wanted = _plain(column)
    if header.count(wanted) == 1:
        return header.index(wanted)
    numbered = _NUMBERED.fullmatch(wanted)
    if numbered and wanted not in header and header.count(numbered[1]) > 1:
        place = int(numbered[2]) - 1
        if 0 <= place < len(header) and header[place] == numbered[1]:
            return place
    if wanted in header or (numbered and numbered[1] in header):
        title = wanted if wanted in header else (numbered[1] if numbered else wanted)
        places = [str(place) for place, cell in enumerate(header, 1) if cell == title]
        message = f"two columns have this header: columns {', '.join(places)}"
        next_step = f'Write which one is meant, for example "{title} (column {places[0]})"'
    else:
        message, next_step = "the column is missing", "Write one of the headers exactly as it stands in the file"
        hidden = [cell for cell in header if wanted in (_visible(cell), unicodedata.normalize("NFKC", cell))]
        if hidden:
            message += ", but for characters that cannot be seen or only look alike"
            codes = " ".join(f"U+{ord(character):04X}" for character in hidden[0] if character not in wanted)
            next_step = f"Copy the header from the file; it also holds {codes}"
    raise MeterDataError(
        message,
        subject=name,
        value=column,
        limit=f"header: {_shown(header)}",
        next_step=next_step,
    )


def _plain(cell: str) -> str:
    """A header without line breaks and doubled blanks, as a person would write it."""
    return " ".join(cell.split())


def _visible(cell: str) -> str:
    return "".join(character for character in cell if unicodedata.category(character) != "Cf")


def _shown(header: list[str]) -> str:
    """Header names for a message: few, short and printable, should the file be no meter file at all."""
    names = ["".join(c for c in cell if c.isprintable())[:40] for cell in header[:20]]
    return (", ".join(names) or "empty") + (f" and {len(header) - 20} more" if len(header) > 20 else "")
