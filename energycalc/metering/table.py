"""From the bytes of a file to cells with their line numbers; nothing is interpreted here."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from energycalc.errors import MeterDataError
from energycalc.metering.layout import MeterLayout

NO_TEXT = {b"PK\x03\x04": "a workbook or zip archive", b"\xd0\xcf\x11\xe0": "an old Excel workbook", b"%PDF": "a PDF"}
"""First bytes of files that people take for a csv file."""


@dataclass(frozen=True)
class Cells:
    """The two declared columns of a file as text.

    Attributes:
        times: stamps as written.
        values: readings as written.
        lines: line number in the file of each row, counted from 1.
        sha256: SHA-256 of the file as it lies on the disk (of the ``.gz``, not of its content).
    """

    times: list[str]
    values: list[str]
    lines: list[int]
    sha256: str


def read_cells(layout: MeterLayout) -> Cells:
    """Read the declared columns as text; blank lines are passed over, every other line is a row.

    Raises:
        MeterDataError: file missing, empty, damaged, no text table or in another encoding; column missing or
            doubled; a row with more or fewer cells than the header.
    """
    name = Path(layout.file).name
    raw = _bytes_of(Path(layout.file))
    reader = csv.reader(io.StringIO(_text_of(raw, layout), newline=""), delimiter=layout.delimiter, strict=True)
    header = _header(reader, layout)
    time_index = _column_index(header, layout.time_column, name)
    value_index = _column_index(header, layout.value_column, name)

    times: list[str] = []
    values: list[str] = []
    lines: list[int] = []
    width = len(header)
    try:
        for row in reader:
            if len(row) != width:
                if not row:
                    continue
                raise MeterDataError(
                    f"line {reader.line_num} has {len(row)} cells, the header has {width}",
                    subject=name,
                    value=layout.delimiter.join(row)[:80],
                    next_step="Repair the line; a shifted or cut row cannot be read safely",
                )
            times.append(row[time_index])
            values.append(row[value_index])
            lines.append(reader.line_num)
    except csv.Error as error:
        raise MeterDataError(
            f"line {reader.line_num} is not readable as csv ({error})",
            subject=name,
            next_step="Export the file again",
        ) from error
    if not lines:
        raise MeterDataError(
            "the file has a header but no data rows",
            subject=name,
            next_step="Export the file again; an empty file is no consumption of zero",
        )
    return Cells(times, values, lines, hashlib.sha256(raw).hexdigest())


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise MeterDataError(
            f"the meter file cannot be opened ({error.strerror})",
            subject=path.name,
            value=str(path),
            next_step="Correct the path in the meter's declaration",
        ) from error


def _header(reader: Any, layout: MeterLayout) -> list[str]:
    try:
        for _ in range(layout.header_row - 1):
            next(reader, None)
        return [cell.strip() for cell in next(reader, [])]
    except csv.Error as error:
        raise MeterDataError(
            f"line {reader.line_num} is not readable as csv ({error})",
            subject=Path(layout.file).name,
            next_step="Export the file as csv text",
        ) from error


def _text_of(raw: bytes, layout: MeterLayout) -> str:
    name = Path(layout.file).name
    for mark, what in NO_TEXT.items():
        if raw.startswith(mark):
            raise MeterDataError(
                f"the file is {what}, no text table",
                subject=name,
                limit="csv or csv.gz",
                next_step="Export the sheet as csv",
            )
    if raw[:2] == b"\x1f\x8b":
        try:
            raw = gzip.decompress(raw)
        except (OSError, EOFError, zlib.error) as error:
            raise MeterDataError(
                f"the gzip file is damaged or cut off ({error})",
                subject=name,
                next_step="Copy or download it again",
            ) from error
    encoding = "utf-8-sig" if layout.encoding.lower() in ("utf-8", "utf8") else layout.encoding
    try:
        return raw.decode(encoding)
    except LookupError as error:
        raise MeterDataError(
            "the encoding is unknown",
            subject=name,
            value=layout.encoding,
            next_step="Write encoding: utf-8 or encoding: cp950",
        ) from error
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        other = "cp950" if encoding.startswith("utf-8") else "utf-8"
        raise MeterDataError(
            f"line {line} is not text in the declared encoding",
            subject=name,
            value=f"byte 0x{raw[error.start]:02x}",
            limit=f"encoding {layout.encoding}",
            next_step=f"Write encoding: {other} if the file comes from such a system",
        ) from error


def _column_index(header: list[str], column: str, name: str) -> int:
    if header.count(column) != 1:
        message = "the column is missing" if column not in header else "two columns have this header"
        raise MeterDataError(
            message,
            subject=name,
            value=column,
            limit=f"header: {_shown(header)}",
            next_step="Write one of the headers exactly as it stands in the file",
        )
    return header.index(column)


def _shown(header: list[str]) -> str:
    """Header names for a message: few, short and printable, should the file be no meter file at all."""
    names = ["".join(c for c in cell if c.isprintable())[:40] for cell in header[:20]]
    return (", ".join(names) or "empty") + (f" and {len(header) - 20} more" if len(header) > 20 else "")
