"""The figures about money of an assessment, under their names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from energycalc.effects.money.results import Money
from energycalc.reports import figure_numbers as numbers
from energycalc.reports.figure_frame import NO_CAPTION, Caption
from energycalc.reports.money.figure_cash_flow import cash_flow
from energycalc.reports.money.figure_cost_curve import cost_curve_figure

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def money_figures(
    money: Money | None,
    language: str,
    *,
    uncertainty: numbers.Uncertainties = numbers.NOTHING_STATED,
    caption: Caption = NO_CAPTION,
) -> Iterator[tuple[str, Figure]]:
    """``cash_flow`` of all measures and ``cost_curve``; none for a case without ``economics``.

    Args:
        money: of the assessment.
        language: ``zh-TW`` or ``en``.
        uncertainty: interval by result.
        caption: what stands around the drawings.
    """
    if money is None:
        return
    if money.plant is not None:
        yield "cash_flow", cash_flow(money.plant, language, uncertainty=uncertainty, caption=caption)
    if money.curve:
        yield "cost_curve", cost_curve_figure(money.curve, language, uncertainty=uncertainty, caption=caption)
