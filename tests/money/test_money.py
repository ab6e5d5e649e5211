"""The money of a whole (constructed) case: identities between its numbers, and what is refused."""

from collections.abc import Callable

import numpy as np
import pytest

import energycalc
from energycalc.effects.effects import effects_of
from energycalc.effects.money.money import cost_curve, money_of
from energycalc.effects.money.results import Investment, Money
from energycalc.errors import CaseFileError, EnergycalcError, InputError, OutOfRange
from energycalc.metering import MeterSeries
from energycalc.quantity.uncertainty import propagate
from tests.money.conftest import TEXT, case_of

Made = Callable[..., Money]
NO_GRANT = (", grant: 20 萬元", "")
TARIFF = TEXT[TEXT.index("  tariff:") : TEXT.index("  terms:")]


def value(q: object) -> float:
    return float(q.value)  # type: ignore[attr-defined]


def of(found: Money, id: str) -> Investment:
    return next(m for m in found.measures if m.id == id)


def test_a_case_without_economics_has_no_money(meters: dict[str, MeterSeries]) -> None:
    case = case_of((TEXT[TEXT.index("economics:") :], ""))
    totals = {id: series.total() for id, series in meters.items()}
    assert money_of(case, effects_of(case, energycalc.published_factors(), totals), meters) is None


def test_shares_add_up_and_the_record_agrees_with_its_tiers(money: Made) -> None:
    for worth in money().tier_prices:
        assert sum(value(s) for s in worth.shares.values()) == pytest.approx(1, abs=1e-12)
        lowest, highest = 2.32, 9.39  # the schedule's own ends for this plan
        assert lowest < value(worth.price) < highest
        if worth.profile.meter is not None:
            assert worth.check == pytest.approx(0, abs=1e-12)


def test_the_hour_of_a_saved_kwh_moves_its_worth(money: Made) -> None:
    found = money()
    by_id = {w.profile.id: value(w.price) for w in found.tier_prices}
    assert by_id["night_shift"] < by_id["day_shift"]
    assert value(of(found, "A").yearly) / value(of(found, "A").energy_saving) == pytest.approx(by_id["day_shift"])
    assert value(of(found, "B").yearly) / value(of(found, "B").energy_saving) == pytest.approx(by_id["night_shift"])


def test_a_machine_that_never_stops_pays_the_mean_of_the_year(money: Made) -> None:
    week = TEXT[TEXT.index("      week:\n") : TEXT.index("      because: 日班班表")]
    always = "      week:\n" + "".join(
        f'        - {{days: {kind}, hours: "00:00-24:00"}}\n'
        for kind in ("weekday", "saturday", "sunday", "off_peak_day")
    )
    found = money((week, always))
    plan = found.plan
    assert plan is not None
    days = np.arange("2025-01-01", "2026-01-01", dtype="datetime64[D]")
    slots = np.arange("2025-01-01", "2026-01-01", dtype="datetime64[h]").astype("datetime64[s]")
    mean = plan.paid_by_minutes(slots, 3600, np.ones(len(slots))) / 8760
    flat = found.tier_prices[0]
    assert flat.hours == len(days) * 24
    assert value(flat.price) == pytest.approx(mean, rel=1e-12)


def test_loads_of_a_week_weigh_its_hours_and_bring_their_uncertainty(money: Made) -> None:
    """Alike loads change nothing; a Saturday at half load counts half; ± of a load is ± of the price."""
    weekday, saturday = 'hours: "08:00-12:00,13:00-17:00"}', 'hours: "08:00-12:00"}'
    plain = money().tier_prices[0]
    alike = money((weekday, weekday[:-1] + ", load: 80 %}"), (saturday, saturday[:-1] + ", load: 80 %}")).tier_prices[0]
    assert value(alike.price) == pytest.approx(value(plain.price), rel=1e-12)
    half = money(
        (weekday, weekday[:-1] + ", load: 100 %}"),
        (saturday, saturday[:-1] + ", load: {value: 50 %, uncertainty: 10 pt, source: 現場估計}}"),
    ).tier_prices[0]
    key = "summer.saturday_partial_peak"
    sat, rest = value(plain.shares[key]), value(plain.shares["summer.peak"])
    assert value(half.shares[key]) / value(half.shares["summer.peak"]) == pytest.approx(sat / rest / 2)
    assert sum(value(s) for s in half.shares.values()) == pytest.approx(1, abs=1e-12)
    assert propagate(half.price, draws=10_000)[0].interval is not None
    assert propagate(plain.price, draws=10_000)[0].interval is None


