"""Motor and transmission of the peer's pump and fan assessments (PSAT, FSAT), in the peer's units."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from dataclasses import dataclass

from energycalc.physics.rotation.belt_drive import LOSS_OF_KIND, belt_efficiency
from energycalc.physics.rotation.belt_drive import driven_shaft_power as behind
from energycalc.physics.rotation.belt_drive import motor_shaft_power as before
from energycalc.physics.rotation.induction_motor import current_at_load, efficiency_at_load, shaft_power_from_input
from energycalc.physics.rotation.motor_on_the_line import (
    current_at_line_voltage,
    load_from_line_current,
    load_from_power,
    load_from_shaft_power,
    motor_power_through_belt,
    power_factor_from_power,
)
from energycalc.quantity import Quantity, quantity
from tests.reference.adapters.motor import motor_full_load_amps, nearest_class, points_of, poles_of
from tests.reference.equipment_reading import CaseInputs, Deviation, Outputs

PEER_HORSEPOWER = 0.746  # kW, as the peer's assessments write it


@dataclass(frozen=True)
class DrivenMotor:
    """A motor at work.

    Attributes:
        input_power: electrical.
        efficiency: at this load.
        current: drawn.
        shaft_power: at the motor.
        driven_shaft_power: at the pump or fan.
    """

    input_power: Quantity
    efficiency: Quantity
    current: Quantity
    shaft_power: Quantity
    driven_shaft_power: Quantity

    def outputs(self, case: CaseInputs) -> Outputs:
        """What the peer prints about the motor, and the year's energy."""
        power = float(self.input_power.value_in("kW"))
        energy = power * case["operating_hours"] / 1000
        factor = power_factor_from_power(self.input_power, self.current, line_voltage(case))
        return {
            "motor_rated_power": float(case["motor_rated_power"]),
            "motor_shaft_power": self.shaft_power.value_in("kW") / PEER_HORSEPOWER,
            "motor_efficiency": self.efficiency.value_in("1"),
            "motor_power_factor": factor.value_in("1"),
            "motor_current": self.current.value_in("A"),
            "motor_power": power,
            "annual_energy": energy,
            "annual_cost": energy * case["electricity_cost"],
        }


def motor_case(case: CaseInputs) -> CaseInputs:
    """The motor of an assessment in the words of the peer's motor calculators."""
    specified = case["motor_specified_efficiency"]
    given = {
        "line_frequency": case["line_frequency"],
        "motor_speed": case["motor_speed"],
        "efficiency_class": case["motor_efficiency_class"],
        "rated_power": case["motor_rated_power"],
        "specified_full_load_efficiency": specified / 100 if specified > 1 else specified,
        "rated_voltage": case["motor_rated_voltage"],
    }
    return CaseInputs([{"name": name, "value": value} for name, value in given.items()])


def line_voltage(case: CaseInputs) -> Quantity:
    return quantity(case["field_voltage"], "V", name="line_voltage")


def rated_voltage(case: CaseInputs) -> Quantity:
    return quantity(case["motor_rated_voltage"], "V", name="rated_voltage")


def ratios_of(case: CaseInputs) -> dict[int, Quantity]:
    from tests.reference.adapters.motor import current_ratios

    return current_ratios(poles_of(motor_case(case)), quantity(case["motor_rated_power"], "HP_mech"))


def current_of(case: CaseInputs, full_load: Quantity, load: Quantity) -> Quantity:
    ratios = ratios_of(case)
    at_rated = current_at_load(load, full_load, *(ratios[x] for x in (0, 25, 50, 75, 100, 125)))
    return current_at_line_voltage(at_rated, load, line_voltage(case), rated_voltage(case))


def efficiency_of(case: CaseInputs, load: Quantity) -> Quantity:
    points = points_of(motor_case(case))
    return efficiency_at_load(load, *(points[x] for x in (25, 50, 75, 100, 125)))


