"""Machines against meter against bill: the rest is shown and never spread."""

import pytest

from energycalc.effects.results import Reconciliation
from energycalc.quantity import quantity
from tests.effects.test_energy import BILLS, METER
from tests.plants import GRID, Furnace, Motor, PlantText, finding_ids, stated

POWER_BILL = """
bills:
  - {id: E1, carrier: electricity, first_day: 2018-01-01, last_day: 2018-12-31, quantity: 19.5 萬度}
"""


def balance(more: str, main: float | None = None, first: float = 1e5) -> tuple[Reconciliation, set[str]]:
    machines = {"M1": {"electricity": stated(first)}, "M2": {"electricity": stated(6e4)}}
    metered = {} if main is None else {"MAIN": quantity(main, "kWh"), "SUB": quantity(1.0, "kWh")}
    effects = PlantText({"L1": machines}, [Motor("A", "M1", 81, 90)], more=more).effects(metered)
    (found,) = effects.reconciliations
    return found, finding_ids(effects)


def test_machines_and_the_rest_make_the_meter() -> None:
    found, findings = balance(METER, 200_000)
    assert found.machine_sum.value == 160_000
    assert found.metered is not None
    assert found.reference is not None
    assert found.unexplained is not None
    assert (found.metered.value, found.reference.value, found.unexplained.value) == (200_000, 200_000, 40_000)
    assert found.machine_sum.value + found.unexplained.value == found.metered.value
    assert found.unexplained_share is not None
    assert found.unexplained_share.value == pytest.approx(20)
    assert (found.billed, found.meter_less_bill) == (None, None)
    assert found.saving_share is not None
    assert found.saving_share.value == pytest.approx(5)
    assert "energy.machines_exceed_meter" not in findings


def test_without_a_meter_the_bill_is_the_reference() -> None:
    found, findings = balance(POWER_BILL)
    assert found.metered is None
    assert found.billed is not None
    assert found.reference is found.billed
    assert found.unexplained is not None
    assert found.unexplained.value == 35_000
    assert "energy.bills_do_not_fill_period" not in findings


def test_meter_and_bill_are_held_against_each_other() -> None:
    found, _ = balance(METER + POWER_BILL, 200_000)
    assert found.meter_less_bill is not None
    assert found.meter_less_bill.value == 5_000
    assert found.reference is found.metered


def test_with_neither_there_is_only_a_sum() -> None:
    found, _ = balance("")
    assert found.machine_sum.value == 160_000
    rest = (
        found.metered,
        found.billed,
        found.reference,
        found.unexplained,
        found.unexplained_share,
        found.saving_share,
    )
    assert rest == (None,) * 6


def test_machines_that_use_more_than_the_meter_are_an_error() -> None:
    found, findings = balance(METER, 150_000)
    assert found.unexplained is not None
    assert found.unexplained.value == -10_000
    assert "energy.machines_exceed_meter" in findings


def test_sub_meters_stand_behind_the_main_meter() -> None:
    found, _ = balance(METER, 200_000)
    assert found.metered is not None
    assert found.metered.value == 200_000


@pytest.mark.parametrize(
    ("second", "finds"),
    [("2018-07-01", False), ("2018-08-01", True), ("2018-06-15", True)],
)
def test_bills_that_leave_days_out_or_count_them_twice(second: str, finds: bool) -> None:
    bills = BILLS.replace("first_day: 2018-07-01", f"first_day: {second}")
    plant = PlantText(
        {"L1": {"F1": {"natural_gas": "{basis: billed}"}}}, [Furnace("D", "F1")], more=bills, electricity=GRID
    )
    assert ("energy.bills_do_not_fill_period" in finding_ids(plant.effects())) is finds


def test_a_gas_of_another_heat_value_than_the_table_is_doubted() -> None:
    for heat, finds in (("8,000", False), ("8,300", False), ("8,900", True), ("7,000", True)):
        bills = BILLS.replace("8,000", heat).replace("8,300", heat)
        plant = PlantText({"L1": {"F1": {"natural_gas": "{basis: billed}"}}}, [Furnace("D", "F1")], more=bills)
        assert ("factor.heat_value_differs" in finding_ids(plant.effects())) is finds, heat


@pytest.mark.parametrize(
    ("stated_energy", "finds"), [(250_000.0, False), (215_000.0, False), (200_000.0, True), (400_000.0, True)]
)
def test_a_model_far_from_the_stated_energy_is_doubted(stated_energy: float, finds: bool) -> None:
    """The model of the motor gives 75 kW x 0.75 / 0.9 x 4,000 h = 250,000 kWh."""
    plant = PlantText({"L1": {"M1": {"electricity": stated(stated_energy)}}}, [Motor("A", "M1", 90, 95)])
    assert ("energy.model_differs" in finding_ids(plant.effects())) is finds
