"""Reads cases of ``uncertainty_cases.json``: models to traced arithmetic, inputs to leaves, correlations."""

import ast
import functools
import math
import operator
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import numpy as np

from energycalc.quantity import absolute, cos, exp, log, maximum, minimum, quantity, sin, sqrt, tan
from energycalc.quantity import distributions as d
from energycalc.quantity.quantity import Quantity


class NotCoveredError(Exception):
    """The runner cannot read this."""


def read_model(
    case: dict[str, Any],
) -> tuple[dict[str, Quantity], list[tuple[Quantity, Quantity, float]], dict[str, float]]:
    """Outputs by name, declared correlations, and further numbers of the case (a fit's own)."""
    if isinstance(case["model"], str) and "least squares" in case["model"]:
        return read_regression(case)
    correlations = case.get("correlations") or []
    if case.get("inputs"):
        inputs = {name: read_input(name, spec) for name, spec in case["inputs"].items()}
        declared = [(inputs[a], inputs[b], r) for a, b, r in read_correlations(correlations)]
    elif case.get("data"):
        inputs, declared = read_observations(case["data"])
    else:
        raise NotCoveredError("neither inputs nor data")
    outputs: dict[str, Quantity] = {}
    for name, expression in split_model(case["model"]):
        try:
            tree = ast.parse(expression.strip().replace("^", "**"), mode="eval").body
        except SyntaxError as error:
            raise NotCoveredError(f"model is no expression: {expression!r}") from error
        outputs[name] = quantity_of(evaluate(tree, {**inputs, **outputs}))
    return outputs, declared, {}


def split_model(model: Any) -> list[tuple[str, str]]:
    """``x+y``, ``z = x+y``, ``R = ...; X = ...`` or names to expressions; a lone result is named y."""
    if isinstance(model, dict):
        return list(model.items())
    parts = [part for part in re.split(r"[;\n]", str(model)) if part.strip()]
    named = [re.fullmatch(r"\s*(\w+)\s*=(?!=)(.*)", part) for part in parts]
    if len(parts) == 1:
        return [("y", named[0][2] if named[0] else parts[0])]
    if not all(named):
        raise NotCoveredError(f"model {model!r}")
    return [(match[1], match[2]) for match in named if match]


BINARY = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul,
    ast.Div: operator.truediv, ast.Pow: operator.pow,
}  # fmt: skip
FUNCTIONS: dict[str, Callable[..., Any]] = {
    "ln": log, "log": log, "exp": exp, "sqrt": sqrt, "sin": sin, "cos": cos, "tan": tan,
    "log10": lambda x: log(x) / math.log(10), "abs": absolute,
    "min": lambda *xs: functools.reduce(minimum, xs), "max": lambda *xs: functools.reduce(maximum, xs),
}  # fmt: skip


def evaluate(tree: ast.expr, names: dict[str, Quantity]) -> Any:
    """The expression in traced arithmetic."""
    match tree:
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            return float(number)
        case ast.Name(id=name) if name in names:
            return names[name]
        case ast.Name(id="pi"):
            return math.pi
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -evaluate(operand, names)
        case ast.UnaryOp(op=ast.UAdd(), operand=operand):
            return evaluate(operand, names)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in BINARY:
            return BINARY[type(op)](evaluate(left, names), evaluate(right, names))
        case ast.Attribute(value=ast.Name(id="math" | "np" | "numpy"), attr=name):
            return evaluate(ast.Name(id=name), names)
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=arguments, keywords=[]) if (
            name in FUNCTIONS
        ):
            return FUNCTIONS[name](*(quantity_of(evaluate(argument, names)) for argument in arguments))
    raise NotCoveredError(f"model holds {ast.unparse(tree)!r}")


def quantity_of(value: Any) -> Quantity:
    return value if isinstance(value, Quantity) else quantity(value, "1")


