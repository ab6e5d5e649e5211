"""What the terminal shows of the interaction of measures: the effect of the order, shared systems, variants."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Console
from rich.markup import escape

from energycalc.apps.terminal_numbers import Numbers
from energycalc.assessment import Assessment
from energycalc.effects.interaction_results import Attribution, SystemResult, VariantGroup
from energycalc.effects.results import MeasureResult
from energycalc.quantity import Quantity
from energycalc.reports.words import words

Words = Mapping[str, str]


def beyond(m: MeasureResult, language: str) -> str:
    """Where a second result of a measure arises: another carrier, a shared system, another machine, taken back."""
    text = words("interactions", language)
    if m.kind == "own":
        return text[m.carrier]
    return f"{text[f'kind_{m.kind}']} {m.machine}"


def show_interactions(assessment: Assessment, numbers: Numbers, language: str, console: Console) -> None:
    """Print what the block ``interactions`` leads to; nothing without it.

    Args:
        assessment: what to show.
        numbers: writes results.
        language: ``zh-TW`` or ``en``.
        console: where to print.
    """
    found = assessment.effects.interactions
    if found is None:
        return
    text = words("interactions", language)
    if found.systems:
        console.print(f"[bold]{text['terminal_systems']}[/bold]")
    for system in found.systems:
        for line in _system(system, numbers, text):
            console.print(escape(line), highlight=False)
    if found.attributions:
        console.print(f"[bold]{text['terminal_order']}[/bold]")
    for one in found.attributions:
        for line in _attribution(one, numbers, text):
            console.print(escape(line), highlight=False)
    if found.variants:
        console.print(f"[bold]{text['terminal_variants']}[/bold]")
    for group in found.variants:
        for line in _variants(group, numbers, text):
            console.print(escape(line), highlight=False)


def _system(result: SystemResult, numbers: Numbers, text: Words) -> list[str]:
    unit = str(result.marginal_energy.unit)
    lines = [
        "  "
        + text["terminal_system"].format(
            name=f"{result.system.id} {result.system.name}",
            marginal=numbers.line(result.marginal_energy, unit),
            average=numbers.line(result.average_energy, unit),
            unit=unit,
        )
    ]
    carrier = result.system.carrier
    saving, before = (numbers.energy(q, carrier) for q in (result.saving, result.energy_before))
    parts = [text["terminal_saving"].format(saving=saving, before=before)]
    for share in result.shares:
        shown = numbers.line(share.share, "%"), numbers.energy(share.saving, carrier)
        line = share.line or text["nobody"]
        parts.append(text["terminal_share"].format(line=line, share=shown[0], saving=shown[1]))
    return [*lines, "    " + text["gap"].join(parts)]


def _attribution(one: Attribution, numbers: Numbers, text: Words) -> list[str]:
    def short(q: Quantity | None) -> str:
        return text["no_mean"] if q is None else numbers.energy(q, one.carrier)

    lines = [f"  {one.label}{text['gap']}{text[one.carrier]}"]
    for part in one.parts:
        views = (part.in_order, part.when_first, part.when_last, part.mean)
        mark = "" if part.kind == "own" else f" ({text[f'kind_{part.kind}']})"
        lines.append(f"    {part.measure.id}{mark}{text['colon']}{' / '.join(short(q) for q in views)}")
    overlap = text["terminal_overlap"].format(
        sum=numbers.energy(one.alone, one.carrier), overlap=short(one.overlap), saving=short(one.saving)
    )
    return [*lines, f"    {overlap}"]


def _variants(group: VariantGroup, numbers: Numbers, text: Words) -> list[str]:
    lines = []
    for variant in group.variants:
        main = next(r for r in variant.results if r.is_main)
        lines.append(
            "  "
            + text["terminal_variant"].format(
                name=f"{variant.measure.id} {variant.measure.name}",
                saving=numbers.energy(main.saving, main.carrier),
                difference=numbers.energy(variant.difference[main.carrier], main.carrier),
                chosen=group.stated.of,
            )
        )
    return lines
