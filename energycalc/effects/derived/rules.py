"""Dated rules behind the derived effects: tracking years, carbon fee, CBAM scope and default values."""

from __future__ import annotations

import csv
import functools
import threading
from collections.abc import Mapping
from dataclasses import dataclass

from energycalc.data_files import data_folder
from energycalc.errors import FactorError
from energycalc.quantity import Quantity, Source, about, quantity

FOLDER = "carbon_rules"
OPEN = "open"
RATES = ("general", "preferential_a", "preferential_b")
_MAKING = threading.Lock()
_NAMES = {
    "tracking_years": ("tracking_years", "n_track"),
    "fee_threshold": ("fee_threshold", "E_fee"),
    "cbam_mark_up": ("cbam_mark_up", "m_CBAM"),
}


@dataclass(frozen=True)
class Scope:
    """A heading of CBAM: its sector, and which gases of it count."""

    sector: str
    gases: str


def rule(id: str, year: int) -> Quantity:
    """A rule in force in a year, as a published leaf; the same object for the same row.

    Args:
        id: as in ``data/carbon_rules/rules.csv``; rules that change from year to year have one row for each.
        year: calendar year.

    Raises:
        FactorError: no such rule is in force in that year.
    """
    rows = [row for row in _rows("rules") if row["id"] == id or row["id"].startswith(f"{id}_20")]
    found = [row for row in rows if _in_force(row, year)]
    if len(found) != 1:
        known = ", ".join(f"{row['id']} {row['valid_from']} to {row['valid_to']}" for row in rows) or "none"
        raise FactorError(
            "no such rule is in force in that year" if not found else "several rules are in force",
            subject=id,
            value=year,
            limit=f"rows of {FOLDER}/rules.csv: {known}",
            next_step="Choose a year that the data know, or add the row when it is published",
        )
    with _MAKING:
        return _leaf(found[0]["id"], id)


@functools.cache
def _leaf(row_id: str, name: str) -> Quantity:
    row = next(row for row in _rows("rules") if row["id"] == row_id)
    unit = row["unit"].replace("TWD/", f"TWD[{row['valid_from']}]/")
    own, symbol = _NAMES.get(name, ("carbon_fee_rate", "p_CO2e"))
    with about(""):
        return quantity(
            float(row["value"]), unit, name=own, symbol=symbol, basis="published", source=_source(row, row["clause"])
        )


def scope_of(cn_code: str) -> Scope | None:
    """Sector and gases of a CN code under CBAM; ``None`` for goods that it does not cover.

    Args:
        cn_code: with or without spaces.
    """
    rows = _longest(_rows("cbam_scope"), "cn_prefix", cn_code)
    return Scope(rows[0]["sector"], rows[0]["gases"]) if rows and rows[0]["counted"] == "yes" else None


def default_value(cn_code: str) -> Quantity | None:
    """Default value of direct emissions of a good made in Taiwan, before the mark-up; ``None`` where there is no row.

    Args:
        cn_code: with or without spaces; six digits or more find the rows that are printed by subheading.
    """
    rows = _longest(_rows("cbam_defaults"), "cn_code", cn_code)
    if not rows:
        return None
    with _MAKING:
        return _default(rows[0]["cn_code"])


@functools.cache
def _default(cn_code: str) -> Quantity:
    row = next(row for row in _rows("cbam_defaults") if row["cn_code"] == cn_code)
    source = _source(row, f"{row['clause']}; CN {cn_code}")
    with about(""):
        return quantity(
            float(row["direct"]),
            "tCO2e/t",
            name="cbam_default_direct",
            symbol="SEE_d",
            basis="published",
            source=source,
        )


def _longest(rows: tuple[Mapping[str, str], ...], column: str, cn_code: str) -> list[Mapping[str, str]]:
    wanted = cn_code.replace(" ", "")
    fitting = [row for row in rows if wanted.startswith(row[column].replace(" ", ""))]
    return sorted(fitting, key=lambda row: -len(row[column].replace(" ", "")))


def _in_force(row: Mapping[str, str], year: int) -> bool:
    return int(row["valid_from"]) <= year and (row["valid_to"] == OPEN or year <= int(row["valid_to"]))


def _source(row: Mapping[str, str], locator: str) -> Source:
    second_hand = "second-hand: the document itself was not read" if row["second_hand"] == "yes" else ""
    return Source(row["document"], locator, confidence=second_hand)


@functools.cache
def _rows(name: str) -> tuple[Mapping[str, str], ...]:
    path = data_folder() / FOLDER / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(dict(row) for row in csv.DictReader(file))
