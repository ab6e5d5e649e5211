"""Colours, sizes and matplotlib settings of all figures."""

from __future__ import annotations

from contextlib import AbstractContextManager

from energycalc.reports.fonts import register_fonts

# Distinct in lightness for grey print, and for the common colour deficiencies (blue, bluish green, vermilion).
INK, QUIET, GRID = "#222222", "#5A5A5A", "#E2E2E2"
BEFORE, AFTER, SAVING, MORE = "#B9BFC5", "#1F5A85", "#4FA58C", "#D55E00"

BAR = 0.17
"""Thickness of a bar in inches."""
WIDTH = 7.5
MARGIN = 0.15
TITLE, HEAD, TEXT, SMALL = 12.0, 9.5, 8.5, 7.0
LINE = {TITLE: 0.24, HEAD: 0.19, TEXT: 0.165, SMALL: 0.135}
"""Font sizes in points, and the height of a line of each in inches."""
LINE_SPACING = 1.4
"""In matplotlib's measure, which starts from Latin letters; Chinese ones are taller."""
LABEL_COLUMNS = 28
"""Width of a row label in narrow characters; a Chinese one takes two."""


def settings() -> AbstractContextManager[None]:
    """Matplotlib's settings for drawing and saving our figures; nothing outside the ``with`` is changed."""
    import matplotlib

    return matplotlib.rc_context(
        {
            "font.family": list(register_fonts()),
            "font.size": TEXT,
            "text.color": INK,
            "text.parse_math": False,  # a name with two $ is a name, not mathematics
            "axes.labelcolor": INK,
            "axes.linewidth": 0.6,
            "hatch.linewidth": 0.7,
            "hatch.color": QUIET,
            "svg.hashsalt": "energycalc",
            "svg.fonttype": "path",
            "path.simplify_threshold": 0.2,
        }
    )
