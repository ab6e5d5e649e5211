"""Worked cases of measurement and verification (nmecr, VERIFI, changepointmodel, opendsm, CalTRACK): a test per number.

``pytest tests/reference --cases PATH --data DIR`` runs any other file of this name and form. Data files are looked for
in DIR, then in ``examples/verification/data``. What the runner cannot read is a skip that says *not covered*.
"""

import functools
import json
from pathlib import Path
from typing import Any

import pytest

from tests.reference.kind_of_file import kind_of_file
from tests.reference.mv_reading import NotCoveredError, Results, results

KIND = "mv"
FILE_NAME = "mv_cases.json"
OWN_CASES = Path(__file__).parent / "cases" / FILE_NAME
OWN_DATA = Path(__file__).parents[2] / "examples" / "verification" / "data"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "key" not in metafunc.fixturenames:
        return
    given = metafunc.config.getoption("--cases")
    path = Path(given) if given else OWN_CASES
    if kind_of_file(path) != KIND:
        elsewhere = pytest.mark.skip(reason=f"{path.name} holds {kind_of_file(path)} cases, not {KIND}")
        metafunc.parametrize(("file", "case", "key"), [pytest.param("", "", "", marks=elsewhere, id="none")])
        return
    tests = [
        pytest.param(str(path), case["id"], key, id=f"{case['id']}-{key}")
        for case in json.loads(path.read_text(encoding="utf-8"))["cases"]
        for key in case["expected"]
    ]
    metafunc.parametrize(("file", "case", "key"), tests)


def test_mv_case(file: str, case: str, key: str, pytestconfig: pytest.Config) -> None:
    given = cases(file)[case]
    try:
        found = computed(file, case, pytestconfig.getoption("--data") or "")
    except NotCoveredError as reason:
        pytest.skip(f"not covered: {case} {reason}")
    if key not in found:
        pytest.skip(f"not covered: {case} {key}: no rule says what this number is")
    expected, tolerance = given["expected"][key], given.get("tolerance", {})
    pairs = list(flat(expected, found[key]))
    wrong = [f"{ours!r}, expected {theirs!r}" for theirs, ours in pairs if not near(ours, theirs, key, tolerance)]
    assert pairs and not wrong, "\n".join([f"{case} {key}", *wrong, str(given.get("caveat", ""))])


@functools.cache
def cases(file: str) -> dict[str, Any]:
    return {case["id"]: case for case in json.loads(Path(file).read_text(encoding="utf-8"))["cases"]}


@functools.cache
def computed(file: str, case: str, data: str) -> Results:
    return results(cases(file)[case], functools.partial(path_of, data), lambda name: cases(file)[name])


def path_of(data: str, name: str) -> Path:
    """A data file by its bare name, in the folder given or in the project's own."""
    for folder in (Path(data), OWN_DATA) if data else (OWN_DATA,):
        if (folder / Path(name).name).is_file():
            return folder / Path(name).name
    pytest.fail(f"there is no file {Path(name).name} in {data or OWN_DATA}; name its folder with --data DIR")


def flat(expected: Any, ours: Any) -> Any:
    """Pairs of numbers of two nested lists of one shape."""
    if isinstance(expected, list):
        assert len(expected) == len(ours)
        for one, other in zip(expected, ours, strict=True):
            yield from flat(one, other)
    else:
        yield expected, ours


def near(ours: float, theirs: float, key: str, tolerance: dict[str, float]) -> bool:
    """The file's pass rule: absolute unless named ``_rel``; without a tolerance relative 1e-6, integers exact."""
    family = "p_values" if key.endswith("pvalue") else key.removesuffix("_n_minus_p").removeprefix("adjusted_")
    for name in (key, family, "all"):
        if name in tolerance:
            return abs(ours - theirs) <= tolerance[name]
        if f"{name}_rel" in tolerance:
            return abs(ours - theirs) <= tolerance[f"{name}_rel"] * abs(theirs)
    if isinstance(theirs, int):
        return ours == theirs
    return abs(ours - theirs) <= 1e-6 * abs(theirs)


def test_a_wrong_number_is_noticed() -> None:
    assert near(100.00001, 100.0, "slope", {"slope_rel": 1e-6})
    assert not near(100.001, 100.0, "slope", {"slope_rel": 1e-6})
    assert not near(100.001, 100.0, "slope", {})
    assert not near(1.1, 1.0, "R2", {"all": 0.01})
