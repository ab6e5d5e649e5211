"""The laws behind the findings, number by number; what is expected is worked out beside each claim."""

from typing import Any

import pytest

from energycalc.checks.claims.background import background
from energycalc.checks.claims.figures import read_figure
from energycalc.checks.claims.identities import rates
from energycalc.checks.claims.inference import completed
from energycalc.checks.claims.parts import with_carrier_savings
from energycalc.checks.claims.reading import claim_of
from energycalc.checks.claims.review import ClaimReview, review_claim
from energycalc.errors import InputError

GRID = background().grid("TW")
VALID = sorted((h.year, h.value) for h in GRID.hits if not h.superseded and h.series == "overall")


def review(**claim: Any) -> ClaimReview:
    return review_claim(claim_of({"title": "虛構範例", **claim}))


def found(reviewed: ClaimReview, id: str) -> list[tuple[str, str, str]]:
    return [(f.severity, f.sentence, f.sentence_zh) for f in reviewed.findings if f.id == id]


def shares(**claim: Any) -> list[tuple[float, float | None]]:
    """Shares, and the same over the value after, in per cent."""
    return [
        (round(share.value * 100, 6), None if again is None else round(again.value * 100, 6))
        for _, _, share, again in rates(completed(claim_of(claim)))
    ]


def test_a_saving_rate_is_the_share_of_the_value_before_and_not_of_the_value_after() -> None:
    """500 before, 400 after: 20 % of 500, 25 % of 400."""
    assert shares(energy_before="500 kWh/year", energy_after="400 kWh/year") == [(20.0, 25.0), (20.0, None)]
    assert shares(power_before="500 kW", power_after="400 kW")[0] == (20.0, 25.0)
    assert shares(energy_before="0.4 kWh/year", energy_after="0.3 kWh/year")[0][0] == pytest.approx(25.0)
    assert shares(saving="100 kWh/year", plant_energy="4000 kWh/year") == [(2.5, None)]


def test_of_generation_the_share_is_the_growth() -> None:
    """400 before, 500 after: 25 % more."""
    assert shares(energy_before="400 kWh/year", energy_after="500 kWh/year", figures_are="generation")[0][0] == 25.0


def test_of_carriers_the_share_is_the_fall_of_their_money_and_of_their_tonnes() -> None:
    """Given up 100 L at 20 and 3 kg, taken up 100 m3 at 12 and 2 kg: 2000 to 1200, 300 to 200."""
    parts = [
        {"carrier": "fuel_oil", "saving": "100 L/year", "price": "20 TWD/L", "emission_factor": "3 kgCO2e/L"},
        {"carrier": "natural_gas", "added": "100 m3/year", "price": "12 TWD/m3", "emission_factor": "2 kgCO2e/m3"},
    ]
    money, tonnes = shares(carriers=parts, carrier="mixed")
    assert money == (40.0, round(100 * (2000 / 1200 - 1), 6))
    assert tonnes == (round(100 * (1 - 200 / 300), 6), 50.0)
    assert shares(carriers=parts[:1], carrier="mixed") == []


def test_a_rate_over_the_value_after_is_named_as_such() -> None:
    said = found(review(energy_before="500 kWh/year", energy_after="400 kWh/year", saving_rate="25.0 %"), "TN02")
    assert [s for s, *_ in said] == ["error"]
    assert "over the value after" in said[0][1] and "除以改善後" in said[0][2]
    assert not found(review(energy_before="500 kWh/year", energy_after="400 kWh/year", saving_rate="20.0 %"), "TN02")


def test_a_contradiction_says_where_its_result_stands_in_both_languages() -> None:
    said = found(review(power_saving="10 kW", hours="1000 h/year", saving="5000 kWh/year"), "TL11")
    ((severity, en, zh),) = said
    assert severity == "error" and "5000 kWh/year is printed (-50.0%)" in en
    assert "頁面印為 5000 kWh/year（-50.0%）" in zh and "printed" not in zh


@pytest.mark.parametrize(("saving", "shown"), [("500 kWh/year", "× 0.05"), ("1500 kWh/year", "-85.0%")])
def test_what_is_far_apart_is_shown_as_a_ratio(saving: str, shown: str) -> None:
    assert shown in found(review(power_saving="10 kW", hours="1000 h/year", saving=saving), "TL11")[0][1]


