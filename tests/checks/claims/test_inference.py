"""What a page does not print: inferred where its own arithmetic gives it, told how, and never in place of a print."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from energycalc.checks.claims.claim import Claim
from energycalc.checks.claims.inference import completed
from energycalc.checks.claims.reading import claim_of
from energycalc.checks.claims.review import review_claim
from tests.checks.claims.seeded import clean_claims

CLEAN = clean_claims()


@given(st.sampled_from(sorted(CLEAN)), st.data())
def test_nothing_printed_is_changed_and_each_inference_says_how(id: str, data: st.DataObject) -> None:
    kept = data.draw(st.sets(st.sampled_from(sorted(CLEAN[id]))))
    claim = claim_of({key: CLEAN[id][key] for key in kept})
    whole = completed(claim)
    for key, figure in claim.figures.items():
        assert whole.figures[key] is figure
    for key in whole.figures.keys() - claim.figures.keys():
        figure = whole.figures[key]
        assert not figure.is_printed
        assert figure.how_en and figure.how_zh and figure.how_en != figure.how_zh
        assert figure.rests_on <= claim.figures.keys()
        assert figure.ends is not None and figure.ends.low <= figure.value <= figure.ends.high


@pytest.mark.parametrize(
    ("key", "unit"),
    [
        ("saving", "kWh"),
        ("energy_after", "kWh"),
        ("cost_saving", "TWD"),
        ("payback", "year"),
        ("emission_reduction", "tCO2e"),
    ],
)
def test_a_figure_taken_away_comes_back_within_its_print(key: str, unit: str) -> None:
    printed = claim_of(CLEAN["fan_drive"]).figures[key]
    claim = claim_of({k: v for k, v in CLEAN["fan_drive"].items() if k not in (key, "calculations")})
    inferred = completed(claim).figures[key]
    assert inferred.to(unit).meets(printed.as_printed(unit))


def inferred(**claim: Any) -> Claim:
    return completed(claim_of(claim))


def test_nothing_comes_from_outside_the_page() -> None:
    whole = inferred(saving="1000 kWh/year")
    assert set(whole.figures) == {"saving"}


def test_the_base_of_a_rate_is_not_guessed_where_the_rate_is_anothers() -> None:
    assert inferred(saving="1000 kWh/year", saving_rate="10 %").has("energy_before")
    assert not inferred(saving="1000 kWh/year", saving_rate="10 %", saving_rate_of="plant").has("energy_before")


def test_upkeep_is_not_in_the_price() -> None:
    whole = inferred(saving="200000 kWh/year", cost_saving="520000 TWD/year", cost_added="80000 TWD/year")
    assert whole.figures["price"].to("TWD/kWh").value == pytest.approx(3.0)


def test_a_negative_saving_is_not_inferred_for_a_whole_claim() -> None:
    assert not inferred(energy_before="100 kWh/year", energy_after="120 kWh/year").has("saving")


def test_a_review_names_what_it_inferred() -> None:
    claim = {k: v for k, v in CLEAN["compressor"].items() if k not in ("saving", "printed")}
    review = review_claim(claim_of(claim))
    assert "saving" in review.inferred
    assert "saving" not in review.claim.figures
