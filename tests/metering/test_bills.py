"""Bills against what two public programs make of them, and properties that every spreading has."""

import csv
import gzip
import io
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from energycalc.errors import EnergycalcError, InputError, MeterDataError
from energycalc.metering.billing.bill_file import BillFile, read_bills
from energycalc.metering.billing.bills import Bills, bills_from_reads, calendar_months, daily, merge_estimated

DATA = Path(__file__).parents[2] / "examples" / "verification" / "data"
MMBTU_PER_KWH = 0.003412128  # VERIFI's own constant, data README of its example


def rows(name):
    raw = (DATA / name).read_bytes()
    text = (gzip.decompress(raw) if name.endswith(".gz") else raw).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture(scope="module")
def illinois():
    """27 billed periods of openeemeter's sample meter, whose dates START a period."""
    table = rows("eemeter_il_electricity_cdd_hdd_billing_monthly.csv.gz")
    values = [float(row["value"]) if row["value"] else math.nan for row in table]
    return bills_from_reads([row["start"][:10] for row in table], values, "kWh", "start")


def test_the_days_of_27_bills_keep_their_total(illinois):
    """openeemeter/eemeter, tests/test_transform.py: as_freq keeps 21290.2 kWh, over 792 rows.

    Its rows are days of UTC: the local days from 2015-11-22 on touch one UTC day more, and the last row only closes.
    """
    spread = daily(illinois)
    assert round(math.fsum(illinois.amount), 1) == 21290.2
    assert math.fsum(spread.amount) == pytest.approx(21290.2, abs=0.05)
    assert len(spread.day) == 792 - 2
    assert np.all(np.diff(spread.day) == np.timedelta64(1, "D"))


CASES = [
    ("cxphrtvad", "kphwjk5og", "Electricity", MMBTU_PER_KWH),
    ("5aa2gjfxw", "h1f01pg8t", "Electricity", MMBTU_PER_KWH),
    ("l9aq34nzv", "50vk8quru", "Electricity", MMBTU_PER_KWH),
    ("il5wan2ny", "wzxetistq", "Electricity - Roast", MMBTU_PER_KWH),
    ("0jnkpkqei", "wzxetistq", "Electricity - Solar", MMBTU_PER_KWH),
    ("q3nz7o9cy", "4oif6zvif", "Natural Gas", 1.0),
    ("gpjo798vg", "p336cqtt9", "Natural Gas", 1.0),
    ("c64esp2hs", "pfrzv1lt6", "Natural Gas - Roast", 1.0),
]


@pytest.mark.parametrize(("meter", "group", "name", "factor"), CASES)
def test_calendar_months_are_those_of_verifi(meter, group, name, factor):
    """VERIFI: a bill covers the days after the reading before, up to its own read date; months by days."""
    own = [row for row in rows("verifi_cocoa_bills.csv") if row["meter_id"] == meter]
    expected = {
        row["month"]: float(row["value"])
        for row in rows("verifi_cocoa_monthly_energy.csv")
        if (row["group"], row["meter"]) == (group, name)
    }
    bills = bills_from_reads([row["read_date"] for row in own], [float(row["use"]) for row in own], "kWh", "end")
    months = calendar_months(bills)
    found = dict(zip(months.month.astype("datetime64[M]").astype(str).tolist(), months.amount * factor, strict=True))
    assert set(found) == set(expected) and len(found) >= 25
    assert found == pytest.approx(expected, rel=1e-9)
    assert [left.amount for left in bills.left_out] == [float(own[0]["use"])]
    assert math.fsum(bills.amount) + bills.left_out[0].amount == pytest.approx(sum(float(row["use"]) for row in own))
    assert not months.complete[0] and not months.complete[-1] and months.complete[1:-1].all()


lengths = st.lists(st.integers(1, 70), min_size=2, max_size=20)


