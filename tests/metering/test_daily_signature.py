"""Two meters of days exchanged between two periods: Taiwan's industry and its households, who live by other weeks."""

from pathlib import Path

from energycalc.metering import MeterLayout, read_meter
from energycalc.metering.doubts.identity import swapped_meters

DATA = Path(__file__).resolve().parents[2] / "examples" / "verification" / "data"


def parts(column: str):
    series = read_meter(
        MeterLayout(
            file=DATA / "taiwan_industrial_electricity_daily_2016_2019.csv.gz",
            time_column="date",
            value_column=column,
            unit="GWh",
            quantity_kind="interval_energy",
            interval="1 d",
            stamp="interval_start",
            midnight="starts_day",
            time_zone="Asia/Taipei",
        )
    )
    return series.between("2017-01-01", "2018-01-01"), series.between("2018-01-01", "2019-01-01")


def test_meters_of_days_that_are_exchanged_are_doubted_and_others_are_not() -> None:
    industry, homes = parts("industrial_GWh"), parts("residential_GWh")
    assert swapped_meters(industry, homes) == ()
    (found,) = swapped_meters((industry[0], homes[1]), (homes[0], industry[1]))
    assert found.id == "metering.meters_swapped" and found.severity == "warning"