def existing_motor(case: CaseInputs) -> DrivenMotor:
    """From what was measured at the motor to the shaft of the machine."""
    rated = quantity(case["motor_rated_power"] * PEER_HORSEPOWER, "kW", name="rated_power")
    full_load = quantity(case["full_load_amps"], "A", name="full_load_current")
    if case["load_estimation_method"] == "power":
        power = quantity(case["field_power"], "kW", name="input_power")
        load = load_from_power(power, rated, points_of(motor_case(case)))
        efficiency = efficiency_of(case, load)
        current = current_of(case, full_load, load)
    else:
        current = quantity(case["field_current"], "A", name="line_current")
        load = load_from_line_current(current, full_load, ratios_of(case), line_voltage(case), rated_voltage(case))
        efficiency = efficiency_of(case, load)
        power = rated * load / efficiency
    shaft = shaft_power_from_input(power, efficiency)
    return DrivenMotor(power, efficiency, current, shaft, behind(shaft, transmission(case, shaft)))


def transmission(case: CaseInputs, shaft: Quantity) -> Quantity:
    """Efficiency of the drive behind a motor of this shaft power."""
    if case["drive_type"] == "specified":
        return quantity(case["specified_drive_efficiency"], "1", name="transmission_efficiency")
    power = quantity(shaft.value_in("kW") / PEER_HORSEPOWER, "HP_mech", name="transmitted_power")
    return belt_efficiency(power, LOSS_OF_KIND[case["drive_type"]])


def modified_motor(case: CaseInputs, driven: Quantity) -> DrivenMotor:
    """From the shaft of the machine back to the line, with the full-load current that the peer estimates."""
    if case["drive_type"] in ("direct", "specified"):
        shaft = before(driven, transmission(case, driven))
    else:
        power = quantity(driven.value_in("kW") / PEER_HORSEPOWER, "HP_mech")
        through = motor_power_through_belt(power, LOSS_OF_KIND[case["drive_type"]])
        shaft = quantity(through.value_in("HP_mech") * PEER_HORSEPOWER, "kW", name="motor_shaft_power")
    rated = quantity(case["motor_rated_power"] * PEER_HORSEPOWER, "kW", name="rated_power")
    load = load_from_shaft_power(shaft, rated)
    efficiency = efficiency_of(case, load)
    # at part load the peer takes the current of the class, without its correction for a specified efficiency
    of_class = motor_full_load_amps(motor_case(case))["amps_at_460V_100pct_load"] * 460 / case["motor_rated_voltage"]
    amps = quantity(of_class, "A", name="full_load_current")
    return DrivenMotor(shaft / efficiency, efficiency, current_of(case, amps, load), shaft, driven)


def estimated_full_load_amps(case: CaseInputs) -> float:
    return motor_full_load_amps(motor_case(case))["full_load_amps"]


def overloaded(case: CaseInputs) -> bool:
    """Whether a motor would have to give more than 150 % of its rating, on any reading of its efficiency."""
    measured = case.get("load_estimation_method") == "power" and case["scenario"] == "existing"
    return bool(measured and case["field_power"] * 0.7 > 1.5 * case["motor_rated_power"] * PEER_HORSEPOWER)


# --- where the peer's motor is not followed -------------------------------------------------------


def _load_of(case: CaseInputs, ours: Outputs) -> Quantity:
    return quantity(ours["motor_shaft_power"] / case["motor_rated_power"], "1", name="load_factor")


def _existing_by(method: str) -> Callable[[CaseInputs], bool]:
    return lambda case: case["scenario"] == "existing" and case["load_estimation_method"] == method


