"""Fonts of the figures: Noto Sans TC from the package pylopdf-fonts-zh-tw (OFL-1.1), then DejaVu Sans.

Both come with the installation, so Chinese is drawn on a machine that has no Chinese font. Noto Sans TC has no
subscript two (₂); matplotlib takes that single sign from DejaVu Sans.
"""

from __future__ import annotations

import functools
from pathlib import Path

FAMILIES = ("Noto Sans TC", "DejaVu Sans")


def chinese_font() -> Path:
    """The file of Noto Sans TC, regular weight."""
    import pylopdf_fonts_zh_tw

    return Path(pylopdf_fonts_zh_tw.sans_path())


@functools.cache
def register_fonts() -> tuple[str, ...]:
    """Make the Chinese font known to matplotlib, once, and return the families to ask for, in order."""
    from matplotlib import font_manager

    font_manager.fontManager.addfont(chinese_font())
    return FAMILIES
