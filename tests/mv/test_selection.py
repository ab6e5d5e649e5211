"""The choice of a baseline: by the error on blocks that were not seen, with everything that was tried in the open."""

from datetime import date

import numpy as np
import pytest

from energycalc.errors import InputError
from energycalc.mv.models.baseline import fit_baseline
from energycalc.mv.models.calendar import Calendar
from energycalc.mv.models.columns import Indicator
from energycalc.mv.models.forms import Form
from energycalc.mv.models.selection import choose_baseline, contiguous_blocks
from energycalc.mv.periods import Periods


def days(first: str = "2024-01-01", count: int = 366, seed: int = 0) -> Periods:
    draw = np.random.default_rng(seed)
    start = (np.datetime64(first) + np.arange(count)).astype("datetime64[s]")
    t = 22 + 8 * np.sin((np.arange(count) - 110) / 58) + draw.normal(0, 2, count)
    tonnes, junk = draw.uniform(40, 90, count), draw.normal(0, 1, (3, count))
    energy = 500 + 3 * tonnes + 9 * np.maximum(t - 24, 0) + draw.normal(0, 15, count)
    drivers = {"outdoor": t, "tonnes": tonnes, "junk 1": junk[0], "junk 2": junk[1], "junk 3": junk[2]}
    return Periods(start, start + np.timedelta64(86_400, "s"), energy, "kWh", "day", drivers, {"outdoor": "degC"})


TRUE = Form("3PC", "outdoor", linear=("tonnes",))
FORMS = [
    Form("mean"),
    Form("linear", linear=("tonnes",)),
    Form("3PC", "outdoor"),
    Form("2P", "outdoor", linear=("tonnes",)),
    TRUE,
    Form("3PC", "outdoor", linear=("tonnes", "junk 1", "junk 2", "junk 3")),
    Form("3PH", "outdoor", linear=("tonnes",)),
]


@pytest.mark.parametrize("seed", range(3))
def test_the_true_form_wins_over_poorer_and_richer_ones(seed: int) -> None:
    found = choose_baseline(days(seed=seed), FORMS)
    assert found.chosen.bound.form == TRUE
    assert found.best.out_of_sample == pytest.approx(15 / found.chosen.fit.mean_response, rel=0.15)


def test_everything_that_was_tried_is_there_with_its_reason() -> None:
    found = choose_baseline(days(), FORMS)
    assert [each.form for each in found.tried] == FORMS
    refused = [each for each in found.tried if each.refused]
    assert [each.key for each in refused] == ["3PH"] and "no change point" in refused[0].refused
    assert refused[0].out_of_sample is None and refused[0].baseline is None
    for each in found.tried:
        if not each.refused:
            fit = fit_baseline(days(), each.form).fit
            assert each.parameters == fit.parameters and each.cv_rmse == pytest.approx(fit.cv_rmse)
            assert each.bic == pytest.approx(fit.bayesian_information_criterion)
    assert "6 usable of 7 forms" in found.reason and "共試 7 種模式" in found.reason_zh


def test_the_error_is_that_of_models_that_have_not_seen_the_block() -> None:
    given, form = days(count=8 * 7), Form("linear", linear=("tonnes",))
    block = contiguous_blocks(given)
    errors = []
    for k in range(8):
        rest, left = given.chosen(block != k), given.chosen(block == k)
        line = np.polyfit(rest.drivers["tonnes"], rest.energy, 1)
        errors.append(left.energy - np.polyval(line, left.drivers["tonnes"]))
    found = choose_baseline(given, [form]).best
    together = np.concatenate(errors)
    assert found.out_of_sample == pytest.approx(np.sqrt(np.mean(together**2)) / given.energy.mean(), rel=1e-9)
    assert found.bias == pytest.approx(together.mean() / given.energy.mean(), rel=1e-9)


def test_a_memory_of_single_days_is_worth_nothing() -> None:
    """A level for a span of days explains the baseline better, and predicts no better."""
    spans = tuple(Indicator(f"week {k}", date(2024, k, 3), date(2024, k, 9)) for k in range(1, 7))
    found = choose_baseline(days(), [TRUE, Form("3PC", "outdoor", linear=("tonnes",), indicators=spans)])
    assert found.chosen.bound.form == TRUE
    assert found.scored == 366 - 6 * 7  # compared on the days that every form can predict


def test_levels_known_to_one_block_only_are_scored_for_no_form() -> None:
    found = choose_baseline(days(), [TRUE, Form("3PC+day_type", "outdoor", day_types=Calendar())])
    assert found.scored == 366 - 7  # Lunar New Year of 2024 lies in one block of four weeks


def test_blocks_are_contiguous_and_of_whole_weeks() -> None:
    given = days("2024-01-03", 365)
    block = contiguous_blocks(given)
    assert (np.diff(block) >= 0).all() and len(np.unique(block)) == 13
    edges = given.start[1:][np.diff(block) > 0].astype("datetime64[D]").astype(int)
    assert set((edges + 3) % 7) == {0}  # blocks begin on Mondays
    short = contiguous_blocks(days("2024-01-01", 56))
    assert np.bincount(short).tolist() == [7] * 8
    assert np.bincount(contiguous_blocks(days("2024-01-01", 14))).tolist() == [1] * 14


def test_months_are_left_out_one_by_one() -> None:
    edges = (np.datetime64("2024-01") + np.arange(13)).astype("datetime64[s]")
    tonnes = np.array([50.0, 80, 60, 75, 55, 90, 65, 85, 70, 58, 77, 62])
    energy = 500 + 3 * tonnes + np.tile([-2.0, 2.0], 6)
    given = Periods(edges[:-1], edges[1:], energy, "kWh", "month", {"tonnes": tonnes})
    found = choose_baseline(given, [Form("mean"), Form("linear", linear=("tonnes",))])
    assert found.blocks == 12 and found.chosen.bound.form.key == "linear"


def test_nearly_equal_errors_go_to_fewer_parameters() -> None:
    given = days()
    free = Form("3PC", "outdoor", linear=("tonnes",), physical_slopes=False)
    assert choose_baseline(given, [free, TRUE]).chosen.bound.form == free  # equal: the first one
    (point,) = fit_baseline(given, TRUE).bound.change_points
    fixed = Form("3PC", "outdoor", linear=("tonnes",), change_points=(point,))
    assert choose_baseline(given, [TRUE, fixed]).chosen.bound.form == fixed


def test_the_simplest_within_one_standard_error_is_told() -> None:
    found = choose_baseline(days(), FORMS)
    assert found.simplest in FORMS
    told = next(each for each in found.tried if each.form == found.simplest)
    assert told.parameters is not None and found.best.parameters is not None
    assert told.parameters <= found.best.parameters


def test_refused() -> None:
    given = days()
    with pytest.raises(InputError, match="nothing to choose"):
        choose_baseline(given, [])
    with pytest.raises(InputError, match="nothing to leave out"):
        choose_baseline(given, FORMS, blocks=np.zeros(366, int))
    with pytest.raises(InputError, match="every form is refused") as caught:
        choose_baseline(given, [Form("linear", linear=("pieces",)), Form("3PH", "outdoor")])
    assert "pieces" in str(caught.value) and "3PH" in str(caught.value)
