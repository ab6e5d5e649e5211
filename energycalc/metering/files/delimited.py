"""Rows of delimited text (csv, tsv, semicolons), strictly: a cut, shifted or swallowed line is refused, not read."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator

from energycalc.errors import MeterDataError
from energycalc.metering.files.archive_limits import refuse_rows
from energycalc.metering.files.opened import WHOLE_ROW, OpenedTable
from energycalc.metering.files.text import Decoded, decode
from energycalc.metering.notices import Notice

CANDIDATES = ",\t;|"
_SAMPLE = 60
"""Lines that the delimiter is found from."""


def open_delimited(raw: bytes, name: str, encoding: str, delimiter: str, notices: tuple[Notice, ...]) -> OpenedTable:
    """Open delimited text.

    Args:
        raw: the bytes, unpacked.
        name: name of the file.
        encoding: declared codec or ``auto``.
        delimiter: declared character between two cells or ``auto``.
        notices: what is already known about the file.

    Raises:
        MeterDataError: codec or delimiter do not fit or are doubtful. Broken rows are refused when they are read.
    """
    decoded = decode(raw, encoding, name)
    text = decoded.text
    refuse_rows(max(text.count("\n"), text.count("\r")), name)
    sign = found_delimiter(text, name) if delimiter == "auto" else delimiter
    ends = () if "\n" in text or "\r" not in text else (_OLD_LINE_ENDS,)
    marks: dict[tuple[str, int], list[int]] = {}
    return OpenedTable(
        name,
        "csv",
        _rows(decoded, sign, name, '"' in text, marks),
        encoding=decoded.codec,
        delimiter=sign,
        addressed=False,
        open_end=not text.endswith(("\n", "\r")),
        notices=(*notices, *decoded.notices, *ends),
        marks=marks,
    )


def found_delimiter(text: str, name: str) -> str:
    """The one delimiter that cuts the first lines into equally many cells.

    Raises:
        MeterDataError: two delimiters do so equally well.
    """
    lines = text[:20_000].splitlines()[:_SAMPLE]
    scores = {}
    for sign in CANDIDATES:
        widths = [len(row) for row in csv.reader(lines, delimiter=sign) if row]
        width, times = (
            Counter(wide for wide in widths if wide > 1).most_common(1)[0] if max(widths, default=1) > 1 else (1, 0)
        )
        scores[sign] = (times, width)
    best = max(scores.values())
    if best[0] == 0:
        return ","  # one column only: no delimiter at all
    equal = [sign for sign, (times, _) in scores.items() if times == best[0]]
    if len(equal) > 1:
        raise MeterDataError(
            "the delimiter is doubtful: two of them cut the lines into equally many cells",
            subject=name,
            value=" or ".join(f"{sign!r} into {scores[sign][1]} cells" for sign in equal),
            next_step="Write delimiter: followed by the one that is meant",
        )
    return equal[0]


def _rows(
    decoded: Decoded, delimiter: str, name: str, quoted: bool, marks: dict[tuple[str, int], list[int]]
) -> Iterator[tuple[int, list[str]]]:
    stream = io.TextIOWrapper(io.BytesIO(decoded.raw), decoded.codec, newline="")
    if decoded.codec.endswith(("-le", "-be")) and stream.read(1) != "\ufeff":
        stream.seek(0)
    reader = csv.reader(stream, delimiter=delimiter, strict=True)
    line = 0
    try:
        if quoted:
            for row in reader:
                first, line = line + 1, reader.line_num
                if line > first:
                    _refuse_swallowed(row, delimiter, first, line, name)
                    marks.setdefault(("line_break", WHOLE_ROW), []).append(first)
                yield first, row
        else:  # every row is one line
            yield from enumerate(reader, 1)
    except csv.Error as error:
        begins = f"; a quotation begins in line {line + 1}" if quoted else ""
        raise MeterDataError(
            f"line {reader.line_num} is not readable as csv ({error}){begins}",
            subject=name,
            next_step="Export the file again as csv text",
        ) from error


def _refuse_swallowed(row: list[str], delimiter: str, first: int, last: int, name: str) -> None:
    """A quotation that runs over whole rows hides them in one cell: a quotation mark is left over somewhere."""
    needed = max(len(row) - 1, 1)
    if any(piece.count(delimiter) >= needed for cell in row for piece in cell.splitlines()[1:]):
        raise MeterDataError(
            f"lines {first} to {last} stand in one quoted cell, with rows of their own inside",
            subject=name,
            limit="a quotation begins and ends in one row",
            next_step='Remove the single quotation mark (") that opens it, or export the file again',
        )


_OLD_LINE_ENDS = Notice(
    "line_ends",
    "the lines end with a carriage return only, as on old systems",
    "各行僅以 CR 字元結束，為舊系統格式",
)
