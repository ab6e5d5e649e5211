"""Reading meter files: declared layout in, series and ledger out. Nothing is lost, nothing is guessed."""

from energycalc.metering.doubts import series_findings
from energycalc.metering.layout import MeterLayout
from energycalc.metering.ledger import Fill, Ledger
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
    "DailyProfile",
    "Fill",
    "Ledger",
    "LoadDuration",
    "LoadHistogram",
    "MeterLayout",
    "MeterSeries",
    "MonthlyEnergy",
    "Peak",
    "ZeroReadings",
    "daily_profile",
    "load_duration",
    "load_histogram",
    "monthly_energy",
    "peak",
    "read_meter",
    "series_findings",
    "total_amount",
    "total_energy_kwh",
    "zero_readings",
]
