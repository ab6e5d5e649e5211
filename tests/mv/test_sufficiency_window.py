"""Too short, picked, not normalised, extrapolated: each both ways."""

from datetime import date

import numpy as np
import pytest

from energycalc.errors import InputError
from energycalc.finding import Finding
from energycalc.mv.periods import Periods
from energycalc.mv.rules.sufficiency_window import (
    baseline_choice,
    extrapolation,
    measurement_length,
    months_between,
    production_moved,
    static_factors,
    window_choice,
)


def ids(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.id.removeprefix("mv.") for finding in findings]


def monthly(first: str, energy: np.ndarray, **drivers: np.ndarray) -> Periods:
    months = np.datetime64(first, "M") + np.arange(len(energy))
    start, end = months.astype("datetime64[s]"), (months + 1).astype("datetime64[s]")
    return Periods(start, end, energy, "kWh", "month", drivers)


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (date(2025, 1, 1), date(2025, 12, 31), 12),
        (date(2024, 2, 28), date(2025, 2, 27), 12),
        (date(2025, 1, 1), date(2025, 9, 30), 9),
        (date(2025, 1, 15), date(2025, 2, 14), 1),
        (date(2025, 1, 1), date(2025, 1, 1), 1 / 31),
        (date(2025, 4, 1), date(2025, 4, 15), 0.5),
        (date(2025, 12, 10), date(2026, 1, 24), 1 + 15 / 31),
        (date(2025, 11, 16), date(2025, 12, 15), 1),
        (date(2025, 1, 31), date(2025, 2, 13), 14 / 28),
        (date(2024, 8, 31), date(2025, 2, 13), 5 + 14 / 28),
    ],
)
def test_months(first: date, last: date, months: float) -> None:
    assert months_between(first, last) == pytest.approx(months, abs=1e-12)


@pytest.mark.parametrize(
    ("last", "severity"),
    [
        (date(2025, 12, 31), None),
        (date(2025, 12, 30), "warning"),
        (date(2025, 9, 30), "warning"),
        (date(2025, 9, 29), "error"),
    ],
)
def test_a_whole_plant_needs_a_year(last: date, severity: str | None) -> None:
    found = measurement_length("whole_plant", date(2025, 1, 1), last, "main")
    assert [f.severity for f in found] == ([severity] if severity else [])


def test_a_retrofit_isolation_needs_a_week_and_its_cycle_and_compressed_air_two_weeks() -> None:
    def length(scope: str, days: int, cycle: float | None = None) -> list[str]:
        found = measurement_length(
            scope,  # type: ignore[arg-type]
            date(2025, 3, 1),
            date.fromordinal(date(2025, 3, 1).toordinal() + days - 1),
            "pump",
            production_cycle_days=cycle,
        )
        return [f.severity for f in found]

    assert length("retrofit_isolation", 7) == []
    assert length("retrofit_isolation", 6) == ["error"]
    assert length("retrofit_isolation", 10, cycle=10) == []
    assert length("retrofit_isolation", 10, cycle=11) == ["warning"]
    assert length("compressed_air", 14) == []
    assert length("compressed_air", 13) == ["warning"]
    assert length("compressed_air", 6) == ["error", "warning"]
    with pytest.raises(InputError, match="cycle"):
        length("retrofit_isolation", 10, cycle=0)


def history() -> Periods:
    """Three years of a plant whose specific consumption was higher in the middle one."""
    output = np.tile(np.linspace(80, 120, 12), 3)
    each = np.concatenate([np.full(12, 10.0), np.full(12, 13.0), np.full(12, 10.0)])
    return monthly("2022-01", output * each, production=output)


def test_a_window_picked_for_its_consumption_is_told() -> None:
    works = date(2025, 1, 1)
    picked = baseline_choice(history(), date(2023, 1, 1), date(2023, 12, 31), works, "main", driver="production")
    assert ids(picked) == ["TB02_baseline_chosen"]
    assert "25 windows" in picked[0].sentence and "96 %" in picked[0].sentence
    fair = baseline_choice(history(), date(2024, 1, 1), date(2024, 12, 31), works, "main", driver="production")
    assert fair == ()


