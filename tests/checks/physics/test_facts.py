"""What the checks see of a claim or of a measure: words, points, ratios, and what is left unsaid."""

import csv
import re

import pytest

from energycalc.checks.catalogue import checks
from energycalc.checks.claims.keys import claim_keys
from energycalc.checks.claims.physical_facts import PLACES, facts_of_claim, read_point
from energycalc.checks.claims.reading import claim_of
from energycalc.checks.physics.facts import Facts, known_facts
from energycalc.checks.physics.judge import not_judged, physics_findings, title_of
from energycalc.checks.physics.technology import families_of
from energycalc.checks.project.physical_facts import (
    check_of_finding,
    judged_by_technology,
)
from energycalc.checks.range import Range
from energycalc.data_files import data_folder
from energycalc.equipment import TECHNOLOGIES
from energycalc.errors import InputError

# ---------------------------------------------------------------- words of a technology


@pytest.mark.parametrize(
    ("text", "families"),
    [
        ("heat_pump 熱泵取代電熱", {"heat_pump", "electric_heating"}),
        ("vacuum pump", {"vacuum_pump"}),
        ("循環泵浦加裝變頻器", {"pump", "speed_control"}),
        ("compressor_heat_recovery", {"compressor_heat"}),
        ("energy_management 工廠能源管理", set()),
        ("scheduled pumping", set()),
    ],
)
def test_families(text: str, families: set[str]) -> None:
    assert families_of(text) == families


# ---------------------------------------------------------------- temperatures and pressures on paper


def test_a_gauge_pressure_is_read_with_its_rounding() -> None:
    assert read_point("p", "7.0 bar(g)", known_facts()["discharge_pressure"]) == Range(6.95, 7.0, 7.1)


def test_a_pressure_without_a_word_may_be_gauge_or_absolute() -> None:
    read = read_point("p", "7 kg/cm2", known_facts()["discharge_pressure"])
    assert read.value == pytest.approx(7 * 0.980665)
    assert read.low == pytest.approx(6.5 * 0.980665 - 1.01325)


@pytest.mark.parametrize("text", ["200", "200 kW", "hot", "200 K", ""])
def test_what_is_no_temperature_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        read_point("flue_gas_temperature", text, known_facts()["flue_gas_temperature"])


def test_what_could_not_be_read_is_named_and_the_rest_is_judged() -> None:
    facts = facts_of_claim(claim_of({"technology": "馬達", "efficiency_after": "101 %", "ambient_temperature": "warm"}))
    assert len(facts.unread) == 1
    assert "ambient_temperature" in facts.unread[0]
    assert [f.id for f in physics_findings(facts)] == ["TP01"]


# ---------------------------------------------------------------- claims


def test_horsepower_is_a_rating_and_no_reading() -> None:
    facts = facts_of_claim(claim_of({"technology": "pump", "power_before": "100 HP", "power_after": "60 HP"}))
    assert facts.word("power_is", "before") == "rating"
    assert "saving_power" not in facts.values


def test_kw_per_ton_is_no_cop() -> None:
    facts = facts_of_claim(claim_of({"technology": "chiller", "cop": "0.7 kW/RT"}))
    assert "cop" not in facts.values
    assert facts.values["cooling_specific_power"].low < 0.7 / 3.516853 < facts.values["cooling_specific_power"].high


def test_a_rate_of_a_loss_or_of_costs_is_no_saving_rate_of_the_measure() -> None:
    for more in ({"saving_rate_of": "loss"}, {"figures_are": "loss"}, {"carrier": "mixed"}):
        assert "saving_rate" not in facts_of_claim(claim_of({"technology": "fan", "saving_rate": "90 %"} | more)).values


def test_a_claim_that_matches_the_cube_law_passes() -> None:
    claim = {"technology": "fan_vfd", "speed_before": "60 Hz", "speed_after": "48 Hz", "power_before": "100.0 kW",
             "power_after": "51.2 kW"}  # fmt: skip
    assert {f.severity for f in physics_findings(facts_of_claim(claim_of(claim)))} == {"note"}


