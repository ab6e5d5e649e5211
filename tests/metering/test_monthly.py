"""Tables with a row a month or a bill: whole months out of bills, and nothing lost between the two."""

import csv
from pathlib import Path

import numpy as np
import pytest

from energycalc.errors import InputError, MeterDataError
from energycalc.metering.billing.monthly import read_monthly
from energycalc.mv.periods import periods_of
from tests.metering.bill_layout import bill_layout as layout

DATA = Path(__file__).resolve().parents[2] / "examples" / "verification" / "data"
KWH_PER_MMBTU = 1 / 0.003412128  # as VERIFI takes it


def table(folder: Path, text: str) -> Path:
    file = folder / "table.csv"
    file.write_text(text, encoding="utf-8")
    return file


def test_calendar_months_from_bills_are_those_that_verifi_publishes() -> None:
    """VERIFI's own calendar months of the same bills (a bill covers the days after the previous reading)."""
    bills = read_monthly(layout(DATA / "verifi_cocoa_bills.csv"), "bill_end", {"meter_id": "cxphrtvad"})
    months = periods_of(bills, "month")
    with (DATA / "verifi_cocoa_monthly_energy.csv").open(encoding="utf-8") as file:
        published = {r["month"]: float(r["value"]) for r in csv.DictReader(file) if r["group"] == "kphwjk5og"}
    assert len(months) == 50
    for start, energy in zip(months.start, months.energy, strict=True):
        assert energy / KWH_PER_MMBTU == pytest.approx(published[str(start)[:7]], rel=1e-12)


def test_the_first_bill_has_no_beginning_and_is_left_out_with_its_energy(tmp_path: Path) -> None:
    file = table(tmp_path, "read_date,use\n2024-01-31,310\n2024-02-29,290\n2024-03-31,620\n")
    series = read_monthly(layout(file), "bill_end")
    assert series.interval_start[0] == np.datetime64("2024-02-01")
    assert series.amount[0] == pytest.approx(10.0)
    assert series.ledger.summary()[0][1:] == (3, 1220.0)
    assert ("rows excluded: the other end of the bill is open", 1, 310.0) in series.ledger.summary()
    assert series.total().value == pytest.approx(910.0)


def test_a_bill_that_names_its_first_day_ends_before_the_next(tmp_path: Path) -> None:
    file = table(tmp_path, "read_date,use\n2024-01-01,310\n2024-02-01,290\n2024-03-01,0\n")
    series = read_monthly(layout(file), "bill_start")
    assert series.interval_end[-1] == np.datetime64("2024-03-01")
    assert series.total().value == pytest.approx(600.0)


SPELLINGS = ["2025-03", "2025/3", "114/3", "114年3月", "民國114年3月", "11403", "２０２５－０３"]


@pytest.mark.parametrize("written", SPELLINGS)
def test_months_in_all_their_spellings(tmp_path: Path, written: str) -> None:
    file = table(tmp_path, f"read_date,use\n{written},31\n")
    series = read_monthly(layout(file), "month")
    assert series.interval_start[0] == np.datetime64("2025-03-01")
    assert len(series.amount) == 31


@pytest.mark.parametrize("written", ["2025-13", "25/3", "March 2025", "", "2025-00"])
def test_what_is_no_month_is_refused_with_its_line(tmp_path: Path, written: str) -> None:
    file = table(tmp_path, f"read_date,use\n2025-01,1\n{written},31\n")
    with pytest.raises(MeterDataError, match="line 3"):
        read_monthly(layout(file), "month")


def test_a_mean_holds_on_every_day_and_is_not_divided(tmp_path: Path) -> None:
    file = table(tmp_path, "read_date,use\n2025-01,20\n2025-02,22\n")
    series = read_monthly(layout(file, quantity_kind="interval_mean", unit="degC"), "month")
    assert set(series.amount) == {20.0, 22.0}


def test_a_cut_in_the_middle_of_a_bill_divides_the_bill_and_loses_nothing(tmp_path: Path) -> None:
    file = table(tmp_path, "read_date,use\n2024-01-15,0\n2024-02-14,300\n2024-03-15,600\n")
    series = read_monthly(layout(file), "bill_end")
    whole = series.between("2024-02-01", "2024-03-01")
    assert whole.total().value == pytest.approx(14 * 10 + 15 * 20)
    assert whole.ledger.rows_read == 3
    assert whole.ledger.rows_used == 2  # both bills have days inside


def test_rows_of_several_meters_without_a_choice_are_refused(tmp_path: Path) -> None:
    file = table(tmp_path, "meter,read_date,use\nA,2024-01,1\nB,2024-01,2\n")
    with pytest.raises(MeterDataError, match="repeats"):
        read_monthly(layout(file), "month")
    assert read_monthly(layout(file), "month", {"meter": "B"}).total().value == pytest.approx(2.0)
    with pytest.raises(MeterDataError, match="no row fits"):
        read_monthly(layout(file), "month", {"meter": "C"})


def test_powers_and_registers_are_no_table_of_months(tmp_path: Path) -> None:
    file = table(tmp_path, "read_date,use\n2024-01,1\n")
    with pytest.raises(InputError, match="table of months"):
        read_monthly(layout(file, quantity_kind="power", unit="kW"), "month")
