"""A trace as text, LaTeX and worksheet formula: every way of writing means the same number."""

import re

import pytest
from hypothesis import assume, given, settings

from energycalc.quantity import Quantity, interpolate, minimum, opaque, quantity, sqrt, total, where
from energycalc.quantity.render import latex, latex_number, latex_symbol, numbers, people_number, sheet_formula, symbols
from energycalc.quantity.trace import evaluate, leaves, steps
from tests.quantity.expressions import NOT_IN_A_SHEET, Recipe, build, recipes
from tests.quantity.sheet import calculate

A, B, C = (quantity(v, "1", name=n, symbol=n) for n, v in (("a", 7.0), ("b", 3.0), ("c", 2.0)))
P = quantity(75.0, "kW", name="rated_power", symbol="P_r")
T = quantity(6000.0, "h", name="hours", symbol="t")
ETA = quantity(92.4, "%", name="efficiency", symbol="η")


def in_sheet(result: Quantity) -> float:
    """The result as a worksheet works it out: a cell for each input and each named step."""
    address: dict[int, str] = {}
    cells: dict[str, float] = {}
    for q in leaves(result):
        address[id(q)] = f"A{len(address) + 1}"
        cells[address[id(q)]] = q.value
    for q in steps(result):
        address[id(q)] = f"A{len(address) + 1}"
        cells[address[id(q)]] = calculate(sheet_formula(q, lambda p: address[id(p)]), cells)
    return cells[address[id(result)]]


# --- worksheet ---


@given(recipes(without=NOT_IN_A_SHEET))
@settings(max_examples=200, deadline=None)
def test_the_worksheet_works_out_the_same_number(recipe: Recipe) -> None:
    top = build(recipe).made[-1]
    # a difference of nearly equal numbers shows the last digits of its parts: those are not the sheet's fault
    (moved,) = evaluate([top], {q: q.value * (1 + 1e-15) for q in leaves(top) if q.value})
    assume(abs(moved - top.value) <= 1e-13 * abs(top.value))
    assert in_sheet(top) == pytest.approx(top.value, rel=1e-12, abs=1e-12)


TRAPS = [
    (A - (B - C), "=A1-(A2-A3)"),
    (A - (B + C), "=A1-(A2+A3)"),
    ((A - B) - C, "=A1-A2-A3"),
    (A + (B - C), "=A1+A2-A3"),
    (A / (B * C), "=A1/(A2*A3)"),
    (A / (B / C), "=A1/(A2/A3)"),
    ((A / B) / C, "=A1/A2/A3"),
    ((A / B) * C, "=A1/A2*A3"),
    ((A + B) * C, "=(A1+A2)*A3"),
    (A * (B - C), "=A1*(A2-A3)"),
    (-A * B, "=-A1*A2"),
    (A * -B, "=A1*(-A2)"),
    (A - -B, "=A1-(-A2)"),
    (-(A + B), "=-(A1+A2)"),
    ((-A) ** 2, "=(-A1)^2"),
    (-(A**2), "=-(A1^2)"),
    (A**-1, "=A1^(-1)"),
    (A**-B, "=A1^(-A2)"),
    ((A**B) ** C, "=(A1^A2)^A3"),
    (A ** (B**C), "=A1^(A2^A3)"),
    ((A * B) ** 2, "=(A1*A2)^2"),
    ((A / B) ** 0.5, "=(A1/A2)^0.5"),
    (A ** (B / C), "=A1^(A2/A3)"),
    ((-2) ** C, "=(-2)^A1"),
    (-2 - A, "=-2-A1"),
    (A - (-2), "=A1-(-2)"),
    (A * 1e-7, "=A1*1E-07"),
    (A * 1e20, "=A1*1E+20"),
    (A + 0.1, "=A1+0.1"),
    (1 - A / B, "=1-A1/A2"),
    (sqrt(A + B) / C, "=SQRT(A1+A2)/A3"),
    (minimum(A - B, C) ** 2, "=MIN(A1-A2,A3)^2"),
    (total([A, -B, A - C]), "=SUM(A1,-A2,A1-A3)"),
    (-total([A, B]), "=-SUM(A1,A2)"),
    (where(A, "<=", B - C, A + 1, -B) * 2, "=IF(A1<=A2-A3,A1+1,-A2)*2"),
    (-where(A, ">", B, C, A), "=-IF(A1>A2,A3,A1)"),
]


