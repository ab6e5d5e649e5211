"""A claim: the figures a reviewer has on paper, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from energycalc.checks.claims.figures import Figure

NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Calculation:
    """The page's own arithmetic for one quantity.

    Attributes:
        quantity: key of what it computes.
        expression: as printed.
        result: as printed; ``None`` where the page prints none.
    """

    quantity: str
    expression: str
    result: Figure | None


@dataclass(frozen=True)
class Unread:
    """Something of the claim that could not be read: it is named, and left out.

    Attributes:
        key: where it stood.
        text: what stood there.
        why: what is wrong with it, with the next step.
        why_zh: the same in Traditional Chinese.
    """

    key: str
    text: str
    why: str
    why_zh: str = ""


@dataclass(frozen=True)
class Claim:
    """One claim; parts of a claim (a carrier, an item, an edition) are claims too.

    Attributes:
        id: number of the claim, or its name within the whole.
        figures: by key.
        texts: by key.
        carriers: one per energy carrier of a claim with several.
        items: terms or measures added up.
        editions: the same case printed with other figures; each holds what it overrides.
        calculations: printed arithmetic.
        expression: of an item: the term as printed.
        parts: printed parts of the investment.
        measurement: what the page says about its measurement.
        unread: what could not be read.
    """

    id: str
    figures: Mapping[str, Figure] = field(default_factory=lambda: MappingProxyType({}))
    texts: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    carriers: tuple[Claim, ...] = ()
    items: tuple[Claim, ...] = ()
    editions: tuple[Claim, ...] = ()
    calculations: tuple[Calculation, ...] = ()
    expression: str = ""
    parts: tuple[Figure, ...] = ()
    measurement: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    unread: tuple[Unread, ...] = ()

    def figure(self, key: str) -> Figure | None:
        """The figure of a key, printed or inferred."""
        return self.figures.get(key)

    def text(self, key: str) -> str | None:
        """The text of a key."""
        return self.texts.get(key)

    def has(self, *keys: str) -> bool:
        """Whether all these figures are known."""
        return all(map(self.figures.__contains__, keys))

    def has_any(self, *keys: str) -> bool:
        """Whether one of these figures is known."""
        return any(map(self.figures.__contains__, keys))

    @property
    def technology(self) -> str:
        """Technology and title, to be searched for words."""
        return " ".join(text for key in ("technology", "title") if (text := self.texts.get(key)))

    @property
    def carrier(self) -> str:
        """Energy carrier; electricity where the page says nothing."""
        return self.texts.get("carrier", "electricity")

    @property
    def kind(self) -> str:
        """``case``, ``worked_example``, ``programme_total`` or ``news``."""
        return self.texts.get("kind", "case")

    @property
    def country(self) -> str:
        """ISO code; Taiwan where the page says nothing."""
        return self.texts.get("country", "TW").upper()

    def year(self, key: str = "year") -> int | None:
        """A year, if printed and readable."""
        text = self.texts.get(key, "")
        return int(text) if text.isdigit() else None

    def with_figures(self, more: Mapping[str, Figure]) -> Claim:
        """The same with further figures."""
        return replace(self, figures=MappingProxyType({**self.figures, **more}))

    def in_edition(self, edition: Claim) -> Claim:
        """The claim as one of its editions prints it."""
        return replace(
            self,
            figures=MappingProxyType({**self.figures, **edition.figures}),
            texts=MappingProxyType({**self.texts, **edition.texts}),
            carriers=edition.carriers or self.carriers,
            items=edition.items or self.items,
            calculations=(*self.calculations, *edition.calculations),
            parts=edition.parts or self.parts,
            measurement=edition.measurement or self.measurement,
            editions=(),
        )
