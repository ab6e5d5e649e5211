"""How one meter file is to be read: declared by a person, never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np

from energycalc.errors import InputError, UnitError
from energycalc.quantity import FileOrigin, quantity, read_quantity

QuantityKind = Literal["interval_energy", "power", "register"]
Stamp = Literal["interval_end", "interval_start"]
Midnight = Literal["ends_day", "starts_day"]
EmptyPolicy = Literal["refuse", "exclude"]
DuplicatePolicy = Literal["refuse", "keep_first", "keep_last", "drop_identical"]
GapPolicy = Literal["refuse", "report", "interpolate", "spread"]
NegativePolicy = Literal["refuse", "allow"]

ENERGY_UNITS = ("Wh", "kWh", "MWh", "GWh", "J", "kJ", "MJ", "GJ", "TJ")
POWER_UNITS = ("W", "kW", "MW", "GW")
SECONDS_PER_DAY = 86_400
_RATIO = re.compile(r"\s*(\d+(?:\.\d+)?)\s*[/:]\s*(\d+(?:\.\d+)?)\s*(?:A|V)?\s*")


@dataclass(frozen=True, kw_only=True)
class MeterLayout:
    """The declared form of a meter file.

    Attributes:
        file: path of a ``.csv`` or ``.csv.gz`` file with one header row.
        time_column: header of the column with the time stamps.
        value_column: header of the column with the readings.
        unit: unit of the readings as people write it: ``kWh``, ``度``, ``MWh``, ``kW`` ...
        quantity_kind: ``interval_energy`` (energy of each interval), ``power`` (mean power of each
            interval) or ``register`` (counter that only grows; energy is the difference of two readings).
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
            ``None`` when the column already holds primary energy.
        voltage_transformer_ratio: the same for voltage transformers, e.g. ``11400/110``.
        accuracy_class: meter class ``0.5S``, ``1``, ``2`` (or another limit of error as ``1.5 %``);
            ``None`` leaves the uncertainty not stated.
        transformer_class: current transformer class ``0.5``, ``1`` (or a limit of error as ``1 %``).
        register_capacity: reading, in the unit of the column, at which a register starts again from 0
            (1000000 for six digits); ``None`` makes every fall of the register an error.
        empty: what to do with an empty cell.
        duplicates: what to do with a stamp that appears twice.
        gaps: ``refuse``; ``report`` leaves missing slots missing; ``interpolate`` fills interval values on a
            straight line between neighbours; ``spread`` divides a register difference equally over its slots.
        negative: whether a negative reading is allowed (export, generation).

    Raises:
        InputError: a declaration is impossible or contradicts another one.
        UnitError: the unit is neither energy nor power, or does not fit the kind.
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

    def __post_init__(self) -> None:
        for name, allowed in _CHOICES.items():
            if getattr(self, name) not in allowed:
                raise InputError(
                    f"{name} is not one of the known words",
                    subject=self.subject,
                    value=getattr(self, name),
                    limit=f"one of {', '.join(allowed)}",
                    next_step=f"Write one of them after {name}",
                )
        self._check_together()
        _known_zone(self.time_zone, self.subject)
        # a bad interval, unit or ratio is refused now, not at the first row
        _ = self.interval_seconds, self.kilowatt_hours_per_reading, self.multiplier

    @property
    def subject(self) -> str:
        """File and column, as error messages name them."""
        return f"{Path(self.file).name}, column {self.value_column}"

    @property
    def interval_seconds(self) -> int:
        """Length of one interval in seconds."""
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
    def kilowatt_hours_per_reading(self) -> float:
        """What a reading of 1 in the column's unit is in kWh (power: over one interval)."""
        one = quantity(1.0, self.unit, subject=self.subject)
        written = str(one.unit)
        if written not in ENERGY_UNITS + POWER_UNITS:
            raise UnitError(
                "the unit is neither active energy nor active power",
                subject=self.subject,
                value=self.unit,
                limit=f"one of {', '.join(ENERGY_UNITS + POWER_UNITS)}, 度, 千度, 仟瓦",
                next_step="Point value_column at active energy or power; reactive and apparent are neither",
            )
        is_power = written in POWER_UNITS
        if is_power != (self.quantity_kind == "power"):
            other = "power" if is_power else "interval_energy or register"
            raise UnitError(
                f"a column of {self.quantity_kind} cannot be in {written}",
                subject=self.subject,
                value=self.unit,
                limit=f"quantity_kind {self.quantity_kind}",
                next_step=f"Write quantity_kind: {other}, or correct the unit",
            )
        return float(one.value_in("kW")) * self.interval_hours if is_power else float(one.value_in("kWh"))

    @property
    def multiplier(self) -> float:
        """Primary energy per energy read: current times voltage transformer ratio, 1 without transformers."""
        ratios = (self.current_transformer_ratio, self.voltage_transformer_ratio)
        product = 1.0
        for ratio in ratios:
            product *= 1.0 if ratio is None else ratio_value(ratio, self.subject)
        return product

    def _check_together(self) -> None:
        register = self.quantity_kind == "register"
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
                "Remove it, or write quantity_kind: register",
            ),
            (
                self.register_capacity is not None and not self.register_capacity > 0,
                "register_capacity must be positive",
                "Write the reading at which the counter starts again from 0",
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
    """A transformer ratio as a number: ``60`` or the plate's ``300/5``; refuses zero and negative ratios."""
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
            limit="greater than 0",
            next_step='Write it as on the plate, for example "300/5"',
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


_CHOICES: dict[str, tuple[str, ...]] = {
    "quantity_kind": get_args(QuantityKind),
    "stamp": get_args(Stamp),
    "midnight": get_args(Midnight),
    "empty": get_args(EmptyPolicy),
    "duplicates": get_args(DuplicatePolicy),
    "gaps": get_args(GapPolicy),
    "negative": get_args(NegativePolicy),
}
