"""Roll-out: unit saving × scale × similarity × adoption, apart from the project, never more than the target uses."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from energycalc.case.correlations import declared_correlations
from energycalc.effects.derived.derived import derived_effects_of
from energycalc.effects.effects import effects_of
from energycalc.errors import EnergycalcError
from energycalc.factors import published_factors
from energycalc.quantity.uncertainty import propagate
from tests.derived.plant import YEARS, Plant, rollout, target


def by_year(plant: Plant) -> list[float]:
    return [float(y.rollout["electricity"].value) for y in plant.derived.years]


def test_the_product_of_its_four_factors() -> None:
    """The motor saves 81/90 of 100,000 kWh less: 10,000 kWh; × 2 × 80 % × 50 % = 8,000 kWh."""
    assert by_year(Plant(rollout())) == pytest.approx([8_000] * 5)


def test_without_a_scale_energy_gives_it() -> None:
    """300,000 kWh by the 100,000 kWh that the measure found is a scale of 3."""
    derived = Plant(rollout(target(scale=""))).derived
    assert derived.targets[0].scale.value_in("1") == pytest.approx(3)
    assert derived.years[0].rollout["electricity"].value == pytest.approx(12_000)


def test_a_machine_of_the_case_is_scaled_by_what_the_project_leaves_it() -> None:
    derived = Plant(rollout(target(scale="", where="machine: M2"))).derived
    assert derived.targets[0].energy.value == pytest.approx(50_000)
    assert derived.targets[0].full["electricity"].value == pytest.approx(4_000)


def test_no_similarity_or_no_adoption_gives_nothing() -> None:
    assert by_year(Plant(rollout(target(similarity="0 %")))) == [0.0] * 5
    assert by_year(Plant(rollout(target(adoption="0 %")))) == [0.0] * 5


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(0, 100), min_size=5, max_size=5).map(sorted))
def test_more_adoption_never_saves_less_and_years_add_up(shares: list[int]) -> None:
    derived = Plant(rollout(target(shares=tuple(f"{s} %" for s in shares)))).derived
    found = [float(y.rollout["electricity"].value) for y in derived.years]
    assert found == sorted(found)
    assert sum(found) == pytest.approx(float(derived.rollout_total["electricity"].value))
    fixed = derived.paths[0]
    assert fixed.rollout is not None
    assert sum(float(y.rollout.value) for y in fixed.years if y.rollout is not None) == pytest.approx(
        float(fixed.rollout.value)
    )


def test_project_and_rollout_are_never_one_number() -> None:
    """With and without targets, what the project itself saves is the same to the last digit."""
    alone, beside = Plant().derived, Plant(rollout()).derived
    for a, b in zip(alone.years, beside.years, strict=True):
        assert float(a.project["electricity"].value) == float(b.project["electricity"].value)
    assert float(alone.paths[0].project.value) == float(beside.paths[0].project.value)
    assert alone.paths[0].rollout is None and alone.rollout_total == {}


def test_each_uncertainty_counts() -> None:
    """Similarity ± 0.1, and each year's adoption ± 10 points, widen the roll-out and leave the project alone."""
    sure = Plant(rollout()).derived
    unsure = Plant(
        rollout(target(similarity="{value: 80 %, uncertainty: 10 pt}", adoption="{value: 50 %, uncertainty: 10 pt}"))
    ).derived
    for derived, states in ((sure, False), (unsure, True)):
        project, rolled = propagate([derived.project_total["electricity"], derived.rollout_total["electricity"]])
        assert project.standard_uncertainty is None or project.standard_uncertainty == 0
        assert (rolled.standard_uncertainty is not None and rolled.standard_uncertainty > 0) is states


def test_the_uncertainty_of_independent_adoptions_is_that_of_the_sum() -> None:
    """Five independent rectangular ± 10 points: u = 16,000 kWh × 0.1/√3 × √5; the formula of the GUM, clause 5.1.2."""
    derived = Plant(rollout(target(adoption="{value: 50 %, uncertainty: 10 pt}"))).derived
    (found,) = propagate([derived.rollout_total["electricity"]])
    assert found.gum is not None
    assert found.gum.standard_uncertainty == pytest.approx(16_000 * 0.1 / 3**0.5 * 5**0.5, rel=1e-6)


def test_a_target_never_saves_more_than_it_uses() -> None:
    """10,000 kWh × 40 × 80 % = 320,000 kWh a year, of 300,000 kWh."""
    with pytest.raises(EnergycalcError, match=r"more than the target uses.*320,000.*300,000"):
        _ = Plant(rollout(target(scale="scale: 40"))).derived
    assert Plant(rollout(target(scale="scale: 37"))).derived.targets


