"""How long the Monte Carlo of a plant total takes, and how much memory: ``python benchmarks/bench_montecarlo.py``.

Each measure is a motor saving of eight uncertain inputs of its own (five kinds of distribution); all share one grid
factor. Plants of 10, 100 and 1000 measures run in a process of their own, so that the peak memory is theirs alone.
Target: 100 measures with 100,000 draws in 2 s and 1 GB.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

REPEATS = 5
DRAWS = 100_000


def median_seconds(action: Callable[[], object], repeats: int = REPEATS) -> float:
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def peak_megabytes() -> float:
    """Largest resident memory of this process so far; NaN on Windows, which has no such counter in the library."""
    try:
        import resource
    except ImportError:
        return float("nan")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10


def measure_one_plant(measures: int) -> None:
    from energycalc.quantity import quantity, total
    from energycalc.quantity.distributions import arcsine, normal, rectangular, student, triangular
    from energycalc.quantity.quantity import Quantity
    from energycalc.quantity.trace import compile_trace, gradient, leaves
    from energycalc.quantity.uncertainty import propagate

    factor = quantity(0.5, "kgCO2e/kWh", uncertainty=normal(0.01))

    def saving() -> Quantity:
        power_before = quantity(55.0, "kW", uncertainty=normal(0.5))
        power_after = quantity(38.0, "kW", uncertainty=student(0.4, 9))
        load_before = quantity(0.8, "1", uncertainty=rectangular(0.05))
        load_after = quantity(0.8, "1", uncertainty=rectangular(0.05))
        efficiency_before = quantity(0.91, "1", uncertainty=triangular(0.01))
        efficiency_after = quantity(0.95, "1", uncertainty=triangular(0.01))
        hours = quantity(6000.0, "h", uncertainty=rectangular(300.0))
        meter = quantity(1.0, "1", uncertainty=arcsine(0.005))
        before = power_before * load_before / efficiency_before
        return (before - power_after * load_after / efficiency_after) * hours * meter

    def plant() -> Quantity:
        return total([saving().to("kWh") for _ in range(measures)]) * factor

    output = plant()
    inputs = leaves(output)
    line = [
        f"{measures:>8,}",
        f"{len(inputs):>7,}",
        f"{median_seconds(plant) * 1e3:>9,.1f}",
        f"{median_seconds(lambda: compile_trace([output], inputs)) * 1e3:>11,.1f}",
        f"{median_seconds(lambda: gradient(output)) * 1e3:>12,.1f}",
    ]
    repeats = REPEATS if measures < 1000 else 3
    single = median_seconds(lambda: propagate(output, draws=DRAWS, threads=1), repeats)
    several = median_seconds(lambda: propagate(output, draws=DRAWS), repeats)
    print(*line, f"{single:>12,.2f}", f"{several:>13,.2f}", f"{peak_megabytes():>8,.0f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--measures", type=int, help="one plant of this size, in this process")
    asked = parser.parse_args().measures
    if asked:
        measure_one_plant(asked)
        return
    print(f"{DRAWS:,} draws, medians of {REPEATS} (1000 measures: 3), {os.cpu_count()} processors")
    print("measures  inputs  trace ms  compile ms  gradient ms  1 thread, s  all threads, s  peak MB")
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}
    for measures in (10, 100, 1000):
        subprocess.run([sys.executable, __file__, "--measures", str(measures)], check=True, env=environment)


if __name__ == "__main__":
    main()
