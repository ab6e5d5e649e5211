"""Refusals of an edition in the language of the command: none of their sentences stays English in zh-TW."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path

import pytest

from energycalc.apps import cli
from energycalc.apps.refusals import refusal
from energycalc.case.case_file import case_from_text
from energycalc.checks.programme import Edition, chosen_edition, editions, judge
from energycalc.errors import CalculationError, EnergycalcError, InputError
from energycalc.reports.words import words
from tests.programme.filings import changed

CHINESE = re.compile(r"[\u4e00-\u9fff]{3,}")
SENTENCE = re.compile(r"[A-Za-z]+(?: [a-z]+){2,}")
"""Three English words in a row; names of files and keys are none."""


def two_open() -> tuple[Edition, ...]:
    """The published editions, and a constructed one of the year after that opens before the last one closes."""
    (own,) = (e for e in editions() if e.programme == "metalworking")
    return (*editions(), replace(own, id="metalworking_115", year=2026, valid_to=dt.date(2026, 10, 31)))


REFUSED = [
    ("lighting", 2025, None, "there is no such programme", "查無此計畫"),
    ("sd6", 2025, None, "is judged from a registration file", "須以登錄申請檔檢核"),
    ("metalworking", 2027, None, "the rules of this year are not known", "未收錄該年度之規定"),
    (
        "metalworking",
        2025,
        dt.date(2025, 11, 1),
        "does not lie in the days of edition 114",
        "不在 114 年度版本之受理期間",
    ),
    ("metalworking", None, dt.date(2027, 1, 5), "no known edition was open", "無任何已收錄之版本"),
    ("metalworking", None, dt.date(2025, 1, 5), "the editions 114, 115 were open", "114, 115 年度之版本同時受理"),
    ("metalworking", None, None, "needs a year or a day", "須有年度或申請日"),
]


@pytest.mark.parametrize(("programme", "year", "day", "english", "chinese"), REFUSED)
def test_an_edition_that_cannot_be_chosen(
    programme: str, year: int | None, day: dt.date | None, english: str, chinese: str
) -> None:
    with pytest.raises(InputError) as refused:
        chosen_edition(programme, year, day, "case", two_open())
    in_chinese, in_english = (refusal(refused.value, language) for language in ("zh-TW", "en"))
    assert chinese in in_chinese and not SENTENCE.search(in_chinese), in_chinese
    assert english in in_english and not CHINESE.search(in_english), in_english
    for place in ("metalworking 114", "113/10/1", "114/10/31"):
        assert place in in_chinese and place in in_english


def test_a_case_without_application() -> None:
    text = changed("case")
    case = case_from_text(text[: text.index("\napplication:")] + text[text.index("\nsampling:") :])
    with pytest.raises(InputError) as refused:
        judge(case)
    said = refusal(refused.value, "zh-TW")
    assert "案件未載申請資料" in said and not SENTENCE.search(said)


def test_a_word_the_edition_does_not_know() -> None:
    case = case_from_text(changed("case", ("    tracking_accepted:", "    tracking_acepted:")))
    with pytest.raises(InputError) as refused:
        judge(case)
    said = refusal(refused.value, "zh-TW")
    assert "版本 metalworking_114 無此項目" in said and "tracking_acepted" in said and not SENTENCE.search(said)


@pytest.mark.parametrize(("language", "said"), [("zh-TW", "本程式未收錄該年度之規定"), ("en", "are not known")])
def test_the_command_says_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, language: str, said: str
) -> None:
    file = tmp_path / "case.yaml"
    file.write_text(changed("case", ("edition: 114", "edition: 120")), "utf-8")
    monkeypatch.setattr("sys.argv", ["energycalc", "programme", str(file), "--lang", language])
    with pytest.raises(SystemExit) as end:
        cli.main()
    assert end.value.code == 2
    assert said in capsys.readouterr().err


def test_a_refusal_without_chinese_keeps_its_english() -> None:
    plain: EnergycalcError = CalculationError("has no answer", subject="x", next_step="Check it")
    heading = words("terminal", "zh-TW")["refused"]
    said = refusal(plain, "zh-TW")
    assert said.startswith(heading) and "has no answer" in said and "Check it" in said
