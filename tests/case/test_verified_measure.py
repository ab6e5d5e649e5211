"""A case whose measure was verified: saving, ± and CO2e come from the verification, nothing is typed twice."""

import shutil
from pathlib import Path

import pytest

from energycalc.assessment import assess
from energycalc.case.case import Case
from energycalc.case.case_file import case_from_text
from energycalc.case.verification_file import load_verification
from energycalc.errors import CaseFileError
from energycalc.factors import published_factors
from energycalc.mv.verify import verify

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
CASE = """\
energycalc: 1
title: verified office (constructed case around published data)
constructed: yes
period: {first_day: 2014-03-01, last_day: 2015-02-28}
plant:
  name: office
  lines:
    - id: L
      name: whole building
      machines:
        - id: B
          name: building
          process: other
          energy: {electricity: {basis: computed}}
factors:
  electricity: {year: 2015, series: overall}
kloe: consumption
measures:
  - id: V
    name: verified works
    machine: B
    technology: verified_saving
    verification: office.yaml
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("case")
    source = EXAMPLES / "verification"
    (place / "data").mkdir()
    shutil.copy(source / "office.yaml", place)
    shutil.copy(source / "data" / "nmecr_office_daily_2012_2015.csv.gz", place / "data")
    shutil.copy(EXAMPLES / "steel_plant" / "halves.yaml", place)
    shutil.copy(EXAMPLES / "steel_plant" / "steel_kr_2018_15min.csv.gz", place)
    return place


@pytest.fixture(scope="module")
def case(folder: Path) -> Case:
    return case_from_text(CASE, folder=folder)


def test_the_saving_of_the_case_is_the_saving_of_the_verification(case: Case, folder: Path) -> None:
    verified = verify(load_verification(folder / "office.yaml"))
    assessment = assess(case, published_factors())
    saving = assessment.effects.plant.carriers["electricity"].saving
    assert saving.value_in("kWh") == pytest.approx(verified.saving.saving, rel=1e-12)
    found = assessment.uncertainty[saving]
    assert found.gum is not None
    assert found.gum.standard_uncertainty == pytest.approx(
        verified.saving.standard_uncertainty * saving.value / verified.saving.saving, rel=1e-9
    )
    emission = assessment.effects.plant.emission_saving
    factor = next(f for f in assessment.effects.factors if f.carrier == "electricity").factor
    assert emission.value / factor.value == pytest.approx(saving.value_in("kWh") / 1000, rel=1e-9)


def test_the_trace_leads_to_the_file_and_its_rows(case: Case) -> None:
    metered = case.measures[0].after["reporting_energy"]
    assert metered.source.file is not None
    assert metered.source.file.sha256.startswith("a49ddbb649cb")
    assert metered.source.file.rows is not None


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("last_day: 2015-02-28}", "last_day: 2015-12-31}", "never scaled to another period"),
        ("verification: office.yaml", "verification: halves.yaml", "no saving that may be claimed"),
        ("verification: office.yaml", "verification: ../office.yaml", "folder of the case"),
        ("technology: verified_saving", "technology: verified_saving_gas", "is about electricity"),
        ("technology: verified_saving", "technology: motor_replacement", "belongs to verified_saving"),
        (
            "verification: office.yaml",
            "verification: office.yaml\n    after: {reporting_energy: 1 kWh}",
            "numbers come from the file",
        ),
        ("verification: office.yaml", "verification: nowhere.yaml", "cannot be read"),
    ],
)
def test_what_cannot_be_is_refused(folder: Path, old: str, new: str, says: str) -> None:
    with pytest.raises(CaseFileError, match=says):
        case_from_text(CASE.replace(old, new), folder=folder)


def test_typed_numbers_need_to_be_measured(folder: Path) -> None:
    typed = "before: {adjusted_baseline: 120 MWh}\n    after: {reporting_energy: 100 MWh}"
    text = CASE.replace("verification: office.yaml", typed)
    case = case_from_text(text, folder=folder)
    with pytest.raises(Exception, match="neither metered nor the result of a verification"):
        assess(case, published_factors())
    measured = text.replace("120 MWh", "{value: 120 MWh, basis: measured}").replace(
        "100 MWh", "{value: 100 MWh, basis: measured}"
    )
    saving = assess(case_from_text(measured, folder=folder), published_factors()).effects.plant.carriers["electricity"]
    assert saving.saving.value_in("MWh") == pytest.approx(20.0)