def test_the_percentile_is_the_share_of_lower_windows() -> None:
    choice = window_choice(history(), date(2023, 1, 1), date(2023, 12, 31), "production")
    assert choice.chosen == pytest.approx(13.0) and choice.specific.max() == pytest.approx(13.0)
    assert choice.percentile == pytest.approx(24 / 25)
    first = window_choice(history(), date(2022, 1, 1), date(2022, 12, 31), "production")
    assert first.percentile == 0.0 and first.chosen == pytest.approx(10.0)
    with pytest.raises(InputError, match="not in the history"):
        window_choice(history(), date(2020, 1, 1), date(2020, 12, 31), "production")


def test_a_window_with_a_hole_in_it_is_not_admissible() -> None:
    whole = history()
    holed = whole.chosen(np.arange(36) != 20)
    choice = window_choice(holed, date(2022, 1, 1), date(2022, 12, 31), "production")
    assert len(choice.specific) == 9 + 4  # twelve months in a row: nine before the hole, four after it
    assert len(choice.starts) == len(choice.specific)
    assert choice.starts[0] == np.datetime64("2022-01-01") and choice.starts[-1] == np.datetime64("2024-01-01")


def test_a_few_windows_are_not_judged() -> None:
    short = history().between("2023-01-01", "2024-06-30")  # seven windows of a year
    assert baseline_choice(short, date(2023, 1, 1), date(2023, 12, 31), date(2024, 7, 1), "main") == ()


def test_a_baseline_long_before_the_works_is_told() -> None:
    year = date(2024, 1, 1), date(2024, 12, 31)
    assert baseline_choice(history(), *year, date(2026, 1, 1), "main", driver="production") == ()
    late = baseline_choice(history(), *year, date(2026, 1, 2), "main", driver="production")
    assert ids(late) == ["TB02_baseline_chosen"] and "ends" in late[0].sentence
    early = baseline_choice(history(), date(2022, 1, 1), date(2024, 12, 31), date(2025, 1, 2), "main")
    assert ids(early) == ["TB02_baseline_chosen"] and "begins" in early[0].sentence
    assert baseline_choice(history(), date(2022, 1, 1), date(2024, 12, 31), date(2025, 1, 1), "main") == ()


def test_production_that_moved_must_be_in_the_model() -> None:
    before = monthly("2024-01", np.full(12, 1000.0), production=np.full(12, 100.0))
    after = monthly("2025-01", np.full(12, 900.0), production=np.full(12, 94.0))
    assert ids(production_moved(before, after, ["production"], [], "main")) == ["TB03_not_normalised"]
    assert production_moved(before, after, ["production"], ["production"], "main") == ()
    close = monthly("2025-01", np.full(12, 900.0), production=np.full(12, 104.0))
    assert production_moved(before, close, ["production"], [], "main") == ()
    half = monthly("2025-01", np.full(6, 900.0), production=np.full(6, 100.0))
    assert production_moved(before, half, ["production"], [], "main") == ()  # by day, not by sum
    started = monthly("2024-01", np.full(12, 1000.0), production=np.zeros(12))
    assert ids(production_moved(started, after, ["production"], [], "main")) == ["TB03_not_normalised"]


def test_static_factors_are_listed_and_changes_are_adjusted() -> None:
    factors = {"shifts": ("2", "3"), "floor area": ("4000 m2", "4000 m2")}
    found = static_factors(factors, [], "plant")
    assert ids(found) == ["TB04_static_factor_changed"] and "shifts: 2 → 3" in found[0].sentence
    assert static_factors(factors, ["shifts"], "plant") == ()
    assert ids(static_factors({}, [], "plant")) == ["TB04_static_factors_missing"]


def test_extrapolation_by_share_and_by_the_mean() -> None:
    x = np.linspace(90, 110, 12)
    before = monthly("2024-01", x, production=x)
    inside = monthly("2025-01", x, production=x)
    assert extrapolation(before, inside, ["production"], "main") == ()
    some = x.copy()
    some[:3] = 111.0
    found = extrapolation(before, monthly("2025-01", x, production=some), ["production"], "main")
    assert ids(found) == ["TB05_extrapolation"] and found[0].severity == "warning" and "25 %" in found[0].sentence
    spread = float(x.std(ddof=1))
    near = monthly("2025-01", x, production=np.full(12, 100 + 2.9 * spread))
    assert [f.severity for f in extrapolation(before, near, ["production"], "main")] == ["warning"]
    far = monthly("2025-01", x, production=np.full(12, 100 + 3.1 * spread))
    assert [f.severity for f in extrapolation(before, far, ["production"], "main")] == ["error"]
    assert extrapolation(before, far, [], "main") == ()
