"""Heat through walls and from surfaces: against other people's tables and programs, and laws that always hold."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from CoolProp.CoolProp import PropsSI
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.optimize import brentq

from energycalc.errors import CalculationError, OutOfRange
from energycalc.physics.heat_transfer import air, charges, convection, furnace_cycle, radiation, solver, streams
from energycalc.physics.heat_transfer.conduction import (
    conductivity_at,
    conductivity_at_zero,
    conductivity_on_line,
    conductivity_slope,
    critical_radius,
    cylinder_resistance,
    plane_resistance,
)
from energycalc.physics.heat_transfer.pipes import (
    Pipe,
    bare_pipe_loss,
    inner_diameter,
    insulated_pipe_loss,
    jacket_diameter,
    pipe_heat_loss,
)
from energycalc.physics.heat_transfer.solver import root_between
from energycalc.physics.heat_transfer.walls import (
    SHAPES,
    Layer,
    Room,
    cylinder_area,
    cylinder_path,
    disc_area,
    inner_film_resistance,
    layer_hot_side,
    lined_wall_loss,
    measured_wall_loss,
    shape_factor,
    shell_outer_diameter,
    tank_layers,
    total_resistance,
    wall_film,
    wall_heat_loss,
)
from energycalc.quantity import Quantity, quantity
from energycalc.quantity.trace import gradient

SIGMA = 5.670374419e-8
few = settings(max_examples=30, deadline=None)


def kelvin(celsius: float) -> Quantity:
    return quantity(celsius + 273.15, "K")


def pure(value: float) -> Quantity:
    return quantity(value, "1")


def metre(value: float) -> Quantity:
    return quantity(value, "m")


def conductivity(value: float) -> Quantity:
    return quantity(value, "W/(m*K)")


def per_kelvin(value: float) -> Quantity:
    return quantity(value, "W/(m*K)/K")


# ---------------------------------------------------------------- air, dimensionless numbers


@pytest.mark.parametrize("t", [245.0, 300.0, 400.0, 550.0, 700.0, 990.0])
def test_air_is_that_of_coolprop(t: float) -> None:
    at = quantity(t, "K")
    k, mu, rho, cp = (PropsSI(p, "T", t, "P", 101325, "Air") for p in ("L", "V", "D", "C"))
    assert air.air_conductivity(at).value == pytest.approx(k, rel=0.02)
    assert air.air_kinematic_viscosity(at).value == pytest.approx(mu / rho, rel=0.014)
    assert air.air_thermal_diffusivity(at).value == pytest.approx(k / rho / cp, rel=0.035)
    assert air.air_prandtl_number(at).value == pytest.approx(mu * cp / k, rel=0.025)
    assert air.expansion_coefficient(at).value == pytest.approx(1 / t)


@pytest.mark.parametrize("law", [air.air_conductivity, air.air_kinematic_viscosity, air.air_thermal_diffusivity])
@pytest.mark.parametrize("t", [239.0, 1001.0])
def test_air_ends_where_its_fit_ends(law: Callable[[Quantity], Quantity], t: float) -> None:
    with pytest.raises(OutOfRange, match="240 to 1000"):
        law(quantity(t, "K"))


def test_the_published_examples_of_the_nusselt_numbers() -> None:
    """As the library ht repeats them from Bergman: Example 7.3 (cylinder in wind); Reynolds and Rayleigh by hand."""
    assert convection.nusselt_cylinder_forced(pure(6071), pure(0.7)).value == pytest.approx(40.63708594124974)
    reynolds = convection.reynolds_number(metre(0.1), quantity(2, "m/s"), quantity(2e-5, "m2/s"))
    assert reynolds.value == pytest.approx(10000)
    rayleigh = convection.rayleigh_number(
        quantity(10, "m/s2"), quantity(0.002, "1/K"), quantity(400, "K"), quantity(300, "K"), metre(0.2),
        quantity(2e-5, "m2/s"), quantity(4e-5, "m2/s"),
    )  # fmt: skip
    assert rayleigh.value == pytest.approx(10 * 0.002 * 100 * 0.008 / 8e-10)
    free = (0.6 + 0.387 * 1e5 ** (1 / 6) / (1 + (0.559 / 0.7) ** 0.5625) ** (8 / 27)) ** 2
    assert convection.nusselt_cylinder_free(pure(1e5), pure(0.7)).value == pytest.approx(free)
    assert convection.nusselt_combined(pure(3), pure(2)).value == pytest.approx((81 + 16) ** 0.25)
    assert convection.convection_coefficient(pure(30), conductivity(0.026), metre(0.13)).value == pytest.approx(6)


def churchill_chu_plate(surface: float, ambient: float, height: float) -> float:
    """Natural convection of a vertical plate (1975), W/(m² K), with CoolProp's air."""
    film = (surface + ambient) / 2
    k, mu, rho, cp = (PropsSI(p, "T", film, "P", 101325, "Air") for p in ("L", "V", "D", "C"))
    rayleigh = 9.80665 / film * (surface - ambient) * height**3 * rho**2 * cp / (mu * k)
    return plate_nusselt(mu * cp / k, rayleigh) * k / height


def plate_nusselt(prandtl: float, rayleigh: float) -> float:
    return (0.825 + 0.387 * rayleigh ** (1 / 6) / (1 + (0.492 / prandtl) ** (9 / 16)) ** (8 / 27)) ** 2


