"""Fans: air power with compressibility, efficiency, fan energy index, and the efficiency a type attains."""

from __future__ import annotations

from typing import Annotated

from energycalc.errors import OutOfRange
from energycalc.quantity import Quantity, Source, cite, constant, current_subject, exp, formula, log, where
from energycalc.quantity.aliases import CubicMetrePerMinute, Fraction, Kilowatt, Number, RevolutionsPerMinute
from energycalc.quantity.quantity import pure_number

Pascal = Annotated[Quantity, "Pa"]
PascalGauge = Annotated[Quantity, "Pa[g]"]
PascalAbsolute = Annotated[Quantity, "Pa[a]"]
KilogramPerCubicMetre = Annotated[Quantity, "kg/m3"]

_POWER = cite("measur-tools-suite", "fan air power (AMCA 203 / 210)")
_KP = cite("measur-tools-suite", "compressibility factor (AMCA 210)")
_FEI = cite("measur-tools-suite", "fan energy index (AMCA 208)")
_FITS = cite("measur-tools-suite", "optimal fan efficiency, fits by fan type (FSAT)")
_US = cite("us-customary-units", "definition of the unit in SI")
_ABSOLUTE = Source("a pressure ratio needs no mark of its zero once both are absolute", "definition")

CUBIC_FOOT_PER_MINUTE = constant("cfm", 0.3048**3, "m3/min", _US, name="cubic_foot_per_minute")
INCH_OF_WATER = constant("inH2O", 249.08891, "Pa", _US, name="inch_of_water")
ONE_RPM = constant("rpm_1", 1, "rpm", _US, name="one_revolution_per_minute")
REFERENCE_FLOW = constant("Q_0", 250 * 0.3048**3, "m3/min", _FEI, name="reference_flow_constant")
REFERENCE_PRESSURE = constant("p_0", 0.40 * 249.08891, "Pa", _FEI, name="reference_pressure_constant")
REFERENCE_EFFICIENCY = constant("eta_0", 0.66, "1", _FEI, name="reference_efficiency_constant")
STANDARD_DENSITY = constant("rho_0", 0.075 * 0.45359237 / 0.3048**3, "kg/m3", _FEI, name="standard_air_density")
TRANSMISSION_POWER = constant("P_t", 2.2 * 0.7457, "kW", _FEI, name="transmission_power_constant")
ONE_KILOWATT = constant("kW_1", 1, "kW", _US, name="one_kilowatt")
LARGE_MOTOR = constant("P_185", 185, "kW", _FEI, name="large_motor_power")


@formula(symbol="dp", source=_POWER)
def fan_pressure_rise(outlet_gauge: PascalGauge, inlet_gauge: PascalGauge, velocity_pressure: Pascal) -> Pascal:
    """Pressure that a fan makes.

    Args:
        outlet_gauge: at the outlet, in Pa(g).
        inlet_gauge: at the inlet, in Pa(g); negative under suction.
        velocity_pressure: at the inlet where the fan static pressure is wanted, else 0, in Pa.
    """
    return outlet_gauge - inlet_gauge - velocity_pressure


@formula(
    symbol="P_a",
    source=_POWER,
    limits={"gas_flow": (0, None), "fan_pressure": (0, None), "compressibility_factor": (0.1, 2)},
)
def fan_air_power(gas_flow: CubicMetrePerMinute, fan_pressure: Pascal, compressibility_factor: Number) -> Kilowatt:
    """Power that the fan puts into the gas.

    Args:
        gas_flow: at inlet conditions in m3/min, as it is (not normal).
        fan_pressure: total pressure rise for total efficiency, static for static efficiency, in Pa.
        compressibility_factor: Kp, 1 for small pressures.
    """
    return gas_flow * fan_pressure * compressibility_factor


@formula(symbol="eta_f", source=_POWER, limits={"fan_shaft_power": (1e-6, None)}, name="fan_efficiency")
def fan_efficiency_from_power(fan_air_power: Kilowatt, fan_shaft_power: Kilowatt) -> Fraction:
    """Efficiency of a fan from what it gives and what it takes; see :func:`measured_fan_efficiency`.

    Args:
        fan_air_power: in kW.
        fan_shaft_power: in kW.
    """
    return fan_air_power / fan_shaft_power


def measured_fan_efficiency(air_power: Quantity, shaft_power: Quantity) -> Quantity:
    """Efficiency of a fan from measurements, refused above 1.

    Args:
        air_power: power in the gas.
        shaft_power: power at the fan shaft.

    Raises:
        OutOfRange: more power in the gas than at the shaft (check TP14 of the project's verification notes).
    """
    efficiency = fan_efficiency_from_power(air_power, shaft_power)
    if float(efficiency.value_in("1")) > 1:
        raise OutOfRange(
            "the fan efficiency is above 100 %: the gas gets more power than the shaft gives",
            subject=current_subject(),
            value=f"{air_power.value_in('kW'):,.4g} kW in the gas, {shaft_power.value_in('kW'):,.4g} kW at the shaft",
            limit="100 % (conservation of energy)",
            next_step="Check flow (not normal m3), pressure and power; all must be of the same moment",
        )
    return efficiency


