"""From a declared meter file to a series and its ledger: the order of the play."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from energycalc.errors import InputError, MeterDataError
from energycalc.metering.account import SlotAccount, interval_slots, register_slots
from energycalc.metering.accuracy import meter_factors
from energycalc.metering.layouts.layout import CASE_FILE_WORDS, MeterLayout
from energycalc.metering.ledger import Ledger
from energycalc.metering.notices import Notice
from energycalc.metering.numbers.reading import read_numbers
from energycalc.metering.register import roll_over_notices
from energycalc.metering.series import MeterSeries
from energycalc.metering.slots import repeated_rows, slot_numbers
from energycalc.metering.stamps.reading import read_stamps
from energycalc.metering.table import read_cells
from energycalc.quantity import Quantity

REPEATED = "the stamp is repeated"


def read_meter(layout: MeterLayout, *, same_meter_as: MeterSeries | None = None) -> MeterSeries:
    """Read a meter file as declared, or refuse it; nothing is sorted or filled unless the layout says so.

    Args:
        layout: the declared form of the file.
        same_meter_as: a series of the same installed meter from another file; gains and ratios are shared
            with it, so that the two totals are correlated.

    Returns:
        The series, with a ledger whose counts and energies were proved to add up.

    Raises:
        MeterDataError: a row cannot be used as declared; the message names file, line, column and value.
        InputError: a declaration is impossible.
    """
    cells = read_cells(layout)
    lines = np.array(cells.lines)
    ends, understood = read_stamps(cells.times, cells.lines, layout, cells.date_system)
    if layout.stamp == "interval_start":
        ends = ends + layout.step
    readings = read_numbers(cells.values, cells.lines, layout)
    repeated = repeated_rows(ends, readings.values, lines, layout)
    kept = np.flatnonzero(~repeated)
    slots = slot_numbers(ends[kept], lines[kept], layout)
    account = register_slots if layout.quantity_kind == "register" else interval_slots
    rows = account(readings, kept, slots, ends[kept[0]], lines, layout)
    factors = meter_factors(layout) if same_meter_as is None else _shared_factors(layout, same_meter_as)
    rolled = roll_over_notices(readings.values[kept], lines[kept], layout)
    notices = (*cells.notices, *understood, *readings.notices, *rolled)
    return _series(rows, repeated, ends[kept[0]], lines, cells.sha256, layout, factors, notices)


def _series(
    rows: SlotAccount,
    repeated: NDArray[np.bool_],
    first_end: np.datetime64,
    lines: NDArray[np.int64],
    sha256: str,
    layout: MeterLayout,
    factors: tuple[Quantity, ...],
    notices: tuple[Notice, ...],
) -> MeterSeries:
    used = [(reason, mask) for reason, mask in {REPEATED: repeated, **rows.excluded}.items() if mask.any()]
    verdict = np.zeros(len(lines), dtype=np.int64)
    for code, (_, mask) in reversed(list(enumerate(used, start=1))):
        verdict[mask] = code  # a row that is repeated and empty counts as repeated
    slots = np.arange(rows.first_slot, len(rows.grid))
    present = slots[~np.isnan(rows.grid[slots])]
    if len(present) == 0:
        raise MeterDataError(
            f"the file holds no {layout.kind_of_amount}",
            subject=layout.subject,
            value=f"{len(lines)} rows",
            limit="one interval, or two register readings",
            next_step="Check the column; no data is no consumption of zero",
        )
    starts = first_end + (slots - 1) * layout.step
    start = first_end + (present - 1) * layout.step
    ledger = Ledger(
        Path(layout.file).name,
        layout.amount_unit,
        lines,
        rows.amount,
        verdict,
        tuple(reason for reason, _ in used),
        rows.fills,
        np.setdiff1d(starts, start),
        rows.total,
    )
    ledger.verify(rows.grid[present])
    row = rows.grid_row[present]
    series = MeterSeries(
        layout,
        Path(layout.file).name,
        sha256,
        start,
        start + layout.step,
        rows.grid[present],
        np.where(row < 0, 0, lines[row]),
        ledger,
        factors,
        notices,
    )
    _refuse_above_maximum(series)
    return series


def _refuse_above_maximum(series: MeterSeries) -> None:
    """Stop at a mean power above the declared one: a wrong unit, ratio or digit, whatever the total would be."""
    limit = series.layout.maximum_demand_kw
    if limit is None or not (series.demand_kw > limit).any():
        return
    above = series.demand_kw > limit
    slot = int(np.argmax(series.demand_kw))
    raise MeterDataError(
        f"line {series.line[slot]}: the mean power is above the declared maximum ({int(above.sum())} such slots)",
        subject=series.layout.subject,
        value=f"{series.demand_kw[slot]:,.6g} kW from {series.interval_start[slot]} to {series.interval_end[slot]}",
        limit=f"maximum_demand {series.layout.maximum_demand} as declared",
        next_step="Check unit, ct_ratio and pt_ratio, and the row; correct the one that is wrong",
    )


def _shared_factors(layout: MeterLayout, other: MeterSeries) -> tuple[Quantity, ...]:
    for name in (
        "current_transformer_ratio",
        "voltage_transformer_ratio",
        "accuracy_class",
        "transformer_class",
        "amount_unit",
    ):
        own, its = getattr(layout, name), getattr(other.layout, name)
        if own != its:
            raise InputError(
                f"two files of the same meter declare different {CASE_FILE_WORDS.get(name, name)}",
                subject=layout.subject,
                value=f"{own} here, {its} in {other.file}",
                next_step="Correct one of them, or read the file as another meter",
            )
    return other.factors