def test_the_second_opinion_repeats_its_own_example() -> None:
    assert plate_nusselt(0.69, 0.69 * 2.63e9) == pytest.approx(147.16185223770603)


@pytest.mark.parametrize("celsius", [50.0, 80.0, 120.0, 200.0, 300.0])
def test_the_loss_of_a_wall_against_churchill_and_chu(celsius: float) -> None:
    """C680's convection (1989) is higher than the plate's (1975), as its docstring says; the whole loss by a tenth."""
    surface, plate = celsius + 273.15, churchill_chu_plate(celsius + 273.15, 298.15, 2.5)
    ours = convection.wall_convection_coefficient(pure(1.394), kelvin(celsius), kelvin(25), quantity(0, "m/s")).value
    assert 1.1 < ours / plate < 1.3
    radiated = 0.9 * SIGMA * (surface**4 - 298.15**4) / (surface - 298.15)
    whole = wall_film(room(ambient=25), kelvin(celsius)).value
    assert whole == pytest.approx(plate + radiated, rel=0.12)


def test_the_convection_of_a_wall_by_hand_and_in_wind() -> None:
    still = convection.wall_convection_coefficient(pure(1.0), kelvin(100), kelvin(20), quantity(0, "m/s"))
    by_hand = 24**-0.2 * (140) ** -0.181 * 144**0.266 * 5.678263341  # °F: mean 140, difference 144
    assert still.value == pytest.approx(by_hand, rel=1e-9)
    windy = convection.wall_convection_coefficient(pure(1.0), kelvin(100), kelvin(20), quantity(4.4704, "m/s"))
    assert windy.value / still.value == pytest.approx(math.sqrt(13.77))
    for low in (250.0, 901.0):
        with pytest.raises(OutOfRange, match="256 to 900"):
            convection.wall_convection_coefficient(pure(1), quantity(low, "K"), kelvin(20), quantity(0, "m/s"))


@few
@given(st.floats(280, 800), st.floats(260, 320), st.floats(0, 1))
def test_radiation_as_a_coefficient_is_the_fourth_power_law(surface: float, ambient: float, emissivity: float) -> None:
    h = radiation.radiation_coefficient(
        pure(emissivity), quantity(surface, "K"), quantity(ambient, "K"), radiation.STEFAN_BOLTZMANN
    )
    flux = emissivity * SIGMA * (surface**4 - ambient**4)
    assert h.value * (surface - ambient) == pytest.approx(flux, rel=1e-9, abs=1e-9)


def test_an_emissivity_above_one_is_refused() -> None:
    with pytest.raises(OutOfRange, match="emissivity"):
        radiation.radiation_coefficient(pure(1.1), kelvin(100), kelvin(20), radiation.STEFAN_BOLTZMANN)


# ---------------------------------------------------------------- conduction


def test_resistances_by_hand() -> None:
    assert plane_resistance(metre(0.2), conductivity(0.5)).value == pytest.approx(0.4)
    ring = cylinder_resistance(metre(0.2), metre(0.2), metre(0.1), conductivity(0.05))
    assert ring.value == pytest.approx(0.2 * math.log(2) / 0.1)
    assert critical_radius(conductivity(0.35), quantity(15, "W/(m2*K)")).value == pytest.approx(0.0233333, rel=1e-5)
    assert inner_diameter(metre(0.06), metre(0.004)).value == pytest.approx(0.052)
    assert jacket_diameter(metre(0.06), metre(0.05)).value == pytest.approx(0.16)
    loss = pipe_heat_loss(quantity(50, "W/m"), metre(20), metre(4))
    assert loss.value_in("kW") == pytest.approx(1.2)


def test_a_conductivity_through_two_points() -> None:
    slope = conductivity_slope(conductivity(0.2), kelvin(400), conductivity(0.3), kelvin(800))
    zero = conductivity_at_zero(conductivity(0.2), kelvin(400), slope)
    assert slope.value == pytest.approx(0.1 / 400)
    for celsius, expected in ((400, 0.2), (600, 0.25), (800, 0.3)):
        assert conductivity_on_line(kelvin(celsius), zero, slope).value == pytest.approx(expected)
    quartic = conductivity_at(quantity(10, "K"), *(pure(c) for c in (5, 0.4, 0.03, 0.002, 0.0001)))
    assert quartic.value == pytest.approx(5 + 4 + 3 + 2 + 1)


@few
@given(st.floats(0.02, 2), st.floats(-2e-4, 2e-3), st.floats(0.01, 0.5), st.floats(10, 2000))
def test_a_layer_integrates_its_conductivity(k: float, slope: float, path: float, flux: float) -> None:
    """The integral of k(T) from the cold to the hot side is flux times path."""
    cold = 320.0
    at_zero = k - slope * cold
    if slope < 0 and k * k + 2 * slope * flux * path <= 0.01 * k * k:
        return  # the conductivity would fall to nothing inside the layer
    hot = layer_hot_side(
        quantity(cold, "K"), quantity(flux, "W/m2"), metre(path), conductivity(at_zero), per_kelvin(slope)
    ).value
    integral = quad(lambda t: at_zero + slope * t, cold, hot)[0]
    assert integral == pytest.approx(flux * path, rel=1e-6)


