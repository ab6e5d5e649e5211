"""The whole play on the example: a constructed plant that carries the load of a real meter."""

import dataclasses
import datetime as dt
import re

import pytest

import energycalc
from energycalc.assessment import Assessment, assess
from energycalc.case.case_file import case_from_text, changed_text
from energycalc.data_files import examples_folder
from energycalc.effects.headline import headline
from energycalc.errors import MeterDataError
from energycalc.quantity import Quantity
from energycalc.quantity.glossary import glossary
from energycalc.quantity.trace import evaluate, leaves, steps, walk

FOLDER = examples_folder() / "steel_plant"
TEXT = (FOLDER / "case.yaml").read_text(encoding="utf-8")
FEW = {"sampling.draws": "10000"}


@pytest.fixture(scope="module")
def assessment() -> Assessment:
    return assess(case_from_text(changed_text(TEXT, FEW), folder=FOLDER), energycalc.published_factors())


def again(assessment: Assessment, **changes: str) -> Assessment:
    text = changed_text(TEXT, FEW | {path.replace("__", "."): new for path, new in changes.items()})
    return assess(case_from_text(text, folder=FOLDER), energycalc.published_factors(), meters=assessment.meters)


def test_the_meter_is_read_as_its_notes_say(assessment: Assessment) -> None:
    """Steel, 2018: 959,636.7 kWh, peak 628.7 kW (README of the data)."""
    electricity = assessment.effects.reconciliations[0]
    assert electricity.metered is not None
    assert electricity.metered.value == pytest.approx(959_636.7, abs=0.06)
    assert str(electricity.metered.unit) == "kWh"
    series = assessment.meters["MAIN"]
    assert series.interval_start[0] == dt.datetime(2018, 1, 1)
    assert series.interval_end[-1] == dt.datetime(2019, 1, 1)


def test_machines_and_the_unexplained_rest_make_the_meter(assessment: Assessment) -> None:
    for r in assessment.effects.reconciliations:
        assert r.unexplained is not None
        assert r.reference is not None
        assert r.machine_sum.value + r.unexplained.value == pytest.approx(r.reference.value, rel=1e-12)
        assert r.unexplained.value > 0
        own = [
            m.carriers[r.carrier].energy_before.value for m in assessment.effects.machines if r.carrier in m.carriers
        ]
        assert sum(own) == pytest.approx(r.machine_sum.value, rel=1e-12)


def test_measures_add_up_to_the_plant(assessment: Assessment) -> None:
    effects = assessment.effects
    for carrier, result in effects.plant.carriers.items():
        own = [m for m in effects.measures if m.carrier == carrier]
        assert sum(m.saving.value for m in own) == pytest.approx(result.saving.value, rel=1e-10)
    assert effects.plant.emission_saving.value == pytest.approx(
        sum(line.emission_saving.value for line in effects.lines), rel=1e-10
    )
    grid = 0.533 / 1000  # 2018, all customers
    electricity = effects.plant.carriers["electricity"]
    assert electricity.emission_saving.value == pytest.approx(electricity.saving.value * grid, rel=1e-10)
    assert electricity.kloe_saving.value == pytest.approx(electricity.saving.value * 0.09556 / 1000, rel=1e-4)


def test_every_saving_of_the_example_is_one_and_passes_no_more_than_there_was(assessment: Assessment) -> None:
    for m in assessment.effects.measures:
        assert 0 < m.saving.value < m.energy_before.value
        assert 0 < m.remaining.value < 1
        assert m.simple_payback is not None
        assert m.simple_payback.value > 0
    assert not [f for f in assessment.findings if f.severity == "error"]


def test_the_scenario_differs_by_the_grid_factor_alone(assessment: Assessment) -> None:
    (scenario,) = assessment.effects.scenarios
    plant = assessment.effects.plant
    saved = plant.carriers["electricity"].saving.value
    assert plant.emission_saving.value - scenario.emission_saving.value == pytest.approx(saved * (0.533 - 0.466) / 1000)


def test_every_headline_has_an_interval_that_holds_its_value(assessment: Assessment) -> None:
    results = headline(assessment.effects)
    assert set(assessment.uncertainty) == set(results)
    assert len(results) > 100
    for q, u in assessment.uncertainty.items():
        if u.interval is None:
            assert not any(leaf.uncertainty for leaf in leaves(q)), q.name
        else:
            low, high = u.interval
            assert low <= high
            assert low - 0.2 * (high - low) <= q.value <= high + 0.2 * (high - low), q.name


