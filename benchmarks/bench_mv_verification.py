"""From a logger's csv to a verified result: a year of quarter hours (the steel plant), and how it grows with the rows."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np

from benchmarks.timing import Figure, median_seconds
from energycalc.case.verification_file import load_verification
from energycalc.data_files import examples_folder
from energycalc.metering import read_meter
from energycalc.mv.verification import DataFile, Span, Verification
from energycalc.mv.verify import verify

YEARS = (1, 2, 4)
"""Sizes: the steel plant's load once, and repeated over more years."""


def figures() -> list[Figure]:
    """Reading, models, saving with ±, other methods, doubts and verdict, after the import of the program."""
    declared = load_verification(examples_folder() / "steel_plant" / "halves.yaml")
    found = [Figure("35,040 rows of csv.gz to a verified result", median_seconds(lambda: verify(declared)), "s", 1.0)]
    with tempfile.TemporaryDirectory() as folder:
        for years in YEARS:
            longer = _longer(declared, years, Path(folder))
            seconds = median_seconds(lambda longer=longer: verify(longer), runs=3)  # type: ignore[misc]
            rows = 35_040 * years
            note = f"{seconds / rows * 35_040:.2f} s for every 35,040 rows"
            found.append(Figure(f"  {rows:,} rows", seconds, "s", None, note))
    return found


def _longer(declared: Verification, years: int, folder: Path) -> Verification:
    """The same load written once for each year; half of the time is baseline."""
    power = read_meter(declared.meter.layout).energy_kwh
    rows = len(power) * years
    ends = np.datetime64("2001-01-01T00:15") + np.arange(rows) * np.timedelta64(15, "m")
    file = folder / f"years_{years}.csv"
    values = np.tile(power, years)
    text = [f"{str(end).replace('T', ' ')},{value:.2f}" for end, value in zip(ends, values, strict=True)]
    file.write_text("date,Usage_kWh\n" + "\n".join(text) + "\n", encoding="utf-8")
    layout = replace(
        declared.meter.layout, file=file, date_format="%Y-%m-%d %H:%M", midnight="starts_day", accuracy_class=None
    )
    middle = (ends[0] + (rows // 2) * np.timedelta64(15, "m")).astype("datetime64[D]")
    last = (ends[-1] - np.timedelta64(1, "D")).astype("datetime64[D]")
    day = np.timedelta64(1, "D")
    baseline: tuple[date, date] = (date(2001, 1, 1), (middle - day).item())
    reporting: tuple[date, date] = (middle.item(), last.item())
    return replace(declared, meter=DataFile(layout), baseline=Span(*baseline), reporting=Span(*reporting))


if __name__ == "__main__":
    for figure in figures():
        print(figure.line())
