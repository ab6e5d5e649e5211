"""A file of bills, read by the same strict grammar as a meter file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from energycalc.errors import InputError, MeterDataError
from energycalc.metering.billing.bills import DAY, Bills, Reads, bills_from_reads
from energycalc.metering.layouts.layout import MeterLayout
from energycalc.metering.layouts.words import ENERGY_UNITS, Calendar, DecimalMark
from energycalc.metering.notices import Notice
from energycalc.metering.numbers.reading import read_numbers
from energycalc.metering.stamps.reading import read_stamps
from energycalc.metering.table import Cells, read_cells
from energycalc.quantity import FileOrigin, Source, quantity

ESTIMATED = ("e", "est", "estimated", "estimate", "true", "1", "y", "yes", "推估", "推定", "估計", "估算", "是")
ACTUAL = ("", "a", "act", "actual", "false", "0", "n", "no", "實際", "實抄", "抄表", "否")
"""Words of a column that says whether a reading was estimated; any other word is asked about."""


@dataclass(frozen=True, kw_only=True)
class BillFile:
    """The declared form of a file of bills.

    Attributes:
        file: path; the file may be of any type that a meter file may be.
        date_column: header of the read dates; with ``first_day_column`` of the last days billed.
        amount_column: header of the amounts.
        unit: unit of the amounts; energies become kWh.
        reads: whether a read date starts or ends its period; left out where both days are given.
        first_day_column: header of the first days billed, where the file gives both days.
        money_column: header of the money, if there is one.
        money_unit: its unit.
        estimated_column: header of the column that says whether the reading was estimated.
        only: a column and the text that it must hold, for a file with several meters.
        first_day: first day of the first bill where reads end a period and the file does not say it.
        sheet: as of a meter file, like the following.
    """

    file: str | Path
    date_column: str
    amount_column: str
    unit: str
    reads: Reads | None = None
    first_day_column: str | None = None
    money_column: str | None = None
    money_unit: str = "TWD"
    estimated_column: str | None = None
    only: tuple[str, str] | None = None
    first_day: str | None = None
    sheet: str | None = None
    date_format: str | None = None
    calendar: Calendar = "ask"
    decimal_mark: DecimalMark = "ask"
    encoding: str = "utf-8"
    delimiter: str = ","
    header_row: int = 1

    def __post_init__(self) -> None:
        if (self.reads is None) == (self.first_day_column is None) or self.reads not in (None, "start", "end"):
            raise InputError(
                "says either which end of its period a read date is, or gives both days",
                subject=f"bills in {Path(self.file).name}",
                value=f"reads {self.reads}, first_day_column {self.first_day_column}",
                limit="reads: start or end; or first_day_column",
                next_step="Write reads: end if the amount was used before its date, start if after it",
            )

    def column(self, header: str, dates: str, unit: str = "1") -> MeterLayout:
        """The declaration of one column of numbers beside one of dates."""
        return MeterLayout(
            file=self.file, time_column=dates, value_column=header, unit=unit, quantity_kind="interval_sum",
            interval="1 d", stamp="interval_start", midnight="starts_day", time_zone="Asia/Taipei", sheet=self.sheet,
            date_format=self.date_format, calendar=self.calendar, decimal_mark=self.decimal_mark,
            encoding=self.encoding, delimiter=self.delimiter, header_row=self.header_row, negative="allow",
            empty="exclude", header_unit="ignore", header_unit_because="checked apart for the amounts",
        )  # fmt: skip


def read_bills(bill_file: BillFile) -> tuple[Bills, tuple[Notice, ...]]:
    """The bills of a file, and what was understood rather than plain.

    An empty amount is only allowed on the first date of reads that end a period and on the last of reads that start
    one; a credit (a negative amount) stays negative.

    Args:
        bill_file: the declared form.

    Raises:
        MeterDataError: a date or number cannot be read, a word about estimates is unknown, no row is left.
        InputError: the days are out of order or overlap.
    """
    kind = bill_file.column(bill_file.amount_column, bill_file.date_column, bill_file.unit)
    _check_header(kind)
    cells = read_cells(kind)
    rows = _chosen(bill_file, kind, len(cells.lines))
    dates, understood = _dates(cells, rows, kind)
    numbers = read_numbers(*_part(cells.values, cells.lines, rows), kind)
    factor = _energy_factor(bill_file.unit)
    amount, unit = numbers.values * (factor or 1.0), "kWh" if factor else kind.amount_unit
    money, estimated = _money(bill_file, rows), _estimated(bill_file, rows)
    lines = np.array(cells.lines)[rows]
    origin = FileOrigin(
        Path(bill_file.file).name, cells.sha256, rows=f"{lines.min()} to {lines.max()}", column=bill_file.amount_column
    )
    source = Source(f"bills in {Path(bill_file.file).name}", f"{len(rows)} rows", file=origin)
    notices = (*cells.notices, *understood, *numbers.notices)
    if bill_file.reads is not None:
        bills = bills_from_reads(
            list(dates), amount.tolist(), unit, bill_file.reads, first_day=bill_file.first_day, money=money,
            money_unit=bill_file.money_unit, estimated=estimated, source=source,
        )  # fmt: skip
        return bills, notices
    assert bill_file.first_day_column is not None
    opening = bill_file.column(bill_file.amount_column, bill_file.first_day_column, bill_file.unit)
    first, more = _dates(read_cells(opening), rows, opening)
    flags = np.array(estimated, dtype=bool) if estimated else np.zeros(len(rows), dtype=bool)
    cost = np.array(money, dtype=np.float64)
    return Bills(first, dates, amount, unit, cost, bill_file.money_unit, flags, source), (*notices, *more)


def _check_header(kind: MeterLayout) -> None:
    if kind.units_of_header:
        raise InputError(
            f"the header names {' and '.join(kind.units_of_header)}, declared is {kind.unit}",
            subject=kind.subject,
            value=kind.value_column,
            next_step="Correct the unit or the column",
        )


def _energy_factor(unit: str) -> float | None:
    one = quantity(1.0, unit)
    return float(one.value_in("kWh")) if one.unit.terms in [((name, 1.0),) for name in ENERGY_UNITS] else None


def _chosen(bill_file: BillFile, kind: MeterLayout, rows: int) -> NDArray[np.int64]:
    """Places of the rows of the wanted meter."""
    if bill_file.only is None:
        return np.arange(rows)
    column, wanted = bill_file.only
    texts = read_cells(bill_file.column(column, bill_file.date_column)).values
    chosen = np.array([place for place, text in enumerate(texts) if text.strip() == wanted], dtype=np.int64)
    if len(chosen) == 0:
        known = ", ".join(sorted({text.strip() for text in texts})[:10])
        raise MeterDataError(
            "no row is of the wanted meter",
            subject=kind.subject,
            value=f"{column} {wanted!r}",
            limit=f"the column holds {known}",
            next_step="Write the text exactly as it stands in the file",
        )
    return chosen


def _part(
    texts: Sequence[str],
    lines: Sequence[int],
    rows: NDArray[np.int64],
) -> tuple[list[str], list[int]]:
    return [texts[row] for row in rows], [lines[row] for row in rows]


def _dates(
    cells: Cells, rows: NDArray[np.int64], kind: MeterLayout
) -> tuple[NDArray[np.datetime64], tuple[Notice, ...]]:
    texts, lines = _part(cells.times, cells.lines, rows)
    clock, notices = read_stamps(texts, lines, kind, cells.date_system)
    dates = clock.astype("datetime64[D]")
    if np.any(clock - dates >= DAY) or np.any(clock != dates):
        raise MeterDataError(
            "a read date has a time of day",
            subject=kind.subject,
            value=str(clock[int(np.argmax(clock != dates))]),
            limit="bills run over whole days",
            next_step="Write the date alone",
        )
    return dates, notices


def _money(bill_file: BillFile, rows: NDArray[np.int64]) -> list[float]:
    if bill_file.money_column is None:
        return []
    column = bill_file.column(bill_file.money_column, bill_file.date_column)
    cells = read_cells(column)
    texts, lines = _part(cells.values, cells.lines, rows)
    plain = [text.strip().removeprefix("NT$").removeprefix("$").removesuffix("元").strip() for text in texts]
    return read_numbers(plain, lines, column).values.tolist()


def _estimated(bill_file: BillFile, rows: NDArray[np.int64]) -> list[bool]:
    if bill_file.estimated_column is None:
        return []
    cells = read_cells(bill_file.column(bill_file.estimated_column, bill_file.date_column))
    words = [cells.values[row].strip().casefold() for row in rows]
    for row, word in zip(rows, words, strict=True):
        if word not in ESTIMATED + ACTUAL:
            raise MeterDataError(
                f"line {cells.lines[row]}, column {bill_file.estimated_column}: the word does not say whether the "
                "reading was estimated",
                subject=f"bills in {Path(bill_file.file).name}",
                value=repr(word),
                limit=f"estimated: {', '.join(ESTIMATED)}; read: {', '.join(filter(None, ACTUAL))}, or empty",
                next_step="Write one of them",
            )
    return [word in ESTIMATED for word in words]
