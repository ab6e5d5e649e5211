"""What the terminal shows of the emission factors."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from energycalc.errors import FactorError
from energycalc.factors import Factor, published_factors
from energycalc.reports.figure_text import columns, wrapped
from energycalc.reports.words import words

HOME = "TW"


def subjects() -> list[str]:
    """What there are factors of, in alphabetical order."""
    return sorted({f.subject for f in published_factors().factors})


def require_known(column: str, value: str | None) -> None:
    """Refuse a filter that no factor can pass.

    Args:
        column: subject, region or series.
        value: what was asked for; ``None`` is no filter.

    Raises:
        FactorError: no factor has it; near ones and all there are are named.
    """
    known = sorted({str(getattr(f, column)) for f in published_factors().factors})
    if value is None or value in known:
        return
    holding = [k for k in known if value.lower() in k.lower()]
    holding.sort(key=lambda k: (not k.lower().startswith(value.lower()), len(k)))
    near = holding or difflib.get_close_matches(value, known, 4, 0.5)
    raise FactorError(
        f"there is no factor of this {column}",
        subject=f"energycalc factors --{column}",
        value=repr(value),
        limit=", ".join(known),
        next_step=f"Near ones: {', '.join(near)}" if near else "Take one of the list",
    )


def show_factors(rows: Sequence[Factor], language: str) -> None:
    """Print a list of factors, Taiwan first: the id on a line of its own, so that it can be copied whole."""
    console, text = Console(), words("terminal", language)
    zh = language == "zh-TW"
    for f in sorted(rows, key=lambda f: (f.region != HOME, f.region == "world")):
        years = f.valid_from if f.valid_from == f.valid_to else f"{f.valid_from}–{f.valid_to}"
        line = f"  {f'{f.value} {f.unit}':32} {years:12} {f.status:10}"
        name = f.name_zh if zh else f.name_en
        beside = columns(f"{line} {name}") <= console.width
        console.print(f"[bold]{escape(f.id)}[/bold]", highlight=False, soft_wrap=True)
        console.print(escape(f"{line} {name}" if beside else line.rstrip()), highlight=False, soft_wrap=True)
        for part in [] if beside else wrapped(name, console.width - 4):
            console.print(f"    {escape(part)}", highlight=False, soft_wrap=True)
    if not rows:
        console.print(text["factors_none"])
    console.print(f"\n{text['factors_count'].format(count=len(rows))}", highlight=False)


def show_factor(fields: Mapping[str, str]) -> None:
    """Print one factor with everything that is known about it."""
    console = Console()
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for key, value in fields.items():
        table.add_row(key, escape(value))
    console.print(table)
