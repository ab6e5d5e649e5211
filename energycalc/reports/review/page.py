"""The one-page summary of a claim's review: self-contained HTML for print and screen, and Markdown."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from pathlib import Path

from energycalc.checks.claims.review import ClaimReview
from energycalc.errors import InputError
from energycalc.reports.review.style import PAGE, STYLE
from energycalc.reports.review.summary import Group, Row, Summary, summary
from energycalc.reports.words import words

Words = Mapping[str, str]
COLUMNS = ("name", "printed", "recomputed", "apart", "state", "how")
LONGEST_NUMBER = 30
"""Signs of a number with its unit that stay on one line."""


def review_page(review: ClaimReview, language: str) -> str:
    """The summary as a whole HTML document; it needs nothing from elsewhere and holds no script.

    Args:
        review: of a claim.
        language: ``zh-TW`` or ``en``.
    """
    text, found = words("review", language), summary(review, language)
    return (
        f'<!DOCTYPE html>\n<html lang="{_code(language)}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{_e(text['heading'])} – {_e(found.title)}</title><style>{PAGE}{STYLE}</style></head>\n"
        f'<body><main class="claim-review">{_heading(found, text)}{_sections(found, text)}{_foot(found, text)}</main>'
        "</body></html>\n"
    )


def review_fragment(review: ClaimReview, language: str) -> str:
    """The same without head and signature, to be shown inside another page."""
    text, found = words("review", language), summary(review, language)
    return (
        f'<style>{STYLE}</style><div class="claim-review" lang="{_code(language)}">{_banner(found, text)}'
        f"{_sections(found, text)}"
        f'<p class="quiet">{_e(found.stamp)}</p></div>'
    )


def review_markdown(review: ClaimReview, language: str) -> str:
    """The summary as Markdown."""
    text, s = words("review", language), summary(review, language)
    colon = text["colon"]
    lines = [f"# {_m(text['heading'])}{colon}{_m(s.title)}", "", _m(s.about), ""]
    lines += [f"**{_m(text['constructed_note'])}**", ""] if s.constructed else []
    lines += [
        f"**{text['verdict']}{colon}{text[f'verdict_{s.verdict}']}**（{s.verdict}）  ",
        text[f"verdict_{s.verdict}_line"],
    ]
    lines += ["", _counts(s, text), "", f"## {text['figures']}", ""]
    lines += ["| " + " | ".join(text[f"column_{c}"] for c in COLUMNS) + " |", "|---|---:|---:|---:|---|---|"]
    for row in s.rows:
        cells = (
            row.name,
            row.printed,
            row.recomputed,
            row.apart,
            text[f"state_{row.state}"],
            " ".join((row.how, *_see(row))),
        )
        lines.append("| " + " | ".join(_m(cell) or "–" for cell in cells) + " |")
    lines += ["", _m(text["figures_note"]), ""]
    lines += [f"- {_m(part)}" for part in s.parts]
    lines += ["", f"## {text['findings']}", ""]
    for group in s.groups:
        for point in group.points:
            lines.append(f"- **{text[f'severity_{group.severity}']} {group.id}** {_m(point.sentence)}")
            if point.numbers:
                lines.append(
                    f"  - {text['numbers']}{colon}" + text["dot"].join(f"{_m(n)} {_m(v)}" for n, v in point.numbers)
                )
        if group.severity != "note":
            lines.append(f"  - {text['advice']}{colon}{_m(group.advice)}")
    lines += [] if s.groups else [text["no_findings"]]
    for key, found in (("held", s.held), ("missing", s.missing)):
        lines += ["", f"## {text[key]}", "", *(f"- {id} {_m(said)}" for id, said in found)] if found else []
    if s.inferred:
        lines += ["", f"## {text['inferred']}", ""]
        lines += [f"- {_m(name)} {_m(value)}（{_m(how)}）" for name, value, how in s.inferred]
    lines += ["", f"{text['reviewer']}{colon}＿＿＿＿＿＿　{text['date']}{colon}＿＿＿＿＿＿", ""]
    return "\n".join([*lines, _m(text["not_a_decision"]), "", _m(s.stamp)]) + "\n"


def write_review(file: Path, review: ClaimReview, language: str) -> Path:
    """Write the summary in the form that the ending asks for.

    Args:
        file: ending in ``.html``, ``.md``, ``.xlsx`` or ``.json``.
        review: of a claim.
        language: ``zh-TW`` or ``en``; JSON holds both.

    Raises:
        InputError: another ending.
        OSError: the file cannot be written.
    """
    from energycalc.reports.review.results_json import review_json
    from energycalc.reports.review.workbook import write_review_workbook

    ending = file.suffix.lower()
    if ending not in (".html", ".md", ".xlsx", ".json"):
        raise InputError("a page ends in .html, .md, .xlsx or .json", value=file.name, next_step="Write page.html")
    file.parent.mkdir(parents=True, exist_ok=True)
    if ending == ".xlsx":
        return write_review_workbook(file, review, language)
    made = {".html": lambda: review_page(review, language), ".md": lambda: review_markdown(review, language),
            ".json": lambda: review_json(review) + "\n"}  # fmt: skip
    file.write_text(made[ending](), encoding="utf-8", newline="\n")
    return file


# --- pieces of the page


def _heading(s: Summary, text: Words) -> str:
    return f"<h1>{_e(text['heading'])}</h1>{_banner(s, text)}"


def _banner(s: Summary, text: Words) -> str:
    mark = f'<span class="constructed">{_e(text["constructed"])}</span>' if s.constructed else ""
    word = text[f"verdict_{s.verdict}"]
    return (
        f'<header class="{s.verdict}"><div class="what"><div class="title">{_e(s.title)}{mark}</div>'
        f'<div class="quiet">{_e(s.about)}</div><div>{_e(text[f"verdict_{s.verdict}_line"])}</div>'
        f'<div class="quiet">{_e(_counts(s, text))}</div></div>'
        f'<div class="badge"><span class="mark">{_e(text[f"mark_{s.verdict}"])}</span>'
        f'<span class="word">{_e(word)}</span><span class="code">{s.verdict}</span></div></header>'
    )


def _sections(s: Summary, text: Words) -> str:
    parts = [_figures(s.rows, text)]
    if s.parts:
        parts.append(f"<h2>{_e(text['parts'])}</h2>{_list(s.parts)}")
    parts.append(f"<h2>{_e(text['findings'])}</h2>{_groups(s.groups, text)}")
    for key, found in (("missing", s.missing), ("held", s.held)):
        if found:
            body = "".join(f"<li><b>{_e(id)}</b> {_e(said)}</li>" for id, said in found)
            parts.append(f'<h2>{_e(text[key])}</h2><ul class="{key}">{body}</ul>')
    if s.inferred:
        body = "".join(
            f'<li>{_e(name)} {_e(value)} <span class="quiet">{_e(how)}</span></li>' for name, value, how in s.inferred
        )
        parts.append(f'<h2>{_e(text["inferred"])}</h2><ul class="held inferred">{body}</ul>')
    return "".join(f"<section>{part}</section>" for part in parts)


def _figures(rows: Sequence[Row], text: Words) -> str:
    if not rows:
        return f"<h2>{_e(text['figures'])}</h2><p>{_e(text['no_figures'])}</p>"
    head = "".join(f'<th class="{c}">{_e(text[f"column_{c}"])}</th>' for c in COLUMNS)
    body = "".join(
        f'<tr class="{row.state}"><td class="name">{_e(row.name)}</td>{_number("printed", row.printed)}'
        f'{_number("recomputed", row.recomputed)}<td class="apart">{_e(row.apart)}</td>'
        f'<td class="state">{_e(text[f"state_{row.state}"])}</td>'
        f'<td class="how">{_e(row.how)} {"".join(f"<b>{_e(see)}</b> " for see in _see(row))}</td></tr>'
        for row in rows
    )
    return (
        f"<h2>{_e(text['figures'])}</h2><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        f'<p class="quiet note">{_e(text["figures_note"])}</p>'
    )


def _number(column: str, shown: str) -> str:
    long = " long" if len(shown) > LONGEST_NUMBER else ""
    return f'<td class="{column}{long}">{_e(shown) or "–"}</td>'


def _see(row: Row) -> list[str]:
    return [f"→ {id}" for id in row.see]


def _groups(groups: Sequence[Group], text: Words) -> str:
    if not groups:
        return f"<p>{_e(text['no_findings'])}</p>"
    colon, made = _e(text["colon"]), []
    for group in groups:
        body = ""
        for point in group.points:
            pairs = "".join(f"<span><i>{_e(n)}</i> {_e(v)}</span>" for n, v in point.numbers)
            body += f"<div>{_e(point.sentence)}</div>" + (f'<div class="numbers">{pairs}</div>' if pairs else "")
        if group.severity != "note":
            body += f'<div class="advice"><b>{_e(text["advice"])}</b>{colon}{_e(group.advice)}</div>'
        sources = dict.fromkeys(point.source for point in group.points if point.source)
        body += (
            f'<div class="quiet source">{_e(text["source"])}{colon}{_e(text["comma"].join(sources))}</div>'
            if sources
            else ""
        )
        made.append(
            f'<li class="{group.severity}"><div class="id"><b>{_e(group.id)}</b>'
            f"<span>{_e(text[f'severity_{group.severity}'])}</span></div><div>{body}</div></li>"
        )
    return f'<ul class="findings">{"".join(made)}</ul>'


def _foot(s: Summary, text: Words) -> str:
    lines = "".join(
        f'<div class="{key}"><span>{_e(text[key])}</span></div>' for key in ("decision", "reviewer", "date")
    )
    note = _e(text["constructed_note"]) + " " if s.constructed else ""
    small = f'<p class="quiet">{note}{_e(text["not_a_decision"])}<br>{_e(s.stamp)}</p>'
    return f'<footer><div class="sign">{lines}</div>{small}</footer>'


def _list(items: Sequence[str]) -> str:
    return "<ul>" + "".join(f"<li>{_e(item)}</li>" for item in items) + "</ul>"


def _counts(s: Summary, text: Words) -> str:
    return text["counts"].format(**s.counts, held=len(s.held), missing=len(s.missing))


def _code(language: str) -> str:
    return "zh-Hant-TW" if language.startswith("zh") else "en"


def _e(text: str) -> str:
    return html.escape(text)


def _m(text: str) -> str:
    """Text that is no Markdown and no HTML, on one line."""
    safe = html.escape(text, quote=False)
    for sign in ("\\", "|", "*", "_", "`", "[", "]", "#"):
        safe = safe.replace(sign, f"\\{sign}")
    return " ".join(safe.split())
