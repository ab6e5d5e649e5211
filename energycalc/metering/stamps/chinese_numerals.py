"""Chinese numerals of dates: 一一四, 一百一十四, 三十一, 元."""

from __future__ import annotations

_DIGITS = {"〇": 0, "○": 0, "零": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_TENS = {"十": 10, "百": 100}


def chinese_number(text: str) -> int | None:
    """The number that a date writes in Chinese numerals, or ``None`` if it is none.

    Both ways of writing are read: digit by digit (一一四, 二〇二五) and with places (一百一十四, 三十一). 元 (the
    first year of an era) is 1.

    Args:
        text: the numerals alone.
    """
    if text == "元":
        return 1
    if not text or any(letter not in _DIGITS and letter not in _TENS for letter in text):
        return None
    if not any(letter in _TENS for letter in text):
        return int("".join(str(_DIGITS[letter]) for letter in text))
    total, digit, place = 0, None, 1000
    for letter in text:
        if letter in _DIGITS:
            if digit:
                return None  # two digits in a row do not belong to this way of writing
            digit = _DIGITS[letter]
            continue
        if _TENS[letter] >= place or digit == 0:
            return None  # places fall from left to right
        place = _TENS[letter]
        total += (1 if digit is None else digit) * place
        digit = None
    return total + (digit or 0)
