"""Tables laid out as energy audits, case cards and lists lay them out are read without renaming a column.

The headings are those of the 改善措施建議表 of audit reports and of the case cards of the 節能標竿獎; the rows are
constructed so that each derived number follows from the others.
"""

from pathlib import Path
from typing import Any

import pytest

from energycalc.checks.claims import keys
from energycalc.checks.claims.keys import claim_keys, key_of_heading, other_headings
from energycalc.checks.claims.reading import read_claims
from energycalc.checks.claims.review import review_claim
from energycalc.checks.claims.spreadsheet import open_claim_table, read_claim_table
from energycalc.errors import CaseFileError, InputError
from tests.checks.claims.test_spreadsheet import value, written

AUDIT = ["序號", "改善措施", "本項耗能量 (kWh/年)", "節電量（kWh/年）", "節能效益 (萬元/年)", "節能率 (%)",
         "投資費用 (萬元)", "回收年限 (年)"]  # fmt: skip
CARD = ["案例編號", "年度", "節省電力 (千度)", "能源節約量 (公秉油當量/年)", "減碳量 (公噸/年)", "節省費用 (仟元/年)",
        "投資金額 (仟元)", "回收年限 (年)"]  # fmt: skip


@pytest.fixture(params=["claims.xlsx", "claims.csv"])
def file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return tmp_path / str(request.param)


OF_AUDIT: list[Any] = ["1", "虛構範例", "500,000", "100,000", "32.0", "20.0", "64.0", "2.0"]
OF_CARD: list[Any] = ["虛構-01", "113", "100.0", "9.556", "47.4", "320", "640", "2.0"]
"""9.556 公秉 are 100,000 kWh at 860 kcal, as the cards print; 47.4 t are 100,000 kWh at the 0.474 of 113."""


def test_the_table_of_an_audit_report(file: Path) -> None:
    table = open_claim_table(written(file, [["改善措施建議表（虛構範例）"], AUDIT, OF_AUDIT, ["合計", "", "500,000"]]))
    (claim,) = table.claims
    assert claim.id == "1 (row 3)" and claim.unread == ()
    assert {n.kind for n in table.notices} - {"byte_order_mark"} == {"passed_over"}
    assert value(claim, "energy_before", "kWh") == 500_000
    assert value(claim, "saving", "kWh") == 100_000
    assert value(claim, "cost_saving", "TWD") == 320_000
    assert value(claim, "saving_rate", "%") == pytest.approx(20)
    assert value(claim, "investment", "TWD") == 640_000
    assert value(claim, "payback", "year") == 2
    assert [f for f in review_claim(claim).findings if f.severity == "error"] == []


def test_the_boxes_of_a_case_card(file: Path) -> None:
    (claim,) = read_claim_table(written(file, [CARD, OF_CARD]))
    assert claim.id == "虛構-01 (row 2)" and claim.unread == ()
    assert claim.texts["year"] == "2024"
    assert value(claim, "saving", "kWh") == 100_000
    assert value(claim, "oil_equivalent", "KLOE") == pytest.approx(9.556)
    assert value(claim, "emission_reduction", "tCO2e") == pytest.approx(47.4)
    assert value(claim, "cost_saving", "TWD") == 320_000
    assert value(claim, "investment", "TWD") == 640_000
    assert [f for f in review_claim(claim).findings if f.severity == "error"] == []


def test_a_wrong_number_in_such_a_table_is_found(file: Path) -> None:
    """A tenth of the rate, and a payback of investment times saving: both contradict the row's own numbers."""
    (claim,) = read_claim_table(written(file, [AUDIT, [*OF_AUDIT[:5], "2.0", "64.0", "20.0"]]))
    named = {f.id for f in review_claim(claim).findings if f.severity == "error"}
    assert len(named) >= 2 and "TF01" in named


def test_a_benefit_in_energy_is_not_taken_for_money(file: Path) -> None:
    heads = [h.replace("節能效益 (萬元/年)", "節能效益 (kWh/年)") for h in AUDIT]
    (claim,) = read_claim_table(written(file, [heads, OF_AUDIT]))
    assert [u.key for u in claim.unread] == ["cost_saving"]
    assert "cost_saving" not in claim.figures


@pytest.mark.parametrize("pair", [("節電量 (kWh)", "節能量 (kWh)"), ("節電量 (kWh)", "saving")])
def test_two_headings_of_one_key_are_asked_about(file: Path, pair: tuple[str, str]) -> None:
    with pytest.raises(CaseFileError, match="two columns hold the same"):
        read_claim_table(written(file, [[*pair, "投資費用 (萬元)"], ["1", "2", "3"]]))


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("編號", "id"), ("案件編號", "id"), ("年度", "year"), ("年份", "year"), ("年節電量", "saving"),
        ("節能量", "saving"), ("節電率", "saving_rate"), ("節能率", "saving_rate"), ("減碳量", "emission_reduction"),
        (" 節省費用 ", "cost_saving"),
    ],
)  # fmt: skip
def test_single_headings(heading: str, key: str) -> None:
    assert key_of_heading(heading) == key


@pytest.mark.parametrize("heading", ["備註", "節", "節電", "節電量合計", "全廠節電率", ""])
def test_a_heading_is_known_whole_or_not_at_all(heading: str) -> None:
    assert key_of_heading(heading) is None


def test_every_further_heading_has_one_key() -> None:
    assert set(other_headings().values()) <= set(claim_keys())
    assert all(key_of_heading(heading) == key for heading, key in other_headings().items())


@pytest.mark.parametrize("row", [("節電量", "savings"), ("回收年限", "payback"), ("節能效益", "saving")])
def test_a_faulty_row_of_the_list_is_refused(monkeypatch: pytest.MonkeyPatch, row: tuple[str, str]) -> None:
    """An unknown key, a heading that is a title already, and one that stands twice."""
    claim_keys()
    rows = [{"heading": "節能效益", "key": "cost_saving"}, {"heading": row[0], "key": row[1]}]
    monkeypatch.setattr(keys, "table", lambda name: rows)
    with pytest.raises(InputError, match="key is unknown, or the heading stands twice"):
        other_headings.__wrapped__()


def test_a_second_column_of_numbers_is_left_out_and_said(tmp_path: Path) -> None:
    file = tmp_path / "claims.csv"
    file.write_text("序號,案號,節電量 (kWh),節省費用 (元)\n1,A-7,1000,3000\n", encoding="utf-8")
    table = open_claim_table(file)
    assert "A-7" in table.claims[0].id
    assert any("序號" in notice.sentence_zh for notice in table.notices)


def test_a_list_of_claims_without_a_name_is_read(tmp_path: Path) -> None:
    file = tmp_path / "claims.yaml"
    file.write_text("# two\n- {id: a, saving: 1000 kWh/year}\n- {id: b, saving: 2000 kWh/year}\n", encoding="utf-8")
    assert [claim.id for claim in read_claims(file)] == ["a", "b"]
