"""Sample sizes, a total from a sample, and the projection of errors, against published cases."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from energycalc.errors import InputError, OutOfRange
from energycalc.mv.isolation.sampling import attribute_sample_size, sample_size, sampled_mean, sampled_total
from energycalc.mv.isolation.sampling_plan import Item, projected_misstatement, sampling_plan

# Caribou counted on 15 of 286 strips one mile wide (Valkenburg and Harbo 1979, as Thompson's Sampling has it).
CARIBOU = [1, 50, 21, 98, 2, 36, 4, 29, 7, 15, 86, 10, 21, 5, 4]


@pytest.mark.parametrize(
    ("confidence", "precision", "unlimited", "of_100"), [(0.9, 0.1, 68, 41), (0.9, 0.2, 17, 15), (0.8, 0.2, 11, 10)]
)
def test_the_sizes_of_the_sampling_guides(confidence: float, precision: float, unlimited: int, of_100: int) -> None:
    assert sample_size(0.5, precision, confidence).normal == unlimited
    assert sample_size(0.5, precision, confidence, 100).normal == of_100


@settings(deadline=None)
@given(
    cv=st.floats(0.05, 2),
    precision=st.floats(0.05, 0.5),
    confidence=st.floats(0.6, 0.99),
    population=st.one_of(st.none(), st.integers(2, 5000)),
)
def test_with_t_is_the_smallest_size_that_keeps_the_precision(
    cv: float, precision: float, confidence: float, population: int | None
) -> None:
    from scipy.stats import t

    size = sample_size(cv, precision, confidence, population)

    def half_width(n: int) -> float:
        finite = 1.0 if population is None else 1 - n / population
        return float(t.ppf((1 + confidence) / 2, n - 1)) * cv / math.sqrt(n) * math.sqrt(max(finite, 0.0))

    assert size.with_t >= size.normal
    if size.normal < 30:
        assert half_width(size.with_t) <= precision * (1 + 1e-9)
        if size.with_t > max(size.normal, 2):
            assert half_width(size.with_t - 1) > precision
    else:
        assert size.with_t == size.normal
    if population is not None:
        assert size.with_t <= population


def test_a_share_written_as_per_cent_is_refused() -> None:
    with pytest.raises(OutOfRange, match="precision"):
        sample_size(0.5, 10, 0.9)
    with pytest.raises(OutOfRange, match="confidence"):
        sample_size(0.5, 0.1, 90)
    with pytest.raises(OutOfRange, match="two items"):
        sample_size(0.5, 0.1, 0.9, 1)


@pytest.mark.parametrize(("confidence", "size"), [(0.95, 60), (0.90, 47), (0.80, 33)])
def test_items_to_check_when_no_error_is_expected(confidence: float, size: int) -> None:
    assert attribute_sample_size(0.05, confidence) == size
    assert 0.95**size <= 1 - confidence  # the binomial chance of missing a rate of 5 %


def test_the_total_of_a_sample_is_the_textbook_one() -> None:
    n, of = len(CARIBOU), 286
    total = sampled_total(CARIBOU, "kWh", of, name="energy_before")
    s = sampled_mean(CARIBOU).standard_deviation
    assert total.value == pytest.approx(of / n * sum(CARIBOU))
    assert total.value == pytest.approx(7417, abs=0.5)
    # the variance of the same course notes, N (N − n) s²/n
    assert total.uncertainty is not None
    assert total.uncertainty.standard_uncertainty == pytest.approx(math.sqrt(of * (of - n) * s**2 / n))
    assert total.uncertainty.degrees_of_freedom == n - 1
    assert total.basis == "measured"


def test_a_census_has_no_sampling_error_and_equal_values_are_no_sample() -> None:
    assert sampled_total(CARIBOU, "kWh", 15, name="energy_before").uncertainty is None
    with pytest.raises(InputError, match="same value"):
        sampled_total([7.5] * 8, "kWh", 20, name="energy_before")
    with pytest.raises(InputError, match="larger than the population"):
        sampled_total(CARIBOU, "kWh", 14, name="energy_before")
    with pytest.raises(InputError, match="at least two"):
        sampled_total([7.5], "kWh", 14, name="energy_before")


def items(amounts: list[float], strata: list[str] | None = None) -> list[Item]:
    return [Item(f"item {k:04d}", a, strata[k] if strata else "all") for k, a in enumerate(amounts)]


def test_the_same_seed_draws_the_same_items_in_any_order_and_another_seed_others() -> None:
    every = items([float(k % 17 + 1) for k in range(300)], [("press", "mill", "furnace")[k % 3] for k in range(300)])
    plan = sampling_plan(every, 40, seed=7)
    assert sampling_plan(every[::-1], 40, seed=7) == plan
    assert sampling_plan(every, 40, seed=8).chosen != plan.chosen
    assert plan.seed == 7 and len(plan.chosen) >= 40
    assert len(set(plan.chosen)) == len(plan.chosen)
    assert {stratum.name for stratum in plan.strata} == {"press", "mill", "furnace"}


def test_items_above_claim_over_size_are_taken_with_certainty() -> None:
    plan = sampling_plan(items([500.0, 200.0] + [3.0] * 100), 10, seed=1)
    assert plan.threshold == pytest.approx(100.0)
    assert plan.certain == ("item 0000", "item 0001")
    assert plan.strata[0].items == 100
    at_threshold = sampling_plan(items([1.0] * 10), 10, seed=1)
    assert at_threshold.certain == () and len(at_threshold.chosen) == 10


@pytest.mark.parametrize(
    ("method", "projected"), [("mean_per_unit", 30_000), ("ratio", 24_048), ("difference", 24_000)]
)
def test_projection_of_the_auditing_textbook(method: str, projected: float) -> None:
    # 3,000 accounts of 3,000,000; the 100 sampled ones are booked at 998 and audited at 990 on average.
    sampled = [998.0 + (-1) ** k * 10 for k in range(100)]
    rest = (3_000_000 - sum(sampled)) / 2900
    everything = items([*sampled, *[rest] * 2900])
    plan = sampling_plan(everything, 100, seed=1)
    stratum = plan.strata[0]
    drawn = tuple(f"item {k:04d}" for k in range(100))
    plan = type(plan)(
        plan.seed,
        plan.generator,
        plan.size,
        plan.threshold,
        (),
        (type(stratum)("all", 3000, stratum.amount + sum(plan.amounts[c] for c in plan.certain), drawn),),
        plan.amounts,
    )
    found = {name: plan.amounts[name] - 8.0 for name in drawn}
    result = projected_misstatement(plan, found, method=method)  # type: ignore[arg-type]
    assert result.projected == pytest.approx(projected, abs=0.5)
    assert result.known == pytest.approx(800)
    # 2 % found in 100,000 of 3,000,000 is 60,000 (another auditing textbook): the ratio scales with the amounts
    found = {name: plan.amounts[name] * 0.98 for name in drawn}
    assert projected_misstatement(plan, found, method="ratio").projected == pytest.approx(60_000)


def test_all_items_found_leave_no_allowance_and_errors_keep_their_signs() -> None:
    plan = sampling_plan(items([10.0, 20.0, 30.0]), 3, seed=1)
    everything = sampling_plan(items([10.0, 20.0, 30.0]), 30, seed=1)
    assert set(everything.chosen) == {"item 0000", "item 0001", "item 0002"}
    found = {"item 0000": 12.0, "item 0001": 20.0, "item 0002": 27.0}
    result = projected_misstatement(everything, found)
    assert (result.known, result.known_absolute) == (pytest.approx(1.0), pytest.approx(5.0))
    assert result.projected == pytest.approx(1.0)
    assert result.allowance == 0.0
    with pytest.raises(InputError, match="not those of the plan"):
        projected_misstatement(plan, {"item 0000": 1.0})
    with pytest.raises(InputError, match="cannot be sampled"):
        sampling_plan(items([10.0, -1.0]), 2, seed=1)


@pytest.mark.parametrize("method", ["mean_per_unit", "ratio", "difference"])
def test_the_allowance_is_the_error_of_the_estimated_total(method: str) -> None:
    from scipy.stats import t

    plan = sampling_plan(items([100.0 + 3 * k % 50 for k in range(60)], ["a", "b"] * 30), 10, seed=4)
    found = {name: plan.amounts[name] * 0.97 - (k % 3) for k, name in enumerate(plan.chosen)}
    variance = 0.0
    for stratum in plan.strata:
        claimed = [plan.amounts[name] for name in stratum.drawn]
        errors = [plan.amounts[name] - found[name] for name in stratum.drawn]
        rate = sum(errors) / sum(claimed)
        spread = {
            "difference": errors,
            "mean_per_unit": [found[name] for name in stratum.drawn],
            "ratio": [e - rate * c for e, c in zip(errors, claimed, strict=True)],
        }[method]
        s, n = sampled_mean(spread).standard_deviation, len(stratum.drawn)
        variance += stratum.items * (stratum.items - n) * s**2 / n
    degrees = sum(len(stratum.drawn) - 1 for stratum in plan.strata)
    result = projected_misstatement(plan, found, method=method, confidence=0.8)  # type: ignore[arg-type]
    assert result.allowance == pytest.approx(float(t.ppf(0.9, degrees)) * math.sqrt(variance))


def test_each_stratum_gets_its_part_and_two_at_least() -> None:
    amounts, strata = [1.0] * 100 + [0.5] * 10, ["large"] * 100 + ["small"] * 10
    plan = sampling_plan(items(amounts, strata), 21, seed=1)
    assert {s.name: len(s.drawn) for s in plan.strata} == {"large": 20, "small": 2}  # 20 and 1 by amount
    assert {s.name: (s.items, s.amount) for s in plan.strata} == {"large": (100, 100.0), "small": (10, 5.0)}


def test_the_allowance_covers_the_true_error_about_as_often_as_it_says() -> None:
    import numpy as np

    rng = np.random.default_rng(3)
    amounts = rng.uniform(50, 150, 400)
    errors = {f"item {k:04d}": float(a * rng.normal(0.02, 0.02)) for k, a in enumerate(amounts)}
    truth, every = sum(errors.values()), items(amounts.tolist())
    held = 0
    for seed in range(300):
        plan = sampling_plan(every, 40, seed=seed)
        result = projected_misstatement(plan, {n: plan.amounts[n] - errors[n] for n in plan.chosen}, confidence=0.9)
        held += abs(result.projected - truth) <= result.allowance
    assert 0.84 <= held / 300 <= 0.96
