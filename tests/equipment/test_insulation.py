"""Insulation of pipes, tanks and surfaces: laws that always hold, turning points, refusals and doubts."""

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from energycalc.equipment.description import Change
from energycalc.equipment.insulation import pipe_insulation, surface_insulation
from energycalc.equipment.shared.heat_losses import film_doubts
from energycalc.errors import EnergycalcError, InputError, OutOfRange, UnitError
from energycalc.quantity import Quantity, quantity, read_quantity
from energycalc.quantity.trace import leaves, walk

few = settings(max_examples=20, deadline=None)
BY_KEY = {d.key: d for module in (pipe_insulation, surface_insulation) for d in module.DESCRIPTIONS}
Words = Mapping[str, str]

PIPE = {"pipe_outer_diameter": "60.3 mm", "pipe_wall_thickness": "3.9 mm", "pipe_conductivity": "50 W/(m*K)",
        "pipe_length": "25 m", "fluid_temperature": "160 °C", "ambient_temperature": "30 °C",
        "wind_speed": "0.5 m/s", "heat_source_efficiency": "85 %", "operating_hours": "7,200 h"}  # fmt: skip
SURFACE = {"surface_area": "12 m2", "orientation": "vertical", "metal_temperature": "180 °C",
           "ambient_temperature": "30 °C", "wind_speed": "0 m/s", "heat_source_efficiency": "85 %",
           "operating_hours": "7,200 h"}  # fmt: skip
TANK = {"bore_diameter": "2 m", "shell_length": "3 m", "tank_position": "upright", "flat_top": "yes",
        "tank_wall_thickness": "6 mm", "tank_wall_conductivity": "50 W/(m*K)",
        "inner_film_coefficient": "500 W/(m2*K)", "fluid_temperature": "80 °C", "ambient_temperature": "30 °C",
        "wind_speed": "0 m/s", "heat_source_efficiency": "85 %", "operating_hours": "7,200 h"}  # fmt: skip
COMMON = {"pipe_insulation": PIPE, "surface_insulation": SURFACE, "tank_insulation": TANK}
COMMON |= {f"{key}_electric": common for key, common in COMMON.items()}
EVERY = pytest.mark.parametrize("key", list(COMMON))
BARE = {"insulation": "none", "emissivity": "0.9"}


def layer(millimetres: float = 50, emissivity: float = 0.9) -> dict[str, str]:
    return {"insulation": "layer", "insulation_thickness": f"{millimetres} mm",
            "conductivity_at_50": "0.040 W/(m*K)", "conductivity_at_150": "0.055 W/(m*K)",
            "emissivity": f"{emissivity}"}  # fmt: skip


def read(key: str, written: Words) -> dict[str, object]:
    kinds = {p.name: p for p in BY_KEY[key].parameters}
    return {n: read_quantity(t, name=n) if kinds[n].unit else t for n, t in written.items()}


def ids(made: Change) -> set[str]:
    """Names of the findings, without the notes on uncertainty."""
    return {f.id for f in made.findings if not f.id.endswith("uncertainty_not_stated")}


def change(key: str, before: Words, after: Words, **more: str) -> Change:
    return BY_KEY[key].change(read(key, before), read(key, after), read(key, COMMON[key] | more))


def ceiling(key: str, before: Words, after: Words, **more: str) -> float:
    found = BY_KEY[key].ceiling
    assert found is not None
    return float(found(read(key, before), read(key, after), read(key, COMMON[key] | more)).saving.value)


@EVERY
def test_no_change_saves_nothing(key: str) -> None:
    for state in (BARE, layer()):
        assert change(key, state, state).remaining.value == 1.0


@EVERY
@few
@given(thin=st.floats(10, 80), more=st.floats(1.05, 3), emissivity=st.floats(0.05, 1))
def test_thicker_saves_more_and_never_all(key: str, thin: float, more: float, emissivity: float) -> None:
    one, two = (1 - change(key, BARE, layer(s, emissivity)).remaining.value for s in (thin, thin * more))
    assert 0 < one < two < ceiling(key, BARE, layer()) == 1.0


@EVERY
def test_energies_follow_from_the_loss_efficiency_and_hours(key: str) -> None:
    made = change(key, BARE, layer())
    unit = "kWh" if key.endswith("electric") else "kWh[LHV]"
    assert made.energy_before_model is not None and made.energy_after_model is not None
    before, after = (q.value_in(unit) for q in (made.energy_before_model, made.energy_after_model))
    assert after / before == pytest.approx(made.remaining.value, rel=1e-12)
    half = change(key, BARE, layer(), operating_hours="3,600 h").energy_before_model
    assert half is not None and half.value_in(unit) == pytest.approx(before / 2)
    better = change(key, BARE, layer(), heat_source_efficiency="42.5 %").energy_before_model
    assert better is not None and better.value_in(unit) == pytest.approx(2 * before)