def test_kerns_oven_wall() -> None:
    """Kern, Process Heat Transfer, Example 2.2: 1,600 to 125 °F, 332 Btu/(h ft²), interfaces 1,275 and 537 °F."""
    foot, film = 0.3048, 5.678263341
    flux = quantity(332 * 3.154590745, "W/m2")
    at = [quantity((125 + 459.67) / 1.8, "K")]
    for inches, k in ((6, 0.40), (4, 0.15), (8, 0.68)):
        layer = metre(inches / 12 * foot), conductivity(k * film * foot)
        at.append(layer_hot_side(at[-1], flux, *layer, per_kelvin(0)))
    fahrenheit = [t.value * 1.8 - 459.67 for t in at]
    assert fahrenheit[1:] == pytest.approx([537, 1275, 1600], abs=4)  # the source rounds its resistances


# ---------------------------------------------------------------- the solver


@few
@given(st.lists(st.floats(0.01, 1e4), min_size=1, max_size=5))
def test_roots_of_many_elements_at_once(squares: list[float]) -> None:
    wanted = np.array(squares)
    assert root_between(lambda x: x * x - wanted, 0.0, 200.0, "a root") == pytest.approx(np.sqrt(wanted), rel=1e-12)


def test_a_single_root_is_a_number_and_an_end_may_be_the_root() -> None:
    assert root_between(lambda x: x - 2.0, 0.0, 5.0, "a root") == 2.0
    assert isinstance(root_between(lambda x: x - 2.0, 0.0, 5.0, "a root"), float)
    assert root_between(lambda x: x - 5.0, 0.0, 5.0, "a root") == 5.0


def test_no_root_no_answer() -> None:
    with pytest.raises(CalculationError, match="no solution"):
        root_between(lambda x: x * x + 1, -1.0, 1.0, "a root")
    with pytest.raises(CalculationError, match="no solution"):
        root_between(lambda x: x * math.nan, -1.0, 1.0, "a root")


def test_what_does_not_come_to_rest_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solver, "MOST_STEPS", 3)
    with pytest.raises(CalculationError, match="come to rest after 3 steps"):
        root_between(lambda x: x**3 - 2, 0.0, 5.0, "a root")


# ---------------------------------------------------------------- pipes

ROYMECH = {  # W/m of bare black pipes, 20 °C, emissivity 0.9, still air (roymech.org), by outer diameter and °C
    0.0337: {50: 41, 100: 139, 150: 269, 200: 435, 300: 897, 400: 1588},
    0.0603: {50: 68, 100: 230, 150: 448, 200: 728, 300: 1519, 400: 2715},
    0.1143: {50: 119, 100: 405, 150: 791, 200: 1292, 300: 2726, 400: 4922},
    0.2191: {50: 212, 100: 722, 150: 1419, 200: 2330, 300: 4971, 400: 9063},
}


def pipe(outer: float, celsius: float, wind: float = 0.0, emissivity: float = 0.9, ambient: float = 20) -> Pipe:
    return Pipe(
        kelvin(celsius), kelvin(ambient), quantity(wind, "m/s"), metre(outer), metre(outer - 0.008), conductivity(50),
        pure(emissivity),
    )  # fmt: skip


@pytest.mark.parametrize("outer", ROYMECH)
def test_bare_pipes_lose_what_a_published_table_says(outer: float) -> None:
    for celsius, printed in ROYMECH[outer].items():
        assert bare_pipe_loss(pipe(outer, celsius)).per_length.value == pytest.approx(printed, rel=0.08)


def test_a_bare_steam_line_of_the_department_of_energy() -> None:
    """Steam Tip 2: 285 MMBtu a year and 100 ft, 1 inch, 150 psig (186 °C); room of 24 °C and 0.8 taken here."""
    printed = 285 * 1.05505585262e9 / (8760 * 3600) / 30.48
    loss = bare_pipe_loss(pipe(0.0334, 185.6, emissivity=0.8, ambient=23.9)).per_length
    assert loss.value == pytest.approx(printed, rel=0.05)


LINE = (conductivity(0.025), per_kelvin(1e-4))


@few
@given(
    st.floats(0.02, 0.5), st.floats(40, 500), st.floats(0, 8), st.floats(0.05, 1), st.floats(0.005, 0.2),
)  # fmt: skip
def test_the_heat_balance_of_an_insulated_pipe_closes(
    outer: float, celsius: float, wind: float, emissivity: float, thickness: float
) -> None:
    found = insulated_pipe_loss(pipe(outer, celsius, wind, emissivity), metre(thickness), LINE)
    surface, through = found.surface_temperature.value, found.per_length.value
    hot, big = celsius + 273.15, outer + 2 * thickness
    under = hot - through * math.log(outer / (outer - 0.008)) / (2 * math.pi * 50)
    mean = 0.025 + 1e-4 * (under + surface) / 2
    assert found.insulation_conductivity is not None
    assert found.insulation_conductivity.value == pytest.approx(mean, rel=1e-9)
    carried = 2 * math.pi * mean * (under - surface) / math.log(big / outer)
    assert through == pytest.approx(carried, rel=1e-7)
    lost = math.pi * big * found.film_coefficient.value * (surface - 293.15)
    assert through == pytest.approx(lost, rel=1e-9)
    assert 293.15 < surface < hot
    bare = bare_pipe_loss(pipe(outer, celsius, wind, emissivity))
    assert bare.surface_temperature.value > surface and bare.insulation_conductivity is None


