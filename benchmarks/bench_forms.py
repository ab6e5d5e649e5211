"""From a moved slider or a typed text to what is redrawn: ``python -m benchmarks.bench_forms``.

The form of the example plant with all its widgets, in this process: from the widget's event to the moment the widget
that shows the result gets its new content (what the browser adds is not measured). Several inputs in turn, at places
not visited before, so that nothing is answered from memory; the first move of a slider compiles its part of the trace
and is printed apart. Targets: number 100 ms, figure 300 ms.
"""

import statistics
import time
from collections.abc import Callable
from typing import Any

from benchmarks.timing import Figure
from energycalc.apps.forms.inputs import rewritten
from energycalc.apps.forms.views import ProposalForm

MOVES = 12
PATHS = (
    "measures[0].common.operating_hours.value",
    "measures[2].common.demand[1].flow_fraction.value",
    "measures[4].before.flue_gas_oxygen_dry.value",
    "bills[0].heat_value.value",
)


def milliseconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


def until_redrawn(shows: Any, action: Callable[[], object]) -> float:
    """Milliseconds until the widget that shows the result has changed."""
    shows.value = type(shows).value.default_value  # so that even the same content counts as new
    moments: list[float] = []
    look = lambda _: moments.append(time.perf_counter())  # noqa: E731
    shows.observe(look, "value")
    start = time.perf_counter()
    action()
    shows.unobserve(look, "value")
    assert moments, "nothing was redrawn"
    return (moments[0] - start) * 1000


def median_and_worst(times: list[float]) -> str:
    return f"median {statistics.median(times):4.0f} ms, worst {max(times):4.0f} ms of {len(times)}"


def sliders(form: ProposalForm, shows: Any) -> tuple[list[float], list[float]]:
    """First moves of each slider, and all further ones."""
    first, later = [], []
    for path in PATHS:
        form.state.settle()
        entry = next(e for e in form.state.inputs() if e.path == path)
        assert entry.slider is not None
        for n in range(1, MOVES + 1):
            steps = n if entry.slider.value + MOVES * entry.slider.step < entry.slider.high else -n
            place = entry.slider.value + steps * entry.slider.step
            took = until_redrawn(shows, lambda path=path, place=place: form._slid(path, place))
            (first if n == 1 else later).append(took)
    return first, later


def texts(form: ProposalForm, shows: Any) -> list[float]:
    times = []
    for path in PATHS:
        entry = next(e for e in form.state.inputs() if e.path == path)
        assert entry.slider is not None
        for n in range(1, MOVES + 1):
            new = rewritten(entry.text, entry.slider.value - n * entry.slider.step / 3)
            times.append(until_redrawn(shows, lambda path=path, new=new: form._changed(path, new)))
    return times


def figures() -> list[Figure]:
    """A moved slider to the redrawn number and figure, for ``python -m benchmarks``."""
    ProposalForm()  # imports, fonts
    form = ProposalForm()
    form._settle_later = lambda: None  # type: ignore[method-assign]
    for place in range(len(form.inputs.accordion.children)):
        form.inputs.accordion.selected_index = place
    found = []
    for what, tab, widget, bar in (
        ("number", 0, form.results.headline, 100.0),
        ("table", 0, form.results.table, None),
        ("figure", 1, form.results.figure, 300.0),
        ("formula", 2, form.results.formula, None),
        ("tornado", 3, form.results.tornado, None),
    ):
        form.results.tabs.selected_index = tab
        _, later = sliders(form, widget)
        found.append(
            Figure(
                f"widget change to redrawn {what}", statistics.median(later), "ms", bar, f"worst {max(later):.0f} ms"
            )
        )
    return found


def main() -> None:
    ProposalForm()  # imports, fonts
    print(f"form opened, full assessment included: {milliseconds(ProposalForm):.0f} ms")
    form = ProposalForm()
    form._settle_later = lambda: None  # type: ignore[method-assign]  # the full assessment is measured apart
    for place in range(len(form.inputs.accordion.children)):
        form.inputs.accordion.selected_index = place
    results = form.results
    shown = {"number": (0, results.headline), "table": (0, results.table), "figure": (1, results.figure)}
    shown |= {"formula": (2, results.formula), "tornado": (3, results.tornado)}
    targets = {"number": "target 100", "figure": "target 300"}
    for what, (tab, widget) in shown.items():
        results.tabs.selected_index = tab
        first, later = sliders(form, widget)
        target = f" ({targets[what]} ms)" if what in targets else ""
        print(f"slider moved to {what:8}: {median_and_worst(later)}{target}; first {statistics.median(first):.0f} ms")
    results.tabs.selected_index = 0
    print(f"text typed to number    : {median_and_worst(texts(form, results.headline))} (target 100 ms)")
    settled = []
    for n in range(5):
        form.state.change(PATHS[0], f"{3100 + n} h")
        settled.append(milliseconds(form.state.settle))
    draws = form.state.case.sampling.draws
    print(f"full assessment after a pause, {draws:,} draws: {median_and_worst(settled)}")


if __name__ == "__main__":
    main()
