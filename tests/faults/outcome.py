"""Reading a faulty file as declared, and judging what came of it against the file without the fault."""

from __future__ import annotations

import math
import resource
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from energycalc.errors import EnergycalcError, InputError
from energycalc.finding import Finding
from energycalc.metering import MeterLayout, MeterSeries, read_meter, series_findings
from energycalc.metering.billing.monthly import read_monthly
from energycalc.metering.doubts.identity import refuse_if_changed, swapped_meters
from energycalc.metering.doubts.scale import findings_against_bill, findings_against_contract
from tests.faults.bases import Base
from tests.faults.trial import Fault, Outcome, Trial

TOLERANCE = 1e-3
"""A headline figure that moves by more than 0.1 % has changed."""
MEMORY = 4 * 2**30
"""No reading may take more address space than this beside what is already taken."""

Headline = Mapping[str, float]


def read(path: Path, base: Base) -> MeterSeries:
    """Read the file as the base declares it: as a meter's, or as bills."""
    layout = MeterLayout(file=path, **base.declared)
    return read_monthly(layout, "bill_end", base.where) if base.bills else read_meter(layout)


def headline(series: MeterSeries, period: tuple[str, str], driver: bool = False) -> Headline:
    """What people take from a meter: total, mean, peak, months, and the second half against the first."""
    part = series.between(*period)
    if driver:
        return {"mean": float(np.mean(part.amount))}
    amount, start = part.amount, part.interval_start
    middle = np.datetime64(period[0].replace(" ", "T"), "s")
    middle = middle + (np.datetime64(period[1].replace(" ", "T"), "s") - middle) // 2
    month = start.astype("datetime64[M]")
    figures = {
        "total": math.fsum(amount.tolist()),
        "mean": float(np.mean(amount)),
        "peak": float(np.max(np.abs(amount))),
        **{f"month {m}": math.fsum(amount[month == m].tolist()) for m in np.unique(month)},
    }
    before = math.fsum(amount[start < middle].tolist())
    figures["saving"] = before - (figures["total"] - before)
    return figures


def change(found: Headline, true: Headline) -> tuple[float, str]:
    """Largest relative change of a figure, and which; the saving is held against the total."""
    worst, which = 0.0, ""
    for name in {*found, *true}:
        if name not in found or name not in true:
            return math.inf, name
        scale = abs(true["total"] if name == "saving" else true[name])
        moved = abs(found[name] - true[name]) / scale if scale else float(found[name] != true[name])
        worst, which = max((worst, which), (moved, name))
    return worst, which


def words(series: MeterSeries) -> dict[str, str]:
    """What the program says about a series: last part of a finding's id, or kind of a notice, with its sentence."""
    said = {finding.id.rpartition(".")[2]: finding.sentence for finding in series_findings(series)}
    return {notice.kind: notice.sentence for notice in getattr(series, "notices", ())} | said


def clean_reading(base: Base, driver: bool = False) -> tuple[MeterSeries, Headline]:
    """The reading of a base without fault; the last few are remembered."""
    return _once(_read_clean, base, driver)


def _read_clean(base: Base, driver: bool) -> tuple[MeterSeries, Headline]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "meter.csv"
        path.write_bytes(base.table.content())
        series = read(path, base)
    return series, headline(series, base.period, driver)


_KEPT: dict[tuple[object, ...], object] = {}


def _once(make: Callable[..., Any], base: Base, *more: object) -> Any:
    """What was made of the same table under the same declaration before; the last 64 are kept."""
    key = (make.__name__, hash(base.table), repr(base.declared), base.period, *more)
    if key not in _KEPT:
        if len(_KEPT) >= 64:
            del _KEPT[next(iter(_KEPT))]
        _KEPT[key] = make(base, *more)
    return _KEPT[key]


