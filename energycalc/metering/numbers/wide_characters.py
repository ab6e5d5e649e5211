"""Fullwidth digits and letters, the ideographic space and the unicode minus, read as the plain ones they stand for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from energycalc.metering.notices import Notice, shown_lines, shown_lines_zh

_FULLWIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0x00A0: 0x20, 0x202F: 0x20}
_MINUS = {0x2212: 0x2D}
_PLAIN = _FULLWIDTH | _MINUS


@dataclass(frozen=True)
class Narrowed:
    """Texts in plain characters, and which rows were not.

    Attributes:
        texts: the texts; other characters (Arabic-Indic digits, Chinese) are left as they are.
        wide: rows, counted from 0, that held fullwidth characters or the ideographic space.
        minus: rows that held the unicode minus.
    """

    texts: Sequence[str]
    wide: tuple[int, ...] = ()
    minus: tuple[int, ...] = ()

    def notices(self, what: str, lines: Sequence[int]) -> tuple[Notice, ...]:
        """The notices of these rows; ``what`` is ``stamps`` or ``readings``."""
        zh = {"stamps": "時間", "readings": "讀值"}[what]
        named = (
            ("fullwidth_digits", self.wide, "fullwidth characters", "全形字元"),
            ("unicode_minus", self.minus, "the unicode minus sign", "Unicode 負號"),
        )
        found = []
        for kind, rows, english, chinese in named:
            if rows:
                which = [lines[row] for row in rows]
                sentence = f"{len(rows):,} {what} are written with {english}: line {shown_lines(which)}"
                sentence_zh = f"{len(rows):,} 筆{zh}含{chinese}：第 {shown_lines_zh(which)} 行"
                found.append(Notice(kind, sentence, sentence_zh, tuple(which)))
        return tuple(found)


def narrowed(texts: Sequence[str]) -> Narrowed:
    """The texts in plain characters: １２３ to 123, ／ to /, the ideographic space to a blank, − to -.

    Args:
        texts: cells as written.
    """
    rows = [row for row, text in enumerate(texts) if not text.isascii()]
    if not rows:
        return Narrowed(texts)
    own = list(texts)
    wide, minus = [], []
    for row in rows:
        if own[row].translate(_FULLWIDTH) != own[row]:
            wide.append(row)
        if "\u2212" in own[row]:
            minus.append(row)
        own[row] = own[row].translate(_PLAIN)
    return Narrowed(own, tuple(wide), tuple(minus))
