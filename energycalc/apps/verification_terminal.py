"""What the terminal shows of a verification: verdict, saving with its ±, model, files and doubts."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from energycalc.metering import MeterSeries
from energycalc.mv.periods import Periods
from energycalc.mv.rules.acceptance import VERDICT_WORDS
from energycalc.mv.rules.plan import PLAN_ITEMS
from energycalc.mv.savings.forecast import METHODS
from energycalc.mv.savings.saving import annual_saving, why_not_annual
from energycalc.mv.verification import Verified
from energycalc.quantity.display import rounded, value_and_uncertainty
from energycalc.reports.verification.sentences import kind_of_number, naive_sentence
from energycalc.reports.words import words

STYLE = {"verified": "green", "not_distinguishable": "yellow", "not_attributable": "red", "insufficient": "red"}
MARK = {"note": "·", "warning": "!", "error": "✗"}
SHOWN_FORMS = 5
Words = Mapping[str, str]


def show_verified(verified: Verified, language: str, console: Console) -> None:
    """Print a verification.

    Args:
        verified: what to show.
        language: ``zh-TW`` or ``en``.
        console: where to print; 80 columns are enough.
    """
    text = words("verification_terminal", language)
    _heading(verified, text, console)
    _verdict(verified, text, language, console)
    console.print(_saving(verified, text))
    _interval(verified, text, language, console)
    _model(verified, text, console)
    _tried(verified, text, console)
    _files(verified, text, language, console)
    _findings(verified, text, language, console)
    _plan(verified, text, console)


def _heading(verified: Verified, text: Words, console: Console) -> None:
    declared = verified.declared
    mark = f"  [yellow]{text['constructed']}[/yellow]" if declared.constructed else ""
    console.print(f"\n[bold]{escape(declared.title)}[/bold]{mark}")
    console.print(f"{text['baseline']}{text['colon']}{_days(verified.baseline.periods, text)}", highlight=False)
    works = f"{declared.measure.works.first} – {declared.measure.works.last}  {declared.measure.name}" if (
        declared.measure
    ) else text["no_measure"]  # fmt: skip
    console.print(f"{text['works']}{text['colon']}{escape(works)}", highlight=False)
    console.print(f"{text['reporting']}{text['colon']}{_days(verified.reporting, text)}", highlight=False)
    if declared.note:
        console.print(f"[dim]{escape(declared.note)}[/dim]", highlight=False)


def _days(periods: Periods, text: Words) -> str:
    return text["days"].format(
        first=periods.start[0].astype("datetime64[D]"),
        last=(periods.end[-1] - np.timedelta64(1, "s")).astype("datetime64[D]"),
        count=f"{len(periods):,}",
        interval=text[f"interval_{periods.interval}"],
        left_out=f"{len(periods.left_out):,}",
    )


def _verdict(verified: Verified, text: Words, language: str, console: Console) -> None:
    verdict = verified.verdict
    word = VERDICT_WORDS[verdict.word][1 if language == "zh-TW" else 0]
    console.print(f"[bold {STYLE[verdict.word]}]{text['verdict']}{text['colon']}{escape(word)}[/]", highlight=False)
    console.print(f"  {escape(verdict.in_language(language))}", highlight=False)
    console.print(f"  {escape(naive_sentence(verified, language))}", highlight=False)


def _saving(verified: Verified, text: Words) -> Table:
    saving = verified.saving
    kind = kind_of_number(verified)
    table = Table(
        title=text[f"table_{kind}"], title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False
    )
    table.add_column(text["what"])
    table.add_column(text["value"].format(unit=saving.unit), justify="right")
    half = saving.half_width
    table.add_row(text["adjusted_baseline"], rounded(saving.adjusted_baseline, half))
    if saving.adjustments:
        table.add_row(f"  {text['adjustments']}", rounded(sum(each.quantity for each in saving.adjustments), half))
    table.add_row(text["metered"], rounded(saving.reporting, half))
    table.add_row(text[kind], value_and_uncertainty(saving.saving, half), style="bold")
    share = half / saving.adjusted_baseline * 100
    table.add_row(text[f"{kind}_rate"], f"{value_and_uncertainty(saving.fraction * 100, share)} %")
    low, high = saving.senpi_interval
    table.add_row(text["senpi"], value_and_uncertainty(saving.senpi, (high - low) / 2))
    return table


def _table(title: str) -> Table:
    return Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)


def _interval(verified: Verified, text: Words, language: str, console: Console) -> None:
    saving, chinese = verified.saving, language == "zh-TW"
    method = METHODS[saving.method][1 if chinese else 0]
    level = text["confidence"].format(level=f"{saving.confidence:.0%}", method=method)
    console.print(f"[dim]{escape(level)}[/dim]", highlight=False)
    if kind_of_number(verified) == "saving" and why_not_annual(saving) is None:
        whole = rounded(annual_saving(saving), saving.half_width)
        console.print(text["annual"].format(energy=whole, unit=saving.unit), highlight=False)
    if verified.others is None:
        return
    console.print(f"[bold]{text['others']}[/bold]  ({saving.unit})", highlight=False)
    for other in verified.others.intervals:
        name = other.name_zh if chinese else other.name
        line = (
            text["no_answer"].format(name=name, why=other.why_not)
            if other.half_width is None
            else text["other_line"].format(name=name, half=rounded(other.half_width, other.half_width))
        )
        console.print(f"  {escape(line)}", highlight=False)
    guideline, detectable = verified.others.guideline, verified.others.detectable
    if guideline is not None:
        console.print(f"  {text['guideline'].format(share=f'{guideline.share:.0%}')}", highlight=False)
    if detectable is not None:
        line = text["detectable"].format(
            energy=rounded(detectable.energy, detectable.energy), unit=saving.unit, share=f"{detectable.fraction:.1%}"
        )
        console.print(f"  {line}", highlight=False)


def _model(verified: Verified, text: Words, console: Console) -> None:
    baseline, fit = verified.baseline, verified.baseline.fit
    line = text["model_line"].format(
        title=baseline.bound.form.title,
        r2=f"{fit.r_squared:.3f}",
        cv=f"{fit.cv_rmse:.1%}",
        n=f"{fit.observations:,}",
        p=fit.parameters,
    )
    if baseline.bound.change_points:
        points = text["gap"].join(f"{point:.4g}" for point in baseline.bound.change_points)
        line += text["gap"] + text["change_points"].format(points=points)
    console.print(f"[bold]{text['model']}[/bold]  {escape(line)}", highlight=False)


def _tried(verified: Verified, text: Words, console: Console) -> None:
    usable = sorted((t for t in verified.selection.tried if not t.refused), key=lambda t: t.out_of_sample or 0.0)
    refused = [t for t in verified.selection.tried if t.refused]
    table = _table(text["tried"])
    table.add_column(text["tried_form"])
    for key in ("tried_error", "tried_fit", "tried_parameters"):
        table.add_column(text[key], justify="right")
    for each in usable[:SHOWN_FORMS]:
        style = "bold" if each is verified.selection.best else ""
        table.add_row(
            escape(each.form.title),
            f"{each.out_of_sample:.2%}",
            f"{each.cv_rmse:.2%}",
            str(each.parameters),
            style=style,
        )
    console.print(table)
    if len(usable) > SHOWN_FORMS:
        console.print(f"  {text['tried_more'].format(count=len(usable) - SHOWN_FORMS)}", highlight=False)
    if refused:
        reasons = text["gap"].join(each.form.title for each in refused)
        console.print(f"  {escape(text['tried_refused'].format(count=len(refused), reasons=reasons))}", highlight=False)


def _files(verified: Verified, text: Words, language: str, console: Console) -> None:
    files: dict[str, MeterSeries] = {verified.meter.layout.meter: verified.meter}
    if verified.reporting_meter is not verified.meter:
        files[verified.reporting_meter.layout.meter] = verified.reporting_meter
    console.print(f"[bold]{text['meters']}[/bold]")
    for name, series in (files | dict(verified.drivers)).items():
        line = text["meter_line"].format(name=name, file=series.file, ledger=_ledger(series, language))
        console.print(f"  {escape(line)}", highlight=False)


def _ledger(series: MeterSeries, language: str) -> str:
    ledger = series.ledger
    return words("terminal", language)["meter_rows"].format(
        read=f"{ledger.rows_read:,}",
        used=f"{ledger.rows_used:,}",
        excluded=f"{ledger.rows_excluded:,}",
        filled=f"{len(ledger.fills):,}",
        missing=f"{len(ledger.missing):,}",
    )


def _findings(verified: Verified, text: Words, language: str, console: Console) -> None:
    console.print(f"[bold]{text['findings']}[/bold]" + ("" if verified.findings else f"  {text['none']}"))
    style = {"note": "", "warning": "yellow", "error": "red"}
    for f in verified.findings:
        sentence = f.sentence_zh if language == "zh-TW" else f.sentence
        line = f"  {MARK[f.severity]} {f.subject}{text['colon']}{sentence}"
        console.print(escape(line), highlight=False, style=style[f.severity] if f.override is None else "dim")
        if f.override is not None:
            signed = text["accepted"].format(by=f.override.by, on=f.override.on, because=f.override.because)
            console.print(f"      {escape(signed)}", highlight=False)


def _plan(verified: Verified, text: Words, console: Console) -> None:
    missing, entries = len(verified.plan.missing), len(PLAN_ITEMS) + 4
    line = text["plan"].format(missing=missing, all=entries) if missing else text["plan_complete"]
    console.print(line, highlight=False)
