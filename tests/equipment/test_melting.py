"""Melting furnaces: energy and metal by hand, monotone, below the ceiling, less than the melt holds is refused."""

from typing import Any

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from energycalc.equipment.description import Change
from energycalc.equipment.furnaces.melting import ELECTRIC, GAS, PARAMETERS, ceiling, change
from energycalc.errors import InputError, OutOfRange
from energycalc.quantity import quantity
from energycalc.quantity.trace import leaves
from tests.equipment.burners import degrees, examples, given, ids, percent, saved

few = settings(max_examples=25, deadline=None)
HEAT = (665.9 + 396.9 + 1.1768 * (750 + 273.15 - 933.47)) / 3.6  # kWh/t of aluminium from 25 to 750 °C
COMMON = given(metal="aluminium", good_metal="960 t")


def furnace(
    efficiency: float = 40, loss: float = 4, held: float = 60, tap: float = 750, cold: float = 25
) -> dict[str, Any]:
    return {
        "melting_efficiency": percent(efficiency, "melting_efficiency"),
        "metal_loss": percent(loss, "metal_loss"),
        "tapping_temperature": degrees(tap, "tapping_temperature"),
        "metal_charge_temperature": degrees(cold, "metal_charge_temperature"),
        "melt_holding_power": quantity(held, "kW", name="melt_holding_power"),
        "melt_holding_hours": quantity(2000, "h", name="melt_holding_hours"),
    }


def electric(before: dict[str, Any], after: dict[str, Any], common: dict[str, Any] = COMMON) -> Change:
    return change(ELECTRIC, before, after, common)


def beside(made: Change) -> dict[str, float]:
    return {q.name: float(q.value) for q in made.beside}


def test_energy_and_metal_by_hand() -> None:
    """1000 t charged for 960 t; 960/0.985 t with a loss of 1.5 %; holding 60 kW, then 20 kW, over 2000 h."""
    after = {key: furnace(50, 1.5, 20)[key] for key in ("melting_efficiency", "metal_loss", "melt_holding_power")}
    made = electric(furnace(), after, COMMON | given(metal_price="75000 TWD/t", dross_price="8000 TWD/t"))
    old = 1000 * HEAT / 0.4 + 60 * 2000
    new = 960 / 0.985 * HEAT / 0.5 + 20 * 2000
    assert made.energy_before_model is not None and made.energy_after_model is not None
    assert made.energy_before_model.value_in("kWh") == pytest.approx(old, rel=1e-5)
    assert made.energy_after_model.value_in("kWh") == pytest.approx(new, rel=1e-5)
    assert made.remaining.value == pytest.approx(new / old, rel=1e-5)
    metal = 1000 - 960 / 0.985
    assert beside(made) == pytest.approx({"metal_saved": metal, "metal_value_saved": metal * 67000}, rel=1e-6)


def test_without_a_price_the_metal_is_counted_but_not_valued_and_dross_may_be_worth_nothing() -> None:
    after = {"metal_loss": percent(2, "metal_loss")}
    assert set(beside(electric(furnace(), after))) == {"metal_saved"}
    worthless = electric(furnace(), after, COMMON | given(metal_price="75000 TWD/t"))
    assert beside(worthless)["metal_value_saved"] == pytest.approx(75000 * (1000 - 960 / 0.98), rel=1e-6)


def test_gas_is_counted_on_the_lower_heating_value() -> None:
    before = furnace() | {"melt_holding_power": quantity(60, "kWh[LHV]/h", name="melt_holding_power")}
    made = change(GAS, before, {"melting_efficiency": percent(50, "melting_efficiency")}, COMMON)
    same = electric(furnace(), {"melting_efficiency": percent(50, "melting_efficiency")})
    assert made.carrier == "natural_gas" and same.carrier == "electricity"
    assert made.energy_before_model is not None and same.energy_before_model is not None
    assert made.energy_before_model.value_in("kWh[LHV]") == pytest.approx(same.energy_before_model.value_in("kWh"))
    assert made.remaining.value == pytest.approx(float(same.remaining.value))


