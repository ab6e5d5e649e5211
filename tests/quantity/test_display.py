"""What a person sees of a quantity in a notebook and on a line."""

import html
from html.parser import HTMLParser

import numpy as np
import pytest

from energycalc.quantity import FileOrigin, Quantity, Source, about, quantity
from energycalc.quantity.display import (
    expanded,
    holds_zero,
    html_card,
    origin,
    result_line,
    rounded,
    short,
    value_and_uncertainty,
    with_interval,
)
from energycalc.quantity.distributions import Distribution, normal, rectangular, triangular

NAMEPLATE = Source("nameplate of M-01", file=FileOrigin("case.yaml", "ab" * 32, line=12, path="measures[0]"))


def saving() -> Quantity:
    with about("M-01 <drawing & press>"):
        power = quantity(
            75, "kW", name="rated_power", symbol="P_r", basis="nameplate", source=NAMEPLATE, uncertainty=normal(0.5)
        )
        hours = quantity(6000, "h", name="operating_hours", symbol="t", uncertainty=normal(100))
        return (power * hours).to("kWh").renamed("saving", "ΔE", Source("a law & its <clause>"))


class Tags(HTMLParser):
    """Opens and closes must pair."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def read(card: str) -> str:
    tags = Tags()
    tags.feed(card)
    assert tags.open == []
    return tags.text


def test_the_card_shows_formula_numbers_result_and_origins() -> None:
    text = read(html_card(saving()))
    for part in (
        "M-01 <drawing & press>",
        "a law & its <clause>",
        "Pr × t",
        "75",
        "6,000",
        "nameplate of M-01",
        "line 12",
    ):
        assert part in text, part
    assert "450,000" in text
    assert "±" in text
    assert "95 %" in text


@pytest.mark.parametrize(("language", "word"), [("zh-TW", "節能量"), ("en", "energy saving")])
def test_the_card_speaks_the_language_asked(language: str, word: str) -> None:
    assert word in read(html_card(saving(), language))


def test_words_of_a_person_are_never_markup() -> None:
    bad = "<script>alert(1)</script>"
    leaf = quantity(1, "kW", name=bad, symbol=bad, source=Source(bad), subject=bad)
    for q in (leaf, (2 * leaf).renamed(bad, bad, Source(bad))):
        card = html_card(q)
        assert "<script" not in card
        assert html.escape(html.escape(bad)) not in card
        assert bad in read(card)


def test_an_array_has_a_card_and_a_line_too() -> None:
    q = quantity(np.array([1.0, 2.0, 3.0]), "kW", name="load")
    assert short(2 * q) == "[3 values, 2 to 6] kW"
    assert "3 values" in read((2 * q)._repr_html_())
    assert (2 * q)._repr_latex_().startswith("$$")


def test_the_line_has_value_uncertainty_and_unit() -> None:
    assert str(quantity(75, "kW", uncertainty=normal(0.75))) == "75.0 ± 1.5 kW"
    assert repr(quantity(75, "kW", symbol="P")) == "<P = 75 kW>"
    assert str(quantity(0.924, "1")) == "0.924"
    assert result_line(quantity(75, "kW")) == "75 kW"
    assert expanded(quantity(75, "kW")) is None
    line = result_line(saving())
    assert line.endswith("kWh (95 %)")


@pytest.mark.parametrize(
    ("value", "half", "shown"),
    [
        (353_123.4, 12_345.0, "353,000 ± 12,000"), (0.92412, 0.0072, "0.9241 ± 0.0072"), (75, 1.5, "75.0 ± 1.5"),
        (75, None, "75"), (75, 0.0, "75"), (1234.5, 0.0996, "1,234.500 ± 0.100"), (12, 500, "10 ± 500"),
        (-1234.5, 12, "-1,234 ± 12"), (1e6, 1e5, "1,000,000 ± 100,000"),
    ],
)  # fmt: skip
def test_the_digits_are_those_the_uncertainty_allows(value: float, half: float | None, shown: str) -> None:
    assert value_and_uncertainty(value, half) == shown


def test_a_half_width_without_end_falls_back_to_plain_digits() -> None:
    assert rounded(75.123456, float("inf")) == "75.123"


def test_where_an_input_comes_from() -> None:
    known = quantity(1, "kW", basis="nameplate", source=NAMEPLATE)
    assert origin(known).startswith("nameplate: nameplate of M-01")
    assert "line 12" in origin(known)
    assert origin(quantity(1, "kW")) == "assumed, no source given"


def test_latex_lines_name_the_result() -> None:
    text = saving()._repr_latex_()
    assert text.startswith("$$\\Delta E = ")
    assert text.count("=") == 3
    assert "450{,}000" in text
    assert quantity(75, "kW", symbol="P_r")._repr_latex_() == "$$P_{\\mathrm{r}} = 75\\,\\mathrm{kW}$$"


@pytest.mark.parametrize(
    ("value", "interval", "shown"),
    [
        (25.1, (16.8, 48.2), ("25.1", "16.8…48.2")), (225.34, (216.54, 234.14), ("225.3", "±8.8")),
        (100.0, (-300.0, 900.0), ("100", "-300…900")), (12.0, (9.9, 14.2), ("12.0", "±2.1")),
        (3.14159, None, ("3.142", "")),
        (0.0, (0.0, 0.0), ("0", "")),
    ],
)  # fmt: skip
def test_a_leaning_interval_shows_its_ends(
    value: float, interval: tuple[float, float] | None, shown: tuple[str, str]
) -> None:
    assert with_interval(value, interval) == shown


def test_where_leaning_begins() -> None:
    """Sides of 8.1 and 11.9 differ from their mean by 19 % of it, sides of 7.9 and 12.1 by 21 %."""
    assert with_interval(100, (91.9, 111.9))[1] == "±10"
    assert "…" in with_interval(100, (92.1, 112.1))[1]


@pytest.mark.parametrize(("interval", "holds"), [((-1, 2), True), ((0, 2), True), ((0.1, 2), False), (None, False)])
def test_a_divisor_that_may_be_nothing(interval: tuple[float, float] | None, holds: bool) -> None:
    assert holds_zero(interval) is holds


@pytest.mark.parametrize(
    ("value", "unit", "known", "shown"),
    [
        (85, "%", rectangular(4), "85 ± 4 %"), (85.4, "%", rectangular(4), "85.4 ± 4.0 %"),
        (750, "degC", triangular(6), "750 ± 6 °C"), (41, "kW", rectangular(0.82), "41.00 ± 0.82 kW"),
        (75, "kW", normal(0.75), "75.0 ± 1.5 kW"), (120_000, "m3", rectangular(2400), "120,000 ± 2,400 m³"),
        (12, "kW", triangular(low=10, mode=11, high=15), "12 (10…15) kW"),
        (50, "kW", rectangular(1500), "50 ± 1,500 kW"),
        (959_561.4, "kWh", normal(4600), "959,600 ± 9,200 kWh"),
    ],
)  # fmt: skip
def test_an_input_shows_its_uncertainty_as_stated(value: float, unit: str, known: Distribution, shown: str) -> None:
    assert short(quantity(value, unit, uncertainty=known)) == shown
