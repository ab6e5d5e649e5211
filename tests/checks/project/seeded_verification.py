"""Seeded faults and near misses of verifications: a constructed daily meter with known production, small changes."""

import datetime as dt
import math
import random
from collections.abc import Callable

from tests.checks.project.bases import Sketch

FIRST = dt.date(2021, 1, 1)
Day = tuple[dt.date, float, float]
LAYOUT = (
    "unit: UNIT, kind: KIND, interval: 1 d, gaps: report, stamp: interval_start, midnight: starts_day, "
    "time_zone: Asia/Taipei"
)
VERIFICATION = """
energycalc_verification: 1
title: 虛構量測驗證
constructed: yes
option: C
carrier: electricity
measure: {name: 虛構措施, first_day: 2022-01-01, last_day: 2022-12-31}
periods:
  baseline: {first_day: BEGIN, last_day: 2021-12-31}
  reporting: {first_day: 2023-01-01, last_day: 2023-12-31}
interval: day
meter: {file: v.csv, time_column: day, column: kWh, METER}
drivers:
  - {name: tonnes, file: v.csv, time_column: day, column: t, DRIVER}
production: [tonnes]
plan:
  overview: 虛構
  intent: 虛構
  option_and_boundary: 虛構
  baseline: 虛構
  reporting_period: 虛構
  basis_for_adjustment: 虛構
  calculation: 虛構
  energy_prices: 虛構
  meters: 虛構
  monitoring: 虛構
  expected_accuracy: 虛構
  budget: 虛構
  report_format: 虛構
  quality_assurance: 虛構
  edition: 虛構
  responsible_person: 虛構
  written_on: 2020-12-01
static_factors: [STATIC]

MORE
"""
CASE = """
energycalc: 1
title: 虛構驗證案件
constructed: yes
period: {first_day: 2023-01-01, last_day: 2023-12-31}
plant:
  name: 虛構工廠
  lines:
    - id: L
      name: 全廠
      machines: [{id: M1, name: 全廠用電, process: other, energy: {electricity: {basis: computed}}}]
factors:
  electricity: {year: 2023, series: overall}
kloe: consumption
sampling: {draws: 10000}
measures:
  - {id: V, name: 虛構措施, machine: M1, technology: verified_saving, verification: v.yaml}
"""


def days(saving: float = 0.1, spread: float = 5.0) -> list[Day]:
    """Three years: 100 kWh and 3 kWh a tonne a day, less a share after the works, with noise of a fixed seed."""
    noise = random.Random(7)
    found = []
    for i in range(3 * 365):
        tonnes = 20 + 4 * math.sin(2 * math.pi * i / 365) + noise.uniform(-1, 1) * (2.0 if i < 365 else 0.5)
        share = saving if i >= 365 else 0.0
        energy = (100 + 3 * tonnes) * (1 - share) + spread * noise.gauss(0, 1)
        found.append((FIRST + dt.timedelta(days=i), energy, tonnes))
    return found


class Verified(Sketch):
    """A case whose only measure is a verification; the text of the case is fixed."""

    def text(self) -> str:
        """The case file."""
        return CASE


def verification(
    change: Callable[[list[Day]], list[Day]] = lambda rows: rows,
    *,
    saving: float = 0.1,
    spread: float = 5.0,
    begin: str = "2021-01-01",
    static: str = "{name: 班別, before: 兩班, after: 兩班}",
    more: str = "",
) -> Verified:
    """The clean verification with one small change."""
    rows = "\n".join(f"{d},{e:.3f},{t:.3f}" for d, e, t in change(days(saving, spread)))
    text = VERIFICATION.replace("BEGIN", begin).replace("STATIC", static).replace("MORE", more)
    text = text.replace("METER", LAYOUT.replace("UNIT", "kWh").replace("KIND", "interval_energy"))
    text = text.replace("DRIVER", LAYOUT.replace("UNIT", "t").replace("KIND", "interval_sum"))
    return Verified(files={"v.csv": f"day,kWh,t\n{rows}\n", "v.yaml": text})


def monthly(begin: str) -> Verified:
    """The clean verification by months, from a day of the baseline year on."""
    clean = verification(begin=begin)
    text = str(clean.files["v.yaml"]).replace("interval: day\n", "interval: month\n")
    return Verified(files={**clean.files, "v.yaml": text})


