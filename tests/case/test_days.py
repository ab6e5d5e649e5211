"""Days as people in Taiwan write them."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from energycalc.case.days import read_day, roc_year
from energycalc.errors import InputError

LAST_JANUARY = dt.date(2018, 1, 31)


@pytest.mark.parametrize(
    "text",
    ["2018-01-31", "2018/1/31", "2018.1.31", "107/1/31", "107-01-31", "民國107年1月31日", "民國 107 年 1 月 31 日",
    "107年1月31日",
     "西元2018年1月31日", "２０１８／１／３１", " 2018-1-31 "],
)  # fmt: skip
def test_one_day_written_in_many_ways(text: str) -> None:
    assert read_day(text) == LAST_JANUARY


@pytest.mark.parametrize("text", ["99/12/31", "民國99年12月31日"])
def test_a_two_digit_year_is_a_year_of_the_republic(text: str) -> None:
    assert read_day(text) == dt.date(2010, 12, 31)


@pytest.mark.parametrize(
    "text",
    ["", "2018-01", "31-01-2018", "31/12/18", "1/2/18", "18/1/31", "12/31/2018", "2018-13-01", "107/2/29", "2018-02-30",
     "2018-1-1 00:00", "1071031", "Jan 31 2018", "西元107年1月31日", "民國2018年1月31日", "2018-00-10", "0107/1/1",
     "3018-1-1"],
)  # fmt: skip
def test_what_is_no_day_or_may_be_another_is_refused(text: str) -> None:
    with pytest.raises(InputError) as caught:
        read_day(text, "period")
    assert caught.value.subject == "period"
    assert repr(text) in str(caught.value.value)
    assert "107/1/31" in caught.value.next_step


@given(st.dates(dt.date(1950, 1, 1), dt.date(2100, 12, 31)))
@settings(max_examples=60, deadline=None)
def test_both_calendars_name_the_same_day(day: dt.date) -> None:
    year = roc_year(day.year)
    assert read_day(day.isoformat()) == day
    assert read_day(f"民國{year}年{day.month}月{day.day}日") == day
