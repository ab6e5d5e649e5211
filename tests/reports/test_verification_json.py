"""``verification.json``: numbers, intervals and their confidence as the verification has them."""

import json
import math
from pathlib import Path

import pytest

from energycalc.case.verification_file import load_verification
from energycalc.mv.verification import Verified
from energycalc.mv.verify import verify
from energycalc.quantity.gum import coverage_factor
from energycalc.reports.verification.results_json import write_verification_results

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@pytest.fixture(scope="module")
def steel() -> Verified:
    return verify(load_verification(EXAMPLES / "steel_plant" / "halves.yaml"))


def test_the_file_says_what_was_found(steel: Verified, tmp_path: Path) -> None:
    data = json.loads(write_verification_results(tmp_path / "verification.json", steel).read_text(encoding="utf-8"))
    assert data["verdict"]["word"] == "not_attributable"
    assert data["saving"]["interval"] == list(steel.saving.interval)
    assert data["saving"]["confidence"] == 0.90
    assert data["quantities"]["saving"]["value"] == pytest.approx(steel.saving.saving, rel=1e-9)
    assert [each["form"] for each in data["models_tried"]] == [t.form.title for t in steel.selection.tried]
    assert data["files"]["meter"]["sha256"] == steel.meter.sha256
    assert {f["id"] for f in data["findings"]} == {f.id for f in steel.findings}


def test_an_interval_called_95_is_one_of_95_percent(steel: Verified, tmp_path: Path) -> None:
    data = json.loads(write_verification_results(tmp_path / "verification.json", steel).read_text(encoding="utf-8"))
    low, high = data["quantities"]["saving"]["interval_95"]
    meter = 0.01 / math.sqrt(3) * steel.saving.saving
    u = math.hypot(steel.saving.standard_uncertainty, meter)
    k = coverage_factor(0.95, steel.saving.degrees_of_freedom)
    assert (high - low) / 2 == pytest.approx(k * u, rel=0.05)  # t of whole degrees, or Monte Carlo
