"""Real meters of the study: their days, the form of their model, and the residuals it leaves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from energycalc.mv.models.baseline import Baseline, fit_baseline
from energycalc.mv.models.calendar import Calendar
from energycalc.mv.models.forms import Form
from energycalc.mv.periods import Periods

Floats = NDArray[np.float64]
DAY = np.timedelta64(1, "D")
YEAR = 364  # days: a year of whole weeks


@dataclass(frozen=True, eq=False)
class RealMeter:
    """A real file as days, and what its model leaves.

    Attributes:
        name: for the table.
        about: what it is.
        form: of the model, used for the truth and fitted again in every draw.
        truth: model of all days of the file; what it predicts is the energy without noise.
        residuals: of that model on the full grid of days, gaps filled from the nearest same weekday.
    """

    name: str
    about: str
    form: Form
    truth: Baseline
    residuals: Floats

    def days(self, first: int, number: int) -> Periods:
        """``number`` calendar days from the given one on, with drivers; beyond the file those of the year before.

        The energy is the model's, without noise. Days that the file lacks are lacking here too.
        """
        own = self.truth.periods
        place = ((own.start - own.start[0]) / DAY).astype(np.int64)
        row_of = np.full(int(place[-1]) + 1, -1)
        row_of[place] = np.arange(len(own))
        wanted = np.arange(first, first + number)
        folded = wanted.copy()
        while (folded >= len(row_of)).any():
            folded = np.where(folded >= len(row_of), folded - YEAR, folded)
        rows = row_of[folded]
        wanted, rows = wanted[rows >= 0], rows[rows >= 0]
        start = (own.start[0] + wanted * DAY).astype("datetime64[s]")
        drivers = {name: column[rows] for name, column in own.drivers.items()}
        empty = Periods(
            start,
            (start + DAY).astype("datetime64[s]"),
            np.zeros(len(rows)),
            own.unit,
            "day",
            drivers,
            own.driver_units,
        )
        return _with_energy(empty, self.truth.predict(empty))


def meters(folder: Path) -> list[RealMeter]:
    """All meters whose file lies in the folder (or, for the steel plant, in the example beside it)."""
    found = []
    for name, about, file, read in _FILES:
        places = [folder / file, Path(__file__).resolve().parents[2] / "examples" / "steel_plant" / file]
        path = next((place for place in places if place.exists()), None)
        if path is not None:
            periods, form = read(path)
            found.append(real_meter(name, about, periods, form))
    return found


def real_meter(name: str, about: str, periods: Periods, form: Form) -> RealMeter:
    """Fit the form to all days and lay the residuals on the grid."""
    truth = fit_baseline(periods, form)
    place = ((periods.start - periods.start[0]) / DAY).astype(np.int64)
    grid = np.full(int(place[-1]) + 1, np.nan)
    grid[place] = truth.fit.residuals
    for gap in np.flatnonzero(np.isnan(grid)):
        same = np.arange(gap % 7, len(grid), 7)
        held = same[np.isin(same, place)]
        grid[gap] = truth.fit.residuals[np.searchsorted(place, held[np.argmin(np.abs(held - gap))])]
    return RealMeter(name, about, form, truth, grid - grid.mean())


def _with_energy(periods: Periods, energy: Floats) -> Periods:
    from dataclasses import replace

    return replace(periods, energy=energy)


def _daily(start: object, energy: Floats, unit: str, drivers: dict[str, Floats], units: dict[str, str]) -> Periods:
    begin = np.asarray(start, dtype="datetime64[D]").astype("datetime64[s]")
    kept = np.isfinite(energy) & np.all(
        [np.isfinite(column) for column in drivers.values()] or [np.isfinite(energy)], 0
    )
    end = (begin + DAY).astype("datetime64[s]")
    return Periods(begin[kept], end[kept], energy[kept], unit, "day", {k: v[kept] for k, v in drivers.items()}, units)


def _steel(path: Path) -> tuple[Periods, Form]:
    import pandas as pd

    table = pd.read_csv(path, encoding="utf-8-sig")
    stamp = pd.to_datetime(table["date"], format="%d/%m/%Y %H:%M")
    midnight = (stamp.dt.hour == 0) & (stamp.dt.minute == 0)  # the last quarter of its day
    begin = stamp.where(~midnight, stamp + pd.Timedelta("1D")) - pd.Timedelta("15min")
    days = table["Usage_kWh"].groupby(begin.dt.floor("D")).sum()
    kind = Calendar("KR").day_types(days.index.to_numpy())
    drivers = {"holiday": (~np.isin(kind, ["workday", "weekend"])).astype(float)}
    periods = _daily(days.index.to_numpy(), days.to_numpy(float), "kWh", drivers, {"holiday": "1"})
    return periods, Form("time_of_week", linear=("holiday",))


def _office(path: Path) -> tuple[Periods, Form]:
    import pandas as pd

    table = pd.read_csv(path, parse_dates=["date"])
    drivers = {"outdoor": table["temp_F"].to_numpy(float)}
    periods = _daily(table["date"].to_numpy(), table["eload_kWh"].to_numpy(float), "kWh", drivers, {"outdoor": "degF"})
    return periods, Form("5P+time_of_week", temperature="outdoor")


def _taiwan(path: Path) -> tuple[Periods, Form]:
    import pandas as pd

    table = pd.read_csv(path, parse_dates=["date"])
    off = (table["weekday_adjusted_1mon_7sun"] >= 6) & (table["weekday_1mon_7sun"] <= 5)
    drivers = {"outdoor": table["Temp_Kao"].to_numpy(float), "holiday": off.to_numpy(float)}
    energy = table["industrial_GWh"].to_numpy(float) * 1e6
    units = {"outdoor": "degC", "holiday": "1"}
    form = Form("4P+time_of_week", temperature="outdoor", linear=("holiday",))
    return _daily(table["date"].to_numpy(), energy, "kWh", drivers, units), form


def _occupancy(path: Path) -> tuple[Periods, Form]:
    import pandas as pd

    hourly = pd.read_csv(path, parse_dates=["time"])
    share = pd.read_csv(path.with_name("nmecr_occupancy_daily_2019_2021.csv.gz"), parse_dates=["date"])
    by_day = hourly.groupby(hourly["time"].dt.floor("D"))
    days = pd.DataFrame({"energy": by_day["eload_kWh"].mean() * 24, "outdoor": by_day["temp_F"].mean()})
    days["occupancy"] = share.drop_duplicates("date").set_index("date")["pct_occupancy"]
    drivers = {"outdoor": days["outdoor"].to_numpy(float), "occupancy": days["occupancy"].to_numpy(float)}
    periods = _daily(
        days.index.to_numpy(), days["energy"].to_numpy(float), "kWh", drivers, {"outdoor": "degF", "occupancy": "1"}
    )
    return periods, Form("5P+time_of_week", temperature="outdoor", linear=("occupancy",))


def _school(path: Path) -> tuple[Periods, Form]:
    import pandas as pd

    hourly = pd.read_csv(path, parse_dates=["time"])
    modes = pd.read_csv(path.with_name("nmecr_school_op_mode_daily_2018.csv.gz"), parse_dates=["date"])
    by_day = hourly.groupby(hourly["time"].dt.floor("D"))
    days = pd.DataFrame({"energy": by_day["eload_kWh"].mean() * 24, "outdoor": by_day["temp_F"].mean()})
    days = days.join(modes.set_index("date")).dropna()
    away = (days[["school_holidays", "summer_maintenance", "summer_school"]].max(axis=1) > 0).to_numpy(float)
    drivers = {"outdoor": days["outdoor"].to_numpy(float), "no_class": away}
    units = {"outdoor": "degF", "no_class": "1"}
    periods = _daily(days.index.to_numpy(), days["energy"].to_numpy(float), "kWh", drivers, units)
    return periods, Form("5P+time_of_week", temperature="outdoor", linear=("no_class",))


_FILES: tuple[tuple[str, str, str, Callable[[Path], tuple[Periods, Form]]], ...] = (
    ("steel plant", "whole site, Korea 2018, no production figures", "steel_kr_2018_15min.csv.gz", _steel),
    ("Taiwan industry", "national total 2016 to 2019", "taiwan_industrial_electricity_daily_2016_2019.csv.gz", _taiwan),
    ("office", "building 2012 to 2015", "nmecr_office_daily_2012_2015.csv.gz", _office),
    ("occupancy", "building across the shutdown of 2020", "nmecr_occupancy_hourly_2019_2021.csv.gz", _occupancy),
    ("school", "2018", "nmecr_school_hourly_2018.csv.gz", _school),
)