@few
@given(st.floats(0.03, 0.4), st.floats(60, 400), st.floats(0, 5), st.floats(0.01, 0.1), st.floats(1.1, 3))
def test_more_insulation_loses_less_beyond_the_critical_radius(
    outer: float, celsius: float, wind: float, thickness: float, more: float
) -> None:
    thin, thick = (
        insulated_pipe_loss(pipe(outer, celsius, wind), metre(s), LINE) for s in (thickness, thickness * more)
    )
    assert thin.insulation_conductivity is not None
    turning = critical_radius(thin.insulation_conductivity, thin.film_coefficient).value
    assert outer / 2 + thickness > turning  # k/h of real insulation is below 15 mm
    assert thick.per_length.value < thin.per_length.value


def test_below_the_critical_radius_more_insulation_loses_more() -> None:
    wire, poor = pipe(0.012, 90), (conductivity(0.35), per_kelvin(0))
    at = [insulated_pipe_loss(wire, metre(s), poor) for s in (0.001, 0.004, 0.02, 0.2, 1.0)]
    losses = [loss.per_length.value for loss in at]
    assert losses[0] < losses[1] < losses[2] and losses[3] > losses[4]
    turning = critical_radius(conductivity(0.35), at[2].film_coefficient).value
    assert 0.02 < turning < 0.06  # the largest loss lies there; h falls a little as the jacket grows
    radii = np.linspace(0.008, 0.12, 200)
    thickest = max(radii, key=lambda r: insulated_pipe_loss(wire, metre(float(r - 0.006)), poor).per_length.value)
    assert thickest == pytest.approx(turning, rel=0.35)


def test_wind_and_a_blacker_jacket_cost_heat() -> None:
    calm = insulated_pipe_loss(pipe(0.1, 200, 0, 0.1), metre(0.03), LINE).per_length.value
    assert insulated_pipe_loss(pipe(0.1, 200, 3, 0.1), metre(0.03), LINE).per_length.value > calm
    assert insulated_pipe_loss(pipe(0.1, 200, 0, 0.9), metre(0.03), LINE).per_length.value > calm


def test_pipes_are_solved_in_arrays_as_one_by_one() -> None:
    hot, thick = np.array([350.0, 420.0, 500.0]), np.array([0.02, 0.05, 0.08])
    many = Pipe(quantity(hot, "K"), kelvin(20), quantity(0.5, "m/s"), metre(0.06), metre(0.052), conductivity(50),
                pure(0.5))  # fmt: skip
    found = insulated_pipe_loss(many, quantity(thick, "m"), LINE).per_length.value
    single = [
        insulated_pipe_loss(pipe(0.06, t - 273.15, 0.5, 0.5), metre(s), LINE).per_length.value
        for t, s in zip(hot, thick, strict=True)
    ]
    assert found == pytest.approx(single, rel=1e-10)


def test_the_uncertainty_of_a_temperature_passes_through_the_solver() -> None:
    one = pipe(0.1, 150)
    slope = gradient(bare_pipe_loss(one).per_length)[one.hot]
    step = (bare_pipe_loss(pipe(0.1, 150.5)).per_length.value - bare_pipe_loss(pipe(0.1, 149.5)).per_length.value) / 1
    assert slope == pytest.approx(step, rel=1e-3)


def test_an_insulation_without_conductivity_is_refused() -> None:
    with pytest.raises((CalculationError, OutOfRange)):
        insulated_pipe_loss(pipe(0.1, 200), metre(0.05), (conductivity(-0.05), per_kelvin(0)))


@pytest.mark.parametrize(("celsius", "message"), [(20, "not warmer than the room"), (728, "beyond the range")])
def test_pipes_outside_the_law_are_refused(celsius: float, message: str) -> None:
    with pytest.raises(OutOfRange, match=message):
        bare_pipe_loss(pipe(0.1, celsius))


# ---------------------------------------------------------------- walls and tanks


def room(emissivity: float = 0.9, wind: float = 0.0, shape: str = "vertical", ambient: float = 20) -> Room:
    return Room(kelvin(ambient), quantity(wind, "m/s"), pure(emissivity), shape_factor(shape))


def test_the_shape_factors_and_their_order() -> None:
    assert SHAPES == {"vertical": 1.394, "facing_up": 1.79, "facing_down": 0.89, "upright_cylinder": 1.235,
                      "lying_cylinder": 1.016}  # fmt: skip
    up, side, down = (wall_film(room(shape=s), kelvin(80)).value for s in ("facing_up", "vertical", "facing_down"))
    assert up > side > down


@few
@given(st.floats(100, 1300), st.floats(0.05, 1), st.floats(0.02, 0.4), st.floats(0.05, 1.5), st.floats(-1e-4, 1e-3))
def test_the_heat_balance_of_a_lined_wall_closes(
    hot: float, emissivity: float, thickness: float, k: float, slope: float
) -> None:
    """Two layers; the first law written out again and solved by SciPy."""
    if k - 1e-4 * (hot + 273.15) < 0.02:
        return
    layers = [Layer(metre(0.1), conductivity(0.1), per_kelvin(1e-4)), Layer(metre(thickness), conductivity(k),
                                                                          per_kelvin(slope))]  # fmt: skip
    around = room(emissivity)
    found = lined_wall_loss(kelvin(hot), around, layers)
    assert found.interfaces[-1].value == pytest.approx(hot + 273.15, abs=1e-6)

    def through(at: float, path: float, zero: float, rise: float, flux: float) -> float:
        return brentq(lambda t: quad(lambda x: zero + rise * x, at, t)[0] - flux * path, at, at + 1e6)

    middle = through(found.surface_temperature.value, 0.1, 0.1, 1e-4, found.flux.value)
    assert found.interfaces[0].value == pytest.approx(middle, rel=1e-7)
    film = wall_film(around, found.surface_temperature).value
    assert found.flux.value == pytest.approx(film * (found.surface_temperature.value - 293.15), rel=1e-12)
    again = measured_wall_loss(around, found.surface_temperature)
    assert again.flux.value == pytest.approx(found.flux.value, rel=1e-12)
    area = quantity(3, "m2")
    assert wall_heat_loss(found, around, area).value_in("W") == pytest.approx(3 * found.flux.value, rel=1e-9)


