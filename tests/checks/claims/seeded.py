"""One fault and one near miss for each check of claims: changes of clean constructed claims, and what comes of them."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SLIPS = Path(__file__).parents[3] / "data" / "checks" / "slips.csv"


@dataclass(frozen=True)
class Seeded:
    """A fault or a near miss.

    Attributes:
        id: of the row.
        check: that must fire on a fault and stay silent on a near miss.
        base: clean claim that is changed.
        change: keys with their new values; ``None`` takes a key away.
        severity: of the finding; of a near miss: the check may say less than that (a note).
        verdict: of the whole.
    """

    id: str
    check: str
    base: str
    change: dict[str, Any]
    severity: str
    verdict: str


def clean_claims() -> dict[str, dict[str, Any]]:
    """The ten clean claims by id."""
    return {claim["id"]: claim for claim in json.loads((HERE / "clean_claims.json").read_text("utf-8"))["claims"]}


def changed(base: str, change: dict[str, Any]) -> dict[str, Any]:
    """A clean claim with a change."""
    claim = {**clean_claims()[base], **change}
    printed = {k: v for k, v in claim.get("printed", {}).items() if k not in change}
    return {k: v for k, v in {**claim, "printed": printed}.items() if v is not None}


def rows(kind: str) -> tuple[Seeded, ...]:
    """``faults`` or ``near_misses`` of the table."""
    return tuple(Seeded(**row) for row in json.loads((HERE / "seeded.json").read_text("utf-8"))[kind])


def slip_faults() -> Iterator[Seeded]:
    """The money of a clean claim, wrong by each ratio of the table of slips, and by 3 % more than that."""
    with SLIPS.open(encoding="utf-8", newline="") as text:
        for row in csv.DictReader(text):
            for word, ratio in (("times", float(row["ratio"])), ("by", 1 / float(row["ratio"]))):
                change = {"cost_saving": f"{514560 * ratio:.3f} TWD/year", "investment": None, "payback": None}
                if row["figures"] == "oil":  # a slip of one kind of figure is looked for there only
                    oil = {
                        "oil_equivalent": f"{15.3656 * ratio:.5f} KLOE/year",
                        "oil_equivalent_factor": "0.09556 KLOE/MWh",
                    }
                    yield Seeded(f"{word}_{row['ratio']}", "TU02", "fan_drive", oil, "warning", "fail")
                    continue
                if row["only_with"] != "any":  # a slip of a unit needs the unit on the page
                    change["capacity"] = f"100 {row['only_with']}"
                yield Seeded(f"{word}_{row['ratio']}", "TU02", "fan_drive", change, "warning", "fail")


def slip_near_misses() -> Iterator[Seeded]:
    """Ratios between the slips: money that is plainly wrong, and explained by none."""
    for ratio in (1.05, 1.2, 1.341, 1.36, 1.5, 5.0, 7.0, 40.0, 500.0):
        change = {"cost_saving": f"{514560 * ratio:.3f} TWD/year", "investment": None, "payback": None}
        yield Seeded(f"ratio_{ratio:g}", "TU02", "fan_drive", change, "warning", "fail")
