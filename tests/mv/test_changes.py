"""Steps of the residuals' level: a planted one is found, autocorrelated noise without one is not."""

from datetime import date

import numpy as np
import pytest

from energycalc.errors import InputError
from energycalc.mv.periods import Interval, Periods
from energycalc.mv.savings.adjustments import Adjustment
from energycalc.mv.savings.changes import cumulative_sum, event_findings, level_steps
from tests.mv.constructed import edges, noise


def periods(number: int, interval: Interval = "day", first: str = "2023-01-02") -> Periods:
    times = edges(number, interval, "2020-01" if interval == "month" else first)
    return Periods(times[:-1], times[1:], np.ones(number), "kWh", interval)


def test_a_planted_step_is_found_where_it_is() -> None:
    residuals = noise(364, 0.5, 1)
    residuals[196:] += 2.0
    (found,) = level_steps(periods(364), residuals)
    assert abs(found.at - np.datetime64("2023-07-17")) <= np.timedelta64(14, "D")
    assert found.step == pytest.approx(2.0, abs=0.6)
    assert found.ratio > 4


def test_a_passing_event_has_a_beginning_and_an_end() -> None:
    residuals = noise(364, 0.4, 2)
    residuals[140:210] -= 3.0
    steps = level_steps(periods(364), residuals)
    assert [np.sign(each.step) for each in steps] == [-1, 1]
    for each, place in zip(steps, ("2023-05-22", "2023-07-31"), strict=True):
        assert abs(each.at - np.datetime64(place)) <= np.timedelta64(14, "D")


@pytest.mark.parametrize("correlation", [0.0, 0.5, 0.8, 0.9])
def test_noise_alone_hardly_ever_gives_an_alarm(correlation: float) -> None:
    """Days of a year, first-order autoregressive; at 0.9 one day still explains half of the next week."""
    alarms = [bool(level_steps(periods(364), noise(364, correlation, seed))) for seed in range(60)]
    assert np.mean(alarms) <= (0.05 if correlation <= 0.8 else 0.15)


def test_months_and_hours_are_searched_too() -> None:
    monthly = noise(36, 0.2, 3)
    monthly[20:] += 5.0
    (found,) = level_steps(periods(36, "month"), monthly)
    assert found.at == np.datetime64("2021-09-01")
    hourly = noise(24 * 7 * 20, 0.8, 4) + np.tile(np.repeat([0.0, 5.0], 12), 140)
    hourly[24 * 7 * 12 :] += 3.0
    (found,) = level_steps(periods(24 * 7 * 20, "hour"), hourly)
    assert abs(found.at - np.datetime64("2023-03-27")) <= np.timedelta64(7, "D")


def test_residuals_in_steps_without_noise_are_divided_exactly() -> None:
    levels = np.repeat([0.0, 3.0, -1.0, 2.0], [28, 35, 21, 70])
    steps = level_steps(periods(154), levels)
    assert [str(each.at)[:10] for each in steps] == ["2023-01-30", "2023-03-06", "2023-03-27"]
    assert [each.step for each in steps] == [3.0, -4.0, 3.0]


def test_weeks_with_few_days_do_not_count() -> None:
    residuals = np.zeros(168)
    residuals[14:17] = 1e6
    keep = np.ones(168, dtype=bool)
    keep[17:21] = False
    steps = level_steps(periods(168).chosen(keep), noise(168, 0.2, 5)[keep] + residuals[keep])
    assert steps == ()


def test_what_is_too_short_is_refused_and_noted() -> None:
    with pytest.raises(InputError, match="11 weeks"):
        level_steps(periods(77), noise(77, 0.0, 6))
    with pytest.raises(InputError, match="one residual for each"):
        level_steps(periods(100), noise(99, 0.0, 6))
    (finding,) = event_findings(periods(77), noise(77, 0.0, 6), "baseline")
    assert (finding.id, finding.severity) == ("mv.events_not_searched", "note")


def test_an_undeclared_step_is_a_finding_and_a_declared_one_is_not() -> None:
    residuals = noise(364, 0.3, 7)
    residuals[196:] += 2.5
    (finding,) = event_findings(periods(364), residuals, "reporting period")
    assert (finding.id, finding.severity) == ("mv.undeclared_event", "warning")
    assert finding.evidence["date"] in finding.sentence and finding.evidence["date"] in finding.sentence_zh
    declared = Adjustment(
        "non_routine",
        "new line",
        date(2023, 7, 20),
        date(2023, 12, 31),
        500.0,
        "kWh",
        "engineering",
        "order",
        "engineer",
    )
    assert event_findings(periods(364), residuals, "reporting period", [declared]) == []
    assert event_findings(periods(364), residuals, "reporting period", measure=[date(2023, 7, 10)]) == []
    assert len(event_findings(periods(364), residuals, "reporting period", measure=[date(2023, 3, 1)])) == 1


def test_the_cusum_is_the_running_sum() -> None:
    assert list(cumulative_sum(np.array([1.0, -2.0, 4.0]))) == [1.0, -1.0, 3.0]
