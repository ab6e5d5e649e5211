"""A gas meter: volumes are verified and become energy by the supplier's heat value, one error for both sides."""

import gzip
from pathlib import Path

import numpy as np
import pytest

from energycalc.assessment import assess
from energycalc.case.case_file import case_from_text
from energycalc.case.verification_file import load_verification
from energycalc.factors import published_factors
from energycalc.mv.verification import Verified
from energycalc.mv.verify import verify
from energycalc.quantity.uncertainty import propagate

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "verification"
KCAL_PER_KWH = 3600 / 4.1868
CASE = """\
energycalc: 1
title: verified furnace (constructed)
constructed: yes
period: {first_day: 2014-03-01, last_day: 2015-02-28}
plant:
  name: plant
  lines:
    - id: L
      name: line
      machines:
        - {id: B, name: furnace, process: heat_treatment, energy: {natural_gas: {basis: computed}}}
factors:
  natural_gas: {year: 2018, table: per_unit, gwp: AR5, methane: CH4_fossil, heat_value: "8,000 kcal[LHV]/m3"}
kloe: consumption
measures:
  - {id: V, name: burner, machine: B, technology: verified_saving_gas, verification: gas.yaml}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The office's load read as cubic metres of gas: constructed, for its shape only."""
    place = tmp_path_factory.mktemp("gas")
    text = gzip.decompress((EXAMPLES / "data" / "nmecr_office_daily_2012_2015.csv.gz").read_bytes()).decode()
    (place / "gas.csv").write_text(text.replace("eload_kWh", "gas_m3"), encoding="utf-8")
    declared = (EXAMPLES / "office.yaml").read_text(encoding="utf-8")
    for old, new in (
        ("carrier: electricity", 'carrier: natural_gas\nheat_value: {value: "8,000 kcal[LHV]/m3", uncertainty: 1 %}'),
        ("file: data/nmecr_office_daily_2012_2015.csv.gz", "file: gas.csv"),
        ("file: data/nmecr_office_daily_2012_2015.csv.gz", "file: gas.csv"),
        (
            "column: eload_kWh\n  unit: kWh\n  kind: interval_energy",
            "column: gas_m3\n  unit: m3\n  kind: interval_volume",
        ),
        ("measure: {name", "measure: {expected_saving: 8 %, name"),
    ):
        assert old in declared
        declared = declared.replace(old, new, 1)
    (place / "gas.yaml").write_text(declared, encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def gas(folder: Path) -> Verified:
    return verify(load_verification(folder / "gas.yaml"))


def test_volumes_become_energy_by_the_heat_value(gas: Verified) -> None:
    assert gas.saving.unit == "m3"
    assert str(gas.energy.saving.unit) == "kWh[LHV]"
    assert gas.energy.saving.value == pytest.approx(gas.saving.saving * 8000 / KCAL_PER_KWH, rel=1e-9)
    assert gas.energy.adjusted_baseline.value - gas.energy.reporting.value == pytest.approx(
        gas.energy.saving.value, rel=1e-9
    )


def test_one_heat_value_is_one_error_on_the_difference(gas: Verified) -> None:
    (found,) = propagate(gas.energy.saving, draws=10_000)
    assert found.gum is not None
    model = gas.saving.standard_uncertainty / gas.saving.saving
    heat = 0.01 / np.sqrt(3)  # a bare ± is a rectangular limit
    assert found.gum.standard_uncertainty / gas.energy.saving.value == pytest.approx(np.hypot(model, heat), rel=1e-6)


def test_a_case_takes_the_verified_gas(folder: Path, gas: Verified) -> None:
    case = case_from_text(CASE, folder=folder)
    saving = assess(case, published_factors()).effects.plant.carriers["natural_gas"].saving
    assert saving.value == pytest.approx(gas.energy.saving.value, rel=1e-12)


def test_the_pages_of_a_gas_meter_can_be_written(gas: Verified, tmp_path: Path) -> None:
    from energycalc.apps.verifying import write_verified

    files = write_verified(gas, tmp_path / "out", "zh-TW")
    assert {"verification.json", "verification.xlsx", "energy_over_time.png"} <= {file.name for file in files}
    assert all(file.stat().st_size > 0 for file in files)
    assert gas.counted.saving.value == pytest.approx(gas.saving.saving, rel=1e-9)
    assert str(gas.counted.saving.unit) == "m³"
