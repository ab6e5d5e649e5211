"""What the terminal shows of the review of a claim: verdict, figures, findings, what holds, what to ask for."""

from __future__ import annotations

from collections.abc import Mapping

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from energycalc.checks.claims.review import ClaimReview
from energycalc.reports.review.summary import Group, Row, Summary, summary
from energycalc.reports.words import words

STYLE = {"pass": "green", "warn": "yellow", "fail": "red", "incomplete": "cyan"}
STATE = {"agrees": "green", "differs": "bold red", "inferred": "dim", "as_printed": "dim", "not_judged": "dim"}
SEVERITY = {"error": "red", "warning": "yellow", "note": ""}
Words = Mapping[str, str]


def show_claim_review(review: ClaimReview, language: str, console: Console | None = None) -> None:
    """Print a review.

    Args:
        review: of a claim.
        language: ``zh-TW`` or ``en``.
        console: where to print; the terminal when left out. 80 columns are enough.
    """
    console = console or Console()
    text, found = words("review", language), summary(review, language)
    mark = f"  [yellow]{text['constructed']}[/yellow]" if found.constructed else ""
    console.print(f"\n[bold]{escape(found.title)}[/bold]{mark}", highlight=False)
    console.print(f"[dim]{escape(found.about)}[/dim]", highlight=False)
    word = f"{text[f'mark_{found.verdict}']} {text[f'verdict_{found.verdict}']} ({found.verdict})"
    console.print(f"[bold {STYLE[found.verdict]}]{text['verdict']}{text['colon']}{word}[/]", highlight=False)
    console.print(f"  {text[f'verdict_{found.verdict}_line']}", highlight=False)
    counts = text["counts"].format(**found.counts, held=len(found.held), missing=len(found.missing))
    console.print(f"  {counts}", highlight=False)
    if found.rows:
        console.print(_figures(found.rows, text))
    else:
        console.print(f"  {text['no_figures']}")
    _bullets(text["parts"], list(found.parts), console)
    _findings(found, text, console)
    _bullets(text["missing"], [f"□ {id}  {said}" for id, said in found.missing], console)
    _bullets(text["held"], [f"✓ {id}  {said}" for id, said in found.held], console)
    inferred = [f"{name} {value}  ({how})" for name, value, how in found.inferred]
    _bullets(text["inferred"], inferred, console)
    console.print(f"[dim]{text['not_a_decision']}[/dim]", highlight=False)


def _figures(rows: tuple[Row, ...], text: Words) -> Table:
    table = Table(title=text["figures"], title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for key in ("name", "printed", "recomputed", "apart", "state"):
        table.add_column(text[f"column_{key}"], justify="left" if key in ("name", "state") else "right")
    for row in rows:
        state = " ".join((text[f"state_{row.state}"], *row.see))
        cells = (row.name, row.printed or "–", row.recomputed or "–", row.apart, state)
        style = "red" if row.state == "differs" else ""
        shown = [Text(cell, style=style) for cell in cells[:-1]]
        table.add_row(*shown, Text(cells[-1], style=STATE[row.state]))
    return table


def _findings(found: Summary, text: Words, console: Console) -> None:
    console.print(f"[bold]{text['findings']}[/bold]" + ("" if found.groups else f"  {text['no_findings']}"))
    for group in found.groups:
        _group(group, text, console)


def _group(group: Group, text: Words, console: Console) -> None:
    for point in group.points:
        line = Text(
            f"{group.id} {text[f'severity_{group.severity}']}  {point.sentence}", style=SEVERITY[group.severity]
        )
        console.print(Padding(line, (0, 0, 0, 2)))
        if point.numbers:
            numbers = text["dot"].join(f"{name} {value}" for name, value in point.numbers)
            console.print(Padding(Text(numbers, style="dim"), (0, 0, 0, 7)))
    if group.severity != "note":
        console.print(Padding(Text(f"{text['advice']}{text['colon']}{group.advice}"), (0, 0, 0, 7)))


def _bullets(title: str, lines: list[str], console: Console) -> None:
    if lines:
        console.print(f"[bold]{title}[/bold]")
    for line in lines:
        console.print(Padding(Text(line), (0, 0, 0, 2)))
