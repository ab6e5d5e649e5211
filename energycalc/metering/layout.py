"""How one meter file is to be read: declared by a person, never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np

from energycalc.errors import InputError, UnitError
from energycalc.metering.header_unit import contradicts
from energycalc.quantity import FileOrigin, quantity, read_quantity

QuantityKind = Literal["interval_energy", "power", "register", "interval_volume"]
KindOfAmount = Literal["energy", "volume"]
HeaderUnit = Literal["check", "ignore"]
Stamp = Literal["interval_end", "interval_start"]
Midnight = Literal["ends_day", "starts_day"]
EmptyPolicy = Literal["refuse", "exclude"]
DuplicatePolicy = Literal["refuse", "keep_first", "keep_last", "drop_identical"]
GapPolicy = Literal["refuse", "report", "interpolate", "spread"]
NegativePolicy = Literal["refuse", "allow"]

ENERGY_UNITS = ("Wh", "kWh", "MWh", "GWh", "J", "kJ", "MJ", "GJ", "TJ")
POWER_UNITS = ("W", "kW", "MW", "GW")
VOLUME_UNITS = ("m3", "m3[0C]", "m3[15C]", "m3[20C]", "m3[25C]")
SECONDS_PER_DAY = 86_400
_RATIO = re.compile(r"\s*(\d+(?:\.\d+)?)\s*[/:]\s*(\d+(?:\.\d+)?)\s*(?:A|V)?\s*")


@dataclass(frozen=True, kw_only=True)
class MeterLayout:
    """The declared form of a meter file. Messages call a field as the case file does, where that differs.

    Attributes:
        file: path of a ``.csv`` or ``.csv.gz`` file with one header row.
        time_column: header of the column with the time stamps.
        value_column: header of the column with the readings (``column`` in a case file).
        unit: unit of the readings as people write it: ``kWh``, ``度``, ``MWh``, ``kW`` ...; of a gas meter ``m3``
            (as it flows) or ``Nm3`` (0 °C, 101.325 kPa).
        quantity_kind: ``interval_energy`` (energy of each interval), ``power`` (mean power of each interval),
            ``interval_volume`` (volume of each interval) or ``register`` (counter that only grows; the
            amount is the difference of two readings). ``kind`` in a case file.
        interval: length of one interval with its unit, e.g. ``15 min``; a whole number of them makes a day.
        stamp: which end of its interval a stamp names. A register is read at the end of the interval.
        midnight: how a 00:00 stamp is meant: ``ends_day`` is 24:00 of the stamped date, ``starts_day`` is
            00:00 of it. A stamp written 24:00 always ends the stamped date.
        time_zone: IANA name of the clock, e.g. ``Asia/Taipei``. Stamps stay local clock time.
        meter: name of the installed meter, as results and messages call it.
        declared_in: where ratios and classes are declared (case file, line, path), shown as their origin.
        date_format: order of the parts in ``strftime`` letters, e.g. ``%d/%m/%Y %H:%M``. Without it only
            stamps with the year first are read; day and month are never guessed.
        encoding: text encoding; a UTF-8 byte order mark is accepted under ``utf-8``.
        delimiter: character between two cells.
        header_row: line number of the header; lines above it are not data.
        current_transformer_ratio: ``60`` or ``300/5`` when the readings are on the secondary side;
            ``None`` when the column already holds primary energy. ``ct_ratio`` in a case file.
        voltage_transformer_ratio: the same for voltage transformers, e.g. ``11400/110`` (``pt_ratio``).
        accuracy_class: meter class ``0.5S``, ``1``, ``2`` (or another limit of error as ``1.5 %``, the only form
            for a gas meter); ``None`` leaves the uncertainty not stated.
        transformer_class: current transformer class ``0.5``, ``1`` or a limit of error (``ct_class``).
        register_capacity: reading, in the unit of the column, at which a register starts again from 0
            (1000000 for six digits); ``None`` makes every fall of the register an error.
        empty: what to do with an empty cell.
        duplicates: what to do with a stamp that appears twice.
        gaps: ``refuse``; ``report`` leaves missing slots missing; ``interpolate`` fills interval values on a
            straight line between neighbours; ``spread`` divides a register difference equally over its slots.
        negative: whether a negative reading is allowed (export, generation).
        maximum_demand: largest mean power the installation can draw, e.g. ``1,500 kW``; a slot above it is refused.
        header_unit: ``check`` refuses a header that names another unit than ``unit``; ``ignore`` does not.
        header_unit_because: why the header's unit is wrong; needed to ignore it, and reported.

    Raises:
        InputError: a declaration is impossible or contradicts another one.
        UnitError: the unit is no energy, power or volume, does not fit the kind, or contradicts the header.
    """

    file: str | Path
    time_column: str
    value_column: str
    unit: str
    quantity_kind: QuantityKind
    interval: str
    stamp: Stamp
    midnight: Midnight
    time_zone: str
    meter: str = ""
    declared_in: FileOrigin | None = None
    date_format: str | None = None
    encoding: str = "utf-8"
    delimiter: str = ","
    header_row: int = 1
    current_transformer_ratio: str | float | None = None
    voltage_transformer_ratio: str | float | None = None
    accuracy_class: str | None = None
    transformer_class: str | None = None
    register_capacity: float | None = None
    empty: EmptyPolicy = "refuse"
    duplicates: DuplicatePolicy = "refuse"
    gaps: GapPolicy = "refuse"
    negative: NegativePolicy = "refuse"
    maximum_demand: str | None = None
    header_unit: HeaderUnit = "check"
    header_unit_because: str = ""

    def __post_init__(self) -> None:
        for name, allowed in _CHOICES.items():
            if getattr(self, name) not in allowed:
                word = CASE_FILE_WORDS.get(name, name)
                raise InputError(
                    f"{word} is not one of the known words",
                    subject=self.subject,
                    value=getattr(self, name),
                    limit=f"one of {', '.join(allowed)}",
                    next_step=f"Write one of them after {word}",
                )
        self._check_together()
        _known_zone(self.time_zone, self.subject)
        # a bad interval, unit, ratio or limit is refused now, not at the first row
        _ = self.interval_seconds, self.amount_per_reading, self.multiplier, self.maximum_demand_kw
        self._check_header()

    @property
    def subject(self) -> str:
        """File and column, as error messages name them."""
        return f"{Path(self.file).name}, column {self.value_column}"

    @property
    def interval_seconds(self) -> int:
        """Length of one interval in seconds."""
        if re.fullmatch(r"\s*[\d.,]*\s*", str(self.interval)):
            raise InputError(
                "interval needs its unit",
                subject=self.subject,
                value=repr(self.interval),
                next_step='Write it like interval: "15 min"',
            )
        seconds = float(read_quantity(self.interval, name="interval").value_in("s"))
        if not seconds >= 1 or seconds != round(seconds) or SECONDS_PER_DAY % round(seconds) != 0:
            raise InputError(
                "a whole number of intervals must make a day",
                subject=self.subject,
                value=self.interval,
                limit="1 s to 1 d, a divisor of 24 h (rule of this reader)",
                next_step='Write the interval with its unit, for example "15 min"',
            )
        return round(seconds)

    @property
    def step(self) -> np.timedelta64:
        """Length of one interval for date arithmetic."""
        return np.timedelta64(self.interval_seconds, "s")

    @property
    def interval_hours(self) -> float:
        """Length of one interval in hours."""
        return self.interval_seconds / 3600

    @property
    def kind_of_amount(self) -> KindOfAmount:
        """What the meter counts: ``energy`` (kWh) or ``volume`` (m3)."""
        return "volume" if self._written_unit in VOLUME_UNITS else "energy"

    @property
    def amount_unit(self) -> str:
        """Unit of the amounts of the series: ``kWh``, or the volume's own ``m3`` or ``m3[0C]``."""
        return self._written_unit if self.kind_of_amount == "volume" else "kWh"

    @property
    def amount_per_reading(self) -> float:
        """What a reading of 1 in the column's unit is in ``amount_unit`` (power: over one interval)."""
        written = self._written_unit
        kinds = _KINDS_OF["power" if written in POWER_UNITS else self.kind_of_amount]
        if self.quantity_kind not in kinds:
            raise UnitError(
                f"a column of {self.quantity_kind} cannot be in {written}",
                subject=self.subject,
                value=self.unit,
                limit=f"kind {self.quantity_kind}",
                next_step=f"Write kind: {' or '.join(kinds)}, or correct the unit",
            )
        one = quantity(1.0, self.unit, subject=self.subject)
        if written in POWER_UNITS:
            return float(one.value_in("kW")) * self.interval_hours
        return float(one.value_in(self.amount_unit))

    @property
    def _written_unit(self) -> str:
        terms = quantity(1.0, self.unit, subject=self.subject).unit.terms
        written = terms[0][0] if len(terms) == 1 and terms[0][1] == 1 else ""
        if written not in ENERGY_UNITS + POWER_UNITS + VOLUME_UNITS:
            raise UnitError(
                "the unit is neither active energy nor active power nor a volume",
                subject=self.subject,
                value=self.unit,
                limit=f"one of {', '.join(ENERGY_UNITS + POWER_UNITS)}, 度, 千度, 仟瓦, m3, Nm3",
                next_step="Point column at active energy, active power or volume; reactive and apparent are none",
            )
        return written

    @property
    def multiplier(self) -> float:
        """Primary energy per energy read: current times voltage transformer ratio, 1 without transformers."""
        ratios = {"ct_ratio": self.current_transformer_ratio, "pt_ratio": self.voltage_transformer_ratio}
        product = 1.0
        for name, ratio in ratios.items():
            product *= 1.0 if ratio is None else ratio_value(ratio, f"{self.subject}, {name}")
        return product

    @property
    def maximum_demand_kw(self) -> float | None:
        """The declared largest mean power in kW."""
        if self.maximum_demand is None:
            return None
        subject = f"{self.subject}, maximum_demand"
        limit = float(read_quantity(self.maximum_demand, subject=subject).value_in("kW"))
        if not limit > 0:
            raise InputError(
                "the largest power must be positive",
                subject=subject,
                value=self.maximum_demand,
                next_step='Write it like "1,500 kW"',
            )
        return limit

    @property
    def units_of_header(self) -> tuple[str, ...]:
        """Units the header names although another one is declared; empty when they agree or it names none."""
        return contradicts(self.value_column, self._written_unit)

    def _check_header(self) -> None:
        if self.units_of_header and self.header_unit == "check":
            raise UnitError(
                f"the header names {' and '.join(self.units_of_header)}, declared is {self.unit}",
                subject=self.subject,
                value=f"header {self.value_column!r}, unit {self.unit}",
                next_step="Correct the unit or the column; if the header is wrong, write header_unit: ignore "
                "and header_unit_because",
            )

    def _check_together(self) -> None:
        register = self.quantity_kind == "register"
        has_ratio = self.current_transformer_ratio is not None or self.voltage_transformer_ratio is not None
        for wrong, message, next_step in (
            (
                register and self.stamp != "interval_end",
                "a register is read at the end of its interval",
                "Write stamp: interval_end",
            ),
            (
                register and self.gaps == "interpolate",
                "a register needs no interpolation",
                "Write gaps: spread",
            ),
            (
                register and self.negative == "allow",
                "a register cannot be negative",
                "Remove negative: allow",
            ),
            (
                not register and self.gaps == "spread",
                "only a register difference can be spread",
                "Write gaps: interpolate",
            ),
            (
                not register and self.register_capacity is not None,
                "register_capacity is declared for a column that is no register",
                "Remove it, or write kind: register",
            ),
            (
                self.register_capacity is not None and not self.register_capacity > 0,
                "register_capacity must be positive",
                "Write the reading at which the counter starts again from 0",
            ),
            (
                self.kind_of_amount == "volume" and (has_ratio or self.transformer_class is not None),
                "a volume meter has no current or voltage transformers",
                "Remove ct_ratio, pt_ratio and ct_class",
            ),
            (
                self.kind_of_amount == "volume" and self.maximum_demand is not None,
                "maximum_demand is a power, and the meter counts a volume",
                "Remove maximum_demand",
            ),
            (
                self.header_unit == "ignore" and not self.header_unit_because.strip(),
                "the unit in the header is ignored without a reason",
                "Write header_unit_because",
            ),
            (
                self.encoding.lower().replace("-", "") == "big5",
                "big5 lacks characters that Taiwan files use",
                "Write encoding: cp950",
            ),
            (len(self.delimiter) != 1, "the delimiter is one character", 'Write "," or ";" or a tab'),
            (self.header_row < 1, "header_row counts from 1", "Write the line number of the header"),
        ):
            if wrong:
                raise InputError(message, subject=self.subject, next_step=next_step)


