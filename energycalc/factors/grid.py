"""The factor of grid electricity: of a year, or the newest one announced on the day of an inventory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from energycalc.errors import FactorError
from energycalc.factors.factor import Factor, Match, MatchKind
from energycalc.factors.schema import DAY
from energycalc.factors.selection import (
    GENERAL_SERIES,
    choose,
    known_words,
    listed,
    near,
    remarks_of,
    western_year,
)
from energycalc.factors.store import FactorSet, published_factors
from energycalc.factors.traced import traced
from energycalc.quantity import Quantity

INVENTORY_RULE = ("moenv-1139101231", "公告事項一(四)")


def grid_factor(
    year: int,
    region: str = "TW",
    series: str | None = None,
    *,
    older_by: Quantity | str | None = None,
    announced_by: date | str | None = None,
    factors: FactorSet | None = None,
) -> tuple[Quantity, Match]:
    """Emission factor of grid electricity.

    Args:
        year: calendar year in which the electricity was used.
        region: ``TW``, or another one of ``electricity_other.csv`` such as ``KR`` or ``US-CAMX``, in any case.
        series: ``overall``, ``industrial`` or ``residential``, in any case. Left out, the plain question is
            asked, which from 2025 on has several answers in Taiwan and is then refused.
        older_by: how much older than ``year`` an edition may be, e.g. ``"2 yr"``; none when left out.
        announced_by: Taiwan's inventory rule (announcement of 2024-02-05): take the newest factor
            announced on that day, whatever the year of use. The day of inventory and verification, as a
            date or ``YYYY-MM-DD``.
        factors: a set read by :func:`read_factors`; the program's own when left out.

    Returns:
        The factor in kgCO2e (or kgCO2) per kWh as printed, and how it was found.

    Raises:
        FactorError: nothing fits, several fit, only an older one fits and no allowance covers it, the year is
            to come or of the 民國 calendar, or the series is no general factor of purchased electricity.
    """
    chosen_from = factors or published_factors()
    rows = [f for f in chosen_from.select("grid") if f.region.casefold() == region.strip().casefold()]
    if not rows:
        regions = {f.region for f in chosen_from.select("grid")}
        raise FactorError(
            "no grid factor for the region",
            value=region,
            limit=f"regions {known_words(regions)}",
            next_step=near(region, regions),
        )
    region = rows[0].region
    western_year(year, f"grid electricity, {region}")
    series = _series(series, rows, region, year) if series else None
    asked = tuple(f for f in rows if (f.series == series if series else f.series in GENERAL_SERIES))
    what = f"grid electricity, {region}" + (f", {series}" if series else "")
    if announced_by is not None and older_by is not None:
        raise FactorError(
            "older_by and announced_by are two different rules", subject=what, next_step="Give one of them"
        )
    if announced_by is not None:
        found = _newest_announced(asked, what, year, announced_by, chosen_from)
    else:
        found = choose(asked, what, year, chosen_from, older_by=older_by, others=rows)
    if series is None:
        _refuse_if_series_is_open(found.factor, asked, what, year)
    return traced(found.factor, found.publication), found


def _series(series: str, rows: Sequence[Factor], region: str, year: int) -> str:
    """The series as the table writes it, if it is one of purchased electricity."""
    word = series.strip().lower()
    if word in GENERAL_SERIES:
        return word
    in_general = [f for f in rows if f.series in GENERAL_SERIES and f.status == "final"]
    general = sorted({f.series for f in in_general if f.covers(year)} or {f.series for f in in_general})
    of_series = [f for f in rows if f.series == word]
    if not of_series:
        raise FactorError(
            "no such series of grid electricity",
            subject=f"grid electricity, {region}",
            value=series,
            limit=f"series {known_words(general)}",
            next_step=near(word, general),
        )
    of_year = [f for f in of_series if f.covers(year)]
    raise FactorError(
        "the series is no general factor of purchased electricity and is given only by the id of its row",
        subject=f"grid electricity, {region}",
        value=series,
        limit=listed(of_year or of_series),
        next_step=(f"Name {' or '.join(general)}, or choose" if general else "Choose")
        + " the row by its id and say why",
    )


def _refuse_if_series_is_open(found: Factor, asked: Sequence[Factor], what: str, year: int) -> None:
    """A lone row is the plain answer only if it is the overall one and the year before had no more series."""
    final = [f for f in asked if f.status == "final"]
    before = {f.series for f in final if f.last_year is not None and f.covers((found.last_year or year) - 1)}
    if found.series == "overall" and len(before) < 2:
        return
    raise FactorError(
        "there are several series, of which the table holds one for this year",
        subject=what,
        value=year,
        limit=f"{found.brief()}; series {known_words(before | {found.series})}",
        next_step="Name the series",
    )


def _newest_announced(
    rows: Sequence[Factor], what: str, year: int, announced_by: date | str, chosen_from: FactorSet
) -> Match:
    """Taiwan's inventory rule: the newest factor announced on the day of inventory and verification."""
    day = announced_by if isinstance(announced_by, date) else _day(announced_by)
    final = [f for f in rows if f.status == "final"]
    if not final or final[0].region != "TW":
        raise FactorError(
            "the inventory rule is Taiwan's",
            subject=what,
            next_step="Leave announced_by out for other regions",
        )
    if year > day.year:
        raise FactorError("the year of use lies after the day of inventory", subject=what, value=f"{year}, {day}")
    known = [f for f in final if DAY.fullmatch(f.announced) and f.announced <= day.isoformat()]
    newest = max((f.last_year or 0 for f in known), default=0)
    undated = [f for f in final if not DAY.fullmatch(f.announced) and newest < (f.last_year or 0) < day.year]
    if undated:
        raise FactorError(
            "the day of announcement is not stated for values that may have been newer",
            subject=what,
            value=str(day),
            limit=listed(undated),
            next_step="Choose one by its id",
        )
    if not known:
        raise FactorError(
            "no value had been announced by that day",
            subject=what,
            value=str(day),
            limit=listed(final[:3]),
            next_step='Before the split of 2026-06-02 there was one series: series="overall"',
        )
    # Announcements come from April to July, so from August on the value of the year before must be there.
    expected = day.year - (1 if day.month >= 8 else 2)
    best = [f for f in known if f.last_year == newest]
    if newest < expected and day.isoformat() > chosen_from.checked:
        raise FactorError(
            "a newer value must have been announced by that day, and the table lacks it",
            subject=what,
            value=str(day),
            limit=f"copied {chosen_from.checked}; newest: {listed(best)}",
            next_step="Add the row (docs/adding_a_factor.md)",
        )
    if len(best) > 1:
        raise FactorError(
            "several values answer the question",
            subject=what,
            value=str(day),
            limit=listed(best),
            next_step=f"Name the series, or choose one by its id, e.g. {best[0].id}",
        )
    age = year - newest
    rule = (
        f"依盤查規則採 {day} 當時最新公告值（{INVENTORY_RULE[1]}）",
        f"the newest one announced by {day}, as the inventory rule of {INVENTORY_RULE[0]} demands",
    )
    remarks = [rule]
    if day.isoformat() > chosen_from.checked:
        remarks.append(
            (
                f"本表僅抄錄至 {chosen_from.checked}",
                f"as far as this table knows, copied {chosen_from.checked}",
            )
        )
    kind: MatchKind = "exact" if age == 0 else "older_edition" if age > 0 else "proxy"
    publication = chosen_from.publications[best[0].source]
    return Match(kind, best[0], publication, str(year), age, (*remarks, *remarks_of(best[0])))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise FactorError(
            "is no day", subject="announced_by", value=text, next_step="Write it like 2026-06-30"
        ) from None
