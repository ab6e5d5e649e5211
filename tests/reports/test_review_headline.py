"""The headline figures of a claim, recomputed from the others: laws, rounding, agreement with the review."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from energycalc.checks.claims.background import background
from energycalc.checks.claims.headline import HEADLINE, headline, implied_grid_factor
from energycalc.checks.claims.reading import claim_of
from energycalc.checks.claims.review import review_claim
from energycalc.reports.review.summary import summary

ROOT = Path(__file__).resolve().parents[2]
CLEAN = json.loads((ROOT / "tests/checks/claims/clean_claims.json").read_text(encoding="utf-8"))["claims"]
PUBLISHED = [
    entry["claim"]
    for entry in json.loads((ROOT / "tests/reference/cases/claim_cases.json").read_text(encoding="utf-8"))["cases"]
]


def reviewed(data: Any) -> Any:
    return review_claim(claim_of(data))


def lines(data: Any) -> dict[str, Any]:
    return {line.key: line for line in headline(claim_of(data))}


# --- recomputed figures


@given(st.integers(2, 900), st.integers(1, 900), st.integers(100, 8760), st.integers(1, 9))
def test_a_saving_is_recomputed_from_powers_and_hours(before: int, after: int, hours: int, price: int) -> None:
    claim = {"power_before": f"{before + after} kW", "power_after": f"{after} kW", "hours": f"{hours} h/year",
             "price": f"{price} TWD/kWh", "saving": f"{before * hours} kWh/year",
             "cost_saving": f"{before * hours * price * 100} TWD/year"}  # fmt: skip
    found = lines(claim)
    assert found["saving"].recomputed.value == pytest.approx(before * hours)
    assert found["saving"].agrees is True
    assert found["saving"].apart == "0.0 %"
    # a hundred times too much money
    assert found["cost_saving"].recomputed.value == pytest.approx(before * hours * price)
    assert found["cost_saving"].agrees is False
    assert found["cost_saving"].apart == "× 100"
    assert found["saving_rate"].printed is None
    assert found["saving_rate"].recomputed.value == pytest.approx(100 * before / (before + after))


def test_a_figure_is_never_its_own_witness() -> None:
    """Money and payback alone: the price follows from the money, so it cannot bear the money out."""
    found = lines({"saving": "13026000 m3/year", "cost_saving": "4660000 TWD/year", "investment": "89880000 TWD",
                   "payback": "20 year"})  # fmt: skip
    assert found["cost_saving"].recomputed is None
    assert found["price"].printed is None
    assert found["payback"].recomputed.value == pytest.approx(89880000 / 4660000)


def test_energies_of_different_carriers_are_not_added_up() -> None:
    carriers = [{"carrier": "fuel_oil", "saving": "960 L/year", "cost_saving": "20000 TWD/year"},
                {"carrier": "natural_gas", "added": "1000 m3/year", "cost_saving": "-12000 TWD/year"}]  # fmt: skip
    found = lines({"carriers": carriers, "cost_saving": "8000 TWD/year"})
    assert "saving" not in found
    assert found["cost_saving"].recomputed.value == pytest.approx(8000)


def test_what_differs_in_the_table_is_an_error_of_the_review() -> None:
    """The table is no second judge: published and constructed claims, and each with one figure ten times too large."""
    shown_to_differ = 0
    for claim in [*PUBLISHED, *CLEAN]:
        for key in (None, *(key for key in HEADLINE if key in claim)):
            changed = dict(claim)
            if key is not None:
                number, unit = changed[key].split(" ", 1)
                changed[key] = f"{float(number) * 10:.10g} {unit}"
            differing = [line.key for line in headline(claim_of(changed)) if line.agrees is False]
            shown_to_differ += bool(differing)
            assert not differing or reviewed(changed).verdict == "fail", (claim["id"], key, differing)
    assert shown_to_differ > 100


def test_in_a_clean_claim_nothing_differs_and_most_is_recomputed() -> None:
    for claim in CLEAN:
        found = headline(claim_of(claim))
        assert [line.key for line in found if line.agrees is False] == []
        assert sum(line.agrees is True for line in found) + sum(line.printed is None for line in found) >= 2, claim[
            "id"
        ]


def test_the_recomputed_value_stands_in_the_measure_of_the_printed_one() -> None:
    claim = claim_of({"saving": "138000 kWh/year", "price": "3.5 元/kWh", "cost_saving": "48.3 萬元/年"})
    row = next(row for row in summary(review_claim(claim), "zh-TW").rows if row.name == "年節省費用")
    assert (row.printed, row.recomputed) == ("48.3 萬元/年", "48.3 萬元/年")


# --- the factor behind the tonnes


def test_the_implied_factor_carries_the_play_of_the_printed_digits() -> None:
    found = implied_grid_factor(claim_of({"saving": "100 MWh/year", "emission_reduction": "49 tCO2e/year"}))
    assert found is not None
    assert found.value == pytest.approx(0.49)
    assert found.low < 48 / 100 and found.high > 0.50  # 49 may be cut or rounded, and so may 100
    assert implied_grid_factor(claim_of({"saving": "100 m3/year", "emission_reduction": "1 tCO2e/year"})) is None
    assert implied_grid_factor(claim_of({"saving": "100 kWh/year"})) is None


def test_a_rating_in_horsepower_need_not_be_drawn() -> None:
    rating = {"power_before": "100 HP", "hours": "4000 h/year"}
    drawn = lines({**rating, "energy_before": "200000 kWh/year"})["energy_before"]
    assert (drawn.agrees, drawn.difference < 0) == (None, True)
    assert (
        lines({**rating, "energy_before": "400000 kWh/year"})["energy_before"].agrees is False
    )  # more than the rating


def test_a_day_is_brought_to_a_year() -> None:
    found = lines({"energy_before": "775 kWh/day", "energy_after": "151 kWh/day", "operating_days": "365 day/year",
                   "saving": "227760 kWh/year"})  # fmt: skip
    assert found["saving"].agrees is True
    assert found["saving"].recomputed.value == pytest.approx((775 - 151) * 365)
    of_a_day = lines({"power_before": "100 kW", "hours": "3000 h/year", "operating_days": "300 day/year",
                      "energy_before": "1000 kWh/day"})["energy_before"]  # fmt: skip
    assert (of_a_day.agrees, of_a_day.recomputed.value, of_a_day.per) == (True, pytest.approx(300_000), "year")


def test_the_first_law_that_fails_is_shown_even_where_another_way_holds() -> None:
    """The page's own arithmetic uses other hours than its text: the text contradicts the saving."""
    own = {"calculations": [{"quantity": "saving", "expression": "23 kW * 6000 h", "result": "138000 kWh"}]}
    text = {"power_before": "75 kW", "power_after": "52 kW", "hours": "9600 h/year"}
    found = lines({**text, **own, "saving": "138000 kWh/year"})
    assert found["saving"].agrees is False
    assert found["saving"].recomputed.value == pytest.approx(23 * 9600)
    alone = lines({**own, "saving": "138000 kWh/year"})
    assert alone["saving"].agrees is True
    borne_out = lines({**text, **own, "saving": "220800 kWh/year"})  # by the law; the slip is in the arithmetic
    assert borne_out["saving"].agrees is True


