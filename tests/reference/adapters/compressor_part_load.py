"""Compressors at part flow: every control of the peer, from flow or power, with its corrections of the full load."""

from collections.abc import Callable

import numpy as np

from energycalc.physics.compressed_air import compressor_control as law
from energycalc.physics.compressed_air import inlet_correction as inlet
from energycalc.physics.compressed_air import load_unload_cycle as cycle
from energycalc.physics.compressed_air.gas_compression import (
    absolute_pressure,
    compression_work_factor,
    pressure_power_ratio,
)
from energycalc.physics.compressed_air.part_load import flow_at_power, power_at_flow
from energycalc.physics.electricity.power import three_phase_power
from energycalc.physics.rotation.induction_motor import input_energy
from energycalc.quantity import Quantity, quantity
from tests.reference.adapters.compressed_air import CUBIC_FOOT, PSI, absolute, air, cfm, gauge, kilowatt
from tests.reference.adapters.motor import PEER_HORSEPOWER
from tests.reference.equipment_reading import Adapter, CaseInputs, NotCoveredError, Outputs, Refusal

PEER_ROOT_OF_3 = 1.732
SHORT_BLOWDOWN, SHORT_SHUTDOWN, SHORT_RELOAD = 0.003, 0.004, 0.001  # s, the peer's for oil-free and piston machines
DEFAULT_SUMP = 15  # psig
CLOSED_THROTTLE = 0.7  # of the full-flow power, the peer's default
Answer = tuple[Quantity, Quantity, dict[str, float]]


def compressor_part_load(case: CaseInputs) -> Outputs:
    control = PART_LOAD.get(case["control"])
    if control is None:
        raise NotCoveredError(f"control {case['control']}")
    power, flow, further = control(case, asked_power(case), asked_flow(case))
    return {
        "power": float(power.value_in("kW")),
        "capacity": cfm(flow),
        "power_fraction": float(power.value_in("kW") / full_power(case).value_in("kW")),
        "capacity_fraction": cfm(flow) / cfm(full_flow(case)),
        **further,
    }


# --- what the case starts from


def asked_power(case: CaseInputs) -> Quantity | None:
    """The measured power, if the case starts from power."""
    if "fraction_of_full_load_power" in case:
        return kilowatt(case["fraction_of_full_load_power"] * full_power(case).value_in("kW"))
    if "measured_power" in case:
        return kilowatt(case["measured_power"])
    if "voltage" in case:
        volt = quantity(case["voltage"] * PEER_ROOT_OF_3 / np.sqrt(3), "V")
        ampere = quantity(case["current"], "A")
        return three_phase_power(volt, ampere, quantity(case["power_factor"], "1", name="power_factor"))
    return None


def asked_flow(case: CaseInputs) -> Quantity | None:
    """The delivered flow, if the case starts from flow; refused above full load."""
    fraction = asked_fraction(case)
    return None if fraction is None else law.flow_of(quantity(fraction, "1", name="flow_fraction"), full_flow(case))


def asked_fraction(case: CaseInputs) -> float | None:
    fraction = case.get("fraction_of_full_load_capacity")
    if fraction is None and "measured_capacity" in case:
        fraction = case["measured_capacity"] / cfm(full_flow(case))
    return fraction


# --- the full load, corrected where the case says so


def full_power(case: CaseInputs) -> Quantity:
    if "corr_full_load_bhp" in case:
        return corrected_power(case, case["corr_full_load_pressure"])
    return kilowatt(case["full_load_power"], "full_load_power")


def most_power(case: CaseInputs) -> Quantity:
    """Power at full flow and the highest pressure."""
    if "corr_full_load_bhp" in case:
        return corrected_power(case, case["corr_max_pressure"])
    return kilowatt(case["max_power"], "cut_out_power")


