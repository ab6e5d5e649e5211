"""The checks of physics on the measures of a project (constructed plants)."""

import pytest

import energycalc
from energycalc.assessment import Assessment, assess
from energycalc.checks.physics.facts import Facts
from energycalc.checks.physics.judge import physics_findings
from energycalc.checks.project.physical_facts import facts_of_measure, judged_by_technology, physics_of_project
from energycalc.checks.project.review import review_text
from energycalc.checks.range import Range
from tests.plants import Furnace, Motor, PlantText, Pressure, electric, stated, stated_gas


def assessed(plant: PlantText) -> Assessment:
    return assess(plant.case(), energycalc.published_factors())


def test_the_ceiling_of_a_technology_stands_under_the_check_and_once() -> None:
    """An efficiency that no motor has is refused by the technology, and the refusal stands under TP01."""
    review = review_text(electric(Motor("M", "M1", 90.0, 98.9)).text())
    assert [f.id for f in review.findings if f.id.startswith("TP")] == ["TP01"]


def test_a_clean_measure_has_no_finding_of_physics() -> None:
    for plant in (electric(Motor("M", "M1", 90.0, 96.0)), electric(Pressure("P", "M1"))):
        assert [f.id for f in physics_of_project(assessed(plant)) if f.severity != "note"] == []


def test_what_the_technology_judges_is_not_judged_again() -> None:
    """The same numbers as facts without a technology behind them fire; as a measure they are left to its ceiling."""
    plant = electric(Motor("M", "M1", 90.0, 96.0))
    assessment = assessed(plant)
    result = assessment.effects.measures[0]
    facts = facts_of_measure(assessment.case, result.measure, result)
    more = Facts(facts.subject, facts.families, {**facts.values, "saving_rate": Range.exact(0.5)}, facts.words)
    assert "TP02" in {f.id for f in physics_findings(more)}
    assert "TP02" in judged_by_technology("motor_replacement")
    assert "TP02" not in {f.id for f in physics_findings(more, judged_by_technology("motor_replacement"))}


def test_parameters_arrive_in_the_units_of_the_checks() -> None:
    lines = {"L": {"M1": {"electricity": stated(1e5)}, "G": {"natural_gas": stated_gas(1e6)}}}
    assessment = assessed(PlantText(lines, [Pressure("P", "M1"), Furnace("F", "G")]))
    facts = {m.measure.id: facts_of_measure(assessment.case, m.measure, m) for m in assessment.effects.measures}
    assert facts["P"].values["discharge_pressure_before"].value == pytest.approx(7.0)
    assert facts["P"].values["discharge_pressure_after"].value == pytest.approx(6.0)
    assert facts["P"].is_a("compressor")
    assert facts["F"].values["oxygen_before"].value == pytest.approx(0.08)
    assert facts["F"].values["flue_gas_temperature_before"].value == pytest.approx(600.0)
    assert facts["F"].word("carrier", "before") == "natural_gas"
    assert not facts["F"].on_paper
    assert physics_of_project(assessment) == []


def test_the_saving_of_a_part_of_a_year_is_not_taken_for_that_of_a_year() -> None:
    period = "{first_day: 2018-01-01, last_day: 2018-06-30}"
    plant = electric(Motor("M", "M1"), period=period)
    case = plant.case()
    result = plant.effects().measures[0]
    assert "saving_energy" not in facts_of_measure(case, result.measure, result).values
    assert "saving_rate" in facts_of_measure(case, result.measure, result).values
