"""Worked uncertainty cases (GUM, JCGM 101, NIST, NPL, EURACHEM and derived): one test per case of the file.

``pytest tests/reference --cases PATH`` runs any other file of this name and form. What the runner cannot read
(a model, an input, or one printed number) is reported as a skip that says *not covered*.
"""

import functools
import json
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from energycalc.quantity.gum import Gum, coverage_factor, effective_degrees_of_freedom
from energycalc.quantity.montecarlo import MonteCarlo
from energycalc.quantity.quantity import Quantity
from energycalc.quantity.uncertainty import UncertainResult, propagate
from tests.reference.kind_of_file import kind_of_file
from tests.reference.uncertainty_reading import NotCoveredError, read_model, split_model

KIND = "uncertainty"
FILE_NAME = "uncertainty_cases.json"
OWN_CASES = Path(__file__).parent / "cases" / FILE_NAME
DRAWS, SEED = 1_000_000, 7


# --- the file and its tests ---


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    given = metafunc.config.getoption("--cases")
    path = Path(given) if given else OWN_CASES
    if kind_of_file(path) != KIND:
        elsewhere = pytest.mark.skip(reason=f"{path.name} holds {kind_of_file(path)} cases, not {KIND}")
        metafunc.parametrize(("case", "unread"), [pytest.param({}, None, marks=elsewhere, id="none")])
        return
    tests = []
    for case in json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)["cases"]:
        tests.append(pytest.param(case, None, id=case["id"]))
        for entry in entries(case):
            if entry.rule is None:
                tests.append(pytest.param(case, entry.path, id=f"{case['id']}-{entry.path}"))
    metafunc.parametrize(("case", "unread"), tests)


def test_uncertainty_case(case: dict[str, Any], unread: str | None) -> None:
    if unread:
        pytest.skip(f"not covered: {case['id']} {unread}: no rule says what this number is")
    try:
        run = Run(case, *read_model(case))
        checked = [check(run, entry) for entry in entries(case) if entry.rule is not None]
    except NotCoveredError as reason:
        pytest.skip(f"not covered: {case['id']} {reason}")
    assert checked, "the case holds no number to check"
    wrong = [line for line in checked if line]
    assert not wrong, "\n".join([f"{case['id']} {case.get('title', '')}", *wrong])


# --- one calculation ---


@dataclass
class Run:
    """The traced results of a case, propagated once for each coverage probability that is asked for."""

    case: dict[str, Any]
    outputs: dict[str, Quantity]
    correlations: list[tuple[Quantity, Quantity, float]]
    further: dict[str, float] = field(default_factory=dict)

    @functools.cache  # noqa: B019 (a run lives as long as its test)
    def results(self, coverage: float) -> dict[str, UncertainResult]:
        results = propagate(
            list(self.outputs.values()),
            draws=DRAWS,
            seed=SEED,
            coverage=coverage,
            correlations=self.correlations,
        )
        return dict(zip(self.outputs, results, strict=True))

    __hash__ = object.__hash__

    def gum(self, name: str, coverage: float = 0.95) -> Gum:
        found = self.results(coverage)[name].gum
        assert found is not None
        return found

    def mc(self, name: str, coverage: float | None = None) -> MonteCarlo:
        stated = self.case["expected"].get("monte_carlo", {}).get("coverage", 0.95)
        found = self.results(float(coverage or stated))[name].monte_carlo
        assert found is not None
        return found


# --- what is printed, and how near we must come ---

Reading = Callable[[Run, str, re.Match[str]], Any]


@dataclass(frozen=True)
class Entry:
    """One printed number (or pair of limits) with its place in the file and the dictionaries around it."""

    path: str
    output: str
    printed: Any
    around: tuple[dict[str, Any], ...]
    rule: tuple[re.Match[str], Reading, str] | None


def share(match: re.Match[str]) -> float:
    """Coverage of U99, interval95, ..."""
    return float("0." + match[1])


def gum_limits(run: Run, name: str, coverage: float) -> tuple[float, float]:
    """y ± U; with degrees of freedom that the document carried over from elsewhere, where it notes so."""
    note = re.search(r"nu_eff = (\d+)", str(run.case["expected"].get("published", {}).get("note", "")))
    gum = run.gum(name, coverage)
    u = gum.standard_uncertainty
    expanded = coverage_factor(coverage, float(note[1])) * u if note else gum.expanded_uncertainty
    value = run.outputs[name].value
    return value - expanded, value + expanded


def part_of_budget(run: Run, name: str, prefix: str) -> list[tuple[float, float]]:
    """Variance and degrees of freedom of the inputs prefix0, prefix1, ..."""
    rows = [row for row in run.gum(name).budget if re.fullmatch(prefix + r"\d+", row.leaf.name)]
    if not rows:
        raise NotCoveredError(f"no inputs {prefix}0, {prefix}1, ...")
    return [(row.contribution**2, row.degrees_of_freedom) for row in rows]


