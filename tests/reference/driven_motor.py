"""Motor and transmission of the peer's pump and fan assessments (PSAT, FSAT), in the peer's units."""

from __future__ import annotations

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
from tests.reference.adapters.motor import motor_full_load_amps, points_of, poles_of
from tests.reference.equipment_reading import CaseInputs, Outputs

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
