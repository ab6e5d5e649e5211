"""The years to come: parts of years, sums, and CO2e on paths of the grid factor beside the fixed one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from energycalc.errors import EnergycalcError
from tests.derived.plant import Plant, path, rollout, scenario

FIXED = "0.474"  # Taiwan 2024, as published; the factor of the case


def test_five_years_are_tracked() -> None:
    """The guide of 2025, 柒、七: the tracking sheet is filled in within five years after closing."""
    assert [y.year for y in Plant().derived.years] == [2025, 2026, 2027, 2028, 2029]


def test_the_year_of_commissioning_counts_its_days() -> None:
    """From 1 July 2025: 184 of 365 days, then whole years."""
    years = Plant(commissioned="commissioned: 2025-07-01").derived.years
    assert years[0].project["electricity"].value == pytest.approx(10_000 * 184 / 365)
    assert [float(y.project["electricity"].value) for y in years[1:]] == pytest.approx([10_000] * 4)


def test_the_years_add_up_to_the_total() -> None:
    derived = Plant(rollout(), commissioned="commissioned: 2025-07-01").derived
    for carrier, whole in derived.project_total.items():
        assert sum(float(y.project[carrier].value) for y in derived.years) == pytest.approx(float(whole.value))
    for p in derived.paths:
        assert sum(float(y.project.value) for y in p.years) == pytest.approx(float(p.project.value))


def test_the_fixed_view_is_the_plain_calculation() -> None:
    """10,000 kWh × 0.474 kg/kWh, and gas by IPCC's 56,100 kg CO2/TJ with its CH4 and N2O: the case's own saving."""
    plant = Plant()
    fixed = plant.derived.paths[0]
    plain = float(plant.effects.plant.emission_saving.value)
    assert fixed.fixed
    assert [float(y.project.value) for y in fixed.years] == pytest.approx([plain] * 5)
    assert [float(y.by_factor.value) for y in fixed.years] == [0.0] * 5


def test_a_path_of_constant_factor_equals_the_fixed_view() -> None:
    fixed, stated = Plant(scenario(*[FIXED] * 5)).derived.paths
    assert [float(y.project.value) for y in stated.years] == pytest.approx(
        [float(y.project.value) for y in fixed.years]
    )
    assert [float(y.by_factor.value) for y in stated.years] == pytest.approx([0.0] * 5, abs=1e-9)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(300, 600), min_size=5, max_size=5))
def test_the_change_is_split_without_a_rest(factors: list[int]) -> None:
    """By hand: (E0 f0 − (E0 − S) f) of electricity plus the gas saved is what saving and factor bring together."""
    plant = Plant(scenario(*(f"{f / 1000:.3f}" for f in factors)))
    derived, gas = plant.derived, float(plant.effects.plant.carriers["natural_gas"].emission_saving.value)
    before = 150_000 * 0.474
    for year, factor in zip(derived.paths[1].years, factors, strict=True):
        after = (150_000 - 10_000) * factor / 1000
        assert float(year.change.value) == pytest.approx((before - after) / 1000 + gas, abs=1e-9)
        assert float(year.by_saving.value) + float(year.by_factor.value) == pytest.approx(float(year.change.value))


def test_published_and_held_factors_are_those_of_the_table() -> None:
    """0.467 for 2025 (overall), announced 2026-06-02."""
    kinds = ["kind: published, series: overall", *["kind: held, published_year: 2025, series: overall"] * 4]
    found = Plant(path(*kinds)).derived.paths[1]
    assert [y.factor.value for y in found.years if y.factor is not None] == [0.467] * 5
    assert [y.kind for y in found.years] == ["published", *["held"] * 4]
    assert "2025" in found.years[1].how.en and "held" in found.years[1].how.en


def test_another_series_is_said_to_be_one() -> None:
    """From overall (2024) to industrial (2025): part of the fall is only the change of series."""
    other = ["kind: published, series: industrial", *["kind: held, published_year: 2025, series: industrial"] * 4]
    same = [text.replace("industrial", "overall") for text in other]
    assert all("another series" in y.how.en for y in Plant(path(*other)).derived.paths[1].years)
    assert not any("another series" in y.how.en for y in Plant(path(*same)).derived.paths[1].years)


def test_a_target_is_called_one() -> None:
    """The legal target of 2025 is 0.424; it may be shown as a path, labelled, and never as a published factor."""
    target = "kind: target, factor: {value: 0.424 kgCO2e/kWh, source: 經能字第11104604400號}"
    found = Plant(path(*[target] * 5)).derived.paths[1]
    assert {y.kind for y in found.years} == {"target"}
    assert "not a factor" in found.years[0].how.en and "不是" in found.years[0].how.zh


def test_a_factor_of_a_year_to_come_is_not_in_the_table() -> None:
    with pytest.raises(EnergycalcError, match="2026"):
        _ = Plant(path(*["kind: published, series: overall"] * 5)).derived


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("kind: scenario", "stated with its source"),
        ("kind: scenario, factor: 0.4 kgCO2e/kWh", "needs its source"),
        ("kind: published, series: overall, factor: {value: 0.4 kgCO2e/kWh, source: x}", "leave factor out"),
        ("kind: held, series: overall", "published_year"),
        ("kind: held, published_year: 2030, series: overall", "must lie before"),
        ("kind: scenario, factor: {value: 400 kgCO2e/MJ/kg, source: x}", "unit"),
    ],
)
def test_a_factor_says_what_it_is(row: str, said: str) -> None:
    with pytest.raises(EnergycalcError, match=said):
        _ = Plant(path(*[row] * 5)).case


def test_a_missing_year_is_never_filled() -> None:
    with pytest.raises(EnergycalcError, match=r"no grid factor for a year.*2029"):
        _ = Plant(scenario(*["0.4"] * 4)).derived
    assert Plant(scenario(*["0.4"] * 5)).derived.paths


def test_without_a_path_the_reader_is_told() -> None:
    ids = {f.id for f in Plant().derived.findings}
    assert "derived.only_the_fixed_factor" in ids
    assert "derived.only_the_fixed_factor" not in {f.id for f in Plant(scenario(*["0.4"] * 5)).derived.findings}


def test_a_measure_needs_its_first_day() -> None:
    with pytest.raises(EnergycalcError, match="commissioned"):
        _ = Plant(commissioned="").derived


def test_a_part_of_a_year_gives_no_path() -> None:
    with pytest.raises(EnergycalcError, match="one whole year"):
        _ = Plant(last="2024-06-30").case
    with pytest.raises(EnergycalcError, match="lies before 2024"):
        _ = Plant(first_year=2023).case


def test_years_before_the_duty_of_tracking_are_refused() -> None:
    """The data know the tracking years of the edition of 2025 on."""
    with pytest.raises(EnergycalcError, match="tracking_years"):
        _ = Plant(first_year=2024).derived