def ratio_value(ratio: str | float, subject: str) -> float:
    """A transformer ratio as a number: ``60`` or the plate's ``300/5``; below 1 it is refused."""
    text = str(ratio)
    match = _RATIO.fullmatch(text)
    try:
        value = float(match[1]) / float(match[2]) if match else float(text)
    except (ValueError, ZeroDivisionError):
        value = 0.0  # refused below with every other impossible ratio
    if not 0 < value < float("inf"):
        raise InputError(
            "a transformer ratio is a positive number",
            subject=subject,
            value=ratio,
            limit="at least 1",
            next_step='Write it as on the plate, for example "300/5"',
        )
    if value < 1:
        right = f"{match[2]}/{match[1]}" if match else f"{1 / value:.6g}"
        raise InputError(
            f"{text.strip()} is upside down: the primary side comes first",
            subject=subject,
            value=ratio,
            limit="at least 1",
            next_step=f"Write {right}",
        )
    return value


def _known_zone(name: str, subject: str) -> None:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise InputError(
            "the time zone is unknown",
            subject=subject,
            value=name,
            limit="a name of the IANA time zone database",
            next_step='Write for example "Asia/Taipei"',
        ) from error


CASE_FILE_WORDS = {
    "quantity_kind": "kind",
    "value_column": "column",
    "current_transformer_ratio": "ct_ratio",
    "voltage_transformer_ratio": "pt_ratio",
    "transformer_class": "ct_class",
}
"""What a case file calls the fields that have a longer name here."""
_KINDS_OF = {
    "power": ("power",),
    "energy": ("interval_energy", "register"),
    "volume": ("interval_volume", "register"),
}
_CHOICES: dict[str, tuple[str, ...]] = {
    "quantity_kind": get_args(QuantityKind),
    "stamp": get_args(Stamp),
    "midnight": get_args(Midnight),
    "empty": get_args(EmptyPolicy),
    "duplicates": get_args(DuplicatePolicy),
    "gaps": get_args(GapPolicy),
    "negative": get_args(NegativePolicy),
    "header_unit": get_args(HeaderUnit),
}
