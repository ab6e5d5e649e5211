"""Money and oil equivalent of a saving."""

import pytest

from energycalc.errors import EnergycalcError
from energycalc.quantity.render import symbols
from tests.plants import Furnace, Motor, PlantText, electric, finding_ids, level, stated, stated_gas

KCAL = 4186.8 / 3.6e6  # kWh per kcal, International Table
HALF = "{first_day: 2018-01-01, last_day: 2018-06-30}"
COST = "{hardware: 20 萬元, software: 3 萬元, other: 1 萬元}"


def test_price_times_saving_and_investment_by_yearly_benefit() -> None:
    """10,000 kWh at 3 元 = 30,000 元; 240,000 元 of investment come back in 8 years."""
    effects = electric(Motor("A", "M1", 81, 90, COST)).effects()
    (measure,) = effects.measures
    assert measure.cost_saving is not None
    assert measure.cost_saving.value == pytest.approx(30_000)
    assert str(measure.cost_saving.unit) == "TWD[2018]"
    assert measure.investment is not None
    assert measure.investment.value == 240_000
    assert measure.simple_payback is not None
    assert (measure.simple_payback.value, str(measure.simple_payback.unit)) == (pytest.approx(8), "yr")
    assert effects.totals.simple_payback is not None
    assert effects.totals.simple_payback.value == pytest.approx(8)


def test_half_a_year_gives_no_payback() -> None:
    effects = electric(Motor("A", "M1", 81, 90, COST), period=HALF).effects()
    assert effects.measures[0].simple_payback is None
    assert effects.totals.simple_payback is None
    assert effects.measures[0].cost_saving is not None
    assert effects.measures[0].cost_saving.value == pytest.approx(30_000)
    assert "period.not_a_year" in finding_ids(effects)
    assert "period.not_a_year" not in finding_ids(electric(Motor("A", "M1")).effects())


def test_no_saving_no_payback() -> None:
    for after in (81.0, 75.0):
        effects = electric(Motor("A", "M1", 81, after, COST)).effects()
        assert effects.measures[0].simple_payback is None


def test_without_prices_or_costs_there_is_no_money() -> None:
    bare = electric(Motor("A", "M1", 81, 90), prices="").effects()
    assert bare.measures[0].cost_saving is None
    assert bare.plant.cost_saving is None
    assert electric(Motor("A", "M1", 81, 90)).effects().measures[0].investment is None
    assert electric(Motor("A", "M1", 81, 90)).effects().totals.investment is None


def test_a_total_needs_every_price_and_every_cost() -> None:
    machines = {"M1": {"electricity": stated(1e5)}, "F1": {"natural_gas": stated_gas(1e6)}}
    measures = [Motor("A", "M1", 81, 90, COST), Furnace("D", "F1")]
    only_power = PlantText({"L1": machines}, measures, prices="{money_year: 2018, electricity: 3 元/kWh}").effects()
    assert level(only_power, "M1").cost_saving is not None
    assert only_power.plant.cost_saving is None
    assert only_power.totals.investment is None
    priced = PlantText({"L1": machines}, [measures[0], Furnace("D", "F1", cost="{hardware: 6 萬元}")]).effects()
    assert priced.totals.investment is not None
    assert priced.totals.investment.value == 300_000


def test_gas_is_paid_by_the_cubic_metre() -> None:
    effects = PlantText({"L1": {"F1": {"natural_gas": stated_gas(1e6)}}}, [Furnace("D", "F1")]).effects()
    (measure,) = effects.measures
    assert measure.cost_saving is not None
    assert measure.cost_saving.value == pytest.approx(measure.saving.value / (8_000 * KCAL) * 15, rel=1e-12)


@pytest.mark.parametrize("price", ["15 元/Nm3"])
def test_a_price_for_another_volume_is_refused(price: str) -> None:
    prices = f"{{money_year: 2018, natural_gas: {price}}}"
    with pytest.raises(EnergycalcError, match="Nm³"):
        PlantText({"L1": {"F1": {"natural_gas": stated_gas(1e6)}}}, [Furnace("D", "F1")], prices=prices).effects()


@pytest.mark.parametrize(
    ("price", "factor"), [("3 元/度", 1), ("3,000 元/MWh", 1), ("0.3 萬元/MWh", 1), ("3.5 仟元/千度", 3.5 / 3)]
)
def test_a_price_may_be_written_in_any_unit_of_its_kind(price: str, factor: float) -> None:
    effects = electric(Motor("A", "M1", 81, 90), prices=f"{{money_year: 2018, electricity: '{price}'}}").effects()
    assert effects.plant.cost_saving is not None
    assert effects.plant.cost_saving.value == pytest.approx(30_000 * factor)


# --- oil equivalent ---


def test_a_thousand_kilowatt_hours_are_0_09556_kloe_by_consumption() -> None:
    """860 kcal/kWh by 9,000,000 kcal/KLOE, printed as 0.09556 on award cards (taiwan.md 2)."""
    effects = electric(Motor("A", "M1", 81, 90)).effects()
    assert effects.plant.kloe_saving.value / 10 == pytest.approx(0.09556, abs=5e-6)
    assert str(effects.plant.kloe_saving.unit) == "KLOE"


def test_and_0_2484_by_primary_energy() -> None:
    """2,236 kcal/kWh, the second convention (single source, back-calculated)."""
    effects = electric(Motor("A", "M1", 81, 90), kloe="primary").effects()
    assert effects.plant.kloe_saving.value / 10 == pytest.approx(0.2484, abs=5e-5)


def test_fuel_counts_by_its_heat() -> None:
    effects = PlantText({"L1": {"F1": {"natural_gas": stated_gas(1e6)}}}, [Furnace("D", "F1")]).effects()
    (measure,) = effects.measures
    assert measure.kloe_saving.value == pytest.approx(measure.saving.value / KCAL / 9e6, rel=1e-12)
    ratio = measure.emission_saving.value / measure.kloe_saving.value
    assert ratio == pytest.approx(2.11, abs=0.01)  # ceiling of natural gas, t CO2 per KLOE (taiwan.md 8)


def test_the_formula_can_be_read() -> None:
    measure = electric(Motor("A", "M1", 81, 90, COST)).effects().measures[0]
    assert "÷" in symbols(measure.kloe_saving)
    assert measure.simple_payback is not None
    assert symbols(measure.simple_payback) == "I ÷ (C ÷ T)"
