"""Many meters at once: 200 meters of one year of minutes (105 million rows) from a Parquet file to a saving each.

    python -m benchmarks.bench_mv_portfolio [--keep] [--meters 200]

The file is made below ``out/bench`` (seeded) and deleted afterwards unless ``--keep`` is given. The bar is a ratio: the
same machine, in turns, runs DuckDB's bare ``group by meter, day`` over the same file. Memory is that of a process that
does nothing else. The growth is shown for three numbers of rows and three of meters.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import numpy as np

from benchmarks.timing import Figure, median_seconds

FOLDER = Path(__file__).resolve().parents[1] / "out" / "bench"
MINUTES = 525_600
SEED = 105


def make(file: Path, meters: int) -> None:
    """Write meters of one year of minutes: shifts, weekdays, cooling, slow and fast noise, 10 % less from September."""
    import pyarrow as pa
    import pyarrow.parquet as parquet
    from scipy.signal import lfilter

    rng = np.random.default_rng(SEED)
    minute = np.arange(MINUTES)
    clock = np.datetime64("2023-01-01T00:00", "us") + minute.astype("timedelta64[m]")
    day, hour = minute // 1440, (minute % 1440) / 60
    weekday = (day + 6) % 7  # 2023 begins on a Sunday

    def slow(strength: float) -> np.ndarray:
        return lfilter([1], [1, -strength], rng.standard_normal(365)) * np.sqrt(1 - strength**2)

    daily = 23 + 6 * np.sin(2 * np.pi * (np.arange(365) - 110) / 365) + 1.5 * slow(0.7)
    temperature = np.round(np.repeat(daily, 1440) + 4 * np.sin(2 * np.pi * (hour - 9) / 24), 1)
    schema = pa.schema(
        [("id", pa.string()), ("time", pa.timestamp("us")), ("energy", pa.float64()), ("temperature", pa.float64())]
    )
    with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        for meter in range(meters):
            base, work, cooling = rng.uniform(20, 200), rng.uniform(50, 500), rng.uniform(2, 20)
            shift = ((hour >= 8) & (hour < 17)) * 1.0 if meter % 3 else np.ones(MINUTES)
            share = np.where(weekday < 5, 1.0, np.where(weekday == 5, 0.4, 0.0))
            power = base + work * shift * share + cooling * np.maximum(temperature - 22, 0)
            power *= (1 + 0.05 * np.repeat(slow(0.4), 1440)) * (1 + 0.1 * rng.standard_normal(MINUTES))
            power *= np.where(day >= 240, 0.9, 1.0)
            names = pa.array([f"M{meter:04d}"]).take(pa.array(np.zeros(MINUTES, int)))
            columns = [names, pa.array(clock), pa.array(np.round(np.maximum(power, 0) / 60, 3)), pa.array(temperature)]
            writer.write_table(pa.table(columns, schema=schema), row_group_size=262_144)


def plan(file: Path):  # type: ignore[no-untyped-def]
    """Eight months before, four after."""
    from energycalc.metering import MeterLayout
    from energycalc.mv.portfolio import PortfolioPlan

    layout = MeterLayout(
        file=file, time_column="time", value_column="energy", unit="kWh", quantity_kind="interval_energy",
        interval="1 min", stamp="interval_start", midnight="starts_day", time_zone="Asia/Taipei",
    )  # fmt: skip
    return PortfolioPlan(
        layout=layout, baseline=(date(2023, 1, 1), date(2023, 8, 28)), reporting=(date(2023, 8, 29), date(2023, 12, 31)),
        meter_column="id", temperature_column="temperature",
    )  # fmt: skip


def bare(file: Path) -> None:
    """What DuckDB needs without any question asked of the rows."""
    import duckdb

    duckdb.connect().sql(f"select id, time::date as day, sum(energy) from '{file}' group by 1, 2").fetchnumpy()


def whole(file: Path) -> None:
    """Daily energy, fit, saving with its ± and doubts for every meter."""
    from energycalc.mv.portfolio import assess_portfolio

    rows = assess_portfolio(plan(file)).rows
    if any(row.saving is None for row in rows):
        raise SystemExit(f"refused: {[row.reason for row in rows if row.saving is None][:3]}")


def in_turns(file: Path, runs: int) -> tuple[float, float, float]:
    """Median seconds of the bare scan and of the whole work, and the median of their ratios, each pair in turns."""
    bare(file)
    whole(file)
    pairs = [(median_seconds(lambda: bare(file), 1, 0), median_seconds(lambda: whole(file), 1, 0)) for _ in range(runs)]
    return (
        statistics.median(one for one, _ in pairs),
        statistics.median(two for _, two in pairs),
        statistics.median(two / one for one, two in pairs),
    )


def alone(file: Path) -> tuple[float, float]:
    """Seconds and peak memory (MB) of a process that does the whole work once."""
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "benchmarks.bench_mv_portfolio", "--once", str(file)])
    if not hasattr(os, "wait4"):
        process.wait()
        return time.perf_counter() - start, float("nan")
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit("the process failed")
    return time.perf_counter() - start, usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)


def fits(meters: int) -> float:
    """Seconds from daily values to savings, without any file."""
    from energycalc.mv.portfolio import DailyTable, MeterAccount, assess_table

    the_plan = plan(Path("none.parquet"))
    rng = np.random.default_rng(SEED)
    days = the_plan.days
    temperature = 23 - 7 * np.cos(2 * np.pi * np.arange(len(days)) / 365) + rng.standard_normal((meters, len(days)))
    energy = (
        1000 + 300 * (np.arange(len(days)) % 7 < 5) + rng.uniform(5, 50, (meters, 1)) * np.maximum(temperature - 22, 0)
    )
    energy += 20 * rng.standard_normal(energy.shape)
    names = tuple(str(number) for number in range(meters))
    table = DailyTable(names, days, energy, temperature, "kWh", (MeterAccount(0, 0.0, 0, 0.0, 0, 0.0),) * meters)
    return median_seconds(lambda: assess_table(the_plan, table), runs=3)


def figures(meters: int = 200, keep: bool = False) -> list[Figure]:
    """The bars, then the growth with rows and with meters."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    needed, free = 5e6 * meters * 1.9, shutil.disk_usage(FOLDER).free
    if free < needed:
        print(f"left out: {needed / 1e9:.1f} GB needed below {FOLDER}, {free / 1e9:.1f} GB free")
        return []
    found, growth = [], []
    for part in (meters // 4, meters // 2, meters):
        file = FOLDER / f"meters_{part}.parquet"
        if not file.exists():
            make(file, part)
        scan, all_, ratio = in_turns(file, 5 if part == meters else 3)
        rows = part * MINUTES / 1e6
        growth.append(
            Figure(
                f"  {rows:.0f} million rows, {part} meters", all_, "s", None, f"{all_ / rows:.3f} s per million rows"
            )
        )
        if part == meters:
            seconds, peak = alone(file)
            found = [
                Figure(f"scan, fit, saving with ± of {meters} meters, {rows:.0f} million rows", all_, "s", None,
                       f"bare group by of the same file {scan:.2f} s"),
                Figure("  ratio to the bare group by (median of pairs in turns)", ratio, "×", 1.5),
                Figure("  peak memory of a process of its own", peak, "MB", 2048, f"{seconds:.1f} s with Python's start and all imports"),
            ]  # fmt: skip
        if not keep:
            file.unlink()
    for number in (200, 800, 3200):
        seconds = fits(number)
        growth.append(
            Figure(
                f"  choice, fit and ± of {number} meters from daily values",
                seconds,
                "s",
                None,
                f"{1000 * seconds / number:.2f} ms per meter",
            )
        )
    return found + growth


if __name__ == "__main__":
    if "--once" in sys.argv:
        whole(Path(sys.argv[sys.argv.index("--once") + 1]))
    else:
        wanted = int(sys.argv[sys.argv.index("--meters") + 1]) if "--meters" in sys.argv else 200
        for figure in figures(wanted, "--keep" in sys.argv):
            print(figure.line())
