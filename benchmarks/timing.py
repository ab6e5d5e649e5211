"""Medians of repeated runs; figures of one run say little on a shared machine."""

from __future__ import annotations

import gc
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One line of the report: what was measured, the median, the bar it is held against."""

    what: str
    median: float
    unit: str
    bar: float | None
    note: str = ""

    def line(self) -> str:
        """The figure as a line of text; a bar that is not met is marked."""
        bar = "" if self.bar is None else f"≤ {self.bar:g} {self.unit}"
        mark = "" if self.bar is None else ("ok" if self.median <= self.bar else "MISSED")
        return f"{self.what:62} {self.median:10.3f} {self.unit:6} {bar:12} {mark:7} {self.note}"


def median_seconds(call: Callable[[], object], runs: int = 5, warm_up: int = 1) -> float:
    """Median wall time of a call in this process."""
    for _ in range(warm_up):
        call()
    times = []
    for _ in range(runs):
        gc.collect()
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def median_process(arguments: Sequence[str], runs: int = 5) -> tuple[float, float]:
    """Median wall time (s) and largest memory (MB) of a whole process, after one warm-up."""
    times, memory = [], []
    for _ in range(runs + 1):
        start = time.perf_counter()
        process = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if hasattr(os, "wait4"):
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            memory.append(usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024))
        else:
            process.wait()
            memory.append(float("nan"))
        times.append(time.perf_counter() - start)
        if process.returncode:
            raise SystemExit(f"{arguments}: exit code {process.returncode}")
    return statistics.median(times[1:]), max(memory[1:])