@few
@given(st.floats(150, 1200), st.floats(0.05, 0.3), st.floats(1.05, 3))
def test_a_thicker_lining_never_loses_more(hot: float, thickness: float, more: float) -> None:
    thin, thick = (
        lined_wall_loss(kelvin(hot), room(), [Layer(metre(s), conductivity(0.15), per_kelvin(1e-4))])
        for s in (thickness, thickness * more)
    )
    assert thick.flux.value < thin.flux.value and thick.surface_temperature.value < thin.surface_temperature.value


def test_walls_are_solved_in_arrays_as_one_by_one() -> None:
    hot = np.array([400.0, 800.0, 1200.0])
    layer = Layer(metre(0.2), conductivity(0.2), per_kelvin(1e-4))
    many = lined_wall_loss(quantity(hot, "K"), room(), [layer]).flux.value
    one_by_one = [lined_wall_loss(quantity(float(t), "K"), room(), [layer]).flux.value for t in hot]
    assert many == pytest.approx(one_by_one, rel=1e-10)


def test_a_wall_colder_than_the_room_and_a_conductivity_of_nothing_are_refused() -> None:
    layer = Layer(metre(0.1), conductivity(0.1), per_kelvin(0))
    with pytest.raises(OutOfRange, match="not warmer than the room"):
        lined_wall_loss(kelvin(20), room(), [layer])
    with pytest.raises((CalculationError, OutOfRange)):
        lined_wall_loss(kelvin(900), room(), [Layer(metre(0.1), conductivity(-0.1), per_kelvin(0))])


def test_a_conductivity_that_falls_to_nothing_on_the_way_is_refused() -> None:
    """k = 0.5 - 0.001 (T - 300): nothing is left at 800 K, and the hot side is at 1,300 K."""
    with pytest.raises(CalculationError, match="falls to nothing"):
        lined_wall_loss(quantity(1300, "K"), room(), [Layer(metre(0.3), conductivity(0.8), per_kelvin(-1e-3))])


def test_a_falling_conductivity_still_finds_its_wall() -> None:
    """k = 0.5 W/(m K) at 300 K and 0.1 at 1,100 K: much steeper than brick."""
    layer = Layer(metre(0.3), conductivity(0.65), per_kelvin(-5e-4))
    found = lined_wall_loss(quantity(1100, "K"), room(), [layer])
    surface = found.surface_temperature.value
    integral = 0.65 * (1100 - surface) - 2.5e-4 * (1100**2 - surface**2)
    assert found.flux.value * 0.3 == pytest.approx(integral, rel=1e-8)


TANKS = [(80.0, 2.0, 3.0, 0.006, 0.0, 0.8), (80.0, 2.0, 3.0, 0.006, 0.05, 0.2), (230.0, 1.5, 3.0, 0.15, 0.15, 0.9)]


@pytest.mark.parametrize(("hot", "bore", "height", "wall", "thickness", "emissivity"), TANKS)
def test_a_tank_against_another_convection_law(
    hot: float, bore: float, height: float, wall: float, thickness: float, emissivity: float
) -> None:
    """Film, wall and insulation in series, solved again with Churchill and Chu's plate and CoolProp's air."""
    shell = shell_outer_diameter(metre(bore), metre(wall))
    outside = shell_outer_diameter(shell, metre(thickness))
    stack = [(shell, metre(wall), conductivity(50), per_kelvin(0))]
    if thickness:
        stack.insert(0, (outside, metre(thickness), conductivity(0.04), per_kelvin(0)))
    around = room(emissivity, shape="upright_cylinder")
    inner = inner_film_resistance(outside, metre(bore), quantity(300, "W/(m2*K)"))
    found = lined_wall_loss(kelvin(hot), around, tank_layers(stack), inner)
    ours = wall_heat_loss(found, around, cylinder_area(outside, metre(height))).value_in("W")
    r_i, r_w, r_o = bore / 2, bore / 2 + wall, bore / 2 + wall + thickness
    series = 1 / (300 * r_i) + math.log(r_w / r_i) / 50 + math.log(r_o / r_w) / 0.04

    def lost(surface: float) -> float:
        flux = churchill_chu_plate(surface, 293.15, height) * (surface - 293.15)
        flux += emissivity * SIGMA * (surface**4 - 293.15**4)
        return 2 * math.pi * r_o * height * flux

    def left(surface: float) -> float:
        return hot + 273.15 - surface - lost(surface) * series / (2 * math.pi * height)

    assert ours == pytest.approx(lost(brentq(left, 293.16, hot + 273.15)), rel=0.1)