@formula(symbol="P_f", source=_POWER, limits={"fan_efficiency": (0.01, 1)})
def fan_shaft_power(fan_air_power: Kilowatt, fan_efficiency: Fraction) -> Kilowatt:
    """Power a fan takes at its shaft.

    Args:
        fan_air_power: in kW.
        fan_efficiency: of the same pressure (total or static) as the air power.
    """
    return fan_air_power / fan_efficiency


# --- compressibility ------------------------------------------------------------------------------


@formula(symbol="x", source=_KP, limits={"inlet_absolute": (1000, 1e7)})
def pressure_ratio_term(fan_pressure: Pascal, inlet_absolute: PascalAbsolute) -> Number:
    """Pressure rise over absolute inlet pressure.

    Args:
        fan_pressure: total pressure rise in Pa.
        inlet_absolute: absolute total pressure at the inlet in Pa(a).
    """
    return fan_pressure / inlet_absolute.declared("Pa", because=_ABSOLUTE)


@formula(
    symbol="z",
    source=_KP,
    limits={"fan_shaft_power": (1e-9, None), "gas_flow": (1e-9, None), "specific_heat_ratio": (1.01, 1.7)},
)
def power_ratio_term(
    fan_shaft_power: Kilowatt,
    gas_flow: CubicMetrePerMinute,
    inlet_absolute: PascalAbsolute,
    specific_heat_ratio: Number,
) -> Number:
    """Shaft power per flow over absolute inlet pressure, times (k - 1)/k.

    Args:
        fan_shaft_power: in kW.
        gas_flow: at the inlet in m3/min.
        inlet_absolute: absolute total pressure at the inlet in Pa(a).
        specific_heat_ratio: k, 1.4 for air.
    """
    work = fan_shaft_power / gas_flow / inlet_absolute.declared("Pa", because=_ABSOLUTE)
    return (specific_heat_ratio - 1) / specific_heat_ratio * work


@formula(symbol="K_p", source=_KP, limits={"pressure_ratio_term": (-0.9, 1), "power_ratio_term": (1e-12, None)})
def compressibility_factor(pressure_ratio_term: Number, power_ratio_term: Number) -> Number:
    """Factor by which the gas power lies below flow times pressure.

    Args:
        pressure_ratio_term: x, not 0.
        power_ratio_term: z.

    Returns:
        Kp = ln(1 + x)/x z/ln(1 + z); it passes 1 only for fans of less than about 29 % efficiency.
    """
    x, z = pressure_ratio_term, power_ratio_term
    return log(1 + x) * z / (log(1 + z) * x)


# --- fan energy index -----------------------------------------------------------------------------


@formula(
    symbol="H_r", source=_FEI, limits={"gas_flow": (0, None), "fan_pressure": (0, None), "gas_density": (0.05, 10)}
)
def reference_fan_shaft_power(
    gas_flow: CubicMetrePerMinute, fan_pressure: Pascal, gas_density: KilogramPerCubicMetre
) -> Kilowatt:
    """Shaft power of the reference fan of the fan energy index at this duty.

    Args:
        gas_flow: in m3/min.
        fan_pressure: total pressure (ducted fans) or static pressure (unducted), in Pa.
        gas_density: in kg/m3.

    Returns:
        Power in kW, from the constants 250 ft3/min, 0.40 inH2O and 66 % (in SI printed 0.118 m3/s and 100 Pa).
    """
    pressure = fan_pressure + REFERENCE_PRESSURE * (gas_density / STANDARD_DENSITY)
    return (gas_flow + REFERENCE_FLOW) * pressure / REFERENCE_EFFICIENCY


@formula(symbol="eta_tr", source=_FEI)
def reference_transmission_efficiency(reference_fan_shaft_power: Kilowatt) -> Fraction:
    """Efficiency of the reference belt.

    Args:
        reference_fan_shaft_power: in kW.
    """
    power = reference_fan_shaft_power
    return 0.96 * (power / (power + TRANSMISSION_POWER)) ** 0.05


@formula(symbol="eta_mr", source=_FEI, limits={"reference_fan_shaft_power": (0.1, None)})
def reference_motor_efficiency(reference_fan_shaft_power: Kilowatt) -> Fraction:
    """Efficiency of the reference motor (IE3, 60 Hz), as the peer reads it: at the shaft power of the reference fan.

    Args:
        reference_fan_shaft_power: in kW.
    """
    digits = log(reference_fan_shaft_power / ONE_KILOWATT) / log(pure_number(10))
    small = 0.850274 + digits * (0.125559 + digits * (-0.072577 + digits * (0.025834 + digits * -0.003812)))
    return where(reference_fan_shaft_power, "<", LARGE_MOTOR, small, 0.962)


