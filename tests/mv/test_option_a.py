"""Option A: key parameter measured, estimates as ranges, correlation by shared instruments."""

import pytest

from energycalc.errors import InputError
from energycalc.mv.isolation.option_a import (
    Interaction,
    bounded_interaction,
    energy_of_parts,
    isolated_energy,
    option_a,
)
from energycalc.mv.isolation.retrofit_parameters import estimated, instrument, nameplate_findings, spot_mean_power
from energycalc.quantity import Quantity, Source, quantity
from energycalc.quantity.distributions import normal, rectangular
from energycalc.quantity.uncertainty import propagate

RECORD = Source("record of measurements 2026-03-02")
NONE = Interaction(None, "an outdoor pump: nothing is heated or cooled by it")
ONE = quantity(1.0, "1", name="units_in_service", basis="published", source=RECORD)


def leaf(value: float, unit: str, name: str, u: float, basis: str = "measured") -> Quantity:
    return quantity(value, unit, name=name, basis=basis, source=RECORD, uncertainty=normal(u))  # type: ignore[arg-type]


def motor(gain_before: Quantity, gain_after: Quantity, hours: Quantity) -> tuple[Quantity, Quantity]:
    """The motor retrofit of the project's uncertainty cases (U19): 55 kW and 38.5 kW ± 0.3 kW, 6000 h ± 60 h."""
    before = (leaf(55.0, "kW", "power_reading", 0.3) * gain_before).renamed("mean_power")
    after = (leaf(38.5, "kW", "power_reading", 0.3) * gain_after).renamed("mean_power")
    return isolated_energy(ONE, before, hours), isolated_energy(ONE, after, hours)


def meter_gain() -> Quantity:
    return quantity(1.0, "1", name="instrument_gain", basis="nameplate", source=RECORD, uncertainty=normal(0.01))


def test_one_instrument_before_and_after_is_one_input() -> None:
    gain, hours = meter_gain(), leaf(6000.0, "h", "operating_hours", 60.0)
    saving = option_a(*motor(gain, gain, hours), key_parameter="mean_power", interaction=NONE)
    assert saving.saving == pytest.approx(99_000)
    assert saving.standard_uncertainty == pytest.approx(2905.2022, rel=1e-7)  # JCGM 100 5.2
    (simulated,) = propagate(saving.traced)
    assert simulated.monte_carlo is not None
    assert simulated.monte_carlo.standard_uncertainty == pytest.approx(2905.33, rel=0.01)


def test_two_instruments_are_two_inputs() -> None:
    hours = leaf(6000.0, "h", "operating_hours", 60.0)
    saving = option_a(*motor(meter_gain(), meter_gain(), hours), key_parameter="mean_power", interaction=NONE)
    assert saving.standard_uncertainty == pytest.approx(4866.847, rel=1e-6)


def hours_between(low: float, high: float) -> Quantity:
    return estimated(low, high, "h", name="operating_hours", because="shift plan of 2025", by="plant manager")


def test_an_estimate_is_rectangular_and_its_share_is_shown() -> None:
    gain = instrument("clamp meter 17", 2.0, Source("certificate 17"))
    before = spot_mean_power([55.1, 54.8, 55.0, 55.2], gain, subject="pump P-1", source=RECORD)
    after = spot_mean_power([38.4, 38.6, 38.5, 38.7], gain, subject="pump P-1", source=RECORD)
    energies = []
    for half_range in (600.0, 6.0):
        hours = hours_between(6000 - half_range, 6000 + half_range)
        both = isolated_energy(ONE, before, hours), isolated_energy(ONE, after, hours)
        energies.append(option_a(*both, key_parameter="mean_power", interaction=NONE))
    wide, narrow = energies
    row = next(row for row in wide.sensitivities if row.estimated)
    assert row.standard_uncertainty == pytest.approx(600 / 3**0.5)
    assert row.contribution_kwh == pytest.approx(600 / 3**0.5 * (float(before.value) - float(after.value)))
    assert sum(each.share for each in wide.sensitivities) == pytest.approx(1)
    assert wide.estimated_share > 0.5 > narrow.estimated_share
    assert [finding.id for finding in wide.findings] == ["mv.TB17_estimates_dominate"]
    assert narrow.findings == ()
    assert wide.distinguishable and wide.adjusted_baseline == pytest.approx(float(before.value) * 6000)


def test_the_relative_variances_of_a_product_add_up() -> None:
    hours, power = leaf(4000.0, "h", "operating_hours", 200.0), leaf(10.0, "kW", "mean_power", 0.3)
    energy = isolated_energy(ONE, power, hours)
    (result,) = propagate(energy)
    assert result.gum is not None
    assert (result.gum.standard_uncertainty / 40_000) ** 2 == pytest.approx((200 / 4000) ** 2 + (0.3 / 10) ** 2)


