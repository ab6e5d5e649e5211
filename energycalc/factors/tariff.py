"""Electricity tariffs by time of use and season, as dated data: which tier an hour belongs to and what it costs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from energycalc.errors import FactorError
from energycalc.factors.tariff_days import Days, OffPeakDay, in_summer, kinds_of_days
from energycalc.quantity import Quantity, Source, quantity

MINUTES = 24 * 60
DAY_ROWS = {
    "weekday": "weekday",
    "saturday": "saturday",
    "sunday": "sunday_or_off_peak_day",
    "off_peak_day": "sunday_or_off_peak_day",
}
"""Which rows of the schedule a kind of day follows."""


@dataclass(frozen=True)
class Tier:
    """What one register of the bill counts: a season and a period; Saturday's partial peak has its own price.

    Attributes:
        season: ``summer`` or ``non_summer``.
        period: ``peak``, ``partial_peak``, ``saturday_partial_peak`` or ``off_peak``.
    """

    season: str
    period: str

    @property
    def key(self) -> str:
        """``summer.peak``."""
        return f"{self.season}.{self.period}"


@dataclass(frozen=True)
class TariffRow:
    """A row of ``data/tariffs/energy.csv``."""

    season: str
    day_type: str
    period: str
    spans: tuple[tuple[int, int], ...]
    price: float
    source: Source

    @property
    def tier(self) -> Tier:
        """The register it belongs to."""
        saturday = self.day_type == "saturday" and self.period == "partial_peak"
        return Tier(self.season, "saturday_partial_peak" if saturday else self.period)


@dataclass(frozen=True)
class DemandPrice:
    """Price of the regular contract capacity per kW and month."""

    summer: float
    non_summer: float
    source: Source


@dataclass(frozen=True)
class TariffPlan:
    """One plan at one voltage in one edition, checked to give every minute of every day exactly one tier.

    Attributes:
        edition: name of the schedule, such as ``2025-10``.
        voltage: ``low``, ``high`` or ``extra_high``.
        plan: ``two_tier``, ``three_tier_fixed``, ``batch``.
        name_zh: as the schedule calls it.
        effective_from: first day of the edition.
        known_until: last day on which it is known to hold.
        tax: what the prices include.
        money_year: year of the money.
        summer: first and last day of the summer, ``MM-DD``.
        off_peak_days: days that follow the Sunday row.
        rows: prices and hours.
        demand: price of the regular contract; ``None`` where the data give none.
    """

    edition: str
    voltage: str
    plan: str
    name_zh: str
    effective_from: dt.date
    known_until: dt.date
    tax: str
    money_year: int
    summer: tuple[str, str]
    off_peak_days: tuple[OffPeakDay, ...]
    rows: tuple[TariffRow, ...]
    demand: DemandPrice | None

    @property
    def tiers(self) -> tuple[Tier, ...]:
        """The registers, summer first, in the order of the schedule."""
        return tuple(dict.fromkeys(row.tier for row in self.rows))

    @property
    def name(self) -> str:
        """``2025-10, high, two_tier``."""
        return f"{self.edition}, {self.voltage}, {self.plan}"

    def day_kinds(self, days: Days) -> NDArray[np.str_]:
        """Kind of each day: weekday, saturday, sunday, off_peak_day."""
        return kinds_of_days(days, self.off_peak_days)

    def is_summer(self, days: Days) -> NDArray[np.bool_]:
        """Whether each day lies in the summer of this voltage."""
        return in_summer(days, *self.summer)

    def tier_minutes(self, season: str, kind: str) -> NDArray[np.int64]:
        """Place in ``tiers`` of each minute of a day of that season and kind."""
        place = np.full(MINUTES, -1, dtype=np.int64)
        order = {tier: i for i, tier in enumerate(self.tiers)}
        for row in self.rows:
            if row.season == season and row.day_type == DAY_ROWS[kind]:
                for first, last in row.spans:
                    place[first:last] = order[row.tier]
        return place

    def tier_hours(self, days: Days, minutes: Mapping[str, NDArray[np.float64]] | None = None) -> NDArray[np.float64]:
        """Hours (or weighted hours) of some days in each tier.

        Args:
            days: calendar days.
            minutes: by kind of day, the weight of each of its 1,440 minutes; every minute counts 1 when left out.

        Returns:
            One number per tier, in the order of ``tiers``.
        """
        kinds, summer = self.day_kinds(days), self.is_summer(days)
        found = np.zeros(len(self.tiers))
        for season, inside in (("summer", summer), ("non_summer", ~summer)):
            for kind in DAY_ROWS:
                number = int(np.count_nonzero(inside & (kinds == kind)))
                if number:
                    weight = np.ones(MINUTES) if minutes is None else minutes[kind]
                    place = self.tier_minutes(season, kind)
                    found += number * np.bincount(place, weights=weight, minlength=len(self.tiers)) / 60
        return found

    def tier_energy(
        self, start: NDArray[np.datetime64], seconds: int, amount: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Amount of a series in each tier; a slot over a tier's edge is divided by its minutes.

        Args:
            start: beginning of each slot, local clock time.
            seconds: length of a slot, whole minutes up to one day.
            amount: of each slot.

        Raises:
            FactorError: slots that are no whole minutes, longer than a day, or that reach over midnight.
        """
        if seconds % 60 or not 60 <= seconds <= 86400:
            raise FactorError(
                "slots of this length cannot be put into the hours of a tariff",
                subject=f"tariff {self.name}",
                value=f"{seconds} s",
                limit="whole minutes, up to one day",
                next_step="Give the record in 15-minute or hourly slots",
            )
        day = start.astype("datetime64[D]")
        minute = (start - day).astype("timedelta64[m]").astype(np.int64)
        length = seconds // 60
        if np.any(minute + length > MINUTES):
            raise FactorError(
                "a slot reaches over midnight",
                subject=f"tariff {self.name}",
                value=str(start[minute + length > MINUTES][0]),
                limit="slots inside one day",
                next_step="Give the record in slots that begin on the hour",
            )
        kinds, summer = self.day_kinds(day), self.is_summer(day)
        found = np.zeros(len(self.tiers))
        for season, inside in (("summer", summer), ("non_summer", ~summer)):
            for kind in DAY_ROWS:
                chosen = inside & (kinds == kind)
                if not chosen.any():
                    continue
                place = self.tier_minutes(season, kind)
                begin, own = minute[chosen], amount[chosen] / length
                for tier in range(len(self.tiers)):
                    before = np.concatenate([[0], np.cumsum(place == tier)])
                    found[tier] += float(np.sum(own * (before[begin + length] - before[begin])))
        return found

    def paid_by_minutes(self, start: NDArray[np.datetime64], seconds: int, amount: NDArray[np.float64]) -> float:
        """Money of a series at the schedule's prices, minute by minute and row by row: the check on the tiers.

        Args:
            start: beginning of each slot, local clock time.
            seconds: length of a slot.
            amount: kWh of each slot.
        """
        paid = 0.0
        day = start.astype("datetime64[D]")
        begin = (start - day).astype("timedelta64[m]").astype(np.int64)
        kinds, summer = self.day_kinds(day), self.is_summer(day)
        for row in self.rows:
            inside = summer == (row.season == "summer")
            inside &= np.isin(kinds, [kind for kind, rows in DAY_ROWS.items() if rows == row.day_type])
            first_minute, own = begin[inside], amount[inside]
            for step in range(seconds // 60):
                minute = first_minute + step
                for first, last in row.spans:
                    paid += row.price * float(np.sum(own[(minute >= first) & (minute < last)]))
        return paid / (seconds // 60)

    def prices(self) -> dict[str, Quantity]:
        """The price of each tier as a leaf, by its key; one call gives one set of leaves."""
        first = {row.tier: row for row in reversed(self.rows)}
        return {
            tier.key: quantity(
                first[tier].price,
                "TWD/kWh",
                name="tier_price",
                symbol=f"p_{tier.key}",
                basis="published",
                source=first[tier].source,
                subject=f"{self.name}, {tier.season}, {tier.period}",
            )
            for tier in self.tiers
        }

    def demand_prices(self) -> dict[str, Quantity]:
        """Price of the regular contract by season, as leaves.

        Raises:
            FactorError: the data give no demand price for the plan.
        """
        if self.demand is None:
            raise FactorError(
                "the data give no price of demand for this plan",
                subject=f"tariff {self.name}",
                next_step="Leave the demand charge out, or add its row to data/tariffs/demand.csv",
            )
        values = {"summer": self.demand.summer, "non_summer": self.demand.non_summer}
        return {
            season: quantity(value, "TWD/kW", name="demand_price", symbol=f"c_{season}", basis="published",
                             source=self.demand.source, subject=f"{self.name}, {season}")
            for season, value in values.items()
        }  # fmt: skip
