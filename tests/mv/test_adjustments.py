"""Adjustments are records: complete, in the saving's unit and period, and never a way to lose a point."""

import math
from datetime import date

import numpy as np
import pytest

from energycalc.errors import InputError
from energycalc.mv.periods import Periods
from energycalc.mv.savings.adjustments import (
    Adjustment,
    adjusted_by,
    adjustment_findings,
    variances,
    without_equal_periods,
)


def adjustment(**changes: object) -> Adjustment:
    words: dict[str, object] = {
        "kind": "non_routine",
        "what": "a second furnace was started",
        "first": date(2024, 5, 1),
        "last": date(2024, 6, 30),
        "quantity": 1200.0,
        "unit": "kWh",
        "method": "sub_meter",
        "evidence": "sub-meter F2, photographs of the register",
        "by": "plant engineer",
        "standard_uncertainty": 30.0,
    }
    return Adjustment(**(words | changes))  # type: ignore[arg-type]


def days(first: str, number: int) -> Periods:
    start = np.arange(number).astype("timedelta64[D]") + np.datetime64(first, "s")
    return Periods(start, start + np.timedelta64(1, "D"), np.arange(1.0, number + 1), "kWh", "day")


def test_quantities_and_variances_add_up() -> None:
    other = adjustment(what="hall 3 closed", quantity=-500.0, standard_uncertainty=40.0, degrees_of_freedom=5.0)
    unsure = adjustment(quantity=10.0, standard_uncertainty=None)
    assert adjusted_by([adjustment(), other, unsure], "kWh", days("2024-01-01", 366)) == pytest.approx(710.0)
    assert variances([adjustment(), other, unsure]) == [(900.0, math.inf), (1600.0, 5.0)]
    assert adjusted_by([], "kWh", days("2024-01-01", 366)) == 0


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"kind": "extra"}, "is unknown"),
        ({"method": "guess"}, "is unknown"),
        ({"what": " "}, "what happened"),
        ({"evidence": ""}, "evidence"),
        ({"by": ""}, "by"),
        ({"last": date(2024, 4, 1)}, "before it begins"),
        ({"quantity": math.nan}, "finite quantity"),
        ({"quantity": 0.0}, "adjusts nothing"),
        ({"standard_uncertainty": -1.0}, "uncertainty that is none"),
        ({"standard_uncertainty": math.inf}, "uncertainty that is none"),
    ],
)
def test_an_incomplete_record_is_refused(changes: dict[str, object], message: str) -> None:
    with pytest.raises(InputError, match=message):
        adjustment(**changes)


def test_an_effect_that_is_in_the_model_has_no_quantity_of_its_own() -> None:
    assert adjustment(method="indicator", quantity=0.0, standard_uncertainty=None).quantity == 0
    assert adjustment_findings([adjustment(method="indicator", quantity=0.0, standard_uncertainty=None)]) == []


def test_another_unit_or_another_time_is_refused() -> None:
    year = days("2024-01-01", 366)
    with pytest.raises(InputError, match="another unit"):
        adjusted_by([adjustment(unit="MWh")], "kWh", year)
    with pytest.raises(InputError, match="outside the reporting period"):
        adjusted_by([adjustment(first=date(2023, 5, 1), last=date(2023, 6, 30))], "kWh", year)
    with pytest.raises(InputError, match="outside the reporting period"):
        adjusted_by([adjustment(first=date(2025, 1, 1), last=date(2025, 1, 2))], "kWh", year)
    edge = adjustment(first=date(2024, 12, 31), last=date(2025, 1, 31))
    assert adjusted_by([edge], "kWh", year) == 1200


def test_no_stated_uncertainty_is_a_finding_and_a_stated_one_is_not() -> None:
    (finding,) = adjustment_findings([adjustment(standard_uncertainty=None), adjustment()])
    assert (finding.id, finding.severity) == ("mv.adjustment_without_uncertainty", "warning")
    assert "+1,200 kWh" in finding.sentence and "+1,200 kWh" in finding.sentence_zh
    assert adjustment_findings([adjustment(standard_uncertainty=0.0)]) == []


def test_equal_periods_are_left_out_of_both_years_and_listed() -> None:
    before, after = days("2023-01-01", 365), days("2024-01-01", 366)
    kept = without_equal_periods(before, after, date(2024, 2, 10), date(2024, 2, 16), "fire in the substation")
    for whole, part, year in zip((before, after), kept, (2023, 2024), strict=True):
        assert len(whole) - len(part) == 7
        assert [str(each.start)[:10] for each in part.left_out] == [f"{year}-02-{d}" for d in range(10, 17)]
        assert part.energy.sum() + sum(each.energy for each in part.left_out) == whole.energy.sum()
        assert {each.reason for each in part.left_out} == {"fire in the substation"}


def test_an_event_over_new_year_and_a_leap_day_fall_on_the_same_days() -> None:
    before, after = days("2022-07-01", 365), days("2023-07-01", 366)
    kept = without_equal_periods(before, after, date(2023, 12, 30), date(2024, 1, 2), "strike")
    assert [len(before) - len(kept[0]), len(after) - len(kept[1])] == [4, 4]
    kept = without_equal_periods(before, after, date(2024, 2, 29), date(2024, 2, 29), "outage")
    assert [str(kept[i].left_out[0].start)[:10] for i in (0, 1)] == ["2023-02-28", "2024-02-29"]


def test_periods_without_reason_or_in_one_year_only_are_refused() -> None:
    before, after = days("2023-01-01", 365), days("2024-01-01", 366)
    with pytest.raises(InputError, match="no reason"):
        without_equal_periods(before, after, date(2024, 2, 10), date(2024, 2, 16), " ")
    with pytest.raises(InputError, match="reporting period"):
        without_equal_periods(
            before, after.between("2024-06-01", "2024-12-31"), date(2024, 2, 10), date(2024, 2, 16), "x"
        )
    with pytest.raises(InputError, match="no period left"):
        without_equal_periods(before, after, date(2024, 1, 1), date(2024, 12, 31), "x")