def test_the_energy_behind_a_bare_pipe_by_hand() -> None:
    """485.18 W/m (MEASUR, 1.2.5, with one wall taken off; here two) times 25 m, 7,200 h, over 0.85."""
    made = change("pipe_insulation", BARE | {"emissivity": "0.8"}, layer())
    assert made.energy_before_model is not None
    assert made.energy_before_model.value_in("kWh[LHV]") == pytest.approx(485.18 * 25 * 7.2 / 0.85, rel=0.002)
    fitted = change("pipe_insulation", BARE | {"emissivity": "0.8"}, layer(), fittings_equivalent_length="5 m")
    assert fitted.energy_before_model is not None
    assert fitted.energy_before_model.value / made.energy_before_model.value == pytest.approx(1.2)


@EVERY
def test_taking_insulation_off_costs_energy_and_says_so(key: str) -> None:
    made = change(key, layer(), BARE)
    assert made.remaining.value > 5
    assert any(f.id.endswith("uses_more") for f in made.findings)


@EVERY
def test_there_and_back_is_where_it_was(key: str) -> None:
    there, back = change(key, BARE, layer()), change(key, layer(), BARE)
    assert there.remaining.value * back.remaining.value == pytest.approx(1)


def test_a_thin_pipe_below_the_critical_radius_is_told() -> None:
    poor = layer(2) | {"conductivity_at_50": "0.35 W/(m*K)", "conductivity_at_150": "0.35 W/(m*K)"}
    thin = {"pipe_outer_diameter": "10 mm", "pipe_wall_thickness": "1 mm", "wind_speed": "0 m/s"}
    made = change("pipe_insulation", BARE, poor, **thin)
    assert made.remaining.value > 1
    assert "pipe_insulation.below_critical_radius" in {f.id for f in made.findings}
    told = next(f for f in made.findings if f.id == "pipe_insulation.below_critical_radius")
    film = next(q for q in walk(made.remaining) if q.name == "film_coefficient" and q.value < 20)
    assert told.evidence["jacket_radius"] == "7.0 mm"
    assert float(told.evidence["critical_radius"].split()[0]) == pytest.approx(1000 * 0.35 / film.value, rel=0.25)
    assert ids(change("pipe_insulation", BARE, layer())) == set()
    assert "critical radius" in BY_KEY["pipe_insulation"].turning_point_en


@pytest.mark.parametrize(
    ("key", "state", "common"),
    [
        ("pipe_insulation", layer(50, 0.05), {"wind_speed": "0 m/s"}),
        ("surface_insulation", BARE, {"wind_speed": "20 m/s", "metal_temperature": "600 °C"}),
    ],
)
def test_a_film_coefficient_that_air_does_not_have_is_doubted(key: str, state: Words, common: Words) -> None:
    found = {f.id for f in change(key, state, state, **common).findings}
    assert f"{key}.film_coefficient" in found


def test_a_top_adds_to_the_loss_of_a_tank_and_a_lying_one_loses_less() -> None:
    side, both, lying = (
        change("tank_insulation", BARE, layer(), **more).energy_before_model
        for more in ({"flat_top": "no"}, {"flat_top": "yes"}, {"flat_top": "no", "tank_position": "lying"})
    )
    assert side is not None and both is not None and lying is not None
    assert 1.1 < both.value / side.value < 1.35  # area of the top: 1/6 of the side, facing up
    assert lying.value < side.value


def test_a_poor_inner_film_lowers_what_insulation_saves() -> None:
    strong, poor = (
        1 - change("tank_insulation", BARE, layer(), inner_film_coefficient=f"{h} W/(m2*K)").remaining.value
        for h in (2000, 10)
    )
    assert poor < strong


@pytest.mark.parametrize(
    ("key", "written"),
    [("pipe_insulation", {"fluid_temperature": "20 °C"}), ("surface_insulation", {"metal_temperature": "20 °C"}),
     ("tank_insulation", {"fluid_temperature": "20 °C"})],
)  # fmt: skip
def test_what_is_not_warmer_than_the_room_is_refused(key: str, written: Words) -> None:
    name = next(iter(written))
    for state, text in ((layer(), "20 °C"), (BARE, "20 °C"), (layer(), "30 °C"), (BARE, "30 °C")):
        with pytest.raises(OutOfRange, match="not warmer than the room loses no heat.*another calculation"):
            change(key, state, layer(80), **{name: text})
        change(key, state, layer(80), **{name: "30.5 °C"})