def test_parts_and_demand_make_the_plant(money: Made) -> None:
    found = money()
    plant, demand = found.plant, found.demand
    assert plant is not None and demand is not None
    assert value(plant.yearly) == pytest.approx(sum(value(m.yearly) for m in found.measures) + value(demand.saved))
    rate = value(found.rate)
    full = [y for y in of(found, "C").years if 2027 <= y <= 2033]  # commissioned on 1 July 2026, eight years
    charge = sum(value(demand.saved) / (1 + rate) ** (y - 2025) for y in full)
    parts = sum(value(m.before.npv) for m in found.measures)
    assert value(plant.before.npv) == pytest.approx(parts + charge, rel=1e-12)


def test_service_adds_up_to_the_life_whatever_the_day(money: Made) -> None:
    found = money((NO_GRANT), ("discount_rate: {value: 5 %, uncertainty: 1 pt", "discount_rate: {value: 0 %"))
    assert value(of(found, "C").service) == pytest.approx(8, abs=1e-3)  # half-years of 184 and 181 days
    assert value(of(found, "A").service) == pytest.approx(10, abs=1e-12)
    assert of(found, "C").years == tuple(range(2026, 2035))


def test_the_grant_moves_the_outlay_and_nothing_else(money: Made) -> None:
    with_grant, without = of(money(), "D"), of(money(NO_GRANT), "D")
    assert without.after is None and with_grant.after is not None
    assert value(with_grant.before.npv) == pytest.approx(value(without.before.npv), rel=1e-12)
    assert value(with_grant.after.npv) - value(with_grant.before.npv) == pytest.approx(200_000, rel=1e-9)
    assert value(with_grant.after.outlay) == pytest.approx(400_000)
    assert value(with_grant.after.rate.value) > value(with_grant.before.rate.value)


def test_costs_stated_after_the_grant_are_not_netted_again(money: Made) -> None:
    after = money(("hardware: 40 萬元", "hardware: 20 萬元"), ("costs_are: before_subsidy", "costs_are: after_subsidy"))
    before = money()
    for name in ("before", "after"):
        one, other = getattr(of(after, "D"), name), getattr(of(before, "D"), name)
        assert value(one.npv) == pytest.approx(value(other.npv), rel=1e-12)


def test_a_grant_above_the_investment_is_refused(money: Made) -> None:
    with pytest.raises(OutOfRange, match="grant is more than the investment"):
        money(("grant: 20 萬元", "grant: 60.1 萬元"))
    assert money(("grant: 20 萬元", "grant: 60 萬元")).plant is not None


def test_real_and_nominal_views_are_worth_the_same(money: Made) -> None:
    """Prices that rise with inflation, discounted at the nominal rate, are worth what they are in real terms."""
    real = money((", residual: 3 萬元", ""))
    nominal = money(
        (", residual: 3 萬元", ""),
        ("flows_are: real", "flows_are: nominal\n  inflation: 2 %\n"
         "  escalation: {electricity: 2 %, natural_gas: 2 %, running_cost: 2 %}"),
    )  # fmt: skip
    assert value(nominal.rate) == pytest.approx(1.05 * 1.02 - 1)
    for one, other in zip(real.measures, nominal.measures, strict=True):
        assert value(other.before.npv) == pytest.approx(value(one.before.npv), rel=1e-9)
        if one.before.rate.value is not None:
            back = (1 + value(other.before.rate.value) / 100) / 1.02 - 1
            assert back == pytest.approx(value(one.before.rate.value) / 100, abs=1e-9)
    assert str(of(nominal, "A").flows[0].unit) == "TWD[2026]"
    assert str(of(nominal, "A").before.npv.unit) == "TWD[2025]"


