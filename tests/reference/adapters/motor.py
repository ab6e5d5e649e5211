"""Motors, three-phase power and plain electricity use."""

import math
from typing import Any

from energycalc.equipment.rotation.motor_current import current_ratios, estimated_full_load_current
from energycalc.equipment.shared.motor_tables import class_points, efficiency_on, nameplate_points
from energycalc.physics.electricity.power import (
    electrical_energy,
    mean_current,
    mean_voltage,
    three_phase_power,
    voltage_unbalance,
)
from energycalc.physics.electricity.single_phase import single_phase_power
from energycalc.physics.rotation.induction_motor import (
    current_at_load,
    input_energy,
    load_from_current,
    power_factor_at_load,
    shaft_power,
)
from energycalc.physics.rotation.motor_replacement import rewound_efficiency
from energycalc.physics.rotation.speed import power_at_frequency
from energycalc.quantity import Quantity, quantity
from tests.reference.equipment_reading import CaseInputs, NotCoveredError, Outputs, Refusal

PEER_HORSEPOWER = 0.746  # kW, as the peer's energy calculators write it
PEER_KILOWATT = PEER_HORSEPOWER / 0.74569987  # kW as the peer goes to hp and back: 0.040 % too much
BTU_PER_HOUR = 1.0 / 3412.14163  # kW


