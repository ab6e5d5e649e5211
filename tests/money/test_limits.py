"""The ends of the money: last part-years, years in which nothing acts, nominal money, records stamped at the end."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import energycalc
from energycalc.effects.effects import effects_of
from energycalc.effects.meters import meters_of
from energycalc.effects.money.money import money_of
from energycalc.effects.money.results import Investment, Money
from energycalc.effects.persistence import in_service
from energycalc.errors import CaseFileError, InputError
from energycalc.physics.electricity.demand import demand_charge
from energycalc.quantity import quantity
from tests.money.conftest import FOLDER, case_of

Made = Callable[..., Money]


def value(q: object) -> float:
    return float(q.value)  # type: ignore[attr-defined]


def of(found: Money, id: str) -> Investment:
    return next(m for m in found.measures if m.id == id)


def lasting(measures: str, *said: str) -> tuple[str, str]:
    """A block ``interactions.persistence`` before the economics."""
    rows = ", ".join(said)
    block = f"interactions:\n  persistence:\n    - {{measures: [{measures}], {rows}, because: 虛構範例}}\n\n"
    return "economics:\n", block + "economics:\n"


def test_the_last_part_of_a_year_degrades_like_the_year_of_service_it_belongs_to(money: Made) -> None:
    """From 1 July 2026 for eight years: the days up to 30 June 2034 have seen seven whole years of service."""
    full = value(of(money(), "C").flows[1])  # 2027, whole and not degraded
    flows = [value(f) for f in of(money(lasting("C", "degradation: 10 %/yr")), "C").flows]
    assert flows[0] == pytest.approx(full * 184 / 365, rel=1e-6)
    assert flows[1] == pytest.approx(full * (181 + 184 * 0.9) / 365, rel=1e-6)
    assert flows[8] == pytest.approx(full * 181 / 365 * 0.9**7, rel=1e-6)
    assert len(flows) == 9


def test_the_path_of_the_years_ends_with_the_life_of_the_money(money: Made) -> None:
    """C lives eight years from 1 July 2026; asked of the path or of the flows, 2034 has 181 days and 2035 none."""
    case = case_of()
    compressor = next(m for m in case.measures if m.id == "C")
    parts = [value(in_service(case, compressor, year)) for year in (2026, 2033, 2034, 2035)]
    assert parts == pytest.approx([184 / 365, 1, 181 / 365, 0])
    assert of(money(), "C").years[-1] == 2034


@pytest.mark.parametrize("day", ["113/2/29", "115/1/1", "115/3/1", "115/12/31"])
def test_a_life_is_the_same_wherever_it_is_stated(money: Made, day: str) -> None:
    begun = ("commissioned: 115/7/1", f"commissioned: {day}")
    terms = of(money(begun), "C")
    useful = of(money(begun, lasting("C", "useful_life: 8 yr"), ("C, life: 8 yr, ", "C, ")), "C")
    assert useful.years == terms.years
    assert [value(f) for f in useful.flows] == pytest.approx([value(f) for f in terms.flows])


def test_the_plant_counts_the_years_between_two_measures(money: Made) -> None:
    """A, B and D end with 2027, C begins in July 2030: the rate of return still makes the present value zero."""
    found = money(lasting("A, B, D", "useful_life: 2 yr"), ("commissioned: 115/7/1", "commissioned: 119/7/1"))
    plant = found.plant
    assert plant is not None and plant.before.rate.value is not None
    assert plant.years == tuple(range(2026, 2039))
    assert [value(f) for f in plant.flows[2:4]] == [0, 0]
    rate = value(plant.before.rate.value) / 100
    worth = [value(f) / (1 + rate) ** (year - 2025) for year, f in zip(plant.years, plant.flows, strict=True)]
    assert sum(worth) == pytest.approx(value(plant.gross), rel=1e-6)


def test_nominal_and_real_money_name_one_cost_per_tonne_and_per_kwh(money: Made) -> None:
    """Tonnes and kWh do not lose value with inflation, so the cost per unit is that of real money."""
    same = (", residual: 3 萬元", "")
    real = money(same)
    nominal = money(
        same,
        ("flows_are: real", "flows_are: nominal\n  inflation: 2 %\n"
         "  escalation: {electricity: 2 %, natural_gas: 2 %, running_cost: 2 %}"),
    )  # fmt: skip
    for one, other in zip([*real.measures, real.plant], [*nominal.measures, nominal.plant], strict=True):
        assert one is not None and other is not None
        assert value(other.before.cost_per_tonne) == pytest.approx(value(one.before.cost_per_tonne), rel=1e-9)
        if one.before.cost_per_kwh is not None:
            assert value(other.before.cost_per_kwh) == pytest.approx(value(one.before.cost_per_kwh), rel=1e-9)


def test_nominal_money_needs_inflation() -> None:
    nominal = ("flows_are: real", "flows_are: nominal"), ("rate_is: real", "rate_is: nominal")
    with pytest.raises(CaseFileError, match="nominal flows need inflation"):
        case_of(*nominal)
    assert case_of(nominal[0], ("rate_is: real", "rate_is: nominal\n  inflation: 2 %")).economics is not None


def test_one_month_in_two_calendars_is_one_month(money: Made) -> None:
    rows = [f"    - {{month: 114/{m}, amount: 10000 m3, price: 15 元/m3}}\n" for m in range(1, 13)]
    assert money(("  terms:\n", "  gas_months:\n" + "".join(rows) + "  terms:\n")).gas_price is not None
    twice = "".join(rows).replace("114/12", "2025-01")
    with pytest.raises(InputError, match="same month stands twice"):
        money(("  terms:\n", f"  gas_months:\n{twice}  terms:\n"))


def test_gas_priced_for_another_state_than_its_heat_value_is_refused(money: Made) -> None:
    normal = ("15.0 元/m3", "15.0 元/Nm3")
    with pytest.raises(InputError, match="volumes at different states"):
        money(normal)
    rows = "".join(f"    - {{month: 114/{m}, amount: 10000 Nm3, price: 15 元/Nm3}}\n" for m in range(1, 13))
    with pytest.raises(InputError, match="volumes at different states"):
        money(("  terms:\n", f"  gas_months:\n{rows}  terms:\n"))
    both = money(normal, ('"120,000 m3"', '"120,000 Nm3"'), ("kcal[LHV]/m3", "kcal[LHV]/Nm3"))
    assert value(of(both, "D").yearly) == pytest.approx(value(of(money(), "D").yearly))


def test_a_record_stamped_at_the_end_of_its_slots_says_the_same(tmp_path: Path, money: Made) -> None:
    """00:15 becomes the end of the first slot, 24:00 of the last day the midnight of the next."""
    import pandas as pd

    table = pd.read_csv(FOLDER / "record_2025.csv.gz")
    ends = pd.to_datetime(table["time"]) + pd.Timedelta("15min")
    table["time"] = ends.dt.strftime("%Y-%m-%d %H:%M")
    with gzip.open(tmp_path / "record_2025.csv.gz", "wt", encoding="utf-8") as file:
        table.to_csv(file, index=False)
    case = case_of(("stamp: interval_start", "stamp: interval_end"), folder=tmp_path)
    meters = meters_of(case)
    totals = {id: series.total(symbol=f"E_{id}") for id, series in meters.items()}
    ended, begun = money_of(case, effects_of(case, energycalc.published_factors(), totals), meters), money()
    assert ended is not None and ended.demand is not None and begun.demand is not None
    assert [m.when for m in ended.demand.months] == [m.when for m in begun.demand.months]
    assert value(ended.demand.saved) == pytest.approx(value(begun.demand.saved), rel=1e-12)
    assert value(ended.tier_prices[2].price) == pytest.approx(value(begun.tier_prices[2].price), rel=1e-12)


WEEK = (
    "      meter: AIR\n      because: 空壓機",
    '      week: [{days: weekday, hours: "00:00-24:00"}]\n      because: 空壓機',
)


def test_a_contract_lowered_without_a_record_is_no_saving_of_the_measures(money: Made) -> None:
    found = money(WEEK)
    assert found.demand is not None and found.demand.measures == () and found.plant is not None
    assert value(found.demand.saved) > 0
    assert "demand" not in found.plant.by_carrier
    assert value(found.plant.yearly) == pytest.approx(sum(value(m.yearly) for m in found.measures))
    assert value(found.plant.before.npv) == pytest.approx(sum(value(m.before.npv) for m in found.measures))
    assert "money.contract_without_measure" in {f.id for f in found.findings}
    assert "money.contract_without_measure" not in {f.id for f in money().findings}


def test_a_higher_demand_charge_counts_in_every_year_of_the_measure(money: Made) -> None:
    """The compressor is set to 7.8 bar instead of 6.2: it uses more, also in the half-years at both ends."""
    found = money(("discharge_pressure: {value: 6.2 bar(g)", "discharge_pressure: {value: 7.8 bar(g)"),
                  ("    contract_after: 790 kW\n", ""))  # fmt: skip
    assert found.plant is not None and found.demand is not None
    saved, rate = value(found.demand.saved), value(found.rate)
    assert saved < 0
    every = sum(saved / (1 + rate) ** (year - 2025) for year in range(2026, 2035))
    parts = sum(value(m.before.npv) for m in found.measures)
    assert value(found.plant.before.npv) == pytest.approx(parts + every, rel=1e-9)
    assert "money.demand_raised" in {f.id for f in found.findings}
    assert {"money.demand_raised", "money.demand_not_lowered"} & {f.id for f in money().findings} == set()


def shifted(folder: Path, first: str, begins: str, ends: str) -> Money:
    """The example in a year that begins on another day: what lies before it is moved to the end."""
    import pandas as pd

    table = pd.read_csv(FOLDER / "record_2025.csv.gz")
    times = pd.to_datetime(table["time"])
    times = times.mask(times < first, times + pd.Timedelta("365D"))
    table["time"] = times.dt.strftime("%Y-%m-%d %H:%M")
    with gzip.open(folder / "record_2025.csv.gz", "wt", encoding="utf-8") as file:
        table.sort_values("time").to_csv(file, index=False)
    case = case_of(
        ("period: {first_day: 114/1/1, last_day: 114/12/31}", f"period: {{first_day: {begins}, last_day: {ends}}}"),
        ("    first_day: 114/1/1\n    last_day: 114/12/31", f"    first_day: {begins}\n    last_day: {ends}"),
        folder=folder,
    )
    meters = meters_of(case)
    totals = {id: series.total(symbol=f"E_{id}") for id, series in meters.items()}
    found = money_of(case, effects_of(case, energycalc.published_factors(), totals), meters)
    assert found is not None
    return found


def test_a_year_from_july_has_the_same_twelve_months_of_demand(tmp_path: Path, money: Made) -> None:
    found, calendar = shifted(tmp_path, "2025-07-01", "114/7/1", "115/6/30").demand, money().demand
    assert found is not None and calendar is not None
    assert value(found.before) == pytest.approx(value(calendar.before), rel=1e-12)


def test_a_month_cut_in_two_is_refused(tmp_path: Path) -> None:
    """Thirteen parts of months would be charged as thirteen months."""
    with pytest.raises(InputError, match="cuts one in two"):
        shifted(tmp_path, "2025-01-15", "114/1/15", "115/1/14")


@given(contract=st.floats(50, 5_000), above=st.floats(0, 0.5))
@settings(max_examples=50, deadline=None)
def test_the_first_tenth_above_the_contract_costs_double_and_the_rest_triple(contract: float, above: float) -> None:
    """Up to and at exactly 10 % double; each further kW triple (rule printed in the schedule)."""
    one, month = quantity(1, "TWD/kW"), quantity(1, "1")

    def charge(maximum: float) -> float:
        return value(demand_charge(quantity(maximum, "kW"), quantity(contract, "kW"), one, month))

    assert charge(contract * 1.1) == pytest.approx(contract * 1.2, rel=1e-9)
    dear = min(above, 0.1) * 2 + max(above - 0.1, 0) * 3
    assert charge(contract * (1 + above)) == pytest.approx(contract * (1 + dear), rel=1e-9)
    assert charge(contract * 0.3) == pytest.approx(contract, rel=1e-12)
