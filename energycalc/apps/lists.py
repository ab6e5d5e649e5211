"""What the terminal shows of the factors and of the technologies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from energycalc.equipment import TECHNOLOGIES
from energycalc.errors import InputError
from energycalc.factors import Factor
from energycalc.quantity.glossary import label


def show_factors(rows: Sequence[Factor]) -> None:
    """Print a list of factors."""
    console = Console()
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("id\n名稱 name", no_wrap=True, max_width=44)
    table.add_column("value\nunit", no_wrap=True)
    table.add_column("valid\nstatus")
    for f in rows:
        years = f.valid_from if f.valid_from == f.valid_to else f"{f.valid_from}–{f.valid_to}"
        table.add_row(f"{f.id}\n  {f.name_zh}", f"[bold]{f.value}[/bold]\n" + escape(f.unit), f"{years}\n{f.status}")
    console.print(table)
    console.print(f"{len(rows)} 筆 rows;  energycalc factors ID → 來源 source", highlight=False)


def show_factor(fields: Mapping[str, str]) -> None:
    """Print one factor with everything that is known about it."""
    console = Console()
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    for key, value in fields.items():
        table.add_row(key, escape(value))
    console.print(table)


def show_technologies(language: str) -> None:
    """Print the technologies a measure may name."""
    zh = language == "zh-TW"
    for key, d in TECHNOLOGIES.items():
        print(f"{key:22} {d.label_zh if zh else d.label_en}")


def show_technology(key: str, language: str) -> None:
    """Print the parameters of one technology: where they stand, unit, example, how to measure.

    Raises:
        InputError: there is no such technology.
    """
    if key not in TECHNOLOGIES:
        raise InputError("is not a technology", subject=repr(key), limit=f"one of {', '.join(TECHNOLOGIES)}")
    zh = language == "zh-TW"
    d = TECHNOLOGIES[key]
    console = Console()
    console.print(f"[bold]{d.label_zh if zh else d.label_en}[/bold]  ({d.key}, {d.carrier})", highlight=False)
    console.print(d.limits_zh if zh else d.limits_en, highlight=False)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in ("before/after/common", "範例 example", "如何取得" if zh else "how to measure"):
        table.add_column(heading, overflow="fold")
    for p in d.parameters:
        name = f"{p.name}\n  {label(p.name, language)}"
        example = escape(", ".join(p.choices) or p.example)
        need = "" if not p.optional else ("（可省略）" if zh else " (optional)")
        table.add_row(
            f"{name}\n  {'/'.join(p.places)}{need}", example, p.how_to_measure_zh if zh else p.how_to_measure_en
        )
    console.print(table)