def test_every_number_leads_to_a_file_row_or_a_publication(assessment: Assessment) -> None:
    for leaf in leaves(headline(assessment.effects)):
        assert leaf.source is not None, leaf
        assert leaf.source.document, leaf
        assert leaf.basis is not None, leaf
    for step in steps(headline(assessment.effects)):
        assert step.source is not None or step.name == "subtotal", step.name


def test_every_name_has_its_words(assessment: Assessment) -> None:
    names = {q.name for q in walk(headline(assessment.effects)) if q.name}
    assert names - set(glossary()) == set()


def test_the_trace_repeats_itself_from_its_inputs(assessment: Assessment) -> None:
    results = headline(assessment.effects)
    inputs = leaves(results)
    found = evaluate(results, {q: q.value for q in inputs})
    for q, value in zip(results, found, strict=True):
        assert value == pytest.approx(q.value, rel=1e-12), q.name


def test_the_same_case_gives_the_same_answer(assessment: Assessment) -> None:
    other = again(assessment)
    pairs = list(zip(headline(assessment.effects), headline(other.effects), strict=True))
    assert [a.value for a, _ in pairs] == [b.value for _, b in pairs]
    assert [assessment.uncertainty[a].interval for a, _ in pairs] == [other.uncertainty[b].interval for _, b in pairs]
    different = again(assessment, sampling__seed="7")
    assert [different.uncertainty[c].interval for c in headline(different.effects)] != [
        other.uncertainty[b].interval for _, b in pairs
    ]


def test_more_hours_more_energy_more_saving(assessment: Assessment) -> None:
    more = again(assessment, **{"measures[0]__common__operating_hours__value": "3,400 h"})

    def of_machine(a: Assessment, id: str) -> Quantity:
        return next(m for m in a.effects.machines if m.id == id).carriers["electricity"].saving

    assert of_machine(more, "M-01").value == pytest.approx(
        of_machine(assessment, "M-01").value * 3400 / 3300, rel=1e-10
    )
    assert of_machine(more, "C-01").value == of_machine(assessment, "C-01").value
    assert more.effects.plant.emission_saving.value > assessment.effects.plant.emission_saving.value


def test_half_a_year_is_not_made_a_whole_one(assessment: Assessment) -> None:
    text = changed_text(TEXT, FEW | {"period.last_day": "107/6/30"})
    start, end = text.index("  - id: GAS-H2"), text.index("production:")
    half = assess(case_from_text(text[:start] + "\n" + text[end:], folder=FOLDER), energycalc.published_factors())
    assert half.effects.totals.simple_payback is None
    assert all(m.simple_payback is None for m in half.effects.measures)
    assert "period.not_a_year" in {f.id for f in half.findings}
    electricity = half.effects.reconciliations[0]
    whole = assessment.effects.reconciliations[0]
    assert electricity.metered is not None
    assert whole.metered is not None
    assert 0.3 * whole.metered.value < electricity.metered.value < 0.7 * whole.metered.value


def test_a_period_the_meter_does_not_cover_is_refused() -> None:
    for day in ("108/1/1", "108/12/31"):
        text = changed_text(TEXT, {"period.last_day": day})
        with pytest.raises(MeterDataError, match="does not cover") as caught:
            assess(case_from_text(text, folder=FOLDER), energycalc.published_factors())
        assert "steel_kr_2018_15min.csv.gz" in caught.value.subject
        assert caught.value.next_step


def test_the_stamp_names_engine_files_and_random_numbers(assessment: Assessment) -> None:
    stamp = assessment.stamp
    assert stamp["engine"] == f"energycalc {energycalc.__version__}"
    assert energycalc.published_factors().sha256 in stamp["factors"]
    assert any("a059a4dd9b81b902e273d9c6743f36b2c3879558056717f289059e28dd702b59" in text for text in stamp.values())
    assert "seed 20180101" in stamp["random_numbers"]
    assert "10000" in stamp["random_numbers"].replace(",", "")
    assert re.search(r"energy_balance\.remaining_fraction v\d", stamp["formulas"])


def test_progress_is_told_and_the_result_is_frozen(assessment: Assessment) -> None:
    told: list[str] = []
    case = case_from_text(changed_text(TEXT, FEW), folder=FOLDER)
    result = assess(case, energycalc.published_factors(), progress=told.append, meters=assessment.meters)
    assert told[0] == "meters"
    assert len(told) >= 3
    with pytest.raises(dataclasses.FrozenInstanceError):
        result.case = case  # type: ignore[misc]


def test_the_example_says_that_it_is_constructed(assessment: Assessment) -> None:
    assert assessment.case.constructed
    assert "no programme eligibility is claimed" in str(assessment.case.note)
    assert assessment.case.programme is None
