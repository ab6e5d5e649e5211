"""Choosing a row: exact, or older by the caller's own allowance, or by its id. Never by guessing."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

from energycalc.errors import FactorError
from energycalc.factors.factor import Factor, Match, MatchKind
from energycalc.factors.store import FactorSet, published_factors
from energycalc.factors.traced import traced
from energycalc.quantity import Quantity, read_quantity

# Factors of electricity bought from the grid. Other series (generation by fuel, combined margin, an estimate with
# green power ...) answer other questions and are chosen by the id of their row.
GENERAL_SERIES = ("overall", "industrial", "residential")


def process_factor(
    subject: str, year: int, *, older_by: Quantity | str | None = None, factors: FactorSet | None = None
) -> tuple[Quantity, Match]:
    """Emission factor of a process, such as ``electric_arc_furnace_steel`` or ``acetylene``.

    Args:
        subject: key of ``process.csv``.
        year: year of the activity.
        older_by: allowance for an older edition, e.g. ``"1 yr"``.
        factors: a set of factors; the program's own when left out.

    Raises:
        FactorError: see :func:`choose`.
    """
    chosen_from = factors or published_factors()
    western_year(year, f"process {subject}")
    rows = chosen_from.select("process", subject=subject)
    if not rows:
        known = {f.subject for f in chosen_from.select("process")}
        raise FactorError(
            "no such process in the table", subject=subject, limit=known_words(known), next_step=near(subject, known)
        )
    found = choose(rows, f"process {subject}", year, chosen_from, older_by=older_by)
    return traced(found.factor, found.publication), found


def factor_by_id(id: str, year: int | None = None, *, factors: FactorSet | None = None) -> tuple[Quantity, Match]:
    """A row chosen by a person, by its id: the only way to a superseded, conflicting or estimated value.

    Args:
        id: as listed by ``energycalc factors``.
        year: the year it is used for, to be told its age; left out, nothing is said about age.
        factors: a set of factors; the program's own when left out.

    Returns:
        The value and a Match whose sentence names the status. A value used for a later year is an
        ``older_edition``, for an earlier year a ``proxy``.

    Raises:
        FactorError: there is no such row, it is a legal target, or prints no single number.
    """
    chosen_from = factors or published_factors()
    if year is not None:
        western_year(year, f"factor {id}")
    factor = chosen_from.by_id(id)
    remarks = [("由使用者以代號指定", "chosen by its id"), *remarks_of(factor)]
    publication = chosen_from.publications[factor.source]
    if year is None or factor.covers(year) or factor.last_year is None:
        found = Match("exact", factor, publication, str(year or ""), 0, tuple(remarks))
    else:
        age = year - factor.last_year
        kind: MatchKind = "older_edition" if age > 0 else "proxy"
        found = Match(kind, factor, publication, str(year), age, tuple(remarks))
    return traced(factor, publication), found


def choose(
    rows: Sequence[Factor],
    what: str,
    year: int | None,
    chosen_from: FactorSet,
    *,
    older_by: Quantity | str | None = None,
    others: Sequence[Factor] = (),
) -> Match:
    """Choose the one final row that answers a question.

    Args:
        rows: the rows that the question means.
        what: the question in words, for messages.
        year: the year that must be covered; ``None`` for values without a year (GWP).
        chosen_from: the set the rows come from.
        older_by: allowance in years for an older edition; none when left out.
        others: rows to be named when nothing fits.

    Returns:
        The match.

    Raises:
        FactorError: no row; several rows; a conflict; too old; or a year the table cannot know yet.
    """
    if year is not None and year > int(chosen_from.checked[:4]):
        raise FactorError(
            "the year is still to come for this table",
            subject=what,
            value=year,
            limit=f"values copied up to {chosen_from.checked}",
            next_step=f"Add the row when it is published; newest: {_newest(rows)}",
        )
    in_force = [f for f in rows if year is None or f.covers(year)]
    final = [f for f in in_force if f.status == "final"]
    if len(final) == 1:
        return match_of("exact", final[0], chosen_from, year)
    if len(final) > 1:
        raise FactorError(
            "several values answer the question",
            subject=what,
            value=year or "",
            limit=listed(final),
            next_step=f"Name the series, or choose one by its id, e.g. {final[0].id}",
        )
    if any(f.status == "conflict" for f in in_force):
        conflict = [f for f in rows if f.status == "conflict"]
        raise FactorError(
            "the sources contradict each other"
            if len(conflict) > 1
            else "the published value is in doubt (see its note)",
            subject=what,
            value=year or "",
            limit=listed(conflict),
            next_step=f"Use your own value with its source, or choose one by its id, e.g. {conflict[0].id}",
        )
    return _older(rows, what, year, chosen_from, older_by, in_force or others)


def _older(
    rows: Sequence[Factor],
    what: str,
    year: int | None,
    chosen_from: FactorSet,
    older_by: Quantity | str | None,
    others: Sequence[Factor],
) -> Match:
    past = [f for f in rows if year is not None and f.status == "final" and (f.last_year or 9999) < year]
    if not past or year is None:
        near = [f for f in others if year is None or f.covers(year)] or _nearest(rows, year)
        raise FactorError(
            "no final value answers the question",
            subject=what,
            value=year or "",
            limit="what there is: " + (listed(near) or "nothing"),
            next_step="Name another series, or choose one by its id",
        )
    newest = max(f.last_year or 0 for f in past)
    best = [f for f in past if f.last_year == newest]
    age, allowed = year - newest, allowance_in_years(older_by)
    if age > allowed:
        raise FactorError(
            f"no value for the year; the newest is {age} yr older" + (", which is too old" if allowed else ""),
            subject=what,
            value=year,
            limit=f"allowance of the caller: {allowed:g} yr; newest: {listed(best)}",
            next_step=f'Allow it with older_by="{age} yr", or choose a row by its id',
        )
    if len(best) > 1:
        raise FactorError(
            "several older values answer the question",
            subject=what,
            value=year,
            limit=listed(best),
            next_step=f"Name the series, or choose one by its id, e.g. {best[0].id}",
        )
    return match_of("older_edition", best[0], chosen_from, year)


def western_year(year: int, what: str) -> None:
    """Refuse a year of the 民國 (ROC) calendar, or one that is no year at all.

    Raises:
        FactorError: the year lies before 1900; for 1 to 199 with the western year that was probably meant.
    """
    if year >= 1900:
        return
    roc = 1 <= year <= 199
    raise FactorError(
        f"{year} is a year of the 民國 calendar" if roc else "is no year of the western calendar",
        subject=what,
        value=year,
        limit="western years, four digits",
        next_step=f"Write {year + 1911}" if roc else "Write it like 2025",
    )


def known_words(words: Iterable[str]) -> str:
    """The subjects, series or regions there are, for the ``limit`` of a message."""
    return "known: " + ", ".join(sorted(set(words)))


def near(word: str, known: Iterable[str]) -> str:
    """A next step that names the nearest known words."""
    own = {k.lower(): k for k in sorted(set(known))}
    found = difflib.get_close_matches(word.lower(), list(own), n=4, cutoff=0.5)
    return f"Near ones: {', '.join(own[f] for f in found)}" if found else "Choose one of the known ones"


def allowance_in_years(older_by: Quantity | str | None) -> float:
    """The caller's allowance as a number of years; zero when none is given.

    Raises:
        FactorError: a bare number, or a negative one.
        UnitError: not a time in years.
    """
    if older_by is None:
        return 0.0
    if not isinstance(older_by, Quantity | str):
        raise FactorError(
            "an allowance needs its unit",
            subject="older_by",
            value=older_by,
            next_step='Write it like "2 yr"',
        )
    years = float((read_quantity(older_by) if isinstance(older_by, str) else older_by).value_in("yr"))
    if years < 0:
        raise FactorError("an allowance cannot be negative", subject="older_by", value=f"{years:g} yr")
    return years


def match_of(kind: MatchKind, factor: Factor, chosen_from: FactorSet, year: int | None) -> Match:
    """The record of a found row, with its age against the year asked."""
    age = 0 if kind == "exact" or year is None else year - (factor.last_year or year)
    publication = chosen_from.publications[factor.source]
    return Match(kind, factor, publication, str(year or ""), age, tuple(remarks_of(factor)))


def remarks_of(factor: Factor) -> list[tuple[str, str]]:
    """What the source leaves unsaid about a row and the reader must know (zh-TW, English)."""
    remarks = []
    if factor.kind == "grid" and factor.series not in GENERAL_SERIES:
        remarks.append(
            (
                f"非一般購電係數（系列 {factor.series}）",
                f"no general factor of purchased electricity ({factor.series})",
            )
        )
    if factor.gwp_set == "not_stated":
        remarks.append(("來源未載明採用之 GWP", "the source does not state its GWP set"))
    return remarks


def listed(rows: Sequence[Factor]) -> str:
    """Up to eight rows in one line, for messages."""
    return "; ".join(f.brief() for f in rows[:8]) + (f"; and {len(rows) - 8} more" if len(rows) > 8 else "")


def _nearest(rows: Sequence[Factor], year: int | None) -> list[Factor]:
    return sorted(rows, key=lambda f: abs((f.first_year or 9999) - (year or 0)))[:3]


def _newest(rows: Sequence[Factor]) -> str:
    final = [f for f in rows if f.status == "final" and f.last_year]
    return max(final, key=lambda f: f.last_year or 0).brief() if final else "none"
