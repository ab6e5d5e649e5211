"""Side by side with opendsm 1.2.7's daily model on ComStock meters: days held out, months, time per meter.

    python -m benchmarks.bench_mv_peer [--data DIR] [--meters 8 | --all] [--predictions FILE.csv]

opendsm gets an environment of its own below ``out/peer`` (uv where there is one, else venv and pip). Both tools are
fitted to the same days: the baseline year without one block of 36 days, ten times, and once to the whole year.

    held out   √mean(error²) of the held-out days over the mean day; the median over meters may not be above opendsm's
    months     |adjusted baseline − opendsm's| by calendar month, fitted to the whole year: median at most 3 %
    time       one fit of all days, per meter: at least 1,000 times faster; one thread of linear algebra for both

The annual avoided energy of both is printed, not scored: nobody knows the true one. ``--predictions`` takes a file that
an earlier run has left, instead of running opendsm (five seconds a fit) again. Two real buildings, an office and a
school, are held out the same way, so that a model is not praised for one set of simulated buildings alone.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # both tools with one thread: a fair count, and steadier

import numpy as np
import pandas as pd

from benchmarks.timing import Figure, median_seconds

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "examples" / "verification" / "data"
COMSTOCK = "comstock_100meters_hourly_2018.parquet"
FOLDER = ROOT / "out" / "peer"
SEED, BLOCKS, BLOCK_DAYS = 2026, 10, 36
PEER = ("opendsm==1.2.7", "multimethod<2")


def daily(data: Path) -> pd.DataFrame:
    """Whole days of all meters: id, day, temperature (°F), baseline and reporting (kWh), block."""
    import duckdb

    return duckdb.sql(
        f"""with hours as (select id, (datetime - interval 1 hour)::timestamp as hour, * exclude (id, datetime)
        from '{data / COMSTOCK}')
        select id, hour::date::timestamp as day, avg(temperature) as temperature, sum(observed_baseline) as baseline,
        sum(observed_reporting) as reporting,
        case when dayofyear(hour) <= {BLOCKS * BLOCK_DAYS} then (dayofyear(hour) - 1) // {BLOCK_DAYS} else -1 end::int
        as block from hours group by all having count(*) = 24 order by 1, 2"""
    ).df()


def others(data: Path) -> list[tuple[str, pd.DataFrame]]:
    """Two years of a real office and one of a real school, as ``daily`` gives them."""
    found = []
    office = pd.read_csv(data / "nmecr_office_daily_2012_2015.csv.gz")
    office["day"] = pd.to_datetime(office[office.columns[0]]).dt.normalize()
    for first in ("2012-03-01", "2013-03-01"):
        found.append((f"office {first[:4]}", office[office["day"] >= first].head(365)))
    school = pd.read_csv(data / "nmecr_school_hourly_2018.csv.gz")
    school["day"] = pd.to_datetime(school[school.columns[0]].astype(str).str[:10])
    days = school.groupby("day").agg(
        eload_kWh=("eload_kWh", "sum"), n=("eload_kWh", "count"), temp_F=("temp_F", "mean")
    )
    found.append(("school 2018", days[(days["n"] == 24) & days["temp_F"].notna()].reset_index()))
    tables = []
    for number, (name, frame) in enumerate(found):
        place = (frame["day"] - frame["day"].iloc[0]).dt.days
        block = np.where(place < BLOCKS * BLOCK_DAYS, place // BLOCK_DAYS, -1)
        tables.append(
            (
                name,
                pd.DataFrame(
                    {
                        "id": -1 - number,
                        "day": frame["day"],
                        "temperature": frame["temp_F"],
                        "baseline": frame["eload_kWh"],
                        "block": block,
                    }
                ),
            )
        )
    return tables


def own_predictions(table: pd.DataFrame) -> tuple[pd.DataFrame, float]:
    """Predicted energy of each day, fitted without its block and to all days; seconds of the latter per meter."""
    from energycalc.mv.portfolio.batched_fit import design, fit_batch, predict
    from energycalc.mv.portfolio.candidates import FORMS, choose, refine
    from energycalc.mv.portfolio.plan import weekdays

    meters = table["id"].unique()
    shape = (len(meters), len(table) // len(meters))
    energy, warm = (table[name].to_numpy().reshape(shape) for name in ("baseline", "temperature"))
    days, block = table["day"].to_numpy()[: shape[1]], table["block"].to_numpy()[: shape[1]]
    weekday = weekdays(days)

    def fitted(mask: np.ndarray) -> np.ndarray:
        mask = np.broadcast_to(mask, shape)
        chosen, below, above = choose(energy, warm, mask, weekday, weekday)
        found = np.empty(shape)
        for number in np.unique(chosen):
            some, form = chosen == number, FORMS[number]
            b, a = below[some], above[some]
            if form.change_points:
                b, a = refine(form, energy[some], warm[some], mask[some], weekday, weekday, b, a)
            columns = design(form, b, a, warm[some], weekday, weekday, np.arange(7))
            found[some] = predict(fit_batch(form, b, a, columns, energy[some], mask[some]), columns)
        return found

    everything = np.ones(shape[1], bool)
    seconds = median_seconds(lambda: fitted(everything)) / len(meters)
    full = fitted(everything)
    held = np.full(shape, np.nan)
    for number in range(BLOCKS):
        held[:, block == number] = fitted(block != number)[:, block == number]
    return table.assign(held=held.ravel(), full=full.ravel()), seconds


def environment() -> Path | None:
    """The interpreter of opendsm's own environment, made if it is not there; None with one line if that fails."""
    python = FOLDER / "venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if python.exists():
        return python
    FOLDER.mkdir(parents=True, exist_ok=True)
    print(f"making an environment for {PEER[0]} below {FOLDER} (about 1.2 GB, a minute or two)", flush=True)
    try:
        if shutil.which("uv"):
            subprocess.run(["uv", "venv", "--quiet", str(python.parents[1])], check=True)
            subprocess.run(["uv", "pip", "install", "--quiet", "--python", str(python), *PEER], check=True)
        else:
            venv.create(python.parents[1], with_pip=True)
            subprocess.run([str(python), "-m", "pip", "install", "--quiet", *PEER], check=True)
        subprocess.run([str(python), "-W", "ignore", "-c", "import opendsm.eemeter"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"left out: {PEER[0]} cannot be installed here ({error})")
        shutil.rmtree(python.parents[1], ignore_errors=True)
        return None
    return python


def peer_predictions(table: pd.DataFrame, meters: list[int]) -> pd.DataFrame | None:
    """What opendsm predicts, as its script writes it; None where it cannot be installed."""
    python = environment()
    if python is None:
        return None
    source, target = FOLDER / "daily.parquet", FOLDER / "predictions.csv"
    table.drop(columns="reporting", errors="ignore").to_parquet(source)
    target.unlink(missing_ok=True)
    print(f"opendsm: {len(meters)} meters, {BLOCKS + 1} fits each, about a minute a meter", flush=True)
    script = Path(__file__).with_name("opendsm_daily.py")
    subprocess.run([str(python), "-W", "ignore", str(script), str(source), str(target), *map(str, meters)], check=True)
    return pd.read_csv(target, parse_dates=["day"])


def held_out(energy: pd.Series, predicted: pd.Series) -> float:
    """√mean(error²) over the mean energy."""
    return float(np.sqrt(np.mean((predicted - energy) ** 2)) / energy.mean())


def compare(own: pd.DataFrame, peer: pd.DataFrame) -> pd.DataFrame:
    """One line a meter: held-out error of both, difference by month, avoided energy of both, seconds of opendsm."""
    lines = []
    for meter, theirs in peer.groupby("id"):
        mine = own[own["id"] == meter]
        parts = theirs[theirs["block"] >= 0].merge(mine, on="day")
        whole = theirs[theirs["block"] < 0].merge(mine, on="day")
        if not len(parts) or not len(whole):
            continue
        months = whole.groupby(whole["day"].dt.month)[["full", "predicted"]].sum()
        lines.append(
            {
                "meter": meter,
                "own": held_out(parts["baseline"], parts["held"]),
                "opendsm": held_out(parts["baseline"], parts["predicted"]),
                "month": float(np.median(abs(months["full"] / months["predicted"] - 1))),
                "own_saving": (whole["full"] - whole["reporting"]).sum() if "reporting" in whole else np.nan,
                "opendsm_saving": (whole["predicted"] - whole["reporting"]).sum() if "reporting" in whole else np.nan,
                "seconds": theirs.loc[theirs["block"] < 0, "seconds"].iloc[0],
            }
        )
    return pd.DataFrame(lines)


def figures(data: Path = DATA, meters: int = 8, predictions: Path | None = None) -> list[Figure]:
    """The table of meters, then the bars."""
    if not (data / COMSTOCK).exists():
        print(f"left out: {data / COMSTOCK} is not there; give its folder with --data")
        return []
    table = daily(data)
    own, seconds = own_predictions(table)
    order = np.random.default_rng(SEED).permutation(table["id"].unique())[:meters].tolist()
    real = others(data)
    if predictions is not None:
        peer: pd.DataFrame | None = pd.read_csv(predictions, parse_dates=["day"])
    else:
        asked = pd.concat([table[table["id"].isin(order)], *(frame for _, frame in real)], ignore_index=True)
        peer = peer_predictions(asked, [*order, *(int(frame["id"].iloc[0]) for _, frame in real)])
    if peer is None:
        return []
    lines = compare(own, peer)
    print(lines.round(4).to_string(index=False))
    for name, frame in real:
        mine, _ = own_predictions(frame)
        parts = mine[mine["block"] >= 0]
        both = compare(mine, peer[peer["id"] == frame["id"].iloc[0]])
        theirs = f"opendsm {both['opendsm'].iloc[0]:.4f}" if len(both) else "opendsm not run"
        print(f"{name}: held-out CV(RMSE) {held_out(parts['baseline'], parts['held']):.4f}, {theirs}")
    change = lines["own_saving"] / lines["opendsm_saving"] - 1
    print(
        f"annual avoided energy against opendsm's: median difference {change.median():+.2%}, of magnitudes {change.abs().median():.2%}"
    )
    note = f"{len(lines)} meters; median opendsm {lines['opendsm'].median():.4f}, means {lines['own'].mean():.4f} and {lines['opendsm'].mean():.4f}, smaller for {(lines['own'] < lines['opendsm']).sum()}"
    speed = lines["seconds"].median() / seconds
    return [
        Figure("held-out CV(RMSE), median over meters (bar: opendsm's)", lines["own"].median(), "", lines["opendsm"].median(), note),
        Figure("energy by calendar month against opendsm's, median difference", 100 * lines["month"].median(), "%", 3.0),
        Figure("opendsm: one daily fit, median over meters", lines["seconds"].median(), "s", None),
        Figure("here: one meter of a batch of 100", 1000 * seconds, "ms", None, f"{speed:,.0f} times faster (bar: 1,000) " + ("ok" if speed >= 1000 else "MISSED")),
    ]  # fmt: skip


if __name__ == "__main__":
    arguments = sys.argv[1:]

    def option(name: str, usual: str) -> str:
        return arguments[arguments.index(name) + 1] if name in arguments else usual

    kept = option("--predictions", "")
    number = 10_000 if "--all" in arguments else int(option("--meters", "8"))
    for figure in figures(Path(option("--data", str(DATA))), number, Path(kept) if kept else None):
        print(figure.line())
