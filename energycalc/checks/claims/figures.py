"""A figure of a page: its number, its unit, and the size of its last printed digit."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from energycalc.checks.claims.units import PaperUnit, paper_unit, without_time
from energycalc.checks.range import Range
from energycalc.errors import InputError, UnitError

NUMBER = re.compile(r"(-?)(\d[\d,]*)(?:\.(\d+))?(?:[eE]([+-]?\d+))?")
CURRENCY = re.compile(r"(NT\$|NTD|TWD|US\$|USD|新[台臺]幣)\s*(?=\d)")
"""A currency that stands before its number."""
WORDS = {"億": 1e8, "千萬": 1e7, "百萬": 1e6, "萬": 1e4, "仟": 1e3, "千": 1e3}
MONTHS = 12
LARGEST = 1e30
"""Beyond it a number is a slip of the keyboard, and its products would leave the range of the machine."""
LONG_UNITS = ("千卡", "仟卡", "千瓦", "仟瓦")


@dataclass(frozen=True)
class Figure:
    """One figure.

    Attributes:
        key: what it is, as in ``claim_keys.csv``.
        text: as given.
        value: number, in ``unit``.
        step: one unit of its last printed digit, in ``unit``.
        unit: without its time.
        per: ``year``, ``day`` or nothing.
        how_en: how it was inferred; empty for a printed figure.
        how_zh: the same in Traditional Chinese.
        ends: of an inferred figure: between which ends it lies, in ``unit``.
        rests_on: keys of the printed figures an inferred one rests on.
        via: names of the relations it was inferred by.
    """

    key: str
    text: str
    value: float
    step: float
    unit: PaperUnit
    per: str = ""
    how_en: str = ""
    how_zh: str = ""
    ends: Range | None = None
    rests_on: frozenset[str] = frozenset()
    via: frozenset[str] = frozenset()

    @property
    def is_printed(self) -> bool:
        """Whether it stands on the page."""
        return not self.how_en

    def to(self, wanted: str) -> Range:
        """The figure as an input: what would be printed so when digits are rounded or cut.

        Args:
            wanted: a unit of the same kind.

        Raises:
            UnitError: another kind.
        """
        if self.ends is not None:
            return self._in(wanted, self.ends)
        below, above = (self.step / 2, self.step) if self.value >= 0 else (self.step, self.step / 2)
        return self._in(wanted, Range(self.value - below, self.value, self.value + above))

    def as_printed(self, wanted: str) -> Range:
        """The figure as a result: within one unit of its last digit."""
        if self.ends is not None:
            return self._in(wanted, self.ends)
        return self._in(wanted, Range(self.value - self.step, self.value, self.value + self.step))

    def is_a(self, sample: str) -> bool:
        """Whether it is of the kind of a sample unit."""
        return self.unit.kind == paper_unit(sample).kind

    def _in(self, wanted: str, own: Range) -> Range:
        target = paper_unit(wanted)
        if target.kind != self.unit.kind:
            raise UnitError(
                "is of another kind", subject=self.key, value=self.text, limit=wanted, next_step="Check the unit"
            )
        return own if target.text == self.unit.text else own * (self.unit.size / target.size)


def read_figure(key: str, text: str, printed: str | None = None) -> Figure:
    """Read ``"331216 kWh/year"``; people's spellings (``33.1 萬度/年``, ``1,800 仟元``) are understood.

    Args:
        key: what it is.
        text: number and unit.
        printed: original text of a converted figure, which carries the printed resolution.

    Raises:
        InputError: no number.
        UnitError: an unknown unit.
    """
    number, step, rest = split(text, key)
    unit_text, per = without_time(rest)
    if per == "month":
        number, step, per = number * MONTHS, step * MONTHS, "year"
    made = Figure(key, text.strip(), number, step, paper_unit(unit_text), per)
    if printed is None:
        return made
    return Figure(key, text.strip(), number, _printed_step(made, printed), made.unit, per)


def split(text: str, key: str) -> tuple[float, float, str]:
    """Number, size of its last digit, and unit text.

    Args:
        text: number and unit.
        key: named in the error.

    Raises:
        InputError: no number, or a comma in the wrong place.
    """
    normal = unicodedata.normalize("NFKC", text).replace("−", "-").replace("約", "").strip()
    currency = CURRENCY.match(normal)
    if currency is not None:
        normal = normal[currency.end() :]
    match = NUMBER.match(normal)
    if match is None:
        raise InputError(
            "is no number with a unit", subject=key, value=repr(text), next_step='Write it like "12000 kWh/year"'
        )
    sign, whole, decimals, exponent = match.groups()
    if "," in whole and not re.fullmatch(r"\d{1,3}(,\d{3})+", whole):
        raise InputError(
            "a comma stands where no thousands separator belongs", subject=key, value=repr(text),
            next_step="Use a point for decimals",
        )  # fmt: skip
    if len(exponent or "") > 3 or len(whole) + abs(int(exponent or 0)) > 40:
        raise InputError(
            "the number is larger or smaller than anything a page prints", subject=key, value=repr(text[:40]),
            limit=f"{LARGEST:g}", next_step="Check the number of digits",
        )  # fmt: skip
    size = 10.0 ** int(exponent or 0)
    number = float(f"{sign}{whole.replace(',', '')}.{decimals or '0'}") * size
    if abs(number) > LARGEST:
        raise InputError("the number is larger than anything a page prints", subject=key, value=repr(text[:40]),
                         limit=f"{LARGEST:g}", next_step="Check the number of digits")  # fmt: skip
    step = 10.0 ** -len(decimals or "") * size
    rest = normal[match.end() :].strip()
    if currency is not None and "元" not in rest:
        rest = currency[1] + rest if rest.startswith("/") else rest + currency[1]
    if not rest.startswith(LONG_UNITS):
        for word, factor in WORDS.items():
            if rest.startswith(word):
                number, step, rest = number * factor, step * factor, rest[len(word) :].strip()
                break
    return number, step, rest


def _printed_step(figure: Figure, printed: str) -> float:
    """Step of the original text, in the unit of the figure, where both say the same number."""
    try:
        number, step, _ = split(printed, figure.key)
    except InputError:
        return figure.step
    if number == 0 or figure.value == 0:
        return figure.step
    scale = figure.value / number
    nearest = min((10.0**n for n in range(-6, 10)), key=lambda power: abs(scale / power - 1))
    return step * scale if abs(scale / nearest - 1) < 1e-6 else figure.step
