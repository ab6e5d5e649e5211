"""Chinese numerals: every number is read back from the way it is written."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from energycalc.metering.stamps.chinese_numerals import chinese_number

DIGITS = "零一二三四五六七八九"


def with_places(number: int) -> str:
    """A number below 1000 in words, as the Ministry of Education's dictionary writes it."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (DIGITS[ones] if ones else "")


@settings(deadline=None)
@given(st.integers(1, 999))
def test_both_ways_of_writing_are_read(number):
    assert chinese_number(with_places(number)) == number
    assert chinese_number("".join(DIGITS[int(digit)] for digit in str(number))) == number


@pytest.mark.parametrize(
    ("text", "number"), [("元", 1), ("二〇二五", 2025), ("一百一十四", 114), ("十", 10), ("三十一", 31)]
)
def test_known_numbers(text, number):
    assert chinese_number(text) == number


@pytest.mark.parametrize("text", ["", "甲", "百十百", "一二十", "十百", "零十"])
def test_what_is_no_number_is_none(text):
    assert chinese_number(text) is None
