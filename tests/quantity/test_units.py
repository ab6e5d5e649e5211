"""Units: read as people write them, worth what the publishers say, refused where two things share a name."""

import pickle
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from energycalc.errors import UnitError
from energycalc.quantity import quantity, unit
from energycalc.quantity.unit_words import ALIASES, AMBIGUOUS
from energycalc.quantity.units import conversion

QUALIFIED = ["bar[g]", "bar[a]", "MPa[g]", "kPa[a]", "KGFCM2[g]", "MJ[LHV]", "MJ[HHV]", "kcal[not_stated]", "m3[0C]",
             "m3[15C]", "kgCO2e[AR4]", "tCO2e[AR5]", "kgCO2e[not_stated]", "TWD[2018]", "TWD_10k[2025]"]  # fmt: skip
COMPOSITES = ["kW/(m3/min)", "kcal[LHV]/m3", "MJ[HHV]/m3[0C]", "kgCO2e[AR5]/kWh", "TWD[2018]/kWh", "kWh/t", "1/h",
              "kJ/(kg*K)", "W/(m2*K)", "%/yr", "kWh/kWh[LHV]", "m^0.5", "kg^2/m^3", "1/HP_mech",
              "1/(m2*K)"]  # fmt: skip


def atoms() -> list[str]:
    lines = resources.files("energycalc.quantity").joinpath("units.txt").read_text("utf-8").splitlines()
    names = [line.split("=")[0].strip() for line in lines if "=" in line and not line.startswith("#")]
    return [n for n in names if not n.endswith("_mark")]


def refused(text: str) -> str:
    with pytest.raises(UnitError) as caught:
        unit(text)
    assert caught.value.next_step or caught.value.limit
    return str(caught.value)


# --- reading ---


@pytest.mark.parametrize("text", [*atoms(), *QUALIFIED, *COMPOSITES])
def test_what_is_shown_can_be_read_again(text: str) -> None:
    assert unit(str(unit(text))) is unit(text)


@pytest.mark.parametrize("word", ALIASES)
def test_every_other_spelling_leads_to_a_unit_that_is_worth_something(word: str) -> None:
    assert unit(word) is unit(ALIASES[word])
    assert unit(word).factor > 0


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("度", "kWh"), ("千度", "MWh"), ("公噸", "t"), ("公秉", "kL"), ("元", "TWD"), ("仟元", "kTWD"), ("萬元",
        "TWD_10k"),
        ("公秉油當量", "KLOE"), ("Nm3", "m3[0C]"), ("Nm³", "m3[0C]"), ("CMM", "m3/min"), ("ｋＷ", "kW"), ("kW h",
        "kW*h"),
        ("kW·h", "kW*h"), ("bar(g)", "bar[g]"), ("barg", "bar[g]"), ("bar g", "bar[g]"), ("bara", "bar[a]"),
        ("bar a", "bar[a]"), ("MPa (G)", "MPa[g]"), ("kgf/cm²(g)", "KGFCM2[g]"), ("kg/cm2G", "KGFCM2[g]"),
        ("kcal(LHV)/m³", "kcal[LHV]/m3"), ("kWh(低位)", "kWh[LHV]"), ("元/度", "TWD/kWh"), ("℃", "degC"), ("％", "%"),
        ("kg CO2e", "kgCO2e"), ("tCO₂e", "tCO2e"), ("kW/(m³/min)", "kW*min/m3"), ("m**2", "m^2"), ("1", ""), ("-", ""),
    ],
)  # fmt: skip
def test_everyday_and_chinese_spellings(written: str, meant: str) -> None:
    assert unit(written) is unit(meant)


def test_a_unit_is_one_object_and_survives_pickling() -> None:
    assert unit("kW/(m3/min)") is unit("kW").over(unit("m3").over(unit("min")))
    assert pickle.loads(pickle.dumps(unit("kcal[LHV]/m3[0C]"))) is unit("kcal[LHV]/m3[0C]")


# --- worth (the figures of the notes on units: design 3, taiwan 2 and 10) ---


@pytest.mark.parametrize(
    ("one", "other", "size"),
    [
        ("USRT", "kW", 3.517), ("JRT", "kW", 3.861), ("HP_mech", "kW", 0.746), ("PS_metric", "kW", 0.7355),
        ("KLOE", "kcal", 9e6), ("kcal", "J", 4186.8), ("kWh", "kcal", 859.845), ("萬元", "TWD", 1e4), ("公噸", "kg",
        1e3),
        ("kgf/cm2", "bar", 0.980665), ("atm", "kPa", 101.325), ("rpm", "Hz", 1 / 60), ("d", "h", 24), ("%", "1", 0.01),
    ],
)  # fmt: skip
def test_sizes(one: str, other: str, size: float) -> None:
    assert conversion(unit(one), unit(other))[0] == pytest.approx(size, rel=5e-4)
    assert conversion(unit(one), unit(other))[1] == 0


def test_powers_of_ten_are_exact() -> None:
    assert conversion(unit("MWh"), unit("kWh")) == (1000.0, 0.0)
    assert conversion(unit("TJ"), unit("MJ")) == (1e6, 0.0)
    assert quantity(0.1, "MWh").value_in("kWh") == 100.0