def corrected_power(case: CaseInputs, discharge_psig: float) -> Quantity:
    efficiency = quantity(case["corr_motor_efficiency"], "1", name="efficiency")
    rated = input_energy(
        kilowatt(case["corr_full_load_bhp"] * PEER_HORSEPOWER), efficiency, quantity(1, "h")
    ) / quantity(1, "h")
    ambient = absolute(case["corr_atmospheric_pressure"])
    base = absolute(case["corr_rated_inlet_pressure"])
    exponent = quantity(case["corr_poly_exponent"], "1", name="polytropic_exponent")
    work = [
        compression_work_factor(base, absolute_pressure(gauge(psig), base), exponent)
        for psig in (case["corr_rated_discharge_pressure"], discharge_psig)
    ]
    factor = inlet.altitude_power_factor(ambient) if case["corr_apply"] else quantity(1, "1")
    return inlet.corrected_full_load_power(
        rated, factor, pressure_power_ratio(*work), ambient, absolute(case["corr_inlet_pressure"], "inlet_pressure")
    )


def full_flow(case: CaseInputs) -> Quantity:
    """Full-load flow: corrected for pressures, or read from the case's curve of flow against pressure."""
    if "corr_capacity" in case:
        ambient = absolute(case["corr_atmospheric_pressure"])
        factor = inlet.altitude_flow_factor(ambient) if case["corr_apply"] else quantity(1, "1")
        pressures = (case["corr_rated_discharge_pressure"], case["corr_full_load_pressure"])
        return inlet.corrected_full_load_flow(air(case["corr_capacity"]), factor, *map(gauge, pressures))
    if case.get("rated_discharge_pressure", 0) > 0 and "capacity_curve" in case:
        return on_curve(case, case["rated_discharge_pressure"])
    return air(case["full_load_capacity"], "full_load_flow")


def on_curve(case: CaseInputs, psig: float) -> Quantity:
    points = zip(map(gauge, case["discharge_pressure_curve"]), map(air, case["capacity_curve"]), strict=True)
    return law.flow_on_curve(gauge(psig), *(value for point in points for value in point))


# --- centrifugal


def on_line(power: Quantity | None, flow: Quantity | None, *line: Quantity) -> tuple[Quantity, Quantity]:
    """Power and flow of a point on a straight line, from whichever is given."""
    if flow is not None:
        return law.straight_line_power(flow, *line), flow
    assert power is not None
    return power, law.straight_line_flow(power, *line)


def blow_off(case: CaseInputs, power: Quantity | None, flow: Quantity | None) -> Answer:
    surge, lowest = air(case["surge_flow"], "surge_flow"), kilowatt(case["blow_off_power"], "blow_off_power")
    full, top = full_flow(case), full_power(case)
    if flow is not None:
        machine = {"surge_flow": surge, "blow_off_power": lowest, "full_load_flow": full, "full_load_power": top}
        power = power_at_flow("centrifugal_blow_off", machine, flow, absolute(14.7))
        blown = cfm(law.blown_off_flow(surge, flow))
        return power, flow, {"blow_off_flow": blown, "blow_off_fraction": blown / cfm(full)}
    assert power is not None
    shares = [round(p.value_in("kW") / top.value_in("kW"), 4) for p in (power, lowest)]  # the peer compares 4 digits
    if shares[0] <= shares[1]:
        blown = case["blow_off_fraction"] * cfm(full)
        return power, surge - air(blown), {"blow_off_flow": blown, "blow_off_fraction": case["blow_off_fraction"]}
    flow = law.straight_line_flow(power, surge, lowest, full, top)
    # above the surge limit nothing is blown off; the peer then shows the distance to the limit with a minus sign
    below = case["surge_flow"] - cfm(flow)
    return power, flow, {"blow_off_flow": below, "blow_off_fraction": below / cfm(full)}


def centrifugal_load_unload(case: CaseInputs, power: Quantity | None, flow: Quantity | None) -> Answer:
    line = (air(0), kilowatt(case["no_load_power"]), full_flow(case), full_power(case))
    return *on_line(power, flow, *line), {}


