"""Demand charge: a maximum falls by what the record shows at that moment, and by nothing else."""

import gzip
import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

import energycalc
from energycalc.case.case import Case
from energycalc.effects.effects import effects_of
from energycalc.effects.meters import meters_of
from energycalc.effects.money.demand import candidates, demand_result
from energycalc.effects.money.money import money_of
from energycalc.effects.money.results import DemandResult, Money
from energycalc.errors import EnergycalcError, MeterDataError
from energycalc.factors.tariff_store import published_tariff
from energycalc.metering import MeterSeries
from energycalc.quantity import quantity
from tests.money.conftest import case_of

SLOTS = np.arange("2025-01-01T00:00", "2026-01-01T00:00", 15, dtype="datetime64[m]")
HOUR = (SLOTS - SLOTS.astype("datetime64[D]")).astype(int) / 60
SAVED = 50_000.0


def result(folder: Path, main: np.ndarray, air: np.ndarray, *changes: tuple[str, str], step: int = 1) -> DemandResult:
    """The demand charge with two made-up records in kWh per slot, and 50,000 kWh saved on the second."""
    text = io.StringIO()
    text.write("time,main_kwh,air_kwh\n")
    for when, one, other in zip(SLOTS[::step], main, air, strict=True):
        text.write(f"{str(when).replace('T', ' ')},{one:.3f},{other:.3f}\n")
    (folder / "record_2025.csv.gz").write_bytes(gzip.compress(text.getvalue().encode()))
    case: Case = case_of(*changes, folder=folder)
    plan = published_tariff("2025-10", "high", "three_tier_fixed")
    saved = {"C": quantity(SAVED, "kWh"), "A": quantity(1e6, "kWh")}
    return demand_result(case, plan, meters_of(case), saved)


def charge(maximum: float, contract: float) -> float:
    """Twelve months at one maximum: HV 223.60 in summer, 166.90 outside; May and October hold both."""
    above = max(0.0, maximum - contract)
    within = min(above, 0.1 * contract)
    months = 4 * 223.6 + 6 * 166.9 + (16 / 31 + 15 / 31) * 223.6 + (15 / 31 + 16 / 31) * 166.9
    return (contract + 2 * within + 3 * (above - within)) * months


AIR_BY_DAY = np.where((HOUR >= 8) & (HOUR < 18), 10.0, 0.0)
PEAK_BY_DAY = np.where((HOUR >= 10) & (HOUR < 11), 200.0, 50.0)
PEAK_BY_NIGHT = np.where((HOUR >= 20) & (HOUR < 21), 200.0, 50.0)


@pytest.mark.parametrize(("contract", "after"), [("850 kW", 850), ("760 kW", 760), ("700 kW", 700)])
def test_the_charge_by_hand(tmp_path: Path, contract: str, after: float) -> None:
    """800 kW by day; the saving is spread over the record's 3,650 h, so 50,000 kWh take 13.7 kW off the maximum.

    Contracts of 850 (nothing above), 760 (within 10 %) and 700 kW (10 % double, the rest triple).
    """
    found = result(tmp_path, PEAK_BY_DAY, AIR_BY_DAY, ("contract: 800 kW", f"contract: {contract}"),
                   ("    contract_after: 790 kW\n", ""))  # fmt: skip
    lower = 800 - SAVED / 3650
    assert [float(m.after.value) for m in found.months] == pytest.approx([lower] * 12)
    assert float(found.before.value) == pytest.approx(charge(800, after), rel=1e-9)
    assert float(found.after.value) == pytest.approx(charge(lower, after), rel=1e-9)
    assert found.left_out == ("A",)
    if after == 850:
        assert float(found.saved.value) == pytest.approx(0, abs=1e-6)


def test_a_saving_at_another_hour_lowers_no_maximum(tmp_path: Path) -> None:
    found = result(tmp_path, PEAK_BY_NIGHT, AIR_BY_DAY, ("contract: 800 kW", "contract: 600 kW"),
                   ("    contract_after: 790 kW\n", ""))  # fmt: skip
    assert [float(m.after.value) for m in found.months] == pytest.approx([800.0] * 12)
    assert float(found.saved.value) == pytest.approx(0, abs=1e-6)


def test_a_lower_contract_alone_saves_its_price(tmp_path: Path) -> None:
    found = result(tmp_path, PEAK_BY_DAY, AIR_BY_DAY, ("contract: 800 kW", "contract: 850 kW"),
                   ("contract_after: 790 kW", "contract_after: 820 kW"))  # fmt: skip
    assert float(found.saved.value) == pytest.approx(charge(800, 850) - charge(700, 820), rel=1e-9)


def test_hourly_records_are_refused(tmp_path: Path) -> None:
    hourly = [("interval: 15 min", "interval: 60 min")]
    with pytest.raises(MeterDataError, match="slots of 15 minutes"):
        result(tmp_path, PEAK_BY_DAY[::4] * 4, AIR_BY_DAY[::4] * 4, *hourly, step=4)


def test_a_record_with_gaps_is_refused(tmp_path: Path, money: Callable[..., Money]) -> None:
    case = case_of()
    lines = gzip.decompress((case.folder / "record_2025.csv.gz").read_bytes()).decode().splitlines(keepends=True)
    (tmp_path / "record_2025.csv.gz").write_bytes(gzip.compress("".join(lines[:5000] + lines[5004:]).encode()))
    holed = case_of(("    accuracy_class: 1 %", "    accuracy_class: 1 %\n    gaps: report"), folder=tmp_path)
    series: dict[str, MeterSeries] = meters_of(holed)
    totals = {id: s.total() for id, s in series.items()}
    with pytest.raises(EnergycalcError, match="missing slots|missing or filled slots"):
        money_of(holed, effects_of(holed, energycalc.published_factors(), totals), series)
    assert money().demand is not None


def test_a_stated_week_lowers_no_demand(money: Callable[..., Money]) -> None:
    found = money()
    assert found.demand is not None
    assert found.demand.measures == ("C",)
    assert found.demand.left_out == ("A", "B")
    assert "money.no_coincidence" in {f.id for f in found.findings}


@settings(deadline=None)
@given(
    demand=arrays.arrays(float, 30, elements=st.floats(0, 1000)),
    taken=arrays.arrays(float, 30, elements=st.floats(0, 300)),
    share=st.floats(0, 2),
)
def test_the_kept_slots_hold_the_maximum_for_every_size_of_the_saving(
    demand: np.ndarray, taken: np.ndarray, share: float
) -> None:
    kept = candidates(demand, taken, 2.0)
    rest = demand - share * taken
    assert rest[kept].max() == pytest.approx(rest.max(), abs=1e-9)