def kin(one: str) -> list[str]:
    """Units of the same kind."""
    return [other for other in (*atoms(), *QUALIFIED) if unit(other).dimension == unit(one).dimension]


@given(st.sampled_from([*atoms(), *QUALIFIED]), st.data(), st.floats(1e-6, 1e9))
@settings(max_examples=100, deadline=None)
def test_there_and_back_again(one: str, data: st.DataObject, number: float) -> None:
    other = data.draw(st.sampled_from(kin(one)))
    there = quantity(number, one).to(other)
    assert there.to(one).value == pytest.approx(number, rel=1e-12)
    assert there.value_in(one) == pytest.approx(number, rel=1e-12)


def test_a_temperature_becomes_absolute_but_not_the_other_way() -> None:
    assert quantity(20, "degC").value_in("K") == 293.15
    assert quantity(20, "degC").to("K").parameters == (1.0, 273.15)
    with pytest.raises(UnitError, match="absolute temperature or a difference"):
        quantity(293.15, "K").to("degC")


# --- refused ---


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("RT", "USRT = 3.517 kW"), ("冷凍噸", "JRT = 3.861 kW"), ("kW/RT", "USRT"), ("HP", "0.7457"), ("馬力",
        "0.7355"),
        ("hp", "HP_mech"), ("ton", "907"), ("噸", "1016"), ("kWh/ton", "公噸"), ("tons", "short"), ("cfm", "m3/min"),
        ("psi", "bar(g)"), ("kg/cm2", "kgf/cm2(g)"), ("kg/cm²", "gauge or absolute"), ("kg/cm^2", "kgf/cm2(a)"),
    ],
)  # fmt: skip
def test_a_name_with_two_meanings_is_refused_with_both_shown(text: str, words: str) -> None:
    assert words in refused(text)


@pytest.mark.parametrize("word", AMBIGUOUS)
def test_no_ambiguous_name_gets_through(word: str) -> None:
    refused(word)


@pytest.mark.parametrize("text", ["furlong", "kWhh", "吋", "year_", "ktonne", "apples", "µW"])
def test_an_unknown_unit_is_refused(text: str) -> None:
    assert "is not a unit this program accepts" in refused(text)


def test_a_near_spelling_is_offered() -> None:
    assert "kWh" in refused("kWhr")


@pytest.mark.parametrize("text", ["kW/(m3", "kW)", "kW 5", "5 kW", "1 kW", "kW**", "[g]", "kW/m3]"])
def test_what_is_no_unit_is_refused(text: str) -> None:
    with pytest.raises(UnitError):
        unit(text)


@pytest.mark.parametrize(
    "text",
    ["kW[g]", "bar[LHV]", "MJ[AR5]", "m3[5C]", "kgCO2e[AR7]", "TWD[18]", "TWD[1850]", "t[a]", "degC[g]", "Nm3[0C]"],
)
def test_a_qualifier_must_fit_its_unit(text: str) -> None:
    with pytest.raises(UnitError):
        unit(text)


@pytest.mark.parametrize(
    ("one", "other", "step"),
    [
        ("kW", "kWh", "which quantity is meant"), ("m3", "m3[0C]", "0 °C"), ("MJ[LHV]", "MJ[HHV]", "LHV"),
        ("kWh", "kWh[LHV]", "heating-value"), ("bar[g]", "bar[a]", "ambient"), ("bar", "bar[g]", "gauge"),
        ("kgCO2e[AR4]", "kgCO2e[AR5]", "GWP"), ("kgCO2", "kgCO2e[AR5]", "which quantity"), ("TWD[2018]", "TWD[2025]",
        "year"),
        ("TWD", "TWD[2018]", "year"), ("kVA", "kW", "which quantity"), ("kvar", "kVA", "which quantity"),
        ("yr", "h", "which quantity"), ("m3[0C]", "m3[15C]", "Nm³"), ("KLOE", "kWh[LHV]", "LHV"),
    ],
)  # fmt: skip
def test_different_things_are_not_converted(one: str, other: str, step: str) -> None:
    for a, b in ((one, other), (other, one)):
        with pytest.raises(UnitError) as caught:
            quantity(7.5, a, name="reading", subject="C-02").to(b)
        assert caught.value.subject == "C-02, reading"
        assert caught.value.value == f"7.5 {unit(a)}"
        assert str(unit(b)) in caught.value.limit
        assert step in caught.value.next_step


@pytest.mark.parametrize(("one", "other"), [("MJ[LHV]", "kcal[LHV]"), ("MPa[g]", "bar[g]"), ("TWD_10k[2018]",
"TWD[2018]"),
                                            ("tCO2e[AR5]", "kgCO2e[AR5]"), ("KLOE", "kWh"), ("kJ/(kg*degC)",
                                            "kJ/(kg*K)")])  # fmt: skip
def test_one_basis_is_converted(one: str, other: str) -> None:
    assert quantity(7.5, one).to(other).to(one).value == pytest.approx(7.5, rel=1e-14)
