"""Walk a trace: its leaves, its named steps, its evaluation on arrays, its derivatives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from energycalc.errors import InputError
from energycalc.quantity.compiled import compile_trace as compile_trace
from energycalc.quantity.operations import OPERATIONS, where_value
from energycalc.quantity.quantity import Quantity


def walk(outputs: Quantity | Iterable[Quantity]) -> list[Quantity]:
    """All quantities the outputs rest on, outputs included, each once, parents before children."""
    roots = [outputs] if isinstance(outputs, Quantity) else list(outputs)
    done: set[int] = set()
    order: list[Quantity] = []
    stack: list[tuple[Quantity, bool]] = [(q, False) for q in reversed(roots)]
    while stack:
        q, expanded = stack.pop()
        if id(q) in done:
            continue
        if expanded or not q.parents:
            done.add(id(q))
            order.append(q)
        else:
            stack.append((q, True))
            stack.extend((p, False) for p in reversed(q.parents) if id(p) not in done)
    return order


def leaves(outputs: Quantity | Iterable[Quantity]) -> list[Quantity]:
    """The inputs the outputs rest on, each once (identity, not equality), in order of first use."""
    return [q for q in walk(outputs) if q.operation is None]


def steps(outputs: Quantity | Iterable[Quantity]) -> list[Quantity]:
    """The named results on the way, parents before children: the rows of a worksheet."""
    roots = {id(outputs)} if isinstance(outputs, Quantity) else {id(q) for q in outputs}
    return [q for q in walk(outputs) if q.operation not in (None, "number") and (q.name or id(q) in roots)]


def depends_on(output: Quantity, leaf: Quantity) -> bool:
    """True when the leaf is among the inputs of the output."""
    return any(q is leaf for q in leaves(output))


def evaluate(outputs: Sequence[Quantity], replacements: Mapping[Quantity, Any]) -> list[Any]:
    """Recompute outputs with other numbers for some inputs (floats or arrays, in the inputs' own units).

    Raises:
        InputError: a replaced quantity is not part of the trace of any output.
    """
    known = {id(q) for q in walk(outputs)}
    for q in replacements:
        if id(q) not in known:
            raise InputError("is not an input of these results", subject=q.describe())
    return compile_trace(outputs, list(replacements))(list(replacements.values()))


def gradient(output: Quantity) -> dict[Quantity, float]:
    """Partial derivative of one output by each of its leaves, exact (reverse accumulation through the trace).

    Returns:
        ``{leaf: d output / d leaf}`` in output unit per leaf unit.
    """
    order = walk(output)
    slope: dict[int, float] = {id(output): 1.0}
    result: dict[Quantity, float] = {}
    for q in reversed(order):
        s = slope.get(id(q))
        if s is None:
            s = 0.0
        if q.operation is None:
            result[q] = s
        if s == 0.0 or not q.parents:
            continue
        for p, d in zip(q.parents, _derivatives(q), strict=True):
            if d != 0.0:  # nothing moves, even where the slope beyond has no end
                slope[id(p)] = slope.get(id(p), 0.0) + s * d
    return dict(reversed(result.items()))


def jacobian(outputs: Sequence[Quantity], inputs: Sequence[Quantity]) -> list[dict[Quantity, float]]:
    """Partial derivatives of many outputs by the given inputs, in one pass through their common trace.

    Each step carries the slopes of only those inputs it depends on, so that a plant of a thousand measures costs a
    thousand times one measure.

    Returns:
        For each output ``{input: d output / d input}``, inputs it does not depend on left out.
    """
    known: dict[int, dict[Quantity, float]] = {id(q): {q: 1.0} for q in inputs}
    nothing: dict[Quantity, float] = {}
    for q in walk(outputs):
        if id(q) in known:
            continue
        moving = [(known[id(p)], i) for i, p in enumerate(q.parents) if known[id(p)]]
        if not moving:
            known[id(q)] = nothing
            continue
        slopes = _derivatives(q)
        if len(moving) == 1 and slopes[moving[0][1]] == 1.0:
            known[id(q)] = moving[0][0]
            continue
        made: dict[Quantity, float] = {}
        for of_parent, i in moving:
            d = slopes[i]
            for leaf, slope in of_parent.items():
                made[leaf] = made.get(leaf, 0.0) + (d * slope if d != 0.0 and slope != 0.0 else 0.0)
        known[id(q)] = made
    return [known[id(q)] for q in outputs]


def _derivatives(q: Quantity) -> Sequence[float]:
    if q.operation == "convert" or q.operation == "declare":
        return (q.parameters[0],)
    if q.operation == "same":
        return (1.0,)
    if q.operation == "sum":
        return (1.0,) * len(q.parents)
    values = [p.value for p in q.parents]
    if q.operation == "where":
        holds = where_value(q.parameters[0], values[0], values[1], True, False)
        return (0.0, 0.0, 1.0, 0.0) if holds else (0.0, 0.0, 0.0, 1.0)
    if q.operation == "interpolate":
        return _interpolate_derivatives(q.parameters[0], values)
    if q.operation == "opaque":
        return [_central_difference(q.parameters[0], values, i) for i in range(len(values))]
    return OPERATIONS[str(q.operation)].derivative(*values, q.value)


def _interpolate_derivatives(n: int, values: list[float]) -> list[float]:
    x, xs, ys = values[0], values[1 : n + 1], values[n + 1 :]
    i = max(k for k in range(n - 1) if k == 0 or x > xs[k])
    width, rise = xs[i + 1] - xs[i], ys[i + 1] - ys[i]
    share = (x - xs[i]) / width
    result = [0.0] * len(values)
    result[0] = rise / width
    result[1 + i], result[2 + i] = -rise / width * (1 - share), -rise / width * share
    result[1 + n + i], result[2 + n + i] = 1 - share, share
    return result


def _central_difference(function: Callable[..., Any], values: list[float], i: int) -> float:
    step = abs(values[i]) * 1e-6 or 1e-6
    up, down = list(values), list(values)
    up[i], down[i] = values[i] + step, values[i] - step
    return float((function(*up) - function(*down)) / (2 * step))
