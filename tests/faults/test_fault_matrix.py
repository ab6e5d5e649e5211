"""A quick part of the fault matrix: every class on one small base; the whole of it is ``python -m tests.faults``."""

import hashlib
import re
from functools import cache

import pytest

from energycalc.metering import series_findings
from tests.faults.bases import BASES, DATA, base
from tests.faults.inject import FAULTS
from tests.faults.inject_workbooks import clean_workbook
from tests.faults.outcome import TOLERANCE, change, clean_reading, try_fault
from tests.faults.report import failures, page
from tests.faults.trial import LEVELS, Fault, Outcome

QUICK = {"E39": "occupancy", "E04": "taiwan", "E28": "taiwan"}
"""The base of a class; all others are tried on the logger. E35 and E36 are also tried on the cocoa plant's bills."""


@cache
def outcomes(fault: Fault, key: str) -> dict[tuple[str, str, int], Outcome]:
    """Each level once, for both tests of a class."""
    return {(fault.id, key, level): try_fault(fault, base(key), level) for level in range(len(LEVELS))}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.id)
def test_no_fault_of_the_class_is_silent_and_what_must_be_seen_is_seen(fault: Fault) -> None:
    keys = [QUICK.get(fault.id, "logger")] + (["cocoa"] if fault.id in ("E35", "E36") else [])
    cells = {place: outcome for key in keys for place, outcome in outcomes(fault, key).items()}
    assert any(outcome.kind != "n/a" for outcome in cells.values()), "no level of the class was tried"
    assert failures(cells, [fault]) == []


@pytest.mark.parametrize("fault", [f for f in FAULTS if f.silent_in_pandas], ids=lambda fault: fault.id)
def test_the_fault_is_one_that_plain_pandas_reads_wrongly_without_a_word(fault: Fault) -> None:
    """An injector that did nothing would pass every other test."""
    tried = outcomes(fault, QUICK.get(fault.id, "logger"))
    assert "wrong" in {outcome.plain for outcome in tried.values()}


@pytest.mark.parametrize("key", BASES)
def test_a_clean_base_raises_no_error_and_two_warnings_at_most(key: str) -> None:
    series, figures = clean_reading(base(key))
    severities = [finding.severity for finding in series_findings(series)]
    assert severities.count("error") == 0 and severities.count("warning") <= 2
    assert figures["total"] > 0


def test_the_workbook_without_fault_reads_as_the_text_does() -> None:
    clean = Fault("E00", "none", "", ("", "", ""), lambda given, level: clean_workbook(given))
    outcome = try_fault(clean, base("logger"), 0)
    assert outcome.kind == "same" and outcome.change <= TOLERANCE, outcome.evidence


def test_a_silent_change_would_be_called_silent() -> None:
    """The judge itself: a fault whose findings do not count is silent when a figure moves."""
    gaps = next(fault for fault in FAULTS if fault.id == "E16")
    deaf = Fault("E16", "gaps", "", gaps.levels, gaps.inject, says=())
    outcome = try_fault(deaf, base("taiwan"), 2)
    assert outcome.kind == "SILENT"
    assert failures({("E16", "taiwan", 2): outcome}, [deaf]) != []
    assert "SILENT" in page({("E16", k, i): outcome for k in BASES for i in range(3)}, [deaf], list(BASES))


def test_a_figure_that_moves_is_seen() -> None:
    true = {"total": 100.0, "month 2025-01": 100.0, "saving": 0.0}
    assert change(true, true)[0] == 0.0
    assert change({**true, "saving": 0.2}, true) == (pytest.approx(0.002), "saving")
    assert change({"total": 100.0, "saving": 0.0}, true)[1] == "month 2025-01"


def test_every_data_file_is_the_one_that_its_licence_page_names() -> None:
    text = (DATA / "DATA_LICENCE.md").read_text(encoding="utf-8")
    named = {name: digest for digest, name in re.findall(r"^([0-9a-f]{64})  (\S+)$", text, re.MULTILINE)}
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in DATA.iterdir()
        if path.is_file() and path.suffix != ".md"
    }
    assert found == named
