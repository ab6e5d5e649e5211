"""A starter case for one technology, written from its description: its published example as the first measure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from energycalc.apps.technologies import range_text, technology
from energycalc.case.worked_example import repeat_worked_example
from energycalc.equipment.description import Parameter, Place, TechnologyDescription
from energycalc.reports.words import words

PLACES: tuple[Place, ...] = ("before", "after", "common")
WIDTH = 46
"""Column at which the remarks begin."""

_CASE = """\
# {label_zh}  {label_en}
# 數字取自公開算例，工廠為虛構，請換成自己的。
# The numbers are those of a published example, the plant does not exist; put in your own.
# {because_zh}
# {because_en}
# 寫法 How to write: docs/case_file.md
# 加上不確定度與來源 with ± and source: {{value: 75 kW, uncertainty: 2 %, source: 銘牌}}
energycalc: 1
title: {label_zh}
constructed: yes                      # 換成真實資料後改為 no; say no once the data are real
period: {{first_day: 113/1/1, last_day: 113/12/31}}

plant:
  name: 我的工廠
  lines:
    - id: L1
      name: 產線 1
      machines:
        - id: M-01
          name: 設備 1
          process: other
          energy:
            {carrier}: {energy}

factors:
  electricity: {{year: 2024}}
  natural_gas: {{year: 2024, table: per_energy, gwp: AR5, methane: CH4_fossil, heat_value: "8,900 kcal[LHV]/m3"}}
  count_grid_as: AR5
  because: 電力排碳係數公告未註明 GWP 版本

prices:
  money_year: 2024
  electricity: 3.8 元/kWh
  natural_gas: 15 元/m3

kloe: consumption

measures:
  - id: A
    name: {label_zh}
    machine: M-01
    technology: {key}
"""
_ENERGY_UNIT = {"electricity": "MWh", "natural_gas": "MWh[LHV]"}


def technology_case(key: str, language: str) -> str:
    """The text of a case with one measure of a technology.

    Args:
        key: of the technology.
        language: of the remarks beside the parameters.

    Raises:
        InputError: there is no such technology, or it has no worked example.
    """
    d = technology(key)
    again = repeat_worked_example(d)
    assert d.worked_example is not None
    computed = again.change.energy_before_model is not None
    stated = f'{{basis: stated, energy: {{value: "1,000 {_ENERGY_UNIT[d.carrier]}", source: 虛構 constructed}}}}'
    head = _CASE.format(
        label_zh=d.label_zh,
        label_en=d.label_en,
        because_zh=d.worked_example.because_zh,
        because_en=d.worked_example.because_en,
        carrier=d.carrier,
        energy="{basis: computed}" if computed else stated,
        key=d.key,
    )
    return head + "\n".join(_blocks(d, language)) + "\n"


def _blocks(d: TechnologyDescription, language: str) -> Iterator[str]:
    assert d.worked_example is not None
    given: Mapping[Place, Mapping[str, Any]] = {
        "before": d.worked_example.before,
        "after": d.worked_example.after,
        "common": d.worked_example.common,
    }
    for place in PLACES:
        known = [p for p in d.parameters if place in p.places]
        if not known:
            continue
        written = given[place]
        yield f"    {place}:" if written else f"    {place}: {{}}"
        for p in known:
            if p.name in written:
                yield from _written(p, written[p.name], language)
        for p in known:
            if p.name not in written:
                yield _remarked(f"      # {p.name}: {p.example}", p, language)


def _written(p: Parameter, value: Any, language: str) -> Iterator[str]:
    if isinstance(value, list | tuple):
        yield _remarked(f"      {p.name}:", p, language)
        yield from (f"        - {json.dumps(level, ensure_ascii=False)}" for level in value)
    else:
        yield _remarked(f"      {p.name}: {json.dumps(value, ensure_ascii=False)}", p, language)


def _remarked(line: str, p: Parameter, language: str) -> str:
    text, zh = words("terminal", language), language == "zh-TW"
    said = [", ".join(p.choices) or range_text(p, text), p.how_to_measure_zh if zh else p.how_to_measure_en]
    remark = text["part_gap"].join(part for part in said if part).replace("\n", " ")
    return f"{line:{WIDTH}}  # {remark}"
