"""Number formats that show something else than the cell holds: percent, and thousands left out."""

from __future__ import annotations

import re

_SCALED = re.compile(r"[0#?],+(?![0#?,])")
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\[[^\]]*\]')


def format_mark(number_format: str) -> str:
    """``percent_format`` where 0.85 is shown as 85 %, ``scaled_format`` where 12345 is shown as 12, else empty.

    Args:
        number_format: format code of a workbook, e.g. ``0.0%`` or ``#,##0,``.
    """
    plain = _LITERAL.sub("", number_format)
    if "%" in plain:
        return "percent_format"
    return "scaled_format" if _SCALED.search(plain) else ""
