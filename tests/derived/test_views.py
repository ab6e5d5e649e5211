"""Intensities, shares of bill and scope, oil equivalent, CBAM and carbon fee."""

import csv

import pytest

from energycalc.data_files import data_folder
from energycalc.effects.derived.results import GoodResult
from energycalc.effects.derived.rules import default_value, rule, scope_of
from energycalc.errors import EnergycalcError
from energycalc.quantity import Quantity
from tests.derived.plant import BILLS, Plant

TWO = '  - {product: bolts, quantity: "1,000 t"}\n  - {product: caps, quantity: "5,000 piece"}'
ALL = "  intensities:\n    - {of: plant, products: [bolts]}"
SHARED = """  intensities:
    - {{of: plant, products: [bolts], shares: {{electricity: {bolts}, natural_gas: 100 %}}}}
    - {{of: plant, products: [caps], shares: {{electricity: {caps}, natural_gas: 0 %}}}}"""
INVENTORY = """  inventory:
    year: 2024
    gwp: AR5
    scope_1: {scope_1}
    scope_2: {scope_2}
"""
FEE = "  carbon_fee: {year: 2025, rate: general}"
CBAM = """  cbam:
    import_year: {year}
    goods:
      - id: G
        cn_code: "{cn}"
        product: {product}
        boundary:
          - {{machine: M1, inside: {motor}, because: made up}}
          - {{machine: F1, inside: {furnace}, because: made up}}
"""
IN, OUT = "yes, share: 100 %", "no"


def inventory(scope_1: str, scope_2: str = "0 tCO2e") -> str:
    return INVENTORY.format(scope_1=scope_1, scope_2=scope_2)


def cbam(motor: str = IN, furnace: str = IN, cn: str = "7318 15 95", year: int = 2026, product: str = "bolts") -> str:
    return CBAM.format(motor=motor, furnace=furnace, cn=cn, year=year, product=product)


def good(plant: Plant) -> GoodResult:
    return plant.derived.goods[0]


# ---------------------------------------------------------------- intensities


def test_energy_and_emissions_per_tonne() -> None:
    """150 MWh on meterless machines and 1,000 MWh of gas by 1,000 t; 10 MWh saved is 10 kWh/t."""
    (found,) = Plant(ALL).derived.intensities
    assert found.before["electricity"].value_in("kWh/t") == pytest.approx(150)
    assert found.after["electricity"].value_in("kWh/t") == pytest.approx(140)
    assert found.before["natural_gas"].value_in("kWh[LHV]/t") == pytest.approx(1_000)
    saved = float(Plant(ALL).effects.plant.emission_saving.value)  # t; by 1,000 t that is kg/t
    assert float(found.reduction.value) == pytest.approx(saved)
    assert not found.complete


def test_a_bill_gives_the_whole_plant() -> None:
    (found,) = Plant(ALL, bills=BILLS).derived.intensities
    assert found.before["electricity"].value_in("kWh/t") == pytest.approx(200)
    assert found.after["electricity"].value_in("kWh/t") == pytest.approx(190)
    assert found.complete


def test_equal_energy_at_equal_output_changes_nothing() -> None:
    same = Plant(ALL, motor="81", oxygen="8 %")
    (found,) = same.derived.intensities
    assert float(found.reduction.value) == pytest.approx(0, abs=1e-9)
    assert [float(q.value) for p in same.derived.paths for q in (p.project,)] == pytest.approx([0], abs=1e-9)


def test_tonnes_and_pieces_are_not_added() -> None:
    with pytest.raises(EnergycalcError, match="cannot be added up"):
        _ = Plant("  intensities:\n    - {of: plant, products: [bolts, caps]}", production=TWO).case
    two_kinds_of_mass = '  - {product: bolts, quantity: "1,000 t"}\n  - {product: nuts, quantity: "500,000 kg"}'
    both = Plant("  intensities:\n    - {of: plant, products: [bolts, nuts]}", production=two_kinds_of_mass)
    assert both.derived.intensities[0].output.value_in("t") == pytest.approx(1_500)


def test_several_products_need_declared_shares() -> None:
    with pytest.raises(EnergycalcError, match="declare the share"):
        _ = Plant(ALL, production=TWO).case
    bolts, caps = Plant(SHARED.format(bolts="90 %", caps="10 %"), production=TWO).derived.intensities
    assert bolts.before["electricity"].value_in("kWh/t") == pytest.approx(135)
    assert caps.before["electricity"].value_in("kWh/piece") == pytest.approx(3)
    assert caps.before["natural_gas"].value_in("kWh[LHV]/piece") == 0


