"""The words of a meter's declaration: kinds, policies, units, and what a case file calls them."""

from __future__ import annotations

from typing import Literal, get_args

QuantityKind = Literal["interval_energy", "power", "register", "interval_volume", "interval_mean", "interval_sum"]
KindOfAmount = Literal["energy", "volume", "driver"]
HeaderUnit = Literal["check", "ignore"]
Stamp = Literal["interval_end", "interval_start"]
Midnight = Literal["ends_day", "starts_day"]
Calendar = Literal["ask", "gregorian", "roc"]
DecimalMark = Literal["ask", "point", "comma"]
EmptyPolicy = Literal["refuse", "exclude"]
DuplicatePolicy = Literal["refuse", "keep_first", "keep_last", "drop_identical"]
GapPolicy = Literal["refuse", "report", "interpolate", "spread"]
NegativePolicy = Literal["refuse", "allow"]
HiddenPolicy = Literal["refuse", "include", "exclude"]
TotalRows = Literal["refuse", "exclude"]

DRIVER_KINDS: tuple[QuantityKind, ...] = ("interval_mean", "interval_sum")
"""Kinds of what explains the energy (temperature, tonnes, pieces, hours): averaged, or added up."""
ENERGY_UNITS = ("Wh", "kWh", "MWh", "GWh", "J", "kJ", "MJ", "GJ", "TJ")
POWER_UNITS = ("W", "kW", "MW", "GW")
VOLUME_UNITS = ("m3", "m3[0C]", "m3[15C]", "m3[20C]", "m3[25C]")
FAHRENHEIT = ("degF", "°F", "℉", "degf", "華氏度")
"""Spellings of the one unit that a driver may have although the program computes nothing in it."""
EXCEL_SERIALS = ("excel_1900", "excel_1904")
"""What ``date_format`` may say beside ``strftime`` letters: day numbers of one of Excel's two date systems."""

CASE_FILE_WORDS = {
    "quantity_kind": "kind",
    "value_column": "column",
    "current_transformer_ratio": "ct_ratio",
    "voltage_transformer_ratio": "pt_ratio",
    "transformer_class": "ct_class",
}
"""What a case file calls the fields that have a longer name here."""
KINDS_OF = {
    "power": ("power",),
    "energy": ("interval_energy", "register"),
    "volume": ("interval_volume", "register"),
    "driver": DRIVER_KINDS,
}
"""Which kinds a column may be of, by what its unit measures."""
CHOICES: dict[str, tuple[str, ...]] = {
    "quantity_kind": get_args(QuantityKind),
    "stamp": get_args(Stamp),
    "midnight": get_args(Midnight),
    "calendar": get_args(Calendar),
    "decimal_mark": get_args(DecimalMark),
    "empty": get_args(EmptyPolicy),
    "duplicates": get_args(DuplicatePolicy),
    "gaps": get_args(GapPolicy),
    "negative": get_args(NegativePolicy),
    "hidden": get_args(HiddenPolicy),
    "total_rows": get_args(TotalRows),
    "header_unit": get_args(HeaderUnit),
}
"""The allowed words of each field that takes one of a few."""