def test_sizes_of_tanks() -> None:
    assert cylinder_area(metre(2), metre(3)).value == pytest.approx(2 * math.pi * 3)
    assert disc_area(metre(2)).value == pytest.approx(math.pi)
    assert shell_outer_diameter(metre(2), metre(0.1)).value == pytest.approx(2.2)
    assert cylinder_path(metre(2.2), metre(2.2), metre(0.1)).value == pytest.approx(1.1 * math.log(1.1))
    assert inner_film_resistance(metre(2.2), metre(2), quantity(100, "W/(m2*K)")).value == pytest.approx(0.011)
    assert total_resistance(quantity(100, "W/(m2*K)"), quantity(0.05, "m2*K/W")).value == pytest.approx(0.06)


# ---------------------------------------------------------------- openings


def ratio_of(width: float, depth: float) -> Quantity:
    return radiation.opening_ratio(metre(width), metre(depth))


@few
@given(st.floats(0.02, 6), st.floats(0.001, 0.5), st.floats(1, 12))
def test_a_deeper_opening_lets_less_radiation_out(ratio: float, less: float, sides: float) -> None:
    wide, narrow = pure(ratio), pure(ratio * (1 - less))
    assert 0 < radiation.circular_view_factor(narrow).value <= radiation.circular_view_factor(wide).value + 0.002 < 0.9
    slot = radiation.rectangular_view_factor(narrow, pure(sides)).value
    assert 0 < slot <= radiation.rectangular_view_factor(wide, pure(sides)).value + 0.004 < 1


@pytest.mark.parametrize("ratio", [0.05, 0.5, 1.0, 2.0, 6.0])
def test_a_longer_opening_lets_more_radiation_out(ratio: float) -> None:
    factors = [radiation.rectangular_view_factor(pure(ratio), pure(a)).value for a in (1, 1.5, 2, 5, 10, 40)]
    assert factors == sorted(factors) and factors[-1] == factors[-2]
    assert radiation.circular_view_factor(pure(ratio)).value < factors[2]


def test_the_charts_end_where_they_end_and_fall_in_proportion_below() -> None:
    assert ratio_of(0.3, 0.05).value == pytest.approx(6)
    with pytest.raises(OutOfRange, match="wall thickness"):
        ratio_of(0.3, 0)
    assert ratio_of(0.3, 0.6).value == pytest.approx(0.5)
    for law in (radiation.circular_view_factor, lambda r: radiation.rectangular_view_factor(r, pure(1.5))):
        assert law(pure(0.05)).value == pytest.approx(law(pure(0.1)).value / 2)
        assert law(pure(0.999999)).value == pytest.approx(law(pure(1.0)).value, abs=0.003)
    with pytest.raises(OutOfRange, match="opening ratio"):
        radiation.circular_view_factor(pure(6.1))
    with pytest.raises(OutOfRange, match="side ratio"):
        radiation.rectangular_view_factor(pure(1), pure(0.9))


@pytest.mark.parametrize(
    ("depth", "sides", "printed"),
    [(3, (5,), 0.624519890259), (1, (5,), 0.83499999996), (10, (5,), 0.35084375), (50, (9,), 0.160395178571),
     (5, (5, 10), 0.60), (2, (5, 10), 0.786933593749), (27, (50, 55), 0.678646418065), (14.05, (3, 3), 0.2044991347)],
)  # fmt: skip
def test_view_factors_as_published(depth: float, sides: tuple[float, ...], printed: float) -> None:
    """MEASUR Tools Suite, OpeningLosses.unit.cpp."""
    ratio = ratio_of(min(sides), depth)
    if len(sides) == 1:
        assert radiation.circular_view_factor(ratio).value == pytest.approx(printed, rel=1e-6)
    else:
        found = radiation.rectangular_view_factor(ratio, pure(max(sides) / min(sides)))
        assert found.value == pytest.approx(printed, rel=1e-6)


def test_radiation_through_an_opening_by_hand() -> None:
    loss = radiation.opening_heat_loss(
        pure(0.9), quantity(0.5, "m2"), quantity(1200, "K"), quantity(300, "K"), pure(0.7), pure(0.25),
        radiation.STEFAN_BOLTZMANN,
    )  # fmt: skip
    assert loss.value_in("W") == pytest.approx(0.9 * 0.5 * SIGMA * (1200**4 - 300**4) * 0.7 * 0.25)
    assert radiation.rectangle_area(metre(0.3), metre(0.5)).value == pytest.approx(0.15)
    assert radiation.side_ratio(metre(0.5), metre(0.25)).value == pytest.approx(2)


# ---------------------------------------------------------------- charges and streams


def celsius(value: float) -> Quantity:
    return quantity(value, "degC")


def enthalpy(outlet: float, melted: float = 1.0) -> float:
    heat = charges.solid_charge_enthalpy(
        quantity(0.9, "kJ/(kg*K)"), quantity(1.1, "kJ/(kg*K)"), quantity(397, "kJ/kg"), celsius(660), celsius(20),
        celsius(outlet), pure(melted),
    )  # fmt: skip
    return float(heat.value)


def test_a_metal_that_melts_and_one_that_does_not() -> None:
    assert enthalpy(500) == pytest.approx(0.9 * 480)
    assert enthalpy(659.999) == pytest.approx(0.9 * 640, abs=0.01)
    assert enthalpy(700) == pytest.approx(0.9 * 640 + 397 + 1.1 * 40)
    assert enthalpy(700, 0.25) == pytest.approx(0.9 * 640 + 0.25 * (397 + 44) + 0.75 * 36)
    assert enthalpy(700) / 3.6 == pytest.approx(308, rel=0.12)  # kWh/t of aluminium, check TP06 of the notes (its cp)