def test_no_more_than_all_of_it_is_shared() -> None:
    with pytest.raises(EnergycalcError, match=r"105% of the electricity"):
        _ = Plant(SHARED.format(bolts="90 %", caps="15 %"), production=TWO).case


@pytest.mark.parametrize(
    ("row", "said"),
    [("{of: L9, products: [bolts]}", "no line or machine"), ("{of: plant, products: [rods]}", "does not list rods")],
)
def test_an_intensity_refers_to_something(row: str, said: str) -> None:
    with pytest.raises(EnergycalcError, match=said):
        _ = Plant(f"  intensities:\n    - {row}").case


# ---------------------------------------------------------------- shares and oil equivalent


def test_share_of_the_bill_and_of_the_inventory() -> None:
    """10,000 kWh × 3 元 of 600,000 元 is 5 %; 10,000 kWh × 0.474 kg of 94.8 t is 5 %."""
    plant = Plant(inventory("400 tCO2e", "94.8 tCO2e"), bills=BILLS)
    shares = {(s.kind, s.carrier): s.share for s in plant.derived.shares}
    bill, scope = shares["bill", "electricity"], shares["scope_2", "electricity"]
    assert bill is not None and scope is not None
    assert bill.value_in("%") == pytest.approx(5)
    assert scope.value_in("%") == pytest.approx(5)
    assert shares["bill", "natural_gas"] is None and shares["bill", "all"] is None  # one bill states no amount
    stated = BILLS.replace('heat_value: "8,000', 'amount: "3,000,000 元"\n    heat_value: "8,000')
    whole = next(s.share for s in Plant(bills=stated).derived.shares if s.carrier == "all")
    money = plant.effects.plant.cost_saving
    assert whole is not None and money is not None
    assert whole.value_in("1") == pytest.approx(float(money.value) / 3_600_000)


def test_a_part_of_the_bills_is_not_the_bill() -> None:
    halves = BILLS.replace('"600,000 元"', '"600,000 元"\n  - {id: E2, carrier: electricity, first_day: 2024-01-01, '
                           'last_day: 2024-12-31, quantity: "1 kWh"}')  # fmt: skip
    shares = {(s.kind, s.carrier): s.share for s in Plant(bills=halves).derived.shares}
    assert shares["bill", "electricity"] is None


def test_scope_1_and_2_together() -> None:
    """10,000 kWh × 0.474 kg of 495 t by hand, no gas saved; with gas the part is the mean weighted by the scopes."""

    def shares(plant: Plant) -> dict[str, Quantity | None]:
        return {s.kind: s.share for s in plant.derived.shares if s.kind != "bill"}

    electric = shares(Plant(inventory("400.2 tCO2e", "94.8 tCO2e"), oxygen="8 %"))["scopes"]
    assert electric is not None
    assert electric.value_in("1") == pytest.approx(4.74 / 495)
    found = shares(Plant(inventory("400.2 tCO2e", "94.8 tCO2e")))
    parts = found["scope_1"], found["scope_2"], found["scopes"]
    one, two, both = (float(q.value_in("1")) for q in parts if q is not None)
    assert one > 0
    assert both == pytest.approx((one * 400.2 + two * 94.8) / 495)
    only_gas = shares(Plant(inventory("400 tCO2e", "0 tCO2e")))  # electricity saved, no scope 2 in the inventory
    assert only_gas["scope_2"] is None and only_gas["scopes"] is not None
    assert shares(Plant(inventory("0 tCO2e", "0 tCO2e")))["scopes"] is None
    without = next(s for s in Plant(bills=BILLS).derived.shares if s.kind == "scopes")
    assert without.share is None and "without an inventory" in without.basis.en


def test_without_an_inventory_the_scope_is_said_to_be_partial() -> None:
    by_bill = {s.kind: s for s in Plant(bills=BILLS).derived.shares}
    assert by_bill["scope_2"].share is not None
    assert by_bill["scope_2"].share.value_in("%") == pytest.approx(5)
    assert "only a part of scope 1" in by_bill["scope_1"].basis.en
    assert {s.share for s in Plant().derived.shares} == {None}


