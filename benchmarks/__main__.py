"""``python -m benchmarks``: all speed figures with the bar each is held against, as medians."""

from __future__ import annotations

import importlib
import os
import platform

MODULES = (
    "bench_import",
    "bench_run",
    "bench_hundred_measures",
    "bench_checks_project",
    "bench_claims",
    "bench_arrays",
    "bench_technologies",
    "bench_forms",
    "bench_mv_verification",
)


def main() -> None:
    """Run every benchmark and print one line per figure."""
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} processors; medians, wall time")
    for name in MODULES:
        print(f"\n{name}")
        for figure in importlib.import_module(f"benchmarks.{name}").figures():
            print("  " + figure.line(), flush=True)


if __name__ == "__main__":
    main()
