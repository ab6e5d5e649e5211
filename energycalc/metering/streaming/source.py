"""A large file as a stream of batches in file order: parsed by DuckDB in bounded memory."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from energycalc.errors import MeterDataError
from energycalc.metering.layouts.layout import MeterLayout
from energycalc.metering.streaming.grammar import (
    EMPTY,
    PLAIN,
    UNREADABLE,
    date_format_of,
    number_sql,
    quoted,
    stamp_sql,
)

BATCH_ROWS = 262_144
_NUMERIC = ("DOUBLE", "FLOAT", "DECIMAL", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINY", "USMALL", "UINT", "UBIG")


@dataclass(frozen=True, eq=False)
class Batch:
    """Successive rows of a file.

    Attributes:
        meter: number of the meter of each row, in the order in which meters appear.
        time: seconds since 1970 of each stamp, local clock; ``UNREADABLE`` where it cannot be read.
        ends_date: whether the stamp was written 24:00 (then ``time`` is the end of its date already).
        value: reading in the unit of the column; NaN without one.
        state: state of the reading's cell (``grammar``).
        row: number of each row in the file, from 0.
        meters: names of all meters so far.
    """

    meter: NDArray[np.int64]
    time: NDArray[np.int64]
    ends_date: NDArray[np.bool_]
    value: NDArray[np.float64]
    state: NDArray[np.int8]
    row: NDArray[np.int64]
    meters: tuple[str, ...]


def is_parquet(layout: MeterLayout) -> bool:
    """Whether the file is a Parquet table, by its first bytes."""
    try:
        with Path(layout.file).open("rb") as file:
            return file.read(4) == b"PAR1"
    except OSError as error:
        raise MeterDataError(
            f"the meter file cannot be opened ({error.strerror})",
            subject=Path(layout.file).name,
            value=str(layout.file),
            next_step="Correct the path in the meter's declaration",
        ) from error


def batches(layout: MeterLayout, meter_column: str | None, memory: str, beside: Path, threads: int) -> Iterator[Batch]:
    """Read the declared columns of a file from the first row to the last.

    Args:
        layout: the declaration.
        meter_column: header of the column that names the meter, or None for a file of one meter.
        memory: DuckDB's limit, such as ``512MB``.
        beside: folder for what DuckDB might have to put aside.
        threads: number of threads.

    Raises:
        MeterDataError: the file cannot be read as a table, or lacks a column.
    """
    import duckdb

    connection = duckdb.connect()
    try:
        connection.execute(f"set memory_limit = {quoted(memory)}; set threads = {threads}")
        connection.execute(f"set temp_directory = {quoted(str(beside))}; set preserve_insertion_order = true")
        select = _select_parquet(layout, meter_column, connection) if is_parquet(layout) else _select_csv(
            layout, meter_column
        )  # fmt: skip
        reader = connection.sql(select).to_arrow_reader(BATCH_ROWS)
        yield from _numbered(reader, layout, meter_column)
    except duckdb.Error as error:
        raise MeterDataError(
            f"the file is not readable as a table ({' '.join(str(error).split())[:300]})",
            subject=Path(layout.file).name,
            next_step="Repair the line; a shifted or cut row cannot be read safely",
        ) from error
    finally:
        connection.close()


def opened_text(layout: MeterLayout) -> IO[str]:
    """The file as text, unpacked if it is gzip."""
    path = Path(layout.file)
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    if packed:
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def header_of(layout: MeterLayout) -> tuple[list[str], list[str]]:
    """Header cells, and the cells of the first row after it (empty if there is none)."""
    name = Path(layout.file).name
    try:
        with opened_text(layout) as text:
            reader = csv.reader(text, delimiter=layout.delimiter, strict=True)
            for _ in range(layout.header_row - 1):
                next(reader, None)
            header = [cell.strip() for cell in next(reader, [])]
            first = next((row for row in reader if row), [])
    except (csv.Error, UnicodeDecodeError, OSError, EOFError) as error:
        raise MeterDataError(
            f"the file is not readable as csv in UTF-8 ({error})",
            subject=name,
            next_step="Export the file as csv text in UTF-8",
        ) from error
    if not first:
        raise MeterDataError(
            "the file has a header but no data rows" if header else "the file is empty",
            subject=name,
            next_step="Export the file again; an empty file is no consumption of zero",
        )
    return header, first


def _select_csv(layout: MeterLayout, meter_column: str | None) -> str:
    header, first = header_of(layout)
    place = {column: _place(header, column, layout) for column in _columns(layout, meter_column)}
    date_format = date_format_of(_written_stamp(first, place, layout), layout)
    columns = ", ".join(f"'c{number}': 'VARCHAR'" for number in range(len(header)))
    table = (
        f"read_csv({quoted(str(layout.file))}, auto_detect=false, header=false, skip={layout.header_row}, "
        f"delim={quoted(layout.delimiter)}, quote='\"', escape='\"', columns={{{columns}}}, strict_mode=true, "
        f"nullstr='', compression={quoted('gzip' if _is_gzip(layout) else 'none')})"
    )
    text = {column: f"trim(c{number})" for column, number in place.items()}
    stamp = text[layout.time_column]
    if layout.clock_column is not None:
        stamp = f"{stamp} || ' ' || {text[layout.clock_column]}"
    inner = f"select {stamp} as s, {text[layout.value_column]} as n"
    inner += f", {text[meter_column]} as meter" if meter_column is not None else ""
    plain, late = stamp_sql("s", date_format)
    value, state = number_sql("n", layout.not_numbers)
    return _outer(plain, late, value, state, f"({inner} from {table})", meter_column)


def _select_parquet(layout: MeterLayout, meter_column: str | None, connection: Any) -> str:
    table = f"read_parquet({quoted(str(layout.file))})"
    types = {row[0]: row[1] for row in connection.sql(f"describe select * from {table}").fetchall()}
    for column in _columns(layout, meter_column):
        _place(list(types), column, layout)
    kind = types[layout.time_column]
    if not kind.startswith("TIMESTAMP") or "ZONE" in kind or layout.clock_column is not None:
        raise MeterDataError(
            "the time column is no local clock time",
            subject=f"{layout.subject}, time column {layout.time_column}",
            value=kind,
            limit="a column of type TIMESTAMP without time zone",
            next_step="Write the file with local clock times, or read it with read_meter",
        )
    if not types[layout.value_column].startswith(_NUMERIC):
        raise MeterDataError(
            "the column holds no numbers",
            subject=layout.subject,
            value=types[layout.value_column],
            limit="a numeric column",
            next_step="Write the file with numbers, or read it with read_meter",
        )
    stamp, value = _name(layout.time_column), f"{_name(layout.value_column)}::double"
    meter = f", {_name(meter_column)}::varchar as meter" if meter_column is not None else ""
    state = f"case when n is null or isnan(n) then {EMPTY} else {PLAIN} end"
    inner = f"(select {stamp}::timestamp as s, {value} as n{meter} from {table})"
    exact = "case when epoch_us(s) % 1000000 = 0 then epoch_us(s) // 1000000 end"
    return _outer(exact, "NULL", "n", state, inner, meter_column)


def _outer(plain: str, late: str, value: str, state: str, inner: str, meter_column: str | None) -> str:
    meter = ", coalesce(meter, '') as meter" if meter_column is not None else ""
    return (
        f"select coalesce(t, {UNREADABLE})::bigint as t, "
        f"case when t is null then coalesce({late}, {UNREADABLE}) else {UNREADABLE} end::bigint as late, "
        f"coalesce({value}, 'nan'::double) as value, ({state})::tinyint as state{meter} "
        f"from (select *, {plain} as t from {inner})"
    )


def _numbered(reader: Any, layout: MeterLayout, meter_column: str | None) -> Iterator[Batch]:
    """Arrow batches as arrays, with the number of each row and of its meter."""
    known: dict[str, int] = {} if meter_column is not None else {layout.meter or Path(layout.file).name: 0}
    first = 0
    for batch in reader:
        count = batch.num_rows
        if not count:
            continue
        names = tuple(known)
        meter = np.zeros(count, np.int64)
        if meter_column is not None:
            column = batch.column(batch.schema.get_field_index("meter")).dictionary_encode()
            number = [known.setdefault(name, len(known)) for name in column.dictionary.to_pylist()]
            names = tuple(known)
            meter = np.array(number, np.int64)[column.indices.to_numpy()]
        values = {name: batch.column(name).to_numpy() for name in ("t", "late", "value", "state")}
        late = values["late"] != UNREADABLE
        time = np.where(late, values["late"], values["t"])
        row = np.arange(first, first + count)
        yield Batch(meter, time, late, values["value"], values["state"], row, names)
        first += count


def _columns(layout: MeterLayout, meter_column: str | None) -> list[str]:
    named = (layout.time_column, layout.clock_column, layout.value_column, meter_column)
    return [column for column in named if column is not None]


def _place(header: list[str], column: str, layout: MeterLayout) -> int:
    if header.count(column) != 1:
        raise MeterDataError(
            "the column is missing" if column not in header else "two columns have this header",
            subject=Path(layout.file).name,
            value=column,
            limit=f"header: {', '.join(header[:20])}",
            next_step="Write one of the headers exactly as it stands in the file",
        )
    return header.index(column)


def _written_stamp(row: list[str], place: dict[str, int], layout: MeterLayout) -> str:
    columns = (layout.time_column, layout.clock_column)
    return " ".join(row[place[column]].strip() for column in columns if column is not None and place[column] < len(row))


def _is_gzip(layout: MeterLayout) -> bool:
    with Path(layout.file).open("rb") as file:
        return file.read(2) == b"\x1f\x8b"


def _name(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'