def test_a_saving_above_the_inventory_is_an_error() -> None:
    ids = [f.id for f in Plant(inventory("400 tCO2e", "3 tCO2e")).derived.findings]
    assert "derived.saving_above_whole" in ids
    assert "derived.saving_above_whole" not in [
        f.id for f in Plant(inventory("400 tCO2e", "94 tCO2e")).derived.findings
    ]


def test_an_inventory_of_another_gwp_set_is_refused() -> None:
    with pytest.raises(EnergycalcError, match="only one GWP set"):
        _ = Plant(inventory("400 tCO2e", "94 tCO2e").replace("AR5", "AR6")).case


def test_oil_equivalent_by_both_conventions() -> None:
    """Electricity at 860 kcal/kWh is 0.09556 KLOE/MWh, as printed on the award's case cards; 2,236 is 2.6 of it."""
    plant = Plant(oxygen="8 %")
    consumption, primary = plant.derived.oil
    assert consumption.is_chosen and not primary.is_chosen
    assert consumption.saving.value_in("KLOE") == pytest.approx(10 * 0.09556, rel=1e-4)
    assert float(primary.saving.value) / float(consumption.saving.value) == pytest.approx(2236 / 860)


# ---------------------------------------------------------------- CBAM


def test_the_default_values_carry_their_printed_mark_up() -> None:
    """The Official Journal prints each value, and with the mark-up of three years, all rounded to three digits."""
    with (data_folder() / "carbon_rules" / "cbam_defaults.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    checked = 0
    for row in rows:
        for year in (2026, 2027, 2028):
            printed, found = row[f"printed_{year}"], default_value(row["cn_code"])
            assert found is not None
            if printed != "not_stated":
                marked = float(found.value) * (1 + float(rule("cbam_mark_up", year).value))
                assert marked == pytest.approx(float(printed), abs=1.3 * 5e-4 + 5e-4 + 1e-9), row["cn_code"]
                checked += 1
    assert checked > 200


def test_electricity_alone_lowers_nothing_for_steel() -> None:
    found = good(Plant(cbam(furnace=OUT)))
    assert found.sector == "iron_steel"
    assert found.electricity_inside is not None
    assert found.electricity_inside.value == pytest.approx(10_000)
    assert found.direct_saving is None
    english = " ".join(w.en for w in found.statements)
    chinese = "".join(w.zh for w in found.statements)
    assert (
        "electricity saved does not lower" in english
        and "does not lower the CBAM figure of this good at all" in english
    )
    assert "節電不會降低" in chinese and "完全不會降低" in chinese


def test_fuel_inside_lowers_it_by_its_co2_per_tonne() -> None:
    """IPCC 2006: 56,100 kg CO2 per TJ; CH4 and N2O do not count for steel. Against 2.707 t/t with 10 %."""
    plant = Plant(cbam())
    saved = float(plant.effects.plant.carriers["natural_gas"].saving.value)
    by_hand = saved * 3.6e-6 * 56_100 / 1000 / 1000  # t CO2 per t of 1,000 t
    found = good(plant)
    assert found.direct_saving is not None and found.of_default is not None
    assert found.direct_saving.value_in("tCO2e/t") == pytest.approx(by_hand, rel=1e-6)
    assert found.of_default.value_in("1") == pytest.approx(by_hand / (2.707 * 1.1), rel=1e-6)
    assert any("actual, verified emissions" in w.en for w in found.statements)
    assert any("lowers its direct emissions" in w.en and f"{by_hand * 1000:.3g} kg" in w.en for w in found.statements)


def test_more_fuel_inside_raises_it() -> None:
    found = good(Plant(cbam(), oxygen="9 %"))
    assert found.direct_saving is not None and found.direct_saving.value < 0
    assert any("direct emissions rise" in w.en for w in found.statements)


def test_half_of_a_machine_is_half_of_the_saving() -> None:
    whole, half = good(Plant(cbam())), good(Plant(cbam(furnace="yes, share: 50 %")))
    assert whole.direct_saving is not None and half.direct_saving is not None
    assert float(half.direct_saving.value) == pytest.approx(float(whole.direct_saving.value) / 2)


def test_goods_outside_the_list_have_no_figure() -> None:
    found = good(Plant(cbam(cn="8481 80")))
    assert (found.sector, found.direct_saving, found.default) == ("", None, None)
    assert "not on the list" in found.statements[0].en


def test_the_longest_heading_decides() -> None:
    """Chapter 72 is covered, ferro-silicon (7202 2) is not, and scrap (7204) is not: Annex I."""
    assert scope_of("7213 91 10") is not None
    assert scope_of("7202 21 00") is None and scope_of("7204 49") is None
    assert scope_of("7601 10") is not None and scope_of("7615 10") is None


def test_a_heading_without_its_own_value_is_not_compared() -> None:
    found = good(Plant(cbam(cn="7318")))
    assert found.direct_saving is not None and found.default is None and found.of_default is None
    assert any("no default value" in w.en for w in found.statements)


def test_a_surface_treatment_inside_is_doubted() -> None:
    ids = [f.id for f in Plant(cbam(), process="surface_treatment").derived.findings]
    assert "derived.cbam_process_outside" in ids
    assert "derived.cbam_process_outside" not in [f.id for f in Plant(cbam()).derived.findings]


@pytest.mark.parametrize(
    ("block", "production", "said"),
    [
        (cbam(motor="yes"), "", "share goes with inside"),
        (cbam(product="rods"), "", "does not list 'rods'"),
        (cbam(product="caps"), TWO, "counted by mass"),
        (
            cbam().replace("          - {machine: F1, inside: yes, share: 100 %, because: made up}\n", ""),
            "",
            "say whether F1",
        ),
    ],
)
def test_a_boundary_leaves_nothing_open(block: str, production: str, said: str) -> None:
    plant = Plant(block, production=production) if production else Plant(block)
    with pytest.raises(EnergycalcError, match=said):
        _ = plant.case


def test_a_year_before_cbam_is_refused() -> None:
    with pytest.raises(EnergycalcError, match="no such rule"):
        _ = Plant(cbam(year=2025)).derived


# ---------------------------------------------------------------- carbon fee


def test_below_the_threshold_no_fee_is_saved() -> None:
    fee = Plant(inventory("24,999 tCO2e") + FEE).derived.fee
    assert not fee.liable and fee.saved is None
    assert "no fee is saved" in fee.statement.en and "不會節省" in fee.statement.zh


def test_above_it_the_fee_falls_by_rate_times_saving() -> None:
    """300 元 per t above 25,000 t."""
    plant = Plant(inventory("29,000 tCO2e", "1,000 tCO2e") + FEE)
    fee, saved = plant.derived.fee, float(plant.effects.plant.emission_saving.value)
    assert fee.before is not None and fee.saved is not None
    assert fee.before.value == pytest.approx(300 * 5_000)
    assert fee.saved.value == pytest.approx(300 * saved)
    assert str(fee.saved.unit) == "TWD[2025]"


def test_falling_below_the_threshold_saves_what_is_left_of_the_fee() -> None:
    plant = Plant(inventory("25,001 tCO2e") + FEE)
    fee = plant.derived.fee
    assert fee.after is not None and fee.saved is not None
    assert fee.after.value == 0 and fee.saved.value == pytest.approx(300)
    assert "falls below" in fee.statement.en
    at_the_limit = Plant(inventory("25,000 tCO2e") + FEE).derived.fee
    assert at_the_limit.liable and at_the_limit.saved is not None and at_the_limit.saved.value == 0


@pytest.mark.parametrize(("rate", "each"), [("preferential_a", 50), ("preferential_b", 100)])
def test_preferential_rates_need_a_plan(rate: str, each: float) -> None:
    text = f"  carbon_fee: {{year: 2025, rate: {rate}}}"
    with pytest.raises(EnergycalcError, match="needs plan"):
        _ = Plant(inventory("30,000 tCO2e") + text).case
    fee = Plant(inventory("30,000 tCO2e") + text.replace("}", ", plan: made up}")).derived.fee
    assert fee.before is not None and fee.before.value == pytest.approx(each * 5_000)


def test_liability_is_read_from_an_inventory_only() -> None:
    with pytest.raises(EnergycalcError, match="add inventory"):
        _ = Plant(FEE).case
    assert "No inventory is stated" in Plant().derived.fee.statement.en
    assert "states no rate" in Plant(inventory("30,000 tCO2e")).derived.fee.statement.en


def test_a_case_that_asks_for_nothing_gets_nothing() -> None:
    from energycalc.assessment import assess
    from energycalc.case.case_file import load_case
    from energycalc.data_files import examples_folder
    from energycalc.factors import published_factors

    assert assess(load_case(examples_folder() / "machine_shop"), published_factors()).derived is None
