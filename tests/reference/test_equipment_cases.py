"""Worked cases of MEASUR's calculators: one test per case of the file.

``pytest tests/reference --cases PATH`` runs any other file of this name and form. A calculator without an adapter, or a
case that needs something not built, is a skip that says *not covered*. Where inputs are impossible, the test is that
they are refused for that reason.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from energycalc.errors import EnergycalcError
from tests.reference.adapters import ADAPTERS, DEVIATIONS, NAMES, REFUSALS
from tests.reference.equipment_reading import CaseInputs, NotCoveredError, Outputs, read_tolerance
from tests.reference.kind_of_file import kind_of_file

KIND = "equipment"
FILE_NAME = "equipment_cases.json"
OWN_CASES = Path(__file__).parent / "cases" / FILE_NAME


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "equipment_case" not in metafunc.fixturenames:
        return
    given = metafunc.config.getoption("--cases")
    path = Path(given) if given else OWN_CASES
    if kind_of_file(path) != KIND:
        elsewhere = pytest.mark.skip(reason=f"{path.name} holds {kind_of_file(path)} cases, not {KIND}")
        metafunc.parametrize("equipment_case", [pytest.param({}, marks=elsewhere, id="none")])
        return
    cases = json.loads(path.read_text(encoding="utf-8"))["cases"]
    metafunc.parametrize("equipment_case", cases, ids=[case["id"] for case in cases])


def test_equipment_case(equipment_case: dict[str, Any]) -> None:
    case = equipment_case
    adapter = ADAPTERS.get(case["calculator"])
    if adapter is None:
        pytest.skip(f"not covered: {case['calculator']}")
    inputs = CaseInputs(case["inputs"])
    refusals = [r for r in REFUSALS if r.calculator == case["calculator"] and r.applies(inputs)]
    if refusals:
        with pytest.raises(EnergycalcError) as raised:
            adapter(inputs)
        assert refusals[0].named in str(raised.value), f"refused, but not for {refusals[0].reason}: {raised.value}"
        print(f"{case['id']}: refused as it must be ({refusals[0].reason}): {raised.value}")
        return
    try:
        ours = adapter(inputs)
    except NotCoveredError as reason:
        pytest.skip(f"not covered: {case['calculator']}: {reason}")
    compare(case, inputs, ours)


def compare(case: dict[str, Any], inputs: CaseInputs, ours: Outputs) -> None:
    """Each output agrees with the peer by the case's own rule, or deviates as declared and has its second source."""
    agrees = read_tolerance(case["tolerance"])
    peer = {output["name"]: output["value"] for output in case["outputs"]}
    newer = newer_values(case)
    deviations = [d for d in DEVIATIONS if d.calculator == case["calculator"] and d.applies(inputs)]
    sizes = {name: deviation.size for deviation in deviations for name in deviation.outputs}
    wrong = []
    for name, expected in peer.items():
        got = ours.get(name)
        if got is None:
            wrong.append(f"{name}: the adapter gives no such output")
        elif name in sizes:
            if abs(got - expected) > sizes[name] * abs(expected):
                wrong.append(f"{name}: {got!r} against {expected!r}, more than the declared deviation {sizes[name]:g}")
        elif not agrees(got, expected) and not (name in newer and agrees(got, newer[name])):
            wrong.append(f"{name}: {got!r} against {expected!r}, later release {newer.get(name)!r}")
    for deviation in deviations:
        print(f"{case['id']} deviates by at most {deviation.size:g}: {deviation.reason} ({deviation.second_source})")
        deviation.check(inputs, ours, peer)
    assert not wrong, "\n".join([case["id"], *wrong])


def newer_values(case: dict[str, Any]) -> dict[str, float]:
    """Values of the peer's later release where the file says that it differs; either may be met."""
    later = case.get("peer_1_2_5", {})
    if later.get("status") != "differs":
        return {}
    return {name: value for name, value in later["outputs"].items() if isinstance(value, int | float)}


@pytest.mark.parametrize("text", ["", "abs(a-b) < 1 or True", "a == b", "abs(a-b) < 1e-6*abs(a)"])
def test_an_unknown_tolerance_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="unknown form"):
        read_tolerance(text)


@pytest.mark.parametrize(
    ("text", "ours", "expected", "holds"),
    [
        ("abs(a-b) < 0.005", 1.0, 1.0049, True),
        ("abs(a-b) < 0.005", 1.0, 1.0051, False),
        ("abs(a-b) < 1.1920929e-5*(1+max(abs(a),abs(b)))", 1000.0, 1000.011, True),
        ("abs(a-b) < 1.1920929e-5*(1+max(abs(a),abs(b)))", 1000.0, 1000.013, False),
        ("abs(a-b) <= 1e-6*max(1,abs(b)) to match the peer; choose a looser one", 2.0, 2.0000019, True),
        ("abs(a-b) <= 1e-6*max(1,abs(b)) to match the peer; choose a looser one", 0.1, 0.1000011, False),
    ],
)
def test_the_known_tolerances_cut_where_they_say(text: str, ours: float, expected: float, holds: bool) -> None:
    assert read_tolerance(text)(ours, expected) is holds


def test_every_deviation_and_refusal_names_a_calculator_with_an_adapter() -> None:
    assert {item.calculator for item in (*DEVIATIONS, *REFUSALS)} <= set(ADAPTERS)


def test_few_calculators_deviate_and_each_says_why() -> None:
    assert len({d.calculator for d in DEVIATIONS}) <= 15
    assert all(d.reason and d.second_source for d in DEVIATIONS)


def test_no_calculator_has_two_adapters() -> None:
    assert sorted(name for name in ADAPTERS if NAMES.count(name) > 1) == []
