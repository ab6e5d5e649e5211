"""A csv file larger than memory: 10 GB of one-minute readings to daily sums with a closed ledger, in 1 GB of memory.

    python -m benchmarks.bench_mv_streaming [--gigabytes 10] [--keep]

The file is made below ``out/bench`` (seeded) and deleted afterwards unless ``--keep`` is given. Smaller files come first,
so that a growth of memory with the file would show. Needs as much room on the disk as the file and a fifth more; without
it, it says so in one line within two seconds.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.timing import Figure

FOLDER = Path(__file__).resolve().parents[1] / "out" / "bench"
BYTES_PER_ROW = 30
MINUTES = 525_600


def make(file: Path, rows: int) -> None:
    """Write meters of one year of minutes, one after the other: id, local time, kWh in that minute."""
    import duckdb

    connection = duckdb.connect()
    connection.execute("set memory_limit = '2GB'; set preserve_insertion_order = true")
    connection.execute(
        f"""copy (select printf('M%05d', n // {MINUTES}) as id,
        strftime(timestamp '2023-01-01' + to_minutes(n % {MINUTES}), '%Y-%m-%d %H:%M') as time,
        printf('%.3f', 2 + 3 * ((n // 60) % 24 between 8 and 16)::int + (hash(n) % 1000) / 1000.0) as kWh
        from range({rows}) as r(n)) to '{file}' (header)"""
    )
    connection.close()


def read(file: Path) -> None:
    """Stream the file, and print rows read, rows used and the total."""
    from energycalc.metering import MeterLayout
    from energycalc.metering.streaming import stream_meters

    layout = MeterLayout(
        file=file, time_column="time", value_column="kWh", unit="kWh", quantity_kind="interval_energy", interval="1 min",
        stamp="interval_start", midnight="starts_day", time_zone="Asia/Taipei",
    )  # fmt: skip
    found = stream_meters(layout, meter_column="id")
    ledgers = found.ledgers
    print(sum(each.rows_read for each in ledgers), sum(each.rows_used for each in ledgers), float(found.amount.sum()))


def written(rows: int) -> float:
    """The total that was written, from the formula it was made with."""
    import duckdb

    total = f"select fsum((2000 + 3000 * ((n // 60) % 24 between 8 and 16)::int + hash(n) % 1000) / 1000.0) from range({rows}) r(n)"
    return float(duckdb.sql(total).fetchall()[0][0])


def alone(file: Path, rows: int) -> tuple[float, float]:
    """Seconds and peak memory (MB) of a process that does nothing else; its counts and total must be the written ones."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.bench_mv_streaming", "--once", str(file)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    said = process.stdout.read().split()
    if hasattr(os, "wait4"):
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        peak = usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
    else:
        process.wait()
        peak = float("nan")
    seconds = time.perf_counter() - start
    if process.returncode or said[:2] != [str(rows)] * 2 or abs(float(said[2]) / written(rows) - 1) > 1e-9:
        raise SystemExit(f"the process failed: {said}, exit code {process.returncode}")
    return seconds, peak


def figures(gigabytes: float = 10.0, keep: bool = False) -> list[Figure]:
    """Time and memory for a hundredth, a tenth and the whole."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    needed, free = 1.2 * gigabytes * 1e9, shutil.disk_usage(FOLDER).free
    if free < needed:
        print(f"left out: {needed / 1e9:.1f} GB needed below {FOLDER}, {free / 1e9:.1f} GB free")
        return []
    found = []
    for share in (0.01, 0.1, 1.0):
        rows = int(share * gigabytes * 1e9 / BYTES_PER_ROW)
        file = FOLDER / f"minutes_{rows}.csv"
        if not file.exists():
            make(file, rows)
        size = file.stat().st_size / 1e9
        seconds, peak = alone(file, rows)
        whole = share == 1.0
        found += [
            Figure(f"csv of {size:.2f} GB, {rows / 1e6:.0f} million rows, to daily sums", seconds, "s", None,
                   f"{1000 * size / seconds:.0f} MB/s, {seconds / rows * 1e6:.2f} s per million rows"),
            Figure("  peak memory of the process", peak, "MB", 1024 if whole else None),
        ]  # fmt: skip
        if not keep:
            file.unlink()
    return found


if __name__ == "__main__":
    if "--once" in sys.argv:
        read(Path(sys.argv[sys.argv.index("--once") + 1]))
    else:
        wanted = float(sys.argv[sys.argv.index("--gigabytes") + 1]) if "--gigabytes" in sys.argv else 10.0
        for figure in figures(wanted, "--keep" in sys.argv):
            print(figure.line(), flush=True)
