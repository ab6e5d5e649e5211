"""Savings of the four kinds: the published one, planted ones, their signs, words and refusals."""

import math
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from energycalc.errors import InputError
from energycalc.mv.models.baseline import fit_baseline
from energycalc.mv.models.forms import Form
from energycalc.mv.periods import Periods
from energycalc.mv.savings.adjustments import Adjustment
from energycalc.mv.savings.forecast import forecast_uncertainty
from energycalc.mv.savings.saving import (
    Saving,
    annual_saving,
    avoided_energy,
    backcast_saving,
    chained_saving,
    conclusion,
    normalised_saving,
    why_not_annual,
)
from tests.mv.constructed import edges, plant

LINE = Form("linear", linear=("tonnes",))
BEFORE = plant(365, seed=1, first="2022-01-03")
MIDDLE = plant(365, seed=30, first="2023-01-02", saving=0.05)
AFTER = plant(366, seed=60, first="2024-01-01", saving=0.20)
NEW_LINE = Adjustment(
    kind="non_routine",
    what="new line",
    first=date(2024, 5, 1),
    last=date(2024, 12, 31),
    quantity=900.0,
    unit="kWh",
    method="sub_meter",
    evidence="sub-meter L4",
    by="engineer",
    standard_uncertainty=50.0,
)


def truth(periods: Periods, share: float) -> float:
    """Saving that was planted: the share of what would have been used."""
    return float(share / (1 - share) * periods.energy.sum())


def test_the_published_option_c_saving() -> None:
    """changepointmodel, tests/test_savings_integration.py (commit eefdffe, BSD-3-Clause): 3221.2695."""
    outdoor = [31.5549430847168, 41.46236038208008, 40.40647888183594, 48.85377502441406, 66.41313934326172,
               72.4892578125, 79.4146957397461, 80.5838623046875, 72.34444427490234, 59.53846740722656,
               45.7861213684082, 40.545326232910156, 81.20598602294922, 76.7474136352539, 71.7509994506836,
               60.72114181518555, 44.90237426757813, 39.157657623291016, 38.93038558959961, 39.55871963500977,
               47.25370407104492, 50.07562255859375, 60.31964492797852, 75.05147552490234]  # fmt: skip
    usage = [2771.7328796075267, 2778.9696134985625, 2866.628408060809, 2887.0038965747117, 3553.987575239154,
             3980.2125375555543, 4595.253582350758, 4622.158449907303, 4136.844967333332, 3386.2120536070365,
             2841.454855450504, 2862.490733376347, 4609.119827285121, 4501.327610607356, 3824.929077066665,
             3290.77426433021, 2995.993861569896, 2856.627933354837, 2793.6391467096782, 2901.5405670071364,
             2669.68990184348, 2129.172012021504, 2223.438067230257, 2949.248305578736]  # fmt: skip
    times = edges(24, "month", "2020-01")
    years = Periods(
        times[:-1], times[1:], np.array(usage), "kWh", "month", {"outdoor": np.array(outdoor)}, {"outdoor": "degF"}
    )
    first = np.arange(24) < 12
    found = avoided_energy(fit_baseline(years.chosen(first), Form("3PC", temperature="outdoor")), years.chosen(~first))
    assert found.saving == pytest.approx(3221.2695, rel=1e-4)
    assert annual_saving(found) == found.saving


def test_a_planted_saving_lies_in_the_interval_of_all_four_kinds() -> None:
    before, middle, after = (fit_baseline(p, LINE) for p in (BEFORE, MIDDLE, AFTER))
    typical = replace(plant(365, seed=90, first="2025-01-06"), energy=np.zeros(365))
    expected_typical = 0.20 * float((100 + 3 * typical.drivers["tonnes"]).sum())
    for saving, planted in (
        (avoided_energy(before, AFTER), truth(AFTER, 0.20)),
        (normalised_saving(before, after, typical), expected_typical),
        (backcast_saving(after, BEFORE), 0.20 * BEFORE.energy.sum()),
    ):
        assert saving.interval[0] < planted < saving.interval[1], saving.kind
        assert saving.distinguishable and saving.saving > 0
        assert saving.saving == pytest.approx(saving.adjusted_baseline - saving.reporting)
        assert saving.senpi == pytest.approx(saving.reporting / saving.adjusted_baseline)
        assert saving.senpi_interval[0] < 0.80 < saving.senpi_interval[1]
        assert saving.per_period.sum() == pytest.approx(saving.saving)
        assert saving.fraction == pytest.approx(1 - saving.senpi)
    chained = chained_saving(middle, BEFORE, AFTER)
    total = 0.05 * BEFORE.energy.sum() + (0.95 - 0.80) / 0.80 * AFTER.energy.sum()
    assert chained.interval[0] < total < chained.interval[1]
    assert chained.senpi_interval[0] < 0.80 < chained.senpi_interval[1]
    assert chained.saving == pytest.approx(chained.adjusted_baseline - chained.reporting)


def test_the_uncertainties_of_the_four_kinds_are_those_of_their_sums() -> None:
    before, middle, after = (fit_baseline(p, LINE) for p in (BEFORE, MIDDLE, AFTER))
    parts = [forecast_uncertainty(m, [(MIDDLE, 1.0)], metered=False).standard_uncertainty for m in (before, after)]
    assert normalised_saving(before, after, MIDDLE).standard_uncertainty == pytest.approx(math.hypot(*parts))
    back = forecast_uncertainty(after, [(BEFORE, 1.0)], metered=True).standard_uncertainty
    found = backcast_saving(after, BEFORE)
    assert found.standard_uncertainty == back
    assert found.senpi_standard_uncertainty == pytest.approx(back / BEFORE.energy.sum())
    chain = forecast_uncertainty(middle, [(AFTER, 1.0), (BEFORE, -1.0)], metered=True).standard_uncertainty
    assert chained_saving(middle, BEFORE, AFTER).standard_uncertainty == chain