def test_liquids_and_gases_take_up_what_the_same_law_says() -> None:
    liquid = charges.liquid_charge_enthalpy(
        quantity(2, "kJ/(kg*K)"), quantity(1, "kJ/(kg*K)"), quantity(500, "kJ/kg"), celsius(100), celsius(20),
        celsius(150), pure(0.4),
    )  # fmt: skip
    assert liquid.value == pytest.approx(160 + 0.4 * 550 + 0.6 * 2 * 0 + 0.6 * 2 * 50)
    gas = charges.gas_charge_enthalpy(
        quantity(1, "kJ/(kg*K)"), quantity(2, "kJ/(kg*K)"), pure(0.1), celsius(20), celsius(120)
    )
    assert gas.value == pytest.approx(110)
    heat = charges.fluid_charge_heat(quantity(3600, "kg/h"), gas, pure(0.5), quantity(20, "kJ/kg"), quantity(7, "kW"))
    assert heat.value_in("kW") == pytest.approx(110 + 10 + 7)


def test_water_in_a_charge_against_steam_tables() -> None:
    """All of it leaves at 100 °C from 20 °C: 2,591.5 kJ/kg by CoolProp."""
    dried = charges.charge_water_enthalpy(pure(0.1), pure(0), celsius(20), celsius(300), celsius(100)).value
    to = PropsSI("H", "P", 101325, "Q", 1, "Water") - PropsSI("H", "T", 293.15, "P", 101325, "Water")
    assert dried == pytest.approx(0.1 * to / 1000, rel=2e-3)
    hotter = charges.charge_water_enthalpy(pure(0.1), pure(0), celsius(20), celsius(300), celsius(150)).value
    assert hotter - dried == pytest.approx(0.1 * 0.481 * 4.1868 * 50)
    kept = charges.charge_water_enthalpy(pure(0.1), pure(0.1), celsius(20), celsius(60), celsius(100)).value
    assert kept == pytest.approx(0.1 * 4.1868 * 40)


def test_the_heat_of_a_wet_charge_that_reacts() -> None:
    heat = charges.solid_charge_heat(
        quantity(7200, "kg/h"), pure(0.1), quantity(500, "kJ/kg"), quantity(30, "kJ/kg"), pure(0.2),
        quantity(100, "kJ/kg"), quantity(-5, "kW"),
    )  # fmt: skip
    assert heat.value_in("kW") == pytest.approx(2 * (0.9 * (500 + 20) + 30) - 5)


@pytest.mark.parametrize(
    ("inlet", "outlet", "celsius_out", "message"),
    [(0.02, 0.03, 60, "more water leaves"), (0.02, 0.01, 101, "hotter than boiling water")],
)
def test_water_that_cannot_be_is_refused(inlet: float, outlet: float, celsius_out: float, message: str) -> None:
    with pytest.raises(OutOfRange, match=message):
        charges.check_water(pure(inlet), pure(outlet), celsius(celsius_out))
    charges.check_water(pure(0.02), pure(0.01), celsius(99))
    charges.check_water(pure(0.02), pure(0), celsius(800))


def test_streams_by_hand() -> None:
    flow, heat = quantity(3600, "kg/h"), quantity(2, "kJ/(kg*K)")
    assert streams.stream_heat(flow, heat, celsius(20), celsius(70)).value_in("kW") == pytest.approx(100)
    gas = streams.gas_stream_heat(quantity(1800, "m3/h"), quantity(1.3, "kJ/(m3*K)"), celsius(20), celsius(220))
    assert gas.value_in("kW") == pytest.approx(130)
    batch = streams.batch_heat(quantity(50, "kg"), quantity(0.6, "kJ/(kg*K)"), celsius(30), celsius(830))
    assert batch.value_in("kJ") == pytest.approx(24000)
    mass = streams.stream_mass_flow(quantity(3, "m3/h"), quantity(990, "kg/m3"))
    assert mass.value == pytest.approx(2970)
    assert streams.cooling_water_temperature(celsius(20), celsius(30)).value_in("degC") == pytest.approx(25)


@pytest.mark.parametrize("t", [1.0, 20.0, 45.0, 80.0, 99.0])
def test_cooling_water_is_as_dense_as_coolprop_says(t: float) -> None:
    ours = streams.cooling_water_density(celsius(t)).value
    assert ours == pytest.approx(PropsSI("D", "T", t + 273.15, "P", 101325, "Water"), rel=4e-4)


@pytest.mark.parametrize("t", [20.0, 500.0, 900.0])
def test_leaking_gas_is_about_as_capacious_as_air(t: float) -> None:
    """Per m³ at 60 °F; flue gas holds a little more than air."""
    ours = streams.leaked_gas_heat_capacity(celsius(t)).value
    dense = PropsSI("D", "T", 288.706, "P", 101325, "Air")
    air_heat = dense * PropsSI("C", "T", t + 273.15, "P", 101325, "Air") / 1000
    assert 0.97 * air_heat < ours < 1.15 * air_heat


def test_the_heat_capacity_of_leaking_gas_by_hand() -> None:
    """At 1,000 °F: 0.0793 (0.2371 - 0.009 + 0.07 - 0.03) = 0.0212603 Btu/(ft³·°F), each 67.0661 kJ/(m³·K)."""
    ours = streams.leaked_gas_heat_capacity(celsius((1000 - 32) / 1.8))
    assert ours.value == pytest.approx(0.0212603 * 67.0661, rel=1e-5)