def second_driver(others: list[float], worth: float = 0.0) -> Verified:
    """Two drivers, both in the model; a unit of the second is worth some kWh."""
    clean = verification(lambda rows: [(d, e + worth * x, t) for (d, e, t), x in zip(rows, others, strict=True)],
                         more="models: [linear]")  # fmt: skip
    head, *rows = str(clean.files["v.csv"]).strip().splitlines()
    table = "\n".join([f"{head},x", *(f"{row},{x:.4f}" for row, x in zip(rows, others, strict=True))])
    layout = LAYOUT.replace("UNIT", "t").replace("KIND", "interval_sum")
    driver = f"  - {{name: other, file: v.csv, time_column: day, column: x, {layout}}}\nproduction: [tonnes]"
    text = str(clean.files["v.yaml"]).replace("production: [tonnes]", driver)
    return Verified(files={"v.csv": table + "\n", "v.yaml": text})


def beside_tonnes(spread: float) -> list[float]:
    """Values that follow the tonnes of each day, with noise of their own."""
    noise = random.Random(3)
    return [1.5 * t + noise.gauss(0, spread) for _, _, t in days()]


def of_its_own() -> list[float]:
    """Values that have nothing to do with the tonnes."""
    noise = random.Random(3)
    return [20 + noise.gauss(0, 2) for _ in days()]


def odd_day(tonnes: float) -> Verified:
    """One day of the baseline with another production and the same energy."""
    changed = lambda rows: [(d, e, tonnes if i == 50 else t) for i, (d, e, t) in enumerate(rows)]  # noqa: E731
    return verification(changed, more="models: [linear]")


def raised_from(day: int, last: int, by: float) -> Callable[[list[Day]], list[Day]]:
    """Energy of some days higher by so many kWh."""
    return lambda rows: [(d, e + by * (day <= i < last), t) for i, (d, e, t) in enumerate(rows)]


def more_tonnes(by: float) -> Callable[[list[Day]], list[Day]]:
    """More production, and the energy for it, in the reporting period."""
    return lambda rows: [(d, e + 2.7 * by * (i >= 730), t + by * (i >= 730)) for i, (d, e, t) in enumerate(rows)]


def falling(slope: float) -> Callable[[list[Day]], list[Day]]:
    """Energy that changes by so much a tonne instead of 3 kWh."""
    return lambda rows: [(d, e + (slope - 3) * t, t) for d, e, t in rows]


def without(first: int, last: int) -> Callable[[list[Day]], list[Day]]:
    """Some days left out of the file."""
    return lambda rows: [row for i, row in enumerate(rows) if not first <= i < last]


def slow(by: float) -> Callable[[list[Day]], list[Day]]:
    """Noise that remembers the days before it."""

    def changed(rows: list[Day]) -> list[Day]:
        noise, carried, out = random.Random(11), 0.0, []
        for d, e, t in rows:
            carried = 0.8 * carried + noise.gauss(0, 1)
            out.append((d, e + by * carried, t))
        return out

    return changed


CASES: dict[str, tuple[Sketch, Sketch]] = {
    "TB01": (verification(begin="2021-03-01"), verification()),
    "TB02": (verification(begin="2021-03-01"), verification()),
    "TB03": (verification(more_tonnes(9.0), more="models: [mean]"), verification(more="models: [mean]")),
    "TB04": (verification(static="{name: 班別, before: 兩班, after: 三班}"), verification()),
    "TB05": (verification(more_tonnes(9.0)), verification()),
    "TS01": (verification(saving=0.0), verification()),
    "TS02": (verification(saving=0.03, spread=45.0), verification(saving=0.03)),
    "TS03": (verification(spread=45.0), verification(spread=8.0)),
    "TS05": (verification(falling(1.0)), verification(falling(3.3))),
    "TS06": (second_driver(of_its_own()), second_driver(of_its_own(), worth=5.0)),
    "TS07": (verification(slow(4.0)), verification(slow(0.1))),
    "TS08": (monthly("2021-07-01"), monthly("2021-01-01")),
    "TS09": (second_driver(beside_tonnes(0.01)), second_driver(beside_tonnes(2.0))),
    "TS10": (odd_day(60.0), odd_day(21.0)),
    "TS12": (verification(falling(-2.0)), verification(falling(2.0))),
    "TS13": (verification(without(100, 145)), verification(without(0, 0))),
    "TS17": (Sketch(), verification()),
    "TS20": (verification(raised_from(800, 1095, 25.0)), verification(raised_from(800, 1095, 0.3))),
}
