"""How long a person waits before anything happens: import, ``--help``."""

from __future__ import annotations

from benchmarks.timing import Figure, median_process


def figures() -> list[Figure]:
    """Import of the package and help of the command line, as whole processes."""
    bare, _ = median_process(["-c", "pass"])
    seconds, memory = median_process(["-c", "import energycalc"])
    rooms, rooms_memory = median_process(["-c", "from energycalc import assess, load_case, quantity"])
    help_seconds, _ = median_process(["-m", "energycalc", "--help"])
    return [
        Figure(
            "import energycalc (process, Python's own start included)", seconds, "s", 0.35, f"bare Python {bare:.3f} s"
        ),
        Figure("import energycalc, memory", memory, "MB", 120),
        Figure("from energycalc import assess, load_case, quantity", rooms, "s", None, f"{rooms_memory:.0f} MB"),
        Figure("energycalc --help", help_seconds, "s", 0.5),
    ]


if __name__ == "__main__":
    for figure in figures():
        print(figure.line())