def test_equal_energy_is_no_money(money: Made) -> None:
    found = money(("full_load_efficiency: {value: 95.8 %, uncertainty: 0.4 pt", "full_load_efficiency: {value: 91.5 %"),
                  ("efficiency_class: premium", "efficiency_class: standard"))  # fmt: skip
    idle = of(found, "A")
    assert value(idle.yearly) == pytest.approx(0, abs=1e-9)
    assert idle.before.simple_payback is None and idle.before.discounted_payback is None
    assert idle.before.cost_per_tonne is None and idle.before.rate.value is None
    assert value(idle.before.npv) == pytest.approx(-250_000)
    assert "A" in found.off_curve


def test_cost_per_tonne_is_what_makes_the_measure_worth_nothing(money: Made) -> None:
    """Paid for each tonne as it is avoided, the cost per tonne brings the present value to zero."""
    for each in money().measures:
        tonnes = value(each.emission_saving) * value(each.service)
        assert value(each.before.npv) + value(each.before.cost_per_tonne) * tonnes == pytest.approx(0, abs=1e-6)


def test_the_curve_goes_up_and_is_as_wide_as_what_is_avoided(money: Made) -> None:
    found = money()
    costs = [value(step.cost) for step in found.curve]
    assert costs == sorted(costs) and len(costs) == 4
    assert found.plant is not None
    assert sum(value(s.tonnes) for s in found.curve) == pytest.approx(value(found.plant.emission_saving))
    assert cost_curve(found.measures[::-1])[0] == found.curve


def test_scenarios_move_what_they_say(money: Made) -> None:
    found = money()
    dearer, costlier, older = found.scenarios
    assert found.plant is not None and dearer.plant is not None
    for one, other in zip(found.measures, dearer.measures, strict=True):
        factor = 1.1 if "electricity" in one.by_carrier else 1.0
        assert value(other.yearly) == pytest.approx(value(one.yearly) * factor)
    for one, other in zip(found.measures, costlier.measures, strict=True):
        assert value(other.gross) == pytest.approx(value(one.gross) * 1.2)
    for one, other in zip(found.measures, older.measures, strict=True):
        factor = 0.474 / 0.466 if "electricity" in one.by_carrier else 1.0  # grid factors of 2024 and 2025
        assert value(other.emission_saving) == pytest.approx(value(one.emission_saving) * factor, rel=1e-9)
        assert value(other.before.npv) == pytest.approx(value(one.before.npv))


def test_a_missing_cost_leaves_the_total_out_and_says_so(money: Made) -> None:
    found = money(("    cost: {hardware: 12 萬元, software: 5 萬元}\n", ""))
    assert [row[0] for row in found.left_out] == ["C"]
    assert found.plant is None
    assert "money.not_appraised" in {f.id for f in found.findings}


def test_without_a_tariff_the_average_counts_and_a_note_says_it(money: Made) -> None:
    found = money((TARIFF, ""))
    assert value(of(found, "A").yearly) == pytest.approx(value(of(found, "A").energy_saving) * 4.1)
    assert "money.average_price" in {f.id for f in found.findings}
    assert "money.average_price" not in {f.id for f in money().findings}


def test_gas_by_month_is_weighted_by_use(money: Made) -> None:
    halves = [('"10,000 m3"', 14)] * 6 + [('"20,000 m3"', 17)] * 6
    months = "".join(
        f"    - {{month: 114/{m}, amount: {amount}, price: {price} 元/m3}}\n"
        for m, (amount, price) in enumerate(halves, 1)
    )
    found = money(("  terms:\n", f"  gas_months:\n{months}  terms:\n"))
    assert found.gas_price is not None
    assert value(found.gas_price) == pytest.approx((6 * 14 + 12 * 17) / 18)
    flat = of(money(), "D")
    assert value(of(found, "D").yearly) == pytest.approx(value(flat.yearly) * 16 / 15)
    with pytest.raises(CaseFileError, match="each of the twelve months"):
        case_of(("  terms:\n", "  gas_months:\n" + months.split("\n", 1)[1] + "  terms:\n"))
    with pytest.raises(InputError, match="does not lie in the period"):
        money(("  terms:\n", f"  gas_months:\n{months.replace('114/12', '113/12')}  terms:\n"))


