"""The review of a case as a whole: what decides, what is accepted, what is left of a refused case, what is printed."""

import csv
import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from energycalc.apps.reviewing import review_case_file
from energycalc.case.review_facts import last_digit
from energycalc.checks.catalogue import check, checks
from energycalc.checks.project.accepting import UNUSED
from energycalc.checks.project.project import sentences
from energycalc.checks.project.raised import REFUSED, as_check, raised_elsewhere
from energycalc.checks.project.review import BY_CONSTRUCTION, GROUPS, OWN, review_text
from energycalc.errors import CaseFileError
from energycalc.finding import Finding
from energycalc.reports.checks_page import checks_page
from energycalc.reports.review_project import review_data, review_lines
from tests.checks.project.bases import Sketch, meter, meter_text, metered
from tests.checks.project.seeded_baseline import at, certificate
from tests.checks.project.seeded_verification import verification
from tests.plants import Motor

ROOT = Path(__file__).resolve().parents[3]
RECORD = "accepted: [{check: CHECK, subject: SUBJECT, by: 審查員甲, because: 已查閱紀錄, on: 115/11/22}]"


def accepting(check_id: str, subject: str) -> Sketch:
    """A case without its entry for effects elsewhere, and a record that accepts a finding."""
    return Sketch(effects="", review=RECORD.replace("CHECK", check_id).replace("SUBJECT", subject))


def test_an_accepted_finding_no_longer_decides_and_is_printed_with_name_reason_and_date(tmp_path: Path) -> None:
    open_, accepted = Sketch(effects="").review_in(tmp_path), accepting("TB06", "A").review_in(tmp_path)
    assert open_.verdict == "warn" and accepted.verdict == "pass"
    assert accepted.counts()["accepted"] == 1
    for language in ("en", "zh-TW"):
        text = "\n".join(review_lines(accepted, language))
        assert "審查員甲" in text and "已查閱紀錄" in text and "2026-11-22" in text and "TB06" in text
    (data,) = (f for f in review_data(accepted)["findings"] if f["check"] == "TB06")
    assert data["accepted"] == {"by": "審查員甲", "because": "已查閱紀錄", "on": "2026-11-22"}


@pytest.mark.parametrize(("check_id", "subject"), [("TB06", "B"), ("TB07", "all")])
def test_a_record_that_accepts_nothing_is_itself_a_finding(check_id: str, subject: str, tmp_path: Path) -> None:
    review = accepting(check_id, subject).review_in(tmp_path)
    assert [f.subject for f in review.findings if f.id == UNUSED] == [f"{check_id} {subject}"]
    assert review.verdict == "warn"


@pytest.mark.parametrize("missing", ["by: 審查員甲, ", "because: 已查閱紀錄, ", ", on: 115/11/22"])
def test_a_record_without_name_reason_or_date_is_refused(missing: str, tmp_path: Path) -> None:
    sketch = accepting("TB06", "A")
    review = Sketch(effects="", review=sketch.review.replace(missing, "")).review_in(tmp_path)
    assert any(f.id == REFUSED and "review.accepted[0]" in f.subject for f in review.findings)
    assert not any(f.override for f in review.findings)


def test_what_could_still_be_checked_is_checked_when_a_line_is_refused(tmp_path: Path) -> None:
    bad_meter, bad_note = at(100, 1, "NA"), certificate("energy: '1,000 kWh', retired: 107/6/1")
    both = Sketch(
        more=bad_meter.more, files=bad_meter.files, review=bad_note.review, changes=[("75 kW", "100 HP")]
    ).review_in(tmp_path)
    assert {"TU10", "TD21", "TC05"} <= {f.id for f in both.findings}
    assert both.verdict == "fail" and both.assessment is None
    assert "TA01" in {m.check for m in both.not_judged}


def test_every_bad_line_and_every_bad_meter_is_told(tmp_path: Path) -> None:
    text = Sketch(
        more=f"meters:\n{meter()}\n{meter('S1', 'sub', file='s.csv')}",
        files={"m.csv": meter_text(lambda r: [*r, ["合計", "1"]]), "s.csv": meter_text(lambda r: r[:100] + r[99:])},
    )
    assert {"TA06", "TD07"} <= {f.id for f in text.review_in(tmp_path).findings}


def test_a_refusal_that_no_check_is_about_leaves_the_case_incomplete(tmp_path: Path) -> None:
    review = Sketch(changes=[("year: 2018, series", "year: 2035, series")]).review_in(tmp_path)
    assert review.verdict == "incomplete" and [f.id for f in review.findings] == [REFUSED]
    assert "2035" in review.findings[0].sentence


