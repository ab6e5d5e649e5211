"""Fractional savings uncertainty, against nmecr's published numbers and the guideline's own equations."""

import math

import pytest

from energycalc.errors import InputError
from energycalc.mv.savings.fractional import (
    FractionalForm,
    FractionalUncertainty,
    coverage_factor_of,
    fractional_uncertainty,
    savings_multiplier,
)

DAYS = 364
CV_19 = 0.06793
"""nmecr, office, TOWT: CV(RMSE) with all 19 parameters counted (6.793 %, lag-1 0.60795)."""


def published(form: FractionalForm, parameters: int, **changes: float) -> FractionalUncertainty:
    words = {
        "fraction": 0.1,
        "mean_energy": 1.0,
        "residual_sum_of_squares": CV_19**2 * (DAYS - 19),
        "confidence": 0.90,
        "correlation": 0.60795,
        "multiplier": savings_multiplier("day", DAYS / 30),
    } | changes
    return fractional_uncertainty(
        observations=DAYS, parameters=parameters, reporting_observations=DAYS, form=form, **words
    )


def test_the_polynomial_gives_the_published_multiplier() -> None:
    """nmecr case: M = 364/30 gives 1.396441."""
    assert savings_multiplier("day", DAYS / 30) == pytest.approx(1.396441, abs=1e-6)
    assert savings_multiplier("month", 12) == pytest.approx(-0.00022 * 144 + 0.03306 * 12 + 0.94054, rel=1e-12)
    assert savings_multiplier("day", None) == savings_multiplier("hour", 12) == savings_multiplier("week", 12) == 1.26


@pytest.mark.parametrize("months", [0.0, -1.0, 80.0])
def test_months_that_the_polynomial_was_not_made_for_are_refused(months: float) -> None:
    with pytest.raises(InputError, match="no reporting length"):
        savings_multiplier("day", months)


@pytest.mark.parametrize(("parameters", "expected"), [(17, 0.183714), (19, 0.1864)])
def test_form_b_gives_both_published_numbers(parameters: int, expected: float) -> None:
    """The two stored expectations of nmecr differ only in whether the two intercepts are counted."""
    found = published("B", parameters)
    assert found.share == pytest.approx(expected, abs=1e-5)
    assert found.effective_observations == pytest.approx(88.7503, abs=1e-3)


def test_the_saving_with_half_uncertainty_is_the_published_one() -> None:
    assert published("B", 17).fraction_at_half == pytest.approx(0.036743, abs=1e-5)


def test_without_autocorrelation_the_answer_is_too_small_by_the_published_factor() -> None:
    found = published("independent", 19)
    assert found.share == pytest.approx(0.082228, abs=1e-5)
    assert found.effective_observations == DAYS


def test_form_a_is_smaller_than_b_by_the_published_ratio() -> None:
    """B/A = √[(n − p) n' / ((n' − p) n)]; both with t of n' − p."""
    n_prime = DAYS * (1 - 0.60795) / (1 + 0.60795)
    for p in (2, 19):
        ratio = published("B", p).share / published("A", p).share
        assert ratio == pytest.approx(math.sqrt((DAYS - p) * n_prime / ((n_prime - p) * DAYS)), rel=1e-9)


@pytest.mark.parametrize("form", ["A", "B"])
def test_without_correlation_the_forms_are_one(form: FractionalForm) -> None:
    assert published(form, 3, correlation=0.0).share == pytest.approx(published("independent", 3).share, rel=1e-12)


def test_negative_correlation_does_not_make_it_smaller() -> None:
    assert published("B", 3, correlation=-0.6).share == published("B", 3, correlation=0.0).share


def test_energy_at_half_and_scale_hang_together() -> None:
    """The half-width in energy does not depend on the saving, and half of it is the uncertainty of F50."""
    small, large = published("B", 17), published("B", 17, fraction=0.2)
    assert small.half_width(1000) == pytest.approx(large.half_width(1000))
    assert small.half_width(2000) == pytest.approx(2 * small.half_width(1000))
    assert published("B", 17, fraction=small.fraction_at_half).share == pytest.approx(0.5)
    assert published("B", 17, fraction=-0.1).share == small.share


def test_more_reporting_data_and_a_wider_level_act_as_they_must() -> None:
    longer = fractional_uncertainty(
        fraction=0.1, observations=DAYS, parameters=3, reporting_observations=4 * DAYS, mean_energy=1.0,
        residual_sum_of_squares=1.0, confidence=0.9, form="independent",
    )  # fmt: skip
    shorter = fractional_uncertainty(
        fraction=0.1, observations=DAYS, parameters=3, reporting_observations=DAYS, mean_energy=1.0,
        residual_sum_of_squares=1.0, confidence=0.9, form="independent",
    )  # fmt: skip
    assert shorter.share == pytest.approx(2 * longer.share)
    assert published("B", 17, confidence=0.95).share > published("B", 17).share


def test_form_b_is_refused_when_nothing_independent_is_left() -> None:
    with pytest.raises(InputError, match=r"n' = 19\.2, p = 19"):
        published("B", 19, correlation=0.9)
    with pytest.raises(InputError, match="needs the autocorrelation"):
        fractional_uncertainty(
            fraction=0.1, observations=DAYS, parameters=3, reporting_observations=DAYS, mean_energy=1.0,
            residual_sum_of_squares=1.0, confidence=0.9, form="A",
        )  # fmt: skip
    with pytest.raises(InputError, match="fraction of"):
        published("A", 3, fraction=0.0)
    with pytest.raises(InputError, match="probability"):
        published("A", 3, confidence=90.0)


@pytest.mark.parametrize(("degrees", "expected"), [(5, 2.57), (8, 2.31), (10, 2.23), (16, 2.12), (30, 2.04)])
def test_students_t_at_95_per_cent(degrees: float, expected: float) -> None:
    """Any table of Student's t, two-sided."""
    assert coverage_factor_of(0.95, degrees) == pytest.approx(expected, abs=0.005)