def test_the_error_of_one_model_partly_cancels_in_a_chain() -> None:
    """The level of the year between stands in both sums, with opposite signs; only the metered noise is left."""
    middle = fit_baseline(MIDDLE, Form("mean"))
    plain = dict(metered=True, method="independent")
    one = forecast_uncertainty(middle, [(BEFORE, 1.0)], **plain).standard_uncertainty  # type: ignore[arg-type]
    both = forecast_uncertainty(middle, [(BEFORE, 1.0), (MIDDLE, -1.0)], **plain)  # type: ignore[arg-type]
    s = middle.fit.residual_standard_deviation
    assert one == pytest.approx(s * math.sqrt(365 + 365**2 / 365), rel=1e-9)
    assert both.from_coefficients == pytest.approx(0.0, abs=1e-12)
    assert both.standard_uncertainty == pytest.approx(s * math.sqrt(730), rel=1e-9)


def test_an_adjustment_moves_the_baseline_and_adds_its_own_uncertainty() -> None:
    before = fit_baseline(BEFORE, LINE)
    plain, adjusted = avoided_energy(before, AFTER), avoided_energy(before, AFTER, [NEW_LINE])
    assert adjusted.saving - plain.saving == pytest.approx(900)
    assert adjusted.standard_uncertainty == pytest.approx(math.hypot(plain.standard_uncertainty, 50))
    assert adjusted.degrees_of_freedom > plain.degrees_of_freedom
    assert adjusted.adjustments == (NEW_LINE,)
    assert adjusted.per_period.sum() + 900 == pytest.approx(adjusted.saving)


def test_more_confidence_is_wider_and_never_changes_the_saving() -> None:
    before = fit_baseline(BEFORE, LINE)
    narrow, wide = (avoided_energy(before, AFTER, confidence=c) for c in (0.80, 0.99))
    assert narrow.saving == wide.saving
    assert wide.half_width > narrow.half_width
    assert narrow.smallest_distinguishable > narrow.half_width  # 95 % at least
    assert wide.smallest_distinguishable == pytest.approx(wide.half_width)


def null() -> Saving:
    return avoided_energy(fit_baseline(BEFORE, LINE), plant(366, seed=60, first="2024-01-01"))


def test_no_saving_is_called_no_saving_in_both_languages() -> None:
    saving = null()
    assert not saving.distinguishable
    assert "not distinguishable from zero" in conclusion(saving)
    assert "與零無法區別" in conclusion(saving, "zh-TW")


def test_a_saving_and_an_increase_are_said_in_both_languages() -> None:
    before = fit_baseline(BEFORE, LINE)
    saved = avoided_energy(before, AFTER)
    assert "distinguishable from zero" in conclusion(saved) and "not" not in conclusion(saved)
    assert "與零可區別" in conclusion(saved, "zh-TW")
    assert "2024-01-01 to 2024-12-31" in conclusion(saved)
    more = avoided_energy(before, plant(366, seed=60, first="2024-01-01", saving=-0.2))
    assert more.saving < 0 and more.distinguishable
    assert "more was used" in conclusion(more) and "用能增加" in conclusion(more, "zh-TW")


def test_a_year_is_one_whole_year_and_nothing_else() -> None:
    before = fit_baseline(BEFORE, LINE)
    whole = avoided_energy(before, AFTER)  # 2024, a leap year
    assert annual_saving(whole) == whole.saving and why_not_annual(whole) is None
    half = avoided_energy(before, AFTER.between("2024-01-01", "2024-06-30"))
    with pytest.raises(InputError, match="182 days is not one whole year"):
        annual_saving(half)
    reason = why_not_annual(half)
    assert reason is not None and "182 天" in reason[1]
    gap = np.ones(366, dtype=bool)
    gap[100:103] = False
    with pytest.raises(InputError, match="363 of 366 days"):
        annual_saving(avoided_energy(before, AFTER.chosen(gap, "power cut")))
    across = plant(366, seed=3, first="2023-07-01")
    assert why_not_annual(avoided_energy(before, across)) is None
    assert why_not_annual(avoided_energy(before, plant(365, seed=3, first="2023-07-01"))) is not None


def test_a_saving_of_months_stays_that_of_its_months() -> None:
    before = fit_baseline(BEFORE, LINE)
    quarters = [AFTER.between(*span) for span in (("2024-01-01", "2024-03-31"), ("2024-04-01", "2024-12-31"))]
    parts = [avoided_energy(before, part).saving for part in quarters]
    assert math.fsum(parts) == pytest.approx(avoided_energy(before, AFTER).saving)


def test_units_and_an_empty_baseline_are_refused() -> None:
    before = fit_baseline(BEFORE, LINE)
    with pytest.raises(InputError, match="different units"):
        avoided_energy(before, replace(AFTER, unit="m3"))
    with pytest.raises(InputError, match="adjusted baseline"):
        avoided_energy(before, AFTER, [replace(NEW_LINE, quantity=-1e6)])
    with pytest.raises(InputError, match="outside the reporting period"):
        avoided_energy(before, AFTER, [replace(NEW_LINE, first=date(2023, 1, 1), last=date(2023, 2, 1))])