def test_a_verification_that_refuses_is_a_finding_and_the_rest_is_judged(tmp_path: Path) -> None:
    review = verification(more="models: [2P]").review_in(tmp_path)  # needs a temperature that is not there
    assert review.verdict == "incomplete" and review.assessment is None
    assert any(f.id == REFUSED and "temperature" in f.sentence for f in review.findings)
    assert verification(more="models: [linear]").review_in(tmp_path).assessment is not None


def test_a_text_that_is_no_yaml_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CaseFileError):
        review_text("a: [", folder=tmp_path)


def test_every_check_is_judged_or_its_missing_fact_is_named(tmp_path: Path) -> None:
    review = metered().review_in(tmp_path)
    ids = [*review.judged, *(m.check for m in review.not_judged)]
    assert len(ids) == len(set(ids))
    assert {id for id in ids if id[:2] in GROUPS} == {id for id in checks() if id[:2] in GROUPS}
    assert all(m.en and re.search(r"[\u4e00-\u9fff]", m.zh) for m in review.not_judged)


def test_without_a_meter_no_check_of_data_is_passed_in_silence(tmp_path: Path) -> None:
    without, having = Sketch().review_in(tmp_path), metered().review_in(tmp_path)
    assert {"TD05", "TD06", "TD08", "TA08"} <= {m.check for m in without.not_judged}
    assert {"TD05", "TD06", "TD08", "TA08"} <= set(having.judged)


def test_the_command_prints_both_ways_and_the_verdict_is_for_the_exit_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "case.yaml").write_text(Sketch(changes=[("3 元/kWh", "30 元/kWh")]).text(), encoding="utf-8")
    review = review_case_file(tmp_path, "zh-TW", False)
    assert review.verdict == "fail"
    assert "TU14" in capsys.readouterr().out
    review_case_file(tmp_path, "en", True)
    data = json.loads(capsys.readouterr().out)
    assert data["verdict"] == "fail" and data["counts"]["error"] >= 1
    assert next(f for f in data["findings"] if f["check"] == "TU14")["evidence"]["price"] == "30"


def test_the_gravest_comes_first(tmp_path: Path) -> None:
    review = Sketch(effects="", changes=[("3 元/kWh", "30 元/kWh")]).review_in(tmp_path)
    order = [f.severity for f in review.findings]
    assert order == sorted(order, key=["error", "warning", "note"].index)


def test_what_other_rooms_raise_keeps_its_numbers_and_its_own_id() -> None:
    found = as_check(Finding("mv.TB17_estimates_dominate", "warning", "x", "said", "說", {"share": "60 %"}))
    assert found.id == "TB17" and found.evidence == {"share": "60 %", "raised as": "mv.TB17_estimates_dominate"}
    other = Finding("pump.attainable", "note", "x", "said", "說")
    assert as_check(other) is other


def test_every_row_of_the_lists_leads_to_a_check_and_every_sentence_is_said_in_both_languages() -> None:
    rows = raised_elsewhere()
    assert {row.kind for row in rows} == {"finding", "refusal"}
    assert [row.check for row in rows if not row.check.startswith("\\") and row.check not in checks()] == []
    assert {row.needs for row in rows} <= {"case", "meters", "verification"}
    for key, (en, zh) in sentences().items():
        assert key.startswith("lacks.") or check(key.split(".")[0])
        assert re.search(r"[\u4e00-\u9fff]", zh) and not re.search(r"[\u4e00-\u9fff]", en)
        assert set(re.findall(r"\{(\w+)\}", en)) == set(re.findall(r"\{(\w+)\}", zh)), key


def test_the_sources_of_checks_and_limits_are_listed_documents() -> None:
    def rows(pattern: str) -> list[dict[str, str]]:
        files = sorted((ROOT / "data").glob(pattern))
        return [row for file in files for row in csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines())]

    listed = {row["id"] for row in rows("documents.d/*.csv")}
    for pattern in ("checks/T?.csv", "checks/T?_limits.csv"):
        assert {row["document"] for row in rows(pattern) if row["id"][:2] in GROUPS} <= listed
    assert {row["document"] for row in rows("checks/acting_elsewhere.csv")} <= listed


def test_the_functions_are_all_of_listed_checks() -> None:
    assert [id for group in OWN for id in group if id not in checks()] == []
    assert BY_CONSTRUCTION == ("TD17",)