def _draws_what_was_measured(case: CaseInputs, ours: Outputs, peer: Outputs) -> None:
    """The modelled motor at our load draws the measured power or current; power is root three V I cos phi."""
    load = _load_of(case, ours)
    power = case["motor_rated_power"] * PEER_HORSEPOWER * load.value / efficiency_of(case, load).value_in("1")
    current = current_of(case, quantity(case["full_load_amps"], "A"), load).value_in("A")
    wanted = "field_power" if case["load_estimation_method"] == "power" else "field_current"
    assert math.isclose(power if wanted == "field_power" else current, case[wanted], rel_tol=1e-9)
    factor = ours["motor_power_factor"]
    assert math.isclose(math.sqrt(3) * case["field_voltage"] * current * factor / 1000, power, rel_tol=1e-9)


def _belt_on_the_way_back(case: CaseInputs) -> bool:
    return case["scenario"] == "modified" and "belt" in case["drive_type"]


def _there_and_back(driven: str, case: CaseInputs, ours: Outputs, peer: Outputs) -> None:
    """Through the belt law, our motor power arrives as the power of the machine; the peer's as something else."""

    def arrives(power: float) -> float:
        shaft = quantity(power * PEER_HORSEPOWER, "kW", name="motor_shaft_power")
        return float(behind(shaft, transmission(case, shaft)).value_in("kW")) / PEER_HORSEPOWER

    assert math.isclose(arrives(ours["motor_shaft_power"]), ours[driven], rel_tol=1e-9)
    if not math.isclose(peer["motor_shaft_power"], ours["motor_shaft_power"], rel_tol=2e-4):
        assert abs(arrives(peer["motor_shaft_power"]) / peer[driven] - 1) > 1e-4


def _specified_near_standard(case: CaseInputs) -> bool:
    motor = motor_case(case)
    rating = quantity(case["motor_rated_power"], "HP_mech", name="rated_power")
    return motor["efficiency_class"] == "specified" and nearest_class(motor, rating) == "standard"


def _nameplate_at_full_load(case: CaseInputs, ours: Outputs, peer: Outputs) -> None:
    """The curve passes through the efficiency of the nameplate."""
    full = efficiency_of(case, quantity(1, "1", name="load_factor")).value_in("1")
    assert math.isclose(full, motor_case(case)["specified_full_load_efficiency"], rel_tol=1e-12)


_MOTOR = ("motor_efficiency", "motor_power_factor", "motor_current", "motor_power", "annual_energy", "annual_cost")


def motor_deviations(calculator: str, driven: str, efficiency: str, *more: str) -> tuple[Deviation, ...]:
    """What an assessment of pump or fan does otherwise than the peer.

    Args:
        calculator: name in the case file.
        driven: name of its output for the shaft power of the machine.
        efficiency: name of its output for the efficiency of the machine.
        more: further outputs that follow from the motor's power.
    """
    return (
        Deviation(
            calculator,
            _existing_by("power"),
            ("motor_current", "motor_power_factor"),
            "the peer walks the load in steps of 1 % and draws a straight line between two of them",
            5e-5,
            "the modelled motor at the load found draws exactly the measured power",
            _draws_what_was_measured,
        ),
        Deviation(
            calculator,
            lambda case: _existing_by("current")(case) and case["field_voltage"] != case["motor_rated_voltage"],
            (*_MOTOR, "motor_shaft_power", driven, efficiency, *more),
            "the peer looks for the load at rated voltage and goes on along a straight line at the line's voltage",
            5e-4,
            "the modelled motor at the load found draws exactly the measured current",
            _draws_what_was_measured,
        ),
        Deviation(
            calculator,
            _belt_on_the_way_back,
            (*_MOTOR, "motor_shaft_power", *more),
            "the peer has a second fit for the belt loss seen from the machine: there and back is not the same belt",
            1e-3,
            "the belt law itself, there and back",
            functools.partial(_there_and_back, driven),
        ),
        Deviation(
            calculator,
            _specified_near_standard,
            (*_MOTOR, "motor_shaft_power", driven, efficiency, *more),
            "the peer takes the 125 % point for full load with a specified efficiency near the standard class",
            0.012,
            "the nameplate itself at full load",
            _nameplate_at_full_load,
        ),
    )
