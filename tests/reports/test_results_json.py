"""``results.json`` can be retraced: every step is recomputed from the rows it names, by a reader of its own."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

import energycalc
from energycalc.assessment import Assessment, assess
from energycalc.case.case_file import load_case
from energycalc.data_files import examples_folder
from energycalc.quantity import (
    FileOrigin,
    Source,
    exp,
    interpolate,
    log,
    maximum,
    minimum,
    opaque,
    quantity,
    sqrt,
    total,
    where,
)
from energycalc.reports.results_json import as_data, write_results
from energycalc.reports.results_rows import input_data, rows_of, step_data
from tests.quantity.sheet import calculate

ROW = re.compile(r"Q\d+")


@pytest.fixture(scope="module")
def assessment() -> Assessment:
    return assess(load_case(examples_folder() / "steel_plant"), energycalc.published_factors())


@pytest.fixture(scope="module")
def data(assessment: Assessment, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a reader of the file gets."""
    path = write_results(tmp_path_factory.mktemp("out") / "results.json", assessment)
    read: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return read


def results_in(part: Any) -> list[dict[str, Any]]:
    """Every result anywhere in the file."""
    if isinstance(part, list):
        return [found for item in part for found in results_in(item)]
    if not isinstance(part, dict):
        return []
    own = [part] if {"value", "unit", "row"} <= set(part) else []
    return own + [found for item in part.values() for found in results_in(item)]


def test_every_step_is_recomputed_from_the_rows_it_names(data: dict[str, Any]) -> None:
    values = {row["row"]: row["value"] for row in data["inputs"]}
    assert len(data["steps"]) > 300
    for step in data["steps"]:
        assert step["opaque"] is False
        assert set(step["rows"]) == set(ROW.findall(step["of_rows"]))
        recomputed = calculate(step["of_rows"], {row: values[row] for row in step["rows"]})
        assert recomputed == pytest.approx(step["value"], rel=1e-12, abs=1e-300), step["row"]
        values[step["row"]] = recomputed  # errors would add up along the chain
    assert len(values) == len(data["inputs"]) + len(data["steps"])


def test_another_input_gives_another_result(data: dict[str, Any]) -> None:
    """The formulas carry the numbers: with one more per cent of electricity price, the saving of money rises."""
    price = next(row["row"] for row in data["inputs"] if row["name"] == "electricity_price")
    values = {row["row"]: row["value"] * (1.01 if row["row"] == price else 1) for row in data["inputs"]}
    for step in data["steps"]:
        values[step["row"]] = calculate(step["of_rows"], values)
    saved = next(m for m in data["measures"] if m["carrier"] == "electricity")["cost_saving"]
    assert values[saved["row"]] == pytest.approx(saved["value"] * 1.01, rel=1e-12)


def test_every_result_points_to_its_row(data: dict[str, Any]) -> None:
    rows = {row["row"]: row for row in [*data["inputs"], *data["steps"]]}
    parts = [data[key] for key in ("levels", "measures", "totals", "reconciliation", "scenarios", "factors")]
    found = results_in(parts)
    assert len(found) > 100
    for result in found:
        row = rows[result["row"]]
        assert (row["value"], row["unit"]) == (result["value"], result["unit"])


def test_conversions_choices_and_lines_have_a_formula() -> None:
    share = quantity(40, "%", name="share", symbol="x")
    power = quantity(3, "MW", name="power", symbol="P")
    other = quantity(2500, "kW", name="other", symbol="P_2")
    points = [quantity(v, "1") for v in (0.0, 0.5, 1.0)], [quantity(v, "1") for v in (0.0, 0.8, 1.0)]
    results = [
        (share.to("1") * power.to("kW")).renamed("a", "a"),
        minimum(power, other).renamed("b", "b"),
        maximum(power, other).renamed("c", "c"),
        where(share, "<=", quantity(50, "%"), power, other).renamed("d", "d"),
        interpolate(share.to("1"), *points).renamed("e", "e"),
        total([power, other, power]).renamed("f", "f"),
        sqrt(exp(log(share.to("1"))) ** 3).renamed("g", "g"),
        (-(share.to("1") ** 2) - (1 - share.to("1"))).renamed("h", "h"),
        quantity(20, "degC", name="t", symbol="t").to("K").renamed("i", "i"),
    ]
    rows = rows_of(results, {})
    values = {rows.ids[q]: float(q.value) for q in rows.inputs}
    for q in rows.steps:
        step = step_data(q, rows)
        values[step["row"]] = calculate(step["of_rows"], values)
        assert values[step["row"]] == pytest.approx(q.value, rel=1e-12), q.name
    assert {q.name for q in rows.steps} == set("abcdefghi")


