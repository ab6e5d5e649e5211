"""Pipe and tank insulation of MEASUR.

Pipes: the same equations, ours solved to the last digit, the peer's by repetition until a step is below 1e-4 W/m. The
peer's bore is the outer diameter less one wall; that is stated here and handed over as a wall half as thick.

Tanks: the estimate of release 1.2.5, kept beside our own balance to repeat that tool's results; no technology uses it.
"""

import math

import numpy as np
from scipy.optimize import brentq

from energycalc.physics.heat_transfer import convection, pipes, radiation, tank_screening
from energycalc.physics.heat_transfer.conduction import conductivity_at, cylinder_resistance
from energycalc.quantity import Quantity, quantity
from tests.reference.equipment_reading import CaseInputs, Deviation, NotCoveredError, Outputs, Refusal

PEER_GRAVITY = quantity(9.81, "m/s2")
PEER_INNER_FILM = 10.0  # Btu/(h ft2 °F), of the contents of a tank
FOOT = 0.3048
BTU_PER_HOUR = 1.05505585262 / 3600  # kW
BTU_FILM = 1055.05585262 / 3600 * 1.8 / FOOT**2  # W/(m2 K)
BTU_CONDUCTIVITY = BTU_FILM * FOOT  # W/(m K)
PEER_STEFAN_BOLTZMANN = 1.713441e-9 * 1055.05585262 / 3600 / FOOT**2 * 1.8**4  # W/(m2 K4)


def polynomial(case: CaseInputs, name: str) -> list[Quantity]:
    """c0 to c4; the peer lists the highest power first."""
    return [quantity(float(c), "1") for c in reversed(case[name])]


def pipe_insulation(case: CaseInputs) -> Outputs:
    hot = quantity(case["pipe_temperature"], "K")
    outer = quantity(case["pipe_outer_diameter"], "m")
    insulated = case["insulation_thickness"] > 0
    pipe = pipes.Pipe(
        hot,
        quantity(case["ambient_temperature"], "K"),
        quantity(case["wind_velocity"], "m/s"),
        outer,
        pipes.inner_diameter(outer, quantity(case["pipe_wall_thickness"] / 2, "m")),
        conductivity_at(hot, *polynomial(case, "pipe_conductivity_poly4_to_0")),
        quantity(case["jacket_emissivity" if insulated else "pipe_emissivity"], "1", name="emissivity"),
        PEER_GRAVITY,
    )
    loss = (
        pipes.insulated_pipe_loss(
            pipe,
            quantity(case["insulation_thickness"], "m"),
            polynomial(case, "insulation_conductivity_poly4_to_0"),
        )
        if insulated
        else pipes.bare_pipe_loss(pipe)
    ).per_length
    year = loss * quantity(case["pipe_length"], "m") * quantity(case["operating_hours"], "h")
    return {
        "heat_loss_per_length": loss.value_in("W/m"),
        "annual_heat_loss": year.value_in("Wh") / case["system_efficiency"],
    }


def tank_insulation(case: CaseInputs) -> Outputs:
    """MEASUR's own estimate, as release 1.2.5 gives it in Btu/h (1.0.10: therm/h, and radiation without area)."""
    insulated = case["insulation_thickness"] > 0
    bore, ambient = quantity(case["tank_diameter"] * FOOT, "m"), quantity(case["ambient_temperature"] / 1.8, "K")
    outside = quantity(case["surface_temperature" if insulated else "tank_temperature"] / 1.8, "K")
    wall = quantity(case["tank_conductivity"] * BTU_CONDUCTIVITY, "W/(m*K)")
    overall = tank_screening.screening_overall_coefficient(
        bore,
        quantity(case["tank_wall_thickness"] * FOOT, "m"),
        wall,
        quantity(max(case["insulation_thickness"], 0) * FOOT, "m"),
        quantity(case["insulation_conductivity"] * BTU_CONDUCTIVITY, "W/(m*K)") if insulated else wall,
        tank_screening.screening_convection_coefficient(outside, ambient),
        quantity(PEER_INNER_FILM * BTU_FILM, "W/(m2*K)"),
    )
    loss = tank_screening.screening_tank_loss(
        overall,
        bore,
        quantity(case["tank_height"] * FOOT, "m"),
        quantity(case["jacket_emissivity" if insulated else "tank_emissivity"], "1", name="emissivity"),
        outside,
        ambient,
        quantity(PEER_STEFAN_BOLTZMANN, "W/m2/K^4"),
    )
    heat = loss.value_in("kW") / BTU_PER_HOUR
    return {"heat_loss": heat, "annual_heat_loss": heat * case["operating_hours"] / case["system_efficiency"]}