GUM = r"published\.(?:gum1?[._])?"
MC = r"published\.(?:mc|monte_carlo)[._]"
PROB = "prob_symmetric"
RULES: list[tuple[str, Reading, str]] = [
    (r"gum_first_order\.y", lambda run, y, m: run.outputs[y].value, "recomputed"),
    (r"gum_first_order\.u", lambda run, y, m: run.gum(y).standard_uncertainty, "recomputed"),
    (r"gum_first_order\.nu_eff", lambda run, y, m: run.gum(y).effective_degrees_of_freedom, "recomputed"),
    (
        r"gum_first_order\.contributions\.(\w+)",
        lambda run, y, m: next(row.contribution for row in run.gum(y).budget if row.leaf.name == m[1]),
        "recomputed",
    ),
    (r"gum_first_order\.U(\d+)", lambda run, y, m: run.gum(y, share(m)).expanded_uncertainty, "recomputed"),
    (r"gum_first_order\.k(\d+)", lambda run, y, m: run.gum(y, share(m)).coverage_factor, "recomputed"),
    (r"monte_carlo\.mean", lambda run, y, m: run.mc(y).mean, "mean"),
    (r"monte_carlo\.u", lambda run, y, m: run.mc(y).standard_uncertainty, "u"),
    (r"monte_carlo\.prob\w+", lambda run, y, m: run.mc(y).symmetric_interval, PROB),
    (r"monte_carlo\.shortest_interval", lambda run, y, m: run.mc(y).shortest_interval, "shortest"),
    (r"analytic\w*\.(?:mean|y)", lambda run, y, m: run.mc(y).mean, "mean"),
    (r"analytic\w*\.u|second_order_u", lambda run, y, m: run.mc(y).standard_uncertainty, "u"),
    (r"analytic\w*\.interval(\d+)", lambda run, y, m: run.mc(y, share(m)).symmetric_interval, PROB),
    (
        r"intermediate\.u_([a-z]+)",
        lambda run, y, m: math.sqrt(sum(v for v, _ in part_of_budget(run, y, m[1]))),
        "recomputed",
    ),
    (
        r"intermediate\.nu_([a-z]+)",
        lambda run, y, m: effective_degrees_of_freedom(part_of_budget(run, y, m[1])),
        "recomputed",
    ),
    (r"wrong_if_\w+\.u(?:_\w+)?", lambda run, y, m: run.gum(y).standard_uncertainty, "different"),
    (MC + "y|" + MC + "mean|published.analytic.y", lambda run, y, m: run.mc(y).mean, "published"),
    (
        MC + r"u|published\.(?:analytic\.u|u_with_second_order)",
        lambda run, y, m: run.mc(y).standard_uncertainty,
        "published",
    ),
    (MC + r"interval(\d+)", lambda run, y, m: run.mc(y, share(m)).symmetric_interval, "published"),
    (MC + r"shortest(\d+)", lambda run, y, m: run.mc(y, share(m)).shortest_interval, "published"),
    (GUM + "y", lambda run, y, m: run.outputs[y].value, "published"),
    (GUM + "u", lambda run, y, m: run.gum(y).standard_uncertainty, "published"),
    (GUM + "nu(?:_eff)?", lambda run, y, m: run.gum(y).effective_degrees_of_freedom, "published"),
    (GUM + r"U(\d+)", lambda run, y, m: run.gum(y, share(m)).expanded_uncertainty, "published"),
    (GUM + r"U_?k(\d+)", lambda run, y, m: int(m[1]) * run.gum(y).standard_uncertainty, "published"),
    (GUM + r"t(\d+)_(\d+)", lambda run, y, m: coverage_factor(share(m), float(m[2])), "published"),
    (GUM + r"interval(\d+)", lambda run, y, m: gum_limits(run, y, share(m)), "published"),
    (
        GUM + r"upper(\d+)_assuming_normal",
        lambda run, y, m: gum_limits(run, y, share(m))[1],
        "published",
    ),
]  # fmt: skip
SIMULATED = {  # standard errors of ours, and how many of them are allowed
    "mean": (["mean"], 4),
    "u": (["standard_uncertainty"], 4),
    PROB: (["symmetric_low", "symmetric_high"], 4),
    "shortest": (["shortest_low", "shortest_high"], 6),
}
NOT_RESULTS = {"tolerance", "note", "n", "seed", "coverage", "standard_error_of", "method", "source"}


