"""``python -m tests.mutation.lines OUT.json TESTS...``: which tests run through which line, and how long each takes."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import coverage
import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("physics", "equipment", "metering", "mv", "factors", "case", "effects", "checks")


class Watcher:
    """Tells the tracer which test is running."""

    def __init__(self, tracer: coverage.Coverage) -> None:
        self.tracer, self.seconds, self.passed = tracer, dict[str, float](), set[str]()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Any:
        """Begin a context for the test."""
        self.tracer.switch_context(item.nodeid)
        answer = yield
        self.tracer.switch_context("")
        return answer

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add up the time of a test."""
        self.seconds[report.nodeid] = self.seconds.get(report.nodeid, 0.0) + report.duration
        if report.when == "call" and report.passed:
            self.passed.add(report.nodeid)


def main() -> int:
    """Run the tests once and write what they touch."""
    out, tests = Path(sys.argv[1]), sys.argv[2:]
    rooms = [str(ROOT / "energycalc" / room) for room in ROOMS]
    tracer = coverage.Coverage(data_file=None, source=rooms, branch=False)
    watcher = Watcher(tracer)
    tracer.start()
    code = pytest.main(["-q", "-p", "no:cacheprovider", "--no-header", "-r", "f", *tests], plugins=[watcher])
    tracer.stop()
    data = tracer.get_data()
    lines = {
        str(Path(file).relative_to(ROOT)): {
            line: sorted(watcher.passed & set(contexts)) for line, contexts in data.contexts_by_lineno(file).items()
        }
        for file in data.measured_files()
    }
    out.write_text(json.dumps({"lines": lines, "seconds": watcher.seconds}), "utf-8")
    if code > pytest.ExitCode.TESTS_FAILED:
        return int(code)
    if code:
        print("some tests fail without any change; they are not counted")
    return 0


if __name__ == "__main__":
    sys.exit(main())
