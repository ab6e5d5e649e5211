"""What a moved slider shows at once: the same trace with another number in one leaf, and first-order uncertainty.

Nothing is read, chosen or checked anew, so a preview follows the branch that the last assessment took; ranges and
refusals speak when the slider rests and the case is assessed again.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal, TypeVar

from energycalc.effects.results import Effects
from energycalc.errors import CalculationError
from energycalc.quantity import Quantity
from energycalc.quantity.distributions import Distribution
from energycalc.quantity.gum import first_order
from energycalc.quantity.quantity import _copy
from energycalc.quantity.trace import compile_trace, gradient, walk
from energycalc.quantity.uncertainty import UncertainResult

T = TypeVar("T")


@dataclasses.dataclass(frozen=True)
class FirstOrder(UncertainResult):
    """A result with its GUM interval only, not yet held against Monte Carlo."""

    @property
    def shown(self) -> Literal["gum", "monte_carlo", "not_stated"]:
        """The GUM, where any input states an uncertainty."""
        return "gum" if self.gum is not None else "not_stated"

    def why(self, lang: str = "en") -> str:
        """Why these limits are shown."""
        if lang.lower().startswith("zh"):
            return "預覽：GUM 一階區間，尚未與蒙地卡羅比較。"
        return "Preview: first-order GUM interval, not yet held against Monte Carlo."


class FirstOrderUncertainty(Mapping[Quantity, UncertainResult]):
    """First-order uncertainty of any result, worked out when it is first asked for.

    Args:
        known: results that need no new answer.
    """

    def __init__(self, known: Mapping[Quantity, UncertainResult] | None = None) -> None:
        self._known = dict(known or {})

    def __getitem__(self, result: Quantity) -> UncertainResult:
        if result not in self._known:
            gum = first_order(gradient(result))
            self._known[result] = FirstOrder(result, gum if gum.budget else None, None, None)
        return self._known[result]

    def __iter__(self) -> Iterator[Quantity]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


@dataclasses.dataclass(frozen=True)
class Preview:
    """Effects with one input moved, and the uncertainty of whatever is asked for."""

    effects: Effects
    uncertainty: Mapping[Quantity, UncertainResult]


class Rehearsal:
    """Effects that can be asked again and again with another number in one leaf.

    Args:
        effects: of the last full assessment.
        uncertainty: of its results; kept for results that the leaf does not touch.
        leaf: the input to be moved.
    """

    def __init__(self, effects: Effects, uncertainty: Mapping[Quantity, UncertainResult], leaf: Quantity) -> None:
        self._effects, self._uncertainty, self._leaf = effects, uncertainty, leaf
        touched = {leaf}
        self._steps: list[Quantity] = []
        for q in walk(_quantities(effects)):
            if not touched.isdisjoint(q.parents):
                touched.add(q)
                self._steps.append(q)
        # what the leaf does not touch is given, so that only the steps above the leaf are compiled
        given = dict.fromkeys(p for step in self._steps for p in step.parents if p not in touched)
        self._given = [p.value for p in given]
        self._evaluate: Callable[[list[Any]], list[Any]] = compile_trace(self._steps, [leaf, *given])

    def at(self, value: float, uncertainty: Distribution | None) -> Preview:
        """The effects with another value of the leaf.

        Args:
            value: in the leaf's unit.
            uncertainty: what is stated for the new value.

        Raises:
            CalculationError: a step has no finite number at this value.
        """
        try:
            values = self._evaluate([value, *self._given])
        except (ZeroDivisionError, OverflowError, ValueError) as error:
            raise CalculationError(f"there is no answer: {error}", subject=self._leaf.describe(), value=value) from None
        made = {self._leaf: _copy(self._leaf, value=value, uncertainty=uncertainty)}
        for step, number in zip(self._steps, values, strict=True):
            if isinstance(number, complex) or not math.isfinite(number):
                raise CalculationError(
                    "there is no finite result", subject=self._leaf.describe(), value=f"{value:g} {self._leaf.unit}"
                )
            parents = tuple(made.get(p, p) for p in step.parents)
            made[step] = _copy(step, value=float(number), parents=parents)
        known = {q: result for q, result in self._uncertainty.items() if q not in made}
        return Preview(_replaced(self._effects, made), FirstOrderUncertainty(known))


def _quantities(record: Any) -> list[Quantity]:
    """All quantities in a record of results, however deep."""
    found: list[Quantity] = []
    _replaced(record, {}, found)
    return found


def _replaced(record: T, by: Mapping[Quantity, Quantity], met: list[Quantity] | None = None) -> T:
    """A record of results with some quantities exchanged; ``met`` collects all quantities on the way."""
    made: Any = record
    if isinstance(record, Quantity):
        if met is not None:
            met.append(record)
        made = by.get(record, record)
    elif isinstance(record, tuple):
        made = tuple(_replaced(item, by, met) for item in record)
    elif isinstance(record, Mapping):
        made = {key: _replaced(item, by, met) for key, item in record.items()}
    elif dataclasses.is_dataclass(record) and not isinstance(record, type):
        fields = {f.name: _replaced(getattr(record, f.name), by, met) for f in dataclasses.fields(record)}
        made = type(record)(**fields)
    return made