def test_a_step_outside_the_sheet_is_marked() -> None:
    x = quantity(2, "K", name="x", symbol="x")
    y = opaque(lambda v: v**3, x, in_unit="K", name="y", symbol="y")
    rows = rows_of([(2 * y).renamed("z", "z")], {})
    first, second = (step_data(q, rows) for q in rows.steps)
    assert (first["opaque"], first["of_rows"], first["rows"]) == (True, "", [rows.ids[x]])
    assert (second["opaque"], second["of_rows"]) == (False, f"=2*{rows.ids[y]}")


def test_an_input_tells_its_origin_field_by_field(data: dict[str, Any]) -> None:
    power = next(r for r in data["inputs"] if "before.rated_power" in r["origin"].get("path", ""))
    assert power["origin"]["file"] == "case.yaml"
    assert power["origin"]["line"] > 1
    assert re.fullmatch("[0-9a-f]{64}", power["origin"]["sha256"])
    metered = next(r for r in data["inputs"] if r["origin"].get("column"))
    assert metered["origin"]["column"] == "Usage_kWh"
    assert metered["origin"]["rows"]
    factor = next(r for r in data["inputs"] if r["origin"].get("file", "").startswith("emission_factors/"))
    assert {"document", "locator", "publisher", "year", "checked", "confidence", "line"} <= set(factor["origin"])


def test_what_nobody_stated_is_left_out() -> None:
    q = quantity(1, "kW", name="x", source=Source("plate", file=FileOrigin("case.yaml", "ab" * 32, line=3)))
    origin = input_data(q, rows_of([q], {}))["origin"]
    assert origin == {"document": "plate", "file": "case.yaml", "sha256": "ab" * 32, "line": 3}


def test_both_methods_stand_side_by_side(data: dict[str, Any]) -> None:
    stated = [r for r in results_in(data["levels"]) if "interval_95" in r]
    assert stated
    for r in stated:
        gum, drawn = r["gum"], r["monte_carlo"]
        assert gum["U"] == pytest.approx(gum["k"] * gum["u"], rel=1e-12)
        low, high = gum["interval"] if r["method"] == "gum" else drawn["symmetric_interval"]
        assert r["interval_95"] == [low, high]
        assert drawn["shortest_interval"][1] - drawn["shortest_interval"][0] <= (
            drawn["symmetric_interval"][1] - drawn["symmetric_interval"][0]
        ) * (1 + 1e-12)
        assert (drawn["draws"], drawn["seed"]) == (100_000, 20180101)
        shares = [line["share"] for line in r["budget"]]
        assert shares == sorted(shares, reverse=True)
        assert sum(shares) <= 1 + 1e-9


def test_measures_totals_and_meter_are_there(data: dict[str, Any], assessment: Assessment) -> None:
    for m in data["measures"]:
        assert m["energy_before"]["value"] - m["energy_after"]["value"] == pytest.approx(m["saving"]["value"])
        assert m["investment"]["value"] > 0
        assert m["kloe_saving"]["value"] > 0
    invested = sum(m["investment"]["value"] for m in data["measures"])
    assert data["totals"]["investment"]["value"] == pytest.approx(invested)
    meter = data["meters"][0]
    counts = {line["what"]: line["count"] for line in meter["ledger"]}
    assert counts["rows read"] == 35_040
    assert meter["peak"]["demand_kw"] == pytest.approx(628.7, abs=0.05)
    assert meter["total"] == pytest.approx(assessment.effects.reconciliations[0].metered.value)  # type: ignore[union-attr]


def test_the_schema_page_names_every_key(data: dict[str, Any]) -> None:
    page = (Path(__file__).parents[2] / "docs" / "results_json.md").read_text(encoding="utf-8")
    sections = ("levels", "measures", "inputs", "steps", "meters", "findings")
    keys = {key for section in sections for key in data[section][0]}
    missing = [key for key in sorted({*data, *keys}) if f"`{key}`" not in page]
    assert missing == []


def test_the_same_case_gives_the_same_file(assessment: Assessment) -> None:
    assert json.dumps(as_data(assessment)) == json.dumps(as_data(assessment))
