"""MEASUR's estimate of a tank's heat loss: its air against CoolProp, its chain of resistances and its sum by hand."""

import math

import pytest
from CoolProp.CoolProp import PropsSI

from energycalc.errors import OutOfRange
from energycalc.physics.heat_transfer import tank_screening
from energycalc.quantity import Quantity, quantity

SIGMA = 5.670374419e-8
FEET_PER_SECOND_SQUARED = 32.174 * 0.3048


def kelvin(value: float) -> Quantity:
    return quantity(value, "K")


@pytest.mark.parametrize(("room", "rise"), [(275.0, 20.0), (300.0, 5.0), (300.0, -60.0), (330.0, 60.0), (380.0, 150.0)])
def test_still_air_at_a_tank_is_an_eighth_of_the_cube_root_of_rayleigh(room: float, rise: float) -> None:
    """0.125 k (g ΔT / (T nu a))^(1/3) with CoolProp's air at the room's temperature."""
    k, viscosity, density, heat = (PropsSI(p, "T", room, "P", 101325, "Air") for p in "LVDC")
    spread = viscosity / density * (k / (density * heat))
    hand = 0.125 * k * (FEET_PER_SECOND_SQUARED * abs(rise) / room / spread) ** (1 / 3)
    ours = tank_screening.screening_convection_coefficient(kelvin(room + rise), kelvin(room))
    assert ours.value_in("W/(m2*K)") == pytest.approx(hand, rel=0.02)


@pytest.mark.parametrize(("thickness", "k"), [(0.0, 40.0), (0.05, 0.04), (0.3, 0.5)])
def test_the_chain_from_contents_to_room_by_hand(thickness: float, k: float) -> None:
    """Per metre of height: film inside, wall, insulation, film outside, each as 1/(h 2 pi r) or ln(r2/r1)/(2 pi k)."""
    bore, wall, k_wall, outside, inside = 2.0, 0.1, 15.0, 4.0, 56.8
    inner, shell, outer = bore / 2, bore / 2 + wall, bore / 2 + wall + thickness
    chain = (
        1 / (inside * 2 * math.pi * inner)
        + math.log(shell / inner) / (2 * math.pi * k_wall)
        + math.log(outer / shell) / (2 * math.pi * k)
        + 1 / (outside * 2 * math.pi * outer)
    )
    ours = tank_screening.screening_overall_coefficient(
        quantity(bore, "m"), quantity(wall, "m"), quantity(k_wall, "W/(m*K)"), quantity(thickness, "m"),
        quantity(k, "W/(m*K)"), quantity(outside, "W/(m2*K)"), quantity(inside, "W/(m2*K)"),
    )  # fmt: skip
    assert ours.value_in("W/(m2*K)") == pytest.approx(1 / (chain * math.pi * bore), rel=1e-12)


def test_convection_and_radiation_add_up_on_the_inner_side() -> None:
    """2 m by 3 m: 18.85 m²; 5 W/(m²·K) by 60 K, and 0.8 of the black radiation from 360 to 300 K."""
    area = math.pi * 2 * 3
    hand = area * (5 * 60 + 0.8 * SIGMA * (360**4 - 300**4)) / 1000

    def loss(emissivity: float) -> Quantity:
        return tank_screening.screening_tank_loss(
            quantity(5, "W/(m2*K)"), quantity(2, "m"), quantity(3, "m"), quantity(emissivity, "1"), kelvin(360),
            kelvin(300), quantity(SIGMA, "W/m2/K^4"),
        )  # fmt: skip

    assert loss(0.8).value_in("kW") == pytest.approx(hand, rel=1e-12)
    with pytest.raises(OutOfRange):
        loss(1.1)


def test_a_room_beyond_the_air_table_and_contents_without_film_are_refused() -> None:
    for room in (249.9, 400.1):
        with pytest.raises(OutOfRange):
            tank_screening.screening_convection_coefficient(kelvin(room + 10), kelvin(room))
    for room in (250.1, 399.9):
        tank_screening.screening_convection_coefficient(kelvin(room + 10), kelvin(room))
