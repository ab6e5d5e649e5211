"""Fuels: both sets, heat values with their basis, conflicts, and CO2e gas by gas."""

import csv
from pathlib import Path

import pytest

from energycalc.errors import FactorError, UnitError
from energycalc.factors import (
    co2_equivalent,
    factor_by_id,
    fuel_factor,
    heat_content,
    kloe_convention,
    list_factors,
    process_factor,
)
from energycalc.quantity import quantity
from energycalc.quantity.trace import leaves

HERE = Path(__file__).parent


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("row", rows("co2e_per_unit.csv"), ids=lambda r: f"{r['subject']}-{r['use']}-{r['edition']}")
def test_co2e_per_unit_as_collected_with_the_published_factors(row: dict[str, str]) -> None:
    gases = {
        f.gas: factor_by_id(f.id)[0]
        for f in list_factors(subject=row["subject"], series=row["use"], kind="fuel_per_unit")
        if f.edition == row["edition"]
    }
    assert list(gases) == ["CO2", "CH4", "N2O"]
    for gwp_set, methane, column in (
        ("AR4", "CH4_fossil", "ar4"),
        ("AR5", "CH4_non_fossil", "ar5_methane_28"),
        ("AR5", "CH4_fossil", "ar5_methane_30"),
    ):
        found = co2_equivalent(gases, gwp_set, methane=methane)
        unit = f"kgCO2e[{gwp_set}]/{row['unit']}"
        assert found.total.value_in(unit) == pytest.approx(float(row[column]), abs=6e-6)
        assert sum(share.value_in(unit) for share in found.by_gas.values()) == pytest.approx(
            found.total.value_in(unit), rel=1e-12
        )


@pytest.mark.parametrize("row", rows("oil_equivalent.csv"), ids=lambda r: r["id"])
def test_oil_equivalent_per_thousand_units(row: dict[str, str]) -> None:
    factor, _ = factor_by_id(row["id"])
    assert factor.value == float(row["kcal_per_unit"])
    convention, _ = heat_content("oil_equivalent", 2025)
    assert 1000 * factor.value / convention.value == pytest.approx(float(row["kloe_per_1000_units"]), abs=6e-6)


@pytest.mark.parametrize(
    ("fuel", "printed"),
    [("diesel", 2.685856), ("lpg", 1.575386)],  # printed by a public repository, CH4 = 28
)
def test_factor_per_energy_times_heat_content(fuel: str, printed: float) -> None:
    heat, match = heat_content(fuel, 2024)
    assert match.kind == "exact"
    found = fuel_factor(fuel, 2024, heat_value=heat)
    equivalent = co2_equivalent(found.gases, "TW113", methane="CH4_non_fossil")
    assert equivalent.total.value_in("kgCO2e[AR5]/L") == pytest.approx(printed, abs=1e-6)
    assert heat in leaves(equivalent.total)


def test_natural_gas_at_8107_as_a_public_repository_prints_it() -> None:
    heat, match = factor_by_id("heat-natural_gas-113-8107", 2024)
    assert match.factor.status == "conflict"
    found = fuel_factor("natural_gas", 2024, heat_value=heat)
    total = co2_equivalent(found.gases, "TW113", methane="gwp-tw113-ch4_fossil-28").total
    assert total.value_in("kgCO2e[AR5]/m3") == pytest.approx(1.906018, abs=1e-6)


def test_2018_gas_comes_per_unit_with_three_gases_apart() -> None:
    found = fuel_factor("natural_gas", 2018)
    assert list(found.gases) == ["CO2", "CH4", "N2O"]
    assert found.gases["CO2"].value_in("kgCO2/m3") == 1.879036
    assert all(match.kind == "exact" for match in found.matches)
    assert "start not stated, to 2023, valid for the year asked" in found.matches[0].sentence
    assert "起始年未載明，至 2023，適用於查詢年度" in found.matches[0].sentence_zh
    assert fuel_factor("natural_gas", 2018).gases["CO2"] is found.gases["CO2"]


def test_from_2024_a_heat_value_is_needed_and_the_message_offers_one() -> None:
    with pytest.raises(FactorError, match="need a net heat value") as error:
        fuel_factor("diesel", 2024)
    assert "8629 kcal[LHV]/L" in error.value.limit
    found = fuel_factor("diesel", 2024, heat_value="8629 kcal[LHV]/L")
    assert found.gases["CO2"].value_in("kgCO2/L") == pytest.approx(2.677077, abs=1e-6)


