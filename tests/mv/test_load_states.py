"""Load states found in data: synthetic machines whose states are known, and a compressor log."""

import gzip
from pathlib import Path

import numpy as np
import pytest

from energycalc.errors import InputError
from energycalc.metering import MeterLayout, read_meter
from energycalc.mv.isolation.load_states import load_states, state_energy, states_of_power

RNG = np.random.default_rng(11)


def machine(*parts: tuple[int, float, float], seed: int = 2) -> np.ndarray:
    """Blocks of (readings, mean kW, scatter kW), one after another."""
    rng = np.random.default_rng(seed)
    return np.concatenate([np.abs(mean + scatter * rng.standard_normal(n)) for n, mean, scatter in parts])


def test_off_idle_and_loaded_are_found_with_their_hours_energy_and_starts() -> None:
    cycle = [(120, 0.0, 0.0), (200, 7.0, 0.3), (180, 22.0, 1.5)]
    power = machine(*(cycle * 4))
    found = states_of_power(power, 1 / 60, subject="press")
    assert [state.name for state in found.states] == ["off", "idle", "loaded"]
    assert [state.readings for state in found.states] == [480, 800, 720]
    assert [state.mean_power_kw for state in found.states] == pytest.approx([0, 7, 22], abs=0.2)
    assert found.hours == pytest.approx(len(power) / 60)
    assert found.energy_kwh == pytest.approx(power.sum() / 60)
    assert (found.starts, found.loadings) == (4, 4)
    assert found.idle_share_of_hours == pytest.approx(800 / 1520)
    assert found.idle_share_of_energy == pytest.approx(800 * 7 / (800 * 7 + 720 * 22), rel=0.01)
    assert found.findings == ()


@pytest.mark.parametrize("off", [0.0, 0.05])
def test_a_small_standby_is_off_and_idle_is_told_from_it_beside_a_wide_load(off: float) -> None:
    found = states_of_power(machine((500, off, 0.0), (6000, 2.0, 0.1), (3500, 20.0, 3.0)), 0.25)
    assert [(state.name, state.readings) for state in found.states] == [("off", 500), ("idle", 6000), ("loaded", 3500)]


@pytest.mark.parametrize(
    "power",
    [
        RNG.normal(100, 10, 5000),
        RNG.normal(100, 10, 150),
        RNG.uniform(10, 100, 5000),
        RNG.exponential(10, 3000),
        np.round(RNG.normal(100, 0.3, 5000), 1),
        np.full(200, 5.0),
    ],
    ids=["normal", "short", "uniform", "skew", "coarse", "constant"],
)
def test_a_load_without_states_gets_none(power: np.ndarray) -> None:
    found = states_of_power(power, 0.25, subject="drive")
    assert [state.name for state in found.states] == ["running"]
    assert [finding.id for finding in found.findings] == ["mv.load_states_not_separated"]
    assert np.isnan(found.idle_share_of_hours)
    assert found.energy_kwh == pytest.approx(power.sum() * 0.25)


def test_states_do_not_depend_on_the_scale_and_order_of_the_readings() -> None:
    power = machine((300, 5.0, 0.2), (300, 40.0, 2.0))
    one, scaled = states_of_power(power, 0.25), states_of_power(power * 1000, 0.25)
    mixed = states_of_power(RNG.permutation(power), 0.25)
    assert [state.readings for state in one.states] == [300, 300]
    assert [state.readings for state in scaled.states] == [300, 300]
    assert [state.readings for state in mixed.states] == [300, 300]
    assert scaled.cuts_kw[0] == pytest.approx(1000 * one.cuts_kw[0])


def test_a_short_peak_is_no_state_and_a_gap_is_no_start() -> None:
    power = machine((500, 0.0, 0.0), (500, 20.0, 1.0))
    power[600] = 90.0
    follows = np.ones(999, dtype=bool)
    assert states_of_power(power, 0.25, follows=follows).starts == 1
    assert states_of_power(power, 0.25).states[-1].to_kw == 90.0
    follows[499] = False
    found = states_of_power(power, 0.25, follows=follows)
    assert found.starts == 0
    assert [finding.id for finding in found.findings] == ["mv.load_states_gaps"]


def test_too_little_data_and_an_unknown_state_are_refused() -> None:
    with pytest.raises(InputError, match="load states cannot be found"):
        states_of_power(np.ones(99), 0.25)
    with pytest.raises(InputError, match="no such state"):
        states_of_power(machine((500, 0.0, 0.0), (500, 20.0, 1.0)), 0.25).named("idle")


