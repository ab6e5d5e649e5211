"""The list of all checks as a page: id, what is checked in both languages, severity, limits, whose rule it is."""

from __future__ import annotations

from energycalc.checks.catalogue import Check, checks, limits_of

GROUPS = {
    "TU": ("Units", "單位"),
    "TL": ("Load and hours", "負載與時數"),
    "TB": ("Baseline and measurement", "基線與量測"),
    "TS": ("Statistics", "統計"),
    "TA": ("Sums and rounding", "合計與進位"),
    "TC": ("Carbon", "碳排放"),
    "TP": ("Physics", "物理"),
    "TF": ("Money", "金額"),
    "TD": ("Data", "資料"),
    "TN": ("Claims on paper", "書面宣稱"),
}
HEAD = """# Checks 檢核項目

Written by `python -m tests.checks --page`; the data stand in `data/checks`. An error decides, a warning needs a written
reason, a note informs. `*` the limit is this project's own; `†` second-hand, the document was not read.
錯誤影響結論，警示須有書面理由，註記僅供參考。`*` 為本專案自訂門檻；`†` 未直接閱讀原文。

A case may state facts that only checks need, and accept findings with name, reason and date, under `review:`; a check
whose fact is missing is listed as not judged, with the fact.
案件可於 `review:` 陳述檢核所需事實，並附姓名、理由、日期接受發現；缺少事實之檢核列為「未判斷」。

```yaml
review:
  report_date: 115/11/22
  printed:                              # numbers of the report, held against the case's own 報告印出之數值
    - {what: saving, of: A, carrier: electricity, value: "13,158 kWh", source: 報告第 12 頁（虛構）}
    - {what: payback, of: A, value: 2.5 yr, source: 報告第 13 頁（虛構）}
  machines:                             # readings and plates beside the model 模型以外之讀值與銘牌
    - {machine: M1, rated_output: 75 kW, efficiency: 93 %, measured_power: 62 kW, source: 銘牌與分析儀（虛構）}
  effects:                              # what a measure does elsewhere, or why nothing 措施對他處之影響
    - {measure: A, on: other_systems, amount: 無空調區域, source: 虛構}
  accepted:
    - {check: TB07, subject: A, by: 審查員甲（虛構）, because: 已查閱紀錄, on: 115/11/22}
```
"""


def checks_page() -> str:
    """The page as Markdown."""
    parts = [HEAD]
    for group, (en, zh) in GROUPS.items():
        of_group = [check for check in checks().values() if check.id.startswith(group)]
        if of_group:
            head = f"## {en} {zh} ({group}, {len(of_group)})\n\n| id | check | 檢核 | severity | on | limits | rule |"
            parts.append("\n".join([head, "|---|---|---|---|---|---|---|", *map(_row, of_group), ""]))
    return "\n".join(parts)


def _row(check: Check) -> str:
    limits = "; ".join(f"{name} {value:g}" for name, value in limits_of(check.id).items())
    whose = f"{check.document}, {check.clause}" + ("*" if check.whose == "project" else "")
    whose += "†" if check.second_hand else ""
    cells = (check.id, check.title_en, check.title_zh, check.severity, check.looks_at, limits or "–", whose)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
