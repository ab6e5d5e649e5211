"""How one meter file is to be read: declared by a person, never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from energycalc.errors import InputError, UnitError
from energycalc.metering.layouts.checks import check_day, check_together, check_words, check_zone, ratio_value
from energycalc.metering.layouts.words import (
    CASE_FILE_WORDS,
    DRIVER_KINDS,
    ENERGY_UNITS,
    FAHRENHEIT,
    KINDS_OF,
    POWER_UNITS,
    VOLUME_UNITS,
    Calendar,
    DecimalMark,
    DuplicatePolicy,
    EmptyPolicy,
    GapPolicy,
    HeaderUnit,
    HiddenPolicy,
    KindOfAmount,
    Midnight,
    NegativePolicy,
    QuantityKind,
    Stamp,
    TotalRows,
)
from energycalc.metering.numbers.header_unit import contradicts
from energycalc.quantity import FileOrigin, quantity, read_quantity

__all__ = ["CASE_FILE_WORDS", "SECONDS_PER_DAY", "KindOfAmount", "MeterLayout", "QuantityKind", "ratio_value"]

SECONDS_PER_DAY = 86_400


@dataclass(frozen=True, kw_only=True)
class MeterLayout:
    """The declared form of a meter file. Messages call a field as the case file does, where that differs.

    Attributes:
        file: path of the meter file: delimited text (also ``.gz``), a workbook or a parquet table.
        time_column: header of the column with the time stamps, or with the dates when ``clock_column`` is given.
        value_column: header of the column with the readings (``column`` in a case file).
        unit: unit of the readings as people write it: ``kWh``, ``度``, ``MWh``, ``kW`` ...; of a gas meter ``m3``
            (as it flows) or ``Nm3`` (0 °C, 101.325 kPa); of a driver any unit of the list, or ``degF``.
        quantity_kind: ``interval_energy`` (energy of each interval), ``power`` (mean power of each interval),
            ``interval_volume`` (volume of each interval) or ``register`` (counter that only grows; the
            amount is the difference of two readings). Drivers: ``interval_mean`` (temperature, share: averaged
            over longer periods) or ``interval_sum`` (tonnes, pieces, hours: added up). ``kind`` in a case file.
        interval: length of one interval with its unit, e.g. ``15 min``; a whole number of them makes a day.
        stamp: which end of its interval a stamp names. A register is read at the end of the interval.
        midnight: how a 00:00 stamp is meant: ``ends_day`` is 24:00 of the stamped date, ``starts_day`` is
            00:00 of it. A stamp written 24:00 always ends the stamped date.
        time_zone: IANA name of the clock, e.g. ``Asia/Taipei``. Stamps stay local clock time.
        meter: name of the installed meter, as results and messages call it.
        declared_in: where ratios and classes are declared (case file, line, path), shown as their origin.
        clock_column: header of a second column that holds the time of day; it is joined to the date by a blank.
        sheet: name of the sheet of a workbook; needed when it has several.
        date_format: order of the parts in ``strftime`` letters, e.g. ``%d/%m/%Y %H:%M``, or ``excel_1900`` or
            ``excel_1904`` for day numbers in a text file. Without it the forms of ``docs/meter_files.md`` are
            read; which of two numbers is the day is never guessed.
        calendar: what a year of two digits means: ``roc`` (民國, 1911 is added) or ``gregorian``. Under ``ask``
            four digits are Gregorian, three digits or 民國 are of the Republic, two digits are asked about.
        decimal_mark: ``point`` (``1,234.5``) or ``comma`` (``1.234,5``); ``ask`` reads ``1,234.5`` wherever it can
            mean one thing only.
        encoding: text encoding; a UTF-8 byte order mark is accepted under ``utf-8``; ``auto`` finds it.
        delimiter: character between two cells; ``auto`` finds it.
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
        not_numbers: cells, as written, that stand for "no reading" (``N/A``, ``#DIV/0!``): their rows are excluded,
            each token with its own reason in the ledger. Any other cell that is no number is refused.
        hidden: what to do with hidden rows, columns and sheets of a workbook.
        total_rows: what to do with rows of totals between or below the readings.
        duplicates: what to do with a stamp that appears twice.
        gaps: ``refuse``; ``report`` leaves missing slots missing; ``interpolate`` fills interval values on a
            straight line between neighbours; ``spread`` divides a register difference equally over its slots.
        negative: whether a negative reading is allowed (export, generation).
        maximum_demand: largest mean power the installation can draw, e.g. ``1,500 kW``; a slot above it is refused.
        calibration_valid_to: last day of the meter's calibration, e.g. ``2026-05-31``.
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
    clock_column: str | None = None
    sheet: str | None = None
    date_format: str | None = None
    calendar: Calendar = "ask"
    decimal_mark: DecimalMark = "ask"
    encoding: str = "auto"
    delimiter: str = ","
    header_row: int = 1
    current_transformer_ratio: str | float | None = None
    voltage_transformer_ratio: str | float | None = None
    accuracy_class: str | None = None
    transformer_class: str | None = None
    register_capacity: float | None = None
    empty: EmptyPolicy = "refuse"
    not_numbers: tuple[str, ...] = ()
    hidden: HiddenPolicy = "refuse"
    total_rows: TotalRows = "refuse"
    duplicates: DuplicatePolicy = "refuse"
    gaps: GapPolicy = "refuse"
    negative: NegativePolicy = "refuse"
    maximum_demand: str | None = None
    calibration_valid_to: str | None = None
    header_unit: HeaderUnit = "check"
    header_unit_because: str = ""

    def __post_init__(self) -> None:
        check_words(self)
        check_together(self)
        check_zone(self.time_zone, self.subject)
        check_day(self.calibration_valid_to, self.subject)
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
        """What the column gives: ``energy`` (kWh), ``volume`` (m3), or a ``driver`` of the energy in its own unit."""
        if self.quantity_kind in DRIVER_KINDS:
            return "driver"
        return "volume" if self._written_unit in VOLUME_UNITS else "energy"

    @property
    def amount_unit(self) -> str:
        """Unit of the amounts of the series: ``kWh``, the volume's own ``m3`` or ``m3[0C]``, a driver's own unit."""
        return "kWh" if self.kind_of_amount == "energy" else self._written_unit

    @property
    def amount_per_reading(self) -> float:
        """What a reading of 1 in the column's unit is in ``amount_unit`` (power: over one interval)."""
        written = self._written_unit
        if self.kind_of_amount == "driver":
            return 1.0
        kinds = KINDS_OF["power" if written in POWER_UNITS else self.kind_of_amount]
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
        driver = self.quantity_kind in DRIVER_KINDS
        if driver and self.unit.strip() in FAHRENHEIT:
            return "degF"
        unit = quantity(1.0, self.unit, subject=self.subject).unit
        written = unit.terms[0][0] if len(unit.terms) == 1 and unit.terms[0][1] == 1 else ""
        if driver:
            return "%" if written == "percent" else written or unit.text or "1"
        if written not in ENERGY_UNITS + POWER_UNITS + VOLUME_UNITS:
            raise UnitError(
                "the unit is neither active energy nor active power nor a volume",
                subject=self.subject,
                value=self.unit,
                limit=f"one of {', '.join(ENERGY_UNITS + POWER_UNITS)}, 度, 千度, 仟瓦, m3, Nm3",
                next_step="Point column at active energy, active power or volume (reactive and apparent are none); "
                f"what explains the energy is declared with kind: {' or '.join(DRIVER_KINDS)}",
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