@pytest.mark.parametrize(
    ("kloe", "agrees"), [("9.6 KLOE/year", True), ("24.8 KLOE/year", True), ("11 KLOE/year", False)]
)
def test_an_oil_equivalent_may_follow_either_convention(kloe: str, agrees: bool) -> None:
    """100 MWh at 860 or 2,236 kcal/kWh and 9,000,000 kcal per KLOE."""
    assert lines({"saving": "100000 kWh/year", "oil_equivalent": kloe})["oil_equivalent"].agrees is agrees
    assert "oil_equivalent" not in lines({"saving": "100000 kWh/year"})


def test_an_oil_equivalent_of_gas_follows_a_published_heat_value() -> None:
    """1 million m3; the heat value is that of the table, 9,000,000 kcal make a KLOE."""
    for heat in background().heat_values("natural_gas"):
        kloe = 1e6 * heat.value / (9_000_000 * 4186.8)
        claim = {"carrier": "natural_gas", "saving": "1000000 m3/year"}
        assert lines({**claim, "oil_equivalent": f"{kloe:.1f} KLOE/year"})["oil_equivalent"].agrees is True
        assert lines({**claim, "oil_equivalent": f"{2 * kloe:.1f} KLOE/year"})["oil_equivalent"].agrees is False


def test_what_is_not_printed_is_inferred_in_a_unit_of_its_kind() -> None:
    found = lines({"saving": "200 MWh/year", "cost_saving": "600000 TWD/year", "investment": "1200000 TWD"})
    price, payback = found["price"], found["payback"]
    assert (price.recomputed.value, price.unit.text, price.per) == (pytest.approx(3000), "TWD/MWh", "")
    assert (payback.recomputed.value, payback.unit.text, payback.agrees) == (pytest.approx(2), "year", None)


def test_items_are_added_up_and_editions_stand_apart_where_they_differ() -> None:
    items = [{"name": "a", "saving": "60 kWh/year"}, {"name": "b", "saving": "50 kWh/year"}]
    assert lines({"saving": "110 kWh/year", "items": items})["saving"].agrees is True
    assert lines({"saving": "180 kWh/year", "items": items})["saving"].agrees is False
    editions = [{"label": "x", "price": "2 TWD/kWh"}, {"label": "y", "price": "3 TWD/kWh"}]
    found = headline(claim_of({"saving": "100 kWh/year", "editions": editions}))
    assert [(line.key, line.edition) for line in found] == [
        ("saving", ""), ("price", "x"), ("price", "y"), ("cost_saving", "x"), ("cost_saving", "y")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("printed", "apart"),
    [("100 kWh/year", "0.0 %"), ("110 kWh/year", "+10.0 %"), ("88 kWh/year", "−12.0 %"), ("100000 kWh/year", "× 1,000"),
     ("0.1 kWh/year", "× 0.00100")],
)  # fmt: skip
def test_how_far_apart_is_said_as_a_share_or_as_how_many_times(printed: str, apart: str) -> None:
    assert lines({"power_saving": "10 kW", "hours": "10 h/year", "saving": printed})["saving"].apart == apart