@pytest.mark.parametrize(
    ("technology", "unit", "power"), [(ELECTRIC, "kWh/t", "kW"), (GAS, "kWh[LHV]/t", "kWh[LHV]/h")]
)
def test_energy_per_tonne_says_the_same_as_efficiency(technology: str, unit: str, power: str) -> None:
    held = {"melt_holding_power": quantity(60, power, name="melt_holding_power")}
    by_energy = {k: v for k, v in furnace().items() if k != "melting_efficiency"} | held
    by_energy["specific_melting_energy"] = quantity(HEAT / 0.4, unit, name="specific_melting_energy")
    after = {"metal_charge_temperature": degrees(300, "metal_charge_temperature")}
    one, other = (change(technology, before, after, COMMON) for before in (by_energy, furnace() | held))
    assert one.remaining.value == pytest.approx(float(other.remaining.value), rel=1e-5)
    if technology == ELECTRIC:
        assert saved(one) == pytest.approx(
            1000 * 665.9 / 3.6 * 275 / (933.47 - 298.15) / 0.4 / (1000 * HEAT / 0.4 + 120000), rel=1e-4
        )


# ---------------------------------------------------------------- properties


def test_the_same_furnace_saves_exactly_nothing() -> None:
    before = furnace()
    assert electric(before, {"metal_loss": before["metal_loss"]}).remaining.value == 1
    assert electric(before, furnace()).remaining.value == 1
    assert beside(electric(before, furnace())) == {"metal_saved": 0}


@few
@drawn(st.floats(10, 90), st.floats(1, 10), st.floats(0.5, 20), st.floats(0, 400), st.floats(680, 900))
def test_better_is_never_worse_and_never_above_the_ceiling(
    efficiency: float, step: float, loss: float, held: float, tap: float
) -> None:
    before = furnace(efficiency, loss, held, tap)
    last = 0.0
    for key, better in (
        ("melting_efficiency", furnace(efficiency + step)),
        ("metal_loss", furnace(loss=loss / 2)),
        ("melt_holding_power", furnace(held=held / 2)),
        ("tapping_temperature", furnace(tap=tap - 10)),
        ("metal_charge_temperature", furnace(cold=200)),
    ):
        after = {key: better[key]}
        assert saved(electric(before, after)) >= -1e-12
        assert saved(electric(before, after)) <= float(ceiling(ELECTRIC, before, after, COMMON).saving.value)
    everything = furnace(efficiency + step, loss / 2, held / 2, tap - 10, 200)
    last = saved(electric(before, everything))
    assert 0 < last <= float(ceiling(ELECTRIC, before, everything, COMMON).saving.value)


def test_the_ceiling_by_hand() -> None:
    limit = ceiling(ELECTRIC, furnace(), {"metal_loss": percent(2, "metal_loss")}, COMMON)
    assert limit.saving.value == pytest.approx(1 - 960 * HEAT / (1000 * HEAT / 0.4 + 120000), rel=1e-5)


# ---------------------------------------------------------------- findings and refusals


@pytest.mark.parametrize(("tap", "raised"), [(740.0, True), (750.0, False), (760.0, False)])
def test_a_cooler_melt_is_doubted(tap: float, raised: bool) -> None:
    made = electric(furnace(), {"tapping_temperature": degrees(tap, "tapping_temperature")})
    assert (f"{ELECTRIC}.cooler_melt" in ids(made)) is raised
    assert (f"{ELECTRIC}.uses_more" in ids(made)) is (tap > 750)


@pytest.mark.parametrize(("cold", "raised"), [(300.0, True), (25.0, False), (15.0, False)])
def test_a_warmer_charge_is_doubted(cold: float, raised: bool) -> None:
    """Where a preheater of its own warms it, its energy is missing from the balance."""
    made = electric(furnace(), {"metal_charge_temperature": degrees(cold, "metal_charge_temperature")})
    assert (f"{ELECTRIC}.warmer_charge" in ids(made)) is raised