def test_a_rating_in_horsepower_may_draw_less_and_never_more() -> None:
    """100 HP is 73.55 to 74.57 kW; for 1000 h at most 74,570 kWh."""
    less = review(power_before="100 HP", hours="1000 h/year", energy_before="60000 kWh/year")
    more = review(power_before="100 HP", hours="1000 h/year", energy_before="90000 kWh/year")
    assert not found(less, "TL11") and [s for s, *_ in found(more, "TL11")] == ["error"]


@pytest.mark.parametrize(("year", "value"), VALID)
def test_a_printed_factor_is_of_its_year_within_half_a_digit_only(year: int, value: float) -> None:
    def judged(factor: float) -> ClaimReview:
        return review(saving="1000 kWh/year", emission_factor=f"{factor:.3f} kgCO2e/kWh", emission_factor_year=year)

    assert any(r.check == "TC01" for r in judged(value).held)
    beside = judged(value + 0.002)
    assert not any(r.check == "TC01" for r in beside.held)
    official = [f.evidence["official value of that year"] for f in beside.findings if f.id in ("TC01", "TC02", "TN01")]
    assert official and all(text.startswith(f"{value:g} of {year}") for text in official)


def implied(saving: str, tonnes: str) -> str:
    (text,) = {
        f.evidence["range by rounding"]
        for f in review(saving=saving, emission_reduction=tonnes).findings
        if "range by rounding" in f.evidence
    }
    return text


def test_the_implied_factor_carries_the_play_of_the_digits_and_of_the_zeros_at_the_end() -> None:
    """Tonnes within 0.1; 123,456 from half a digit below to one above; 100,000 from 0.05 % below to 0.1 % above."""
    assert implied("123456 kWh/year", "61.0 tCO2e/year") == f"{60.9e3 / 123457:.4f} to {61.1e3 / 123455.5:.4f}"
    assert implied("100000 kWh/year", "49.4 tCO2e/year") == f"{49.3e3 / 100100:.4f} to {49.5e3 / 99950:.4f}"


@pytest.mark.parametrize(("tonnes", "word"), [("49400 tCO2e/year", "too large"), ("0.0494 tCO2e/year", "too small")])
def test_tonnes_that_are_a_thousand_times_off_are_named_so(tonnes: str, word: str) -> None:
    """100,000 kWh at any official factor are 49 to 56 t."""
    reviewed = review(saving="100000 kWh/year", emission_reduction=tonnes)
    assert [s for s, *_ in found(reviewed, "TC11")] == ["error"]
    ((_, en, _zh),) = found(reviewed, "TU02")
    assert "a factor of a thousand" in en and word in en


@pytest.mark.parametrize(("behind", "right"), [(0, True), (1, True), (2, False)])
def test_an_item_uses_the_factor_of_its_year_or_of_the_year_before(behind: int, right: bool) -> None:
    newest, values = VALID[-1][0], dict(VALID)
    value = values[newest - behind]
    assert [y for y, v in VALID if v == value] == [newest - behind]
    item = {"name": "a", "year": newest, "saving": "1234567 kWh/year",
            "emission_reduction": f"{1234.567 * value:.2f} tCO2e/year"}  # fmt: skip
    reviewed = review(items=[item, {**item, "name": "b"}])
    assert (not found(reviewed, "TC01")) == right
    assert found(reviewed, "TN01")


def test_the_digits_of_an_original_text_count_where_it_is_the_same_number() -> None:
    assert read_figure("saving", "1552000 kWh/year", "1,552 MWh").step == pytest.approx(1000)
    assert read_figure("saving", "1552009 kWh/year").step == 1
    assert read_figure("saving", "1552000 kWh/year", "155.2 萬度").step == pytest.approx(1000)
    assert read_figure("power_before", "74.57 kW", "100 HP").step == pytest.approx(0.01)  # another number


@pytest.mark.parametrize(
    ("text", "good"),
    [("1e20 kWh", True), ("1e0020 kWh", False), ("1e31 kWh", False), ("1e-20 kWh", True), (f"{'0' * 41}1 kWh", False)],
)
def test_numbers_beyond_any_page_are_refused(text: str, good: bool) -> None:
    if good:
        assert read_figure("saving", text).value > 0
    else:
        with pytest.raises(InputError, match="larger"):
            read_figure("saving", text)


