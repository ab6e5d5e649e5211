"""Reading meter files: declared layout in, series and ledger out. Nothing is lost, nothing is guessed."""

from energycalc.metering.billing.bill_file import BillFile, read_bills
from energycalc.metering.billing.bills import Bills, bills_from_reads, calendar_months, daily, merge_estimated
from energycalc.metering.doubts.series import series_findings
from energycalc.metering.layouts.column_map import ColumnMap, layout_from_map, map_of, read_column_map, write_column_map
from energycalc.metering.layouts.layout import MeterLayout
from energycalc.metering.ledger import Fill, Ledger
from energycalc.metering.notices import Notice
from energycalc.metering.profile import (
    DailyProfile,
    LoadDuration,
    LoadHistogram,
    MonthlyEnergy,
    Peak,
    ZeroReadings,
    daily_profile,
    load_duration,
    load_histogram,
    monthly_energy,
    peak,
    total_amount,
    total_energy_kwh,
    zero_readings,
)
from energycalc.metering.reading import read_meter
from energycalc.metering.series import MeterSeries

__all__ = [
    "BillFile",
    "Bills",
    "ColumnMap",
    "DailyProfile",
    "Fill",
    "Ledger",
    "LoadDuration",
    "LoadHistogram",
    "MeterLayout",
    "MeterSeries",
    "MonthlyEnergy",
    "Notice",
    "Peak",
    "ZeroReadings",
    "bills_from_reads",
    "calendar_months",
    "daily",
    "daily_profile",
    "layout_from_map",
    "load_duration",
    "load_histogram",
    "map_of",
    "merge_estimated",
    "monthly_energy",
    "peak",
    "read_bills",
    "read_column_map",
    "read_meter",
    "series_findings",
    "total_amount",
    "total_energy_kwh",
    "write_column_map",
    "zero_readings",
]
