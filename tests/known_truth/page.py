"""The page of the study: every cell, also where it fails."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from tests.known_truth.draws import CONFIDENCE, METHODS, MONTH, SAVINGS, Cell
from tests.known_truth.meters import RealMeter
from tests.known_truth.placebo import Placebo

PRIMARY = METHODS[0]
LEAST, MOST = 0.85, 0.95
HEADS = {
    "slow_variation": "**slow variation**",
    "independent": "least squares",
    "newey_west": "Newey-West",
    "first_order": "AR(1)",
    "autoregressive": "AR, BIC",
    "bootstrap": "bootstrap",
    "fractional_a": "FSU A",
    "fractional_b": "FSU B",
}
Key = tuple[int, str, int, int]


NOTES = (
    "‡ more than 10 % of the reporting days lie outside the range that a driver had in the baseline: the",
    "model is used",
    "beyond what it has seen, and the coefficients decide. The interval then errs to the wide side, because",
    "it gives all",
    "errors of the coefficients the variance of slow variations. These cells are not counted above.",
    "*refused*: draws in which the form found no change point with enough days beyond it, so there is no",
    "answer to judge.",
)
WIDTH = (
    "Width: mean half-width by that of a normal interval with the true standard deviation. Student's t for",
    "the few slow",
    "variations that a baseline shows explains most of what is above 1. Proved: share of the draws in which a",
    "planted",
    "saving of this size was told from zero.",
)
BLOCKS = (
    "Blocks of one week forget everything after a week; blocks of a quarter keep drifts of which a baseline",
    "of half a",
    "year sees two. Where the noise is slower than the baseline is long, no method can see it, and coverage falls.",
)
YEARS = (
    "Nothing drawn, nothing planted: a year of the real file against the model of the year before. What is",
    "proved here is",
    "no measure but what else changed from one year to the next: the interval knows the variation within the",
    "baseline,",
    "not the growth of a plant. That is why static factors are recorded and events are looked for. The file of",
    "the office is one of before and after measures of its own.",
)
FAILS = (
    "- Blocks of a quarter, and years as they were: slow drift is seen only if the baseline is long against it.",
    "- Baselines of some weeks: four variations inside the baseline are all there is to judge by; what is",
    "slower is not",
    "  in the ±.",
    "- Baselines of half a year: three or four degrees of freedom make a wide interval, and coverage is at",
    "the lower end.",
    "- Conditions beyond those of the baseline: the interval is too wide where coefficients were found from fast",
    "  variations, and says nothing of a form that does not hold there.",
    "- The form is the true one in this study. A wrong form is a bias, which no interval of residuals shows.",
)


def outside(meters: Sequence[RealMeter]) -> set[tuple[str, int, int]]:
    """Cells with more than 10 % of the reporting days outside the range of a driver in the baseline."""
    found = set()
    for meter in meters:
        for baseline in (12, 6):
            before = meter.days(0, round(baseline * MONTH))
            for months in (12, 6, 3):
                after = meter.days(round(baseline * MONTH), round(months * MONTH))
                for name, column in before.drivers.items():
                    later = after.drivers[name]
                    if np.mean((later < column.min()) | (later > column.max())) > 0.1:
                        found.add((meter.name, baseline, months))
    return found


def write_page(
    path: Path,
    meters: Sequence[RealMeter],
    cells: Mapping[Key, Cell],
    placebos: Sequence[Placebo],
    draws: int,
    seed: int,
    main_weeks: int,
    extrapolated: set[tuple[str, int, int]],
) -> bool:
    """Write the page; true if the primary method's coverage lies within 85 to 95 % in every cell of the main table.

    Cells that extrapolate are shown and marked, and do not count.
    """
    main = {key: cell for key, cell in cells.items() if key[0] == main_weeks}
    counted = {k: c for k, c in main.items() if k[1:] not in extrapolated}
    coverages = [c.coverage(PRIMARY) for c in counted.values()]
    nulls = [1 - float(np.mean(c.proved[0.0])) for c in counted.values()]
    kept = _failing(coverages, nulls) == 0
    held = {m: [c.coverage(m) for c in counted.values() if c.held[m]] for m in METHODS}
    lines = [
        *_introduction(draws, seed, main_weeks),
        "",
        f"**Result.** Over {len(counted)} cells with {draws} draws each, the interval of the primary method holds",
        "the",
        f"truth in {min(coverages):.1%} to {max(coverages):.1%} of the draws (mean {np.mean(coverages):.1%}); no",
        "saving is",
        f"called no saving in {min(nulls):.1%} to {max(nulls):.1%}. "
        f"Wanted: {LEAST:.0%} to {MOST:.0%}, and 90 % or more. "
        + ("Kept." if kept else f"**Not kept in {_failing(coverages, nulls)} of them.**"),
        "",
        "| method | mean coverage | worst cell | best cell |",
        "|---|---|---|---|",
        *(f"| {HEADS[m]} | {np.mean(v):.1%} | {min(v):.1%} | {max(v):.1%} |" for m, v in held.items() if v),
        "",
        f"The standard error of one coverage near 90 % is {np.sqrt(0.09 / draws):.1%}. FSU is ASHRAE Guideline 14's",
        "fractional savings uncertainty, forms A and B, with Sun and Baltazar's polynomial in the reporting",
        "months and n'",
        "capped at n.",
        "",
        "## The meters",
        "",
        "| meter | what | form | days | CV(RMSE) |",
        "|---|---|---|---|---|",
        *(
            f"| {m.name} | {m.about} | {m.form.title} | {len(m.truth.periods)} | {m.truth.fit.cv_rmse:.1%} |"
            for m in meters
        ),
        "",
        f"## Coverage of the {CONFIDENCE:.0%} interval, blocks of {main_weeks} weeks",
        "",
        "| meter | baseline, months | reporting, months | " + " | ".join(HEADS.values()) + " | refused |",
        "|" + "---|" * (len(METHODS) + 4),
        *(_coverage_row(key, cell, extrapolated) for key, cell in main.items()),
        "",
        *NOTES,
        "",
        "## How wide, and what is proved (primary method)",
        "",
        *WIDTH,
        "",
        "| meter | baseline | reporting | half-width, % of energy | width | no saving called none | "
        + " | ".join(f"{s:.0%} proved" for s in SAVINGS if s)
        + " |",
        "|" + "---|" * (6 + len(SAVINGS) - 1),
        *(_proof_row(key, cell, extrapolated) for key, cell in main.items()),
        "",
        "## Other lengths of the blocks (primary method)",
        "",
        *BLOCKS,
        "",
        *_other_blocks(cells, main_weeks, extrapolated),
        "",
        "## Years as they were",
        "",
        *YEARS,
        "",
        "| meter | reporting from | days | saving | ± at 90 % | told from zero |",
        "|---|---|---|---|---|---|",
        *(
            f"| {p.meter} | {p.first} | {p.days} | {p.share:+.1%} | {p.half_width:.1%} | "
            f"{'yes' if p.proved else 'no'} |"
            for p in placebos
        ),
        "",
        "## Where it fails",
        "",
        *FAILS,
        "",
    ]
    path.write_text("\n".join(refilled(lines)), encoding="utf-8")
    return kept


def _introduction(draws: int, seed: int, weeks: int) -> list[str]:
    return [
        "# Known truth: does the interval of a saving hold what was saved?",
        "",
        f"Made by `python -m tests.known_truth --draws {draws} --seed {seed}`; do not edit.",
        "",
        "A meter is drawn whose saving is known: the model of a real file says what would be used, the file's own",
        f"residuals are added in blocks of {weeks} whole weeks (so that weekdays and autocorrelation survive), and",
        "a share",
        "of it is saved. The baseline is fitted again, change points included, the saving is computed, and the",
        f"{CONFIDENCE:.0%} interval either holds the planted saving or does not. The planted saving is a share of",
        "what",
        "would have been used, so its size changes neither error nor interval: one set of draws serves all sizes.",
    ]


def _failing(coverages: Sequence[float], nulls: Sequence[float]) -> int:
    """Cells in which a promise is not kept."""
    return sum(not LEAST <= c <= MOST or n < 0.9 - 1e-9 for c, n in zip(coverages, nulls, strict=True))


def refilled(lines: Sequence[str]) -> list[str]:
    """Lines of one paragraph or list item joined and filled again: numbers of any length leave no ragged edge."""
    filled: list[str] = []
    paragraph: list[str] = []
    for line in [*lines, ""]:
        plain = bool(line) and line[0] not in "|#"
        if paragraph and (not plain or line.startswith("- ")):
            indent = "  " if paragraph[0].startswith("- ") else ""
            filled += textwrap.fill(" ".join(" ".join(paragraph).split()), 118, subsequent_indent=indent).split("\n")
            paragraph = []
        if plain:
            paragraph.append(line)
        else:
            filled.append(line)
    return filled[:-1]


def _mark(key: Key, extrapolated: set[tuple[str, int, int]]) -> str:
    return " ‡" if key[1:] in extrapolated else ""


def _coverage_row(key: Key, cell: Cell, extrapolated: set[tuple[str, int, int]]) -> str:
    shown = []
    for method in METHODS:
        text = f"{cell.coverage(method):.1%}" if cell.held[method] else "–"
        shown.append(f"**{text}**" if method == PRIMARY else text)
    _, meter, baseline, months = key
    return (
        f"| {meter}{_mark(key, extrapolated)} | {baseline} | {months} | {' | '.join(shown)} | {cell.refused[PRIMARY]} |"
    )


def _proof_row(key: Key, cell: Cell, extrapolated: set[tuple[str, int, int]]) -> str:
    _, meter, baseline, months = key
    half = float(np.mean(cell.half_width[PRIMARY]))
    proved = " | ".join(f"{np.mean(cell.proved[s]):.0%}" for s in SAVINGS if s)
    none = 1 - float(np.mean(cell.proved[0.0]))
    return (
        f"| {meter}{_mark(key, extrapolated)} | {baseline} | {months} | {half:.1%} | "
        f"{cell.relative_width(PRIMARY):.2f} | {none:.1%} | {proved} |"
    )


def _other_blocks(cells: Mapping[Key, Cell], main_weeks: int, extrapolated: set[tuple[str, int, int]]) -> list[str]:
    weeks = sorted({key[0] for key in cells})
    lines = [
        "| meter | baseline | reporting | " + " | ".join(f"{w} week{'s' if w > 1 else ''}" for w in weeks) + " |",
        "|" + "---|" * (3 + len(weeks)),
    ]
    for key in cells:
        if key[0] == main_weeks:
            shown = [f"{cells[w, *key[1:]].coverage(PRIMARY):.1%}" for w in weeks]
            lines.append(f"| {key[1]}{_mark(key, extrapolated)} | {key[2]} | {key[3]} | {' | '.join(shown)} |")
    return lines
