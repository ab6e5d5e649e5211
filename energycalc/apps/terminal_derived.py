"""What the terminal shows of derived effects, for cases that ask for them."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table as Printed

from energycalc.apps.terminal_numbers import NOTHING, Numbers
from energycalc.assessment import Assessment
from energycalc.quantity import Quantity
from energycalc.quantity.units import unit
from energycalc.reports.derived_tables import derived_tables
from energycalc.reports.words import words

SHOWN = {"kWh": "MWh", "kWh[LHV]": "MWh[LHV]", "tCO2e/t": "kgCO2e/t"}
"""Units that people read more easily than those in which is computed."""


def show_derived(assessment: Assessment, numbers: Numbers, language: str, console: Console) -> None:
    """Print roll-out, years, intensities, shares, oil equivalent, CBAM and carbon fee; nothing without them.

    Args:
        assessment: what to show.
        numbers: writes results with their intervals.
        language: ``zh-TW`` or ``en``.
        console: where to print.
    """
    if assessment.derived is None:
        return
    text = words("derived", language)
    for table in derived_tables(assessment.derived, language):
        if table.rows:
            printed = Printed(title=table.title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD,
                              pad_edge=False)  # fmt: skip
            for column in table.columns:
                printed.add_column(column, overflow="fold")
            for column in table.numbers:
                printed.add_column(column, justify="right", no_wrap=True)
            printed.add_column(text["unit"], overflow="fold")
            for row in table.rows:
                shown = [_stacked(q, numbers) for q in row.numbers]
                cells = [*(escape(w) for w in row.words), *shown, escape(SHOWN.get(row.unit, row.unit))]
                printed.add_row(*cells, style="bold" if row.strong else "")
            console.print(printed)
        else:
            console.print(f"[bold]{escape(table.title)}[/bold]")
        for note in table.notes:
            console.print(f"  {escape(note)}", highlight=False)


def _stacked(q: Quantity | None, numbers: Numbers) -> str:
    if q is None:
        return NOTHING
    return numbers.stacked(q, str(unit(SHOWN.get(str(q.unit), str(q.unit)))))
