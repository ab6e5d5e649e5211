"""The tariff as data: every hour has one price, those of Taipower's schedule of 2025-10-01."""

import datetime as dt
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from energycalc.data_files import data_folder
from energycalc.errors import FactorError
from energycalc.factors.tariff import TariffPlan
from energycalc.factors.tariff_store import published_tariff, read_tariff, spans, tariff_names

COMPLETE = [name for name in tariff_names() if name[2] != "three_tier_mobile"]
WEEK = np.arange("2026-11-02", "2026-11-09", dtype="datetime64[D]")  # Monday to Sunday, no off-peak day, non-summer


def plan(name: str = "three_tier_fixed", voltage: str = "high") -> TariffPlan:
    return published_tariff("2025-10", voltage, name)


def price_at(chosen: TariffPlan, moment: str) -> float:
    """Price of one kWh used in the minute that begins at a moment."""
    return chosen.paid_by_minutes(np.array([moment], dtype="datetime64[s]"), 60, np.array([1.0]))


def days(year: int) -> np.ndarray:
    return np.arange(f"{year}-01-01", f"{year + 1}-01-01", dtype="datetime64[D]")


@pytest.mark.parametrize("name", COMPLETE)
@pytest.mark.parametrize(("year", "hours"), [(2024, 8784), (2025, 8760), (2026, 8760), (2027, 8760), (2028, 8784)])
def test_the_hours_of_a_year_are_all_there(name: tuple[str, str, str], year: int, hours: int) -> None:
    assert published_tariff(*name).tier_hours(days(year)).sum() == pytest.approx(hours, abs=1e-9)


@pytest.mark.parametrize(
    ("name", "voltage", "moment", "price"),
    [
        ("three_tier_fixed", "high", "2026-07-01T16:00", 9.39),  # Wednesday; the schedule's summer peak is 16-22
        ("three_tier_fixed", "high", "2026-07-01T21:59", 9.39),
        ("three_tier_fixed", "high", "2026-07-01T15:59", 5.85),
        ("three_tier_fixed", "high", "2026-07-01T22:00", 5.85),
        ("three_tier_fixed", "high", "2026-07-01T23:59", 5.85),  # until 24:00
        ("three_tier_fixed", "high", "2026-07-02T00:00", 2.53),
        ("three_tier_fixed", "high", "2026-11-04T17:00", 5.47),  # non-summer has no peak tier
        ("three_tier_fixed", "high", "2026-11-04T11:00", 2.32),
        ("three_tier_fixed", "high", "2026-11-04T13:59", 2.32),
        ("three_tier_fixed", "high", "2026-11-04T14:00", 5.47),
        ("three_tier_fixed", "high", "2026-07-04T10:00", 2.60),  # Saturday
        ("three_tier_fixed", "high", "2026-07-05T17:00", 2.53),  # Sunday
        ("two_tier", "high", "2026-05-15T12:00", 2.46),  # the last day before the summer of high voltage
        ("two_tier", "high", "2026-05-18T12:00", 6.75),  # Monday after it began
        ("two_tier", "high", "2026-10-15T12:00", 6.75),
        ("two_tier", "high", "2026-10-16T12:00", 2.46),
        ("two_tier", "low", "2026-05-29T12:00", 2.15),  # low voltage: from 1 June
        ("two_tier", "low", "2026-06-01T12:00", 5.54),
        ("two_tier", "low", "2026-10-01T12:00", 2.15),
        ("batch", "extra_high", "2026-07-01T15:30", 11.44),
        ("batch", "extra_high", "2026-07-01T21:30", 2.99),
    ],
)
def test_the_price_of_a_moment_is_the_schedules(name: str, voltage: str, moment: str, price: float) -> None:
    assert price_at(plan(name, voltage), moment) == pytest.approx(price, abs=1e-12)


def test_a_flat_week_of_the_two_tier_plan_by_hand() -> None:
    """Non-summer, HV: five days with 15 h of peak and 9 h off, Saturday 15 h partial and 9 h off, Sunday all off."""
    chosen = plan("two_tier")
    hours = dict(zip((t.key for t in chosen.tiers), chosen.tier_hours(WEEK), strict=True))
    assert hours["non_summer.peak"] == 75
    assert hours["non_summer.saturday_partial_peak"] == 15
    assert hours["non_summer.off_peak"] == 45 + 9 + 24
    slots = np.arange("2026-11-02", "2026-11-09", dtype="datetime64[m]").reshape(-1, 15)[:, 0].astype("datetime64[s]")
    paid = chosen.paid_by_minutes(slots, 900, np.full(len(slots), 0.25))
    assert paid == pytest.approx(75 * 6.37 + 15 * 2.54 + 78 * 2.46, rel=1e-12)


