"""``python -m tests.known_truth``: how often the interval of a saving holds the saving that was planted.

Writes ``docs/known_truth.md``. The noise is real: residuals of real meters, drawn in blocks of whole weeks.
"""

from __future__ import annotations

import argparse
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BASELINES, REPORTING = (12, 6), (12, 6, 3)
MAIN_WEEKS, OTHER_WEEKS = 4, (1, 13)


def main() -> int:
    """Run the study, write the page, and say whether the primary method kept its promise in the main table."""
    wanted = argparse.ArgumentParser(prog="python -m tests.known_truth", description=__doc__)
    wanted.add_argument("--draws", type=int, default=1000, help="meters drawn for each cell")
    wanted.add_argument("--seed", type=int, default=1)
    wanted.add_argument("--data", type=Path, default=ROOT / "examples" / "verification" / "data")
    wanted.add_argument("--page", type=Path, default=ROOT / "docs" / "known_truth.md")
    wanted.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    given = wanted.parse_args()
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # the matrices are small; threads would only wait for each other

    from tests.known_truth.draws import METHODS, Task, run_task
    from tests.known_truth.meters import meters
    from tests.known_truth.page import outside, write_page
    from tests.known_truth.placebo import placebos

    found = meters(given.data)
    if not found:
        print(f"no meter of the study lies in {given.data}", file=sys.stderr)
        return 2
    tasks = [
        Task(given.data, meter.name, months, REPORTING, weeks, given.draws, given.seed, methods)
        for weeks, methods in ((MAIN_WEEKS, METHODS), *((w, METHODS[:1]) for w in OTHER_WEEKS))
        for meter in found
        for months in BASELINES
    ]
    cells = {}
    with ProcessPoolExecutor(given.processes) as pool:
        for task, result in zip(tasks, pool.map(run_task, tasks), strict=True):
            for months, cell in result.items():
                cells[task.weeks, task.meter, task.baseline_months, months] = cell
            print(f"{task.meter}, blocks of {task.weeks} weeks, baseline of {task.baseline_months} months", flush=True)
    kept = write_page(given.page, found, cells, placebos(found), given.draws, given.seed, MAIN_WEEKS, outside(found))
    print(given.page.read_text("utf-8"))
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