@settings(deadline=None)
@given(lengths, st.data())
def test_spreading_keeps_totals_and_money_however_the_periods_lie(days, data):
    amounts = data.draw(st.lists(st.floats(0, 1e9), min_size=len(days), max_size=len(days)))
    ends = np.datetime64("2024-01-15") + np.cumsum(days)
    bills = bills_from_reads(
        list(ends), amounts, "kWh", "end", first_day=str(ends[0] - days[0] + 1), money=[3 * a for a in amounts]
    )
    spread, months = daily(bills), calendar_months(bills)
    total = math.fsum(amounts)
    assert math.fsum(spread.amount) == pytest.approx(total, rel=1e-12)
    assert math.fsum(months.amount) == pytest.approx(total, rel=1e-12)
    assert math.fsum(months.money) == pytest.approx(3 * total, rel=1e-12)
    assert months.days.sum() == bills.days.sum() == len(spread.day) == sum(days)
    assert np.all(months.days <= months.days_of_month)


def test_start_and_end_dates_mean_different_days():
    dates, amounts = ["2025-01-01", "2025-02-01", "2025-03-01"], [310.0, 280.0, math.nan]
    starts = bills_from_reads(dates, amounts, "kWh", "start")
    assert [str(day) for day in starts.last_day] == ["2025-01-31", "2025-02-28"]
    assert calendar_months(starts).amount.tolist() == pytest.approx([310, 280])
    assert calendar_months(starts).complete.all()
    ends = bills_from_reads(dates, [math.nan, 310.0, 280.0], "kWh", "end")
    assert [str(day) for day in ends.first_day] == ["2025-01-02", "2025-02-02"] and ends.left_out == ()


def test_a_last_bill_without_end_is_refused():
    with pytest.raises(InputError, match="no end"):
        bills_from_reads(["2025-01-01", "2025-02-01"], [310, 280], "kWh", "start")
    assert len(bills_from_reads(["2025-01-01", "2025-02-01"], [310, math.nan], "kWh", "start").amount) == 1


@pytest.mark.parametrize("dates", [["2025-02-01", "2025-01-01"], ["2025-01-01", "2025-01-01"], ["2025-01-01"]])
def test_dates_that_do_not_increase_are_refused(dates):
    with pytest.raises(InputError, match="must increase"):
        bills_from_reads(dates, [1.0] * len(dates), "kWh", "end")


def made(first, last, amounts, estimated=None):
    days = (np.array(first, dtype="datetime64[D]"), np.array(last, dtype="datetime64[D]"))
    flags = np.zeros(len(amounts), dtype=bool) if estimated is None else np.array(estimated)
    return Bills(*days, np.array(amounts, dtype=float), "kWh", np.empty(0), "TWD", flags)


def test_overlapping_backward_and_empty_bills_are_refused():
    good = made(["2025-01-01", "2025-02-01"], ["2025-01-31", "2025-02-28"], [1, 2])
    assert good.days.tolist() == [31, 28]
    with pytest.raises(InputError, match="overlaps"):
        made(["2025-01-01", "2025-01-31"], ["2025-01-31", "2025-02-28"], [1, 2])
    with pytest.raises(InputError, match="ends before"):
        made(["2025-01-01"], ["2024-12-31"], [1])
    with pytest.raises(InputError, match="no amount"):
        made(["2025-01-01"], ["2025-01-31"], [math.nan])
    with pytest.raises(InputError, match="needs its days"):
        made([], [], [])


def test_days_between_bills_stay_missing():
    months = calendar_months(made(["2025-01-01", "2025-02-11"], ["2025-01-31", "2025-02-28"], [31, 18]))
    assert months.days.tolist() == [31, 18] and months.complete.tolist() == [True, False]
    assert months.amount.tolist() == pytest.approx([31, 18])


def test_estimated_reads_are_merged_with_the_next_true_one():
    first = ["2025-01-01", "2025-02-01", "2025-03-01", "2025-04-01"]
    last = ["2025-01-31", "2025-02-28", "2025-03-31", "2025-04-30"]
    merged = merge_estimated(made(first, last, [10, 20, 30, 40], [False, True, False, True]))
    assert merged.amount.tolist() == [10, 50] and str(merged.first_day[1]) == "2025-02-01"
    assert [left.amount for left in merged.left_out] == [40]
    assert math.fsum(merged.amount) + 40 == 100
    # 28 + 31 + 30 days are more than the 70 of CalTRACK
    long = merge_estimated(made(first, last, [10, 20, 30, 40], [False, True, True, False]))
    assert long.amount.tolist() == [10] and sum(left.amount for left in long.left_out) == 90
    kept = merge_estimated(made(first, last, [10, 20, 30, 40]))
    assert kept.amount.tolist() == [10, 20, 30, 40] and kept.left_out == ()


