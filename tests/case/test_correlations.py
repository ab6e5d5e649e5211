"""Declared correlations lead to two uncertain inputs, and widen or narrow what they belong to."""

import pytest

from energycalc import assess, published_factors
from energycalc.case.case import Case
from energycalc.case.case_file import case_from_text
from energycalc.data_files import examples_folder
from energycalc.errors import CaseFileError

EXAMPLE = examples_folder() / "steel_plant"
TEXT = (EXAMPLE / "case.yaml").read_text(encoding="utf-8")
ONE = "correlations:\n  - {{first: {first}, second: {second}, coefficient: {r}, because: one gas meter}}\n"


def with_correlation(first: str, second: str, r: str = "1") -> Case:
    return case_from_text(ONE.format(first=first, second=second, r=r) + TEXT, folder=EXAMPLE)


def test_one_meter_behind_two_bills_does_not_average_down() -> None:
    apart = case_from_text(TEXT, folder=EXAMPLE)
    together = with_correlation("bills.GAS-H1.quantity", "bills.GAS-H2.quantity")
    widths = []
    for case in (apart, together):
        found = assess(case, published_factors())
        billed = next(r.billed for r in found.effects.reconciliations if r.carrier == "natural_gas")
        assert billed is not None
        widths.append(found.uncertainty[billed].standard_uncertainty)
    volumes = [float(b.quantity.value_in("m3")) * 0.02 for b in apart.bills]
    heat = [float(b.quantity.value_in("m3")) * 0.01 for b in apart.bills]
    per_m3 = 8.05 / 0.859845 * 3**-0.5
    independent = (sum(v**2 for v in volumes) + sum(h**2 for h in heat)) ** 0.5 * per_m3
    shared = (sum(volumes) ** 2 + sum(h**2 for h in heat)) ** 0.5 * per_m3
    assert widths == [pytest.approx(independent, rel=0.02), pytest.approx(shared, rel=0.02)]


@pytest.mark.parametrize(
    ("first", "second", "r", "words"),
    [
        ("bills.GAS-H9.quantity", "bills.GAS-H2.quantity", "1", "is no input of this case"),
        ("bills.GAS-H1.amount", "bills.GAS-H2.quantity", "1", "states no uncertainty"),
        ("bills.GAS-H1.quantity", "measures.D1.before.nothing", "1", "is no input of this case"),
        ("bills.GAS-H1.quantity", "bills.GAS-H2.quantity", "1.2", "from -1 to 1"),
    ],
)
def test_a_correlation_that_leads_nowhere_is_refused(first: str, second: str, r: str, words: str) -> None:
    with pytest.raises(CaseFileError, match=words):
        with_correlation(first, second, r)


def test_inputs_of_measures_and_prices_can_be_named() -> None:
    case = with_correlation("measures.D1.before.flue_gas_temperature", "prices.electricity", "0.5")
    assert case.correlations[0].coefficient == 0.5
