"""A meter series: energy or volume per slot with the file, the rows and the ledger it came from."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from energycalc.errors import InputError
from energycalc.metering.layouts.layout import KindOfAmount, MeterLayout
from energycalc.metering.ledger import Ledger, exact_sum
from energycalc.metering.notices import Notice
from energycalc.quantity import FileOrigin, Quantity, Source, quantity

if TYPE_CHECKING:
    import pandas as pd


class _Words(NamedTuple):
    """Glossary keys and symbols of a total, and of its reading when factors stand between."""

    name: str
    symbol: str
    read_name: str
    read_symbol: str


_WORDS: dict[KindOfAmount, _Words] = {
    "energy": _Words("metered_energy", "E", "meter_reading_sum", "E_read"),
    "volume": _Words("metered_volume", "V", "meter_reading_volume", "V_read"),
    "driver": _Words("driver_total", "X", "driver_total", "X"),
}
CONSTANTS = Source("constants of the meter installation", "reading × gains × transformer ratios")


@dataclass(frozen=True, eq=False)
class MeterSeries:
    """Energy or volume of a meter per slot, in the order of time; slots without reading are absent, never zero.

    Attributes:
        layout: how the file was declared.
        sha256: SHA-256 of the file.
        interval_start: start of each slot, local clock time of ``layout.time_zone``.
        interval_end: end of each slot.
        reading: amount of each slot as read, in ``unit``, before transformer ratios.
        line: line in the file of the row behind each slot; 0 where the slot is filled.
        ledger: account of all rows.
        factors: leaves shared by all totals of this meter (gains and ratios), possibly none.
        notices: what was understood of the file rather than plain.
    """

    layout: MeterLayout
    file: str
    sha256: str
    interval_start: NDArray[np.datetime64]
    interval_end: NDArray[np.datetime64]
    reading: NDArray[np.float64]
    line: NDArray[np.int64]
    ledger: Ledger
    factors: tuple[Quantity, ...]
    notices: tuple[Notice, ...] = ()

    def __post_init__(self) -> None:
        for array in (self.interval_start, self.interval_end, self.reading, self.line):
            array.setflags(write=False)

    @property
    def kind_of_amount(self) -> KindOfAmount:
        """``energy``, ``volume`` or ``driver``."""
        return self.layout.kind_of_amount

    @property
    def unit(self) -> str:
        """Unit of the amounts: ``kWh``, the unit of a volume such as ``m3[0C]``, or a driver's own unit."""
        return self.layout.amount_unit

    @property
    def amount(self) -> NDArray[np.float64]:
        """Energy or volume of each slot in ``unit``: the readings times the transformer ratios."""
        return self.reading * self.layout.multiplier

    @property
    def reading_kwh(self) -> NDArray[np.float64]:
        """Energy of each slot as read, in kWh, before transformer ratios.

        Raises:
            InputError: the meter counts a volume.
        """
        if self.kind_of_amount != "energy":
            volume = self.kind_of_amount == "volume"
            what = "the meter counts a volume" if volume else "the column is a driver"
            raise InputError(
                f"{what}, so it has no energy or demand of its own",
                subject=self.layout.subject,
                value=self.layout.unit,
                limit="an energy meter",
                next_step="Take total() in m3 and multiply it by the heat value of the gas"
                if volume
                else "Take its amounts in its own unit",
            )
        return self.reading

    @property
    def energy_kwh(self) -> NDArray[np.float64]:
        """Primary energy of each slot in kWh: the readings times the transformer ratios. Energy meters only."""
        return self.reading_kwh * self.layout.multiplier

    @property
    def demand_kw(self) -> NDArray[np.float64]:
        """Mean power of each slot in kW: energy by length of the slot. Energy meters only."""
        return self.energy_kwh / self.layout.interval_hours

    def source(self, lines: NDArray[np.int64] | None = None, what: str = "") -> Source:
        """File, SHA-256, first and last line, column and ledger, as the source of a number."""
        rows = self.line[self.line > 0] if lines is None else lines
        return Source(
            f"meter file {self.file}",
            what or self.ledger.sentence(),
            file=FileOrigin(self.file, self.sha256, rows=_rows(rows), column=self.layout.value_column),
        )

    def total(self, *, name: str = "", symbol: str = "") -> Quantity:
        """Energy or volume of the whole series: sum of readings times the gains and ratios of this meter.

        Missing slots add nothing: look at ``ledger.missing`` before the total is called an annual use.

        Args:
            name: glossary key of the result; ``metered_energy`` or ``metered_volume`` when left out.
            symbol: symbol of the result; ``E`` or ``V`` when left out.

        Returns:
            Energy in kWh, volume in the meter's own ``m3`` or ``m3[0C]``, or a driver in its own unit. Its uncertainty
            is that of the declared classes; without one it is not stated.

        Raises:
            InputError: the series is a driver that is averaged, not added up.
        """
        if self.layout.quantity_kind == "interval_mean":
            raise InputError(
                "means of intervals cannot be added up",
                subject=self.layout.subject,
                value=f"kind {self.layout.quantity_kind}, unit {self.layout.unit}",
                limit="amounts of intervals",
                next_step="Take the mean over periods, or declare kind: interval_sum if the column holds amounts",
            )
        usual = _WORDS[self.kind_of_amount]
        words = usual._replace(name=name or usual.name, symbol=symbol or usual.symbol)
        return self._primary(self._leaf(exact_sum(self.reading), self.unit, words, self.source()), words)

    def peak_demand(self, *, name: str = "metered_peak_demand", symbol: str = "P_max") -> Quantity:
        """Largest mean power of one slot in kW, with its row as source; the first one if it recurs. Not for volumes."""
        slot = int(np.argmax(self.reading_kwh))
        value = float(self.reading_kwh[slot]) / self.layout.interval_hours
        what = f"slot {self.interval_start[slot]} to {self.interval_end[slot]} ({self.layout.time_zone})"
        source = self.source(self.line[slot : slot + 1], what)
        words = _Words(name, symbol, "meter_reading_peak", "P_read")
        return self._primary(self._leaf(value, "kW", words, source), words)

    def between(self, start: str | date, end: str | date) -> MeterSeries:
        """The part of the series in a period; the ledger excludes rows outside and misses slots without row.

        The part shares gains and ratios with the whole: before and after on one meter stay correlated.

        Args:
            start: first local clock time of the period, a date or text as ``2018-01-01 06:00``.
            end: its end, not included.

        Raises:
            InputError: the period is empty, does not fall on slot boundaries, or holds no reading.
        """
        first, last = _clock_time(start), _clock_time(end)
        step = self.layout.step
        slots = np.arange(first, last, step) if first < last else np.array([], dtype="datetime64[s]")
        inside = (self.interval_start >= first) & (self.interval_end <= last)
        grid = self.interval_start[0]
        if not inside.any() or (first - grid) % step or (last - grid) % step:
            raise InputError(
                "the period holds no whole slots of the series",
                subject=self.layout.subject,
                value=f"{start} to {end}",
                limit=f"{grid} to {self.interval_end[-1]} in steps of {self.layout.interval}",
                next_step="Choose a period inside the file that starts and ends with a slot",
            )
        own_lines, other_lines = self.line[inside & (self.line > 0)], self.line[~inside & (self.line > 0)]
        both = np.intersect1d(own_lines, other_lines)
        parts = {int(line): exact_sum(self.reading[inside & (self.line == line)]) for line in both}
        ledger = self.ledger.divided(parts) if parts else self.ledger
        outside = np.isin(ledger.line, np.setdiff1d(other_lines, both))
        outside[len(self.ledger.line) :] = True
        verdict = ledger.verdict.copy()
        verdict[outside] = len(ledger.reasons) + 1
        period = dataclasses.replace(
            ledger,
            verdict=verdict,
            reasons=(*ledger.reasons, f"outside the period {start} to {end}") if outside.any() else ledger.reasons,
            fills=tuple(fill for fill in ledger.fills if first <= fill.start < last),
            missing=np.setdiff1d(slots, self.interval_start[inside]),
        )
        period.verify(self.reading[inside])
        return dataclasses.replace(
            self,
            interval_start=self.interval_start[inside],
            interval_end=self.interval_end[inside],
            reading=self.reading[inside],
            line=self.line[inside],
            ledger=period,
        )

    def to_frame(self) -> pd.DataFrame:
        """The series as a table: interval start and end, energy and demand (or volume, or driver), line in the file."""
        import pandas as pd

        if self.kind_of_amount == "energy":
            amounts = {"energy_kwh": self.energy_kwh, "demand_kw": self.demand_kw}
        else:
            amounts = {"volume_m3" if self.kind_of_amount == "volume" else "driver": self.amount}
        clock = {"interval_start": self.interval_start, "interval_end": self.interval_end}
        return pd.DataFrame(clock | amounts | {"line": self.line})

    def _leaf(self, value: float, unit: str, words: _Words, source: Source) -> Quantity:
        """The measured number; it carries the result's own name when no factor stands between."""
        key, sign = (words.read_name, words.read_symbol) if self.factors else (words.name, words.symbol)
        return quantity(value, unit, name=key, symbol=sign, basis="measured", source=source, subject=self.layout.meter)

    def _primary(self, read: Quantity, words: _Words) -> Quantity:
        if not self.factors:
            return read
        return math.prod(self.factors, start=read).renamed(words.name, words.symbol, CONSTANTS)


def _clock_time(text: str | date) -> np.datetime64:
    try:
        return np.datetime64(text.replace(" ", "T") if isinstance(text, str) else text, "s")
    except ValueError:
        raise InputError(
            "is no date or time",
            subject="period of a meter series",
            value=text,
            next_step='Write it like "2018-01-01" or "2018-01-01 06:00"',
        ) from None


def _rows(lines: NDArray[np.int64]) -> str:
    if len(lines) == 0:
        return "none"
    return str(lines[0]) if len(lines) == 1 else f"{lines.min()} to {lines.max()}"