@formula(symbol="FEI", source=_FEI, limits={"input_power": (1e-6, None)})
def fan_energy_index(
    reference_fan_shaft_power: Kilowatt,
    reference_transmission_efficiency: Fraction,
    reference_motor_efficiency: Fraction,
    input_power: Kilowatt,
) -> Number:
    """Electrical power of the reference fan over that of this fan, at the same duty.

    Args:
        reference_fan_shaft_power: in kW.
        reference_transmission_efficiency: of the reference belt.
        reference_motor_efficiency: of the reference motor.
        input_power: measured electrical power of this fan in kW.
    """
    return reference_fan_shaft_power / (reference_transmission_efficiency * reference_motor_efficiency) / input_power


# --- attainable efficiency ------------------------------------------------------------------------


@formula(
    symbol="N_f",
    source=_FITS,
    limits={
        "fan_speed": (1, 50000),
        "gas_flow": (0.01, None),
        "fan_pressure": (1, None),
        "compressibility_factor": (0.1, 2),
    },
)
def fan_specific_speed(
    fan_speed: RevolutionsPerMinute,
    gas_flow: CubicMetrePerMinute,
    fan_pressure: Pascal,
    compressibility_factor: Number,
) -> Number:
    """Specific speed of a fan in US units (rpm, ft3/min, inH2O), as the fits take it.

    Args:
        fan_speed: in rpm.
        gas_flow: in m3/min.
        fan_pressure: in Pa.
        compressibility_factor: Kp.
    """
    flow, pressure = gas_flow / CUBIC_FOOT_PER_MINUTE, fan_pressure / INCH_OF_WATER
    return fan_speed / ONE_RPM * flow**0.5 / (pressure**0.75 * compressibility_factor**0.25)


@formula(symbol="N_r", source=cite("measur-tools-suite", "optimal fan efficiency: specific speed outside the data"))
def specific_speed_in_data(
    fan_specific_speed: Number, lowest_specific_speed: Number, highest_specific_speed: Number
) -> Number:
    """Specific speed at which the fit of a type is read: the end of its data where the duty lies outside.

    Args:
        fan_specific_speed: of the duty.
        lowest_specific_speed: of the data of this type.
        highest_specific_speed: of the data of this type.

    Returns:
        The same number inside the data. Where it differs, another type suits the duty better, and the efficiency is
        that of the end of the data, not of the duty: callers say so.
    """
    below_top = where(fan_specific_speed, "<=", highest_specific_speed, fan_specific_speed, highest_specific_speed)
    return where(below_top, ">=", lowest_specific_speed, below_top, lowest_specific_speed)


def fit_polynomial(x: Quantity, coefficients: tuple[Quantity, ...]) -> Quantity:
    """Polynomial piece of a fan fit (Horner's form), as part of a formula.

    Args:
        x: specific speed.
        coefficients: from the constant upwards.
    """
    value = coefficients[-1]
    for coefficient in reversed(coefficients[:-1]):
        value = coefficient + x * value
    return value.renamed("fan_fit_polynomial", "eta_poly", _FITS)


@formula(symbol="eta_exp", source=_FITS)
def fan_fit_exponential(
    specific_speed_in_data: Number,
    fan_fit_g0: Fraction,
    fan_fit_g1: Fraction,
    fan_fit_h1: Number,
    fan_fit_g2: Fraction,
    fan_fit_h2: Number,
) -> Fraction:
    """Exponential piece of a fan fit.

    Args:
        specific_speed_in_data: in US units.
        fan_fit_g0: coefficients of the published fit.
        fan_fit_g1: coefficients of the published fit.
        fan_fit_g2: coefficients of the published fit.
        fan_fit_h1: coefficients of the published fit, per unit of specific speed.
        fan_fit_h2: coefficients of the published fit, per unit of specific speed.
    """
    return (
        fan_fit_g0
        + fan_fit_g1 * exp(-(fan_fit_h1 * specific_speed_in_data))
        + fan_fit_g2 * exp(-(fan_fit_h2 * specific_speed_in_data))
    )


@formula(symbol="eta_fa", source=_FITS)
def attainable_fan_efficiency(
    specific_speed_in_data: Number, pieces_meet_at: Number, fan_fit_polynomial: Fraction, fan_fit_exponential: Fraction
) -> Fraction:
    """Efficiency that good fans of a type attain at a specific speed.

    Args:
        specific_speed_in_data: in US units.
        pieces_meet_at: specific speed at which the pieces of the fit meet.
        fan_fit_polynomial: first piece.
        fan_fit_exponential: second piece.
    """
    return where(specific_speed_in_data, "<", pieces_meet_at, fan_fit_polynomial, fan_fit_exponential)
