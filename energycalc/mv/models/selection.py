"""Choose a baseline model by the error it makes on blocks of time that it has not seen, and keep all that were tried.

The baseline is cut into contiguous blocks; each is left out in turn, the form is fitted to the rest, change points
included, and predicts the block. The smallest error wins; within 1 % of it the form with the fewest parameters.

Why not the simplest form within one standard error: with twelve months that error is so wide that drivers which do
matter are dropped, and a saving without its driver is biased. Which form that rule would take is reported beside.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from energycalc.errors import EnergycalcError, InputError
from energycalc.mv.models.baseline import Baseline, fit_baseline
from energycalc.mv.models.columns import indicator_share
from energycalc.mv.models.forms import BoundForm, Form, known_levels
from energycalc.mv.periods import Periods

Floats = NDArray[np.float64]
Blocks = NDArray[np.int64]
AS_GOOD = 0.01
"""A form whose error is larger by no more than this share is as good, and preferred if it has fewer parameters."""


@dataclass(frozen=True, eq=False)
class Tried:
    """One form with what it reached; numbers are None where it was refused.

    Attributes:
        form: as asked for.
        baseline: fitted to the whole baseline.
        out_of_sample: root mean square error on the blocks left out (by n), over the mean energy, a fraction.
        standard_error: of the mean squared error over the blocks, as a share of that mean squared error.
        bias: mean of metered minus predicted on the blocks left out, over the mean energy.
        bic: n ln(SSE/n) + p ln n.
        cv_rmse: of the fit to the whole baseline, by n − p.
        r_squared: of that fit.
        parameters: p, change points included.
        refused: why it cannot be used; empty if it can.
    """

    form: Form
    baseline: Baseline | None = None
    out_of_sample: float | None = None
    standard_error: float | None = None
    bias: float | None = None
    bic: float | None = None
    cv_rmse: float | None = None
    r_squared: float | None = None
    parameters: int | None = None
    refused: str = ""

    @property
    def key(self) -> str:
        """Key of the form."""
        return self.form.key


@dataclass(frozen=True, eq=False)
class Selection:
    """All that was tried, and what was chosen.

    Attributes:
        chosen: the baseline model.
        tried: every form in the order asked for.
        blocks: number of blocks left out in turn.
        scored: number of periods on which the errors are compared, the same for all forms.
        simplest: the form that the rule of one standard error would take.
    """

    chosen: Baseline
    tried: tuple[Tried, ...]
    blocks: int
    scored: int
    simplest: Form

    @property
    def best(self) -> Tried:
        """The entry of the chosen form."""
        return next(each for each in self.tried if each.baseline is self.chosen)

    @property
    def reason(self) -> str:
        """Why the chosen form was chosen, as a sentence."""
        usable = sum(not each.refused for each in self.tried)
        return (
            f"Smallest error on {self.blocks} blocks left out in turn ({_percent(self.best.out_of_sample)} of the mean "
            f"energy, {self.scored} periods) among {usable} usable of {len(self.tried)} forms; "
            "within 1 % the fewest parameters"
        )

    @property
    def reason_zh(self) -> str:
        """The same in Traditional Chinese."""
        usable = sum(not each.refused for each in self.tried)
        return (
            f"依序保留 {self.blocks} 個連續區塊，其預測誤差最小（平均用能之 {_percent(self.best.out_of_sample)}，"
            f"{self.scored} 個期間）；共試 {len(self.tried)} 種模式，可用 {usable} 種；差距在 1 % 內取參數最少者"
        )


def choose_baseline(periods: Periods, forms: Sequence[Form], *, blocks: Blocks | None = None) -> Selection:
    """Try every form and choose the one that predicts unseen blocks best.

    A period whose level (day type, time of the week, indicator) occurs in no other block is scored for no form, so that
    all are compared on the same periods.

    Args:
        periods: the baseline.
        forms: to try.
        blocks: number of the block of each period, shape (n,); by :func:`contiguous_blocks` if not given.

    Returns:
        The chosen model with everything that was tried.

    Raises:
        InputError: no form is given, or every one is refused (the reasons are listed).
    """
    block = contiguous_blocks(periods) if blocks is None else blocks
    if not forms or len(block) != len(periods) or len(np.unique(block)) < 2:
        raise InputError(
            "there is nothing to choose from, or nothing to leave out",
            subject="choice of the baseline model",
            value=f"{len(forms)} forms, {len(np.unique(block))} blocks, {len(periods)} periods",
            limit="a form, and two blocks or more",
            next_step="Name the forms, or use a longer baseline",
        )
    attempts = [_attempt(periods, form, block) for form in forms]
    scored = np.ones(len(periods), dtype=np.bool_)
    for _, errors in attempts:
        if errors is not None:
            scored &= np.isfinite(errors)
    tried = tuple(_scored(each, errors, scored, periods, block) for each, errors in attempts)
    usable = [each for each in tried if not each.refused]
    if not usable:
        raise InputError(
            "every form is refused",
            subject="choice of the baseline model",
            value="; ".join(f"{each.form.title}: {each.refused}" for each in tried),
            next_step="Use a longer baseline, shorter intervals or simpler forms",
        )
    least = min(usable, key=lambda each: _error(each))
    good = [each for each in usable if _error(each) <= _error(least) * (1 + AS_GOOD)]
    chosen = min(good, key=lambda each: (each.parameters or 0, _error(each)))
    limit = _error(least) * math.sqrt(1 + (least.standard_error or 0.0))
    simplest = min(
        (each for each in usable if _error(each) <= limit), key=lambda each: (each.parameters or 0, _error(each))
    )
    assert chosen.baseline is not None
    return Selection(chosen.baseline, tried, len(np.unique(block[scored])), int(scored.sum()), simplest.form)


def contiguous_blocks(periods: Periods) -> Blocks:
    """Number of the block of each period: stretches of time that are left out together.

    Hours, days and weeks: blocks of four whole weeks from Monday if the baseline spans half a year or more, of one week
    if it spans four weeks, of one day below (of one week for weeks). Months: one by one.
    """
    if periods.interval == "month":
        return np.arange(len(periods))
    day = periods.start.astype("datetime64[D]").astype(np.int64)
    week = (day + 3) // 7
    span = int(week[-1] - week[0]) + 1
    if span >= 26:
        whole = (week - week[0]) // 4
        return np.minimum(whole, max(span // 4 - 1, 0))  # a last block of less than four weeks joins the one before
    return week - week[0] if span > 4 or periods.interval == "week" else day - day[0]


def _attempt(periods: Periods, form: Form, block: Blocks) -> tuple[Tried, Floats | None]:
    """Fit the whole and every part; errors of the blocks left out, NaN where a level is unknown to the rest."""
    errors = np.full(len(periods), np.nan)
    where = ""
    try:
        baseline = fit_baseline(periods, form)
        for each in np.unique(block):
            out = block == each
            first, last = periods.start[out][[0, -1]].astype("datetime64[D]")
            where = f"without {first} to {last}: "
            errors[out] = _errors_of_block(periods, form, out)
    except EnergycalcError as error:
        return Tried(form, refused=f"{where}{error}"), None
    fit = baseline.fit
    return (
        Tried(
            form,
            baseline,
            bic=fit.bayesian_information_criterion,
            cv_rmse=fit.cv_rmse,
            r_squared=fit.r_squared,
            parameters=fit.parameters,
        ),
        errors,
    )


def _errors_of_block(periods: Periods, form: Form, out: NDArray[np.bool_]) -> Floats:
    rest, left = periods.chosen(~out), periods.chosen(out)
    kept = tuple(each for each in form.indicators if indicator_share(rest, each).any())
    fitted = fit_baseline(rest, replace(form, indicators=kept))
    known = _known(fitted.bound, left)
    for each in form.indicators:
        if each not in kept:
            known &= indicator_share(left, each) == 0
    errors = np.full(len(left), np.nan)
    if known.any():
        inside = left.chosen(known)
        errors[known] = inside.energy - fitted.predict(inside)
    return errors


def _known(bound: BoundForm, periods: Periods) -> NDArray[np.bool_]:
    return known_levels(bound.form, bound.columns, periods)


def _scored(each: Tried, errors: Floats | None, scored: NDArray[np.bool_], periods: Periods, block: Blocks) -> Tried:
    if errors is None:
        return each
    if not scored.any():
        return replace(each, refused="no period could be predicted by all forms from the other blocks")
    mean = float(periods.energy.mean())
    squares = errors[scored] ** 2
    total = float(squares.mean())
    by_block = [squares[block[scored] == k].mean() for k in np.unique(block[scored])]
    spread = float(np.std(by_block, ddof=1)) / math.sqrt(len(by_block)) if len(by_block) > 1 else 0.0
    return replace(
        each,
        out_of_sample=math.sqrt(total) / mean,
        standard_error=spread / total if total > 0 else 0.0,
        bias=float(errors[scored].mean()) / mean,
    )


def _error(each: Tried) -> float:
    return math.inf if each.out_of_sample is None else each.out_of_sample


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{value:.3%}"