def test_the_price_of_dross_without_that_of_metal_is_refused() -> None:
    after = {"metal_loss": percent(2, "metal_loss")}
    with pytest.raises(InputError, match="without the price of the metal"):
        electric(furnace(), after, COMMON | given(dross_price="8000 TWD/t"))
    electric(furnace(), after, COMMON | given(metal_price="75000 TWD/t"))


@pytest.mark.parametrize(
    ("technology", "name", "value", "unit", "power", "half"),
    [
        (ELECTRIC, "tapping_temperature", 750, "degC", "kW", 3.0),
        (ELECTRIC, "metal_charge_temperature", 25, "degC", "kW", 1.5),
        (ELECTRIC, "melt_holding_power", 60, "kW", "kW", 1.8),
        (GAS, "melt_holding_power", 60, "kWh[LHV]/h", "kWh[LHV]/h", 0.0),
    ],
)
def test_measured_readings_have_the_error_of_their_instrument(
    technology: str, name: str, value: float, unit: str, power: str, half: float
) -> None:
    before = furnace() | {"melt_holding_power": quantity(60, power, name="melt_holding_power")}
    before[name] = quantity(value, unit, name=name, basis="measured")
    made = change(technology, before, {"melting_efficiency": percent(50, "melting_efficiency")}, COMMON)
    errors = [q.uncertainty for q in leaves(made.remaining) if q.name == f"{name}_error"]
    assert [e.standard_uncertainty * 3**0.5 for e in errors if e] == pytest.approx([half] if half else [])
    same = change(technology, before, {name: before[name]}, COMMON)
    assert same.remaining.value == 1


def energy(spent: float) -> dict[str, Any]:
    before = {k: v for k, v in furnace().items() if k != "melting_efficiency"}
    return before | {"specific_melting_energy": quantity(spent, "kWh/t", name="specific_melting_energy")}


def test_less_energy_than_the_melt_holds_is_refused() -> None:
    """Check TP06: aluminium to 750 °C takes 325 kWh/t."""
    after = {"metal_loss": percent(2, "metal_loss")}
    with pytest.raises(OutOfRange, match="less energy than the melt holds"):
        electric(energy(324), after)
    assert saved(electric(energy(325.5), after)) > 0


BOTH = furnace() | {"specific_melting_energy": quantity(700, "kWh/t", name="specific_melting_energy")}
NEITHER = {k: v for k, v in furnace().items() if k != "melting_efficiency"}
LESS = {"metal_loss": percent(2, "metal_loss")}


@pytest.mark.parametrize(
    ("before", "after", "common", "error", "words"),
    [
        (BOTH, LESS, COMMON, InputError, "one of the two"),
        (NEITHER, LESS, COMMON, InputError, "one of the two"),
        (furnace(), {}, COMMON, InputError, "nothing changes"),
        (furnace(), LESS, given(metal="gold", good_metal="960 t"), InputError, "choices"),
        (furnace(tap=600), LESS, COMMON, OutOfRange, "molten"),
        (furnace(cold=700), LESS, COMMON, OutOfRange, "solid"),
        (furnace(efficiency=101), LESS, COMMON, OutOfRange, "range"),
        (furnace(loss=51), LESS, COMMON, OutOfRange, "range"),
    ],
)
def test_what_cannot_be_is_refused(
    before: dict[str, Any], after: dict[str, Any], common: dict[str, Any], error: type[InputError], words: str
) -> None:
    with pytest.raises(error, match=words):
        electric(before, after, common)


@pytest.mark.parametrize("technology", [ELECTRIC, GAS])
def test_the_examples_of_the_description_run(technology: str) -> None:
    names = {p.name for p in PARAMETERS[technology]} - {"specific_melting_energy"}
    before, common = (examples(PARAMETERS[technology], place, names) for place in ("before", "common"))
    assert saved(change(technology, before, {"metal_loss": percent(2, "metal_loss")}, common)) > 0