def test_a_heat_value_serves_the_older_table_and_mobile_sources_too() -> None:
    found = fuel_factor("natural_gas", 2018, heat_value="8000 kcal[LHV]/m3")
    assert found.matches[0].factor.edition == "6.0.4"
    per_unit = fuel_factor("natural_gas", 2018)
    for gas, amount in found.gases.items():
        assert amount.value == pytest.approx(per_unit.gases[gas].value, rel=2e-5)
    # a public repository prints 2.270679 kgCO2e/L for motor gasoline in vehicles, CH4 = 28
    heat, _ = heat_content("motor_gasoline", 2024)
    gases = fuel_factor("motor_gasoline", 2024, use="mobile", heat_value=heat).gases
    total = co2_equivalent(gases, "TW113", methane="CH4_non_fossil").total
    assert total.value_in("kgCO2e[AR5]/L") == pytest.approx(2.270679, abs=1e-6)


def test_an_unknown_fuel_or_year_is_refused() -> None:
    with pytest.raises(FactorError, match="no such fuel"):
        fuel_factor("plutonium", 2018)
    with pytest.raises(FactorError, match="still to come"):
        fuel_factor("diesel", 2031, heat_value="8629 kcal[LHV]/L")
    with pytest.raises(FactorError, match="still to come"):
        fuel_factor("diesel", 2031)
    with pytest.raises(FactorError, match="known: anthracite"):
        heat_content("plutonium", 2018)


def test_an_older_set_may_be_allowed() -> None:
    found = fuel_factor("diesel", 2024, older_by="1 yr")
    assert found.matches[0].kind == "older_edition"
    assert found.gases["CO2"].value == 2.606032


@pytest.mark.parametrize("heat", ["8900 kcal/m3", "8900 kcal[HHV]/m3", "8900 kcal[not_stated]/m3", "8900 kcal[LHV]"])
def test_a_heat_value_without_net_basis_or_amount_is_refused(heat: str) -> None:
    with pytest.raises(UnitError, match=r"net heat value|heat per amount"):
        fuel_factor("natural_gas", 2025, heat_value=heat)
    assert fuel_factor("natural_gas", 2025, heat_value="8900 kcal[LHV]/m3").gases["CO2"].value > 0


def test_a_normal_cubic_metre_stays_one() -> None:
    found = fuel_factor("natural_gas", 2025, heat_value="36 MJ[LHV]/m3[0C]")
    assert found.gases["CO2"].value_in("kgCO2/m3[0C]") == pytest.approx(36 * 56.1e-3, rel=1e-12)
    with pytest.raises(UnitError):
        found.gases["CO2"].value_in("kgCO2/m3")


def test_the_conflict_on_natural_gas_is_shown_with_both_rows() -> None:
    with pytest.raises(FactorError, match="contradict") as error:
        heat_content("natural_gas", 2025)
    assert "8107" in error.value.limit and "5925" in error.value.limit
    assert "heat-natural_gas-113-8107" in error.value.next_step
    assert heat_content("natural_gas", 2018)[0].value == 8000


def test_lng_is_led_to_natural_gas_and_away_from_the_misprinted_row() -> None:
    with pytest.raises(FactorError, match="no such fuel") as error:
        fuel_factor("lng", 2025, heat_value="9000 kcal[LHV]/m3")
    assert "natural_gas: 天然氣" in error.value.next_step
    assert "an older edition (6.0.4) needs older_by" in error.value.next_step
    with pytest.raises(FactorError, match="in doubt"):
        fuel_factor("natural_gas_liquids", 2025, heat_value="9000 kcal[LHV]/L")
    assert factor_by_id("fuel-natural_gas-stationary-113-co2")[0].value == 56100
    assert fuel_factor("lng", 2018).gases["CO2"].value == 2.113915  # the 6.0.4 table has a row of its own


def test_a_heat_content_that_ended_needs_an_allowance() -> None:
    with pytest.raises(FactorError, match="2 yr older"):
        heat_content("coke", 2025)
    heat, match = heat_content("coke", 2025, older_by="2 yr")
    assert (heat.value, match.age) == (7000, 2)
    assert str(heat.unit) == "kcal[not_stated]/kg"


def test_the_convention_for_electricity_must_be_named() -> None:
    with pytest.raises(FactorError, match="two conventions"):
        heat_content("electricity", 2025)
    assert heat_content("electricity", 2025, "final_consumption")[0].value == 860
    with pytest.raises(FactorError, match="no final value"):
        heat_content("electricity", 2025, "primary")
    assert factor_by_id("heat-electricity-primary")[0].value == 2236


