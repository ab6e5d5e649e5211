"""What the cases of ``mv_cases.json`` ask for, computed by the package: a dictionary of results for each case."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from energycalc.metering.billing.bills import bills_from_reads, daily
from energycalc.mv.isolation.sampling import sample_size
from energycalc.mv.models.baseline import Baseline, fit_baseline
from energycalc.mv.models.columns import temperature_segments
from energycalc.mv.models.forms import Form
from energycalc.mv.periods import Periods
from energycalc.mv.regression import statistics
from energycalc.mv.regression.autocorrelation import effective_number, lag_one, positions_of
from energycalc.mv.savings.fractional import FractionalForm, fractional_uncertainty, savings_multiplier

Results = dict[str, Any]
Open = Callable[[str], Path]
Other = Callable[[str], dict[str, Any]]


class NotCoveredError(Exception):
    """The runner cannot read this."""


def results(case: dict[str, Any], path_of: Open, other: Other) -> Results:
    """All that the package finds for a case, by the names that the cases use."""
    inputs, method = case["inputs"], case["method"]
    if "from_case" in inputs:
        return fractional(inputs, path_of, other)
    if "predictors" in inputs:
        return plant_months(inputs, path_of)
    if "hourly" in inputs or "columns" in inputs:
        return days(inputs, method, path_of)
    if "data" in inputs and "post" in method:
        return option_c(inputs, method, path_of)
    if "shape" in inputs:
        return twelve_points(inputs, path_of)
    if "observed" in inputs:
        return errors(inputs)
    if "series" in inputs:
        return autocorrelation(inputs)
    if "endpoints" in inputs:
        knots = tuple(float(each) for each in inputs["endpoints"])
        return {"rows": temperature_segments(np.array(inputs["T_F"], float), knots).tolist()}
    if "data" in inputs and ("START" in method or "END" in method):
        return bills(inputs, method, path_of)
    if "cv" in inputs and "cases" in inputs:
        return sampling(inputs)
    raise NotCoveredError(f"no rule reads inputs {', '.join(inputs)}")


def periods_of_days(start: np.ndarray, energy: np.ndarray, drivers: dict[str, np.ndarray], unit: str) -> Periods:
    start = start.astype("datetime64[s]")
    end = start + np.timedelta64(86_400, "s")
    return Periods(start, end, energy, "kWh", "day", drivers, dict.fromkeys(drivers, unit))


def months_from(year: int, energy: np.ndarray, drivers: dict[str, np.ndarray]) -> Periods:
    """Successive months; for cases whose points have no date, only their order is used."""
    first = np.datetime64(f"{year}-01", "M")
    edges = (first + np.arange(len(energy) + 1)).astype("datetime64[s]")
    return Periods(edges[:-1], edges[1:], energy, "kWh", "month", drivers)


def shape_of(method: str) -> str:
    found = re.search(r"\b(2P|3PC|3PH|4P|5P|TOWT|mean)\b", method)
    if found:
        return {"TOWT": "towt"}.get(found[1], found[1])
    if re.search(r"a \+ b\s*\*\s*T|linear", method):
        return "2P"
    raise NotCoveredError(f"method {method!r}")


def days(inputs: dict[str, Any], method: str, path_of: Open) -> Results:
    if "hourly" in inputs:
        hours = pd.read_csv(path_of(inputs["hourly"]))
        hours["date"] = hours["time"].str[:10]
        grouped = hours.groupby("date")
        table = pd.DataFrame({"energy": grouped["eload_kWh"].sum(), "temp": grouped["temp_F"].mean()}).reset_index()
        names = {"energy": "energy", "temp": "temp", "date": "date"}
    else:
        table, names = pd.read_csv(path_of(inputs["data"])), inputs["columns"]
    dates = table[names["date"]].astype(str).str[:10]
    if "baseline" in inputs:
        first, last = inputs["baseline"]
        inside = (dates >= first) & (dates <= last)
        table, dates = table[inside], dates[inside]
    periods = periods_of_days(
        dates.to_numpy("datetime64[D]"),
        table[names["energy"]].to_numpy(float),
        {"temp": table[names["temp"]].to_numpy(float)},
        "degF",
    )
    shape = shape_of(method)
    return of_baseline(fit_baseline(periods, Form(shape, temperature=None if shape == "mean" else "temp")))


def of_baseline(baseline: Baseline) -> Results:
    fit, bound = baseline.fit, baseline.bound
    squares, mean, n, p = fit.residual_sum_of_squares, fit.mean_response, fit.observations, fit.parameters
    # nmecr counts no intercept: one for a line, one for each of the two regressions of TOWT.
    groups = {column.only for column in bound.columns if column.kind == "segment"}
    uncounted = max(len(groups), 1)

    def percent(parameters: int) -> float:
        return 100 * statistics.cv_rmse(fit.response, fit.fitted, parameters)

    found: Results = {
        "baseline": baseline,
        "uncounted": uncounted,
        "R2": fit.r_squared,
        "adjusted_R2": fit.adjusted_r_squared,
        "n_parameters_total": p,
        "cvrmse_nmecr_pct": percent(p - uncounted),
        "cvrmse_pct": percent(p - uncounted),
        f"cvrmse_p{p}_pct": percent(p),
        f"cvrmse_p{p - uncounted}_pct": percent(p - uncounted),
        "rmse_n_minus_p": fit.residual_standard_deviation,
        "mean": mean,
        "cvrmse": fit.cv_rmse,
        "df_resid": n - p,
        "F": fit.f_statistic,
        "F_pvalue": fit.f_p_value,
        "coef": fit.coefficients.tolist(),
        "standard_errors": fit.standard_errors.tolist(),
        "p_values": fit.p_values.tolist(),
        "sse": squares,
    }
    if squares > 0 and n > 4:
        rho = lag_one(fit.residuals, positions_of(baseline.periods)).pearson
        found |= {"lag1_autocorr": rho, "n_prime": effective_number(n, rho)}
    if bound.columns[0].kind == "constant":
        found |= {"intercept": fit.coefficients[0], "base": fit.coefficients[0], "t_intercept": fit.t_values[0]}
    slopes = [i for i, column in enumerate(bound.columns) if column.kind in ("driver", "above", "below")]
    if len(slopes) == 1:
        (i,) = slopes
        # Below a change point the column grows as the temperature falls; dE/dT has the other sign.
        sign = -1 if bound.columns[i].kind == "below" else 1
        found |= dict.fromkeys(("slope", "slope_per_F", "slope_per_C"), sign * fit.coefficients[i])
        found["t_slope"] = sign * fit.t_values[i]
    for i in slopes:
        kind, sign = bound.columns[i].kind, -1 if bound.columns[i].kind == "below" else 1
        for name in {"below": ("slope_left", "slope_low", "heating_slope"), "above": (
            "slope_right", "slope_high", "cooling_slope")}.get(kind, ()):  # fmt: skip
            found[name] = sign * fit.coefficients[i]
    points = bound.change_points
    if len(points) == 1:
        found["change_point"] = points[0]
    for k, point in enumerate(points, 1):
        found |= {f"change_point_{k}": point, f"change_point{k}": point}
    if points:
        found["change_points"] = list(points)
    return found


def fractional(inputs: dict[str, Any], path_of: Open, other: Other) -> Results:
    base = results(other(inputs["from_case"]), path_of, other)
    baseline: Baseline = base["baseline"]
    fit = baseline.fit
    stated = re.search(r"(daily|monthly|billing)[^=]*M = n/30", str(inputs.get("alpha", "")))
    interval = {"daily": "day"}.get(stated[1], "month") if stated else baseline.periods.interval
    # The case says itself that M is the baseline's length there; the package's own rule is the reporting months.
    multiplier = savings_multiplier(interval, inputs["n"] / 30 if stated else None)

    def share(parameters: int, form: FractionalForm = "B") -> Any:
        return fractional_uncertainty(
            fraction=inputs["savings_fraction"],
            observations=inputs["n"],
            parameters=parameters,
            reporting_observations=inputs["m"],
            mean_energy=fit.mean_response,
            residual_sum_of_squares=fit.residual_sum_of_squares,
            confidence=inputs["confidence"],
            form=form,
            correlation=base["lag1_autocorr"],
            multiplier=multiplier,
        )

    all_p = fit.parameters
    found: Results = {}
    for p in (all_p, all_p - base["uncounted"]):
        found[f"fsu_p{p}"] = share(p).share
        found[f"savings_fraction_for_50pct_uncertainty_p{p}"] = share(p).fraction_at_half
        found[f"fsu_no_autocorr_p{p}"] = share(p, "independent").share
    found["fsu_no_autocorr"] = found[f"fsu_no_autocorr_p{all_p}"]
    return found


def plant_months(inputs: dict[str, Any], path_of: Open) -> Results:
    energy, predictors = pd.read_csv(path_of(inputs["energy"])), pd.read_csv(path_of(inputs["predictors"]))
    if "site_to_source" not in inputs["target"]:
        raise NotCoveredError(f"target {inputs['target']!r}")
    year = str(inputs["year"])
    mine = energy[(energy.facility == inputs["facility"]) & (energy.group == inputs["group"])]
    mine = mine[mine.month.str.startswith(year) & mine.quantity.str.startswith("energy_site")]
    monthly = (mine.value * mine.site_to_source).groupby(mine.month).sum().sort_index()
    rows = predictors[predictors.facility == inputs["facility"]].set_index("month").loc[monthly.index]
    drivers = {name: rows[name].to_numpy(float) for name in inputs["variables"]}
    periods = months_from(int(year), monthly.to_numpy(float), drivers)
    return of_baseline(fit_baseline(periods, Form("linear", linear=tuple(drivers))))


def option_c(inputs: dict[str, Any], method: str, path_of: Open) -> Results:
    table = pd.read_csv(path_of(inputs["data"]))
    before, after = (
        months_from(year, rows.usage.to_numpy(float), {"temp": rows.oat_F.to_numpy(float)})
        for year, rows in ((2001, table[table.period == "pre"]), (2002, table[table.period == "post"]))
    )
    baseline = fit_baseline(before, Form(shape_of(method), temperature="temp"))
    saving = float(baseline.predict(after).sum() - after.energy.sum())
    return {**of_baseline(baseline), "total_savings": saving}


def twelve_points(inputs: dict[str, Any], path_of: Open) -> Results:
    table = pd.read_csv(path_of(inputs["data"]))
    rows = table[table["shape"] == inputs["shape"]]
    periods = months_from(2001, rows.y.to_numpy(float), {"temp": rows.x.to_numpy(float)})
    return of_baseline(fit_baseline(periods, Form(inputs["shape"], temperature="temp")))


def errors(inputs: dict[str, Any]) -> Results:
    metered, model = np.array(inputs["observed"], float), np.array(inputs["predicted"], float)
    p = inputs.get("p", 0)
    return {
        "sse": statistics.sum_of_squared_errors(metered, model),
        "rmse_n": statistics.root_mean_square_error(metered, model),
        "rmse_n_minus_p": statistics.root_mean_square_error(metered, model, p),
        "mae": statistics.mean_absolute_error(metered, model),
        "nmbe": statistics.normalised_mean_bias_error(metered, model, p),
        "ndbe": statistics.net_determination_bias_error(metered, model),
        "cvrmse_n": statistics.cv_rmse(metered, model),
        "cvrmse_n_minus_p": statistics.cv_rmse(metered, model, p),
    }


def autocorrelation(inputs: dict[str, Any]) -> Results:
    series = np.array(inputs["series"], float)
    found = lag_one(series)
    n = inputs.get("n", len(series))
    shared: Results = {"pearson_of_lagged_pairs": found.pearson, "biased_acf": found.biased}
    for name, rho in (("biased", found.biased), ("pearson", found.pearson)):
        if -1 < rho < 1:
            shared[f"n_prime_from_{name}"] = effective_number(n, rho)
    return shared


def bills(inputs: dict[str, Any], method: str, path_of: Open) -> Results:
    table = pd.read_csv(path_of(inputs["data"]))
    date, amount = table.columns[:2]
    found = bills_from_reads(
        [str(each)[:10] for each in table[date]],
        table[amount].tolist(),
        "kWh",
        "start" if "START" in method else "end",
    )
    by_day = daily(found)
    opening = 1 if "START" in method else 0  # eemeter's table has a row without a value for the day of the last read
    return {
        "sum_bills": float(found.amount.sum()),
        "sum_daily": float(by_day.amount.sum()),
        "daily_rows": len(by_day.amount) + opening,
        "n_bills": len(found.amount),
    }


def sampling(inputs: dict[str, Any]) -> Results:
    cv, population = inputs["cv"], inputs.get("population")
    wanted = [(each["precision"], each["conf"]) for each in inputs["cases"]]
    return {
        "n_infinite": [sample_size(cv, e, c).normal for e, c in wanted],
        f"n_population_{population}": [sample_size(cv, e, c, population).normal for e, c in wanted],
    }
