"""What the one page says, in the words of a language: the page, the workbook and the terminal only lay it out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import energycalc
from energycalc.checks.catalogue import check
from energycalc.checks.claims.claim import Claim
from energycalc.checks.claims.figures import Figure
from energycalc.checks.claims.headline import HEADLINE, Line, headline
from energycalc.checks.claims.keys import claim_keys
from energycalc.checks.claims.review import ClaimReview, Verdict
from energycalc.checks.claims.words import title
from energycalc.factors import published_factors
from energycalc.finding import Finding, Severity
from energycalc.reports.documents import citation, documents
from energycalc.reports.review.cells import evidence_cell, name_of, people, printable, printed_cell, recomputed_cell
from energycalc.reports.words import words

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
STAMP = "factors SHA-256"
"""Stands on every page, with the version of the program before it."""
YES = ("yes", "true", "是")


@dataclass(frozen=True)
class Row:
    """One headline figure: what it is, as printed, recomputed, apart, how; ``state`` is of ``state_*`` in the words."""

    name: str
    printed: str
    recomputed: str
    apart: str
    how: str
    state: str
    see: tuple[str, ...]


@dataclass(frozen=True)
class Point:
    """A finding: sentence, the numbers side by side, and whose rule it is."""

    sentence: str
    numbers: tuple[tuple[str, str], ...]
    source: str


@dataclass(frozen=True)
class Group:
    """All findings of one check and severity, with what to do about them."""

    id: str
    severity: Severity
    title: str
    points: tuple[Point, ...]
    advice: str


@dataclass(frozen=True)
class Summary:
    """The whole page.

    Attributes:
        title: of the claim.
        about: number, technology, year, basis, in one line.
        constructed: no real plant stands behind it.
        verdict: for machines.
        counts: findings by severity.
        rows: headline figures.
        parts: carriers, items and editions as printed, a line each.
        groups: findings by check, the most severe first.
        held: comparisons that hold, with their check.
        missing: facts to ask for, with the check that needs them.
        inferred: further figures that the page does not print: name, value, how.
        stamp: version of the program and of its factors.
    """

    title: str
    about: str
    constructed: bool
    verdict: Verdict
    counts: Mapping[str, int]
    rows: tuple[Row, ...]
    parts: tuple[str, ...]
    groups: tuple[Group, ...]
    held: tuple[tuple[str, str], ...]
    missing: tuple[tuple[str, str], ...]
    inferred: tuple[tuple[str, str, str], ...]
    stamp: str


def summary(review: ClaimReview, language: str) -> Summary:
    """A review in the words of a language.

    Args:
        review: of a claim.
        language: ``zh-TW`` or ``en``.
    """
    claim, zh = review.claim, language.startswith("zh")
    lines = headline(claim)
    return Summary(
        title=printable(claim.text("title") or claim.text("technology") or claim.id),
        about=_about(claim, language),
        constructed=(claim.text("constructed") or "").lower() in YES,
        verdict=review.verdict,
        counts={severity: sum(f.severity == severity for f in review.findings) for severity in SEVERITIES},
        rows=tuple(_row(line, review, language) for line in lines),
        parts=tuple(_parts(claim, language)),
        groups=_groups(review, language),
        held=tuple((remark.check, people(remark.zh if zh else remark.en, language)) for remark in review.held),
        missing=tuple((remark.check, people(remark.zh if zh else remark.en, language)) for remark in review.missing),
        inferred=tuple(_inferred(figure, language) for key, figure in review.inferred.items() if key not in HEADLINE),
        stamp=f"energycalc {energycalc.__version__} · {STAMP} {published_factors().sha256[:16]}",
    )


def _about(claim: Claim, language: str) -> str:
    text, zh = words("review", language), language.startswith("zh")
    said = [printable(claim.id)]
    for key in ("technology", "year", "carrier", "basis", "kind"):
        value = claim.text(key)
        if value and value != claim.text("title"):
            name = claim_keys()[key].title_zh if zh else key.replace("_", " ")
            said.append(f"{name}{text['colon']}{text.get(f'{key}_{value}', printable(value))}")
    return text["dot"].join(said)


def _row(line: Line, review: ClaimReview, language: str) -> Row:
    text = words("review", language)
    state = "as_printed" if line.recomputed is None else "inferred" if line.printed is None else (
        {True: "agrees", False: "differs", None: "not_judged"}[line.agrees]
    )  # fmt: skip
    name = title(line.key, language[:2])
    of_key = title(line.key, "en")
    see = dict.fromkeys(
        f.id for f in review.findings
        if f.severity != "note" and any(n == of_key or n.startswith(f"{of_key} (") for n in f.evidence)
    )  # fmt: skip
    return Row(
        name=f"{name}{text['of_edition'].format(name=printable(line.edition))}" if line.edition else name,
        printed=printed_cell(line, language),
        recomputed=recomputed_cell(line, language),
        apart=line.apart,
        how=people(line.how_zh if language.startswith("zh") else line.how_en, language),
        state=state,
        see=tuple(see),
    )


def _parts(claim: Claim, language: str) -> list[str]:
    """Carriers, items and editions, one line each, as printed."""
    text, found = words("review", language), []
    for kind, parts in (("carriers", claim.carriers), ("items", claim.items), ("editions", claim.editions)):
        for part in parts:
            carrier = part.text("carrier") or ""
            name = text.get(f"carrier_{carrier}", carrier) if kind == "carriers" and carrier else part.id
            name = printable(name)
            said = [f"{title(f.key, language[:2])} {_signed(f, language)}" for f in part.figures.values()]
            said += [people(part.expression, language)] if part.expression else []
            found.append(f"{text[kind]}{text['colon']}{name}{text['colon']}{text['comma'].join(said) or '–'}")
    return found


def _signed(figure: Figure, language: str) -> str:
    """A figure as printed; an added quantity, which a page prints without a sign, with its minus."""
    added = figure.value < 0 and not figure.text.startswith(("-", "−"))
    return f"{'−' if added else ''}{people(figure.text, language)}"


def _groups(review: ClaimReview, language: str) -> tuple[Group, ...]:
    zh = language.startswith("zh")
    by_check: dict[tuple[Severity, str], list[Finding]] = {}
    for finding in review.findings:
        by_check.setdefault((finding.severity, finding.id), []).append(finding)
    groups = []
    for (severity, id), found in by_check.items():
        of = check(id)
        points = tuple(_point(finding, language) for finding in found)
        groups.append(
            Group(id, severity, of.title_zh if zh else of.title_en, points, of.advice_zh if zh else of.advice_en)
        )
    return tuple(groups)


def _point(finding: Finding, language: str) -> Point:
    text = words("review", language)
    names = {key.removeprefix("carrier_"): word for key, word in text.items() if key.startswith("carrier_")}
    names |= {key[9:].replace("_", " "): word for key, word in text.items() if key.startswith("evidence_")}
    numbers = tuple(
        (name_of(name, language, names), evidence_cell(value, language))
        for name, value in finding.evidence.items() if value
    )  # fmt: skip
    sentence = finding.sentence_zh if language.startswith("zh") else finding.sentence
    return Point(people(sentence, language), numbers, _source(finding, text))


def _source(finding: Finding, text: Mapping[str, str]) -> str:
    """Whose rule it is, by the title of the document."""
    source = finding.source
    if source is None or check(finding.id).whose == "project":
        return text["own_rule"]
    known = documents().get(source.document)
    name = known.title if known else source.document
    shown = f"{name}: {source.locator}" if known and source.locator else citation(source)
    return f"{shown} ({source.confidence})" if source.confidence else shown


def _inferred(figure: Figure, language: str) -> tuple[str, str, str]:
    zh = language.startswith("zh")
    return title(figure.key, language[:2]), people(figure.text, language), figure.how_zh if zh else figure.how_en
