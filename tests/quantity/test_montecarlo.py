"""Monte Carlo: repeatable, joined by copula, summarised after JCGM 101, refused; and the choice against the GUM."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from energycalc.errors import CalculationError, InputError
from energycalc.quantity import log, quantity
from energycalc.quantity.distributions import (
    Distribution,
    arcsine,
    curvilinear_trapezoid,
    lognormal,
    normal,
    rectangular,
    student,
    triangular,
)
from energycalc.quantity.montecarlo import coverage_intervals, simulate, summarise
from energycalc.quantity.quantity import Quantity
from energycalc.quantity.trace import compile_trace, leaves
from energycalc.quantity.uncertainty import UncertainResult, numerical_tolerance, propagate


def leaf(value: float, known: Distribution | None, name: str = "x") -> Quantity:
    return quantity(value, "1", name=name, uncertainty=known)


def one(output: Quantity, **options: object) -> UncertainResult:
    (result,) = propagate(output, **options)  # type: ignore[arg-type]
    return result


def draws_of(a: Quantity, b: Quantity, r: float, draws: int = 200_000) -> tuple[np.ndarray, np.ndarray]:
    """The joint draws themselves, caught on their way through the evaluation (one thread keeps their order)."""
    caught: list[tuple[np.ndarray, np.ndarray]] = []

    def evaluate(x: list[np.ndarray]) -> list[np.ndarray]:
        caught.append((x[0], x[1]))
        return [x[0]]

    values = [float(a.value), float(b.value)]
    simulate(evaluate, [a, b], values, ["a"], draws=draws, seed=3, correlations=[(a, b, r)], threads=1)
    return np.concatenate([x for x, _ in caught]), np.concatenate([y for _, y in caught])


# --- repeatable ---


def test_same_seed_same_result_on_any_number_of_threads() -> None:
    a, b = leaf(4.0, normal(0.3)), leaf(2.5, rectangular(0.1))
    results = [one(a * b, draws=20_000, threads=n).monte_carlo for n in (1, 2, 5)]
    assert results[0] == results[1] == results[2]
    assert results[0] is not None
    assert (results[0].seed, results[0].draws) == (20260101, 20_000)
    assert one(a * b, draws=20_000, seed=1).monte_carlo != results[0]


def test_all_results_share_the_draws() -> None:
    a, b = leaf(4.0, normal(0.3)), leaf(2.5, normal(0.1))
    first, second, rest = propagate([a, b, a + b - a - b], draws=20_000)
    assert first.output is a
    assert second.output is b
    assert rest.monte_carlo is not None
    assert rest.monte_carlo.standard_uncertainty < 1e-12


def test_chunks_do_not_show_in_the_draws() -> None:
    a, b = leaf(0.0, normal(1.0)), leaf(0.0, normal(1.0))
    x, y = draws_of(a, b, 0.0, 30_001)
    assert len(x) == len(set(x)) == 30_001
    assert abs(np.corrcoef(x, y)[0, 1]) < 5 / math.sqrt(len(x))


# --- correlation ---


@pytest.mark.parametrize("r", [-1.0, -0.5, 0.3, 0.9, 1.0])
def test_copula_of_normals_is_exact(r: float) -> None:
    x, y = draws_of(leaf(5.0, normal(2.0)), leaf(-1.0, normal(0.1)), r)
    assert np.corrcoef(x, y)[0, 1] == pytest.approx(r, abs=5 * (1 - r * r) / math.sqrt(len(x)) + 1e-9)
    assert x.std() == pytest.approx(2.0, rel=0.01)
    assert y.mean() == pytest.approx(-1.0, abs=0.002)


@pytest.mark.parametrize(
    "known",
    [
        rectangular(2.0),
        triangular(2.0),
        arcsine(2.0),
        student(2.0, 6),
        curvilinear_trapezoid(2.0, 0.5),
        lognormal(3.0, 1.0),
        triangular(low=2, mode=3, high=4.5),
    ],
    ids=lambda known: known.describe(),
)
def test_copula_keeps_the_marginals(known: Distribution) -> None:
    value = known.expectation or 0.0
    x, y = draws_of(leaf(value, known), leaf(0.0, normal(1.0)), 0.8)
    p = np.linspace(0.05, 0.95, 19)
    spread = float(np.std(x))
    np.testing.assert_allclose(np.quantile(x, p), value + known.quantile(p), atol=0.02 * spread)
    assert 0.7 < np.corrcoef(x, y)[0, 1] < 0.81


def test_copula_of_rectangulars_gives_the_known_coefficient() -> None:
    x, y = draws_of(leaf(0.0, rectangular(1.0)), leaf(0.0, rectangular(1.0)), 0.9)
    assert np.corrcoef(x, y)[0, 1] == pytest.approx(6 / math.pi * math.asin(0.45), abs=0.003)


def test_comparison_loss_with_correlation() -> None:
    # X1² + X2², N(0.05; 0.005) and N(0; 0.005), r = 0.9 (model of JCGM 101 9.4), by the moments of normals:
    # mean = µ² + 2σ²; variance = 4σ⁴(1 + r²) + 4µ²σ²
    a, b = leaf(0.05, normal(0.005)), leaf(0.0, normal(0.005))
    result = one(a**2 + b**2, correlations=[(a, b, 0.9)], draws=400_000).monte_carlo
    assert result is not None
    errors = result.standard_errors
    assert result.mean == pytest.approx(0.05**2 + 2 * 0.005**2, abs=4 * errors["mean"])
    exact = math.sqrt(4 * 0.005**4 * (1 + 0.9**2) + 4 * 0.05**2 * 0.005**2)
    assert result.standard_uncertainty == pytest.approx(exact, abs=4 * errors["standard_uncertainty"])


# --- summary ---


def test_intervals_of_a_counted_sample() -> None:
    # JCGM 101 7.7 with M = 1000, p = 0.9: q = 900, r = 50; the shortest drops the long tail
    ordered = np.concatenate([np.linspace(0, 1, 950), np.linspace(2, 100, 50)])[np.newaxis]
    symmetric, shortest = coverage_intervals(ordered, 0.9)
    assert symmetric.tolist() == [[ordered[0, 49], ordered[0, 949]]]
    assert shortest[0, 1] <= 1
    assert np.count_nonzero((ordered >= shortest[0, 0]) & (ordered <= shortest[0, 1])) == 901


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**31), st.sampled_from([0.5, 0.9, 0.95, 0.99]), st.floats(0.1, 5))
def test_intervals_hold_what_they_promise(seed: int, coverage: float, power: float) -> None:
    draws = np.random.default_rng(seed).gamma(power, 1.0, 10_000)
    result = summarise(draws, coverage, seed)
    low, high = result.symmetric_interval
    shortest_low, shortest_high = result.shortest_interval
    assert low <= np.median(draws) <= high
    assert shortest_high - shortest_low <= high - low
    for a, b in ((low, high), (shortest_low, shortest_high)):
        assert np.mean((draws >= a) & (draws <= b)) == pytest.approx(coverage, abs=3e-4)


@pytest.mark.parametrize("skewed", [False, True])
def test_standard_errors_are_the_scatter_of_repeated_runs(skewed: bool) -> None:
    rng = np.random.default_rng(5)
    samples = [rng.gamma(2.0, 1.0, 20_000) if skewed else rng.standard_normal(20_000) for _ in range(60)]
    runs = [summarise(sample, 0.95, 0) for sample in samples]
    seen = {
        "mean": [run.mean for run in runs],
        "standard_uncertainty": [run.standard_uncertainty for run in runs],
        "symmetric_low": [run.symmetric_interval[0] for run in runs],
        "symmetric_high": [run.symmetric_interval[1] for run in runs],
        "shortest_low": [run.shortest_interval[0] for run in runs],
        "shortest_high": [run.shortest_interval[1] for run in runs],
    }
    for name, values in seen.items():
        stated = float(np.mean([run.standard_errors[name] for run in runs]))
        most = 3.0 if name.startswith("shortest") else 1.4  # stated as an upper estimate there
        assert 0.7 < stated / np.std(values, ddof=1) < most, name


def test_mean_follows_the_bend_of_the_formula() -> None:
    # reference case U25: E[n³] = 0.52 on 0.7..0.9, plug-in 0.512
    n = leaf(0.8, rectangular(0.1))
    result = one(n**3).monte_carlo
    assert result is not None
    assert result.mean == pytest.approx(0.52, abs=4 * result.standard_errors["mean"])


# --- which is shown ---


@pytest.mark.parametrize(
    ("u", "tolerance"), [(2.0, 0.05), (0.0996, 0.005), (0.099, 0.0005), (32.1, 0.5), (99.6, 5.0), (1e-9, 5e-11)]
)
def test_tolerance_is_half_a_unit_of_the_second_digit(u: float, tolerance: float) -> None:
    assert numerical_tolerance(u) == pytest.approx(tolerance)


def test_gum_is_shown_where_it_agrees() -> None:
    # JCGM 101 9.2.2: four standard normals, u = 2.0, interval ±3.92
    result = one(sum((leaf(0.0, normal(1.0)) for _ in range(3)), leaf(0.0, normal(1.0))))
    assert result.shown == "gum"
    assert result.interval == pytest.approx((-3.92, 3.92), abs=0.005)
    assert result.standard_uncertainty == pytest.approx(2)
    assert result.why().startswith("GUM is shown")
    assert result.why("zh-TW").startswith("採用 GUM")


def test_monte_carlo_is_shown_where_they_differ() -> None:
    # JCGM 101 9.2.4: a rectangular input rules; the GUM gives ±19.9, Monte Carlo ±17.0
    terms = [leaf(0.0, rectangular(math.sqrt(3) * w)) for w in (1, 1, 1, 10)]
    result = one(terms[0] + terms[1] + terms[2] + terms[3])
    assert result.shown == "monte_carlo"
    assert result.comparison is not None and result.comparison.verdict == "differs"
    assert result.interval == pytest.approx((-17.0, 17.0), abs=0.1)
    assert result.gum is not None and result.gum.expanded_uncertainty == pytest.approx(19.9, abs=0.05)
    assert "more than the tolerance" in result.why()


def test_monte_carlo_is_shown_where_the_first_order_is_blind() -> None:
    # JCGM 101 9.4.2 at x1 = x2 = 0: first-order u = 0, true u = 50e-6
    a, b = leaf(0.0, normal(0.005)), leaf(0.0, normal(0.005))
    result = one(a**2 + b**2)
    assert result.shown == "monte_carlo"
    assert result.comparison is not None and result.comparison.verdict == "flat"
    assert result.standard_uncertainty == pytest.approx(50e-6, rel=0.02)
    assert "zero at this point" in result.why()


def test_few_draws_leave_it_undecided() -> None:
    x = leaf(0.0, normal(9.9))  # tolerance 0.05 = 0.005 u, far below the noise of 10,000 draws
    verdicts = {one(x + 0.0, draws=10_000, seed=seed).comparison.verdict for seed in range(6)}  # type: ignore[union-attr]
    assert "undecided" in verdicts
    assert "differs" not in verdicts
    assert one(x + 0.0, draws=1_000_000).shown == "gum"


def test_nothing_is_drawn_where_no_uncertainty_is_stated() -> None:
    sure, unsure = leaf(2.0, None), leaf(3.0, normal(0.1))
    first, second = propagate([sure * 2, sure * unsure], draws=10_000)
    assert (first.shown, first.gum, first.monte_carlo) == ("not_stated", None, None)
    assert (first.interval, first.standard_uncertainty) == (None, None)
    assert first.why() == "No uncertainty is stated for any input."
    assert second.shown != "not_stated"
    assert propagate([]) == []


def test_the_sentence_names_numbers_with_unit() -> None:
    power = quantity(55.0, "kW", name="shaft_power", uncertainty=rectangular(2.0))
    for lang in ("en", "zh-TW"):
        assert "kW" in one(power * 2).why(lang)
        assert "95 %" in one(power * 2).why(lang)
        assert "e+" not in one(power * 2e6).why(lang)


# --- refused ---


def test_draws_without_a_number_are_never_dropped() -> None:
    x = quantity(0.5, "1", name="leak_rate", uncertainty=normal(0.3))
    with pytest.raises(CalculationError) as caught:
        one(log(x).renamed("log_leak"), draws=20_000)
    assert caught.value.subject == "log leak"
    share = float(str(caught.value.value).split("draws, ")[1].split(" ")[0])
    assert share == pytest.approx(0.0478, abs=0.006)  # standard normal below -0.5/0.3
    bounded = leaf(0.5, rectangular(0.3))
    assert one(log(bounded), draws=20_000).monte_carlo is not None


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"draws": 9_999}, ">= 10000"),
        ({"draws": 50_000, "coverage": 0.999}, ">= 100000"),
        ({"draws": 1e5}, ">= 10000"),
        ({"seed": -1}, "whole number from 0"),
        ({"seed": 1.5}, "whole number from 0"),
        ({"coverage": 95}, "Write 0.95"),
    ],
)
def test_request_refused(options: dict[str, object], words: str) -> None:
    with pytest.raises(InputError) as caught:
        one(leaf(1.0, normal(0.1)) * 2, **options)
    assert words in str(caught.value)


def test_a_t_input_needs_a_standard_deviation() -> None:
    with pytest.raises(InputError, match="more than 2"):
        one(leaf(1.0, student(0.1, 2)) * 2)
    assert one(leaf(1.0, student(0.1, 3)) * 2, draws=10_000).monte_carlo is not None


def test_impossible_correlations_name_their_inputs() -> None:
    a, b, c = (leaf(1.0, normal(0.1), name) for name in ("supply", "return", "ambient"))
    with pytest.raises(InputError, match="supply, return, ambient"):
        one(a + b + c, correlations=[(a, b, 0.9), (b, c, 0.9), (a, c, -0.9)])
    assert one(a + b + c, correlations=[(a, b, 0.9), (b, c, 0.9), (a, c, 0.9)], draws=10_000).shown


def test_correlation_is_declared_between_inputs() -> None:
    a, b = leaf(1.0, normal(0.1)), leaf(2.0, normal(0.1))
    with pytest.raises(InputError, match="calculated result"):
        one(a * b, correlations=[(a * 2, b, 0.5)])


def test_a_skewed_input_states_its_mean() -> None:
    with pytest.raises(InputError, match="State 3 as the value"):
        one(leaf(2.0, triangular(low=1, mode=2, high=6), "peak_load") * 2)
    with pytest.raises(InputError, match="mean 5"):
        one(leaf(4.9, lognormal(5.0, 2.0)) * 2)
    assert one(leaf(3.0, triangular(low=1, mode=2, high=6)) * 2, draws=10_000).monte_carlo is not None


def test_arrays_are_refused() -> None:
    profile = quantity(np.array([1.0, 2.0]), "kW", name="load")
    with pytest.raises(InputError, match="arrays"):
        one(profile * leaf(1.0, normal(0.1)))
    uncertain = quantity(np.array([1.0, 2.0]), "kW", name="load", uncertainty=normal(0.1))
    with pytest.raises(InputError, match="array"):
        one(uncertain * 2)


def test_a_leaf_without_uncertainty_cannot_be_drawn() -> None:
    sure = leaf(2.0, None, "sure")
    doubled = sure * 2
    with pytest.raises(InputError, match="no stated uncertainty"):
        simulate(compile_trace([doubled], leaves(doubled)), [sure], [2.0], ["y"], draws=10_000, seed=1)


def test_many_results_are_simulated_in_groups_on_the_same_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory holds a few results at a time; no number of any of them depends on how many."""
    a, b = leaf(1.0, normal(0.1)), leaf(2.0, normal(0.1))
    results = [a * b, a * a + b, a / b, a * b * b, b / a]
    at_once = [found.monte_carlo for found in propagate(results, draws=10_000)]
    monkeypatch.setattr("energycalc.quantity.uncertainty.RESULT_NUMBERS", 20_000)
    assert [found.monte_carlo for found in propagate(results, draws=10_000)] == at_once
