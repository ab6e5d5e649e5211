"""Days of a factory, against the work calendar in Taiwan's daily electricity record and the DGPA's own lists."""

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from energycalc.errors import InputError
from energycalc.mv.models.calendar import Calendar, calendar_findings

DATA = Path(__file__).parents[2] / "examples" / "verification" / "data"
TAIWAN = DATA / "taiwan_industrial_electricity_daily_2016_2019.csv.gz"
OFF = ("weekend", "holiday", "lunar_new_year")


def days(first: str, last: str) -> np.ndarray:
    return np.arange(first, np.datetime64(last) + 1, dtype="datetime64[D]")


def type_of(day: str, calendar: Calendar | None = None) -> str:
    return str((calendar or Calendar()).day_types(np.array([day], dtype="datetime64[D]"))[0])


@pytest.mark.skipif(not TAIWAN.exists(), reason="the record is not among the examples")
def test_every_day_of_the_taiwan_record() -> None:
    """1,369 days: days worked agree but for one, holidays but for two; all three are slips of the record."""
    record = pd.read_csv(TAIWAN)
    day = record.date.to_numpy("datetime64[D]")
    types = Calendar().day_types(day)
    not_worked = record["weekday_adjusted_1mon_7sun"].to_numpy() >= 6
    # Tomb-Sweeping Day of 2016 (5 April) stands there as an ordinary Tuesday.
    assert day[np.isin(types, OFF) != not_worked].tolist() == [date(2016, 4, 5)]
    # Armed Forces Day (3 September) is marked as a holiday, but also as worked; factories work.
    marked = record["is_holiday"].to_numpy() == 1
    assert day[np.isin(types, OFF) != marked].tolist() == [date(2018, 9, 3), date(2019, 9, 3)]


@pytest.mark.parametrize(
    ("first", "last"),
    [("2016-02-07", "2016-02-14"), ("2024-02-08", "2024-02-14"), ("2025-01-27", "2025-02-02"),
     ("2026-02-15", "2026-02-22")],
)  # fmt: skip
def test_lunar_new_year_from_eve_to_end(first: str, last: str) -> None:
    """The breaks that the government's calendars announce, without the weekend before them."""
    year = first[:4]
    whole = days(f"{year}-01-01", f"{year}-12-31")
    found = whole[Calendar().day_types(whole) == "lunar_new_year"]
    np.testing.assert_array_equal(found, days(first, last))


def test_lunar_new_year_as_a_plain_holiday() -> None:
    assert type_of("2024-02-10", Calendar(lunar_new_year=False)) == "holiday"


@pytest.mark.parametrize("day", ["2016-06-04", "2019-10-05", "2023-01-07", "2025-02-08"])
def test_make_up_saturdays(day: str) -> None:
    """Saturdays worked by the government's calendars."""
    assert type_of(day) == "workday"
    assert type_of(day, Calendar(make_up_workdays="own")) == "make_up_workday"
    assert type_of(day, Calendar(make_up_workdays="weekend")) == "weekend"
    assert type_of(str(np.datetime64(day) + 7)) == "weekend"


def test_labour_day() -> None:
    assert type_of("2019-05-01") == "holiday"
    assert type_of("2019-05-01", Calendar(labour_day=False)) == "workday"
    assert type_of("2026-05-01", Calendar(labour_day=False)) == "holiday"  # a public holiday since
    assert type_of("2019-05-01", Calendar("US")) == "workday"


def test_what_is_declared_goes_first() -> None:
    calendar = Calendar(
        shutdowns=((date(2025, 8, 4), date(2025, 8, 15)),), extra_workdays=(date(2025, 10, 10), date(2025, 3, 9))
    )
    assert type_of("2025-08-09", calendar) == "shutdown"  # a Saturday
    assert type_of("2025-08-18", calendar) == "workday"
    assert type_of("2025-10-10", calendar) == "workday"  # National Day
    assert type_of("2025-03-09", calendar) == "workday"  # a Sunday
    assert "shutdown" in calendar.types and "shutdown" not in Calendar().types


def test_plants_that_work_on_saturdays() -> None:
    six = Calendar(working_weekdays=(0, 1, 2, 3, 4, 5))
    assert type_of("2025-03-08", six) == "workday" and type_of("2025-03-09", six) == "weekend"
    assert type_of("2025-03-08", Calendar(saturdays=True)) == "saturday"
    assert type_of("2025-03-09", Calendar(saturdays=True)) == "weekend"


def test_other_countries() -> None:
    assert type_of("2018-02-16", Calendar("KR")) == "lunar_new_year"  # Seollal
    assert type_of("2018-10-03", Calendar("KR")) == "holiday"  # Gaecheonjeol
    assert type_of("2018-07-04", Calendar("US")) == "holiday"
    assert type_of("2018-10-10", Calendar("US")) == "workday"


def test_the_package_is_named_with_its_version() -> None:
    import holidays

    assert Calendar().stamp == f"holidays {holidays.__version__}, TW"
    assert Calendar("US", "CA").stamp.endswith("US-CA")


def test_years_without_an_official_list_are_said() -> None:
    assert not calendar_findings(Calendar(), date(2016, 1, 1), date(2026, 12, 31))
    (finding,) = calendar_findings(Calendar(), date(2026, 1, 1), date(2028, 2, 1))
    assert finding.severity == "warning" and "2027-2028" in finding.sentence and "2027-2028" in finding.sentence_zh
    (other,) = calendar_findings(Calendar("KR"), date(2018, 1, 1), date(2018, 12, 31))
    assert "none" in other.sentence


def test_hours_take_the_type_of_their_day() -> None:
    hours = np.arange("2025-02-08T00", "2025-02-10T00", dtype="datetime64[h]")
    assert Calendar().day_types(hours).tolist() == ["workday"] * 24 + ["weekend"] * 24


@pytest.mark.parametrize(
    "call",
    [
        lambda: Calendar("XX").day_types(days("2025-01-01", "2025-01-02")),
        lambda: Calendar("TW", "nowhere").day_types(days("2025-01-01", "2025-01-02")),
        lambda: Calendar().day_types(days("1990-01-01", "1990-01-02")),
        lambda: Calendar(working_weekdays=()),
        lambda: Calendar(working_weekdays=(7,)),
        lambda: Calendar(shutdowns=((date(2025, 2, 2), date(2025, 2, 1)),)),
        lambda: Calendar(shutdowns=((date(2025, 2, 1), date(2025, 2, 3)),), extra_workdays=(date(2025, 2, 2),)),
    ],
)
def test_refused(call: object) -> None:
    with pytest.raises(InputError):
        call()  # type: ignore[operator]