def test_money_beside_energy_counts_only_when_asked(money: Made) -> None:
    assert "money.beside_counted" not in {f.id for f in money().findings}
    counted = money(("  life: 10 yr", "  life: 10 yr\n  count_beside: yes"))
    assert "money.beside_counted" in {f.id for f in counted.findings}


REFUSED = [
    (("  rate_is: real", "  rate_is: nominal"), "state inflation"),
    (("  costs_are: before_subsidy\n", ""), "taken off exactly once"),
    (("      measures: [B]", "      measures: [A]"), "measure A has 2 profiles"),
    (("      measures: [B]", "      measures: [Z]"), "there is no measure 'Z'"),
    (("      meter: AIR\n", "      meter: OIL\n"), "there is no electricity meter 'OIL'"),
    (("  life: 10 yr", "  life: 9.5 yr"), "whole years"),
    (("  life: 10 yr", "  life: {value: 10 yr, uncertainty: 1 yr}"), "whole years"),
    (("measure: C, life", "measure: D, life"), "stands 2 times"),
    (("  tariff: {edition: 2025-10, voltage: high, plan: three_tier_fixed}\n", ""), "need a tariff"),
    (("factors: 2024 年電力排碳係數}", "factors: 明年}"), "there is no factors.scenarios"),
    (("{name: 電價漲一成, electricity: 110 %}", "{name: 電價漲一成}"), "changes at least one"),
    (("    commissioned: 115/7/1\n", ""), "some measures state commissioned and some do not"),
    (("last_day: 114/12/31}\n\nplant", "last_day: 115/1/1}\n\nplant"), "exactly one year"),
    (("      because: 日班班表（虛構範例）\n", ""), "because"),
    (("    meter: MAIN\n", "    meter: AIR\n"), "one main electricity meter"),
    (('hours: "08:00-12:00"}', 'hours: "08:00-12:00", load: 50 %}'), "load of every row"),
]


@pytest.mark.parametrize(("change", "says"), REFUSED)
def test_contradictions_are_refused(change: tuple[str, str], says: str) -> None:
    with pytest.raises(CaseFileError, match=says):
        case_of(change)


def test_the_example_itself_and_near_misses_are_accepted() -> None:
    assert case_of().economics is not None
    assert case_of(("  rate_is: real", "  rate_is: nominal\n  inflation: 2 %")).economics is not None
    assert case_of(("  costs_are: before_subsidy\n", ""), NO_GRANT).economics is not None


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("      measures: [B]\n", "      measures: [D]\n"), "depends on when it is saved"),
        (('hours: "08:00-12:00"}', 'hours: "22:00-06:00"}'), "two spans"),
        (('{days: saturday, hours: "08:00-12:00"}', '{days: weekday, hours: "08:00-09:00"}'), "stand twice"),
        (("plan: three_tier_fixed", "plan: three_tier_mobile"), "no price for some hours"),
        (("money_year: 2025", "money_year: 2024"), "money of another year"),
    ],
)
def test_money_that_cannot_be_known_is_refused(money: Made, change: tuple[str, str], says: str) -> None:
    with pytest.raises(EnergycalcError, match=says):
        money(change)


def test_the_tariffs_year_may_be_declared(money: Made) -> None:
    declared = "plan: three_tier_fixed, because: 電價自 2025-10 起未變}"
    found = money(("money_year: 2025", "money_year: 2024"), ("plan: three_tier_fixed}", declared))
    assert str(of(found, "A").yearly.unit) == "TWD[2024]"


def test_two_lives_are_refused_and_one_ends_the_flows(money: Made) -> None:
    lived = ("interactions:\n  persistence:\n    - {{measures: [{id}], useful_life: 3 yr, "
             "because: 供應商（虛構範例）}}\n\neconomics:")  # fmt: skip
    with pytest.raises(InputError, match="two lives"):
        money(("economics:", lived.format(id="C")))
    found = money(("economics:", lived.format(id="A")))
    assert of(found, "A").years == (2026, 2027, 2028)
