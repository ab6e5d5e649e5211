"""opendsm's daily model on the meters of one Parquet file; run by the interpreter of opendsm's own environment.

    python opendsm_daily.py INPUT.parquet OUTPUT.csv METER [METER ...]

INPUT has the columns id, day (local date), temperature (mean of the day, °F), baseline (kWh) and block (number of the
hold-out block of the day, -1 for none). Days, not hours: from hourly values with a gap, opendsm 1.2.7 spreads the last
reading before the gap over it, so that the held-out days would be fitted as days of almost no energy. For each meter the model is fitted once without each block and once with
all days. OUTPUT has one line per predicted day: id, block (-1: fitted with all days), seconds of the fit, day, kWh.
"""

from __future__ import annotations

import logging
import sys
import time
import warnings
from pathlib import Path

import numpy as np
import pandas as pd


def main() -> None:
    """Fit, predict and append, meter by meter."""
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    from opendsm.eemeter import DailyBaselineData, DailyModel, DailyReportingData

    source, target, meters = Path(sys.argv[1]), Path(sys.argv[2]), [int(word) for word in sys.argv[3:]]
    if not target.exists():
        target.write_text("id,block,seconds,day,predicted\n", encoding="utf-8")
    table = pd.read_parquet(source)

    def fit(frame: pd.DataFrame) -> tuple[DailyModel, float]:
        began = time.perf_counter()
        data = DailyBaselineData(frame[["observed", "temperature"]], is_electricity_data=True)
        model = DailyModel().fit(data, ignore_disqualification=True)
        return model, time.perf_counter() - began

    for meter in meters:
        one = table[table["id"] == meter].sort_values("day").set_index("day")
        one.index = one.index.tz_localize("Etc/GMT+5")
        frame = pd.DataFrame({"observed": one["baseline"], "temperature": one["temperature"]})
        if meter == meters[0]:
            fit(frame)  # compiles numba's functions; not counted
        lines = []
        for block in (-1, *sorted(set(one["block"]) - {-1})):
            part = frame.copy()
            if block >= 0:
                part.loc[one["block"] == block, "observed"] = np.nan
            try:
                model, seconds = fit(part)
                reporting = DailyReportingData(frame[["temperature"]], is_electricity_data=True)
                found = model.predict(reporting, ignore_disqualification=True)["predicted"]
            except Exception as error:  # a meter that fails is a line with its reason
                print(f"{meter},{block}: {type(error).__name__}: {str(error)[:200]}", flush=True)
                continue
            days = one["block"].groupby(one.index.date).first()
            for day, value in zip(found.index.date, found.to_numpy(), strict=True):
                if day in days.index and (block < 0 or days[day] == block):
                    lines.append(
                        f"{meter},{block},{seconds:.6f},{day},{value!r}".replace("np.float64(", "").replace(")", "")
                    )
        with target.open("a", encoding="utf-8") as out:
            out.write("\n".join(lines) + "\n")
        print(f"{meter} done", flush=True)


if __name__ == "__main__":
    main()
