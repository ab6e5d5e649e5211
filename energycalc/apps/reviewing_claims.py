"""``energycalc review CLAIM``: one claim on a page, several or a spreadsheet of them as a list with a progress bar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from energycalc.checks.claims.claim import Claim
from energycalc.checks.claims.reading import read_claims
from energycalc.checks.claims.review import ClaimReview, Verdict, review_claim
from energycalc.errors import InputError
from energycalc.reports.words import words

TABLES = (".xlsx", ".csv")
MOST_LINES = 50
RANK: dict[Verdict, int] = {"fail": 0, "incomplete": 1, "warn": 2, "pass": 3}
STYLES: dict[Verdict, str] = {"pass": "green", "warn": "yellow", "fail": "red", "incomplete": "cyan"}


def review_claims_of(path: Path, out: Path | None, language: str, as_json: bool) -> list[ClaimReview]:
    """Review the claims of a file, show them, and write what was asked for.

    Args:
        path: YAML or JSON with one claim or several, or a spreadsheet with a claim a row.
        out: one claim: page to write (.html, .md, .xlsx); several: table to write (.xlsx, .csv).
        language: ``zh-TW`` or ``en``.
        as_json: print for machines.

    Returns:
        The reviews.

    Raises:
        EnergycalcError: the file cannot be read at all.
    """
    of_table = path.suffix.lower() in TABLES
    with Console(stderr=True).status(words("review", language)["reading"]):
        claims = _of_table(path, language) if of_table else read_claims(path)
    if not claims:
        raise InputError("holds no claim", subject=path.name, next_step="Write one claim a row under the headings")
    reviews = list(_with_progress(claims, language))
    one = reviews[0] if len(reviews) == 1 and not of_table else None
    if as_json:
        from energycalc.reports.review.results_json import review_json

        typer.echo(review_json(*reviews))
    elif one is not None:
        from energycalc.apps.review_terminal import show_claim_review

        show_claim_review(one, language)
    else:
        _show(reviews, language)
    if out is not None:
        _write(out, reviews, one, language, quiet=as_json)
    return reviews


def _of_table(path: Path, language: str) -> list[Claim]:
    """The claims of a spreadsheet; what was understood about it goes to the error stream."""
    from energycalc.checks.claims.spreadsheet import open_claim_table

    table = open_claim_table(path)
    for notice in table.notices:
        typer.echo(f"{path.name}: {notice.sentence_zh if language == 'zh-TW' else notice.sentence}", err=True)
    return list(table.claims)


def _with_progress(claims: Sequence[Claim], language: str) -> Iterator[ClaimReview]:
    """Reviews one by one; the bar goes to the terminal's error stream, and away when all is done."""
    label = words("review", language)["reviewing"]
    with Progress(
        TextColumn("{task.description}"), BarColumn(bar_width=24), MofNCompleteColumn(), TimeElapsedColumn(),
        console=Console(stderr=True), transient=True, disable=len(claims) < 20,
    ) as bar:  # fmt: skip
        for claim in bar.track(claims, description=label):
            yield review_claim(claim)


def _show(reviews: Sequence[ClaimReview], language: str) -> None:
    """A line for each claim, at most :data:`MOST_LINES` (those with objections first), and how many of each verdict."""
    text, console = words("review", language), Console()
    listed = sorted(reviews, key=lambda r: RANK[r.verdict])[:MOST_LINES] if len(reviews) > MOST_LINES else reviews
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("id", "title", "verdict", "first_finding"):
        table.add_column(text[f"list_{column}"], overflow="fold", ratio=3 if column == "first_finding" else None)
    for review in listed:
        first = next((f for f in review.findings if f.severity != "note"), None)
        sentence = "" if first is None else f"{first.id} {first.sentence_zh if language == 'zh-TW' else first.sentence}"
        word = f"[{STYLES[review.verdict]}]{text[f'verdict_{review.verdict}']}[/]"
        table.add_row(escape(review.claim.id), escape(review.claim.text("title") or ""), word, escape(sentence))
    console.print(table, highlight=False)
    if len(listed) < len(reviews):
        console.print(text["list_cut"].format(shown=len(listed), all=len(reviews)), highlight=False)
    counts = Counter(review.verdict for review in reviews)
    console.print(
        "  ".join(f"{text[f'verdict_{word}']} {counts[word]}" for word in STYLES if counts[word]), highlight=False
    )


def _write(out: Path, reviews: Sequence[ClaimReview], one: ClaimReview | None, language: str, *, quiet: bool) -> None:
    if one is not None:
        from energycalc.reports.review.page import write_review

        written = write_review(out, one, language)
    else:
        from energycalc.checks.claims.spreadsheet import write_review_table

        written = write_review_table(reviews, out)
    if not quiet:
        typer.echo(str(written))


def is_case(path: Path) -> bool:
    """Whether a file is a whole case, to be reviewed with its measures, and not a claim on paper.

    Args:
        path: file or folder.
    """
    if path.is_dir():
        return True
    if path.suffix.lower() not in (".yaml", ".yml"):
        return False
    keys = {line.split(":")[0] for line in path.read_text(encoding="utf-8-sig").splitlines() if line[:1].isalpha()}
    return {"energycalc", "plant", "measures"} <= keys
