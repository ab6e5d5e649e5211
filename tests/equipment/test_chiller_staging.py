"""Chiller staging: worked figures of others, properties, refusals both ways."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from energycalc.equipment.cooling.chiller_staging import DESCRIPTION as STAGING
from energycalc.equipment.cooling.chiller_staging import _machines
from energycalc.errors import InputError
from tests.equipment.cooling import FEW, ceiling, energies, ids, run, saving, stated


def machine(name: str, per_ton: float = 0.62, kind: str = "centrifugal_water_variable", pumps: float = 60) -> Any:
    return {
        "machine": name,
        "chiller_kind": kind,
        "rated_capacity": "1,000 USRT",
        "rated_specific_power": f"{per_ton} kW/USRT",
        "auxiliary_power": f"{pumps} kW",
    }


def staged(load: float, *machines: Any) -> dict[str, Any]:
    return {
        "machines": list(machines or (machine("A"), machine("B"), machine("C"))),
        "chilled_water_supply": "7 °C",
        "condenser_entering": "29 °C",
        "profile": [{"cooling_load": f"{load} USRT", "hours": "1,000 h"}],
    }


def order(names: Any, threshold: float) -> dict[str, Any]:
    return {"order": names, "start_threshold": f"{threshold} %"}


@FEW
@given(load=st.floats(120, 2900), threshold=st.floats(40, 100))
def test_the_same_staging_saves_nothing(load: float, threshold: float) -> None:
    side = order("A, B, C", threshold)
    assert run(STAGING, side, side, staged(load)).remaining.value == 1


def test_staging_of_the_peer_with_the_capacity_curve_taken_once() -> None:
    """MEASUR: 3 x 300 against 2 x 450 ton: 820.50 and 603.91 kW with the curve twice; 813.97 and 600.93 kW once."""
    common = staged(900, *(machine(n, 0.676, pumps=0) for n in "ABC")) | {
        "chilled_water_supply": f"{50 / 9} °C",
        "condenser_entering": f"{(82.12 - 32) * 5 / 9} °C",
    }
    before, after = energies(run(STAGING, order("A, B, C", 40), order("A, B, C", 50), common))
    assert before == pytest.approx(3 * 271_326.26, rel=1e-6)
    assert after == pytest.approx(2 * 300_466.01, rel=1e-6)


@pytest.mark.parametrize(
    ("load", "threshold", "pumps_running"), [(450, 50, 1), (520, 50, 2), (1900, 90, 3), (1900, 97, 2)]
)
def test_the_next_machine_starts_at_the_threshold(load: float, threshold: float, pumps_running: int) -> None:
    """Capacity is 998 to 1005 USRT each at 7/29 °C: the pumps' energy shows how many run."""
    side = order("A, B, C", threshold)
    with_pumps, without = (
        energies(run(STAGING, side, side, staged(load, *(machine(n, pumps=p) for n in "ABC"))))[0] for p in (60, 0)
    )
    assert with_pumps - without == pytest.approx(pumps_running * 60 * 1000, rel=1e-6)


def test_the_better_machine_first_saves() -> None:
    machines = (machine("A", 0.75), machine("B", 0.58))
    change = run(STAGING, order("A, B", 95), order("B, A", 95), staged(700, *machines))
    before, after = energies(change)
    pumps = 60 * 1000
    assert (after - pumps) / (before - pumps) == pytest.approx(0.58 / 0.75, rel=1e-9)
    assert run(STAGING, order("A, B", 95), order(["B", "A"], 95), staged(700, *machines)).remaining.value == (
        change.remaining.value
    )


@FEW
@given(load=st.floats(150, 1900), threshold=st.floats(40, 100), old=st.floats(0.6, 0.9), new=st.floats(0.5, 0.7))
def test_no_staging_passes_the_ceiling(load: float, threshold: float, old: float, new: float) -> None:
    machines = (machine("A", old, "screw_water_fixed"), machine("B", new))
    case = (order("A, B", 60), order("B, A", threshold), staged(load, *machines))
    assert saving(run(STAGING, *case)) <= ceiling(STAGING, *case).saving.value


def test_the_better_number_of_machines_is_told() -> None:
    """900 USRT on three variable-speed machines: two take less; 450 USRT on one: two would take less."""
    change = run(STAGING, order("A, B, C", 40), order("A, B, C", 30.1), staged(900))
    told = next(f for f in change.findings if f.id == "chiller_staging.optimum")
    chosen = energies(change)[1] / 1000
    assert f"take {chosen:,.0f} kW" in told.sentence
    best = min(
        energies(run(STAGING, order("A, B, C", 30.1), order("A, B, C", t), staged(900)))[1] for t in (30.1, 46, 95)
    )
    assert f"{best / 1000:,.0f} kW." in told.sentence
    heavy = run(STAGING, order("A, B", 40), order("A, B", 40), staged(450, *(machine(n, pumps=200) for n in "AB")))
    told = next(f for f in heavy.findings if f.id == "chiller_staging.optimum")
    assert told.sentence.startswith("2 machine(s)") and "; 1 would take" in told.sentence
    quiet = run(STAGING, order("A", 100), order("A", 100), staged(700))
    assert "chiller_staging.optimum" not in ids(quiet)


@pytest.mark.parametrize(
    ("after", "common", "message"),
    [
        (order("A, D", 90), {}, "one that is not listed"),
        (order("A, A", 90), {}, "one twice"),
        (order("A", 90), {}, r"load 1 .*cannot carry the load.*available capacity of A"),
        (order("A, B, C", 10), {"profile": [{"cooling_load": "250 USRT", "hours": "1 h"}]}, "part load ratio"),
        (order("A, B, C", 5), {}, "start_threshold"),
        (order("A, B", 90), {"machines": [machine("A"), machine("A")]}, "one name"),
    ],
)
def test_an_impossible_staging_is_refused(after: Any, common: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        run(STAGING, order("A, B, C", 90), after, staged(1500) | common)
    run(STAGING, order("A, B, C", 90), order("C, A", 90), staged(1500))


@pytest.mark.parametrize("names", [[], ""])
def test_an_order_of_no_machine_is_refused(names: Any) -> None:
    with pytest.raises(InputError, match="names no machine"):
        run(STAGING, order(names, 90), order("A", 90), staged(900))


def test_a_condenser_that_is_not_warmer_than_the_chilled_water_is_refused() -> None:
    side = order("A, B", 90)
    water = {"chilled_water_supply": "20 °C"}
    with pytest.raises(InputError, match="no lift"):
        run(STAGING, side, side, staged(900) | water | {"condenser_entering": "20 °C"})
    assert run(STAGING, side, side, staged(900) | water | {"condenser_entering": "22 °C"}).remaining.value == 1


@pytest.mark.parametrize("share", [1, 1 - 1e-13, 0.1 * (1 + 1e-14)])
def test_the_plant_runs_up_to_its_capacity_and_down_to_a_tenth(share: float) -> None:
    """The loads at the very ends of the curves; 1 % beyond them is refused."""
    machines = _machines(stated(staged(900))).values()
    capacity = sum(float(m.capacity.value_in("kW")) for m in machines)

    def at(load: float) -> float:
        common = staged(900) | {"profile": [{"cooling_load": f"{load!r} kW", "hours": "1 h"}]}
        side = order("A, B, C", 10)
        return float(run(STAGING, side, side, common).remaining.value)

    assert at(capacity * share) == 1
    with pytest.raises(InputError):
        at(capacity * share * (1.01 if share > 0.5 else 0.99))
