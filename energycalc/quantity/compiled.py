"""A trace as one plain function on floats or arrays."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from energycalc.quantity.operations import OPERATIONS, interpolate_value, where_value
from energycalc.quantity.quantity import Quantity

_NESTING = 12  # operations written into one expression; NumPy then reuses its buffers, and Python's parser is content


def compile_trace(outputs: Sequence[Quantity], inputs: Sequence[Quantity]) -> Callable[[Sequence[Any]], list[Any]]:
    """Turn a trace into one plain function on floats or arrays; units are already resolved.

    Args:
        outputs: quantities wanted.
        inputs: quantities to be replaced by given numbers, in their own units; may be leaves or results. Everything
            else that has no parents keeps its value.

    Returns:
        ``f([number for each input]) -> [number for each output]``. Temporaries are dropped after their last use, so
        memory stays at the width of the formula, not its length.
    """
    given = {id(q): i for i, q in enumerate(inputs)}
    order = _needed(outputs, given)
    stands_for = _relabelled(order, given)
    nested = _nested(order, outputs, given, stands_for)
    written = _written(order, given, stands_for, nested)
    last_use: dict[int, int] = {}
    for q in order:
        if stands_for[id(q)] is q and id(q) not in given:
            for p in q.parents:
                root = id(stands_for[id(p)])
                last_use[root] = max(last_use.get(root, 0), written[id(q)])
    keep = {id(stands_for[id(q)]) for q in outputs}
    context: dict[str, Any] = {"np": np, "where_value": where_value, "interpolate_value": interpolate_value}
    names: dict[int, str] = {}
    ending: dict[int, list[str]] = {}  # temporaries by the line that uses them last
    free: list[str] = []
    lines: list[str] = []
    for position, q in enumerate(order):
        key = id(q)
        if key in given:
            names[key] = f"x[{given[key]}]"
        elif stands_for[key] is not q:
            names[key] = names[id(stands_for[key])]
        elif q.operation in (None, "number"):
            context[f"c{position}"] = q.value
            names[key] = f"({q.value!r})" if isinstance(q.value, float) else f"c{position}"
        elif key in nested:
            names[key] = _code(q, [names[id(p)] for p in q.parents], context, position)
        else:
            expression = _code(q, [names[id(p)] for p in q.parents], context, position)
            free += ending.pop(position, [])
            names[key] = free.pop() if free else f"t{position}"
            if key not in keep:
                ending.setdefault(last_use[key], []).append(names[key])
            lines.append(f"    {names[key]} = {expression}")
    body = "\n".join(lines) or "    pass"
    source = f"def evaluate(x):\n{body}\n    return [{', '.join(names[id(q)] for q in outputs)}]\n"
    exec(compile(source, "<trace>", "exec"), context)
    return context["evaluate"]


def _relabelled(order: list[Quantity], given: Mapping[int, int]) -> dict[int, Quantity]:
    """A relabelled quantity has no temporary of its own: it lives in that of what it relabels."""
    stands_for: dict[int, Quantity] = {}
    for q in order:
        relabelled = q.operation in ("same", "convert", "declare") and id(q) not in given and _is_relabelling(q)
        stands_for[id(q)] = stands_for[id(q.parents[0])] if relabelled else q
    return stands_for


def _nested(
    order: list[Quantity], outputs: Sequence[Quantity], given: Mapping[int, int], stands_for: Mapping[int, Quantity]
) -> set[int]:
    """Results used exactly once are written into the expression that uses them, up to a depth."""
    uses: dict[int, int] = {id(stands_for[id(q)]): 2 for q in outputs}
    for q in order:
        if stands_for[id(q)] is q and id(q) not in given:
            for p in q.parents:
                root = id(stands_for[id(p)])
                uses[root] = uses.get(root, 0) + 1
    depth: dict[int, int] = {}
    nested: set[int] = set()
    for q in order:
        if stands_for[id(q)] is not q or id(q) in given or q.operation in (None, "number"):
            continue
        roots = [id(stands_for[id(p)]) for p in q.parents]
        depth[id(q)] = 1 + max((depth[r] for r in roots if r in nested), default=0)
        if uses.get(id(q)) == 1 and depth[id(q)] < _NESTING:
            nested.add(id(q))
    return nested


def _written(
    order: list[Quantity], given: Mapping[int, int], stands_for: Mapping[int, Quantity], nested: set[int]
) -> dict[int, int]:
    """Position of the line in which each result is computed: its own, or that of the expression it is nested in."""
    written: dict[int, int] = {id(q): i for i, q in enumerate(order)}
    for q in reversed(order):
        if stands_for[id(q)] is q and id(q) not in given:
            for p in q.parents:
                root = id(stands_for[id(p)])
                if root in nested:
                    written[root] = written[id(q)]
    return written


def _needed(outputs: Sequence[Quantity], given: Mapping[int, int]) -> list[Quantity]:
    done: set[int] = set()
    order: list[Quantity] = []
    stack = [(q, False) for q in reversed(outputs)]
    while stack:
        q, expanded = stack.pop()
        if id(q) in done:
            continue
        if expanded or not q.parents or id(q) in given:
            done.add(id(q))
            order.append(q)
        else:
            stack.append((q, True))
            stack.extend((p, False) for p in reversed(q.parents) if id(p) not in done)
    return order


def _is_relabelling(q: Quantity) -> bool:
    if q.operation == "same":
        return True
    return bool(q.parameters[0] == 1 and (q.operation == "declare" or q.parameters[1] == 0))


def _code(q: Quantity, operands: list[str], context: dict[str, Any], position: int) -> str:
    if q.operation == "convert":
        factor, offset = q.parameters
        scaled = operands[0] if factor == 1 else f"{operands[0]} * {factor!r}"
        return f"({scaled} + {offset!r})" if offset else f"({scaled})"
    if q.operation == "declare":
        return f"({operands[0]} * {q.parameters[0]!r})"
    if q.operation == "where":
        return f"where_value({q.parameters[0]!r}, {', '.join(operands)})"
    if q.operation == "interpolate":
        return f"interpolate_value({', '.join(operands)})"
    if q.operation == "sum":
        return "(" + " + ".join(operands) + ")"
    if q.operation == "opaque":
        context[f"f{position}"] = q.parameters[0]
        return f"f{position}({', '.join(operands)})"
    return OPERATIONS[str(q.operation)].code.format(*operands)
