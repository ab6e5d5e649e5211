"""``energycalc mv``: the file is read, the tables are shown, every meter is in the csv."""

import csv
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from energycalc.apps.cli import app
from energycalc.apps.portfolio_file import load_plan
from energycalc.errors import CaseFileError, InputError

PLAN = """
meters:
  time_column: time
  column: kWh
  unit: kWh
  interval: 1 h
  stamp: interval_start
  midnight: starts_day
  time_zone: Asia/Taipei
temperature: {column: degC, unit: degC}
baseline: {first_day: 2023-03-01, last_day: 2023-06-30}
reporting: {first_day: 2023-07-01, last_day: 2023-07-31}
calendar: {country: TW}
confidence: 95 %
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    time = np.arange(np.datetime64("2023-03-01T00", "h"), np.datetime64("2023-08-01T00", "h"))
    rng = np.random.default_rng(2)
    for name, level in (("press shop", 50), ("furnace", 200)):
        warm = 22 + 6 * np.sin(np.arange(len(time)) / 500) + rng.standard_normal(len(time))
        energy = level + 2 * np.maximum(warm - 20, 0) + rng.standard_normal(len(time))
        energy[time >= np.datetime64("2023-07-01")] *= 0.8
        rows = zip(time.astype("datetime64[m]").astype(str), energy, warm, strict=True)
        text = "".join(f"{t.replace('T', ' ')},{e:.3f},{w:.2f}\n" for t, e, w in rows)
        (tmp_path / f"{name}.csv").write_text("time,kWh,degC\n" + text, encoding="utf-8")
    (tmp_path / "broken.csv").write_text("time,kWh,degC\n2023-03-01 00:00,one,20\n", encoding="utf-8")
    (tmp_path / "portfolio.yaml").write_text(PLAN, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(("language", "words"), [("en", "Savings, largest first"), ("zh-TW", "節能量")])
def test_all_meters_are_shown_and_written(folder: Path, language: str, words: str) -> None:
    out = folder / "out"
    done = CliRunner().invoke(app, ["mv", str(folder), "--out", str(out), "--lang", language])
    assert done.exit_code == 0, done.output
    assert words in done.output and "furnace" in done.output and "broken" in done.output
    with (out / "portfolio.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["meter"]: row for row in csv.DictReader(file)}
    assert set(rows) == {"press shop", "furnace", "broken"}
    assert rows["broken"]["verdict"] == "refused" and "line 2" in rows["broken"]["reason"]
    for name in ("press shop", "furnace"):
        assert rows[name]["verdict"] == "saving"
        assert float(rows[name]["fraction"]) == pytest.approx(0.2, abs=0.02)
        assert float(rows[name]["confidence"]) == pytest.approx(0.95)
        before, after = float(rows[name]["adjusted_baseline"]), float(rows[name]["reporting"])
        assert before - after == pytest.approx(float(rows[name]["saving"]), rel=1e-12)


def test_what_cannot_be_used_in_the_file_is_listed_with_its_line(folder: Path) -> None:
    (folder / "portfolio.yaml").write_text(PLAN.replace("unit: degC", "unit: K"), encoding="utf-8")
    with pytest.raises(CaseFileError, match="line 10"):
        load_plan(folder)


def test_a_reporting_period_inside_the_baseline_is_refused(folder: Path) -> None:
    (folder / "portfolio.yaml").write_text(PLAN.replace("2023-07-01", "2023-06-15"), encoding="utf-8")
    with pytest.raises(InputError, match="before the baseline period has ended"):
        load_plan(folder)