def test_an_objection_on_paper_is_a_warning_at_most() -> None:
    values = {"energy_before": Range.exact(300.0), "hours": Range.exact(4.0), "rated_power": Range.exact(75.0)}
    on_paper, project = (Facts("x", frozenset({"motor"}), values, on_paper=paper) for paper in (True, False))
    assert [f.severity for f in physics_findings(on_paper)] == ["warning"]
    assert [f.severity for f in physics_findings(project)] == ["error"]


def test_a_claim_without_any_of_it_costs_nothing_and_says_nothing() -> None:
    facts = facts_of_claim(claim_of({"technology": "energy_management", "saving": "1000 kWh/year"}))
    assert physics_findings(facts) == []
    assert not_judged(facts) == {}


def test_a_missing_fact_is_named() -> None:
    facts = facts_of_claim(claim_of({"technology": "heat_pump", "cop": "4.2 1"}))
    assert not_judged(facts) == {"TP12": ("heat_source_temperature", "heat_sink_temperature")}
    assert title_of("heat_source_temperature") == "temperature of the heat source"
    assert title_of("speed_ratio|flow_ratio", "zh") == "前後轉速或前後流量"


# ---------------------------------------------------------------- tables


def test_every_claim_key_of_a_fact_is_a_key_of_claims() -> None:
    for fact in known_facts().values():
        for key in fact.claim_keys:
            found = [claim_keys()[key + place] for place in PLACES if key + place in claim_keys()]
            assert found, key
            assert {f.kind for f in found} == {"figure" if fact.kind == "figure" else "text"}, key


def test_every_parameter_of_a_fact_belongs_to_a_technology() -> None:
    known = {p.name for key in TECHNOLOGIES for p in TECHNOLOGIES[key].parameters}
    assert {name for fact in known_facts().values() for name in fact.parameters} <= known


def raised() -> list[dict[str, str]]:
    with (data_folder() / "checks" / "physics_raised.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_each_technology_has_one_check_for_its_ceiling() -> None:
    named = [t for row in raised() if row["finding"] == "measure.above_ceiling" for t in row["technologies"].split()]
    assert sorted(named) == sorted(TECHNOLOGIES)
    assert {row["check"] for row in raised()} <= set(checks())


def code_below() -> str:
    """All lines of the rooms that raise findings and refuse."""
    package = data_folder().parent / "energycalc"
    rooms = ("equipment", "physics", "effects")
    return "\n".join(file.read_text(encoding="utf-8") for room in rooms for file in (package / room).rglob("*.py"))


def test_each_mapped_finding_is_raised_somewhere() -> None:
    code = code_below()
    for row in raised():
        tail = re.escape(row["finding"].split(".", 1)[1])
        assert re.search(rf'"[^"\n]*\.{tail}"', code), row["finding"]


def test_each_refusal_that_stands_under_a_check_of_physics_is_worded_somewhere() -> None:
    code = code_below()
    with (data_folder() / "checks" / "raised_elsewhere.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["kind"] == "refusal" and row["check"].startswith("TP")]
    assert len(rows) == 14
    for row in rows:
        for one in re.split(r"\|(?![^(]*\))", row["pattern"]):
            assert re.search(one, code), one


def test_a_finding_of_a_technology_is_mapped_once() -> None:
    assert check_of_finding("measure.above_ceiling", "motor_replacement") == "TP02"
    assert check_of_finding("cooling.near_carnot", "heat_pump_water_heating") == "TP12"
    assert check_of_finding("cooling.near_carnot", "chiller_replacement") == "TP11"
    assert check_of_finding("boiler_efficiency.efficiency_near_limit", "boiler_efficiency") == "TP03"
    assert check_of_finding("measure.uses_more", "motor_replacement") is None
    assert {"TP02", "TL03"} <= judged_by_technology("motor_replacement")
