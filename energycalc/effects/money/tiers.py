"""What a saved kWh is worth: the tiers of the tariff, weighted by when the energy would have been used."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from energycalc.case.case import Case
from energycalc.case.economics import LoadProfile
from energycalc.effects.money.results import TierPrice
from energycalc.errors import InputError, MeterDataError
from energycalc.factors.tariff import DAY_ROWS, MINUTES, TariffPlan
from energycalc.factors.tariff_days import holiday_list
from energycalc.factors.tariff_store import spans
from energycalc.metering import MeterSeries
from energycalc.quantity import Quantity, Source, about, cite, quantity, total

SHARES = cite("money-rules", "value of a saved kWh: share of each tier times its price")
AVERAGE = cite("money-rules", "value of a saved kWh over the average price")


def tier_price(
    case: Case,
    plan: TariffPlan,
    prices: Mapping[str, Quantity],
    profile: LoadProfile,
    meters: Mapping[str, MeterSeries],
) -> TierPrice:
    """Shares of the tiers in the saved energy and what a saved kWh is worth with them.

    Args:
        case: for the period and the average price.
        plan: the tariff.
        prices: its prices by tier key; the same leaves for every profile.
        profile: a meter's record or a stated week.
        meters: series by id, over the period of the case.

    Returns:
        The histogram with its price. The shares are inputs of the sheet; for a record, ``check`` says how far the
        price lies from that of the full series.

    Raises:
        InputError: no hours, or a record whose sum is not above 0.
        MeterDataError: a difference of two records with different slots, or a record with missing slots.
    """
    if profile.meter is None:
        amount, hours, what = _stated(case, plan, profile)
        full = None
    else:
        amount, hours, full, what = _recorded(case, plan, profile, meters)
    whole = float(amount.sum())
    if not whole > 0:
        raise InputError(
            "nothing runs in this profile, so no tier can be weighted",
            subject=f"{case.file}, profile {profile.id}",
            value=f"{whole:g}",
            limit="a sum above 0",
            next_step="State the hours in which the saved load runs, or choose the meter of the machine",
        )
    with about(f"profile {profile.id}"):
        loaded = profile.meter is None and profile.week[0].load is not None
        shares = _shares_of_loads(case, plan, profile, what) if loaded else {
            tier.key: quantity(
                float(part) / whole, "1", name="tier_share", symbol=f"x_{tier.key}",
                basis="assumed" if profile.meter is None else "measured",
                source=Source(profile.because, what),
            )
            for tier, part in zip(plan.tiers, amount, strict=True)
            if part != 0
        }  # fmt: skip
        price = total([share * prices[key] for key, share in shares.items()]).renamed(
            "saved_kwh_price", f"p_{profile.id}", SHARES
        )
        average = case.prices.electricity if case.prices is not None else None
        ratio = None if average is None else (price / average).to("1").renamed("price_over_average", "r_p", AVERAGE)
    check = None if full is None else full / float(price.value_in("TWD/kWh")) - 1
    return TierPrice(profile, shares, price, ratio, check, hours)


def period_days(case: Case) -> NDArray[np.datetime64]:
    """Every day of the period of the case."""
    return np.arange(np.datetime64(case.period.first_day), np.datetime64(case.period.last_day) + 1)


def _shares_of_loads(case: Case, plan: TariffPlan, profile: LoadProfile, what: str) -> dict[str, Quantity]:
    """Shares of a week with stated loads: hours times load of each row over their sum, so that a load's ± counts."""
    days = period_days(case)
    parts: dict[str, list[Quantity]] = {}
    for number, row in enumerate(profile.week, 1):
        assert row.load is not None
        running = {kind: np.zeros(MINUTES) for kind in DAY_ROWS}
        for first, last in spans(row.hours):
            running[row.days][first:last] = 1
        for tier, hours in zip(plan.tiers, plan.tier_hours(days, running), strict=True):
            if hours:
                place = Source(profile.because, f"row {number}: {row.days} {row.hours}; {what}")
                leaf = quantity(float(hours), "h", name="tier_hours", symbol=f"t_{tier.key}_{number}", source=place)
                parts.setdefault(tier.key, []).append(leaf * row.load.to("1"))
    by_tier = {key: total(terms) for key, terms in parts.items()}
    whole = total(list(by_tier.values()))
    return {key: (energy / whole).renamed("tier_share", f"x_{key}", SHARES) for key, energy in by_tier.items()}