def test_the_page_of_checks_is_in_step() -> None:
    page = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")
    assert page == checks_page(), "write it anew: python -m tests.checks --page"


@pytest.mark.parametrize(
    ("text", "step"), [("5,263 kWh", 1.0), ("5.26 MWh", 0.01), ("31 萬元", 10_000.0), ("-12.50 %", 0.01)]
)
def test_the_last_printed_digit(text: str, step: float) -> None:
    assert last_digit(text) == pytest.approx(step)


@settings(max_examples=15, deadline=None)
@given(st.floats(60, 90), st.floats(1.001, 1.06))
def test_what_is_printed_as_computed_is_never_doubted(before: float, rise: float) -> None:
    after = before * rise
    value = f"{100 * (1 - before / after):.4f} %"
    entry = f"printed: [{{what: saving_rate, of: A, carrier: electricity, value: '{value}', source: 虛構}}]"
    review = Sketch(measures=(Motor("A", "M1", before, after),), review=entry).review_in(Path("."))
    assert review.assessment is not None
    assert not {"TA01", "TU02", "TB12"} & {f.id for f in review.findings}


def test_nobody_can_accept_what_was_never_computed(tmp_path: Path) -> None:
    record = RECORD.replace("CHECK", "TU10").replace("SUBJECT", "all")
    review = Sketch(review=record, changes=[("75 kW", "100 HP")]).review_in(tmp_path)
    assert [f.id for f in review.findings if f.override] == ["TU10"]
    assert review.verdict == "incomplete"


@pytest.mark.parametrize("cash", ["irr: -100 %", "irr: 0 %", "npv: 0 TWD, discount_rate: 0 %"])
def test_odd_but_legal_cash_is_judged_without_a_crash(cash: str, tmp_path: Path) -> None:
    note = f"finance: {{cash: ['-100,000 TWD', '50,000 TWD', '50,000 TWD'], {cash}, source: 虛構}}"
    found = [f.id for f in Sketch(review=note).review_in(tmp_path).findings if f.id == "TF03"]
    assert found == []  # 50,000 + 50,000 − 100,000 is nothing at 0 %; at −100 % there is nothing to be computed


@pytest.mark.parametrize(
    ("note", "path"),
    [
        ("machines: [{machine: X, source: 虛構}]", "review.machines[0].machine"),
        ("tags: [{measure: X, tag: P-1}]", "review.tags[0].measure"),
        ("printed: [{what: saving, of: X, value: 1 kWh, source: 虛構}]", "review.printed[0].of"),
        (
            "end_uses: [{name: 照明, carrier: electricity, share: 5 %, measures: [X], source: 虛構}]",
            "end_uses[0].measures[0]",
        ),
        ("printed: [{what: saving, of: A, value: many, source: 虛構}]", "review.printed[0]"),
    ],
)
def test_a_fact_about_nothing_or_without_a_number_is_refused(note: str, path: str, tmp_path: Path) -> None:
    assert any(path in f.subject for f in Sketch(review=note).review_in(tmp_path).findings if f.id == REFUSED)
    good = note.replace("measure: X", "measure: A").replace("machine: X", "machine: M1").replace("of: X", "of: A")
    good = good.replace("[X]", "[A]").replace("many", "1 kWh")
    assert not any(f.id == REFUSED for f in Sketch(review=good).review_in(tmp_path).findings)


def test_a_meter_file_outside_the_folder_is_told_and_the_other_meter_is_still_read(tmp_path: Path) -> None:
    spikes = meter_text(lambda rows: [[t, "999.00"] if i == 100 else [t, v] for i, (t, v) in enumerate(rows)])
    sketch = Sketch(
        more=f"meters:\n{meter(file='../m.csv')}\n{meter('S1', 'sub', file='s.csv')}", files={"s.csv": spikes}
    )
    review = sketch.review_in(tmp_path)
    assert any("folder" in f.sentence for f in review.findings if f.id == REFUSED)
    assert any(f.id == "TD06" and f.subject == "S1" for f in review.findings)


def test_a_submeter_of_a_part_is_not_held_against_the_whole(tmp_path: Path) -> None:
    small = meter_text(lambda rows: [[t, f"{float(v) * 0.08:.3f}"] for t, v in rows])
    meters = f"meters:\n{meter()}\n{meter('S1', 'sub', file='s.csv')}"
    review = Sketch(more=meters, files={"m.csv": meter_text(), "s.csv": small}).review_in(tmp_path)
    assert "TB11" not in {f.id for f in review.findings}
    assert "TB11" in review.judged
