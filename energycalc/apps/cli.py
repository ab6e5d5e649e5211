"""The command line: ``energycalc run``, ``review``, ``verify`` ... Commands ask, call and show; none computes.

Exit codes: 0 done; 1 done, but a finding says that the results must not be used; 2 refused, nothing was computed.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from energycalc.errors import EnergycalcError

app = typer.Typer(
    help="Energy savings and CO2e of retrofits in metalworking, traceable to every input. 金屬加工設備節能與減碳計算",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help: rich alone takes a quarter of a second to load
)
Language = Annotated[str, typer.Option("--lang", help="zh-TW or en")]
REVIEW_OUT = "file to write; a claim: .html .md .xlsx .json; several claims: table .xlsx .csv; case: .md .txt .json"


@app.command()
def run(
    case: Annotated[Path, typer.Argument(help="case file, or the folder that holds case.yaml")],
    out: Annotated[
        Path | None, typer.Option("--out", help="folder for results.json, workbook.xlsx and the figures")
    ] = None,
    lang: Language = "zh-TW",
) -> None:
    """Compute a case: energy before and after, saving, CO2e, cost, each with its ±."""
    from energycalc.apps.running import run_case
    from energycalc.apps.terminal import has_errors

    if has_errors(run_case(case, out, _language(lang))):
        raise typer.Exit(1)


@app.command()
def verify(
    file: Annotated[Path, typer.Argument(help="verification file, or the folder that holds verification.yaml")],
    out: Annotated[
        Path | None, typer.Option("--out", help="folder for verification.json, verification.xlsx and the figures")
    ] = None,
    lang: Language = "zh-TW",
) -> None:
    """Verify a saving from meter data: baseline model, saving with its ±, doubts, verdict."""
    from energycalc.apps.verifying import verify_file

    if verify_file(file, out, _language(lang)).verdict.word in ("not_attributable", "insufficient"):
        raise typer.Exit(1)


@app.command()
def mv(
    folder: Annotated[Path, typer.Argument(help="folder that holds portfolio.yaml and the meter files, or that file")],
    out: Annotated[Path | None, typer.Option("--out", help="folder for portfolio.csv with all meters")] = None,
    lang: Language = "zh-TW",
) -> None:
    """Savings of many meters at once: one daily baseline for each, with its ±, sorted by saving and by doubt."""
    from energycalc.apps.portfolio import run_portfolio

    if all(row.saving is None for row in run_portfolio(folder, out, _language(lang)).rows):
        raise typer.Exit(1)


@app.command()
def new(
    folder: Annotated[Path, typer.Argument(help="new or empty folder")],
    technology: Annotated[str | None, typer.Option(help="only this one, with its published example")] = None,
    lang: Language = "zh-TW",
) -> None:
    """Write a commented starter case that runs."""
    from energycalc.apps.starter import next_steps, write_starter

    language = _language(lang)
    typer.echo(next_steps(write_starter(folder, technology, language), language))


@app.command()
def factors(
    id: Annotated[str | None, typer.Argument(help="id of one factor, to see it with its source")] = None,
    subject: Annotated[str | None, typer.Option(help="electricity, natural_gas, diesel, R-410A ...")] = None,
    kind: Annotated[
        str | None, typer.Option(help="grid, fuel_per_unit, fuel_per_energy, heat_content, gwp, leakage, process")
    ] = None,
    region: Annotated[str | None, typer.Option(help="TW, KR, CN ...")] = None,
    year: Annotated[int | None, typer.Option(help="year it is valid for")] = None,
    series: Annotated[str | None, typer.Option(help="overall, industrial, AR5 ...")] = None,
    status: Annotated[str | None, typer.Option(help="final, superseded, target, conflict, estimate")] = None,
    text: Annotated[str | None, typer.Option(help="words in any field")] = None,
    lang: Language = "zh-TW",
) -> None:
    """List, filter and show emission factors, heat contents and GWPs with their sources."""
    from energycalc.apps.lists import require_known, show_factor, show_factors, subjects
    from energycalc.factors import list_factors, show

    language = _language(lang)
    if id is not None and id not in subjects():
        show_factor(show(id))
        return
    subject = subject or id  # "energycalc factors diesel" lists the subject
    for column, value in (("subject", subject), ("region", region), ("series", series)):
        require_known(column, value)
    show_factors(
        list_factors(subject=subject, kind=kind, region=region, year=year, series=series, status=status, text=text),
        language,
    )


@app.command()
def technologies(
    key: Annotated[str | None, typer.Argument(help="technology, to see its parameters")] = None,
    pages: Annotated[Path | None, typer.Option(help="folder; write help pages in both languages")] = None,
    lang: Language = "zh-TW",
) -> None:
    """List the technologies, or what one of them must and may be told in a case file."""
    from energycalc.apps.technologies import show_technologies, show_technology
    from energycalc.apps.technology_pages import write_pages

    if pages is not None:
        for page in write_pages(pages):
            typer.echo(str(page))
    elif key is None:
        show_technologies(_language(lang))
    else:
        show_technology(key, _language(lang))


@app.command()
def meter(
    file: Annotated[Path, typer.Argument(help="meter file: csv, txt, xlsx, xls, parquet")],
    map_: Annotated[
        str | None, typer.Option("--map", help="column map: a file, or the name of one that comes with the program")
    ] = None,
    settings: Annotated[
        list[str] | None, typer.Option("--set", help="one key as a case file writes it, e.g. stamp=interval_end")
    ] = None,
    sheet: Annotated[str | None, typer.Option(help="sheet of a workbook")] = None,
    save_map: Annotated[Path | None, typer.Option("--save-map", help="write what is settled as a column map")] = None,
    lang: Language = "zh-TW",
) -> None:
    """Show what a meter file holds, as written and as read, and what must still be declared."""
    from energycalc.apps.meter_preview import preview_meter

    if preview_meter(file, map_, settings or (), sheet, save_map, _language(lang)).refused:
        raise typer.Exit(1)


@app.command()
def programme(
    file: Annotated[Path, typer.Argument(help="case file or its folder, or a registration file (SD6)")],
    out: Annotated[Path | None, typer.Option("--out", help="file to write: .xlsx or .md")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="print JSON for machines")] = False,
    lang: Language = "zh-TW",
) -> None:
    """Hold an application against the rules of its programme: met, missed, missing, with clause and sentence."""
    from energycalc.apps.programme import run_programme

    if run_programme(file, out, as_json, _language(lang)).count("missed"):
        raise typer.Exit(1)


@app.command()
def review(
    file: Annotated[Path, typer.Argument(help="case file or folder; claim (yaml, json); table of claims (xlsx, csv)")],
    out: Annotated[Path | None, typer.Option("--out", help=REVIEW_OUT)] = None,
    as_json: Annotated[bool, typer.Option("--json", help="print JSON for machines")] = False,
    lang: Language = "zh-TW",
) -> None:
    """Check a case, or a claim as it stands on paper: verdict, contradictions side by side, what to ask for."""
    from energycalc.apps.reviewing_claims import is_case, review_claims_of

    language = _language(lang)
    if is_case(file):
        from energycalc.apps.reviewing import review_case_file

        failed = review_case_file(file, language, as_json, out).verdict == "fail"
    else:
        failed = any(r.verdict == "fail" for r in review_claims_of(file, out, language, as_json))
    if failed:
        raise typer.Exit(1)


@app.command()
def version() -> None:
    """Print the version of energycalc and of its factors."""
    from energycalc import __version__, published_factors

    typer.echo(f"energycalc {__version__}; factors SHA-256 {published_factors().sha256[:16]}")


def _language(lang: str) -> str:
    if lang not in ("zh-TW", "en"):
        raise typer.BadParameter("zh-TW or en", param_hint="--lang")
    return lang


def main() -> None:
    """Entry point: an error a person can act on is printed as sentences, without a traceback; exit code 2."""
    from energycalc.apps.refusals import asked_language, file_refusal, refusal

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")  # Windows consoles and pipes
    try:
        app()
    except EnergycalcError as error:
        print(f"\n{refusal(error, asked_language())}", file=sys.stderr)
    except OSError as error:
        print(f"\n{file_refusal(error, asked_language())}", file=sys.stderr)
    raise SystemExit(2)


if __name__ == "__main__":
    main()
