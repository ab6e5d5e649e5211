"""A folder with one file a meter, or one long text file, as a stream: each meter with its account or its reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from energycalc.errors import EnergycalcError, MeterDataError
from energycalc.metering import MeterLayout
from energycalc.metering.streaming import StreamedMeters, stream_meters
from energycalc.mv.portfolio.daily import DailyTable, MeterAccount, refused
from energycalc.mv.portfolio.plan import PortfolioPlan

SUFFIXES = (".csv", ".csv.gz", ".parquet")
Progress = Callable[[int, int], None]
Floats = NDArray[np.float64]


def scan_files(plan: PortfolioPlan, progress: Progress | None = None) -> DailyTable:
    """Daily energy of every meter of a folder (one file each), or of one long text file.

    Args:
        plan: the declarations; ``layout.file`` is the folder or the file.
        progress: called with the number of files done and of all.

    Returns:
        The table. A file that is refused is a meter with the reason in its account.

    Raises:
        MeterDataError: the folder holds no meter file; in a long text file, the first row that is at fault.
    """
    path = Path(plan.layout.file)
    if not path.is_dir():
        streamed = stream_meters(plan.layout, meter_column=plan.meter_column)
        warm = _temperature(plan, plan.layout)
        return _table(plan, [(name, streamed, k, warm) for k, name in enumerate(streamed.meters)], {})
    files = sorted(file for file in path.iterdir() if file.name.lower().endswith(SUFFIXES) and file.is_file())
    if not files:
        raise MeterDataError(
            "the folder holds no meter file",
            subject=str(path),
            limit=f"files that end with {', '.join(SUFFIXES)}",
            next_step="Give the folder that holds one file a meter",
        )
    read: list[tuple[str, StreamedMeters, int, StreamedMeters | None]] = []
    failed: dict[str, str] = {}
    for number, file in enumerate(files):
        name = meter_name(file)
        try:
            layout = replace(plan.layout, file=file, meter=name)
            read.append((name, stream_meters(layout), 0, _temperature(plan, layout)))
        except EnergycalcError as error:
            failed[name] = str(error)
        if progress is not None:
            progress(number + 1, len(files))
    return _table(plan, read, failed)


def meter_name(file: Path) -> str:
    """Name of a meter: its file's name without the endings."""
    return file.name[: -len(next(end for end in SUFFIXES if file.name.lower().endswith(end)))]


def _temperature(plan: PortfolioPlan, layout: MeterLayout) -> StreamedMeters | None:
    if plan.temperature_column is None:
        return None
    driver = replace(
        layout,
        value_column=plan.temperature_column,
        unit=plan.temperature_unit,
        quantity_kind="interval_mean",
        negative="allow",
        current_transformer_ratio=None,
        voltage_transformer_ratio=None,
        accuracy_class=None,
        transformer_class=None,
        register_capacity=None,
        maximum_demand=None,
    )
    return stream_meters(driver, meter_column=plan.meter_column)


def _table(
    plan: PortfolioPlan, read: list[tuple[str, StreamedMeters, int, StreamedMeters | None]], failed: dict[str, str]
) -> DailyTable:
    names = sorted([name for name, *_ in read] + list(failed))
    energy = np.full((len(names), len(plan.days)), np.nan)
    temperature = None if plan.temperature_column is None else energy.copy()
    accounts: list[MeterAccount] = [refused(failed.get(name, "")) for name in names]
    for name, streamed, number, warm in read:
        row, own = names.index(name), streamed.meter == number
        days = (streamed.start[own].astype("datetime64[D]") - plan.days[0]).astype(np.int64)
        whole = (streamed.coverage[own] > 1 - 1e-9) & (days >= 0) & (days < len(plan.days))
        amount = streamed.primary[own]
        energy[row, days[whole]] = amount[whole]
        if warm is not None and temperature is not None:
            temperature[row] = _means(plan, warm, streamed.meters[number])
            energy[row, np.isnan(temperature[row])] = np.nan
        ledger, inside = streamed.ledgers[number], (days >= 0) & (days < len(plan.days))
        used = np.zeros(len(days), bool)
        used[inside] = np.isfinite(energy[row, days[inside]])
        read_energy = ledger.amount_read * plan.layout.multiplier
        kept, rest = float(amount[used].sum()), float(amount[~used].sum())
        accounts[row] = MeterAccount(
            ledger.rows_read, read_energy, int(used.sum()), kept, int((~used).sum()), rest
        )  # fmt: skip
    return DailyTable(tuple(names), plan.days, energy, temperature, plan.layout.amount_unit, tuple(accounts))


def _means(plan: PortfolioPlan, warm: StreamedMeters, meter: str) -> Floats:
    """Mean of each whole day, NaN elsewhere."""
    row = np.full(len(plan.days), np.nan)
    if meter in warm.meters or len(warm.meters) == 1:
        own = warm.meter == (warm.meters.index(meter) if meter in warm.meters else 0)
        days = (warm.start[own].astype("datetime64[D]") - plan.days[0]).astype(np.int64)
        whole = (warm.coverage[own] > 1 - 1e-9) & (days >= 0) & (days < len(plan.days))
        row[days[whole]] = (warm.amount[own] / warm.slots[own])[whole]
    return row
