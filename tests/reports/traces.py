"""A calculation that uses every operation a trace can hold, made for the workbook."""

from __future__ import annotations

import math

import numpy as np

from energycalc.quantity import (
    FileOrigin,
    Quantity,
    Source,
    about,
    absolute,
    constant,
    cos,
    exp,
    formula,
    interpolate,
    log,
    maximum,
    minimum,
    opaque,
    quantity,
    sin,
    sqrt,
    tan,
    total,
    where,
)  # fmt: skip
from energycalc.quantity.aliases import Fraction, Kilowatt, KilowattHour
from energycalc.quantity.distributions import rectangular
from energycalc.quantity.quantity import pure_number

SAID = Source(
    "nameplate, made for a test", file=FileOrigin("case.yaml", "ab" * 32, line=7, path="plant.machines[0].power")
)
READ = Source("meter file m.csv", file=FileOrigin("m.csv", "cd" * 32, rows="2 to 35041", column="kWh"))


def leaf(value: float, unit: str, name: str, symbol: str = "") -> Quantity:
    return quantity(
        value, unit, name=name, symbol=symbol, basis="nameplate", source=SAID, uncertainty=rectangular(abs(value) / 50)
    )


@formula(symbol="E", source=Source("made for a test", "energy is power by time"))
def drawn_energy(power: Kilowatt, load: Fraction, efficiency: Fraction, hours_a_year: Kilowatt) -> KilowattHour:
    """Conversions of % and MW inside, and a clash of precedence."""
    return (power * load / efficiency * (1 - -((0.1 * load) ** 2)) * (hours_a_year / power)).to("kW") * quantity(
        1, "h", name="hour"
    )


def every_operation() -> list[tuple[str, Quantity]]:
    """Results by section; together they use all operations, all conversions and each kind of cell."""
    with about("M-01 馬達"):
        power, load, efficiency = (
            leaf(0.075, "MW", "power", "P_r"),
            leaf(80, "%", "load", "λ"),
            leaf(92.4, "%", "eta", "η"),
        )
        hours = leaf(-6000, "kW", "negative", "n")
        energy = drawn_energy(power, load, efficiency, hours)
        celsius, ambient = leaf(780, "degC", "hot", "t_h"), leaf(25, "degC", "cold", "t_c")
        ratio = (celsius.to("K") / ambient.to("K")).renamed("temperature_ratio", "θ")
        span = (celsius - ambient).renamed("span", "ΔT")
        warmer = (ambient + leaf(10, "K", "rise", "dT")).renamed("warmer", "t_w")
    with about('=HYPERLINK("http://example.org","x")'):
        a, b, c = leaf(2.0, "1", "=1+1", "=a"), leaf(-3.0, "1", "@SUM(1)", "-b"), leaf(0.5, "1", "+c", "+c")
        signs = (-(a**2) + (-a) ** 2 - (-b) - (a - (b - c)) / (a / (b / c)) * -a + a ** (-c) + 2 ** (-a)).renamed(
            "signs", "s_1"
        )
        powers = ((a**a**c) ** 2 + (-(-1 * a)) ** 3 + a ** (b + c) - (a * c) ** b).renamed("powers", "s_2")
        functions = (exp(b / 7) + log(a * 3) + sqrt(a) + sin(a) + cos(b) + tan(c) + absolute(b) * 1e-7).renamed(
            "functions", "s_3"
        )
        lesser = (minimum(a, b) + maximum(a * 3, c) * -1).renamed("lesser", "s_4")
        branch = where(a + 1, "<=", b * -1, a * 2 + c, -c).renamed("branch", "s_5")
        other = where(a, ">", b, where(c, ">=", 0.5, a, b), where(c, "<", a, b, c)).renamed("other_branch", "s_6")
    with about("curve"):
        xs = [leaf(x, "%", "point_x", f"x_{x}") for x in (25, 50, 75, 100)]
        ys = [leaf(y, "%", "point_y", f"y_{y}") for y in (88.5, 91.25, 92.75, 92.0)]
        on_curve = interpolate(load, xs, ys).renamed("on_curve", "η_L")
        corner = interpolate(a * 0.25, xs, [y * 1 for y in ys]).renamed("at_a_corner", "η_c")
    with about("sums"):
        parts = [leaf(1 + i / 7, "kWh" if i % 2 else "MJ", "part", f"E_{i}") for i in range(13)]
        many = [part * (1 + i) for part in parts for i in range(10)]
        sum_of_many = total(many).renamed("sum_of_many", "E_sum")
        metered = quantity(959_636.71, "kWh", name="metered", symbol="E_m", basis="measured", source=READ)
        grid = constant(
            "EF",
            0.533,
            "kgCO2e[not_stated]/kWh",
            Source("a table", "row 3", "a ministry", "2019", "https://example.org"),
        )
        emitted = ((metered + sum_of_many - energy) * grid).to("tCO2e[not_stated]").declared("tCO2e[AR5]", because=SAID)
        emission = emitted.renamed("emission", "GHG")
        gauge = leaf(7, "bar[g]", "gauge", "p_g").declared("bar[a]", because=SAID) + leaf(
            101.325, "kPa[a]", "ambient", "p_a"
        )
        absolute_pressure = gauge.renamed("absolute_pressure", "p")
        density = opaque(
            _density,
            absolute_pressure,
            ambient,
            in_unit="kg/m3",
            name="density",
            symbol="ρ",
            source=Source("a routine", "1.0"),
        )
        flow = (density * leaf(3, "m3/min", "flow", "q")).renamed("mass_flow", "m")
        fixed = exp(pure_number(0.0)).renamed("one", "1")
    results = [
        energy,
        ratio,
        span,
        warmer,
        signs,
        powers,
        functions,
        lesser,
        branch,
        other,
        on_curve,
        corner,
        sum_of_many,
    ]
    results += [
        signs.renamed("signs_again", "s_7"),
        emission,
        absolute_pressure,
        flow,
        fixed,
        metered,
        grid,
        power * load,
    ]
    return [("every operation", q) for q in results]


def _density(pressure: float, celsius: float) -> float:
    return np.asarray(pressure) * 1e5 / (287.0 * (np.asarray(celsius) + 273.15)) * math.pi / math.pi