def entries(case: dict[str, Any]) -> list[Entry]:
    """Every printed number of the case, each with the rule that tells what it is (or None)."""
    names = [name for name, _ in split_model(case["model"])] if "least squares" not in str(case["model"]) else []

    def walk(path: str, output: str, value: Any, around: tuple[dict[str, Any], ...]) -> Iterator[Entry]:
        for key, inner in value.items():
            if key in NOT_RESULTS:
                continue
            if len(names) > 1 and key in names and isinstance(inner, dict):
                yield from walk(path, key, inner, (*around, inner))
            elif isinstance(inner, dict):
                yield from walk(f"{path}{key}.", output, inner, (*around, inner))
            else:
                yield Entry(path + key, output, inner, around, find_rule(case, names, path + key))

    return list(walk("", names[0] if names else "", case["expected"], (case["expected"],)))


def find_rule(case: dict[str, Any], names: list[str], path: str) -> tuple[re.Match[str], Reading, str] | None:
    if not names or len(names) > 1:  # numbers are named: R, u_R; or a line's coefficients
        named = re.fullmatch(r"(published|recomputed|gum_first_order)\.(u_|nu_eff_|nu_|nu)?(\w*)", path)
        if named and (not names or named[3] in names):
            return named, named_value, "published" if named[1] == "published" else "recomputed"
    for pattern, reading, kind in RULES:
        match = re.fullmatch(pattern, path)
        if match:
            return match, reading, kind
    return None


def named_value(run: Run, output: str, match: re.Match[str]) -> float:
    """A number under its own name: an output's value, u or degrees of freedom, or a fit's coefficient."""
    what, name = match[2] or "", match[3]
    if what + name in run.further:
        return run.further[what + name]
    name = name or next(iter(run.outputs))
    if name not in run.outputs:
        raise NotCoveredError(f"{match[0]}: no rule says what this number is")
    gum = run.gum(name)
    values = {"": run.outputs[name].value, "u_": gum.standard_uncertainty}
    return values.get(what, gum.effective_degrees_of_freedom)


def check(run: Run, entry: Entry) -> str:
    """Empty if the number comes out, otherwise a line that says by how much it does not."""
    match, reading, kind = entry.rule  # type: ignore[misc]
    ours = reading(run, entry.output or next(iter(run.outputs)), match)
    if entry.printed is None:
        return "" if math.isinf(ours) else f"{entry.path}: {ours}, printed infinite"
    pairs = list(zip(ours, entry.printed, strict=True)) if isinstance(ours, tuple) else [(ours, entry.printed)]
    for side, (got, printed) in enumerate(pairs):
        allowed = allowance(run, entry, kind, printed, side)
        if kind == "different":
            good, relation = abs(got - float(printed)) > 1e-3 * abs(float(printed)), "must differ from"
        elif allowed is None:
            good, relation = math.floor(got) == printed, "cut down to a whole number must be"
        else:
            good, relation = abs(got - float(printed)) <= allowed, f"must be within {allowed:.3g} of"
        if not good:
            return f"{entry.output} {entry.path}: {got!r} {relation} {printed}"
    return ""


def allowance(run: Run, entry: Entry, kind: str, printed: Any, side: int) -> float | None:
    """The file's pass rule for one number; None where it is to be cut down to a whole number."""
    digits, size = last_digit(printed)
    rounding = min(digits, 0.5e-4 * size)  # five figures at least: zeros at the end are not written
    if kind == "recomputed":
        return max(1e-6 * abs(float(printed)), rounding)
    if kind in SIMULATED:
        theirs = entry.around[-1].get("standard_error_of", {}).get(kind, 0)
        theirs = float(theirs[side] if isinstance(theirs, list) else theirs)
        names, times = SIMULATED[kind]
        own = run.mc(entry.output or next(iter(run.outputs))).standard_errors[names[side]]
        return times * math.hypot(theirs, own) + rounding
    tolerance = next((around["tolerance"] for around in reversed(entry.around) if "tolerance" in around), {})
    stated = tolerance_for(entry.path.split(".")[-1], tolerance)
    if stated is None:
        return digits or 0.5  # no tolerance is printed: the printed digits themselves
    number = re.match(r"\s*([\d.]+(?:[eE][-+]?\d+)?)", str(stated))
    if number:
        return float(number[1])
    if str(stated).startswith("floor"):
        return None
    raise NotCoveredError(f"{entry.path}: tolerance {stated!r}")


def last_digit(printed: Any) -> tuple[float, float]:
    """Half a unit of the last digit printed behind the point (0 for whole numbers), and the first digit's."""
    if not isinstance(printed, Decimal) or printed == printed.to_integral_value():
        return 0.0, 0.0
    return 0.5 * 10.0 ** int(printed.as_tuple().exponent), 10.0 ** printed.adjusted()


def tolerance_for(key: str, tolerance: dict[str, Any]) -> Any:
    """The tolerance of this key or its family: mc_interval95 and shortest95 are intervals, u_y1 is a u."""
    bare = re.sub(r"^(mc|gum1?)_", "", key)
    family = "interval" if re.match(r"interval|shortest|upper", bare) else bare.split("_")[0]
    return next((tolerance[name] for name in (key, bare, family) if name in tolerance), None)