@pytest.mark.parametrize(("result", "formula"), TRAPS, ids=[f for _, f in TRAPS])
def test_brackets_stand_where_the_worksheet_needs_them(result: Quantity, formula: str) -> None:
    where_is = {id(q): f"A{i + 1}" for i, q in enumerate(leaves(result))}
    assert sheet_formula(result, lambda p: where_is[id(p)]) == formula
    assert in_sheet(result) == pytest.approx(result.value, rel=1e-14)


def test_the_calculator_of_this_test_is_a_worksheet() -> None:
    cells = {"A1": 2.0}
    expected = {"=-2^2": 4, "=2^3^2": 64, "=-A1^2": 4, "=8/4/2": 1, "=2-3-4": -5, "=1+2*3^2": 19, "=IF(1<2,3,4)": 3,
                "=2^-1": 0.5, "=SUM(1,2,-A1)": 1, "=-(A1^2)": -4, "=2*-3": -6, "=1E-07*1E+7": 1}  # fmt: skip
    for formula, value in expected.items():
        assert calculate(formula, cells) == pytest.approx(value)


def test_conversions_are_factors_and_offsets() -> None:
    energy = (P * T).renamed("e").to("MWh")
    assert sheet_formula(energy, lambda p: "B2") == "=B2*0.001"
    celsius = quantity(20, "degC", name="t")
    kelvin = celsius.to("K")
    assert sheet_formula(kelvin, lambda p: "B2") == "=B2+273.15"
    assert sheet_formula(1 - ETA, lambda p: "B2") == "=1-B2*0.01"
    assert sheet_formula((A - B).to("%"), lambda p: p.symbol) == "=(a-b)*100"
    assert in_sheet((P * T - P * T * ETA).to("MWh")) == pytest.approx(450 * 0.076)


def test_interpolation_in_a_sheet_follows_every_line() -> None:
    xs, ys = [quantity(v, "1") for v in (-1, 0, 2, 5)], [quantity(v, "1") for v in (4, 2, 9, -3)]
    for at in (-1.0, -0.3, 0.0, 1.0, 2.0, 3.3, 5.0):
        line = interpolate(quantity(at, "1"), xs, ys)
        assert in_sheet(2 - line) == pytest.approx(2 - line.value, rel=1e-13)


def test_what_a_cell_cannot_hold_is_refused() -> None:
    routine = opaque(lambda v: v, A, in_unit="1", name="routine").parents
    outside = opaque(lambda v: v, A, in_unit="1", name="routine")
    with pytest.raises(ValueError, match="outside the sheet"):
        sheet_formula(outside, lambda p: "A1")
    assert routine == (A,)
    long, nested = total([A * B + C] * 100), A
    with pytest.raises(ValueError, match="longer than a worksheet cell"):
        sheet_formula(long, lambda p: "'A sheet with a name, a rather long one, as some write'!A1")
    assert len(sheet_formula(long, lambda p: "A1")) < 1500
    for _ in range(3000):
        nested = nested + A
    with pytest.raises(ValueError, match="give its steps names"):
        symbols(nested)


# --- text ---


@pytest.mark.parametrize(
    ("result", "text"),
    [
        (P * 0.8 / ETA * T, "P_r × 0.8 ÷ η × t"),
        (A - (B - C), "a − (b − c)"),
        (A / (B * C), "a ÷ (b × c)"),
        ((A + B) * -C, "(a + b) × (−c)"),
        ((-A) ** 2, "(−a)^2"),
        (total([A, -B, C]), "a + (−b) + c"),
        (1 - minimum(A, B), "1 − min(a; b)"),
        (where(A, "<", B, C, A), "(c if a < b, else a)"),
        ((A + B).to("%"), "(a + b) × 100"),
        (P, "P_r"),
    ],
)
def test_as_symbols(result: Quantity, text: str) -> None:
    assert symbols(result) == text


def test_as_numbers_with_units() -> None:
    assert numbers(P * ETA * T) == "75 kW × 92.4 % × 6,000 h"
    assert numbers((P * T).to("MWh")) == "75 kW × 6,000 h × 0.001" or "× 0.001" in numbers(
        (P * T).renamed("e").to("MWh")
    )
    assert numbers(T**2) == "(6,000 h)^2"
    loss = quantity(-5, "kW", name="loss")
    assert numbers(P - loss) == "75 kW − (-5 kW)"
    assert numbers(A**2) == "7^2"
    tiny = quantity(2e-5, "1/K", name="alpha")
    assert numbers(1 / tiny) == "1 ÷ (2×10^-5 1/K)"
    assert numbers(1 - quantity(80, "%")) == "1 − 80 %"


