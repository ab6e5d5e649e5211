"""Reviews of claims on paper: one claim after the import, and 10,000 from a spreadsheet to a table of verdicts.

    python -m benchmarks.bench_claims

The claims are constructed: the same few, each row with another size and every tenth with a fault, so that nothing can be
looked up twice. Reading the file and writing the table count.
"""

from __future__ import annotations

import random
import tempfile
import time
from pathlib import Path

from benchmarks.timing import Figure, median_seconds

ROWS = 10_000
SEED = 5
ONE = {
    "title": "虛構範例：風機變頻", "technology": "fan_vfd", "power_before": "75.0 kW", "power_after": "48.2 kW",
    "hours": "6000 h/year", "energy_before": "450000 kWh/year", "energy_after": "289200 kWh/year",
    "saving": "160800 kWh/year", "saving_rate": "35.7 %", "price": "3.2 TWD/kWh", "cost_saving": "515000 TWD/year",
    "investment": "1450000 TWD", "payback": "2.8 year", "emission_factor": "0.494 kgCO2e/kWh",
    "emission_factor_year": 2023, "emission_reduction": "79.4 tCO2e/year", "oil_equivalent": "15.4 KLOE/year",
    "calculations": [{"quantity": "saving", "expression": "(75.0 kW - 48.2 kW) * 6000 h", "result": "160800 kWh"}],
}  # fmt: skip
HEADINGS = (
    "案號", "標題", "改善前功率 (kW)", "改善後功率 (kW)", "年運轉時數 (h/年)", "年節能量 (kWh/年)", "節能率 (%)", "能源單價 (元/kWh)",
    "年節省費用 (仟元)", "投資金額 (仟元)", "回收年限", "排放係數", "係數年度", "減碳量 (公噸/年)",
)  # fmt: skip


def make(file: Path, rows: int) -> None:
    """Write constructed claims, every tenth with its tonnes ten times too large."""
    import xlsxwriter

    rng = random.Random(SEED)
    book = xlsxwriter.Workbook(str(file), {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADINGS)
    for row in range(1, rows + 1):
        before, hours = round(rng.uniform(20, 900), 1), rng.randint(2000, 8700)
        after, price = round(before * rng.uniform(0.5, 0.97), 1), round(rng.uniform(2.2, 4.4), 2)
        saving = round((before - after) * hours)
        money = max(1, round(saving * price / 1000))
        invested = max(1, round(money * rng.uniform(0.8, 9)))
        tonnes = round(saving * 0.000494 * (10 if row % 10 == 0 else 1), 1)
        sheet.write_row(row, 0, (
            f"X-{row}", "虛構範例", before, after, hours, saving, round(100 * (before - after) / before, 1), price, money,
            invested, f"{invested / money:.1f} 年", "0.494 kgCO2e/kWh", 2023, tonnes,
        ))  # fmt: skip
    book.close()


def figures() -> list[Figure]:
    """One claim, then the spreadsheet."""
    start = time.perf_counter()
    from energycalc.checks.claims.reading import claim_of
    from energycalc.checks.claims.review import review_claim
    from energycalc.checks.claims.spreadsheet import read_claim_table, review_table, write_review_table

    imported = time.perf_counter() - start
    first = median_seconds(lambda: review_claim(claim_of(ONE)), runs=1, warm_up=0)
    one = median_seconds(lambda: review_claim(claim_of(ONE)), runs=50)
    with tempfile.TemporaryDirectory() as folder:
        file, table = Path(folder) / "claims.xlsx", Path(folder) / "reviews.csv"
        make(file, ROWS)
        reading = median_seconds(lambda: read_claim_table(file), runs=1, warm_up=0)
        start = time.perf_counter()
        reviews = review_table(file)
        write_review_table(reviews, table)
        all_ = time.perf_counter() - start
    wrong = sum(review.verdict == "fail" for review in reviews)
    return [
        Figure("review of one claim, the first after the import", 1000 * first, "ms", 50, f"import {imported:.2f} s"),
        Figure("review of one claim, again (median)", 1000 * one, "ms", 50),
        Figure(f"{ROWS:,} claims from a spreadsheet to a table of verdicts", all_, "s", 20,
               f"reading {reading:.1f} s of it; {wrong:,} contradicted of {ROWS // 10:,} spoilt"),
    ]  # fmt: skip


if __name__ == "__main__":
    for figure in figures():
        print(figure.line())