def insulation_services(case: CaseInputs) -> Outputs:
    def of(name: str, unit: str) -> Quantity:
        return quantity(case[name], unit)

    asked = case["quantity"]
    if asked == "pipe_reynolds_number":
        number = convection.reynolds_number(
            of("diameter", "m"), of("wind_velocity", "m/s"), of("kinematic_viscosity", "m2/s")
        )
        return {"reynolds_number": number.value_in("1")}
    if asked == "pipe_rayleigh_number":
        number = convection.rayleigh_number(
            PEER_GRAVITY, of("expansion_coefficient", "1/K"), of("surface_temperature", "K"),
            of("ambient_temperature", "K"), of("diameter", "m"), of("kinematic_viscosity", "m2/s"),
            of("thermal_diffusivity", "m2/s"),
        )  # fmt: skip
        return {"rayleigh_number": number.value_in("1")}
    if asked == "radiative_heat_transfer_coefficient":
        number = radiation.radiation_coefficient(
            of("emissivity", "1"), of("surface_temperature", "K"), of("ambient_temperature", "K"),
            radiation.STEFAN_BOLTZMANN,
        )  # fmt: skip
        return {"h_rad": number.value_in("W/(m2*K)")}
    if asked == "convective_heat_transfer_coefficient":
        number = convection.convection_coefficient(
            of("nusselt", "1"), of("air_conductivity", "W/(m*K)"), of("diameter", "m")
        )
        return {"h_conv": number.value_in("W/(m2*K)")}
    if asked == "nusselt_forced_cylinder":
        number = convection.nusselt_cylinder_forced(of("reynolds_number", "1"), of("prandtl_number", "1"))
    elif asked == "nusselt_free_cylinder":
        number = convection.nusselt_cylinder_free(of("rayleigh_number", "1"), of("prandtl_number", "1"))
    elif asked == "nusselt_combined":
        number = convection.nusselt_combined(of("nusselt_forced", "1"), of("nusselt_free", "1"))
    elif asked == "cylinder_thermal_resistance":
        number = cylinder_resistance(
            of("reference_diameter", "m"), of("outer_diameter", "m"), of("inner_diameter", "m"),
            of("thermal_conductivity", "W/(m*K)"),
        )  # fmt: skip
        return {"resistance": number.value_in("m2*K/W")}
    else:
        raise NotCoveredError(f"quantity {asked}")
    return {"nusselt": number.value_in("1")}


ADAPTERS = {
    "pipe_insulation": pipe_insulation,
    "tank_insulation": tank_insulation,
    "insulation_services": insulation_services,
}


def _cold(case: CaseInputs) -> bool:
    return bool(case["pipe_temperature"] <= case["ambient_temperature"])


REFUSALS = (Refusal("pipe_insulation", _cold, "a pipe not warmer than the room", "not warmer than the room"),)


# --- deviations -----------------------------------------------------------------------------------


def _small(case: CaseInputs) -> bool:
    """Losses of a few W/m, where the peer's last step of 1e-4 W/m is more than a millionth."""
    return not _cold(case) and pipe_insulation(case)["heat_loss_per_length"] < 30


def _balance_closes(case: CaseInputs, ours: Outputs, peer: Outputs) -> None:
    """Written out again in plain NumPy and solved by SciPy; and the peer's own last step is below 1e-4 W/m."""
    ambient, hot, d = case["ambient_temperature"], case["pipe_temperature"], case["pipe_outer_diameter"]
    diameter = d + 2 * case["insulation_thickness"]
    emissivity = case["jacket_emissivity" if case["insulation_thickness"] > 0 else "pipe_emissivity"]
    wall = math.log(d / (d - case["pipe_wall_thickness"])) / (
        2 * math.pi * np.polyval(case["pipe_conductivity_poly4_to_0"], hot)
    )

    def lost(surface: float) -> float:
        film = (surface + ambient) / 2
        k = np.polyval([3.17176e-11, -5.90229e-8, 4.58531e-6, 0.088867888, 0.520072239], film) * 1e-3
        nu = np.polyval([2.25852e-11, -8.32093e-8, 0.000172673, 0.01063728, -0.76108359], film) * 1e-6
        a = np.polyval([1.35569e-10, -3.80588e-7, 0.000446483, -0.035935528, 2.254489164], film) * 1e-6
        pr = np.polyval([-2.08438e-13, -1.72787e-11, 8.00624e-7, -0.000694606, 0.845781218], film)
        re, ra = diameter * case["wind_velocity"] / nu, 9.81 / film * (surface - ambient) * diameter**3 / (nu * a)
        forced = (
            0.3
            + 0.62
            * math.sqrt(re)
            * pr ** (1 / 3)
            / (1 + (0.4 / pr) ** (2 / 3)) ** 0.25
            * (1 + (re / 282000) ** 0.625) ** 0.8
        )
        free = (0.6 + 0.387 * ra ** (1 / 6) / (1 + (0.559 / pr) ** (9 / 16)) ** (8 / 27)) ** 2
        h = (forced**4 + free**4) ** 0.25 * k / diameter
        radiated = emissivity * 5.670374419e-8 * (surface**4 - ambient**4)
        return float(math.pi * diameter * (h * (surface - ambient) + radiated))

    def left(surface: float) -> float:
        under = hot - lost(surface) * wall
        k = np.polyval(case["insulation_conductivity_poly4_to_0"], (under + surface) / 2)
        layer = math.log(diameter / d) / (2 * math.pi * k) if diameter > d else 0.0
        return float(under - surface - lost(surface) * layer)

    found = lost(brentq(left, ambient + 1e-9, hot, xtol=1e-12, rtol=1e-14))
    assert math.isclose(ours["heat_loss_per_length"], found, rel_tol=1e-9)
    assert abs(ours["heat_loss_per_length"] - peer["heat_loss_per_length"]) < 1e-4


DEVIATIONS = (
    Deviation(
        "pipe_insulation",
        _small,
        ("heat_loss_per_length", "annual_heat_loss"),
        "the peer stops when a step is below 1e-4 W/m and gives the mean of the last two; ours is solved to the end",
        5e-5,
        "the same balance in plain NumPy, solved by SciPy's brentq",
        _balance_closes,
    ),
)