def test_day_and_night_shift_by_hand() -> None:
    """HV three tiers, non-summer week: a day shift 08-12 and 13-17, and a night shift 22-06, both Monday to Friday."""
    chosen = plan()
    one = {kind: np.zeros(1440) for kind in ("weekday", "saturday", "sunday", "off_peak_day")}
    day = {k: v.copy() for k, v in one.items()}
    for first, last in spans("08:00-12:00,13:00-17:00"):
        day["weekday"][first:last] = 1
    night = {k: v.copy() for k, v in one.items()}
    for first, last in spans("00:00-06:00,22:00-24:00"):
        night["weekday"][first:last] = 1
    prices = {key: q.value for key, q in chosen.prices().items()}

    def mean(minutes: dict[str, np.ndarray]) -> float:
        hours = chosen.tier_hours(WEEK, minutes)
        return sum(h * prices[t.key] for h, t in zip(hours, chosen.tiers, strict=True)) / hours.sum()

    assert mean(day) == pytest.approx((6 * 5.47 + 2 * 2.32) / 8, rel=1e-12)  # 11-12 and 13-14 are off-peak
    assert mean(night) == pytest.approx((2 * 5.47 + 6 * 2.32) / 8, rel=1e-12)  # 22-24 is partial peak


@settings(deadline=None, max_examples=30)
@given(start=st.dates(dt.date(2025, 1, 1), dt.date(2027, 11, 1)), step=st.sampled_from([15, 30, 60, 1440]))
def test_tiers_and_minutes_pay_the_same(start: dt.date, step: int) -> None:
    chosen = plan()
    first = np.datetime64(start).astype("datetime64[s]")
    slots = np.arange(first, first + np.timedelta64(14 * 86400, "s"), np.timedelta64(step * 60, "s"))
    amount = 1 + np.arange(len(slots)) % 7
    tiers = chosen.tier_energy(slots, step * 60, amount)
    by_tier = sum(e * q.value for e, q in zip(tiers, chosen.prices().values(), strict=True))
    assert tiers.sum() == pytest.approx(amount.sum(), rel=1e-12)
    assert by_tier == pytest.approx(chosen.paid_by_minutes(slots, step * 60, amount), rel=1e-12)


def test_off_peak_days_are_the_tariffs_own_not_the_governments() -> None:
    """2027 as read off Taipower's calendar by the source of the list: 4 to 10 February, 28 September, 25 October."""
    kinds = dict(zip(days(2027).tolist(), plan().day_kinds(days(2027)).tolist(), strict=True))
    off = [day for day, kind in kinds.items() if kind == "off_peak_day"]
    assert [d for d in off if d.month == 2] == [dt.date(2027, 2, n) for n in (4, 5, 6, 8, 9, 10)]  # the 7th is a Sunday
    assert {dt.date(2027, 9, 28), dt.date(2027, 10, 25), dt.date(2027, 12, 25)} <= set(off)
    kinds = dict(zip(days(2026).tolist(), plan().day_kinds(days(2026)).tolist(), strict=True))
    assert kinds[dt.date(2026, 2, 28)] == "off_peak_day"  # a Saturday
    assert kinds[dt.date(2026, 2, 27)] == "weekday"  # a substitute day of the government is not off-peak
    assert kinds[dt.date(2026, 4, 6)] == "weekday"
    assert kinds[dt.date(2026, 9, 28)] == "off_peak_day"


def test_a_plan_with_missing_prices_is_refused_and_a_complete_one_is_not() -> None:
    with pytest.raises(FactorError, match="no price for some hours.*three_tier_mobile|three_tier_mobile.*no price"):
        plan("three_tier_mobile")
    assert plan().tiers
    with pytest.raises(FactorError, match="no such tariff"):
        published_tariff("2024-10", "high", "two_tier")


def copied(tmp_path: Path, table: str, old: str, new: str) -> Path:
    shutil.copytree(data_folder() / "tariffs", tmp_path / "tariffs")
    path = tmp_path / "tariffs" / f"{table}.csv"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return tmp_path / "tariffs"


def test_two_prices_for_one_hour_and_two_for_one_register_are_refused(tmp_path: Path) -> None:
    row = "summer,weekday,off_peak,00:00-09:00,2.71"
    folder = copied(tmp_path / "a", "energy", row, row.replace("09:00", "09:15"))
    with pytest.raises(FactorError, match="2 prices"):
        read_tariff(folder, "2025-10", "high", "two_tier")
    folder = copied(tmp_path / "b", "energy", row, row.replace("2.71", "2.72"))
    with pytest.raises(FactorError, match="one register has two prices"):
        read_tariff(folder, "2025-10", "high", "two_tier")
    assert read_tariff(data_folder() / "tariffs", "2025-10", "high", "two_tier").rows


@pytest.mark.parametrize("hours", ["22:00-06:00", "08:00", "00:00-24:30", "08:60-09:00", "09:00-09:00", ""])
def test_hours_that_are_none_are_refused(hours: str) -> None:
    with pytest.raises(FactorError):
        spans(hours)


def test_hours_that_are_some_are_read() -> None:
    assert spans("00:00-06:00, 22:00-24:00") == ((0, 360), (1320, 1440))


def test_slots_that_fit_no_hours_are_refused() -> None:
    one = np.array(["2026-07-01T23:50"], dtype="datetime64[s]")
    with pytest.raises(FactorError, match="over midnight"):
        plan().tier_energy(one, 900, np.array([1.0]))
    with pytest.raises(FactorError, match="whole minutes"):
        plan().tier_energy(one, 90, np.array([1.0]))