def test_ipcc_uncertainty_of_natural_gas_stands_on_the_leaf_and_is_marked() -> None:
    leaf, match = factor_by_id("fuel-natural_gas-stationary-113-co2")
    assert leaf.uncertainty is not None
    # 95 % range 54,300 to 58,300 around 56,100: the longer side divided by 1.96
    assert leaf.uncertainty.standard_uncertainty == pytest.approx(2200 / 1.96, rel=1e-4)
    assert "[K]" in match.factor.note
    assert factor_by_id("fuel-diesel-stationary-113-co2")[0].uncertainty is None


def test_biogenic_carbon_stays_out_of_the_total() -> None:
    found = fuel_factor("wood", 2025, heat_value="15 MJ[LHV]/kg")
    assert list(found.gases) == ["CO2_biogenic", "CH4", "N2O"]
    with pytest.raises(FactorError, match="biogenic CO2 is reported apart"):
        co2_equivalent(found.gases, "AR5", methane="CH4_non_fossil")
    rest = {gas: amount for gas, amount in found.gases.items() if gas != "CO2_biogenic"}
    assert co2_equivalent(rest, "AR5", methane="CH4_non_fossil").total.value_in("kgCO2e[AR5]/kg") == pytest.approx(
        15e-6 * (30 * 28 + 4 * 265), rel=1e-9
    )


def test_emissions_in_tonnes_are_summed_too() -> None:
    gases = {"CO2": quantity(2, "tCO2"), "CH4": quantity(1, "kgCH4"), "N2O": quantity(10, "gN2O")}
    found = co2_equivalent(gases, "AR4", methane="CH4_fossil").total
    assert found.value_in("kgCO2e[AR4]") == pytest.approx(2000 + 25 + 2.98, rel=1e-12)


def test_processes_and_the_doubtful_unit_of_sf6() -> None:
    factor, _ = process_factor("electric_arc_furnace_steel", 2025)
    assert factor.value_in("kgCO2/t") == pytest.approx(180)
    with pytest.raises(FactorError, match="in doubt") as error:
        process_factor("magnesium_casting", 2025)
    assert "process-magnesium_casting-as_printed" in error.value.limit
    # two CO2 of 44.009 for one C2H2 of 26.038 (atomic weights C 12.011, H 1.008, O 15.999), not 44/12
    assert process_factor("acetylene", 2025)[0].value == pytest.approx(2 * 44.009 / 26.038, abs=2e-4)


def test_the_conventions_of_oil_equivalent_come_with_their_status() -> None:
    heat, per_litre, of_heat, of_oil = kloe_convention("consumption", 2025)
    assert (heat.value, str(heat.unit), str(per_litre.unit)) == (860, "kcal/kWh", "kcal/KLOE")
    assert of_heat.factor.status == of_oil.factor.status == "final"
    # official award cases count 0.09556 KLOE per 1000 kWh
    assert (quantity(1000, "kWh") * heat / per_litre).value_in("KLOE") == pytest.approx(0.09556, abs=5e-6)
    primary, same, of_primary, _ = kloe_convention("primary", 2025)
    assert same is per_litre and of_primary.factor.status == "estimate"
    assert "inferred" in of_primary.sentence and "反算" in of_primary.sentence_zh
    assert "inferred" not in of_heat.sentence
    # petrochemical case: 6,921.6 MWh counted as 1,719 KLOE
    assert (quantity(6921.6, "MWh") * primary / same).value_in("KLOE") == pytest.approx(1719, abs=1)


def test_another_convention_or_calendar_is_refused() -> None:
    with pytest.raises(FactorError, match=r"no such convention.*consumption, primary"):
        kloe_convention("toe", 2025)  # type: ignore[arg-type]
    with pytest.raises(FactorError, match="Write 2025"):
        kloe_convention("primary", 114)
    for call in (fuel_factor, heat_content, process_factor):
        with pytest.raises(FactorError, match="民國"):
            call("natural_gas", 107)


def test_an_unknown_subject_is_answered_with_near_ones() -> None:
    with pytest.raises(FactorError, match="Near ones: natural_gas"):
        fuel_factor("natural_gaz", 2018)
    with pytest.raises(FactorError, match=r"known: acetylene.*Near ones: acetylene"):
        process_factor("acetylen", 2025)
