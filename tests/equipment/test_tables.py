"""The reader of dated tables: complete heads only, and words that help."""

from pathlib import Path

import pytest

from energycalc.equipment.tables import _parse, read_table
from energycalc.errors import InputError

HEAD = "# title: T\n# document: d\n# locator: l\n# edition: 1\n# checked: 2026-11-22\n"


@pytest.mark.parametrize("name", ["motor_part_load_efficiency", "motor_current"])
def test_the_project_tables_say_whose_they_are(name: str) -> None:
    table = read_table(name)
    assert table.rows and table.source("row 1").document == "measur-tools-suite"
    assert all(
        all(text != "" for key, text in row.items() if key not in ("rating_up_to", "fit_from")) for row in table.rows
    )


@pytest.mark.parametrize("lost", ["title", "document", "locator", "edition", "checked"])
def test_a_head_without_origin_is_refused(lost: str, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text(HEAD + "a,b\n1,2\n", "utf-8")
    assert _parse("table", path).rows == ({"a": "1", "b": "2"},)
    path.write_text("\n".join(x for x in HEAD.splitlines() if lost not in x) + "\na,b\n1,2\n", "utf-8")
    with pytest.raises(InputError, match=lost):
        _parse("table", path)


def test_what_is_not_there_is_refused_with_what_is() -> None:
    assert read_table("motor_current").select(kind="basic", poles="4")
    with pytest.raises(InputError, match="premium"):
        read_table("motor_current").select(kind="super")
    with pytest.raises(InputError, match="no such equipment table"):
        read_table("no_such_table")
