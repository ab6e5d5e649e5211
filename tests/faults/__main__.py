"""``python -m tests.faults``: every fault into every base, and the table of what came of it.

The exit code is 1 when a headline changed without a word, a reading crashed, or a fault that must be seen was not.
"""

from __future__ import annotations

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.faults.bases import BASES, DATA, ROOT, base
from tests.faults.inject import FAULTS
from tests.faults.outcome import try_fault
from tests.faults.report import Cells, failures, page, summary
from tests.faults.trial import LEVELS, Outcome

PAGE = ROOT / "docs" / "fault_matrix.md"


def main() -> int:
    """Run the matrix and write the page (only when all of it was run)."""
    wanted = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    wanted.add_argument("--only", default="", help="classes, as E05,E16; all when left out")
    wanted.add_argument("--base", default="", help="bases, as steel,logger; all when left out")
    wanted.add_argument("--data", type=Path, default=DATA, help="folder of the data files")
    wanted.add_argument("--rows", type=int, default=0, help="only the first rows of each base; 0 is all")
    wanted.add_argument("--processes", type=int, default=2)
    wanted.add_argument("--out", type=Path, default=None, help="where the page goes")
    given = wanted.parse_args()

    faults = [fault for fault in FAULTS if not given.only or fault.id in given.only.split(",")]
    keys = [key for key in BASES if not given.base or key in given.base.split(",")]
    cells: Cells = {}
    with ProcessPoolExecutor(given.processes) as pool:
        jobs = {
            (fault.id, key): pool.submit(tried, fault.id, key, given.data, given.rows)
            for fault in faults
            for key in keys
        }
        for (fault_id, key), job in jobs.items():
            for level, outcome in enumerate(job.result()):
                cells[fault_id, key, level] = outcome
                if outcome.kind in ("SILENT", "CRASH"):
                    print(f"{fault_id} {key} {LEVELS[level]}: {outcome.kind}: {outcome.evidence}", flush=True)
            if key == keys[-1]:
                print(f"{fault_id} done", flush=True)
    print(summary(cells, faults))
    missed = failures(cells, faults)
    print("\n".join(missed))
    whole = not given.rows and len(faults) == len(FAULTS) and len(keys) == len(BASES)
    out = given.out or (PAGE if whole else None)
    if out is not None:
        out.write_text(page(cells, faults, keys), encoding="utf-8")
    return 1 if missed else 0


def tried(fault_id: str, key: str, folder: Path, rows: int) -> list[Outcome]:
    """All levels of one class on one base."""
    given = base(key, folder)
    given = given.cut(rows) if rows else given
    fault = next(fault for fault in FAULTS if fault.id == fault_id)
    return [try_fault(fault, given, level) for level in range(len(LEVELS))]


if __name__ == "__main__":
    sys.exit(main())
