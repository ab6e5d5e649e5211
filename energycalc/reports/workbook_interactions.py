"""The sheet on what measures do to each other: the effect of the order, shared systems, what lies beyond, variants.

It computes nothing: each number is a live link to its cell, each ± a link to the uncertainty sheet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from energycalc.assessment import Assessment
from energycalc.effects.interaction_results import Attribution, SystemResult, VariantGroup
from energycalc.effects.results import MeasureResult
from energycalc.quantity import Quantity
from energycalc.reports.words import words
from energycalc.reports.workbook_page import Page
from energycalc.reports.workbook_style import Book, fit_row, top

WIDTHS = (30, 34, 16, 13, 10, 13, 10, 13, 10, 13, 10, 14)
_ATTRIBUTION = ("measure", "kind", "carrier", "in_order", "plus_minus", "first", "plus_minus", "last", "plus_minus",
                "mean", "plus_minus", "unit")  # fmt: skip
_SYSTEM = ("system", "carrier", "unit", "marginal", "plus_minus", "average", "plus_minus", "service", "plus_minus")
_ENERGY = ("system", "line", "share", "before", "plus_minus", "saving", "plus_minus", "unit")
_BEYOND = ("measure", "kind", "carrier", "before", "plus_minus", "saving", "plus_minus", "unit")
_VARIANT = ("measure", "machine", "carrier", "saving", "plus_minus", "difference", "plus_minus", "unit", "emission",
            "investment", "payback")  # fmt: skip


class _Sheet:
    """The page with its words and the row that is written next."""

    def __init__(self, page: Page, text: Mapping[str, str]) -> None:
        self.page, self.text, self.row = page, text, 3

    def section(self, key: str, columns: Sequence[str], title: str = "") -> None:
        """A title across the sheet, and column headings."""
        for column in range(len(WIDTHS)):
            self.page.text(self.row, column, "" if column else title or self.text[key], "section")
        shown = {column: self.text[name] for column, name in enumerate(columns)}
        for column, heading in shown.items():
            self.page.text(self.row + 1, column, heading, "heading")
        fit_row(self.page.sheet, self.row + 1, shown, WIDTHS)
        self.row += 2

    def line(
        self, words: Sequence[str], numbers: Sequence[Quantity | None], unit: Quantity, style: str = "live"
    ) -> None:
        """Three words, numbers each with its ±, and the unit."""
        look = "strong" if style == "strong_live" else "text"
        for column, shown in enumerate(words):
            self.page.text(self.row, column, shown, look)
        column = len(words)
        for q in numbers:
            self.page.number(self.row, column, q, style)
            self.page.limit(self.row, column + 1, q)
            column += 2
        self.page.unit(self.row, column, unit)
        fit_row(self.page.sheet, self.row, dict(enumerate(words)), WIDTHS)
        self.row += 1


def write_interactions(book: Book, assessment: Assessment, interval_rows: Mapping[int, int]) -> None:
    """Write the sheet.

    Args:
        book: the workbook; it has the sheet ``attribution``.
        assessment: of a case with the block ``interactions``.
        interval_rows: row of the uncertainty sheet (from 1) by ``id`` of the result.
    """
    found = assessment.effects.interactions
    if found is None:
        return
    text = words("interactions", book.words.language)
    sheet = top(book, "attribution", text["sheet_title"], text["sheet_hint"], WIDTHS, None)
    out = _Sheet(Page(book, sheet, assessment.uncertainty, interval_rows), text)
    for one in found.attributions:
        _attribution(out, one)
    if found.systems:
        _systems(out, found.systems)
    others = [m for m in assessment.effects.measures if m.kind != "own"]
    if others:
        _beyond(out, others)
    if found.variants:
        _variants(out, found.variants)


def _attribution(out: _Sheet, one: Attribution) -> None:
    text = out.text
    out.section("attribution", _ATTRIBUTION, f"{text['attribution']}{text['colon']}{one.label}")
    for part in one.parts:
        name = f"{part.measure.id} {part.measure.name}"
        numbers = (part.in_order, part.when_first, part.when_last, part.mean)
        out.line((name, text[f"kind_{part.kind}"], text[one.carrier]), numbers, one.saving)
    for key, q in (("total", one.saving), ("overlap", one.overlap), ("joint", one.joint)):
        place = {"total": (q, None, None, None), "overlap": (None, q, None, None), "joint": (None, None, q, None)}[key]
        out.line((text[key], "", text[one.carrier]), place, one.saving, "strong_live")
    out.row += 1


def _systems(out: _Sheet, systems: Sequence[SystemResult]) -> None:
    text = out.text
    out.section("systems", _SYSTEM)
    for s in systems:
        name = f"{s.system.id} {s.system.name}"
        numbers = (s.marginal_energy, s.average_energy, s.service_saved)
        shown = (name, text[s.system.carrier], str(s.marginal_energy.unit))
        out.line(shown, numbers, s.average_energy if s.service_saved is None else s.service_saved)
    out.row += 1
    out.section("lines", _ENERGY)
    for s in systems:
        whole = (f"{s.system.id} {s.system.name}", "", "")
        out.line(whole, (s.energy_before, s.saving), s.saving, "strong_live")
        for share in s.shares:
            out.line((s.system.id, share.line or text["nobody"], ""), (share.energy_before, share.saving), s.saving)
            out.page.with_unit(out.row - 1, 2, share.share)
    out.row += 1


def _beyond(out: _Sheet, others: Sequence[MeasureResult]) -> None:
    text = out.text
    out.section("beyond", _BEYOND)
    for m in others:
        kind = f"{text[f'kind_{m.kind}']} {m.machine}"
        out.line((f"{m.measure.id} {m.measure.name}", kind, text[m.carrier]), (m.energy_before, m.saving), m.saving)
    out.row += 1


def _variants(out: _Sheet, groups: Sequence[VariantGroup]) -> None:
    text = out.text
    out.section("variants", _VARIANT)
    for group in groups:
        for result in group.chosen:
            _of_variant(out, result, text["chosen"].format(id=f"{result.measure.id} {result.measure.name}"), None)
        for variant in group.variants:
            for result in variant.results:
                name = text["variant"].format(id=f"{result.measure.id} {result.measure.name}")
                difference = variant.difference.get(result.carrier) if result.is_main else None
                _of_variant(out, result, name, difference)
    out.row += 1


def _of_variant(out: _Sheet, result: MeasureResult, name: str, difference: Quantity | None) -> None:
    out.line((name, result.machine, out.text[result.carrier]), (result.saving, difference), result.saving)
    out.page.number(out.row - 1, 8, result.emission_saving)
    out.page.number(out.row - 1, 9, result.investment)
    out.page.with_unit(out.row - 1, 10, result.simple_payback)