@contextmanager
def little_memory() -> Iterator[None]:
    """An upper limit on the address space, so that a file that is read whole fails and not the machine."""
    taken = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (taken + MEMORY, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def try_fault(fault: Fault, base: Base, level: int) -> Outcome:
    """Put the fault into the base at a level, read it as declared, and say what came of it."""
    trial = fault.inject(base, level)
    if isinstance(trial, str):
        return Outcome("n/a", trial)
    truth = trial.truth or base
    true_series, true = clean_reading(truth, trial.driver)
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"meter{trial.suffix}"
        with path.open("wb") as file:
            file.write(trial.content)
            file.truncate(len(trial.content) + trial.hole)
        plain = "not tried" if trial.hole else plain_pandas(path, trial, truth)
        began = time.perf_counter()
        try:
            with little_memory():
                series = read(path, trial.base)
                found = headline(series, trial.base.period, trial.driver)
                said = words(series.between(*trial.base.period)) | words(series)
                said |= _against_context(trial, path, series, true, true_series.sha256)
        except EnergycalcError as refused:
            return Outcome("refused", refused.sentence(), plain=plain, what=trial.what, seconds=_since(began))
        except Exception as error:
            text = f"{type(error).__name__}: {error}"
            return Outcome("CRASH", text[:300], plain=plain, what=trial.what, seconds=_since(began))
    clean = words(true_series.between(*truth.period)) | words(true_series)
    spoken = {name: text for name, text in said.items() if name in fault.says and clean.get(name) != text}
    moved, which = change(found, true)
    evidence = "; ".join(f"{name}: {text}" for name, text in spoken.items())
    if moved <= TOLERANCE:
        return Outcome("same", evidence, moved, bool(spoken), plain, trial.what, _since(began))
    if spoken:
        return Outcome("flagged", evidence, moved, True, plain, trial.what, _since(began))
    others = ", ".join(name for name, text in said.items() if clean.get(name) != text) or "nothing"
    text = f"{which} moves by {moved:.2%}; said: {others}"
    return Outcome("SILENT", text, moved, False, plain, trial.what, _since(began))


def _since(began: float) -> float:
    return time.perf_counter() - began


def _against_context(trial: Trial, path: Path, series: MeterSeries, true: Headline, sha256: str) -> dict[str, str]:
    """What the program says when the case declares a bill, a rated power, the other meter or the recorded SHA-256."""
    findings: list[Finding] = []
    part = series.between(*trial.base.period)
    if trial.recorded:
        refuse_if_changed(path, sha256)
    if trial.bill:
        findings += findings_against_bill(part, true["total"])
    if trial.rated_kw:
        findings += findings_against_contract(part, trial.rated_kw)
    if trial.second is not None:
        base, day = trial.second
        other = _read_clean(base, False)[0]
        begin, end = base.period
        pairs = [(each.between(begin, day), each.between(day, end)) for each in (series, other)]
        with suppress(InputError):  # days and bills have no shape to compare: that is no refusal of the file
            findings += swapped_meters(pairs[0], pairs[1])
    return {finding.id.rpartition(".")[2]: finding.sentence for finding in findings}


# ---------------------------------------------------------------- what plain pandas makes of it


def plain_pandas(path: Path, trial: Trial, truth: Base) -> str:
    """What the usual few lines of pandas make of the file: ``wrong`` and silent, ``same``, or ``raises``."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            found = _plain_headline(path, trial.base)
        except Exception:
            return "raises"
        true = _once(_plain_clean, truth)
    return "same" if change(found, true)[0] <= TOLERANCE else "wrong"


def _plain_clean(base: Base) -> Headline:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "meter.csv"
        path.write_bytes(base.table.content())
        return _plain_headline(path, base)


def _plain_headline(path: Path, base: Base) -> Headline:
    import pandas as pd

    declared = base.declared
    if path.suffix in (".xlsx", ".xlsm", ".xls"):
        frame = pd.read_excel(path)
    else:
        encoding = declared.get("encoding", "utf-8")
        frame = pd.read_csv(path, encoding=encoding, header=declared.get("header_row", 1) - 1)
    stamp = pd.to_datetime(frame[declared["time_column"]], format=declared.get("date_format"), errors="coerce")
    value = pd.to_numeric(frame[declared["value_column"]], errors="coerce")
    by_slot = pd.Series(value.to_numpy(), index=pd.DatetimeIndex(stamp)).groupby(level=0).sum()
    month = stamp.dt.strftime("%Y-%m")
    return {
        "total": float(value.sum()),
        "mean": float(value.mean()),
        "resampled": float(by_slot.resample("D").sum().mean()) if len(by_slot) else 0.0,
        **{str(m): float(v) for m, v in value.groupby(month).sum().items()},
    }