# ---------------------------------------------------------------- files of bills


def test_a_file_of_bills_is_read_for_one_meter():
    bills, notices = read_bills(
        BillFile(
            file=DATA / "verifi_cocoa_bills.csv",
            date_column="read_date",
            amount_column="use",
            unit="kWh",
            reads="end",
            only=("meter_id", "cxphrtvad"),
        )
    )
    assert len(bills.amount) == 51 and bills.left_out[0].amount == 807531 and notices == ()
    assert str(bills.first_day[0]) == "2021-12-27" and bills.amount[0] == 1351322
    assert bills.source.file.column == "use" and bills.source.file.rows == "2 to 53"


@pytest.fixture
def taiwan(tmp_path):
    """A file of two bills as an accountant keeps them (numbers made up)."""

    def make(rows=(("114/01/01", "114/02/28", '"12,345"', '"NT$ 45,678"', "實抄"),
                   ("114/03/01", "114/04/30", '"10,000"', '"40,000元"', "推估")), **changed):  # fmt: skip
        path = tmp_path / "bills.csv"
        lines = ["起日,迄日,度數(度),金額,抄表", *(",".join(row) for row in rows)]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        declared = {
            "file": path, "date_column": "迄日", "first_day_column": "起日", "amount_column": "度數(度)", "unit": "度",
            "money_column": "金額", "estimated_column": "抄表",
        }  # fmt: skip
        return BillFile(**(declared | changed))

    return make


def test_both_days_money_and_estimates_of_a_file(taiwan):
    bills, notices = read_bills(taiwan())
    assert [str(day) for day in (*bills.first_day, *bills.last_day)] == [
        "2025-01-01", "2025-03-01", "2025-02-28", "2025-04-30",
    ]  # fmt: skip
    assert bills.amount.tolist() == [12345, 10000] and bills.money.tolist() == [45678, 40000]
    assert bills.estimated.tolist() == [False, True] and bills.unit == "kWh"
    assert {notice.kind for notice in notices} == {"roc_date", "thousands_separator"}
    assert bills.days.tolist() == [59, 61]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"reads": "end"}, "either which end"),
        ({"first_day_column": None}, "either which end"),
        ({"unit": "MWh"}, "header names kWh"),
    ],
)
def test_contradicting_declarations_of_bills_are_refused(taiwan, changed, message):
    with pytest.raises(InputError, match=message):
        read_bills(taiwan(**changed))


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (("114/03/01", "114/04/30", "10000", "40000", "?"), "does not say whether"),
        (("114/03/01", "114/04/30", "abc", "40000", ""), "not a number"),
        (("114/02/28", "114/04/30", "10000", "40000", ""), "overlaps"),
        (("114/03/01", "114/04/30", "", "40000", ""), "no amount"),
    ],
)
def test_bills_that_cannot_be_read_are_refused(taiwan, row, message):
    good = ("114/01/01", "114/02/28", "12345", "45678", "")
    with pytest.raises(EnergycalcError, match=message):
        read_bills(taiwan((good, row)))


def test_energies_of_bills_become_kwh(tmp_path):
    path = tmp_path / "bills.csv"
    path.write_text("date,use\n2025-01-31,\n2025-02-28,12\n", encoding="utf-8")
    declared = {"file": path, "date_column": "date", "amount_column": "use", "reads": "end"}
    assert read_bills(BillFile(unit="MWh", **declared))[0].amount.tolist() == [12000]
    gas, _ = read_bills(BillFile(unit="m3", **declared))
    assert (gas.unit, gas.amount.tolist(), gas.left_out) == ("m3", [12], ())
    with pytest.raises(MeterDataError, match="no row"):
        read_bills(BillFile(unit="m3", only=("use", "13"), **declared))
