"""Option B: everything inside the boundary measured; one sub-meter before and after is one gain."""

from pathlib import Path

import numpy as np
import pytest

from energycalc.errors import InputError
from energycalc.metering import MeterLayout, MeterSeries, read_meter
from energycalc.mv.isolation.option_a import Interaction, isolated_energy
from energycalc.mv.isolation.option_b import option_b
from energycalc.mv.isolation.retrofit_parameters import estimated, logged_mean_power
from energycalc.quantity import Source, quantity
from energycalc.quantity.trace import leaves

NONE = Interaction(None, "a separate room: nothing is heated or cooled by it")


def log(folder: Path, days: int, kw: float, scatter: float = 1.0, **changes: object) -> MeterSeries:
    """An hourly log of a machine, with another mean on each day."""
    rng = np.random.default_rng(5)
    day = kw + scatter * rng.standard_normal(days)
    rows = [
        f"2026-03-{1 + h // 24:02d} {h % 24:02d}:00,{day[h // 24] + scatter * 0.1 * (h % 3 - 1):.6f}"
        for h in range(24 * days)
    ]
    file = folder / f"log_{kw:g}_{days}.csv"
    file.write_text("\n".join(["time,power", *rows]) + "\n", encoding="utf-8")
    words: dict[str, object] = {
        "file": file,
        "time_column": "time",
        "value_column": "power",
        "unit": "kW",
        "quantity_kind": "power",
        "interval": "1 h",
        "stamp": "interval_start",
        "midnight": "starts_day",
        "time_zone": "Asia/Taipei",
        "meter": "sub-meter 7",
        "accuracy_class": "1",
    }
    return read_meter(MeterLayout(**(words | changes)))  # type: ignore[arg-type]


def test_one_sub_meter_scales_the_difference_two_do_not(tmp_path: Path) -> None:
    whole = log(tmp_path, 28, 50.0)
    before, after = whole.between("2026-03-01", "2026-03-15").total(), whole.between("2026-03-15", "2026-03-29").total()
    same = option_b(before, after, interaction=NONE)
    assert same.saving == pytest.approx(float(before.value) - float(after.value))
    assert same.standard_uncertainty == pytest.approx(0.01 / 3**0.5 * abs(same.saving))
    other = log(tmp_path, 28, 49.0).between("2026-03-15", "2026-03-29").total()
    two = option_b(before, other, interaction=NONE)
    parts = 0.01 / 3**0.5 * np.array([float(before.value), float(other.value)])
    assert two.standard_uncertainty == pytest.approx(float(np.hypot(*parts)))
    assert two.estimated_share == 0.0 and two.findings == ()


def test_an_estimate_makes_it_option_a(tmp_path: Path) -> None:
    power = logged_mean_power(log(tmp_path, 14, 50.0))
    one = quantity(1.0, "1", name="units_in_service", basis="published", source=Source("site list"))
    hours = estimated(300, 340, "h", name="operating_hours", because="shift plan", by="plant manager")
    energy = isolated_energy(one, power, hours)
    with pytest.raises(InputError, match="not measured"):
        option_b(energy, energy, interaction=NONE)
    counted = quantity(320.0, "h", name="operating_hours", basis="measured", source=Source("hour counter"))
    assert option_b(*[isolated_energy(one, power, counted)] * 2, interaction=NONE).saving == 0.0


def test_a_log_stands_for_its_days_not_for_its_hours(tmp_path: Path) -> None:
    meter = log(tmp_path, 14, 50.0)
    power = logged_mean_power(meter)
    days = meter.energy_kwh.reshape(14, 24).mean(axis=1)
    read = next(leaf for leaf in leaves(power) if leaf.name == "power_reading")
    assert read.value == pytest.approx(days.mean())
    assert read.uncertainty is not None
    assert read.uncertainty.standard_uncertainty == pytest.approx(days.std(ddof=1) / 14**0.5)
    assert read.uncertainty.degrees_of_freedom == 13
    assert power.name == "mean_power"


def test_a_log_shorter_than_a_week_or_without_scatter_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="too few whole days"):
        logged_mean_power(log(tmp_path, 6, 50.0))
    assert logged_mean_power(log(tmp_path, 7, 50.0)).value == pytest.approx(50, abs=2)
    with pytest.raises(InputError, match="same mean power"):
        logged_mean_power(log(tmp_path, 8, 40.0, scatter=0.0))