def test_only_a_carrier_may_save_less_than_nothing() -> None:
    taken_up = {"carrier": "natural_gas", "energy_before": "0 m3/year", "energy_after": "1000 m3/year"}
    (part,) = with_carrier_savings(claim_of({"carrier": "mixed", "carriers": [taken_up]})).carriers
    assert part.figures["saving"].value == -1000
    whole = completed(claim_of({"energy_before": "100 kWh/year", "energy_after": "200 kWh/year"}))
    assert whole.figure("saving") is None


def test_what_is_inferred_is_solved_from_the_law() -> None:
    """960 = 1200 − saving of 240; payback of 4 years at 30,000 a year is 120,000; 240 kWh at 5 are 1200."""
    after = completed(claim_of({"energy_before": "1200 kWh/year", "saving": "240 kWh/year"})).figures["energy_after"]
    assert after.value == 960 and not after.is_printed
    paid = completed(claim_of({"payback": "4 year", "cost_saving": "30000 TWD/year"})).figures["investment"]
    assert paid.value == pytest.approx(120_000) and paid.unit.text == "TWD"
    price = completed(claim_of({"saving": "240 kWh/year", "cost_saving": "1200 TWD/year"})).figures["price"]
    assert price.value == pytest.approx(5) and price.unit.text == "TWD/kWh"
    base = completed(claim_of({"saving": "240 kWh/year", "saving_rate": "20 %"})).figures["energy_before"]
    assert base.value == pytest.approx(1200)


@pytest.mark.parametrize(("year", "value"), [pair for pair in VALID if pair[0] >= 2019])
def test_the_year_whose_factor_explains_the_tonnes_is_named(year: int, value: float) -> None:
    """1,234,567 kWh at the factor of another year than the one printed."""
    labelled, printed = next((y, v) for y, v in VALID if y >= 2010 and abs(v - value) > 0.002)
    reviewed = review(
        saving="1234567 kWh/year", emission_factor=f"{printed:.3f} kgCO2e/kWh", emission_factor_year=labelled,
        emission_reduction=f"{1234.567 * value:.2f} tCO2e/year",
    )  # fmt: skip
    assert any(f"{value:g} of {year}" in en and f"{year} 年 {value:g}" in zh for _, en, zh in found(reviewed, "TN01"))
    right = review(
        saving="1234567 kWh/year", emission_factor=f"{value:.3f} kgCO2e/kWh", emission_factor_year=year,
        emission_reduction=f"{1234.567 * value:.2f} tCO2e/year",
    )  # fmt: skip
    assert not found(right, "TN01") and not found(right, "TC15")


def test_tonnes_by_a_factor_of_another_time_name_the_factors_that_were_in_force() -> None:
    (before, was), (newest, now) = VALID[-2:]
    old = next((y, v) for y, v in VALID if y < before and [year for year, x in VALID if x == v] == [y])
    item = {"name": "a", "year": newest, "saving": "1234567 kWh/year",
            "emission_reduction": f"{1234.567 * old[1]:.2f} tCO2e/year"}  # fmt: skip
    ((_, en, _zh),) = found(review(items=[item, {**item, "name": "b", "emission_reduction": "1 tCO2e/year"}]), "TC01")
    in_force = en.split(f"in {newest} ")[1]
    assert f"{now:g} of {newest}" in in_force and f"{was:g} of {before}" in in_force
    assert f"{old[1]:g} of {old[0]}" in en and in_force.count(" of ") == len(
        [h for h in GRID.hits if h.year in (newest, before) and not h.superseded]
    )


def test_the_nearest_base_is_the_one_that_is_shown() -> None:
    """50 of 500 is 10 %, 50 of 4000 is 1.25 %; 11 % is nearer to the first."""
    claim = {"saving": "50 kWh/year", "energy_before": "500 kWh/year", "plant_energy": "4000 kWh/year"}
    assert "gives 10.00%" in found(review(**claim, saving_rate="11.0 %"), "TN02")[0][1]
    assert "gives 1.25%" in found(review(**claim, saving_rate="1.5 %"), "TN02")[0][1]
