"""The verdict on a verified saving, in one of four words, from the saving, its findings and what is recorded.

``not_attributable`` comes first: a difference nobody recorded a measure for is no saving of a measure, however clear it
is. Then ``insufficient`` (an error that nobody signed for), then ``not_distinguishable`` (the interval holds zero, or
more is used than before), and only then ``verified``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from energycalc.finding import Finding
from energycalc.quantity.display import rounded

VerdictWord = Literal["verified", "not_distinguishable", "not_attributable", "insufficient"]
UNDECLARED_CHANGE = ("mv.TS20_undeclared_change", "mv.TB04_static_factor_changed")
"""Findings that say that something besides the measure changed and is not recorded.

A step inside the baseline (``mv.undeclared_event``) is none of them: it questions the model, not the measure.
"""
NOT_THE_DATA = ("mv.TS01_not_distinguishable", *UNDECLARED_CHANGE)
"""Findings that have a verdict word of their own and so do not make the data insufficient."""


class StatedSaving(Protocol):
    """What a verdict needs of a saving: ``Saving`` of option C and ``IsolationSaving`` of options A and B have it."""

    @property
    def saving(self) -> float:
        """Positive is less used."""

    @property
    def adjusted_baseline(self) -> float:
        """What would have been used."""

    @property
    def unit(self) -> str:
        """Of both."""

    @property
    def confidence(self) -> float:
        """Of the interval, two-sided."""

    @property
    def interval(self) -> tuple[float, float]:
        """Low and high end."""

    @property
    def distinguishable(self) -> bool:
        """Whether the saving (or an increase) can be told from zero."""


@dataclass(frozen=True)
class Verdict:
    """The verdict of a verification.

    Attributes:
        word: ``verified``, ``not_distinguishable``, ``not_attributable`` or ``insufficient``.
        sentence: what it means here, English.
        sentence_zh: the same in Traditional Chinese.
        reasons: findings behind it, and findings that somebody accepted: (id, English, Traditional Chinese).
    """

    word: VerdictWord
    sentence: str
    sentence_zh: str
    reasons: tuple[tuple[str, str, str], ...]

    def in_language(self, lang: str) -> str:
        """The sentence, ``zh-TW`` or ``en``."""
        return self.sentence_zh if lang.lower().startswith("zh") else self.sentence


VERDICT_WORDS: dict[VerdictWord, tuple[str, str]] = {
    "verified": ("verified", "已驗證"),
    "not_distinguishable": ("not distinguishable from zero", "與零無法區分"),
    "not_attributable": ("not attributable to a measure", "無法歸因於節能措施"),
    "insufficient": ("insufficient data or model", "資料或模型不足"),
}


def verdict_of(saving: StatedSaving, findings: Sequence[Finding], *, measure_recorded: bool) -> Verdict:
    """The verdict, a function of nothing but its arguments.

    Args:
        saving: with its interval.
        findings: all of the verification, with their overrides; an error without override makes it insufficient.
        measure_recorded: whether a measure with its dates of works is recorded for the boundary of the meter.

    Returns:
        One word, a sentence in two languages with the numbers, and the reasons. A finding that somebody accepted does
        not decide any more, but stays among the reasons with the name and the date. That the saving cannot be told from
        zero, or that no measure is recorded, cannot be accepted away.
    """
    open_errors = [f for f in findings if f.severity == "error" and f.override is None and f.id not in NOT_THE_DATA]
    undeclared = [f for f in findings if f.id in UNDECLARED_CHANGE and f.override is None]
    accepted = [f for f in findings if f.override is not None]
    number, number_zh = _number(saving, measure_recorded and not undeclared)
    if not measure_recorded:
        word: VerdictWord = "not_attributable"
        text = f"{number}; no measure is recorded, so it is not the saving of a measure"
        text_zh = f"{number_zh}；無節能措施紀錄，不得視為措施之節能量"
    elif undeclared:
        word = "not_attributable"
        text = f"{number}; {len(undeclared)} changes besides the measure are not declared"
        text_zh = f"{number_zh}；除節能措施外另有 {len(undeclared)} 項變動未申報"
    elif open_errors:
        word = "insufficient"
        text = f"{number}; {len(open_errors)} errors of data or model stand against it"
        text_zh = f"{number_zh}；資料或模型有 {len(open_errors)} 項錯誤未排除"
    elif not saving.distinguishable or saving.saving <= 0:
        word = "not_distinguishable"
        more = saving.distinguishable and saving.saving < 0
        text = f"{number}; " + ("more is used than before" if more else "it cannot be told from zero")
        text_zh = f"{number_zh}；" + ("用量較改善前增加，無節能量" if more else "與零無法區分")
    else:
        word = "verified"
        text, text_zh = f"{number}; it can be told from zero", f"{number_zh}；與零可區分"
    reasons = [("no_measure", "no measure is recorded", "無節能措施紀錄")] if not measure_recorded else []
    reasons += [(f.id, f.sentence, f.sentence_zh) for f in (*undeclared, *open_errors)]
    reasons += [_accepted(f) for f in accepted]
    return Verdict(word, text, text_zh, tuple(reasons))


def _number(saving: StatedSaving, attributed: bool) -> tuple[str, str]:
    """The number with the digits its interval allows; it is called a saving only where a measure stands behind it."""
    low, high = saving.interval
    half = (high - low) / 2
    share = f"{saving.saving / saving.adjusted_baseline:.1%}" if saving.adjusted_baseline else "—"
    value, below, above = (f"{rounded(each, half)} {saving.unit}" for each in (saving.saving, low, high))
    confidence = f"{saving.confidence:.0%}"
    name, name_zh = ("saving", "節能量") if attributed else ("difference", "用能差異")
    return (
        f"{name} {value} ({share}), {below} to {above} at {confidence}",
        f"{name_zh} {value}（{share}），{confidence} 信賴區間 {below} 至 {above}",
    )


def _accepted(finding: Finding) -> tuple[str, str, str]:
    override = finding.override
    assert override is not None
    return (
        finding.id,
        f"{finding.sentence} [accepted by {override.by} on {override.on}: {override.because}]",
        f"{finding.sentence_zh}〔{override.by} 於 {override.on} 同意接受：{override.because}〕",
    )