def centrifugal_modulation(case: CaseInputs, power: Quantity | None, flow: Quantity | None) -> Answer:
    given = case.get("max_pressure_factor", 0)
    most = on_curve(case, given) if given > 0 and "capacity_curve" in case else air(case["max_flow_capacity"])
    unload = (air(case["unload_capacity"]), kilowatt(case["unload_power"]))
    lower, upper = (air(0), kilowatt(case["no_load_power"]), *unload), (*unload, most, full_power(case))
    if flow is not None:
        if cfm(flow) >= cfm(most):
            return full_power(case), flow, {}
        given_points = dict(zip(("unload_flow", "unload_power"), unload, strict=True))
        power = law.guide_vane_power(
            flow, kilowatt(case["no_load_power"]), full_load_flow=most, full_load_power=full_power(case), **given_points
        )
        return power, flow, {}
    assert power is not None
    modulating = power.value_in("kW") >= case["unload_power"]
    power, flow = on_line(power, None, *(upper if modulating else lower))
    # from power, the peer states the fraction of the greatest flow in this range
    return power, flow, {"capacity_fraction": cfm(flow) / cfm(most)} if modulating else {}


# --- displacement machines


def solved(control: str, case: CaseInputs, power: Quantity | None, flow: Quantity | None, **more: Quantity) -> Answer:
    """A point of a machine, from whichever is given."""
    machine = {"full_load_flow": full_flow(case), "full_load_power": full_power(case), **more}
    ambient = absolute(case.get("atmospheric_pressure", 14.7))
    if flow is not None:
        return power_at_flow(control, machine, flow, ambient), flow, {}
    assert power is not None
    return power, flow_at_power(control, machine, power, ambient), {}


def modulation(case: CaseInputs, power: Quantity | None, flow: Quantity | None) -> Answer:
    return solved("modulation", case, power, flow, no_load_power=kilowatt(case["no_load_power"], "no_load_power"))


def start_stop(case: CaseInputs, power: Quantity | None, flow: Quantity | None) -> Answer:
    """The peer's two ratios are of the full-load power: at the highest pressure, and at full load (1)."""
    full = full_power(case).value_in("kW")
    low, high = (kilowatt(case[f"power_ratio_at_{end}"] * full) for end in ("full_load", "max_full_flow"))
    given = full_flow(case)
    if flow is not None:
        return law.start_stop_power(low, high, given, flow), flow, {}
    mean = law.start_stop_power(low, high, given, given)
    return *on_line(power, None, air(0), kilowatt(0), given, mean), {}


def switch_of(case: CaseInputs, quick: bool) -> dict[str, Quantity]:
    """The points of a load/unload switch, with the peer's defaults where the case is silent."""
    blowdown = SHORT_BLOWDOWN if quick else case.get("blowdown_time", SHORT_BLOWDOWN)
    sump = DEFAULT_SUMP if quick else case.get("unload_sump_pressure", DEFAULT_SUMP)
    return {
        "no_load_power": kilowatt(case.get("no_load_power", 1), "no_load_power"),
        "cut_out_power": most_power(case),
        "cut_in_pressure": gauge(case["full_load_pressure"], "cut_in_pressure"),
        "cut_out_pressure": gauge(case["max_pressure"], "cut_out_pressure"),
        "receiver_volume": quantity(case["storage"] * CUBIC_FOOT, "m3", name="receiver_volume"),
        "blowdown_time": quantity(blowdown, "s", name="blowdown_time"),
        "unloaded_sump_pressure": gauge(sump, "unloaded_sump_pressure"),
    }


def load_unload(case: CaseInputs, power: Quantity | None, flow: Quantity | None) -> Answer:
    oil = str(case.get("lubricant", "none")).lower()
    quick = str(case.get("compressor_type", "screw")).lower() != "screw" or oil == "free"
    switch = switch_of(case, quick)
    if case.get("unload_point", 100) != 100:
        share = 0.92 if oil == "injected" else case.get("no_load_power_fraction_for_modulation", CLOSED_THROTTLE)
        return throttling("modulation_unload", case, share, power, flow)
    if oil == "injected" and not quick:
        return solved("load_unload", case, power, flow, **switch)
    return by_cycle(case, switch, quick, power, flow)


def modulation_with_unload(case: CaseInputs, power: Quantity | None, flow: Quantity | None) -> Answer:
    """The peer's class stands for variable displacement; without an unload point it unloads at once, at full flow."""
    share = case.get("no_load_power_fraction_for_modulation", CLOSED_THROTTLE)
    if case.get("unload_point", 100) != 100:
        return throttling("variable_displacement_unload", case, share, power, flow)
    return by_cycle(case, switch_of(case, quick=False), False, power, flow)


