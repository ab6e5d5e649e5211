"""GWP sets, methane by origin, values that are no number, and refrigerants."""

import pytest

from energycalc.errors import FactorError, UnitError
from energycalc.factors import co2_equivalent, factor_by_id, gwp, refrigerant_emission, refrigerant_leakage
from energycalc.quantity import quantity

BLENDS = {  # mass fractions as printed with the names in the GWP table
    "R-404A": {"R-125": 0.44, "R-143a": 0.52, "R-134a": 0.04},
    "R-407A": {"R-32": 0.20, "R-125": 0.40, "R-134a": 0.40},
    "R-407C": {"R-32": 0.23, "R-125": 0.25, "R-134a": 0.52},
    "R-410A": {"R-32": 0.50, "R-125": 0.50},
    "R-507A": {"R-125": 0.50, "R-143a": 0.50},
}


@pytest.mark.parametrize("gwp_set", ["AR4", "AR5", "AR6", "TW113"])
@pytest.mark.parametrize("blend", BLENDS)
def test_a_blend_is_the_sum_of_its_parts(blend: str, gwp_set: str) -> None:
    parts = sum(share * gwp(part, gwp_set)[0].value for part, share in BLENDS[blend].items())
    assert gwp(blend, gwp_set)[0].value == pytest.approx(parts, abs=0.06)


def test_the_set_stands_in_the_unit_and_sets_do_not_mix() -> None:
    old, new = gwp("R-134a", "AR4")[0], gwp("R-134a", "AR5")[0]
    assert (old.value_in("kgCO2e[AR4]/kg"), new.value_in("kgCO2e[AR5]/kg")) == (1430, 1300)
    with pytest.raises(UnitError):
        _ = old + new
    with pytest.raises(FactorError, match="not one of the GWP set TW113"):
        gwp("gwp-ar4-n2o", "TW113")
    with pytest.raises(FactorError, match="sets known: AR4, AR5, AR6, TW113"):
        gwp("CO2", "AR7")


@pytest.mark.parametrize("gwp_set", ["AR4", "AR5", "AR6", "TW113"])
def test_methane_needs_its_origin(gwp_set: str) -> None:
    with pytest.raises(FactorError, match="depends on its origin"):
        gwp("CH4", gwp_set)
    assert gwp("CH4_non_fossil", gwp_set)[1].kind == "exact"


def test_taiwans_fossil_methane_is_in_conflict_and_is_chosen_by_id() -> None:
    with pytest.raises(FactorError, match="contradict") as error:
        gwp("CH4_fossil", "TW113")
    assert "-28 = 28" in error.value.limit and "-30 = 30" in error.value.limit
    for value in (28, 30):
        found, match = gwp(f"gwp-tw113-ch4_fossil-{value}", "TW113")
        assert found.value == value and match.factor.status == "conflict"
    amount = {"CH4": quantity(1, "kgCH4")}
    with pytest.raises(FactorError, match="contradict"):
        co2_equivalent(amount, "TW113", methane="CH4_fossil")
    with pytest.raises(FactorError, match="no GWP of methane"):
        co2_equivalent(amount, "TW113", methane="N2O")
    assert co2_equivalent(amount, "TW113", methane="gwp-tw113-ch4_fossil-28").total.value == 28


def test_sf6_of_ar6_is_in_conflict_but_not_of_ar5() -> None:
    with pytest.raises(FactorError, match="contradict") as error:
        gwp("SF6", "AR6")
    assert "24300" in error.value.limit and "25200" in error.value.limit
    assert gwp("SF6", "AR5")[0].value == 23500


@pytest.mark.parametrize(("gas", "gwp_set", "printed"), [("R-22", "TW113", "not counted"), ("R-1234yf", "AR5", "<1")])
def test_what_is_no_number_is_not_made_one(gas: str, gwp_set: str, printed: str) -> None:
    with pytest.raises(FactorError, match="no single number") as error:
        gwp(gas, gwp_set)
    assert printed in str(error.value.value)
    assert gwp(gas, "AR6")[0].value > 0


def test_a_gas_missing_in_one_set_is_refused_with_what_there_is() -> None:
    with pytest.raises(FactorError, match="gwp-ar6-r-454b = 531"):
        gwp("R-454B", "AR5")
    assert gwp("R-454B", "AR6")[0].value == 531
    with pytest.raises(FactorError, match="no such gas"):
        gwp("R-9999", "AR5")


def test_leakage_default_carries_the_announced_range() -> None:
    rate, match = refrigerant_leakage("chiller")
    assert (rate.value, str(rate.unit)) == (8.5, "%/yr")
    assert rate.uncertainty is not None and rate.uncertainty.kind == "rectangular"
    assert rate.uncertainty.standard_uncertainty == pytest.approx(6.5 / 3**0.5)  # 2 to 15 % per year
    assert match.factor.series == "operation_form_default"


def test_a_range_is_refused_as_a_number() -> None:
    with pytest.raises(FactorError, match="no single number"):
        refrigerant_leakage("chiller", "operation")
    with pytest.raises(FactorError, match="no final value") as error:
        refrigerant_leakage("domestic_refrigeration")
    assert "0.1-0.5" in error.value.limit
    with pytest.raises(FactorError, match="known: chiller"):
        refrigerant_leakage("freezer")


def test_refrigerant_emission() -> None:
    potential, _ = gwp("R-410A", "AR5")
    lost = refrigerant_emission(quantity(50, "kg"), refrigerant_leakage("chiller")[0], potential)
    assert lost.value_in("kgCO2e[AR5]/yr") == pytest.approx(50 * 0.085 * 1923.5, rel=1e-12)
    with pytest.raises(UnitError):
        refrigerant_emission(quantity(50, "kWh"), refrigerant_leakage("chiller")[0], potential)


def test_the_same_row_is_the_same_object() -> None:
    assert gwp("N2O", "AR5")[0] is factor_by_id("gwp-ar5-n2o")[0]
    assert gwp("N2O", "AR5")[0] is not gwp("N2O", "TW113")[0]


def test_a_row_chosen_for_methane_keeps_the_total_on_the_basis_of_the_set() -> None:
    """The advice of the conflict ("choose one by its id") leads to a total in kgCO2e[AR5]."""
    gases = {"CO2": quantity(1000, "kgCO2"), "CH4": quantity(2, "kgCH4"), "N2O": quantity(1, "kgN2O")}
    with pytest.raises(FactorError, match="contradict") as refused:
        co2_equivalent(gases, "TW113", methane="CH4_fossil")
    advised = refused.value.next_step.split()[-1]
    found = co2_equivalent(gases, "TW113", methane=advised)
    assert str(found.total.unit) == "kgCO2e[AR5]"
    assert found.total.value == pytest.approx(1000 + 2 * 30 + 265)
    assert {str(share.unit) for share in found.by_gas.values()} == {"kgCO2e[AR5]"}
    with pytest.raises(FactorError, match="not one of the GWP set"):
        co2_equivalent(gases, "AR5", methane=advised)


def test_an_unknown_gas_is_answered_with_near_ones() -> None:
    with pytest.raises(FactorError, match="Near ones: R-410A"):
        gwp("R-410", "AR5")