def test_a_machine_that_only_stood_is_off() -> None:
    found = states_of_power(np.zeros(200), 0.25)
    assert [state.name for state in found.states] == ["off"] and found.energy_kwh == 0.0


def test_the_traced_energy_of_the_states_adds_up_to_the_meter(tmp_path: Path) -> None:
    power = machine((300, 0.0, 0.0), (400, 6.0, 0.2), (452, 18.0, 1.0))
    stamps = np.datetime64("2026-03-01T00:00") + np.arange(len(power)) * np.timedelta64(15, "m")
    file = tmp_path / "machine.csv.gz"
    rows = "\n".join(f"{str(s).replace('T', ' ')},{p!r}" for s, p in zip(stamps, power.tolist(), strict=True))
    file.write_bytes(gzip.compress(f"time,power\n{rows}\n".encode()))
    meter = read_meter(
        MeterLayout(
            file=file,
            time_column="time",
            value_column="power",
            unit="kW",
            quantity_kind="power",
            interval="15 min",
            stamp="interval_start",
            midnight="starts_day",
            time_zone="Asia/Taipei",
            meter="mill 3",
            current_transformer_ratio="300/5",
            accuracy_class="1",
        )
    )
    found = load_states(meter)
    assert [state.name for state in found.states] == ["off", "idle", "loaded"]
    parts = [state_energy(meter, found, state.name) for state in found.states[1:]]
    assert sum(float(part.value) for part in parts) == pytest.approx(float(meter.total().value))
    assert parts[0].value == pytest.approx(found.named("idle").energy_kwh)
    assert set(meter.factors) <= {parent for part in parts for parent in _leaves(part)}


def _leaves(part: object) -> list[object]:
    from energycalc.quantity.trace import leaves

    return list(leaves(part))  # type: ignore[arg-type]


COMPRESSORS = (
    Path(__file__).resolve().parents[2] / "examples" / "verification" / "data" / "measur_compressors_1min.csv.gz"
)


def compressor(column: str) -> MeterLayout:
    return MeterLayout(
        file=COMPRESSORS,
        time_column="DateTime",
        value_column=column,
        unit="kW",
        quantity_kind="power",
        interval="1 min",
        stamp="interval_start",
        midnight="starts_day",
        time_zone="America/New_York",
        date_format="%m/%d/%Y %H:%M",
        duplicates="keep_first",  # 370 minutes appear twice
        gaps="report",
    )


@pytest.mark.parametrize(
    ("column", "states"),
    [
        ("Compressor A1 (kW)", 2),
        ("Compressor B1 (kW)", 2),
        ("Compressor C 1(kW)", 1),  # no valley: controlled steplessly
        ("Compressor D1 (kW)", 2),
        ("Compressor A2 (kW)", 2),
        ("Compressor B2 (kW)", 2),
        ("Compressor C2 (kW)", 1),
        ("Compressor D2 (kW)", 2),
    ],
)
def test_compressors_load_and_unload_or_modulate(column: str, states: int) -> None:
    meter = read_meter(compressor(column))
    found = load_states(meter)
    assert len(found.states) == states
    assert found.energy_kwh == pytest.approx(meter.energy_kwh.sum())
    assert found.hours == pytest.approx(len(meter.reading) / 60)
    if states == 1:
        assert "mv.load_states_not_separated" in {finding.id for finding in found.findings}
        return
    low, high = found.states
    assert low.to_kw < high.from_kw
    assert max(found.valleys) <= 0.1
    # hardly a minute lies in the middle half between the two states of a compressor that loads and unloads
    middle = (low.mean_power_kw * 3 + high.mean_power_kw) / 4, (low.mean_power_kw + high.mean_power_kw * 3) / 4
    if column[11] in "AB":
        between = (meter.demand_kw > middle[0]) & (meter.demand_kw < middle[1])
        assert between.mean() < 0.01
    assert found.starts == 0 and "mv.load_states_never_off" in {finding.id for finding in found.findings}


def test_two_copies_of_a_log_in_another_order_have_the_same_states() -> None:
    # D2 holds the readings of D1 in another order; one of each pair of minutes is dropped, so a few differ
    one, other = (load_states(read_meter(compressor(f"Compressor {name} (kW)"))) for name in ("D1", "D2"))
    for state, copy in zip(one.states, other.states, strict=True):
        assert state.hours == pytest.approx(copy.hours, rel=0.01)
        assert state.mean_power_kw == pytest.approx(copy.mean_power_kw, rel=0.001)
