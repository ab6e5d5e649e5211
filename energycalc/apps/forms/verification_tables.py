"""A verification as static HTML: verdict, numbers, models tried, doubts, plan. Readable when a notebook is reopened."""

from __future__ import annotations

import html
from collections.abc import Sequence

from energycalc.apps.forms.tables import FONT, LINE, QUIET
from energycalc.mv.rules.acceptance import VERDICT_WORDS
from energycalc.mv.verification import Verified
from energycalc.quantity.display import rounded, value_and_uncertainty
from energycalc.reports.verification.sentences import kind_of_number, naive_sentence
from energycalc.reports.words import words

COLOUR = {
    "verified": "#2E7D5B",
    "not_distinguishable": "#B8860B",
    "not_attributable": "#D55E00",
    "insufficient": "#D55E00",
}
MARK = {"note": "·", "warning": "!", "error": "✗"}
_LEFT = f"padding:.3em .9em .3em 0;text-align:left;vertical-align:baseline;{LINE};background:none"
_RIGHT = f"padding:.3em 0 .3em .9em;text-align:right;vertical-align:baseline;white-space:nowrap;{LINE};background:none"


def verdict_card(verified: Verified, language: str) -> str:
    """The verdict as a word and a sentence, with what a plain comparison would have claimed."""
    verdict = verified.verdict
    word = VERDICT_WORDS[verdict.word][1 if language == "zh-TW" else 0]
    claimed = naive_sentence(verified, language)
    return (
        f'<div style="{FONT};border-left:6px solid {COLOUR[verdict.word]};padding:.3em 1em">'
        f"<div>{html.escape(verified.title)}</div>"
        f'<div style="font-size:150%;font-weight:600">{html.escape(word)}</div>'
        f"<div>{html.escape(verdict.in_language(language))}</div>"
        f'<div style="{QUIET}">{html.escape(claimed)}</div></div>'
    )


def saving_table(verified: Verified, language: str) -> str:
    """Adjusted baseline, metered energy, saving with its ±, and the same ± by other methods."""
    text, saving = words("verification_terminal", language), verified.saving
    kind = kind_of_number(verified)
    half, unit = saving.half_width, saving.unit
    share = half / saving.adjusted_baseline * 100
    low, high = saving.senpi_interval
    rows = [
        (text["adjusted_baseline"], f"{rounded(saving.adjusted_baseline, half)} {unit}"),
        (text["metered"], f"{rounded(saving.reporting, half)} {unit}"),
        (text[kind], f"<b>{value_and_uncertainty(saving.saving, half)} {unit}</b>"),
        (text[f"{kind}_rate"], f"{value_and_uncertainty(saving.fraction * 100, share)} %"),
        (text["senpi"], value_and_uncertainty(saving.senpi, (high - low) / 2)),
    ]
    table = html_table([], rows)
    if verified.others is None:
        return table
    beside = [
        (each.name_zh if language == "zh-TW" else each.name, f"± {rounded(each.half_width, each.half_width)} {unit}")
        for each in verified.others.intervals
        if each.half_width is not None
    ]
    return f"{table}<p style='{FONT}'>{html.escape(text['others'])}</p>{html_table([], beside)}"


def tried_table(verified: Verified, language: str) -> str:
    """Every model that was tried, the refused ones with their reason; the chosen one in bold."""
    text, selection = words("verification_terminal", language), verified.selection
    usable = sorted((t for t in selection.tried if not t.refused), key=lambda t: t.out_of_sample or 0.0)
    rows = []
    for each in usable:
        row = (each.form.title, f"{each.out_of_sample:.2%}", f"{each.cv_rmse:.2%}", str(each.parameters))
        rows.append(tuple(f"<b>{html.escape(cell)}</b>" for cell in row) if each is selection.best else row)
    rows += [
        (each.form.title, f'<span style="{QUIET}">{html.escape(each.refused)}</span>')
        for each in selection.tried
        if each.refused
    ]
    reason = selection.reason_zh if language == "zh-TW" else selection.reason
    heads = [text[key] for key in ("tried_form", "tried_error", "tried_fit", "tried_parameters")]
    return f"{html_table(heads, rows)}<p style='{FONT};{QUIET}'>{html.escape(reason)}</p>"


def findings_list(verified: Verified, language: str) -> str:
    """All doubts with whose rule it is; accepted ones with who signed."""
    text = words("verification_terminal", language)
    colon, lines = text["colon"], []
    for f in verified.findings:
        sentence = f.sentence_zh if language == "zh-TW" else f.sentence
        source = f' <span style="{QUIET}">{html.escape(str(f.source))}</span>' if f.source else ""
        signed = ""
        if f.override is not None:
            accepted = text["accepted"].format(by=f.override.by, on=f.override.on, because=f.override.because)
            signed = f"<br><i>{html.escape(accepted)}</i>"
        said = html.escape(f"{f.subject}{colon}{sentence}")
        lines.append(f"<li>{MARK[f.severity]} {said}{source}{signed}</li>")
    body = "".join(lines) or f"<li>{html.escape(text['none'])}</li>"
    return f'<ul style="{FONT};list-style:none;padding-left:0">{body}</ul>'


def plan_table(verified: Verified, language: str) -> str:
    """The M&V plan, item by item, with what is missing."""
    return html_table(
        [], [(f"{number} {name}".strip(), html.escape(said)) for number, name, said in verified.plan.to_rows(language)]
    )


def html_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A plain table; the first column is read from the left, the others from the right. Cells are HTML already."""
    head = "".join(f'<th style="{_RIGHT if i else _LEFT}">{html.escape(cell)}</th>' for i, cell in enumerate(heads))
    width = max([len(heads), *(len(row) for row in rows)], default=0)
    body = "".join("<tr>" + "".join(_cell(row, i, width) for i in range(len(row))) + "</tr>" for row in rows)
    return f'<table style="{FONT};border-collapse:collapse">{f"<tr>{head}</tr>" if heads else ""}{body}</table>'


def _cell(row: Sequence[str], i: int, width: int) -> str:
    """A cell; the last one of a short row goes on to the edge and is read from the left."""
    last = i == len(row) - 1 and len(row) < width
    style = _LEFT if i == 0 or last else _RIGHT
    return f'<td style="{style}"{f" colspan={width - i}" if last else ""}>{row[i]}</td>'
