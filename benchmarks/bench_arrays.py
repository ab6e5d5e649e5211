"""A traced formula on arrays against the bare NumPy expression; building the trace apart."""

from __future__ import annotations

import numpy as np

from benchmarks.timing import Figure, median_seconds
from energycalc.quantity import Quantity, cite, formula, quantity
from energycalc.quantity.aliases import Fraction, Hour, Kilowatt, KilowattHour
from energycalc.quantity.trace import compile_trace


@formula(
    symbol="E", source=cite("energy-balance", "power × load ÷ efficiency × time"), limits={"load_factor": (0, 1.25)}
)
def input_energy(rating: Kilowatt, load_factor: Fraction, efficiency: Fraction, hours: Hour) -> KilowattHour:
    """Energy of a motor; the expression of the comparison."""
    return rating * load_factor / efficiency * hours


def figures() -> list[Figure]:
    """One call on arrays of 10,000 and 1,000,000 elements: the compiled trace, and the call that also builds the trace."""
    found = []
    for size in (10_000, 1_000_000):
        rng = np.random.default_rng(1)
        values = [rng.uniform(low, high, size) for low, high in ((10, 90), (0.3, 1.2), (0.85, 0.96), (1000, 8000))]
        inputs: list[Quantity] = [
            quantity(v, u, name=n)
            for v, u, n in zip(values, ("kW", "1", "1", "h"), ("rating", "load", "efficiency", "hours"), strict=True)
        ]
        p, load, efficiency, hours = values
        compiled = compile_trace([input_energy(*inputs)], inputs)
        loops = 200 if size < 100_000 else 5

        def bare(p=p, load=load, efficiency=efficiency, hours=hours, loops=loops) -> None:  # type: ignore[no-untyped-def]
            for _ in range(loops):
                p * load / efficiency * hours

        def traced(compiled=compiled, values=values, loops=loops) -> None:  # type: ignore[no-untyped-def]
            for _ in range(loops):
                compiled(values)

        def call(inputs=inputs, loops=loops) -> None:  # type: ignore[no-untyped-def]
            for _ in range(loops):
                input_energy(*inputs)

        base, evaluated, called = (median_seconds(f, runs=9) / loops for f in (bare, traced, call))
        found += [
            Figure(f"evaluating the trace on {size:,} elements, ratio to NumPy", evaluated / base, "×", 2,
                   f"NumPy {1e6 * base:.0f} µs"),
            Figure(f"calling the formula on {size:,} elements, ratio to NumPy", called / base, "×", 2 if size > 100_000 else None,
                   "limits checked and trace built"),
        ]  # fmt: skip
    scalar = [
        quantity(v, u, name=n)
        for v, u, n in ((75, "kW", "rating"), (0.8, "1", "load"), (0.92, "1", "efficiency"), (6000, "h", "hours"))
    ]
    found.append(
        Figure(
            "building the trace of one call",
            1e6 * median_seconds(lambda: [input_energy(*scalar) for _ in range(1000)]) / 1000,
            "µs",
            None,
        )
    )
    return found


if __name__ == "__main__":
    for figure in figures():
        print(figure.line())