def test_several_targets_on_one_machine_share_its_energy() -> None:
    one = target(scale="scale: 4", where="machine: M2", similarity="100 %")
    two = target(scale="scale: 4", where="machine: M2", similarity="100 %", id="R2")
    assert Plant(rollout(one)).derived.targets
    with pytest.raises(EnergycalcError, match="more than the target uses"):
        _ = Plant(rollout(one, two)).derived


def test_a_second_roll_out_to_a_machine_finds_what_the_first_leaves() -> None:
    """The motor saves a tenth: of 50,000 kWh 5,000, of the 45,000 kWh left 4,500; two tenths are never added up."""
    one = target(scale="", where="machine: M2", similarity="100 %")
    two = target(scale="", where="machine: M2", similarity="100 %", id="R2")
    first, second = Plant(rollout(one, two)).derived.targets
    assert first.full["electricity"].value == pytest.approx(5_000)
    assert second.energy.value == pytest.approx(45_000)
    assert second.full["electricity"].value == pytest.approx(4_500)


def test_adoptions_that_go_together_are_declared() -> None:
    """With r = 1 between all years the errors of five adoptions add up: u = 16,000 kWh × 0.1/√3 × 5 (GUM, 5.2.2)."""
    unsure = target(adoption="{value: 50 %, uncertainty: 10 pt}")
    path = "derived_effects.rollout.R1.adoption."
    pairs = [(a, b) for a in YEARS for b in YEARS if a < b]
    rows = [f"  - {{first: {path}{a}, second: {path}{b}, coefficient: 1, because: one plan}}\n" for a, b in pairs]
    case, factors = Plant(rollout(unsure) + "\ncorrelations:\n" + "".join(rows)).case, published_factors()
    derived = derived_effects_of(case, effects_of(case, factors, {}), factors)
    assert derived is not None
    (found,) = propagate([derived.rollout_total["electricity"]], correlations=declared_correlations(case))
    assert found.gum is not None
    assert found.gum.standard_uncertainty == pytest.approx(16_000 * 0.1 / 3**0.5 * 5, rel=1e-6)
    with pytest.raises(EnergycalcError, match="is no input of this case"):
        _ = Plant(rollout(unsure) + "\ncorrelations:\n" + rows[0].replace("R1", "R7")).case


def test_a_year_without_adoption_is_refused() -> None:
    with pytest.raises(EnergycalcError, match=r"not stated for every year.*2029"):
        _ = Plant(rollout(target(shares=("10 %",) * 4))).derived


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"shares": ("50 %", "40 %", "50 %", "50 %", "50 %")}, "cannot fall"),
        ({"where": ""}, "either a machine"),
        ({"where": "machine: M9"}, "no machine 'M9'"),
        ({"where": "machine: M1"}, "machine of measure A itself"),
        ({"where": "machine: F1"}, "F1 states none"),
        ({"measure": "Z"}, "no measure 'Z'"),
        ({"where": 'energy: "300,000 kWh[LHV]"'}, "state the energy in kWh"),
        ({"similarity": "120 %"}, "impossible for similarity"),
        ({"similarity": "{value: 95 %, uncertainty: 10 pt}"}, "impossible for similarity"),
        ({"adoption": "101 %"}, "impossible for adoption share"),
    ],
)
def test_what_cannot_be_is_refused_in_the_file(changed: dict[str, object], said: str) -> None:
    with pytest.raises(EnergycalcError, match=said):
        _ = Plant(rollout(target(**changed))).case  # type: ignore[arg-type]
    assert Plant(rollout()).case.derived_effects is not None


def test_a_site_by_hand() -> None:
    """The motor saves a tenth; a site with 500,000 kWh, 60 % as similar, a quarter adopted: 500,000 × 0.1 × 0.6 × 0.25
    = 7,500 kWh a year; at 0.474 kg/kWh (Taiwan, 2024) 3.555 t."""
    text = target(similarity="60 %", adoption="25 %", scale="", where='energy: "500,000 kWh"', extra="same_grid: yes")
    derived = Plant(rollout(text.replace("reach: machine", "reach: site"))).derived
    assert derived.targets[0].reach == "site"
    assert derived.targets[0].full["electricity"].value_in("kWh") == pytest.approx(30_000)
    fixed = derived.paths[0]
    for energy, emission in zip(derived.years, fixed.years, strict=True):
        assert energy.rollout["electricity"].value_in("kWh") == pytest.approx(7_500)
        assert emission.rollout is not None
        assert emission.rollout.value_in("tCO2e[AR5]") == pytest.approx(3.555)
    assert fixed.rollout is not None
    assert fixed.rollout.value_in("tCO2e[AR5]") == pytest.approx(5 * 3.555)


def test_a_site_must_be_on_the_same_grid() -> None:
    site = target().replace("reach: machine", "reach: site")
    with pytest.raises(EnergycalcError, match="same grid"):
        _ = Plant(rollout(site)).case
    assert Plant(rollout(site.replace("because: alike", "because: alike\n      same_grid: yes"))).case
    assert len(YEARS) == 5