ALIASES = {
    "mean": ("mean", "value", "estimate", "expectation", "location", "loc", "mu", "center", "centre"),
    "std": (
        "std",
        "sd",
        "u",
        "standard_deviation",
        "standard_uncertainty",
        "stdev",
        "scale",
        "sigma",
        "stddev",
    ),
    "dof": ("dof", "df", "nu", "degrees_of_freedom"),
    "low": ("low", "lower", "min", "a", "left"),
    "high": ("high", "upper", "max", "b", "right"),
    "mode": ("mode", "peak", "c", "most_likely"),
    "half_width": ("half_width", "halfwidth", "semi_range"),
    "d": ("d", "inexactness"),
    "log_mean": ("meanlog", "mu_log", "log_mean", "mean_log", "mu_ln", "mu"),
    "log_std": ("sdlog", "sigma_log", "log_std", "std_log", "stdlog", "sigma_ln", "sigma", "s"),
    "rel": ("rel_std", "relative_std", "cv"),
}


def read_input(name: str, spec: Any) -> Quantity:
    """A dimensionless leaf with the stated distribution; every key must be understood."""
    if not isinstance(spec, dict):
        return quantity(float(spec), "1", name=name)
    left = {
        key: value for key, value in spec.items() if key not in ("unit", "note", "source", "description", "comment")
    }
    kind = str(left.pop("dist", left.pop("distribution", left.pop("type", None)))).lower()

    def take(what: str, needed: bool = True) -> float:
        for key in ALIASES[what]:
            if left.get(key) is not None:
                return float(left.pop(key))
        if needed:
            raise NotCoveredError(f"input {name} ({kind}) without {what}")
        return math.inf if what == "dof" else math.nan

    def limits() -> tuple[float, float]:
        """Centre and half-width."""
        low = take("low", needed=False)
        if math.isnan(low):
            return take("mean"), take("half_width")
        high = take("high")
        return (low + high) / 2, (high - low) / 2

    match kind:
        case "normal" | "gaussian" | "norm":
            value = take("mean")
            known = d.normal(take("std"), take("dof", needed=False))
        case "t" | "student" | "student_t" | "students_t" | "scaled_shifted_t":
            value = take("mean")
            known = d.student(take("std"), take("dof"))
        case "rectangular" | "uniform":
            value, half_width = limits()
            known = d.rectangular(half_width, take("dof", needed=False))
        case "arcsine" | "u_shaped" | "u-shaped":
            value, half_width = limits()
            known = d.arcsine(half_width, take("dof", needed=False))
        case "curvilinear_trapezoid" | "ctrap" | "curvilinear":
            value, half_width = limits()
            known = d.curvilinear_trapezoid(half_width, take("d"), take("dof", needed=False))
        case "triangular" | "triangle":
            mode = take("mode", needed=False)
            value, half_width = limits()
            degrees = take("dof", needed=False)
            if math.isnan(mode) or mode == value:
                known = d.triangular(half_width, degrees_of_freedom=degrees)
            else:
                low, high = value - half_width, value + half_width
                known = d.triangular(low=low, mode=mode, high=high, degrees_of_freedom=degrees)
                value = (low + mode + high) / 3
        case "lognormal" | "log-normal" | "log_normal":
            if "mean" in left and "sigma" not in left:  # mean beside sigma would leave open which of the two is meant
                value = take("mean")
                relative = take("rel", needed=False)
                deviation = take("std") if math.isnan(relative) else relative * value
            else:
                mu, sigma = take("log_mean"), take("log_std")
                value = math.exp(mu + sigma**2 / 2)
                deviation = value * math.sqrt(math.expm1(sigma**2))
            known = d.lognormal(value, deviation, take("dof", needed=False))
        case "constant" | "fixed" | "exact" | "const":
            value, known = take("mean"), None
        case _:
            raise NotCoveredError(f"input {name}: distribution {kind!r}")
    if left:
        raise NotCoveredError(f"input {name}: {sorted(left)}")
    return quantity(value, "1", name=name, uncertainty=known)


