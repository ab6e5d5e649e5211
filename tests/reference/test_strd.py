"""NIST Statistical Reference Datasets: linear regression, one-way analysis of variance, univariate statistics.

``pytest tests/reference --cases PATH`` runs any other file of this name and form. A number passes with the log relative
error (LRE) that the file asks for; a regression may be refused instead, if the refusal names the condition number.
"""

import functools
import json
import math
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from energycalc.errors import InputError
from energycalc.mv.regression.autocorrelation import durbin_watson
from energycalc.mv.regression.least_squares import LinearFit, least_squares
from energycalc.mv.regression.statistics import lag_one_autocorrelation, mean, one_way_analysis, standard_deviation
from tests.reference.kind_of_file import kind_of_file

KIND = "strd"
FILE_NAME = "strd.json"
OWN_CASES = Path(__file__).parent / "cases" / FILE_NAME
SECTIONS = ("linear_regression", "anova", "univariate")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "section" not in metafunc.fixturenames:
        return
    given = metafunc.config.getoption("--cases")
    path = Path(given) if given else OWN_CASES
    if kind_of_file(path) != KIND:
        elsewhere = pytest.mark.skip(reason=f"{path.name} holds {kind_of_file(path)} cases, not {KIND}")
        metafunc.parametrize(("file", "section", "name"), [pytest.param("", "", "", marks=elsewhere, id="none")])
        return
    tests = [
        pytest.param(str(path), section, name, id=f"{section}-{name}")
        for section in SECTIONS
        for name in read(str(path), section)
    ]
    metafunc.parametrize(("file", "section", "name"), tests)


def test_strd(file: str, section: str, name: str) -> None:
    case = read(file, section)[name]
    compute = {"linear_regression": regression, "anova": analysis, "univariate": univariate}[section]
    try:
        pairs = compute(case)
    except InputError as refusal:
        assert section == "linear_regression" and "condition number" in str(refusal), str(refusal)
        return
    required = case["min_lre_required"]
    wrong = [f"{what}: {ours!r} against {theirs}, LRE {lre(ours, theirs):.1f}" for what, ours, theirs in pairs
             if lre(ours, theirs) < required]  # fmt: skip
    assert pairs and not wrong, "\n".join([f"{name} needs LRE {required}", *wrong])


@functools.cache
def read(file: str, section: str) -> dict[str, Any]:
    return {case["name"]: case for case in json.loads(Path(file).read_text(encoding="utf-8")).get(section, [])}


Compared = list[tuple[str, float, str]]


def regression(case: dict[str, Any]) -> Compared:
    fit = fitted(case)
    certified = case["certified"]
    pairs: Compared = []
    for i, (name, values) in enumerate(certified["parameters"].items()):
        pairs.append((f"{name} estimate", fit.coefficients[i], values["estimate"]))
        pairs.append((f"{name} sd", fit.standard_errors[i], values["sd"]))
    anova = certified["anova"]
    pairs += [
        ("residual sd", fit.residual_standard_deviation, certified["residual_sd"]),
        ("R²", fit.r_squared, certified["r_squared"]),
        ("F", fit.f_statistic, anova["regression"]["F"]),
        ("residual SS", fit.residual_sum_of_squares, anova["residual"]["ss"]),
        ("regression SS", fit.total_sum_of_squares - fit.residual_sum_of_squares, anova["regression"]["ss"]),
        ("residual df", fit.degrees_of_freedom, str(anova["residual"]["df"])),
    ]
    watson = case.get("exact_rational", {}).get("durbin_watson")
    if watson is not None:
        pairs.append(("Durbin-Watson", durbin_watson(fit.residuals), watson))
    return pairs


def fitted(case: dict[str, Any]) -> LinearFit:
    """The columns as the model line names them: ``B0``, ``B1*x``, ``B2*x**2``, ``B1*x1`` ..."""
    table = np.array(case["data"], float)
    named = dict(zip(case["columns"], table.T, strict=True))
    model = case["model"].split("=", 1)[1].split("(")[0]
    columns, names = [], []
    for term in model.split("+"):
        found = re.fullmatch(r"\s*(B\d+)(?:\*(\w+)(?:\*\*(\d+))?)?\s*", term)
        assert found, f"cannot read the term {term!r}"
        base = named[found[2]] if found[2] else np.ones(len(table))
        columns.append(base ** int(found[3] or 1))
        names.append(found[1])
    assert names == list(case["certified"]["parameters"])
    return least_squares(np.column_stack(columns), named["y"], names)


def analysis(case: dict[str, Any]) -> Compared:
    labels = [row[0] for row in case["data"]]
    values = np.array([row[1] for row in case["data"]], float)
    found = one_way_analysis([values[[each == label for each in labels]] for label in dict.fromkeys(labels)])
    certified = case["certified"]
    return [
        ("SS between", found.between, certified["between"]["ss"]),
        ("SS within", found.within, certified["within"]["ss"]),
        ("F", found.f_statistic, certified["between"]["F"]),
        ("R²", found.r_squared, certified["r_squared"]),
        ("residual sd", found.residual_standard_deviation, certified["residual_sd"]),
        ("df between", found.between_degrees, str(certified["between"]["df"])),
        ("df within", found.within_degrees, str(certified["within"]["df"])),
    ]


def univariate(case: dict[str, Any]) -> Compared:
    if case.get("data"):
        values = np.array(case["data"], float).ravel()
    elif case.get("alternating"):
        rest = [float(each) for each in case["alternating"]]
        values = np.array([float(case["first"])] + [rest[i % len(rest)] for i in range(case["n"] - 1)])
    else:
        values = np.array([float(each) for each in re.findall(r"-?\d+(?:\.\d+)?", case["generator"])])
    assert len(values) == case["n"]
    certified = case["certified"]
    return [
        ("mean", mean(values), certified["mean"]),
        ("sd", standard_deviation(values), certified["sd"]),
        ("lag-1 autocorrelation", lag_one_autocorrelation(values), certified["lag1_autocorrelation"]),
    ]


def lre(ours: float, certified: str) -> float:
    """Log relative error, at most 15; log absolute error where the certified value is 0."""
    theirs = float(certified)
    if ours == theirs or (math.isinf(theirs) and ours > 1e20):
        return 15.0
    error = abs(ours - theirs) / (abs(theirs) if theirs else 1.0)
    return min(15.0, -math.log10(error)) if math.isfinite(error) and error > 0 else (-math.inf if error else 15.0)


def test_a_wrong_digit_is_noticed() -> None:
    assert lre(1.00001, "1.0") == pytest.approx(5, abs=1e-3)
    assert lre(1e-9, "0.0") == pytest.approx(9)
    assert lre(math.inf, "2.0") == -math.inf
