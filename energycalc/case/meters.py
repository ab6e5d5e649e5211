"""Meters, bills, production and prices of the case."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ModelWrapValidatorHandler, field_validator, model_validator

from energycalc.case.fields import Day, Identifier, Noun, Text, Whole, Year, figure, subject_of, text_of
from energycalc.case.plant import Carrier
from energycalc.case.yaml_text import Scalar
from energycalc.errors import InputError
from energycalc.metering.layouts.layout import MeterLayout
from energycalc.metering.layouts.words import (
    DRIVER_KINDS,
    Calendar,
    DecimalMark,
    DuplicatePolicy,
    EmptyPolicy,
    GapPolicy,
    HeaderUnit,
    HiddenPolicy,
    Midnight,
    NegativePolicy,
    QuantityKind,
    Stamp,
    TotalRows,
)
from energycalc.quantity import FileOrigin, Quantity, about


def _delimiter(value: Any) -> Any:
    """The character between two cells; a tab may be written as the word, which an editor does not lose."""
    if isinstance(value, Scalar):
        return "\t" if value.text == "\t" or value.text.strip() == "tab" else text_of(value)
    return value


class MeterFile(Noun):
    """A column of a file and how it is to be read.

    The meaning of each key is said in :class:`energycalc.metering.layouts.layout.MeterLayout`.
    """

    file: Text
    time_column: Text
    column: Text
    unit: Text
    kind: Annotated[QuantityKind, BeforeValidator(text_of)] = "interval_energy"
    interval: Text
    stamp: Annotated[Stamp, BeforeValidator(text_of)]
    midnight: Annotated[Midnight, BeforeValidator(text_of)]
    time_zone: Text
    clock_column: Text | None = None
    sheet: Text | None = None
    date_format: Text | None = None
    calendar: Annotated[Calendar, BeforeValidator(text_of)] = "ask"
    decimal_mark: Annotated[DecimalMark, BeforeValidator(text_of)] = "ask"
    encoding: Text = "auto"
    delimiter: Annotated[str, BeforeValidator(_delimiter)] = ","
    header_row: Whole = 1
    ct_ratio: Text | None = None
    pt_ratio: Text | None = None
    accuracy_class: Text | None = None
    ct_class: Text | None = None
    register_capacity: Whole | None = None
    empty: Annotated[EmptyPolicy, BeforeValidator(text_of)] = "refuse"
    not_numbers: tuple[Text, ...] = ()
    hidden: Annotated[HiddenPolicy, BeforeValidator(text_of)] = "refuse"
    total_rows: Annotated[TotalRows, BeforeValidator(text_of)] = "refuse"
    duplicates: Annotated[DuplicatePolicy, BeforeValidator(text_of)] = "refuse"
    gaps: Annotated[GapPolicy, BeforeValidator(text_of)] = "refuse"
    negative: Annotated[NegativePolicy, BeforeValidator(text_of)] = "refuse"
    maximum_demand: Text | None = None
    calibration_valid_to: Day | None = None
    header_unit: Annotated[HeaderUnit, BeforeValidator(text_of)] = "check"
    header_unit_because: Text | None = None
    attribution: Text | None = None

    def layout(self, folder: Path, name: str = "", declared_in: FileOrigin | None = None) -> MeterLayout:
        """The layout for the metering room; files lie beside the case file or in folders below it.

        Args:
            folder: folder of the case file.
            name: name of the installed meter or of the driver.
            declared_in: where it is declared, as the origin of ratios and classes.

        Raises:
            InputError: the file lies outside the folder of the case.
        """
        file = folder / self.file
        if not file.resolve().is_relative_to(folder.resolve()):
            raise InputError(
                "a meter file lies in the folder of the case or below it",
                subject=f"meter {name}",
                value=self.file,
                limit="the folder of the case file",
                next_step="Copy the file there: a case must be complete when it is handed on",
            )
        return MeterLayout(
            file=file,
            time_column=self.time_column,
            value_column=self.column,
            unit=self.unit,
            quantity_kind=self.kind,
            interval=self.interval,
            stamp=self.stamp,
            midnight=self.midnight,
            time_zone=self.time_zone,
            meter=name,
            declared_in=declared_in,
            clock_column=self.clock_column,
            sheet=self.sheet,
            date_format=self.date_format,
            calendar=self.calendar,
            decimal_mark=self.decimal_mark,
            encoding=self.encoding,
            delimiter=self.delimiter,
            header_row=self.header_row,
            current_transformer_ratio=self.ct_ratio,
            voltage_transformer_ratio=self.pt_ratio,
            accuracy_class=self.accuracy_class,
            transformer_class=self.ct_class,
            register_capacity=float(self.register_capacity) if self.register_capacity is not None else None,
            empty=self.empty,
            not_numbers=self.not_numbers,
            hidden=self.hidden,
            total_rows=self.total_rows,
            duplicates=self.duplicates,
            gaps=self.gaps,
            negative=self.negative,
            maximum_demand=self.maximum_demand,
            calibration_valid_to=str(self.calibration_valid_to) if self.calibration_valid_to else None,
            header_unit=self.header_unit,
            header_unit_because=self.header_unit_because or "",
        )


class Meter(MeterFile):
    """An installed meter of energy or gas, with its file.

    Attributes:
        id: short name.
        carrier: what it measures.
        role: ``main`` meters add up to the plant, ``sub`` meters stand behind a main meter.
    """

    id: Identifier
    carrier: Carrier
    role: Annotated[Literal["main", "sub"], BeforeValidator(text_of)]

    @field_validator("kind")
    @classmethod
    def _counts_energy(cls, kind: QuantityKind) -> QuantityKind:
        if kind in DRIVER_KINDS:
            raise ValueError(
                f"{kind} is a driver of the energy, not a meter of it; drivers stand in a verification file"
            )
        return kind

    def layout(self, folder: Path, name: str = "", declared_in: FileOrigin | None = None) -> MeterLayout:
        """The layout for the metering room, under the meter's own id unless another name is given."""
        return super().layout(folder, name or self.id, declared_in)