def _stated(case: Case, plan: TariffPlan, profile: LoadProfile) -> tuple[NDArray[np.float64], float, str]:
    weights = {kind: np.zeros(MINUTES) for kind in DAY_ROWS}
    for row in profile.week:
        load = 1.0 if row.load is None else float(row.load.value_in("1"))
        for first, last in spans(row.hours):
            if np.any(weights[row.days][first:last] != 0):
                raise InputError(
                    "the same hours of a day stand twice in the week",
                    subject=f"{case.file}, profile {profile.id}",
                    value=f"{row.days} {row.hours}",
                    next_step="Leave each hour in one row",
                )
            weights[row.days][first:last] = load
    days = period_days(case)
    running = {kind: (weight > 0).astype(float) for kind, weight in weights.items()}
    hours = float(plan.tier_hours(days, running).sum())
    week = "; ".join(f"{row.days} {row.hours}" for row in profile.week)
    what = f"stated week ({week}) over {days[0]} to {days[-1]}, off-peak days of {plan.edition} by {holiday_list()}"
    return plan.tier_hours(days, weights), hours, what


def _recorded(
    case: Case, plan: TariffPlan, profile: LoadProfile, meters: Mapping[str, MeterSeries]
) -> tuple[NDArray[np.float64], float, float, str]:
    series, amount = profile_series(case, profile, meters)
    seconds = series.layout.interval_seconds
    found = plan.tier_energy(series.interval_start, seconds, amount)
    hours = float(np.count_nonzero(amount > 0)) * seconds / 3600
    # the check goes the other way round: each minute of the record gets its price, without any histogram
    paid = plan.paid_by_minutes(series.interval_start, seconds, amount)
    what = f"{series.source().document}, {len(amount):,} slots over {case.period.first_day} to {case.period.last_day}"
    return found, hours, paid / float(amount.sum()) if amount.sum() else float("nan"), what


def profile_series(
    case: Case, profile: LoadProfile, meters: Mapping[str, MeterSeries]
) -> tuple[MeterSeries, NDArray[np.float64]]:
    """The record behind a profile and its kWh per slot, the second meter taken off.

    Raises:
        MeterDataError: missing slots, or two records with different slots.
    """
    assert profile.meter is not None
    series = meters[profile.meter]
    _whole(series, profile.id, case)
    if profile.less is None:
        return series, series.energy_kwh
    other = meters[profile.less]
    _whole(other, profile.id, case)
    if not np.array_equal(series.interval_start, other.interval_start):
        raise MeterDataError(
            "the two records of a difference have different slots",
            subject=f"profile {profile.id}, meters {profile.meter} and {profile.less}",
            value=f"{len(series.interval_start):,} and {len(other.interval_start):,} slots",
            limit="the same slots",
            next_step="Bring both records to one interval",
        )
    return series, series.energy_kwh - other.energy_kwh


def _whole(series: MeterSeries, profile: str, case: Case) -> None:
    if len(series.ledger.missing):
        raise MeterDataError(
            "the record has missing slots, so the hours of its energy are not known",
            subject=f"profile {profile}, {series.layout.subject}",
            value=f"{len(series.ledger.missing):,} missing, the first at {series.ledger.missing[0]}",
            limit=f"every slot of {case.period.first_day} to {case.period.last_day}",
            next_step="Fill the gaps openly (gaps: of the meter), or state a typical week",
        )
