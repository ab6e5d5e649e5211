"""Help pages of the technologies, written from their descriptions alone: one Markdown file per family and language."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from energycalc.apps.technologies import range_text
from energycalc.case.worked_example import repeat_worked_example
from energycalc.equipment import FAMILIES, TECHNOLOGIES
from energycalc.equipment.description import DefaultUncertainty, Parameter, TechnologyDescription, WorkedExample
from energycalc.quantity import Source
from energycalc.quantity.glossary import label
from energycalc.reports.documents import documents
from energycalc.reports.words import words

ENDING = {"en": ".md", "zh-TW": ".zh-TW.md"}


def write_pages(folder: Path) -> list[Path]:
    """Write the pages of all families in both languages, and an index.

    Args:
        folder: made when it is not there; pages of the same names are replaced.

    Returns:
        The files.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for language, ending in ENDING.items():
        pages = {"README": _index(language)} | {key: _family(key, language) for key in FAMILIES}
        for name, text in pages.items():
            path = folder / f"{name}{ending}"
            path.write_text(text, "utf-8")
            written.append(path)
    return written


def _index(language: str) -> str:
    text, zh = words("terminal", language), language == "zh-TW"
    lines = [f"# {text['page_index']}", "", text["page_index_hint"], ""]
    for key, family in FAMILIES.items():
        lines += [f"## [{family.name_zh if zh else family.name_en}]({key}{ENDING[language]})", ""]
        own = (TECHNOLOGIES[technology] for technology in family.files)
        lines += [f"- `{d.key}`  {d.label_zh if zh else d.label_en}" for d in own]
        lines.append("")
    return "\n".join(lines)


def _family(key: str, language: str) -> str:
    family = FAMILIES[key]
    text, zh = words("terminal", language), language == "zh-TW"
    lines = [f"# {family.name_zh if zh else family.name_en}", "", text["page_hint"], ""]
    for technology in family.files:
        lines += _technology(TECHNOLOGIES[technology], language)
    return "\n".join(lines)


def _technology(d: TechnologyDescription, language: str) -> Iterator[str]:
    text, zh = words("terminal", language), language == "zh-TW"
    carriers = text["list_gap"].join(text[c] for c in (d.carrier, *d.adds))
    yield from (f"## {d.label_zh if zh else d.label_en}", "", f"`technology: {d.key}`  ({carriers})", "")
    yield from (d.limits_zh if zh else d.limits_en, "")
    turning = d.turning_point_zh if zh else d.turning_point_en
    if turning:
        yield from (f"**{text['technology_turning_point']}**{text['colon']}{turning}", "")
    heads = ("page_name", "page_where", "page_range", "page_example", "page_how", "page_default")
    yield "| " + " | ".join(text[head] for head in heads) + " |"
    yield "|" + "---|" * len(heads)
    for p in d.parameters:
        yield "| " + " | ".join(_cell(cell) for cell in _parameter(p, language)) + " |"
    yield ""
    if d.worked_example is not None:
        yield from _worked(d, d.worked_example, language)


def _parameter(p: Parameter, language: str) -> tuple[str, ...]:
    text, zh = words("terminal", language), language == "zh-TW"
    optional = f" ({text['technology_optional']})" if p.optional else ""
    return (
        f"`{p.name}` {label(p.name, language)}{optional}",
        text["list_gap"].join(text[f"page_{place}"] for place in p.places),
        range_text(p, text),
        ", ".join(p.choices) or p.example,
        p.how_to_measure_zh if zh else p.how_to_measure_en,
        _default(p.default_uncertainty) if p.default_uncertainty else "",
    )


def _default(default: DefaultUncertainty) -> str:
    parts = [f"± {100 * default.relative_half_width:g} %"] if default.relative_half_width else []
    if default.least_half_width:
        parts.append(f"± {default.least_half_width:g} {default.unit_of_error}")
    return f"{' / '.join(parts)} ({default.source.locator})"


def _worked(d: TechnologyDescription, example: WorkedExample, language: str) -> Iterator[str]:
    text, zh = words("terminal", language), language == "zh-TW"
    again = repeat_worked_example(d)
    yield from (f"**{text['technology_worked_example']}** ({_titled(example.source)})", "", "```yaml")
    for place in ("before", "after", "common"):
        yield from _yaml(place, getattr(example, place))
    yield from ("```", "", example.because_zh if zh else example.because_en, "")
    name = text.get(f"worked_{example.of}", label(example.of, language))
    ours, theirs = (f"{value:,.5g} {again.unit}".strip() for value in (again.ours, again.theirs))
    yield from (text["technology_repeated"].format(name=name, ours=ours, theirs=theirs), "")
    if again.ceiling is not None:
        because = again.ceiling.because_zh if zh else again.ceiling.because_en
        most = f"{again.ceiling.saving.value_in('%'):.1f} %"
        yield from (text["technology_ceiling"].format(most=most, because=because), "")


def _yaml(place: str, given: Mapping[str, Any]) -> Iterator[str]:
    if not given:
        return
    yield f"{place}:"
    for name, value in given.items():
        if isinstance(value, list | tuple):
            yield f"  {name}:"
            yield from (f"    - {json.dumps(level, ensure_ascii=False)}" for level in value)
        else:
            yield f"  {name}: {json.dumps(value, ensure_ascii=False)}"


def _titled(source: Source) -> str:
    """A citation with the document's title in place of its id."""
    document = documents().get(source.document)
    title = document.title if document else source.document
    return f"{title}, {source.locator}" if source.locator else title


def _cell(shown: str) -> str:
    return shown.replace("|", "\\|").replace("\n", " ")