def test_leaking_gas_follows_bernoulli() -> None:
    def flow(pressure: float, hot: float, light: float = 1.0) -> float:
        return float(
            streams.leaked_gas_flow(
                pure(0.8), quantity(0.01, "m2"), quantity(pressure, "Pa"), pure(light), quantity(1.2, "kg/m3"),
                quantity(288, "K"), quantity(hot, "K"),
            ).value_in("m3/h")
        )  # fmt: skip

    assert flow(15, 288) == pytest.approx(0.8 * 0.01 * 5 * 3600)
    assert flow(60, 288) == pytest.approx(2 * flow(15, 288))
    assert flow(15, 4 * 288) == pytest.approx(flow(15, 288) / 2)
    assert flow(15, 288, 4) == pytest.approx(flow(15, 288) / 2)


def test_an_arc_furnace_by_hand() -> None:
    content = streams.off_gas_heat_content(
        pure(0.1), quantity(12000, "kJ/m3"), pure(0.2), quantity(11000, "kJ/m3"), pure(0.05), quantity(38000, "kJ/m3"),
        quantity(1.5, "kJ/(m3*K)"), quantity(0.01, "kg/m3"), quantity(1.0, "kJ/(kg*K)"), celsius(1515), celsius(15),
    )  # fmt: skip
    assert content.value == pytest.approx(1200 + 2200 + 1900 + 1.51 * 1500)
    loss = streams.off_gas_heat_loss(
        quantity(7200, "m3/h"), quantity(1200, "K"), quantity(300, "K"), quantity(4000, "kJ/m3")
    )
    assert loss.value_in("kW") == pytest.approx(2000)
    given_in = streams.furnace_energy_input(
        quantity(100, "kW"), quantity(36, "kg/h"), quantity(30000, "kJ/kg"), quantity(72, "kg/h"),
        quantity(32000, "kJ/kg"), quantity(50, "kW"), quantity(1000, "kW"),
    )  # fmt: skip
    assert given_in.value_in("kW") == pytest.approx(100 + 300 + 640 + 50 + 1000)


# ---------------------------------------------------------------- batch furnaces

TAU = quantity(20, "h")


def test_a_furnace_cools_with_its_time_constant() -> None:
    assert furnace_cycle.time_constant(quantity(600, "kWh"), quantity(30, "kW")).value == pytest.approx(20)
    level = furnace_cycle.idle_level(celsius(445), celsius(870), celsius(20))
    assert level.value == pytest.approx(0.5)
    free = furnace_cycle.level_after_pause(pure(0), quantity(20, "h"), TAU)
    assert free.value == pytest.approx(math.exp(-1))
    assert furnace_cycle.level_after_pause(level, quantity(20, "h"), TAU).value == pytest.approx(0.5)
    assert furnace_cycle.level_after_pause(level, quantity(5, "h"), TAU).value == pytest.approx(math.exp(-0.25))


@few
@given(st.floats(0.05, 1), st.floats(0.01, 100), st.floats(1, 100))
def test_a_pause_takes_what_the_furnace_loses(level: float, hours: float, tau: float) -> None:
    """First law by quadrature: heat supplied and heat to reheat together are what is lost over the pause."""
    power, stored = quantity(10, "kW"), quantity(10 * tau, "kWh")
    constant = furnace_cycle.time_constant(stored, power)
    supplied = furnace_cycle.heat_of_pause(power, pure(level), quantity(hours, "h"), constant).value
    end = furnace_cycle.level_after_pause(pure(level), quantity(hours, "h"), constant)
    again = furnace_cycle.heat_of_reheating(stored, end).value
    reached = tau * math.log(1 / level)
    lost = quad(lambda t: 10 * max(math.exp(-t / tau), level), 0, hours, points=[min(reached, hours)])[0]
    assert supplied + again == pytest.approx(lost, rel=1e-6, abs=1e-9)
    held = furnace_cycle.heat_of_pause(power, pure(1), quantity(hours, "h"), constant).value
    assert held == pytest.approx(10 * hours) and supplied + again <= held * (1 + 1e-12)


def test_a_furnace_that_is_off_is_given_nothing() -> None:
    off = furnace_cycle.heat_of_pause(quantity(10, "kW"), pure(0), quantity(60, "h"), TAU)
    assert off.value == 0


def test_the_heat_of_a_period_by_hand() -> None:
    cycles = furnace_cycle.number_of_cycles(quantity(120, "t"), quantity(1.5, "t"))
    assert cycles.value == pytest.approx(80)
    production = furnace_cycle.heat_of_production(quantity(120, "t"), quantity(540, "kJ/kg"))
    assert production.value_in("kWh") == pytest.approx(18000)
    fixtures = furnace_cycle.heat_of_fixtures(cycles, quantity(36000, "kJ"))
    assert fixtures.value_in("kWh") == pytest.approx(800)
    holding = furnace_cycle.heat_of_holding(cycles, quantity(5, "h"), quantity(30, "kW"))
    assert holding.value == pytest.approx(12000)
    whole = furnace_cycle.heat_at_holding_efficiency(
        production, fixtures, holding, pure(100), quantity(20, "kWh"), quantity(40, "kWh"), pure(0.8)
    )
    assert whole.value_in("kWh") == pytest.approx(18000 + 800 + 12000 + 100 * (20 + 50))