def poles_of(case: CaseInputs) -> str:
    """Number of poles as the peer takes it from speed and frequency; premium stops at six there."""
    speed, frequency = case["motor_speed"], case["line_frequency"]
    poles = next(
        (p for p in (2, 4, 6, 8, 10, 12) if 0.9 * 120 * frequency / p <= speed <= 120 * frequency / p),
        2
        if speed > 3600
        else min(12, int(7200 / speed) // 2 * 2),  # between the ranges: the 60 Hz rule, rounded down to even
    )
    return str(min(poles, 6) if case["efficiency_class"] == "premium" else poles)


def nearest_class(case: CaseInputs, rating: Quantity) -> str:
    """The class whose full-load efficiency is nearest to the specified one (the user names it in our case file)."""
    if case["efficiency_class"] != "specified":
        return str(case["efficiency_class"])
    distance = {
        name: abs(class_points(name, poles_of(case), rating)[100].value - case["specified_full_load_efficiency"])
        for name in ("energy_efficient", "standard")
    }
    return "standard" if distance["standard"] < distance["energy_efficient"] else "energy_efficient"


def points_of(case: CaseInputs) -> dict[int, Quantity]:
    rating = quantity(case["rated_power"], "HP_mech", name="rated_power")
    points = class_points(nearest_class(case, rating), poles_of(case), rating)
    if case["efficiency_class"] == "specified":
        points = nameplate_points(
            points, quantity(case["specified_full_load_efficiency"], "1", name="full_load_efficiency")
        )
    return points


def efficiency_as_the_peer_reads_it(case: CaseInputs) -> Quantity:
    """Our curve through the peer's points: of a specified motor near the standard class it takes the 125 % point twice.

    Through the right points the curve gives the nameplate at full load, which is asserted here; the peer is up to 1.1 %
    below it.
    """
    points = points_of(case)
    if case["efficiency_class"] == "specified":
        full = efficiency_on(points, quantity(1, "1", name="load_factor")).value_in("1")
        assert math.isclose(full, case["specified_full_load_efficiency"], rel_tol=1e-12), "not the nameplate"
        if nearest_class(case, quantity(case["rated_power"], "HP_mech", name="rated_power")) == "standard":
            points = points | {100: points[125]}
    return efficiency_on(points, quantity(case["load_factor"], "1", name="load_factor"))


def motor_efficiency(case: CaseInputs) -> Outputs:
    points = points_of(case)
    if "load_factor" not in case:
        return {f"efficiency_at_{load}pct_load": float(point.value_in("1")) for load, point in points.items()}
    return {"efficiency": efficiency_as_the_peer_reads_it(case).value_in("1")}


def current_of(case: CaseInputs) -> Quantity:
    ratios = current_ratios(poles_of(case), quantity(case["rated_power"], "HP_mech", name="rated_power"))
    load = quantity(case["load_factor"], "1", name="load_factor")
    return current_at_load(load, quantity(case["full_load_amps"], "A"), *(ratios[x] for x in (0, 25, 50, 75, 100, 125)))


def motor_current(case: CaseInputs) -> Outputs:
    return {"current": current_of(case).value_in("A")}


def motor_performance(case: CaseInputs) -> Outputs:
    load = quantity(case["load_factor"], "1", name="load_factor")
    efficiency = efficiency_as_the_peer_reads_it(case)
    current = current_of(case)
    rated = quantity(case["rated_power"] * PEER_HORSEPOWER, "kW", name="rated_power")
    factor = power_factor_at_load(rated, load, efficiency, current, quantity(case["rated_voltage"], "V"))
    return {
        "current": 100 * current.value_in("A") / case["full_load_amps"],
        "efficiency": efficiency.value_in("%"),
        "power_factor": factor.value_in("%"),
    }


def motor_full_load_amps(case: CaseInputs) -> Outputs:
    rating = quantity(case["rated_power"], "HP_mech", name="rated_power")
    name = nearest_class(case, rating)
    amps = estimated_full_load_current(name, poles_of(case), rating, quantity(case["rated_voltage"], "V"))
    if case["efficiency_class"] == "specified":
        amps = amps * class_points(name, poles_of(case), rating)[100] / case["specified_full_load_efficiency"]
    at_460 = estimated_full_load_current(name, poles_of(case), rating, quantity(460, "V"))
    ratios = current_ratios(poles_of(case), rating)
    return {
        "full_load_amps": amps.value_in("A"),
        **{f"amps_at_460V_{load}pct_load": (at_460 * ratio).value_in("A") for load, ratio in ratios.items()},
    }


def motor_percent_load(case: CaseInputs) -> Outputs:
    volts = [quantity(case[f"phase{i}_voltage"], "V") for i in (1, 2, 3)]
    amps = [quantity(case[f"phase{i}_current"], "A") for i in (1, 2, 3)]
    voltage, current = mean_voltage(*volts), mean_current(*amps)
    load = load_from_current(
        current, quantity(case["rated_current"], "A"), voltage, quantity(case["rated_voltage"], "V")
    )
    unbalance = voltage_unbalance(*volts, voltage)
    power = three_phase_power(voltage, current, quantity(case["power_factor"], "%", name="power_factor"))
    return {
        "average_voltage": voltage.value_in("V"),
        "average_current": current.value_in("A"),
        "input_power": power.value_in("kW"),
        "percent_load": load.value_in("%"),
        "max_voltage_deviation": (unbalance * voltage).value_in("V"),
        "voltage_unbalance": unbalance.value_in("%"),
    }


def motor_replace_existing(case: CaseInputs) -> Outputs:
    size = case["motor_size"] * (PEER_HORSEPOWER if case.unit("motor_size") == "hp" else PEER_KILOWATT)
    power = shaft_power(quantity(size, "kW"), quantity(case["load"], "%", name="load_factor"))
    hours = quantity(case["operating_hours"], "h")
    price = quantity(case["electricity_cost"], "TWD/kWh")
    old = quantity(case["existing_efficiency"], "%", name="full_load_efficiency")
    rewound = rewound_efficiency(old, quantity(case["rewind_efficiency_loss"], "%"))
    existing, new, after_rewind = (
        input_energy(power, efficiency, hours) for efficiency in (old, quantity(case["new_efficiency"], "%"), rewound)
    )
    saving, incremental = existing - new, after_rewind - new
    purchase, rewind = quantity(case["purchase_cost"], "TWD"), quantity(case["rewind_cost"], "TWD")
    return {
        "existing_energy": existing.value_in("kWh"),
        "new_energy": new.value_in("kWh"),
        "rewound_energy": after_rewind.value_in("kWh"),
        "energy_savings": saving.value_in("kWh"),
        "cost_savings": (saving * price).value_in("TWD"),
        "simple_payback": (purchase / (saving * price)).value_in("1"),
        "savings_percent": (saving / existing).value_in("%"),
        "incremental_energy_savings": incremental.value_in("kWh"),
        "incremental_simple_payback": ((purchase - rewind) / (incremental * price)).value_in("1"),
    }


def power_of_readings(case: CaseInputs) -> Quantity:
    """Active power of one or three phases from a multimeter."""
    readings = (
        quantity(case["supply_voltage"], "V"),
        quantity(case["average_current"], "A"),
        quantity(case["power_factor"], "1", name="power_factor"),
    )
    if case["phases"] not in (1, 3):
        raise NotCoveredError(f"{case['phases']} phases")
    return three_phase_power(*readings) if case["phases"] == 3 else single_phase_power(*readings)


def electricity_reduction(case: CaseInputs) -> Outputs:
    if "method" not in case:
        items = sorted({name.split(".")[0] for name in case})
        parts = [electricity_reduction(item_of(case, item)) for item in items]
        return {name: sum(part.get(name, 0.0) for part in parts) for name in ("energy_use", "energy_cost", "power")}
    if case["method"] == "other":  # a typed energy, whatever the number of units; no power comes of it
        energy = quantity(case["annual_energy"], "kWh")
        cost = energy * quantity(case["electricity_cost"], "TWD/kWh")
        return {"energy_use": energy.value_in("kWh"), "energy_cost": cost.value_in("TWD")}
    if case["method"] == "multimeter":
        power = power_of_readings(case)
    elif case["method"] == "nameplate":
        power = power_at_frequency(
            quantity(case["rated_motor_power"], "kW"),
            quantity(case["load_factor"], "1", name="load_factor"),
            quantity(case["motor_and_drive_efficiency"], "1", name="efficiency"),
            quantity(case["operational_frequency"], "Hz"),
            quantity(case["line_frequency"], "Hz"),
            quantity(2.5, "1", name="frequency_exponent"),
        )
    elif case["method"] == "power_meter" and "power" in case:
        power = quantity(case["power"], "kW", name="power")
    else:
        raise NotCoveredError(f"method {case['method']}, {case.get('phases', 'any')} phases: nothing is computed")
    energy = electrical_energy(power, quantity(case["operating_hours"], "h")) * case["units"]
    cost = energy * quantity(case["electricity_cost"], "TWD/kWh")
    return {"power": power.value_in("kW"), "energy_use": energy.value_in("kWh"), "energy_cost": cost.value_in("TWD")}


def item_of(case: CaseInputs, item: str) -> CaseInputs:
    """The inputs of one of several items, named ``item1.power`` and so on in the file."""
    prefix = f"{item}."
    return CaseInputs(
        [
            {"name": n.removeprefix(prefix), "value": v, "unit": case.unit(n)}
            for n, v in case.items()
            if n.startswith(prefix)
        ]
    )


def auxiliary_power(case: CaseInputs) -> Outputs:
    return {"power_used": power_of_readings(case).value_in("kW") * case["operating_time"] / 100 / BTU_PER_HOUR}


ADAPTERS = {
    "motor_efficiency": motor_efficiency,
    "motor_current": motor_current,
    "motor_performance": motor_performance,
    "motor_full_load_amps": motor_full_load_amps,
    "motor_percent_load": motor_percent_load,
    "motor_replace_existing": motor_replace_existing,
    "electricity_reduction": electricity_reduction,
    "auxiliary_power": auxiliary_power,
}


def _impossible(name: str, above: float) -> Any:
    return lambda case: any(
        isinstance(value, int | float) and value > above
        for key, value in case.items()
        if key.rpartition(".")[2] == name
    )


_OVERLOAD = "a load above 150 % (the peer takes 150 % for it in silence)"
REFUSALS = (
    Refusal(
        "electricity_reduction", _impossible("motor_and_drive_efficiency", 1), "an efficiency above 100 %", "efficiency"
    ),
    Refusal("electricity_reduction", _impossible("power_factor", 1), "a power factor above 1", "power factor"),
    Refusal("auxiliary_power", _impossible("power_factor", 1), "a power factor above 1", "power factor"),
    *(
        Refusal(calculator, _impossible("load_factor", 1.5), _OVERLOAD, "load factor")
        for calculator in ("motor_efficiency", "motor_performance", "motor_current")
    ),
)
