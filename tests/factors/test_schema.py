"""The rules of the factor files: every row keeps them, and each fault is found in a clean folder."""

import csv
import shutil
from pathlib import Path

import pytest

from energycalc.errors import FactorError
from energycalc.factors import FactorSet, published_factors, read_factors
from energycalc.factors.schema import WORDS
from energycalc.quantity import unit


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the published folder that a test may spoil."""
    return Path(shutil.copytree(published_factors().folder, tmp_path / "emission_factors"))


def spoil(file: Path, row_id: str, /, **cells: str) -> None:
    """Rewrite cells of one row."""
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["id"] for row in rows].count(row_id) == 1
    for row in rows:
        if row["id"] == row_id:
            row.update(cells)
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def test_the_published_rows_are_clean_and_the_copy_reads_the_same(folder: Path) -> None:
    ours, copy = published_factors(), read_factors(folder)
    assert copy.factors == ours.factors
    assert copy.sha256 == ours.sha256


def test_no_cell_of_any_file_is_empty() -> None:
    for path in published_factors().folder.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                assert all(cell and cell == cell.strip() for cell in row.values()), (path.name, row)


def test_every_unit_is_one_the_kernel_knows_and_reads_back_as_itself() -> None:
    for factor in published_factors().factors:
        assert unit(str(unit(factor.unit))) is unit(factor.unit), factor.id


def test_every_publication_is_used_and_carries_the_day_it_was_copied() -> None:
    factors = published_factors()
    used = {id for f in factors.factors for id in [f.source, *f.also_in.split()]} - {"not_applicable"}
    assert used == set(factors.publications)


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"confidence": ""}, "confidence is empty"),
        ({"note": " "}, "note is empty"),
        ({"status": "probable"}, "unknown status 'probable'"),
        ({"basis": "net"}, "unknown basis 'net'"),
        ({"gwp_set": "AR7"}, "unknown GWP set 'AR7'"),
        ({"source": "somebody"}, "source 'somebody' is not in sources.csv"),
        ({"also_in": "moea-122891 nobody"}, "source 'nobody' is not in sources.csv"),
        ({"value": "0,474"}, "value '0,474' is no number"),
        ({"value": "about 0.5"}, "value 'about 0.5' is no number"),
        ({"value": "nan"}, "value 'nan' is no number"),
        ({"announced": "14 April 2025"}, "announced '14 April 2025' is neither"),
        ({"announced": "2025-13"}, "announced '2025-13' is neither"),
        ({"announced": "2027-01-01"}, "lies after checked"),
        ({"announced": "open"}, "only valid_to may be open"),
        ({"valid_from": "2025"}, "valid_from 2025 lies after valid_to 2024"),
        ({"checked": "2026"}, "checked '2026' is no day"),
        ({"unit": "kgCO2e/kWh"}, "does not name the GWP set"),
        ({"unit": "kgCO2e[AR5]/kWh"}, "says AR5, column gwp_set says not_stated"),
        ({"uncertainty": "5 %"}, "uncertainty '5 %' is neither"),
        ({"uncertainty": "range 0.5..0.6 (moea-122891)"}, "does not lie in its uncertainty"),
        ({"id": "2024 overall"}, "the id may hold"),
    ],
)
def test_a_fault_is_named_with_file_and_row(folder: Path, cells: dict[str, str], told: str) -> None:
    spoil(folder / "electricity_taiwan.csv", "electricity-tw-2024-overall", **cells)
    with pytest.raises(FactorError, match=r"electricity_taiwan\.csv line 21") as error:
        read_factors(folder)
    assert told in str(error.value)
    faults = 2 if "gwp_set" in cells else 1  # the set stands in the unit too
    assert error.value.message.startswith(f"{faults} fault(s)")


def test_a_row_that_stands_twice_is_refused(folder: Path) -> None:
    file = folder / "gwp.csv"
    file.write_text(file.read_text("utf-8") + file.read_text("utf-8").splitlines()[1] + "\n", "utf-8")
    with pytest.raises(FactorError, match="id 'gwp-ar4-co2' stands 2 times"):
        read_factors(folder)


def test_an_empty_cell_of_a_publication_is_refused(folder: Path) -> None:
    spoil(folder / "sources.csv", "moea-122891", publisher="")
    with pytest.raises(FactorError, match=r"sources\.csv 'moea-122891': publisher is empty"):
        read_factors(folder)


def test_a_comma_without_quotes_is_refused(folder: Path) -> None:
    file = folder / "gwp.csv"
    file.write_text(file.read_text("utf-8") + file.read_text("utf-8").splitlines()[1] + ",more\n", "utf-8")
    with pytest.raises(FactorError, match="more cells than the header"):
        read_factors(folder)


def test_a_missing_or_strange_column_is_refused(folder: Path) -> None:
    file = folder / "gwp.csv"
    file.write_text(file.read_text("utf-8").replace("confidence", "trust", 1), "utf-8")
    with pytest.raises(FactorError, match="header is not the expected one"):
        read_factors(folder)


def test_a_file_whose_name_says_nothing_is_refused(folder: Path) -> None:
    shutil.copy(folder / "gwp.csv", folder / "misc.csv")
    with pytest.raises(FactorError, match="name does not say what it holds"):
        read_factors(folder)


def test_a_folder_without_sources_is_refused(folder: Path) -> None:
    (folder / "sources.csv").unlink()
    with pytest.raises(FactorError, match=r"no sources\.csv"):
        read_factors(folder)


def test_words_stand_only_where_a_word_is_meant() -> None:
    factors: FactorSet = published_factors()
    for factor in factors.factors:
        assert factor.value not in WORDS
        assert factor.unit not in WORDS
        assert factor.id not in WORDS