def test_a_pipe_has_a_bore() -> None:
    with pytest.raises(OutOfRange, match="no bore"):
        change("pipe_insulation", BARE, layer(), pipe_outer_diameter="10 mm", pipe_wall_thickness="5 mm")
    change("pipe_insulation", BARE, layer(), pipe_outer_diameter="10 mm", pipe_wall_thickness="4.9 mm")


@pytest.mark.parametrize("key", ["pipe_insulation", "surface_insulation", "tank_insulation"])
def test_a_conductivity_that_falls_to_nothing_at_the_jacket_is_refused(key: str) -> None:
    """0.01 and 1 W/(m·K) at 50 and 150 °C: below nothing at 49 °C, and the jacket is cooler than that."""
    hot = "metal_temperature" if key == "surface_insulation" else "fluid_temperature"
    steep = layer() | {"conductivity_at_50": "0.01 W/(m*K)", "conductivity_at_150": "1 W/(m*K)"}
    with pytest.raises(EnergycalcError, match="conductivity"):
        change(key, BARE, steep, **{hot: "100 °C"})
    change(key, BARE, layer() | {"conductivity_at_50": "0.1 W/(m*K)", "conductivity_at_150": "0.2 W/(m*K)"})


@pytest.mark.parametrize(
    ("film", "found"), [(4.99, "5.0"), (5.0, None), (60.0, None), (60.4, "60"), (61.0, "61"), (3.14, "3.1")]
)
def test_the_film_of_a_surface_lies_between_five_and_sixty(film: float, found: str | None) -> None:
    doubts = film_doubts("tank_insulation", quantity(film, "W/(m2*K)"))
    assert [f.evidence["film_coefficient"] for f in doubts] == ([f"{found} W/(m2*K)"] if found else [])


MEASURED = {"pipe_insulation": ("fluid_temperature", 160, 1.5), "surface_insulation": ("metal_temperature", 180, 3.6),
            "tank_insulation": ("fluid_temperature", 80, 1.5)}  # fmt: skip


@pytest.mark.parametrize(("key", "measured"), list(MEASURED.items()))
def test_a_measured_temperature_has_the_error_of_its_instrument(key: str, measured: tuple[str, float, float]) -> None:
    """Type K class 1: 1.5 °C; infrared camera: 2 % of 180 °C. One error before and after: no change saves nothing."""
    name, shown, width = measured
    common = read(key, COMMON[key])

    def found(basis: str, after: Words) -> tuple[Change, list[Quantity]]:
        given = common | {name: read_quantity(f"{shown} °C", name=name, basis=basis)}
        made = BY_KEY[key].change(read(key, BARE), read(key, after), given)
        return made, [leaf for leaf in leaves(made.remaining) if leaf.name == f"{name}_error"]

    made, errors = found("measured", layer())
    assert len(errors) == 1 and errors[0].uncertainty is not None
    assert errors[0].uncertainty.standard_uncertainty == pytest.approx(width / 3**0.5, rel=1e-6)
    assert f"{key}.default_uncertainty" in {f.id for f in made.findings}
    assert found("measured", BARE)[0].remaining.value == 1.0
    assert found("catalogue", layer())[1] == []


@EVERY
def test_a_layer_needs_its_numbers_and_a_bare_part_takes_none(key: str) -> None:
    half = {name: text for name, text in layer().items() if name != "conductivity_at_150"}
    with pytest.raises(InputError, match="missing conductivity_at_150"):
        change(key, BARE, half)
    with pytest.raises(InputError, match="not used insulation_thickness"):
        change(key, BARE | {"insulation_thickness": "50 mm"}, layer())


@EVERY
@pytest.mark.parametrize(
    ("name", "text", "error"),
    [("heat_source_efficiency", "85", OutOfRange), ("operating_hours", "9,000 h", OutOfRange),
     ("ambient_temperature", "300 K", UnitError), ("wind_speed", "25 m/s", OutOfRange)],
)  # fmt: skip
def test_impossible_numbers_are_refused(key: str, name: str, text: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        change(key, BARE, layer(), **{name: text})


@EVERY
def test_metric_and_us_units_give_the_same(key: str) -> None:
    metric = change(key, BARE, layer()).remaining.value
    other = change(key, BARE, layer() | {"insulation_thickness": "5 cm"}, operating_hours="300 d").remaining.value
    assert metric == pytest.approx(other, rel=1e-12)


@EVERY
def test_every_number_has_an_origin(key: str) -> None:
    made = change(key, BARE, layer())
    named = {leaf.name for leaf in leaves(made.remaining)}
    assert {"ambient_temperature", "insulation_thickness", "conductivity_at_50"} <= named
