"""``python -m tests.mutation``: how many wrong changes of physics/ and equipment/ the tests notice.

Each change is tried in a process of its own, forked after the libraries are loaded, and only against the tests that
run through its line; mutmut leaves decorated functions alone (every formula is one), and cosmic-ray starts a new
interpreter for each change, which takes minutes where this takes one.
"""

from __future__ import annotations

import argparse
import collections
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Sequence
from pathlib import Path

from tests.mutation.mutants import Mutant, mutants
from tests.mutation.trial import survives

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("energycalc/physics", "energycalc/equipment")
TESTS = ("tests/physics", "tests/equipment", "tests/reference/test_equipment_cases.py")
LIMIT_SECONDS = 120
MOST_TESTS = 60
SURVIVED, BROKEN = 1, 3


def main() -> int:
    """Try the changes and print the share noticed, by file, and what was missed."""
    wanted = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    wanted.add_argument("--sample", type=int, default=0, help="how many changes, drawn at random; 0 is all")
    wanted.add_argument("--seed", type=int, default=1)
    wanted.add_argument("--only", nargs="*", default=ROOMS, help="folders or files")
    wanted.add_argument("--tests", nargs="*", default=TESTS, help="which tests are to notice")
    wanted.add_argument("--formulas", action="store_true", help="bodies of traced formulas only")
    wanted.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    given = wanted.parse_args()

    files = [f for place in given.only for f in _modules(ROOT / place)]
    tried = [m for file in files for m in mutants(file) if m.in_formula or not given.formulas]
    random.Random(given.seed).shuffle(tried)
    tried = tried[: given.sample] if given.sample else tried
    covering, seconds = _tests_by_line(given.tests)
    print(f"{len(tried)} changes in {len(files)} files", flush=True)
    outcomes = _try_all(tried, covering, seconds, given.processes)
    _report(tried, outcomes)
    return 0 if sum(outcomes) >= 0.9 * len(outcomes) else 1


def _modules(place: Path) -> list[Path]:
    return sorted(place.rglob("*.py")) if place.is_dir() else [place]


def _tests_by_line(tests: Sequence[str]) -> tuple[dict[tuple[str, int], list[str]], dict[str, float]]:
    """Which tests run through which line, and how long each takes."""
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder) / "lines.json"
        subprocess.run([sys.executable, "-m", "tests.mutation.lines", str(found), *tests], cwd=ROOT, check=True)
        data = json.loads(found.read_text("utf-8"))
    covering: dict[tuple[str, int], list[str]] = collections.defaultdict(list)
    for file, lines in data["lines"].items():
        for line, tests in lines.items():
            covering[file, int(line)] = tests
    return covering, data["seconds"]


def _try_all(
    tried: Sequence[Mutant], covering: dict[tuple[str, int], list[str]], seconds: dict[str, float], processes: int
) -> list[bool]:
    """Whether each change is noticed."""
    from tests.mutation.trial import load_libraries

    load_libraries()
    outcomes: list[bool] = [False] * len(tried)
    running: dict[int, tuple[int, float]] = {}
    waiting = collections.deque(range(len(tried)))
    done = 0
    while waiting or running:
        while waiting and len(running) < processes:
            index = waiting.popleft()
            mutant = tried[index]
            tests = sorted(covering[str(mutant.path.relative_to(ROOT)), mutant.line], key=lambda t: seconds.get(t, 0.0))
            if not tests:
                done += 1
                continue
            child = os.fork()
            if child == 0:
                _try_one(mutant, tests[:MOST_TESTS])
            running[child] = (index, time.monotonic())
        for child, (index, began) in list(running.items()):
            finished, status = os.waitpid(child, os.WNOHANG)
            if not finished and time.monotonic() - began > LIMIT_SECONDS:
                os.kill(child, signal.SIGKILL)  # a loop that never ends is noticed
                finished, status = os.waitpid(child, 0)
            if finished:
                del running[child]
                code = os.waitstatus_to_exitcode(status)
                if code == BROKEN:
                    raise SystemExit(f"the trial of {tried[index].path.name}, line {tried[index].line}, broke down")
                outcomes[index] = code != SURVIVED
                done += 1
                if done % 100 == 0:
                    print(f"  {done} of {len(tried)}", flush=True)
        time.sleep(0.005)
    return outcomes


def _try_one(mutant: Mutant, tests: Sequence[str]) -> None:
    """In the forked process: try, and leave with what came of it."""
    try:
        code = SURVIVED if survives(mutant, tests) else 0
    except BaseException:
        traceback.print_exc()
        code = BROKEN
    os._exit(code)


def _report(tried: Sequence[Mutant], outcomes: Sequence[bool]) -> None:
    by_file: dict[str, list[bool]] = collections.defaultdict(list)
    for mutant, noticed in zip(tried, outcomes, strict=True):
        by_file[str(mutant.path.relative_to(ROOT))].append(noticed)
        if not noticed:
            print(f"missed {mutant.path.relative_to(ROOT)}:{mutant.line}  {mutant.what}")
    for file, found in sorted(by_file.items(), key=lambda item: sum(item[1]) / len(item[1])):
        print(f"{sum(found) / len(found):6.1%}  {sum(found):4} of {len(found):4}  {file}")
    of_formulas = [o for m, o in zip(tried, outcomes, strict=True) if m.in_formula]
    for what, found in (("in bodies of formulas", of_formulas), ("in all", list(outcomes))):
        if found:
            print(f"{what}: {sum(found) / len(found):.1%} of {len(found)} changes noticed")


if __name__ == "__main__":
    sys.exit(main())
