"""Oxygen enrichment: another program's heat capacities, oxygen booked, monotone, below its ceiling, refusals."""

from typing import Any

import pytest
from CoolProp.CoolProp import PropsSI
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from energycalc.equipment.description import Change
from energycalc.equipment.furnaces import flue_gas
from energycalc.equipment.furnaces.oxygen_enrichment import ceiling, change
from energycalc.equipment.shared.firing import AIR, FLUE, OXYGEN
from energycalc.errors import InputError, OutOfRange
from tests.equipment.burners import BURNER, degrees, given, ids, percent, saved

few = settings(max_examples=20, deadline=None)
COMMON = given(fuel="methane", ambient_temperature="25 °C", oxygen_purity="100 %",
               oxygen_specific_electricity="0.5 kWh/m3[0C]")  # fmt: skip


def state(oxygen: float = 3, flue: float = 1000, air: float = 25) -> dict[str, Any]:
    return {OXYGEN: percent(oxygen, OXYGEN), FLUE: degrees(flue, FLUE), AIR: degrees(air, AIR)}


def enriched(share: float) -> dict[str, Any]:
    return {"oxidant_oxygen": percent(share, "oxidant_oxygen")}


def electricity(made: Change) -> float:
    return float(made.added["electricity"].value_in("kWh/kWh[LHV]"))


def gained(fluid: str, celsius: float) -> float:
    """kJ/mol above 25 °C, by CoolProp (ideal gas; its equations end at 2000 K)."""
    low, high = (PropsSI("HMOLAR", "T", t + 273.15, "DMOLAR", 1e-6, fluid) for t in (25, celsius))
    return (high - low) / 1000


def left_by_hand(oxygen: float, share: float, flue: float) -> float:
    """Available heat of methane per mole: moles by hand, heat capacities of CoolProp, 802.6 kJ/mol."""
    inert = (1 - share) / share  # moles of nitrogen and argon per mole of oxygen
    over = oxygen * (1 + 2 * inert) / (2 - 2 * oxygen * (1 + inert))
    nitrogen = 2 * (1 + over) * inert
    lost = gained("CarbonDioxide", flue) + 2 * gained("Water", flue) + 2 * over * gained("Oxygen", flue)
    argon = 20.786e-3 * (flue - 25)
    return 802.6 - lost - nitrogen * (0.98836 * gained("Nitrogen", flue) + 0.01164 * argon)


@pytest.mark.parametrize(("share", "oxygen", "flue"), [(28, 3, 1000), (50, 2, 1200), (100, 1, 1000), (35, 5, 700)])
def test_the_saving_is_that_of_another_program(share: float, oxygen: float, flue: float) -> None:
    made = change(state(3, flue), enriched(share) | {OXYGEN: percent(oxygen, OXYGEN)}, COMMON)
    theirs = 1 - left_by_hand(0.03, 0.2096, flue) / left_by_hand(oxygen / 100, share / 100, flue)
    assert saved(made) == pytest.approx(theirs, abs=2e-3)


def test_oxygen_of_pure_oxygen_firing_by_hand() -> None:
    """Two moles and 1/0.99 - 1 of it over per mole of methane, 22.414 L each, per 802.6/3600 kWh, times 0.5 and r."""
    made = change(state(), enriched(100) | {OXYGEN: percent(1, OXYGEN)}, COMMON)
    over = 0.01 / (2 - 0.02)
    expected = 2 * (1 + over) * 0.0224140 / (802.6 / 3600) * 0.5 * float(made.remaining.value)
    assert electricity(made) == pytest.approx(expected, rel=1e-3)


def test_impure_oxygen_takes_more_of_it() -> None:
    pure, impure = (
        electricity(change(state(), enriched(30), COMMON | given(oxygen_purity=purity))) for purity in ("100 %", "90 %")
    )
    assert impure / pure == pytest.approx((1 - 0.2096) / (0.9 - 0.2096), rel=1e-9)


# ---------------------------------------------------------------- properties


@pytest.mark.parametrize("share", [20.96, 30.0])
def test_the_same_air_saves_exactly_nothing(share: float) -> None:
    same = enriched(share)
    made = change(state() | (same if share > 21 else {}), same, COMMON)
    assert made.remaining.value == 1
    assert electricity(made) == 0