def read_correlations(given: Any) -> Iterator[tuple[str, str, float]]:
    """Pairs as written: [a, b, r], {a, b, r}, {"a,b": r}, {"a": {"b": r}}, "r(a, b) = 0.9", a matrix."""
    if isinstance(given, str):
        pattern = r"\W*(?:r\s*\()?\s*([A-Za-z]\w*)\W+([A-Za-z]\w*)[\s)\]]*[=:,]\s*([-+]?[\d.]+(?:[eE][-+]?\d+)?)\s*"
        parts = [re.fullmatch(pattern, part) for part in given.split(";")]
        if not all(parts):
            raise NotCoveredError(f"correlation {given!r}")
        yield from ((part[1], part[2], float(part[3])) for part in parts if part)
    elif isinstance(given, dict) and "matrix" in given:
        names = next((value for key, value in given.items() if key != "matrix" and isinstance(value, list)), None)
        if names is None:
            raise NotCoveredError("a correlation matrix without names")
        for i, row in enumerate(given["matrix"]):
            yield from ((names[i], names[j], float(row[j])) for j in range(i) if row[j] != 0)
    elif isinstance(given, dict):
        texts = [v for v in given.values() if isinstance(v, str)]
        pairs = [v for v in given.values() if isinstance(v, list) and len(v) == 2]
        numbers = [v for v in given.values() if isinstance(v, (int, float, Decimal))]
        if len(numbers) == 1 and (len(texts) == 2 or pairs) and not any("cov" in key for key in given):
            first, second = pairs[0] if pairs else texts
            yield first, second, float(numbers[0])
            return
        for key, value in given.items():
            if isinstance(value, dict):
                yield from ((key, other, float(r)) for other, r in value.items())
            elif isinstance(value, (int, float, Decimal)) and len(names := re.findall(r"[A-Za-z]\w*", key)) == 2:
                yield names[0], names[1], float(value)
            else:
                raise NotCoveredError(f"correlation {given!r}")
    elif isinstance(given, list) and [isinstance(item, str) for item in given] == [True, True, False]:
        yield given[0], given[1], float(given[2])
    elif isinstance(given, list):
        for item in given:
            yield from read_correlations(item)
    else:
        raise NotCoveredError(f"correlation {given!r}")


def read_observations(
    data: dict[str, Any],
) -> tuple[dict[str, Quantity], list[tuple[Quantity, Quantity, float]]]:
    """Means of simultaneous readings, with the correlation of the readings (JCGM 100 H.2)."""
    columns = {name: np.array(values, dtype=float) for name, values in data.items() if isinstance(values, list)}
    if len({len(column) for column in columns.values()}) != 1:
        raise NotCoveredError("data columns of different length")
    leaves = {}
    for name, column in columns.items():
        n = len(column)
        known = d.normal(float(column.std(ddof=1)) / math.sqrt(n), n - 1)
        leaves[name] = quantity(float(column.mean()), "1", name=name, uncertainty=known)
    names, matrix = list(leaves), np.corrcoef(list(columns.values()))
    pairs = [(i, j) for i in range(len(names)) for j in range(i)]
    return leaves, [(leaves[names[i]], leaves[names[j]], float(matrix[i, j])) for i, j in pairs]


def read_regression(
    case: dict[str, Any],
) -> tuple[dict[str, Quantity], list[tuple[Quantity, Quantity, float]], dict[str, float]]:
    """A straight line by least squares, read off at one point: intercept and slope are correlated leaves."""
    law = re.search(r"(\w+)\((\w+)\)\s*=\s*(\w+)\s*\+\s*(\w+)\s*\*\s*\(\2\s*-\s*([\d.]+)\)", case["model"])
    point = re.search(r"predict at ([\d.]+)", case["model"])
    if not law or not point or law[1] not in case.get("data", {}) or law[2] not in case["data"]:
        raise NotCoveredError(f"regression {case['model']!r}")
    y, x = (np.array(case["data"][name], dtype=float) for name in (law[1], law[2]))
    design = np.column_stack([np.ones_like(x), x - float(law[5])])
    q, r = np.linalg.qr(design)
    coefficients = np.linalg.solve(r, q.T @ y)
    degrees = len(y) - 2
    s = math.sqrt(float(np.sum((y - design @ coefficients) ** 2)) / degrees)
    inverse = np.linalg.inv(r)
    covariance = s**2 * inverse @ inverse.T
    u = np.sqrt(np.diag(covariance))
    names = (law[3], law[4])
    intercept, slope = (
        quantity(float(coefficients[i]), "1", name=names[i], uncertainty=d.normal(float(u[i]), degrees)) for i in (0, 1)
    )
    correlation = float(covariance[0, 1] / (u[0] * u[1]))
    output = intercept + slope * (float(point[1]) - float(law[5]))
    name = f"{law[1]}{point[1]}"
    further = {"s": s, "r": correlation, names[0]: intercept.value, names[1]: slope.value}
    further |= {f"u_{name}": float(value) for name, value in zip(names, u, strict=True)}
    return {name: output}, [(intercept, slope, correlation)], further
