"""Clean constructed cases for the checks of projects, and the texts of their parts; every number is made up."""

import csv
import datetime as dt
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from energycalc.checks.project.review import Review, review_text
from tests.plants import Furnace, Motor, PlantText, Pressure

EFFECT = "{measure: A, on: other_systems, amount: 轉差率相同，無影響, source: 虛構}"
DAYS = "first_day: 107/1/1, last_day: 107/12/31"
BILL = f'bills:\n  - {{id: B1, carrier: electricity, {DAYS}, quantity: "QUANTITY", amount: AMOUNT}}'
GAS_USE = "{basis: stated, energy: {value: '400000 kWh[LHV]', uncertainty: 2 %, source: 虛構流量計, basis: measured}}"


@dataclass(frozen=True)
class Sketch:
    """A case in the making: what stands beside the plant, each part as text.

    Attributes:
        measures: of the plant.
        review: lines under ``review``, without the effects.
        effects: entries of ``review.effects``.
        more: further top-level blocks.
        files: name to content, written beside the case.
        changes: pairs (old, new) of text, applied at the end.
        gas: whether the plant uses gas as well.
    """

    measures: Sequence[Motor | Pressure | Furnace] = (Motor("A", "M1", cost="{hardware: 10 萬元}"),)
    review: str = ""
    effects: str = EFFECT
    more: str = ""
    files: dict[str, str | bytes] = field(default_factory=dict)
    changes: Sequence[tuple[str, str]] = ()
    energy: str = "{basis: stated, energy: {value: '250000 kWh', uncertainty: 2 %, source: 虛構電表, basis: measured}}"
    gas: bool = False

    def text(self) -> str:
        """The case file."""
        uses = {"electricity": self.energy} | ({"natural_gas": GAS_USE} if self.gas else {})
        notes = "\n".join(f"  {line}" for line in self.review.strip().splitlines())
        effects = f"  effects: [{self.effects}]\n" if self.effects else ""
        block = f"review:\n{effects}{notes}\n" if effects or notes else ""
        plant = PlantText({"L1": {"M1": uses}}, self.measures, more=f"{self.more}\nsampling: {{draws: 10000}}\n{block}")
        text = plant.text()
        for old, new in self.changes:
            assert old in text, old
            text = text.replace(old, new, 1)
        return text

    def review_in(self, folder: Path) -> Review:
        """The review, its files written to a folder."""
        for name, content in self.files.items():
            (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
        return review_text(self.text(), folder=folder)


Rows = list[list[str]]


def hours() -> Rows:
    """A year of hours with a working day and a little play, from a fixed rule."""
    first = dt.datetime(2018, 1, 1)
    return [
        [
            f"{first + dt.timedelta(hours=i):%Y-%m-%d %H:%M}",
            f"{26 + 5 * ((i % 24) // 8) + 3 * (i * 7919 % 97) / 97:.2f}",
        ]
        for i in range(8760)
    ]


def meter_text(change: Callable[[Rows], Rows] = lambda rows: rows) -> str:
    """The file of the constructed meter."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["time", "kWh"])
    writer.writerows(change(hours()))
    return out.getvalue()


def meter(id: str = "MAIN", role: str = "main", more: str = "", file: str = "m.csv") -> str:
    """The declaration of a meter of the constructed layout."""
    return (
        f"  - {{id: {id}, carrier: electricity, role: {role}, file: {file}, time_column: time, column: kWh, unit: kWh, "
        f"interval: 1 h, stamp: interval_start, midnight: starts_day, time_zone: Asia/Taipei{more}}}"
    )


def metered(change: Callable[[Rows], Rows] = lambda rows: rows, more: str = "", **parts: str) -> Sketch:
    """A case with the constructed main meter."""
    return Sketch(more=f"meters:\n{meter(more=more)}", files={"m.csv": meter_text(change)}, **parts)  # type: ignore[arg-type]


def two_carriers(**parts: object) -> Sketch:
    """Electricity and gas on one machine."""
    return Sketch(measures=(Motor("A", "M1"), Furnace("G", "M1")), gas=True, **parts)  # type: ignore[arg-type]


def bill(kilowatt_hours: str = "300,000 kWh", amount: str = "90 萬元") -> str:
    """One bill of the year."""
    return BILL.replace("QUANTITY", kilowatt_hours).replace("AMOUNT", amount)


__all__ = [
    "Furnace",
    "Motor",
    "Pressure",
    "Rows",
    "Sketch",
    "bill",
    "hours",
    "meter",
    "meter_text",
    "metered",
    "two_carriers",
]
