"""A parquet table: typed columns, their stamps as clock times of the declared zone."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from energycalc.errors import EnergycalcError, MeterDataError
from energycalc.metering.files.archive_limits import MAXIMUM_TOTAL, refuse_rows
from energycalc.metering.files.cell_text import cell_text
from energycalc.metering.files.opened import OpenedTable
from energycalc.metering.notices import Notice


def open_columnar(
    raw: bytes, name: str, time_zone: str | None, columns: Sequence[str] | None, notices: tuple[Notice, ...]
) -> OpenedTable:
    """Open a parquet table. Its column names count as line 1, so that lines agree with a csv export of it.

    Args:
        raw: the bytes.
        name: name of the file.
        time_zone: IANA zone into whose clock times stamps with a zone are turned; ``None`` leaves them as UTC.
        columns: the columns that are read; others stay empty. ``None`` reads all that hold plain values.
        notices: what is already known about the file.

    Raises:
        MeterDataError: the file is damaged or cut off, too large, or a wanted column holds lists or records.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(io.BytesIO(raw))
        refuse_rows(file.metadata.num_rows, name)
        _refuse_unpacked(file.metadata, name)
        kinds = list(zip(file.schema_arrow.names, file.schema_arrow.types, strict=True))
        header = [column for column, _ in kinds]
        once = [each for each in kinds if header.count(each[0]) == 1]
        wanted = [each for each in once if (_is_plain(each[1]) if columns is None else each[0] in columns)]
        _refuse_nested([each for each in wanted if not _is_plain(each[1])], name)
        read = file.read(columns=[column for column, _ in wanted], use_pandas_metadata=False)
    except EnergycalcError:
        raise
    except (pa.ArrowException, OSError, ValueError, KeyError) as error:
        raise MeterDataError(
            f"the parquet file is damaged or cut off ({(str(error).splitlines() or [''])[0][:80]})",
            subject=name,
            next_step="Copy or download it again",
        ) from error
    found: list[Notice] = []
    texts = {header.index(column): _texts(read.column(column), column, time_zone, found) for column, _ in wanted}
    rows = _rows(header, texts, file.metadata.num_rows)
    return OpenedTable(name, "parquet", rows, notices=(*notices, *found))


def _rows(header: list[str], texts: dict[int, list[str]], rows: int) -> Iterator[tuple[int, list[str]]]:
    yield 1, header
    empty = [""] * rows
    columns = [texts.get(index, empty) for index in range(len(header))]
    for line, row in enumerate(zip(*columns, strict=True), start=2):
        yield line, list(row)


def _texts(column: Any, name: str, time_zone: str | None, found: list[Notice]) -> list[str]:
    """The texts of one column; what was understood of its type is added to ``found``."""
    import pyarrow as pa

    if pa.types.is_timestamp(column.type):
        return _stamps(column, name, time_zone, found)
    if pa.types.is_float16(column.type) or pa.types.is_float32(column.type):
        digits = 3 if pa.types.is_float16(column.type) else 7
        found.append(
            Notice(
                "single_precision",
                f"column {name} is stored as {column.type}, with about {digits} significant digits",
                f"欄位 {name} 以 {column.type} 儲存，有效位數約 {digits} 位",
            )
        )
    return [cell_text(value) for value in column.to_pylist()]


def _stamps(column: Any, name: str, time_zone: str | None, found: list[Notice]) -> list[str]:
    zone, series = column.type.tz, column.to_pandas()
    if zone is not None:
        clock = time_zone or "UTC"
        found.append(
            Notice(
                "time_zone",
                f"the stamps of column {name} carry the zone {zone} and were turned into clock times of {clock}",
                f"欄位 {name} 的時間戳記帶有時區 {zone}，已換算為 {clock} 當地時刻",
            )
        )
        series = series.dt.tz_convert(clock).dt.tz_localize(None)
    stamps = series.to_numpy()
    seconds = stamps.astype("datetime64[s]")
    fractions = (stamps - seconds).astype("timedelta64[ns]").astype(np.int64)
    texts = np.char.replace(np.datetime_as_string(seconds), "T", " ").tolist()
    if not np.isnat(stamps).any() and not fractions.any():
        return texts
    return [
        "" if missing else f"{text}.{part:09d}".rstrip("0") if part else text
        for text, part, missing in zip(texts, fractions.tolist(), np.isnat(stamps).tolist(), strict=True)
    ]


def _is_plain(kind: Any) -> bool:
    import pyarrow as pa

    types = pa.types
    return not (types.is_nested(kind) or types.is_binary(kind) or types.is_large_binary(kind))


def _refuse_nested(columns: list[tuple[str, Any]], name: str) -> None:
    if columns:
        raise MeterDataError(
            "the column holds no plain values",
            subject=name,
            value=", ".join(f"{column}: {kind}" for column, kind in columns),
            next_step="Point to a column of numbers, stamps or text",
        )


def _refuse_unpacked(metadata: Any, name: str) -> None:
    size = sum(metadata.row_group(group).total_byte_size for group in range(metadata.num_row_groups))
    if size > MAXIMUM_TOTAL:
        raise MeterDataError(
            "the parquet table unpacks to too much",
            subject=name,
            value=f"{size / 1e9:,.1f} GB",
            limit=f"{MAXIMUM_TOTAL / 1e9:g} GB",
            next_step="Split the file by year",
        )
