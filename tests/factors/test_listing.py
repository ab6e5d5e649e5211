"""Lists and single rows for the command line, and the promise that next year's factor is one row."""

import shutil
from pathlib import Path

import pytest

from energycalc.errors import FactorError
from energycalc.factors import grid_factor, list_factors, published_factors, read_factors, show


def test_filters_narrow_the_list() -> None:
    everything = list_factors()
    assert len(everything) == len(published_factors().factors)
    of_2025 = list_factors(kind="grid", region="TW", year=2025)
    assert {f.series for f in of_2025} == {
        "overall",
        "industrial",
        "residential",
        "national_incl_green",
        "legal_target",
    }
    assert {f.status for f in list_factors(status="conflict")} == {"conflict"}
    assert all(f.subject == "natural_gas" for f in list_factors(subject="natural_gas", gas="CH4"))
    assert [f.id for f in list_factors(text="R-454b")] == ["gwp-ar6-r-454b"]
    assert list_factors(subject="unicorn") == []


def test_every_row_of_the_superseded_series_is_there() -> None:
    ids = [f.valid_from for f in list_factors(kind="grid", status="superseded")]
    assert ids == ["2010", "2013", "2014", "2015", "2016"]


@pytest.mark.parametrize("filter", [{"status": "probable"}, {"kind": "weather"}])
def test_an_unknown_filter_word_is_refused(filter: dict[str, str]) -> None:
    with pytest.raises(FactorError, match="unknown"):
        list_factors(**filter)  # type: ignore[arg-type]


def test_one_row_is_shown_with_its_whole_source() -> None:
    row = show("electricity-tw-2025-industrial")
    assert (row["value"], row["unit"], row["announced"]) == ("0.466", "kgCO2e[not_stated]/kWh", "2026-06-02")
    assert row["source.publisher"] == "經濟部能源署"
    assert row["file"] == "emission_factors/electricity_taiwan.csv, line 23"
    assert all(row.values())
    with pytest.raises(FactorError, match="Near ones: electricity-tw-2025-industrial"):
        show("electricity-tw-2025-industry")


def test_next_years_factor_is_one_added_row(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(published_factors().folder, tmp_path / "emission_factors"))
    file = folder / "electricity_taiwan.csv"
    row = next(line for line in file.read_text("utf-8").splitlines() if "tw-2025-industrial" in line)
    added = (
        row.replace("electricity-tw-2025", "electricity-tw-2026")
        .replace(",0.466,", ",0.444,")  # an invented value, in this test only
        .replace(",2025,2025,", ",2026,2026,")
        .replace(",2026-11-22,", ",2027-07-01,")
        .replace(",2026-06-02,", ",2027-06-01,")
    )
    with file.open("a", encoding="utf-8") as stream:
        stream.write(added + "\n")
    factors = read_factors(folder)
    factor, match = grid_factor(2026, series="industrial", factors=factors)
    assert (factor.value, match.kind) == (0.444, "exact")
    assert grid_factor(2026, series="industrial", announced_by="2027-06-30", factors=factors)[0] is factor
    assert grid_factor(2026, series="industrial", announced_by="2027-05-31", factors=factors)[0].value == 0.466
    assert grid_factor(2025, series="industrial", factors=factors)[0].value == 0.466
    assert len(factors.factors) == len(published_factors().factors) + 1
    assert factors.sha256 != published_factors().sha256
    with pytest.raises(FactorError):
        grid_factor(2026, series="industrial")
