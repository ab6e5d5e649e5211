"""The figures of an assessment as files: PNG for documents, SVG for print, the same bytes for the same results."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from energycalc.assessment import Assessment
from energycalc.reports import figure_style as style
from energycalc.reports.figure_attribution import attribution
from energycalc.reports.figure_derived import derived_figures
from energycalc.reports.figure_emissions import emission_saving
from energycalc.reports.figure_energy import before_after
from energycalc.reports.figure_frame import Caption
from energycalc.reports.figure_profile import load_profile
from energycalc.reports.figure_tornado import tornado
from energycalc.reports.figure_waterfall import waterfall
from energycalc.reports.money.money_figures import money_figures
from energycalc.reports.words import words

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = [
    "Caption",
    "attribution",
    "before_after",
    "caption_of",
    "emission_saving",
    "figures",
    "load_profile",
    "tornado",
    "waterfall",
    "write_figure",
    "write_figures",
]

DOTS_PER_INCH = 200


def write_figures(folder: Path, assessment: Assessment, language: str) -> list[Path]:
    """Write every figure of an assessment as PNG and SVG.

    Args:
        folder: where to; made if it is not there. Figures of an earlier run under the same names are replaced.
        assessment: the results.
        language: ``zh-TW`` or ``en``.

    Returns:
        The files, in the order of the figures.

    Raises:
        InputError: the case has no measure, or there are no words in the language.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return [path for name, figure in figures(assessment, language) for path in write_figure(folder / name, figure)]


def figures(assessment: Assessment, language: str) -> Iterator[tuple[str, Figure]]:
    """The figures of an assessment with their names, one after the other.

    ``emission_saving``, ``before_after``, ``waterfall_<carrier>`` for each carrier that a measure changes,
    ``attribution_<carrier>`` where several measures act on a machine and the case asks for interactions,
    ``tornado`` of the plant's emission saving (only where an input states its uncertainty),
    ``load_profile_<meter>``.
    """
    effects, uncertainty = assessment.effects, assessment.uncertainty
    caption = caption_of(assessment, language)
    yield "emission_saving", emission_saving(effects, language, uncertainty=uncertainty, caption=caption)
    yield "before_after", before_after(effects, language, uncertainty=uncertainty, caption=caption)
    for carrier in dict.fromkeys(measure.carrier for measure in effects.measures):
        drawn = waterfall(effects, carrier, language, uncertainty=uncertainty, caption=caption)
        yield f"waterfall_{carrier}", drawn
    for carrier in dict.fromkeys(
        a.carrier for a in (effects.interactions.attributions if effects.interactions else ())
    ):
        drawn = attribution(effects, carrier, language, uncertainty=uncertainty, caption=caption)
        yield f"attribution_{carrier}", drawn
    result = uncertainty.get(effects.plant.emission_saving)
    if result is not None and result.gum is not None and result.gum.standard_uncertainty > 0:
        yield "tornado", tornado(result, language, caption=caption)
    yield from money_figures(assessment.money, language, uncertainty=uncertainty, caption=caption)
    yield from derived_figures(assessment.derived, language, uncertainty, caption)
    credits_by_meter = {meter.id: meter.attribution or "" for meter in assessment.case.meters}
    for meter, series in assessment.meters.items():
        if series.kind_of_amount != "energy":
            continue  # a gas meter has no demand to draw
        yield (
            f"load_profile_{meter}",
            load_profile(series, language, attribution=credits_by_meter.get(meter, ""), caption=caption),
        )


def caption_of(assessment: Assessment, language: str) -> Caption:
    """Plant, period, source line and the mark of a constructed case, as they stand around each figure."""
    text, case = words("figures", language), assessment.case
    meters = [
        f"{series.file} ({series.sha256[:12]}…)" + (f", {meter.attribution}" if meter.attribution else "")
        for meter in case.meters
        if (series := assessment.meters.get(meter.id)) is not None
    ]
    stamp = [case.file + (f" ({case.sha256[:12]}…)" if case.sha256 else "")]
    return Caption(
        plant=case.plant.name,
        period=text["period"].format(first=_day(case.period.first_day), last=_day(case.period.last_day)),
        source=text["list_gap"].join([*stamp, *meters]),
        constructed=case.constructed,
    )


def write_figure(path: Path, figure: Figure, kinds: Sequence[str] = ("png", "svg")) -> list[Path]:
    """Write one figure free of dates and random names, so that equal figures are equal files.

    Args:
        path: folder and name without suffix.
        figure: the figure.
        kinds: file kinds, ``png`` and ``svg``.

    Returns:
        The files written.
    """
    written = []
    with style.settings():
        for kind in kinds:
            file = path.with_name(f"{path.name}.{kind}")
            metadata = {"Date": None} if kind == "svg" else {}
            figure.savefig(file, dpi=DOTS_PER_INCH, metadata=metadata)
            written.append(file)
    return written


def _day(day: dt.date) -> str:
    return day.isoformat()