def test_a_nameplate_as_measured_is_refused() -> None:
    hours = hours_between(5000, 7000)
    plate = quantity(
        55.0, "kW", name="mean_power", basis="nameplate", source=RECORD, uncertainty=rectangular(1.0), subject="P-1"
    )
    measured = leaf(38.5, "kW", "mean_power", 0.3)
    with pytest.raises(InputError, match="not measured"):
        option_a(
            isolated_energy(ONE, plate, hours),
            isolated_energy(ONE, measured, hours),
            key_parameter="mean_power",
            interaction=NONE,
        )
    units = quantity(2.0, "1", name="units_in_service", basis="catalogue", source=RECORD)
    with pytest.raises(InputError, match="nameplate or catalogue"):
        option_a(
            isolated_energy(units, measured, hours),
            isolated_energy(units, measured, hours),
            key_parameter="mean_power",
            interaction=NONE,
        )


def test_an_estimate_without_reason_range_or_person_is_refused() -> None:
    for changed in ({"because": " "}, {"by": ""}):
        words = {"name": "operating_hours", "because": "shift plan", "by": "plant manager"} | changed
        with pytest.raises(InputError, match="justification"):
            estimated(5000, 7000, "h", **words)
    with pytest.raises(InputError, match="range"):
        estimated(6000, 6000, "h", name="operating_hours", because="shift plan", by="plant manager")
    bare = quantity(6000.0, "h", name="operating_hours", basis="assumed", source=RECORD)
    power = leaf(10.0, "kW", "mean_power", 0.1)
    with pytest.raises(InputError, match="no range or no justification"):
        energy = isolated_energy(ONE, power, bare)
        option_a(energy, energy, key_parameter="mean_power", interaction=NONE)


def test_the_key_parameter_must_occur_and_something_must_be_uncertain() -> None:
    hours = hours_between(5000, 7000)
    energy = isolated_energy(ONE, leaf(10.0, "kW", "mean_power", 0.1), hours)
    with pytest.raises(InputError, match="does not occur"):
        option_a(energy, energy, key_parameter="speed", interaction=NONE)
    exact = quantity(10.0, "kW", name="mean_power", basis="measured", source=RECORD)
    energy = isolated_energy(ONE, exact, hours)
    with pytest.raises(InputError, match="no ±"):
        option_a(energy, energy, key_parameter="mean_power", interaction=NONE)


def test_an_interactive_effect_moves_saving_and_uncertainty_and_is_never_left_open() -> None:
    hours = leaf(6000.0, "h", "operating_hours", 60.0)
    sides = motor(meter_gain(), meter_gain(), hours)
    without = option_a(*sides, key_parameter="mean_power", interaction=NONE)
    heating = bounded_interaction(-9_000, -3_000, "lamps heated the hall in winter", "energy engineer")
    with_it = option_a(*sides, key_parameter="mean_power", interaction=heating)
    assert with_it.saving == pytest.approx(without.saving - 6_000)
    added = with_it.standard_uncertainty**2 - without.standard_uncertainty**2
    assert added == pytest.approx(3_000**2 / 3)
    with pytest.raises(InputError, match="interactive effects"):
        Interaction(None, "")


def test_a_sum_of_load_states_is_the_sum_of_its_products() -> None:
    hours = [leaf(t, "h", "operating_hours", 1.0) for t in (4000.0, 2000.0)]
    powers = [leaf(p, "kW", "mean_power", 0.1) for p in (30.0, 8.0)]
    energy = energy_of_parts([isolated_energy(ONE, p, t) for p, t in zip(powers, hours, strict=True)])
    assert energy.value == pytest.approx(30 * 4000 + 8 * 2000)
    assert energy.name == "boundary_energy"


def test_readings_that_are_a_nameplate_are_doubted_and_others_are_not() -> None:
    assert [f.id for f in nameplate_findings([55.0] * 3, 55.0, "kW", "P-1")] == ["mv.TL04_nameplate_as_measured"]
    assert [f.id for f in nameplate_findings([54.0] * 10, 55.0, "kW", "P-1")] == ["mv.TL04_nameplate_as_measured"]
    assert nameplate_findings([54.0] * 9, 55.0, "kW", "P-1") == ()
    assert nameplate_findings([54.0, 54.1] * 5, 55.0, "kW", "P-1") == ()
    with pytest.raises(InputError, match="no measurement"):
        spot_mean_power([55.0, 55.0], meter_gain(), subject="P-1", source=RECORD)