class Bill(Noun):
    """One bill, or the bills of a carrier over a span of days.

    Attributes:
        id: short name.
        carrier: what was bought.
        first_day: first day billed.
        last_day: last day billed.
        quantity: amount as billed (kWh, m3, Nm3, ...).
        heat_value: net heat value of a fuel; needed for fuels billed by volume.
        amount: money, if stated.
    """

    id: Identifier
    carrier: Carrier
    first_day: Day
    last_day: Day
    quantity: Annotated[
        Quantity, figure("billed_quantity", "kWh", "m3", "m3[0C]", "kWh[LHV]", lowest=1e-3, basis="billed")
    ]
    heat_value: (
        Annotated[Quantity, figure("heat_value", "kcal[LHV]/m3", "kcal[LHV]/m3[0C]", lowest=100, highest=30000)] | None
    ) = None
    amount: Annotated[Quantity, figure("billed_amount", "TWD", basis="billed")] | None = None

    @model_validator(mode="wrap")
    @classmethod
    def _name_its_numbers(cls, data: Any, handler: ModelWrapValidatorHandler[Bill]) -> Bill:
        with about(f"bill {subject_of(data)}"):
            return handler(data)


class Product(Noun):
    """What the plant made in the period; used for intensities."""

    product: Text
    quantity: Annotated[Quantity, figure("production", "t", "piece", "m2")]


class Prices(Noun):
    """Energy prices of the period, in money of one year."""

    money_year: Year
    electricity: Annotated[Quantity, figure("electricity_price", "TWD/kWh", lowest=0.01, highest=100)] | None = None
    natural_gas: Annotated[Quantity, figure("gas_price", "TWD/m3", "TWD/m3[0C]", lowest=0.01, highest=500)] | None = (
        None
    )


class Cost(Noun):
    """Cost of a measure, tax included, split as the programme asks."""

    hardware: Annotated[Quantity, figure("cost_hardware", "TWD")]
    software: Annotated[Quantity, figure("cost_software", "TWD")] | None = None
    other: Annotated[Quantity, figure("cost_other", "TWD")] | None = None