@few
@drawn(st.floats(21, 95), st.floats(1, 5), st.floats(300, 1300), st.floats(0.5, 6))
def test_more_oxygen_saves_more_fuel_and_never_above_the_ceiling(
    share: float, step: float, flue: float, left: float
) -> None:
    before = state(left, flue)
    less, more = (change(before, enriched(y), COMMON) for y in (share, share + step))
    assert 0 < saved(less) < saved(more)
    assert 0 < electricity(less) < electricity(more)
    assert saved(more) <= float(ceiling(before, enriched(share + step), COMMON).saving.value)


def test_gas_per_electricity_does_not_depend_on_the_enrichment_but_on_the_flue_gas_temperature() -> None:
    """The turning point told to the user: it lies in the flue-gas temperature."""

    def gas_per_electricity(share: float, flue: float) -> float:
        made = change(state(flue=flue), enriched(share), COMMON)
        return saved(made) / electricity(made)

    assert [gas_per_electricity(y, 1000) for y in (22, 40, 100)] == pytest.approx([gas_per_electricity(28, 1000)] * 3)
    by_temperature = [gas_per_electricity(28, t) for t in (100, 200, 400, 800, 1200)]
    assert by_temperature == sorted(by_temperature)
    assert by_temperature[0] < 1 < by_temperature[-1]  # below some temperature the electricity outweighs the gas


@few
@drawn(st.floats(0.5, 8), st.floats(300, 1300))
def test_without_enrichment_it_is_the_flue_gas_model(left: float, flue: float) -> None:
    after = {OXYGEN: percent(left / 2, OXYGEN)}
    plain = flue_gas.change(state(left, flue), after, given(fuel="methane", ambient_temperature="25 °C"))
    made = change(state(left, flue), enriched(20.96) | after, COMMON)
    assert made.remaining.value == pytest.approx(float(plain.remaining.value), rel=1e-12)


def test_the_ceiling_is_pure_oxygen_with_none_left_over() -> None:
    nearly = change(state(), enriched(100) | {OXYGEN: percent(0.01, OXYGEN)}, COMMON)
    limit = ceiling(state(), enriched(28), COMMON)
    assert saved(nearly) == pytest.approx(float(limit.saving.value), abs=1e-4)


def test_energy_of_the_burner() -> None:
    made = change(state(), enriched(28), COMMON | given(**BURNER))
    assert made.energy_before_model is not None and made.energy_after_model is not None
    assert made.energy_before_model.value_in("kWh[LHV]") == pytest.approx(900 * 0.6 * 6000)
    assert made.energy_after_model.value / made.energy_before_model.value == pytest.approx(made.remaining.value)


# ---------------------------------------------------------------- findings and refusals


@pytest.mark.parametrize(("share", "raised"), [(21.2, False), (28.0, True)])
def test_a_hotter_flame_is_told(share: float, raised: bool) -> None:
    assert ("oxygen_enrichment.flame_temperature" in ids(change(state(), enriched(share), COMMON))) is raised


def test_less_oxygen_than_before_is_doubted() -> None:
    assert "oxygen_enrichment.uses_more" in ids(change(state() | enriched(40), enriched(28), COMMON))


@pytest.mark.parametrize(
    ("after", "common", "error", "words"),
    [
        (enriched(20.9), COMMON, OutOfRange, "range"),
        (enriched(93.1), COMMON | given(oxygen_purity="93 %"), OutOfRange, "oxygen_purity"),
        ({}, COMMON, InputError, "oxidant_oxygen"),
        (
            enriched(28),
            {k: v for k, v in COMMON.items() if k != "oxygen_specific_electricity"},
            InputError,
            "electricity",
        ),
        (enriched(28) | {OXYGEN: percent(0, OXYGEN)}, COMMON, OutOfRange, "carbon monoxide"),
    ],
)
def test_what_cannot_be_is_refused(
    after: dict[str, Any], common: dict[str, Any], error: type[InputError], words: str
) -> None:
    with pytest.raises(error, match=words):
        change(state(), after, common)


def test_the_purity_itself_is_accepted() -> None:
    assert saved(change(state(), enriched(93), COMMON | given(oxygen_purity="93 %"))) > 0