def test_a_named_step_is_shown_by_its_name() -> None:
    energy = (P * T).renamed("energy", "E")
    assert symbols(energy * ETA) == "E × η"
    assert symbols(energy) == "P_r × t"
    assert symbols(energy.renamed("energy_before", "E_0")) == "E"


# --- LaTeX ---


def balanced(text: str) -> bool:
    bare = re.sub(r"\\[{}]", "", text)
    depth = 0
    for sign in bare:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth < 0:
            return False
    paired = bare.count("\\left") == bare.count("\\right") and bare.count("\\begin") == bare.count("\\end")
    return depth == 0 and paired


@given(recipes())
@settings(max_examples=100, deadline=None)
def test_latex_braces_balance(recipe: Recipe) -> None:
    top = build(recipe).made[-1]
    for text in (latex(top), latex(top, with_numbers=True), top._repr_latex_()):
        assert balanced(text), text
        assert "→" not in text
        assert not re.search(r"\^-?\d\d", text), text


@pytest.mark.parametrize(
    ("symbol", "written"),
    [
        ("E_in,1", "E_{\\mathrm{in,1}}"), ("P_r", "P_{\\mathrm{r}}"), ("η", "\\eta"), ("η_0", "\\eta_{\\mathrm{0}}"),
        ("t", "t"), ("GHG_0", "\\mathrm{GHG}_{\\mathrm{0}}"), ("E_a_b", "E_{\\mathrm{a\\_b}}"), ("Q_GAS-H1",
        "Q_{\\mathrm{GAS-H1}}"),
        ("ΔE", "\\Delta E"), ("電", "\\text{電}"),
    ],
)  # fmt: skip
def test_symbols_in_latex(symbol: str, written: str) -> None:
    assert latex_symbol(symbol) == written


@pytest.mark.parametrize(
    "symbol", ["x_ΔE", "ΔGHG_sum", "κ_1", "CO₂_el", "E_50%", "a_b_c", "R&D_x", "my power", "α_η,0", "λ", "_x"]
)
def test_any_symbol_balances(symbol: str) -> None:
    assert balanced(latex_symbol(symbol))


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (1234.5, "kW", "1{,}234.5\\,\\mathrm{kW}"),
        (92.4, "%", "92.4\\,\\mathrm{\\%}"),
        (20, "degC", "20\\,\\mathrm{{}^{\\circ}C}"),
        (3, "m^0.5", "3\\,\\mathrm{m^{0.5}}"),
        (3, "1/m^12", "3\\,\\mathrm{1/m^{12}}"),
        (2, "HP_mech", "2\\,\\mathrm{HP\\_mech}"),
        (6.5, "kW/(m3/min)", "6.5\\,\\mathrm{kW/(m^{3}/min)}"),
        (2e-5, "1", "2\\times 10^{-5}"),
        (1.879, "kgCO2e[AR5]/m3", "1.879\\,\\mathrm{kgCO2e[AR5]/m^{3}}"),
    ],
)
def test_numbers_in_latex(value: float, unit: str, written: str) -> None:
    text = latex_number(quantity(value, unit))
    assert balanced(text)
    assert text == written


def test_fractions_powers_and_cases_in_latex() -> None:
    assert latex(A / (B + C)) == "\\frac{a}{b + c}"
    assert latex((A / B) ** 2) == "{\\left(\\frac{a}{b}\\right)}^{2}"
    assert latex(A ** (B + C)) == "{a}^{b + c}"
    assert latex(-(A + B)) == "-\\left(a + b\\right)"
    assert "\\le" in latex(where(A, "<=", B, C, A))
    assert "10^{-7}" in latex(A * 1e-7)


# --- numbers for people ---


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0, "0"), (353_123.4, "353,123"), (0.92412345, "0.92412"), (75, "75"), (75.10, "75.1"), (1e-4, "0.0001"),
        (9.9e-5, "9.9×10^-5"), (1e12, "1×10^12"), (999_999.6, "1,000,000"), (-1234.5678, "-1,234.6"), (0.999999, "1"),
        (123456789, "123,456,789"), (-1e-9, "-1×10^-9"), (100, "100"),
    ],
)  # fmt: skip
def test_numbers_for_people(value: float, shown: str) -> None:
    assert people_number(value) == shown
