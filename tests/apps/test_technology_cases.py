"""Every technology from its description to a result: starter case, case file, assessment, page."""

from pathlib import Path

import pytest

from energycalc import assess, load_case, published_factors
from energycalc.apps.starter import write_starter
from energycalc.apps.technology_pages import write_pages
from energycalc.case.worked_example import repeat_worked_example
from energycalc.data_files import examples_folder
from energycalc.equipment import TECHNOLOGIES

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("key", list(TECHNOLOGIES))
def test_the_starter_of_a_technology_runs_and_saves_what_its_example_saves(key: str, tmp_path: Path) -> None:
    language = "en" if len(key) % 2 else "zh-TW"
    case = load_case(write_starter(tmp_path / "case", key, language))
    assessment = assess(case, published_factors())
    main = next(m for m in assessment.effects.measures if m.is_main)
    change = repeat_worked_example(TECHNOLOGIES[key]).change
    assert main.remaining is not None
    assert float(main.remaining.value) == pytest.approx(float(change.remaining.value), rel=1e-12)
    assert main.saving.value == pytest.approx(main.energy_before.value * (1 - main.remaining.value), rel=1e-9, abs=1e-9)
    assert main.ceiling is not None and 1 - main.remaining.value <= main.ceiling.value_in("1") + 1e-9
    added = {m.carrier for m in assessment.effects.measures if not m.is_main}
    assert added == set(change.added)
    assert [q.name for q in main.beside] == [q.name for q in change.beside]
    assert not [f for f in assessment.findings if f.severity == "error"]


def test_the_machine_shop_books_both_carriers_and_the_water() -> None:
    assessment = assess(load_case(examples_folder() / "machine_shop"), published_factors())
    effects = assessment.effects
    assert assessment.case.constructed
    assert [f for f in assessment.findings if f.severity == "error"] == []
    assert all(m.saving.value > 0 for m in effects.measures if m.is_main)
    (taken_up,) = [m for m in effects.measures if not m.is_main]
    assert taken_up.carrier == "electricity" and taken_up.measure.id == "F"
    assert -taken_up.saving.value == pytest.approx(320e3 * 0.78 / 3.2)  # the same heat, by the heat pump
    (water,) = [q for m in effects.measures for q in m.beside]
    assert water.name == "make_up_water_saved" and water.value_in("m3") > 0
    plant = effects.plant.carriers
    for carrier, result in plant.items():
        assert sum(m.saving.value for m in effects.measures if m.carrier == carrier) == pytest.approx(
            result.saving.value
        )


def test_the_pages_in_docs_are_those_of_the_descriptions(tmp_path: Path) -> None:
    for page in write_pages(tmp_path):
        kept = ROOT / "docs" / "technologies" / page.name
        assert kept.is_file(), f"write it: energycalc technologies --pages docs/technologies ({page.name})"
        assert kept.read_text("utf-8") == page.read_text("utf-8"), page.name
