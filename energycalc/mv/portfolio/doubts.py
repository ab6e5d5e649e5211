"""Doubts about one meter of a portfolio, by published limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from energycalc.finding import Finding
from energycalc.mv.portfolio.candidates import BatchForm, Floats
from energycalc.mv.portfolio.daily import MeterAccount
from energycalc.quantity.gum import coverage_factor
from energycalc.quantity.source import cite

if TYPE_CHECKING:
    from energycalc.mv.portfolio.assess import MeterSaving
    from energycalc.mv.portfolio.plan import PortfolioPlan

CV_RMSE_LIMIT = 0.25
"""Screening of energy models in the nmecr vignette."""
UNCERTAINTY_LIMIT = 0.50
"""ASHRAE Guideline 14, whole-building performance path: at most half of the saving, at 68 % confidence."""
COVERAGE_LIMIT = 0.90
"""CalTRACK 2.0: at most a tenth of the days missing."""
LONGEST_OUTSIDE = 0.0
"""Share of reporting days outside the baseline's temperatures above which it is said."""


def refused_doubt(meter: str, reason: str) -> Finding:
    """The finding of a meter without a result."""
    return Finding("portfolio.refused", "error", meter, f"no result: {reason}", f"無結果：{reason}")


def doubts_of(
    plan: PortfolioPlan, meter: str, saving: MeterSaving, account: MeterAccount, temperature: Floats | None,
    baseline: NDArray[np.bool_], reporting: NDArray[np.bool_], unknown: NDArray[np.bool_], slopes: Floats,
    form: BatchForm,
) -> tuple[Finding, ...]:  # fmt: skip
    """Findings about one meter, gravest first.

    Args:
        plan: the declarations.
        meter: its name.
        saving: its result.
        account: where its rows went.
        temperature: of each day of the plan, or None.
        baseline: days that the model was fitted to.
        reporting: days that the saving is made of.
        unknown: reporting days of a kind that the baseline does not hold.
        slopes: slopes of the branches, heating first.
        form: the form.
    """
    found = []
    if saving.cv_rmse > CV_RMSE_LIMIT:
        found.append(
            Finding(
                "portfolio.cv_rmse",
                "warning",
                meter,
                f"CV(RMSE) {saving.cv_rmse:.1%} of the daily baseline is above {CV_RMSE_LIMIT:.0%}",
                f"日基線 CV(RMSE) {saving.cv_rmse:.1%} 高於 {CV_RMSE_LIMIT:.0%}",
                {"form": saving.form},
                cite("nmecr", "project feasibility vignette, CV(RMSE) at most 25 %"),
            )
        )
    at_68 = coverage_factor(0.68, saving.degrees_of_freedom) * saving.standard_uncertainty
    if at_68 > UNCERTAINTY_LIMIT * abs(saving.saving):
        found.append(
            Finding(
                "portfolio.uncertain",
                "warning",
                meter,
                f"± {at_68:,.4g} at 68 % is more than half of the saving {saving.saving:,.4g}",
                f"68% 信賴水準之 ± {at_68:,.4g} 超過節能量 {saving.saving:,.4g} 之半",
                {},
                cite("ashrae-guideline-14", "whole-building performance path"),
            )
        )
    found += _days(plan, meter, saving, account, unknown)
    if temperature is not None:
        found += _outside(meter, temperature[baseline], temperature[reporting])
    if form.change_points and slopes.reshape(sum(form.branches), -1)[:, 0].min() < 0:
        found.append(
            Finding(
                "portfolio.negative_slope",
                "note",
                meter,
                "energy falls beyond a change point: not heating or cooling, but something that goes with the season",
                "轉折點外用能下降：不是採暖或製冷，而是隨季節變動之其他因素",
                {"form": saving.form},
            )
        )
    return tuple(found)


def _days(
    plan: PortfolioPlan, meter: str, saving: MeterSaving, account: MeterAccount, unknown: NDArray[np.bool_]
) -> list[Finding]:
    found = []
    for period, days, used, zh in (
        ("baseline", plan.baseline, saving.baseline_days, "基線期"),
        ("reporting", plan.reporting, saving.reporting_days, "報告期"),
    ):
        declared = (days[1] - days[0]).days + 1
        if used < COVERAGE_LIMIT * declared:
            found.append(
                Finding(
                    f"portfolio.coverage_{period}",
                    "warning",
                    meter,
                    f"only {used} of {declared} days of the {period} period are used",
                    f"{zh} {declared} 天中只用 {used} 天",
                    {"left out": f"{account.days_left_out} days, {account.energy_left_out:,.6g}"},
                    cite("caltrack-2", "data sufficiency: at most 37 days (10 %) of a year missing"),
                )
            )
    if unknown.any():
        found.append(
            Finding(
                "portfolio.unknown_days",
                "warning",
                meter,
                f"{int(unknown.sum())} reporting days are of a kind that the baseline does not hold; they are left out",
                f"報告期有 {int(unknown.sum())} 天的日別在基線期中沒有，未計入",
            )
        )
    return found


def _outside(meter: str, before: Floats, after: Floats) -> list[Finding]:
    outside = (after < before.min()) | (after > before.max())
    share = float(outside.mean())
    if share <= LONGEST_OUTSIDE:
        return []
    return [
        Finding(
            "portfolio.extrapolation",
            "warning" if share > 1 - COVERAGE_LIMIT else "note",
            meter,
            f"{int(outside.sum())} of {len(after)} reporting days lie outside the baseline's temperatures "
            f"({before.min():.1f} to {before.max():.1f})",
            f"報告期 {len(after)} 天中有 {int(outside.sum())} 天的氣溫在基線範圍"
            f"（{before.min():.1f} 至 {before.max():.1f}）之外",
        )
    ]
