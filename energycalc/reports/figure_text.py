"""Text on a figure: measured, and broken into lines so that it is never cut."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from energycalc.reports.fonts import register_fonts

_NEVER_FIRST = "，。、；：！？）」』】》〉％,.;:!?)]}%…"


def columns(text: str) -> int:
    """Width of a text in narrow characters; Chinese characters and full-width signs take two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of at most ``width`` narrow characters, broken at blanks or between Chinese characters.

    A longer word, such as a file name, is broken where it reaches the edge. An empty text has no lines.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in _words(paragraph):
            piece = word
            while columns(line + piece.rstrip()) > width:
                piece = piece.lstrip()
                if line.strip():
                    lines.append(line.rstrip())
                elif columns(piece.rstrip()) > width:
                    fits = next(n for n in range(len(piece), 0, -1) if n == 1 or columns(piece[:n]) <= width)
                    lines.append(piece[:fits].rstrip())
                    piece = piece[fits:]
                line = ""
            line += piece
        if line.strip():
            lines.append(line.rstrip())
    return lines


def balanced(text: str, width: int) -> list[str]:
    """The text in as few lines as :func:`wrapped` needs, made as even as they can be."""
    lines = wrapped(text, width)
    for narrower in range(width - 1, 0, -1):
        tried = wrapped(text, narrower)
        if len(tried) > len(lines) or max(map(columns, tried), default=0) > narrower:
            break
        lines = tried
    return lines


def _words(text: str) -> list[str]:
    """Pieces that must not be broken: a word with its following blank, or one Chinese character with its comma."""
    pieces: list[str] = []
    for sign in text:
        wide = unicodedata.east_asian_width(sign) in "WF"
        last = pieces[-1] if pieces else ""
        new_word = wide or not last or last[-1] == " " or unicodedata.east_asian_width(last[-1]) in "WF"
        if new_word and sign not in _NEVER_FIRST and sign != " " and not last.endswith(("（", "「")):
            pieces.append(sign)
        elif pieces:
            pieces[-1] += sign
        else:
            pieces.append(sign)
    return pieces


def text_width(texts: Sequence[str], size: float) -> float:
    """Width of the widest line in inches at a font size in points, from the outlines of the letters."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    font = FontProperties(family=list(register_fonts()), size=size)
    lines = [line for text in texts for line in text.split("\n")]
    return max((text_to_path.get_text_width_height_descent(line, font, False)[0] for line in lines), default=0.0) / 72


def fitted(text: str, size: float, room: float) -> list[str]:
    """The text in lines of at most ``room`` inches at this font size, whole letters on whole dots included."""
    width = int(room * 72 / size * 2.2)
    lines = wrapped(text, width)
    while width > 20 and text_width(lines, size) > 0.97 * room:
        width -= 4
        lines = wrapped(text, width)
    lonely_end = len(lines) > 1 and columns(lines[-1]) < width / 5
    return balanced(text, width) if lonely_end else lines


def signed(text: str) -> str:
    """A number as text with a true minus sign."""
    return text.replace("-", "−")