def throttling(control: str, case: CaseInputs, share: float, power: Quantity | None, flow: Quantity | None) -> Answer:
    return solved(
        control,
        case,
        power,
        flow,
        throttle_range=quantity(case["modulating_range"] * PSI, "bar", name="throttle_range"),
        unload_point=quantity(case["unload_point"], "%", name="unload_point"),
        closed_inlet_fraction=quantity(share, "1", name="closed_inlet_fraction"),
        **switch_of(case, quick=False),
    )


def by_cycle(
    case: CaseInputs, switch: dict[str, Quantity], quick: bool, power: Quantity | None, flow: Quantity | None
) -> Answer:
    """The cycle with another share of power at closed inlet, and with quick valves where there is no oil."""
    share = case.get("no_load_power_fraction_for_modulation", CLOSED_THROTTLE)
    valves = {
        "closed_inlet_fraction": quantity(share, "1", name="closed_inlet_fraction"),
        "shutdown_time": quantity(SHORT_SHUTDOWN, "s", name="shutdown_time") if quick else cycle.SHUTDOWN_TIME,
        "reload_time": quantity(SHORT_RELOAD, "s", name="reload_time") if quick else cycle.RELOAD_TIME,
    }
    ambient = absolute(case.get("atmospheric_pressure", 14.7))
    pressures = {
        name: absolute_pressure(switch.pop(key), ambient)
        for name, key in (
            ("low_pressure", "cut_in_pressure"),
            ("high_pressure", "cut_out_pressure"),
            ("sump_pressure", "unloaded_sump_pressure"),
        )
    }

    def at(delivered: Quantity) -> Quantity:
        return cycle.load_unload_power(
            full_load_flow=full_flow(case),
            full_load_power=full_power(case),
            ambient_pressure=ambient,
            flow=delivered,
            **switch,
            **pressures,
            **valves,
        )

    if flow is not None:
        return (full_power(case) if cfm(flow) == cfm(full_flow(case)) else at(flow)), flow, {}
    assert power is not None
    low, high = 1e-9, cfm(full_flow(case)) * (1 - 1e-9)
    for _step in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if at(air(middle)).value < power.value_in("kW") else (low, middle)
    return power, air(low), {}


def variable_speed(case: CaseInputs, power: Quantity | None, flow: Quantity | None) -> Answer:
    return solved(
        "variable_speed",
        case,
        power,
        flow,
        no_load_power=kilowatt(case["no_load_power"]),
        turndown_flow=air(case["turndown_capacity"]),
        turndown_power=kilowatt(case["turndown_power"]),
        middle_flow=air(case["mid_turndown_capacity"]),
        middle_power=kilowatt(case["mid_turndown_power"]),
    )


PART_LOAD: dict[str, Callable[[CaseInputs, Quantity | None, Quantity | None], Answer]] = {
    "centrifugal_blow_off": blow_off,
    "centrifugal_load_unload": centrifugal_load_unload,
    "centrifugal_modulation_unload": centrifugal_modulation,
    "modulation_without_unload": modulation,
    "start_stop": start_stop,
    "load_unload_screw": load_unload,
    "load_unload_reciprocating": load_unload,
    "load_unload": load_unload,
    "modulation_with_unload_screw": modulation_with_unload,
    "vfd_screw": variable_speed,
}
ADAPTERS: dict[str, Adapter] = {"compressor_part_load": compressor_part_load}


def _power_factor_above_one(case: CaseInputs) -> bool:
    return bool(case.get("power_factor", 0) > 1)


def _more_than_full_flow(case: CaseInputs) -> bool:
    return (asked_fraction(case) or 0) > 1 + 1e-12


def _less_than_no_load(case: CaseInputs) -> bool:
    if "no_load_power" not in case or case["control"] not in PART_LOAD or _power_factor_above_one(case):
        return False
    power = asked_power(case)
    return power is not None and bool(power.value_in("kW") < case["no_load_power"])


REFUSALS = (
    Refusal("compressor_part_load", _power_factor_above_one, "a power factor above 1", "power factor"),
    Refusal("compressor_part_load", _more_than_full_flow, "more air than full flow", "flow fraction"),
    Refusal("compressor_part_load", _less_than_no_load, "less power than without load (the peer gives 0)", "no flow"),
)
